// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/recording/timetrack.h"

#include "ui/recording/timetext.h"
#include "ui/widgets/format.h"
#include "ui/widgets/status.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <array>
#include <cmath>

namespace forkscope {

namespace {

constexpr int kMargin = 6; ///< on both sides: the handle can be seen there
constexpr int kMarks = 12; ///< height of the row of marks on top
constexpr int kGrip = 5; ///< from a handle, in pixels
constexpr int kSteps = 100'000; ///< of the slider's value
constexpr qint64 kSmallStep = 200, kLargeStep = 20; ///< parts of the whole

} // namespace

TimeTrack::TimeTrack(QWidget *parent) : QAbstractSlider(parent)
{
    setOrientation(Qt::Horizontal);
    setRange(0, kSteps);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Moment that is shown"));
    setAttribute(Qt::WA_OpaquePaintEvent);
    connect(this, &QAbstractSlider::valueChanged, this, [this](int value) {
        value == kSteps ? emit endRequested()
                        : emit seekRequested(m_startNs + qint64(double(m_endNs - m_startNs) * value / kSteps));
    });
}

void TimeTrack::setSpan(qint64 startNs, qint64 endNs)
{
    m_startNs = startNs;
    m_endNs = std::max(startNs, endNs);
    tellValue();
    update();
}

void TimeTrack::setActivity(TimeActivity activity)
{
    m_activity = std::move(activity);
    update();
}

void TimeTrack::setKeptFrom(std::optional<qint64> timeNs)
{
    m_keptFrom = timeNs;
    update();
}

void TimeTrack::setMoment(std::optional<qint64> timeNs)
{
    m_moment = timeNs;
    tellValue();
    update();
}

void TimeTrack::setRange(std::optional<qint64> fromNs, std::optional<qint64> untilNs)
{
    m_from = fromNs;
    m_until = untilNs;
    update();
}

void TimeTrack::tellValue()
{
    const double span = double(std::max<qint64>(1, m_endNs - m_startNs));
    const QSignalBlocker blocker(this);
    setValue(m_moment ? std::min(kSteps - 1, int(double(*m_moment - m_startNs) / span * kSteps)) : kSteps);
}

int TimeTrack::xOf(qint64 timeNs) const
{
    const double share = double(timeNs - m_startNs) / double(std::max<qint64>(1, m_endNs - m_startNs));
    return kMargin + qRound(std::clamp(share, 0.0, 1.0) * (width() - 2 * kMargin));
}

qint64 TimeTrack::timeAt(int x) const
{
    const int pixels = std::max(1, width() - 2 * kMargin);
    const double share = std::clamp(double(x - kMargin) / pixels, 0.0, 1.0);
    if (share >= 1)
        return m_endNs;
    // No more digits than a pixel is worth.
    qint64 unit = 1;
    while (unit * 10 <= (m_endNs - m_startNs) / pixels)
        unit *= 10;
    const qint64 timeNs = m_startNs + qint64(share * double(m_endNs - m_startNs));
    return std::max(m_startNs, timeNs / unit * unit);
}

/// What came in the time that this pixel stands for.
TimeSlice TimeTrack::sliceOf(int x) const
{
    TimeSlice sum;
    const auto count = qint64(m_activity.slices.size());
    const auto number = [this](qint64 timeNs) { return (timeNs - m_activity.startNs) / m_activity.sliceNs; };
    const qint64 first = std::max<qint64>(0, number(timeAt(x)));
    const qint64 last = x >= width() - kMargin ? count - 1 : std::min(count - 1, std::max(first, number(timeAt(x + 1)) - 1));
    for (qint64 i = first; i <= last; ++i) {
        const TimeSlice &slice = m_activity.slices[size_t(i)];
        sum.bytes += slice.bytes;
        sum.records += slice.records;
        sum.ended += slice.ended;
        sum.failed += slice.failed;
        sum.lost |= slice.lost;
    }
    return sum;
}

void TimeTrack::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), palette().window());
    const QRect field(kMargin, kMarks, width() - 2 * kMargin, height() - kMarks - 2);
    painter.fillRect(field, palette().base());
    paintActivity(painter);
    paintLosses(painter);
    paintEnds(painter);
    paintHandles(painter);
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(palette().highlight().color());
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

