// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ipc/listener.h"
#include "tests/patience.h"

#include <QFileInfo>
#include <QTemporaryDir>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <optional>
#include <thread>

using namespace forkscope;
using namespace forkscope::ipc;

class ListenerTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QVERIFY(chmod(qPrintable(m_runtime.path()), 0700) == 0);
        qputenv("XDG_RUNTIME_DIR", m_runtime.path().toUtf8());
    }

    void messages_go_both_ways_between_who_listens_and_who_connects()
    {
        auto listener = Listener::listen(QStringLiteral("both"));
        QVERIFY(listener.ok());
        auto connecting = connectTo(QStringLiteral("both"), QDeadlineTimer(0)).value();
        auto accepted = listener.value().accept(QDeadlineTimer(20'000)).value();
        QVERIFY(connecting.sendBytes("there").ok() && accepted.sendBytes("back").ok());
        QCOMPARE(accepted.recvBytes().value(), QByteArray("there"));
        QCOMPARE(connecting.recvBytes().value(), QByteArray("back"));
    }

    void the_socket_is_private_and_goes_with_the_listener()
    {
        const QString path = Listener::folder() + QStringLiteral("/private");
        {
            umask(0);
            auto listener = Listener::listen(QStringLiteral("private"));
            QVERIFY(listener.ok());
            struct stat info;
            QVERIFY(stat(qPrintable(path), &info) == 0);
            QCOMPARE(info.st_mode & 0777, 0600u);
            QVERIFY(stat(qPrintable(Listener::folder()), &info) == 0);
            QCOMPARE(info.st_mode & 0777, 0700u);
            const auto second = Listener::listen(QStringLiteral("private"));
            QVERIFY(!second.ok());
            QCOMPARE(second.error().systemError, EADDRINUSE);
            QVERIFY(connectTo(path, QDeadlineTimer(0)).ok()); // by its path
        }
        QVERIFY(!QFileInfo::exists(path));
    }

    void a_socket_that_a_killed_process_left_is_replaced()
    {
        const pid_t pid = fork();
        if (pid == 0) {
            const auto listener = Listener::listen(QStringLiteral("left"));
            kill(getpid(), SIGKILL);
        }
        QVERIFY(waitpid(pid, nullptr, 0) == pid);
        QVERIFY(QFileInfo::exists(Listener::folder() + QStringLiteral("/left")));
        QVERIFY(Listener::listen(QStringLiteral("left")).ok());
    }

    void who_comes_early_waits_until_somebody_listens()
    {
        QCOMPARE(connectTo(QStringLiteral("early"), QDeadlineTimer(50)).error().code, ErrorCode::TimedOut);
        std::optional<Result<Connection>> connected;
        std::thread client([&] { connected.emplace(connectTo(QStringLiteral("early"), QDeadlineTimer(20'000))); });
        auto listener = Listener::listen(QStringLiteral("early")).value();
        QVERIFY(listener.accept(QDeadlineTimer(20'000)).ok());
        client.join();
        QVERIFY(connected->ok());
        QCOMPARE(listener.accept(QDeadlineTimer(20)).error().code, ErrorCode::TimedOut);
    }

    void a_name_that_is_none_is_refused()
    {
        for (const QString &name : {QString(), QStringLiteral(".x"), QString(101, u'x'), u'/' + QString(120, u'x')}) {
            QCOMPARE(Listener::listen(name).error().code, ErrorCode::InvalidArgument);
            QCOMPARE(connectTo(name, QDeadlineTimer(0)).error().code, ErrorCode::InvalidArgument);
        }
    }

private:
    QTemporaryDir m_runtime;
};

QTEST_GUILESS_MAIN(ListenerTest)
#include "listener_test.moc"
