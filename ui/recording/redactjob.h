// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/redact/redaction.h"

#include <QObject>
#include <QPointer>
#include <QThread>

#include <memory>

class QTimer;

namespace forkscope {

/// Redacts a recording, or counts what that would remove, in a thread of its own. GUI thread; the journal must outlive it.
class RedactJob : public QObject
{
    Q_OBJECT

public:
    explicit RedactJob(const Journal &journal, QObject *parent = nullptr);
    ~RedactJob() override; ///< cancels and waits, some milliseconds

    /// One at a time. path empty: a preview. Without replace an existing file is left alone, and fileExists() comes.
    void start(const RedactionRequest &request, const QString &path, bool replace);
    void cancel(); ///< returns at once; finished() comes
    bool isRunning() const { return m_thread; }
    bool isPreview() const { return m_preview; } ///< the one that runs, or ran last

signals:
    void progressed(int permille);
    // Exactly one of these ends every start():
    void fileExists();
    void finished(const forkscope::RedactionReport &report); ///< or cancelled
    void failed(const forkscope::Error &error);

private:
    struct Shared;
    const Journal &m_journal;
    std::shared_ptr<Shared> m_shared; ///< with the thread
    QPointer<QThread> m_thread;
    QTimer *m_poll;
    bool m_preview = false;
};

} // namespace forkscope
