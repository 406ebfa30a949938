// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/recordingnotice.h"

#include "ui/widgets/format.h"
#include "ui/widgets/status.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QLocale>
#include <QPushButton>

namespace forkscope {

QString openReportText(const OpenReport &report)
{
    const QLocale locale;
    QStringList sentences;
    if (report.cutBytes > 0)
        sentences.append(RecordingNotice::tr("Its end was torn: %1 that form no whole record were cut.")
                             .arg(bytesText(qint64(report.cutBytes))));
    if (report.tornRecords > 0)
        sentences.append(RecordingNotice::tr("Records that were never completed: %1.").arg(locale.toString(report.tornRecords)));
    if (report.lostRecords > 0)
        sentences.append(RecordingNotice::tr("While it was made, %1 of output in %2 records were dropped.")
                             .arg(bytesText(qint64(report.lostBytes)), locale.toString(report.lostRecords)));
    if (report.redacted)
        sentences.append(RecordingNotice::tr("It is a redacted copy: what was removed or masked shows as *."));
    if (report.foreign)
        sentences.append(RecordingNotice::tr("Another program wrote it: what Forkscope adds to a recording is missing."));
    return sentences.join(QLatin1Char('\n'));
}

RecordingNotice::RecordingNotice(const Journal &recording, QWidget *parent) : QLabel(parent), m_recording(recording)
{
    setTextFormat(Qt::RichText);
    // A label that wraps asks for a narrow, tall place, which a tool bar then gives it.
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    setMinimumWidth(1); // a long name must not push the window wider
    setMargin(8);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setToolTip(recording.path());
    m_refresh.setInterval(100);
    connect(&m_refresh, &QTimer::timeout, this, &RecordingNotice::showState);
    m_refresh.start();
    showState();
}

void RecordingNotice::showState()
{
    const bool whole = m_recording.isWholeFileRead();
    QString text = tr("Recording <b>%1</b> (read only)").arg(QFileInfo(m_recording.path()).fileName().toHtmlEscaped());
    if (whole)
        m_refresh.stop();
    else
        text += QStringLiteral(" · ") + tr("%1 % read").arg(int(m_recording.readProgress() * 100));
    const QString report = whole ? openReportText(m_recording.openReport()) : QString();
    if (!report.isEmpty())
        text += QStringLiteral("<br><span style='color:%1'>⚠</span> %2")
                    .arg(warningColor().name(), report.toHtmlEscaped().replace(QLatin1Char('\n'), QLatin1String("<br>")));
    setText(text);
}

RecordingTrouble::RecordingTrouble(QWidget *parent)
    : QFrame(parent), m_text(new QLabel), m_button(new QPushButton(tr("Save to another place…")))
{
    setFrameShape(QFrame::StyledPanel);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 4, 8, 4);
    auto *mark = new QLabel(QStringLiteral("<span style='color:%1'>⚠</span>").arg(warningColor().name()));
    layout->addWidget(mark, 0, Qt::AlignTop);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_button, 0, Qt::AlignTop);
    m_text->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred); // a long path must not push the window wider
    m_text->setTextFormat(Qt::PlainText);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setAccessibleName(tr("What is wrong with the recording"));
    connect(m_button, &QPushButton::clicked, this, &RecordingTrouble::saveElsewhereRequested);
}

void RecordingTrouble::setHealth(const JournalHealth &health)
{
    QString what;
    switch (health.state) {
    case JournalHealth::DiskFull:
        what = tr("The disk is full: new output is shown as dropped and counted, what was recorded stays.");
        break;
    case JournalHealth::FileRemoved:
        what = tr("The recording's file was removed. Recording goes on, but all of it is gone when this window closes.");
        break;
    case JournalHealth::Ok:
        break;
    case JournalHealth::WriteError:
        what = tr("The recording cannot grow (%1): new output is counted, not kept.")
                   .arg(systemErrorText(health.error.systemError));
        break;
    }
    m_text->setText(what + QLatin1Char('\n') + health.path);
    m_text->setToolTip(QStringLiteral("<p>%1</p>").arg(health.path.toHtmlEscaped()));
}

void RecordingTrouble::setMoving(bool moving)
{
    m_button->setEnabled(!moving);
    m_button->setText(moving ? tr("Saving…") : tr("Save to another place…"));
}

} // namespace forkscope
