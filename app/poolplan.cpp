// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/poolplan.h"

#include "core/ipc/currentprocess.h"

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <thread>

namespace forkscope {

namespace {

using pool::InputList;

[[noreturn]] void bad(const char *option, const std::string &why)
{
    throw CLI::ValidationError(option, why);
}

[[noreturn]] void bad(const char *option, const Error &error)
{
    bad(option, errorText(error).toStdString());
}

double numberOf(const char *option, const std::string &text, double least)
{
    double number = 0;
    if (!CLI::detail::lexical_cast(text, number) || !std::isfinite(number) || number < least)
        bad(option, "“" + text + "” is no number from " + (least == 0 ? "0" : "1") + " on");
    return number;
}

/// The number before a unit of one letter, times that unit.
double withUnit(const char *option, std::string text, std::initializer_list<std::pair<char, double>> units)
{
    for (const auto &[letter, factor] : units)
        if (!text.empty() && text.back() == letter) {
            text.pop_back();
            return numberOf(option, text, 0) * factor;
        }
    return numberOf(option, text, 0);
}

double secondsOf(const char *option, const std::string &text)
{
    const double seconds = withUnit(option, text, {{'s', 1}, {'m', 60}, {'h', 3600}, {'d', 86'400}});
    if (seconds > 1e9)
        bad(option, "“" + text + "” is too long");
    return seconds;
}

std::chrono::milliseconds millisecondsOf(const char *option, const std::string &text)
{
    return std::chrono::milliseconds(std::llround(secondsOf(option, text) * 1000));
}

int cpus()
{
    return std::max(1, int(ipc::cpuCount()));
}

/// Three descriptors for each job, and some for ourselves.
constexpr rlim_t kDescriptorsOfAJob = 4, kOwnDescriptors = 64;

int asManyAsPossible()
{
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    return int(std::clamp<rlim_t>((limit.rlim_cur - std::min(limit.rlim_cur, kOwnDescriptors)) / kDescriptorsOfAJob, 1, 1000));
}

void makeRoomForDescriptors(int jobs)
{
    const rlim_t needed = rlim_t(jobs) * kDescriptorsOfAJob + kOwnDescriptors;
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < needed) {
        limit.rlim_cur = std::min(needed, limit.rlim_max);
        setrlimit(RLIMIT_NOFILE, &limit);
    }
}

int jobsOf(const std::string &text)
{
    const auto cpu = double(cpus());
    double jobs = 0;
    if (text.ends_with('%'))
        jobs = numberOf("--jobs", text.substr(0, text.size() - 1), 0) * cpu / 100;
    else if (text.starts_with('+'))
        jobs = cpu + numberOf("--jobs", text.substr(1), 0);
    else if (text.starts_with('-'))
        jobs = cpu - numberOf("--jobs", text.substr(1), 0);
    else if ((jobs = numberOf("--jobs", text, 0)) == 0)
        return asManyAsPossible();
    return int(std::clamp(jobs, 1.0, 100'000.0));
}

char delimiterOf(const std::string &text)
{
    static constexpr std::pair<std::string_view, char> escapes[]
        = {{"\\n", '\n'}, {"\\t", '\t'}, {"\\0", '\0'}, {"\\r", '\r'}, {"\\\\", '\\'}};
    for (const auto &[written, meant] : escapes)
        if (text == written)
            return meant;
    if (text.size() != 1)
        bad("--delimiter", "“" + text + "” is no single character");
    return text.front();
}

InputList fileList(const std::string &path, bool linked = false)
{
    return {InputList::Kind::File, {}, QByteArray::fromStdString(path), linked};
}

pool::InputOptions inputsOf(const PoolCommandOptions &options)
{
    pool::InputOptions inputs;
    for (const std::string &file : options.files)
        inputs.lists.append(fileList(file));
    for (const std::string &pattern : options.patterns)
        inputs.lists.append({InputList::Kind::Glob, {}, QByteArray::fromStdString(pattern)});
    for (const std::string &range : options.ranges)
        inputs.lists.append({InputList::Kind::Range, {}, QByteArray::fromStdString(range)});
    std::string mark;
    for (const std::string &word : options.words) {
        const bool isMark = word == ":::" || word == ":::+" || word == "::::" || word == "::::+";
        const bool linked = (isMark ? word : mark).ends_with('+');
        if (isMark) {
            mark = word;
            if (mark.starts_with("::::") && linked && inputs.lists.isEmpty())
                bad("::::+", "there is no list before it");
            if (!mark.starts_with("::::"))
                inputs.lists.append({InputList::Kind::Values, {}, {}, linked});
        } else if (mark.starts_with("::::")) {
            inputs.lists.append(fileList(word, linked));
        } else {
            inputs.lists.last().values.append(QByteArray::fromStdString(word));
        }
    }
    if (inputs.lists.isEmpty())
        inputs.lists.append(fileList("-"));
    if (options.nulDelimited)
        inputs.delimiter = '\0';
    else if (!options.delimiter.empty())
        inputs.delimiter = delimiterOf(options.delimiter);
    inputs.columnSeparator = QByteArray::fromStdString(options.columnSeparator);
    inputs.perCommand = std::max(1, options.perCommand);
    inputs.skipBlank = options.noBlank;
    return inputs;
}

pool::CommandTemplate commandOf(const PoolCommandOptions &options)
{
    QByteArrayList words;
    for (const std::string &word : options.launch.command)
        words.append(QByteArray::fromStdString(word));
    pool::CommandTemplate::Options how;
    how.whole = QByteArray::fromStdString(options.whole);
    if (how.whole.isEmpty())
        bad("-I", "it is empty");
    how.append = options.perCommand != 0;
    how.split = !options.quoted;
    how.shell = options.launch.shell || !options.launch.shellPath.empty();
    if (!options.launch.shellPath.empty())
        how.shellPath = QByteArray::fromStdString(options.launch.shellPath);
    auto made = pool::CommandTemplate::parse(words, how);
    if (!made)
        bad("CMD", made.error());
    return made.value();
}

std::optional<pool::CommandTemplate> tagOf(const PoolCommandOptions &options)
{
    if (!options.tagged && options.tag.empty())
        return {};
    pool::CommandTemplate::Options how;
    how.whole = QByteArray::fromStdString(options.whole);
    how.append = how.split = false;
    const QByteArray text = options.tag.empty() ? how.whole : QByteArray::fromStdString(options.tag);
    return pool::CommandTemplate::parse({text}, how).value();
}

LaunchSpec sharedSpec(const PoolCommandOptions &options)
{
    LaunchOptions launch = options.launch;
    launch.shell = false;
    launch.shellPath.clear();
    if (launch.command.empty())
        launch.command = {options.whole};
    LaunchSpec spec = specOf(launch);
    using Kind = StreamTarget::Kind;
    spec.standardInput.kind = options.openTerminal ? Kind::File : Kind::Null;
    if (options.openTerminal)
        spec.standardInput.path = "/dev/tty";
    spec.standardOutput.kind = spec.standardError.kind = options.ungrouped ? Kind::Inherit : Kind::Pipe;
    return spec;
}

/// Found once, not for each job. Nothing where it differs from job to job, or is not there.
QByteArray programOf(const pool::CommandTemplate &command, LaunchSpec spec)
{
    const auto first = command.arguments({{"a"}, 1, 1}), second = command.arguments({{"b"}, 2, 2});
    if (!first || !second || first.value().value(0).isEmpty() || first.value().first() != second.value().value(0)
        || first.value().first().contains('/') || !spec.environmentFiles.isEmpty())
        return {};
    spec.arguments = first.value();
    for (const QByteArray &file : programCandidates(spec)) {
        struct stat info {
        };
        if (file.startsWith('/') && stat(file.constData(), &info) == 0 && S_ISREG(info.st_mode)
            && access(file.constData(), X_OK) == 0)
            return file;
        if (!file.startsWith('/'))
            break; // relative to its directory
    }
    return {};
}

pool::TaskOptions taskOf(const PoolCommandOptions &options)
{
    pool::TaskOptions task;
    task.retries = options.attempts == 0 ? kMostAttempts - 1 : options.attempts - 1;
    if (!options.retryDelay.empty())
        task.retryDelay.first = millisecondsOf("--retry-delay", options.retryDelay);
    if (!options.timeout.empty() && !options.timeout.ends_with('%')) {
        task.timeout = millisecondsOf("--timeout", options.timeout);
        if (task.timeout->count() == 0)
            task.timeout.reset(); // as in GNU parallel
    }
    return task;
}

pool::PoolLimits limitsOf(const PoolCommandOptions &options)
{
    pool::PoolLimits limits;
    const std::string &load = options.load;
    if (load.ends_with('%'))
        limits.load = numberOf("--load", load.substr(0, load.size() - 1), 0) * cpus() / 100;
    else if (!load.empty())
        limits.load = numberOf("--load", load, 0);
    if (options.memoryPressure > 0)
        limits.memoryPressure = options.memoryPressure;
    if (!options.freeMemory.empty()) {
        std::string size = options.freeMemory;
        size.back() = char(std::toupper(static_cast<unsigned char>(size.back())));
        const double bytes = withUnit("--memfree", size, {{'K', 0x1p10}, {'M', 0x1p20}, {'G', 0x1p30}, {'T', 0x1p40}});
        limits.freeMemory = qint64(std::min(bytes, 0x1p62));
    }
    return limits;
}

} // namespace

PoolPlan planOf(const PoolCommandOptions &options)
{
    PoolPlan plan;
    plan.command = commandOf(options);
    plan.tag = tagOf(options);
    plan.inputs = inputsOf(options);
    plan.givesInputs = options.perCommand != 0;
    plan.shuffled = options.shuffled;
    plan.spec = sharedSpec(options);
    plan.spec.executable = programOf(plan.command, plan.spec);
    plan.jobs = jobsOf(options.jobs);
    makeRoomForDescriptors(plan.jobs);
    plan.task = taskOf(options);
    if (options.timeout.ends_with('%'))
        plan.timeoutPercent = int(numberOf("--timeout", options.timeout.substr(0, options.timeout.size() - 1), 1));
    if (!options.delay.empty())
        plan.delay = millisecondsOf("--delay", options.delay);
    auto halt = pool::HaltRule::parse(QString::fromStdString(options.halt));
    if (!halt)
        bad("--halt", halt.error());
    plan.halt = halt.value();
    plan.limits = limitsOf(options);
    plan.output.byLine = options.byLine;
    plan.output.inOrder = options.keepOrder;
    plan.capturesOutput = !options.ungrouped;
    plan.verbose = options.verbose;
    plan.json = options.json;
    if (options.json && (options.ungrouped || options.byLine))
        bad("--json", "the output of a job is in its object: it cannot come by line or ungrouped");
    plan.appendsJobLog = options.jobLog.starts_with('+');
    plan.jobLog = QString::fromLocal8Bit(options.jobLog.substr(plan.appendsJobLog));
    plan.resumes = options.resumes || options.resumesFailed;
    plan.resumesFailed = options.resumesFailed;
    return plan;
}

} // namespace forkscope
