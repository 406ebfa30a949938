// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/traffic/channelstatistics.h"
#include "ui/widgets/stackedplots.h"

#include <QElapsedTimer>

#include <optional>

class QCPItemLine;

namespace forkscope {

/// Throughput, what is queued, and how long it waits, of some channels over one axis of time.
///
/// The wheel zooms, dragging moves; + and −, Ctrl+Left and Ctrl+Right do the same; Home shows all. A cursor is moved by a click
/// or by Left and Right, Up and Down choose the plot, N and P go to the next and the previous spike of it; Enter, or a click on a
/// curve, asks for the messages of that moment. GUI thread.
class ChannelPlots : public StackedPlots
{
    Q_OBJECT

public:
    static constexpr int kMostChannels = 6;
    enum Row { Throughput, Queued, Latency, Rows };

    /// originNs: what the axis counts from. The statistics outlive it.
    ChannelPlots(const ChannelStatistics &statistics, qint64 originNs, QWidget *parent = nullptr);

    /// The first kMostChannels of them.
    void setChannels(const QList<ChannelId> &channels);
    const QList<ChannelId> &channels() const { return m_channels; }
    /// Looks at what came, a few times a second. nowNs −1: nothing goes on any more.
    void advance(qint64 nowNs);
    void showEverything(); ///< all time, and what comes
    bool showsEverything() const { return m_all; }
    QString summary() const override; ///< what lies at the cursor, or the latest

    std::optional<qint64> cursorNs() const { return m_cursorNs; }
    Row currentRow() const { return m_row; }
    std::pair<qint64, qint64> shownNs() const;

signals:
    void momentActivated(forkscope::ChannelId channel, qint64 timeNs);
    void cursorMoved();

protected:
    void styleGraphs() override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    bool eventFilter(QObject *object, QEvent *event) override;

private:
    struct Curves {
        ChannelFigures figures;
        ChannelSeries series;
        QCPGraph *rate, *queued, *latency;
    };
    void rebuild();
    void fill();
    void rescale();
    void setShown(double fromSeconds, double untilSeconds);
    void zoom(double factor, double aboutSeconds);
    void moveCursor(std::optional<qint64> timeNs);
    void stepCursor(int steps);
    void goToSpike(int direction);
    void activateCursor();
    void click(QPoint at);
    static double valueOf(const ChannelSeries &series, size_t bucket, Row row);
    double seconds(qint64 timeNs) const { return double(timeNs - m_originNs) / 1e9; }
    qint64 timeOf(double seconds) const { return m_originNs + qint64(seconds * 1e9); }

    const ChannelStatistics &m_statistics;
    const qint64 m_originNs;
    qint64 m_nowNs = -1;
    QList<ChannelId> m_channels;
    std::vector<Curves> m_curves;
    QList<QCPItemLine *> m_cursorLines;
    std::optional<qint64> m_cursorNs;
    Row m_row = Throughput;
    bool m_all = true;
    QElapsedTimer m_sinceFill;
    QPoint m_pressed;
    bool m_dragged = false;
};

} // namespace forkscope
