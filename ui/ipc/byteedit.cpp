// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/ipc/byteedit.h"

#include "ui/widgets/format.h"

#include <QComboBox>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace forkscope {

ByteEdit::ByteEdit(const QString &name, const QString &ready, qsizetype largest, QWidget *parent)
    : QWidget(parent), m_ready(ready), m_largest(largest), m_top(new QHBoxLayout), m_kind(new QComboBox),
      m_editor(new QPlainTextEdit), m_problem(new QLabel)
{
    m_kind->addItems({tr("Text"), tr("JSON"), tr("Hexadecimal")});
    m_kind->setAccessibleName(tr("%1: how it is written").arg(name));
    m_editor->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_editor->setTabChangesFocus(true);
    m_editor->setAccessibleName(name);
    m_problem->setWordWrap(true);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    auto *kindLabel = new QLabel(tr("Written as"));
    kindLabel->setBuddy(m_kind);
    m_top->addWidget(kindLabel);
    m_top->addWidget(m_kind);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addLayout(m_top);
    layout->addWidget(m_editor, 1);
    layout->addWidget(m_problem);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &ByteEdit::check);
    connect(m_editor, &QPlainTextEdit::textChanged, this, &ByteEdit::check);
    check();
}

Result<QByteArray> ByteEdit::bytes() const
{
    auto bytes = parseInjection(InjectionKind(m_kind->currentIndex()), m_editor->toPlainText());
    if (bytes && bytes.value().size() > m_largest)
        return Error{ErrorCode::TooLarge, 0, tr("send it"), {},
            tr("%1 are too many; at most %2 are sent by hand").arg(bytesText(bytes.value().size()), bytesText(m_largest))};
    return bytes;
}

void ByteEdit::setBytes(const QByteArray &bytes)
{
    const QString text = QString::fromUtf8(bytes);
    const bool readable = text.toUtf8() == bytes && std::all_of(text.cbegin(), text.cend(), [](QChar c) {
        return c.isPrint() || c == QLatin1Char('\n') || c == QLatin1Char('\t');
    });
    m_kind->setCurrentIndex(int(readable ? InjectionKind::Text : InjectionKind::Hex));
    m_editor->setPlainText(readable ? text : QString::fromLatin1(bytes.toHex(' ')));
}

QString ByteEdit::problem() const
{
    return m_problem->text();
}

void ByteEdit::check()
{
    const auto result = bytes();
    m_problem->setText(
        result ? m_ready.arg(bytesText(result.value().size())) : QStringLiteral("⚠ %1").arg(result.error().detail));
    emit checked(result.ok());
}

} // namespace forkscope
