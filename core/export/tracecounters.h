// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/export/tracewriter.h"
#include "core/journal/event.h"

#include <QHash>

namespace forkscope {

/// The counters of a trace: bytes a second by stream, CPU and memory by process. Values are put together so that each counter has
/// a bounded number of points, whatever was written: a viewer must still open the file.
class TraceCounters
{
public:
    /// series: how many counters there may be, about. The writer must outlive it.
    TraceCounters(TraceWriter &trace, qint64 startNs, qint64 endNs, qsizetype series);

    void addBytes(const ChannelInfo &channel, TraceTrack track, qint64 timeNs, quint64 bytes);
    void addSample(const ProcessSample &sample, TraceTrack track, qint64 timeNs);
    void endProcess(TraceTrack track, qint64 timeNs);
    void finish();

    qint64 intervalNs() const { return m_intervalNs; }

private:
    struct Rate {
        QByteArray name;
        TraceTrack track;
        qint64 interval = -1; ///< that bytes belong to
        quint64 bytes = 0;
    };
    struct Usage {
        qint64 interval = -1; ///< of the value that was written last
        qint64 timeNs = 0; ///< of the value that waits; 0: none
        qint32 cpuPermille = 0;
        qint64 residentBytes = 0;
    };

    qint64 intervalAt(qint64 timeNs) const { return qMax<qint64>(timeNs - m_startNs, 0) / m_intervalNs; }
    void write(const Rate &rate, bool pauses);
    void write(TraceTrack track, Usage &usage);

    TraceWriter &m_trace;
    const qint64 m_startNs;
    qint64 m_intervalNs;
    QHash<ChannelId, Rate> m_rates;
    QHash<int, Usage> m_usages; ///< by track
};

} // namespace forkscope
