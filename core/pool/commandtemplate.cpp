// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pool/commandtemplate.h"

#include "core/launch/commandline.h"

#include <QCoreApplication>

#include <algorithm>

namespace forkscope::pool {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(poolTemplate)
};

/// Commands that are part of the shell, and no programs.
bool isShellBuiltin(const QByteArray &word)
{
    static const QByteArrayList names = {":", ".", "alias", "bg", "break", "cd", "command", "continue", "eval", "exec", "exit",
        "export", "fg", "getopts", "hash", "jobs", "local", "read", "readonly", "return", "set", "shift", "source", "times",
        "trap", "type", "ulimit", "umask", "unalias", "unset", "wait", "if", "for", "while", "until", "case", "function"};
    return names.contains(word);
}

/// Whether a shell finds all its quotes closed: also where there are some in a comment, which parseCommandLine() does not know.
bool isComplete(const QByteArray &line)
{
    ShellPlace place;
    place.feed(line);
    return place.kind() == ShellPlace::Kind::Plain || place.kind() == ShellPlace::Kind::Comment;
}

/// The words of a line that needs no shell; none where it needs one.
Result<QByteArrayList> wordsOf(const QByteArray &line)
{
    if (QString::fromUtf8(line).toUtf8() != line)
        return QByteArrayList();
    const auto parsed = parseCommandLine(QString::fromUtf8(line));
    if (!parsed && !isComplete(line))
        return parsed.error();
    if (!parsed || parsed.value().needsShell || isShellBuiltin(parsed.value().words.value(0)))
        return QByteArrayList();
    return parsed.value().words;
}

/// What stands for the n-th replacement string while the line around it is split: nothing that a person types.
QByteArray markOf(qsizetype n)
{
    return '\x01' + QByteArray::number(n) + '\x01';
}

QByteArrayList quotedForShell(QByteArrayList words)
{
    for (QByteArray &word : words)
        word = shellWritten(word, ShellPlace::Kind::Plain);
    return words;
}

} // namespace

CommandTemplate::Word CommandTemplate::piecesOf(const QByteArray &text, const Options &options)
{
    Word pieces;
    qsizetype literalFrom = 0;
    const auto endLiteral = [&](qsizetype at) {
        if (at > literalFrom)
            pieces.append({text.sliced(literalFrom, at - literalFrom)});
    };
    for (qsizetype i = 0; i < text.size();) {
        const auto found = Replacement::at(QByteArrayView(text).sliced(i), options.whole);
        if (!found) {
            ++i;
            continue;
        }
        endLiteral(i);
        Piece piece{text.sliced(i, found->second)};
        piece.replacement = found->first;
        piece.isReplacement = true;
        pieces.append(piece);
        literalFrom = i += found->second;
    }
    endLiteral(text.size());
    return pieces;
}

Result<CommandTemplate> CommandTemplate::parse(const QByteArrayList &words, const Options &options)
{
    CommandTemplate made;
    made.m_options = options;
    made.m_isOfInput = words.isEmpty();
    Result<void> parsed;
    if (options.shell && !words.isEmpty()) {
        made.m_words = {piecesOf(words.join(' '), options)};
        made.m_usesShell = true;
    } else if (words.size() == 1 && options.split) {
        parsed = made.parseLine(words.first());
    } else {
        for (const QByteArray &word : words)
            made.m_words.append(piecesOf(word, options));
    }
    const auto hasReplacement = [](const Word &word) {
        return std::any_of(word.begin(), word.end(), [](const Piece &piece) { return piece.isReplacement; });
    };
    if (options.append && std::none_of(made.m_words.begin(), made.m_words.end(), hasReplacement)) {
        Piece all{options.whole};
        all.isReplacement = true;
        if (made.m_usesShell)
            made.m_words.first() += Word{Piece{" "}, all};
        else
            made.m_words.append(Word{all});
    }
    if (parsed && made.m_usesShell)
        parsed = made.placeInShell();
    if (!parsed)
        return parsed.error();
    return made;
}

