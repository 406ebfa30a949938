// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/launchoptions.h"

#include "app/clichecks.h"
#include "core/launch/signals.h"

#include <charconv>
#include <optional>
#include <utility>

namespace forkscope {

namespace {

[[noreturn]] void bad(const char *option, const std::string &why)
{
    throw CLI::ValidationError(option, why);
}

template<typename Number> Number numberOf(const char *option, const std::string &text, int base = 10)
{
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
    if (error != std::errc() || end != text.data() + text.size())
        bad(option, "“" + text + "” is no number");
    return number;
}

/// "64K", "1G": powers of 1024.
quint64 sizeOf(const char *option, std::string text)
{
    static constexpr std::string_view units = "KMGT";
    quint64 factor = 1;
    if (!text.empty())
        if (const size_t unit = units.find(text.back()); unit != std::string_view::npos) {
            factor = quint64(1) << (10 * (unit + 1));
            text.pop_back();
        }
    return numberOf<quint64>(option, text) * factor;
}

std::pair<std::string, std::optional<std::string>> splitAt(const std::string &text, char separator)
{
    const size_t at = text.find(separator);
    if (at == std::string::npos)
        return {text, {}};
    return {text.substr(0, at), text.substr(at + 1)};
}

/// "null", "inherit", "pty", "stdout", "fd:N", "append:FILE" or a file.
StreamTarget targetOf(const char *option, const std::string &text)
{
    StreamTarget target;
    target.kind = StreamTarget::Kind::File;
    if (text.empty() || text == "inherit")
        target.kind = StreamTarget::Kind::Inherit;
    else if (text == "null")
        target.kind = StreamTarget::Kind::Null;
    else if (text == "pty")
        target.kind = StreamTarget::Kind::Pty;
    else if (text == "stdout")
        target.kind = StreamTarget::Kind::StandardOutput;
    else if (text.starts_with("fd:")) {
        target.kind = StreamTarget::Kind::Descriptor;
        target.descriptor = numberOf<int>(option, text.substr(3));
    } else {
        target.append = text.starts_with("append:");
        target.path = QByteArray::fromStdString(target.append ? text.substr(7) : text);
    }
    return target;
}

template<typename Value>
Value oneOf(const char *option, const std::string &text, std::initializer_list<std::pair<std::string_view, Value>> values)
{
    std::string names;
    for (const auto &[name, value] : values) {
        if (text == name)
            return value;
        names += (names.empty() ? "" : ", ") + std::string(name);
    }
    bad(option, "“" + text + "” is none of " + names);
}

SetResourceLimit limitOf(const std::string &text)
{
    using Resource = SetResourceLimit::Resource;
    const auto [name, value] = splitAt(text, '=');
    if (!value)
        bad("--rlimit", "“" + text + "” is not NAME=SOFT[:HARD]");
    SetResourceLimit limit;
    limit.resource = oneOf<Resource>("--rlimit", name,
        {{"core", Resource::Core}, {"cpu", Resource::CpuTime}, {"data", Resource::DataSize}, {"fsize", Resource::FileSize},
            {"memlock", Resource::LockedMemory}, {"nofile", Resource::OpenFiles}, {"nproc", Resource::Processes},
            {"stack", Resource::StackSize}, {"as", Resource::AddressSpace}});
    const auto [soft, hard] = splitAt(*value, ':');
    if (soft != "unlimited")
        limit.soft = sizeOf("--rlimit", soft);
    if (hard && *hard != "unlimited")
        limit.hard = sizeOf("--rlimit", *hard);
    return limit;
}

SetIoPriority ioPriorityOf(const std::string &text)
{
    using Class = SetIoPriority::Class;
    const auto [name, level] = splitAt(text, ':');
    SetIoPriority priority;
    priority.ioClass = oneOf<Class>(
        "--ionice", name, {{"realtime", Class::RealTime}, {"best-effort", Class::BestEffort}, {"idle", Class::Idle}});
    if (level)
        priority.level = numberOf<int>("--ionice", *level);
    return priority;
}

SetSchedulingPolicy schedulingOf(const std::string &text)
{
    using Policy = SetSchedulingPolicy::Policy;
    const auto [name, priority] = splitAt(text, ':');
    SetSchedulingPolicy policy;
    policy.policy = oneOf<Policy>("--sched", name,
        {{"other", Policy::Other}, {"batch", Policy::Batch}, {"idle", Policy::Idle}, {"fifo", Policy::Fifo},
            {"rr", Policy::RoundRobin}});
    if (priority)
        policy.priority = numberOf<int>("--sched", *priority);
    return policy;
}

/// "0,2-3".
SetCpuAffinity cpusOf(const std::string &text)
{
    SetCpuAffinity affinity;
    for (size_t at = 0; at <= text.size();) {
        const size_t comma = std::min(text.find(',', at), text.size());
        const auto [first, last] = splitAt(text.substr(at, comma - at), '-');
        const int from = numberOf<int>("--cpus", first);
        const int to = last ? numberOf<int>("--cpus", *last) : from;
        if (to < from || to - from > 4096)
            bad("--cpus", "“" + text + "” is no list of CPUs");
        for (int cpu = from; cpu <= to; ++cpu)
            affinity.cpus.append(cpu);
        at = comma + 1;
    }
    return affinity;
}

int signalOf(const std::string &text)
{
    const std::string name = text.starts_with("SIG") ? text : "SIG" + text;
    const int number = signalNumber(QLatin1String(name.data(), qsizetype(name.size())));
    return number ? number : numberOf<int>("--parent-death-signal", text);
}

ChildActions actionsOf(const LaunchOptions &options)
{
    ChildActions actions;
    for (const std::string &limit : options.limits)
        actions.append(limitOf(limit));
    if (options.nice != 0)
        actions.append(SetNice{options.nice});
    if (!options.ioPriority.empty())
        actions.append(ioPriorityOf(options.ioPriority));
    if (!options.cpus.empty())
        actions.append(cpusOf(options.cpus));
    if (!options.scheduling.empty())
        actions.append(schedulingOf(options.scheduling));
    if (options.hasOomScoreAdjust)
        actions.append(SetOomScoreAdjust{options.oomScoreAdjust});
    if (options.noNewPrivileges)
        actions.append(NoNewPrivileges{});
    if (!options.deathSignal.empty())
        actions.append(SetParentDeathSignal{signalOf(options.deathSignal)});
    return actions;
}

/// Adds options with a text, or with texts, as its value.
struct Adder {
    CLI::App *command;
    void text(const char *name, std::string &value, const char *help, const char *type) const
    {
        command->add_option(name, value, help)->type_name(type);
    }
    void list(const char *name, std::vector<std::string> &value, const char *help, const char *type) const
    {
        command->add_option(name, value, help)->type_name(type)->allow_extra_args(false);
    }
};

} // namespace

void addPlaceOptions(CLI::App *command, LaunchOptions &options)
{
    const Adder add{command};
    command->add_flag("--shell", options.shell, "The command is one line for /bin/sh (shell=True)");
    add.text("--shell-path", options.shellPath, "That line is for this shell", "SHELL");
    add.text("--cwd,--workdir,--wd", options.workingDirectory, "Working directory of the command", "DIR");
    add.list("--env", options.environment, "Set a variable; without “=VALUE”, remove it. Repeatable", "NAME[=VALUE]");
    add.list("--env-file", options.environmentFiles, "Set the variables of a .env file. Repeatable", "FILE");
    command->add_flag("--clean-env", options.cleanEnvironment, "Start from an empty environment");
}

void addLimitOptions(CLI::App *command, LaunchOptions &options)
{
    const Adder add{command};
    add.list("--rlimit", options.limits,
        "Resource limit: core, cpu, data, fsize, memlock, nofile, nproc, stack or as; K, M, G or unlimited. Repeatable",
        "NAME=SOFT[:HARD]");
    command->add_option("--nice", options.nice, "Add to the nice value")->type_name("N")->check(CLI::Range(-40, 39));
    add.text("--ionice", options.ioPriority, "I/O priority: realtime, best-effort or idle", "CLASS[:LEVEL]");
    add.text("--cpus", options.cpus, "CPUs it may run on, as 0,2-3", "LIST");
    add.text("--sched", options.scheduling, "Scheduling policy: other, batch, idle, fifo or rr", "POLICY[:PRIORITY]");
    command->add_option("--oom-score-adj", options.oomScoreAdjust, "−1000: the kernel never kills it for memory; 1000: first")
        ->type_name("N")
        ->check(CLI::Range(-1000, 1000))
        ->each([&options](const std::string &) { options.hasOomScoreAdjust = true; });
    command->add_flag("--no-new-privs", options.noNewPrivileges, "Setuid programs gain nothing in it");
}

void addLaunchOptions(CLI::App *command, LaunchOptions &options)
{
    const Adder add{command};
    command->prefix_command();
    addPlaceOptions(command, options);
    add.text("--executable", options.executable, "Program to execute; the command's first word stays its name", "FILE");

    add.text("--stdin", options.standardInput, "Read standard input from a file, null, fd:N or pty", "FROM");
    add.text("--stdout", options.standardOutput, "Write standard output to a file, append:FILE, null, fd:N or pty", "TO");
    add.text("--stderr", options.standardError, "The same for standard error, or stdout", "TO");
    command->add_flag("--pty", options.terminal, "A terminal of its own for all three streams");
    command->add_option("--input", options.input, "Text for its standard input")
        ->type_name("TEXT")
        ->each([&options](const std::string &) { options.hasInput = true; });
    command->add_option("--pipe-size", options.pipeSize, "Size of the pipes in bytes, where there are any")
        ->type_name("BYTES")
        ->check(kAboveZero);

    command
        ->add_option(
            "--timeout", options.timeoutSeconds, "Stop the command and its descendants after so many seconds (exit status 124)")
        ->type_name("SECONDS")
        ->check(kAboveZero);
    command->add_flag("--check", options.check, "Say in a sentence how it ended, unless with exit status 0");

    add.text("--user", options.user, "User to run as, by name or number", "USER");
    add.text("--group", options.group, "Group to run as, by name or number", "GROUP");
    add.list("--extra-group", options.extraGroups, "Supplementary group, instead of ours. Repeatable", "GROUP");
    command->add_flag("--no-extra-groups", options.noExtraGroups, "No supplementary groups");
    add.text("--umask", options.umask, "Permissions that new files do not get, in octal", "MASK");
    command->add_flag("--new-session", options.newSession, "A session of its own (setsid)");
    command->add_option("--process-group", options.processGroup, "Join this process group; 0: one of its own")
        ->type_name("N")
        ->check(kFromZero);
    command->add_option("--pass-fd", options.passDescriptors, "Keep this descriptor open in it. Repeatable")
        ->type_name("N")
        ->allow_extra_args(false);
    command->add_flag("--keep-fds", options.keepDescriptors, "Close no descriptors (close_fds=False)");
    command->add_flag("--keep-signals", options.keepSignals, "Leave ignored signals ignored (restore_signals=False)");

    addLimitOptions(command, options);
    add.text("--parent-death-signal", options.deathSignal, "Signal it gets when Forkscope ends", "SIGNAL");
}

void addTextOptions(CLI::App *command, LaunchOptions &options)
{
    command->add_option("--encoding", options.encoding, "With --json: encoding of its output (default: UTF-8)")
        ->type_name("NAME");
    command
        ->add_option("--errors", options.errors,
            "With --json: what becomes of bytes that do not fit: strict, replace, ignore, backslashreplace or surrogateescape")
        ->type_name("HANDLER");
}

LaunchSpec specOf(const LaunchOptions &options)
{
    const auto bytes = [](const std::string &text) { return QByteArray::fromStdString(text); };
    LaunchSpec spec;
    for (const std::string &word : options.command)
        spec.arguments.append(bytes(word));
    spec.shell = options.shell || !options.shellPath.empty();
    if (spec.shell)
        spec.arguments = {spec.arguments.join(' ')};
    if (!options.shellPath.empty())
        spec.shellPath = bytes(options.shellPath);
    spec.executable = bytes(options.executable);
    spec.workingDirectory = bytes(options.workingDirectory);
    spec.inheritEnvironment = !options.cleanEnvironment;
    for (const std::string &file : options.environmentFiles)
        spec.environmentFiles.append(bytes(file));
    for (const std::string &entry : options.environment) {
        const auto [name, value] = splitAt(entry, '=');
        spec.environment.insert(bytes(name), value ? std::optional(bytes(*value)) : std::nullopt);
    }
    spec.standardInput = targetOf("--stdin", options.terminal ? "pty" : options.standardInput);
    spec.standardOutput = targetOf("--stdout", options.terminal ? "pty" : options.standardOutput);
    spec.standardError = targetOf("--stderr", options.terminal ? "pty" : options.standardError);
    if (options.hasInput)
        spec.input = bytes(options.input);
    if (options.pipeSize > 0)
        spec.pipeSize = options.pipeSize;
    if (options.timeoutSeconds > 0)
        spec.timeout = std::chrono::milliseconds(qint64(options.timeoutSeconds * 1000));
    spec.check = options.check;
    if (!options.user.empty())
        spec.user = bytes(options.user);
    if (!options.group.empty())
        spec.group = bytes(options.group);
    if (options.noExtraGroups || !options.extraGroups.empty())
        spec.extraGroups.emplace();
    for (const std::string &group : options.extraGroups)
        spec.extraGroups->append(bytes(group));
    if (!options.umask.empty())
        spec.umask = numberOf<int>("--umask", options.umask, 8);
    spec.startNewSession = options.newSession;
    if (options.processGroup >= 0)
        spec.processGroup = options.processGroup;
    spec.passDescriptors = QList<int>(options.passDescriptors.begin(), options.passDescriptors.end());
    spec.closeDescriptors = !options.keepDescriptors;
    spec.restoreSignals = !options.keepSignals;
    spec.childActions = actionsOf(options);
    spec.encoding = bytes(options.encoding);
    if (!options.errors.empty())
        spec.errors = oneOf<TextErrors>("--errors", options.errors,
            {{"strict", TextErrors::Strict}, {"replace", TextErrors::Replace}, {"ignore", TextErrors::Ignore},
                {"backslashreplace", TextErrors::BackslashReplace}, {"surrogateescape", TextErrors::SurrogateEscape}});
    return spec;
}

} // namespace forkscope
