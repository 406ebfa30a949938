// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/launch/launchline.h"

#include "ui/launch/completion.h"

#include <QKeyEvent>
#include <QListView>
#include <QStringListModel>

namespace forkscope {

LaunchLine::LaunchLine(QWidget *parent)
    : QLineEdit(parent), m_completion(new Completion(this)), m_list(new QListView(this)), m_found(new QStringListModel(this))
{
    m_list->setWindowFlags(Qt::ToolTip);
    m_list->setAttribute(Qt::WA_ShowWithoutActivating);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setFrameShape(QFrame::Box);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setUniformItemSizes(true);
    m_list->setModel(m_found);
    m_list->setAccessibleName(tr("Completions"));
    connect(m_list, &QListView::clicked, this, [this](const QModelIndex &index) { take(index.data().toString()); });
    connect(m_completion, &Completion::found, this, &LaunchLine::showFound);
    connect(this, &QLineEdit::textEdited, this, [this] {
        m_history.stopWalking();
        ask();
    });
}

LaunchLine::~LaunchLine() = default;

void LaunchLine::ask()
{
    hideList();
    m_askedCursor = cursorPosition();
    m_completion->request(++m_ticket, text(), m_askedCursor, m_workingDirectory);
}

void LaunchLine::showFound(quint64 ticket, int wordStart, const QStringList &words)
{
    const QString typed = text().mid(wordStart, m_askedCursor - wordStart);
    const bool nothingNew = words.isEmpty() || (words.size() == 1 && words.first() == typed);
    if (ticket != m_ticket || cursorPosition() != m_askedCursor || !hasFocus() || nothingNew || typed.isEmpty())
        return;
    m_wordStart = wordStart;
    m_found->setStringList(words);
    m_list->clearSelection();
    m_list->setCurrentIndex({});
    const int rows = int(std::min<qsizetype>(words.size(), 10));
    m_list->resize(
        std::clamp(m_list->sizeHintForColumn(0) + 40, 180, width()), rows * m_list->sizeHintForRow(0) + 2 * m_list->frameWidth());
    const int x = std::max(0, cursorRect().left() - fontMetrics().horizontalAdvance(typed));
    m_list->move(mapToGlobal(QPoint(x, height())));
    m_list->show();
    m_list->scrollToTop();
}

bool LaunchLine::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride && m_list->isVisible()
        && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        event->accept();
        return true;
    }
    // Before QWidget takes Tab for the focus.
    if (event->type() == QEvent::KeyPress && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Tab
        && !(static_cast<QKeyEvent *>(event)->modifiers() & Qt::ShiftModifier) && completeByTab())
        return true;
    return QLineEdit::event(event);
}

void LaunchLine::keyPressEvent(QKeyEvent *event)
{
    if (m_list->isVisible() && listHandles(event))
        return;
    switch (event->key()) {
    case Qt::Key_Up:
        walk(m_history.older(text()));
        return;
    case Qt::Key_Down:
        walk(m_history.newer());
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        hideList();
        ++m_ticket; // no list may open for a line that was run
        emit lineEntered(text());
        return;
    default:
        QLineEdit::keyPressEvent(event);
    }
}

bool LaunchLine::listHandles(QKeyEvent *event)
{
    const QModelIndex current = m_list->currentIndex();
    const int rows = m_found->rowCount();
    switch (event->key()) {
    case Qt::Key_Down:
    case Qt::Key_Up: {
        if (event->key() == Qt::Key_Up && !current.isValid()) {
            hideList();
            return false;
        }
        const int next = !current.isValid() ? 0 : (current.row() + (event->key() == Qt::Key_Down ? 1 : rows - 1)) % rows;
        m_list->setCurrentIndex(m_found->index(next));
        return true;
    }
    case Qt::Key_Escape:
        hideList();
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (!current.isValid())
            return false;
        take(current.data().toString());
        return true;
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Home:
    case Qt::Key_End:
        hideList();
        return false;
    default:
        return false;
    }
}

bool LaunchLine::completeByTab()
{
    if (!m_list->isVisible())
        return false;
    const QModelIndex current = m_list->currentIndex();
    take((current.isValid() ? current : m_found->index(0)).data().toString());
    return true;
}

void LaunchLine::take(const QString &word)
{
    hideList();
    const bool directory = word.endsWith(QLatin1Char('/'));
    const QString after = text().mid(m_askedCursor);
    const bool needsSpace = !directory && !after.startsWith(QLatin1Char(' '));
    setText(text().left(m_wordStart) + word + (needsSpace ? QStringLiteral(" ") : QString()) + after);
    setCursorPosition(m_wordStart + int(word.size()) + (needsSpace ? 1 : 0));
    if (directory)
        ask();
}

void LaunchLine::hideList()
{
    m_list->hide();
}

void LaunchLine::walk(const QString &line)
{
    hideList();
    if (!line.isNull())
        setText(line);
}

void LaunchLine::focusOutEvent(QFocusEvent *event)
{
    hideList();
    QLineEdit::focusOutEvent(event);
}

} // namespace forkscope
