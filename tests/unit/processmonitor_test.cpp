// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/journalwriter.h"
#include "core/launch/process.h"
#include "core/launch/stopper.h"
#include "core/monitor/processmonitor.h"
#include "core/monitor/processtable.h"
#include "core/monitor/procfs.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include <csignal>
#include <sys/prctl.h>
#include <unistd.h>

using namespace forkscope;

class ProcessMonitorTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_dir;
    std::unique_ptr<JournalWriter> m_writer;
    std::unique_ptr<ProcessMonitor> m_monitor;
    std::unique_ptr<ProcessTable> m_table;

    void start(const ProcessMonitor::Options &options)
    {
        auto writer = JournalWriter::create(m_dir.filePath(QStringLiteral("journal")));
        QVERIFY(writer.ok());
        m_writer = std::move(writer).value();
        m_monitor = std::make_unique<ProcessMonitor>(*m_writer, options);
        m_table = std::make_unique<ProcessTable>();
    }

    std::unique_ptr<Process> launch(const QByteArray &line)
    {
        LaunchSpec spec;
        spec.arguments = {"/bin/sh", "-c", line};
        auto process = std::make_unique<Process>(spec, LaunchId{1}, m_writer.get());
        connect(
            process.get(), &Process::started, this, [this, raw = process.get()] { m_monitor->adopt(raw->key(), LaunchId{1}); });
        process->start();
        return process;
    }

    void fold() { m_table->advance(m_writer->journal()); }

    QList<ProcessRow> rowsNamed(const QByteArray &name)
    {
        fold();
        QList<ProcessRow> rows;
        for (int i = 0; i < m_table->rowCount(); ++i)
            if (m_table->row(i).name == name)
                rows.append(m_table->row(i));
        return rows;
    }

    bool allEnded()
    {
        fold();
        for (int i = 0; i < m_table->rowCount(); ++i)
            if (m_table->row(i).isRunning())
                return false;
        return m_table->rowCount() > 0;
    }

    static void sources()
    {
        QTest::addColumn<bool>("connector");
        QTest::addRow("proc connector") << true;
        QTest::addRow("polling") << false;
    }

    /// The connector where the kernel grants it; else the test of that row has nothing to look at.
    bool startWith(bool connector)
    {
        ProcessMonitor::Options options;
        options.allowProcConnector = connector;
        start(options);
        return !connector || m_monitor->source() == ProcessMonitor::Source::ProcConnector;
    }

private slots:
    void cleanup()
    {
        m_monitor.reset();
        m_writer.reset();
    }

    void polling_is_used_where_the_connector_is_not_allowed();
    void descendants_appear_under_their_ancestor_with_exit_status_data() { sources(); }
    void descendants_appear_under_their_ancestor_with_exit_status();
    void short_lived_children_appear_as_finished_rows();
    void child_of_five_milliseconds_appears_when_polling();
    void burst_of_two_hundred_children_is_complete();
    void signalled_grandchild_tells_its_signal();
    void exec_chain_is_followed();
    void orphan_stays_under_its_ancestor_and_is_reaped_data() { sources(); }
    void orphan_stays_under_its_ancestor_and_is_reaped();
    void live_tree_holds_descendants_that_left_the_session();
    void samples_tell_memory_threads_and_cpu();
    void lost_events_are_made_up_for_by_a_scan();
    void processes_of_others_are_not_followed();
};

void ProcessMonitorTest::polling_is_used_where_the_connector_is_not_allowed()
{
    ProcessMonitor::Options options;
    options.allowProcConnector = false;
    start(options);
    QCOMPARE(m_monitor->source(), ProcessMonitor::Source::Polling);
}

