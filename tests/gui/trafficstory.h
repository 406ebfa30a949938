// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/journal/journalwriter.h"

#include <QTemporaryDir>

namespace forkscope {

/// Writes a recording of what processes sent to each other.
class TrafficStory
{
public:
    explicit TrafficStory(const JournalOptions &options = {})
        : m_writer(std::move(JournalWriter::create(path(), options)).value()), m_beganNs(monotonicNs())
    {
    }

    QString path() const { return m_directory.filePath(QStringLiteral("traffic.pcapng")); }
    QString file(const QString &name) const { return m_directory.filePath(name); }
    const Journal &journal() const { return m_writer->journal(); }
    JournalWriter &writer() { return *m_writer; }
    void close() { m_writer.reset(); }

    ChannelId open(ChannelKind kind, const QByteArray &name)
    {
        return m_writer->openChannel({ChannelId::None, kind, LaunchId::None, {}, name});
    }
    void start(int pid, const QByteArray &name)
    {
        ProcessStarted started;
        started.process = {pid, quint64(pid) * 10};
        started.ppid = 1;
        started.name = name;
        m_writer->append(started);
    }
    /// A piece that passed a pipe, so many ms after the beginning.
    quint64 piece(ChannelId channel, const QByteArray &bytes, qint64 ms = 0)
    {
        return *m_writer->append(channel, bytes, {}, m_beganNs + ms * 1'000'000);
    }
    /// What was put, sent, got or received; of what came out nothing but that it did.
    quint64 message(ChannelId channel, Operation operation, int pid, quint64 sequence, const QByteArray &bytes, qint64 ms = 0,
        qint64 waitedNs = -1)
    {
        MessageInfo info;
        info.pid = pid;
        info.operation = operation;
        info.traffic = TrafficInfo{sequence, quint64(bytes.size()), waitedNs, 0};
        const bool cameOut = operation == Operation::Get || operation == Operation::Receive;
        return *m_writer->append(channel, cameOut ? QByteArray() : bytes, info, m_beganNs + ms * 1'000'000);
    }

private:
    QTemporaryDir m_directory;
    std::unique_ptr<JournalWriter> m_writer;
    const qint64 m_beganNs;
};

} // namespace forkscope
