// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/decode/decoder.h"

/// The decoders that come with Forkscope; decoders() lists them.
namespace forkscope::decode {

const Decoder &bytesDecoder(); ///< everything there is, as it is
const Decoder &linesDecoder(); ///< a line of text, with its end (\n or \r\n)
const Decoder &jsonDecoder(); ///< a value (RFC 8259), and the white space behind it: JSON lines one by one
const Decoder &cborDecoder(); ///< a data item (RFC 8949)
const Decoder &httpDecoder(); ///< a request or response of HTTP/1.1 (RFC 9112)
const Decoder &contentLengthDecoder(); ///< "Content-Length: n" as the language server and debug adapter protocols frame JSON
const Decoder &netstringDecoder(); ///< "5:hello,"
const Decoder &lengthDecoder(int bytes, bool bigEndian); ///< a length of 1, 2, 4 or 8 bytes before the payload
const Decoder &pythonDecoder(); ///< multiprocessing.Connection: int32 length, −1 and int64 beyond 2 GiB; mostly a pickle
const Decoder &
pickleDecoder(); ///< protocols 0 to 5 (pickletools.py tells what each opcode means); nothing is ever imported or called
const Decoder &jobserverDecoder(); ///< make's tokens, a byte each
const Decoder &protobufDecoder(); ///< the wire format without a schema: numbers of fields and what they may be
const Decoder &gzipDecoder(); ///< a member (RFC 1952), shown decompressed
const Decoder &zstdDecoder(); ///< a frame (RFC 8878), shown decompressed

/// The first member or frame of gzip or zstd, at most so many bytes of what comes out, as far as it is sound; empty: none.
QByteArray decompressed(QByteArrayView bytes, quint64 most);

} // namespace forkscope::decode
