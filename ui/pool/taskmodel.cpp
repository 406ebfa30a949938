// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pool/taskmodel.h"

#include "core/pool/taskreader.h"
#include "ui/pool/taskwords.h"
#include "ui/widgets/format.h"

#include <QLocale>

#include <algorithm>
#include <numeric>

namespace forkscope {

using pool::TaskRow;

namespace {

constexpr int kBetweenFindsMs = 1000; ///< while tasks come and end
constexpr int kMostRows = 2'000'000'000;

/// Changes whenever a filter or an order may give something else.
quint64 revisionOf(const pool::PoolRecord &pool)
{
    return pool.taskCount() * 3 + pool.overCount() * 5 + pool.count(pool::TaskStage::Running) * 7 + pool.retryCount() * 11;
}

} // namespace

TaskModel::TaskModel(const Journal &journal, QObject *parent) : QAbstractTableModel(parent), m_journal(journal) { }

TaskModel::~TaskModel() = default;

void TaskModel::setPool(const pool::PoolRecord *record, pool::TaskReader *reader)
{
    m_job.cancel();
    ++m_request;
    m_finding = false;
    beginResetModel();
    m_pool = record;
    m_reader = reader;
    m_order.clear();
    m_count = 0;
    m_ordered = !m_criteria.isTrivial();
    m_foundAt = 0;
    m_sinceFound.invalidate();
    endResetModel();
}

bool TaskModel::refresh(qint64 nowNs)
{
    m_nowNs = nowNs;
    if (!m_pool)
        return true;
    if (!m_ordered)
        grow();
    if (!m_criteria.isTrivial() && revisionOf(*m_pool) != m_foundAt
        && (!m_sinceFound.isValid() || m_sinceFound.hasExpired(kBetweenFindsMs)))
        findSoon();
    if (rowCount() > 0)
        emit dataChanged(index(0, Stage), index(rowCount() - 1, Reason));
    return m_criteria.isTrivial() || (!m_finding && revisionOf(*m_pool) == m_foundAt);
}

void TaskModel::grow()
{
    const int count = int(std::min<quint64>(m_pool->taskCount(), kMostRows));
    if (count <= m_count)
        return;
    beginInsertRows({}, m_count, count - 1);
    m_count = count;
    endInsertRows();
}

void TaskModel::setCriteria(const TaskCriteria &criteria)
{
    if (m_criteria == criteria)
        return;
    m_criteria = criteria;
    ++m_request; // what is being looked for is not wanted any more
    m_finding = false;
    if (m_pool)
        findSoon();
}

void TaskModel::findSoon()
{
    if (m_finding)
        return;
    m_finding = true;
    m_foundAt = revisionOf(*m_pool);
    const auto order = std::make_shared<TaskOrder>(*m_pool, m_criteria, m_nowNs);
    m_job.start([this, order, request = ++m_request](const std::atomic<bool> &cancelled) {
        auto tasks = std::make_shared<std::vector<quint32>>(order->find(m_journal, cancelled));
        if (cancelled)
            return;
        QMetaObject::invokeMethod(
            this,
            [this, tasks, request] {
                if (request != m_request)
                    return;
                m_finding = false;
                m_sinceFound.start();
                apply(std::move(*tasks));
                emit found();
            },
            Qt::QueuedConnection);
    });
}

/// Rows go, come and change places; what is selected stays selected.
void TaskModel::apply(std::vector<quint32> order)
{
    if (!m_ordered) {
        m_order.resize(size_t(m_count));
        std::iota(m_order.begin(), m_order.end(), 0);
        m_ordered = true;
    }
    quint32 largest = 0;
    for (const auto *tasks : {&order, &m_order})
        for (const quint32 task : *tasks)
            largest = std::max(largest, task);
    std::vector<bool> wanted(size_t(largest) + 1), had(size_t(largest) + 1);
    for (const quint32 task : order)
        wanted[task] = true;
    for (const quint32 task : m_order)
        had[task] = true;

    std::vector<quint32> kept, gone, fresh;
    for (const quint32 task : order)
        (had[task] ? kept : fresh).push_back(task);
    for (const quint32 task : m_order)
        if (!wanted[task])
            gone.push_back(task);
    const size_t keptCount = kept.size();
    kept.insert(kept.end(), gone.begin(), gone.end());
    permute(std::move(kept));
    if (!gone.empty()) {
        beginRemoveRows({}, int(keptCount), int(m_order.size()) - 1);
        m_order.resize(keptCount);
        endRemoveRows();
    }
    if (!fresh.empty()) {
        beginInsertRows({}, int(keptCount), int(keptCount + fresh.size()) - 1);
        m_order.insert(m_order.end(), fresh.begin(), fresh.end());
        endInsertRows();
    }
    permute(std::move(order));
    if (m_criteria.isTrivial()) { // all, in their order
        m_count = int(m_order.size());
        m_ordered = false;
        m_order.clear();
        grow();
    }
}

/// The same tasks in another order.
void TaskModel::permute(std::vector<quint32> order)
{
    if (order == m_order)
        return;
    emit layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
    const QModelIndexList before = persistentIndexList();
    if (!before.isEmpty()) {
        std::vector<int> rows(size_t(*std::max_element(order.begin(), order.end())) + 1, -1);
        for (size_t i = 0; i < order.size(); ++i)
            rows[order[i]] = int(i);
        QModelIndexList after;
        after.reserve(before.size());
        for (const QModelIndex &one : before)
            after.append(index(rows[m_order[size_t(one.row())]], one.column()));
        changePersistentIndexList(before, after);
    }
    m_order = std::move(order);
    emit layoutChanged({}, QAbstractItemModel::VerticalSortHint);
}

int TaskModel::rowOf(quint64 task) const
{
    if (!m_ordered)
        return task < quint64(m_count) ? int(task) : -1;
    const auto at = std::find(m_order.begin(), m_order.end(), quint32(task));
    return at == m_order.end() ? -1 : int(at - m_order.begin());
}

int TaskModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_ordered ? int(m_order.size()) : m_count;
}

int TaskModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant TaskModel::text(quint64 number, Column column) const
{
    const TaskRow &task = m_pool->task(number);
    switch (column) {
    case Number:
        return QString::number(number);
    case Stage:
        return TaskWords::stage(task);
    case Task: {
        const auto spec = m_reader->spec(*m_pool, number);
        return spec ? TaskWords::name(spec.value()) : spec.error().detail;
    }
    case Lane:
        return task.lane < 0 ? QVariant() : QString::number(task.lane);
    case Pid:
        return task.process.isNull() ? QVariant() : QString::number(task.process.pid);
    case Waited: {
        const qint64 ns = waitedNs(task, m_nowNs);
        return ns < 0 ? QVariant() : durationText(ns);
    }
    case Ran: {
        const qint64 ns = ranNs(task, m_nowNs);
        return ns < 0 ? QVariant() : durationText(ns);
    }
    case Attempts:
        return task.attempt == 0 ? QVariant() : QLocale().toString(int(task.attempt));
    case Reason: {
        if (!isTrouble(task.stage) && !(task.stage == pool::TaskStage::Waiting && task.attempt > 0))
            return {};
        const auto end = m_reader->end(*m_pool, number);
        return end ? TaskWords::reason(*end).replace(QLatin1Char('\n'), QChar(0x21b5)) : QVariant();
    }
    case ColumnCount:
        break;
    }
    return {};
}

QVariant TaskModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || !m_pool || index.row() >= rowCount())
        return {};
    const quint64 task = taskOf(index.row());
    const auto column = Column(index.column());
    if (role == Qt::DisplayRole)
        return text(task, column);
    if (role == Qt::ToolTipRole && (column == Task || column == Reason))
        return text(task, column);
    if (role == Qt::DecorationRole && column == Stage)
        return statusIcon(TaskWords::mark(m_pool->task(task).stage));
    if (role == Qt::TextAlignmentRole && column != Stage && column != Task && column != Reason)
        return int(Qt::AlignRight | Qt::AlignVCenter);
    return {};
}

QVariant TaskModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return section == Stage || section == Task || section == Reason ? int(Qt::AlignLeft | Qt::AlignVCenter)
                                                                        : int(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (Column(section)) {
    case Number:
        return tr("No.");
    case Stage:
        return tr("State");
    case Task:
        return tr("Task");
    case Lane:
        return tr("Worker");
    case Pid:
        return tr("PID");
    case Waited:
        return tr("Waited");
    case Ran:
        return tr("Ran");
    case Attempts:
        return tr("Attempts");
    case Reason:
        return tr("Reason");
    case ColumnCount:
        break;
    }
    return {};
}

void TaskModel::sort(int column, Qt::SortOrder order)
{
    using Key = TaskCriteria::Key;
    static constexpr Key kKeys[ColumnCount]
        = {Key::Number, Key::Stage, Key::Number, Key::Lane, Key::Pid, Key::Waited, Key::Ran, Key::Attempts, Key::Stage};
    TaskCriteria wanted = m_criteria;
    wanted.key = column < 0 || column >= ColumnCount ? Key::Number : kKeys[column];
    wanted.descending = column >= 0 && order == Qt::DescendingOrder;
    setCriteria(wanted);
}

} // namespace forkscope
