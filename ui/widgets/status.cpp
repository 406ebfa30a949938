// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/status.h"

#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QPixmap>

#include <array>

namespace forkscope {

namespace {

bool isDark()
{
    return QGuiApplication::palette().color(QPalette::Base).lightness() < 128;
}

/// Shapes in a box of 16 × 16.
void paintMark(QPainter &painter, Status status, const QColor &color)
{
    const QPen line(color, 2.2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
    painter.setPen(line);
    painter.setBrush(Qt::NoBrush);
    switch (status) {
    case Status::Starting:
        for (qreal x : {3.5, 8.0, 12.5})
            painter.drawPoint(QPointF(x, 8));
        return;
    case Status::Running: {
        painter.setBrush(color);
        const std::array triangle = {QPointF(5, 3.5), QPointF(12.5, 8), QPointF(5, 12.5)};
        painter.drawPolygon(triangle.data(), int(triangle.size()));
        return;
    }
    case Status::Waiting:
        painter.drawEllipse(QPointF(8, 8), 4.5, 4.5);
        return;
    case Status::Stopped:
        painter.drawLine(QPointF(5.5, 4), QPointF(5.5, 12));
        painter.drawLine(QPointF(10.5, 4), QPointF(10.5, 12));
        return;
    case Status::Finished: {
        const std::array check = {QPointF(3, 8.5), QPointF(6.5, 12), QPointF(13, 4.5)};
        painter.drawPolyline(check.data(), int(check.size()));
        return;
    }
    case Status::Failed:
        painter.drawLine(QPointF(4, 4), QPointF(12, 12));
        painter.drawLine(QPointF(12, 4), QPointF(4, 12));
        return;
    case Status::Signalled: {
        const std::array bolt = {QPointF(9.5, 2), QPointF(4.5, 8.8), QPointF(11.5, 7.6), QPointF(6.5, 14)};
        painter.drawPolyline(bolt.data(), int(bolt.size()));
        return;
    }
    case Status::NotStarted:
        painter.drawEllipse(QPointF(8, 8), 5.5, 5.5);
        painter.drawLine(QPointF(4.2, 11.8), QPointF(11.8, 4.2));
        return;
    case Status::Unknown:
        painter.drawLine(QPointF(4, 8), QPointF(12, 8));
        return;
    }
}

class MarkEngine : public QIconEngine
{
public:
    explicit MarkEngine(Status status) : m_status(status) { }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->translate(rect.topLeft());
        painter->scale(rect.width() / 16.0, rect.height() / 16.0);
        const bool selected = mode == QIcon::Selected;
        paintMark(
            *painter, m_status, selected ? QGuiApplication::palette().color(QPalette::HighlightedText) : statusColor(m_status));
        painter->restore();
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return pixmap;
    }

    QIconEngine *clone() const override { return new MarkEngine(m_status); }

private:
    Status m_status;
};

} // namespace

QColor statusColor(Status status)
{
    const bool dark = isDark();
    switch (status) {
    case Status::Starting:
    case Status::Running:
    case Status::Waiting:
        return QColor(dark ? 0x56b4e9 : 0x0072b2);
    case Status::Stopped:
        return warningColor();
    case Status::Finished:
        return QColor(dark ? 0x1fbf90 : 0x008a64);
    case Status::Failed:
    case Status::NotStarted:
        return QColor(dark ? 0xf0803c : 0xc75600);
    case Status::Signalled:
        return QColor(dark ? 0xdb93b9 : 0xa8487f);
    case Status::Unknown:
        break;
    }
    return QGuiApplication::palette().color(QPalette::PlaceholderText);
}

QColor warningColor()
{
    return QColor(isDark() ? 0xe69f00 : 0xa56f00);
}

QIcon statusIcon(Status status)
{
    return QIcon(new MarkEngine(status));
}

} // namespace forkscope
