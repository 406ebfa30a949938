// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/monitor/processtable.h"
#include "ui/widgets/status.h"

#include <QCoreApplication>
#include <QString>

namespace forkscope {

/// The words for what became of a process. core tells codes, this makes sentences. Pure; any thread.
class ProcessText
{
    Q_DECLARE_TR_FUNCTIONS(ProcessText)

public:
    static Status status(const ProcessRow &row);
    /// The word beside the mark: "running", "sleeping", "finished", "not started" …
    static QString state(const ProcessRow &row);

    /// Short, for a column: "0", "3", "SIGSEGV (11), core dumped", "not started: ENOENT (No such file or directory): foo".
    static QString exit(const ProcessRow &row);
    /// In a sentence, with what is known of the cause and what to do next.
    static QString exitSentence(const ProcessRow &row);

    static QString name(const ProcessRow &row); ///< "make"; of a failed launch the program's file name
    static QString nameAndPid(const ProcessRow &row); ///< "make 4711"
    static QString command(const ProcessRow &row); ///< the full command line, quoted for a shell

    /// "SIGTERM (15)".
    static QString signal(int number);
    /// What sending it does: "asks the process to end".
    static QString signalEffect(int number);
    /// Why a process dies of it: "accessed memory that is not its own".
    static QString signalCause(int number);

    /// Who ended it, as far as that is known: "Its timeout had passed, and Forkscope stopped it."
    static QString cause(const ProcessRow &row);

private:
    static QString startFailure(const StartFailed &failure);
    static QString startAdvice(const StartFailed &failure);
};

} // namespace forkscope
