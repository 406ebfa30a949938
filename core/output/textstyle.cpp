// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/output/textstyle.h"

#include <QByteArray>
#include <QList>

#include <algorithm>
#include <optional>

namespace forkscope {

namespace {

constexpr qsizetype kLongestSequence = 4096;

/// The numbers between ; and :. One that is left out is 0.
QList<int> numbersOf(QByteArrayView parameters)
{
    QList<int> numbers{0};
    for (const char c : parameters) {
        if (c == ';' || c == ':')
            numbers.append(0);
        else
            numbers.last() = std::min(numbers.last() * 10 + (c - '0'), 65535);
    }
    return numbers;
}

/// After 38 or 48 at position i, which is moved to the last number that belongs to it.
std::optional<TextColor> extendedColor(const QList<int> &numbers, qsizetype &i, bool colons)
{
    const int form = numbers.value(i + 1);
    if (form == 5 && i + 2 < numbers.size()) {
        i += 2;
        if (numbers[i] > 255)
            return {};
        return TextColor{TextColor::Kind::Indexed, quint8(numbers[i])};
    }
    // 38:2:SPACE:R:G:B has a colour space that 38;2;R;G;B has not.
    const qsizetype first = i + 2 + (colons && numbers.size() >= i + 6 ? 1 : 0);
    if (form == 2 && first + 2 < numbers.size()) {
        i = first + 2;
        const auto rgb = numbers.sliced(first, 3);
        if (std::any_of(rgb.begin(), rgb.end(), [](int channel) { return channel > 255; }))
            return {};
        return TextColor{TextColor::Kind::Rgb, 0, quint8(rgb[0]), quint8(rgb[1]), quint8(rgb[2])};
    }
    i = numbers.size();
    return {};
}

TextColor indexed(int index)
{
    return {TextColor::Kind::Indexed, quint8(index)};
}

} // namespace

TextStyle withSgr(TextStyle style, QByteArrayView parameters)
{
    const QList<int> numbers = numbersOf(parameters);
    const bool colons = parameters.contains(':');
    for (qsizetype i = 0; i < numbers.size(); ++i) {
        const int n = numbers[i];
        if (n == 0)
            style = {};
        else if (n == 1)
            style.bold = true;
        else if (n == 3)
            style.italic = true;
        else if (n == 4 && colons) { // 4:0 … 4:5: kinds of underlines
            style.underline = numbers.value(i + 1, 1) != 0;
            ++i;
        } else if (n == 4)
            style.underline = true;
        else if (n == 7)
            style.reverse = true;
        else if (n == 9)
            style.strikeOut = true;
        else if (n == 22)
            style.bold = false;
        else if (n == 23)
            style.italic = false;
        else if (n == 24)
            style.underline = false;
        else if (n == 27)
            style.reverse = false;
        else if (n == 29)
            style.strikeOut = false;
        else if (n >= 30 && n <= 37)
            style.foreground = indexed(n - 30);
        else if (n >= 40 && n <= 47)
            style.background = indexed(n - 40);
        else if (n >= 90 && n <= 97)
            style.foreground = indexed(n - 90 + 8);
        else if (n >= 100 && n <= 107)
            style.background = indexed(n - 100 + 8);
        else if (n == 39)
            style.foreground = {};
        else if (n == 49)
            style.background = {};
        else if (n == 38 || n == 48) {
            if (const auto color = extendedColor(numbers, i, colons))
                (n == 38 ? style.foreground : style.background) = *color;
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
        return {
            *end == 'm' ? ControlSequence::Kind::Style : ControlSequence::Kind::EraseLine, length, bytes.sliced(2, length - 3)};
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
