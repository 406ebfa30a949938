// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/traffic/channelplots.h"

#include "ui/traffic/channelwords.h"
#include "ui/widgets/format.h"

#include <QKeyEvent>
#include <QWheelEvent>

#include <qcustomplot.h>

#include <cmath>

namespace forkscope {

namespace {

constexpr int kBetweenFillsMs = 200;
constexpr double kShortestSeconds = 0.01;
constexpr int kReachPixels = 14; ///< of a curve by a click

} // namespace

ChannelPlots::ChannelPlots(const ChannelStatistics &statistics, qint64 originNs, QWidget *parent)
    : StackedPlots(Rows, parent), m_statistics(statistics), m_originNs(originNs)
{
    setAccessibleName(tr("Plots of throughput, queued bytes and waiting time"));
    setFocusPolicy(Qt::StrongFocus);
    setToolTip(tr("Wheel or + and −: zoom. Drag or Ctrl+Left, Ctrl+Right: move. Home: all.\n"
                  "Left, Right: cursor. Up, Down: other plot. N, P: next and previous spike. Enter or click: its messages."));
    setTicks(
        valueAxis(Throughput), [](double rate) { return ChannelWords::rate(std::max(rate, 0.0)); }, 2);
    setTicks(
        valueAxis(Queued), [](double bytes) { return bytesText(qint64(std::max(bytes, 0.0))); }, 2);
    setTicks(
        valueAxis(Latency), [](double ns) { return ns <= 0 ? QStringLiteral("0") : durationText(qint64(ns)); }, 2);
    setTicks(
        timeAxis(Rows - 1),
        [this](double at) {
            const double span = timeAxis(0)->range().size();
            return tr("%1 s").arg(QLocale().toString(at, 'f', span < 0.1 ? 3 : span < 1 ? 2 : span < 10 ? 1 : 0));
        },
        6);
    for (int row = 0; row < Rows; ++row) {
        auto *line = new QCPItemLine(plot());
        line->start->setAxes(timeAxis(row), valueAxis(row));
        line->end->setAxes(timeAxis(row), valueAxis(row));
        line->start->setTypeX(QCPItemPosition::ptPlotCoords);
        line->start->setTypeY(QCPItemPosition::ptAxisRectRatio);
        line->end->setTypeX(QCPItemPosition::ptPlotCoords);
        line->end->setTypeY(QCPItemPosition::ptAxisRectRatio);
        line->start->setAxisRect(rect(row));
        line->end->setAxisRect(rect(row));
        line->setClipAxisRect(rect(row));
        line->setVisible(false);
        m_cursorLines.append(line);
    }
    plot()->setMinimumHeight(58 * Rows); // a pane above messages has little room
    plot()->installEventFilter(this);
    restyle();
    rescale();
}

void ChannelPlots::setChannels(const QList<ChannelId> &channels)
{
    const QList<ChannelId> first = channels.mid(0, kMostChannels);
    if (first == m_channels)
        return;
    m_channels = first;
    rebuild();
    m_sinceFill.invalidate();
    fill();
}

void ChannelPlots::rebuild()
{
    plot()->clearGraphs();
    m_curves.clear();
    for (qsizetype i = 0; i < m_channels.size(); ++i) {
        Curves curves{{}, {}, addGraph(Throughput), addGraph(Queued), addGraph(Latency)};
        curves.rate->setLineStyle(QCPGraph::lsStepLeft);
        curves.queued->setLineStyle(QCPGraph::lsStepLeft);
        curves.latency->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDisc, 3));
        m_curves.push_back(std::move(curves));
    }
    styleGraphs();
}

/// Told apart by their dashes as well.
void ChannelPlots::styleGraphs()
{
    constexpr std::array styles = {Qt::SolidLine, Qt::DashLine, Qt::DotLine, Qt::DashDotLine, Qt::DashDotDotLine, Qt::SolidLine};
    for (size_t i = 0; i < m_curves.size(); ++i) {
        const QPen pen(color(int(i), palette()), i == 5 ? 2.6 : 1.6, styles[i % styles.size()]);
        for (QCPGraph *graph : {m_curves[i].rate, m_curves[i].queued, m_curves[i].latency})
            graph->setPen(pen);
    }
    for (int row = 0; row < int(m_cursorLines.size()); ++row) {
        const bool current = hasFocus() && row == m_row;
        m_cursorLines[row]->setPen(QPen(palette().color(QPalette::Text), current ? 2 : 1, Qt::DashLine));
    }
}

