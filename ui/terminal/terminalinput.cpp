// SPDX-License-Identifier: GPL-3.0-or-later
// Keys, mouse and input methods of TerminalView.
#include "core/terminal/terminalfeed.h"
#include "ui/terminal/terminalview.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QHash>
#include <QInputMethodEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QScrollBar>

namespace forkscope {

namespace {

TerminalModifiers modifiersOf(Qt::KeyboardModifiers modifiers)
{
    return {modifiers.testFlag(Qt::ShiftModifier), modifiers.testFlag(Qt::AltModifier), modifiers.testFlag(Qt::ControlModifier)};
}

std::optional<TerminalKey> keyOf(int key)
{
    static const QHash<int, TerminalKey> keys = {{Qt::Key_Return, TerminalKey::Enter}, {Qt::Key_Enter, TerminalKey::Enter},
        {Qt::Key_Tab, TerminalKey::Tab}, {Qt::Key_Backtab, TerminalKey::Tab}, {Qt::Key_Backspace, TerminalKey::Backspace},
        {Qt::Key_Escape, TerminalKey::Escape}, {Qt::Key_Up, TerminalKey::Up}, {Qt::Key_Down, TerminalKey::Down},
        {Qt::Key_Left, TerminalKey::Left}, {Qt::Key_Right, TerminalKey::Right}, {Qt::Key_Insert, TerminalKey::Insert},
        {Qt::Key_Delete, TerminalKey::Delete}, {Qt::Key_Home, TerminalKey::Home}, {Qt::Key_End, TerminalKey::End},
        {Qt::Key_PageUp, TerminalKey::PageUp}, {Qt::Key_PageDown, TerminalKey::PageDown}};
    if (key >= Qt::Key_F1 && key <= Qt::Key_F12)
        return TerminalKey(int(TerminalKey::F1) + key - Qt::Key_F1);
    const auto found = keys.constFind(key);
    return found == keys.constEnd() ? std::nullopt : std::optional(*found);
}

bool isWindowShortcut(const QKeyEvent *event)
{
    return event->modifiers().testFlag(Qt::ControlModifier) && event->modifiers().testFlag(Qt::ShiftModifier);
}

} // namespace

/// Lets the screen turn it into bytes, and sends them.
void TerminalView::send(const std::function<void(TerminalScreen &)> &press)
{
    if (!m_feed || !m_live)
        return;
    QByteArray bytes;
    m_feed->with([&](TerminalScreen &screen) {
        press(screen);
        bytes = screen.takeOutput();
    });
    if (!bytes.isEmpty())
        emit typed(bytes);
}

/// What the terminal keeps for itself.
bool TerminalView::ownShortcut(QKeyEvent *event)
{
    const bool shift = event->modifiers() == Qt::ShiftModifier;
    if (shift && (event->key() == Qt::Key_PageUp || event->key() == Qt::Key_PageDown)) {
        verticalScrollBar()->triggerAction(
            event->key() == Qt::Key_PageUp ? QAbstractSlider::SliderPageStepSub : QAbstractSlider::SliderPageStepAdd);
        return true;
    }
    if (shift && event->key() == Qt::Key_Insert) {
        pasteFrom(QClipboard::Clipboard);
        return true;
    }
    if (event->modifiers() == Qt::ControlModifier && (event->key() == Qt::Key_Plus || event->key() == Qt::Key_Minus)) {
        zoom(event->key() == Qt::Key_Plus ? 1 : -1);
        return true;
    }
    if (event->modifiers() == Qt::ControlModifier && event->key() == Qt::Key_0) {
        zoom(0);
        return true;
    }
    if (!isWindowShortcut(event))
        return false;
    switch (event->key()) {
    case Qt::Key_C:
        copySelection();
        return true;
    case Qt::Key_V:
        pasteFrom(QClipboard::Clipboard);
        return true;
    case Qt::Key_F:
        emit findRequested();
        return true;
    case Qt::Key_Escape:
        emit leaveRequested();
        return true;
    case Qt::Key_Plus: // on many keyboards Ctrl and + need Shift
        zoom(1);
        return true;
    default:
        return false;
    }
}

bool TerminalView::event(QEvent *event)
{
    // Before the window takes it for a shortcut of its own.
    if (event->type() == QEvent::ShortcutOverride) {
        auto *key = static_cast<QKeyEvent *>(event);
        const QList<int> own = {Qt::Key_C, Qt::Key_V, Qt::Key_F, Qt::Key_Escape, Qt::Key_Plus};
        if (!isWindowShortcut(key) || own.contains(key->key())) {
            event->accept();
            return true;
        }
    }
    // Before QWidget takes Tab for the focus.
    if (event->type() == QEvent::KeyPress) {
        auto *key = static_cast<QKeyEvent *>(event);
        if ((key->key() == Qt::Key_Tab || key->key() == Qt::Key_Backtab) && !key->modifiers().testFlag(Qt::ControlModifier)
            && m_live) {
            keyPressEvent(key);
            return true;
        }
    }
    return QAbstractScrollArea::event(event);
}

void TerminalView::keyPressEvent(QKeyEvent *event)
{
    if (ownShortcut(event))
        return;
    if (!m_live) {
        // A screen that is over is scrolled by the keys that scroll.
        QAbstractScrollArea::keyPressEvent(event);
        return;
    }
    if (isWindowShortcut(event)) {
        event->ignore();
        return;
    }
    const TerminalModifiers modifiers = modifiersOf(event->modifiers());
    const auto key = keyOf(event->key());
    const QString text = event->text();
    if (!key && text.isEmpty() && !(modifiers.control && event->key() < 0x80)) {
        event->ignore(); // a modifier alone
        return;
    }
    m_selection = {};
    if (!m_follows) {
        m_follows = true;
        take();
    }
    send([&](TerminalScreen &screen) {
        if (key)
            screen.pressKey(*key, modifiers);
        else if (modifiers.control && event->key() >= Qt::Key_At && event->key() <= Qt::Key_Underscore)
            screen.typeCharacter(
                char32_t(event->key() >= Qt::Key_A && event->key() <= Qt::Key_Z ? event->key() + 0x20 : event->key()),
                {false, modifiers.alt, true});
        else if (modifiers.control && event->key() == Qt::Key_Space)
            screen.typeCharacter(U' ', {false, modifiers.alt, true});
        else
            for (const uint character : text.toUcs4())
                screen.typeCharacter(character, {false, modifiers.alt, false});
    });
}

void TerminalView::inputMethodEvent(QInputMethodEvent *event)
{
    m_preedit = event->preeditString();
    const QString text = event->commitString();
    send([&](TerminalScreen &screen) {
        for (const uint character : text.toUcs4())
            screen.typeCharacter(character, {});
    });
    viewport()->update();
    event->accept();
}

QVariant TerminalView::inputMethodQuery(Qt::InputMethodQuery query) const
{
    if (query == Qt::ImCursorRectangle)
        return cellRect(std::max(m_cursorRow, 0), m_cursor.column, 1).toAlignedRect();
    if (query == Qt::ImEnabled)
        return m_live;
    return QAbstractScrollArea::inputMethodQuery(query);
}

void TerminalView::copySelection()
{
    const QString text = selectedText();
    if (!text.isEmpty())
        QApplication::clipboard()->setText(text);
}

void TerminalView::pasteFrom(QClipboard::Mode mode)
{
    const QString text = QApplication::clipboard()->text(mode);
    if (!text.isEmpty())
        send([&](TerminalScreen &screen) { screen.paste(text); });
}

std::pair<int, int> TerminalView::cellAt(const QPoint &point) const
{
    const QRectF origin = cellRect(0, 0, 1);
    return {std::clamp(int((point.y() - origin.top()) / m_font.rowHeight), 0, rows() - 1),
        std::clamp(int((point.x() - origin.left()) / m_font.charWidth), 0,
            columns() - 1 + int(horizontalScrollBar()->maximum() / m_font.charWidth))};
}

TerminalView::Place TerminalView::placeAt(const QPoint &point) const
{
    const auto [row, column] = cellAt(point);
    // The boundary between two characters that is nearest.
    const QRectF cell = cellRect(row, column, 1);
    return {m_firstLine + row, column + (point.x() > cell.center().x() ? 1 : 0)};
}

/// True where the program asked for the mouse; with Shift it is ours.
bool TerminalView::sendMouse(QMouseEvent *event, bool pressed)
{
    if (m_mouse == TerminalScreen::Mouse::None || !m_live || event->modifiers().testFlag(Qt::ShiftModifier))
        return false;
    const auto [row, column] = cellAt(event->pos());
    const int button = event->button() == Qt::LeftButton ? 1
        : event->button() == Qt::MiddleButton            ? 2
        : event->button() == Qt::RightButton             ? 3
                                                         : 0;
    send([&, row = row, column = column](TerminalScreen &screen) {
        screen.moveMouse(row, column, modifiersOf(event->modifiers()));
        if (button)
            screen.pressMouse(button, pressed, modifiersOf(event->modifiers()));
    });
    return true;
}

void TerminalView::mousePressEvent(QMouseEvent *event)
{
    if (sendMouse(event, true))
        return;
    if (event->button() == Qt::MiddleButton) {
        pasteFrom(QClipboard::Selection);
    } else if (event->button() == Qt::LeftButton && m_doubleClick.isValid()
        && !m_doubleClick.hasExpired(QApplication::doubleClickInterval())) {
        m_doubleClick.invalidate();
        selectLine(m_firstLine + cellAt(event->pos()).first);
    } else if (event->button() == Qt::LeftButton) {
        m_selecting = true;
        const Place place = placeAt(event->pos());
        m_selection = {event->modifiers().testFlag(Qt::ShiftModifier) ? m_selection.from : place, place};
        viewport()->update();
    }
}

void TerminalView::mouseMoveEvent(QMouseEvent *event)
{
    if (!m_selecting) {
        sendMouse(event, false);
        return;
    }
    if (event->pos().y() < 0)
        verticalScrollBar()->triggerAction(QAbstractSlider::SliderSingleStepSub);
    else if (event->pos().y() > viewport()->height())
        verticalScrollBar()->triggerAction(QAbstractSlider::SliderSingleStepAdd);
    m_selection.to = placeAt(event->pos());
    viewport()->update();
}

void TerminalView::mouseReleaseEvent(QMouseEvent *event)
{
    if (!m_selecting) {
        sendMouse(event, false);
        return;
    }
    m_selecting = false;
    if (const QString text = selectedText(); !text.isEmpty() && QApplication::clipboard()->supportsSelection())
        QApplication::clipboard()->setText(text, QClipboard::Selection);
}

/// Whole, with the rows that it runs over from and into.
void TerminalView::selectLine(qint64 number)
{
    if (!m_feed)
        return;
    m_feed->with([&](const TerminalScreen &screen) {
        const qint64 begin = screen.scrolledOff(), end = begin + screen.scrollbackCount() + screen.rows();
        qint64 first = std::clamp(number, begin, end - 1), last = first;
        while (first > begin && screen.runsOver(int(first - 1 - begin)))
            --first;
        while (last + 1 < end && screen.runsOver(int(last - begin)))
            ++last;
        m_selection = {{first, 0}, {last, int(screen.line(int(last - begin)).size())}};
    });
    viewport()->update();
}

/// The word; a third click selects the line.
void TerminalView::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (sendMouse(event, true))
        return;
    const auto [row, column] = cellAt(event->pos());
    if (row >= int(m_lines.size()))
        return;
    const TerminalLine &line = m_lines[size_t(row)];
    const auto isWord = [&](int at) {
        if (at < 0 || at >= int(line.size()))
            return false;
        const TerminalCell &cell = line[size_t(at)];
        return cell.width == 0 || QChar::isLetterOrNumber(cell.character)
            || QStringLiteral("_-./~:@%+=").contains(QChar(char16_t(cell.character)));
    };
    int from = column, to = column + 1;
    while (isWord(from - 1) && isWord(column))
        --from;
    while (isWord(to) && isWord(column))
        ++to;
    m_selection = {{m_firstLine + row, from}, {m_firstLine + row, to}};
    m_doubleClick.start();
    viewport()->update();
}

