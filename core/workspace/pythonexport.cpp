// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/scriptexport.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QStringDecoder>

namespace forkscope {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(ScriptExport)
};

using Kind = StreamTarget::Kind;

constexpr int kLineWidth = 96;

/// Reads NAME=VALUE files as core/launch does.
constexpr auto kEnvironmentReader = R"python(
def read_env(path):
    found = {}
    for line in open(path, encoding="utf-8", errors="surrogateescape"):
        match = re.fullmatch(
            r"""\s*(?:export\s+)?([^\s=#]+)=(?:'([^']*)'|"((?:[^"\\]|\\.)*)"|([^'"].*?)?)\s*(?:\s#.*)?""",
            line.rstrip("\n"))
        if match:
            name, raw, quoted, bare = match.groups()
            if quoted is not None:
                quoted = re.sub(r"\\(.)", lambda m: {"n": "\n", "t": "\t", "r": "\r"}.get(m[1], m[1]), quoted)
            found[name] = raw or quoted or bare or ""
    return found
)python";

bool isPrintable(char32_t code)
{
    return code < 0x80 ? code >= 0x20 && code < 0x7f : QChar::isPrint(code);
}

/// "text", or b"bytes" where it is no UTF-8.
QString literal(const QByteArray &bytes)
{
    const QString decoded = QString::fromUtf8(bytes);
    const bool utf8 = decoded.toUtf8() == bytes;
    QString result = utf8 ? QStringLiteral("\"") : QStringLiteral("b\"");
    const auto append = [&result, utf8](char32_t code) {
        switch (code) {
        case '\n':
            result += QStringLiteral("\\n");
            return;
        case '\t':
            result += QStringLiteral("\\t");
            return;
        case '\r':
            result += QStringLiteral("\\r");
            return;
        case '"':
        case '\\':
            result += u'\\';
            result += QChar(ushort(code));
            return;
        default:
            if (isPrintable(code) && (utf8 || code < 0x80))
                result += QString::fromUcs4(&code, 1);
            else if (code < 0x100)
                result += QStringLiteral("\\x%1").arg(uint(code), 2, 16, QLatin1Char('0'));
            else if (code < 0x10000)
                result += QStringLiteral("\\u%1").arg(uint(code), 4, 16, QLatin1Char('0'));
            else
                result += QStringLiteral("\\U%1").arg(uint(code), 8, 16, QLatin1Char('0'));
        }
    };
    if (utf8) {
        for (const uint code : decoded.toUcs4())
            append(code);
    } else {
        for (const char byte : bytes)
            append(static_cast<unsigned char>(byte));
    }
    return result + u'"';
}

/// A user or group: a number where it is one.
QString nameOrNumber(const QByteArray &value)
{
    bool isNumber = false;
    const uint number = value.toUInt(&isNumber);
    return isNumber ? QString::number(number) : literal(value);
}

QString octal(int value)
{
    return QStringLiteral("0o%1").arg(value, 0, 8);
}

QString join(const QStringList &items)
{
    return items.join(QStringLiteral(", "));
}

QString listOf(const QByteArrayList &items, QString (*toText)(const QByteArray &))
{
    QStringList texts;
    for (const QByteArray &item : items)
        texts += toText(item);
    return u'[' + join(texts) + u']';
}

/// What the snippet is made of.
struct PythonParts {
    QStringList comments;
    QStringList modules = {QStringLiteral("subprocess")};
    QString helpers; ///< functions before the call
    QStringList call; ///< the arguments of run()

    void import(const char *module)
    {
        if (!modules.contains(QLatin1String(module)))
            modules += QLatin1String(module);
    }
};

QString target(const StreamTarget &target, bool input)
{
    switch (target.kind) {
    case Kind::Inherit:
        return {};
    case Kind::Pipe:
        return QStringLiteral("subprocess.PIPE");
    case Kind::Null:
        return QStringLiteral("subprocess.DEVNULL");
    case Kind::File:
        return QStringLiteral("open(%1, \"%2\")")
            .arg(literal(target.path),
                input               ? QLatin1String("rb")
                    : target.append ? QLatin1String("ab")
                                    : QLatin1String("wb"));
    case Kind::Descriptor:
        return QString::number(target.descriptor);
    case Kind::StandardOutput:
        return QStringLiteral("subprocess.STDOUT");
    case Kind::Pty:
        return QStringLiteral("terminal");
    }
    return {};
}

