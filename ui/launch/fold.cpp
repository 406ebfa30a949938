// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/launch/fold.h"

#include "ui/launch/launchsection.h"
#include "ui/widgets/elidedlabel.h"

#include <QMouseEvent>
#include <QToolButton>
#include <QVBoxLayout>

namespace forkscope {

Fold::Fold(LaunchSection *section, QWidget *parent)
    : QWidget(parent), m_heading(new QToolButton), m_summary(new ElidedLabel), m_body(new QWidget), m_section(section)
{
    m_heading->setText(section->title());
    m_heading->setCheckable(true);
    m_heading->setAutoRaise(true);
    m_heading->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_heading->setFocusPolicy(Qt::StrongFocus);
    QFont bold = m_heading->font();
    bold.setBold(true);
    m_heading->setFont(bold);
    m_summary->setForegroundRole(QPalette::PlaceholderText);

    auto *head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(m_heading);
    head->addWidget(m_summary, 1);
    auto *body = new QVBoxLayout(m_body);
    body->setContentsMargins(8, 0, 0, 8);
    body->addWidget(section);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addLayout(head);
    layout->addWidget(m_body);
    connect(m_heading, &QToolButton::toggled, this, &Fold::setOpen);
    setOpen(false);
}

void Fold::setOpen(bool open)
{
    m_heading->setChecked(open);
    m_heading->setArrowType(open ? Qt::DownArrow : layoutDirection() == Qt::RightToLeft ? Qt::LeftArrow : Qt::RightArrow);
    m_body->setVisible(open);
}

bool Fold::isOpen() const
{
    return m_heading->isChecked();
}

void Fold::showSummary()
{
    const QString summary = m_section->summary();
    m_summary->setText(summary);
    m_heading->setAccessibleDescription(summary);
}

QString Fold::shownSummary() const
{
    return m_summary->text();
}

void Fold::mousePressEvent(QMouseEvent *event)
{
    // The whole heading is the target, not its words alone.
    if (event->button() == Qt::LeftButton && event->position().y() <= m_heading->geometry().bottom())
        setOpen(!isOpen());
}

} // namespace forkscope
