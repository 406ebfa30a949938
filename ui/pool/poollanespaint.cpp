// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pool/poollanes.h"
#include "ui/pool/taskwords.h"
#include "ui/widgets/format.h"
#include "ui/widgets/status.h"

#include <QLocale>
#include <QPainter>
#include <QScrollBar>

#include <cmath>

namespace forkscope {

using pool::Lane;
using pool::TaskStage;

namespace {

constexpr int kMarkWidth = 14; ///< a bar that wide shows its mark

/// Beside colour and mark, since many bars are too narrow for a mark.
Qt::BrushStyle pattern(TaskStage stage)
{
    switch (stage) {
    case TaskStage::Failed:
        return Qt::BDiagPattern;
    case TaskStage::TimedOut:
        return Qt::HorPattern;
    case TaskStage::WorkerLost:
        return Qt::DiagCrossPattern;
    case TaskStage::Cancelled:
    case TaskStage::Skipped:
        return Qt::Dense5Pattern;
    default:
        return Qt::SolidPattern;
    }
}

QColor mixed(const QColor &a, const QColor &b, double share)
{
    return QColor::fromRgbF(float(a.redF() * (1 - share) + b.redF() * share),
        float(a.greenF() * (1 - share) + b.greenF() * share), float(a.blueF() * (1 - share) + b.blueF() * share));
}

} // namespace

void PoolLanes::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), palette().base());
    m_textsNs = 0;
    prepareLooks();
    if (!m_pool)
        return;
    paintRuler(painter);
    const int lanes = int(m_pool->lanes().size());
    painter.save();
    painter.setClipRect(0, lanesTop(), viewport()->width(), viewport()->height() - lanesTop());
    const int first = verticalScrollBar()->value() / rowHeight();
    for (int lane = first; lane < lanes && laneRect(lane).top() < viewport()->height(); ++lane) {
        paintLane(painter, lane);
        paintLabel(painter, lane);
    }
    painter.restore();
    paintNow(painter);
    paintQueue(painter);
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(palette().highlight().color());
        painter.drawRect(viewport()->rect().adjusted(0, 0, -1, -1));
    }
}

/// Once a frame: there may be ten thousands of bars in it.
void PoolLanes::prepareLooks()
{
    const QColor base = palette().color(QPalette::Base);
    const int side = std::min(14, rowHeight() - 2 * std::max(2, rowHeight() / 7) - 3);
    for (int i = 0; i < pool::kTaskStages; ++i) {
        const auto stage = TaskStage(i);
        Look &look = m_looks[size_t(i)];
        look.edge = TaskWords::color(stage);
        look.narrow = isTrouble(stage) ? look.edge : mixed(look.edge, base, 0.25);
        look.fill = mixed(look.edge, base, stage == TaskStage::Running ? 0.55 : 0.72);
        look.hatch = QBrush(mixed(look.edge, base, 0.45), pattern(stage));
        look.mark = statusIcon(TaskWords::mark(stage)).pixmap(QSize(side, side), devicePixelRatioF());
    }
}

std::vector<PoolLanes::QueueBox> PoolLanes::queueBoxes() const
{
    std::vector<QueueBox> boxes;
    if (!m_pool || !m_reader)
        return boxes;
    const QFontMetrics metrics = fontMetrics();
    const int height = queueHeight() - 6, widest = 140;
    int x = labelWidth() + 4;
    for (const quint64 task : m_pool->waiting(size_t(viewport()->width() / 24 + 1))) {
        const QString text = metrics.elidedText(textOf(task), Qt::ElideRight, widest);
        const int width = metrics.horizontalAdvance(text) + 10;
        if (x + width > viewport()->width() - 16)
            break;
        boxes.push_back({{x, 3, width, height}, task, text});
        x += width + 3;
    }
    return boxes;
}

