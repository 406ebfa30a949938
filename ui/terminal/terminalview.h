// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/terminal/terminalfeed.h"
#include "ui/output/linelayout.h"
#include "ui/terminal/terminalcolors.h"

#include <QAbstractScrollArea>
#include <QBasicTimer>
#include <QClipboard>
#include <QElapsedTimer>
#include <QPointer>

class QRegularExpression;

namespace forkscope {

/// Shows what a terminal shows, and types into it: all keys go to the program, except those of the window that are pressed with
/// Ctrl+Shift. Paints from a copy of the lines in sight; GUI thread.
class TerminalView : public QAbstractScrollArea
{
    Q_OBJECT

public:
    explicit TerminalView(QWidget *parent = nullptr);
    ~TerminalView() override;

    /// Not owned; null: nothing is shown.
    void setFeed(TerminalFeed *feed);
    TerminalFeed *feed() const { return m_feed; }
    /// Whether what is typed goes anywhere.
    void setLive(bool live);
    bool isLive() const { return m_live; }

    int columns() const; ///< that fit
    int rows() const;
    std::pair<int, int> fitting(const QSize &viewport) const; ///< columns and rows
    QString selectedText() const;
    void copySelection();
    void pasteFrom(QClipboard::Mode mode);
    void zoom(int steps); ///< 0: back to the default size
    /// Selects the next match in the direction, and shows it. False: there is none.
    bool find(const QRegularExpression &pattern, bool backward);
    /// What is in sight, for tests and screen readers.
    QString visibleText() const;

signals:
    void typed(const QByteArray &bytes);
    void sizeChanged(int columns, int rows);
    void titleChanged(const QString &title);
    void advanced(); ///< the screen has changed
    void leaveRequested();
    void findRequested();
    void saveRequested();

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void keyPressEvent(QKeyEvent *event) override;
    void inputMethodEvent(QInputMethodEvent *event) override;
    QVariant inputMethodQuery(Qt::InputMethodQuery query) const override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void changeEvent(QEvent *event) override;
    void timerEvent(QTimerEvent *event) override;

private:
    /// A cell, by a line number that stays the same while the scrollback moves.
    struct Place {
        qint64 line = 0;
        int column = 0;
        friend auto operator<=>(const Place &, const Place &) = default;
    };
    struct Selection {
        Place from, to; ///< to: behind the last
        bool isEmpty() const { return from == to; }
    };

    void take();
    void applyFont();
    void applySize();
    void send(const std::function<void(TerminalScreen &)> &press);
    bool ownShortcut(QKeyEvent *event);
    bool sendMouse(QMouseEvent *event, bool pressed);
    void restartBlink();
    void paintLine(QPainter &painter, int row);
    void paintCursor(QPainter &painter);
    QRectF cellRect(int row, int column, int width) const;
    Place placeAt(const QPoint &point) const;
    std::pair<int, int> cellAt(const QPoint &point) const; ///< row and column of the screen
    Selection ordered() const;
    void selectLine(qint64 number);
    QString textBetween(Selection selection) const;

    QPointer<TerminalFeed> m_feed;
    bool m_live = false;
    OutputFont m_font;
    int m_zoom = 0;
    TerminalColors m_colors;

    std::vector<TerminalLine> m_lines; ///< in sight
    qint64 m_firstLine = 0; ///< number of the first of them
    qint64 m_scrolledOff = 0;
    TerminalScreen::Cursor m_cursor;
    int m_cursorRow = -1; ///< in sight; −1: not
    bool m_alternate = false;
    TerminalScreen::Mouse m_mouse = TerminalScreen::Mouse::None;
    QString m_title;
    bool m_follows = true; ///< the end is in sight

    Selection m_selection;
    bool m_selecting = false;
    QElapsedTimer m_doubleClick; ///< since the last one, for the third click
    QBasicTimer m_blink, m_settle;
    bool m_cursorShown = true;
    QString m_preedit;
    int m_wheel = 0;
};

} // namespace forkscope
