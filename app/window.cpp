// SPDX-License-Identifier: GPL-3.0-or-later
// forkscope, forkscope open: the window.
#include "app/subcommands.h"

#include "core/journal/journal.h"
#include "core/session/session.h"
#include "ui/mainwindow.h"
#include "ui/preferences/preferences.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/translations.h"

#include <QApplication>
#include <QIcon>

#include <csignal>

namespace forkscope {

int openWindow(int argc, char **argv, const QString &file)
{
    if (qEnvironmentVariableIsEmpty("DISPLAY") && qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY")
        && qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) {
        complain(QCoreApplication::translate("forkscope",
            "no display was found (neither DISPLAY nor WAYLAND_DISPLAY is set); the subcommands "
            "run, record and show need none"));
        return kOwnFailure;
    }
    QApplication application(argc, argv);
    installTranslations();
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/forkscope/forkscope.svg")));
    QGuiApplication::setDesktopFileName(QStringLiteral("forkscope"));
    applyRememberedTheme();
    applyRememberedUnits();
    std::signal(SIGPIPE, SIG_IGN);

    std::unique_ptr<MainWindow> window;
    if (file.isEmpty()) {
        auto session = Session::create({}, Preferences::recordingLimit());
        if (!session) {
            complain(errorText(session.error()));
            return kOwnFailure;
        }
        window = std::make_unique<MainWindow>(std::move(session).value());
    } else {
        auto recording = Journal::openInBackground(file);
        if (!recording) {
            complain(errorText(recording.error()));
            return kOwnFailure;
        }
        window = std::make_unique<MainWindow>(std::move(recording).value());
    }
    window->show();
    if (file.isEmpty())
        window->tendCache();
    return QApplication::exec();
}

} // namespace forkscope
