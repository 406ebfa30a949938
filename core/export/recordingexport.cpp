// SPDX-License-Identifier: GPL-3.0-or-later
// A part of a recording as a recording: numbers of records and channels, and times, stay as they are.
#include "core/export/exportrun.h"
#include "core/export/formats.h"
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
    const Journal &journal = run.journal();
    write([&](CompactWriter &writer) {
        writer.begin(journal.startTimeNs(), "Part of a Forkscope recording");
        for (quint32 i = 0; i < run.channelCount(); ++i)
            writer.channel(run.channel(ChannelId(i)));
    });
    const auto message = [&](const RecordView &record) {
        write([&](CompactWriter &writer) {
            writer.message(record.number, record.timeNs, record.channel, record.message, record.bytes);
        });
    };
    const auto event = [&](const RecordView &record, const Event &content) {
        ++run.report.records;
        write(
            [&](CompactWriter &writer) { writer.event(record.number, record.timeNs, record.eventNumber, encodeEvent(content)); });
    };
    if (auto done = run.forEachRecord(message, event); !done)
        return done;
    return run.flush(true);
}

} // namespace forkscope