void ChannelPlots::advance(qint64 nowNs)
{
    m_nowNs = nowNs;
    if (isVisible() && (!m_sinceFill.isValid() || m_sinceFill.hasExpired(kBetweenFillsMs)))
        fill();
}

double ChannelPlots::valueOf(const ChannelSeries &series, size_t bucket, Row row)
{
    const ChannelMoment &moment = series.bucket(bucket);
    switch (row) {
    case Throughput:
        return double(moment.bytes) / (double(series.widthNs()) / 1e9);
    case Queued:
        return moment.queuedBytes < 0 ? qQNaN() : double(moment.queuedBytes);
    default:
        return moment.longestWaitNs < 0 ? qQNaN() : double(moment.longestWaitNs);
    }
}

void ChannelPlots::fill()
{
    m_sinceFill.start();
    for (size_t i = 0; i < m_curves.size(); ++i) {
        Curves &curves = m_curves[i];
        curves.figures = m_statistics.figures(m_channels[qsizetype(i)]);
        curves.series = m_statistics.series(m_channels[qsizetype(i)]);
        const ChannelSeries &series = curves.series;
        QVector<QCPGraphData> rate, queued, latency;
        for (size_t n = 0; n < series.size(); ++n) {
            const double at = seconds(series.beginNs(n));
            rate.append({at, valueOf(series, n, Throughput)});
            if (const double value = valueOf(series, n, Queued); !std::isnan(value))
                queued.append({at, value}); // it is as it was until somebody looks again
            latency.append({at, valueOf(series, n, Latency)});
        }
        if (series.size()) {
            const qint64 end = curves.figures.open && m_nowNs > series.endNs() ? m_nowNs : series.endNs();
            rate.append({seconds(series.endNs()), 0});
            if (!queued.isEmpty())
                queued.append({seconds(end), queued.last().value});
        }
        curves.rate->data()->set(rate, true);
        curves.queued->data()->set(queued, true);
        curves.latency->data()->set(latency, true);
        const QString name = tr("%1 %2", "kind and number of a channel")
                                 .arg(ChannelWords::kind(curves.figures.info.kind))
                                 .arg(quint32(m_channels[qsizetype(i)]));
        curves.rate->setName(tr("%1: bytes a second").arg(name));
        curves.queued->setName(tr("%1: queued").arg(name));
        curves.latency->setName(curves.figures.info.kind == ChannelKind::Pipe ? tr("%1: waited at most").arg(name)
                                                                              : tr("%1: longest wait").arg(name));
    }
    rescale();
    showAll();
}

std::pair<qint64, qint64> ChannelPlots::shownNs() const
{
    const QCPRange range = timeAxis(0)->range();
    return {timeOf(range.lower), timeOf(range.upper)};
}

void ChannelPlots::rescale()
{
    if (m_all) {
        double from = std::numeric_limits<double>::max(), until = 0;
        for (const Curves &curves : m_curves) {
            if (!curves.series.size())
                continue;
            from = std::min(from, seconds(curves.series.beginNs(0)));
            until = std::max(until, seconds(curves.series.endNs()));
            if (curves.figures.open && m_nowNs >= 0)
                until = std::max(until, seconds(m_nowNs));
        }
        if (until <= from || until == 0) {
            from = 0;
            until = 1;
        }
        for (int row = 0; row < Rows; ++row)
            timeAxis(row)->setRange(from, until);
    }
    const QCPRange range = timeAxis(0)->range();
    const auto top = [&](QCPGraph *Curves::*which, double least) {
        double most = least;
        for (const Curves &curves : m_curves)
            for (auto it = (curves.*which)->data()->findBegin(range.lower); it != (curves.*which)->data()->findEnd(range.upper);
                 ++it)
                if (it->value > most)
                    most = it->value;
        return most * 1.35; // the legend lies above the curves
    };
    valueAxis(Throughput)->setRange(0, top(&Curves::rate, 100));
    valueAxis(Queued)->setRange(0, top(&Curves::queued, 1024));
    valueAxis(Latency)->setRange(0, top(&Curves::latency, 1'000'000));
}

void ChannelPlots::setShown(double from, double until)
{
    m_all = false;
    for (int row = 0; row < Rows; ++row)
        timeAxis(row)->setRange(from, until);
    rescale();
    showAll();
}

void ChannelPlots::zoom(double factor, double about)
{
    const QCPRange range = timeAxis(0)->range();
    if (factor < 1 && range.size() <= kShortestSeconds)
        return;
    setShown(about - (about - range.lower) * factor, about + (range.upper - about) * factor);
}

void ChannelPlots::showEverything()
{
    m_all = true;
    rescale();
    showAll();
}

