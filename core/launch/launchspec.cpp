// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/launch/launchspec.h"

#include "core/launch/childactions.h"
#include "core/launch/textcodec.h"

#include <QCoreApplication>

#include <algorithm>
#include <unistd.h>

namespace forkscope {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(LaunchSpec)
};

std::optional<Error> checkTarget(const StreamTarget &target, const char *field, bool isError)
{
    switch (target.kind) {
    case StreamTarget::Kind::StandardOutput:
        if (!isError)
            return specFault(field, Text::tr("only stderr can be led to where stdout goes"));
        break;
    case StreamTarget::Kind::File:
        if (target.path.isEmpty() || target.path.contains('\0'))
            return specFault(field, Text::tr("the file needs a name without NUL bytes"));
        break;
    case StreamTarget::Kind::Descriptor:
        if (target.descriptor < 0)
            return specFault(field, Text::tr("a descriptor is 0 or above"));
        break;
    default:
        break;
    }
    return {};
}

QByteArray ourEnvironment(const char *name)
{
    return qgetenv(name);
}

bool canBecomePipe(const StreamTarget &target)
{
    return target.kind == StreamTarget::Kind::Inherit || target.kind == StreamTarget::Kind::Pipe;
}

/// The parameters of run().
std::optional<Error> validateRun(const LaunchSpec &spec)
{
    if (spec.input && !canBecomePipe(spec.standardInput) && spec.standardInput.kind != StreamTarget::Kind::Pty)
        return specFault("input", Text::tr("stdin cannot lead elsewhere as well"));
    if (spec.captureOutput && (!canBecomePipe(spec.standardOutput) || !canBecomePipe(spec.standardError)))
        return specFault("capture_output", Text::tr("stdout and stderr cannot lead elsewhere as well"));
    if (spec.timeout && spec.timeout->count() < 0)
        return specFault("timeout", Text::tr("it is 0 or above"));
    if (spec.isText())
        if (const auto codec = TextCodec::open(spec.encoding, spec.errors.value_or(TextErrors::Strict)); !codec)
            return codec.error();
    return {};
}

} // namespace

Error specFault(const char *field, const QString &detail)
{
    return Error::invalid(Text::tr("start the command"), detail, QLatin1String(field));
}

bool LaunchSpec::usesTerminal() const
{
    return std::ranges::any_of(std::initializer_list<const StreamTarget *>{&standardInput, &standardOutput, &standardError},
        [](const StreamTarget *target) { return target->kind == StreamTarget::Kind::Pty; });
}

std::optional<Error> validate(const LaunchSpec &spec)
{
    if (spec.arguments.isEmpty())
        return specFault("args", Text::tr("there is no command"));
    for (const QByteArray &argument : spec.arguments)
        if (argument.contains('\0'))
            return specFault("args", Text::tr("an argument holds a NUL byte, which execve(2) cannot pass"));
    if (spec.arguments.first().isEmpty() && spec.executable.isEmpty() && !spec.shell)
        return specFault("args", Text::tr("the program's name is empty"));
    if (spec.executable.contains('\0'))
        return specFault("executable", Text::tr("it holds a NUL byte"));
    if (spec.workingDirectory.contains('\0'))
        return specFault("cwd", Text::tr("it holds a NUL byte"));
    if (spec.shell && spec.shellPath.isEmpty())
        return specFault("shell", Text::tr("no shell is named"));
    for (auto it = spec.environment.begin(); it != spec.environment.end(); ++it)
        if (it.key().isEmpty() || it.key().contains('=') || it.key().contains('\0') || (it.value() && it.value()->contains('\0')))
            return specFault("env", Text::tr("a variable's name is empty or holds “=”, or there is a NUL byte in it"));
    for (const auto &[target, field, isError] : {std::tuple(&spec.standardInput, "stdin", false),
             std::tuple(&spec.standardOutput, "stdout", false), std::tuple(&spec.standardError, "stderr", true)})
        if (const auto error = checkTarget(*target, field, isError))
            return error;
    for (int fd : spec.passDescriptors)
        if (fd < 0)
            return specFault("pass_fds", Text::tr("a descriptor is 0 or above"));
    if ((spec.startNewSession || spec.usesTerminal()) && spec.processGroup)
        return specFault("process_group", Text::tr("a new session is a new process group already"));
    if (spec.processGroup && *spec.processGroup < 0)
        return specFault("process_group", Text::tr("a process group is 0 or above"));
    if (spec.umask && (*spec.umask < 0 || *spec.umask > 0777))
        return specFault("umask", Text::tr("it lies between 0 and 0777"));
    if (spec.pipeSize == 0 || spec.pipeSize < -1)
        return specFault("pipesize", Text::tr("it is −1 or above 0"));
    if (!spec.startupInfo.isEmpty())
        return specFault("startupinfo", Text::tr("it exists on Windows only"));
    if (spec.creationFlags != 0)
        return specFault("creationflags", Text::tr("it exists on Windows only"));

    if (spec.bufferSize < -1)
        return specFault("bufsize", Text::tr("it is −1 or above"));
    if (spec.usesTerminal()
        && (spec.terminalColumns < 1 || spec.terminalColumns > 65535 || spec.terminalRows < 1 || spec.terminalRows > 65535))
        return specFault("terminal", Text::tr("a terminal has between 1 and 65535 columns and rows"));
    for (const QByteArray &file : spec.environmentFiles)
        if (file.isEmpty() || file.contains('\0'))
            return specFault("env", Text::tr("an environment file needs a name without NUL bytes"));
    for (const ChildAction &action : spec.childActions)
        if (const auto fault = childActionFault(action))
            return specFault("preexec_fn", *fault);
    return validateRun(spec);
}

