// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/redact/redaction.h"
#include "core/redact/streammasker.h"

namespace forkscope {

/// Takes out of events, and of channels' names, what a request names. One thread.
class EventRedactor
{
public:
    /// patterns: those of the request, and what stands for stripEnvironment. Both must outlive it.
    EventRedactor(const RedactionRequest &request, const QList<MaskPattern> &patterns) : m_request(request), m_patterns(patterns)
    {
    }

    /// Nothing: the event is left out.
    std::optional<Event> redacted(Event event);
    ChannelInfo redacted(ChannelInfo channel);

    const std::vector<StreamMasker::Count> &counts() const { return m_counts; } ///< by pattern; empty: nothing was looked at
    std::optional<qsizetype> failed() const { return m_failed; } ///< the pattern that could not be followed
    bool hasChanged() const { return m_changed; } ///< the last one
    QByteArray sample() const { return m_sample; } ///< the last command line in which something was masked

private:
    void name(QByteArray &text);
    void path(QByteArray &text);
    void arguments(QByteArrayList &arguments);
    void maskArguments(QByteArrayList &arguments);
    void change(QByteArray &text, const QByteArray &to);

    bool apply(LaunchRequested &event);
    bool apply(StartFailed &event);
    bool apply(ProcessStarted &event);
    bool apply(ProcessExecuted &event);
    bool apply(ChannelOpened &event);
    bool apply(ChannelClosed &event);
    bool apply(PayloadLost &event);
    bool apply(ChannelsSampled &event);
    bool apply(TrafficLost &event);
    bool apply(ChannelEnds &event);
    bool apply(Intervened &event);
    bool apply(Redacted &event);
    bool apply(PoolOpened &event);
    bool apply(TasksQueued &event);
    bool apply(TasksEnded &event);
    // These hold numbers alone.
    bool apply(ProcessExited &) { return true; }
    bool apply(ProcessesSampled &) { return true; }
    bool apply(SignalSent &) { return true; }
    bool apply(TerminalResized &) { return true; }
    bool apply(PoolChanged &) { return true; }
    bool apply(PoolWorkerStarted &) { return true; }
    bool apply(PoolWorkerEnded &) { return true; }
    bool apply(TasksStarted &) { return true; }
    bool apply(TasksMoved &) { return true; }

    const RedactionRequest &m_request;
    const QList<MaskPattern> &m_patterns;
    std::vector<StreamMasker::Count> m_counts;
    std::optional<qsizetype> m_failed;
    bool m_changed = false;
    QByteArray m_sample;
};

} // namespace forkscope
