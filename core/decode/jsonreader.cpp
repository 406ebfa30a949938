// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/decode/jsonreader.h"

#include "core/decode/fieldtree.h"

#include <QString>

#include <algorithm>

namespace forkscope::decode {

namespace {

constexpr char kEscapes[] = "\"\\/bfnrt", kMeanings[] = "\"\\/\b\f\n\r\t";

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isHexDigit(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool isSimpleEscape(char c)
{
    return std::find(kEscapes, std::end(kEscapes) - 1, c) != std::end(kEscapes) - 1;
}

} // namespace

bool JsonString::isSound() const
{
    for (qsizetype i = 0; i < raw.size(); ++i) {
        if (raw[i] != '\\')
            continue;
        ++i;
        if (isSimpleEscape(raw[i]))
            continue;
        const char *const at = raw.data() + i;
        if (*at != 'u' || raw.size() - i < 5 || !std::all_of(at + 1, at + 5, isHexDigit))
            return false;
        i += 4;
    }
    return true;
}

QByteArray JsonString::text() const
{
    const auto unit = [this](qsizetype at) { return char16_t(raw.sliced(at, 4).toByteArray().toUShort(nullptr, 16)); };
    QByteArray text;
    for (qsizetype i = 0; i < raw.size(); ++i) {
        if (raw[i] != '\\') {
            text += raw[i];
            continue;
        }
        ++i;
        if (isSimpleEscape(raw[i])) {
            text += kMeanings[std::find(kEscapes, std::end(kEscapes), raw[i]) - kEscapes];
            continue;
        }
        QString character{QChar(unit(i + 1))};
        i += 4;
        if (character[0].isHighSurrogate() && i + 2 < raw.size() && raw[i + 1] == '\\' && raw[i + 2] == 'u')
            if (const QChar low(unit(i + 3)); low.isLowSurrogate()) {
                character += low;
                i += 6;
            }
        text += character.toUtf8();
    }
    return text;
}

QByteArray JsonString::memberName() const
{
    const QByteArray name = hasEscapes ? quotedText(text()) : quotedText(raw);
    return name.size() >= 2 && name.endsWith('"') ? name.mid(1, name.size() - 2) : name;
}

QByteArray jsonContainerValue(bool isObject, int count)
{
    return (isObject ? '{' : '[') + QByteArray::number(count) + (isObject ? " member" : " item") + (count == 1 ? "" : "s")
        + (isObject ? '}' : ']');
}

bool isJsonNumber(QByteArrayView text)
{
    if (text.isEmpty() || text.size() >= 400 || (text[0] != '-' && !isDigit(text[0])))
        return false;
    // Most are plain decimals, of which it is known without converting them.
    qsizetype i = text[0] == '-';
    const auto skipDigits = [&] {
        const qsizetype begin = i;
        while (i < text.size() && isDigit(text[i]))
            ++i;
        return i > begin;
    };
    bool isPlain = skipDigits();
    if (isPlain && i < text.size() && text[i] == '.') {
        ++i;
        isPlain = skipDigits();
    }
    if (isPlain && i == text.size() && i < 300) // neither too large nor too small for a double
        return true;
    bool ok = false;
    (void)text.toDouble(&ok);
    return ok;
}

} // namespace forkscope::decode