QStringList warnings(const LaunchSpec &spec)
{
    QStringList texts;
    if (spec.bufferSize == 1 && !spec.isText())
        texts.append(Text::tr("bufsize=1 buffers by line in text mode only; the default size is used"));
    if (!spec.passDescriptors.isEmpty() && !spec.closeDescriptors)
        texts.append(Text::tr("pass_fds overrides close_fds=False: all other descriptors are closed"));
    return texts;
}

QByteArrayList effectiveArguments(const LaunchSpec &spec)
{
    if (!spec.shell)
        return spec.arguments;
    // As Python does: the list's first item is the command, further ones are the shell's $0, $1 …
    return QByteArrayList{spec.executable.isEmpty() ? spec.shellPath : spec.executable, "-c"} + spec.arguments;
}

QByteArrayList effectiveEnvironment(const LaunchSpec &spec)
{
    QMap<QByteArray, QByteArray> variables;
    if (spec.usesTerminal()) {
        variables.insert("TERM", "xterm-256color");
        variables.insert("COLORTERM", "truecolor");
    }
    if (spec.inheritEnvironment) {
        for (char **entry = environ; entry && *entry; ++entry) {
            const QByteArray variable(*entry);
            // Of the terminal that we were started from, if any.
            if (spec.usesTerminal()
                && (variable.startsWith("TERM=") || variable.startsWith("COLORTERM=") || variable.startsWith("LINES=")
                    || variable.startsWith("COLUMNS=")))
                continue;
            if (const qsizetype equals = variable.indexOf('='); equals > 0)
                variables.insert(variable.first(equals), variable.sliced(equals + 1));
        }
    }
    for (auto it = spec.environment.begin(); it != spec.environment.end(); ++it) {
        if (it.value())
            variables.insert(it.key(), *it.value());
        else
            variables.remove(it.key());
    }
    QByteArrayList entries;
    for (auto it = variables.begin(); it != variables.end(); ++it)
        entries.append(it.key() + '=' + it.value());
    return entries;
}

QByteArrayList programCandidates(const LaunchSpec &spec)
{
    const QByteArray program = !spec.executable.isEmpty() ? spec.executable : effectiveArguments(spec).first();
    if (program.contains('/'))
        return {program};
    QByteArray path = "/usr/local/bin:/usr/bin:/bin"; // Python's os.defpath has the same meaning: no PATH at all
    if (const auto changed = spec.environment.constFind("PATH"); changed != spec.environment.constEnd())
        path = changed->value_or(path);
    else if (spec.inheritEnvironment && qEnvironmentVariableIsSet("PATH"))
        path = ourEnvironment("PATH");
    QByteArrayList candidates;
    for (const QByteArray &directory : path.split(':'))
        candidates.append(directory.isEmpty() ? program : directory + '/' + program); // empty: the working directory (XBD 8.3)
    return candidates;
}

} // namespace forkscope
