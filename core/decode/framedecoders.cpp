// SPDX-License-Identifier: GPL-3.0-or-later
// A length, then so many bytes.
#include "core/decode/fieldtree.h"
#include "core/decode/kinds.h"

#include <algorithm>
#include <array>

namespace forkscope::decode {

namespace {

constexpr quint64 kLikely = 64 << 20; ///< a longer frame is no good guess

/// What a stream of frames looks like, given where a frame ends: 0 does not fit.
template<typename EndOf> int framesConfidence(QByteArrayView beginning, EndOf endOf, int one, int several)
{
    int frames = 0;
    for (quint64 at = 0; at < quint64(beginning.size());) {
        const quint64 length = endOf(beginning.sliced(qsizetype(at)));
        if (length == 0)
            return 0;
        at += length;
        if (at <= quint64(beginning.size()))
            ++frames;
        else if (frames == 0 || at > kLikely)
            return 0; // one that is not there: that says nothing
        else
            break;
    }
    return frames == 0 ? 0 : frames == 1 ? one : several;
}

class LengthDecoder : public Decoder
{
public:
    LengthDecoder(int bytes, bool bigEndian, const char *name) : m_bytes(bytes), m_bigEndian(bigEndian), m_name(name) { }
    const char *name() const override { return m_name; }

    int confidence(QByteArrayView beginning) const override
    {
        const auto endOf = [this](QByteArrayView bytes) -> quint64 {
            if (bytes.size() < m_bytes)
                return quint64(m_bytes);
            const quint64 length = number(bytes.first(m_bytes), m_bigEndian);
            return length == 0 || length > kLikely ? 0 : quint64(m_bytes) + length;
        };
        // A byte of length fits by chance; more do not.
        return framesConfidence(beginning, endOf, m_bytes == 1 ? 0 : 35, m_bytes == 1 ? 10 : 70);
    }

    Decoded decode(QByteArrayView bytes, const Limits &limits) const override
    {
        if (bytes.size() < m_bytes)
            return partial(quint64(m_bytes));
        const quint64 length = number(bytes.first(m_bytes), m_bigEndian);
        Field root{"frame", QByteArray::number(length) + " bytes", 0, 0, {}};
        Budget budget(limits);
        (void)budget.add(root, {"length", QByteArray::number(length), 0, quint64(m_bytes), {}});
        const quint64 needed = quint64(m_bytes) + length;
        if (needed < length)
            return malformed(0, "a length beyond all memory", std::move(root));
        if (quint64(bytes.size()) < needed)
            return partial(needed, std::move(root));
        addPayload(root, bytes.sliced(m_bytes, qsizetype(length)), quint64(m_bytes), budget);
        return complete(needed, std::move(root), budget);
    }

private:
    const int m_bytes;
    const bool m_bigEndian;
    const char *const m_name;
};

class PythonDecoder : public Decoder
{
public:
    const char *name() const override { return "python"; }

    int confidence(QByteArrayView beginning) const override
    {
        const quint64 head = headBytes(beginning);
        if (quint64(beginning.size()) < head + 2)
            return 0;
        // A pickle of protocol 2 to 5 at the very place where the payload begins.
        const bool pickled
            = beginning[qsizetype(head)] == '\x80' && beginning[qsizetype(head) + 1] >= 2 && beginning[qsizetype(head) + 1] <= 5;
        return pickled ? 95 : 0;
    }

    Decoded decode(QByteArrayView bytes, const Limits &limits) const override
    {
        const quint64 head = headBytes(bytes);
        if (quint64(bytes.size()) < head)
            return partial(head);
        const auto length = head == 4 ? number(bytes.first(4), true) : number(bytes.sliced(4, 8), true);
        Field root{"python message", QByteArray::number(length) + " bytes", 0, 0, {}};
        Budget budget(limits);
        (void)budget.add(root, {"length", QByteArray::number(length), 0, head, {}});
        if ((head == 4 && length > 0x7fffffff) || head + length < length)
            return malformed(0, "a negative length", std::move(root));
        if (quint64(bytes.size()) < head + length)
            return partial(head + length, std::move(root));
        addPayload(root, bytes.sliced(qsizetype(head), qsizetype(length)), head, budget);
        return complete(head + length, std::move(root), budget);
    }

private:
    static quint64 headBytes(QByteArrayView bytes)
    {
        return bytes.size() >= 4 && number(bytes.first(4), true) == 0xffffffff ? 12 : 4;
    }
};

class NetstringDecoder : public Decoder
{
public:
    const char *name() const override { return "netstring"; }

    int confidence(QByteArrayView beginning) const override
    {
        return framesConfidence(
            beginning,
            [](QByteArrayView bytes) -> quint64 {
                const Decoded one = netstringDecoder().decode(bytes, {1, 2, 0});
                return one.state == Decoded::State::Malformed ? 0 : std::max<quint64>(one.used, 1);
            },
            60, 85);
    }

    Decoded decode(QByteArrayView bytes, const Limits &limits) const override
    {
        const qsizetype colon = bytes.first(std::min<qsizetype>(bytes.size(), 12)).indexOf(':');
        const QByteArrayView digits = bytes.first(colon < 0 ? std::min<qsizetype>(bytes.size(), 12) : colon);
        const bool areDigits = std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
        if (!areDigits || (colon < 0 && bytes.size() >= 12) || colon == 0 || (digits.size() > 1 && digits[0] == '0'))
            return malformed(0, "a length in digits and a colon are expected");
        if (colon < 0)
            return partial(0);
        const quint64 length = digits.toByteArray().toULongLong();
        const quint64 needed = quint64(colon) + 1 + length + 1;
        Field root{"netstring", QByteArray::number(length) + " bytes", 0, 0, {}};
        Budget budget(limits);
        (void)budget.add(root, {"length", digits.toByteArray(), 0, quint64(colon), {}});
        if (quint64(bytes.size()) < needed)
            return partial(needed, std::move(root));
        if (bytes[qsizetype(needed) - 1] != ',')
            return malformed(needed - 1, "a comma is expected behind the bytes", std::move(root));
        addPayload(root, bytes.sliced(colon + 1, qsizetype(length)), quint64(colon) + 1, budget);
        return complete(needed, std::move(root), budget);
    }
};

} // namespace

const Decoder &lengthDecoder(int bytes, bool bigEndian)
{
    static const std::array<LengthDecoder, 7> all = {LengthDecoder(1, true, "length8"), LengthDecoder(2, true, "length16be"),
        LengthDecoder(2, false, "length16le"), LengthDecoder(4, true, "length32be"), LengthDecoder(4, false, "length32le"),
        LengthDecoder(8, true, "length64be"), LengthDecoder(8, false, "length64le")};
    const size_t index = bytes == 1 ? 0 : size_t(bytes == 2 ? 1 : bytes == 4 ? 3 : 5) + (bigEndian ? 0 : 1);
    return all[index];
}

const Decoder &pythonDecoder()
{
    static const PythonDecoder decoder;
    return decoder;
}

const Decoder &netstringDecoder()
{
    static const NetstringDecoder decoder;
    return decoder;
}

} // namespace forkscope::decode
