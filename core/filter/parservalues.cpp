// SPDX-License-Identifier: GPL-3.0-or-later
// What stands behind an operator: numbers with their units, times, texts, bytes.
#include "core/filter/parser.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <cstdlib>

namespace forkscope::filter {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(forkscope::filter::Parser)
};

struct Unit {
    QStringView name;
    qint64 factor;
};
constexpr std::array<Unit, 8> kDurations = {{{u"ns", 1}, {u"us", 1'000}, {u"µs", 1'000}, {u"ms", 1'000'000},
    {u"s", 1'000'000'000}, {u"min", 60'000'000'000}, {u"m", 60'000'000'000}, {u"h", 3'600'000'000'000}}};
constexpr std::array<Unit, 8> kSizes = {{{u"B", 1}, {u"kB", 1'000}, {u"KB", 1'000}, {u"MB", 1'000'000}, {u"GB", 1'000'000'000},
    {u"KiB", 1 << 10}, {u"MiB", 1 << 20}, {u"GiB", 1 << 30}}};
constexpr double kMost = 9e18; ///< nearly 2^63

} // namespace

/// What a number is multiplied by: the unit behind it.
std::optional<qint64> Parser::unit(ValueType type)
{
    const qsizetype begin = m_at;
    const QStringView word = wordHere(m_at);
    const bool isTime = type == ValueType::Duration || type == ValueType::Time;
    if (word.isEmpty())
        return 1;
    const auto find = [word](const auto &units) -> std::optional<qint64> {
        for (const Unit &one : units)
            if (one.name == word)
                return one.factor;
        return {};
    };
    const bool takesSizes = type == ValueType::Size || type == ValueType::Decoded;
    const auto factor = isTime ? find(kDurations) : takesSizes ? find(kSizes) : std::nullopt;
    if (factor)
        m_at += word.size();
    else
        fail(begin, word.size(),
            isTime           ? Text::tr("“%1” is no unit of time; these are: ns us ms s min h.").arg(word)
                : takesSizes ? Text::tr("“%1” is no unit of size; these are: B kB MB GB KiB MiB GiB.").arg(word)
                             : Text::tr("A number without a unit is expected here."));
    return factor;
}

std::optional<Parser::Number> Parser::number(ValueType type)
{
    const qsizetype begin = m_at;
    const bool isTime = type == ValueType::Duration || type == ValueType::Time;
    if (here() == u'-')
        ++m_at;
    const bool isHex = here() == u'0' && (here(1) == u'x' || here(1) == u'X');
    qsizetype end = m_at + (isHex ? 2 : 0);
    const auto isDigit = [isHex](QChar c) {
        return (c >= u'0' && c <= u'9') || (isHex && ((c >= u'a' && c <= u'f') || (c >= u'A' && c <= u'F')));
    };
    const auto skipDigits = [&] {
        while (end < m_text.size() && isDigit(m_text[end]))
            ++end;
    };
    skipDigits();
    if (end == m_at) {
        m_at = begin;
        failHere(isTime                   ? Text::tr("A time with a unit is expected: 10ms, 1.5s.")
                : type == ValueType::Size ? Text::tr("A size is expected: 100, 4KiB, 3MB.")
                                          : Text::tr("A number is expected."));
        return {};
    }
    const bool isFraction = !isHex && end + 1 < m_text.size() && m_text[end] == u'.' && isDigit(m_text[end + 1]);
    if (isFraction) {
        ++end;
        skipDigits();
    }
    const QStringView digits = m_text.sliced(m_at, end - m_at);
    bool ok = false;
    const qulonglong whole = isFraction ? 0 : digits.toULongLong(&ok, isHex ? 16 : 10);
    double real = isFraction ? digits.toDouble(&ok) : double(whole);
    m_at = end;
    const qsizetype unitAt = m_at;
    const auto factor = ok ? unit(type) : std::optional<qint64>(1);
    if (!factor)
        return {};
    real *= double(*factor);
    if (!ok || real > kMost) {
        fail(begin, m_at - begin, Text::tr("This number is too large."));
        return {};
    }
    if (isTime && unitAt == m_at && real != 0) {
        fail(begin, m_at - begin, Text::tr("A unit is missing: %1ms, %1s …").arg(digits));
        return {};
    }
    Number number;
    number.isWhole = !isFraction || std::floor(real) == real;
    number.floor = isFraction ? qint64(std::floor(real)) : qint64(whole) * *factor;
    number.real = real;
    if (m_text[begin] == u'-') {
        number.real = -real;
        number.floor = number.isWhole ? -number.floor : -number.floor - 1;
    }
    return number;
}

/// "2026-11-26 10:15:00.250", in local time.
bool Parser::dateValue(Test &test, const QString &op)
{
    const qsizetype begin = m_at;
    QString text;
    if (!quoted(text, false))
        return false;
    const QDateTime time = QDateTime::fromString(text.trimmed().replace(u' ', u'T'), Qt::ISODateWithMs);
    if (!time.isValid() || std::abs(time.toMSecsSinceEpoch()) > qint64(kMost) / 1'000'000)
        return fail(begin, m_at - begin,
            Text::tr("A date and time is written as \"2026-11-26 10:15:00\", a time since the start as 10s."));
    const qint64 ns = time.toMSecsSinceEpoch() * 1'000'000;
    const bool isOpen = op == u"<" || op == u">";
    Range range;
    range.isDate = true;
    if (!op.startsWith(u'<')) {
        range.low = ns + isOpen;
        range.realLow = double(ns);
    }
    if (!op.startsWith(u'>')) {
        range.high = ns - isOpen;
        range.realHigh = double(ns);
    }
    test.ranges.append(range);
    return true;
}

bool Parser::expressionValue(const FieldWord &word, Test &test)
{
    const qsizetype begin = m_at;
    const bool isQuoted = here() == u'"' || here() == u'\'';
    QString pattern;
    if (!stringValue(word, pattern, true))
        return false;
    test.expression.setPattern(pattern);
    test.expression.setPatternOptions(QRegularExpression::UseUnicodePropertiesOption | QRegularExpression::DontCaptureOption);
    if (test.expression.isValid())
        return true;
    const qsizetype at = std::min(begin + isQuoted + std::max<qsizetype>(0, test.expression.patternErrorOffset()), m_at - 1);
    return fail(at, 1, Text::tr("This is no regular expression: %1.").arg(test.expression.errorString()));
}

bool Parser::stringValue(const FieldWord &word, QString &text, bool keepsEscapes)
{
    if (here() == u'"' || here() == u'\'')
        return quoted(text, keepsEscapes);
    // A bare word, for what people type most.
    qsizetype end = m_at;
    while (end < m_text.size() && (isWordPart(m_text[end]) || m_text[end] == u':' || m_text[end] == u'/' || m_text[end] == u'.')
        && !m_text.sliced(end).startsWith(u".."))
        ++end;
    if (end == m_at)
        return failHere(Text::tr("A text in quotes is expected: %1 == \"…\".").arg(word.text));
    text = m_text.sliced(m_at, end - m_at).toString();
    m_at = end;
    return true;
}

bool Parser::quoted(QString &text, bool keepsEscapes)
{
    const qsizetype begin = m_at;
    const QChar quote = here();
    for (++m_at; !atEnd() && here() != quote; ++m_at) {
        if (here() != u'\\') {
            text += here();
            continue;
        }
        ++m_at;
        const QChar c = here();
        static constexpr QStringView kLetters = u"ntr0", kMeant = u"\n\t\r\0";
        const int digits = c == u'x' ? 2 : c == u'u' ? 4 : 0;
        bool ok = false;
        if (keepsEscapes) {
            text += c == quote ? QString(c) : u'\\' + QString(c);
        } else if (const qsizetype letter = kLetters.indexOf(c); letter >= 0 && !c.isNull()) {
            text += letter == 3 ? QChar(0) : kMeant[letter];
        } else if (digits) {
            const auto code = m_text.mid(m_at + 1, digits).toUShort(&ok, 16);
            if (!ok || m_at + digits >= m_text.size())
                return fail(m_at - 1, 2 + digits, Text::tr("\\x is followed by two hexadecimal digits, \\u by four."));
            text += QChar(code);
            m_at += digits;
        } else {
            text += c;
        }
    }
    if (atEnd()) {
        m_at = m_text.size();
        return fail(begin, m_at - begin, Text::tr("This text is never closed: add %1 behind it.").arg(quote));
    }
    ++m_at;
    return true;
}

/// 0a:0b, or a text.
bool Parser::hexValue(Test &test)
{
    const qsizetype begin = m_at;
    if (here() == u'"' || here() == u'\'') {
        QString text;
        if (!quoted(text, false))
            return false;
        // \xHH is a byte here, and no character.
        const bool isBytes = std::all_of(text.begin(), text.end(), [](QChar c) { return c.unicode() < 0x100; });
        test.strings.append(isBytes ? text.toLatin1() : text.toUtf8());
    } else {
        qsizetype end = m_at;
        while (end < m_text.size() && (isWordPart(m_text[end]) || m_text[end] == u':'))
            ++end;
        QByteArray digits = m_text.sliced(m_at, end - m_at).toLatin1();
        const QByteArrayList pairs = digits.split(':');
        const bool isHex = !digits.isEmpty() && std::all_of(pairs.begin(), pairs.end(), [&](const QByteArray &pair) {
            return (pair.size() == 2 || (pairs.size() == 1 && pair.size() % 2 == 0))
                && std::all_of(pair.begin(), pair.end(), [](char c) { return std::isxdigit(static_cast<unsigned char>(c)); });
        });
        if (!isHex)
            return fail(begin, std::max<qsizetype>(1, end - begin),
                Text::tr("Bytes are written in hexadecimal, as 0a:0b, or as a text in quotes."));
        m_at = end;
        test.strings.append(QByteArray::fromHex(digits.replace(':', "")));
    }
    if (test.strings.last().isEmpty() && test.how == Test::How::Contains)
        return fail(begin, m_at - begin, Text::tr("Write the bytes that it should contain: 0a:0b."));
    return true;
}

} // namespace forkscope::filter
