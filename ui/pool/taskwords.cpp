// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pool/taskwords.h"

#include "core/launch/commandline.h"
#include "ui/monitor/processtext.h"
#include "ui/widgets/bytestext.h"

#include <QGuiApplication>
#include <QLocale>
#include <QPalette>

namespace forkscope {

using pool::TaskStage;

namespace {

QString shortened(QString text, qsizetype most)
{
    if (text.size() > most)
        text = text.left(most) + QChar(0x2026);
    return text.replace(QLatin1Char('\n'), QChar(0x21b5));
}

QString valueText(const QCborValue &value)
{
    if (value.isString())
        return QLatin1Char('"') + value.toString() + QLatin1Char('"');
    return value.toDiagnosticNotation(QCborValue::Compact);
}

QString callText(const pool::TaskSpec &task, qsizetype most)
{
    QString text = QString::fromUtf8(task.function) + QLatin1Char('(');
    bool first = true;
    const auto add = [&](const QString &argument) {
        text += first ? argument : QStringLiteral(", ") + argument;
        first = false;
    };
    for (const QCborValue &argument : task.arguments) {
        if (text.size() > most)
            return text;
        add(valueText(argument));
    }
    for (const auto &[key, value] : task.keywordArguments)
        add(key.toString() + QLatin1Char('=') + valueText(value));
    return text + QLatin1Char(')');
}

} // namespace

QString TaskWords::name(const pool::TaskSpec &task, qsizetype most)
{
    if (!task.function.isEmpty())
        return shortened(callText(task, most), most);
    const bool own = !task.commandArguments.isEmpty() || !task.command;
    const QByteArrayList &words = own ? task.commandArguments : task.command->arguments;
    if (task.command && task.command->shell && words.size() == 1)
        return shortened(textOfBytes(words.constFirst().left(most * 4)), most);
    if (words.size() == 3 && words[0] == "/bin/sh" && words[1] == "-c") // what a person has typed
        return shortened(textOfBytes(words[2].left(most * 4)), most);
    QByteArrayList begin;
    qsizetype length = 0;
    for (const QByteArray &word : words) {
        begin.append(word.left(most * 4));
        if ((length += word.size() + 1) > most * 4)
            break;
    }
    return shortened(quoteCommandLine(begin), most);
}

QString TaskWords::stage(TaskStage stage)
{
    switch (stage) {
    case TaskStage::Waiting:
        return tr("waiting");
    case TaskStage::Running:
        return tr("running");
    case TaskStage::Done:
        return tr("done");
    case TaskStage::Failed:
        return tr("failed");
    case TaskStage::TimedOut:
        return tr("timed out");
    case TaskStage::WorkerLost:
        return tr("worker lost");
    case TaskStage::Cancelled:
        return tr("cancelled");
    case TaskStage::Skipped:
        return tr("skipped");
    }
    return {};
}

QString TaskWords::stage(const pool::TaskRow &task)
{
    return task.stage == TaskStage::Waiting && task.attempt > 0 ? tr("waits to be tried again") : stage(task.stage);
}

Status TaskWords::mark(TaskStage stage)
{
    switch (stage) {
    case TaskStage::Waiting:
        return Status::Waiting;
    case TaskStage::Running:
        return Status::Running;
    case TaskStage::Done:
        return Status::Finished;
    case TaskStage::Failed:
        return Status::Failed;
    case TaskStage::TimedOut:
        return Status::Stopped;
    case TaskStage::WorkerLost:
        return Status::Signalled;
    case TaskStage::Cancelled:
        return Status::NotStarted;
    case TaskStage::Skipped:
        return Status::Unknown;
    }
    return Status::Unknown;
}

QColor TaskWords::color(TaskStage stage)
{
    if (stage == TaskStage::Cancelled)
        return QGuiApplication::palette().color(QPalette::PlaceholderText);
    return statusColor(mark(stage));
}

QString TaskWords::exit(const ExitStatus &status)
{
    switch (status.kind) {
    case ExitStatus::Kind::Exited:
        return tr("exit status %1").arg(QLocale().toString(status.value));
    case ExitStatus::Kind::Signalled:
        return status.coreDumped ? tr("ended by %1, core dumped").arg(ProcessText::signal(status.value))
                                 : tr("ended by %1").arg(ProcessText::signal(status.value));
    default:
        return {};
    }
}

QString TaskWords::reason(const TaskEnd &end)
{
    const QString detail = shortened(QString::fromUtf8(end.detail), 1000), status = exit(end.status);
    return detail.isEmpty() || detail == status ? status : status.isEmpty() ? detail : tr("%1: %2").arg(status, detail);
}

QString TaskWords::state(const pool::PoolRecord &pool)
{
    switch (pool.phase()) {
    case PoolPhase::Finished:
        return tr("finished");
    case PoolPhase::Terminated:
        return tr("terminated: its workers end");
    case PoolPhase::Open:
    case PoolPhase::Closed:
        break;
    }
    switch (pool.hold()) {
    case PoolHold::Paused:
        return tr("paused");
    case PoolHold::Load:
        return tr("holds back: the CPUs are busier than allowed");
    case PoolHold::MemoryPressure:
        return tr("holds back: memory pressure is higher than allowed");
    case PoolHold::FreeMemory:
        return tr("holds back: less memory is free than has to stay free");
    case PoolHold::None:
        break;
    }
    return pool.phase() == PoolPhase::Closed ? tr("closed: does what it has") : tr("open");
}

QString TaskWords::counts(const pool::PoolRecord &pool)
{
    const QLocale locale;
    QStringList parts;
    const auto add = [&](const QString &text, quint64 count, bool always = false) {
        if (count > 0 || always)
            parts.append(text.arg(locale.toString(count)));
    };
    add(tr("%1 running"), pool.count(TaskStage::Running));
    add(tr("%1 waiting"), pool.count(TaskStage::Waiting));
    add(tr("%1 done"), pool.count(TaskStage::Done), true);
    add(tr("%1 failed"), pool.count(TaskStage::Failed));
    add(tr("%1 timed out"), pool.count(TaskStage::TimedOut));
    add(tr("%1 with a lost worker"), pool.count(TaskStage::WorkerLost));
    add(tr("%1 cancelled"), pool.count(TaskStage::Cancelled));
    add(tr("%1 skipped"), pool.count(TaskStage::Skipped));
    return parts.join(QStringLiteral(" · "));
}

QString TaskWords::poolName(const pool::PoolRecord &pool)
{
    return pool.name().isEmpty() ? tr("Pool %1").arg(quint32(pool.id())) : QString::fromUtf8(pool.name());
}

} // namespace forkscope
