// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/launch/signals.h"
#include "core/workspace/scriptexport.h"
#include "core/workspace/shelltext.h"

#include <QCoreApplication>

namespace forkscope {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(ScriptExport)
};

using Kind = StreamTarget::Kind;

QString number(double value)
{
    return QString::number(value, 'g', 15);
}

/// The parts of a line for a shell, in the order in which they are needed.
struct ShellParts {
    QStringList comments;
    QString input; ///< "printf …", whose output is the command's input; empty: none
    QString redirections;
    bool redirectsFiles = false; ///< to a relative path: before the directory is changed
    QStringList steps; ///< commands of their own: cd, umask, reading of .env files
    QStringList wrappers; ///< programs that change something and become the next: "nice -n 5"
    QString command;
    bool bySetName = false; ///< argv[0] is another than the program: "exec -a"
};

void addTargets(const LaunchSpec &spec, ShellParts &parts)
{
    const StreamTarget *targets[] = {&spec.standardInput, &spec.standardOutput, &spec.standardError};
    QStringList saves;
    QStringList redirections;
    QStringList closes;
    for (int fd = 0; fd < 3; ++fd) {
        const StreamTarget &target = *targets[fd];
        const QString own = fd == 2 ? QStringLiteral("2") : QString();
        const QChar arrow = fd == 0 ? u'<' : u'>';
        switch (target.kind) {
        case Kind::Null:
            redirections += own + arrow + QStringLiteral("/dev/null");
            break;
        case Kind::File:
            redirections += own + arrow + (target.append && fd > 0 ? QStringLiteral(">") : QString()) + shellWord(target.path);
            parts.redirectsFiles = parts.redirectsFiles || !target.path.startsWith('/');
            break;
        case Kind::Descriptor: {
            int from = target.descriptor;
            if (from == fd)
                break;
            if (from < 3) { // may have been led elsewhere when its turn comes
                saves += QStringLiteral("%1>&%2").arg(from + 7).arg(from);
                closes += QStringLiteral("%1>&-").arg(from + 7);
                from += 7;
            }
            redirections += own + arrow + u'&' + QString::number(from);
            break;
        }
        case Kind::StandardOutput:
            redirections += QStringLiteral("2>&1");
            break;
        case Kind::Inherit:
        case Kind::Pipe:
        case Kind::Pty:
            break;
        }
    }
    saves.removeDuplicates();
    closes.removeDuplicates();
    parts.redirections = (saves + redirections + closes).join(u' ');
    if (spec.usesTerminal())
        parts.comments
            += Text::tr("The command gets a pseudo-terminal of %1 × %2 characters from Forkscope; here it gets your terminal.")
                   .arg(spec.terminalColumns)
                   .arg(spec.terminalRows);
    if (spec.input)
        parts.input = QStringLiteral("printf ") + printfFormat(*spec.input);
}

void addIdentity(const LaunchSpec &spec, ShellParts &parts)
{
    if (spec.startNewSession && !spec.usesTerminal())
        parts.wrappers += QStringLiteral("setsid --wait");
    if (spec.processGroup)
        parts.wrappers += QStringLiteral("perl -e 'setpgrp 0, shift; exec {$ARGV[0]} @ARGV' %1").arg(*spec.processGroup);
    if (!spec.user && !spec.group && !spec.extraGroups)
        return;
    QString setpriv = QStringLiteral("setpriv");
    if (spec.user)
        setpriv += QStringLiteral(" --reuid=") + shellWord(*spec.user);
    if (spec.group)
        setpriv += QStringLiteral(" --regid=") + shellWord(*spec.group);
    if (!spec.extraGroups)
        setpriv += spec.group ? QStringLiteral(" --keep-groups") : QString();
    else if (spec.extraGroups->isEmpty())
        setpriv += QStringLiteral(" --clear-groups");
    else
        setpriv += QStringLiteral(" --groups=") + shellWord(spec.extraGroups->join(','));
    parts.wrappers += setpriv;
    parts.comments += Text::tr("Changing user or groups needs the rights of root.");
}

QString limitOption(const SetResourceLimit &limit)
{
    using Resource = SetResourceLimit::Resource;
    static const QHash<Resource, QLatin1String> options = {{Resource::Core, QLatin1String("core")},
        {Resource::CpuTime, QLatin1String("cpu")}, {Resource::DataSize, QLatin1String("data")},
        {Resource::FileSize, QLatin1String("fsize")}, {Resource::LockedMemory, QLatin1String("memlock")},
        {Resource::OpenFiles, QLatin1String("nofile")}, {Resource::Processes, QLatin1String("nproc")},
        {Resource::StackSize, QLatin1String("stack")}, {Resource::AddressSpace, QLatin1String("as")}};
    return QStringLiteral("prlimit --%1=%2:%3")
        .arg(options.value(limit.resource), limit.soft ? QString::number(*limit.soft) : QStringLiteral("unlimited"),
            limit.hard ? QString::number(*limit.hard) : QString());
}

