// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/worker/sceneturn.h"

#include "core/base/clock.h"

#include <unistd.h>

#include <csignal>

namespace forkscope {

using namespace scenecontrol;
using namespace std::chrono_literals;

namespace {

constexpr int kFlushMs = 40;
constexpr qint64 kCatchUpNs = 100'000'000; ///< what a delay beyond this costs is not made up for
constexpr qsizetype kManyMessages = 1000; ///< of a report: beyond, only every second, fourth … message is reported
constexpr qsizetype kMostBytes = 1 << 20;

SceneTurn::Settings settingsOf(const QCborMap &map)
{
    SceneTurn::Settings settings;
    settings.rate = map[QLatin1String(kRate)].toDouble();
    settings.size = map[QLatin1String(kSize)].toInteger();
    settings.count = map[QLatin1String(kCount)].toInteger();
    settings.dies = map[QLatin1String(kDies)].toBool();
    settings.payload = map[QLatin1String(kPayload)].toString();
    settings.priority = map[QLatin1String(kPriority)].toInteger();
    settings.ordered = map[QLatin1String(kOrdered)].toBool();
    settings.duplex = map[QLatin1String(kDuplex)].toBool();
    return settings;
}

ipc::Connection unrecorded(ipc::Connection connection)
{
    connection.keepFromSession();
    return connection;
}

} // namespace

SceneTurn::SceneTurn(ipc::Connection control, const QCborMap &settings)
    : m_settings(settingsOf(settings)), m_control(unrecorded(std::move(control))), m_listener([this] { listen(); })
{
}

SceneTurn::~SceneTurn()
{
    {
        const std::lock_guard lock(m_mutex);
        m_end = true;
    }
    m_listener.join();
    flush();
}

bool SceneTurn::wait(bool sends)
{
    std::unique_lock lock(m_mutex);
    m_sends = sends;
    for (;;) {
        if (m_end)
            return false;
        if (m_injection && sends)
            break;
        if (m_permits > 0)
            break;
        if (m_running) {
            const qint64 early = m_settings.rate > 0 ? m_dueNs - monotonicNs() : 0;
            if (early <= 0)
                break;
            m_changed.wait_for(lock, std::chrono::nanoseconds(early));
            continue;
        }
        m_atRest = true;
        m_changed.notify_all();
        m_changed.wait(lock);
    }
    m_atRest = false;
    return true;
}

void SceneTurn::done()
{
    const std::lock_guard lock(m_mutex);
    if (m_permits > 0)
        --m_permits;
    const double rate = m_settings.rate;
    if (rate > 0)
        m_dueNs = std::max(m_dueNs + qint64(1e9 / rate), monotonicNs() - kCatchUpNs);
}

SceneTurn::Settings SceneTurn::settings() const
{
    const std::lock_guard lock(m_mutex);
    return m_settings;
}

bool SceneTurn::isOver(qint64 messages)
{
    const Settings now = settings();
    if (now.count <= 0 || messages < now.count)
        return false;
    if (now.dies) {
        flush();
        raise(SIGKILL);
    }
    return true;
}

std::optional<QByteArray> SceneTurn::takeInjection()
{
    const std::lock_guard lock(m_mutex);
    m_changed.notify_all();
    return std::exchange(m_injection, std::nullopt);
}

void SceneTurn::injected()
{
    report({qint64(Report::Injected), true});
}

void SceneTurn::setBlocked(bool blocked)
{
    const std::lock_guard lock(m_mutex);
    m_blocked = blocked;
}

ipc::MessageTap SceneTurn::tap()
{
    return [this](const ipc::TappedMessage &message) {
        const bool sent = message.operation == ipc::TappedMessage::Operation::Send;
        const qint64 number = sent ? m_sent++ : m_received++;
        const std::lock_guard lock(m_mutex);
        // By number, so that both ends leave out the same ones.
        if (number % m_stride != 0 || m_messageBytes >= kMostBytes) {
            ++(sent ? m_leftOutSent : m_leftOutReceived);
            m_leftOutBytes += sent ? 0 : message.bytes.size();
            return;
        }
        const QByteArray prefix = message.bytes.first(std::min(message.bytes.size(), kPrefix)).toByteArray();
        m_messageBytes += prefix.size();
        m_messages.append(QCborArray{
            qint64(message.operation), number, message.startNs, message.endNs, message.bytes.size(), prefix, sent && m_byHand});
        if (m_messages.size() >= kManyMessages * m_filled) {
            m_stride *= 2;
            ++m_filled;
        }
    };
}

void SceneTurn::listen()
{
    for (;;) {
        const auto command = m_control.recv(QDeadlineTimer(kFlushMs));
        if (command)
            obey(command.value().toArray());
        else if (command.error().code != ErrorCode::TimedOut)
            _exit(0); // nobody is left to work for
        flush();
        const std::lock_guard lock(m_mutex);
        if (m_end)
            return;
    }
}

void SceneTurn::obey(const QCborArray &command)
{
    std::unique_lock lock(m_mutex);
    switch (Command(command.at(0).toInteger())) {
    case Command::Run:
        m_running = true;
        m_permits = 0;
        m_dueNs = std::max(m_dueNs, monotonicNs());
        break;
    case Command::Pause:
        m_running = false;
        m_permits = 0;
        m_serial = command.at(1).toInteger();
        m_changed.notify_all();
        m_changed.wait_for(lock, 100ms, [this] { return m_atRest || m_end; });
        break;
    case Command::Permit:
        ++m_permits;
        m_serial = command.at(1).toInteger();
        m_atRest = false;
        break;
    case Command::Settings:
        m_settings = settingsOf(command.at(1).toMap());
        m_dueNs = monotonicNs();
        break;
    case Command::Inject:
        m_injection = command.at(1).toByteArray();
        m_changed.notify_all();
        // Taken at once, or not at all: it must not be sent when nobody thinks of it any more.
        m_changed.wait_for(lock, 250ms, [this] { return !m_injection; });
        if (std::exchange(m_injection, std::nullopt)) {
            lock.unlock();
            report({qint64(Report::Injected), false});
            return;
        }
        break;
    case Command::End:
        m_end = true;
        break;
    }
    m_changed.notify_all();
}

void SceneTurn::flush()
{
    QCborArray messages;
    qint64 sent = 0, received = 0, bytes = 0;
    bool rests = false;
    qint64 serial = 0;
    bool sends = false;
    {
        const std::lock_guard lock(m_mutex);
        messages = std::exchange(m_messages, {});
        sent = std::exchange(m_leftOutSent, 0);
        received = std::exchange(m_leftOutReceived, 0);
        bytes = std::exchange(m_leftOutBytes, 0);
        if (messages.size() < kManyMessages / 4 && m_stride > 1)
            m_stride /= 2;
        m_filled = 1;
        m_messageBytes = 0;
        rests = m_serial && (m_atRest || (m_blocked && !m_running && m_permits == 0));
        serial = m_serial;
        sends = m_sends;
        if (rests)
            m_serial = 0;
    }
    if (!messages.isEmpty() || sent || received)
        report({qint64(Report::Messages), messages, sent, received, bytes});
    if (rests)
        report({qint64(Report::AtRest), serial, sends});
}

void SceneTurn::report(const QCborArray &report)
{
    const std::lock_guard lock(m_sending);
    if (!m_control.send(report))
        _exit(0);
}

} // namespace forkscope
