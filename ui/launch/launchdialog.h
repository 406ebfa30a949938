// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workspace/workspacepipes.h"

#include <QDialog>

class QLabel;
class QPushButton;
class QScrollArea;
class QSplitter;

namespace forkscope {

class CommandSection;
class EnvironmentSection;
class Fold;
class LaunchSection;
class LimitsSection;
class OptionSearch;
class PreviewPane;
class SessionSection;
class StreamsSection;
class SupervisionSection;
class TimeoutSection;

/// Every option of a launch: the common ones first, the rest in groups that say in their headings what is set in them.
///
/// Shows beside each field what is wrong with it as one types, what the focused option does, and the same launch as a shell
/// command and a Python call. Runs and saves nothing itself. Use open(); deletes itself when it is closed. GUI thread.
class LaunchDialog : public QDialog
{
    Q_OBJECT

public:
    enum class Mode {
        Run, ///< to run it once; can be saved as a profile
        EditProfile, ///< of a workspace; shows what only profiles have
    };
    /// otherProfiles: those that this one may depend on.
    LaunchDialog(const LaunchProfile &initial, Mode mode, const QStringList &otherProfiles, QWidget *parent = nullptr);
    ~LaunchDialog() override;

    /// What the fields say. Fields whose text is no value keep what they were loaded with.
    LaunchProfile profile() const;
    /// Of a profile, before it is shown: the pipes of its workspace, and those that it uses.
    void setPipes(const QStringList &names, const ProfilePipes &used);
    ProfilePipes pipes() const;
    /// Why it cannot be run or saved; empty: it can.
    QString reason() const { return m_reason; }

    CommandSection *command() const { return m_command; }
    StreamsSection *streams() const { return m_streams; }
    EnvironmentSection *environment() const { return m_environment; }
    LimitsSection *limits() const { return m_limits; }
    SessionSection *session() const { return m_session; }
    TimeoutSection *timeout() const { return m_timeout; }
    SupervisionSection *supervision() const { return m_supervision; }
    const QList<Fold *> &folds() const { return m_folds; }
    OptionSearch *search() const { return m_search; }
    PreviewPane *preview() const { return m_preview; }
    QPushButton *acceptButton() const { return m_accept; } ///< Run, or OK
    QPushButton *saveButton() const { return m_save; } ///< null in EditProfile
    QLabel *helpLine() const { return m_help; }
    QLabel *reasonLine() const { return m_reasonLine; }
    /// Unfolds the group that holds it, scrolls to it and gives it the focus.
    void reveal(QWidget *editor);

signals:
    void runRequested(const forkscope::LaunchSpec &spec);
    /// Without a receiver by the time it is shown, Run mode offers neither name nor Save.
    void profileAccepted(const forkscope::LaunchProfile &profile);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void showEvent(QShowEvent *event) override;
    bool eventFilter(QObject *object, QEvent *event) override;

private:
    void buildGroups(const QStringList &otherProfiles);
    QWidget *buildBottom();
    void guardWheel();
    void restoreSize();
    void refresh();
    QString judge();
    std::optional<Error> faultOf(const LaunchProfile &profile, bool asProfile) const;
    void showFault(const Error &error);
    void showHelp(const QWidget *focused);
    void finish();
    void save();

    Mode m_mode;
    LaunchProfile m_initial;
    QStringList m_otherProfiles;
    CommandSection *m_command;
    StreamsSection *m_streams;
    EnvironmentSection *m_environment;
    LimitsSection *m_limits;
    SessionSection *m_session;
    TimeoutSection *m_timeout;
    SupervisionSection *m_supervision;
    QList<LaunchSection *> m_sections;
    QList<Fold *> m_folds;
    OptionSearch *m_search;
    PreviewPane *m_preview;
    QScrollArea *m_scroll;
    QSplitter *m_splitter;
    QLabel *m_help;
    QLabel *m_reasonLine;
    QPushButton *m_accept = nullptr;
    QPushButton *m_save = nullptr;
    QString m_reason;
    bool m_loading = true;
};

} // namespace forkscope
