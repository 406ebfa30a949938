// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QCborValue>

namespace forkscope::ipc {

/// What a decoder accepts. The bytes come from another process, which may be wrong or hostile.
struct CodecLimits {
    int depth = 256; ///< arrays, maps and tags within each other; also bounds what is encoded
    qint64 items = 64 * 1024 * 1024; ///< values in all: one of a single byte becomes some 24 in memory
};

/// The value in CBOR. NotSerialisable, naming the reason: an invalid value anywhere, an undefined one at the top, text with half
/// a surrogate pair, a reserved simple type, nesting beyond the limit. Thread-safe.
Result<QByteArray> encodeValue(const QCborValue &value, const CodecLimits &limits = {});

/// The one value that these bytes are. Malformed when they are cut short, are no CBOR, or hold more than one; TooLarge beyond a
/// limit. Memory is taken only for what is really there, not for what a length announces. Thread-safe.
Result<QCborValue> decodeValue(QByteArrayView bytes, const CodecLimits &limits = {});

} // namespace forkscope::ipc
