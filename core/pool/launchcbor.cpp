// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pool/launchcbor.h"

#include <QCborArray>
#include <QCoreApplication>

namespace forkscope::pool {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(pool::Pool)
};

QCborValue written(const QByteArray &bytes)
{
    return bytes;
}
QCborValue written(bool value)
{
    return value;
}
QCborValue written(int value)
{
    return value;
}
QCborValue written(TextErrors errors)
{
    return int(errors);
}
QCborValue written(std::chrono::milliseconds time)
{
    return qint64(time.count());
}
QCborValue written(const QByteArrayList &list)
{
    QCborArray array;
    for (const QByteArray &item : list)
        array.append(item);
    return array;
}
QCborValue written(const StreamTarget &target)
{
    return QCborArray{int(target.kind), target.path, target.append};
}
QCborValue written(const QMap<QByteArray, std::optional<QByteArray>> &variables)
{
    QCborArray array;
    for (auto variable = variables.begin(); variable != variables.end(); ++variable) {
        array.append(variable.key());
        array.append(variable.value() ? QCborValue(*variable.value()) : QCborValue(nullptr));
    }
    return array;
}

void read(const QCborValue &value, QByteArray &into)
{
    into = value.toByteArray();
}
void read(const QCborValue &value, bool &into)
{
    into = value.toBool();
}
void read(const QCborValue &value, int &into)
{
    into = int(value.toInteger());
}
void read(const QCborValue &value, TextErrors &into)
{
    into = TextErrors(std::clamp<qint64>(value.toInteger(), 0, int(TextErrors::SurrogateEscape)));
}
void read(const QCborValue &value, std::chrono::milliseconds &into)
{
    into = std::chrono::milliseconds(value.toInteger());
}
void read(const QCborValue &value, QByteArrayList &into)
{
    into.clear();
    for (const QCborValue item : value.toArray())
        into.append(item.toByteArray());
}
void read(const QCborValue &value, StreamTarget &into)
{
    const QCborArray array = value.toArray();
    into.kind = StreamTarget::Kind(std::clamp<qint64>(array.at(0).toInteger(), 0, int(StreamTarget::Kind::Pty)));
    into.path = array.at(1).toByteArray();
    into.append = array.at(2).toBool();
}
void read(const QCborValue &value, QMap<QByteArray, std::optional<QByteArray>> &into)
{
    const QCborArray array = value.toArray();
    for (qsizetype i = 0; i + 1 < array.size(); i += 2)
        into.insert(array.at(i).toByteArray(),
            array.at(i + 1).isNull() ? std::nullopt : std::optional<QByteArray>(array.at(i + 1).toByteArray()));
}
template<typename T> void read(const QCborValue &value, std::optional<T> &into)
{
    read(value, into.emplace());
}

QCborArray written(const ChildAction &action)
{
    QCborArray array{int(action.index())};
    const auto optional
        = [](const std::optional<quint64> &limit) { return limit ? QCborValue(qint64(*limit)) : QCborValue(nullptr); };
    if (const auto *nice = std::get_if<SetNice>(&action)) {
        array.append(nice->increment);
    } else if (const auto *io = std::get_if<SetIoPriority>(&action)) {
        array.append(int(io->ioClass));
        array.append(io->level);
    } else if (const auto *affinity = std::get_if<SetCpuAffinity>(&action)) {
        for (const int cpu : affinity->cpus)
            array.append(cpu);
    } else if (const auto *limit = std::get_if<SetResourceLimit>(&action)) {
        array.append(int(limit->resource));
        array.append(optional(limit->soft));
        array.append(optional(limit->hard));
    } else if (const auto *policy = std::get_if<SetSchedulingPolicy>(&action)) {
        array.append(int(policy->policy));
        array.append(policy->priority);
    } else if (const auto *score = std::get_if<SetOomScoreAdjust>(&action)) {
        array.append(score->value);
    } else if (const auto *directory = std::get_if<ChangeDirectory>(&action)) {
        array.append(directory->path);
    } else if (const auto *mask = std::get_if<SetUmask>(&action)) {
        array.append(mask->mask);
    } else if (const auto *death = std::get_if<SetParentDeathSignal>(&action)) {
        array.append(death->signal);
    }
    return array;
}

