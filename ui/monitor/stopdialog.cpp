// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/monitor/stopdialog.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace forkscope {

StopDialog::StopDialog(const ProcessListText &processes, bool preferKill, QWidget *parent) : QDialog(parent)
{
    const int count = int(processes.lines.size());
    const QString number = count == 1 ? tr("1 process") : tr("%n processes", nullptr, count);
    m_question = preferKill ? tr("Kill %1: %2?").arg(number, processes.who) : tr("Stop %1: %2?").arg(number, processes.who);
    setWindowTitle(preferKill ? tr("Kill processes") : tr("Stop processes"));

    auto *question = new QLabel(m_question);
    question->setWordWrap(true);
    QFont bold = question->font();
    bold.setBold(true);
    question->setFont(bold);
    auto *list = new QPlainTextEdit(processes.lines.join(QLatin1Char('\n')));
    list->setReadOnly(true);
    list->setLineWrapMode(QPlainTextEdit::NoWrap);
    list->setTabChangesFocus(true);
    list->setAccessibleName(tr("Processes that will be reached"));
    list->setMaximumHeight(list->fontMetrics().height() * std::clamp(count + 2, 4, 14));
    auto *what
        = new QLabel(preferKill ? tr("SIGKILL ends them at once. They cannot save their work or remove their temporary files.")
                                : tr("They are asked to end (SIGTERM). What still runs after 5 seconds is killed (SIGKILL)."));
    what->setWordWrap(true);

    auto *buttons = new QDialogButtonBox;
    if (!preferKill)
        m_stop = buttons->addButton(tr("Stop %1").arg(number), QDialogButtonBox::ActionRole);
    m_kill = buttons->addButton(preferKill ? tr("Kill %1").arg(number) : tr("Kill at once"), QDialogButtonBox::ActionRole);
    m_cancel = buttons->addButton(QDialogButtonBox::Cancel);
    const auto answer = [this](QPushButton *button, Way way) {
        button->setAutoDefault(false); // else Enter on the list would press it
        connect(button, &QPushButton::clicked, this, [this, way] {
            emit confirmed(way);
            accept();
        });
    };
    if (m_stop)
        answer(m_stop, Way::Gently);
    answer(m_kill, Way::AtOnce);
    m_cancel->setDefault(true);
    m_cancel->setFocus();
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto *layout = new QVBoxLayout(this);
    layout->addWidget(question);
    layout->addWidget(list);
    layout->addWidget(what);
    layout->addWidget(buttons);
    resize(520, sizeHint().height());
}

} // namespace forkscope
