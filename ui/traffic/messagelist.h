// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/traffic/messagelistmodel.h"

#include <QAbstractItemView>

class QHeaderView;

namespace forkscope {

/// The list of messages: rows of one height, of which only those that can be seen cost anything, whether there are ten or ten
/// million. (Qt's tables and trees hold something for each row.) Follows the end until one scrolls up. GUI thread.
class MessageList : public QAbstractItemView
{
    Q_OBJECT

public:
    explicit MessageList(MessageListModel &model, QWidget *parent = nullptr);
    ~MessageList() override;

    QHeaderView *header() const { return m_header; }
    MessageListModel &messages() const { return m_model; }

    std::optional<quint64> currentMessage() const;
    QList<quint64> selectedMessages(int most) const; ///< in the order of the list
    /// Selects it and scrolls to it. False: it is not shown.
    bool goTo(quint64 message);
    bool follows() const { return m_follow; }
    void setFollow(bool follow);
    int topRow() const;
    int rowHeight() const { return m_rowHeight; }

    QRect visualRect(const QModelIndex &index) const override;
    void scrollTo(const QModelIndex &index, ScrollHint hint = EnsureVisible) override;
    QModelIndex indexAt(const QPoint &point) const override;
    void reset() override;

signals:
    void followChanged(bool follow);
    void currentMessageChanged();
    void menuRequested(QPoint globalAt);

protected:
    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;
    int horizontalOffset() const override;
    int verticalOffset() const override;
    bool isIndexHidden(const QModelIndex &index) const override;
    void setSelection(const QRect &rect, QItemSelectionModel::SelectionFlags flags) override;
    QRegion visualRegionForSelection(const QItemSelection &selection) const override;
    void updateGeometries() override;
    void scrollContentsBy(int dx, int dy) override;
    void rowsInserted(const QModelIndex &parent, int start, int end) override;
    void dataChanged(const QModelIndex &topLeft, const QModelIndex &bottomRight, const QList<int> &roles) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    void applyFont();
    bool restore();
    void setDefaultColumns();
    void showColumnMenu(QPoint at);
    int visibleRows() const;
    void setTop(int row);
    void paintRow(QPainter &painter, int row, int y);
    int rowAt(int y) const;

    MessageListModel &m_model;
    QHeaderView *m_header;
    int m_rowHeight = 20;
    bool m_follow = true;
    bool m_moving = false; ///< by ourselves, not by a person
    bool m_restoring = false; ///< what was current before
    std::optional<quint64> m_kept; ///< was current before rows were arranged anew, and is again once it is shown
};

} // namespace forkscope
