// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/traffic/messagelist.h"

#include "ui/widgets/settings.h"

#include <QContextMenuEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QScopedValueRollback>
#include <QScrollBar>

#include <algorithm>

namespace forkscope {

namespace {

const QLatin1String kColumnsKey("traffic/columns");

}

MessageList::MessageList(MessageListModel &model, QWidget *parent)
    : QAbstractItemView(parent), m_model(model), m_header(new QHeaderView(Qt::Horizontal, this))
{
    setModel(&m_model);
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setHorizontalScrollMode(ScrollPerPixel);
    setTabKeyNavigation(false);
    setAccessibleName(tr("Messages"));
    m_header->setModel(&m_model);
    m_header->setSectionsClickable(true);
    m_header->setSectionsMovable(true);
    m_header->setHighlightSections(false);
    m_header->setStretchLastSection(true);
    m_header->setSortIndicatorShown(true);
    m_header->setContextMenuPolicy(Qt::CustomContextMenu);
    m_header->setFocusPolicy(Qt::NoFocus);
    m_header->setAccessibleName(tr("Columns of the messages"));
    applyFont();
    setDefaultColumns();
    m_header->restoreState(Settings().value(kColumnsKey).toByteArray());
    m_header->setSortIndicatorClearable(true);
    m_header->setSortIndicator(-1, Qt::AscendingOrder);
    connect(m_header, &QHeaderView::sortIndicatorChanged, &m_model, &MessageListModel::sort);
    connect(m_header, &QHeaderView::customContextMenuRequested, this, &MessageList::showColumnMenu);
    connect(m_header, &QHeaderView::sectionResized, this, [this] { updateGeometries(), viewport()->update(); });
    connect(m_header, &QHeaderView::sectionMoved, this, [this] { viewport()->update(); });
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, [this](int value) {
        if (!m_moving && !m_model.isDescending())
            setFollow(value == verticalScrollBar()->maximum());
    });
    connect(&m_model, &QAbstractItemModel::modelAboutToBeReset, this, [this] {
        if (const auto current = currentMessage())
            m_kept = current;
    });
    connect(&m_model, &MessageListModel::rearranged, this, [this] {
        if (!restore())
            emit currentMessageChanged();
        if (!m_kept && m_follow)
            setFollow(true);
    });
}

MessageList::~MessageList()
{
    Settings().setValue(kColumnsKey, m_header->saveState());
}

void MessageList::applyFont()
{
    m_rowHeight = fontMetrics().height() + 3;
    verticalScrollBar()->setSingleStep(1);
    updateGeometries();
}

void MessageList::setDefaultColumns()
{
    using Model = MessageListModel;
    const std::array widest = {std::pair(Model::Mark, "★✎"), std::pair(Model::Number, "123,456"),
        std::pair(Model::Time, "14:03:22.123456"), std::pair(Model::Delta, "123.4 ms"), std::pair(Model::From, "python3 · 12345"),
        std::pair(Model::To, "python3 · 12345"), std::pair(Model::Channel, "pipe python3(12345)"),
        std::pair(Model::OperationColumn, "Operation"), std::pair(Model::Length, "12,345,678")};
    for (const auto &[column, text] : widest)
        m_header->resizeSection(column, fontMetrics().horizontalAdvance(QString::fromUtf8(text)) + 14);
    m_header->setMinimumSectionSize(20);
}

void MessageList::showColumnMenu(QPoint at)
{
    QMenu menu(this);
    for (int column = MessageListModel::Number; column < MessageListModel::ColumnCount; ++column) {
        QAction *action = menu.addAction(m_model.headerData(column, Qt::Horizontal).toString());
        action->setCheckable(true);
        action->setChecked(!m_header->isSectionHidden(column));
        action->setEnabled(column != MessageListModel::Number && column != MessageListModel::Summary);
        connect(action, &QAction::toggled, m_header, [this, column](bool shown) { m_header->setSectionHidden(column, !shown); });
    }
    menu.addSeparator();
    menu.addAction(tr("&Default columns"), this, [this] {
        for (int column = 0; column < MessageListModel::ColumnCount; ++column) {
            m_header->setSectionHidden(column, false);
            m_header->moveSection(m_header->visualIndex(column), column);
        }
        setDefaultColumns();
    });
    menu.exec(m_header->viewport()->mapToGlobal(at));
}