void addStreams(const LaunchSpec &spec, PythonParts &parts)
{
    const auto add = [&parts](const char *name, const QString &value) {
        if (!value.isEmpty())
            parts.call += QLatin1String(name) + u'=' + value;
    };
    if (spec.input) {
        QString value = literal(*spec.input);
        const bool bytes = value.startsWith(u'b');
        const QByteArray encoding = spec.encoding.toLower();
        if (spec.isText() && (bytes || !(encoding.isEmpty() || encoding == "utf-8" || encoding == "utf8")))
            value = (bytes ? value : u'b' + value)
                + QStringLiteral(".decode(%1, \"surrogateescape\")").arg(literal(encoding.isEmpty() ? "utf-8" : spec.encoding));
        else if (!spec.isText() && !bytes)
            value = std::all_of(spec.input->begin(), spec.input->end(), [](char c) { return c >= 0; })
                ? u'b' + value
                : value + QStringLiteral(".encode()");
        add("input", value);
    } else {
        add("stdin", target(spec.standardInput, true));
    }
    const bool bothPipes = spec.standardOutput.kind == Kind::Pipe && spec.standardError.kind == Kind::Pipe;
    if (spec.captureOutput || bothPipes) {
        add("capture_output", QStringLiteral("True"));
    } else {
        add("stdout", target(spec.standardOutput, false));
        add("stderr", target(spec.standardError, false));
    }
    if (spec.usesTerminal()) {
        parts.import("pty");
        parts.comments += Text::tr("Forkscope shows the terminal; here its output has to be read from “controller”.");
        parts.helpers += QStringLiteral("\ncontroller, terminal = pty.openpty()\n");
    }
}

void addEnvironment(const LaunchSpec &spec, PythonParts &parts)
{
    if (spec.inheritEnvironment && spec.environment.isEmpty() && spec.environmentFiles.isEmpty())
        return;
    QStringList removed;
    QStringList entries;
    for (auto it = spec.environment.begin(); it != spec.environment.end(); ++it) {
        if (it.value())
            entries += literal(it.key()) + QStringLiteral(": ") + literal(*it.value());
        else
            removed += literal(it.key());
    }
    QStringList base;
    if (spec.inheritEnvironment) {
        parts.import("os");
        base += QStringLiteral("**os.environ");
    }
    for (const QByteArray &file : spec.environmentFiles) {
        parts.import("re");
        const bool relative = !file.startsWith('/') && !spec.workingDirectory.isEmpty();
        if (relative)
            parts.import("os");
        base += relative ? QStringLiteral("**read_env(os.path.join(%1, %2))").arg(literal(spec.workingDirectory), literal(file))
                         : QStringLiteral("**read_env(%1)").arg(literal(file));
    }
    if (!spec.environmentFiles.isEmpty())
        parts.helpers += QLatin1Char('\n') + QLatin1String(kEnvironmentReader);
    if (!removed.isEmpty() && !base.isEmpty()) {
        const QString from
            = base.size() == 1 && spec.inheritEnvironment ? QStringLiteral("os.environ") : u'{' + join(base) + u'}';
        base = {QStringLiteral("**{name: value for name, value in %1.items() if name not in (%2,)}").arg(from, join(removed))};
    }
    parts.call += QStringLiteral("env={") + join(base + entries) + u'}';
}

QString resourceName(SetResourceLimit::Resource resource)
{
    static constexpr const char *kNames[] = {"CORE", "CPU", "DATA", "FSIZE", "MEMLOCK", "NOFILE", "NPROC", "STACK", "AS"};
    return QStringLiteral("resource.RLIMIT_") + QLatin1String(kNames[int(resource)]);
}

QString prctl(PythonParts &parts, const QString &arguments)
{
    parts.import("ctypes");
    return QStringLiteral("ctypes.CDLL(None).prctl(%1)").arg(arguments);
}

