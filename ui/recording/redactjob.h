// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/redact/redaction.h"
#include "ui/recording/recordingjob.h"

namespace forkscope {

/// Redacts a recording, or counts what that would remove, in a thread of its own.
class RedactJob : public RecordingJob
{
    Q_OBJECT

public:
    explicit RedactJob(const Journal &journal, QObject *parent = nullptr) : RecordingJob(journal, parent) { }

    /// path empty: a preview. Without replace an existing file is left alone, and fileExists() comes.
    void start(const RedactionRequest &request, const QString &path, bool replace);
    bool isPreview() const { return m_preview; } ///< the one that runs, or ran last

signals:
    void finished(const forkscope::RedactionReport &report); ///< or cancelled

private:
    bool m_preview = false;
};

} // namespace forkscope
