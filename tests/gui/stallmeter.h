// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QEventLoop>
#include <QObject>
#include <QTimer>

#include <algorithm>
#include <vector>

namespace forkscope {

/// Sanitizers slow everything down: bounds in time are that many times as wide.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr double kSlack = 20;
#else
constexpr double kSlack = 1;
#endif

/// Measures how long the thread that made it stays away from its event loop: a timer of one millisecond ticks in every turn, and
/// the gap between two ticks is how long a click would have waited. For a loop that runs (exec()): not for QTest's waiting, which
/// sleeps in between.
class StallMeter : public QObject
{
public:
    StallMeter()
    {
        connect(&m_pulse, &QTimer::timeout, this,
            [this] { m_gaps.push_back(double(m_clock.nsecsElapsed()) / 1e6), m_clock.start(); });
        m_pulse.setTimerType(Qt::PreciseTimer);
        m_pulse.start(1);
        m_clock.start();
    }

    /// Runs the event loop until condition holds (looked at every 10 ms), or the time is over: then false.
    template<typename Condition> bool runUntil(Condition condition, int timeoutMs)
    {
        QEventLoop loop;
        QElapsedTimer total;
        total.start();
        QTimer check;
        connect(&check, &QTimer::timeout, &loop, [&] {
            if (condition() || total.hasExpired(timeoutMs))
                loop.quit();
        });
        check.start(10);
        loop.exec();
        return condition();
    }

    /// Ends the measurement. Before the figures are read.
    void stop()
    {
        m_gaps.push_back(double(m_clock.nsecsElapsed()) / 1e6);
        m_pulse.stop();
        std::sort(m_gaps.begin(), m_gaps.end());
    }

    size_t turns() const { return m_gaps.size(); }
    double worstMs() const { return m_gaps.back(); }
    /// This share (0 … 1) of the gaps was no longer.
    double percentileMs(double share) const { return m_gaps[std::min(m_gaps.size() - 1, size_t(double(m_gaps.size()) * share))]; }

private:
    QTimer m_pulse;
    QElapsedTimer m_clock;
    std::vector<double> m_gaps;
};

} // namespace forkscope
