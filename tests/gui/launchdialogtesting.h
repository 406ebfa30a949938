// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/gui/guitesting.h"
#include "ui/launch/commandsection.h"
#include "ui/launch/environmentsection.h"
#include "ui/launch/launchdialog.h"
#include "ui/launch/limitssection.h"
#include "ui/launch/sessionsection.h"
#include "ui/launch/streamssection.h"
#include "ui/launch/supervisionsection.h"
#include "ui/launch/timeoutsection.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>

/// What the tests of the launch dialog share.
namespace forkscope {

inline std::unique_ptr<LaunchDialog> dialogFor(
    const LaunchProfile &profile, LaunchDialog::Mode mode = LaunchDialog::Mode::Run, const QStringList &others = {})
{
    auto dialog = std::make_unique<LaunchDialog>(profile, mode, others);
    dialog->setAttribute(Qt::WA_DeleteOnClose, false);
    return dialog;
}

inline LaunchProfile command(const QByteArrayList &arguments)
{
    LaunchProfile profile;
    profile.launch.arguments = arguments;
    profile.launch.startNewSession = true;
    return profile;
}

inline const LaunchOption *option(const LaunchDialog &dialog, const char *field)
{
    const QList<const LaunchSection *> sections = {dialog.command(), dialog.streams(), dialog.environment(), dialog.limits(),
        dialog.session(), dialog.timeout(), dialog.supervision()};
    for (const LaunchSection *section : sections) {
        for (const LaunchOption &candidate : section->options()) {
            if (candidate.field == QLatin1String(field))
                return &candidate;
        }
    }
    return nullptr;
}

/// Types into the field of an option, as a person does.
inline void type(LaunchDialog &dialog, const char *field, const QString &text)
{
    QWidget *editor = option(dialog, field)->editor;
    dialog.reveal(editor);
    auto *line = qobject_cast<QLineEdit *>(editor);
    if (auto *box = qobject_cast<QComboBox *>(editor))
        line = box->lineEdit();
    line->selectAll();
    QTest::keyClick(line, Qt::Key_Delete);
    QTest::keyClicks(line, text);
}

inline QString faultBeside(const LaunchDialog &dialog, const char *field)
{
    const QLabel *label = option(dialog, field)->fault;
    return label->isHidden() ? QString() : label->text();
}

} // namespace forkscope
