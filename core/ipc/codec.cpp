// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ipc/codec.h"

#include <QCborArray>
#include <QCborMap>
#include <QCoreApplication>
#include <QtEndian>

#include <vector>

namespace forkscope::ipc {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(Codec)
};

QString tooDeep(int depth)
{
    return Text::tr("values are nested more than %1 deep").arg(depth);
}

/// Why the value cannot be written, or nothing.
QString encodingFault(const QCborValue &value, int depthLeft, int depth)
{
    const auto within = [&](const auto &container) -> QString {
        if (depthLeft == 0)
            return tooDeep(depth);
        for (const auto &element : container) {
            if (QString fault = encodingFault(element, depthLeft - 1, depth); !fault.isEmpty())
                return fault;
        }
        return {};
    };
    switch (value.type()) {
    case QCborValue::Invalid:
        return Text::tr("it holds an invalid value");
    case QCborValue::String:
        return value.toString().isValidUtf16() ? QString() : Text::tr("it holds text with half a surrogate pair");
    case QCborValue::Array:
        return within(value.toArray());
    case QCborValue::Map: {
        const QCborMap map = value.toMap();
        if (depthLeft == 0)
            return tooDeep(depth);
        for (const auto &[key, element] : map) {
            QString fault = encodingFault(key, depthLeft - 1, depth);
            if (fault.isEmpty())
                fault = encodingFault(element, depthLeft - 1, depth);
            if (!fault.isEmpty())
                return fault;
        }
        return {};
    }
    default:
        if (value.isTag())
            return depthLeft == 0 ? tooDeep(depth) : encodingFault(value.taggedValue(), depthLeft - 1, depth);
        if (value.isSimpleType() && quint8(value.toSimpleType()) >= 24 && quint8(value.toSimpleType()) < 32)
            return Text::tr("it holds a simple type that CBOR reserves");
        return {};
    }
}

/// Walks over encoded bytes without recursion or memory for their content, before Qt is allowed to read them.
class Scanner
{
public:
    Scanner(QByteArrayView bytes, const CodecLimits &limits) : m_bytes(bytes), m_limits(limits) { }

    Result<void> scan()
    {
        do {
            if (Result<void> item = scanItem(); !item)
                return item;
            while (!m_open.empty() && m_open.back().left == 0)
                m_open.pop_back();
        } while (!m_open.empty());
        if (m_at != m_bytes.size())
            return malformed(
                Text::tr("%n byte(s) follow the value", nullptr, int(std::min<qint64>(m_bytes.size() - m_at, INT_MAX))));
        return {};
    }

private:
    static constexpr quint64 kIndefinite = ~quint64(0);
    struct Open {
        quint64 left; ///< items until it ends, or kIndefinite: until a break
        quint8 major; ///< 2 and 3: in chunks of this type
        bool odd = false; ///< within an indefinite map, a value is due
    };

    static Error malformed(QString detail) { return {ErrorCode::Malformed, 0, Text::tr("read a value"), {}, std::move(detail)}; }
    static Error tooLarge(QString detail) { return {ErrorCode::TooLarge, 0, Text::tr("read a value"), {}, std::move(detail)}; }
    static Error cutShort() { return malformed(Text::tr("it was cut short")); }

    Result<void> open(quint64 items, quint8 major)
    {
        if (m_open.size() >= size_t(m_limits.depth))
            return tooLarge(tooDeep(m_limits.depth));
        m_open.push_back({items, major});
        return {};
    }

    /// Counts the item in what surrounds it.
    void countItem()
    {
        if (m_open.empty())
            return;
        Open &around = m_open.back();
        if (around.left != kIndefinite)
            --around.left;
        else
            around.odd = !around.odd;
    }

    Result<void> scanItem()
    {
        if (m_at >= m_bytes.size())
            return cutShort();
        if (++m_items > m_limits.items)
            return tooLarge(Text::tr("it holds more than %L1 values").arg(m_limits.items));
        const auto first = quint8(m_bytes[m_at++]);
        const quint8 major = first >> 5;
        const quint8 info = first & 31;
        if (first == 0xff) { // a break
            if (m_open.empty() || m_open.back().left != kIndefinite || (m_open.back().major == 5 && m_open.back().odd))
                return malformed(Text::tr("a break stands where none may"));
            m_open.pop_back();
            return {};
        }
        const bool inChunks = !m_open.empty() && (m_open.back().major == 2 || m_open.back().major == 3);
        if (inChunks && (major != m_open.back().major || info == 31))
            return malformed(Text::tr("a chunk of a string is none"));
        quint64 argument = info;
        if (info >= 24 && info <= 27) {
            const int size = 1 << (info - 24);
            if (m_bytes.size() - m_at < size)
                return cutShort();
            argument = 0;
            for (int i = 0; i < size; ++i)
                argument = argument << 8 | quint8(m_bytes[m_at++]);
        } else if (info > 27 && (info != 31 || major < 2 || major > 5)) {
            return malformed(Text::tr("a byte has no meaning"));
        }
        countItem();
        const auto left = quint64(m_bytes.size() - m_at);
        switch (major) {
        case 2:
        case 3:
            if (info == 31)
                return open(kIndefinite, major);
            if (argument > left)
                return cutShort();
            m_at += qsizetype(argument);
            return {};
        case 4:
        case 5:
            if (info == 31)
                return open(kIndefinite, major);
            // Each item takes a byte at least: what announces more is refused before anybody reserves memory for it.
            if (argument > left / (major == 5 ? 2 : 1))
                return cutShort();
            return open(argument * (major == 5 ? 2 : 1), major);
        case 6:
            return open(1, major);
        case 7:
            if (info == 24 && argument < 32)
                return malformed(Text::tr("a byte has no meaning"));
            return {};
        default:
            return {};
        }
    }

    QByteArrayView m_bytes;
    CodecLimits m_limits;
    qsizetype m_at = 0;
    qint64 m_items = 0;
    std::vector<Open> m_open;
};

} // namespace

Result<QByteArray> encodeValue(const QCborValue &value, const CodecLimits &limits)
{
    const QString fault = value.isUndefined() ? Text::tr("it is undefined") : encodingFault(value, limits.depth, limits.depth);
    if (!fault.isEmpty())
        return Error{ErrorCode::NotSerialisable, 0, Text::tr("write a value"), {}, fault};
    return value.toCbor();
}

Result<QCborValue> decodeValue(QByteArrayView bytes, const CodecLimits &limits)
{
    if (const Result<void> scanned = Scanner(bytes, limits).scan(); !scanned)
        return scanned.error();
    QCborParserError failure;
    QCborValue value = QCborValue::fromCbor(QByteArray::fromRawData(bytes.data(), bytes.size()), &failure);
    if (failure.error != QCborError::NoError)
        return Error{ErrorCode::Malformed, 0, Text::tr("read a value"), {}, failure.errorString()};
    return value;
}

} // namespace forkscope::ipc
