// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playground/scenemember.h"

#include "core/ipc/pipe.h"

#include <QCborMap>
#include <QTimer>

namespace forkscope {

using namespace scenecontrol;

namespace {

constexpr int kEndMs = 1000; ///< then it is killed

QCborMap settingsOf(const SceneProcess &process, bool ordered, bool duplex)
{
    static constexpr const char *kPayloads[] = {"text", "json", "cbor"};
    return {{QLatin1String(kRate), process.rate}, {QLatin1String(kCount), process.count}, {QLatin1String(kDies), process.dies},
        {QLatin1String(kSize), process.size}, {QLatin1String(kPayload), QLatin1String(kPayloads[int(process.payload)])},
        {QLatin1String(kPriority), process.priority}, {QLatin1String(kOrdered), ordered}, {QLatin1String(kDuplex), duplex}};
}

} // namespace

SceneMember::~SceneMember()
{
    if (!isAlive())
        return;
    (void)m_process->kill();
    (void)m_process->join(QDeadlineTimer(kEndMs));
}

Result<void> SceneMember::start(const SceneProcess &process, Part part)
{
    m_name = process.name;
    m_first = part.first;
    m_ordered = part.ordered;
    m_duplex = part.duplex;
    auto pipe = ipc::makePipe();
    if (!pipe)
        return pipe.error();
    m_control = std::move(pipe.value().first);
    m_control.keepFromSession();
    part.handed.append(std::move(pipe.value().second));
    part.handed.append(QCborValue(settingsOf(process, m_ordered, m_duplex)));
    ipc::ProcessOptions options;
    options.name = m_name;
    options.daemon = true;
    options.environment = std::move(part.environment);
    m_process = std::make_unique<ipc::Process>(part.function, std::move(part.handed), options);
    if (const auto started = m_process->start(); !started) {
        m_process.reset();
        return started.error();
    }
    m_notifier = std::make_unique<ipc::ConnectionNotifier>(m_control);
    connect(m_notifier.get(), &ipc::ConnectionNotifier::readyRead, this, &SceneMember::receive);
    auto *watcher = new ipc::ProcessWatcher(*m_process, this);
    connect(watcher, &ipc::ProcessWatcher::finished, this, [this](const ipc::ProcessResult &result) {
        for (int i = 0; i < 1000 && m_control.poll().ok() && m_control.poll().value() == ipc::Connection::Ready::Data; ++i)
            receive(); // what it said last
        m_result = result;
        emit ended();
    });
    pause();
    return {};
}

void SceneMember::apply(const SceneProcess &process)
{
    tell({qint64(Command::Settings), settingsOf(process, m_ordered, m_duplex)});
}

void SceneMember::run()
{
    m_running = true;
    m_atRest = false;
    tell({qint64(Command::Run)});
}

void SceneMember::pause()
{
    m_running = false;
    m_atRest = false;
    tell({qint64(Command::Pause), ++m_serial});
}

void SceneMember::permit()
{
    m_atRest = false;
    tell({qint64(Command::Permit), ++m_serial});
}

void SceneMember::inject(const QByteArray &bytes)
{
    tell({qint64(Command::Inject), bytes});
}

void SceneMember::end()
{
    m_told = true;
    tell({qint64(Command::End)});
    QTimer::singleShot(kEndMs, this, [this] {
        if (isAlive())
            (void)kill();
    });
}

bool SceneMember::hasFinished() const
{
    return m_result && m_result->exitCode == 0 && !m_told;
}

SceneProcessState SceneMember::state() const
{
    using Phase = SceneProcessState::Phase;
    SceneProcessState state;
    state.name = m_name;
    state.pid = pid();
    if (!m_result) {
        state.phase = m_running ? Phase::Running : m_atRest ? Phase::Paused : Phase::Running;
        if (!m_process)
            state.phase = Phase::Starting;
        return state;
    }
    const int code = m_result->exitCode.value_or(0);
    state.phase = code < 0 ? Phase::Signalled : code > 0 ? Phase::Failed : Phase::Finished;
    state.exitValue = std::abs(code);
    state.problem = m_result->errorText;
    return state;
}

void SceneMember::tell(const QCborArray &command)
{
    // One that is about to end does not listen any more: its end is told elsewhere.
    (void)m_control.send(command);
}

void SceneMember::receive()
{
    const auto message = m_control.recv(QDeadlineTimer(0));
    if (!message)
        return;
    const QCborArray report = message.value().toArray();
    switch (Report(report.at(0).toInteger())) {
    case Report::AtRest:
        if (report.at(1).toInteger() != m_serial)
            return;
        m_atRest = true;
        m_sendsNext = report.at(2).toBool();
        emit changed();
        return;
    case Report::Messages:
        emit messagesReported(report);
        return;
    case Report::Injected:
        emit injected(report.at(1).toBool());
        return;
    }
}

} // namespace forkscope
