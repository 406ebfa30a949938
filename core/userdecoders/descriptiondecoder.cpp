// SPDX-License-Identifier: GPL-3.0-or-later
// A binary format as a list of fields.
#include "core/decode/fieldtree.h"
#include "core/userdecoders/description.h"
#include "core/userdecoders/userdecoders.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>

namespace forkscope {

namespace {

using decode::Decoded;
using decode::Field;
using Described = description::Field;
using Type = description::Type;

constexpr quint64 kNone = std::numeric_limits<quint64>::max();

/// Reads one message from its beginning.
class Reader
{
public:
    Reader(const description::Format &format, QByteArrayView bytes, decode::Budget &budget)
        : m_format(format), m_bytes(bytes), m_budget(budget), m_values(size_t(format.values), 0)
    {
    }

    enum class Outcome { Done, Partial, Wrong };
    Outcome fields(const QList<Described> &list, Field *parent);

    quint64 at = 0;
    quint64 needed = 0; ///< of Partial
    quint64 end = kNone; ///< of the message, where it is known
    QByteArray problem;
    int fixedBytes = 0; ///< that were as they have to be

private:
    Outcome one(const Described &field, Field *parent);
    Outcome group(const Described &field, Field *parent);
    Outcome wrong(const Described &field, const QByteArray &what)
    {
        problem = field.name + ": " + what;
        return Outcome::Wrong;
    }
    quint64 amount(const description::Amount &amount) const
    {
        return amount.field >= 0 ? m_values[size_t(amount.field)] : quint64(amount.number);
    }
    QByteArray numberText(const Described &field, QByteArrayView bytes, quint64 &value) const;

    const description::Format &m_format;
    const QByteArrayView m_bytes;
    decode::Budget &m_budget;
    std::vector<quint64> m_values;
};

QByteArray Reader::numberText(const Described &field, QByteArrayView bytes, quint64 &value) const
{
    value = decode::number(bytes, field.isBigEndian);
    switch (field.type) {
    case Type::Signed: {
        const int unused = 64 - int(bytes.size()) * 8;
        return QByteArray::number(qint64(value << unused) >> unused);
    }
    case Type::Float:
        return bytes.size() == 4 ? QByteArray::number(double(std::bit_cast<float>(quint32(value))), 'g', 9)
                                 : QByteArray::number(std::bit_cast<double>(value), 'g', 17);
    default:
        return QByteArray::number(value);
    }
}

Reader::Outcome Reader::fields(const QList<Described> &list, Field *parent)
{
    for (const Described &field : list) {
        const Outcome outcome = field.type == Type::Group ? group(field, parent) : one(field, parent);
        if (outcome != Outcome::Done)
            return outcome;
    }
    return Outcome::Done;
}

Reader::Outcome Reader::one(const Described &field, Field *parent)
{
    const quint64 limit = std::min(end, quint64(m_bytes.size()));
    quint64 size = field.length.isRest ? (limit > at ? limit - at : 0) : amount(field.length);
    if (field.type == Type::Zero) {
        const qsizetype zero = at < limit ? m_bytes.first(qsizetype(limit)).indexOf('\0', qsizetype(at)) : -1;
        if (zero < 0 && end <= quint64(m_bytes.size()))
            return wrong(field, "no 0 ends it");
        size = zero < 0 ? limit - std::min(limit, at) + 1 : quint64(zero) + 1 - at;
    }
    if (field.length.isRest && end != kNone && end > quint64(m_bytes.size()))
        size = end - std::min(end, at);
    if (size > kNone - at || (end != kNone && at + size > end))
        return wrong(field, "it goes on beyond the end of the message");
    if (at + size > quint64(m_bytes.size())) {
        needed = end != kNone ? end : at + size;
        return Outcome::Partial;
    }
    const QByteArrayView bytes = m_bytes.sliced(qsizetype(at), qsizetype(size));
    Field made{field.name, {}, at, size, {}};
    quint64 value = 0;
    const bool isNumber = field.type <= Type::Float;
    made.value = isNumber          ? numberText(field, bytes, value)
        : field.type == Type::Text ? decode::quotedText(bytes)
        : field.type == Type::Zero ? decode::quotedText(bytes.chopped(1))
                                   : decode::bytesValue(bytes);
    if (!field.fixed.isEmpty()) {
        if (isNumber ? made.value != field.fixed : bytes != field.fixed)
            return wrong(field, isNumber ? field.fixed + " is expected" : field.fixed.toHex(' ') + " is expected");
        fixedBytes += int(std::min<quint64>(size, 100));
    }
    if (const auto name = field.names.constFind(made.value); name != field.names.constEnd())
        made.value = *name + " (" + made.value + ')';
    if (field.place >= 0)
        m_values[size_t(field.place)] = value;
    if (field.place >= 0 && field.place == m_format.size.field) {
        const quint64 plus = quint64(m_format.sizePlus);
        end = value > kNone - 1 - plus ? kNone - 1 : value + plus;
        if (end < at + size)
            return wrong(field, "the message would end before this");
    }
    if (field.type == Type::Payload) {
        if (parent)
            decode::addPayload(*parent, bytes, at, m_budget);
    } else if (parent) {
        (void)m_budget.add(*parent, std::move(made));
    }
    at += size;
    return Outcome::Done;
}

/// As often as it says, or up to the end of the message. What there is no more room for is passed over.
Reader::Outcome Reader::group(const Described &field, Field *parent)
{
    const bool toTheEnd = field.count.isRest;
    const quint64 count = toTheEnd ? kNone : amount(field.count);
    if (!m_budget.enter())
        parent = nullptr;
    const bool hasEntered = parent;
    Outcome outcome = Outcome::Done;
    for (quint64 i = 0; i < count && outcome == Outcome::Done; ++i) {
        const quint64 before = at;
        if (toTheEnd && at >= std::min(end, quint64(m_bytes.size()))) {
            if (end == kNone || at >= end)
                break;
            needed = end;
            outcome = Outcome::Partial;
            break;
        }
        Field *const item = !parent
            ? nullptr
            : m_budget.add(
                *parent, {field.isRepeated ? field.name + '[' + QByteArray::number(i) + ']' : field.name, {}, at, 0, {}});
        outcome = fields(field.fields, item);
        if (item)
            item->length = at - before;
        if (at == before)
            break; // for ever
    }
    if (hasEntered)
        m_budget.leave();
    return outcome;
}

class DescriptionDecoder : public decode::Decoder
{
public:
    explicit DescriptionDecoder(description::Format format) : m_format(std::move(format)) { }

