// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/export/exportrecording.h"

#include <QObject>
#include <QPointer>
#include <QThread>

#include <memory>

class QTimer;

namespace forkscope {

/// Writes an export in a thread of its own. GUI thread; the journal must outlive it.
class ExportJob : public QObject
{
    Q_OBJECT

public:
    explicit ExportJob(const Journal &journal, QObject *parent = nullptr);
    ~ExportJob() override; ///< cancels and waits, some milliseconds

    /// One at a time. Without replace an existing file is left alone, and fileExists() comes.
    void start(const ExportRequest &request, const QString &path, bool replace);
    void cancel(); ///< returns at once; finished() comes
    bool isRunning() const { return m_thread; }

signals:
    void progressed(int permille);
    // Exactly one of these ends every start():
    void fileExists();
    void finished(const forkscope::ExportReport &report); ///< or cancelled
    void failed(const forkscope::Error &error);

private:
    struct Shared;
    const Journal &m_journal;
    std::shared_ptr<Shared> m_shared; ///< with the thread
    QPointer<QThread> m_thread;
    QTimer *m_poll;
};

} // namespace forkscope
