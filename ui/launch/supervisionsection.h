// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/launch/launchsection.h"

class QCheckBox;
class QComboBox;
class QLineEdit;
class QSpinBox;

namespace forkscope {

class DependencyList;

/// What keeps a saved command going: when it is started again, when it counts as ready, what it waits for.
class SupervisionSection : public LaunchSection
{
    Q_OBJECT

public:
    /// profile: with what only a profile of a workspace has.
    SupervisionSection(bool profile, const QStringList &otherProfiles, QWidget *parent = nullptr);

    void load(const LaunchProfile &profile) override;
    void store(LaunchProfile &profile) const override;
    QString summary() const override;

    DependencyList *dependencies() const { return m_dependencies; }
    QComboBox *restartBox() const { return m_when; }
    QComboBox *readinessBox() const { return m_kind; }
    QLineEdit *targetEdit() const { return m_target; }

private:
    void buildRestart();
    void buildReadiness();
    void buildStop();
    void buildWorkspace(const QStringList &otherProfiles);
    void showEnabled();

    QComboBox *m_when;
    QLineEdit *m_delay;
    QLineEdit *m_factor;
    QLineEdit *m_longest;
    QSpinBox *m_limit;
    QComboBox *m_kind;
    QLineEdit *m_target;
    QLineEdit *m_interval;
    QLineEdit *m_timeout;
    QComboBox *m_stopSignal;
    QLineEdit *m_grace;
    QComboBox *m_base = nullptr; ///< of a profile
    DependencyList *m_dependencies = nullptr; ///< of a profile
    QCheckBox *m_withAll = nullptr; ///< of a profile
};

} // namespace forkscope
