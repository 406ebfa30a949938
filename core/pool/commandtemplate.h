// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/pool/replacement.h"
#include "core/pool/shellplace.h"

#include <QList>

namespace forkscope::pool {

/// A command with replacement strings: {} {.} {/} {//} {/.} {#} {%} and {n} {n.} {n/} {n//} {n/.}, as in GNU parallel. A value.
///
/// Several words are argv, and no shell comes between; a word that is {} alone becomes as many words as there are columns.
/// One word with blanks or with syntax of a shell is a line. It is split, or where it needs a shell handed to one, each value
/// written so that the shell takes it for exactly that value. No words: each input is such a line.
class CommandTemplate
{
public:
    struct Options {
        QByteArray whole = "{}"; ///< stands for {} (xargs, GNU parallel: -I)
        bool append = true; ///< {} comes at the end of a command without replacement string
        bool split = true; ///< one word is a line; else it is a word
        bool shell = false; ///< the words, joined by blanks, are a line for the shell in any case
        QByteArray shellPath = "/bin/sh";
    };
    /// An error where the line is not complete, or a value has no safe place in it; it names the replacement string.
    static Result<CommandTemplate> parse(const QByteArrayList &words, const Options &options);
    static Result<CommandTemplate> parse(const QByteArrayList &words) { return parse(words, Options()); }

    bool usesShell() const { return m_usesShell; }
    bool usesSlot() const;
    /// An error names the replacement string that asks for a column behind so many.
    Result<void> check(int columns) const;

    /// argv of the command. An error: the input is to be the command and cannot be split.
    Result<QByteArrayList> arguments(const CommandInput &input) const;
    /// The same as a line for a shell: to show it.
    Result<QByteArray> line(const CommandInput &input) const;
    /// The words with all replaced in place, joined by blanks, not quoted: for a tag.
    QByteArray text(const CommandInput &input) const;

private:
    struct Piece {
        QByteArray literal; ///< if not, a replacement
        Replacement replacement = {};
        ShellPlace::Kind place = ShellPlace::Kind::Plain; ///< in a line for a shell
        bool isReplacement = false;
    };
    using Word = QList<Piece>;
    static Word piecesOf(const QByteArray &text, const Options &options);
    Result<void> parseLine(const QByteArray &line);
    Result<void> placeInShell();
    QByteArray shellLine(const CommandInput &input) const;

    Options m_options;
    QList<Word> m_words; ///< with a shell one: the line
    bool m_usesShell = false;
    bool m_isOfInput = false; ///< no words: the input is the command
};

} // namespace forkscope::pool
