// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/filter/jsonglance.h"

#include <algorithm>
#include <cstring>

namespace forkscope::filter {

namespace {

struct Glance {
    bool isWhole = false; ///< each object or array that begins also ends
    bool isPlain = true; ///< texts and numbers have but one way to be written
};

Glance glanceAt(QByteArrayView json)
{
    Glance glance;
    qsizetype depth = 0;
    bool isInString = false;
    char before = 0;
    for (const char c : json) {
        if (isInString) {
            isInString = c != '"';
            if (c == '\\')
                return {false, false};
        } else if (c == '"') {
            isInString = true;
        } else if (c == '{' || c == '[') {
            ++depth;
        } else if (c == '}' || c == ']') {
            --depth;
        } else if ((c == '.' || c == 'e' || c == 'E') && before >= '0' && before <= '9') {
            glance.isPlain = false;
        }
        before = c;
    }
    glance.isWhole = depth == 0 && !isInString && (before == '}' || before == ']' || before == '\n');
    return glance;
}

bool contains(QByteArrayView bytes, QByteArrayView needle)
{
    return memmem(bytes.data(), size_t(bytes.size()), needle.data(), size_t(needle.size())) != nullptr;
}

/// The one whole number that is asked for, as it is mostly written; empty: it is another question.
QByteArray onlyNumber(const Test &test)
{
    const bool isOne = test.ranges.size() == 1 && test.strings.isEmpty() && test.ranges[0].realLow == test.ranges[0].realHigh
        && test.ranges[0].low == test.ranges[0].high;
    return isOne ? QByteArray::number(test.ranges[0].low) : QByteArray();
}

} // namespace

bool cannotPass(const Test &test, QByteArrayView json)
{
    bool isMissing = false;
    for (qsizetype i = 1; i < test.path.size() && !isMissing; ++i)
        isMissing = !test.path[i].startsWith('[') && !contains(json, test.path[i]);
    if (isMissing)
        return glanceAt(json).isWhole;
    if (test.isNegated || test.how == Test::How::Exists || test.how == Test::How::Matches)
        return false;
    const QByteArray number = onlyNumber(test);
    if (number.isEmpty() && !test.ranges.isEmpty())
        return false;
    isMissing = number.isEmpty()
        ? std::none_of(test.strings.begin(), test.strings.end(), [json](const QByteArray &text) { return contains(json, text); })
        : number != "0" && !contains(json, number);
    if (!isMissing)
        return false;
    const Glance glance = glanceAt(json);
    return glance.isWhole && glance.isPlain;
}

} // namespace forkscope::filter
