// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QWidget>

#include <functional>

class QCPAxis;
class QCPAxisRect;
class QCPGraph;
class QCPLegend;
class QCustomPlot;

namespace forkscope {

/// Plots one above the other over one axis of time in seconds, in the colours and with the font of the window. GUI thread.
class StackedPlots : public QWidget
{
    Q_OBJECT

public:
    explicit StackedPlots(int rows, QWidget *parent = nullptr);
    QCustomPlot *plot() const { return m_plot; }

    /// Okabe–Ito hues in the lightness that the palette needs: blue, vermilion, bluish green, purple, orange, sky.
    static constexpr int kColors = 6;
    static QColor color(int number, const QPalette &palette);

protected:
    /// Of the legend's names and the pens of graphs.
    virtual void styleGraphs() = 0;
    /// What a replot shows, in words, as screen readers get it.
    virtual QString summary() const = 0;
    /// Replots; while hidden, once it is shown.
    void showAll();
    /// Once the graphs are there.
    void restyle();

    QCPGraph *addGraph(int row, bool right = false);
    QCPAxis *timeAxis(int row) const;
    QCPAxis *valueAxis(int row, bool right = false) const;
    QCPLegend *legend(int row) const { return m_legends[row]; }
    QCPAxisRect *rect(int row) const { return m_rects[row]; }
    int rows() const { return int(m_rects.size()); }
    static void setTicks(QCPAxis *axis, std::function<QString(double)> text, int count = 3);
    static QString countText(double count);

    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void addRow(int row);

    QCustomPlot *m_plot;
    QList<QCPAxisRect *> m_rects;
    QList<QCPLegend *> m_legends;
    bool m_dirty = false; ///< changed while hidden
};

} // namespace forkscope
