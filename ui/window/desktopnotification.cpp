// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/desktopnotification.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QFileInfo>
#include <QThreadPool>

namespace forkscope {

namespace {

/// Without an address libdbus would start a bus of its own.
bool hasSessionBus()
{
    return !qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS")
        || QFileInfo::exists(qEnvironmentVariable("XDG_RUNTIME_DIR") + QStringLiteral("/bus"));
}

} // namespace

void notifyDesktop(const QString &title, const QString &text)
{
    if (!hasSessionBus())
        return;
    // Connecting may take a while where the bus is in trouble.
    QThreadPool::globalInstance()->start([title, body = text.toHtmlEscaped()] {
        const QDBusConnection bus = QDBusConnection::sessionBus();
        if (!bus.isConnected())
            return;
        QDBusMessage call = QDBusMessage::createMethodCall(QStringLiteral("org.freedesktop.Notifications"),
            QStringLiteral("/org/freedesktop/Notifications"), QStringLiteral("org.freedesktop.Notifications"),
            QStringLiteral("Notify"));
        constexpr int kTimeoutDefault = -1;
        call << QStringLiteral("Forkscope") << 0U << QStringLiteral("forkscope") << title << body << QStringList()
             << QVariantMap{{QStringLiteral("desktop-entry"), QStringLiteral("forkscope")}} << kTimeoutDefault;
        bus.send(call);
    });
}

} // namespace forkscope
