// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pool/poolview.h"

#include "core/export/exportrecording.h"
#include "tests/gui/guitesting.h"
#include "tests/gui/stallmeter.h"
#include "tests/patience.h"
#include "tests/poolstory.h"
#include "ui/mainwindow.h"
#include "ui/monitor/details.h"
#include "ui/output/outputpage.h"
#include "ui/output/outputpanes.h"
#include "ui/output/outputtoolbar.h"
#include "ui/output/outputview.h"
#include "ui/pool/poollanes.h"
#include "ui/pool/poolnumbers.h"
#include "ui/pool/taskdetails.h"
#include "ui/pool/tasklist.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QBuffer>
#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTabWidget>
#include <QTableView>

#include <thread>

using namespace forkscope;
using pool::TaskSpec;
using pool::TaskStage;

namespace {

bool caughtUp(PoolView &view)
{
    return QTest::qWaitFor(
        [&] {
            while (view.advance()) { }
            return view.history().isCaughtUp();
        },
        60'000);
}

TaskSpec command(const QByteArrayList &arguments)
{
    LaunchSpec launch;
    launch.arguments = arguments;
    return TaskSpec::ofCommand(launch);
}

/// Five commands: done, failed, killed, running, waiting.
void tell(PoolStory &story)
{
    story.open("story", 2);
    QList<TaskSpec> tasks;
    for (int i = 0; i < 5; ++i)
        tasks.append(command({"convert", "photo " + QByteArray::number(i) + ".jpg"}));
    story.queue(tasks);
    TaskEnd failed = story.ended(1, 1, 1, 3, TaskEnding::Failed);
    failed.status = {ExitStatus::Kind::Exited, 3, false};
    TaskEnd killed = story.ended(2, 0, 2, 4, TaskEnding::WorkerLost);
    killed.status = {ExitStatus::Kind::Signalled, 9, false};
    killed.detail = "its worker was killed";
    story.end({story.ended(0, 0, 1, 2), failed, killed});
    story.begin(3, 0, 4);
}

QStringList column(TaskModel *model, int column)
{
    QStringList texts;
    for (int i = 0; i < model->rowCount(); ++i)
        texts.append(model->index(i, column).data().toString());
    return texts;
}

} // namespace

class PoolViewTest : public QObject
{
    Q_OBJECT

private:
    TestHome m_home;

private slots:
    void aRecordingShowsItsPool()
    {
        PoolStory story;
        PoolView view(story.journal(), nullptr);
        QSignalSpy appeared(&view, &PoolView::poolAppeared);
        QVERIFY(caughtUp(view));
        QVERIFY(!view.hasPools());
        tell(story);
        view.show();
        QVERIFY(caughtUp(view));
        QCOMPARE(appeared.size(), 1);
        QCOMPARE(view.current(), PoolId(1));
        QVERIFY2(view.stateText().contains(QStringLiteral("1 running · 1 waiting · 1 done · 1 failed · 1 with a lost worker")),
            qPrintable(view.stateText()));
        QVERIFY(!view.controls());
        QVERIFY(view.resumeButton()->isVisibleTo(&view));
        QVERIFY(view.resumeButton()->text().contains(QLatin1String("2")));
    }

    void theSelectedTaskIsTheSameEverywhere()
    {
        PoolStory story;
        tell(story);
        PoolView view(story.journal(), nullptr);
        view.resize(900, 700);
        view.show();
        QVERIFY(caughtUp(view));
        view.tabs()->setCurrentWidget(view.list());
        view.list()->view()->selectRow(2);
        QCOMPARE(view.lanes()->selected(), std::optional<quint64>(2));
        view.tabs()->setCurrentWidget(view.details());
        const QString facts = view.details()->facts()->toPlainText();
        for (const char *expected :
            {"convert 'photo 2.jpg'", "worker lost", "SIGKILL (9)", "its worker was killed", "2.00 s", "100"})
            QVERIFY2(facts.contains(QLatin1String(expected)), qPrintable(facts));
        emit view.lanes()->taskSelected(1);
        QCOMPARE(view.list()->selected(), QList<quint64>({1}));
        QVERIFY(view.details()->facts()->toPlainText().contains(QLatin1String("exit status 3")));
    }

