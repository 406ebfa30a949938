// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/launch/supervisionsection.h"

#include "core/launch/signals.h"
#include "ui/launch/dependencylist.h"
#include "ui/widgets/quantity.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QSpinBox>

#include <limits>

namespace forkscope {

namespace {

QString durationFault(const QLineEdit *edit)
{
    if (!edit->isEnabled())
        return {};
    const auto duration = parseDuration(edit->text());
    return duration ? QString() : duration.error().detail;
}

void store(std::chrono::milliseconds &value, const QLineEdit *edit)
{
    if (const auto duration = parseDuration(edit->text()))
        value = duration.value();
}

std::optional<double> factorOf(const QLineEdit *edit)
{
    bool isNumber = false;
    const double factor = edit->text().trimmed().replace(u',', u'.').toDouble(&isNumber);
    return isNumber ? std::optional(factor) : std::nullopt;
}

} // namespace

SupervisionSection::SupervisionSection(bool profile, const QStringList &otherProfiles, QWidget *parent)
    : LaunchSection(tr("Restart and readiness"), parent), m_when(new QComboBox), m_delay(new QLineEdit), m_factor(new QLineEdit),
      m_longest(new QLineEdit), m_limit(new QSpinBox), m_kind(new QComboBox), m_target(new QLineEdit), m_interval(new QLineEdit),
      m_timeout(new QLineEdit), m_stopSignal(new QComboBox), m_grace(new QLineEdit)
{
    if (!profile)
        addNote(tr("This is kept in a profile. A command that is run from here is started once."));
    buildRestart();
    buildReadiness();
    buildStop();
    if (profile)
        buildWorkspace(otherProfiles);
    for (const QLineEdit *edit : {m_delay, m_factor, m_longest, m_target, m_interval, m_timeout, m_grace})
        connect(edit, &QLineEdit::textEdited, this, &LaunchSection::changed);
    for (const QComboBox *box : {m_when, m_kind}) {
        connect(box, &QComboBox::activated, this, [this] {
            showEnabled();
            emit changed();
        });
    }
    connect(m_stopSignal, &QComboBox::activated, this, &LaunchSection::changed);
    connect(m_limit, &QSpinBox::valueChanged, this, &LaunchSection::changed);
}

void SupervisionSection::buildRestart()
{
    m_when->addItem(tr("Never"));
    m_when->addItem(tr("When it failed"));
    m_when->addItem(tr("Whenever it ended"));
    m_limit->setRange(0, std::numeric_limits<int>::max());
    m_limit->setSpecialValueText(tr("any number"));
    addRow({"restart", tr("Start again"), QStringLiteral("none; a loop around run()"),
               tr("Whether the command is started again once it has ended. One that you stop stays stopped.")},
        m_when);
    addRow({"restart.delay", tr("First after"), QStringLiteral("none; time.sleep()"),
               tr("How long it waits before the first restart.")},
        m_delay);
    judgeBy([this] { return durationFault(m_delay); });
    addRow({"restart.factor", tr("Then longer by"), QStringLiteral("none"),
               tr("Each further restart waits so many times longer, so that a command which cannot work does no harm.")},
        m_factor);
    judgeBy([this] {
        return !m_factor->isEnabled() || factorOf(m_factor) ? QString() : tr("a factor is a number such as 2 or 1.5");
    });
    addRow(
        {"restart.longest_delay", tr("Up to"), QStringLiteral("none"), tr("The longest wait between two restarts.")}, m_longest);
    judgeBy([this] { return durationFault(m_longest); });
    addRow({"restart.limit", tr("At most"), QStringLiteral("none"),
               tr("How many restarts in a row are tried. Once it was ready, or ran for 10 seconds, counting begins anew.")},
        m_limit);
}

void SupervisionSection::buildReadiness()
{
    m_kind->addItem(tr("As soon as it runs"), -1);
    m_kind->addItem(tr("A line of its output matches"), int(ReadinessProbe::Kind::LogLine));
    m_kind->addItem(tr("A TCP port accepts connections"), int(ReadinessProbe::Kind::TcpPort));
    m_kind->addItem(tr("A file exists"), int(ReadinessProbe::Kind::FileExists));
    m_kind->addItem(tr("A URL answers 200"), int(ReadinessProbe::Kind::HttpOk));
    m_kind->addItem(tr("A command succeeds"), int(ReadinessProbe::Kind::Command));
    addRow({"readiness", tr("It is ready"), QStringLiteral("none"),
               tr("When the command counts as ready, which those that depend on it may wait for.")},
        m_kind);
    addRow({"readiness.target", tr("Namely"), QStringLiteral("none"),
               tr("A regular expression, “host:port”, a path, a URL or a command line, as chosen above.")},
        m_target);
    addRow({"readiness.interval", tr("Tried every"), QStringLiteral("none"), tr("How long it waits between two tries.")},
        m_interval);
    judgeBy([this] { return durationFault(m_interval); });
    addRow({"readiness.timeout", tr("Given up after"), QStringLiteral("none"),
               tr("From the start; then the command counts as failed and is stopped. 0: never.")},
        m_timeout);
    judgeBy([this] { return durationFault(m_timeout); });
}

void SupervisionSection::buildStop()
{
    for (const int signal : sendableSignals())
        m_stopSignal->addItem(signalName(signal), signal);
    addRow({"stop", tr("Stopped by"), QStringLiteral("none; Popen.send_signal()"),
               tr("The signal that asks the command and its children to end.")},
        m_stopSignal);
    addRow({"stop.grace", tr("Killed after"), QStringLiteral("none; Popen.wait(timeout), Popen.kill()"),
               tr("How long they have to end by themselves; then SIGKILL ends them.")},
        m_grace);
    judgeBy([this] { return durationFault(m_grace); });
}

void SupervisionSection::buildWorkspace(const QStringList &otherProfiles)
{
    m_dependencies = new DependencyList(otherProfiles);
    addRow({"dependencies", tr("Waits until"), QStringLiteral("none"),
               tr("Other profiles of the workspace that must have come so far before this one is started.")},
        m_dependencies);
    m_base = new QComboBox;
    m_base->addItem(tr("Nothing"), QString());
    for (const QString &other : otherProfiles)
        m_base->addItem(other, other);
    addRow({"based_on", tr("Based on"), QStringLiteral("none"),
               tr("In the file only what differs from that profile is written down.")},
        m_base);
    connect(m_base, &QComboBox::activated, this, &LaunchSection::changed);
    m_withAll = new QCheckBox(tr("“Start all” starts it"));
    addCheck({"starts_with_all", m_withAll->text(), QStringLiteral("none"),
                 tr("Without it the command is started by hand, or because another one depends on it.")},
        m_withAll);
    connect(m_dependencies, &DependencyList::changed, this, &LaunchSection::changed);
    connect(m_withAll, &QCheckBox::toggled, this, &LaunchSection::changed);
}

void SupervisionSection::load(const LaunchProfile &profile)
{
    const RestartPolicy &restart = profile.restart;
    m_when->setCurrentIndex(int(restart.when));
    m_delay->setText(durationInputText(restart.delay));
    m_factor->setText(QString::number(restart.factor, 'g', QLocale::FloatingPointShortest));
    m_longest->setText(durationInputText(restart.longestDelay));
    m_limit->setValue(restart.limit);
    const ReadinessProbe probe = profile.readiness.value_or(ReadinessProbe());
    m_kind->setCurrentIndex(m_kind->findData(profile.readiness ? int(probe.kind) : -1));
    m_target->setText(probe.target);
    m_interval->setText(durationInputText(probe.interval));
    m_timeout->setText(durationInputText(probe.timeout));
    if (m_stopSignal->findData(profile.stop.signal) < 0)
        m_stopSignal->addItem(signalName(profile.stop.signal), profile.stop.signal);
    m_stopSignal->setCurrentIndex(m_stopSignal->findData(profile.stop.signal));
    m_grace->setText(durationInputText(profile.stop.grace));
    if (m_base && m_base->findData(profile.basedOn) < 0)
        m_base->addItem(profile.basedOn, profile.basedOn);
    if (m_base)
        m_base->setCurrentIndex(m_base->findData(profile.basedOn));
    if (m_dependencies)
        m_dependencies->setDependencies(profile.dependencies);
    if (m_withAll)
        m_withAll->setChecked(profile.startsWithAll);
    showEnabled();
}

void SupervisionSection::store(LaunchProfile &profile) const
{
    RestartPolicy &restart = profile.restart;
    restart.when = RestartPolicy::When(m_when->currentIndex());
    forkscope::store(restart.delay, m_delay);
    restart.factor = factorOf(m_factor).value_or(restart.factor);
    forkscope::store(restart.longestDelay, m_longest);
    restart.limit = m_limit->value();
    profile.readiness.reset();
    if (const int kind = m_kind->currentData().toInt(); kind >= 0) {
        ReadinessProbe probe;
        probe.kind = ReadinessProbe::Kind(kind);
        probe.target = m_target->text();
        forkscope::store(probe.interval, m_interval);
        forkscope::store(probe.timeout, m_timeout);
        profile.readiness = probe;
    }
    profile.stop.signal = m_stopSignal->currentData().toInt();
    forkscope::store(profile.stop.grace, m_grace);
    if (m_base)
        profile.basedOn = m_base->currentData().toString();
    if (m_dependencies)
        profile.dependencies = m_dependencies->dependencies();
    if (m_withAll)
        profile.startsWithAll = m_withAll->isChecked();
}

QString SupervisionSection::summary() const
{
    LaunchProfile profile;
    store(profile);
    QStringList parts;
    if (profile.restart.when != RestartPolicy::When::Never)
        parts.append(profile.restart.when == RestartPolicy::When::Always ? tr("started again whenever it ended")
                                                                         : tr("started again when it failed"));
    if (profile.restart.when != RestartPolicy::When::Never && profile.restart.limit > 0)
        parts.append(tr("at most %n time(s)", nullptr, profile.restart.limit));
    if (profile.readiness)
        parts.append(tr("ready when: %1 %2").arg(m_kind->currentText().toLower(), profile.readiness->target).trimmed());
    for (const Dependency &dependency : profile.dependencies)
        parts.append(tr("after %1 %2").arg(dependency.profile, DependencyList::conditionText(dependency.condition)));
    if (profile.stop != StopSettings())
        parts.append(
            tr("stopped by %1, killed after %2").arg(signalName(profile.stop.signal), durationInputText(profile.stop.grace)));
    if (!profile.basedOn.isEmpty())
        parts.append(tr("based on %1").arg(profile.basedOn));
    if (!profile.startsWithAll)
        parts.append(tr("not started with all"));
    return parts.join(QStringLiteral(", "));
}

void SupervisionSection::showEnabled()
{
    const bool restarts = m_when->currentIndex() != int(RestartPolicy::When::Never);
    for (QWidget *widget : {static_cast<QWidget *>(m_delay), static_cast<QWidget *>(m_factor), static_cast<QWidget *>(m_longest),
             static_cast<QWidget *>(m_limit)})
        widget->setEnabled(restarts);
    const int kind = m_kind->currentData().toInt();
    m_target->setEnabled(kind >= 0);
    m_interval->setEnabled(kind >= 0 && kind != int(ReadinessProbe::Kind::LogLine));
    m_timeout->setEnabled(kind >= 0);
    const QStringList examples = {QStringLiteral("listening on port [0-9]+"), QStringLiteral("localhost:8080"),
        QStringLiteral("run/server.pid"), QStringLiteral("http://localhost:8080/health"), QStringLiteral("pg_isready -q")};
    m_target->setPlaceholderText(kind >= 0 ? examples[kind] : QString());
}

} // namespace forkscope
