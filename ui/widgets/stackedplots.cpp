// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/stackedplots.h"

#include <QEvent>
#include <QLocale>
#include <QVBoxLayout>

#include <qcustomplot.h>

namespace forkscope {

namespace {

/// Ticks that say their unit.
class UnitTicker : public QCPAxisTicker
{
public:
    UnitTicker(std::function<QString(double)> text, int count) : m_text(std::move(text)) { setTickCount(count); }

protected:
    QString getTickLabel(double tick, const QLocale &, QChar, int) override { return m_text(tick); }

private:
    std::function<QString(double)> m_text;
};

} // namespace

StackedPlots::StackedPlots(int rows, QWidget *parent) : QWidget(parent), m_plot(new QCustomPlot)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_plot);
    m_plot->setFocusPolicy(Qt::NoFocus);
    m_plot->setAutoAddPlottableToLegend(false);
    m_plot->plotLayout()->clear();
    m_plot->plotLayout()->setRowSpacing(2);
    m_plot->setNoAntialiasingOnDrag(true);
    m_plot->setMinimumHeight(70 * rows);
    auto *left = new QCPMarginGroup(m_plot), *right = new QCPMarginGroup(m_plot);
    for (int row = 0; row < rows; ++row) {
        addRow(row);
        m_rects[row]->setMarginGroup(QCP::msLeft, left);
        m_rects[row]->setMarginGroup(QCP::msRight, right);
    }
    timeAxis(rows - 1)->setTickLabels(true);
    setTicks(
        timeAxis(rows - 1), [](double seconds) { return tr("%1 s").arg(QLocale().toString(seconds, 'f', 0)); }, 6);
}

void StackedPlots::addRow(int row)
{
    auto *rect = new QCPAxisRect(m_plot, true);
    m_plot->plotLayout()->addElement(row, 0, rect);
    rect->setMinimumMargins(QMargins(4, 4, 8, 2));
    rect->axis(QCPAxis::atBottom)->setTickLabels(false);
    for (QCPAxis *axis : rect->axes())
        axis->setLayer(QStringLiteral("axes"));
    auto *legend = new QCPLegend;
    rect->insetLayout()->addElement(legend, Qt::AlignTop | Qt::AlignLeft);
    rect->insetLayout()->setMargins(QMargins(4, 2, 4, 2));
    legend->setLayer(QStringLiteral("legend"));
    legend->setFillOrder(QCPLayoutGrid::foColumnsFirst);
    legend->setMargins(QMargins(3, 0, 3, 0));
    legend->setRowSpacing(0);
    legend->setIconSize(16, 8);
    m_rects.append(rect);
    m_legends.append(legend);
}

QCPGraph *StackedPlots::addGraph(int row, bool right)
{
    QCPGraph *graph = m_plot->addGraph(timeAxis(row), valueAxis(row, right));
    graph->addToLegend(m_legends[row]);
    graph->setAdaptiveSampling(true);
    return graph;
}

QCPAxis *StackedPlots::timeAxis(int row) const
{
    return m_rects[row]->axis(QCPAxis::atBottom);
}

QCPAxis *StackedPlots::valueAxis(int row, bool right) const
{
    return m_rects[row]->axis(right ? QCPAxis::atRight : QCPAxis::atLeft);
}

void StackedPlots::setTicks(QCPAxis *axis, std::function<QString(double)> text, int count)
{
    axis->setTicker(QSharedPointer<QCPAxisTicker>(new UnitTicker(std::move(text), count)));
}

QString StackedPlots::countText(double count)
{
    return count >= 100'000 ? QLocale().toString(count / 1000, 'f', 0) + QStringLiteral("k")
                            : QLocale().toString(count, 'f', count > 0 && count < 5 && count != std::floor(count) ? 1 : 0);
}

QColor StackedPlots::color(int number, const QPalette &palette)
{
    constexpr std::array<QRgb, kColors> dark = {0x56b4e9, 0xf0803c, 0x1fbf90, 0xdb93b9, 0xe69f00, 0x9fb4ff};
    constexpr std::array<QRgb, kColors> light = {0x0072b2, 0xc75600, 0x008a64, 0xa8487f, 0xa56f00, 0x4a5fd0};
    const bool isDark = palette.color(QPalette::Base).lightness() < 128;
    return QColor((isDark ? dark : light)[size_t(number % kColors)]);
}

void StackedPlots::restyle()
{
    const QPalette colors = palette();
    const QColor text = colors.color(QPalette::Text), pale = colors.color(QPalette::PlaceholderText);
    QColor grid = text;
    grid.setAlpha(30);
    m_plot->setBackground(colors.color(QPalette::Window));
    for (QCPAxisRect *rect : std::as_const(m_rects)) {
        rect->setBackground(colors.color(QPalette::Base));
        for (QCPAxis *axis : rect->axes()) {
            axis->setBasePen(QPen(pale));
            axis->setTickPen(QPen(pale));
            axis->setSubTickPen(Qt::NoPen);
            axis->setTickLabelColor(text);
            axis->setTickLabelFont(font());
            axis->grid()->setPen(QPen(grid));
            axis->grid()->setZeroLinePen(QPen(grid));
        }
    }
    QColor behind = colors.color(QPalette::Base);
    behind.setAlpha(200);
    for (QCPLegend *legend : std::as_const(m_legends)) {
        legend->setBrush(behind);
        legend->setBorderPen(Qt::NoPen);
        legend->setTextColor(text);
        legend->setFont(font());
    }
    styleGraphs();
}

void StackedPlots::showAll()
{
    if (!isVisible()) {
        m_dirty = true;
        return;
    }
    m_dirty = false;
    setAccessibleDescription(summary());
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void StackedPlots::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        restyle();
        showAll();
    }
}

void StackedPlots::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_dirty)
        showAll();
}

} // namespace forkscope