QString wrapperFor(const ChildAction &action)
{
    return std::visit(
        [](const auto &step) -> QString {
            using T = std::decay_t<decltype(step)>;
            if constexpr (std::is_same_v<T, SetNice>) {
                return QStringLiteral("nice -n %1").arg(step.increment);
            } else if constexpr (std::is_same_v<T, SetIoPriority>) {
                return step.ioClass == SetIoPriority::Class::Idle
                    ? QStringLiteral("ionice -c 3")
                    : QStringLiteral("ionice -c %1 -n %2").arg(int(step.ioClass)).arg(step.level);
            } else if constexpr (std::is_same_v<T, SetCpuAffinity>) {
                QStringList cpus;
                for (const int cpu : step.cpus)
                    cpus += QString::number(cpu);
                return QStringLiteral("taskset -c ") + cpus.join(u',');
            } else if constexpr (std::is_same_v<T, SetResourceLimit>) {
                return limitOption(step);
            } else if constexpr (std::is_same_v<T, SetSchedulingPolicy>) {
                static constexpr const char *kOptions[] = {"--other", "--batch", "--idle", "--fifo", "--rr"};
                return QStringLiteral("chrt %1 %2").arg(QLatin1String(kOptions[int(step.policy)])).arg(step.priority);
            } else if constexpr (std::is_same_v<T, SetOomScoreAdjust>) {
                return QStringLiteral("choom -n %1 --").arg(step.value);
            } else if constexpr (std::is_same_v<T, ChangeDirectory>) {
                return QStringLiteral("env --chdir=") + shellWord(step.path);
            } else if constexpr (std::is_same_v<T, SetUmask>) {
                return QStringLiteral("sh -c 'umask %1; exec \"$@\"' sh").arg(step.mask, 3, 8, QLatin1Char('0'));
            } else if constexpr (std::is_same_v<T, NoNewPrivileges>) {
                return QStringLiteral("setpriv --no-new-privs");
            } else {
                return QStringLiteral("setpriv --pdeathsig %1").arg(signalName(step.signal).mid(3));
            }
        },
        action);
}

void addEnvironment(const LaunchSpec &spec, ShellParts &parts)
{
    const bool files = !spec.environmentFiles.isEmpty();
    if (files) {
        parts.comments
            += Text::tr("The shell reads the .env files itself: values in them that are not quoted must be single words.");
        if (!spec.inheritEnvironment)
            parts.steps += QStringLiteral("export -n $(compgen -e)"); // the shell keeps its PATH to find env(1) with
        QStringList reads;
        for (const QByteArray &file : spec.environmentFiles)
            reads += QStringLiteral(". ") + shellWord(file.contains('/') ? file : "./" + file);
        parts.steps += QStringLiteral("set -a");
        parts.steps += reads;
        parts.steps += QStringLiteral("set +a");
    }
    QStringList removed;
    QStringList set;
    bool optionLike = false;
    for (auto it = spec.environment.begin(); it != spec.environment.end(); ++it) {
        optionLike = optionLike || it.key().startsWith('-');
        if (it.value())
            set += shellWord(it.key() + '=' + *it.value());
        else if (spec.inheritEnvironment || files)
            removed += QStringLiteral("-u ") + shellWord(it.key());
    }
    if (!spec.inheritEnvironment && !files)
        removed.prepend(QStringLiteral("-i"));
    else if (!spec.inheritEnvironment)
        removed.prepend(QStringLiteral("-u _")); // which the shell always hands on
    if (removed.isEmpty() && set.isEmpty())
        return;
    parts.wrappers
        += (QStringList{QStringLiteral("env")} + removed + (optionLike ? QStringList(QStringLiteral("--")) : QStringList()) + set)
               .join(u' ');
}

void addCommand(const LaunchSpec &spec, ShellParts &parts)
{
    QByteArrayList arguments = spec.arguments;
    QByteArray program = spec.executable;
    if (spec.shell) { // as Python has it: executable is the shell then
        if (program.isEmpty())
            program = spec.shellPath;
        arguments = QByteArrayList{program, "-c"} + arguments;
    } else if (program.isEmpty()) {
        program = arguments.first();
    }
    QStringList words;
    for (const QByteArray &argument : std::as_const(arguments))
        words += shellWord(argument);
    // env(1), and the shell itself, would take a program with "=" for a variable.
    parts.bySetName = program != arguments.first() || program.contains('=');
    if (!parts.bySetName) {
        parts.command = words.join(u' ');
        return;
    }
    const QString name = words.takeFirst();
    words.prepend((program.startsWith('-') ? QStringLiteral("-- ") : QString()) + shellWord(program));
    if (parts.wrappers.isEmpty())
        parts.command = QStringLiteral("exec -a ") + name + u' ' + words.join(u' ');
    else
        parts.command = QStringLiteral("/bin/bash -c 'exec -a \"$0\" \"$@\"' ") + name + u' ' + words.join(u' ');
}

