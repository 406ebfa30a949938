// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <mutex>

namespace forkscope {

/// Our standard output and error: output of jobs, messages, and on a terminal a line of progress below them, which is taken
/// away before anything else is written there. Thread-safe.
class PoolConsole
{
public:
    PoolConsole();
    /// All of it, now; waits while nobody reads. After a failure of standard output nothing more is written there.
    void write(bool isError, QByteArrayView bytes);
    /// "forkscope: message", in a line of its own.
    void complain(const QString &message);
    /// errno of the write to standard output that failed; 0: none.
    int failure() const;

    bool errorIsTerminal() const { return m_isTerminal[1]; }
    /// Whether nobody else writes to the terminal that standard error is.
    bool isAlone() const;
    /// Shows it in place of the last one; where standard error is no terminal, in a line of its own. Empty: takes it away. Never
    /// waits: while something else is written, nothing is shown.
    void showProgress(const QString &line);

private:
    void takeAwayProgress();
    mutable std::mutex m_mutex; ///< guards what follows
    const bool m_isTerminal[2]; ///< standard output, standard error
    bool m_isInLine[2] = {false, false}; ///< what was written there last ended in a line
    bool m_showsProgress = false;
    QString m_lastLine;
    int m_failure = 0;
};

} // namespace forkscope