    void theOutputOfACommandIsShownInItsOrder()
    {
        PoolStory story;
        tell(story);
        const auto channel = [&](ChannelKind kind, const char *name) {
            return story.writer().openChannel({ChannelId::None, kind, LaunchId::None, PoolStory::process(101), name});
        };
        const ChannelId out = channel(ChannelKind::StandardOutput, "stdout task 1 convert(101)");
        const ChannelId err = channel(ChannelKind::StandardError, "stderr task 1 convert(101)");
        story.writer().append(out, "reading\n");
        story.writer().append(err, "no such file\n");
        story.writer().append(out, "giving up\n");
        PoolView view(story.journal(), nullptr);
        view.show();
        QVERIFY(caughtUp(view));
        emit view.lanes()->taskSelected(1);
        QCOMPARE(view.details()->output()->toPlainText(), QStringLiteral("reading\nno such file\ngiving up\n"));
        QSignalSpy wanted(&view, &PoolView::outputRequested);
        view.details()->findChild<QPushButton *>()->click();
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(story.journal().read(wanted.first().first().toULongLong())->bytes.toByteArray(), QByteArray("reading\n"));
        emit view.lanes()->taskSelected(0);
        QVERIFY(view.details()->output()->toPlainText().isEmpty());
    }

    void whatTasksWroteIsInTheOutputAndInExportsButHasNoPane()
    {
        PoolStory story;
        tell(story);
        const ChannelId channel = story.writer().openChannel({ChannelId::None, ChannelKind::StandardOutput, LaunchId::None,
            PoolStory::process(101), "stdout task 1 convert(101)"});
        story.writer().append(channel, "reading\n");
        QTemporaryDir dir;
        QVERIFY(writeCompactRecording(story.journal(), dir.filePath(QStringLiteral("r.pcapng"))).ok());
        auto recording = Journal::open(dir.filePath(QStringLiteral("r.pcapng")));
        QVERIFY(recording.ok());
        MainWindow window(std::move(recording).value());
        window.show();
        QTRY_COMPARE(window.output()->view()->shownCount(), quint64(1));
        QVERIFY(window.output()->panes()->shown().size() == 1);
        auto *tabs = window.findChild<QTabWidget *>();
        QTRY_COMPARE(tabs->count(), 2); // Output, Pool
        QCOMPARE(tabs->currentIndex(), 0); // of a recording, nothing is put in front
        emit window.pools()->outputRequested(story.journal().channelRecord(channel, 0));
        window.output()->toolBar()->sideBySide->trigger();
        window.output()->updateLaunches();
        QCOMPARE(window.output()->panes()->shown().size(), qsizetype(1));
        for (const ExportFormat format :
            {ExportFormat::Text, ExportFormat::JsonLines, ExportFormat::Csv, ExportFormat::Raw, ExportFormat::Perfetto}) {
            QBuffer sink;
            sink.open(QIODevice::WriteOnly);
            const auto exported = exportRecording(window.journal(), {.format = format, .channels = QList{channel}}, sink);
            QVERIFY(exported.ok());
            if (format != ExportFormat::Perfetto) // which has counters, no text
                QVERIFY2(sink.data().contains("reading"), sink.data().constData());
        }
    }

