// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/ipc/messagemodel.h"

#include "ui/ipc/messagetext.h"
#include "ui/widgets/format.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace forkscope {

namespace {

constexpr qsizetype kPreview = 120; ///< characters
constexpr qsizetype kPreviewBytes = 512;

} // namespace

void MessageModel::clear()
{
    if (!m_messages.isEmpty()) {
        beginRemoveRows({}, 0, int(m_messages.size()) - 1);
        m_messages.clear();
        endRemoveRows();
    }
    m_dropped = 0;
    m_startNs = -1;
}

void MessageModel::take(const SceneBatch &batch)
{
    m_dropped += batch.leftOut;
    if (m_startNs < 0 && !batch.appeared.isEmpty())
        m_startNs = std::max(batch.appeared.first().putNs, qint64(0));
    int first = kMost, last = -1;
    for (const SceneMessage &arrived : batch.arrived) {
        const auto at = std::lower_bound(m_messages.begin(), m_messages.end(), arrived.id,
            [](const SceneMessage &message, quint64 id) { return message.id < id; });
        if (at == m_messages.end() || at->id != arrived.id)
            continue;
        const QByteArray prefix = at->prefix;
        *at = arrived;
        at->prefix = prefix;
        first = std::min(first, int(at - m_messages.begin()));
        last = std::max(last, int(at - m_messages.begin()));
    }
    if (last >= 0)
        emit dataChanged(index(first, From), index(last, Waited));
    const int excess = int(m_messages.size() + batch.appeared.size()) - kMost;
    if (excess > 0 && !m_messages.isEmpty()) {
        const int gone = std::min(excess, int(m_messages.size()));
        beginRemoveRows({}, 0, gone - 1);
        m_messages.remove(0, gone);
        m_dropped += quint64(gone);
        endRemoveRows();
    }
    if (batch.appeared.isEmpty())
        return;
    beginInsertRows({}, int(m_messages.size()), int(m_messages.size() + batch.appeared.size()) - 1);
    m_messages += batch.appeared;
    endInsertRows();
}

const SceneMessage *MessageModel::message(int row) const
{
    return row >= 0 && row < m_messages.size() ? &m_messages[row] : nullptr;
}

int MessageModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_messages.size());
}

int MessageModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QString MessageModel::nameOf(qint32 pid) const
{
    if (pid == QCoreApplication::applicationPid())
        return tr("by hand");
    const QString name = m_nameOf ? m_nameOf(pid) : QString();
    return name.isEmpty() ? tr("PID %1").arg(pid) : name;
}

QString MessageModel::text(const SceneMessage &message, Column column) const
{
    switch (column) {
    case Number:
        return QLocale().toString(message.number);
    case From:
        return message.producer == 0 ? QString()
            : message.byHand         ? tr("%1, by hand").arg(nameOf(message.producer))
                                     : nameOf(message.producer);
    case To:
        return message.consumer ? nameOf(message.consumer) : QString(QChar(0x2013));
    case Put:
        return message.putNs < 0 ? tr("not seen")
                                 : tr("+%1 s").arg(QLocale().toString(double(message.putNs - m_startNs) / 1e9, 'f', 3));
    case Waited:
        return message.gotNs < 0 ? tr("on its way") : message.waitedNs() < 0 ? QString() : durationText(message.waitedNs());
    case Size:
        return bytesText(qint64(message.size));
    case Value: {
        const QByteArray begin = message.prefix.left(kPreviewBytes);
        return MessageText::of(begin, quint64(begin.size()) < message.size).preview(kPreview);
    }
    case ColumnCount:
        break;
    }
    return {};
}

QVariant MessageModel::data(const QModelIndex &index, int role) const
{
    const SceneMessage *shown = message(index.row());
    if (!shown)
        return {};
    const auto column = Column(index.column());
    if (role == Qt::DisplayRole)
        return text(*shown, column);
    if (role == Qt::TextAlignmentRole && (column == Number || column == Put || column == Waited || column == Size))
        return int(Qt::AlignRight | Qt::AlignVCenter);
    return {};
}

QVariant MessageModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return section == Number || section == Put || section == Waited || section == Size
            ? int(Qt::AlignRight | Qt::AlignVCenter)
            : int(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (Column(section)) {
    case Number:
        return tr("No.");
    case From:
        return tr("From");
    case To:
        return tr("To");
    case Put:
        return tr("Put");
    case Waited:
        return tr("Waited");
    case Size:
        return tr("Size");
    case Value:
        return tr("Value");
    case ColumnCount:
        break;
    }
    return {};
}

} // namespace forkscope
