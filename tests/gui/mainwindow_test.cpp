// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/guitesting.h"
#include "ui/launch/examplespage.h"
#include "ui/launch/inputbar.h"
#include "ui/launch/launchbar.h"
#include "ui/launch/launchline.h"
#include "ui/mainwindow.h"
#include "ui/monitor/details.h"
#include "ui/monitor/processmodel.h"
#include "ui/monitor/processview.h"
#include "ui/monitor/stopdialog.h"
#include "ui/widgets/settings.h"
#include "ui/window/closequestion.h"
#include "ui/window/commandpalette.h"
#include "ui/window/recordingnotice.h"
#include "ui/window/statusline.h"

#include <QDockWidget>
#include <QFileDialog>
#include <QLineEdit>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QTemporaryDir>
#include <QToolBar>
#include <QToolButton>

#include <sys/stat.h>

#include <cerrno>
#include <csignal>

using namespace forkscope;

namespace {

std::unique_ptr<MainWindow> liveWindow()
{
    auto session = Session::create();
    if (!session)
        qFatal("no session: %s", qPrintable(errorText(session.error())));
    auto window = std::make_unique<MainWindow>(std::move(session).value());
    window->show();
    return window;
}

const ProcessRow &row(const MainWindow &window, LaunchId launch)
{
    return window.processes().table().row(window.processes().table().rowOf(launch));
}

bool ended(const MainWindow &window, LaunchId launch)
{
    const int number = window.processes().table().rowOf(launch);
    return number >= 0 && (row(window, launch).exit || row(window, launch).failure);
}

int runningProcesses(const MainWindow &window)
{
    const ProcessTable &table = window.processes().table();
    int count = 0;
    for (int i = 0; i < table.rowCount(); ++i)
        count += table.row(i).isRunning() ? 1 : 0;
    return count;
}

LaunchId run(MainWindow &window, const QString &line)
{
    const auto spec = launchSpecOf(line, QDir::tempPath());
    return window.launch(spec.value());
}

/// What came on the standard output of a launch.
QByteArray output(const Journal &journal, LaunchId launch)
{
    QByteArray bytes;
    for (quint32 channel = 0; channel < journal.channelCount(); ++channel) {
        const ChannelInfo info = journal.channel(ChannelId(channel));
        if (info.launch != launch || info.kind != ChannelKind::StandardOutput)
            continue;
        for (quint64 i = 0; i < journal.channelRecordCount(info.id); ++i)
            bytes += journal.read(journal.channelRecord(info.id, i))->bytes.toByteArray();
    }
    return bytes;
}

} // namespace

class MainWindowTest : public QObject
{
    Q_OBJECT

private:
    TestHome m_home;

private slots:
    void init() { Settings().clear(); }

    void theFirstRunHasTheFocusInTheLaunchBarAndOffersExamples()
    {
        auto window = liveWindow();
        QVERIFY(QTest::qWaitForWindowActive(window.get()));
        QVERIFY(window->launchBar()->line()->hasFocus());
        auto *examples = window->findChild<ExamplesPage *>();
        QVERIFY(examples->isVisible());
        QCOMPARE(examples->findChildren<QPushButton *>().size(), launchExamples().size());
    }

    void theFailingExampleShowsBothItsFailures()
    {
        auto window = liveWindow();
        window->findChild<ExamplesPage *>()->findChildren<QPushButton *>().last()->click();
        QTRY_VERIFY(ended(*window, LaunchId(1)) && ended(*window, LaunchId(2)));
        QCOMPARE(row(*window, LaunchId(1)).exit->kind, ExitStatus::Kind::Signalled);
        QCOMPARE(row(*window, LaunchId(1)).exit->value, SIGSEGV);
        QCOMPARE(row(*window, LaunchId(2)).failure->systemError, ENOENT);
    }

