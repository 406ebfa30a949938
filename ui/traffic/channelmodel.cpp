// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/traffic/channelmodel.h"

#include "ui/traffic/channelwords.h"
#include "ui/widgets/format.h"

#include <QLocale>

#include <algorithm>

namespace forkscope {

namespace {

constexpr qint64 kSecondNs = 1'000'000'000;
constexpr qint64 kFlowLastsNs = kSecondNs / 4; ///< while nothing passes rates fall all the same

QList<double> sparkline(const ChannelSeries &series, qint64 fromNs, qint64 untilNs)
{
    QList<double> columns(ChannelModel::kSparkColumns, 0.0);
    const qint64 span = std::max<qint64>(untilNs - fromNs, 1);
    for (size_t i = 0; i < series.size(); ++i) {
        const qint64 at = series.beginNs(i) + series.widthNs() / 2 - fromNs;
        if (at < 0 || at >= span)
            continue;
        columns[qsizetype(double(at) / double(span) * double(columns.size()))] += double(series.bucket(i).bytes);
    }
    const double seconds = double(span) / 1e9 / double(columns.size());
    for (double &column : columns)
        column /= seconds;
    return columns;
}

} // namespace

ChannelModel::ChannelModel(const ChannelStatistics &statistics, QObject *parent)
    : QAbstractTableModel(parent), m_statistics(statistics)
{
}

bool ChannelModel::advance(qint64 nowNs)
{
    m_nowNs = nowNs;
    const ChannelStatistics::Changes changes = m_statistics.changesSince(m_version);
    m_version = changes.version;
    int first = int(m_rows.size()), last = -1;
    QList<ChannelFigures> added;
    for (const ChannelFigures &changed : changes.channels) {
        const int row = m_rowOf.value(changed.info.id, -1);
        if (row < 0) {
            added.append(changed);
            continue;
        }
        m_rows[row] = changed;
        m_flows.remove(row);
        first = std::min(first, row);
        last = std::max(last, row);
    }
    if (nowNs >= 0 && nowNs - m_flowNs >= kFlowLastsNs) {
        m_flowNs = nowNs;
        m_flows.clear();
        first = 0;
        last = int(m_rows.size()) - 1;
    }
    if (last >= first)
        emit dataChanged(index(first, 0), index(last, ColumnCount - 1));
    if (!added.isEmpty()) {
        const int from = int(m_rows.size());
        beginInsertRows({}, from, from + int(added.size()) - 1);
        for (const ChannelFigures &figures : added) {
            m_rowOf.insert(figures.info.id, int(m_rows.size()));
            m_rows.append(figures);
        }
        endInsertRows();
    }
    return !changes.channels.isEmpty();
}

const ChannelFigures *ChannelModel::figures(int row) const
{
    return row >= 0 && row < m_rows.size() ? &m_rows[row] : nullptr;
}

int ChannelModel::rowOf(ChannelId channel) const
{
    return m_rowOf.value(channel, -1);
}

double ChannelModel::rate(int row) const
{
    return flow(row).rate;
}

const ChannelModel::Flow &ChannelModel::flow(int row) const
{
    Flow &flow = m_flows[row];
    if (flow.known)
        return flow;
    const ChannelFigures &figures = m_rows[row];
    const ChannelSeries series = m_statistics.series(figures.info.id);
    const bool live = figures.open && m_nowNs >= 0;
    const qint64 until = live ? m_nowNs : series.size() ? series.endNs() : 1;
    const qint64 begin = series.size() ? series.beginNs(0) : until - kSecondNs;
    flow.spark = sparkline(series, live ? until - kSparkNs : begin, until);
    flow.rate = live ? rateOf(series, until - kSecondNs, until).bytes : rateOf(series, begin, until).bytes;
    flow.known = true;
    return flow;
}

int ChannelModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int ChannelModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QString ChannelModel::text(int row, Column column) const
{
    const ChannelFigures &figures = m_rows[row];
    const QLocale locale;
    switch (column) {
    case Name:
        return ChannelWords::title(figures.info);
    case From:
        return ChannelWords::parties(figures.writers);
    case To:
        return ChannelWords::parties(figures.readers);
    case Messages:
        return locale.toString(figures.messages);
    case Bytes:
        return bytesText(qint64(figures.bytes));
    case Rate:
        return ChannelWords::rate(flow(row).rate);
    case Queued:
        return ChannelWords::queued(figures);
    case Waits:
        return ChannelWords::waiting(figures);
    case State: {
        const QString sign = ChannelWords::settings(figures.settings);
        const QString state = ChannelWords::state(figures);
        return sign.isEmpty() || !figures.open ? state : tr("%1 · ⚠ %2").arg(state, sign);
    }
    case ColumnCount:
        break;
    }
    return {};
}

QVariant ChannelModel::sortValue(int row, Column column) const
{
    const ChannelFigures &figures = m_rows[row];
    switch (column) {
    case Name:
        return quint32(figures.info.id);
    case Messages:
        return figures.messages;
    case Bytes:
        return figures.bytes;
    case Rate:
        return flow(row).rate;
    case Queued:
        return figures.fill();
    default:
        return text(row, column);
    }
}

QString ChannelModel::toolTip(const ChannelFigures &figures, Column column) const
{
    if (column == Queued && figures.info.kind == ChannelKind::Pipe)
        return tr("Written and not yet read, of what fits into both pipes of the link.\n"
                  "A pipe counts pages: with many small writes it is full before all its bytes are used.");
    QStringList lines{ChannelWords::name(figures)};
    for (const ChannelParty &party : figures.writers)
        lines.append(tr("written by %1").arg(ChannelWords::party(party)));
    for (const ChannelParty &party : figures.readers)
        lines.append(tr("read by %1").arg(ChannelWords::party(party)));
    if (figures.lost)
        lines.append(
            tr("%n of its messages could not be recorded in full", nullptr, int(std::min<quint64>(figures.lost, 1 << 30))));
    if (figures.interventions)
        lines.append(tr("%n intervention(s), the last: %1", nullptr, int(figures.interventions))
                         .arg(ChannelWords::intervention(figures.latestInterventions.last().what)));
    return lines.join(QLatin1Char('\n'));
}

QVariant ChannelModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= m_rows.size())
        return {};
    const ChannelFigures &figures = m_rows[index.row()];
    const auto column = Column(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return text(index.row(), column);
    case Qt::DecorationRole:
        if (column == State)
            return statusIcon(ChannelWords::status(figures));
        if (column == Waits && !ChannelWords::waiting(figures).isEmpty())
            return statusIcon(figures.settings.paused ? Status::Stopped : figures.isFull() ? Status::Failed : Status::Waiting);
        return {};
    case Qt::TextAlignmentRole:
        return column == Messages || column == Bytes ? int(Qt::AlignRight | Qt::AlignVCenter)
                                                     : int(Qt::AlignLeft | Qt::AlignVCenter);
    case Qt::ToolTipRole:
        return toolTip(figures, column);
    case SortRole:
        return sortValue(index.row(), column);
    case SparkRole:
        return column == Rate ? QVariant::fromValue(flow(index.row()).spark) : QVariant();
    case FillRole:
        return column == Queued ? figures.fill() : QVariant();
    case SignRole:
        return figures.open ? ChannelWords::settings(figures.settings) : QString();
    default:
        return {};
    }
}

QVariant ChannelModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return section == Messages || section == Bytes ? int(Qt::AlignRight | Qt::AlignVCenter)
                                                       : int(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (Column(section)) {
    case Name:
        return tr("Channel");
    case From:
        return tr("From");
    case To:
        return tr("To");
    case Messages:
        return tr("Messages");
    case Bytes:
        return tr("Bytes");
    case Rate:
        return tr("Rate");
    case Queued:
        return tr("Queued");
    case Waits:
        return tr("Who waits");
    case State:
        return tr("State");
    case ColumnCount:
        break;
    }
    return {};
}

} // namespace forkscope
