// SPDX-License-Identifier: GPL-3.0-or-later
// A part of a recording as a recording: numbers and times of records stay as they are, those of channels begin anew.
#include "core/export/formats.h"
#include "core/export/partchannels.h"
#include "core/journal/compactwriter.h"

#include <QBuffer>

namespace forkscope {

Result<void> exportPart(ExportRun &run)
{
    // Writes to memory do not fail; what is full is told by flush().
    const auto write = [&run](const std::function<void(CompactWriter & writer)> &what) {
        QBuffer buffer(&run.out);
        buffer.open(QIODevice::WriteOnly | QIODevice::Append);
        CompactWriter writer(buffer);
        what(writer);
    };
    const PartChannels channels(run);
    write([&](CompactWriter &writer) {
        writer.begin(run.journal().startTimeNs(), "Part of a Forkscope recording");
        for (const ChannelId channel : channels.kept()) {
            ChannelInfo info = run.channel(channel);
            info.id = channels.numberOf(channel);
            writer.channel(info);
        }
    });
    const auto message = [&](const RecordView &record) {
        write([&](CompactWriter &writer) {
            writer.message(record.number, record.timeNs, channels.numberOf(record.channel), record.message, record.bytes);
        });
    };
    const auto event = [&](const RecordView &record, const Event &content) {
        Event ours = content;
        if (!channels.renumber(ours))
            return;
        ++run.report.records;
        write([&](CompactWriter &writer) { writer.event(record.number, record.timeNs, record.eventNumber, encodeEvent(ours)); });
    };
    if (auto done = run.forEachRecord(message, event); !done)
        return done;
    return run.flush(true);
}

} // namespace forkscope
