// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/decode/fieldtree.h"
#include "core/decode/kinds.h"

#include <QCborStreamReader>

namespace forkscope::decode {

namespace {

class CborReader
{
public:
    CborReader(QByteArrayView bytes, Budget &budget)
        : m_reader(QByteArray::fromRawData(bytes.data(), bytes.size())), m_budget(budget)
    {
    }

    /// False: it ends too early, or is damaged.
    bool item(Field &field)
    {
        field.offset = quint64(m_reader.currentOffset());
        const bool well = itemHere(field);
        field.length = quint64(m_reader.currentOffset()) - field.offset;
        return well;
    }
    bool isPartial() { return m_reader.lastError() == QCborError::EndOfFile; }
    quint64 at() const { return quint64(m_reader.currentOffset()); }
    QByteArray problem() { return m_reader.lastError().toString().toUtf8(); }

private:
    bool next() { return m_reader.next() && m_reader.lastError() == QCborError::NoError; }

    bool itemHere(Field &field)
    {
        switch (m_reader.type()) {
        case QCborStreamReader::UnsignedInteger:
            field.value = QByteArray::number(m_reader.toUnsignedInteger());
            return next();
        case QCborStreamReader::NegativeInteger:
            // −1 − n, where n may need all 64 bits; QCborNegativeInteger holds the absolute value, 0 for 2^64.
            field.value = quint64(m_reader.toNegativeInteger()) == 0
                ? QByteArray("-18446744073709551616")
                : '-' + QByteArray::number(quint64(m_reader.toNegativeInteger()));
            return next();
        case QCborStreamReader::Float16:
            field.value = QByteArray::number(double(float(m_reader.toFloat16())));
            return next();
        case QCborStreamReader::Float:
            field.value = QByteArray::number(double(m_reader.toFloat()), 'g', 9);
            return next();
        case QCborStreamReader::Double:
            field.value = QByteArray::number(m_reader.toDouble(), 'g', 17);
            return next();
        case QCborStreamReader::SimpleType: {
            const auto simple = m_reader.toSimpleType();
            field.value = simple == QCborSimpleType::False ? "false"
                : simple == QCborSimpleType::True          ? "true"
                : simple == QCborSimpleType::Null          ? "null"
                : simple == QCborSimpleType::Undefined     ? "undefined"
                                                           : "simple(" + QByteArray::number(int(simple)) + ')';
            return next();
        }
        case QCborStreamReader::ByteArray: {
            QByteArray all;
            auto piece = m_reader.readByteArray();
            for (; piece.status == QCborStreamReader::Ok; piece = m_reader.readByteArray())
                all += piece.data;
            field.value = "h\'" + all.left(32).toHex() + (all.size() > 32 ? "…" : "") + "\', " + QByteArray::number(all.size())
                + " bytes";
            return piece.status == QCborStreamReader::EndOfString;
        }
        case QCborStreamReader::String: {
            QString all;
            auto piece = m_reader.readString();
            for (; piece.status == QCborStreamReader::Ok; piece = m_reader.readString())
                all += piece.data;
            field.value = quotedText(all.toUtf8());
            return piece.status == QCborStreamReader::EndOfString;
        }
        case QCborStreamReader::Tag:
            field.name += " tag " + QByteArray::number(quint64(m_reader.toTag()));
            if (!next())
                return false;
            return itemHere(field);
        case QCborStreamReader::Array:
        case QCborStreamReader::Map:
            return container(field);
        case QCborStreamReader::Invalid:
            break;
        }
        return false;
    }

    bool container(Field &field)
    {
        const bool isMap = m_reader.isMap();
        if (!m_budget.enter()) {
            return next(); // over the whole of it
        }
        if (!m_reader.enterContainer())
            return false;
        int count = 0;
        while (m_reader.lastError() == QCborError::NoError && m_reader.hasNext()) {
            Field one;
            if (isMap) {
                Field key;
                if (!item(key))
                    return false;
                one.name
                    = key.value.startsWith('"') && key.value.endsWith('"') ? key.value.mid(1, key.value.size() - 2) : key.value;
            } else {
                one.name = '[' + QByteArray::number(count) + ']';
            }
            if (!item(one))
                return false;
            ++count;
            (void)m_budget.add(field, std::move(one));
        }
        if (m_reader.lastError() != QCborError::NoError || !m_reader.leaveContainer())
            return false;
        m_budget.leave();
        field.value = isMap ? "{" + QByteArray::number(count) + (count == 1 ? " pair}" : " pairs}")
                            : "[" + QByteArray::number(count) + (count == 1 ? " item]" : " items]");
        return true;
    }

    QCborStreamReader m_reader;
    Budget &m_budget;
};

class CborDecoder : public Decoder
{
public:
    const char *name() const override { return "cbor"; }

    int confidence(QByteArrayView beginning) const override
    {
        // Almost any byte is a small item of CBOR: only what holds others says something.
        if (beginning.isEmpty())
            return 0;
        const int major = static_cast<unsigned char>(beginning[0]) >> 5;
        const bool marked = beginning.startsWith("\xd9\xd9\xf7"); // "this is CBOR", RFC 8949 3.4.6
        if (marked)
            return 98;
        if (major != 4 && major != 5)
            return 0;
        const Decoded first = decode(beginning, {64, 200, 0});
        return first.ok() && first.used > 3 && first.used == quint64(beginning.size()) ? 65 : 0;
    }

    Decoded decode(QByteArrayView bytes, const Limits &limits) const override
    {
        if (bytes.isEmpty())
            return partial(1);
        Budget budget(limits);
        CborReader reader(bytes, budget);
        Field root{"cbor", {}, 0, 0, {}};
        if (reader.item(root)) {
            Decoded decoded = complete(reader.at(), std::move(root), budget);
            return decoded;
        }
        return reader.isPartial() ? partial(0, std::move(root)) : malformed(reader.at(), reader.problem(), std::move(root));
    }
};

} // namespace

const Decoder &cborDecoder()
{
    static const CborDecoder decoder;
    return decoder;
}

} // namespace forkscope::decode
