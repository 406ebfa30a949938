// SPDX-License-Identifier: GPL-3.0-or-later
// One JSON object a line, for jq, Python and databases.
#include "core/export/exportrun.h"
#include "core/export/formats.h"
#include "core/export/recordjson.h"

namespace forkscope {

Result<void> exportJsonLines(ExportRun &run)
{
    RecordJson json;
    const auto message = [&](const RecordView &record) {
        json.message(run.out, record, run.channel(record.channel));
        run.out += '\n';
    };
    const auto event = [&](const RecordView &record, const Event &content) {
        if ((!run.request().events || run.request().messages) && !std::holds_alternative<PayloadLost>(content))
            return;
        ++run.report.records;
        json.event(run.out, record, content);
        run.out += '\n';
    };
    if (auto done = run.forEachRecord(message, event); !done)
        return done;
    if (!run.report.file.complete()) {
        json.cut(run.out, run.report.file);
        run.out += '\n';
    }
    return run.flush(true);
}

} // namespace forkscope
