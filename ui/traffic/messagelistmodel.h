// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/output/backgroundjob.h"
#include "core/output/recordrange.h"
#include "ui/output/gutter.h"
#include "ui/traffic/colorrules.h"
#include "ui/traffic/messageorder.h"
#include "ui/traffic/trafficsource.h"

#include <QAbstractTableModel>
#include <QCache>

namespace forkscope {

class MessageNotes;

/// The messages of a source as rows: all, or those that pass a filter, in their order or sorted. What a row says is made when it
/// is painted; nothing here takes time for what is not visible. Rows of the model are positions; the messages have the numbers
/// of their rows in the index. GUI thread.
class MessageListModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Mark, Number, Time, Delta, From, To, Channel, OperationColumn, Length, Summary, ColumnCount };

    /// Both outlive it.
    MessageListModel(const TrafficSource &source, const MessageNotes &notes, QObject *parent = nullptr);
    ~MessageListModel() override;

    /// Null: all messages.
    void setRun(std::shared_ptr<filter::FilterRun> run);
    const std::shared_ptr<filter::FilterRun> &run() const { return m_run; }
    void setRecords(const RecordRange &range);
    /// There may be more. True: there were.
    bool refresh();

    quint64 message(int row) const; ///< row < rowCount()
    /// −1: not shown. O(log n), of a sorted list O(n).
    int rowOf(quint64 message) const;
    /// The row of this message or of the first one after it; of a sorted list −1 where it is not shown.
    int rowAtOrAfter(quint64 message) const;

    void setTimeStyle(TimeStyle style);
    TimeStyle timeStyle() const { return m_timeStyle; }
    void setColors(ColorRules rules);
    const ColorRules &colors() const { return m_colors; }
    const ColorRule *ruleOf(int row) const;
    /// Decoders or names are other ones now.
    void invalidate();

    bool isSorting() const { return m_sorting; }
    double sortProgress() const { return m_sortDone; }
    void cancelSort();
    MessageKey key() const { return m_key; }
    bool isDescending() const { return m_descending; }
    quint64 unsorted() const; ///< that came after the list was sorted: they stand below it

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    void sort(int column, Qt::SortOrder order) override;

signals:
    /// Other rows, or in another order; who shows one of them looks for it again.
    void rearranged();
    void sortingChanged(bool sorting);
    void sortRefused(quint64 count); ///< more than kMostSorted

private:
    struct Cells {
        MessageRow row;
        QString from, to, channel, summary;
        const ColorRule *rule = nullptr;
    };
    const Cells &cells(quint64 message) const;
    QString text(int row, Column column) const;
    QString marks(int row) const;
    quint64 available(quint64 &first) const;
    void rearrange(const std::function<void()> &change);
    MessageStretch stretch() const { return {m_run, m_first, m_count}; }

    const TrafficSource &m_source;
    const MessageNotes &m_notes;
    std::shared_ptr<filter::FilterRun> m_run;
    RecordRange m_records;
    quint64 m_first = 0; ///< of the index, or of the matches
    quint64 m_count = 0; ///< from there on, that the views know
    MessageKey m_key = MessageKey::Number;
    bool m_descending = false;
    std::vector<quint32> m_order; ///< where it is sorted by another key: the first of m_count
    TimeStyle m_timeStyle = TimeStyle::OfDay;
    ColorRules m_colors;
    mutable QCache<quint64, Cells> m_cells;

    bool m_sorting = false;
    quint64 m_request = 0; ///< the latest
    std::atomic<double> m_sortDone = 0;
    BackgroundJob m_job; // last: it ends before the rest goes
};

} // namespace forkscope
