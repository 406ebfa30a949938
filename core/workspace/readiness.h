// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/journal.h"
#include "core/workspace/workspace.h"

#include <QObject>

#include <memory>

class QTimer;

namespace forkscope {

/// What a check looks at.
struct ReadinessSubject {
    const Journal *journal = nullptr; ///< outlives the check
    LaunchId launch = LaunchId::None;
    LaunchSpec spec; ///< as launched; its directory, environment and identity are the check's
};

/// Finds out when a command that was started is ready: tries again and again, until it is or the time is over.
///
/// Lives in one thread with an event loop and never blocks it. Exactly one of ready() and gaveUp() comes, unless it is deleted
/// before.
class ReadinessCheck : public QObject
{
    Q_OBJECT

public:
    static std::unique_ptr<ReadinessCheck> create(const ReadinessProbe &probe, const ReadinessSubject &subject);
    ~ReadinessCheck() override;

    /// In the thread in which it shall live. The probe's timeout counts from here.
    void start();

signals:
    void ready();
    /// trouble: why the last try failed; may be empty.
    void gaveUp(const QString &trouble);

protected:
    explicit ReadinessCheck(const ReadinessProbe &probe);
    /// One try, which ends with succeed() or retry(), now or later.
    virtual void attempt() = 0;
    void succeed();
    /// The next try begins after the probe's interval.
    void retry(const QString &trouble);
    /// The longest that one try may take.
    std::chrono::milliseconds patience() const;
    const ReadinessProbe &probe() const { return m_probe; }

private:
    void giveUp();
    const ReadinessProbe m_probe;
    QTimer *m_deadline = nullptr;
    QString m_trouble;
    bool m_done = false;
};

/// What the probe waits for, in words: "port 8080", "line “listening”".
QString readinessText(const ReadinessProbe &probe);

} // namespace forkscope
