// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/journalwriter.h"
#include "core/monitor/processfollower.h"
#include "core/monitor/processmonitor.h"
#include "core/monitor/processtable.h"
#include "core/monitor/procfs.h"

#include <QTemporaryDir>
#include <QtTest>

#include <csignal>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace forkscope;

namespace {

/// A recording, a monitor over it, and one root started as the launcher would.
struct Watched {
    explicit Watched(const ProcessMonitor::Options &options = {})
    {
        auto created = JournalWriter::create(dir.filePath(QStringLiteral("m.pcapng")));
        if (!created.ok())
            qFatal("%s", qPrintable(errorText(created.error())));
        writer = std::move(created).value();
        monitor = std::make_unique<ProcessMonitor>(*writer, options);
    }
    ~Watched()
    {
        for (const ProcessKey &key : monitor->liveProcesses())
            ::kill(key.pid, SIGKILL);
        if (root.pid)
            waitid(P_PID, id_t(root.pid), nullptr, WEXITED);
    }

    void start(const char *script)
    {
        pid_t pid = 0;
        const char *arguments[] = {"sh", "-c", script, nullptr};
        if (posix_spawn(&pid, "/bin/sh", nullptr, nullptr, const_cast<char **>(arguments), environ) != 0)
            qFatal("cannot start sh");
        root = readProcStat(pid)->key;
        writer->append(ProcessStarted{root, {}, getpid(), LaunchId(1), "sh", {"sh", "-c", script}});
        monitor->adopt(root, LaunchId(1));
    }

    /// Rows of descendants whose arguments begin like this.
    QList<ProcessRow> rows(const QByteArray &commandLine = {})
    {
        table.advance(writer->journal(), 1'000'000);
        QList<ProcessRow> found;
        for (int i = 1; i < table.rowCount(); ++i) {
            if (table.row(i).arguments.join(' ').startsWith(commandLine))
                found.append(table.row(i));
        }
        return found;
    }
    bool allEnded(qsizetype count, const QByteArray &commandLine = {})
    {
        const QList<ProcessRow> all = rows(commandLine);
        return all.size() >= count
            && std::all_of(all.begin(), all.end(), [](const ProcessRow &row) { return row.exit.has_value(); });
    }
    QList<Event> events()
    {
        QList<Event> result;
        const Journal &journal = writer->journal();
        for (quint64 i = 0; i < journal.eventCount(); ++i) {
            if (const auto record = journal.read(journal.eventRecord(i)))
                result.append(*decodeEvent(record->eventNumber, record->bytes));
        }
        return result;
    }
    /// The root's end, awaited and reaped as the launcher would.
    int waitForRoot()
    {
        siginfo_t info = {};
        waitid(P_PID, id_t(root.pid), &info, WEXITED);
        root = {};
        return info.si_status;
    }

    QTemporaryDir dir;
    std::unique_ptr<JournalWriter> writer;
    std::unique_ptr<ProcessMonitor> monitor;
    ProcessTable table;
    ProcessKey root;
};

ProcessMonitor::Options polling()
{
    ProcessMonitor::Options options;
    options.allowProcConnector = false;
    return options;
}

const ExitStatus kExited3 = {ExitStatus::Kind::Exited, 3, false};

} // namespace

class ProcessMonitorTest : public QObject
{
    Q_OBJECT

    void bothSources()
    {
        QTest::addColumn<bool>("connector");
        QTest::newRow("connector") << true;
        QTest::newRow("polling") << false;
    }
    ProcessMonitor::Options source()
    {
        QFETCH(bool, connector);
        ProcessMonitor::Options options;
        options.allowProcConnector = connector;
        return options;
    }

private slots:
    void pollingIsUsedWhereTheConnectorIsNotAllowed()
    {
        Watched w(polling());
        QCOMPARE(w.monitor->source(), ProcessMonitor::Source::Polling);
        QCOMPARE(w.monitor->connectorError().systemError, 0);
        QCOMPARE(w.monitor->overflows(), 0u);
    }

