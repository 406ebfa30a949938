// SPDX-License-Identifier: GPL-3.0-or-later
// What the cells of MessageListModel say.
#include "ui/traffic/messagelistmodel.h"
#include "ui/traffic/messagenotes.h"
#include "ui/traffic/messagesummary.h"
#include "ui/traffic/messagewords.h"
#include "ui/widgets/format.h"

#include <QDateTime>
#include <QLocale>

namespace forkscope {

namespace {

/// Pipes carry thousands of pieces a second: microseconds tell them apart.
QString timeOfDay(qint64 timeNs)
{
    return QDateTime::fromMSecsSinceEpoch(timeNs / 1'000'000).time().toString(QStringLiteral("HH:mm:ss.zzz"))
        + QStringLiteral("%1").arg(timeNs / 1000 % 1000, 3, 10, QLatin1Char('0'));
}

QString elapsed(qint64 ns)
{
    return QStringLiteral("%1%2.%3")
        .arg(ns < 0 ? QStringLiteral("−") : QStringLiteral("+"))
        .arg(std::abs(ns) / 1'000'000'000)
        .arg(std::abs(ns) / 1000 % 1'000'000, 6, 10, QLatin1Char('0'));
}

} // namespace

const MessageListModel::Cells &MessageListModel::cells(quint64 message) const
{
    if (const Cells *known = m_cells.object(message))
        return *known;
    auto *made = new Cells{.row = m_source.index().row(message), .from = {}, .to = {}, .channel = {}, .summary = {}};
    made->from = MessageWords::party(m_source.parties().from(made->row));
    made->to = MessageWords::party(m_source.parties().to(made->row));
    made->channel = MessageWords::channel(m_source.journal().channel(made->row.channel));
    made->summary = summaryOf(m_source, message);
    made->rule = m_colors.ruleOf(m_source.filterSource(), message);
    m_cells.insert(message, made); // owns it
    return *made;
}

const ColorRule *MessageListModel::ruleOf(int row) const
{
    return cells(message(row)).rule;
}

/// ★: marked, ✎: there is a comment, and the mark of the colour.
QString MessageListModel::marks(int row) const
{
    const Cells &shown = cells(message(row));
    const MessageNote note = m_notes.note(shown.row.record);
    QString text;
    if (note.isMarked)
        text += QChar(0x2605);
    if (!note.comment.isEmpty())
        text += QChar(0x270e);
    if (shown.rule)
        text += shown.rule->mark;
    return text;
}

QString MessageListModel::text(int row, Column column) const
{
    const quint64 number = message(row);
    if (column == Mark)
        return marks(row);
    if (column == Number)
        return QLocale().toString(number + 1);
    const Cells &shown = cells(number);
    switch (column) {
    case Time:
        switch (m_timeStyle) {
        case TimeStyle::SinceStart:
            return elapsed(shown.row.timeNs - m_source.journal().startTimeNs());
        case TimeStyle::SinceLineBefore:
            return row == 0 ? elapsed(0) : elapsed(shown.row.timeNs - m_source.index().timeNs(message(row - 1)));
        case TimeStyle::None:
        case TimeStyle::OfDay:
            break;
        }
        return timeOfDay(shown.row.timeNs);
    case Delta: {
        const qint64 delta = m_source.index().deltaNs(number);
        return delta < 0 ? QString() : durationText(delta);
    }
    case From:
        return shown.from;
    case To:
        return shown.to;
    case Channel:
        return shown.channel;
    case OperationColumn:
        return MessageWords::operation(shown.row.operation);
    case Length:
        return QLocale().toString(shown.row.length);
    case Summary: {
        const QString comment = m_notes.note(shown.row.record).comment;
        return comment.isEmpty() ? shown.summary : tr("✎ %1 – %2", "comment, summary").arg(comment, shown.summary);
    }
    case Mark:
    case Number:
    case ColumnCount:
        break;
    }
    return {};
}

QVariant MessageListModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const auto column = Column(index.column());
    if (role == Qt::DisplayRole)
        return text(index.row(), column);
    if (role == Qt::TextAlignmentRole)
        return int((column == Number || column == Time || column == Delta || column == Length ? Qt::AlignRight : Qt::AlignLeft)
            | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole) {
        if (column == Time)
            return dateTimeText(cells(message(index.row())).row.timeNs);
        if (column == Length)
            return bytesText(qint64(cells(message(index.row())).row.length));
        if (column == Mark) {
            QStringList lines;
            const MessageNote note = m_notes.note(cells(message(index.row())).row.record);
            if (note.isMarked)
                lines += tr("★ marked");
            if (!note.comment.isEmpty())
                lines += tr("✎ %1").arg(note.comment);
            if (const ColorRule *rule = ruleOf(index.row()))
                lines += tr("%1 %2", "mark, name of a colour rule").arg(rule->mark, rule->name);
            return lines.join(QLatin1Char('\n'));
        }
        return text(index.row(), column);
    }
    return {};
}

QVariant MessageListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    const auto column = Column(section);
    if (role == Qt::TextAlignmentRole)
        return int((column == Number || column == Time || column == Delta || column == Length ? Qt::AlignRight : Qt::AlignLeft)
            | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole)
        return column == Mark ? tr("Marks: ★ marked, ✎ with a comment, and the mark of the colour")
            : column == Delta ? tr("Time since the message before on the same channel")
                              : QVariant();
    if (role != Qt::DisplayRole)
        return {};
    switch (column) {
    case Mark:
        return QStringLiteral("★");
    case Number:
        return tr("No.");
    case Time:
        return tr("Time");
    case Delta:
        return tr("Δt");
    case From:
        return tr("From");
    case To:
        return tr("To");
    case Channel:
        return tr("Channel");
    case OperationColumn:
        return tr("Operation");
    case Length:
        return tr("Length");
    case Summary:
        return tr("Summary");
    case ColumnCount:
        break;
    }
    return {};
}

} // namespace forkscope
