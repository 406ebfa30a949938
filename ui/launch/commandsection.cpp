// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/launch/commandsection.h"

#include "core/launch/commandline.h"
#include "ui/launch/entrylist.h"
#include "ui/launch/pathedit.h"
#include "ui/widgets/bytestext.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFile>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QRadioButton>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QToolButton>

namespace forkscope {

namespace {

/// The shells that this machine knows.
QStringList knownShells()
{
    QStringList shells{QStringLiteral("/bin/sh")};
    QFile file(QStringLiteral("/etc/shells"));
    if (file.open(QFile::ReadOnly)) {
        constexpr qint64 kMost = 64 * 1024;
        for (const QByteArray &line : file.read(kMost).split('\n')) {
            const QString shell = QFile::decodeName(line.trimmed());
            if (shell.startsWith(u'/') && !shells.contains(shell))
                shells.append(shell);
        }
    }
    return shells;
}

/// Whether the words, written as a line, are split into the same words again.
bool readsBack(const QByteArrayList &words)
{
    const Result<ParsedLine> parsed = parseCommandLine(quoteCommandLine(words));
    return parsed && parsed.value().words == words;
}

QStringList texts(const QByteArrayList &words)
{
    QStringList list;
    for (const QByteArray &word : words)
        list.append(textOfBytes(word));
    return list;
}

} // namespace

CommandSection::CommandSection(bool profile, QWidget *parent)
    : LaunchSection(tr("Command"), parent), m_views(new QStackedWidget), m_line(new QLineEdit),
      m_list(new EntryList(tr("Arguments"))), m_asList(new QToolButton), m_hint(new QLabel), m_hintButton(new QToolButton),
      m_hintRow(new QWidget), m_shell(new QCheckBox(tr("Via a shell"))), m_shellPath(new QComboBox),
      m_directory(new PathEdit(PathEdit::Kind::Directory, tr("Working directory"))), m_pipes(new QRadioButton(tr("Pipes"))),
      m_terminal(new QRadioButton(tr("Terminal"))), m_mixed(new QRadioButton(tr("As set under Streams"))), m_name(new QLineEdit)
{
    buildCommand();
    buildChoices(profile);
}

void CommandSection::buildCommand()
{
    m_asList->setText(tr("As a list"));
    m_asList->setCheckable(true);
    m_asList->setFocusPolicy(Qt::StrongFocus);
    m_asList->setToolTip(tr("Shows one row an argument, to edit each exactly, without quotes"));
    m_line->setPlaceholderText(tr("A program and its arguments; quotes as in a shell"));
    m_line->setAccessibleName(tr("Command"));
    m_views->addWidget(m_line);
    m_views->addWidget(m_list);
    m_views->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Maximum);
    auto *command = new QWidget;
    auto *row = new QHBoxLayout(command);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    row->addWidget(m_views, 1, Qt::AlignTop);
    row->addWidget(m_asList, 0, Qt::AlignTop);
    addRow({"args", tr("Command"), QStringLiteral("args"),
               tr("The program and its arguments. A line is split as a POSIX shell splits it; nothing is expanded.")},
        command, m_line);
    judgeBy([this] { return m_lineFault; });

    m_hint->setWordWrap(true);
    m_hintButton->setFocusPolicy(Qt::StrongFocus);
    auto *hint = new QHBoxLayout(m_hintRow);
    hint->setContentsMargins(0, 0, 0, 0);
    hint->addWidget(m_hint, 1);
    hint->addWidget(m_hintButton);
    addWide(m_hintRow);
    m_hintRow->hide();

    QToolButton *splitButton
        = m_list->addButton(tr("Split"), tr("Splits the current row into several arguments, as a shell would"));
    connect(splitButton, &QToolButton::clicked, this, &CommandSection::split);
    connect(m_line, &QLineEdit::textEdited, this, &CommandSection::readLine);
    connect(m_list, &EntryList::changed, this, &CommandSection::readList);
    connect(m_hintButton, &QToolButton::clicked, this, &CommandSection::takeHint);
    connect(m_asList, &QToolButton::toggled, this, [this](bool list) {
        // What does not fit a line (half a quote) is given up for the last arguments that could be read.
        m_lineFault.clear();
        m_views->setCurrentIndex(list ? 1 : 0);
        m_line->setSizePolicy(QSizePolicy::Expanding, list ? QSizePolicy::Ignored : QSizePolicy::Fixed);
        m_list->setSizePolicy(QSizePolicy::Expanding, list ? QSizePolicy::Fixed : QSizePolicy::Ignored);
        m_views->adjustSize();
        showLine();
        m_list->setEntries(texts(m_arguments));
        (list ? static_cast<QWidget *>(m_list) : m_line)->setFocus();
        emit changed();
    });
    m_list->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Ignored);
}

