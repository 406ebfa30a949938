// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pool/taskcodec.h"

#include "core/ipc/codec.h"

#include <QtEndian>

#include <bit>

namespace forkscope::pool {

namespace {

constexpr qsizetype kShort = 4096; ///< longer strings gain nothing here
constexpr qsizetype kFewItems = 64;
constexpr int kFlat = 4; ///< arrays within each other
// A call with keyword arguments is a map, one without is the array.
constexpr int kPositional = 0;
constexpr int kKeywords = 1;

/// The head of an item in its shortest form.
void appendHead(QByteArray &out, quint8 major, quint64 argument)
{
    char head[9];
    int size = 1;
    if (argument < 24) {
        head[0] = char(major << 5 | argument);
    } else if (argument <= 0xff) {
        head[0] = char(major << 5 | 24);
        head[1] = char(argument);
        size = 2;
    } else if (argument <= 0xffff) {
        head[0] = char(major << 5 | 25);
        qToBigEndian(quint16(argument), head + 1);
        size = 3;
    } else if (argument <= 0xffffffff) {
        head[0] = char(major << 5 | 26);
        qToBigEndian(quint32(argument), head + 1);
        size = 5;
    } else {
        head[0] = char(major << 5 | 27);
        qToBigEndian(argument, head + 1);
        size = 9;
    }
    out.append(head, size);
}

bool appendSmallArray(QByteArray &out, const QCborArray &array, int depth);

/// False: it is none of the small ones, and what was appended is to be taken back.
bool appendSmall(QByteArray &out, const QCborValue &value, int depth)
{
    switch (value.type()) {
    case QCborValue::Integer: {
        const qint64 number = value.toInteger();
        if (number >= 0)
            appendHead(out, 0, quint64(number));
        else
            appendHead(out, 1, quint64(-1 - number));
        return true;
    }
    case QCborValue::Double: {
        char bytes[9] = {char(0xfb)};
        qToBigEndian(std::bit_cast<quint64>(value.toDouble()), bytes + 1);
        out.append(bytes, 9);
        return true;
    }
    case QCborValue::False:
        out.append(char(0xf4));
        return true;
    case QCborValue::True:
        out.append(char(0xf5));
        return true;
    case QCborValue::Null:
        out.append(char(0xf6));
        return true;
    case QCborValue::ByteArray: {
        const QByteArray bytes = value.toByteArray();
        if (bytes.size() > kShort)
            return false;
        appendHead(out, 2, quint64(bytes.size()));
        out.append(bytes);
        return true;
    }
    case QCborValue::String: {
        const QString text = value.toString();
        if (text.size() > kShort || !text.isValidUtf16())
            return false;
        const QByteArray utf8 = text.toUtf8();
        appendHead(out, 3, quint64(utf8.size()));
        out.append(utf8);
        return true;
    }
    case QCborValue::Array:
        return depth < kFlat && appendSmallArray(out, value.toArray(), depth + 1);
    default:
        return false;
    }
}

bool appendSmallArray(QByteArray &out, const QCborArray &array, int depth)
{
    const qsizetype size = array.size();
    if (size > kFewItems)
        return false;
    appendHead(out, 4, quint64(size));
    for (qsizetype i = 0; i < size; ++i)
        if (!appendSmall(out, array.at(i), depth))
            return false;
    return true;
}

template<typename Small> Result<void> append(QByteArray &out, const QCborValue &value, Small small)
{
    const qsizetype before = out.size();
    if (small())
        return {};
    out.truncate(before);
    auto encoded = ipc::encodeValue(value);
    if (!encoded)
        return encoded.error();
    out.append(encoded.value());
    return {};
}

/// A head with its argument. False: cut short, or no small item.
bool takeHead(QByteArrayView bytes, qsizetype &at, quint8 &major, quint64 &argument)
{
    if (at >= bytes.size())
        return false;
    const auto first = quint8(bytes[at++]);
    major = first >> 5;
    argument = first & 31;
    if (argument < 24)
        return true;
    if (argument > 27)
        return false;
    const qsizetype size = qsizetype(1) << (argument - 24);
    if (bytes.size() - at < size)
        return false;
    argument = 0;
    for (qsizetype i = 0; i < size; ++i)
        argument = argument << 8 | quint8(bytes[at++]);
    return true;
}

bool takeSmall(QByteArrayView bytes, qsizetype &at, QCborValue &value, int depth)
{
    const qsizetype begin = at;
    quint8 major = 0;
    quint64 argument = 0;
    if (!takeHead(bytes, at, major, argument))
        return false;
    switch (major) {
    case 0:
        if (argument > quint64(std::numeric_limits<qint64>::max()))
            return false;
        value = qint64(argument);
        return true;
    case 1:
        if (argument > quint64(std::numeric_limits<qint64>::max()))
            return false;
        value = -1 - qint64(argument);
        return true;
    case 2:
        if (argument > quint64(kShort) || quint64(bytes.size() - at) < argument)
            return false;
        value = QByteArray(bytes.data() + at, qsizetype(argument));
        at += qsizetype(argument);
        return true;
    case 3: {
        if (argument > quint64(kShort) || quint64(bytes.size() - at) < argument)
            return false;
        const QByteArrayView utf8 = bytes.sliced(at, qsizetype(argument));
        for (const char c : utf8)
            if (quint8(c) >= 0x80) // Qt looks whether it is UTF-8
                return false;
        value = QString::fromLatin1(utf8.data(), utf8.size());
        at += utf8.size();
        return true;
    }
    case 4: {
        if (argument > quint64(kFewItems) || depth >= kFlat)
            return false;
        QCborArray array;
        for (quint64 i = 0; i < argument; ++i) {
            QCborValue item;
            if (!takeSmall(bytes, at, item, depth + 1))
                return false;
            array.append(std::move(item));
        }
        value = array;
        return true;
    }
    case 7:
        switch (quint8(bytes[begin])) {
        case 0xf4:
            value = false;
            return true;
        case 0xf5:
            value = true;
            return true;
        case 0xf6:
            value = nullptr;
            return true;
        case 0xfb:
            value = std::bit_cast<double>(argument);
            return true;
        default:
            return false;
        }
    default:
        return false;
    }
}

} // namespace

Result<void> appendValue(QByteArray &out, const QCborValue &value)
{
    return append(out, value, [&] { return appendSmall(out, value, 0); });
}

Result<void> appendArray(QByteArray &out, const QCborArray &array)
{
    const qsizetype before = out.size();
    if (appendSmallArray(out, array, 1))
        return {};
    out.truncate(before);
    return append(out, array, [] { return false; });
}

Result<QCborValue> takeValue(QByteArrayView &bytes)
{
    QCborValue value;
    qsizetype at = 0;
    if (takeSmall(bytes, at, value, 0)) {
        bytes = bytes.sliced(at);
        return value;
    }
    auto decoded = ipc::decodeValue(bytes);
    if (decoded)
        bytes = {};
    return decoded;
}

Result<void> appendCall(QByteArray &out, const QCborArray &arguments, const QCborMap &keywords)
{
    if (keywords.isEmpty())
        return appendArray(out, arguments);
    return appendValue(out, QCborMap{{kPositional, arguments}, {kKeywords, keywords}});
}

Result<void> readCall(QByteArrayView bytes, QCborArray &positional, QCborMap &keywords)
{
    // What is small is read into the array that is there.
    qsizetype at = 0;
    quint8 major = 0;
    quint64 count = 0;
    if (takeHead(bytes, at, major, count) && major == 4 && count <= quint64(kFewItems)) {
        if (quint64(positional.size()) != count)
            positional = QCborArray();
        bool small = true;
        for (qsizetype i = 0; small && i < qsizetype(count); ++i) {
            QCborValue item;
            small = takeSmall(bytes, at, item, 1);
            if (small && i < positional.size())
                positional[i] = item;
            else if (small)
                positional.append(item);
        }
        if (small && at == bytes.size()) {
            if (!keywords.isEmpty())
                keywords = QCborMap();
            return {};
        }
    }
    auto decoded = ipc::decodeValue(bytes);
    if (!decoded)
        return decoded.error();
    const bool hasKeywords = decoded.value().isMap();
    positional = hasKeywords ? decoded.value()[kPositional].toArray() : decoded.value().toArray();
    keywords = hasKeywords ? decoded.value()[kKeywords].toMap() : QCborMap();
    return {};
}

void appendPiece(QByteArray &out, QByteArrayView piece, bool failed)
{
    const quint32 head = quint32(piece.size()) << 1 | quint32(failed);
    out.append(reinterpret_cast<const char *>(&head), sizeof head);
    out.append(piece);
}

void setPieceHead(QByteArray &out, qsizetype begin, bool failed)
{
    const quint32 head = quint32(out.size() - begin - qsizetype(sizeof(quint32))) << 1 | quint32(failed);
    memcpy(out.data() + begin, &head, sizeof head);
}

std::optional<Piece> takePiece(QByteArrayView &bytes)
{
    quint32 head = 0;
    if (size_t(bytes.size()) < sizeof head)
        return {};
    memcpy(&head, bytes.data(), sizeof head);
    bytes = bytes.sliced(sizeof head);
    if (bytes.size() < qsizetype(head >> 1))
        return {};
    const Piece piece{bytes.first(head >> 1), (head & 1) != 0};
    bytes = bytes.sliced(head >> 1);
    return piece;
}

} // namespace forkscope::pool
