// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/recordingnotice.h"

#include "ui/widgets/format.h"
#include "ui/widgets/status.h"

#include <QFileInfo>
#include <QLocale>

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

} // namespace forkscope
