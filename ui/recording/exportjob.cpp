// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/recording/exportjob.h"

namespace forkscope {

void ExportJob::start(const ExportRequest &request, const QString &path, bool replace)
{
    run(
        path, replace,
        [&journal = m_journal, request, path](
            const ExportControl &control) { return exportRecordingTo(path, journal, request, control); },
        [this](const ExportReport &report) { emit finished(report); });
}

} // namespace forkscope
