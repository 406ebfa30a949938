// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/filter/fields.h"

#include <QCoreApplication>

#include <array>

namespace forkscope::filter {

namespace {

/// lupdate reads its tr().
class Fields
{
    Q_DECLARE_TR_FUNCTIONS(forkscope::filter::Fields)
};

constexpr const char *kContext = "forkscope::filter::Fields";

constexpr std::array<FieldInfo, 17> kFields = {{
    {FieldId::Channel, "channel", ValueType::Channel,
        QT_TRANSLATE_NOOP("forkscope::filter::Fields", "name of the channel, or its kind and number: \"pipe:3\"")},
    {FieldId::Kind, "kind", ValueType::Word,
        QT_TRANSLATE_NOOP("forkscope::filter::Fields", "of the channel: pipe, queue, connection")},
    {FieldId::Operation, "op", ValueType::Word,
        QT_TRANSLATE_NOOP("forkscope::filter::Fields", "what was done: write, put, get, send, receive")},
    {FieldId::Length, "len", ValueType::Size, QT_TRANSLATE_NOOP("forkscope::filter::Fields", "bytes of the message")},
    {FieldId::Time, "time", ValueType::Time,
        QT_TRANSLATE_NOOP("forkscope::filter::Fields", "since the recording began, or a date and time in quotes")},
    {FieldId::Delta, "delta", ValueType::Duration,
        QT_TRANSLATE_NOOP("forkscope::filter::Fields", "time since the message before in the same channel")},
    {FieldId::Waited, "waited", ValueType::Duration,
        QT_TRANSLATE_NOOP("forkscope::filter::Fields", "of what was got or received: time since it was put or sent")},
    {FieldId::Number, "number", ValueType::Number,
        QT_TRANSLATE_NOOP("forkscope::filter::Fields", "of the message in the list, from 1")},
    {FieldId::Pid, "pid", ValueType::Number, QT_TRANSLATE_NOOP("forkscope::filter::Fields", "PID of who did it")},
    {FieldId::FromPid, "from.pid", ValueType::Number,
        QT_TRANSLATE_NOOP("forkscope::filter::Fields", "PID of who wrote, put or sent it")},
    {FieldId::FromName, "from.name", ValueType::Text,
        QT_TRANSLATE_NOOP("forkscope::filter::Fields", "program that wrote, put or sent it")},
    {FieldId::FromFd, "from.fd", ValueType::Number,
        QT_TRANSLATE_NOOP("forkscope::filter::Fields", "file descriptor that it was written to")},
    {FieldId::ToPid, "to.pid", ValueType::Number,
        QT_TRANSLATE_NOOP("forkscope::filter::Fields", "PID of who reads, got or received it")},
    {FieldId::ToName, "to.name", ValueType::Text,
        QT_TRANSLATE_NOOP("forkscope::filter::Fields", "program that reads, got or received it")},
    {FieldId::ToFd, "to.fd", ValueType::Number,
        QT_TRANSLATE_NOOP("forkscope::filter::Fields", "file descriptor that it is read from")},
    {FieldId::Text, "text", ValueType::Text, QT_TRANSLATE_NOOP("forkscope::filter::Fields", "what it says, as UTF-8")},
    {FieldId::Bytes, "bytes", ValueType::Bytes, QT_TRANSLATE_NOOP("forkscope::filter::Fields", "its bytes, as 0a:0b:0c")},
}};

constexpr FieldInfo kDecoded = {FieldId::Decoded, "", ValueType::Decoded,
    QT_TRANSLATE_NOOP("forkscope::filter::Fields", "what this decoder tells, by the names of its parts: json.user.id")};

} // namespace

std::span<const FieldInfo> fields()
{
    return kFields;
}

const FieldInfo &fieldInfo(FieldId id)
{
    if (id == FieldId::Decoded)
        return kDecoded;
    return kFields[size_t(id)];
}

QString explanationOf(const FieldInfo &field)
{
    return QCoreApplication::translate(kContext, field.explanation);
}

QByteArrayList wordsOf(FieldId id)
{
    if (id == FieldId::Kind)
        return {"pipe", "queue", "connection"};
    if (id == FieldId::Operation)
        return {"write", "read", "put", "get", "send", "receive"}; // in the order of Operation
    return {};
}

QStringList operatorsFor(ValueType type)
{
    static const QStringList kEqual = {QStringLiteral("=="), QStringLiteral("!=")};
    static const QStringList kOrder = {QStringLiteral("<"), QStringLiteral("<="), QStringLiteral(">"), QStringLiteral(">=")};
    static const QStringList kText = {QStringLiteral("contains"), QStringLiteral("~"), QStringLiteral("!~")};
    static const QStringList kIn = {QStringLiteral("in")};
    switch (type) {
    case ValueType::Number:
    case ValueType::Size:
    case ValueType::Time:
    case ValueType::Duration:
        return kEqual + kOrder + kIn;
    case ValueType::Channel:
    case ValueType::Word:
    case ValueType::Text:
        return kEqual + kText + kIn;
    case ValueType::Bytes:
        return kEqual + QStringList(QStringLiteral("contains"));
    case ValueType::Decoded:
        break;
    }
    return kEqual + kOrder + kText + kIn;
}

} // namespace forkscope::filter
