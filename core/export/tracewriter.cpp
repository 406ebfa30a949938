// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/export/tracewriter.h"

#include <algorithm>

namespace forkscope {

namespace {

QByteArray microseconds(qint64 ns)
{
    return QByteArray::number(ns / 1000) + '.' + QByteArray::number(ns % 1000).rightJustified(3, '0');
}

} // namespace

void TraceWriter::beginFile(const QByteArray &source)
{
    m_out += R"({"displayTimeUnit":"ms","otherData":)";
    JsonWriter other(m_out);
    other.beginObject();
    other.field("program", "Forkscope");
    other.field("recording", source);
    other.field("start_time_ns", QByteArray::number(m_startNs)); // a double would not hold it
    other.endObject();
    m_out += R"(,"traceEvents":[)";
}

void TraceWriter::endFile()
{
    m_out += "\n]}\n";
}

void TraceWriter::begin(const char *phase, QByteArrayView name, const char *category, TraceTrack track, qint64 timeNs)
{
    m_out += m_first ? "\n" : ",\n";
    m_first = false;
    m_json.startAnew();
    m_json.beginObject();
    m_json.field("ph", phase);
    m_json.field("name", name);
    m_json.field("cat", category);
    m_json.field("pid", track.pid);
    m_json.field("tid", track.pid);
    m_json.key("ts");
    m_json.verbatim(microseconds(std::max<qint64>(timeNs - m_startNs, 0)));
}

void TraceWriter::duration(qint64 ns)
{
    m_json.key("dur");
    m_json.verbatim(microseconds(std::max<qint64>(ns, 0)));
}

void TraceWriter::arguments()
{
    m_json.key("args");
    m_json.beginObject();
    m_hasArguments = true;
}

void TraceWriter::end()
{
    if (std::exchange(m_hasArguments, false))
        m_json.endObject();
    m_json.endObject();
}

void TraceWriter::metadata(const char *what, TraceTrack track, const char *key, QByteArrayView value)
{
    begin("M", what, "__metadata", track, m_startNs);
    arguments();
    m_json.field(key, value);
    end();
}

void TraceWriter::metadata(const char *what, TraceTrack track, const char *key, qint64 value)
{
    begin("M", what, "__metadata", track, m_startNs);
    arguments();
    m_json.field(key, value);
    end();
}

void TraceWriter::counter(QByteArrayView name, const char *unit, TraceTrack track, qint64 timeNs, QByteArrayView value)
{
    begin("C", name, "samples", track, timeNs);
    arguments();
    m_json.key(unit);
    m_json.verbatim(value);
    end();
}

} // namespace forkscope
