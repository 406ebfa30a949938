// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/recording/recordingjob.h"

namespace forkscope {

/// Writes an export in a thread of its own.
class ExportJob : public RecordingJob
{
    Q_OBJECT

public:
    explicit ExportJob(const Journal &journal, QObject *parent = nullptr) : RecordingJob(journal, parent) { }

    /// Without replace an existing file is left alone, and fileExists() comes.
    void start(const ExportRequest &request, const QString &path, bool replace);

signals:
    void finished(const forkscope::ExportReport &report); ///< or cancelled
};

} // namespace forkscope