void CommandSection::buildChoices(bool profile)
{
    for (const QString &shell : knownShells())
        m_shellPath->addItem(shell);
    m_shellPath->setEditable(true);
    m_shellPath->setAccessibleName(tr("Shell"));
    m_shellPath->setEnabled(false);
    auto *shell = new QWidget;
    auto *row = new QHBoxLayout(shell);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_shell);
    row->addWidget(m_shellPath, 1);
    row->addStretch(1);
    addRow({"shell", tr("Run"), QStringLiteral("shell=True"),
               tr("The whole line is handed to a shell, which understands | > * $ and the like. In the list, the first row is "
                  "the line and further ones are its $0, $1 …")},
        shell, m_shell);
    addToRow({"shell", tr("Shell"), QStringLiteral("shell=True, executable="),
                 tr("Which shell runs the line. Those of /etc/shells are offered; any other path can be typed.")},
        m_shellPath);

    addRow({"cwd", tr("Working directory"), QStringLiteral("cwd"),
               tr("Where the command starts. A relative program is looked for from there. Empty: Forkscope's own.")},
        m_directory);

    auto *streams = new QWidget;
    auto *kinds = new QHBoxLayout(streams);
    kinds->setContentsMargins(0, 0, 0, 0);
    kinds->addWidget(m_pipes);
    kinds->addWidget(m_terminal);
    kinds->addWidget(m_mixed);
    kinds->addStretch();
    addRow(
        {"streams", tr("Talks through"), QStringLiteral("stdin, stdout, stderr = PIPE, or pty.openpty()"),
            tr("Pipes: its output is recorded byte by byte. Terminal: it believes that a person sits there, so it shows colours, "
               "writes line by line and may use the whole screen.")},
        streams, m_pipes);
    m_mixed->setVisible(false);

    m_nameLabel
        = addRow({"name", profile ? tr("Name") : tr("Save under"), {},
                     tr("The name of the profile: letters, digits, “-”, “_” and “.”, and unlike the others of the workspace.")},
            m_name);
    if (profile) {
        m_description = new QLineEdit;
        addRow({"description", tr("Description"), {}, tr("One line about what this command is for.")}, m_description);
        connect(m_description, &QLineEdit::textEdited, this, &LaunchSection::changed);
    } else {
        m_name->setPlaceholderText(tr("A name, only needed to save it as a profile"));
    }

    connect(m_shell, &QCheckBox::toggled, this, &CommandSection::setShell);
    connect(m_shellPath, &QComboBox::editTextChanged, this, &LaunchSection::changed);
    connect(m_directory, &PathEdit::changed, this, &LaunchSection::changed);
    connect(m_name, &QLineEdit::textEdited, this, &LaunchSection::changed);
    connect(m_pipes, &QRadioButton::clicked, this, [this] { emit terminalChosen(false); });
    connect(m_terminal, &QRadioButton::clicked, this, [this] { emit terminalChosen(true); });
}

void CommandSection::load(const LaunchProfile &profile)
{
    const LaunchSpec &spec = profile.launch;
    m_arguments = spec.arguments;
    m_lineFault.clear();
    m_edited = false;
    {
        const QSignalBlocker quiet(m_shell);
        m_shell->setChecked(spec.shell);
    }
    m_shellPath->setEnabled(spec.shell);
    m_shellPath->setEditText(textOfBytes(spec.shellPath));
    m_directory->setPath(spec.workingDirectory);
    m_name->setText(profile.name);
    if (m_description)
        m_description->setText(profile.description);
    showLine();
    m_list->setEntries(texts(m_arguments));
    m_asList->setChecked(spec.shell ? spec.arguments.size() > 1 : !readsBack(spec.arguments));
}

void CommandSection::store(LaunchProfile &profile) const
{
    profile.launch.arguments = m_arguments;
    profile.launch.shell = m_shell->isChecked();
    profile.launch.shellPath = bytesOfText(m_shellPath->currentText());
    profile.launch.workingDirectory = m_directory->path();
    profile.name = m_name->text();
    if (m_description)
        profile.description = m_description->text();
}

