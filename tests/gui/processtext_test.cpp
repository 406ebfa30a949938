// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/launch/signals.h"
#include "ui/monitor/details.h"
#include "ui/monitor/processlisttext.h"
#include "ui/monitor/processtext.h"
#include "ui/widgets/format.h"

#include "tests/gui/guitesting.h"

#include <cerrno>
#include <csignal>

using namespace forkscope;

namespace {

ProcessRow ended(ExitStatus status)
{
    ProcessRow row;
    row.process = {42, 1};
    row.name = "prog";
    row.exit = status;
    return row;
}

ProcessRow notStarted(StartStage stage, int systemError, const QByteArray &path, const QByteArray &interpreter = {})
{
    ProcessRow row;
    row.arguments = {path};
    row.failure = StartFailed{LaunchId(1), stage, systemError, path, interpreter, {}};
    return row;
}

} // namespace

class ProcessTextTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void everySendableSignalHasANameAndSaysWhatItDoes()
    {
        for (int number : sendableSignals()) {
            QVERIFY(signalName(number).startsWith(QLatin1String("SIG")));
            QVERIFY(!ProcessText::signalEffect(number).isEmpty());
            QVERIFY(!ProcessText::signalCause(number).isEmpty());
        }
        QCOMPARE(signalNumber(QLatin1String("SIGTERM")), SIGTERM);
        QCOMPARE(signalNumber(QLatin1String("SIGNONSENSE")), 0);
        QCOMPARE(signalName(SIGRTMIN + 2), QStringLiteral("SIGRTMIN+2"));
        QCOMPARE(signalName(999), QStringLiteral("signal 999"));
    }

    void exitColumn_data()
    {
        QTest::addColumn<ExitStatus>("status");
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("mark");
        using Kind = ExitStatus::Kind;
        QTest::newRow("success") << ExitStatus{Kind::Exited, 0, false} << "0" << int(Status::Finished);
        QTest::newRow("failure") << ExitStatus{Kind::Exited, 3, false} << "3" << int(Status::Failed);
        QTest::newRow("crash") << ExitStatus{Kind::Signalled, SIGSEGV, true} << "SIGSEGV (11), core dumped"
                               << int(Status::Signalled);
        QTest::newRow("kill") << ExitStatus{Kind::Signalled, SIGKILL, false} << "SIGKILL (9)" << int(Status::Signalled);
        QTest::newRow("unknown") << ExitStatus{} << "unknown" << int(Status::Unknown);
    }
    void exitColumn()
    {
        QFETCH(ExitStatus, status);
        const ProcessRow row = ended(status);
        QTEST(ProcessText::exit(row), "text");
        QTEST(int(ProcessText::status(row)), "mark");
        QVERIFY(ProcessText::exitSentence(row).endsWith(QLatin1Char('.')));
    }

    void aKillNamesTheOtherSuspect()
    {
        const QString sentence = ProcessText::exitSentence(ended({ExitStatus::Kind::Signalled, SIGKILL, false}));
        QVERIFY(sentence.startsWith(QLatin1String("Ended by SIGKILL (9): kill -9, or the kernel ran out of memory.")));
    }

    void whoSentTheSignalIsToldWhereItIsKnown()
    {
        ProcessRow row = ended({ExitStatus::Kind::Signalled, SIGTERM, false});
        QVERIFY(ProcessText::cause(row).contains(QLatin1String("Forkscope did not send it")));
        row.signalSent = SignalSent{row.process, SIGTERM, SignalReason::Timeout};
        QVERIFY(ProcessText::exitSentence(row).contains(QLatin1String("timeout had passed")));
        row.signalSent->reason = SignalReason::Person;
        QVERIFY(ProcessText::cause(row).contains(QLatin1String("this window")));
        row.signalSent->signal = SIGKILL; // not the one that ended it
        QVERIFY(ProcessText::cause(row).contains(QLatin1String("did not send")));
        row = ended({ExitStatus::Kind::Signalled, SIGKILL, false});
        row.perhapsOutOfMemory = true;
        QVERIFY(ProcessText::cause(row).contains(QLatin1String("lack of memory")));
        QVERIFY(ProcessText::cause(ended({ExitStatus::Kind::Signalled, SIGSEGV, false})).isEmpty());
    }

    void aShellStatusAbove128NamesTheSignal()
    {
        QVERIFY(ProcessText::exitSentence(ended({ExitStatus::Kind::Exited, 139, false})).contains(QLatin1String("SIGSEGV (11)")));
    }

    void aFailedStartSaysWhatWasTriedWhyAndWhatToDo()
    {
        const ProcessRow missing = notStarted(StartStage::Execute, ENOENT, "foo");
        QCOMPARE(ProcessText::exit(missing), QStringLiteral("not started: ENOENT (No such file or directory): foo"));
        QVERIFY(ProcessText::exitSentence(missing).contains(QLatin1String("PATH")));

        const ProcessRow script = notStarted(StartStage::Execute, ENOENT, "./run.sh", "/usr/bin/nopython");
        QVERIFY(ProcessText::exit(script).endsWith(QLatin1String("/usr/bin/nopython")));
        QVERIFY(ProcessText::exitSentence(script).contains(QLatin1String("Install the interpreter")));

        const ProcessRow directory = notStarted(StartStage::WorkingDirectory, ENOENT, "/nowhere");
        QVERIFY(ProcessText::exitSentence(directory).contains(QStringLiteral("working directory “/nowhere”")));

        const ProcessRow plain = notStarted(StartStage::Execute, EACCES, "./data.txt");
        QVERIFY(ProcessText::exitSentence(plain).contains(QLatin1String("chmod +x")));
        QCOMPARE(int(ProcessText::status(plain)), int(Status::NotStarted));
    }

    void aStopNamesWhatItReaches()
    {
        StoryTeller story;
        story.request(1, {"make"});
        story.start(1, 4711, 0, "make");
        story.start(1, 4712, 4711, "cc");
        story.start(1, 4713, 4711, "ld");
        ProcessTable table;
        table.advance(story.journal());
        const QList<ProcessKey> live = {StoryTeller::key(4711), StoryTeller::key(4712), StoryTeller::key(4713)};
        const ProcessListText text = processListText(table, live, {live[0]});
        QCOMPARE(text.who, QStringLiteral("make 4711 and 2 children"));
        QCOMPARE(text.lines.size(), 3);
        QVERIFY(text.lines[1].startsWith(QLatin1String("cc 4712")));
        QCOMPARE(processListText(table, {live[0], live[1]}, {live[0]}).who, QStringLiteral("make 4711 and 1 child"));
        QCOMPARE(processListText(table, {live[1]}, {live[0]}).who, QStringLiteral("1 child of a process that has ended"));
    }

    void detailsTellWhatIsKnownAndLeaveOutTheRest()
    {
        StoryTeller story;
        story.request(1, {"make", "two words"});
        story.start(1, 4711, 0, "make");
        story.start(1, 4712, 4711, "cc");
        story.exit(4712, SIGSEGV, ExitStatus::Kind::Signalled);
        ProcessTable table;
        table.advance(story.journal());
        const auto value = [&](int row, const QString &label, qint64 nowNs) {
            for (const DetailGroup &group : processDetails(table, row, nowNs)) {
                for (const DetailFact &fact : group.facts) {
                    if (fact.label == label)
                        return fact.value;
                }
            }
            return QString();
        };
        const qint64 started = table.row(0).startedNs;
        QCOMPARE(value(0, QStringLiteral("Working directory"), started), QStringLiteral("/tmp"));
        QCOMPARE(value(0, QStringLiteral("Duration"), started + 1'500'000'000), QStringLiteral("1.50 s"));
        QVERIFY(value(0, QStringLiteral("Duration"), -1).isNull()); // a closed recording does not know
        QVERIFY(value(0, QStringLiteral("Exit"), started).isNull());
        QVERIFY(value(0, QStringLiteral("Resident memory"), started).isNull()); // no sample came yet
        QCOMPARE(value(1, QStringLiteral("Forked by"), started), QStringLiteral("make 4711"));
        QVERIFY(value(1, QStringLiteral("Exit"), started).contains(QLatin1String("SIGSEGV (11)")));
    }

    void figuresHaveUnits()
    {
        QCOMPARE(durationText(1'240'000'000), QStringLiteral("1.24 s"));
        QCOMPARE(durationText(qint64(185) * 1'000'000'000), QStringLiteral("3 min 05 s"));
        QCOMPARE(durationText(4'200'000), QStringLiteral("4.2 ms"));
        QCOMPARE(durationText(qint64(7620) * 1'000'000'000), QStringLiteral("2 h 07 min"));
        QCOMPARE(bytesText(512), QStringLiteral("512 B"));
        QCOMPARE(bytesText(1024 * 1024 * 5 / 4), QStringLiteral("1.25 MiB"));
    }
};

QTEST_MAIN(ProcessTextTest)
#include "processtext_test.moc"
