// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/playground/sceneobservation.h"

#include <QWidget>

class QCPAxisRect;
class QCPGraph;
class QCPLegend;
class QCustomPlot;

namespace forkscope {

/// Depth, waiting time and throughput of the last minute over one axis of time. GUI thread.
class ScenePlots : public QWidget
{
    Q_OBJECT

public:
    explicit ScenePlots(QWidget *parent = nullptr);

    void clear();
    void setBound(qint64 bound); ///< 0: none
    void add(const QList<SceneSample> &samples);
    /// The latest figures in words, as screen readers get them.
    QString summary() const;
    QCustomPlot *plot() const { return m_plot; }

    static constexpr double kSeconds = 60;

protected:
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    QCPAxisRect *addRect(int row);
    QCPGraph *addGraph(QCPAxisRect *rect, bool right = false);
    void nameGraphs();
    void restyle();
    void rescale();
    void showAll();

    QCustomPlot *m_plot;
    QList<QCPAxisRect *> m_rects; ///< depth, waiting, throughput
    QList<QCPLegend *> m_legends;
    QCPGraph *m_depth, *m_bound, *m_p50, *m_p95, *m_puts, *m_gets, *m_bytes;
    qint64 m_boundMessages = 0;
    SceneSample m_last;
    bool m_dirty = false; ///< came while hidden
};

} // namespace forkscope
