// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preferences/editorchoice.h"

#include "ui/preferences/editorcommand.h"
#include "ui/preferences/preferences.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>

namespace forkscope {

EditorChoice::EditorChoice(QWidget *parent)
    : QGroupBox(tr("Editor"), parent), m_preset(new QComboBox), m_command(new QLineEdit), m_result(new QLabel)
{
    m_preset->addItem(tr("The first that is installed"), defaultEditorCommand());
    const QList<EditorPreset> presets = editorPresets();
    for (const EditorPreset &preset : presets)
        m_preset->addItem(
            editorInstalled(preset.command) ? preset.name : tr("%1 (not installed)").arg(preset.name), preset.command);
    m_preset->addItem(tr("Own command"));
    m_command->setAccessibleName(tr("Command of the editor"));
    m_command->setToolTip(tr("{file}, {line} and {column} are filled in. No shell reads the command."));
    m_result->setWordWrap(true);
    m_result->setTextFormat(Qt::PlainText);

    auto *layout = new QFormLayout(this);
    layout->addRow(tr("Open &files in"), m_preset);
    layout->addRow(tr("Co&mmand"), m_command);
    layout->addRow(m_result);

    if (Preferences::editorChosen()) {
        const QString chosen = Preferences::editorCommand();
        int known = 1;
        while (known < m_preset->count() - 1 && m_preset->itemData(known).toString() != chosen)
            ++known;
        m_preset->setCurrentIndex(known);
        m_command->setText(chosen);
    } else {
        m_command->setText(defaultEditorCommand());
    }
    showResult();

    connect(m_preset, &QComboBox::currentIndexChanged, this, &EditorChoice::takePreset);
    connect(m_command, &QLineEdit::textEdited, this, [this] {
        const QSignalBlocker quiet(m_preset);
        m_preset->setCurrentIndex(m_preset->count() - 1);
        showResult();
    });
}

bool EditorChoice::isOwn() const
{
    return m_preset->currentIndex() == m_preset->count() - 1;
}

QString EditorChoice::command() const
{
    return m_preset->currentIndex() == 0 ? QString() : m_command->text().trimmed();
}

QString EditorChoice::problem() const
{
    if (!isOwn())
        return {};
    if (m_command->text().trimmed().isEmpty())
        return tr("A command is needed here, such as kate --line {line} {file}.");
    const auto words = editorArguments(m_command->text(), QStringLiteral("/"), 1, 1);
    return words ? QString() : errorText(words.error());
}

void EditorChoice::takePreset()
{
    if (isOwn())
        m_command->setFocus();
    else
        m_command->setText(m_preset->currentData().toString());
    showResult();
}

void EditorChoice::showResult()
{
    const QString wrong = problem();
    const QString command = m_command->text().trimmed();
    QString text;
    if (!wrong.isEmpty())
        text = wrong;
    else if (command.isEmpty())
        text = tr("No known editor is installed: choose “Own command” and type one.");
    else if (!editorInstalled(command))
        text = tr("The program of this command was not found.");
    if (!text.isEmpty())
        text = QStringLiteral("⚠ %1").arg(text);
    else if (const auto words = editorArguments(command, QStringLiteral("/src/main.cpp"), 12, 3))
        text = tr("Line 12 of main.cpp: %1").arg(words.value().join(u' '));
    m_result->setText(text);
    emit changed();
}

} // namespace forkscope
