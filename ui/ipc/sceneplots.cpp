// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/ipc/sceneplots.h"

#include "ui/widgets/format.h"

#include <qcustomplot.h>

namespace forkscope {

ScenePlots::ScenePlots(QWidget *parent) : StackedPlots(Rows, parent)
{
    setAccessibleName(tr("Plots of depth, waiting time and throughput"));
    m_bound = addGraph(Depth);
    m_depth = addGraph(Depth);
    m_p95 = addGraph(Waiting);
    m_p50 = addGraph(Waiting);
    m_bytes = addGraph(Throughput, true);
    m_puts = addGraph(Throughput);
    m_gets = addGraph(Throughput);
    setTicks(valueAxis(Depth), countText);
    setTicks(valueAxis(Waiting), [](double ns) { return ns <= 0 ? QStringLiteral("0") : durationText(qint64(ns)); });
    setTicks(valueAxis(Throughput), [](double rate) { return tr("%1/s").arg(countText(rate)); });
    valueAxis(Throughput, true)->setVisible(true);
    setTicks(valueAxis(Throughput, true), [](double rate) { return tr("%1/s").arg(bytesText(qint64(std::max(rate, 0.0)))); });
    restyle();
    rescale();
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

/// Told apart by their dashes as well.
void ScenePlots::styleGraphs()
{
    const QColor blue = color(0, palette()), vermilion = color(1, palette()), green = color(2, palette()),
                 purple = color(3, palette());
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
        m_bound->addToLegend(legend(Depth));
    else
        m_bound->removeFromLegend(legend(Depth));
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
    for (int row = 0; row < rows(); ++row)
        timeAxis(row)->setRange(end - kSeconds, end);
    valueAxis(Depth)->setRange(0, top({m_depth}, std::max(double(m_boundMessages), 4.0)));
    valueAxis(Waiting)->setRange(0, top({m_p50, m_p95}, 10'000));
    valueAxis(Throughput)->setRange(0, top({m_puts, m_gets}, 4));
    valueAxis(Throughput, true)->setRange(0, top({m_bytes}, 100));
    m_bound->data()->clear();
    if (m_boundMessages > 0) {
        m_bound->addData(end - kSeconds, double(m_boundMessages));
        m_bound->addData(end, double(m_boundMessages));
    }
}

} // namespace forkscope
