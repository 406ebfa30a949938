// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/launch/launchsection.h"

class QCheckBox;
class QComboBox;
class QLineEdit;
class QRadioButton;
class QStackedWidget;
class QToolButton;

namespace forkscope {

class EntryList;
class PathEdit;

/// What nearly every launch needs: the command, its directory, pipes or a terminal, and a name to save it under.
class CommandSection : public LaunchSection
{
    Q_OBJECT

public:
    /// profile: the name is needed and a description is asked for.
    explicit CommandSection(bool profile, QWidget *parent = nullptr);

    void load(const LaunchProfile &profile) override;
    void store(LaunchProfile &profile) const override;
    QString summary() const override { return {}; }

    /// Shows what the streams are, without terminalChosen(): all on a terminal, none, or some.
    void showTerminal(bool all, bool any);
    /// Whether there is anything to be saved under a name.
    void setSaveable(bool saveable);
    bool wasEdited() const { return m_edited; } ///< the command, since it was loaded

    QCheckBox *shellCheck() const { return m_shell; }
    QComboBox *shellBox() const { return m_shellPath; }
    QRadioButton *terminalButton() const { return m_terminal; }
    QToolButton *listButton() const { return m_asList; }
    QToolButton *hintButton() const { return m_hintButton; }
    QLineEdit *line() const { return m_line; }
    EntryList *list() const { return m_list; }
    QLineEdit *nameEdit() const { return m_name; }

signals:
    void terminalChosen(bool terminal);

private:
    void buildCommand();
    void buildChoices(bool profile);
    void readLine();
    void readList();
    void setShell(bool shell);
    void showLine();
    void showHint();
    void takeHint();
    void split();

    QByteArrayList m_arguments;
    QString m_lineFault; ///< why the line cannot be split; m_arguments is what it was before
    bool m_edited = false;
    QStackedWidget *m_views;
    QLineEdit *m_line;
    EntryList *m_list;
    QToolButton *m_asList;
    QLabel *m_hint;
    QToolButton *m_hintButton;
    QWidget *m_hintRow;
    QCheckBox *m_shell;
    QComboBox *m_shellPath;
    PathEdit *m_directory;
    QRadioButton *m_pipes;
    QRadioButton *m_terminal;
    QRadioButton *m_mixed;
    QLineEdit *m_name;
    QLabel *m_nameLabel;
    QLineEdit *m_description = nullptr; ///< of a profile
};

} // namespace forkscope
