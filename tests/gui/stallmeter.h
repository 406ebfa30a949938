// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractEventDispatcher>
#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <algorithm>
#include <vector>

namespace forkscope {

/// Measures how long the thread that made it stays away from its event loop: the time from one wake-up of the loop to its next
/// rest, which is how long a click would have waited. A timer keeps the loop turning, so that every millisecond is covered.
class StallMeter : public QObject
{
public:
    StallMeter()
    {
        auto *dispatcher = QAbstractEventDispatcher::instance();
        connect(dispatcher, &QAbstractEventDispatcher::awake, this, [this] { begin(); });
        connect(dispatcher, &QAbstractEventDispatcher::aboutToBlock, this, [this] { end(); });
        connect(&m_pulse, &QTimer::timeout, this, [] {});
        m_pulse.start(1);
        begin();
    }

    /// Ends the measurement.
    void stop()
    {
        end();
        m_pulse.stop();
        disconnect(QAbstractEventDispatcher::instance(), nullptr, this, nullptr);
        std::sort(m_turns.begin(), m_turns.end());
    }

    size_t turns() const { return m_turns.size(); }
    double worstMs() const { return m_turns.empty() ? 0 : m_turns.back(); }
    /// Share in [0, 1] of turns that took no longer. After stop().
    double percentileMs(double share) const
    {
        return m_turns.empty() ? 0 : m_turns[std::min(m_turns.size() - 1, size_t(double(m_turns.size()) * share))];
    }

private:
    void begin()
    {
        if (!m_clock.isValid())
            m_clock.start();
    }
    void end()
    {
        if (m_clock.isValid())
            m_turns.push_back(double(m_clock.nsecsElapsed()) / 1e6);
        m_clock.invalidate();
    }

    QTimer m_pulse;
    QElapsedTimer m_clock;
    std::vector<double> m_turns;
};

} // namespace forkscope