Result<void> CommandTemplate::parseLine(const QByteArray &line)
{
    const Word pieces = piecesOf(line, m_options);
    QByteArray marked;
    for (qsizetype i = 0; i < pieces.size(); ++i)
        marked += pieces[i].isReplacement ? markOf(i) : pieces[i].literal;
    const auto words = wordsOf(marked);
    if (!words)
        return words.error();
    m_usesShell = words.value().isEmpty() || line.contains('\x01');
    if (m_usesShell) {
        m_words = {pieces};
        return {};
    }
    for (const QByteArray &word : words.value()) {
        Word made;
        const QByteArrayList parts = word.split('\x01'); // every other one is the number of a replacement
        for (qsizetype i = 0; i < parts.size(); ++i) {
            if (i % 2)
                made.append(pieces[parts[i].toLongLong()]);
            else if (!parts[i].isEmpty())
                made.append(Piece{parts[i]});
        }
        m_words.append(made);
    }
    return {};
}

Result<void> CommandTemplate::placeInShell()
{
    ShellPlace place;
    for (Piece &piece : m_words.first()) {
        if (!piece.isReplacement) {
            place.feed(piece.literal);
            continue;
        }
        piece.place = place.kind();
        place.feedValue();
        if (piece.place == ShellPlace::Kind::Refused)
            return Error::invalid(Text::tr("put the inputs into the command"),
                Text::tr("no input is safe within `…` or behind <<; use $(…), or give it to the standard input with printf"),
                QString::fromLocal8Bit(piece.literal));
    }
    return {};
}

bool CommandTemplate::usesSlot() const
{
    for (const Word &word : m_words)
        for (const Piece &piece : word)
            if (piece.isReplacement && piece.replacement.part == Replacement::Part::Slot)
                return true;
    return false;
}

Result<void> CommandTemplate::check(int columns) const
{
    for (const Word &word : m_words)
        for (const Piece &piece : word)
            if (piece.isReplacement && std::abs(piece.replacement.column) > columns)
                return Error::invalid(Text::tr("put the inputs into the command"),
                    Text::tr("each command gets %n inputs only", nullptr, columns), QString::fromLocal8Bit(piece.literal));
    return {};
}

QByteArray CommandTemplate::shellLine(const CommandInput &input) const
{
    QByteArray line;
    for (const Piece &piece : m_words.first()) {
        if (!piece.isReplacement) {
            line += piece.literal;
            continue;
        }
        QByteArrayList values = piece.replacement.valuesFor(input);
        for (QByteArray &value : values)
            value = shellWritten(value, piece.place);
        line += values.join(' ');
    }
    return line;
}

Result<QByteArrayList> CommandTemplate::arguments(const CommandInput &input) const
{
    if (m_isOfInput) {
        const QByteArray line = input.columns.join(' ');
        auto words = wordsOf(line);
        if (!words || (!m_options.shell && !words.value().isEmpty()))
            return words;
        return QByteArrayList{m_options.shellPath, "-c", line};
    }
    if (m_usesShell)
        return QByteArrayList{m_options.shellPath, "-c", shellLine(input)};
    QByteArrayList arguments;
    for (const Word &word : m_words) {
        if (word.size() == 1 && word.first().isReplacement) {
            arguments += word.first().replacement.valuesFor(input);
            continue;
        }
        QByteArray argument;
        for (const Piece &piece : word)
            argument += piece.isReplacement ? piece.replacement.valuesFor(input).join(' ') : piece.literal;
        arguments.append(argument);
    }
    return arguments;
}

Result<QByteArray> CommandTemplate::line(const CommandInput &input) const
{
    if (m_isOfInput)
        return input.columns.join(' ');
    if (m_usesShell)
        return shellLine(input);
    auto words = arguments(input);
    if (!words)
        return words.error();
    return quotedForShell(std::move(words).value()).join(' ');
}

QByteArray CommandTemplate::text(const CommandInput &input) const
{
    QByteArray text;
    for (const Word &word : m_words) {
        if (!text.isEmpty())
            text += ' ';
        for (const Piece &piece : word)
            text += piece.isReplacement ? piece.replacement.valuesFor(input).join(' ') : piece.literal;
    }
    return text;
}

} // namespace forkscope::pool
