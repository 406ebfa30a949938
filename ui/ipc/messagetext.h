// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QString>

namespace forkscope {

/// What the bytes of a message say. Nothing of it is ever executed. Pure.
struct MessageText {
    enum class Kind { Empty, Text, Json, Cbor, Binary };
    Kind kind = Kind::Binary;
    QString text; ///< with line breaks; of Binary what little can be read

    /// cut: these are only the first bytes.
    static MessageText of(const QByteArray &bytes, bool cut);
    QString kindName() const;
    /// One line, at most this many characters.
    QString preview(qsizetype length) const;
};

/// Offset, 16 bytes in hexadecimal, and what of them is ASCII, line by line. `start`: the offset of the first one.
QString hexDump(const QByteArray &bytes, quint64 start = 0);

/// What a person types to be sent.
enum class InjectionKind { Text, Json, Hex };
/// An error says what is wrong where.
Result<QByteArray> parseInjection(InjectionKind kind, const QString &text);

} // namespace forkscope