std::optional<quint64> MessageList::currentMessage() const
{
    const int row = currentIndex().row();
    return row >= 0 && row < m_model.rowCount() ? std::optional(m_model.message(row)) : std::nullopt;
}

QList<quint64> MessageList::selectedMessages(int most) const
{
    QList<quint64> messages;
    QItemSelection ranges = selectionModel()->selection();
    std::sort(ranges.begin(), ranges.end(),
        [](const QItemSelectionRange &a, const QItemSelectionRange &b) { return a.top() < b.top(); });
    for (const QItemSelectionRange &range : std::as_const(ranges))
        for (int row = range.top(); row <= range.bottom() && messages.size() < most; ++row)
            messages.append(m_model.message(row));
    return messages;
}

bool MessageList::goTo(quint64 message)
{
    const int row = m_model.rowOf(message);
    if (row < 0)
        return false;
    const QModelIndex wanted = m_model.index(row, MessageListModel::Number);
    const bool isSeen = visualRect(wanted).intersects(viewport()->rect());
    // Not setCurrentIndex(): with Ctrl held, as for Ctrl+., it would leave the selection where it was.
    selectionModel()->setCurrentIndex(wanted, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    scrollTo(wanted, isSeen ? EnsureVisible : PositionAtCenter);
    return true;
}

/// What was current before is so again, as soon as it is shown: a filter finds it later.
bool MessageList::restore()
{
    const QScopedValueRollback restoring(m_restoring, true);
    return m_kept && goTo(*m_kept);
}

void MessageList::setFollow(bool follow)
{
    if (follow && !m_model.isDescending())
        setTop(verticalScrollBar()->maximum());
    if (m_follow == follow)
        return;
    m_follow = follow;
    emit followChanged(follow);
}

int MessageList::topRow() const
{
    return verticalScrollBar()->value();
}

void MessageList::setTop(int row)
{
    const QScopedValueRollback moving(m_moving, true);
    verticalScrollBar()->setValue(row);
}

int MessageList::visibleRows() const
{
    return std::max(1, viewport()->height() / m_rowHeight);
}

int MessageList::rowAt(int y) const
{
    return topRow() + (y < 0 ? -1 - (-y - 1) / m_rowHeight : y / m_rowHeight);
}

QRect MessageList::visualRect(const QModelIndex &index) const
{
    if (!index.isValid())
        return {};
    const qint64 y = (qint64(index.row()) - topRow()) * m_rowHeight;
    return {m_header->sectionViewportPosition(index.column()), int(std::clamp<qint64>(y, INT_MIN / 2, INT_MAX / 2)),
        m_header->sectionSize(index.column()), m_rowHeight};
}

void MessageList::scrollTo(const QModelIndex &index, ScrollHint hint)
{
    if (!index.isValid())
        return;
    const int row = index.row(), top = topRow(), rows = visibleRows();
    int wanted = top;
    if (hint == PositionAtCenter)
        wanted = row - rows / 2;
    else if (hint == PositionAtTop || row < top)
        wanted = row;
    else if (hint == PositionAtBottom || row >= top + rows)
        wanted = row - rows + 1;
    verticalScrollBar()->setValue(std::max(0, wanted));
}

QModelIndex MessageList::indexAt(const QPoint &point) const
{
    const int row = rowAt(point.y());
    const int column = m_header->logicalIndexAt(point.x());
    return row >= 0 && row < m_model.rowCount() && column >= 0 ? m_model.index(row, column) : QModelIndex();
}

void MessageList::reset()
{
    QAbstractItemView::reset();
    updateGeometries();
}

QModelIndex MessageList::moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers)
{
    const int count = m_model.rowCount();
    if (count == 0)
        return {};
    const int now = currentIndex().isValid() ? currentIndex().row() : -1;
    int row = now;
    switch (action) {
    case MoveUp:
    case MovePrevious:
        row = now < 0 ? count - 1 : now - 1;
        break;
    case MoveDown:
    case MoveNext:
        row = now + 1;
        break;
    case MovePageUp:
        row = now - visibleRows();
        break;
    case MovePageDown:
        row = now + visibleRows();
        break;
    case MoveHome:
        row = 0;
        break;
    case MoveEnd:
        row = count - 1;
        break;
    case MoveLeft:
    case MoveRight:
        horizontalScrollBar()->triggerAction(
            action == MoveLeft ? QAbstractSlider::SliderSingleStepSub : QAbstractSlider::SliderSingleStepAdd);
        break;
    }
    Q_UNUSED(modifiers);
    return m_model.index(std::clamp(row, 0, count - 1), MessageListModel::Number);
}