/// The logarithm of the bytes of each pixel, so that a line of text is seen beside a flood.
void TimeTrack::paintActivity(QPainter &painter) const
{
    if (m_activity.slices.empty())
        return;
    // A slice may be wider than a pixel: it is drawn once, in its width.
    std::vector<double> heights(size_t(width()), 0.0);
    double most = 1;
    for (int x = kMargin; x < width() - kMargin; ++x)
        most = std::max(most, heights[size_t(x)] = std::log2(1 + double(sliceOf(x).bytes)));
    const int room = height() - kMarks - 2;
    QColor color = palette().color(QPalette::Text);
    color.setAlphaF(0.35F);
    for (int x = kMargin; x < width() - kMargin; ++x) {
        if (heights[size_t(x)] <= 0)
            continue;
        const int high = std::max(1, qRound(heights[size_t(x)] / most * room));
        painter.fillRect(x, kMarks + room - high, 1, high, color);
    }
}

void TimeTrack::paintLosses(QPainter &painter) const
{
    const QBrush hatch(warningColor(), Qt::BDiagPattern);
    const int room = height() - kMarks - 2;
    if (m_keptFrom)
        painter.fillRect(kMargin, kMarks, xOf(*m_keptFrom) - kMargin, room, hatch);
    for (size_t i = 0; i < m_activity.slices.size(); ++i) {
        if (!m_activity.slices[i].lost)
            continue;
        const qint64 from = m_activity.startNs + qint64(i) * m_activity.sliceNs;
        const int x = xOf(from);
        painter.fillRect(x, kMarks, std::max(3, xOf(from + m_activity.sliceNs) - x), room, hatch);
    }
}

/// Commands that ended: a tick, or the mark of a failure. No more than one a few pixels.
void TimeTrack::paintEnds(QPainter &painter) const
{
    const QIcon failed = statusIcon(Status::Failed), ended = statusIcon(Status::Finished);
    constexpr int kSide = kMarks - 2;
    int next[2] = {-kSide, -kSide};
    for (const bool failures : {false, true}) { // failures above
        for (size_t i = 0; i < m_activity.slices.size(); ++i) {
            const TimeSlice &slice = m_activity.slices[i];
            const int x = xOf(m_activity.startNs + qint64(i) * m_activity.sliceNs) - kSide / 2;
            if ((failures ? slice.failed : slice.ended) == 0 || x < next[failures])
                continue;
            (failures ? failed : ended).paint(&painter, x, 1, kSide, kSide);
            next[failures] = x + kSide;
        }
    }
}

void TimeTrack::paintHandles(QPainter &painter) const
{
    const int bottom = height() - 2;
    QColor shade = palette().color(QPalette::Window);
    shade.setAlphaF(0.75F);
    if (m_from)
        painter.fillRect(kMargin, kMarks, xOf(*m_from) - kMargin, bottom - kMarks, shade);
    if (m_until)
        painter.fillRect(xOf(*m_until), kMarks, width() - kMargin - xOf(*m_until), bottom - kMarks, shade);
    const QColor color = palette().color(QPalette::Highlight);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(color, 2));
    const auto bracket = [&](qint64 timeNs, int direction) {
        const int x = xOf(timeNs);
        const std::array points = {QPoint(x + 4 * direction, kMarks + 1), QPoint(x, kMarks + 1), QPoint(x, bottom - 1),
            QPoint(x + 4 * direction, bottom - 1)};
        painter.drawPolyline(points.data(), int(points.size()));
    };
    if (m_from)
        bracket(*m_from, 1);
    if (m_until)
        bracket(*m_until, -1);

    const int x = xOf(momentOrEnd());
    const QColor ink = palette().color(QPalette::Text);
    painter.setPen(QPen(ink, 1.5));
    painter.drawLine(QPointF(x, 4), QPointF(x, bottom));
    painter.setPen(Qt::NoPen);
    painter.setBrush(ink);
    const std::array grip = {QPointF(x - 5, 1), QPointF(x + 5, 1), QPointF(x, 9)};
    painter.drawPolygon(grip.data(), int(grip.size()));
}

