// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/ipc/sceneplots.h"

#include "ui/widgets/format.h"

#include <QEvent>
#include <QVBoxLayout>

#include <qcustomplot.h>

namespace forkscope {

namespace {

/// Ticks that say their unit.
template<typename Text> class UnitTicker : public QCPAxisTicker
{
public:
    explicit UnitTicker(Text text) : m_text(std::move(text)) { setTickCount(3); }

protected:
    QString getTickLabel(double tick, const QLocale &, QChar, int) override { return m_text(tick); }

private:
    Text m_text;
};

template<typename Text> QSharedPointer<QCPAxisTicker> unitTicker(Text text)
{
    return QSharedPointer<QCPAxisTicker>(new UnitTicker<Text>(std::move(text)));
}

QString countText(double count)
{
    return count >= 100'000 ? QLocale().toString(count / 1000, 'f', 0) + QStringLiteral("k")
                            : QLocale().toString(count, 'f', count > 0 && count < 5 && count != std::floor(count) ? 1 : 0);
}

} // namespace

ScenePlots::ScenePlots(QWidget *parent) : QWidget(parent), m_plot(new QCustomPlot)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_plot);
    setAccessibleName(tr("Plots of depth, waiting time and throughput"));
    m_plot->setFocusPolicy(Qt::NoFocus);
    m_plot->setAutoAddPlottableToLegend(false);
    m_plot->plotLayout()->clear();
    m_plot->plotLayout()->setRowSpacing(2);
    m_plot->setNoAntialiasingOnDrag(true);
    m_plot->setMinimumHeight(210);
    auto *left = new QCPMarginGroup(m_plot), *right = new QCPMarginGroup(m_plot);
    for (int row = 0; row < 3; ++row) {
        QCPAxisRect *rect = addRect(row);
        rect->setMarginGroup(QCP::msLeft, left);
        rect->setMarginGroup(QCP::msRight, right);
    }
    m_bound = addGraph(m_rects[0]);
    m_depth = addGraph(m_rects[0]);
    m_p95 = addGraph(m_rects[1]);
    m_p50 = addGraph(m_rects[1]);
    m_bytes = addGraph(m_rects[2], true);
    m_puts = addGraph(m_rects[2]);
    m_gets = addGraph(m_rects[2]);
    const auto count = unitTicker(countText);
    m_rects[0]->axis(QCPAxis::atLeft)->setTicker(count);
    m_rects[1]->axis(QCPAxis::atLeft)->setTicker(unitTicker([](double ns) {
        return ns <= 0 ? QStringLiteral("0") : durationText(qint64(ns));
    }));
    m_rects[2]->axis(QCPAxis::atLeft)->setTicker(unitTicker([](double rate) { return tr("%1/s").arg(countText(rate)); }));
    m_rects[2]->axis(QCPAxis::atRight)->setVisible(true);
    m_rects[2]->axis(QCPAxis::atRight)->setTicker(unitTicker([](double rate) {
        return tr("%1/s").arg(bytesText(qint64(std::max(rate, 0.0))));
    }));
    m_rects[2]->axis(QCPAxis::atBottom)->setTickLabels(true);
    m_rects[2]->axis(QCPAxis::atBottom)->setTicker(unitTicker([](double seconds) {
        return tr("%1 s").arg(QLocale().toString(seconds, 'f', 0));
    }));
    static_cast<QCPAxisTicker &>(*m_rects[2]->axis(QCPAxis::atBottom)->ticker()).setTickCount(6);
    restyle();
    rescale();
}

QCPAxisRect *ScenePlots::addRect(int row)
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
    return rect;
}

QCPGraph *ScenePlots::addGraph(QCPAxisRect *rect, bool right)
{
    QCPGraph *graph = m_plot->addGraph(rect->axis(QCPAxis::atBottom), rect->axis(right ? QCPAxis::atRight : QCPAxis::atLeft));
    graph->addToLegend(m_legends[m_rects.indexOf(rect)]);
    graph->setAdaptiveSampling(true);
    return graph;
}

void ScenePlots::nameGraphs()
{
    const auto waited = [](qint64 ns) { return ns < 0 ? QStringLiteral("–") : durationText(ns); };
    const QLocale locale;
    m_depth->setName(tr("depth %1").arg(locale.toString(m_last.depth)));
    m_bound->setName(tr("bound %1").arg(locale.toString(m_boundMessages)));
    m_p50->setName(tr("waiting, median %1").arg(waited(m_last.waitP50Ns)));
    m_p95->setName(tr("95 % of them below %1").arg(waited(m_last.waitP95Ns)));
    m_puts->setName(tr("put %1/s").arg(locale.toString(qRound64(m_last.putsPerSecond))));
    m_gets->setName(tr("got %1/s").arg(locale.toString(qRound64(m_last.getsPerSecond))));
    m_bytes->setName(tr("got %1/s").arg(bytesText(qint64(m_last.bytesPerSecond))));
}

