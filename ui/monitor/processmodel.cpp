// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/monitor/processmodel.h"

#include "ui/monitor/processtext.h"

#include <map>

namespace forkscope {

ProcessModel::ProcessModel(const Journal &journal, bool live, QObject *parent)
    : QAbstractItemModel(parent), m_journal(journal), m_live(live)
{
}

ProcessModel::Advance ProcessModel::advance()
{
    if (m_end)
        return {false, m_end->advance(m_journal).more};
    const ProcessTable::Changes changes = m_table.advance(m_journal);
    const bool grew = changes.firstNew < m_table.rowCount();
    if (grew)
        insertNew(changes.firstNew);
    emitChanged(changes.changed);
    return {grew || !changes.changed.isEmpty(), changes.more};
}

void ProcessModel::showMoment(ProcessHistory::State state, qint64 timeNs)
{
    m_momentNs = timeNs;
    m_momentRecord = state.endRecord;
    if (!m_end)
        m_end = m_table;
    setTable(std::move(state.table));
}

void ProcessModel::showEnd()
{
    if (!m_end)
        return;
    m_momentNs.reset();
    setTable(std::move(*m_end));
    m_end.reset();
}

namespace {

/// Whether a view could tell them apart.
bool looksSame(const ProcessRow &a, const ProcessRow &b)
{
    return a.process == b.process && a.ppid == b.ppid && a.state == b.state && a.cpuPermille == b.cpuPermille
        && a.cpuNs == b.cpuNs && a.residentBytes == b.residentBytes && a.maxResidentBytes == b.maxResidentBytes
        && a.threads == b.threads && a.startedNs == b.startedNs && a.endedNs == b.endedNs && a.exit == b.exit
        && bool(a.failure) == bool(b.failure) && bool(a.signalSent) == bool(b.signalSent) && a.name == b.name
        && a.arguments == b.arguments;
}

} // namespace

void ProcessModel::setTable(ProcessTable table)
{
    // Rows are only ever added to a table: the earlier one is the beginning of the later one.
    const int common = std::min(m_table.rowCount(), table.rowCount());
    removeFrom(common);
    QList<int> changed;
    for (int i = 0; i < common; ++i)
        if (!looksSame(m_table.row(i), table.row(i)))
            changed.append(i);
    m_table = std::move(table);
    insertNew(common);
    emitChanged(changed);
}

/// The last rows, with all that was forked by them. The views hear of it while the table still has them.
void ProcessModel::removeFrom(int first)
{
    std::map<int, int> counts; // parent that stays (−1: none) → how many of its children go
    for (int i = first; i < m_table.rowCount(); ++i)
        if (m_table.row(i).parent < first)
            ++counts[m_table.row(i).parent];
    for (const auto &[up, count] : counts) {
        const int shown = up < 0 ? int(m_shownLaunches.size()) : m_nodes[size_t(up)].shownChildren;
        beginRemoveRows(up < 0 ? QModelIndex() : indexOf(up), shown - count, shown - 1);
        if (up < 0)
            m_shownLaunches.resize(shown - count);
        else
            m_nodes[size_t(up)].shownChildren = shown - count;
        endRemoveRows();
    }
    m_nodes.resize(size_t(std::min(first, int(m_nodes.size()))));
}

void ProcessModel::insertNew(int first)
{
    std::map<int, QList<int>> batches; // old parent (−1: none) → its new children
    for (int i = first; i < m_table.rowCount(); ++i) {
        const int up = m_table.row(i).parent;
        m_nodes.push_back({0, up < 0 ? i : rootOf(up), 0});
        if (up < first) {
            batches[up].append(i);
        } else {
            // It comes with its parent, which is new itself: no view knows of either yet.
            Node &node = m_nodes[size_t(up)];
            m_nodes.back().position = node.shownChildren++;
        }
    }
    for (const auto &[up, rows] : batches) {
        const int shown = up < 0 ? int(m_shownLaunches.size()) : m_nodes[size_t(up)].shownChildren;
        for (int k = 0; k < rows.size(); ++k)
            m_nodes[size_t(rows[k])].position = shown + k;
        beginInsertRows(up < 0 ? QModelIndex() : indexOf(up), shown, shown + int(rows.size()) - 1);
        if (up < 0)
            m_shownLaunches.append(rows);
        else
            m_nodes[size_t(up)].shownChildren += int(rows.size());
        endInsertRows();
    }
}

void ProcessModel::emitChanged(const QList<int> &rows)
{
    static const QList<int> roles = {Qt::DisplayRole, Qt::DecorationRole, Qt::ToolTipRole, SortRole};
    std::map<int, QList<int>> byParent;
    for (int row : rows)
        byParent[m_table.row(row).parent].append(row);
    for (const auto &batch : byParent) {
        const QList<int> &siblings = batch.second;
        for (qsizetype from = 0; from < siblings.size();) {
            // (clang 14 cannot capture a structured binding)
            const auto position = [this, &siblings = siblings](qsizetype k) { return m_nodes[size_t(siblings[k])].position; };
            qsizetype to = from;
            while (to + 1 < siblings.size() && position(to + 1) == position(to) + 1)
                ++to;
            emit dataChanged(indexOf(siblings[from], 0), indexOf(siblings[to], ColumnCount - 1), roles);
            from = to + 1;
        }
    }
}

int ProcessModel::tableRow(const QModelIndex &index) const
{
    return index.isValid() ? int(index.internalId()) : -1;
}

QModelIndex ProcessModel::indexOf(int tableRow, int column) const
{
    if (tableRow < 0 || tableRow >= int(m_nodes.size()))
        return {};
    return createIndex(m_nodes[size_t(tableRow)].position, column, quintptr(tableRow));
}

QModelIndex ProcessModel::index(int row, int column, const QModelIndex &parent) const
{
    if (row < 0 || column < 0 || column >= ColumnCount || row >= rowCount(parent))
        return {};
    const int up = tableRow(parent);
    return createIndex(row, column, quintptr(up < 0 ? m_shownLaunches[row] : m_table.row(up).children[row]));
}

QModelIndex ProcessModel::parent(const QModelIndex &child) const
{
    return child.isValid() ? indexOf(m_table.row(tableRow(child)).parent) : QModelIndex();
}

int ProcessModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return int(m_shownLaunches.size());
    return parent.column() == 0 ? m_nodes[size_t(tableRow(parent))].shownChildren : 0;
}