QString TimeTrack::toolTipAt(int x) const
{
    const qint64 timeNs = timeAt(x);
    const TimeSlice slice = sliceOf(x);
    QStringList lines = {QStringLiteral("%1 · %2").arg(momentText(timeNs), sinceText(timeNs - m_startNs))};
    if (slice.records > 0)
        lines.append(tr("%1 of output").arg(bytesText(qint64(slice.bytes))));
    if (slice.ended > 0)
        lines.append(tr("Commands that finished: %1").arg(QLocale().toString(slice.ended)));
    if (slice.failed > 0)
        lines.append(tr("Commands that failed: %1").arg(QLocale().toString(slice.failed)));
    if (m_keptFrom && timeNs < *m_keptFrom)
        lines.append(tr("Hatched: output and samples were given up, because the recording reached its size limit"));
    else if (slice.lost)
        lines.append(tr("Hatched: output was given up, because it could not be stored"));
    return lines.join(u'\n');
}

TimeTrack::Drag TimeTrack::handleAt(int x) const
{
    if (std::abs(x - xOf(momentOrEnd())) <= kGrip)
        return Drag::Moment;
    if (m_from && std::abs(x - xOf(*m_from)) <= kGrip)
        return Drag::From;
    return m_until && std::abs(x - xOf(*m_until)) <= kGrip ? Drag::Until : Drag::None;
}

void TimeTrack::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return QAbstractSlider::mousePressEvent(event);
    const int x = event->position().toPoint().x();
    m_drag = event->modifiers() & Qt::ShiftModifier ? Drag::NewRange : handleAt(x);
    m_dragStart = timeAt(x);
    if (m_drag == Drag::None)
        m_drag = Drag::Moment;
    if (m_drag == Drag::Moment)
        dragTo(x);
}

void TimeTrack::mouseMoveEvent(QMouseEvent *event)
{
    const int x = event->position().toPoint().x();
    if (m_drag != Drag::None)
        return dragTo(x);
    setCursor(handleAt(x) == Drag::None ? Qt::ArrowCursor : Qt::SizeHorCursor);
}

void TimeTrack::mouseReleaseEvent(QMouseEvent *)
{
    m_drag = Drag::None;
}

void TimeTrack::dragTo(int x)
{
    const qint64 timeNs = timeAt(x);
    switch (m_drag) {
    case Drag::Moment:
        x >= width() - kMargin ? emit endRequested() : emit seekRequested(timeNs);
        break;
    case Drag::NewRange:
        emit rangeRequested(m_dragStart, timeNs);
        break;
    case Drag::From:
        emit rangeRequested(m_until ? std::min(timeNs, *m_until) : timeNs, m_until);
        break;
    case Drag::Until:
        emit rangeRequested(m_from, m_from ? std::max(timeNs, *m_from) : timeNs);
        break;
    case Drag::None:
        break;
    }
}

void TimeTrack::seekBy(qint64 ns)
{
    const qint64 to = momentOrEnd() + ns;
    to >= m_endNs ? emit endRequested() : emit seekRequested(std::max(to, m_startNs));
}

void TimeTrack::keyPressEvent(QKeyEvent *event)
{
    const qint64 span = std::max<qint64>(m_endNs - m_startNs, kSmallStep);
    switch (event->key()) {
    case Qt::Key_Left:
        return seekBy(-span / kSmallStep);
    case Qt::Key_Right:
        return seekBy(span / kSmallStep);
    case Qt::Key_PageUp:
        return seekBy(-span / kLargeStep);
    case Qt::Key_PageDown:
        return seekBy(span / kLargeStep);
    case Qt::Key_Home:
        return emit seekRequested(m_startNs);
    case Qt::Key_End:
        return emit endRequested();
    case Qt::Key_Space:
        return emit playRequested();
    case Qt::Key_BracketLeft:
        return emit rangeRequested(momentOrEnd(), m_until && *m_until > momentOrEnd() ? m_until : std::nullopt);
    case Qt::Key_BracketRight:
        return emit rangeRequested(m_from && *m_from < momentOrEnd() ? m_from : std::nullopt, momentOrEnd());
    case Qt::Key_Escape:
        if (m_from || m_until)
            return emit clearRequested();
        break;
    default:
        break;
    }
    event->ignore();
}

bool TimeTrack::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        QToolTip::showText(help->globalPos(), toolTipAt(help->pos().x()), this);
        return true;
    }
    return QAbstractSlider::event(event);
}

void TimeTrack::changeEvent(QEvent *event)
{
    QAbstractSlider::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        update();
}

} // namespace forkscope