    const char *name() const override { return m_format.name.constData(); }

    /// Only what has to be as it is says something.
    int confidence(QByteArrayView beginning) const override
    {
        decode::Budget budget({8, 200, 0});
        Reader reader(m_format, beginning, budget);
        const auto outcome = reader.fields(m_format.fields, nullptr);
        if (outcome == Reader::Outcome::Wrong)
            return 0;
        return reader.fixedBytes > 1 ? 90 : reader.fixedBytes ? 40 : 0;
    }

    Decoded decode(QByteArrayView bytes, const decode::Limits &limits) const override
    {
        decode::Budget budget(limits);
        Reader reader(m_format, bytes, budget);
        Field root{m_format.name, {}, 0, 0, {}};
        const auto outcome = bytes.isEmpty() ? Reader::Outcome::Partial : reader.fields(m_format.fields, &root);
        if (outcome == Reader::Outcome::Wrong)
            return decode::malformed(reader.at, reader.problem, std::move(root));
        if (outcome == Reader::Outcome::Partial)
            return decode::partial(std::max<quint64>(reader.needed, 1), std::move(root));
        const quint64 used = reader.end == kNone ? reader.at : reader.end;
        if (used > quint64(bytes.size()))
            return decode::partial(used, std::move(root));
        if (used == 0)
            return decode::malformed(0, "the message has no bytes", std::move(root));
        if (used > reader.at)
            (void)budget.add(root,
                {"rest", decode::bytesValue(bytes.sliced(qsizetype(reader.at), qsizetype(used - reader.at))), reader.at,
                    used - reader.at, {}});
        root.value = QByteArray::number(used) + " bytes";
        return decode::complete(used, std::move(root), budget);
    }

private:
    const description::Format m_format;
};

} // namespace

Result<std::unique_ptr<const decode::Decoder>> readDescription(const QByteArray &json, const QString &file)
{
    auto format = description::read(json, file);
    if (!format)
        return format.error();
    return std::unique_ptr<const decode::Decoder>(std::make_unique<DescriptionDecoder>(std::move(format).value()));
}

} // namespace forkscope
