// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/ipc/scenenode.h"

#include <QKeyEvent>
#include <QLocale>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace forkscope {

SceneNode::SceneNode(const QString &name, QWidget *parent) : QAbstractButton(parent), m_name(name)
{
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setContextMenuPolicy(Qt::CustomContextMenu);
    m_state.name = name;
}

QSize SceneNode::sizeHint() const
{
    const int line = fontMetrics().height();
    const int characters = fontMetrics().horizontalAdvance(QLatin1Char('x'));
    return m_name.isEmpty() ? QSize(36 * characters, 4 * line + 16) : QSize(38 * characters, 2 * line + 14);
}

void SceneNode::showProcess(const SceneProcess &process, const SceneProcessState &state)
{
    m_state = state;
    const QString count = (state.atLeast ? QStringLiteral("≥ ") : QString()) + QLocale().toString(state.messages);
    setTexts(process.name, state.pid ? tr("PID %1").arg(state.pid) : QString(), SceneWords::phase(state),
        state.pid ? tr("%1 · %2").arg(count, SceneWords::rate(process.rate)) : SceneWords::rate(process.rate));
    setToolTip(state.problem);
}

void SceneNode::showChannel(const Scene &scene, const SceneLevel &level, bool active)
{
    const QLocale locale;
    const bool queue = scene.kind == Scene::Kind::Queue;
    m_depth = active ? level.depth : 0;
    m_bound = queue ? scene.bound : 0;
    m_closed = active && level.closed;
    const QString kind = !queue             ? scene.duplex ? tr("duplex") : tr("simplex")
                    : scene.order == Scene::Order::Fifo ? tr("first in, first out")
        : scene.order == Scene::Order::Lifo ? tr("last in, first out")
                                            : tr("by priority");
    const QString depth = m_bound > 0 ? tr("%1 of %2").arg(locale.toString(m_depth), locale.toString(m_bound))
                                      : tr("%Ln message(s)", nullptr, int(std::min<qint64>(m_depth, 1 << 30)));
    setTexts(queue ? tr("Queue") : tr("Pipe"), kind, m_closed ? tr("%1, closed").arg(depth) : depth,
        active ? tr("%1 out").arg(locale.toString(level.gets)) : QString());
}

void SceneNode::setTexts(const QString &title, const QString &right, const QString &line, const QString &lineRight)
{
    if (m_title == title && m_right == right && m_line == line && m_lineRight == lineRight)
        return;
    m_title = title;
    m_right = right;
    m_line = line;
    m_lineRight = lineRight;
    setAccessibleName(m_right.isEmpty() ? title : tr("%1, %2").arg(title, right));
    setAccessibleDescription(tr("%1, %2").arg(line, lineRight));
    update();
}

void SceneNode::paintFill(QPainter &painter, const QRectF &box) const
{
    // Full is a bound; without one the bar tells the order of magnitude.
    const double share = m_bound > 0 ? double(m_depth) / double(m_bound) : m_depth > 0 ? std::log10(double(m_depth) + 1) / 5 : 0;
    const bool full = m_bound > 0 && m_depth >= m_bound;
    painter.setPen(palette().color(QPalette::Mid));
    painter.setBrush(palette().color(QPalette::Base));
    painter.drawRect(box);
    QRectF fill = box.adjusted(1, 1, 0, 0);
    fill.setLeft(fill.right() - fill.width() * std::clamp(share, 0.0, 1.0)); // the oldest is at the right, where it leaves
    painter.fillRect(fill, full ? warningColor() : statusColor(Status::Running));
    if (m_bound > 1 && m_bound <= 40) {
        painter.setPen(palette().color(QPalette::Window));
        for (int i = 1; i < m_bound; ++i) {
            const double x = box.left() + box.width() * i / double(m_bound);
            painter.drawLine(QPointF(x, box.top() + 1), QPointF(x, box.bottom() - 1));
        }
    }
}

void SceneNode::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool process = !m_name.isEmpty();
    const Status status = SceneWords::status(m_state);
    const bool dead = process && m_state.pid && !m_state.isAlive();
    QPen edge(isChecked()            ? palette().color(QPalette::Highlight)
            : process && m_state.pid ? statusColor(status)
                                     : palette().color(QPalette::Mid),
        isChecked() ? 2.5 : 1.2, dead ? Qt::DashLine : Qt::SolidLine);
    painter.setPen(edge);
    painter.setBrush(palette().color(underMouse() ? QPalette::AlternateBase : QPalette::Base));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1.5, 1.5, -1.5, -1.5), 7, 7);
    if (hasFocus()) {
        painter.setPen(QPen(palette().color(QPalette::Highlight), 1, Qt::DotLine));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(4, 4, -4, -4), 5, 5);
    }
    painter.setRenderHint(QPainter::Antialiasing, false);

    const QFontMetrics metrics = fontMetrics();
    const QRect text = rect().adjusted(10, 6, -10, -6);
    const QColor plain = palette().color(QPalette::Text), pale = palette().color(QPalette::PlaceholderText);
    const auto line = [&](int top, const QString &left, const QString &right, bool bold, int indent) {
        const QRect row(text.left() + indent, top, text.width() - indent, metrics.height());
        QFont leftFont = font();
        leftFont.setBold(bold);
        // How it is doing goes before the figures, where there is not room for both.
        const int leftWidth = std::min(QFontMetrics(leftFont).horizontalAdvance(left) + 2, row.width());
        painter.setFont(leftFont);
        painter.setPen(plain);
        painter.drawText(
            row, Qt::AlignLeft | Qt::AlignVCenter, QFontMetrics(leftFont).elidedText(left, Qt::ElideRight, leftWidth));
        painter.setFont(font());
        painter.setPen(pale);
        painter.drawText(row, Qt::AlignRight | Qt::AlignVCenter,
            metrics.elidedText(right, Qt::ElideRight, std::max(row.width() - leftWidth - 8, 0)));
    };
    line(text.top(), m_title, m_right, true, 0);
    if (process) {
        const int second = text.bottom() - metrics.height() + 1;
        const int size = std::min(16, metrics.height());
        statusIcon(status).paint(&painter, QRect(text.left(), second + (metrics.height() - size) / 2, size, size));
        line(second, m_line, m_lineRight, false, size + 5);
        return;
    }
    line(text.top() + metrics.height() + 2, m_line, m_lineRight, false, 0);
    paintFill(painter, QRectF(text.left(), text.bottom() - metrics.height() - 4, text.width(), metrics.height() + 4));
}

void SceneNode::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Up:
    case Qt::Key_Down:
        emit moveRequested(event->key());
        return;
    case Qt::Key_Plus:
        emit addRequested();
        return;
    case Qt::Key_Minus:
        emit removeRequested();
        return;
    default:
        QAbstractButton::keyPressEvent(event);
    }
}

void SceneNode::focusInEvent(QFocusEvent *event)
{
    QAbstractButton::focusInEvent(event);
    if (event->reason() != Qt::ActiveWindowFocusReason && event->reason() != Qt::PopupFocusReason)
        emit selected();
}

} // namespace forkscope
