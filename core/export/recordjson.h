// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/export/isotime.h"
#include "core/journal/journal.h"

namespace forkscope {

class JsonWriter;

/// Records as JSON objects: what `forkscope show --json` prints and the export to JSON lines writes; docs/user-guide.md lists
/// the keys. Every object has "type", "record", "time" and "time_ns". What is not known is left out. Bytes that came from outside
/// stand as text where they are UTF-8, else in base64 under another key, so that nothing is changed by the way.
class RecordJson
{
public:
    /// A piece of output, as it was recorded.
    void message(QByteArray &out, const RecordView &record, const ChannelInfo &channel);
    /// A line of output, put together from records; record and timeNs are those of its first byte.
    void line(QByteArray &out, quint64 record, qint64 timeNs, const ChannelInfo &channel, QByteArrayView bytes, bool complete);
    void event(QByteArray &out, const RecordView &record, const Event &event);
    /// The end of the recording was torn.
    void cut(QByteArray &out, const OpenReport &report);

private:
    void head(JsonWriter &json, const char *type, quint64 record, qint64 timeNs);

    IsoTime m_time;
};

} // namespace forkscope
