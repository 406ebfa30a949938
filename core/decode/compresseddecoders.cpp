// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/decode/fieldtree.h"
#include "core/decode/kinds.h"

#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <memory>

namespace forkscope::decode {

namespace {

constexpr size_t kStep = 64 << 10;
constexpr QByteArrayView kGzip = "\x1f\x8b\x08", kZstd = "\x28\xb5\x2f\xfd"; ///< how they begin

/// What came out of it, and whether it went well.
struct Unpacked {
    Decoded::State state = Decoded::State::Malformed;
    quint64 used = 0;
    QByteArray bytes;
    QByteArray problem;
};

Decoded told(const char *name, const Unpacked &unpacked, QByteArrayView bytes, const Limits &limits)
{
    Budget budget(limits);
    Field root{name, QByteArray::number(unpacked.bytes.size()) + " bytes decompressed", 0, 0, {}};
    addPayload(root, unpacked.bytes, 0, budget);
    switch (unpacked.state) {
    case Decoded::State::Complete:
        return complete(unpacked.used, std::move(root), budget);
    case Decoded::State::Partial:
        return partial(0, std::move(root));
    case Decoded::State::Malformed:
        return malformed(unpacked.used, unpacked.problem, std::move(root));
    case Decoded::State::Limited:
        break;
    }
    return {Decoded::State::Limited, quint64(bytes.size()), std::move(root),
        "only the first " + QByteArray::number(unpacked.bytes.size()) + " bytes are decompressed"};
}

Unpacked unpackGzip(QByteArrayView bytes, quint64 most)
{
    Unpacked unpacked;
    z_stream stream{};
    if (inflateInit2(&stream, 15 + 16) != Z_OK) { // gzip only
        unpacked.problem = "no memory";
        return unpacked;
    }
    const std::unique_ptr<z_stream, decltype(&inflateEnd)> closing(&stream, inflateEnd);
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(bytes.data()));
    stream.avail_in = uInt(std::min<qsizetype>(bytes.size(), 1 << 30));
    for (;;) {
        if (quint64(unpacked.bytes.size()) >= most) {
            unpacked.state = Decoded::State::Limited;
            break;
        }
        const qsizetype before = unpacked.bytes.size();
        unpacked.bytes.resize(before + qsizetype(kStep));
        stream.next_out = reinterpret_cast<Bytef *>(unpacked.bytes.data() + before);
        stream.avail_out = kStep;
        const int outcome = inflate(&stream, Z_NO_FLUSH);
        unpacked.bytes.resize(before + qsizetype(kStep - stream.avail_out));
        if (outcome == Z_STREAM_END) {
            unpacked.state = Decoded::State::Complete;
            break;
        }
        if (outcome != Z_OK) {
            unpacked.state = outcome == Z_BUF_ERROR ? Decoded::State::Partial : Decoded::State::Malformed;
            unpacked.problem = stream.msg ? stream.msg : "it is damaged";
            break;
        }
    }
    unpacked.used = quint64(stream.total_in);
    return unpacked;
}

Unpacked unpackZstd(QByteArrayView bytes, quint64 most)
{
    Unpacked unpacked;
    const std::unique_ptr<ZSTD_DStream, decltype(&ZSTD_freeDStream)> stream(ZSTD_createDStream(), ZSTD_freeDStream);
    if (!stream) {
        unpacked.problem = "no memory";
        return unpacked;
    }
    ZSTD_DCtx_setParameter(stream.get(), ZSTD_d_windowLogMax, 27); // 128 MiB, whatever the frame asks for
    ZSTD_inBuffer in{bytes.data(), size_t(bytes.size()), 0};
    for (;;) {
        if (quint64(unpacked.bytes.size()) >= most) {
            unpacked.state = Decoded::State::Limited;
            break;
        }
        const qsizetype before = unpacked.bytes.size();
        unpacked.bytes.resize(before + qsizetype(kStep));
        ZSTD_outBuffer out{unpacked.bytes.data() + before, kStep, 0};
        const size_t outcome = ZSTD_decompressStream(stream.get(), &out, &in);
        unpacked.bytes.resize(before + qsizetype(out.pos));
        if (ZSTD_isError(outcome)) {
            unpacked.problem = ZSTD_getErrorName(outcome);
            break;
        }
        if (outcome == 0) {
            unpacked.state = Decoded::State::Complete;
            break;
        }
        if (in.pos == in.size && out.pos < out.size) {
            unpacked.state = Decoded::State::Partial;
            break;
        }
    }
    unpacked.used = in.pos;
    return unpacked;
}

class GzipDecoder : public Decoder
{
public:
    const char *name() const override { return "gzip"; }
    int confidence(QByteArrayView beginning) const override { return beginning.startsWith(kGzip) ? 94 : 0; }

    Decoded decode(QByteArrayView bytes, const Limits &limits) const override
    {
        return told("gzip", unpackGzip(bytes, limits.decompressed), bytes, limits);
    }
};

class ZstdDecoder : public Decoder
{
public:
    const char *name() const override { return "zstd"; }
    int confidence(QByteArrayView beginning) const override { return beginning.startsWith(kZstd) ? 98 : 0; }

    Decoded decode(QByteArrayView bytes, const Limits &limits) const override
    {
        return told("zstd", unpackZstd(bytes, limits.decompressed), bytes, limits);
    }
};

} // namespace

const Decoder &gzipDecoder()
{
    static const GzipDecoder decoder;
    return decoder;
}

const Decoder &zstdDecoder()
{
    static const ZstdDecoder decoder;
    return decoder;
}

QByteArray decompressed(QByteArrayView bytes, quint64 most)
{
    return bytes.startsWith(kGzip) ? unpackGzip(bytes, most).bytes
        : bytes.startsWith(kZstd)  ? unpackZstd(bytes, most).bytes
                                   : QByteArray();
}

} // namespace forkscope::decode
