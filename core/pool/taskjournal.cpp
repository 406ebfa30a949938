// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pool/taskjournal.h"

#include "core/ipc/codec.h"
#include "core/pool/commandrun.h"
#include "core/pool/launchcbor.h"
#include "core/pool/taskcodec.h"

#include <QCoreApplication>

namespace forkscope::pool {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(pool::Pool)
};

// Keys of what tasks share.
const QString kFunction = QStringLiteral("function");
const QString kCommand = QStringLiteral("command");
const QString kOptions = QStringLiteral("options");
// Keys of what each has of its own.
const QString kArguments = QStringLiteral("args");
const QString kKeywords = QStringLiteral("kwargs");
const QString kArgv = QStringLiteral("argv");
const QString kAfter = QStringLiteral("after");
const QString kItems = QStringLiteral("items"); ///< the argument of one call each
const QString kCalls = QStringLiteral("calls"); ///< the arguments of one call each

QCborMap toCbor(const TaskOptions &options)
{
    QCborMap map;
    if (options.timeout)
        map[QStringLiteral("timeout")] = qint64(options.timeout->count());
    if (options.retries)
        map[QStringLiteral("retries")] = options.retries;
    if (options.retryDelay.first.count())
        map[QStringLiteral("delay")] = QCborArray{
            qint64(options.retryDelay.first.count()), options.retryDelay.factor, qint64(options.retryDelay.most.count())};
    if (options.priority)
        map[QStringLiteral("priority")] = options.priority;
    if (!options.tags.isEmpty())
        map[QStringLiteral("tags")] = QCborArray::fromStringList(options.tags);
    return map;
}

TaskOptions optionsOf(const QCborMap &map)
{
    TaskOptions options;
    if (const QCborValue timeout = map[QStringLiteral("timeout")]; timeout.isInteger())
        options.timeout = std::chrono::milliseconds(timeout.toInteger());
    options.retries = int(map[QStringLiteral("retries")].toInteger());
    if (const QCborArray delay = map[QStringLiteral("delay")].toArray(); delay.size() == 3)
        options.retryDelay = {std::chrono::milliseconds(delay[0].toInteger()), delay[1].toDouble(),
            std::chrono::milliseconds(delay[2].toInteger())};
    options.priority = int(map[QStringLiteral("priority")].toInteger());
    for (const QCborValue tag : map[QStringLiteral("tags")].toArray())
        options.tags.append(tag.toString());
    return options;
}

QCborArray toCbor(const QByteArrayList &list)
{
    QCborArray array;
    for (const QByteArray &item : list)
        array.append(item);
    return array;
}

QCborArray toCbor(const QList<TaskId> &ids)
{
    QCborArray array;
    for (const TaskId id : ids)
        array.append(qint64(id));
    return array;
}

QByteArray common(const QByteArray &function, const LaunchSpec *command, const TaskOptions &options)
{
    QCborMap map;
    if (command)
        map[kCommand] = launchToCbor(*command);
    else
        map[kFunction] = QString::fromUtf8(function);
    if (const QCborMap set = toCbor(options); !set.isEmpty())
        map[kOptions] = set;
    return map.toCborValue().toCbor();
}

} // namespace

QByteArray journalCommonOf(const TaskState &task)
{
    return common(task.kind->function, task.kind->command.get(), task.kind->options);
}

QByteArray journalArgumentsOf(const TaskState &task)
{
    QCborMap map;
    if (task.extra && !task.extra->after.isEmpty())
        map[kAfter] = toCbor(task.extra->after);
    QByteArrayView bytes = task.bytes.view();
    if (task.kind->isCommand()) {
        if (!bytes.isEmpty())
            map[kArgv] = toCbor(CommandRun::argumentsOf(task));
    } else if (task.kind->calls == Calls::One) {
        QCborArray positional;
        QCborMap keywords;
        (void)readCall(bytes, positional, keywords); // we have written it
        if (!positional.isEmpty())
            map[kArguments] = positional;
        if (!keywords.isEmpty())
            map[kKeywords] = keywords;
    } else {
        QCborArray calls;
        while (const auto piece = takePiece(bytes)) {
            QByteArrayView one = piece->bytes;
            if (const auto value = takeValue(one))
                calls.append(value.value());
        }
        map[task.kind->calls == Calls::Items ? kItems : kCalls] = calls;
    }
    return map.toCborValue().toCbor();
}

