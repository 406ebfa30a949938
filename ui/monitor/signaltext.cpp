// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/launch/signals.h"
#include "ui/monitor/processtext.h"

#include <QHash>

namespace forkscope {

namespace {

struct Words {
    const char *effect;
    const char *cause;
};

#define WORDS(text) QT_TRANSLATE_NOOP("ProcessText", text)
const QHash<QString, Words> &words()
{
    static const QHash<QString, Words> table = {
        {QStringLiteral("SIGTERM"),
            {WORDS("asks it to end; it may clean up first"), WORDS("it was asked to end (kill, a stop, or a shutdown)")}},
        {QStringLiteral("SIGINT"),
            {WORDS("interrupts it, as Ctrl+C in a terminal does"), WORDS("it was interrupted, as by Ctrl+C")}},
        {QStringLiteral("SIGHUP"),
            {WORDS("says that its terminal is gone; daemons read their configuration again"),
                WORDS("its terminal went away, or someone sent it by hand")}},
        {QStringLiteral("SIGQUIT"),
            {WORDS("ends it with a core dump, as Ctrl+\\ in a terminal does"),
                WORDS("it was asked to quit with a core dump, as by Ctrl+\\")}},
        {QStringLiteral("SIGSTOP"), {WORDS("freezes it; it cannot refuse"), WORDS("it was frozen")}},
        {QStringLiteral("SIGCONT"), {WORDS("lets it go on after a stop"), WORDS("it was told to go on")}},
        {QStringLiteral("SIGKILL"),
            {WORDS("ends it at once; it cannot clean up or refuse"), WORDS("kill -9, or the kernel ran out of memory")}},
        {QStringLiteral("SIGUSR1"),
            {WORDS("means what the program says; ends it if it says nothing"),
                WORDS("it does not handle this signal, which a program may give a meaning")}},
        {QStringLiteral("SIGUSR2"),
            {WORDS("means what the program says; ends it if it says nothing"),
                WORDS("it does not handle this signal, which a program may give a meaning")}},
        {QStringLiteral("SIGSEGV"),
            {nullptr, WORDS("it touched memory that it may not touch (a bad pointer, or a stack that overflowed)")}},
        {QStringLiteral("SIGBUS"),
            {nullptr, WORDS("it touched memory that is not there (a mapped file that shrank, bad alignment)")}},
        {QStringLiteral("SIGABRT"),
            {nullptr, WORDS("it gave up by itself (abort(), a failed assertion, an uncaught exception)")}},
        {QStringLiteral("SIGFPE"), {nullptr, WORDS("an arithmetic error, such as an integer division by zero")}},
        {QStringLiteral("SIGILL"), {nullptr, WORDS("it ran an instruction that this processor does not have")}},
        {QStringLiteral("SIGTRAP"), {nullptr, WORDS("it met a breakpoint and no debugger was there")}},
        {QStringLiteral("SIGPIPE"), {nullptr, WORDS("it wrote to a pipe or socket that nobody reads any more")}},
        {QStringLiteral("SIGALRM"), {nullptr, WORDS("a timer that it set ran out")}},
        {QStringLiteral("SIGXCPU"), {nullptr, WORDS("it used more CPU time than its limit allows (ulimit -t)")}},
        {QStringLiteral("SIGXFSZ"), {nullptr, WORDS("it wrote a file larger than its limit allows (ulimit -f)")}},
        {QStringLiteral("SIGSYS"), {nullptr, WORDS("it made a system call that a filter (seccomp) forbids")}},
    };
    return table;
}
#undef WORDS

} // namespace

QString ProcessText::signal(int number)
{
    return QStringLiteral("%1 (%2)").arg(signalName(number)).arg(number);
}

QString ProcessText::signalEffect(int number)
{
    const Words entry = words().value(signalName(number), {nullptr, nullptr});
    return entry.effect ? tr(entry.effect) : QString();
}

QString ProcessText::signalCause(int number)
{
    const Words entry = words().value(signalName(number), {nullptr, nullptr});
    return entry.cause ? tr(entry.cause) : tr("a signal that it does not handle");
}

} // namespace forkscope
