// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/output/linereader.h"

#include "core/output/linescanner.h"

namespace forkscope {

namespace {

LineText::End endOf(const LineScanner &scanner)
{
    return !scanner.ended() ? LineText::End::Open : scanner.cut() ? LineText::End::Cut : LineText::End::LineFeed;
}

} // namespace

bool LineReader::hold(quint64 record)
{
    if (!m_record || m_record->number != record) {
        m_record.reset();
        m_record = m_index.journal().read(record);
    }
    return m_record.has_value();
}

LineText LineReader::read(quint64 i)
{
    const LineStart start = m_index.line(i);
    LineText line;
    if (!hold(start.record)) {
        line.end = LineText::End::Lost;
        return line;
    }
    line.timeNs = m_record->timeNs;
    line.lastRecord = start.record;
    line.channel = m_record->channel;
    line.afterLoss = start.offset == 0 && followsLoss(*m_record);

    LineScanner scanner;
    const QByteArrayView rest = m_record->bytes.sliced(start.offset);
    line.bytes = rest.first(scanner.take(rest));
    line.end = endOf(scanner);
    if (!scanner.ended())
        collect(line, start.record);
    return line;
}

bool LineReader::followsLoss(const RecordView &record) const
{
    if (record.message.streamOffset == 0)
        return false;
    // A number whose place was reserved but not used cannot be read either: look past some of those.
    const Journal &journal = m_index.journal();
    quint64 position = journal.channelPositionOf(record.channel, record.number);
    for (int i = 0; i < 8 && position > 0; ++i) {
        if (const auto before = journal.read(journal.channelRecord(record.channel, --position)))
            return before->message.streamOffset + quint64(before->bytes.size()) != record.message.streamOffset;
    }
    return true;
}

void LineReader::collect(LineText &line, quint64 record)
{
    const Journal &journal = m_index.journal();
    const quint64 end = std::min(m_endRecord, m_index.position()); // not beyond the index: it has not decided about lines there
    const ChannelId channel = line.channel;
    quint64 position = journal.channelPositionOf(channel, record);
    const quint64 count = journal.channelRecordCount(channel);
    if (position + 1 >= count)
        return;

    m_buffer.resize(0);
    m_buffer.append(line.bytes);
    quint64 streamOffset = m_record->message.streamOffset + quint64(m_record->bytes.size());
    LineScanner scanner;
    scanner.take(m_buffer);
    while (!scanner.ended() && ++position < count) {
        const quint64 next = journal.channelRecord(channel, position);
        if (next >= end)
            break;
        const auto view = journal.read(next);
        if (!view)
            continue; // given up, or never used: the next one's place in the stream tells
        if (view->message.streamOffset != streamOffset) {
            line.end = LineText::End::Lost;
            break;
        }
        streamOffset += quint64(view->bytes.size());
        line.lastRecord = next;
        m_buffer.append(view->bytes.first(scanner.take(view->bytes)));
    }
    if (line.end != LineText::End::Lost)
        line.end = endOf(scanner);
    line.bytes = m_buffer;
}

} // namespace forkscope