std::optional<ChildAction> actionOf(const QCborArray &array)
{
    const auto number = [&array](qsizetype i) { return int(array.at(i).toInteger()); };
    const auto optional = [&array](qsizetype i) {
        return array.at(i).isInteger() ? std::optional<quint64>(quint64(array.at(i).toInteger())) : std::nullopt;
    };
    switch (number(0)) {
    case 0:
        return SetNice{number(1)};
    case 1:
        return SetIoPriority{SetIoPriority::Class(number(1)), number(2)};
    case 2: {
        SetCpuAffinity affinity;
        for (qsizetype i = 1; i < array.size(); ++i)
            affinity.cpus.append(number(i));
        return affinity;
    }
    case 3:
        return SetResourceLimit{SetResourceLimit::Resource(number(1)), optional(2), optional(3)};
    case 4:
        return SetSchedulingPolicy{SetSchedulingPolicy::Policy(number(1)), number(2)};
    case 5:
        return SetOomScoreAdjust{number(1)};
    case 6:
        return ChangeDirectory{array.at(1).toByteArray()};
    case 7:
        return SetUmask{number(1)};
    case 8:
        return NoNewPrivileges{};
    case 9:
        return SetParentDeathSignal{number(1)};
    default:
        return {};
    }
}

template<typename T> QCborValue written(const std::optional<T> &value)
{
    return written(*value);
}

/// Each field that is written as it is, with its name in the file, of two specs.
template<typename Spec, typename Visitor> void eachField(Spec &spec, const LaunchSpec &other, Visitor visit)
{
    visit("args", spec.arguments, other.arguments);
    visit("executable", spec.executable, other.executable);
    visit("shell", spec.shell, other.shell);
    visit("shellPath", spec.shellPath, other.shellPath);
    visit("stdin", spec.standardInput, other.standardInput);
    visit("stdout", spec.standardOutput, other.standardOutput);
    visit("stderr", spec.standardError, other.standardError);
    visit("bufsize", spec.bufferSize, other.bufferSize);
    visit("pipesize", spec.pipeSize, other.pipeSize);
    visit("columns", spec.terminalColumns, other.terminalColumns);
    visit("rows", spec.terminalRows, other.terminalRows);
    visit("cwd", spec.workingDirectory, other.workingDirectory);
    visit("inheritEnv", spec.inheritEnvironment, other.inheritEnvironment);
    visit("envFiles", spec.environmentFiles, other.environmentFiles);
    visit("env", spec.environment, other.environment);
    visit("closeFds", spec.closeDescriptors, other.closeDescriptors);
    visit("restoreSignals", spec.restoreSignals, other.restoreSignals);
    visit("newSession", spec.startNewSession, other.startNewSession);
    visit("processGroup", spec.processGroup, other.processGroup);
    visit("user", spec.user, other.user);
    visit("group", spec.group, other.group);
    visit("extraGroups", spec.extraGroups, other.extraGroups);
    visit("umask", spec.umask, other.umask);
    visit("text", spec.text, other.text);
    visit("encoding", spec.encoding, other.encoding);
    visit("errors", spec.errors, other.errors);
    visit("input", spec.input, other.input);
    visit("capture", spec.captureOutput, other.captureOutput);
    visit("check", spec.check, other.check);
    visit("timeout", spec.timeout, other.timeout);
}

bool usesDescriptor(const LaunchSpec &spec)
{
    for (const StreamTarget *target : {&spec.standardInput, &spec.standardOutput, &spec.standardError})
        if (target->kind == StreamTarget::Kind::Descriptor)
            return true;
    return !spec.passDescriptors.isEmpty();
}

} // namespace

QCborMap launchToCbor(const LaunchSpec &spec)
{
    static const LaunchSpec unset;
    QCborMap map;
    eachField(spec, unset, [&map](const char *name, const auto &value, const auto &byDefault) {
        if (!(value == byDefault))
            map[QLatin1String(name)] = written(value);
    });
    QCborArray actions;
    for (const ChildAction &action : spec.childActions)
        actions.append(written(action));
    if (!actions.isEmpty())
        map[QLatin1String("actions")] = actions;
    if (usesDescriptor(spec) || spec.childHook)
        map[QLatin1String("incomplete")] = true;
    return map;
}

Result<LaunchSpec> launchFromCbor(const QCborMap &map)
{
    if (map[QLatin1String("incomplete")].toBool())
        return Error{ErrorCode::Unsupported, 0, Text::tr("read a task of the recording"), {},
            Text::tr("the command had descriptors of its program, or a hook")};
    LaunchSpec spec;
    eachField(spec, spec, [&map](const char *name, auto &field, const auto &) {
        if (const QCborValue value = map[QLatin1String(name)]; !value.isUndefined())
            read(value, field);
    });
    for (const QCborValue array : map[QLatin1String("actions")].toArray())
        if (const auto action = actionOf(array.toArray()))
            spec.childActions.append(*action);
    return spec;
}

} // namespace forkscope::pool
