// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/launch/timeoutsection.h"

#include "ui/widgets/quantity.h"

#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>

namespace forkscope {

TimeoutSection::TimeoutSection(QWidget *parent)
    : LaunchSection(tr("Timeout and check"), parent), m_timeout(new QLineEdit),
      m_check(new QCheckBox(tr("A failure of the command is an error")))
{
    m_timeout->setPlaceholderText(tr("none; for example 30 s or 2 min"));
    addRow({"timeout", tr("Timeout"), QStringLiteral("run(timeout=seconds), TimeoutExpired"),
               tr("When the time is over the command and all its children are asked to end (SIGTERM), and killed after 5 seconds "
                  "if they do not. What they wrote until then is kept.")},
        m_timeout);
    judgeBy([this] {
        const auto duration = parseDuration(m_timeout->text());
        return m_timeout->text().trimmed().isEmpty() || duration ? QString() : duration.error().detail;
    });
    addCheck({"check", m_check->text(), QStringLiteral("run(check=True), CalledProcessError"),
                 tr("An exit status other than 0, or a death by a signal, is reported as an error, with the output attached.")},
        m_check);
    connect(m_timeout, &QLineEdit::textEdited, this, &LaunchSection::changed);
    connect(m_check, &QCheckBox::toggled, this, &LaunchSection::changed);
}

void TimeoutSection::load(const LaunchProfile &profile)
{
    m_timeout->setText(profile.launch.timeout ? durationInputText(*profile.launch.timeout) : QString());
    m_check->setChecked(profile.launch.check);
}

void TimeoutSection::store(LaunchProfile &profile) const
{
    const auto duration = parseDuration(m_timeout->text());
    profile.launch.timeout = duration ? std::optional(duration.value()) : std::nullopt;
    profile.launch.check = m_check->isChecked();
}

QString TimeoutSection::summary() const
{
    LaunchProfile profile;
    store(profile);
    QStringList parts;
    if (profile.launch.timeout)
        parts.append(tr("stopped after %1").arg(durationInputText(*profile.launch.timeout)));
    if (profile.launch.check)
        parts.append(tr("failure is an error"));
    return parts.join(QStringLiteral(", "));
}

} // namespace forkscope
