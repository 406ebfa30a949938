// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/launch/launchbar.h"

#include "core/launch/commandline.h"
#include "core/launch/interactiveprograms.h"
#include "core/launch/pipelinetext.h"
#include "ui/launch/launchline.h"
#include "ui/preferences/preferences.h"
#include "ui/widgets/status.h"

#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QToolButton>
#include <QVBoxLayout>

namespace forkscope {

Result<LaunchSpec> launchSpecOf(const QString &line, const QString &workingDirectory, bool terminal)
{
    const Result<ParsedLine> parsed = parseCommandLine(line);
    if (!parsed)
        return parsed.error();
    LaunchSpec spec;
    spec.shell = parsed.value().needsShell;
    spec.arguments = spec.shell ? QByteArrayList{line.toUtf8()} : parsed.value().words;
    spec.workingDirectory = QFile::encodeName(workingDirectory);
    spec.startNewSession = true;
    if (terminal)
        spec.standardInput.kind = spec.standardOutput.kind = spec.standardError.kind = StreamTarget::Kind::Pty;
    return spec;
}

Result<PipelineRequest> pipelineOf(const QString &line, const QString &workingDirectory)
{
    auto stages = parsePipeline(line);
    if (!stages)
        return stages.error();
    PipelineRequest request;
    for (LaunchSpec &spec : stages.value()) {
        spec.workingDirectory = QFile::encodeName(workingDirectory);
        spec.startNewSession = true;
        request.stages.append({std::move(spec)});
    }
    return request;
}

LaunchBar::LaunchBar(QWidget *parent)
    : QWidget(parent), m_directoryButton(new QToolButton), m_line(new LaunchLine), m_shellHint(new QLabel(tr("via /bin/sh"))),
      m_pipelineButton(new QToolButton), m_terminalButton(new QToolButton), m_historyButton(new QToolButton),
      m_runButton(new QToolButton), m_optionsButton(new QToolButton), m_poolButton(new QToolButton), m_error(new QLabel)
{
    m_directoryButton->setAutoRaise(true);
    m_line->setPlaceholderText(tr("Type a command and press Enter (Ctrl+L)"));
    m_line->setAccessibleName(tr("Command to launch"));
    m_shellHint->setToolTip(tr("The line holds what only a shell understands (& ; < > $ * and the like), so /bin/sh -c runs it.\n"
                               "Quote those characters to pass them as they are."));
    m_shellHint->setForegroundRole(QPalette::PlaceholderText);
    m_terminalButton->setText(tr("Terminal"));
    m_terminalButton->setCheckable(true);
    m_terminalButton->setAutoRaise(true);
    m_terminalButton->setToolTip(tr("Run it in a terminal, as programs like htop, vim or python3 need it.\n"
                                    "Such programs switch this on by themselves."));
    m_historyButton->setText(tr("History"));
    m_historyButton->setAutoRaise(true);
    m_historyButton->setPopupMode(QToolButton::InstantPopup);
    m_historyButton->setToolTip(tr("Commands that were run (Up and Down walk through them)"));
    m_historyButton->setMenu(new QMenu(m_historyButton));
    m_runButton->setText(tr("Run"));
    m_runButton->setIcon(statusIcon(Status::Running));
    m_runButton->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_runButton->setToolTip(tr("Launch the command (Enter)"));
    m_optionsButton->setArrowType(Qt::DownArrow);
    m_optionsButton->setToolTip(tr("Launch with options… (Ctrl+Shift+L)"));
    m_optionsButton->setAccessibleName(tr("Launch with options"));
    m_poolButton->setText(tr("Pool…"));
    m_poolButton->setToolTip(tr("Run a command or a function for many inputs, several at a time (Ctrl+Shift+N)"));
    buildPipelineMenu();
    for (QToolButton *button :
        {m_directoryButton, m_pipelineButton, m_terminalButton, m_historyButton, m_runButton, m_optionsButton, m_poolButton})
        button->setFocusPolicy(Qt::TabFocus);
    m_error->setWordWrap(true);
    m_error->setTextFormat(Qt::RichText);
    m_error->hide();
    m_shellHint->hide();

    auto *row = new QHBoxLayout;
    row->setSpacing(4);
    row->addWidget(m_directoryButton);
    row->addWidget(m_line, 1);
    row->addWidget(m_shellHint);
    row->addWidget(m_pipelineButton);
    row->addWidget(m_terminalButton);
    row->addWidget(m_historyButton);
    row->addWidget(m_runButton);
    row->addWidget(m_optionsButton);
    row->addWidget(m_poolButton);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(4, 4, 4, 4);
    layout->setSpacing(2);
    layout->addLayout(row);
    layout->addWidget(m_error);
    setFocusProxy(m_line);
    setWorkingDirectory(QDir::currentPath());

    connect(m_line, &LaunchLine::lineEntered, this, &LaunchBar::enter);
    connect(m_line, &QLineEdit::textChanged, this, &LaunchBar::judge);
    connect(m_terminalButton, &QToolButton::clicked, this, [this] {
        m_terminalChosen = true;
        judge(m_line->text());
    });
    connect(m_runButton, &QToolButton::clicked, this, [this] { enter(m_line->text()); });
    connect(m_optionsButton, &QToolButton::clicked, this, &LaunchBar::optionsRequested);
    connect(m_poolButton, &QToolButton::clicked, this, &LaunchBar::poolRequested);
    connect(m_historyButton->menu(), &QMenu::aboutToShow, this, &LaunchBar::fillHistoryMenu);
    connect(m_directoryButton, &QToolButton::clicked, this, &LaunchBar::chooseDirectory);
}

void LaunchBar::focusLine()
{
    m_line->setFocus(Qt::ShortcutFocusReason);
    m_line->selectAll();
}

void LaunchBar::run(const QString &line)
{
    m_line->setText(line);
    enter(line);
}

void LaunchBar::enter(const QString &line)
{
    if (line.trimmed().isEmpty())
        return;
    if (enterPipeline(line))
        return;
    const Result<LaunchSpec> spec = launchSpecOf(line, m_workingDirectory, m_terminalButton->isChecked());
    if (!spec) {
        showError(spec.error().detail.isEmpty() ? errorText(spec.error()) : spec.error().detail);
        return;
    }
    ran(line);
    emit launchRequested(spec.value());
}

void LaunchBar::ran(const QString &line)
{
    m_line->history().add(line.trimmed());
    m_terminalChosen = false;
    m_line->clear();
    showError({});
}

/// Whether that was done which the line asks for, which may be to say what is wrong with it.
bool LaunchBar::enterPipeline(const QString &line)
{
    const auto fault = pipelineFault(line);
    if (fault && fault->kind == PipelineFault::Kind::EmptyStage) {
        showError(parsePipeline(line).error().detail);
        m_line->setSelection(int(fault->at), 1);
        return true;
    }
    if (!holdsPipeline())
        return false;
    const auto request = pipelineOf(line, m_workingDirectory);
    ran(line);
    emit pipelineRequested(request.value());
    return true;
}

bool LaunchBar::holdsPipeline() const
{
    return !m_shellAction->isChecked() && !m_terminalButton->isChecked() && isPipeline(m_line->text());
}

void LaunchBar::buildPipelineMenu()
{
    m_pipelineButton->setAutoRaise(true);
    m_pipelineButton->setPopupMode(QToolButton::InstantPopup);
    auto *menu = new QMenu(m_pipelineButton);
    menu->addAction(tr("&Show as boxes… (Ctrl+Shift+L)"), this, &LaunchBar::stagesRequested);
    m_shellAction = menu->addAction(tr("&Let /bin/sh run pipelines, without taps"));
    m_shellAction->setCheckable(true);
    m_shellAction->setChecked(!Preferences::tapsPipelines());
    connect(m_shellAction, &QAction::toggled, this, [this](bool shell) {
        Preferences::setTapsPipelines(!shell);
        judge(m_line->text());
    });
    m_pipelineButton->setMenu(menu);
    m_pipelineButton->hide();
}

LaunchSpec LaunchBar::draft() const
{
    if (Result<LaunchSpec> spec = launchSpecOf(m_line->text(), m_workingDirectory, m_terminalButton->isChecked()))
        return std::move(spec).value();
    LaunchSpec spec;
    spec.arguments = {m_line->text().toUtf8()};
    spec.shell = true;
    spec.workingDirectory = QFile::encodeName(m_workingDirectory);
    spec.startNewSession = true;
    return spec;
}

void LaunchBar::judge(const QString &line)
{
    const Result<ParsedLine> parsed = parseCommandLine(line);
    if (!m_terminalChosen)
        m_terminalButton->setChecked(parsed.ok() && !parsed.value().needsShell && wantsTerminal(parsed.value().words));
    const auto stages = parsePipeline(line);
    const int count = stages ? int(stages.value().size()) : 0;
    m_pipelineButton->setVisible(count > 1);
    m_shellHint->setVisible(count <= 1 && parsed.ok() && parsed.value().needsShell);
    if (count > 1) {
        const bool taps = holdsPipeline();
        m_pipelineButton->setText(
            taps ? tr("%n stages, ", nullptr, count) + tr("%n tap(s)", nullptr, count - 1) : tr("via /bin/sh, no taps"));
        m_pipelineButton->setToolTip(taps
                ? tr("A pipeline: each stage is a process of its own, and what passes between them is recorded.")
                : tr("A shell runs the whole line; what passes between its stages is not seen."));
        m_pipelineButton->setAccessibleName(tr("How the pipeline is run: %1").arg(m_pipelineButton->text()));
    }
    // Half a line is no mistake: only what was entered is found fault with, and only as long as the fault is there.
    if (parsed
        && (!m_error->isVisibleTo(this) || !pipelineFault(line) || pipelineFault(line)->kind != PipelineFault::Kind::EmptyStage))
        showError({});
}

void LaunchBar::showError(const QString &text)
{
    m_error->setText(QStringLiteral("<span style='color:%1'>✗</span> %2")
                         .arg(statusColor(Status::Failed).name(), tr("Not run: %1").arg(text).toHtmlEscaped()));
    m_error->setVisible(!text.isEmpty());
}

void LaunchBar::fillHistoryMenu()
{
    QMenu *menu = m_historyButton->menu();
    menu->clear();
    const QStringList &lines = m_line->history().lines();
    for (qsizetype i = lines.size() - 1; i >= 0 && i >= lines.size() - 20; --i) {
        QString label = fontMetrics().elidedText(lines[i], Qt::ElideRight, 500);
        menu->addAction(label.replace(QLatin1Char('&'), QLatin1String("&&")), this, [this, line = lines[i]] {
            m_line->setText(line);
            m_line->setFocus();
        });
    }
    if (lines.isEmpty()) {
        menu->addAction(tr("Nothing was run yet"))->setEnabled(false);
        return;
    }
    menu->addSeparator();
    menu->addAction(tr("Clear history"), this, [this] { m_line->history().clear(); });
}

void LaunchBar::setWorkingDirectory(const QString &path)
{
    m_workingDirectory = QDir(path).absolutePath();
    m_line->setWorkingDirectory(m_workingDirectory);
    QString shown = m_workingDirectory;
    if (shown == QDir::homePath() || shown.startsWith(QDir::homePath() + QLatin1Char('/')))
        shown.replace(0, QDir::homePath().size(), QStringLiteral("~"));
    m_directoryButton->setText(fontMetrics().elidedText(shown, Qt::ElideLeft, 160));
    m_directoryButton->setToolTip(tr("Working directory of new commands: %1").arg(m_workingDirectory));
    m_directoryButton->setAccessibleName(m_directoryButton->toolTip());
}

void LaunchBar::chooseDirectory()
{
    auto *dialog = new QFileDialog(this, tr("Working directory of new commands"), m_workingDirectory);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, &LaunchBar::setWorkingDirectory);
    dialog->open();
}

} // namespace forkscope
