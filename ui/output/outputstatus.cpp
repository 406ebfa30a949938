// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/output/outputstatus.h"

#include "ui/widgets/format.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>

#include <algorithm>
#include <limits>

namespace forkscope {

namespace {

/// The form of a plural is chosen by an int; the figure itself may be larger.
int pluralOf(quint64 n)
{
    return int(std::min<quint64>(n, std::numeric_limits<int>::max()));
}

} // namespace

OutputStatus::OutputStatus(QWidget *parent)
    : QWidget(parent), m_lines(new QLabel), m_showAll(new QPushButton(tr("Show all again"))), m_time(new QPushButton),
      m_loss(new QLabel), m_notice(new QLabel), m_progress(new QProgressBar), m_cancel(new QPushButton(tr("Cancel")))
{
    m_lines->setAccessibleName(tr("Number of lines"));
    m_showAll->setToolTip(tr("Show the lines from before Clear again; nothing was lost"));
    m_notice->setTextFormat(Qt::PlainText); // it may quote what a program wrote
    m_notice->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_notice->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_progress->setRange(0, 1000);
    m_progress->setMaximumWidth(160);
    m_progress->setAccessibleName(tr("Progress"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(6, 2, 6, 2);
    layout->addWidget(m_lines);
    layout->addWidget(m_showAll);
    layout->addWidget(m_time);
    layout->addWidget(m_loss);
    layout->addWidget(m_notice, 1);
    layout->addWidget(m_progress);
    layout->addWidget(m_cancel);
    m_showAll->hide();
    m_loss->hide();
    m_time->hide();
    m_time->setToolTip(tr("A time is chosen in the time bar. Click to show all times again"));
    setProgress(-1);
    connect(m_showAll, &QPushButton::clicked, this, &OutputStatus::showAllRequested);
    connect(m_time, &QPushButton::clicked, this, &OutputStatus::allTimesRequested);
    connect(m_cancel, &QPushButton::clicked, this, &OutputStatus::cancelRequested);
}

void OutputStatus::setLines(quint64 shown)
{
    if (std::exchange(m_shown, shown) != shown)
        m_lines->setText(shown == 1 ? tr("1 line") : tr("%1 lines", nullptr, pluralOf(shown)).arg(QLocale().toString(shown)));
}

void OutputStatus::setCleared(bool cleared)
{
    m_showAll->setVisible(cleared);
}

void OutputStatus::setTimeFilter(const QString &when, quint64 hidden)
{
    m_time->setVisible(!when.isEmpty());
    if (when.isEmpty())
        return;
    const QString lines
        = hidden == 1 ? tr("1 line hidden") : tr("%1 lines hidden", nullptr, pluralOf(hidden)).arg(QLocale().toString(hidden));
    const QString text = tr("%1, %2 ✕", "time, lines hidden").arg(when, lines);
    if (m_time->text() != text)
        m_time->setText(text);
}

void OutputStatus::setLoss(const JournalCounters &counters, bool sizeLimit)
{
    if (std::exchange(m_lost, counters.lostRecords) == counters.lostRecords)
        return;
    m_loss->setVisible(counters.lostRecords > 0);
    const QString what = counters.lostRecords == 1
        ? tr("1 record given up")
        : tr("%1 records given up", nullptr, pluralOf(counters.lostRecords)).arg(QLocale().toString(counters.lostRecords));
    m_loss->setText(sizeLimit ? tr("⚠ %1: size limit").arg(what) : tr("⚠ %1: could not be stored").arg(what));
    m_loss->setToolTip(sizeLimit ? tr("The recording reached its size limit: %1 of the oldest output were given up.")
                                       .arg(bytesText(qint64(counters.lostBytes)))
                                 : tr("%1 of output could not be stored, probably because the disk is full.")
                                       .arg(bytesText(qint64(counters.lostBytes))));
}

void OutputStatus::setNotice(const QString &text, bool problem)
{
    m_notice->setText(problem ? QStringLiteral("⚠ %1").arg(text) : text);
    m_notice->setToolTip(text.isEmpty() ? text : QStringLiteral("<p>%1</p>").arg(text.toHtmlEscaped()));
}

QString OutputStatus::notice() const
{
    return m_notice->text();
}

void OutputStatus::setProgress(int permille, const QString &what)
{
    m_progress->setVisible(permille >= 0);
    m_cancel->setVisible(permille >= 0);
    m_progress->setValue(std::max(permille, 0));
    m_progress->setToolTip(what);
}

} // namespace forkscope