int ProcessModel::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

QVariant ProcessModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const ProcessRow &row = m_table.row(tableRow(index));
    switch (role) {
    case Qt::DisplayRole:
        return display(row, index.column());
    case Qt::DecorationRole:
        return index.column() == State ? statusIcon(!isLive() && row.isRunning() ? Status::Unknown : ProcessText::status(row))
                                       : QVariant();
    case Qt::ToolTipRole:
        return toolTip(row, index.column());
    case Qt::AccessibleTextRole:
        return index.column() == Name ? tr("%1, %2").arg(ProcessText::nameAndPid(row), display(row, State).toString())
                                      : QVariant();
    case Qt::TextAlignmentRole: {
        static constexpr bool kNumeric[ColumnCount] = {false, false, true, true, false, true, true, true, true, false};
        return int(Qt::AlignVCenter | (kNumeric[index.column()] ? Qt::AlignRight : Qt::AlignLeft));
    }
    case SortRole:
        return sortValue(row, index.column());
    default:
        return {};
    }
}

QVariant ProcessModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::DisplayRole)
        return columnTitle(Column(section));
    if (role == Qt::TextAlignmentRole)
        return section >= Pid && section != State && section != Exit ? int(Qt::AlignRight | Qt::AlignVCenter)
                                                                     : int(Qt::AlignLeft | Qt::AlignVCenter);
    return {};
}

} // namespace forkscope
