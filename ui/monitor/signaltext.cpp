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

const QHash<QString, Words> &words()
{
    static const QHash<QString, Words> table = {
        {QStringLiteral("SIGTERM"),
            {QT_TRANSLATE_NOOP("ProcessText", "asks it to end; it may clean up first"),
                QT_TRANSLATE_NOOP("ProcessText", "it was asked to end (kill, a stop, or a shutdown)")}},
        {QStringLiteral("SIGINT"),
            {QT_TRANSLATE_NOOP("ProcessText", "interrupts it, as Ctrl+C in a terminal does"),
                QT_TRANSLATE_NOOP("ProcessText", "it was interrupted, as by Ctrl+C")}},
        {QStringLiteral("SIGHUP"),
            {QT_TRANSLATE_NOOP("ProcessText", "says that its terminal is gone; daemons read their configuration again"),
                QT_TRANSLATE_NOOP("ProcessText", "its terminal went away, or someone sent it by hand")}},
        {QStringLiteral("SIGQUIT"),
            {QT_TRANSLATE_NOOP("ProcessText", "ends it with a core dump, as Ctrl+\\ in a terminal does"),
                QT_TRANSLATE_NOOP("ProcessText", "it was asked to quit with a core dump, as by Ctrl+\\")}},
        {QStringLiteral("SIGSTOP"),
            {QT_TRANSLATE_NOOP("ProcessText", "freezes it; it cannot refuse"),
                QT_TRANSLATE_NOOP("ProcessText", "it was frozen")}},
        {QStringLiteral("SIGCONT"),
            {QT_TRANSLATE_NOOP("ProcessText", "lets it go on after a stop"),
                QT_TRANSLATE_NOOP("ProcessText", "it was told to go on")}},
        {QStringLiteral("SIGKILL"),
            {QT_TRANSLATE_NOOP("ProcessText", "ends it at once; it cannot clean up or refuse"),
                QT_TRANSLATE_NOOP("ProcessText", "kill -9, or the kernel ran out of memory")}},
        {QStringLiteral("SIGUSR1"),
            {QT_TRANSLATE_NOOP("ProcessText", "means what the program says; ends it if it says nothing"),
                QT_TRANSLATE_NOOP("ProcessText", "it does not handle this signal, which a program may give a meaning")}},
        {QStringLiteral("SIGUSR2"),
            {QT_TRANSLATE_NOOP("ProcessText", "means what the program says; ends it if it says nothing"),
                QT_TRANSLATE_NOOP("ProcessText", "it does not handle this signal, which a program may give a meaning")}},
        {QStringLiteral("SIGSEGV"),
            {nullptr,
                QT_TRANSLATE_NOOP(
                    "ProcessText", "it touched memory that it may not touch (a bad pointer, or a stack that overflowed)")}},
        {QStringLiteral("SIGBUS"),
            {nullptr,
                QT_TRANSLATE_NOOP(
                    "ProcessText", "it touched memory that is not there (a mapped file that shrank, bad alignment)")}},
        {QStringLiteral("SIGABRT"),
            {nullptr,
                QT_TRANSLATE_NOOP("ProcessText", "it gave up by itself (abort(), a failed assertion, an uncaught exception)")}},
        {QStringLiteral("SIGFPE"),
            {nullptr, QT_TRANSLATE_NOOP("ProcessText", "an arithmetic error, such as an integer division by zero")}},
        {QStringLiteral("SIGILL"),
            {nullptr, QT_TRANSLATE_NOOP("ProcessText", "it ran an instruction that this processor does not have")}},
        {QStringLiteral("SIGTRAP"), {nullptr, QT_TRANSLATE_NOOP("ProcessText", "it met a breakpoint and no debugger was there")}},
        {QStringLiteral("SIGPIPE"),
            {nullptr, QT_TRANSLATE_NOOP("ProcessText", "it wrote to a pipe or socket that nobody reads any more")}},
        {QStringLiteral("SIGALRM"), {nullptr, QT_TRANSLATE_NOOP("ProcessText", "a timer that it set ran out")}},
        {QStringLiteral("SIGXCPU"),
            {nullptr, QT_TRANSLATE_NOOP("ProcessText", "it used more CPU time than its limit allows (ulimit -t)")}},
        {QStringLiteral("SIGXFSZ"),
            {nullptr, QT_TRANSLATE_NOOP("ProcessText", "it wrote a file larger than its limit allows (ulimit -f)")}},
        {QStringLiteral("SIGSYS"),
            {nullptr, QT_TRANSLATE_NOOP("ProcessText", "it made a system call that a filter (seccomp) forbids")}},
    };
    return table;
}

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
