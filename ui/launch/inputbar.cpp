// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/launch/inputbar.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace forkscope {

InputBar::InputBar(QWidget *parent)
    : QWidget(parent), m_label(new QLabel), m_line(new QLineEdit), m_end(new QPushButton(tr("End input"))),
      m_file(new QPushButton(tr("Send file…")))
{
    m_label->setBuddy(m_line);
    m_end->setToolTip(tr("Closes its standard input, so that it reads end of file (Ctrl+D in the field)"));
    m_file->setToolTip(tr("Sends the content of a file, and then the end of input"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(4, 2, 4, 2);
    layout->setSpacing(4);
    layout->addWidget(m_label);
    layout->addWidget(m_line, 1);
    layout->addWidget(m_end);
    layout->addWidget(m_file);

    m_line->installEventFilter(this);
    connect(m_line, &QLineEdit::returnPressed, this, [this] {
        const QByteArray bytes = m_line->text().toUtf8() + '\n';
        m_line->clear();
        emit lineEntered(m_launch, bytes);
    });
    connect(m_end, &QPushButton::clicked, this, [this] { emit endRequested(m_launch); });
    connect(m_file, &QPushButton::clicked, this, &InputBar::chooseFile);
    setTarget(LaunchId::None, {}, {});
}

void InputBar::setTarget(LaunchId launch, const QString &name, const QString &reason)
{
    if (launch != m_launch)
        m_line->clear();
    m_launch = launch;
    setVisible(launch != LaunchId::None);
    const bool can = launch != LaunchId::None && reason.isEmpty();
    // A long name must not push the window wider.
    const QString shown = fontMetrics().elidedText(name, Qt::ElideMiddle, 160);
    m_label->setText(tr("&Input for %1").arg(QString(shown).replace(QLatin1Char('&'), QLatin1String("&&"))));
    m_line->setAccessibleName(tr("Input for %1").arg(name));
    m_line->setPlaceholderText(can ? tr("A line for its standard input; Enter sends it, Ctrl+D ends the input") : reason);
    for (QWidget *widget : {static_cast<QWidget *>(m_line), static_cast<QWidget *>(m_end), static_cast<QWidget *>(m_file)})
        widget->setEnabled(can);
}

bool InputBar::eventFilter(QObject *object, QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride || event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_D && key->modifiers() == Qt::ControlModifier) {
            if (event->type() == QEvent::KeyPress)
                emit endRequested(m_launch);
            event->accept();
            return true;
        }
    }
    return QWidget::eventFilter(object, event);
}

void InputBar::chooseFile()
{
    auto *dialog = new QFileDialog(this, tr("Send a file to the standard input"));
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this,
        [this, launch = m_launch](const QString &path) { emit fileChosen(launch, path); });
    dialog->open();
}

} // namespace forkscope
