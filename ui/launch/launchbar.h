// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/launch/launchspec.h"

#include <QWidget>

class QLabel;
class QToolButton;

namespace forkscope {

class LaunchLine;

/// What a line asks to be launched: its words as they are, or the whole of it for /bin/sh where it needs a shell.
/// An error where it cannot be split. The child gets a session of its own and pipes for its streams. Pure.
/// terminal: a pseudo-terminal instead of the pipes.
Result<LaunchSpec> launchSpecOf(const QString &line, const QString &workingDirectory, bool terminal = false);

/// One line to launch commands with. Tells in place why a line cannot be run, and that a shell will run it.
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

signals:
    void launchRequested(const forkscope::LaunchSpec &spec);
    void poolRequested(); ///< to run a command for many inputs
    void optionsRequested(); ///< to see and change all options of the line before it runs

private:
    void enter(const QString &line);
    void judge(const QString &line);
    void showError(const QString &text);
    void fillHistoryMenu();
    void chooseDirectory();

    QToolButton *m_directoryButton;
    LaunchLine *m_line;
    QLabel *m_shellHint;
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
