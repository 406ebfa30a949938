// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/monitor/processcommands.h"

#include "core/launch/signals.h"
#include "ui/monitor/processmodel.h"
#include "ui/monitor/processtext.h"
#include "ui/monitor/stopdialog.h"

namespace forkscope {

ProcessCommands::ProcessCommands(Session &session, const ProcessModel &model, QWidget *window)
    : QObject(window), m_session(session), m_model(model), m_window(window)
{
    connect(&session, &Session::stopped, this, [this](const QList<ProcessKey> &roots, const QList<ProcessKey> &survivors) {
        if (!survivors.isEmpty())
            emit told(tr("Could not be stopped: %1").arg(processListText(m_model.table(), survivors, survivors).who));
        else
            emit told(tr("Stopped: %1").arg(processListText(m_model.table(), roots, roots).who));
    });
}

QList<ProcessKey> ProcessCommands::keysOf(const QList<int> &rows) const
{
    QList<ProcessKey> keys;
    for (int row : rows) {
        if (const ProcessKey key = m_model.table().row(row).process; !key.isNull())
            keys.append(key);
    }
    return keys;
}

void ProcessCommands::stop(const QList<int> &rows, bool kill)
{
    const QList<ProcessKey> roots = keysOf(rows);
    const QList<ProcessKey> live = m_session.liveTree(roots);
    if (live.isEmpty()) {
        emit told(tr("Nothing to stop: no process below the selection runs."));
        return;
    }
    auto *dialog = new StopDialog(processListText(m_model.table(), live, roots), kill, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &StopDialog::confirmed, this, [this, roots](StopDialog::Way way) {
        const StopPolicy atOnce = {{signalNumber(QLatin1String("SIGKILL")), std::chrono::seconds(2)}};
        m_session.stop(roots, way == StopDialog::Way::Gently ? defaultStopPolicy() : atOnce);
    });
    dialog->open();
}

void ProcessCommands::sendSignal(const QList<int> &rows, int signal)
{
    QStringList reached;
    QStringList failed;
    for (int number : rows) {
        const ProcessRow &row = m_model.table().row(number);
        if (!row.isRunning())
            continue;
        const Result<void> sent = m_session.signalProcess(row.process, signal);
        if (sent)
            reached.append(ProcessText::nameAndPid(row));
        else
            failed.append(errorText(sent.error()));
    }
    if (!failed.isEmpty())
        emit told(failed.join(QLatin1Char(' ')));
    else if (reached.isEmpty())
        emit told(tr("No signal was sent: none of the selected processes runs."));
    else
        emit told(tr("%1 sent to %2").arg(ProcessText::signal(signal), reached.join(QLatin1String(", "))));
}

} // namespace forkscope
