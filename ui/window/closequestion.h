// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/monitor/processlisttext.h"

#include <QMessageBox>

namespace forkscope {

/// What to do with what still runs when the window closes. Names it; Enter and Esc keep the window open.
class CloseQuestion : public QMessageBox
{
    Q_OBJECT

public:
    enum class Answer { Stop, Leave };

    /// hasLinks: pipes between some of them are watched.
    CloseQuestion(const ProcessListText &processes, bool hasLinks, QWidget *parent);

    QPushButton *stopButton() const { return m_stop; }
    QPushButton *leaveButton() const { return m_leave; }

signals:
    void answered(forkscope::CloseQuestion::Answer answer);

private:
    QPushButton *m_stop;
    QPushButton *m_leave;
};

} // namespace forkscope
