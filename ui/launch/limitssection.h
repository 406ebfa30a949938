// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/launch/launchsection.h"

class QCheckBox;
class QComboBox;
class QSpinBox;

namespace forkscope {

class ChildSteps;
class CpuEdit;
class ResourceLimits;

/// What a child does to itself before the program starts: priorities, CPUs, limits, and any other step, in an order.
class LimitsSection : public LaunchSection
{
    Q_OBJECT

public:
    explicit LimitsSection(QWidget *parent = nullptr);

    void load(const LaunchProfile &profile) override;
    void store(LaunchProfile &profile) const override;
    QString summary() const override;

    ChildSteps *steps() const { return m_steps; }
    ResourceLimits *limits() const { return m_limits; }
    CpuEdit *cpuEdit() const { return m_cpus; }
    QCheckBox *cpuCheck() const { return m_pinned; }

private:
    void buildPriorities();
    void buildRest();
    void readSteps();
    void writeNice();
    void writeIoPriority();
    void writeCpus();
    void writeScheduling();
    void showEnabled();

    ChildSteps *m_steps;
    QCheckBox *m_hasNice;
    QSpinBox *m_nice;
    QComboBox *m_ioClass;
    QSpinBox *m_ioLevel;
    QComboBox *m_policy;
    QSpinBox *m_policyPriority;
    QCheckBox *m_pinned;
    CpuEdit *m_cpus;
    ResourceLimits *m_limits;
    QCheckBox *m_hasOom;
    QSpinBox *m_oom;
    QCheckBox *m_noNewPrivileges;
    QComboBox *m_deathSignal;
    bool m_reading = false;
};

} // namespace forkscope
