// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/output/emptyoutput.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace forkscope {

EmptyOutput::EmptyOutput(QWidget *parent) : QWidget(parent), m_heading(new QLabel), m_text(new QLabel), m_button(new QPushButton)
{
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.25);
    m_heading->setFont(large);
    for (QLabel *label : {m_heading, m_text}) {
        label->setAlignment(Qt::AlignCenter);
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
    }
    auto *layout = new QVBoxLayout(this);
    layout->addStretch(2);
    layout->addWidget(m_heading);
    layout->addWidget(m_text);
    layout->addSpacing(8);
    layout->addWidget(m_button, 0, Qt::AlignHCenter);
    layout->addStretch(3);
    connect(m_button, &QPushButton::clicked, this, [this] {
        if (const auto onClick = m_onClick) // it may set another content
            onClick();
    });
}

void EmptyOutput::setContent(
    const QString &heading, const QString &text, const QString &button, const std::function<void()> &onClick)
{
    m_onClick = onClick;
    m_heading->setText(heading);
    m_text->setText(text);
    m_text->setVisible(!text.isEmpty());
    m_button->setText(button);
    m_button->setVisible(!button.isEmpty());
}

QString EmptyOutput::heading() const
{
    return m_heading->text();
}

} // namespace forkscope
