// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/launch/launchsection.h"

class QCheckBox;
class QLineEdit;

namespace forkscope {

class PathEdit;

/// Who the child is and what it keeps of us: session, group, user, mask, descriptors, signals, and the file behind argv[0].
class SessionSection : public LaunchSection
{
    Q_OBJECT

public:
    explicit SessionSection(QWidget *parent = nullptr);

    void load(const LaunchProfile &profile) override;
    void store(LaunchProfile &profile) const override;
    QString summary() const override;
    /// A new session alone is what every command of the launch bar gets.
    bool opensByItself() const override;
    void setBase(const QByteArray &directory);

private:
    void buildIdentity();
    void buildInheritance();

    QCheckBox *m_newSession;
    QLineEdit *m_processGroup;
    QLineEdit *m_user;
    QLineEdit *m_group;
    QCheckBox *m_hasGroups;
    QLineEdit *m_groups;
    QLineEdit *m_umask;
    QCheckBox *m_close;
    QLineEdit *m_pass;
    QCheckBox *m_restoreSignals;
    PathEdit *m_executable;
    QLineEdit *m_startupInfo;
    QLineEdit *m_creationFlags;
};

} // namespace forkscope
