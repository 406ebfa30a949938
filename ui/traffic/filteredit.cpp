// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/traffic/filteredit.h"

#include "ui/widgets/status.h"

#include <QKeyEvent>
#include <QListWidget>
#include <QPainter>
#include <QPainterPath>
#include <QScreen>

#include <algorithm>

namespace forkscope {

namespace {

constexpr int kMostRows = 10; ///< of the popup that are seen at once

}

FilterEdit::FilterEdit(QWidget *parent) : QLineEdit(parent), m_popup(new QListWidget(this))
{
    setClearButtonEnabled(true);
    setPlaceholderText(tr("Filter: len > 100 && text contains \"ERROR\"", "do not translate what follows the colon"));
    setAccessibleName(tr("Display filter"));
    m_popup->setWindowFlags(Qt::ToolTip | Qt::FramelessWindowHint);
    m_popup->setFocusPolicy(Qt::NoFocus);
    m_popup->setFocusProxy(this);
    m_popup->setUniformItemSizes(true);
    m_popup->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_popup->setAccessibleName(tr("What may stand here"));
    m_popup->hide();
    connect(m_popup, &QListWidget::itemClicked, this, [this](QListWidgetItem *item) { accept(m_popup->row(item)); });
    connect(this, &QLineEdit::textChanged, this, &FilterEdit::parse);
    connect(this, &QLineEdit::textEdited, this, [this] {
        m_historyAt = -1;
        complete();
    });
    parse();
}

FilterEdit::~FilterEdit() = default;

void FilterEdit::parse()
{
    m_parsed = filter::DisplayFilter::parse(text());
    const filter::Problem *wrong = problem();
    setToolTip(wrong ? wrong->text : QString());
    setAccessibleDescription(wrong ? tr("Cannot be understood: %1").arg(wrong->text) : QString());
    update();
    emit parsedChanged();
}

int FilterEdit::xOf(qsizetype position) const
{
    // The text may be scrolled: the cursor tells by how much.
    const auto width = [this](qsizetype characters) { return fontMetrics().horizontalAdvance(text().left(characters)); };
    return cursorRect().center().x() + width(position) - width(cursorPosition());
}

void FilterEdit::paintEvent(QPaintEvent *event)
{
    QLineEdit::paintEvent(event);
    const filter::Problem *wrong = problem();
    if (!wrong || text().isEmpty())
        return;
    // A wave under the spot; one character wide at least, also behind the end.
    const int from = xOf(wrong->position);
    const int to = std::max(xOf(wrong->position + wrong->length), from + fontMetrics().averageCharWidth());
    const int y = cursorRect().bottom() - 1;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(statusColor(Status::Failed), 1.5));
    QPainterPath wave(QPointF(from, y));
    for (int x = from, up = 0; x < to; x += 2, up ^= 1)
        wave.lineTo(x + 2, y - (up ? 0 : 2));
    painter.setClipRect(rect().adjusted(3, 0, -3, 0));
    painter.drawPath(wave);
}

bool FilterEdit::event(QEvent *event)
{
    if (event->type() == QEvent::KeyPress && m_popup->isVisible()) {
        auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Tab && keyInPopup(key)) // else it would leave the line
            return true;
    }
    return QLineEdit::event(event);
}

bool FilterEdit::keyInPopup(QKeyEvent *event)
{
    const int count = m_popup->count(), row = m_popup->currentRow();
    switch (event->key()) {
    case Qt::Key_Down:
        m_popup->setCurrentRow((row + 1) % count);
        return true;
    case Qt::Key_Up:
        m_popup->setCurrentRow(row <= 0 ? count - 1 : row - 1);
        return true;
    case Qt::Key_Tab:
        accept(std::max(0, row));
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (row < 0)
            return false; // nothing was chosen: the filter as it was typed
        accept(row);
        return true;
    case Qt::Key_Escape:
        m_popup->hide();
        return true;
    default:
        return false;
    }
}

void FilterEdit::keyPressEvent(QKeyEvent *event)
{
    if (m_popup->isVisible() && keyInPopup(event))
        return;
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        m_popup->hide();
        if (!problem())
            emit applied();
        else
            complete();
        return;
    case Qt::Key_Escape:
        emit left();
        return;
    case Qt::Key_Up:
        return walkHistory(1);
    case Qt::Key_Down:
        return walkHistory(-1);
    case Qt::Key_Space:
        if (event->modifiers() & Qt::ControlModifier)
            return complete();
        break;
    default:
        break;
    }
    QLineEdit::keyPressEvent(event);
}

void FilterEdit::focusOutEvent(QFocusEvent *event)
{
    m_popup->hide();
    QLineEdit::focusOutEvent(event);
}

void FilterEdit::walkHistory(int step)
{
    if (m_historyAt < 0)
        m_typed = text();
    const qsizetype at = std::clamp<qsizetype>(m_historyAt + step, -1, m_history.size() - 1);
    if (at == m_historyAt)
        return;
    m_historyAt = at;
    setText(at < 0 ? m_typed : m_history[at]);
}

void FilterEdit::complete()
{
    m_completions = filter::completionsAt(text(), cursorPosition(), m_names ? m_names() : filter::KnownNames());
    m_popup->clear();
    if (m_completions.isEmpty() || !isVisible())
        return m_popup->hide();
    int width = 0;
    for (const filter::Completion &one : std::as_const(m_completions)) {
        const QString line
            = one.explanation.isEmpty() ? one.text : tr("%1   –  %2", "word, explanation").arg(one.text, one.explanation);
        m_popup->addItem(line);
        width = std::max(width, fontMetrics().horizontalAdvance(line));
    }
    m_popup->setCurrentRow(-1);
    const int rows = std::min(int(m_completions.size()), kMostRows);
    m_popup->resize(width + 40, rows * m_popup->sizeHintForRow(0) + 2 * m_popup->frameWidth());
    QPoint at = mapToGlobal(QPoint(xOf(m_completions.first().from), height()));
    if (const QScreen *on = screen())
        at.setX(std::max(on->geometry().left(), std::min(at.x(), on->geometry().right() - m_popup->width())));
    m_popup->move(at);
    m_popup->show();
}

void FilterEdit::accept(int row)
{
    if (row < 0 || row >= m_completions.size())
        return;
    const filter::Completion one = m_completions[row];
    QString line = text();
    line.replace(one.from, one.length, one.text);
    setText(line);
    setCursorPosition(int(one.from + one.text.size()));
    m_popup->hide();
}

} // namespace forkscope