QString lineFor(const ChildAction &action, PythonParts &parts)
{
    return std::visit(
        [&parts](const auto &step) -> QString {
            using T = std::decay_t<decltype(step)>;
            if constexpr (std::is_same_v<T, SetNice>) {
                parts.import("os");
                return QStringLiteral("os.nice(%1)").arg(step.increment);
            } else if constexpr (std::is_same_v<T, SetIoPriority>) {
                parts.import("os");
                const QString level
                    = step.ioClass == SetIoPriority::Class::Idle ? QString() : QStringLiteral(" \"-n\", \"%1\",").arg(step.level);
                return QStringLiteral("subprocess.run([\"ionice\", \"-c\", \"%1\",%2 \"-p\", str(os.getpid())], check=True)")
                    .arg(int(step.ioClass))
                    .arg(level);
            } else if constexpr (std::is_same_v<T, SetCpuAffinity>) {
                parts.import("os");
                QStringList cpus;
                for (const int cpu : step.cpus)
                    cpus += QString::number(cpu);
                return QStringLiteral("os.sched_setaffinity(0, {%1})").arg(join(cpus));
            } else if constexpr (std::is_same_v<T, SetResourceLimit>) {
                parts.import("resource");
                const QString name = resourceName(step.resource);
                const QString soft = step.soft ? QString::number(*step.soft) : QStringLiteral("resource.RLIM_INFINITY");
                const QString hard
                    = step.hard ? QString::number(*step.hard) : QStringLiteral("resource.getrlimit(%1)[1]").arg(name);
                return QStringLiteral("resource.setrlimit(%1, (%2, %3))").arg(name, soft, hard);
            } else if constexpr (std::is_same_v<T, SetSchedulingPolicy>) {
                parts.import("os");
                static constexpr const char *kNames[] = {"OTHER", "BATCH", "IDLE", "FIFO", "RR"};
                return QStringLiteral("os.sched_setscheduler(0, os.SCHED_%1, os.sched_param(%2))")
                    .arg(QLatin1String(kNames[int(step.policy)]))
                    .arg(step.priority);
            } else if constexpr (std::is_same_v<T, SetOomScoreAdjust>) {
                parts.import("pathlib");
                return QStringLiteral("pathlib.Path(\"/proc/self/oom_score_adj\").write_text(\"%1\")").arg(step.value);
            } else if constexpr (std::is_same_v<T, ChangeDirectory>) {
                parts.import("os");
                return QStringLiteral("os.chdir(%1)").arg(literal(step.path));
            } else if constexpr (std::is_same_v<T, SetUmask>) {
                parts.import("os");
                return QStringLiteral("os.umask(%1)").arg(octal(step.mask));
            } else if constexpr (std::is_same_v<T, NoNewPrivileges>) {
                return prctl(parts, QStringLiteral("38, 1, 0, 0, 0")) + QStringLiteral("  # PR_SET_NO_NEW_PRIVS");
            } else {
                return prctl(parts, QStringLiteral("1, %1").arg(step.signal)) + QStringLiteral("  # PR_SET_PDEATHSIG");
            }
        },
        action);
}

void addChildSide(const LaunchSpec &spec, PythonParts &parts)
{
    const auto add = [&parts](bool used, const QString &argument) {
        if (used)
            parts.call += argument;
    };
    add(!spec.closeDescriptors, QStringLiteral("close_fds=False"));
    if (!spec.passDescriptors.isEmpty()) {
        QString numbers;
        for (const int fd : spec.passDescriptors)
            numbers += QString::number(fd) + QStringLiteral(", ");
        parts.call
            += QStringLiteral("pass_fds=(%1)").arg(spec.passDescriptors.size() > 1 ? numbers.chopped(2) : numbers.chopped(1));
    }
    add(!spec.restoreSignals, QStringLiteral("restore_signals=False"));
    add(spec.startNewSession || spec.usesTerminal(), QStringLiteral("start_new_session=True"));
    if (spec.processGroup)
        parts.call += QStringLiteral("process_group=%1").arg(*spec.processGroup);
    if (spec.user)
        parts.call += QStringLiteral("user=") + nameOrNumber(*spec.user);
    if (spec.group)
        parts.call += QStringLiteral("group=") + nameOrNumber(*spec.group);
    if (spec.extraGroups)
        parts.call += QStringLiteral("extra_groups=") + listOf(*spec.extraGroups, nameOrNumber);
    if (spec.umask)
        parts.call += QStringLiteral("umask=") + octal(*spec.umask);
    QStringList steps;
    if (spec.usesTerminal()) {
        parts.import("fcntl");
        parts.import("termios");
        static constexpr const char *kNames[] = {"standard input", "standard output", "standard error"};
        const StreamTarget *targets[] = {&spec.standardInput, &spec.standardOutput, &spec.standardError};
        const int fd = int(std::find_if(std::begin(targets), std::end(targets), [](const StreamTarget *t) {
            return t->kind == Kind::Pty;
        }) - std::begin(targets));
        steps += QStringLiteral("fcntl.ioctl(%1, termios.TIOCSCTTY, 0)  # %2").arg(fd).arg(QLatin1String(kNames[fd]));
        parts.import("struct");
        parts.helpers += QStringLiteral("fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack(\"HHHH\", %1, %2, 0, 0))\n")
                             .arg(spec.terminalRows)
                             .arg(spec.terminalColumns);
    }
    for (const ChildAction &action : spec.childActions)
        steps += lineFor(action, parts);
    if (!steps.isEmpty()) {
        parts.helpers += QStringLiteral("\n\ndef prepare():\n    ") + steps.join(QStringLiteral("\n    ")) + u'\n';
        parts.call += QStringLiteral("preexec_fn=prepare");
    }
}

