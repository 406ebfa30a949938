// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/export/jsonwriter.h"

namespace forkscope {

/// Where an event of a trace belongs. In a trace, a track is named by a number alone.
struct TraceTrack {
    int pid = 0;
};

/// Writes the events of Chrome's Trace Event Format, which ui.perfetto.dev and chrome://tracing open: an object with an array
/// "traceEvents", an event a line. Times are given in ns since the epoch and written in µs since the start, with all their
/// digits.
class TraceWriter
{
public:
    TraceWriter(QByteArray &out, qint64 startNs) : m_out(out), m_json(out), m_startNs(startNs) { }

    void beginFile(const QByteArray &source);
    void endFile();

    /// Begins an event; arguments may be added to json(), then end().
    void begin(const char *phase, QByteArrayView name, const char *category, TraceTrack track, qint64 timeNs);
    void duration(qint64 ns); ///< only between begin() and arguments()
    void field(const char *name, QByteArrayView value) { m_json.field(name, value); }
    void field(const char *name, qint64 value) { m_json.field(name, value); }
    void arguments();
    JsonWriter &json() { return m_json; }
    void end();

    /// A name or number that belongs to a track, not to a time.
    void metadata(const char *what, TraceTrack track, const char *key, QByteArrayView value);
    void metadata(const char *what, TraceTrack track, const char *key, qint64 value);
    /// One value from here on; shown as "NAME UNIT".
    void counter(QByteArrayView name, const char *unit, TraceTrack track, qint64 timeNs, QByteArrayView value);

private:
    QByteArray &m_out;
    JsonWriter m_json;
    const qint64 m_startNs;
    bool m_first = true;
    bool m_hasArguments = false;
};

} // namespace forkscope
