// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/traffic/messagelistmodel.h"

#include "ui/traffic/messagenotes.h"

#include <algorithm>
#include <climits>

namespace forkscope {

namespace {

constexpr int kCachedRows = 2000;
constexpr quint64 kMostRows = INT_MAX - 1;

} // namespace

MessageListModel::MessageListModel(const TrafficSource &source, const MessageNotes &notes, QObject *parent)
    : QAbstractTableModel(parent), m_source(source), m_notes(notes), m_cells(kCachedRows)
{
    connect(&m_notes, &MessageNotes::changed, this, [this](quint64 record) {
        const quint64 message = m_source.index().rowOfRecord(record);
        if (const int row = rowOf(message); row >= 0)
            emit dataChanged(index(row, 0), index(row, ColumnCount - 1));
    });
}

MessageListModel::~MessageListModel()
{
    m_job.cancel();
}

/// How many rows there are now, and where they begin.
quint64 MessageListModel::available(quint64 &first) const
{
    const MessageIndex &index = m_source.index();
    quint64 end = index.count();
    first = 0;
    if (m_run)
        end = m_run->matchCount();
    if (!m_records.all()) {
        const quint64 firstRow = index.rowOfRecord(m_records.first);
        const quint64 endRow = m_records.end == RecordRange::kNoEnd ? index.count() : index.rowOfRecord(m_records.end);
        if (m_run && m_run->endRow() < firstRow) {
            first = m_first; // where it begins is not known yet
            return 0;
        }
        first = m_run ? m_run->matchOfRow(firstRow) : firstRow;
        end = std::min(end, m_run ? m_run->matchOfRow(endRow) : endRow);
    }
    return std::min(end - std::min(first, end), kMostRows);
}

void MessageListModel::rearrange(const std::function<void()> &change)
{
    m_job.cancel();
    ++m_request;
    if (std::exchange(m_sorting, false))
        emit sortingChanged(false);
    beginResetModel();
    change();
    endResetModel();
    emit rearranged();
}

void MessageListModel::setRun(std::shared_ptr<filter::FilterRun> run)
{
    rearrange([&] {
        m_run = std::move(run);
        m_order.clear();
        m_key = MessageKey::Number;
        m_count = available(m_first);
    });
}

void MessageListModel::setRecords(const RecordRange &range)
{
    if (m_records == range)
        return;
    m_records = range;
    quint64 first = 0;
    const quint64 count = available(first);
    if (first == m_first && count == m_count)
        return;
    rearrange([&] {
        m_order.clear();
        m_key = MessageKey::Number;
        m_first = first;
        m_count = count;
    });
}

bool MessageListModel::refresh()
{
    quint64 first = 0;
    const quint64 count = available(first);
    if (first != m_first || count < m_count) { // a range of time whose end moved back
        rearrange([&] {
            m_order.clear();
            m_first = first;
            m_count = count;
        });
        return true;
    }
    if (count == m_count)
        return false;
    const bool atTop = m_descending && m_order.empty();
    beginInsertRows({}, atTop ? 0 : int(m_count), atTop ? int(count - m_count) - 1 : int(count) - 1);
    m_count = count;
    endInsertRows();
    return true;
}

quint64 MessageListModel::message(int row) const
{
    auto at = quint64(row);
    if (at < m_order.size())
        return m_order[at];
    if (m_order.empty() && m_descending)
        at = m_count - 1 - at;
    return stretch().row(at);
}

int MessageListModel::rowOf(quint64 message) const
{
    const int row = rowAtOrAfter(message);
    return row >= 0 && row < rowCount() && this->message(row) == message ? row : -1;
}

int MessageListModel::rowAtOrAfter(quint64 message) const
{
    const quint64 place = m_run ? m_run->matchOfRow(message) : message;
    if (place < m_first)
        return !m_order.empty() ? -1 : m_descending ? rowCount() - 1 : 0;
    const quint64 at = std::min(place - m_first, m_count);
    if (!m_order.empty() && at < m_order.size()) {
        const auto found = std::find(m_order.begin(), m_order.end(), quint32(message));
        return found == m_order.end() ? -1 : int(found - m_order.begin());
    }
    return m_order.empty() && m_descending ? std::max(-1, int(m_count) - 1 - int(at)) : int(at);
}

void MessageListModel::setTimeStyle(TimeStyle style)
{
    m_timeStyle = style;
    if (rowCount() > 0)
        emit dataChanged(index(0, Time), index(rowCount() - 1, Time));
}

void MessageListModel::setColors(ColorRules rules)
{
    m_cells.clear(); // they point to the rules
    m_colors = std::move(rules);
    invalidate();
}

void MessageListModel::invalidate()
{
    m_cells.clear();
    if (rowCount() > 0)
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

quint64 MessageListModel::unsorted() const
{
    return m_order.empty() ? 0 : m_count - m_order.size();
}

void MessageListModel::cancelSort()
{
    m_job.cancel();
    ++m_request;
    if (std::exchange(m_sorting, false))
        emit sortingChanged(false);
}

void MessageListModel::sort(int column, Qt::SortOrder order)
{
    static constexpr MessageKey kKeys[ColumnCount]
        = {MessageKey::Number, MessageKey::Number, MessageKey::Number, MessageKey::Delta, MessageKey::From, MessageKey::To,
            MessageKey::Channel, MessageKey::Operation, MessageKey::Length, MessageKey::Number};
    const MessageKey key = column < 0 || column >= ColumnCount ? MessageKey::Number : kKeys[column];
    const bool descending = order == Qt::DescendingOrder;
    if (key == MessageKey::Number) {
        if (m_key != key || m_descending != descending || !m_order.empty() || m_sorting)
            rearrange([&] {
                m_order.clear();
                m_key = key;
                m_descending = descending;
                m_count = available(m_first);
            });
        return;
    }
    if (m_count > kMostSorted)
        return emit sortRefused(m_count);
    m_job.cancel();
    m_sortDone = 0;
    m_sorting = true;
    emit sortingChanged(true);
    const quint64 request = ++m_request;
    m_job.start([this, stretch = stretch(), key, descending, request, source = m_source.filterSource()](const auto &cancelled) {
        auto rows = std::make_shared<std::vector<quint32>>(sortedRows(stretch, key, descending, source, cancelled, m_sortDone));
        if (cancelled)
            return;
        QMetaObject::invokeMethod(
            this,
            [this, rows, key, descending, request] {
                if (request != m_request)
                    return;
                rearrange([&] {
                    m_order = std::move(*rows);
                    m_key = key;
                    m_descending = descending;
                });
            },
            Qt::QueuedConnection);
    });
}

int MessageListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_count);
}

int MessageListModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

} // namespace forkscope
