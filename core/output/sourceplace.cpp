// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/output/sourceplace.h"

#include <QRegularExpression>

namespace forkscope {

namespace {

constexpr qsizetype kExamined = 4096;

/// Python's form first: it names its file in quotation marks.
const QRegularExpression &expression()
{
    static const QRegularExpression known(
        QStringLiteral(R"x(File "([^"\n]+)", line (\d{1,9}))x"
                       R"x(|([^\s:"'`<>()\[\]{}|,;=“”‘’：，；（）「」《》]+))x"
                       R"x((?::(\d{1,9})(?::(\d{1,9}))?|\((\d{1,9})(?:,\s?(\d{1,9}))?\))(?!\w))x"));
    return known;
}

bool mayBeFile(QStringView name)
{
    static const QRegularExpression extension(QStringLiteral(R"x(\.[A-Za-z][A-Za-z0-9+_-]{0,11}$)x"));
    static const QRegularExpression withoutExtension(
        QStringLiteral("^(GNU)?[Mm]akefile$|^Dockerfile$|^Procfile$|^SCons(truct|cript)$"));
    if (name.startsWith(QLatin1String("//"))) // of a web address
        return false;
    if (name.contains(u'/'))
        return !name.endsWith(u'/');
    return extension.match(name.toString()).hasMatch() || withoutExtension.match(name.toString()).hasMatch();
}

} // namespace

QList<SourcePlace> sourcePlacesIn(QStringView text)
{
    const QString examined = text.first(std::min(text.size(), kExamined)).toString();
    QList<SourcePlace> places;
    QRegularExpressionMatchIterator matches = expression().globalMatch(examined);
    while (matches.hasNext()) {
        const QRegularExpressionMatch match = matches.next();
        const auto number = [&](int first, int second) {
            const QString digits = match.hasCaptured(first) ? match.captured(first) : match.captured(second);
            return std::max(1, digits.toInt());
        };
        SourcePlace place;
        place.position = match.capturedStart();
        place.length = match.capturedLength();
        if (match.hasCaptured(1)) {
            place.file = match.captured(1);
            place.line = match.captured(2).toInt();
        } else {
            place.file = match.captured(3);
            place.line = number(4, 6);
            place.column = number(5, 7);
            if (!mayBeFile(place.file))
                continue;
        }
        places.append(place);
    }
    return places;
}

} // namespace forkscope