    void aShortLivedChildAppearsWithItsExitStatus()
    {
        Watched w;
        if (w.monitor->source() != ProcessMonitor::Source::ProcConnector)
            QSKIP("This kernel refuses the proc connector to this user");
        w.start("sleep 0.005; (exit 3); exec true");
        QTRY_VERIFY(w.allEnded(2));
        const auto rows = w.rows();
        QCOMPARE(rows.size(), 2);
        QCOMPARE(rows[0].name, QByteArray("sleep"));
        QCOMPARE(rows[0].arguments, (QByteArrayList{"sleep", "0.005"}));
        QVERIFY(rows[0].exit->success());
        QCOMPARE(rows[0].parent, 0);
        QCOMPARE(*rows[1].exit, kExited3);
        QCOMPARE(rows[1].name, QByteArray("sh"));
    }

    void pollingFindsMostShortLivedChildren()
    {
        Watched w(polling());
        w.start("i=0; while [ $i -lt 40 ]; do sleep 0.005; i=$((i+1)); done");
        w.waitForRoot();
        QTRY_VERIFY(w.allEnded(1));
        QVERIFY2(w.rows().size() >= 25, qPrintable(QString::number(w.rows().size())));
    }

    void aBurstOfChildrenIsSeenWhole()
    {
        Watched w;
        if (w.monitor->source() != ProcessMonitor::Source::ProcConnector)
            QSKIP("This kernel refuses the proc connector to this user");
        w.start("i=0; while [ $i -lt 200 ]; do (exit 3) & i=$((i+1)); done; wait");
        w.waitForRoot();
        QTRY_VERIFY(w.allEnded(200));
        const auto rows = w.rows();
        QCOMPARE(rows.size(), 200);
        for (const ProcessRow &row : rows)
            QCOMPARE(*row.exit, kExited3);
        QCOMPARE(w.monitor->overflows(), 0u);
    }

    void whatHappenedBeforeTheMonitorEndsIsWritten()
    {
        Watched w;
        if (w.monitor->source() != ProcessMonitor::Source::ProcConnector)
            QSKIP("This kernel refuses the proc connector to this user");
        w.start("(exit 3); true");
        w.waitForRoot();
        w.monitor.reset();
        QVERIFY(w.allEnded(1));
        QCOMPARE(w.rows().size(), 1);
        w.monitor = std::make_unique<ProcessMonitor>(*w.writer);
    }

    void orphansStayUnderTheirAncestor_data() { bothSources(); }
    void orphansStayUnderTheirAncestor()
    {
        Watched w(source());
        // The shell between lives long enough for polling to see it.
        w.start("(setsid sh -c 'sleep 0.3; exit 3' & sleep 0.1); sleep 0.2; exec sleep 60");
        QTRY_VERIFY(!w.rows("sh -c sleep 0.3").isEmpty());
        const ProcessKey orphan = w.rows("sh -c sleep 0.3").first().process;
        QTRY_COMPARE(readProcStat(orphan.pid) ? readProcStat(orphan.pid)->ppid : 0, getpid());
        QVERIFY(w.monitor->liveTree(w.root).contains(orphan));
        QVERIFY(w.monitor->liveProcesses().contains(orphan));
        QTRY_VERIFY(w.rows("sh -c sleep 0.3").first().exit);
        const ProcessRow row = w.rows("sh -c sleep 0.3").first();
        QCOMPARE(*row.exit, kExited3);
        QVERIFY(row.parent > 0); // the shell that started it
        QTRY_VERIFY(!readProcStat(orphan.pid)); // reaped
        QVERIFY(!w.monitor->liveTree(w.root).contains(orphan));
    }

    void otherChildrenAreNotReaped()
    {
        Watched w;
        w.start("sleep 60");
        pid_t stranger = 0;
        const char *arguments[] = {"sh", "-c", "exit 5", nullptr};
        QCOMPARE(posix_spawn(&stranger, "/bin/sh", nullptr, nullptr, const_cast<char **>(arguments), environ), 0);
        QTRY_VERIFY(readProcStat(stranger)->state == 'Z');
        QTRY_VERIFY(w.monitor->liveProcesses().contains(w.root));
        int status = 0;
        QCOMPARE(waitpid(stranger, &status, 0), stranger);
        QCOMPARE(WEXITSTATUS(status), 5);
        QVERIFY(w.rows("sh -c exit 5").isEmpty());
    }

