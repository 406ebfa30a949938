// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preferences/keepchoice.h"

#include "ui/preferences/preferences.h"
#include "ui/widgets/quantity.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>
#include <QVBoxLayout>

namespace forkscope {

KeepChoice::KeepChoice(QWidget *parent)
    : QGroupBox(tr("Unsaved recordings"), parent), m_byAge(new QCheckBox(tr("Keep them &no longer than"))), m_days(new QSpinBox),
      m_bySize(new QCheckBox(tr("&Keep in all at most"))), m_size(new QLineEdit), m_problem(new QLabel)
{
    const CacheLimits limits = Preferences::cacheLimits();
    m_byAge->setChecked(limits.days > 0);
    m_days->setRange(1, Preferences::kMostDays);
    m_days->setValue(limits.days > 0 ? limits.days : Preferences::kDefaultCacheLimits.days);
    const auto showUnit = [this](int days) { m_days->setSuffix(days == 1 ? tr(" day") : tr(" days")); };
    connect(m_days, &QSpinBox::valueChanged, this, showUnit);
    showUnit(m_days->value());
    m_days->setEnabled(limits.days > 0);
    m_days->setAccessibleName(tr("Largest age of unsaved recordings, in days"));
    m_bySize->setChecked(limits.bytes > 0);
    m_size->setText(sizeInputText(limits.bytes > 0 ? limits.bytes : Preferences::kDefaultCacheLimits.bytes));
    m_size->setEnabled(limits.bytes > 0);
    m_size->setAccessibleName(tr("Largest size of all unsaved recordings"));
    m_size->setMaximumWidth(120);
    m_problem->setWordWrap(true);
    auto *note = new QLabel(tr("These are left by sessions that did not end properly. Cleaned when Forkscope starts, the oldest "
                               "first; never a saved recording, nor one in use."));
    note->setWordWrap(true);
    note->setForegroundRole(QPalette::PlaceholderText);

    auto *layout = new QVBoxLayout(this);
    for (const auto &[check, field] : {std::pair<QCheckBox *, QWidget *>(m_byAge, m_days), {m_bySize, m_size}}) {
        auto *line = new QHBoxLayout;
        line->addWidget(check);
        line->addWidget(field);
        line->addStretch();
        layout->addLayout(line);
        connect(check, &QCheckBox::toggled, field, &QWidget::setEnabled);
        connect(check, &QCheckBox::toggled, this, &KeepChoice::check);
    }
    layout->addWidget(m_problem);
    layout->addWidget(note);
    connect(m_size, &QLineEdit::textChanged, this, &KeepChoice::check);
    check();
}

CacheLimits KeepChoice::limits() const
{
    const auto bytes = parseSize(m_size->text());
    return {m_byAge->isChecked() ? m_days->value() : 0, m_bySize->isChecked() && bytes ? bytes.value() : 0};
}

QString KeepChoice::problem() const
{
    if (!m_bySize->isChecked())
        return {};
    const auto bytes = parseSize(m_size->text());
    return bytes && bytes.value() > 0 ? QString() : tr("A size is needed here, such as 500 MiB or 10 GiB.");
}

void KeepChoice::check()
{
    const QString text = problem();
    m_problem->setText(text.isEmpty() ? QString() : QStringLiteral("⚠ %1").arg(text));
    m_problem->setVisible(!text.isEmpty());
    emit changed();
}

} // namespace forkscope