    void theListFiltersByStateAndTextAndSorts()
    {
        PoolStory story;
        tell(story);
        PoolView view(story.journal(), nullptr);
        view.show();
        view.tabs()->setCurrentWidget(view.list());
        TaskModel *model = view.list()->model();
        const QAbstractItemModelTester tester(model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        QVERIFY(caughtUp(view));
        QCOMPARE(model->rowCount(), 5);
        QCOMPARE(column(model, TaskModel::Stage),
            QStringList({QStringLiteral("done"), QStringLiteral("failed"), QStringLiteral("worker lost"),
                QStringLiteral("running"), QStringLiteral("waiting")}));
        view.list()->view()->selectRow(2);

        view.list()->stageBox()->setCurrentIndex(1); // without success
        QTRY_COMPARE(column(model, TaskModel::Number), QStringList({QStringLiteral("1"), QStringLiteral("2")}));
        QCOMPARE(view.list()->selected(), QList<quint64>({2})); // still
        view.list()->filterEdit()->setText(QStringLiteral("PHOTO 1"));
        QTRY_COMPARE(column(model, TaskModel::Number), QStringList({QStringLiteral("1")}));
        QCOMPARE(column(model, TaskModel::Reason), QStringList({QStringLiteral("exit status 3")}));
        view.list()->filterEdit()->clear();
        view.list()->stageBox()->setCurrentIndex(0);
        QTRY_COMPARE(model->rowCount(), 5);

        view.list()->view()->sortByColumn(TaskModel::Ran, Qt::DescendingOrder);
        QTRY_COMPARE(column(model, TaskModel::Ran).constLast(), QString()); // what never ran comes last
        QCOMPARE(model->rowCount(), 5);
        // What comes later finds its place.
        story.end({story.ended(3, 0, 4, 400)});
        QVERIFY(caughtUp(view));
        QTRY_VERIFY((view.advance(), view.list()->refresh(story.at(500)),
            column(model, TaskModel::Number).constFirst() == QLatin1String("3")));
        view.list()->view()->sortByColumn(TaskModel::Number, Qt::AscendingOrder);
        QTRY_COMPARE(column(model, TaskModel::Number).constFirst(), QStringLiteral("0"));
    }

    void theFiguresAreShown()
    {
        PoolStory story;
        tell(story);
        PoolView view(story.journal(), nullptr);
        view.show();
        QVERIFY(caughtUp(view));
        view.tabs()->setCurrentWidget(view.numbers());
        QTRY_VERIFY(!view.numbers()->values().constFirst().isEmpty());
        QVERIFY(view.numbers()->values()[3].contains(QLatin1Char('%')));
    }

    void anotherPoolIsChosenAndShown()
    {
        PoolStory story;
        tell(story);
        story.tell(PoolOpened{PoolId(2), "second"});
        PoolView view(story.journal(), nullptr);
        view.show();
        QVERIFY(caughtUp(view));
        view.showPool(PoolId(2));
        QCOMPARE(view.current(), PoolId(2));
        QVERIFY(!view.resumeButton()->isVisibleTo(&view));
        view.showPool(PoolId(3)); // not told of yet
        story.tell(PoolOpened{PoolId(3), "third"});
        QVERIFY(caughtUp(view));
        QCOMPARE(view.current(), PoolId(3));
    }

    void aHundredThousandTasksComeAndEndWithoutStalls()
    {
        PoolStory story;
        constexpr int kTasks = 100'000, kLanes = 8;
        story.open("flood", kLanes);
        PoolView view(story.journal(), nullptr);
        view.resize(1000, 700);
        view.show();
        view.tabs()->setCurrentWidget(view.list());
        QTimer tick;
        connect(&tick, &QTimer::timeout, &view, [&view] { view.advance(); });
        tick.start(16);
        std::thread source([&story] {
            for (int next = 0; next < kTasks; next += 1000) {
                story.queueCalls(1000);
                QList<TaskEnd> ends;
                for (int i = next; i < next + 1000; ++i)
                    ends.append(story.ended(quint64(i), i % kLanes, 1 + i * 1e-4, 1 + (i + 7) * 1e-4));
                story.end(ends);
            }
        });
        StallMeter meter;
        const bool through
            = meter.runUntil([&] { return view.list()->model()->rowCount() == kTasks && view.history().isCaughtUp(); }, 60'000);
        meter.stop();
        source.join();
        QVERIFY(through);
        qInfo("100,000 tasks: %zu turns of the event loop, 99 %% within %.1f ms, the longest %.1f ms", meter.turns(),
            meter.percentileMs(0.99), meter.worstMs());
        QVERIFY2(meter.percentileMs(0.95) < 100 * kSlack, qPrintable(QString::number(meter.percentileMs(0.95))));
    }
};

QTEST_MAIN(PoolViewTest)
#include "poolview_test.moc"
