// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/ipc/codepane.h"

#include "core/playground/scenecode.h"

#include <QApplication>
#include <QClipboard>
#include <QFontDatabase>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QVBoxLayout>

namespace forkscope {

CodePane::CodePane(QWidget *parent) : QWidget(parent), m_text(new QPlainTextEdit)
{
    m_text->setReadOnly(true);
    m_text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setTabChangesFocus(true);
    m_text->setAccessibleName(tr("C++ program of the scene"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(4, 4, 4, 4);
    layout->addWidget(m_text);
}

void CodePane::setScene(const Scene &scene)
{
    const QString code = sceneCode(scene);
    if (code == m_text->toPlainText())
        return;
    const int at = m_text->verticalScrollBar()->value();
    m_text->setPlainText(code);
    m_text->verticalScrollBar()->setValue(at);
}

QString CodePane::code() const
{
    return m_text->toPlainText();
}

void CodePane::copy() const
{
    QApplication::clipboard()->setText(code());
}

} // namespace forkscope