QString ScenePlots::summary() const
{
    return tr("%1, %2, %3, %4, %5").arg(m_depth->name(), m_p50->name(), m_p95->name(), m_puts->name(), m_gets->name());
}

void ScenePlots::restyle()
{
    const QPalette colors = palette();
    const bool dark = colors.color(QPalette::Base).lightness() < 128;
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
    // Okabe–Ito: blue, vermilion, bluish green, purple; told apart by their dashes as well.
    const QColor blue(dark ? 0x56b4e9 : 0x0072b2), vermilion(dark ? 0xf0803c : 0xc75600), green(dark ? 0x1fbf90 : 0x008a64),
        purple(dark ? 0xdb93b9 : 0xa8487f);
    m_depth->setPen(QPen(blue, 1.6));
    QColor area = blue;
    area.setAlpha(50);
    m_depth->setBrush(area);
    m_bound->setPen(QPen(vermilion, 1.2, Qt::DashLine));
    m_p50->setPen(QPen(blue, 1.6));
    m_p95->setPen(QPen(vermilion, 1.4, Qt::DashLine));
    m_puts->setPen(QPen(blue, 1.6));
    m_gets->setPen(QPen(green, 1.6, Qt::DashLine));
    m_bytes->setPen(QPen(purple, 1.2, Qt::DotLine));
}

void ScenePlots::clear()
{
    for (QCPGraph *graph : {m_depth, m_bound, m_p50, m_p95, m_puts, m_gets, m_bytes})
        graph->data()->clear();
    m_last = {};
    rescale();
    showAll();
}

void ScenePlots::setBound(qint64 bound)
{
    if (bound == m_boundMessages)
        return;
    m_boundMessages = bound;
    if (bound > 0)
        m_bound->addToLegend(m_legends[0]);
    else
        m_bound->removeFromLegend(m_legends[0]);
    rescale();
    showAll();
}

void ScenePlots::add(const QList<SceneSample> &samples)
{
    if (samples.isEmpty())
        return;
    for (const SceneSample &sample : samples) {
        const double at = sample.seconds;
        m_depth->addData(at, double(sample.depth));
        // Where nothing arrived, there is no time to tell.
        m_p50->addData(at, sample.waitP50Ns < 0 ? qQNaN() : double(sample.waitP50Ns));
        m_p95->addData(at, sample.waitP95Ns < 0 ? qQNaN() : double(sample.waitP95Ns));
        m_puts->addData(at, sample.putsPerSecond);
        m_gets->addData(at, sample.getsPerSecond);
        m_bytes->addData(at, sample.bytesPerSecond);
    }
    m_last = samples.last();
    for (QCPGraph *graph : {m_depth, m_p50, m_p95, m_puts, m_gets, m_bytes})
        graph->data()->removeBefore(m_last.seconds - kSeconds - 1);
    rescale();
    showAll();
}

void ScenePlots::rescale()
{
    nameGraphs();
    const double end = std::max(m_last.seconds, kSeconds);
    const auto top = [](std::initializer_list<const QCPGraph *> graphs, double least) {
        double most = least;
        for (const QCPGraph *graph : graphs)
            for (const QCPGraphData &point : *graph->data())
                if (point.value > most)
                    most = point.value;
        return most * 1.45; // the legend lies above the curves
    };
    for (QCPAxisRect *rect : std::as_const(m_rects))
        rect->axis(QCPAxis::atBottom)->setRange(end - kSeconds, end);
    m_rects[0]->axis(QCPAxis::atLeft)->setRange(0, top({m_depth}, std::max(double(m_boundMessages), 4.0)));
    m_rects[1]->axis(QCPAxis::atLeft)->setRange(0, top({m_p50, m_p95}, 10'000));
    m_rects[2]->axis(QCPAxis::atLeft)->setRange(0, top({m_puts, m_gets}, 4));
    m_rects[2]->axis(QCPAxis::atRight)->setRange(0, top({m_bytes}, 100));
    m_bound->data()->clear();
    if (m_boundMessages > 0) {
        m_bound->addData(end - kSeconds, double(m_boundMessages));
        m_bound->addData(end, double(m_boundMessages));
    }
}

void ScenePlots::showAll()
{
    if (!isVisible()) {
        m_dirty = true;
        return;
    }
    m_dirty = false;
    setAccessibleDescription(summary());
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void ScenePlots::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        restyle();
        showAll();
    }
}

void ScenePlots::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_dirty)
        showAll();
}

} // namespace forkscope
