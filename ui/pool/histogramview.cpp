// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pool/histogramview.h"

#include "ui/widgets/format.h"
#include "ui/widgets/status.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace forkscope {

HistogramView::HistogramView(const QString &title, QWidget *parent) : QWidget(parent), m_title(title)
{
    setAccessibleName(title);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
}

void HistogramView::show(const pool::DurationHistogram &histogram)
{
    constexpr int kMostColumns = 40;
    m_columns = histogram.columns(kMostColumns);
    m_quantiles.clear();
    m_summary = tr("nothing yet");
    if (!m_columns.empty()) {
        m_quantiles = {histogram.quantileNs(0.5), histogram.quantileNs(0.9), histogram.quantileNs(0.99)};
        m_summary = tr("p50 %1 · p90 %2 · p99 %3")
                        .arg(durationText(m_quantiles[0]), durationText(m_quantiles[1]), durationText(m_quantiles[2]));
    }
    setAccessibleDescription(m_summary);
    update();
}

QRect HistogramView::plot() const
{
    const int line = fontMetrics().height();
    return rect().adjusted(6, 2 * line + 6, -6, -line - 4);
}

void HistogramView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const int line = fontMetrics().height();
    QFont bold = font();
    bold.setBold(true);
    painter.setFont(bold);
    painter.drawText(
        QRect(6, 2, width() - 12, line), Qt::AlignLeft, QFontMetrics(bold).elidedText(m_title, Qt::ElideRight, width() - 12));
    painter.setFont(font());
    painter.drawText(
        QRect(6, 2 + line, width() - 12, line), Qt::AlignLeft, fontMetrics().elidedText(m_summary, Qt::ElideRight, width() - 12));
    const QRect field = plot();
    painter.fillRect(field, palette().base());
    if (m_columns.empty() || field.height() < 4)
        return;
    quint64 most = 1;
    for (const auto &column : m_columns)
        most = std::max(most, column.count);
    const double wide = double(field.width()) / double(m_columns.size());
    QColor color = statusColor(Status::Running);
    for (size_t i = 0; i < m_columns.size(); ++i) {
        if (m_columns[i].count == 0)
            continue;
        const int high = std::max(1, int(std::lround(double(m_columns[i].count) / double(most) * (field.height() - 2))));
        const int left = field.left() + int(double(i) * wide), right = field.left() + int(double(i + 1) * wide);
        painter.fillRect(QRect(left, field.bottom() + 1 - high, std::max(1, right - left - 1), high), color);
    }
    painter.setPen(QPen(palette().color(QPalette::Text), 1, Qt::DashLine));
    for (const qint64 quantile : m_quantiles) {
        size_t i = 0;
        while (i + 1 < m_columns.size() && m_columns[i].toNs <= quantile)
            ++i;
        const double inside
            = double(quantile - m_columns[i].fromNs) / double(std::max<qint64>(1, m_columns[i].toNs - m_columns[i].fromNs));
        const int x = field.left() + int((double(i) + std::clamp(inside, 0.0, 1.0)) * wide);
        painter.drawLine(x, field.top(), x, field.bottom());
    }
    painter.setPen(palette().color(QPalette::PlaceholderText));
    const QRect scale(field.left(), field.bottom() + 2, field.width(), line);
    painter.drawText(scale, Qt::AlignLeft, durationText(m_columns.front().fromNs));
    painter.drawText(scale, Qt::AlignRight, durationText(m_columns.back().toNs));
}

bool HistogramView::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const QRect field = plot();
        QString text;
        if (!m_columns.empty() && field.contains(help->pos())) {
            const auto i = std::min(
                m_columns.size() - 1, size_t((help->pos().x() - field.left()) * double(m_columns.size()) / field.width()));
            const auto &column = m_columns[i];
            text = tr("%1 – %2: %L3", "from, to: how many")
                       .arg(durationText(column.fromNs), durationText(column.toNs))
                       .arg(column.count);
        }
        QToolTip::showText(help->globalPos(), text, this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace forkscope
