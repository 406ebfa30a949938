// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/ipc/injectdialog.h"

#include "ui/ipc/scenewords.h"
#include "ui/widgets/format.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

namespace forkscope {

InjectDialog::InjectDialog(QWidget *parent)
    : QDialog(parent), m_kind(new QComboBox), m_from(new QComboBox), m_priority(new QSpinBox),
      m_fromLabel(new QLabel(tr("&From"))), m_priorityLabel(new QLabel(tr("&Priority"))), m_editor(new QPlainTextEdit),
      m_problem(new QLabel), m_result(new QLabel), m_send(new QPushButton(tr("&Send")))
{
    setWindowTitle(tr("Send a message by hand"));
    m_kind->addItems({tr("Text"), tr("JSON"), tr("Hexadecimal")});
    m_kind->setAccessibleName(tr("How the message is written"));
    m_from->setAccessibleName(tr("Process that sends it"));
    m_priority->setRange(-1000, 1000);
    m_priority->setAccessibleName(tr("Priority"));
    m_editor->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_editor->setTabChangesFocus(true);
    m_editor->setAccessibleName(tr("Message"));
    m_editor->setPlainText(tr("hello"));
    m_problem->setWordWrap(true);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setMinimumHeight(2 * fontMetrics().height());
    m_problem->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_result->setWordWrap(true);
    m_result->setTextFormat(Qt::PlainText);
    m_result->setMinimumHeight(2 * fontMetrics().height());
    m_result->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_fromLabel->setBuddy(m_from);
    m_priorityLabel->setBuddy(m_priority);
    auto *kindLabel = new QLabel(tr("&Written as"));
    kindLabel->setBuddy(m_kind);

    auto *top = new QHBoxLayout;
    for (QWidget *widget :
        {static_cast<QWidget *>(kindLabel), static_cast<QWidget *>(m_kind), static_cast<QWidget *>(m_fromLabel),
            static_cast<QWidget *>(m_from), static_cast<QWidget *>(m_priorityLabel), static_cast<QWidget *>(m_priority)})
        top->addWidget(widget);
    top->addStretch();
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    buttons->addButton(m_send, QDialogButtonBox::ActionRole);
    m_send->setDefault(true);
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(top);
    layout->addWidget(m_editor, 1);
    layout->addWidget(m_problem);
    layout->addWidget(m_result);
    layout->addWidget(buttons);
    resize(520, 280);

    connect(m_kind, &QComboBox::currentIndexChanged, this, &InjectDialog::check);
    connect(m_editor, &QPlainTextEdit::textChanged, this, &InjectDialog::check);
    connect(m_send, &QPushButton::clicked, this, &InjectDialog::send);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::hide);
    check();
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

QString InjectDialog::problem() const
{
    return m_problem->text();
}

QString InjectDialog::result() const
{
    return m_result->text();
}

void InjectDialog::check()
{
    const auto bytes = parseInjection(InjectionKind(m_kind->currentIndex()), m_editor->toPlainText());
    QString problem;
    if (!bytes)
        problem = bytes.error().detail;
    else if (bytes.value().size() > SceneRunner::kLargestInjection)
        problem = tr("%1 are too many; at most %2 are sent by hand")
                      .arg(bytesText(bytes.value().size()), bytesText(SceneRunner::kLargestInjection));
    m_problem->setText(
        problem.isEmpty() ? tr("%1 will be sent").arg(bytesText(bytes.value().size())) : QStringLiteral("⚠ %1").arg(problem));
    m_send->setEnabled(problem.isEmpty());
}

void InjectDialog::send()
{
    const auto bytes = parseInjection(InjectionKind(m_kind->currentIndex()), m_editor->toPlainText());
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