    void aLaunchedCommandIsSelectedAndItsDetailsAreShown()
    {
        auto window = liveWindow();
        window->launchBar()->run(QStringLiteral("sh -c 'exit 7'"));
        QTRY_VERIFY(ended(*window, LaunchId(1)));
        QCOMPARE(window->processView()->currentRow(), window->processes().table().rowOf(LaunchId(1)));
        QTRY_VERIFY(window->details()->toPlainText().contains(QLatin1String("Exited with status 7")));
        QCOMPARE(window->statusLine()->processesText(), QStringLiteral("0 running · 0 finished · 1 failed"));
    }

    void aRecordingWhoseFileWasRemovedGoesOnInAnotherPlace()
    {
        auto window = liveWindow();
        auto *bar = window->findChild<QToolBar *>(QStringLiteral("recordingTrouble"));
        QVERIFY(!bar->isVisible());
        const LaunchId before = run(*window, QStringLiteral("echo before"));
        QTRY_COMPARE(output(window->journal(), before), "before\n");
        QVERIFY(QFile::remove(window->journal().path()));
        QTRY_VERIFY(bar->isVisible());

        QTemporaryDir dir;
        const QString place = dir.filePath(QStringLiteral("moved.pcapng"));
        bar->findChild<QPushButton *>()->click();
        auto *dialog = window->findChild<QFileDialog *>();
        QVERIFY(dialog);
        emit dialog->fileSelected(place);
        dialog->close();
        QTRY_VERIFY(!bar->isVisible());
        const LaunchId after = run(*window, QStringLiteral("echo after"));
        QTRY_COMPARE(output(window->journal(), after), "after\n");
        QTRY_VERIFY(ended(*window, after));
        window.reset();
        const auto moved = Journal::open(place); // stays when the window is gone
        QVERIFY(moved.ok());
        QTRY_COMPARE(output(*moved.value(), before), "before\n");
        QTRY_COMPARE(output(*moved.value(), after), "after\n");
    }