void addComments(const LaunchSpec &spec, ShellParts &parts)
{
    if (spec.captureOutput)
        parts.comments += Text::tr("capture_output: the output is not caught here; append “> FILE” for that.");
    if (spec.isText())
        parts.comments += Text::tr("text, encoding, errors: a shell passes the bytes on as they are.");
    if (spec.bufferSize != -1 || spec.pipeSize != LaunchSpec().pipeSize)
        parts.comments += Text::tr("bufsize, pipesize: these concern pipes that a script does not have.");
    if (!spec.passDescriptors.isEmpty())
        parts.comments += Text::tr("pass_fds: the command inherits these descriptors if this shell has them open.");
    if (spec.childHook)
        parts.comments += Text::tr("A hook in C++ runs before the command; a shell cannot do that.");
    if (!spec.startupInfo.isEmpty() || spec.creationFlags != 0)
        parts.comments += Text::tr("startupinfo, creationflags: these exist on Windows only.");
}

ShellParts partsOf(const LaunchSpec &spec)
{
    ShellParts parts;
    addTargets(spec, parts);
    if (!spec.workingDirectory.isEmpty())
        parts.steps += QStringLiteral("cd -- ") + shellWord(spec.workingDirectory);
    if (spec.umask)
        parts.steps += QStringLiteral("umask %1").arg(*spec.umask, 3, 8, QLatin1Char('0'));
    if (spec.timeout)
        parts.wrappers += QStringLiteral("timeout --kill-after=5 ") + number(double(spec.timeout->count()) / 1000);
    addIdentity(spec, parts);
    for (const ChildAction &action : spec.childActions)
        parts.wrappers += wrapperFor(action);
    addEnvironment(spec, parts);
    addCommand(spec, parts);
    addComments(spec, parts);
    return parts;
}

QString commentLines(const QStringList &comments)
{
    QString lines;
    for (const QString &comment : comments)
        lines += QStringLiteral("# ") + comment + u'\n';
    return lines;
}

} // namespace

QString shellCommand(const LaunchSpec &spec)
{
    if (spec.arguments.isEmpty())
        return {};
    const ShellParts parts = partsOf(spec);
    QStringList wrappers = parts.wrappers;
    // The program of that name, not what the shell has under it.
    if (wrappers.isEmpty() && !parts.bySetName && isShellBuiltin(parts.command.section(u' ', 0, 0)))
        wrappers += QStringLiteral("env");
    QString line = (wrappers + QStringList{parts.command}).join(u' ');
    if (!parts.steps.isEmpty())
        line = parts.steps.join(QStringLiteral(" && ")) + QStringLiteral(" && ")
            + (parts.bySetName && wrappers.isEmpty() ? QString() : QStringLiteral("exec ")) + line;
    if (!parts.steps.isEmpty() || (parts.bySetName && wrappers.isEmpty()))
        line = u'(' + line + u')';
    if (!parts.redirections.isEmpty())
        line += u' ' + parts.redirections;
    if (!parts.input.isEmpty())
        line = parts.input + QStringLiteral(" | ") + line;
    return commentLines(parts.comments) + line;
}

QString shellScript(const LaunchSpec &spec)
{
    if (spec.arguments.isEmpty())
        return {};
    const ShellParts parts = partsOf(spec);
    QString script = QStringLiteral("#!/usr/bin/env bash\n") + commentLines(parts.comments);
    const bool early = parts.redirectsFiles && !parts.steps.isEmpty();
    if (early)
        script += QStringLiteral("exec ") + parts.redirections + QStringLiteral(" || exit\n");
    for (const QString &step : parts.steps)
        script += step
            + (step.startsWith(QLatin1String("set ")) || step.startsWith(QLatin1String("export "))
                    ? QStringLiteral("\n")
                    : QStringLiteral(" || exit\n"));
    if (!parts.input.isEmpty())
        script += parts.input + QStringLiteral(" |\n");
    const bool execs = !parts.bySetName || !parts.wrappers.isEmpty();
    QStringList lines = parts.wrappers + QStringList{parts.command};
    const bool dashed = lines.first().startsWith(u'-');
    lines.first().prepend(execs ? (dashed ? QStringLiteral("exec -- ") : QStringLiteral("exec ")) : QString());
    script += lines.join(QStringLiteral(" \\\n  "));
    if (!early && !parts.redirections.isEmpty())
        script += u' ' + parts.redirections;
    return script + u'\n';
}

} // namespace forkscope
