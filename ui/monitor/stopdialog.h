// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/monitor/processlisttext.h"

#include <QDialog>

class QPushButton;

namespace forkscope {

/// Asks before processes are stopped, and names them all. The gentle way comes first; Enter and Esc cancel.
class StopDialog : public QDialog
{
    Q_OBJECT

public:
    enum class Way { Gently, AtOnce }; ///< SIGTERM, after 5 s SIGKILL; SIGKILL

    /// preferKill: the person asked to kill; then there is no gentle button.
    StopDialog(const ProcessListText &processes, bool preferKill, QWidget *parent = nullptr);

    QPushButton *stopButton() const { return m_stop; } ///< null with preferKill
    QPushButton *killButton() const { return m_kill; }
    QPushButton *cancelButton() const { return m_cancel; }
    QString question() const { return m_question; }

signals:
    void confirmed(forkscope::StopDialog::Way way);

private:
    QString m_question;
    QPushButton *m_stop = nullptr;
    QPushButton *m_kill;
    QPushButton *m_cancel;
};

} // namespace forkscope
