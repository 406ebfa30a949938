// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/launch/streams.h"

#include "core/base/clock.h"

#include <QCoreApplication>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <cerrno>

namespace forkscope {

namespace {

constexpr int kReadsPerTurn = 4; // of 256 KiB: other streams get their turn
constexpr qint64 kSmallRead = 16 * 1024;
constexpr int kSmallReadsBeforePause = 64;
constexpr qint64 kCloseTogetherNs = 300'000;
constexpr int kPauseMs = 1;

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(streams)
};

} // namespace

StreamDrain::StreamDrain(UniqueFd fd, ChannelId channel, JournalWriter &journal, qint32 pid, QObject *parent)
    : QObject(parent), m_fd(std::move(fd)), m_channel(channel), m_journal(journal), m_notifier(m_fd.get(), QSocketNotifier::Read)
{
    m_info.pid = pid;
    m_info.fd = journal.journal().channel(channel).kind == ChannelKind::StandardError ? 2 : 1;
    fcntl(m_fd.get(), F_SETFL, fcntl(m_fd.get(), F_GETFL) | O_NONBLOCK);
    m_pause.setSingleShot(true);
    m_pause.setTimerType(Qt::PreciseTimer);
    connect(&m_pause, &QTimer::timeout, this, &StreamDrain::drain);
    connect(&m_notifier, &QSocketNotifier::activated, this, &StreamDrain::drain);
}

UniqueFd StreamDrain::release()
{
    m_notifier.setEnabled(false);
    m_pause.stop();
    return std::move(m_fd);
}

void StreamDrain::drain()
{
    qint64 got = 0;
    for (int i = 0; i < kReadsPerTurn; ++i) {
        const auto part = m_journal.appendFrom(m_fd.get(), m_channel, JournalWriter::kMaxRecordPayload, m_info);
        if (part.count > 0) {
            got += part.count;
            m_bytes += quint64(part.count);
            continue;
        }
        if (part.count < 0 && part.systemError == EAGAIN)
            break;
        // A pseudo-terminal that nobody has open any more says EIO.
        return end(part.count < 0 && part.systemError != EIO ? part.systemError : 0);
    }
    const qint64 now = monotonicNs();
    m_smallReads = got < kSmallRead && now - m_lastNs < kCloseTogetherNs + kPauseMs * 1'000'000 ? m_smallReads + 1 : 0;
    m_lastNs = now;
    const bool pause = m_smallReads > kSmallReadsBeforePause;
    m_notifier.setEnabled(!pause);
    if (pause)
        m_pause.start(kPauseMs);
}

void StreamDrain::end(int systemError)
{
    m_notifier.setEnabled(false);
    m_fd.reset();
    m_journal.append(ChannelClosed{m_channel, m_bytes, systemError});
    emit closed();
}

StreamRelay::StreamRelay(UniqueFd fd, int target, ChannelId channel, JournalWriter &journal, qint32 pid, QObject *parent)
    : QObject(parent), m_fd(std::move(fd)), m_target(target), m_channel(channel), m_journal(journal)
{
    m_info.pid = pid;
    m_info.fd = journal.journal().channel(channel).kind == ChannelKind::StandardError ? 2 : 1;
    if (auto pipe = makePipe(-1)) {
        m_stopRead = std::move(pipe.value().read);
        m_stopWrite = std::move(pipe.value().write);
    }
}

void StreamRelay::start()
{
    m_thread = std::thread([this] { run(); });
}

StreamRelay::~StreamRelay()
{
    m_stopWrite.reset(); // the thread's poll() sees a hang-up
    if (m_thread.joinable())
        m_thread.join();
}

/// False where nobody reads at the target any more.
bool StreamRelay::pass(QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        const auto written = ::write(m_target, bytes.data(), size_t(bytes.size()));
        if (written >= 0) {
            bytes = bytes.sliced(written);
        } else if (errno == EAGAIN) {
            // Somebody who shares our stdout made it non-blocking.
            pollfd ready[] = {{m_target, POLLOUT, 0}};
            poll(ready, 1, -1);
        } else if (errno != EINTR) {
            return false;
        }
    }
    return true;
}