void TerminalView::wheelEvent(QWheelEvent *event)
{
    if (event->modifiers().testFlag(Qt::ControlModifier)) {
        zoom(event->angleDelta().y() > 0 ? 1 : -1);
        return;
    }
    const bool toProgram
        = m_live && !event->modifiers().testFlag(Qt::ShiftModifier) && (m_alternate || m_mouse != TerminalScreen::Mouse::None);
    if (!toProgram) {
        QAbstractScrollArea::wheelEvent(event);
        return;
    }
    constexpr int kNotch = 120;
    constexpr int kLinesPerNotch = 3;
    m_wheel += event->angleDelta().y();
    const int notches = m_wheel / kNotch;
    m_wheel -= notches * kNotch;
    const auto [row, column] = cellAt(event->position().toPoint());
    send([&, row = row, column = column](TerminalScreen &screen) {
        for (int i = 0; i < std::abs(notches); ++i) {
            if (m_mouse != TerminalScreen::Mouse::None) {
                screen.moveMouse(row, column, {});
                screen.pressMouse(notches > 0 ? 4 : 5, true, {});
                continue;
            }
            for (int line = 0; line < kLinesPerNotch; ++line)
                screen.pressKey(notches > 0 ? TerminalKey::Up : TerminalKey::Down, {});
        }
    });
    event->accept();
}

