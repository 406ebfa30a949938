// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QCborArray>
#include <QCborMap>
#include <QCborValue>

#include <optional>

namespace forkscope::pool {

/// Appends the value in CBOR, byte for byte as QCborValue::toCbor() would: small ones (numbers, true, false, null, short strings,
/// arrays of such) without Qt's stream writer. NotSerialisable as ipc::encodeValue().
Result<void> appendValue(QByteArray &out, const QCborValue &value);
/// An array as appendValue() does, without making a QCborValue of it.
Result<void> appendArray(QByteArray &out, const QCborArray &array);
/// Reads one value from the front. Malformed or TooLarge as ipc::decodeValue(), which also reads what is not small: then the
/// value is to be all that is left.
Result<QCborValue> takeValue(QByteArrayView &bytes);

/// What a call gets: arguments, and keyword arguments where there are any.
Result<void> appendCall(QByteArray &out, const QCborArray &arguments, const QCborMap &keywords);
/// Into what is there from the call before: one of as many arguments takes no memory.
Result<void> readCall(QByteArrayView bytes, QCborArray &positional, QCborMap &keywords);

/// Pieces with their length before them: of a task that makes many calls.
void appendPiece(QByteArray &out, QByteArrayView piece, bool failed = false);
/// The piece that begins there goes up to the end.
void setPieceHead(QByteArray &out, qsizetype begin, bool failed);
struct Piece {
    QByteArrayView bytes;
    bool failed = false;
};
/// Nothing at the end, and where it is damaged.
std::optional<Piece> takePiece(QByteArrayView &bytes);

} // namespace forkscope::pool