int MessageList::horizontalOffset() const
{
    return m_header->offset();
}

int MessageList::verticalOffset() const
{
    return int(std::min<qint64>(qint64(topRow()) * m_rowHeight, INT_MAX / 2));
}

bool MessageList::isIndexHidden(const QModelIndex &index) const
{
    return m_header->isSectionHidden(index.column());
}

void MessageList::setSelection(const QRect &rect, QItemSelectionModel::SelectionFlags flags)
{
    const int last = m_model.rowCount() - 1;
    const QRect area = rect.normalized();
    const int from = std::max(0, rowAt(area.top())), to = std::min(last, rowAt(area.bottom()));
    QItemSelection selection;
    if (from <= to)
        selection.select(m_model.index(from, 0), m_model.index(to, MessageListModel::ColumnCount - 1));
    selectionModel()->select(selection, flags);
}

QRegion MessageList::visualRegionForSelection(const QItemSelection &selection) const
{
    QRegion region;
    const int top = topRow(), end = top + visibleRows() + 1;
    for (const QItemSelectionRange &range : selection) {
        const int from = std::max(range.top(), top), to = std::min(range.bottom(), end);
        if (from <= to)
            region += QRect(0, (from - top) * m_rowHeight, viewport()->width(), (to - from + 1) * m_rowHeight);
    }
    return region;
}

void MessageList::updateGeometries()
{
    const int height = m_header->sizeHint().height();
    setViewportMargins(0, height, 0, 0);
    m_header->setGeometry(viewport()->x(), viewport()->y() - height, viewport()->width(), height);
    {
        const QScopedValueRollback moving(m_moving, true);
        verticalScrollBar()->setRange(0, std::max(0, m_model.rowCount() - visibleRows()));
        verticalScrollBar()->setPageStep(visibleRows());
        horizontalScrollBar()->setRange(0, std::max(0, m_header->length() - viewport()->width()));
        horizontalScrollBar()->setPageStep(viewport()->width());
        horizontalScrollBar()->setSingleStep(40);
    }
    if (m_follow)
        setFollow(true);
    QAbstractItemView::updateGeometries();
}

void MessageList::scrollContentsBy(int dx, int dy)
{
    Q_UNUSED(dx);
    Q_UNUSED(dy);
    m_header->setOffset(horizontalScrollBar()->value());
    viewport()->update();
}

void MessageList::rowsInserted(const QModelIndex &parent, int start, int end)
{
    // The base class would lay out everything anew with a delay.
    Q_UNUSED(parent);
    const int top = topRow();
    updateGeometries();
    if (start <= top && top > 0)
        setTop(top + end - start + 1);
    if (m_kept && !currentIndex().isValid())
        restore();
    viewport()->update();
}

/// The base class would ask for the place of every row between these.
void MessageList::dataChanged(const QModelIndex &, const QModelIndex &, const QList<int> &)
{
    viewport()->update();
}

void MessageList::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QAbstractItemView::currentChanged(current, previous);
    if (current.isValid() && !m_restoring && !m_model.isDescending() && current.row() < m_model.rowCount() - 1)
        setFollow(false);
    viewport()->update();
    if (current.isValid() && !m_restoring)
        m_kept.reset();
    if (current.row() != previous.row())
        emit currentMessageChanged();
}

void MessageList::changeEvent(QEvent *event)
{
    QAbstractItemView::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        applyFont();
}

void MessageList::keyPressEvent(QKeyEvent *event)
{
    QAbstractItemView::keyPressEvent(event);
    if (event->key() == Qt::Key_End && m_model.rowCount() > 0)
        setFollow(true); // also where the end is in view already
}

void MessageList::contextMenuEvent(QContextMenuEvent *event)
{
    const QPoint at = event->reason() == QContextMenuEvent::Keyboard
        ? viewport()->mapToGlobal(visualRect(currentIndex()).bottomLeft())
        : event->globalPos();
    emit menuRequested(at);
}

} // namespace forkscope
