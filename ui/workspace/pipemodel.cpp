// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/workspace/pipemodel.h"

#include "core/capture/tap.h"
#include "ui/widgets/format.h"

namespace forkscope {

PipeModel::PipeModel(const Workspace &workspace, QObject *parent) : QAbstractTableModel(parent), m_workspace(workspace)
{
    follow();
}

void PipeModel::follow()
{
    QStringList next;
    for (const WorkspacePipe &pipe : m_workspace.pipes)
        next += pipe.name;
    for (int row = int(m_names.size()) - 1; row >= 0; --row) {
        if (next.contains(m_names[row]))
            continue;
        beginRemoveRows({}, row, row);
        m_names.removeAt(row);
        endRemoveRows();
    }
    for (int row = 0; row < next.size(); ++row) {
        const int now = int(m_names.indexOf(next[row], row));
        if (now > row) {
            beginMoveRows({}, now, now, {}, row);
            m_names.move(now, row);
            endMoveRows();
        } else if (now < 0) {
            beginInsertRows({}, row, row);
            m_names.insert(row, next[row]);
            endInsertRows();
        }
    }
    if (!m_names.isEmpty())
        emit dataChanged(index(0, 0), index(int(m_names.size()) - 1, ColumnCount - 1));
}

QString PipeModel::nameOf(const QModelIndex &index) const
{
    return index.isValid() ? m_names.value(index.row()) : QString();
}

QModelIndex PipeModel::indexOf(const QString &pipe) const
{
    const int row = int(m_names.indexOf(pipe));
    return row < 0 ? QModelIndex() : index(row, Name);
}

int PipeModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_names.size());
}

int PipeModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString PipeModel::keepText(quint32 bytes)
{
    return bytes == 0                   ? tr("counters only")
        : bytes == TapKeep::kEverything ? tr("everything")
                                        : tr("first %1", "bytes of each piece").arg(bytesText(bytes));
}

QString PipeModel::usersText(const WorkspacePipe &pipe, bool writes) const
{
    QStringList users = writes ? pipe.writers : pipe.readers;
    for (const QString &name : usersByPath(m_workspace, pipe.name, writes))
        users += tr("%1 (by path)").arg(name);
    return users.isEmpty() ? tr("⚠ nobody") : users.join(QStringLiteral(", "));
}

QString PipeModel::warning(const Workspace &workspace, const WorkspacePipe &pipe)
{
    const auto unused = [&](bool writes) {
        return (writes ? pipe.writers : pipe.readers).isEmpty() && usersByPath(workspace, pipe.name, writes).isEmpty();
    };
    const bool in = unused(true), out = unused(false);
    return in && out ? tr("No command of the workspace uses it.")
        : in         ? tr("No command writes to it: who reads waits until somebody does.")
        : out        ? tr("No command reads from it: who writes waits once it is full.")
                     : QString();
}

QVariant PipeModel::data(const QModelIndex &index, int role) const
{
    const WorkspacePipe *pipe = findPipe(m_workspace, nameOf(index));
    if (!pipe)
        return {}; // about to be removed
    switch (role) {
    case Qt::DisplayRole:
        return index.column() == Name ? pipe->name
            : index.column() == Kept  ? keepText(pipe->keep)
                                      : usersText(*pipe, index.column() == Writers);
    case Qt::AccessibleTextRole:
        return index.column() != Name
            ? QVariant()
            : tr("%1, written by %2, read by %3, recorded: %4")
                  .arg(pipe->name, usersText(*pipe, true), usersText(*pipe, false), keepText(pipe->keep));
    case Qt::ToolTipRole: {
        QStringList lines = {tr("%1: %2 → %3").arg(pipe->name, usersText(*pipe, true), usersText(*pipe, false)),
            tr("By path: write to $FORKSCOPE_PIPES/%1.in, read from $FORKSCOPE_PIPES/%1.out").arg(pipe->name)};
        if (const QString doubt = warning(m_workspace, *pipe); !doubt.isEmpty())
            lines += QStringLiteral("⚠ ") + doubt;
        return lines.join(u'\n').toHtmlEscaped().replace(u'\n', QStringLiteral("<br>"));
    }
    default:
        return {};
    }
}

QVariant PipeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return tr("Pipe");
    case Writers:
        return tr("Written by");
    case Readers:
        return tr("Read by");
    case Kept:
        return tr("Recorded");
    }
    return {};
}

} // namespace forkscope
