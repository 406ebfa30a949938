// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/decode/fieldtree.h"
#include "core/decode/kinds.h"

#include <cstring>
#include <optional>

namespace forkscope::decode {

namespace {

/// Up to ten bytes of seven bits.
std::optional<quint64> varint(QByteArrayView bytes, qsizetype &at)
{
    quint64 value = 0;
    for (int shift = 0; shift < 70 && at < bytes.size(); shift += 7) {
        const auto byte = static_cast<unsigned char>(bytes[at++]);
        if (shift == 63 && byte > 1)
            return {};
        value |= quint64(byte & 0x7f) << shift;
        if (!(byte & 0x80))
            return value;
    }
    return {};
}

/// All of the bytes as fields. False: they are none.
bool readFields(QByteArrayView bytes, quint64 base, Field &parent, Budget &budget)
{
    if (!budget.enter())
        return false;
    qsizetype at = 0;
    while (at < bytes.size()) {
        const qsizetype begin = at;
        const auto key = varint(bytes, at);
        if (!key || *key >> 3 == 0 || *key >> 3 > 536'870'911)
            return false;
        Field field{"field " + QByteArray::number(*key >> 3), {}, base + quint64(begin), 0, {}};
        switch (*key & 7) {
        case 0: {
            const auto value = varint(bytes, at);
            if (!value)
                return false;
            const auto zigzag = qint64(*value >> 1) ^ -qint64(*value & 1);
            field.value = QByteArray::number(*value);
            if (*value & 1)
                field.value += " (or, as sint, " + QByteArray::number(zigzag) + ')';
            break;
        }
        case 1:
        case 5: {
            const int width = (*key & 7) == 1 ? 8 : 4;
            if (bytes.size() - at < width)
                return false;
            const quint64 bits = number(bytes.sliced(at, width), false);
            double wide = 0;
            float narrow = 0;
            const auto low = quint32(bits);
            std::memcpy(&wide, &bits, sizeof wide);
            std::memcpy(&narrow, &low, sizeof narrow);
            field.value = QByteArray::number(bits) + " (or, as a fraction, "
                + QByteArray::number(width == 8 ? wide : double(narrow)) + ')';
            at += width;
            break;
        }
        case 2: {
            const auto length = varint(bytes, at);
            if (!length || *length > quint64(bytes.size() - at))
                return false;
            const QByteArrayView content = bytes.sliced(at, qsizetype(*length));
            field.value = bytesValue(content);
            Field inner = field;
            // A message within, or text; what is text is rarely a message as well.
            if (!field.value.startsWith('"') && readFields(content, base + quint64(at), inner, budget))
                field.fields = std::move(inner.fields);
            at += qsizetype(*length);
            break;
        }
        default:
            return false; // groups are of the past
        }
        field.length = quint64(at - begin);
        if (!budget.add(parent, std::move(field)))
            break;
    }
    budget.leave();
    return true;
}

class ProtobufDecoder : public Decoder
{
public:
    const char *name() const override { return "protobuf"; }

    int confidence(QByteArrayView beginning) const override
    {
        // Random bytes fit now and then: several fields, and to the last byte.
        const Decoded all = decode(beginning, {16, 200, 0});
        return all.ok() && all.root.fields.size() >= 2 && beginning.size() >= 6 ? 25 : 0;
    }

    Decoded decode(QByteArrayView bytes, const Limits &limits) const override
    {
        if (bytes.isEmpty())
            return partial(1);
        Budget budget(limits);
        Field root{"protobuf", {}, 0, 0, {}};
        if (!readFields(bytes, 0, root, budget) && !budget.isLimited())
            return malformed(0, "its bytes do not divide into fields", std::move(root));
        root.value = QByteArray::number(root.fields.size()) + " fields, without a schema";
        return complete(quint64(bytes.size()), std::move(root), budget);
    }
};

} // namespace

const Decoder &protobufDecoder()
{
    static const ProtobufDecoder decoder;
    return decoder;
}

} // namespace forkscope::decode