void ChannelPlots::moveCursor(std::optional<qint64> timeNs)
{
    m_cursorNs = timeNs;
    for (QCPItemLine *line : std::as_const(m_cursorLines)) {
        line->setVisible(timeNs.has_value());
        if (timeNs) {
            line->start->setCoords(seconds(*timeNs), 0);
            line->end->setCoords(seconds(*timeNs), 1);
        }
    }
    if (timeNs) {
        const QCPRange range = timeAxis(0)->range();
        const double at = seconds(*timeNs);
        if (at < range.lower || at > range.upper)
            setShown(at - range.size() / 2, at + range.size() / 2);
    }
    styleGraphs();
    setAccessibleDescription(summary());
    showAll();
    emit cursorMoved();
}

void ChannelPlots::stepCursor(int steps)
{
    if (m_curves.empty() || !m_curves.front().series.size())
        return;
    const ChannelSeries &series = m_curves.front().series;
    const QCPRange range = timeAxis(0)->range();
    const qint64 start = m_cursorNs.value_or(timeOf(range.center()));
    // At least what can be told apart on the screen.
    const qint64 step = std::max(series.widthNs(), qint64(range.size() * 1e9 / std::max(1, rect(0)->width() / 3)));
    moveCursor(start + steps * step);
}

/// A spike is a bucket higher than its neighbours and than twice the average of those that hold something.
void ChannelPlots::goToSpike(int direction)
{
    std::optional<qint64> found;
    const qint64 from
        = m_cursorNs.value_or(direction > 0 ? std::numeric_limits<qint64>::min() : std::numeric_limits<qint64>::max());
    for (const Curves &curves : m_curves) {
        const ChannelSeries &series = curves.series;
        double sum = 0, most = 0;
        size_t count = 0;
        for (size_t i = 0; i < series.size(); ++i)
            if (const double value = valueOf(series, i, m_row); value > 0) {
                sum += value;
                ++count;
                most = std::max(most, value);
            }
        if (!count)
            continue;
        const double least = std::min(2 * sum / double(count), most);
        const auto at = [&](size_t i) {
            const double value = i < series.size() ? valueOf(series, i, m_row) : 0;
            return std::isnan(value) ? 0.0 : value;
        };
        for (size_t i = 0; i < series.size(); ++i) {
            if (at(i) < least || (i > 0 && at(i - 1) >= at(i)) || at(i + 1) > at(i))
                continue;
            const qint64 time = series.beginNs(i);
            if (direction > 0 ? time > from && (!found || time < *found) : time < from && (!found || time > *found))
                found = time;
        }
    }
    if (found)
        moveCursor(found);
}

void ChannelPlots::activateCursor()
{
    if (!m_cursorNs)
        return;
    // Of the channel with the most at the cursor.
    double most = -1;
    ChannelId channel = m_channels.value(0, ChannelId::None);
    for (size_t i = 0; i < m_curves.size(); ++i) {
        const ChannelSeries &series = m_curves[i].series;
        if (!series.size() || *m_cursorNs < series.beginNs(0) || *m_cursorNs >= series.endNs())
            continue;
        const double value = valueOf(series, size_t((*m_cursorNs - series.beginNs(0)) / series.widthNs()), m_row);
        if (value > most) {
            most = value;
            channel = m_channels[qsizetype(i)];
        }
    }
    if (channel != ChannelId::None)
        emit momentActivated(channel, *m_cursorNs);
}

void ChannelPlots::click(QPoint at)
{
    setFocus(Qt::MouseFocusReason);
    for (int row = 0; row < Rows; ++row)
        if (rect(row)->rect().contains(at))
            m_row = Row(row);
    const double where = timeAxis(0)->pixelToCoord(at.x());
    double nearest = kReachPixels * kReachPixels;
    std::optional<std::pair<ChannelId, qint64>> hit;
    for (size_t i = 0; i < m_curves.size(); ++i) {
        const ChannelSeries &series = m_curves[i].series;
        for (size_t n = 0; n < series.size(); ++n) {
            const double value = valueOf(series, n, m_row);
            if (std::isnan(value) || (m_row == Throughput && value == 0))
                continue;
            // The curve of a bucket is a line as long as the bucket.
            const double left = timeAxis(0)->coordToPixel(seconds(series.beginNs(n)));
            const double right = timeAxis(0)->coordToPixel(seconds(series.beginNs(n) + series.widthNs()));
            const double x = at.x() < left ? left - at.x() : at.x() > right ? at.x() - right : 0;
            const double y = valueAxis(m_row)->coordToPixel(value) - at.y();
            if (x * x + y * y < nearest) {
                nearest = x * x + y * y;
                hit = {m_channels[qsizetype(i)], series.beginNs(n)};
            }
        }
    }
    moveCursor(hit ? hit->second : timeOf(where));
    if (hit)
        emit momentActivated(hit->first, hit->second);
}

