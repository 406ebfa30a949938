// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/journalwriter.h"
#include "core/launch/pipepair.h"

#include <QByteArrayList>
#include <QFile>
#include <QObject>
#include <QSocketNotifier>
#include <QTimer>

#include <atomic>
#include <memory>
#include <thread>

namespace forkscope {

/// Reads one of the child's streams into the journal until end of file. Lives in a thread with an event loop.
///
/// A stream of many small writes is read every millisecond instead of at each write, so that floods cost neither wake-ups nor a
/// record per line; a slow stream is read at once.
class StreamDrain : public QObject
{
    Q_OBJECT

public:
    StreamDrain(UniqueFd fd, ChannelId channel, JournalWriter &journal, qint32 pid, QObject *parent);
    /// The descriptor, if it is still open: to be drained by somebody else.
    UniqueFd release();

signals:
    void closed();

private:
    void drain();
    void end(int systemError);

    UniqueFd m_fd;
    ChannelId m_channel;
    JournalWriter &m_journal;
    MessageInfo m_info;
    quint64 m_bytes = 0;
    QSocketNotifier m_notifier;
    QTimer m_pause;
    qint64 m_lastNs = 0;
    int m_smallReads = 0;
};

/// The same in a thread of its own, which also writes every byte to a descriptor of ours: blocking, so that a slow reader holds
/// the child up as it would without us.
class StreamRelay : public QObject
{
    Q_OBJECT

public:
    StreamRelay(UniqueFd fd, int target, ChannelId channel, JournalWriter &journal, qint32 pid, QObject *parent);
    /// Begins. Separate from construction, so that nobody misses a closed() that comes at once.
    void start();
    /// Waits for the end of the stream, or of the read that is under way.
    ~StreamRelay() override;

signals:
    /// From the relay's thread.
    void closed();

private:
    void run();
    bool pass(QByteArrayView bytes);

    UniqueFd m_fd;
    UniqueFd m_stopRead, m_stopWrite;
    int m_target;
    ChannelId m_channel;
    JournalWriter &m_journal;
    MessageInfo m_info;
    std::thread m_thread;
};

/// Writes to the child's stdin what is queued, as the pipe takes it, and records it. Lives in a thread with an event loop.
class InputFeed : public QObject
{
    Q_OBJECT

public:
    InputFeed(UniqueFd fd, ChannelId channel, JournalWriter &journal, QObject *parent);

    Result<void> write(const QByteArray &bytes);
    Result<void> sendFile(const QString &path);
    void closeWhenEmpty();
    bool isOpen() const { return bool(m_fd) && !m_closing; }

    static constexpr qsizetype kMostQueued = 16 * 1024 * 1024;

signals:
    /// Queued bytes that the child will never get, because it closed its end.
    void lost(quint64 bytes);

private:
    void flush();
    void close();

    UniqueFd m_fd;
    ChannelId m_channel;
    JournalWriter &m_journal;
    QByteArray m_queue;
    std::unique_ptr<QFile> m_file;
    bool m_closing = false;
    quint64 m_bytes = 0;
    QSocketNotifier m_notifier;
};

} // namespace forkscope
