// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/filter/decodedpath.h"

namespace forkscope::filter {

namespace {

using decode::Field;
using Visit = std::function<bool(const Field &)>;

constexpr QByteArrayView kPayload = "payload";

bool visitBelow(const Field &field, const QByteArrayList &path, qsizetype at, Qt::CaseSensitivity cases, const Visit &visit)
{
    if (at == path.size())
        return visit(field);
    for (const Field &part : field.fields) {
        if (part.name.compare(path[at], cases) == 0 && visitBelow(part, path, at + 1, cases, visit))
            return true;
        if (isPayloadName(part.name) && visitBelow(part, path, at, cases, visit))
            return true;
    }
    return false;
}

bool visitPayloads(const Field &field, const QByteArrayList &path, const QByteArray &name, const Visit &visit)
{
    for (const Field &part : field.fields) {
        if (part.name == name ? visitBelow(part, path, 1, Qt::CaseSensitive, visit) : visitPayloads(part, path, name, visit))
            return true;
    }
    return false;
}

} // namespace

bool visitFields(const decode::Decoder &decoder, const Field &root, const QByteArrayList &path, const Visit &visit)
{
    const QByteArrayView name = decoder.name();
    if (path.first() == name) {
        const bool isHeaders = name == "http" || name == "content-length";
        return visitBelow(root, path, 1, isHeaders ? Qt::CaseInsensitive : Qt::CaseSensitive, visit);
    }
    return visitPayloads(root, path, "payload, " + path.first(), visit);
}

bool isPayloadName(QByteArrayView name)
{
    return name.startsWith(kPayload) && (name.size() == kPayload.size() || name[kPayload.size()] == ',');
}

QByteArray plainValue(const QByteArray &value)
{
    if (!value.startsWith('"'))
        return value;
    QByteArray plain;
    for (qsizetype i = 1; i < value.size() && value[i] != '"'; ++i) {
        if (value[i] != '\\' || i + 1 == value.size()) {
            plain += value[i];
            continue;
        }
        const char c = value[++i];
        if (c == 'x') {
            plain += QByteArray::fromHex(value.mid(i + 1, 2));
            i += 2;
        } else {
            plain += c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? '\r' : c;
        }
    }
    return plain;
}

std::optional<double> numberIn(QByteArrayView value)
{
    // A whole number below 10^15 divided by such a power of ten is the nearest double.
    constexpr int kMostDigits = 15;
    qint64 digits = 0, divisor = 1;
    int count = 0;
    qsizetype i = value.startsWith('-');
    bool isFraction = false;
    for (; i < value.size() && count <= kMostDigits; ++i) {
        const char c = value[i];
        if (c == '.' && count > 0 && !isFraction && i + 1 < value.size()) {
            isFraction = true;
            continue;
        }
        if (c < '0' || c > '9')
            break;
        digits = 10 * digits + (c - '0');
        divisor *= isFraction ? 10 : 1;
        ++count;
    }
    if (i == value.size() && count > 0 && count <= kMostDigits)
        return (value[0] == '-' ? -1 : 1) * (double(digits) / double(divisor));
    bool ok = false;
    const double number = value.toDouble(&ok);
    return ok ? std::optional(number) : std::nullopt;
}

} // namespace forkscope::filter
