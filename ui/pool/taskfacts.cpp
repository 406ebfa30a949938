// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pool/taskfacts.h"

#include "core/pool/poolrecord.h"
#include "core/pool/taskreader.h"
#include "ui/pool/taskwords.h"
#include "ui/widgets/format.h"

#include <QLocale>

namespace forkscope {

namespace {

QList<DetailFact> outcome(const pool::TaskRow &row, const std::optional<TaskEnd> &end)
{
    QList<DetailFact> facts = {{TaskFacts::tr("State"), TaskWords::stage(row)}};
    if (!end)
        return facts;
    if (const QString exit = TaskWords::exit(end->status); !exit.isEmpty())
        facts.append({TaskFacts::tr("Exit"), exit});
    if (!end->detail.isEmpty() && QString::fromUtf8(end->detail) != TaskWords::exit(end->status))
        facts.append({TaskFacts::tr("Reason"), QString::fromUtf8(end->detail)});
    if (!end->result.isEmpty()) {
        QString value = QCborValue::fromCbor(end->result).toDiagnosticNotation(QCborValue::Compact);
        if (quint64(end->result.size()) < end->resultBytes)
            value = TaskFacts::tr("%1 of CBOR (only its beginning is recorded)").arg(bytesText(qint64(end->resultBytes)));
        facts.append({TaskFacts::tr("Value"), value});
    }
    return facts;
}

QList<DetailFact> times(const pool::TaskRow &row, qint64 nowNs)
{
    QList<DetailFact> facts = {{TaskFacts::tr("Queued"), dateTimeText(row.queuedNs)}};
    const qint64 startNs = row.firstStartNs > 0 ? row.firstStartNs : isOver(row.stage) ? row.endNs : nowNs;
    facts.append({TaskFacts::tr("Waited"), durationText(std::max<qint64>(0, startNs - row.queuedNs))});
    if (row.startNs > 0) {
        facts.append({TaskFacts::tr("Started"), dateTimeText(row.startNs)});
        const qint64 endNs = row.endNs > 0 ? row.endNs : nowNs;
        facts.append({row.endNs > 0 ? TaskFacts::tr("Ran for") : TaskFacts::tr("Runs for"),
            durationText(std::max<qint64>(0, endNs - row.startNs))});
    }
    if (row.attempt > 1 || row.stage == pool::TaskStage::Waiting)
        facts.append({TaskFacts::tr("Attempts"), QLocale().toString(int(row.attempt))});
    return facts;
}

} // namespace

QString TaskFacts::title(quint64 task)
{
    return tr("Task %1").arg(task);
}

QList<DetailGroup> TaskFacts::details(const pool::PoolRecord &record, pool::TaskReader &reader, quint64 task, qint64 nowNs)
{
    constexpr qsizetype kLongest = 20'000;
    const pool::TaskRow &row = record.task(task);
    QList<DetailGroup> groups;
    groups.append({QString(), outcome(row, reader.end(record, task))});
    if (const auto spec = reader.spec(record, task)) {
        QList<DetailFact> facts = {{QString(), TaskWords::name(spec.value(), kLongest)}};
        if (!spec.value().options.tags.isEmpty())
            facts.append({tr("Tags"), spec.value().options.tags.join(QStringLiteral(", "))});
        if (spec.value().options.priority != 0)
            facts.append({tr("Priority"), QLocale().toString(spec.value().options.priority)});
        if (spec.value().options.timeout)
            facts.append({tr("Timeout"), durationText(spec.value().options.timeout->count() * 1'000'000)});
        if (spec.value().options.retries > 0)
            facts.append({tr("Retries"), QLocale().toString(spec.value().options.retries)});
        groups.append({spec.value().function.isEmpty() ? tr("Command") : tr("Function"), facts});
    } else {
        groups.append({tr("Task"), {{QString(), spec.error().detail}}});
    }
    groups.append({tr("Time"), times(row, nowNs)});
    if (row.lane >= 0 && !row.process.isNull())
        groups.append(
            {tr("Process"), {{tr("Worker"), QLocale().toString(row.lane)}, {tr("PID"), QString::number(row.process.pid)}}});
    return groups;
}

QString TaskFacts::toolTip(const pool::PoolRecord &record, pool::TaskReader &reader, quint64 task, qint64 nowNs)
{
    constexpr qsizetype kLongest = 300;
    const pool::TaskRow &row = record.task(task);
    const auto spec = reader.spec(record, task);
    QStringList lines = {tr("Task %1: %2").arg(task).arg(TaskWords::stage(row))};
    if (spec)
        lines.append(TaskWords::name(spec.value(), kLongest));
    for (const DetailFact &fact : times(row, nowNs))
        if (fact.label != tr("Queued") && fact.label != tr("Started"))
            lines.append(tr("%1: %2", "name of a fact: its value").arg(fact.label, fact.value));
    if (!row.process.isNull())
        lines.append(tr("PID %1 on worker %2").arg(QString::number(row.process.pid), QLocale().toString(row.lane)));
    if (const auto end = reader.end(record, task))
        if (const QString reason = TaskWords::reason(*end); !reason.isEmpty())
            lines.append(reason.left(kLongest));
    return lines.join(QLatin1Char('\n'));
}

QString TaskFacts::laneToolTip(const pool::PoolRecord &record, int number, qint64 nowNs)
{
    const pool::Lane &lane = record.lanes()[size_t(number)];
    QStringList lines = {tr("Worker %1").arg(QLocale().toString(number)),
        tr("%n attempt(s) at tasks", nullptr, int(std::min<size_t>(lane.bars.size(), 1'000'000'000))),
        tr("busy %1 of its time").arg(percentText(int(record.utilisation(lane, nowNs) * 1000)))};
    if (lane.workersLost > 0)
        lines.append(tr("%n worker process(es) lost here, and replaced", nullptr, int(lane.workersLost)));
    if (lane.untilNs > 0)
        lines.append(tr("The pool was made smaller: it takes no more tasks."));
    return lines.join(QLatin1Char('\n'));
}

} // namespace forkscope
