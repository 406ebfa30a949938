// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/traffic/messagelist.h"

#include <QHeaderView>
#include <QPaintEvent>
#include <QPainter>

namespace forkscope {

namespace {

constexpr int kMargin = 4;
constexpr int kBar = 4; ///< of a rule's colour

} // namespace

void MessageList::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    painter.fillRect(event->rect(), palette().base());
    painter.setFont(font());
    const int count = m_model.rowCount();
    for (int row = rowAt(event->rect().top()); row < count && (row - topRow()) * m_rowHeight <= event->rect().bottom(); ++row)
        paintRow(painter, row, (row - topRow()) * m_rowHeight);
}

void MessageList::paintRow(QPainter &painter, int row, int y)
{
    const bool isSelected = selectionModel()->isRowSelected(row, {});
    const auto group = hasFocus() ? QPalette::Active : QPalette::Inactive;
    const QRect whole(0, y, viewport()->width(), m_rowHeight);
    const ColorRule *rule = m_model.ruleOf(row);
    if (isSelected)
        painter.fillRect(whole, palette().brush(group, QPalette::Highlight));
    else if (rule)
        painter.fillRect(whole, hueTint(rule->hue, palette()));
    else if (row % 2)
        painter.fillRect(whole, palette().alternateBase());
    const QColor ink = palette().color(group, isSelected ? QPalette::HighlightedText : QPalette::Text);
    for (int visual = 0; visual < m_header->count(); ++visual) {
        const int column = m_header->logicalIndex(visual);
        const int x = m_header->sectionViewportPosition(column), width = m_header->sectionSize(column);
        if (m_header->isSectionHidden(column) || x >= viewport()->width() || x + width <= 0)
            continue;
        QRect cell(x, y, width, m_rowHeight);
        const QModelIndex index = m_model.index(row, column);
        painter.setPen(ink);
        if (column == MessageListModel::Mark) {
            if (rule) {
                painter.fillRect(QRect(x, y, kBar, m_rowHeight), hueColor(rule->hue, palette()));
                if (!isSelected)
                    painter.setPen(hueColor(rule->hue, palette()));
            }
            cell.setLeft(x + kBar - kMargin + 2);
        }
        const QRect inner = cell.adjusted(kMargin, 0, -kMargin, 0);
        const QString text = index.data().toString();
        painter.drawText(inner, index.data(Qt::TextAlignmentRole).toInt() | Qt::TextSingleLine,
            fontMetrics().elidedText(text, Qt::ElideRight, inner.width()));
    }
    if (row == currentIndex().row() && hasFocus()) {
        painter.setPen(QPen(ink, 1, Qt::DotLine));
        painter.drawRect(whole.adjusted(0, 0, -1, -1));
    }
}

} // namespace forkscope