void PoolLanes::paintQueue(QPainter &painter) const
{
    const QRect strip(0, 0, viewport()->width(), queueHeight());
    painter.fillRect(strip, palette().alternateBase());
    painter.setPen(palette().color(QPalette::Text));
    const quint64 waiting = m_pool->count(TaskStage::Waiting);
    const QRect label(6, 0, labelWidth() - 8, strip.height());
    painter.drawText(label, Qt::AlignVCenter | Qt::AlignLeft,
        fontMetrics().elidedText(tr("%L1 waiting").arg(waiting), Qt::ElideRight, label.width()));
    const std::vector<QueueBox> boxes = queueBoxes();
    const QColor line = statusColor(Status::Waiting);
    for (const QueueBox &box : boxes) {
        const bool chosen = box.task == m_selected;
        painter.setPen(QPen(chosen ? palette().color(QPalette::Highlight) : line, chosen ? 2 : 1));
        painter.setBrush(palette().base());
        painter.drawRect(box.rect.adjusted(0, 0, -1, -1));
        painter.setPen(palette().color(QPalette::Text));
        painter.drawText(box.rect, Qt::AlignCenter, box.text);
    }
    if (boxes.size() < waiting && !boxes.empty())
        painter.drawText(boxes.back().rect.right() + 5, 0, 14, strip.height(), Qt::AlignVCenter, QString(QChar(0x2026)));
    painter.setPen(palette().color(QPalette::Mid));
    painter.drawLine(0, strip.bottom(), strip.right(), strip.bottom());
}

void PoolLanes::paintRuler(QPainter &painter) const
{
    const int top = queueHeight(), left = labelWidth();
    painter.setPen(palette().color(QPalette::PlaceholderText));
    painter.drawText(QRect(6, top, left - 8, rulerHeight()), Qt::AlignVCenter | Qt::AlignLeft,
        fontMetrics().elidedText(tr("Worker, PID, busy"), Qt::ElideRight, left - 10));
    const int apart = fontMetrics().horizontalAdvance(QStringLiteral("00 min 00 s")) + 14;
    const TimeTicks ticks = timeTicks(m_window, m_pool->openedNs(), apart);
    QColor grid = palette().color(QPalette::Mid);
    grid.setAlphaF(0.5F);
    for (qint64 at = ticks.firstNs; m_window.xOf(m_pool->openedNs() + at) < m_window.width; at += ticks.stepNs) {
        if (at < 0)
            continue; // there was no pool
        const int x = left + int(m_window.xOf(m_pool->openedNs() + at));
        painter.setPen(grid);
        painter.drawLine(x, top + rulerHeight() - 3, x, viewport()->height());
        const QString text = at == 0 ? tr("0 s") : durationText(at);
        if (x + 3 + fontMetrics().horizontalAdvance(text) > viewport()->width())
            continue;
        painter.setPen(palette().color(QPalette::PlaceholderText));
        painter.drawText(x + 3, top, apart, rulerHeight(), Qt::AlignVCenter | Qt::AlignLeft, text);
    }
}

void PoolLanes::paintLane(QPainter &painter, int number) const
{
    const Lane &lane = m_pool->lanes()[size_t(number)];
    const QRect row = laneRect(number);
    painter.setPen(palette().color(QPalette::AlternateBase));
    painter.drawLine(0, row.bottom(), row.right(), row.bottom());
    if (lane.untilNs > 0) { // there is no such worker any more
        const int x = row.left() + int(std::clamp(m_window.xOf(lane.untilNs), 0.0, double(m_window.width)));
        painter.fillRect(QRect(QPoint(x, row.top() + 1), QPoint(row.right(), row.bottom() - 1)),
            QBrush(palette().color(QPalette::Mid), Qt::BDiagPattern));
    }
    const qint64 now = m_pool->finishedNs() > 0 ? m_pool->finishedNs() : m_nowNs;
    for (const LaneSpan &span : laneSpans(*m_pool, lane, m_window, now))
        paintSpan(painter, row, span, lane);
}

