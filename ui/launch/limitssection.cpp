// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/launch/limitssection.h"

#include "core/launch/signals.h"
#include "ui/launch/childsteps.h"
#include "ui/launch/childstepwords.h"
#include "ui/launch/cpuedit.h"
#include "ui/launch/resourcelimits.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QScopedValueRollback>
#include <QSpinBox>

namespace forkscope {

namespace {

QWidget *inARow(std::initializer_list<QWidget *> widgets)
{
    auto *holder = new QWidget;
    auto *row = new QHBoxLayout(holder);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    for (QWidget *widget : widgets)
        row->addWidget(widget);
    row->addStretch();
    return holder;
}

} // namespace

LimitsSection::LimitsSection(QWidget *parent)
    : LaunchSection(tr("Limits and priority"), parent), m_steps(new ChildSteps), m_hasNice(new QCheckBox(tr("Add"))),
      m_nice(new QSpinBox), m_ioClass(new QComboBox), m_ioLevel(new QSpinBox), m_policy(new QComboBox),
      m_policyPriority(new QSpinBox), m_pinned(new QCheckBox(tr("Only on these CPUs"))), m_cpus(new CpuEdit),
      m_limits(new ResourceLimits(m_steps)), m_hasOom(new QCheckBox(tr("Set to"))), m_oom(new QSpinBox),
      m_noNewPrivileges(new QCheckBox(tr("No new privileges"))), m_deathSignal(new QComboBox)
{
    buildPriorities();
    buildRest();
    connect(m_steps, &ChildSteps::edited, this, &LaunchSection::changed);
    connect(m_steps, &ChildSteps::rearranged, this, &LimitsSection::readSteps);
    showEnabled();
}

void LimitsSection::buildPriorities()
{
    m_nice->setRange(-40, 39);
    m_nice->setAccessibleName(tr("Nice value: how much is added"));
    addRow({"preexec_fn", tr("Nice value"), QStringLiteral("preexec_fn=lambda: os.nice(n), nice(2)"),
               tr("Above 0 the command gives way to others when CPUs are short. Below 0 needs a privilege.")},
        inARow({m_hasNice, m_nice}), m_hasNice);

    m_ioClass->addItem(tr("As it is"), 0);
    m_ioClass->addItem(tr("Best effort"), int(SetIoPriority::Class::BestEffort));
    m_ioClass->addItem(tr("Idle: only when nobody else reads or writes"), int(SetIoPriority::Class::Idle));
    m_ioClass->addItem(tr("Real time (needs a privilege)"), int(SetIoPriority::Class::RealTime));
    m_ioLevel->setRange(0, 7);
    m_ioLevel->setPrefix(tr("level "));
    m_ioLevel->setAccessibleName(tr("Disk priority: level, 0 comes first"));
    addRow({"ionice", tr("Disk priority"), QStringLiteral("preexec_fn, psutil’s ionice(), ioprio_set(2)"),
               tr("How its reads and writes are ranked against those of others. Level 0 comes first, 7 last.")},
        inARow({m_ioClass, m_ioLevel}), m_ioClass);

    m_policy->addItem(tr("As it is"), -1);
    m_policy->addItem(tr("Usual"), int(SetSchedulingPolicy::Policy::Other));
    m_policy->addItem(tr("Batch: long computations"), int(SetSchedulingPolicy::Policy::Batch));
    m_policy->addItem(tr("Idle: only when nothing else runs"), int(SetSchedulingPolicy::Policy::Idle));
    m_policy->addItem(tr("Real time, first in, first out (needs a privilege)"), int(SetSchedulingPolicy::Policy::Fifo));
    m_policy->addItem(tr("Real time, round robin (needs a privilege)"), int(SetSchedulingPolicy::Policy::RoundRobin));
    m_policyPriority->setPrefix(tr("priority "));
    m_policyPriority->setAccessibleName(tr("Scheduling: priority, 99 comes first"));
    addRow({"scheduling", tr("Scheduling"), QStringLiteral("preexec_fn, os.sched_setscheduler(), sched_setscheduler(2)"),
               tr("By which rule the kernel gives it CPU time.")},
        inARow({m_policy, m_policyPriority}), m_policy);

    addRow({"affinity", tr("CPUs"), QStringLiteral("preexec_fn, os.sched_setaffinity(), sched_setaffinity(2)"),
               tr("The CPUs that the command and its children may run on.")},
        m_pinned);
    judgeBy([this] { return m_pinned->isChecked() ? m_cpus->fault() : QString(); });
    addWide(m_cpus);

    connect(m_hasNice, &QCheckBox::toggled, this, &LimitsSection::writeNice);
    connect(m_nice, &QSpinBox::valueChanged, this, &LimitsSection::writeNice);
    connect(m_ioClass, &QComboBox::activated, this, &LimitsSection::writeIoPriority);
    connect(m_ioLevel, &QSpinBox::valueChanged, this, &LimitsSection::writeIoPriority);
    connect(m_policy, &QComboBox::activated, this, &LimitsSection::writeScheduling);
    connect(m_policyPriority, &QSpinBox::valueChanged, this, &LimitsSection::writeScheduling);
    connect(m_pinned, &QCheckBox::toggled, this, &LimitsSection::writeCpus);
    connect(m_cpus, &CpuEdit::changed, this, &LimitsSection::writeCpus);
}

void LimitsSection::buildRest()
{
    addRow({"rlimit", tr("Limits"), QStringLiteral("preexec_fn, resource.setrlimit(RLIMIT_…), setrlimit(2), ulimit"),
               tr("What the command and each of its children may use at most, each process for itself.")},
        m_limits, m_limits->focusProxy());
    judgeBy([this] { return m_limits->fault(); });
    connect(m_limits, &ResourceLimits::changed, this, &LaunchSection::changed);

    m_oom->setRange(-1000, 1000);
    m_oom->setAccessibleName(tr("Out-of-memory score: the value"));
    addRow({"oom_score_adj", tr("Out-of-memory score"), QStringLiteral("preexec_fn, /proc/self/oom_score_adj, proc(5)"),
               tr("Which process the kernel kills when memory runs out: 1000 goes first, −1000 never. Below what it is needs a "
                  "privilege.")},
        inARow({m_hasOom, m_oom}), m_hasOom);
    addCheck({"no_new_privs", m_noNewPrivileges->text(), QStringLiteral("preexec_fn, prctl(PR_SET_NO_NEW_PRIVS)"),
                 tr("Neither the command nor its children gain rights by a setuid program such as sudo.")},
        m_noNewPrivileges);
    m_deathSignal->addItem(tr("Nothing"), 0);
    for (const int signal : sendableSignals())
        m_deathSignal->addItem(signalName(signal), signal);
    addRow({"pdeathsig", tr("When Forkscope ends"), QStringLiteral("preexec_fn, prctl(PR_SET_PDEATHSIG)"),
               tr("The signal that the command gets when the program that launched it is gone, even by a crash.")},
        inARow({m_deathSignal}), m_deathSignal);
    addRow({"preexec_fn", tr("Steps, in order"), QStringLiteral("preexec_fn"),
               tr("All that the child does between fork and exec, after session, directory and user were set. Here the order is "
                  "changed, and changes of directory and mask are added. The first step that fails ends the start.")},
        m_steps, m_steps->focusProxy());

    connect(m_hasOom, &QCheckBox::toggled, this, [this](bool on) {
        showEnabled();
        if (!m_reading)
            m_steps->set(on ? std::optional(SetOomScoreAdjust{m_oom->value()}) : std::nullopt);
    });
    connect(m_oom, &QSpinBox::valueChanged, this, [this](int value) {
        if (!m_reading)
            m_steps->set(std::optional(SetOomScoreAdjust{value}));
    });
    connect(m_noNewPrivileges, &QCheckBox::toggled, this, [this](bool on) {
        if (!m_reading)
            m_steps->set(on ? std::optional(NoNewPrivileges()) : std::nullopt);
    });
    connect(m_deathSignal, &QComboBox::activated, this, [this] {
        const int signal = m_deathSignal->currentData().toInt();
        m_steps->set(signal ? std::optional(SetParentDeathSignal{signal}) : std::nullopt);
    });
}

void LimitsSection::load(const LaunchProfile &profile)
{
    m_steps->setActions(profile.launch.childActions, profile.launch.childHook != nullptr);
    readSteps();
}

void LimitsSection::store(LaunchProfile &profile) const
{
    profile.launch.childActions = m_steps->actions();
}

void LimitsSection::readSteps()
{
    const QScopedValueRollback reading(m_reading, true);
    const auto nice = m_steps->find<SetNice>();
    m_hasNice->setChecked(nice.has_value());
    m_nice->setValue(nice ? nice->increment : 5);
    const auto io = m_steps->find<SetIoPriority>();
    m_ioClass->setCurrentIndex(m_ioClass->findData(io ? int(io->ioClass) : 0));
    m_ioLevel->setValue(io ? io->level : 4);
    const auto policy = m_steps->find<SetSchedulingPolicy>();
    m_policy->setCurrentIndex(m_policy->findData(policy ? int(policy->policy) : -1));
    showEnabled(); // the range of the priority depends on the policy
    m_policyPriority->setValue(policy ? policy->priority : 0);
    const auto affinity = m_steps->find<SetCpuAffinity>();
    m_pinned->setChecked(affinity.has_value());
    m_cpus->setCpus(affinity ? affinity->cpus : QList<int>());
    m_limits->read();
    const auto oom = m_steps->find<SetOomScoreAdjust>();
    m_hasOom->setChecked(oom.has_value());
    m_oom->setValue(oom ? oom->value : 0);
    m_noNewPrivileges->setChecked(m_steps->find<NoNewPrivileges>().has_value());
    const auto death = m_steps->find<SetParentDeathSignal>();
    if (death && m_deathSignal->findData(death->signal) < 0)
        m_deathSignal->addItem(signalName(death->signal), death->signal);
    m_deathSignal->setCurrentIndex(m_deathSignal->findData(death ? death->signal : 0));
    showEnabled();
}

void LimitsSection::showEnabled()
{
    m_nice->setEnabled(m_hasNice->isChecked());
    m_oom->setEnabled(m_hasOom->isChecked());
    const int ioClass = m_ioClass->currentData().toInt();
    m_ioLevel->setEnabled(ioClass != 0 && ioClass != int(SetIoPriority::Class::Idle));
    const int policy = m_policy->currentData().toInt();
    const bool realTime
        = policy == int(SetSchedulingPolicy::Policy::Fifo) || policy == int(SetSchedulingPolicy::Policy::RoundRobin);
    m_policyPriority->setEnabled(realTime);
    m_policyPriority->setRange(realTime ? 1 : 0, realTime ? 99 : 0);
    m_cpus->setVisible(m_pinned->isChecked());
}

void LimitsSection::writeNice()
{
    showEnabled();
    if (!m_reading)
        m_steps->set(m_hasNice->isChecked() ? std::optional(SetNice{m_nice->value()}) : std::nullopt);
}

void LimitsSection::writeIoPriority()
{
    showEnabled();
    const int ioClass = m_ioClass->currentData().toInt();
    if (!m_reading)
        m_steps->set(ioClass ? std::optional(SetIoPriority{SetIoPriority::Class(ioClass), m_ioLevel->value()}) : std::nullopt);
}

void LimitsSection::writeScheduling()
{
    if (m_reading)
        return;
    {
        const QScopedValueRollback reading(m_reading, true);
        showEnabled(); // may move the priority into its range
    }
    const int policy = m_policy->currentData().toInt();
    m_steps->set(policy < 0 ? std::nullopt
                            : std::optional(SetSchedulingPolicy{SetSchedulingPolicy::Policy(policy), m_policyPriority->value()}));
}

void LimitsSection::writeCpus()
{
    showEnabled();
    if (m_reading)
        return;
    if (!m_pinned->isChecked())
        m_steps->set(std::optional<SetCpuAffinity>());
    else if (m_cpus->fault().isEmpty())
        m_steps->set(std::optional(SetCpuAffinity{m_cpus->cpus()}));
    else
        emit changed();
}

QString LimitsSection::summary() const
{
    QStringList parts;
    for (const ChildAction &action : m_steps->actions())
        parts.append(ChildStepWords::describe(action));
    return parts.join(QStringLiteral(", "));
}

} // namespace forkscope