Result<QList<TaskSpec>> tasksFromJournal(const QByteArray &common, const QByteArray &arguments)
{
    const auto shared = ipc::decodeValue(common);
    const auto own = ipc::decodeValue(arguments);
    if (!shared || !own || !shared.value().isMap() || !own.value().isMap())
        return Error{ErrorCode::Malformed, 0, Text::tr("read a task of the recording"), {}, {}};
    const QCborMap all = shared.value().toMap(), map = own.value().toMap();
    TaskSpec spec;
    spec.function = all[kFunction].toString().toUtf8();
    spec.options = optionsOf(all[kOptions].toMap());
    for (const QCborValue id : map[kAfter].toArray())
        spec.options.after.append(TaskId(id.toInteger()));
    if (all.contains(kCommand)) {
        auto command = launchFromCbor(all[kCommand].toMap());
        if (!command)
            return command.error();
        spec.command = std::make_shared<const LaunchSpec>(std::move(command).value());
        for (const QCborValue argument : map[kArgv].toArray())
            spec.commandArguments.append(argument.toByteArray());
        return QList<TaskSpec>{spec};
    }
    if (spec.function.isEmpty())
        return Error{ErrorCode::Malformed, 0, Text::tr("read a task of the recording"), {}, {}};
    QList<TaskSpec> specs;
    if (map.contains(kItems) || map.contains(kCalls)) {
        for (const QCborValue item : map[kItems].toArray()) {
            spec.arguments = QCborArray{item};
            specs.append(spec);
        }
        for (const QCborValue call : map[kCalls].toArray()) {
            spec.arguments = call.toArray();
            specs.append(spec);
        }
        return specs;
    }
    spec.arguments = map[kArguments].toArray();
    spec.keywordArguments = map[kKeywords].toMap();
    return QList<TaskSpec>{spec};
}

TaskSpec TaskSpec::ofFunction(QByteArray name, QCborArray arguments, QCborMap keywordArguments)
{
    TaskSpec spec;
    spec.function = std::move(name);
    spec.arguments = std::move(arguments);
    spec.keywordArguments = std::move(keywordArguments);
    return spec;
}

TaskSpec TaskSpec::ofCommand(LaunchSpec command)
{
    TaskSpec spec;
    spec.commandArguments = std::exchange(command.arguments, {});
    spec.command = std::make_shared<const LaunchSpec>(std::move(command));
    return spec;
}

QByteArray TaskSpec::journalCommon() const
{
    return common(function, command.get(), options);
}

QByteArray TaskSpec::journalArguments() const
{
    QCborMap map;
    if (!options.after.isEmpty())
        map[kAfter] = toCbor(options.after);
    if (!commandArguments.isEmpty())
        map[kArgv] = toCbor(commandArguments);
    if (!arguments.isEmpty())
        map[kArguments] = arguments;
    if (!keywordArguments.isEmpty())
        map[kKeywords] = keywordArguments;
    return map.toCborValue().toCbor();
}

Result<TaskSpec> TaskSpec::fromJournal(const QByteArray &common, const QByteArray &arguments)
{
    auto specs = tasksFromJournal(common, arguments);
    if (!specs)
        return specs.error();
    TaskSpec spec = specs.value().value(0);
    // One of many calls shows all of them.
    if (specs.value().size() > 1) {
        QCborArray calls;
        for (const TaskSpec &one : std::as_const(specs.value()))
            calls.append(one.arguments.size() == 1 ? one.arguments.at(0) : QCborValue(one.arguments));
        spec.arguments = calls;
    }
    return spec;
}

} // namespace forkscope::pool
