// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QHash>
#include <QList>

/// A binary format as its user describes it in JSON; docs/decoders.md has the keys.
namespace forkscope::description {

enum class Type : quint8 {
    Unsigned,
    Signed,
    Float, ///< the last that is a number
    Bytes,
    Text,
    Zero, ///< text up to a 0
    Payload, ///< a message of another kind
    Group,
};

/// A number, the value of a field before it, or all that is left.
struct Amount {
    qint64 number = 0;
    int field = -1; ///< its place; −1: number
    bool isRest = false;
};

struct Field {
    QByteArray name;
    Type type = Type::Unsigned;
    bool isBigEndian = true;
    Amount length; ///< bytes
    QByteArray fixed; ///< it has to be this: a number as text, or bytes
    QHash<QByteArray, QByteArray> names; ///< of values
    int place = -1; ///< of its value, where that is a number
    Amount count; ///< of a Group
    bool isRepeated = false; ///< a Group with a count
    QList<Field> fields; ///< of a Group
};

struct Format {
    QByteArray name;
    QList<Field> fields;
    int values = 0; ///< places
    Amount size; ///< the field that tells the message's length
    qint64 sizePlus = 0; ///< bytes that it does not count
};

/// The error names the place in the file: "fields[2].type".
Result<Format> read(const QByteArray &json, const QString &file);

} // namespace forkscope::description
