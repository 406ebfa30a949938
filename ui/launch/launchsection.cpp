// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/launch/launchsection.h"

#include "ui/widgets/status.h"

#include <QAbstractButton>
#include <QGridLayout>
#include <QLabel>

namespace forkscope {

QString asSentence(const QString &detail)
{
    if (detail.isEmpty())
        return detail;
    QString sentence = detail.front().toUpper() + detail.mid(1);
    static const QString ends = QStringLiteral(".!?…。");
    if (!ends.contains(sentence.back()))
        sentence += u'.';
    return sentence;
}

LaunchSection::LaunchSection(const QString &title, QWidget *parent)
    : QWidget(parent), m_title(title), m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(8);
    m_grid->setVerticalSpacing(4);
    m_grid->setColumnStretch(1, 1);
    // One column of labels through all groups, so that the eye finds the fields.
    m_grid->setColumnMinimumWidth(0, fontMetrics().averageCharWidth() * 22);
}

QLabel *LaunchSection::addRow(const Words &words, QWidget *editor, QWidget *focus)
{
    const int row = m_grid->rowCount();
    auto *label = new QLabel(words.label);
    label->setAlignment(Qt::AlignTrailing | Qt::AlignTop);
    // In line with the text of a field of one line, also beside a table.
    label->setContentsMargins(0, (QWidget::fontMetrics().height() + 10 - label->fontMetrics().height()) / 2, 0, 0);
    auto *fault = new QLabel;
    m_grid->addWidget(label, row, 0);
    m_grid->addWidget(editor, row, 1);
    m_grid->addWidget(fault, row + 1, 1);
    if (!focus)
        focus = editor->focusProxy() ? editor->focusProxy() : editor;
    label->setBuddy(focus);
    addOption(words, editor, focus, fault);
    label->setToolTip(editor->toolTip());
    label->setWhatsThis(editor->whatsThis());
    return label;
}

void LaunchSection::addCheck(const Words &words, QWidget *check)
{
    const int row = m_grid->rowCount();
    auto *fault = new QLabel;
    m_grid->addWidget(check, row, 1);
    m_grid->addWidget(fault, row + 1, 1);
    addOption(words, check, check, fault);
}

void LaunchSection::addToRow(const Words &words, QWidget *focus)
{
    Q_ASSERT(!m_options.isEmpty());
    addOption(words, focus, focus, m_options.constLast().fault);
}

QLabel *LaunchSection::addNote(const QString &text)
{
    auto *note = new QLabel(text);
    note->setWordWrap(true);
    note->setForegroundRole(QPalette::PlaceholderText);
    m_grid->addWidget(note, m_grid->rowCount(), 1);
    return note;
}

void LaunchSection::addWide(QWidget *widget)
{
    m_grid->addWidget(widget, m_grid->rowCount(), 1);
}

void LaunchSection::judgeBy(std::function<QString()> fault)
{
    m_judges.append({m_options.size() - 1, std::move(fault)});
}

void LaunchSection::addOption(const Words &words, QWidget *editor, QWidget *focus, QLabel *fault)
{
    const QString help = words.python.isEmpty() ? words.help : tr("%1\nPython: %2").arg(words.help, words.python);
    editor->setToolTip(help);
    editor->setWhatsThis(help);
    if (focus->accessibleName().isEmpty() && !qobject_cast<QAbstractButton *>(focus))
        focus->setAccessibleName(words.label);
    focus->setAccessibleDescription(help);
    fault->setWordWrap(true);
    fault->setTextFormat(Qt::RichText);
    fault->hide();
    m_options.append({QLatin1String(words.field), words.label, words.python, help, focus, fault});
}

void LaunchSection::mark(const LaunchOption &option, const QString &text) const
{
    option.fault->setText(QStringLiteral("<span style='color:%1'>✗</span> %2")
                              .arg(statusColor(Status::Failed).name(), asSentence(text).toHtmlEscaped()));
    option.fault->setVisible(!text.isEmpty());
}

std::optional<LaunchSection::Fault> LaunchSection::judge()
{
    std::optional<Fault> first;
    for (const LaunchOption &option : std::as_const(m_options))
        mark(option, {});
    for (const Judge &judge : std::as_const(m_judges)) {
        const QString text = judge.fault();
        if (text.isEmpty())
            continue;
        mark(m_options[judge.option], text);
        if (!first)
            first = Fault{m_options[judge.option].field, text};
    }
    return first;
}

bool LaunchSection::showFault(const QString &field, const QString &text)
{
    for (const LaunchOption &option : std::as_const(m_options)) {
        if (option.field == field) {
            mark(option, text);
            return true;
        }
    }
    return false;
}

} // namespace forkscope
