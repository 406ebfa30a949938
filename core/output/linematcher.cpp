// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/output/linematcher.h"

#include "core/output/linetext.h"
#include "core/output/utf8.h"

#include <QCoreApplication>

#include <algorithm>

namespace forkscope {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(forkscope::LineMatcher)
};

/// Translates positions in plainText() to bytes; the positions must ascend.
class ByteCounter
{
public:
    explicit ByteCounter(QByteArrayView bytes)
        : m_bytes(bytes), m_same(std::all_of(bytes.begin(), bytes.end(), [](char c) { return c >= 0; }))
    {
    }

    quint32 byteOf(qsizetype position)
    {
        if (m_same)
            return quint32(position);
        while (m_position < position && m_byte < m_bytes.size()) {
            const auto [code, length] = firstCharacter(m_bytes.sliced(m_byte));
            m_position += length == 0 ? 4 : QChar::requiresSurrogates(code) ? 2 : 1;
            m_byte += std::max(length, 1);
        }
        return quint32(m_byte);
    }

private:
    QByteArrayView m_bytes;
    bool m_same; ///< ASCII: one unit a byte
    qsizetype m_position = 0;
    qsizetype m_byte = 0;
};

} // namespace

Result<LineMatcher> LineMatcher::make(const SearchQuery &query)
{
    if (query.text.isEmpty())
        return Error::invalid(Text::tr("search"), Text::tr("There is nothing to look for."));
    LineMatcher matcher;
    if (query.regularExpression) {
        QRegularExpression::PatternOptions options = QRegularExpression::UseUnicodePropertiesOption;
        options.setFlag(QRegularExpression::CaseInsensitiveOption, !query.caseSensitive);
        matcher.m_expression = QRegularExpression(query.text, options);
        if (!matcher.m_expression.isValid()) {
            return Error::invalid(Text::tr("search"),
                Text::tr("The regular expression is wrong at position %1: %2.")
                    .arg(matcher.m_expression.patternErrorOffset() + 1)
                    .arg(matcher.m_expression.errorString()),
                query.text);
        }
        matcher.m_expression.optimize();
    } else if (query.caseSensitive && !query.text.contains(u'\\') && !query.text.contains(u'\u2400')) {
        matcher.m_bytes = QByteArrayMatcher(query.text.toUtf8());
        matcher.m_length = matcher.m_bytes->pattern().size();
    } else {
        matcher.m_text = QStringMatcher(query.text, query.caseSensitive ? Qt::CaseSensitive : Qt::CaseInsensitive);
        matcher.m_length = query.text.size();
        const QByteArray bytes = query.text.toUtf8();
        if (!query.caseSensitive && bytes.size() == query.text.size() && !bytes.contains('\\'))
            matcher.m_folded = QByteArrayMatcher(bytes.toLower());
    }
    return matcher;
}

/// Puts the bytes in lower case into m_lower; false where they are not ASCII only: then their case is Unicode's affair.
bool LineMatcher::foldAscii(QByteArrayView bytes) const
{
    m_lower.resize(bytes.size());
    char *lower = m_lower.data();
    char any = 0;
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        const char c = bytes[i];
        any = char(any | c);
        lower[i] = c >= 'A' && c <= 'Z' ? char(c + ('a' - 'A')) : c;
    }
    return (quint8(any) & 0x80) == 0;
}

template<typename Visit> void LineMatcher::forEach(QByteArrayView line, Visit visit) const
{
    const QByteArrayView bytes = withoutLineEnd(line);
    const auto visitBytes = [&](const QByteArrayMatcher &matcher, QByteArrayView in) {
        for (qsizetype at = 0; (at = matcher.indexIn(in.data(), in.size(), at)) >= 0; at += m_length) {
            if (!visit(LineMatch{quint32(at), quint32(m_length)}))
                return;
        }
    };
    if (m_bytes)
        return visitBytes(*m_bytes, bytes);
    if (m_folded && foldAscii(bytes))
        return visitBytes(*m_folded, m_lower);
    const QString text = plainText(bytes);
    ByteCounter counter(bytes);
    const auto report = [&](qsizetype from, qsizetype length) {
        const quint32 byte = counter.byteOf(from);
        return visit(LineMatch{byte, counter.byteOf(from + length) - byte});
    };
    if (m_text) {
        for (qsizetype at = 0; (at = m_text->indexIn(text, at)) >= 0; at += m_length) {
            if (!report(at, m_length))
                return;
        }
        return;
    }
    for (auto matches = m_expression.globalMatch(text); matches.hasNext();) {
        const auto match = matches.next();
        if (match.capturedLength() > 0 && !report(match.capturedStart(), match.capturedLength()))
            return;
    }
}

std::optional<LineMatch> LineMatcher::first(QByteArrayView line, quint32 from) const
{
    std::optional<LineMatch> found;
    forEach(line, [&](const LineMatch &match) {
        if (match.byte >= from)
            found = match;
        return !found;
    });
    return found;
}

std::optional<LineMatch> LineMatcher::last(QByteArrayView line, quint32 before) const
{
    std::optional<LineMatch> found;
    forEach(line, [&](const LineMatch &match) {
        if (match.byte < before)
            found = match;
        return match.byte < before;
    });
    return found;
}

QList<LineMatch> LineMatcher::all(QByteArrayView line, qsizetype limit) const
{
    QList<LineMatch> found;
    forEach(line, [&](const LineMatch &match) {
        found.append(match);
        return found.size() < limit;
    });
    return found;
}

} // namespace forkscope
