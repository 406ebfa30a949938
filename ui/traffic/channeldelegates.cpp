// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/traffic/channeldelegates.h"

#include "core/traffic/channelfigures.h"
#include "ui/traffic/channelmodel.h"
#include "ui/widgets/status.h"

#include <QApplication>
#include <QPainter>

#include <algorithm>

namespace forkscope {

namespace {

constexpr int kMargin = 3;

/// The cell without its text, and the colour that its text has to have.
QColor paintCell(QPainter *painter, QStyleOptionViewItem option)
{
    option.text.clear();
    const QStyle *style = option.widget ? option.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &option, painter, option.widget);
    const bool selected = option.state & QStyle::State_Selected;
    const auto group = option.state & QStyle::State_Active ? QPalette::Active : QPalette::Inactive;
    return option.palette.color(group, selected ? QPalette::HighlightedText : QPalette::Text);
}

} // namespace

void SparklineDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem cell = option;
    initStyleOption(&cell, index);
    const QString text = cell.text;
    const QColor ink = paintCell(painter, cell);
    const QRect field = option.rect.adjusted(kMargin, kMargin, -kMargin, -kMargin);
    const auto columns = index.data(ChannelModel::SparkRole).value<QList<double>>();
    const int wide = std::min<int>(field.width() / 2, int(columns.size()));
    painter->save();
    const bool selected = option.state & QStyle::State_Selected;
    const double most = columns.isEmpty() ? 0 : *std::max_element(columns.cbegin(), columns.cend());
    const QColor color = selected ? ink : statusColor(Status::Running);
    for (int x = 0; most > 0 && x < wide; ++x) {
        const double value = columns[columns.size() - wide + x];
        if (value > 0) {
            const int high = std::max(1, int(value / most * field.height()));
            painter->fillRect(field.left() + x, field.bottom() + 1 - high, 1, high, color);
        }
    }
    painter->setPen(ink);
    const QRect right = field.adjusted(wide + 6, 0, 0, 0);
    painter->drawText(
        right, Qt::AlignRight | Qt::AlignVCenter, option.fontMetrics.elidedText(text, Qt::ElideRight, right.width()));
    painter->restore();
}

QSize SparklineDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QSize size = QStyledItemDelegate::sizeHint(option, index);
    return {size.width() + ChannelModel::kSparkColumns + 10, size.height()};
}

void FillDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem cell = option;
    initStyleOption(&cell, index);
    QString text = cell.text;
    const QColor ink = paintCell(painter, cell);
    const double fill = index.data(ChannelModel::FillRole).toDouble();
    const QRect field = option.rect.adjusted(kMargin, kMargin, -kMargin, -kMargin);
    painter->save();
    if (fill >= 0) {
        const bool full = fill >= ChannelFigures::kFull;
        QColor color = full ? warningColor() : statusColor(Status::Running);
        color.setAlpha(90);
        painter->fillRect(QRect(field.topLeft(), QSize(int(fill * field.width()), field.height())), color);
        painter->setPen(option.palette.color(QPalette::Mid));
        painter->drawRect(field.adjusted(0, 0, -1, -1));
        if (full)
            text = QStringLiteral("⚠ %1").arg(text);
    }
    painter->setPen(ink);
    const QRect inner = field.adjusted(4, 0, -4, 0);
    painter->drawText(
        inner, Qt::AlignLeft | Qt::AlignVCenter, option.fontMetrics.elidedText(text, Qt::ElideRight, inner.width()));
    painter->restore();
}

} // namespace forkscope