void CommandSection::setSaveable(bool saveable)
{
    m_name->setVisible(saveable);
    m_nameLabel->setVisible(saveable);
}

void CommandSection::showTerminal(bool all, bool any)
{
    m_mixed->setVisible(any && !all);
    (all ? m_terminal : any ? m_mixed : m_pipes)->setChecked(true);
}

void CommandSection::readLine()
{
    m_edited = true;
    m_lineFault.clear();
    const QString text = m_line->text();
    if (m_shell->isChecked()) {
        // The line is the shell's first argument; the others are seen and edited in the list.
        QByteArrayList further = m_arguments.mid(1);
        m_arguments
            = text.trimmed().isEmpty() && further.isEmpty() ? QByteArrayList() : QByteArrayList{bytesOfText(text)} + further;
    } else if (Result<ParsedLine> parsed = parseCommandLine(text)) {
        m_arguments = std::move(parsed).value().words;
    } else {
        m_lineFault = parsed.error().detail;
    }
    showHint();
    emit changed();
}

void CommandSection::readList()
{
    m_edited = true;
    m_arguments.clear();
    for (const QString &entry : m_list->entries())
        m_arguments.append(bytesOfText(entry));
    showLine();
    emit changed();
}

void CommandSection::setShell(bool shell)
{
    m_shellPath->setEnabled(shell);
    const QString text = m_line->text();
    if (shell) {
        if (!m_asList->isChecked())
            m_arguments = text.trimmed().isEmpty() ? QByteArrayList() : QByteArrayList{bytesOfText(text)};
        m_lineFault.clear();
    } else if (!m_asList->isChecked() && m_arguments.size() == 1) {
        readLine();
    }
    showLine();
    m_list->setEntries(texts(m_arguments));
    emit changed();
}

void CommandSection::showLine()
{
    // While the line is typed in it stays as it was typed.
    const QString typed = m_line->text();
    const QString line = !m_shell->isChecked() ? quoteCommandLine(m_arguments)
        : m_arguments.isEmpty()                ? QString()
                                               : textOfBytes(m_arguments.first());
    const Result<ParsedLine> same = parseCommandLine(typed);
    if (m_lineFault.isEmpty() && (m_shell->isChecked() || !same || same.value().words != m_arguments))
        m_line->setText(line);
    showHint();
}

void CommandSection::showHint()
{
    QString text;
    QString button;
    if (!m_shell->isChecked() && m_arguments.size() == 1 && m_arguments.first().contains(' ') && m_asList->isChecked()) {
        text = tr("The program's name would be “%1”, with the blank.").arg(textOfBytes(m_arguments.first()));
        button = tr("Split it");
    } else if (!m_shell->isChecked() && !m_asList->isChecked()) {
        const Result<ParsedLine> parsed = parseCommandLine(m_line->text());
        if (parsed && parsed.value().needsShell) {
            text = tr("Only a shell understands | > * $ and the like; without one they are passed as they stand.");
            button = tr("Use a shell");
        }
    } else if (m_shell->isChecked() && m_arguments.size() > 1 && !m_asList->isChecked()) {
        text = tr("%n more argument(s) for the shell ($0, $1 …) in the list.", nullptr, int(m_arguments.size()) - 1);
        button = tr("Show the list");
    }
    m_hint->setText(text);
    m_hintButton->setText(button);
    m_hintRow->setVisible(!text.isEmpty());
}

void CommandSection::takeHint()
{
    if (m_shell->isChecked())
        m_asList->setChecked(true);
    else if (m_asList->isChecked())
        split();
    else
        m_shell->setChecked(true);
}

void CommandSection::split()
{
    const int row = std::max(m_list->currentRow(), 0);
    if (row >= m_arguments.size())
        return;
    const Result<ParsedLine> parsed = parseCommandLine(textOfBytes(m_arguments[row]));
    if (!parsed) {
        showFault(QStringLiteral("args"), parsed.error().detail);
        return;
    }
    QStringList entries = m_list->entries();
    entries.removeAt(row);
    for (qsizetype i = 0; i < parsed.value().words.size(); ++i)
        entries.insert(row + i, textOfBytes(parsed.value().words[i]));
    m_list->setEntries(entries);
    readList();
}

} // namespace forkscope
