// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/playground/sceneobservation.h"
#include "ui/widgets/stackedplots.h"

namespace forkscope {

/// Depth, waiting time and throughput of the last minute over one axis of time. GUI thread.
class ScenePlots : public StackedPlots
{
    Q_OBJECT

public:
    explicit ScenePlots(QWidget *parent = nullptr);

    void clear();
    void setBound(qint64 bound); ///< 0: none
    void add(const QList<SceneSample> &samples);
    QString summary() const override; ///< the latest figures

    static constexpr double kSeconds = 60;

protected:
    void styleGraphs() override;

private:
    enum Row { Depth, Waiting, Throughput, Rows };
    void nameGraphs();
    void rescale();

    QCPGraph *m_depth, *m_bound, *m_p50, *m_p95, *m_puts, *m_gets, *m_bytes;
    qint64 m_boundMessages = 0;
    SceneSample m_last;
};

} // namespace forkscope
