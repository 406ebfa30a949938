// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preferences/preferencesdialog.h"

#include "ui/preferences/editorchoice.h"
#include "ui/preferences/keepchoice.h"
#include "ui/preferences/preferences.h"
#include "ui/widgets/quantity.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QGroupBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>

namespace forkscope {

PreferencesDialog::PreferencesDialog(QWidget *parent)
    : QDialog(parent), m_limited(new QCheckBox(tr("&Limit the size of a recording to"))), m_limit(new QLineEdit),
      m_problem(new QLabel), m_keep(new KeepChoice), m_binary(new QRadioButton(tr("&1 KiB = 1,024 bytes"))),
      m_decimal(new QRadioButton(tr("1 k&B = 1,000 bytes"))), m_editor(new EditorChoice)
{
    setWindowTitle(tr("Preferences"));
    const quint64 limit = Preferences::recordingLimit();
    m_limited->setChecked(limit > 0);
    m_limit->setText(sizeInputText(limit > 0 ? limit : Preferences::kDefaultLimit));
    m_limit->setEnabled(limit > 0);
    m_limit->setAccessibleName(tr("Largest size of a recording"));
    m_limit->setMaximumWidth(120);
    m_binary->setChecked(Preferences::byteUnits() == ByteUnits::Binary);
    m_decimal->setChecked(Preferences::byteUnits() == ByteUnits::Decimal);

    auto *recording = new QGroupBox(tr("Recording"));
    auto *line = new QHBoxLayout;
    line->addWidget(m_limited);
    line->addWidget(m_limit);
    line->addStretch();
    auto *note = new QLabel(tr("At the limit the oldest output is given up and counted; what processes did is kept. "
                               "Holds for windows that are opened from now on."));
    note->setWordWrap(true);
    note->setForegroundRole(QPalette::PlaceholderText);
    m_problem->setWordWrap(true);
    auto *recordingLayout = new QVBoxLayout(recording);
    recordingLayout->addLayout(line);
    recordingLayout->addWidget(m_problem);
    recordingLayout->addWidget(note);

    auto *units = new QGroupBox(tr("Sizes"));
    auto *unitsLayout = new QVBoxLayout(units);
    unitsLayout->addWidget(m_binary);
    unitsLayout->addWidget(m_decimal);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    m_ok = buttons->button(QDialogButtonBox::Ok);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(recording);
    layout->addWidget(m_keep);
    layout->addWidget(m_editor);
    layout->addWidget(units);
    layout->addStretch();
    layout->addWidget(buttons);
    resize(460, sizeHint().height());

    connect(buttons, &QDialogButtonBox::accepted, this, &PreferencesDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &PreferencesDialog::reject);
    connect(m_limited, &QCheckBox::toggled, m_limit, &QWidget::setEnabled);
    connect(m_limited, &QCheckBox::toggled, this, &PreferencesDialog::check);
    connect(m_keep, &KeepChoice::changed, this, &PreferencesDialog::check);
    connect(m_editor, &EditorChoice::changed, this, &PreferencesDialog::check);
    connect(m_limit, &QLineEdit::textChanged, this, &PreferencesDialog::check);
    check();
}

QString PreferencesDialog::problem() const
{
    if (!m_limited->isChecked())
        return {};
    const auto bytes = parseSize(m_limit->text());
    if (!bytes)
        return tr("A size is needed here, such as 500 MiB or 2 GiB.");
    return bytes.value() < Preferences::kSmallestLimit ? tr("The smallest limit is 32 MiB.") : QString();
}

void PreferencesDialog::check()
{
    const QString text = problem();
    m_problem->setText(text.isEmpty() ? QString() : QStringLiteral("⚠ %1").arg(text));
    m_problem->setVisible(!text.isEmpty());
    m_ok->setEnabled(text.isEmpty() && m_keep->problem().isEmpty() && m_editor->problem().isEmpty());
}

void PreferencesDialog::accept()
{
    if (!m_ok->isEnabled())
        return;
    Preferences::setRecordingLimit(m_limited->isChecked() ? parseSize(m_limit->text()).value() : 0);
    Preferences::setCacheLimits(m_keep->limits());
    Preferences::setByteUnits(m_decimal->isChecked() ? ByteUnits::Decimal : ByteUnits::Binary);
    Preferences::setEditorCommand(m_editor->command());
    QDialog::accept();
}

} // namespace forkscope