void addRun(const LaunchSpec &spec, PythonParts &parts)
{
    if (spec.bufferSize != -1)
        parts.call += QStringLiteral("bufsize=%1").arg(spec.bufferSize);
    if (spec.pipeSize != LaunchSpec().pipeSize && spec.pipeSize != -1)
        parts.call += QStringLiteral("pipesize=%1").arg(spec.pipeSize);
    if (spec.text)
        parts.call += QStringLiteral("text=True");
    if (!spec.encoding.isEmpty())
        parts.call += QStringLiteral("encoding=") + literal(spec.encoding);
    if (spec.errors) {
        static constexpr const char *kNames[] = {"strict", "replace", "ignore", "backslashreplace", "surrogateescape"};
        parts.call += QStringLiteral("errors=\"%1\"").arg(QLatin1String(kNames[int(*spec.errors)]));
    }
    if (spec.timeout) {
        parts.call += QStringLiteral("timeout=") + QString::number(double(spec.timeout->count()) / 1000, 'g', 15);
        parts.comments += Text::tr("After the timeout Python kills the command alone; Forkscope stops its descendants as well.");
    }
    if (spec.check)
        parts.call += QStringLiteral("check=True");
    if (spec.childHook)
        parts.comments += Text::tr("A hook in C++ runs before the command; Python has preexec_fn for that.");
    if (!spec.startupInfo.isEmpty() || spec.creationFlags != 0)
        parts.comments += Text::tr("startupinfo, creationflags: these exist on Windows only.");
}

void addProgram(const LaunchSpec &spec, PythonParts &parts)
{
    parts.call += spec.shell && spec.arguments.size() == 1 ? literal(spec.arguments.first()) : listOf(spec.arguments, literal);
    QByteArray executable = spec.executable;
    if (spec.shell) {
        parts.call += QStringLiteral("shell=True");
        if (executable.isEmpty() && spec.shellPath != "/bin/sh")
            executable = spec.shellPath;
    }
    if (!executable.isEmpty())
        parts.call += QStringLiteral("executable=") + literal(executable);
    if (!spec.workingDirectory.isEmpty())
        parts.call += QStringLiteral("cwd=") + literal(spec.workingDirectory);
}

} // namespace

QString pythonCall(const LaunchSpec &spec)
{
    if (spec.arguments.isEmpty())
        return {};
    PythonParts parts;
    addProgram(spec, parts);
    addStreams(spec, parts);
    addEnvironment(spec, parts);
    addChildSide(spec, parts);
    addRun(spec, parts);

    parts.modules.sort();
    QString text;
    for (const QString &comment : std::as_const(parts.comments))
        text += QStringLiteral("# ") + comment + u'\n';
    for (const QString &module : std::as_const(parts.modules))
        text += QStringLiteral("import ") + module + u'\n';
    text += parts.helpers + (parts.helpers.contains(QLatin1String("def ")) ? QStringLiteral("\n\n") : QStringLiteral("\n"));
    const QString line = QStringLiteral("result = subprocess.run(%1)").arg(join(parts.call));
    if (line.size() <= kLineWidth)
        return text + line + u'\n';
    return text + QStringLiteral("result = subprocess.run(\n    ") + parts.call.join(QStringLiteral(",\n    "))
        + QStringLiteral(",\n)\n");
}

} // namespace forkscope
