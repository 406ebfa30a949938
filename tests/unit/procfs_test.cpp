// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitor/procfs.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#include <csignal>
#include <unistd.h>

using namespace forkscope;

class ProcfsTest : public QObject
{
    Q_OBJECT

private slots:
    void aNameWithSpacesAndParenthesesIsParsed()
    {
        const auto stat = parseProcStat("4711 (a) S 1 (b c)) R 17 18 19 0 -1 4194304 9 8 7 6 250 31 5 4 20 0 3 0 987654 1000 12 "
                                        "18446744073709551615 1 1 0 0 0 0 0 0 0 0 0 0 17 1 0 0 0 0 0 0 0 0 4242 0 0 0 139\n");
        QVERIFY(stat);
        QCOMPARE(stat->key, (ProcessKey{4711, 987654}));
        QCOMPARE(stat->name, QByteArray("a) S 1 (b c)"));
        QCOMPARE(stat->state, 'R');
        QCOMPARE(stat->ppid, 17);
        QCOMPARE(stat->processGroup, 18);
        QCOMPARE(stat->session, 19);
        QCOMPARE(stat->userTicks, 250);
        QCOMPARE(stat->systemTicks, 31);
        QCOMPARE(stat->threads, 3);
        QCOMPARE(stat->residentBytes, 12 * sysconf(_SC_PAGESIZE));
        QCOMPARE(stat->argumentsAt, 4242u);
        QCOMPARE(stat->exitCode, 139);
    }

    void damagedContentIsNoStat_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("no parenthesis") << QByteArray("1 a R 1 2 3");
        QTest::newRow("parentheses turned") << QByteArray("1 )a( R 1 2 3");
        QTest::newRow("cut") << QByteArray("1 (a) R 1 2 3 4");
        QTest::newRow("no numbers") << QByteArray("1 (a) R x y z");
        QTest::newRow("ends with the name") << QByteArray("1 (a)");
    }
    void damagedContentIsNoStat()
    {
        QFETCH(QByteArray, content);
        QVERIFY(!parseProcStat(content));
    }

    void thisProcessIsReadWithItsParentAndArguments()
    {
        const auto stat = readProcStat(getpid());
        QVERIFY(stat);
        QCOMPARE(stat->key.pid, getpid());
        QCOMPARE(stat->ppid, getppid());
        QVERIFY(stat->key.startTicks > 0);
        QVERIFY(stat->residentBytes > 0);
        QCOMPARE(readCommandLine(getpid()).first(), QFile::encodeName(QCoreApplication::arguments().first()));
        QVERIFY(listProcesses().contains(getpid()));
    }

    void argumentsKeepEmptyOnesAndSpaces()
    {
        QProcess child;
        child.start(
            QStringLiteral("/bin/sh"), {QStringLiteral("-c"), QStringLiteral("read x"), QString(), QStringLiteral("a b")});
        QVERIFY(child.waitForStarted());
        // The kernel tells the start a moment before it sets the new arguments.
        QTRY_COMPARE(readCommandLine(qint32(child.processId())), (QByteArrayList{"/bin/sh", "-c", "read x", "", "a b"}));
        child.closeWriteChannel();
        QVERIFY(child.waitForFinished());
    }

    void aRealProgramWithParenthesesInItsNameIsRead()
    {
        QTemporaryDir dir;
        const QString program = dir.filePath(QStringLiteral("x) R (y z"));
        QVERIFY(QFile::copy(QStringLiteral("/bin/sleep"), program));
        QProcess child;
        child.start(program, {QStringLiteral("60")});
        QVERIFY(child.waitForStarted());
        const auto stat = readProcStat(qint32(child.processId()));
        QVERIFY(stat);
        QCOMPARE(stat->name, QByteArray("x) R (y z"));
        QCOMPARE(stat->ppid, getpid());
        child.kill();
        QVERIFY(child.waitForFinished());
        QVERIFY(!readProcStat(qint32(stat->key.pid)) || readProcStat(stat->key.pid)->key != stat->key);
    }

    void theLiveTreeHoldsGrandchildrenAndNoStrangers()
    {
        QProcess child;
        child.start(QStringLiteral("sh"), {QStringLiteral("-c"), QStringLiteral("sleep 60 & echo $!; wait")});
        QVERIFY(child.waitForStarted() && child.waitForReadyRead());
        const qint32 grandchild = child.readAllStandardOutput().trimmed().toInt();
        const ProcessKey root = readProcStat(qint32(child.processId()))->key;
        const QList<ProcessKey> tree = liveTree({root});
        QCOMPARE(tree.size(), 2);
        QCOMPARE(tree.first(), root);
        QCOMPARE(tree.last().pid, grandchild);
        QVERIFY(liveTree({{root.pid, root.startTicks + 1}}).isEmpty());
        ::kill(grandchild, SIGKILL);
        QVERIFY(child.waitForFinished());
        QVERIFY(liveTree({root}).isEmpty());
    }
};

QTEST_GUILESS_MAIN(ProcfsTest)
#include "procfs_test.moc"