    void aHundredCommandsAtOnceEachTellTheTruth()
    {
        auto window = liveWindow();
        QList<LaunchId> missing, crashing, flooding, fine;
        for (int i = 0; i < 20; ++i) {
            missing.append(run(*window, QStringLiteral("forkscope-no-such-%1").arg(i)));
            crashing.append(
                run(*window, QStringLiteral("sh -c 'kill -%1 $$'").arg(i % 2 ? QStringLiteral("SEGV") : QStringLiteral("KILL"))));
            flooding.append(run(*window, QStringLiteral("head -c 300000 /dev/zero")));
            fine.append(run(*window, QStringLiteral("sh -c 'echo fine; exit 0'")));
            fine.append(run(*window, QStringLiteral("true")));
        }
        const auto &table = window->processes().table();
        QTRY_COMPARE_WITH_TIMEOUT(table.finishedCount() + table.failedCount() >= 100 && table.runningCount() == 0, true, 60'000);
        for (LaunchId launch : std::as_const(missing)) {
            QVERIFY(row(*window, launch).failure);
            QCOMPARE(row(*window, launch).failure->systemError, ENOENT);
        }
        for (int i = 0; i < 20; ++i) {
            const ProcessRow &crashed = row(*window, crashing[i]);
            QVERIFY(crashed.exit);
            QCOMPARE(crashed.exit->kind, ExitStatus::Kind::Signalled);
            QCOMPARE(crashed.exit->value, i % 2 ? SIGSEGV : SIGKILL);
        }
        for (LaunchId launch : std::as_const(fine))
            QVERIFY(row(*window, launch).exit && row(*window, launch).exit->success());
        for (LaunchId launch : std::as_const(flooding)) {
            QVERIFY(row(*window, launch).exit && row(*window, launch).exit->success());
            QTRY_COMPARE(output(window->journal(), launch).size(), 300'000);
        }
        QCOMPARE(window->processes().rowCount(), 100);
        QCOMPARE(window->statusLine()->droppedButton()->text(), QStringLiteral("0 dropped"));
    }

    void typedLinesReachTheCommandUntilTheEndOfInput()
    {
        auto window = liveWindow();
        const LaunchId cat = run(*window, QStringLiteral("cat"));
        QTRY_VERIFY(window->inputBar()->line()->isEnabled());
        QTest::keyClicks(window->inputBar()->line(), QStringLiteral("hello"));
        QTest::keyClick(window->inputBar()->line(), Qt::Key_Return);
        QTRY_COMPARE(output(window->journal(), cat), QByteArray("hello\n"));
        QTest::keyClick(window->inputBar()->line(), Qt::Key_D, Qt::ControlModifier);
        QTRY_VERIFY(ended(*window, cat));
        QVERIFY(row(*window, cat).exit->success());
        QTRY_VERIFY(!window->inputBar()->line()->isEnabled());
    }

    void runAgainLaunchesTheSameOnceMore()
    {
        auto window = liveWindow();
        run(*window, QStringLiteral("sh -c 'echo again'"));
        QTRY_VERIFY(ended(*window, LaunchId(1)));
        QTRY_COMPARE(window->processView()->currentRow(), 0);
        window->windowActions().runAgain->trigger();
        QTRY_VERIFY(ended(*window, LaunchId(2)));
        QTRY_COMPARE(output(window->journal(), LaunchId(2)), QByteArray("again\n"));
    }

    void stopNamesTheWholeTreeAndDoesNotStealEnter()
    {
        auto window = liveWindow();
        run(*window, QStringLiteral("sh -c 'sleep 100 & sleep 100 & wait'"));
        const auto &table = window->processes().table();
        QTRY_COMPARE(runningProcesses(*window), 3);
        QTRY_COMPARE(window->processView()->currentRow(), 0);
        QTRY_VERIFY(window->windowActions().stop->isEnabled());
        window->windowActions().stop->trigger();
        auto *dialog = window->findChild<StopDialog *>();
        QVERIFY(dialog);
        QCOMPARE(dialog->question(), QStringLiteral("Stop 3 processes: sh %1 and 2 children?").arg(table.row(0).process.pid));
        QTest::keyClick(dialog, Qt::Key_Return);
        QVERIFY(!dialog->isVisible());
        QCOMPARE(runningProcesses(*window), 3);
        window->windowActions().stop->trigger();
        QTRY_VERIFY(window->findChild<StopDialog *>() && window->findChild<StopDialog *>()->isVisible());
        window->findChild<StopDialog *>()->stopButton()->click();
        QTRY_COMPARE_WITH_TIMEOUT(runningProcesses(*window), 0, 10'000);
        QCOMPARE(table.row(0).exit->value, SIGTERM);
    }

    void aSignalFromTheMenuReachesTheSelectedProcess()
    {
        auto window = liveWindow();
        run(*window, QStringLiteral("sleep 100"));
        QTRY_VERIFY(window->windowActions().stop->isEnabled());
        for (QAction *action : window->windowActions().signalActions) {
            if (action->data().toInt() == SIGUSR1)
                action->trigger();
        }
        QTRY_VERIFY(ended(*window, LaunchId(1)));
        QCOMPARE(row(*window, LaunchId(1)).exit->value, SIGUSR1);
    }

    void closingWithChildrenAsksAndCancelKeepsAllAsItIs()
    {
        auto window = liveWindow();
        run(*window, QStringLiteral("sleep 100"));
        QTRY_COMPARE(window->processes().table().runningCount(), 1);
        QVERIFY(!window->close());
        auto *question = window->findChild<CloseQuestion *>();
        QVERIFY(question);
        QVERIFY(question->text().contains(QLatin1String("sleep ")));
        QTest::keyClick(question, Qt::Key_Escape);
        QVERIFY(window->isVisible());
        QTRY_VERIFY(!window->findChild<CloseQuestion *>());

        QVERIFY(!window->close());
        window->findChild<CloseQuestion *>()->stopButton()->click();
        QTRY_VERIFY_WITH_TIMEOUT(!window->isVisible(), 10'000);
    }

    void closingCanLeaveChildrenRunning()
    {
        auto window = liveWindow();
        run(*window, QStringLiteral("sleep 100"));
        QTRY_COMPARE(window->processes().table().runningCount(), 1);
        const qint32 pid = row(*window, LaunchId(1)).process.pid;
        QVERIFY(!window->close());
        window->findChild<CloseQuestion *>()->leaveButton()->click();
        QTRY_VERIFY(!window->isVisible());
        window.reset();
        QCOMPARE(::kill(pid, 0), 0);
        ::kill(pid, SIGKILL);
    }

    void closingSaysWhatBecomesOfPipesAndLeavesThem()
    {
        const QString gate = m_home.file(QStringLiteral("gate")), out = m_home.file(QStringLiteral("out"));
        QCOMPARE(::mkfifo(qPrintable(gate), 0600), 0);
        auto window = liveWindow();
        const QString line = QStringLiteral("cat <%1 | sed -u s/^/-/ >%2").arg(gate, out);
        window->launchPipeline(pipelineOf(line, QDir::tempPath()).value());
        QFile writer(gate);
        QVERIFY(writer.open(QIODevice::WriteOnly | QIODevice::Unbuffered)); // waits for cat
        QCOMPARE(writer.write("first\n"), 6);
        QFile result(out);
        QTRY_COMPARE(result.size(), 7);
        QTRY_COMPARE(window->processes().table().runningCount(), 2);
        QVERIFY(!window->close());
        auto *question = window->findChild<CloseQuestion *>();
        QVERIFY2(question->informativeText().contains(QStringLiteral("plain pipes")), qPrintable(question->informativeText()));
        question->leaveButton()->click();
        QTRY_VERIFY(!window->isVisible());
        window.reset();
        QCOMPARE(writer.write("later\n"), 6);
        writer.close();
        QTRY_COMPARE(result.size(), 14);
        QVERIFY(result.open(QIODevice::ReadOnly));
        QCOMPARE(result.readAll(), QByteArray("-first\n-later\n"));
    }

    void closingWithNothingRunningJustCloses()
    {
        auto window = liveWindow();
        run(*window, QStringLiteral("true"));
        QTRY_VERIFY(ended(*window, LaunchId(1)));
        QTRY_VERIFY(window->close());
    }

    void aSavedRecordingOpensReadOnlyInAWindowOfItsOwn()
    {
        auto window = liveWindow();
        run(*window, QStringLiteral("sh -c 'echo kept; exit 4'"));
        QTRY_VERIFY(ended(*window, LaunchId(1)));
        QSignalSpy saved(window.get(), &MainWindow::recordingSaved);
        window->saveRecording(m_home.file(QStringLiteral("kept.pcapng")));
        QTRY_COMPARE(saved.size(), 1);
        MainWindow *opened = nullptr;
        connect(window.get(), &MainWindow::recordingOpened, this, [&](MainWindow *other) { opened = other; });
        window->openRecording(m_home.file(QStringLiteral("kept.pcapng")));
        QTRY_VERIFY(opened);
        QVERIFY(!opened->launchBar());
        QVERIFY(opened->findChild<RecordingNotice *>()->text().contains(QLatin1String("kept.pcapng")));
        QCOMPARE(row(*opened, LaunchId(1)).exit->value, 4);
        QCOMPARE(output(opened->journal(), LaunchId(1)), QByteArray("kept\n"));
        opened->close();
    }

    void aRecordingThatIsDroppedOnTheWindowOpens()
    {
        auto window = liveWindow();
        QSignalSpy saved(window.get(), &MainWindow::recordingSaved);
        const QString path = m_home.file(QStringLiteral("dropped.pcapng"));
        window->saveRecording(path);
        QTRY_COMPARE(saved.size(), 1);
        QSignalSpy opened(window.get(), &MainWindow::recordingOpened);
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(path)});
        QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(window.get(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(QPointF(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(window.get(), &drop);
        QTRY_COMPARE(opened.size(), 1);
        opened[0][0].value<MainWindow *>()->close();
    }

    void aFileThatIsNoRecordingIsRefusedWithTheReason()
    {
        auto window = liveWindow();
        window->openRecording(QStringLiteral("/etc/hostname"));
        QTRY_VERIFY(window->findChild<QMessageBox *>());
        QVERIFY(window->findChild<QMessageBox *>()->text().contains(QLatin1String("/etc/hostname")));
    }

    void aTornRecordingSaysWhatWasCut()
    {
        OpenReport report;
        QVERIFY(openReportText(report).isEmpty());
        report.cutBytes = 2048;
        report.lostRecords = 3;
        report.lostBytes = 1024;
        QVERIFY(openReportText(report).contains(QLatin1String("2.00 KiB")));
        QVERIFY(openReportText(report).contains(QLatin1String("dropped")));
    }

    void theLayoutIsRememberedAndGarbageFallsBackToTheDefault()
    {
        {
            auto window = liveWindow();
            window->findChild<QDockWidget *>(QStringLiteral("details"))->hide();
            window->close();
        }
        {
            auto window = liveWindow();
            QVERIFY(!window->findChild<QDockWidget *>(QStringLiteral("details"))->isVisible());
            window->windowActions().restoreLayout->trigger();
            QVERIFY(window->findChild<QDockWidget *>(QStringLiteral("details"))->isVisible());
        }
        Settings().setValue(QStringLiteral("window/state"), QByteArray("garbage"));
        Settings().setValue(QStringLiteral("window/geometry"), QByteArray("garbage"));
        Settings().setValue(QStringLiteral("window/processColumns"), QByteArray("garbage"));
        auto window = liveWindow();
        QVERIFY(window->findChild<QDockWidget *>(QStringLiteral("details"))->isVisible());
        const QSize room = window->screen()->availableSize() - QSize(8, 40); // that a frame leaves
        QCOMPARE(window->size(), QSize(1280, 720).boundedTo(room));
    }

    void thePaletteFindsActionsAndProcesses()
    {
        auto window = liveWindow();
        run(*window, QStringLiteral("true"));
        run(*window, QStringLiteral("false"));
        QTRY_VERIFY(ended(*window, LaunchId(1)) && ended(*window, LaunchId(2)));
        QVERIFY(QTest::qWaitForWindowActive(window.get()));
        window->launchBar()->focusLine();
        QTest::keyClick(window->launchBar()->line(), Qt::Key_K, Qt::ControlModifier); // not “delete to the end of the line”
        auto *palette = window->findChild<CommandPalette *>();
        QVERIFY(palette);
        QVERIFY(palette->shownTexts().contains(QStringLiteral("Theme: Dark")));
        palette->input()->setText(QStringLiteral("true %1").arg(row(*window, LaunchId(1)).process.pid));
        QCOMPARE(palette->shownTexts().size(), 1);
        QTest::keyClick(palette->input(), Qt::Key_Return);
        QCOMPARE(window->processView()->currentRow(), window->processes().table().rowOf(LaunchId(1)));
    }

    void everyFocusableControlHasAName()
    {
        auto window = liveWindow();
        run(*window, QStringLiteral("true"));
        QTRY_VERIFY(ended(*window, LaunchId(1)));
        for (const QWidget *widget : window->findChildren<QWidget *>()) {
            if (!widget->isVisible() || !(widget->focusPolicy() & Qt::TabFocus)
                || widget->objectName().startsWith(QLatin1String("qt_")))
                continue;
            const auto *button = qobject_cast<const QAbstractButton *>(widget);
            const bool named = !widget->accessibleName().isEmpty() || (button && !button->text().isEmpty());
            QVERIFY2(named,
                qPrintable(QString::fromLatin1(widget->metaObject()->className()) + QLatin1Char(' ') + widget->objectName()));
        }
    }
};

QTEST_MAIN(MainWindowTest)
#include "mainwindow_test.moc"
