// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/capture/pipeline.h"

#include <QWidget>

class QAction;
class QLabel;
class QToolButton;

namespace forkscope {

class LaunchLine;

/// What a line asks to be launched: its words as they are, or the whole of it for /bin/sh where it needs a shell.
/// An error where it cannot be split. The child gets a session of its own and pipes for its streams. Pure.
/// terminal: a pseudo-terminal instead of the pipes.
Result<LaunchSpec> launchSpecOf(const QString &line, const QString &workingDirectory, bool terminal = false);

/// The stages of a pipeline, each with a session of its own. An error tells the place where it is none. Pure.
Result<PipelineRequest> pipelineOf(const QString &line, const QString &workingDirectory);

/// One line to launch commands with. Tells in place why a line cannot be run, and that a shell will run it, or that it is a
/// pipeline and gets a tap in each link.
class LaunchBar : public QWidget
{
    Q_OBJECT

public:
    explicit LaunchBar(QWidget *parent = nullptr);

    /// Puts the keyboard focus on the line and selects it.
    void focusLine();
    /// As if the line had been typed and entered.
    void run(const QString &line);
    LaunchLine *line() const { return m_line; }
    /// What the line asks for now; one that cannot be split is kept whole, for a shell.
    LaunchSpec draft() const;
    QToolButton *optionsButton() const { return m_optionsButton; }
    QString workingDirectory() const { return m_workingDirectory; }
    void setWorkingDirectory(const QString &path);

    QToolButton *poolButton() const { return m_poolButton; }
    QToolButton *terminalButton() const { return m_terminalButton; }
    QLabel *errorLabel() const { return m_error; }
    QLabel *shellHint() const { return m_shellHint; }
    /// Beside a pipeline: how it will be run, and a menu to choose.
    QToolButton *pipelineButton() const { return m_pipelineButton; }
    QAction *shellAction() const { return m_shellAction; } ///< in it: checked, pipelines go to /bin/sh
    bool holdsPipeline() const; ///< that will be tapped

signals:
    void launchRequested(const forkscope::LaunchSpec &spec);
    void pipelineRequested(const forkscope::PipelineRequest &request);
    void stagesRequested(); ///< to see and change the pipeline as boxes before it runs
    void poolRequested(); ///< to run a command for many inputs
    void optionsRequested(); ///< to see and change all options of the line before it runs

private:
    void enter(const QString &line);
    bool enterPipeline(const QString &line);
    void ran(const QString &line);
    void buildPipelineMenu();
    void judge(const QString &line);
    void showError(const QString &text);
    void fillHistoryMenu();
    void chooseDirectory();

    QToolButton *m_directoryButton;
    LaunchLine *m_line;
    QLabel *m_shellHint;
    QToolButton *m_pipelineButton;
    QAction *m_shellAction = nullptr;
    QToolButton *m_terminalButton;
    bool m_terminalChosen = false; ///< by the person, for this line: we guess no more
    QToolButton *m_historyButton;
    QToolButton *m_runButton;
    QToolButton *m_optionsButton;
    QToolButton *m_poolButton;
    QLabel *m_error;
    QString m_workingDirectory;
};

} // namespace forkscope
