// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/output/searchbar.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

namespace forkscope {

SearchBar::SearchBar(QWidget *parent)
    : QWidget(parent), m_text(new QLineEdit), m_caseSensitive(nullptr), m_expression(nullptr), m_filter(nullptr),
      m_status(new QLabel)
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(6, 3, 6, 3);
    setPrompt(tr("Find in the output"));
    m_text->setClearButtonEnabled(true);
    m_text->setMinimumWidth(120);
    setFocusProxy(m_text);
    layout->addWidget(m_text, 2);
    m_caseSensitive = addToggle(tr("Aa"), tr("Case matters"));
    m_expression = addToggle(tr(".*"), tr("Regular expression"));
    m_filter = addToggle(tr("Filter"), tr("Show only lines that match; the others are hidden, not lost"));
    connect(addButton(QStringLiteral("↑"), tr("Previous match"), tr("Previous match (Shift+F3)")), &QToolButton::clicked, this,
        &SearchBar::previousRequested);
    connect(addButton(QStringLiteral("↓"), tr("Next match"), tr("Next match (F3)")), &QToolButton::clicked, this,
        &SearchBar::nextRequested);
    m_status->setTextFormat(Qt::PlainText);
    m_status->setAccessibleName(tr("Result of the search"));
    layout->addWidget(m_status, 1);
    connect(addButton(QStringLiteral("×"), tr("Close"), tr("Close (Esc)")), &QToolButton::clicked, this, &SearchBar::closed);
    connect(m_text, &QLineEdit::textChanged, this, &SearchBar::queryChanged);
}

QToolButton *SearchBar::addToggle(const QString &text, const QString &toolTip)
{
    QToolButton *button = addButton(text, toolTip, toolTip);
    button->setCheckable(true);
    connect(button, &QToolButton::toggled, this, &SearchBar::queryChanged);
    return button;
}

QToolButton *SearchBar::addButton(const QString &text, const QString &name, const QString &toolTip)
{
    auto *button = new QToolButton;
    button->setText(text);
    button->setAccessibleName(name);
    button->setToolTip(toolTip);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    layout()->addWidget(button);
    return button;
}

SearchQuery SearchBar::query() const
{
    return {m_text->text(), m_caseSensitive->isChecked(), m_expression->isChecked()};
}

bool SearchBar::filters() const
{
    return m_filter->isChecked();
}

void SearchBar::setFilterOffered(bool offered)
{
    m_filter->setVisible(offered);
}

void SearchBar::setExpressionOffered(bool offered)
{
    m_expression->setVisible(offered);
}

void SearchBar::setPrompt(const QString &text)
{
    m_text->setPlaceholderText(text);
    m_text->setAccessibleName(text);
}

void SearchBar::open(const QString &text)
{
    show();
    if (!text.isEmpty())
        m_text->setText(text);
    m_text->selectAll();
    m_text->setFocus(Qt::ShortcutFocusReason);
}

void SearchBar::setStatus(const QString &text, bool problem)
{
    m_status->setText(problem ? QStringLiteral("⚠ %1").arg(text) : text);
    m_status->setToolTip(text);
}

void SearchBar::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        emit closed();
    else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        event->modifiers() & Qt::ShiftModifier ? emit previousRequested() : emit nextRequested();
    else
        QWidget::keyPressEvent(event);
}

} // namespace forkscope
