// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pool/poolnumbers.h"

#include "ui/pool/histogramview.h"
#include "ui/widgets/format.h"

#include <QGridLayout>
#include <QLabel>
#include <QLocale>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace forkscope {

namespace {

constexpr int kBetweenMs = 500;
constexpr int kMore = 2; ///< workers

QString rateText(double perSecond)
{
    return QLocale().toString(perSecond, 'f', perSecond < 10 ? 2 : perSecond < 100 ? 1 : 0);
}

} // namespace

PoolNumbers::PoolNumbers(QWidget *parent)
    : QScrollArea(parent), m_waits(new HistogramView(tr("Waiting time"))), m_runs(new HistogramView(tr("Running time")))
{
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setAccessibleName(tr("Figures of the pool"));
    const QString names[] = {tr("Tasks per second"), tr("Done in about"), QString(), tr("Workers busy"), tr("Tried again")};
    const QString tips[] = {tr("Tasks that ended: in the last ten seconds, and since the first one began"),
        tr("Each task that waits is taken to run as long as one of those that have run, chosen at random;\n"
           "the first free worker takes the next one."),
        tr("The same with two workers more, as long as the machine has CPUs and memory for them."),
        tr("The share of its time in which each worker ran a task"), tr("Attempts that were followed by another one")};
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(2);
    for (int row = 0; row < RowCount; ++row) {
        m_names[row] = new QLabel(names[row]);
        m_values[row] = new QLabel;
        m_values[row]->setTextInteractionFlags(Qt::TextSelectableByMouse);
        m_values[row]->setWordWrap(true);
        for (QLabel *label : {m_names[row], m_values[row]})
            label->setToolTip(tips[row]);
        grid->addWidget(m_names[row], row, 0, Qt::AlignTop);
        grid->addWidget(m_values[row], row, 1);
    }
    grid->setColumnStretch(1, 1);
    auto *plots = new QHBoxLayout;
    plots->addWidget(m_waits);
    plots->addWidget(m_runs);
    auto *page = new QWidget;
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(8, 6, 8, 6);
    layout->addLayout(grid);
    layout->addLayout(plots, 1);
    setWidget(page);
}

void PoolNumbers::setPool(const pool::PoolRecord *record)
{
    m_pool = record;
    m_since.invalidate();
}

bool PoolNumbers::refresh(qint64 nowNs, bool live)
{
    if (!m_pool)
        return true;
    if (m_since.isValid() && !m_since.hasExpired(kBetweenMs) && live == m_live)
        return false;
    m_since.start();
    m_live = live;
    m_values[Rate]->setText(live
            ? tr("%1 recently · %2 in all").arg(rateText(m_pool->recentRate(nowNs)), rateText(m_pool->wholeRate(nowNs)))
            : rateText(m_pool->wholeRate(nowNs)));
    m_values[Finish]->setText(finishText(nowNs, 0));
    m_names[FinishMore]->setText(tr("… with %n worker(s) more", nullptr, kMore));
    m_values[FinishMore]->setText(finishText(nowNs, kMore));
    m_values[Utilisation]->setText(utilisationText(nowNs));
    m_values[Tried]->setText(QLocale().toString(m_pool->retryCount()));
    m_waits->show(m_pool->waitTimes());
    m_runs->show(m_pool->runTimes());
    return true;
}

QString PoolNumbers::finishText(qint64 nowNs, int moreWorkers) const
{
    if (m_pool->count(pool::TaskStage::Waiting) + m_pool->count(pool::TaskStage::Running) == 0)
        return moreWorkers > 0 ? QStringLiteral("–") : tr("nothing is left to do");
    if (!m_live)
        return tr("it did not go on");
    const auto left = pool::projectedNs(m_pool->workload(nowNs), m_pool->runSample().values(), moreWorkers);
    if (!left)
        return tr("not known before a task has run");
    const QString when = tr("%1, at %2", "duration, time of day").arg(durationText(*left), clockText(nowNs + *left));
    return m_pool->hold() == PoolHold::None ? when : tr("%1, once it goes on").arg(durationText(*left));
}

QString PoolNumbers::utilisationText(qint64 nowNs) const
{
    constexpr size_t kMost = 16;
    QStringList parts;
    double sum = 0;
    const auto &lanes = m_pool->lanes();
    for (size_t i = 0; i < lanes.size(); ++i) {
        const double busy = m_pool->utilisation(lanes[i], nowNs);
        sum += busy;
        if (i < kMost)
            parts.append(tr("%1: %2 %").arg(i).arg(QLocale().toString(int(std::lround(busy * 100)))));
    }
    if (lanes.size() > kMost)
        parts.append(QString(QChar(0x2026)));
    const double mean = lanes.empty() ? 0 : sum / double(lanes.size());
    return lanes.size() == 1 ? percentText(int(mean * 1000))
                             : tr("%1 in the mean (%2)").arg(percentText(int(mean * 1000)), parts.join(QStringLiteral(", ")));
}

QStringList PoolNumbers::values() const
{
    QStringList texts;
    for (const QLabel *label : m_values)
        texts.append(label->text());
    return texts;
}

} // namespace forkscope
