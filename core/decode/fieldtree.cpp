// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/decode/fieldtree.h"

#include <algorithm>

namespace forkscope::decode {

namespace {

constexpr qsizetype kLongest = 200; ///< bytes of a value

} // namespace

QByteArrayView shownPart(QByteArrayView utf8)
{
    qsizetype end = std::min(utf8.size(), kLongest);
    while (end < utf8.size() && end > 0 && (utf8[end] & 0xc0) == 0x80)
        --end; // not within a character
    return utf8.first(end);
}

QByteArray quotedText(QByteArrayView utf8)
{
    static const char kHex[] = "0123456789abcdef";
    const qsizetype end = shownPart(utf8).size();
    const bool isText = utf8.first(end).isValidUtf8();
    QByteArray out = "\"";
    for (const char c : utf8.first(end)) {
        const auto code = static_cast<unsigned char>(c);
        if (c == '\n')
            out += "\\n";
        else if (c == '\t')
            out += "\\t";
        else if (c == '\r')
            out += "\\r";
        else if (c == '"' || c == '\\')
            (out += '\\') += c;
        else if (code < 0x20 || code == 0x7f || (code > 0x7f && !isText))
            ((out += "\\x") += kHex[code >> 4]) += kHex[code & 15];
        else
            out += c;
    }
    out += '"';
    if (end < utf8.size())
        out += "… (" + QByteArray::number(utf8.size()) + " bytes)";
    return out;
}

QByteArray asUtf8(const QByteArray &text)
{
    return text.isValidUtf8() ? text : quotedText(text);
}

QByteArray bytesValue(QByteArrayView bytes)
{
    const bool isText = bytes.isValidUtf8() && std::none_of(bytes.begin(), bytes.end(), [](char c) {
        return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t' && c != '\r';
    });
    if (isText)
        return quotedText(bytes);
    const QByteArrayView beginning = bytes.first(std::min<qsizetype>(bytes.size(), 32));
    return QByteArray::number(bytes.size()) + " bytes: " + beginning.toByteArray().toHex(' ')
        + (beginning.size() < bytes.size() ? " …" : "");
}

quint64 number(QByteArrayView bytes, bool bigEndian)
{
    quint64 value = 0;
    for (qsizetype i = 0; i < bytes.size(); ++i)
        value = value << 8 | static_cast<unsigned char>(bytes[bigEndian ? i : bytes.size() - 1 - i]);
    return value;
}

Decoded partial(quint64 needed, Field root, QByteArray what)
{
    return {Decoded::State::Partial, needed, std::move(root), what.isEmpty() ? "the message goes on" : std::move(what)};
}

Decoded malformed(quint64 offset, const QByteArray &what, Field root)
{
    return {Decoded::State::Malformed, 0, std::move(root), "at byte " + QByteArray::number(offset) + ": " + what};
}

Decoded complete(quint64 used, Field root, const Budget &budget)
{
    root.length = used;
    if (budget.isLimited())
        return {Decoded::State::Limited, used, std::move(root), "more parts than are shown, or deeper ones"};
    return {Decoded::State::Complete, used, std::move(root), {}};
}

void addPayload(Field &parent, QByteArrayView payload, quint64 offset, Budget &budget)
{
    Field *const field = budget.add(parent, {"payload", {}, offset, quint64(payload.size()), {}});
    if (!field || payload.isEmpty())
        return;
    field->value = bytesValue(payload);
    if (!budget.enter())
        return;
    const Decoder *const decoder = guess(payload);
    Decoded inner = decoder->decode(payload, budget.left());
    budget.leave();
    if (!inner.ok() || quint64(payload.size()) != inner.used || inner.root.fields.isEmpty())
        return;
    field->name = QByteArray("payload, ") + decoder->name();
    field->value = inner.root.value;
    // Its offsets count from the payload's beginning; here from the frame's.
    const auto shift = [offset](auto &self, Field &one) -> void {
        one.offset += offset;
        for (Field &part : one.fields)
            self(self, part);
    };
    for (Field &part : inner.root.fields) {
        shift(shift, part);
        if (!budget.add(*field, std::move(part)))
            return;
    }
}

} // namespace forkscope::decode
