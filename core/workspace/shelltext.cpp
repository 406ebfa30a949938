// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/shelltext.h"

#include <QSet>

#include <algorithm>

namespace forkscope {

namespace {

bool isBare(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || QByteArrayView("_@%+=:,./-").contains(c);
}

bool isControl(char c)
{
    return (c >= 0 && c < 0x20) || c == 0x7f;
}

} // namespace

QString shellWord(const QByteArray &word)
{
    if (word.isEmpty())
        return QStringLiteral("''");
    const QString decoded = QString::fromUtf8(word);
    const bool utf8 = decoded.toUtf8() == word;
    if (utf8 && std::ranges::none_of(word, isControl)) {
        if (std::ranges::all_of(word, isBare))
            return decoded;
        return u'\'' + QString(decoded).replace(u'\'', QStringLiteral("'\\''")) + u'\'';
    }
    QString escaped = QStringLiteral("$'");
    const auto append = [&escaped](char c) {
        switch (c) {
        case '\n':
            escaped += QStringLiteral("\\n");
            break;
        case '\t':
            escaped += QStringLiteral("\\t");
            break;
        case '\'':
        case '\\':
            escaped += u'\\';
            escaped += QLatin1Char(c);
            break;
        default:
            if (isControl(c) || static_cast<unsigned char>(c) >= 0x80)
                escaped += QStringLiteral("\\x%1").arg(static_cast<unsigned char>(c), 2, 16, QLatin1Char('0'));
            else
                escaped += QLatin1Char(c);
        }
    };
    if (!utf8) {
        std::ranges::for_each(word, append);
    } else {
        for (const QChar c : decoded) {
            if (c.unicode() < 0x80)
                append(char(c.unicode()));
            else
                escaped += c;
        }
    }
    return escaped + u'\'';
}

QString printfFormat(const QByteArray &bytes)
{
    if (!bytes.contains('\0'))
        return QStringLiteral("%s ") + shellWord(bytes);
    QString format = QStringLiteral("'");
    for (const char c : bytes) {
        if (c == '%')
            format += QStringLiteral("%%");
        else if (isControl(c) || static_cast<unsigned char>(c) >= 0x80 || c == '\'' || c == '\\')
            format += QStringLiteral("\\%1").arg(static_cast<unsigned char>(c), 3, 8, QLatin1Char('0'));
        else
            format += QLatin1Char(c);
    }
    return format + u'\'';
}

bool isShellBuiltin(const QString &name)
{
    static const QSet<QString> names = [] {
        const QString all = QStringLiteral(
            ". : [ alias bg bind break builtin caller cd command compgen complete compopt continue declare dirs disown echo "
            "enable eval exec exit export false fc fg getopts hash help history jobs kill let local logout mapfile popd printf "
            "pushd pwd read readarray readonly return set shift shopt source suspend test times trap true type typeset ulimit "
            "umask unalias unset wait if then else elif fi case esac for select while until do done in function time coproc");
        const QStringList list = all.split(u' ');
        return QSet<QString>(list.begin(), list.end());
    }();
    return names.contains(name) || name.startsWith(u'%'); // (%1 is a job)
}

} // namespace forkscope