    void theEndBySignalIsTold()
    {
        Watched w;
        if (w.monitor->source() != ProcessMonitor::Source::ProcConnector)
            QSKIP("This kernel refuses the proc connector to this user");
        w.start("sleep 60 & kill -KILL $!; wait; ulimit -c unlimited; sh -c 'kill -SEGV $$'; true");
        w.waitForRoot();
        QTRY_VERIFY(w.allEnded(2));
        QSet<int> numbers; // in no order: the first row may be the one that a scan found
        for (const ProcessRow &row : w.rows()) {
            QCOMPARE(row.exit->kind, ExitStatus::Kind::Signalled);
            QVERIFY(row.exit->value != SIGKILL || !row.exit->coreDumped);
            numbers.insert(row.exit->value);
        }
        QCOMPARE(numbers, (QSet<int>{SIGKILL, SIGSEGV}));
    }

    void waitStatusesAreTakenApart()
    {
        QCOMPARE(exitStatusOf(3 << 8), kExited3);
        QCOMPARE(exitStatusOf(SIGSEGV | 0x80), (ExitStatus{ExitStatus::Kind::Signalled, SIGSEGV, true}));
        QCOMPARE(exitStatusOf(SIGTERM), (ExitStatus{ExitStatus::Kind::Signalled, SIGTERM, false}));
    }

    void aChainOfExecsIsOneProcess_data() { bothSources(); }
    void aChainOfExecsIsOneProcess()
    {
        Watched w(source());
        w.start("sh -c 'sleep 0.5; exec sh -c \"sleep 0.5; exec sleep 60\"' & wait");
        QTRY_VERIFY(!w.rows("sleep 60").isEmpty());
        const ProcessRow row = w.rows("sleep 60").first();
        QCOMPARE(row.name, QByteArray("sleep"));
        QList<QByteArrayList> programs;
        for (const Event &event : w.events()) {
            if (const auto *executed = std::get_if<ProcessExecuted>(&event); executed && executed->process == row.process)
                programs.append(executed->arguments);
        }
        QVERIFY(programs.size() >= 2);
        QCOMPARE(programs.last(), (QByteArrayList{"sleep", "60"}));
        QCOMPARE(programs[programs.size() - 2], (QByteArrayList{"sh", "-c", "sleep 0.5; exec sleep 60"}));
    }

    void theStartOfARootIsNotToldAgainButItsLaterExecIs()
    {
        Watched w;
        w.start("sleep 0.1; exec sleep 60");
        const auto execs = [&] {
            QList<QByteArrayList> programs;
            for (const Event &event : w.events()) {
                if (const auto *executed = std::get_if<ProcessExecuted>(&event); executed && executed->process == w.root)
                    programs.append(executed->arguments);
            }
            return programs;
        };
        QTRY_COMPARE(execs(), (QList<QByteArrayList>{{"sleep", "60"}}));
    }

    void theRootsOwnEventsAreLeftToTheLauncher()
    {
        Watched w;
        w.start("true; exit 0");
        const ProcessKey root = w.root;
        w.waitForRoot();
        QTRY_VERIFY(w.monitor->liveProcesses().isEmpty());
        int starts = 0;
        for (const Event &event : w.events()) {
            if (const auto *started = std::get_if<ProcessStarted>(&event))
                starts += started->process == root;
            const auto *exited = std::get_if<ProcessExited>(&event);
            QVERIFY(!exited || exited->process != root);
        }
        QCOMPARE(starts, 1); // ours
    }

    void figuresComeSoonAndTellABusyProcess_data() { bothSources(); }
    void figuresComeSoonAndTellABusyProcess()
    {
        Watched w(source());
        w.start("sh -c 'while :; do :; done'; true");
        const auto busy = [&] {
            const auto rows = w.rows("sh -c while");
            return !rows.isEmpty() && rows.first().cpuPermille > 100 && rows.first().residentBytes > 0
                && rows.first().threads == 1 && rows.first().state == 'R';
        };
        QTRY_VERIFY(busy());
        QVERIFY(w.table.row(0).state == 'S');
        QTRY_VERIFY(w.monitor->ownCostPermille() < 200);
    }

