// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/recording/playback.h"

#include <QDateTime>

#include <algorithm>

namespace forkscope {

namespace {

constexpr int kFrameMs = 16; // display rate

}

Playback::Playback(const Journal &journal, bool live, QObject *parent) : QObject(parent), m_journal(journal), m_live(live)
{
    m_timer.setInterval(kFrameMs);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, [this] { step(m_sinceStep.nsecsElapsed()); });
}

Playback::~Playback() = default;

const Timeline &Playback::timeline() const
{
    if (!m_timeline)
        m_timeline = std::make_unique<Timeline>(m_journal);
    return *m_timeline;
}

qint64 Playback::endNs() const
{
    const qint64 last = timeline().lastNs();
    return m_live ? std::max(last, QDateTime::currentMSecsSinceEpoch() * 1'000'000) : last;
}

std::optional<qint64> Playback::shownUntilNs() const
{
    const bool later = m_until && *m_until >= endNs(); // it comes to that
    if (!m_until || later)
        return m_moment;
    return m_moment ? std::min(*m_moment, *m_until) : *m_until;
}

RecordRange Playback::records() const
{
    RecordRange range;
    if (m_from)
        range.first = timeline().recordFrom(*m_from);
    if (const auto until = shownUntilNs())
        range.end = timeline().recordAfter(*until);
    return range;
}

void Playback::tell()
{
    m_told = records();
    emit changed();
}

void Playback::refresh()
{
    if ((m_moment || m_from || m_until) && records() != m_told)
        tell();
}

qint64 Playback::timeOf(quint64 record) const
{
    if (record < timeline().position())
        return timeline().timeOf(record);
    const auto read = m_journal.read(record); // its thread has just begun
    return read ? read->timeNs : endNs();
}

void Playback::seek(qint64 timeNs)
{
    if (timeNs >= endNs())
        return seekEnd();
    const std::optional<qint64> moment = std::max(timeNs, startNs());
    if (std::exchange(m_moment, moment) != moment)
        tell();
}

void Playback::seekEnd()
{
    pause();
    if (std::exchange(m_moment, std::nullopt))
        tell();
}

void Playback::setRange(std::optional<qint64> fromNs, std::optional<qint64> untilNs)
{
    if (fromNs && untilNs && *fromNs > *untilNs)
        std::swap(fromNs, untilNs);
    if (m_from == fromNs && m_until == untilNs)
        return;
    m_from = fromNs;
    m_until = untilNs;
    tell();
}

void Playback::clear()
{
    pause();
    if (!m_moment && !m_from && !m_until)
        return;
    m_moment = m_from = m_until = std::nullopt;
    tell();
}

qint64 Playback::playStart() const
{
    return std::max(startNs(), m_from.value_or(startNs()));
}

qint64 Playback::playEnd() const
{
    return std::min(endNs(), m_until.value_or(endNs()));
}

void Playback::play()
{
    if (isPlaying())
        return;
    if (!m_moment || *m_moment >= playEnd() || *m_moment < playStart())
        seek(playStart());
    if (!m_moment) // all came at once: there is nothing to be played
        return;
    m_sinceStep.start();
    m_timer.start();
    emit playingChanged();
}

void Playback::pause()
{
    if (!isPlaying())
        return;
    m_timer.stop();
    emit playingChanged();
}

void Playback::step(qint64 elapsedNs)
{
    m_sinceStep.start();
    if (!m_moment)
        return pause();
    qint64 next = *m_moment + qint64(double(elapsedNs) * m_speed);
    if (m_skipIdle) {
        const Timeline &line = timeline();
        const quint64 record = line.recordAfter(*m_moment);
        const qint64 comes = record < line.position() ? line.timeOf(record) : endNs();
        if (comes > next && comes - *m_moment > qint64(double(kIdleNs) * m_speed))
            next = comes;
    }
    if (next < playEnd())
        return seek(next);
    if (!m_until || *m_until >= endNs())
        return seekEnd();
    pause();
    seek(*m_until);
}

} // namespace forkscope
