// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/ipc/injectdialog.h"

#include "ui/ipc/scenewords.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

namespace forkscope {

InjectDialog::InjectDialog(QWidget *parent)
    : QDialog(parent), m_message(new ByteEdit(tr("Message"), tr("%1 will be sent"), SceneRunner::kLargestInjection)),
      m_from(new QComboBox), m_priority(new QSpinBox), m_fromLabel(new QLabel(tr("&From"))),
      m_priorityLabel(new QLabel(tr("&Priority"))), m_result(new QLabel), m_send(new QPushButton(tr("&Send")))
{
    setWindowTitle(tr("Send a message by hand"));
    m_from->setAccessibleName(tr("Process that sends it"));
    m_priority->setRange(-1000, 1000);
    m_priority->setAccessibleName(tr("Priority"));
    m_message->editor()->setPlainText(tr("hello"));
    m_result->setWordWrap(true);
    m_result->setTextFormat(Qt::PlainText);
    m_result->setMinimumHeight(2 * fontMetrics().height());
    m_result->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_fromLabel->setBuddy(m_from);
    m_priorityLabel->setBuddy(m_priority);
    for (QWidget *widget : QWidgetList{m_fromLabel, m_from, m_priorityLabel, m_priority})
        m_message->top()->addWidget(widget);
    m_message->top()->addStretch();
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    buttons->addButton(m_send, QDialogButtonBox::ActionRole);
    m_send->setDefault(true);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_message, 1);
    layout->addWidget(m_result);
    layout->addWidget(buttons);
    resize(520, 280);

    connect(m_message, &ByteEdit::checked, m_send, &QWidget::setEnabled);
    connect(m_send, &QPushButton::clicked, this, &InjectDialog::send);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::hide);
}

void InjectDialog::setScene(const Scene &scene)
{
    const bool chooses = scene.kind == Scene::Kind::Pipe && scene.duplex;
    const QString chosen = m_from->currentText();
    m_from->clear();
    for (const SceneProcess &process : scene.producers + scene.consumers)
        m_from->addItem(process.name);
    m_from->setCurrentIndex(std::max(0, m_from->findText(chosen)));
    m_from->setVisible(chooses);
    m_fromLabel->setVisible(chooses);
    const bool ordered = scene.kind == Scene::Kind::Queue && scene.order == Scene::Order::Priority;
    m_priority->setVisible(ordered);
    m_priorityLabel->setVisible(ordered);
}

QString InjectDialog::result() const
{
    return m_result->text();
}

void InjectDialog::send()
{
    const auto bytes = m_message->bytes();
    if (!bytes)
        return;
    m_result->setText(tr("Sending …"));
    emit sendRequested(bytes.value(), m_priority->value(), m_from->isVisibleTo(this) ? m_from->currentText() : QString());
}

void InjectDialog::showResult(const InjectionResult &result)
{
    m_result->setText((result.sent ? QStringLiteral("✓ ") : QStringLiteral("⚠ ")) + SceneWords::injection(result));
}

} // namespace forkscope
