// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/output/recordrange.h"
#include "core/output/timeline.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>

namespace forkscope {

/// The moment and the stretch of time that all views of a window show, and playing on from there. GUI thread.
///
/// At its end (the normal state) views show everything, and what comes. Otherwise they show what had come at the moment, and of
/// that only what lies in the range. Nothing is read, and no thread runs, until somebody asks for the timeline or moves.
class Playback : public QObject
{
    Q_OBJECT

public:
    /// journal must outlive it. live: it grows, "now" is its end.
    Playback(const Journal &journal, bool live, QObject *parent = nullptr);
    ~Playback() override;

    const Timeline &timeline() const;
    bool isLive() const { return m_live; }
    qint64 startNs() const { return timeline().firstNs(); }
    qint64 endNs() const; ///< of the last record; in a live session: now

    /// What is on show; nothing: the end.
    std::optional<qint64> moment() const { return m_moment; }
    std::optional<qint64> fromNs() const { return m_from; }
    std::optional<qint64> untilNs() const { return m_until; }
    /// Up to when things are shown: the moment or the end of the range, whichever is first; nothing: to the end.
    std::optional<qint64> shownUntilNs() const;
    bool isAtEnd() const { return !shownUntilNs(); }
    /// The same as numbers of records.
    RecordRange records() const;
    /// Tells of a change where records() is another by now: of a live session, of a file that is still being read. Each frame.
    void refresh();
    /// When this record came.
    qint64 timeOf(quint64 record) const;

    void seek(qint64 timeNs); ///< at the end of time or later: as seekEnd()
    void seekEnd();
    /// Only what came from (that time on) until (that time); in either order; nothing: no bound.
    void setRange(std::optional<qint64> fromNs, std::optional<qint64> untilNs);
    void clear(); ///< no range, at the end

    bool isPlaying() const { return m_timer.isActive(); }
    void play(); ///< from the moment on; at the end: from the start
    void pause();
    double speed() const { return m_speed; }
    void setSpeed(double speed) { m_speed = speed; }
    bool skipsIdle() const { return m_skipIdle; }
    void setSkipIdle(bool skip) { m_skipIdle = skip; }
    /// Moves on by what passed in the meantime, times the speed. The timer calls it.
    void step(qint64 elapsedNs);

    /// While nothing comes for longer than this (times the speed), playing goes on with what comes next, if it is to.
    static constexpr qint64 kIdleNs = 500'000'000;

signals:
    void changed(); ///< the moment or the range
    void playingChanged();

private:
    void tell();
    qint64 playStart() const;
    qint64 playEnd() const;

    const Journal &m_journal;
    const bool m_live;
    mutable std::unique_ptr<Timeline> m_timeline;
    std::optional<qint64> m_moment, m_from, m_until;
    RecordRange m_told; ///< with the last changed()
    QTimer m_timer;
    QElapsedTimer m_sinceStep;
    double m_speed = 1;
    bool m_skipIdle = false;
};

} // namespace forkscope
