// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

#include <memory>
#include <variant>

namespace forkscope::filter {

struct Node;

/// Where a filter cannot be understood, and why.
struct Problem {
    qsizetype position = 0, length = 0; ///< QChars of the text; may be at its end
    QString text; ///< translated: what is wrong, and what would be right
};

/// A condition on messages, as people type it:
///     channel == "pipe:3" && len > 100 && from.name ~ "^py" && text contains "ERROR" && json.user.id == 7 && delta > 10ms
/// docs/user-guide.md tells the language. Immutable and cheap to copy; thread-safe.
class DisplayFilter
{
public:
    DisplayFilter() = default; ///< all messages
    static std::variant<DisplayFilter, Problem> parse(QStringView text);

    bool isEmpty() const { return !m_root; }
    bool needsContent() const; ///< bytes of messages must be read, else what MessageRow and Party tell is enough
    bool needsParties() const; ///< asks who is at the ends, or does it
    const Node *root() const { return m_root.get(); }
    QString text() const { return m_text; }

private:
    std::shared_ptr<const Node> m_root;
    QString m_text;
};

/// What may stand at a place of a filter that is being typed.
struct Completion {
    QString text; ///< replaces [from, from + length)
    qsizetype from = 0, length = 0;
    QString explanation; ///< translated, short: "bytes of the message"; may be empty
};
/// Names that are known from a recording, to be offered as values.
struct KnownNames {
    QStringList channels; ///< "pipe:3", or names
    QStringList programs;
};
/// The most likely ones, at most some dozens; none where nothing can be said.
QList<Completion> completionsAt(QStringView text, qsizetype position, const KnownNames &names = {});

} // namespace forkscope::filter
