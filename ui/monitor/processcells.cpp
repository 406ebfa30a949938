// SPDX-License-Identifier: GPL-3.0-or-later
// What stands in the cells of ProcessModel.
#include "ui/monitor/processmodel.h"
#include "ui/monitor/processtext.h"
#include "ui/widgets/format.h"

#include <QLocale>

namespace forkscope {

namespace {

/// Painting and measuring megabytes of arguments would stall the window; Details and Copy have them in full.
constexpr qsizetype kLongestCell = 600;

QString shortened(QString text)
{
    if (text.size() > kLongestCell)
        text = text.left(kLongestCell) + QChar(0x2026);
    return text.replace(QLatin1Char('\n'), QChar(0x21b5));
}

/// The first arguments, no more than a cell can show.
QString commandCell(const ProcessRow &row)
{
    ProcessRow part;
    part.name = row.name;
    qsizetype length = 0;
    for (const QByteArray &argument : row.arguments) {
        part.arguments.append(argument.left(kLongestCell));
        if ((length += argument.size() + 1) > kLongestCell)
            break;
    }
    return shortened(ProcessText::command(part));
}

} // namespace

QString ProcessModel::columnTitle(Column column)
{
    switch (column) {
    case Name:
        return tr("Name");
    case Command:
        return tr("Command");
    case Pid:
        return tr("PID");
    case Ppid:
        return tr("PPID");
    case State:
        return tr("State");
    case Cpu:
        return tr("CPU %");
    case Memory:
        return tr("Memory");
    case Threads:
        return tr("Threads");
    case Started:
        return tr("Started");
    case Exit:
        return tr("Exit");
    case ColumnCount:
        break;
    }
    return {};
}

QVariant ProcessModel::display(const ProcessRow &row, int column) const
{
    const bool sampled = isLive() && row.isRunning() && row.state != '?';
    switch (column) {
    case Name:
        return ProcessText::name(row);
    case Command:
        return commandCell(row);
    case Pid: // without group separators: it is a name, not a quantity
        return row.process.isNull() ? QVariant() : QString::number(row.process.pid);
    case Ppid:
        return row.ppid > 0 ? QString::number(row.ppid) : QVariant();
    case State:
        return !isLive() && row.isRunning() ? tr("not ended") : ProcessText::state(row);
    case Cpu:
        return sampled ? QLocale().toString(row.cpuPermille / 10.0, 'f', 1) : QVariant();
    case Memory:
        return sampled ? bytesText(row.residentBytes) : QVariant();
    case Threads:
        return sampled ? QLocale().toString(row.threads) : QVariant();
    case Started:
        return clockText(row.startedNs);
    case Exit:
        return ProcessText::exit(row);
    default:
        return {};
    }
}

QVariant ProcessModel::sortValue(const ProcessRow &row, int column) const
{
    switch (column) {
    case Name:
        return ProcessText::name(row).toCaseFolded();
    case Command:
        return commandCell(row).toCaseFolded();
    case Pid:
        return row.process.pid;
    case Ppid:
        return row.ppid;
    case State:
        return int(ProcessText::status(row));
    case Cpu:
        return row.isRunning() ? row.cpuPermille : -1;
    case Memory:
        return row.isRunning() ? row.residentBytes : qint64(-1);
    case Threads:
        return row.isRunning() ? row.threads : -1;
    case Started:
        return row.startedNs;
    case Exit:
        // Running, then exit statuses, then signals, then what never started.
        if (row.failure)
            return 100'000 + row.failure->systemError;
        return !row.exit ? -1 : (row.exit->kind == ExitStatus::Kind::Signalled ? 10'000 : 0) + row.exit->value;
    default:
        return {};
    }
}

QString ProcessModel::toolTip(const ProcessRow &row, int column) const
{
    switch (column) {
    case Name:
    case Command:
        return commandCell(row);
    case State:
    case Exit:
        if (!isLive() && row.isRunning())
            return tr("It still ran when the recording ended.");
        return ProcessText::exitSentence(row);
    case Cpu:
    case Memory:
    case Threads:
        if (isLive() && row.isRunning() && row.state == '?' && samplesGivenUp())
            return tr("The samples of this moment were given up: the recording reached its size limit.");
        break;
    default:
        break;
    }
    switch (column) {
    case Cpu:
        return tr("Share of one CPU since the last sample. CPU time so far: %1").arg(durationText(row.cpuNs));
    case Memory:
        return row.maxResidentBytes < 0 ? tr("Resident memory: pages in RAM, shared ones included")
                                        : tr("Most resident memory it ever had: %1").arg(bytesText(row.maxResidentBytes));
    case Started:
        return row.endedNs ? tr("%1, ended after %2").arg(dateTimeText(row.startedNs), durationText(row.endedNs - row.startedNs))
                           : dateTimeText(row.startedNs);
    default:
        return {};
    }
}

} // namespace forkscope
