// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/recording/redactjob.h"

namespace forkscope {

void RedactJob::start(const RedactionRequest &request, const QString &path, bool replace)
{
    m_preview = path.isEmpty();
    run(
        path, replace,
        [&journal = m_journal, request, path](const ExportControl &control) {
            return path.isEmpty() ? previewRedaction(journal, request, control)
                                  : redactRecordingTo(path, journal, request, control);
        },
        [this](const RedactionReport &report) { emit finished(report); });
}

} // namespace forkscope
