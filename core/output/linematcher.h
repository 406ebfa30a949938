// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArrayMatcher>
#include <QByteArrayView>
#include <QList>
#include <QRegularExpression>
#include <QStringMatcher>

#include <optional>

namespace forkscope {

/// What is looked for in lines.
struct SearchQuery {
    QString text;
    bool caseSensitive = false;
    bool regularExpression = false;
    friend bool operator==(const SearchQuery &, const SearchQuery &) = default;
};

/// Bytes of a line.
struct LineMatch {
    quint32 byte = 0;
    quint32 length = 0;
    friend bool operator==(const LineMatch &, const LineMatch &) = default;
};

/// Finds a text in the bytes of one line. A byte that is not UTF-8 is found as it is shown: \xHH.
/// Copies may be used in different threads; one object in one thread at a time.
class LineMatcher
{
public:
    /// Error where the regular expression is malformed (detail says how and where) or the text is empty.
    static Result<LineMatcher> make(const SearchQuery &query);

    /// The first match that begins at this byte or later.
    std::optional<LineMatch> first(QByteArrayView line, quint32 from = 0) const;
    /// The last match that begins before this byte.
    std::optional<LineMatch> last(QByteArrayView line, quint32 before) const;
    /// Matches in order, without overlap, at most limit of them.
    QList<LineMatch> all(QByteArrayView line, qsizetype limit) const;

private:
    /// Calls visit with every match, in order, until it returns false.
    template<typename Visit> void forEach(QByteArrayView line, Visit visit) const;

    bool foldAscii(QByteArrayView bytes) const;

    std::optional<QByteArrayMatcher> m_bytes; ///< where the bytes can be compared as they are
    std::optional<QByteArrayMatcher> m_folded; ///< where case does not matter: for lines of ASCII, in lower case …
    mutable QByteArray m_lower; ///< … which is here
    std::optional<QStringMatcher> m_text;
    QRegularExpression m_expression;
    qsizetype m_length = 0; ///< of what is looked for, in bytes or in UTF-16 units
};

} // namespace forkscope