void PoolLanes::paintSpan(QPainter &painter, const QRect &row, const LaneSpan &span, const Lane &lane) const
{
    const bool single = span.count == 1;
    const quint64 task = lane.bars[span.first].task;
    const bool bad = isTrouble(span.stage);
    const Look &look = m_looks[size_t(span.stage)];
    const int left = row.left() + int(std::floor(span.x));
    const int right = row.left() + int(std::floor(span.x + span.width));
    const int width = std::max(1, right - left - (single && span.width >= 4 ? 1 : 0));
    // What went wrong stands out by its height too.
    const int inset = bad ? 1 : std::max(2, row.height() / 7);
    QRect bar(left, row.top() + inset, width, row.height() - 2 * inset - 1);
    if (!single && !bad) { // as high as the worker was busy
        const int high = std::max(2, int(std::lround(bar.height() * span.busy)));
        bar.setTop(bar.bottom() + 1 - high);
    }
    const QColor base = palette().color(QPalette::Base);
    if (width < 4) {
        painter.fillRect(bar, look.narrow);
    } else {
        painter.fillRect(bar, look.fill);
        if (bad)
            painter.fillRect(bar, look.hatch);
        painter.setPen(QPen(look.edge, 1, span.stage == TaskStage::Running ? Qt::DashLine : Qt::SolidLine));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(bar.adjusted(0, 0, -1, -1));
    }
    int x = bar.left() + 2;
    if (width >= kMarkWidth) {
        const int side = int(look.mark.deviceIndependentSize().width());
        if (bad) // not lost in the pattern
            painter.fillRect(x, bar.top() + 1, side + 1, bar.height() - 2, base);
        painter.drawPixmap(x, bar.center().y() - side / 2, look.mark);
        x += side + 2;
        if (span.more) { // ↻: this was not its last attempt
            painter.setPen(palette().color(QPalette::Text));
            const int wide = fontMetrics().horizontalAdvance(QChar(0x21bb));
            if (x + wide < bar.right()) {
                painter.drawText(x, bar.top(), wide, bar.height(), Qt::AlignVCenter, QString(QChar(0x21bb)));
                x += wide + 2;
            }
        }
    }
    if (const int room = bar.right() - x - 2; room >= 36 && m_reader) {
        const QString text = fontMetrics().elidedText(textOf(task), Qt::ElideRight, room);
        if (bad)
            painter.fillRect(x - 1, bar.top() + 1, fontMetrics().horizontalAdvance(text) + 3, bar.height() - 2, base);
        painter.setPen(palette().color(QPalette::Text));
        painter.drawText(x, bar.top(), room, bar.height(), Qt::AlignVCenter | Qt::AlignLeft, text);
    }
    const bool chosen = m_selected && single ? task == *m_selected
                                             : m_selected
            && std::any_of(lane.bars.begin() + qsizetype(span.first),
                lane.bars.begin() + qsizetype(span.first + std::min<size_t>(span.count, 2000)),
                [this](const pool::LaneBar &one) { return one.task == *m_selected; });
    if (chosen) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(palette().color(QPalette::Highlight), 2));
        painter.drawRect(QRect(left - 1, row.top() + 1, std::max(4, width + 1), row.height() - 3));
    }
}

void PoolLanes::paintLabel(QPainter &painter, int number) const
{
    const Lane &lane = m_pool->lanes()[size_t(number)];
    const QRect row = laneRect(number);
    const QRect label(0, row.top(), labelWidth(), row.height() - 1);
    painter.fillRect(label, palette().alternateBase());
    const bool gone = lane.untilNs > 0;
    painter.setPen(palette().color(gone ? QPalette::PlaceholderText : QPalette::Text));
    const QRect text = label.adjusted(6, 0, -6, 0);
    painter.drawText(text, Qt::AlignVCenter | Qt::AlignLeft, QLocale().toString(number));
    const pool::LaneBar *last = lane.bars.empty() ? nullptr : &lane.bars.back();
    const ProcessKey process = !lane.worker.isNull() ? lane.worker
        : last && last->endNs == 0                   ? m_pool->task(last->task).process
                                                     : ProcessKey();
    const int numbers = fontMetrics().horizontalAdvance(QStringLiteral("000")) + 4;
    painter.setPen(palette().color(QPalette::PlaceholderText));
    if (!process.isNull())
        painter.drawText(text.adjusted(numbers, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, QString::number(process.pid));
    const double busy = m_pool->utilisation(lane, m_nowNs);
    painter.drawText(text, Qt::AlignVCenter | Qt::AlignRight, tr("%1 %").arg(QLocale().toString(int(std::lround(busy * 100)))));
    painter.setPen(palette().color(QPalette::Mid));
    painter.drawLine(label.topRight(), label.bottomRight());
}

void PoolLanes::paintNow(QPainter &painter) const
{
    const auto line = [&](qint64 timeNs, const QColor &color, Qt::PenStyle style) {
        const double x = m_window.xOf(timeNs);
        if (x < 0 || x >= m_window.width)
            return;
        painter.setPen(QPen(color, 1.5, style));
        painter.drawLine(QPointF(labelWidth() + x, queueHeight()), QPointF(labelWidth() + x, viewport()->height()));
    };
    if (m_pool->finishedNs() == 0)
        line(m_nowNs, statusColor(Status::Running), Qt::SolidLine);
    if (m_momentNs)
        line(*m_momentNs, palette().color(QPalette::Text), Qt::DashLine);
}

} // namespace forkscope
