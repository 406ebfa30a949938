// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/launch/inputedit.h"

#include "ui/widgets/format.h"

#include <QCheckBox>
#include <QFontDatabase>
#include <QLabel>
#include <QPlainTextEdit>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace forkscope {

namespace {

constexpr qsizetype kLargestShown = 64 * 1024;

}

InputEdit::InputEdit(QWidget *parent)
    : QWidget(parent), m_check(new QCheckBox(tr("Send this text, then end the input"))), m_text(new QPlainTextEdit),
      m_note(new QLabel)
{
    m_text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_text->setTabChangesFocus(true);
    m_text->setAccessibleName(tr("Text for the standard input"));
    m_text->setFixedHeight(m_text->fontMetrics().lineSpacing() * 4 + 12);
    m_note->setWordWrap(true);
    m_note->setForegroundRole(QPalette::PlaceholderText);
    setFocusProxy(m_check);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addWidget(m_check);
    layout->addWidget(m_text);
    layout->addWidget(m_note);
    connect(m_check, &QCheckBox::toggled, this, [this](bool on) {
        m_text->setVisible(on);
        showNote();
        emit changed();
    });
    connect(m_text, &QPlainTextEdit::textChanged, this, [this] {
        m_kept.reset();
        showNote();
        emit changed();
    });
    m_text->hide();
    m_note->hide();
}

std::optional<QByteArray> InputEdit::input() const
{
    if (!m_check->isChecked())
        return {};
    return m_kept ? m_kept : m_text->toPlainText().toUtf8();
}

void InputEdit::setInput(const std::optional<QByteArray> &input)
{
    const QSignalBlocker quietText(m_text);
    const QSignalBlocker quietCheck(m_check);
    m_check->setChecked(input.has_value());
    m_text->setVisible(input.has_value());
    m_text->setPlainText(QString::fromUtf8(input.value_or(QByteArray()).left(kLargestShown)));
    m_kept = input;
    showNote();
}

void InputEdit::showNote()
{
    QString note;
    if (m_check->isChecked() && m_kept && m_kept->size() > kLargestShown)
        note = tr("The first %1 of %2 are shown. It is sent whole as long as nothing is typed here.")
                   .arg(bytesText(kLargestShown), bytesText(m_kept->size()));
    else if (m_check->isChecked() && m_kept && m_text->toPlainText().toUtf8() != *m_kept)
        note = tr("It holds bytes that cannot be shown as text. They are sent as they are as long as nothing is typed here.");
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
}

} // namespace forkscope
