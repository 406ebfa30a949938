// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/desktopnotification.h"

#include <QProcess>
#include <QStandardPaths>

using namespace forkscope;

/// What arrives on a session bus of its own.
class DesktopNotificationTest : public QObject
{
    Q_OBJECT

    QProcess m_bus, m_monitor;

private slots:
    void initTestCase()
    {
        for (const char *program : {"dbus-daemon", "dbus-monitor"})
            if (QStandardPaths::findExecutable(QLatin1String(program)).isEmpty())
                QSKIP("a program of D-Bus is not installed");
        m_bus.start(QStringLiteral("dbus-daemon"),
            {QStringLiteral("--session"), QStringLiteral("--nofork"), QStringLiteral("--print-address")});
        QTRY_VERIFY(m_bus.canReadLine());
        qputenv("DBUS_SESSION_BUS_ADDRESS", m_bus.readLine().trimmed());
        m_monitor.start(QStringLiteral("dbus-monitor"),
            {QStringLiteral("--session"), QStringLiteral("interface=org.freedesktop.Notifications")});
        QByteArray greeting; // it listens once it has told of its own name
        QTRY_VERIFY((greeting += m_monitor.readAllStandardOutput()).contains("NameLost"));
    }
    void cleanupTestCase()
    {
        for (QProcess *process : {&m_monitor, &m_bus}) {
            process->kill();
            process->waitForFinished();
        }
    }

    void theServiceIsAskedAsTheSpecificationSays()
    {
        notifyDesktop(QStringLiteral("Pool finished"), QStringLiteral("2 of 9 failed: <a> & b"));
        QByteArray seen;
        QTRY_VERIFY((seen += m_monitor.readAllStandardOutput()).contains("int32 -1"));
        QVERIFY2(seen.contains("destination=org.freedesktop.Notifications"), seen);
        QVERIFY2(seen.contains("path=/org/freedesktop/Notifications") && seen.contains("member=Notify"), seen);
        QVERIFY2(seen.contains("string \"Pool finished\""), seen);
        QVERIFY2(seen.contains("string \"2 of 9 failed: &lt;a&gt; &amp; b\""), seen); // the body is markup
    }
};

QTEST_GUILESS_MAIN(DesktopNotificationTest)
#include "desktopnotification_test.moc"