QString ChannelPlots::summary() const
{
    QStringList parts;
    for (const Curves &curves : m_curves) {
        const ChannelSeries &series = curves.series;
        if (!series.size())
            continue;
        size_t bucket = series.size() - 1;
        if (m_cursorNs)
            bucket = size_t(std::clamp<qint64>((*m_cursorNs - series.beginNs(0)) / series.widthNs(), 0, qint64(bucket)));
        const ChannelMoment &moment = series.bucket(bucket);
        const auto known = [](bool is, const QString &text) { return is ? text : tr("unknown"); };
        parts.append(
            tr("%1 at %2 s: %3, queued %4, waited %5")
                .arg(ChannelWords::title(curves.figures.info), QLocale().toString(seconds(series.beginNs(bucket)), 'f', 2),
                    ChannelWords::rate(valueOf(series, bucket, Throughput)),
                    known(moment.queuedBytes >= 0, bytesText(moment.queuedBytes)),
                    known(moment.longestWaitNs >= 0, durationText(moment.longestWaitNs))));
    }
    return parts.join(QStringLiteral("; "));
}

void ChannelPlots::keyPressEvent(QKeyEvent *event)
{
    const QCPRange range = timeAxis(0)->range();
    const bool control = event->modifiers() & Qt::ControlModifier;
    const double middle = m_cursorNs ? std::clamp(seconds(*m_cursorNs), range.lower, range.upper) : range.center();
    switch (event->key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        return zoom(0.5, middle);
    case Qt::Key_Minus:
        return zoom(2, middle);
    case Qt::Key_Home:
        return showEverything();
    case Qt::Key_Left:
    case Qt::Key_Right: {
        const int direction = event->key() == Qt::Key_Left ? -1 : 1;
        return control ? setShown(range.lower + direction * range.size() / 4, range.upper + direction * range.size() / 4)
                       : stepCursor(direction);
    }
    case Qt::Key_Up:
    case Qt::Key_Down:
        m_row = Row(std::clamp(int(m_row) + (event->key() == Qt::Key_Up ? -1 : 1), 0, Rows - 1));
        return moveCursor(m_cursorNs);
    case Qt::Key_N:
        return goToSpike(1);
    case Qt::Key_P:
        return goToSpike(-1);
    case Qt::Key_Return:
    case Qt::Key_Enter:
        return activateCursor();
    case Qt::Key_Escape:
        if (m_cursorNs)
            return moveCursor({});
        break;
    default:
        break;
    }
    StackedPlots::keyPressEvent(event);
}

void ChannelPlots::focusInEvent(QFocusEvent *event)
{
    StackedPlots::focusInEvent(event);
    styleGraphs();
    showAll();
}

void ChannelPlots::focusOutEvent(QFocusEvent *event)
{
    StackedPlots::focusOutEvent(event);
    styleGraphs();
    showAll();
}

bool ChannelPlots::eventFilter(QObject *object, QEvent *event)
{
    if (object != plot())
        return StackedPlots::eventFilter(object, event);
    const auto *mouse = static_cast<QMouseEvent *>(event);
    switch (event->type()) {
    case QEvent::Wheel: {
        const auto *wheel = static_cast<QWheelEvent *>(event);
        if (wheel->angleDelta().y() != 0)
            zoom(std::pow(0.999, wheel->angleDelta().y()), timeAxis(0)->pixelToCoord(wheel->position().x()));
        return true;
    }
    case QEvent::MouseButtonPress:
        if (mouse->button() != Qt::LeftButton)
            break;
        m_pressed = mouse->pos();
        m_dragged = false;
        return true;
    case QEvent::MouseMove: {
        if (!(mouse->buttons() & Qt::LeftButton))
            break;
        if (!m_dragged && (mouse->pos() - m_pressed).manhattanLength() < 6)
            return true;
        m_dragged = true;
        const double moved = timeAxis(0)->pixelToCoord(m_pressed.x()) - timeAxis(0)->pixelToCoord(mouse->pos().x());
        m_pressed = mouse->pos();
        const QCPRange range = timeAxis(0)->range();
        setShown(range.lower + moved, range.upper + moved);
        return true;
    }
    case QEvent::MouseButtonRelease:
        if (mouse->button() == Qt::LeftButton && !m_dragged)
            click(mouse->pos());
        return true;
    default:
        break;
    }
    return false;
}

} // namespace forkscope
