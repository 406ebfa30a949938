// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/journalwriter.h"
#include "core/traffic/channelstatistics.h"
#include "tests/gui/guitesting.h"
#include "tests/patience.h"

#include <QTemporaryDir>

namespace forkscope {

/// Channels as a recording tells of them, with pipes from one process to the next.
class ChannelStory
{
public:
    ChannelStory() : m_writer(std::move(JournalWriter::create(m_folder.filePath(QStringLiteral("story.pcapng")))).value()) { }

    const Journal &journal() const { return m_writer->journal(); }
    JournalWriter &writer() { return *m_writer; }
    static ProcessKey key(int pid) { return StoryTeller::key(pid); }

    void start(int pid, const QByteArray &name)
    {
        ProcessStarted started;
        started.process = key(pid);
        started.launch = LaunchId(quint32(pid));
        started.name = name;
        m_writer->append(started);
    }
    ChannelId pipe(int from, int to)
    {
        const ChannelId id
            = m_writer->openChannel({ChannelId::None, ChannelKind::Pipe, LaunchId(quint32(from)), key(from), "pipe"});
        m_writer->append(
            ChannelEnds{id, {{LaunchId(quint32(from)), key(from), 1, true}, {LaunchId(quint32(to)), key(to), 0, false}}});
        return id;
    }
    void write(ChannelId channel, int bytes)
    {
        MessageInfo info;
        info.streamOffset = m_offsets[channel];
        m_offsets[channel] += quint64(bytes);
        m_writer->append(channel, QByteArray(bytes, 'x'), info);
        ++m_pieces[channel];
    }
    void sample(ChannelId channel, quint64 bytes, quint64 capacity = 2 << 20)
    {
        ChannelSample sample;
        sample.channel = channel;
        sample.bytes = bytes;
        sample.capacity = capacity;
        sample.puts = sample.gets = m_pieces[channel];
        m_writer->append(ChannelsSampled{{sample}});
    }
    void close(ChannelId channel) { m_writer->append(ChannelClosed{channel, m_offsets[channel], 0}); }

private:
    QTemporaryDir m_folder;
    std::unique_ptr<JournalWriter> m_writer;
    QHash<ChannelId, quint64> m_offsets, m_pieces;
};

} // namespace forkscope