    void aSteadyProcessIsSampledOnce()
    {
        ProcessMonitor::Options options;
        options.sampleIntervalMs = 50;
        Watched w(options);
        w.start("exec sleep 60");
        QTRY_VERIFY(w.rows().isEmpty() && w.table.row(0).state == 'S');
        const auto samples = [&] {
            qsizetype count = 0;
            for (const Event &event : w.events()) {
                if (const auto *sampled = std::get_if<ProcessesSampled>(&event))
                    count += sampled->samples.size();
            }
            return count;
        };
        QTest::qWait(200); // for its figures to settle
        const auto settled = samples();
        QTest::qWait(500); // ten ticks
        QCOMPARE(samples(), settled);
    }

    void anOverflowIsMadeUpForByAScan()
    {
        ProcessMonitor::Options options;
        options.receiveBuffer = 1;
        Watched w(options);
        if (w.monitor->source() != ProcessMonitor::Source::ProcConnector)
            QSKIP("This kernel refuses the proc connector to this user");
        w.start("i=0; while [ $i -lt 100 ]; do (exit 3) & (exit 3) & sleep 60 & i=$((i+1)); done; wait");
        QTRY_VERIFY(w.monitor->overflows() > 0);
        QTRY_COMPARE(liveTree({w.root}).size(), 101);
        QTRY_COMPARE(w.monitor->liveTree(w.root).size(), 101);
        for (const ProcessKey &key : w.monitor->liveTree(w.root)) {
            if (key != w.root)
                ::kill(key.pid, SIGKILL);
        }
        w.waitForRoot();
        QTRY_VERIFY(w.monitor->liveProcesses().isEmpty());
        QTRY_VERIFY(w.allEnded(100));
    }

    void aProcessWhoseFirstThreadEndedGoesOn()
    {
        Watched w;
        if (w.monitor->source() != ProcessMonitor::Source::ProcConnector)
            QSKIP("This kernel refuses the proc connector to this user");
        w.start("exec /usr/bin/python3 -c 'import os,threading,time,ctypes\nif os.fork(): os.wait()\n"
                "else:\n threading.Thread(target=lambda:(time.sleep(0.5),os._exit(3))).start()\n"
                " ctypes.CDLL(None).syscall(60,0)'");
        QTRY_COMPARE(w.rows().size(), 1);
        const ProcessKey child = w.rows().first().process;
        QTRY_COMPARE(readProcStat(child.pid)->state, 'Z');
        QVERIFY(w.monitor->liveTree(w.root).contains(child));
        QVERIFY(!w.rows().first().exit);
        QTRY_VERIFY(w.rows().first().exit);
        QCOMPARE(*w.rows().first().exit, kExited3);
    }

    void aProcessWhoseFirstThreadEndedEarlierEndsWithTheStatusOfTheLast()
    {
        Watched w;
        if (w.monitor->source() != ProcessMonitor::Source::ProcConnector)
            QSKIP("This kernel refuses the proc connector to this user");
        // Often enough that /proc shows some of them gone before the end of their first thread is looked at.
        w.start("exec /usr/bin/python3 -c 'import os,_thread,ctypes\nc=ctypes.CDLL(None)\nfor i in range(2000):\n p=os.fork()\n"
                " if p==0:\n  _thread.start_new_thread(os._exit,(3,))\n  c.syscall(60,0)\n os.waitpid(p,0)'");
        QTRY_VERIFY_WITH_TIMEOUT(w.allEnded(2000), 30'000);
        w.waitForRoot();
        QCOMPARE(w.monitor->overflows(), 0u);
        const auto rows = w.rows();
        QCOMPARE(rows.size(), 2000);
        for (const ProcessRow &row : rows)
            QCOMPARE(*row.exit, kExited3);
    }
};

QTEST_GUILESS_MAIN(ProcessMonitorTest)
#include "processmonitor_test.moc"