void TerminalView::contextMenuEvent(QContextMenuEvent *event)
{
    if (m_mouse != TerminalScreen::Mouse::None && m_live && !event->modifiers().testFlag(Qt::ShiftModifier))
        return;
    QMenu menu(this);
    QAction *copy = menu.addAction(tr("Copy") + QStringLiteral("\tCtrl+Shift+C"), this, &TerminalView::copySelection);
    copy->setEnabled(!ordered().isEmpty());
    QAction *paste
        = menu.addAction(tr("Paste") + QStringLiteral("\tCtrl+Shift+V"), this, [this] { pasteFrom(QClipboard::Clipboard); });
    paste->setEnabled(m_live);
    menu.addAction(tr("Find…") + QStringLiteral("\tCtrl+Shift+F"), this, &TerminalView::findRequested);
    menu.addAction(tr("Save the session…"), this, &TerminalView::saveRequested);
    menu.addSeparator();
    menu.addAction(tr("Larger text") + QStringLiteral("\tCtrl++"), this, [this] { zoom(1); });
    menu.addAction(tr("Smaller text") + QStringLiteral("\tCtrl+-"), this, [this] { zoom(-1); });
    menu.addAction(tr("Default text size") + QStringLiteral("\tCtrl+0"), this, [this] { zoom(0); });
    menu.exec(event->globalPos());
}

} // namespace forkscope
