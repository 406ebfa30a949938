// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/export/exportrecording.h"
#include "ui/window/background.h"

#include <QFileInfo>
#include <QObject>
#include <QPointer>
#include <QThread>

#include <memory>
#include <optional>

class QTimer;

namespace forkscope {

/// Writes something that is made of a recording, in a thread of its own: what ExportJob and RedactJob share. GUI thread; the
/// journal must outlive it. One run at a time.
class RecordingJob : public QObject
{
    Q_OBJECT

public:
    ~RecordingJob() override; ///< cancels and waits, some milliseconds
    void cancel(); ///< returns at once; the end of the run comes
    bool isRunning() const { return m_thread; }

signals:
    void progressed(int permille);
    // Exactly one of these, or of the subclass's finished(), ends every run:
    void fileExists();
    void failed(const forkscope::Error &error);

protected:
    explicit RecordingJob(const Journal &journal, QObject *parent);

    /// work: with this control, in the thread, to a Result of a report; finished: with the report, here. A path that exists is
    /// left alone without replace; an empty one is none.
    template<typename Work, typename Finished> void run(const QString &path, bool replace, Work work, Finished finished)
    {
        const auto shared = begin();
        using Outcome = decltype(work(ExportControl()));
        const auto inThread = [path, replace, work, shared]() -> std::optional<Outcome> {
            if (!replace && !path.isEmpty() && QFileInfo::exists(path))
                return {};
            return work({.cancelled = &shared->cancelled, .progress = [&](double part) { shared->permille = int(part * 1000); }});
        };
        m_thread = runInBackground(this, inThread, [this, finished](const std::optional<Outcome> &done) {
            end();
            if (!done)
                emit fileExists();
            else if (*done)
                finished(done->value());
            else
                emit failed(done->error());
        });
    }

    const Journal &m_journal;

private:
    struct Shared {
        std::atomic<bool> cancelled = false;
        std::atomic<int> permille = 0;
    };
    std::shared_ptr<Shared> begin();
    void end();

    std::shared_ptr<Shared> m_shared; ///< with the thread
    QPointer<QThread> m_thread;
    QTimer *m_poll;
};

} // namespace forkscope