void ProcessMonitorTest::descendants_appear_under_their_ancestor_with_exit_status()
{
    QFETCH(bool, connector);
    if (!startWith(connector))
        QSKIP("the kernel does not grant the proc connector to this user");
    const auto root = launch("sh -c 'sleep 0.2; exit 7'; exit 3");
    QTRY_VERIFY_WITH_TIMEOUT(allEnded() && rowsNamed("sleep").size() == 1, 10'000);
    QCOMPARE(m_table->rowCount(), 3);
    const ProcessRow &rootRow = m_table->row(0);
    QCOMPARE(rootRow.process, root->key());
    QCOMPARE(rootRow.children, QList<int>{1});
    QCOMPARE(rootRow.exit->value, 3);
    const ProcessRow &child = m_table->row(1);
    QCOMPARE(child.arguments, (QByteArrayList{"sh", "-c", "sleep 0.2; exit 7"}));
    QCOMPARE(child.ppid, root->key().pid);
    if (connector) {
        QVERIFY(child.exit);
        QCOMPARE(*child.exit, (ExitStatus{ExitStatus::Kind::Exited, 7, false}));
    }
    QCOMPARE(m_table->row(2).parent, 1);
    QCOMPARE(m_table->row(2).arguments, (QByteArrayList{"sleep", "0.2"}));
}

void ProcessMonitorTest::short_lived_children_appear_as_finished_rows()
{
    if (!startWith(true))
        QSKIP("the kernel does not grant the proc connector to this user");
    const auto root = launch("/bin/true; /bin/false; sleep 0.005; true");
    QTRY_VERIFY_WITH_TIMEOUT(allEnded() && m_table->rowCount() == 4, 10'000);
    QCOMPARE(m_table->row(1).exit->value, 0);
    QCOMPARE(m_table->row(2).exit->value, 1);
    QCOMPARE(m_table->row(3).exit->value, 0);
}

void ProcessMonitorTest::child_of_five_milliseconds_appears_when_polling()
{
    startWith(false);
    const auto root = launch("for i in 1 2 3 4 5 6 7 8 9 10; do sleep 0.005; done; sleep 0.5");
    QTRY_VERIFY_WITH_TIMEOUT(allEnded(), 10'000);
    // Most are seen, not all: that is what polling can do.
    QVERIFY2(m_table->rowCount() >= 5, qPrintable(QString::number(m_table->rowCount())));
}

void ProcessMonitorTest::burst_of_two_hundred_children_is_complete()
{
    if (!startWith(true))
        QSKIP("the kernel does not grant the proc connector to this user");
    const auto root = launch("i=0; while [ $i -lt 200 ]; do /bin/true & i=$((i+1)); done; wait");
    QTRY_VERIFY_WITH_TIMEOUT(allEnded() && m_table->rowCount() == 201, 20'000);
    for (int i = 1; i < 201; ++i) {
        QCOMPARE(m_table->row(i).parent, 0);
        QVERIFY(m_table->row(i).exit->success());
    }
}

void ProcessMonitorTest::signalled_grandchild_tells_its_signal()
{
    if (!startWith(true))
        QSKIP("the kernel does not grant the proc connector to this user");
    const auto root = launch("sh -c 'kill -TERM $$'; true");
    QTRY_VERIFY_WITH_TIMEOUT(allEnded() && m_table->rowCount() == 2, 10'000);
    QCOMPARE(*m_table->row(1).exit, (ExitStatus{ExitStatus::Kind::Signalled, SIGTERM, false}));
}

void ProcessMonitorTest::exec_chain_is_followed()
{
    if (!startWith(true))
        QSKIP("the kernel does not grant the proc connector to this user");
    const auto root = launch("sleep 0.2; exec sleep 0.3");
    QTRY_COMPARE_WITH_TIMEOUT(
        (fold(), m_table->rowCount() > 0 ? m_table->row(0).name : QByteArray()), QByteArray("sleep"), 10'000);
    QCOMPARE(m_table->row(0).arguments, (QByteArrayList{"sleep", "0.3"}));
    QTRY_VERIFY(allEnded());
    QCOMPARE(m_table->rowCount(), 2);
}

void ProcessMonitorTest::orphan_stays_under_its_ancestor_and_is_reaped()
{
    QFETCH(bool, connector);
    if (!startWith(connector))
        QSKIP("the kernel does not grant the proc connector to this user");
    // The middle process ends at once; what it left behind must not become a zombie of ours.
    const auto root = launch("sh -c 'setsid sh -c \"sleep 0.6; exit 9\" & sleep 0.1'; sleep 1");
    const auto orphan = [this] {
        fold();
        for (int i = 0; i < m_table->rowCount(); ++i)
            if (m_table->row(i).arguments.value(2) == "sleep 0.6; exit 9" && m_table->row(i).name == "sh")
                return m_table->row(i);
        return ProcessRow();
    };
    QTRY_VERIFY_WITH_TIMEOUT(!orphan().process.isNull() && orphan().exit, 10'000);
    QCOMPARE(*orphan().exit, (ExitStatus{ExitStatus::Kind::Exited, 9, false}));
    QVERIFY(orphan().parent > 0);
    QTRY_VERIFY(!readProcStat(orphan().process.pid));
    QTRY_VERIFY_WITH_TIMEOUT(allEnded(), 10'000);
    QVERIFY(root->exitStatus().success()); // nobody took the launcher's child away
}

void ProcessMonitorTest::live_tree_holds_descendants_that_left_the_session()
{
    startWith(true);
    const auto root = launch("setsid sleep 100 & sleep 100");
    QTRY_COMPARE_WITH_TIMEOUT(m_monitor->liveTree(root->key()).size(), 3, 10'000);
    QCOMPARE(m_monitor->liveTree(root->key()).first(), root->key());
    QCOMPARE(m_monitor->liveProcesses().size(), 3);
    // Without the ancestor the others are still its tree.
    QVERIFY(sendSignal(root->key(), SIGKILL).ok());
    QTRY_COMPARE(m_monitor->liveTree(root->key()).size(), 2);
    for (const ProcessKey &left : m_monitor->liveTree(root->key()))
        QVERIFY(sendSignal(left, SIGKILL).ok());
    QTRY_COMPARE(m_monitor->liveProcesses().size(), 0);
}

void ProcessMonitorTest::samples_tell_memory_threads_and_cpu()
{
    ProcessMonitor::Options options;
    options.sampleIntervalMs = 100;
    start(options);
    const auto root = launch("while :; do :; done");
    QTRY_VERIFY_WITH_TIMEOUT((fold(), m_table->rowCount() == 1 && m_table->row(0).cpuPermille > 100), 10'000);
    QVERIFY(m_table->row(0).residentBytes > 100'000);
    QCOMPARE(m_table->row(0).threads, 1);
    QCOMPARE(m_table->row(0).ppid, qint32(getpid()));
    QVERIFY(m_table->row(0).cpuNs > 0);
    QVERIFY(sendSignal(root->key(), SIGKILL).ok());
    QTRY_VERIFY(allEnded());
}

void ProcessMonitorTest::lost_events_are_made_up_for_by_a_scan()
{
    ProcessMonitor::Options options;
    options.receiveBuffer = 1; // the kernel rounds up to about 2 KiB: a few events
    start(options);
    if (m_monitor->source() != ProcessMonitor::Source::ProcConnector)
        QSKIP("the kernel does not grant the proc connector to this user");
    for (int round = 0; round < 20 && m_monitor->overflows() == 0; ++round) {
        const auto root = launch("i=0; while [ $i -lt 300 ]; do sleep 0.3 & i=$((i+1)); done; wait");
        QTRY_VERIFY_WITH_TIMEOUT(allEnded(), 20'000);
    }
    QVERIFY(m_monitor->overflows() > 0);
    QTRY_COMPARE(m_monitor->liveProcesses().size(), 0);
}

void ProcessMonitorTest::processes_of_others_are_not_followed()
{
    startWith(true);
    QProcess stranger;
    stranger.start(QStringLiteral("sh"), {QStringLiteral("-c"), QStringLiteral("sleep 0.1; true")});
    const auto root = launch("sleep 0.3; true");
    QVERIFY(stranger.waitForFinished());
    QTRY_VERIFY_WITH_TIMEOUT(allEnded() && m_table->rowCount() == 2, 10'000);
    QCOMPARE(stranger.exitCode(), 0);
}

QTEST_GUILESS_MAIN(ProcessMonitorTest)
#include "processmonitor_test.moc"
