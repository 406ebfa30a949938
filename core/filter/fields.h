// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayList>
#include <QString>
#include <QStringList>

#include <span>

/// What a filter may ask of a message.
namespace forkscope::filter {

enum class FieldId : quint8 {
    Channel,
    Kind,
    Operation,
    Length,
    Time,
    Delta,
    Waited,
    Number,
    Pid,
    FromPid,
    FromName,
    FromFd,
    ToPid,
    ToName,
    ToFd,
    Text,
    Bytes,
    Decoded, ///< of the tree that a decoder makes; not in fields()
};

enum class ValueType : quint8 { Channel, Word, Number, Size, Time, Duration, Text, Bytes, Decoded };

struct FieldInfo {
    FieldId id;
    const char *name;
    ValueType type;
    const char *explanation; ///< not translated yet: explanationOf()
};

std::span<const FieldInfo> fields(); ///< by FieldId
const FieldInfo &fieldInfo(FieldId id); ///< Decoded too
QString explanationOf(const FieldInfo &field);
/// The words that a field of type Word may be; empty for others.
QByteArrayList wordsOf(FieldId id);
/// The operators that make sense for a type.
QStringList operatorsFor(ValueType type);
inline bool needsParties(FieldId id)
{
    return id >= FieldId::Pid && id <= FieldId::ToFd;
}

} // namespace forkscope::filter
