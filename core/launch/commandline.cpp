// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/launch/commandline.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace forkscope {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(commandLine)
};

Error unfinished(const QString &detail)
{
    return Error::invalid(Text::tr("understand the command line"), detail);
}

/// Unquoted, these mean something to a shell only.
bool isShellSyntax(QChar c)
{
    return QStringLiteral("|&;<>()$`*?[{}").contains(c);
}

bool isAssignment(const QString &word)
{
    static const QRegularExpression pattern(QStringLiteral("^[A-Za-z_][A-Za-z0-9_]*="));
    return pattern.match(word).hasMatch();
}

} // namespace

Result<ParsedLine> parseCommandLine(const QString &line)
{
    ParsedLine parsed;
    QString word;
    bool inWord = false;
    bool quoted = false; // some of the word was
    const auto endWord = [&] {
        if (!inWord)
            return;
        if (parsed.words.isEmpty() && !quoted && isAssignment(word))
            parsed.needsShell = true;
        parsed.words.append(word.toUtf8());
        word.clear();
        inWord = quoted = false;
    };
    for (qsizetype i = 0; i < line.size(); ++i) {
        const QChar c = line[i];
        if (c == u'\'') {
            const qsizetype end = line.indexOf(u'\'', i + 1);
            if (end < 0)
                return unfinished(Text::tr("a single quote (') is left open"));
            word += line.mid(i + 1, end - i - 1);
            i = end;
            inWord = quoted = true;
        } else if (c == u'"') {
            inWord = quoted = true;
            for (++i;; ++i) {
                if (i >= line.size())
                    return unfinished(Text::tr("a double quote (\") is left open"));
                if (line[i] == u'"')
                    break;
                if (line[i] == u'\\' && i + 1 < line.size() && QStringLiteral("$`\"\\\n").contains(line[i + 1])) {
                    if (line[++i] != u'\n')
                        word += line[i];
                    continue;
                }
                if (line[i] == u'$' || line[i] == u'`')
                    parsed.needsShell = true;
                word += line[i];
            }
        } else if (c == u'\\') {
            if (++i >= line.size())
                return unfinished(Text::tr("a backslash ends it"));
            if (line[i] != u'\n')
                word += line[i];
            inWord = quoted = true;
        } else if (c.isSpace()) {
            if (c == u'\n' && !parsed.words.isEmpty() && !line.mid(i).trimmed().isEmpty())
                parsed.needsShell = true; // several commands
            endWord();
        } else {
            if (isShellSyntax(c) || (!inWord && (c == u'~' || c == u'#')) || (c == u'!' && !inWord && parsed.words.isEmpty()))
                parsed.needsShell = true;
            word += c;
            inWord = true;
        }
    }
    endWord();
    return parsed;
}

QString quoteCommandLine(const QByteArrayList &words)
{
    static const QRegularExpression plain(QStringLiteral("^[A-Za-z0-9_@%+=:,./-]+$"));
    QStringList quoted;
    for (const QByteArray &word : words) {
        const QString decoded = QString::fromUtf8(word);
        if (decoded.toUtf8() != word) {
            QString escaped = QStringLiteral("$'");
            for (const char byte : word) {
                const auto code = static_cast<unsigned char>(byte);
                if (code < 0x20 || code >= 0x7f || byte == '\'' || byte == '\\')
                    escaped += QStringLiteral("\\x%1").arg(code, 2, 16, QLatin1Char('0'));
                else
                    escaped += QLatin1Char(byte);
            }
            quoted.append(escaped + u'\'');
        } else if (plain.match(decoded).hasMatch()) {
            quoted.append(decoded);
        } else {
            quoted.append(u'\'' + QString(decoded).replace(QStringLiteral("'"), QStringLiteral("'\\''")) + u'\'');
        }
    }
    return quoted.join(u' ');
}

} // namespace forkscope
