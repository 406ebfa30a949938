// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QStringList>

#include <memory>

class QThread;

namespace forkscope {

/// The word of a command line that the cursor stands at the end of.
struct WordAtCursor {
    int start = 0; ///< where it begins in the line, quotes included
    QString text; ///< without quotes and backslashes
    bool isCommand = true; ///< the first word, or the first one after | & ; (
};
WordAtCursor wordAtCursor(const QString &line, int cursor);
/// The word as a shell reads it back: backslashes where they are needed; a leading ~/ stays as it is.
QString escapedWord(const QString &word);

/// Finds executables and paths that complete a word, in a thread of its own: directories may be large, or on a slow network.
class Completion : public QObject
{
    Q_OBJECT

public:
    static constexpr int kMost = 200;

    explicit Completion(QObject *parent = nullptr);
    ~Completion() override;

    /// Asks for the completions of the word before the cursor; found() answers with the same ticket, unless a later
    /// request came first.
    void request(quint64 ticket, const QString &line, int cursor, const QString &workingDirectory);

signals:
    /// Whole replacements for the word that begins at wordStart, escaped, sorted; directories end with a slash.
    void found(quint64 ticket, int wordStart, const QStringList &words);

private:
    class Worker;
    std::unique_ptr<QThread> m_thread;
    Worker *m_worker;
};

} // namespace forkscope
