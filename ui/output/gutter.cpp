// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/output/gutter.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>

#include <cmath>

namespace forkscope {

namespace {

constexpr int kTimeColumns = 12; // 14:03:22.123
constexpr int kNumberColumns = 9;
constexpr int kNameColumns = 16;
constexpr qreal kMarkColumns = 2;

} // namespace

QString streamName(ChannelKind kind)
{
    switch (kind) {
    case ChannelKind::StandardInput:
        return QCoreApplication::translate("forkscope::Gutter", "standard input (typed)");
    case ChannelKind::StandardOutput:
        return QCoreApplication::translate("forkscope::Gutter", "standard output");
    case ChannelKind::StandardError:
        return QCoreApplication::translate("forkscope::Gutter", "standard error");
    case ChannelKind::Terminal:
        return QCoreApplication::translate("forkscope::Gutter", "terminal");
    case ChannelKind::Queue:
    case ChannelKind::Connection:
    case ChannelKind::Pipe:
    case ChannelKind::Other:
        break;
    }
    return {};
}

QString Gutter::timeText(qint64 timeNs)
{
    return QDateTime::fromMSecsSinceEpoch(timeNs / 1'000'000).time().toString(QStringLiteral("HH:mm:ss.zzz"));
}

QString Gutter::elapsedText(qint64 ns)
{
    const qint64 ms = ns / 1'000'000;
    const QString rest
        = QStringLiteral("%1.%2").arg(ms / 1000 % 60, 2, 10, QLatin1Char('0')).arg(ms % 1000, 3, 10, QLatin1Char('0'));
    if (ms < 60'000)
        return QStringLiteral("+%1.%2").arg(ms / 1000).arg(ms % 1000, 3, 10, QLatin1Char('0'));
    if (ms < 3'600'000)
        return QStringLiteral("+%1:%2").arg(ms / 60'000).arg(rest);
    return QStringLiteral("+%1:%2:%3").arg(ms / 3'600'000).arg(ms / 60'000 % 60, 2, 10, QLatin1Char('0')).arg(rest);
}

QString Gutter::timeOf(const ShownLine &line) const
{
    switch (m_timeStyle) {
    case TimeStyle::OfDay:
        return timeText(line.timeNs);
    case TimeStyle::SinceStart:
    case TimeStyle::SinceLineBefore:
        return elapsedText(std::max<qint64>(0, line.timeNs - line.sinceNs));
    case TimeStyle::None:
        break;
    }
    return {};
}

int Gutter::width(const OutputFont &font) const
{
    const qreal columns = kMarkColumns + (m_numbers ? kNumberColumns + 1 : 0)
        + (m_timeStyle != TimeStyle::None ? kTimeColumns + 1 : 0) + (m_names ? kNameColumns + 1 : 0);
    return int(std::ceil(columns * font.charWidth)) + 3;
}

void Gutter::paintBackground(QPainter &painter, const QRect &area, const OutputColors &colors) const
{
    painter.fillRect(area, colors.gutter);
    painter.fillRect(area.right(), area.top(), 1, area.height(), colors.gutterEdge);
}

void Gutter::paint(QPainter &painter, qreal top, const ShownLine &line, const QString &name, const QColor &nameColor,
    const OutputFont &font, const OutputColors &colors) const
{
    qreal x = 2;
    const QRectF cell(x, top, kMarkColumns * font.charWidth, font.rowHeight);
    if (!line.lost)
        paintMark(painter, cell, line.kind, colors.mark(line.kind));
    x += cell.width();
    painter.setPen(colors.gutterText);
    const auto rightAligned = [&](const QString &text, int columns) {
        const qreal room = columns * font.charWidth;
        painter.drawText(QPointF(x + room - double(text.size()) * font.charWidth, top + font.ascent), text);
        x += room + font.charWidth;
    };
    if (m_numbers)
        rightAligned(QString::number(line.number + 1), kNumberColumns);
    if (m_timeStyle != TimeStyle::None)
        rightAligned(line.lost ? QString() : timeOf(line), kTimeColumns);
    if (m_names) {
        const qreal bar = std::max(3.0, font.charWidth / 2);
        const qreal room = kNameColumns * font.charWidth - bar - 3;
        if (!name.isEmpty())
            painter.fillRect(QRectF(x, top, bar, font.rowHeight), nameColor);
        x += bar + 3;
        painter.drawText(QPointF(x, top + font.ascent), QFontMetricsF(font.font).elidedText(name, Qt::ElideMiddle, room));
    }
}

void Gutter::paintMark(QPainter &painter, const QRectF &cell, ChannelKind kind, const QColor &color)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QPointF middle = cell.center();
    const qreal r = std::min(cell.width(), cell.height()) * 0.30;
    switch (kind) {
    case ChannelKind::StandardError: {
        QPainterPath triangle;
        triangle.moveTo(middle + QPointF(0, -r));
        triangle.lineTo(middle + QPointF(r, r * 0.8));
        triangle.lineTo(middle + QPointF(-r, r * 0.8));
        triangle.closeSubpath();
        painter.fillPath(triangle, color);
        break;
    }
    case ChannelKind::StandardInput:
        painter.setPen(QPen(color, 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPolyline(
            QPolygonF{middle + QPointF(-r * 0.5, -r), middle + QPointF(r * 0.5, 0), middle + QPointF(-r * 0.5, r)});
        break;
    case ChannelKind::StandardOutput:
    case ChannelKind::Terminal:
    case ChannelKind::Queue:
    case ChannelKind::Connection:
    case ChannelKind::Pipe:
    case ChannelKind::Other:
        painter.fillRect(QRectF(middle.x() - 1, cell.top() + 2, 2, cell.height() - 4), color);
        break;
    }
    painter.restore();
}

} // namespace forkscope
