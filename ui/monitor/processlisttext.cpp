// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/monitor/processlisttext.h"

#include "ui/monitor/processtext.h"

#include <QLocale>
#include <QSet>

namespace forkscope {

namespace {

struct ProcessList {
    Q_DECLARE_TR_FUNCTIONS(ProcessList)
};

} // namespace

ProcessListText processListText(const ProcessTable &table, const QList<ProcessKey> &live, const QList<ProcessKey> &roots)
{
    ProcessListText text;
    QStringList chosen;
    int others = 0;
    for (const ProcessKey &process : live) {
        const int row = table.rowOf(process);
        const QString name = row < 0 ? ProcessList::tr("PID %1").arg(process.pid) : ProcessText::nameAndPid(table.row(row));
        const QString command = row < 0 ? QString() : ProcessText::command(table.row(row)).left(300);
        text.lines.append(command.isEmpty() ? name : ProcessList::tr("%1 — %2").arg(name, command));
        if (roots.contains(process))
            chosen.append(name);
        else
            ++others;
    }
    const QString children = others == 1 ? ProcessList::tr("1 child") : ProcessList::tr("%n children", nullptr, others);
    constexpr int kNamed = 3;
    const int unnamed = int(chosen.size()) - kNamed;
    if (unnamed > 1)
        chosen = chosen.mid(0, kNamed) << ProcessList::tr("%n more", nullptr, unnamed);
    if (chosen.isEmpty())
        text.who = others == 1 ? ProcessList::tr("1 child of a process that has ended")
                               : ProcessList::tr("%n children of a process that has ended", nullptr, others);
    else if (others > 0)
        text.who = ProcessList::tr("%1 and %2").arg(chosen.join(QLatin1String(", ")), children);
    else
        text.who = QLocale().createSeparatedList(chosen);
    return text;
}

} // namespace forkscope
