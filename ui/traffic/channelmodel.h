// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/traffic/channelstatistics.h"

#include <QAbstractTableModel>

namespace forkscope {

/// The channels between processes, in the order in which they came. Rows are added and changed in batches; text is made when it
/// is painted. GUI thread.
class ChannelModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Name, From, To, Messages, Bytes, Rate, Queued, Waits, State, ColumnCount };
    enum Role {
        SortRole = Qt::UserRole, ///< a number, or text
        SparkRole, ///< QList<double>: bytes a second in kSparkColumns stretches of time
        FillRole, ///< double, 0 … 1; −1: unknown
        SignRole, ///< of Name: in what the link is not plain; empty: it is
    };
    static constexpr int kSparkColumns = 48;
    static constexpr qint64 kSparkNs = 60'000'000'000; ///< the last minute of what still goes on

    /// The statistics outlive it.
    explicit ChannelModel(const ChannelStatistics &statistics, QObject *parent = nullptr);

    /// Takes what changed. nowNs: since 1970, of a session; −1: of a recording that is over. Whether anything did.
    bool advance(qint64 nowNs);
    const ChannelFigures *figures(int row) const; ///< null where there is none
    int rowOf(ChannelId channel) const; ///< −1: none
    QList<ChannelFigures> all() const { return m_rows; }
    /// Bytes a second: in the last second, or of one that is over on average.
    double rate(int row) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    struct Flow {
        double rate = 0;
        QList<double> spark;
        bool known = false;
    };
    const Flow &flow(int row) const;
    QString text(int row, Column column) const;
    QVariant sortValue(int row, Column column) const;
    QString toolTip(const ChannelFigures &figures, Column column) const;

    const ChannelStatistics &m_statistics;
    QList<ChannelFigures> m_rows;
    QHash<ChannelId, int> m_rowOf;
    mutable QHash<int, Flow> m_flows; ///< of the rows that somebody looks at
    quint64 m_version = 0;
    qint64 m_nowNs = -1;
    qint64 m_flowNs = 0; ///< when flows were forgotten
};

} // namespace forkscope
