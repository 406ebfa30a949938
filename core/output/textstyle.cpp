// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/output/textstyle.h"

#include <QByteArray>
#include <QList>

#include <algorithm>
#include <optional>

namespace forkscope {

namespace {

constexpr qsizetype kLongestSequence = 4096;

/// The numbers between dividers. One that is left out is 0.
QList<int> numbersOf(QByteArrayView text, char divider)
{
    QList<int> numbers{0};
    for (const char c : text) {
        if (c == divider)
            numbers.append(0);
        else if (c >= '0' && c <= '9')
            numbers.last() = std::min(numbers.last() * 10 + (c - '0'), 65535);
    }
    return numbers;
}

/// Three numbers from this one on; nothing where they are no colour.
std::optional<TextColor> rgbFrom(const QList<int> &numbers, qsizetype first)
{
    if (first + 3 > numbers.size())
        return {};
    const auto rgb = numbers.sliced(first, 3);
    if (std::any_of(rgb.begin(), rgb.end(), [](int channel) { return channel > 255; }))
        return {};
    return TextColor{TextColor::Kind::Rgb, 0, quint8(rgb[0]), quint8(rgb[1]), quint8(rgb[2])};
}

TextColor indexed(int index)
{
    return {TextColor::Kind::Indexed, quint8(index)};
}

std::optional<TextColor> indexedFrom(const QList<int> &numbers, qsizetype at)
{
    if (at >= numbers.size() || numbers[at] > 255)
        return {};
    return indexed(numbers[at]);
}

/// 38 or 48 and what belongs to it: 38:5:N, 38:2:R:G:B, or with a colour space before R.
std::optional<TextColor> colorOfSubParameters(const QList<int> &numbers)
{
    if (numbers.value(1) == 5)
        return indexedFrom(numbers, 2);
    return numbers.value(1) == 2 ? rgbFrom(numbers, numbers.size() >= 6 ? 3 : 2) : std::nullopt;
}

void applyAttribute(TextStyle &style, int n)
{
    switch (n) {
    case 0:
        style = {};
        break;
    case 1:
        style.bold = true;
        break;
    case 3:
        style.italic = true;
        break;
    case 4:
        style.underline = true;
        break;
    case 7:
        style.reverse = true;
        break;
    case 9:
        style.strikeOut = true;
        break;
    case 22:
        style.bold = false;
        break;
    case 23:
        style.italic = false;
        break;
    case 24:
        style.underline = false;
        break;
    case 27:
        style.reverse = false;
        break;
    case 29:
        style.strikeOut = false;
        break;
    case 39:
        style.foreground = {};
        break;
    case 49:
        style.background = {};
        break;
    default:
        if (n >= 30 && n <= 37)
            style.foreground = indexed(n - 30);
        else if (n >= 40 && n <= 47)
            style.background = indexed(n - 40);
        else if (n >= 90 && n <= 97)
            style.foreground = indexed(n - 90 + 8);
        else if (n >= 100 && n <= 107)
            style.background = indexed(n - 100 + 8);
    }
}

} // namespace

TextStyle withSgr(TextStyle style, QByteArrayView parameters)
{
    const auto setColor = [&style](int which, std::optional<TextColor> color) {
        if (color)
            (which == 38 ? style.foreground : style.background) = *color;
    };
    const QList<int> numbers = numbersOf(parameters, ';');
    const QList<QByteArray> texts = parameters.toByteArray().split(';');
    for (qsizetype i = 0; i < texts.size(); ++i) {
        const int n = numbers[i];
        if (texts[i].contains(':')) { // sub-parameters: they belong to this one alone
            const QList<int> own = numbersOf(texts[i], ':');
            if (own[0] == 38 || own[0] == 48)
                setColor(own[0], colorOfSubParameters(own));
            else if (own[0] == 4) // kinds of underlines, and none
                style.underline = own[1] != 0;
        } else if (n == 38 || n == 48) { // the next parameters belong to it
            const int form = numbers.value(i + 1);
            setColor(n, form == 5 ? indexedFrom(numbers, i + 2) : form == 2 ? rgbFrom(numbers, i + 2) : std::nullopt);
            i += form == 5 ? 2 : form == 2 ? 4 : 1;
        } else {
            applyAttribute(style, n);
        }
    }
    return style;
}

ControlSequence controlSequenceAt(QByteArrayView bytes)
{
    if (bytes.size() < 3 || bytes[0] != '\x1b')
        return {};
    bytes.truncate(std::min(bytes.size(), kLongestSequence));
    if (bytes[1] == '[') {
        const auto isParameter = [](char c) { return (c >= '0' && c <= '9') || c == ';' || c == ':'; };
        const auto end = std::find_if_not(bytes.begin() + 2, bytes.end(), isParameter);
        if (end == bytes.end() || (*end != 'm' && *end != 'K'))
            return {};
        const qsizetype length = end - bytes.begin() + 1;
        const QByteArrayView parameters = bytes.sliced(2, length - 3);
        if (*end == 'K' && !parameters.isEmpty() && parameters != "0" && parameters != "2")
            return {}; // erases to the left: not done, so shown
        return {*end == 'm' ? ControlSequence::Kind::Style : ControlSequence::Kind::EraseLine, length, parameters};
    }
    if (!bytes.startsWith("\x1b]8;"))
        return {};
    // OSC 8 ; parameters ; address, ended by BEL or ESC \.
    for (qsizetype i = 4; i < bytes.size(); ++i) {
        const bool bell = bytes[i] == '\a';
        if (!bell && (quint8(bytes[i]) >= 0x20 && bytes[i] != '\x7f'))
            continue;
        if (!bell && !bytes.sliced(i).startsWith("\x1b\\"))
            return {};
        const QByteArrayView content = bytes.sliced(4, i - 4);
        const qsizetype divider = content.indexOf(';');
        if (divider < 0)
            return {};
        return {ControlSequence::Kind::Link, i + (bell ? 1 : 2), content.sliced(divider + 1)};
    }
    return {};
}

} // namespace forkscope