void StreamRelay::run()
{
    quint64 bytes = 0;
    int systemError = 0;
    for (;;) {
        // With the target in the list, its reader's going away is noticed also while the child is silent.
        pollfd ready[] = {{m_fd.get(), POLLIN, 0}, {m_stopRead.get(), POLLIN, 0}, {m_target, 0, 0}};
        if (poll(ready, 3, -1) < 0 && errno == EINTR)
            continue;
        if (ready[0].revents == 0 && (ready[1].revents || ready[2].revents & (POLLERR | POLLNVAL)))
            break;
        const auto part = m_journal.appendFrom(m_fd.get(), m_channel, JournalWriter::kMaxRecordPayload, m_info);
        if (part.count <= 0) {
            systemError = part.systemError == EIO ? 0 : part.systemError; // EIO: as in StreamDrain
            break;
        }
        bytes += quint64(part.count);
        if (!pass(part.bytes)) {
            systemError = errno;
            break;
        }
    }
    m_fd.reset();
    m_journal.append(ChannelClosed{m_channel, bytes, systemError});
    emit closed();
}

InputFeed::InputFeed(UniqueFd fd, ChannelId channel, JournalWriter &journal, QObject *parent)
    : QObject(parent), m_fd(std::move(fd)), m_channel(channel), m_journal(journal), m_notifier(m_fd.get(), QSocketNotifier::Write)
{
    fcntl(m_fd.get(), F_SETFL, fcntl(m_fd.get(), F_GETFL) | O_NONBLOCK);
    m_notifier.setEnabled(false);
    connect(&m_notifier, &QSocketNotifier::activated, this, &InputFeed::flush);
}

Result<void> InputFeed::write(const QByteArray &bytes)
{
    const QString tried = Text::tr("send input");
    if (!isOpen())
        return Error{ErrorCode::Closed, 0, tried, {},
            Text::tr("the end of input was sent already, or the process closed its standard input")};
    if (!m_queue.isEmpty() && m_queue.size() + bytes.size() > kMostQueued)
        return Error::invalid(tried, Text::tr("the process does not read: 16 MiB wait for it already"));
    m_queue += bytes;
    flush();
    return {};
}

Result<void> InputFeed::sendFile(const QString &path)
{
    const QString tried = Text::tr("send the file");
    if (!isOpen())
        return Error{ErrorCode::Closed, 0, tried, path,
            Text::tr("the end of input was sent already, or the process closed its standard input")};
    auto file = std::make_unique<QFile>(path);
    if (!file->open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return Error::invalid(tried, file->errorString(), path);
    m_file = std::move(file);
    m_closing = true;
    flush();
    return {};
}

void InputFeed::closeWhenEmpty()
{
    m_closing = true;
    if (m_fd)
        flush();
}

void InputFeed::flush()
{
    while (m_fd) {
        if (m_queue.isEmpty() && m_file) {
            m_queue = m_file->read(256 * 1024);
            if (m_queue.isEmpty())
                m_file.reset();
        }
        if (m_queue.isEmpty()) {
            m_notifier.setEnabled(false);
            if (m_closing)
                close();
            return;
        }
        const auto written = ::write(m_fd.get(), m_queue.constData(), size_t(m_queue.size()));
        if (written > 0) {
            m_journal.append(m_channel, QByteArrayView(m_queue).first(written));
            m_bytes += quint64(written);
            m_queue.remove(0, written);
        } else if (errno == EAGAIN) {
            m_notifier.setEnabled(true);
            return;
        } else if (errno != EINTR) {
            const auto left = quint64(m_queue.size()) + (m_file ? quint64(m_file->size() - m_file->pos()) : 0);
            close();
            emit lost(left);
        }
    }
}

void InputFeed::close()
{
    m_notifier.setEnabled(false);
    m_fd.reset();
    m_closing = true;
    m_queue.clear();
    m_file.reset();
    m_journal.append(ChannelClosed{m_channel, m_bytes, 0});
}

} // namespace forkscope
