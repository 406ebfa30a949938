// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/statusline.h"

#include "core/monitor/processtable.h"
#include "ui/widgets/format.h"
#include "ui/widgets/status.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QToolButton>

namespace forkscope {

namespace {

/// A mark drawn by the label's style at its own size, so that it follows the theme.
class MarkLabel : public QLabel
{
public:
    explicit MarkLabel(Status status) : m_icon(statusIcon(status))
    {
        const int side = fontMetrics().height();
        setFixedSize(side, side);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        m_icon.paint(&painter, rect());
    }

private:
    QIcon m_icon;
};

quint64 lossesOf(const JournalCounters &counters)
{
    return counters.lostRecords + counters.missedOperations + counters.missedPayloads;
}

} // namespace

StatusLine::StatusLine(bool live, QWidget *parent)
    : QWidget(parent), m_live(live), m_running(new QLabel), m_finished(new QLabel), m_failed(new QLabel), m_recording(new QLabel),
      m_dropped(new QToolButton), m_cost(new QLabel)
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(4, 0, 4, 0);
    layout->setSpacing(4);
    const auto add = [layout](Status status, QLabel *text, const QString &toolTip) {
        layout->addWidget(new MarkLabel(status));
        layout->addWidget(text);
        layout->addSpacing(8);
        text->setToolTip(toolTip);
    };
    add(live ? Status::Running : Status::Unknown, m_running,
        live ? tr("Launched commands that run now") : tr("Launched commands that had not ended when the recording did"));
    add(Status::Finished, m_finished, tr("Launched commands that ended with exit status 0"));
    add(Status::Failed, m_failed, tr("Launched commands that did not start, or ended with another exit status or by a signal"));
    m_dropped->setAutoRaise(true);
    m_dropped->setToolButtonStyle(Qt::ToolButtonTextOnly);
    layout->addWidget(m_recording);
    layout->addSpacing(8);
    layout->addWidget(m_dropped);
    layout->addSpacing(8);
    layout->addWidget(m_cost);
    m_cost->setVisible(live);
    m_cost->setToolTip(tr("CPU time that Forkscope itself uses: reading, recording and painting (100 % is one CPU)"));
    m_cpuAtMeasure = std::clock();
    m_sinceMeasure.start();
    connect(m_dropped, &QToolButton::clicked, this, &StatusLine::droppedClicked);
}

QString StatusLine::processesText() const
{
    return QStringList{m_running->text(), m_finished->text(), m_failed->text()}.join(QStringLiteral(" · "));
}

void StatusLine::update(const ProcessTable &table, const JournalCounters &counters, bool moment)
{
    const QLocale locale;
    const auto set = [](QLabel *label, const QString &text) {
        if (label->text() != text)
            label->setText(text);
    };
    set(m_running, (m_live || moment ? tr("%1 running") : tr("%1 not ended")).arg(locale.toString(table.runningCount())));
    set(m_finished, tr("%1 finished").arg(locale.toString(table.finishedCount())));
    set(m_failed, tr("%1 failed").arg(locale.toString(table.failedCount())));
    measure(counters);
    const QString size = bytesText(qint64(counters.fileBytes));
    set(m_recording,
        m_bytesPerSecond >= 1 ? tr("Recording %1, %2/s").arg(size, bytesText(qint64(m_bytesPerSecond)))
                              : tr("Recording %1").arg(size));
    m_recording->setToolTip(
        tr("Size of the recording's file. Output recorded so far: %1").arg(bytesText(qint64(counters.payloadBytes))));
    if (lossesOf(counters) != m_shownLost)
        showDropped(counters);
}

void StatusLine::measure(const JournalCounters &counters)
{
    const qint64 elapsed = m_sinceMeasure.nsecsElapsed();
    if (!m_live || elapsed < 1'000'000'000)
        return;
    const std::clock_t cpu = std::clock();
    const double seconds = double(elapsed) / 1e9;
    m_bytesPerSecond = double(counters.payloadBytes - m_bytesAtMeasure) / seconds;
    const int permille = qRound(double(cpu - m_cpuAtMeasure) / CLOCKS_PER_SEC / seconds * 1000);
    m_cost->setText(tr("Forkscope %1 CPU").arg(percentText(permille)));
    m_bytesAtMeasure = counters.payloadBytes;
    m_cpuAtMeasure = cpu;
    m_sinceMeasure.restart();
}

void StatusLine::showDropped(const JournalCounters &counters)
{
    m_shownLost = lossesOf(counters);
    const bool lost = m_shownLost > 0;
    m_dropped->setText(!lost ? tr("0 dropped")
            : counters.lostRecords > 0
            ? tr("⚠ %1 dropped").arg(bytesText(qint64(counters.lostBytes)))
            : tr("⚠ %1 messages missed").arg(QLocale().toString(counters.missedOperations + counters.missedPayloads)));
    m_dropped->setToolTip(lost ? tr("What is not in the recording. Click for the reason.")
                               : tr("Everything that was written is in the recording."));
    m_dropped->setAccessibleName(m_dropped->text());
    QFont font = m_dropped->font();
    font.setBold(lost);
    m_dropped->setFont(font);
    QPalette colors = palette();
    if (lost)
        colors.setColor(QPalette::ButtonText, warningColor());
    m_dropped->setPalette(colors);
}

QString droppedExplanation(const JournalCounters &counters)
{
    const QLocale locale;
    QStringList sentences;
    if (lossesOf(counters) == 0)
        return StatusLine::tr("Nothing was dropped: every byte that the commands wrote is in the recording.");
    if (counters.lostRecords > 0)
        sentences += StatusLine::tr(
            "%1 of output in %2 records were given up, the oldest first, because the recording reached its size limit or "
            "the disk was full. What processes did (starts, ends, exit causes) is still complete. "
            "To keep more, save the recording earlier, or free space on the disk.")
                         .arg(bytesText(qint64(counters.lostBytes)), locale.toString(counters.lostRecords));
    if (counters.missedOperations + counters.missedPayloads > 0)
        sentences += StatusLine::tr(
            "Processes exchanged messages faster than they could be recorded: %1 operations on queues and connections are "
            "missing, and the bytes of %2 messages. Nobody was made to wait for the recording.")
                         .arg(locale.toString(counters.missedOperations), locale.toString(counters.missedPayloads));
    return sentences.join(QStringLiteral("\n\n"));
}

} // namespace forkscope
