// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/launch/previewpane.h"

#include "core/workspace/scriptexport.h"

#include <QClipboard>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QPlainTextEdit>
#include <QTabBar>
#include <QTabWidget>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

namespace forkscope {

PreviewPane::PreviewPane(QWidget *parent)
    : QWidget(parent), m_tabs(new QTabWidget), m_shell(newText(tr("The same as a shell command"))),
      m_python(newText(tr("The same as a Python call"))), m_delay(new QTimer(this))
{
    m_tabs->addTab(m_shell, tr("Shell"));
    m_tabs->addTab(m_python, tr("Python"));
    m_tabs->tabBar()->setAccessibleName(tr("The same launch, written for"));
    m_tabs->setDocumentMode(true);
    auto *copyButton = new QToolButton;
    copyButton->setText(tr("Copy"));
    copyButton->setToolTip(tr("Copies the text that is shown"));
    copyButton->setFocusPolicy(Qt::StrongFocus);
    m_tabs->setCornerWidget(copyButton);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_tabs);
    m_delay->setSingleShot(true);
    m_delay->setInterval(80);
    connect(m_delay, &QTimer::timeout, this, &PreviewPane::write);
    connect(copyButton, &QToolButton::clicked, this, &PreviewPane::copy);
}

QPlainTextEdit *PreviewPane::newText(const QString &name)
{
    auto *text = new QPlainTextEdit;
    text->setReadOnly(true);
    text->setTabChangesFocus(true);
    text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    text->setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    text->setAccessibleName(name);
    text->setMinimumHeight(text->fontMetrics().lineSpacing() * 3 + 12);
    return text;
}

void PreviewPane::show(const LaunchSpec &spec, const QString &reason)
{
    m_spec = spec;
    m_reason = reason;
    if (!m_delay->isActive()) // not started anew by each key: it follows while one types, too
        m_delay->start();
}

QString PreviewPane::shellText() const
{
    return m_shell->toPlainText();
}

QString PreviewPane::pythonText() const
{
    return m_python->toPlainText();
}

void PreviewPane::write()
{
    const auto set = [this](QPlainTextEdit *edit, const QString &text) {
        edit->setPlaceholderText(m_reason);
        if (edit->toPlainText() != text)
            edit->setPlainText(text);
    };
    set(m_shell, m_reason.isEmpty() ? shellCommand(m_spec) : QString());
    set(m_python, m_reason.isEmpty() ? pythonCall(m_spec) : QString());
}

void PreviewPane::copy()
{
    QGuiApplication::clipboard()->setText(m_tabs->currentWidget() == m_shell ? shellText() : pythonText());
}

} // namespace forkscope
