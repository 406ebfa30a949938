// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/closequestion.h"

#include <QPushButton>

namespace forkscope {

CloseQuestion::CloseQuestion(const ProcessListText &processes, bool hasLinks, QWidget *parent)
    : QMessageBox(parent), m_stop(addButton(tr("&Stop them"), ActionRole)),
      m_leave(addButton(tr("&Leave them running"), ActionRole))
{
    const int count = int(processes.lines.size());
    setWindowTitle(tr("Processes are running"));
    setIcon(Question);
    setTextFormat(Qt::PlainText);
    setText(count == 1 ? tr("1 process still runs: %1.").arg(processes.who)
                       : tr("%n processes still run: %1.", nullptr, count).arg(processes.who));
    QString explanation
        = tr("“Stop them” asks them to end (SIGTERM) and kills what still runs after 5 seconds. “Leave them running” "
             "lets them go on without Forkscope: what they write from then on is thrown away.");
    if (hasLinks)
        explanation += u'\n'
            + tr("Pipes between them go on as plain pipes: nothing is held or slowed down any more, and nothing recorded.");
    setInformativeText(explanation);
    setDetailedText(processes.lines.join(QLatin1Char('\n')));
    QPushButton *cancel = addButton(Cancel);
    setDefaultButton(cancel);
    setEscapeButton(cancel);
    connect(m_stop, &QPushButton::clicked, this, [this] { emit answered(Answer::Stop); });
    connect(m_leave, &QPushButton::clicked, this, [this] { emit answered(Answer::Leave); });
}

} // namespace forkscope
