// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/monitor/details.h"

#include "ui/monitor/processtext.h"
#include "ui/widgets/format.h"

#include <QFile>
#include <QLocale>
#include <QScrollBar>

namespace forkscope {

namespace {

struct Details {
    Q_DECLARE_TR_FUNCTIONS(Details)
};

constexpr qsizetype kLongestCommand = 20'000;

QList<DetailFact> outcome(const ProcessRow &row, bool live)
{
    const bool over = !live && row.isRunning();
    QList<DetailFact> facts
        = {{Details::tr("State"), over ? Details::tr("not ended when the recording did") : ProcessText::state(row)}};
    if (row.exit || row.failure)
        facts.append({Details::tr("Exit"), ProcessText::exitSentence(row).trimmed()});
    if (row.failure && !row.failure->path.isEmpty())
        facts.append({Details::tr("Tried"), QFile::decodeName(row.failure->path)});
    return facts;
}

QList<DetailFact> identity(const ProcessTable &table, const ProcessRow &row)
{
    QList<DetailFact> facts;
    if (!row.process.isNull())
        facts.append({Details::tr("PID"), QString::number(row.process.pid)});
    if (row.ppid > 0)
        facts.append({Details::tr("PPID"), QString::number(row.ppid)});
    if (row.parent >= 0)
        facts.append({Details::tr("Forked by"), ProcessText::nameAndPid(table.row(row.parent))});
    if (!row.children.isEmpty())
        facts.append({Details::tr("Children"), QLocale().toString(row.children.size())});
    facts.append({Details::tr("Launch"), QLocale().toString(quint32(row.launch))});
    return facts;
}

QList<DetailFact> resources(const ProcessRow &row, bool live)
{
    QList<DetailFact> facts;
    if (live && row.isRunning() && row.state != '?') {
        facts.append({Details::tr("CPU"), percentText(row.cpuPermille)});
        facts.append({Details::tr("Threads"), QLocale().toString(row.threads)});
        facts.append({Details::tr("Resident memory"), bytesText(row.residentBytes)});
    }
    if (row.cpuNs > 0)
        facts.append({Details::tr("CPU time"), durationText(row.cpuNs)});
    if (row.userNs >= 0 && row.systemNs >= 0) {
        facts.append({Details::tr("… in user mode"), durationText(row.userNs)});
        facts.append({Details::tr("… in the kernel"), durationText(row.systemNs)});
    }
    if (row.maxResidentBytes >= 0)
        facts.append({Details::tr("Most resident memory"), bytesText(row.maxResidentBytes)});
    return facts;
}

} // namespace

QList<DetailGroup> processDetails(const ProcessTable &table, int number, qint64 nowNs, bool samplesGivenUp)
{
    const ProcessRow &row = table.row(number);
    QList<DetailGroup> groups;
    groups.append({QString(), outcome(row, nowNs >= 0)});
    QString command = ProcessText::command(row);
    if (command.size() > kLongestCommand)
        command = Details::tr("%1… (cut here; Copy command line has all of it)").arg(command.left(kLongestCommand));
    QList<DetailFact> request = {{QString(), command}};
    if (!row.workingDirectory.isEmpty())
        request.append({Details::tr("Working directory"), QFile::decodeName(row.workingDirectory)});
    groups.append({Details::tr("Command"), request});
    groups.append({Details::tr("Process"), identity(table, row)});
    QList<DetailFact> times
        = {{row.process.isNull() ? Details::tr("Asked for") : Details::tr("Started"), dateTimeText(row.startedNs)}};
    if (row.endedNs > 0)
        times.append({Details::tr("Ended"), dateTimeText(row.endedNs)});
    if (!row.failure && (row.endedNs > 0 || nowNs >= 0))
        times.append({Details::tr("Duration"), durationText((row.endedNs > 0 ? row.endedNs : nowNs) - row.startedNs)});
    groups.append({Details::tr("Time"), times});
    QList<DetailFact> facts = resources(row, nowNs >= 0);
    if (samplesGivenUp && row.isRunning() && row.state == '?')
        facts.append({Details::tr("CPU, memory"), Details::tr("⚠ given up: the recording reached its size limit")});
    if (!facts.isEmpty())
        groups.append({Details::tr("Resources"), facts});
    return groups;
}

DetailsPane::DetailsPane(QWidget *parent) : QTextBrowser(parent)
{
    setFrameShape(QFrame::NoFrame);
    setOpenLinks(false);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    document()->setDocumentMargin(8);
    setPurpose(tr("Details of the selected process"),
        tr("Select a process to see its command line, times, resources and how it ended."));
}

void DetailsPane::setPurpose(const QString &accessibleName, const QString &emptyText)
{
    setAccessibleName(accessibleName);
    m_emptyText = emptyText;
    show({}, {});
}

void DetailsPane::show(const QString &title, const QList<DetailGroup> &groups)
{
    QString html;
    if (groups.isEmpty()) {
        html = QStringLiteral("<p>%1</p>").arg(m_emptyText.toHtmlEscaped());
    } else {
        html = QStringLiteral("<h3>%1</h3><table cellspacing='0' cellpadding='2' width='100%'>").arg(title.toHtmlEscaped());
        for (const DetailGroup &group : groups) {
            if (!group.title.isEmpty())
                html += QStringLiteral("<tr><td colspan='2' style='padding-top:8px'><b>%1</b></td></tr>")
                            .arg(group.title.toHtmlEscaped());
            for (const DetailFact &fact : group.facts) {
                const QString value = fact.value.toHtmlEscaped().replace(QLatin1Char('\n'), QLatin1String("<br>"));
                html += fact.label.isEmpty()
                    ? QStringLiteral("<tr><td colspan='2'><code>%1</code></td></tr>").arg(value)
                    : QStringLiteral("<tr><td width='35%'>%1</td><td>%2</td></tr>").arg(fact.label.toHtmlEscaped(), value);
            }
        }
        html += QLatin1String("</table>");
    }
    const bool same = title == m_title;
    if (html == m_html || (same && textCursor().hasSelection()))
        return;
    m_html = html;
    m_title = title;
    const int place = same ? verticalScrollBar()->value() : 0;
    setHtml(html);
    verticalScrollBar()->setValue(place);
}

} // namespace forkscope
