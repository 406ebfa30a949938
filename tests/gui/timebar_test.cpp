// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/guitesting.h"
#include "tests/unit/timedrecording.h"

#include "core/output/lineindex.h"
#include "core/terminal/terminalscreen.h"
#include "ui/mainwindow.h"
#include "ui/monitor/details.h"
#include "ui/monitor/processmodel.h"
#include "ui/monitor/processview.h"
#include "ui/output/alloutputsearch.h"
#include "ui/output/outputpage.h"
#include "ui/output/outputstatus.h"
#include "ui/output/outputview.h"
#include "ui/output/searchbar.h"
#include "ui/recording/timebar.h"
#include "ui/recording/timetext.h"
#include "ui/recording/timetrack.h"
#include "ui/terminal/terminalpage.h"
#include "ui/terminal/terminalview.h"
#include "ui/window/statusline.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QTabWidget>
#include <QToolBar>
#include <QToolButton>
#include <QTreeView>

#include <random>

using namespace forkscope;

namespace {

constexpr qint64 kSecond = 1'000'000'000;
constexpr qint64 kStart = 1'700'000'000 * kSecond;

ProcessStarted started(int pid, int parent, quint32 launch, const QByteArray &name)
{
    ProcessStarted event;
    event.process = {pid, 1};
    event.ancestor = parent ? ProcessKey{parent, 1} : ProcessKey();
    event.launch = LaunchId(launch);
    event.name = name;
    event.arguments = {name};
    return event;
}

/// One hundred seconds: ten commands with a child each, which write, are sampled and end; and a terminal that counts.
TimedRecording story()
{
    TimedRecording recording(kStart);
    std::vector<ChannelId> outs;
    for (int i = 0; i < 10; ++i)
        outs.push_back(recording.open(ChannelKind::StandardOutput, quint32(i) + 1, {100 + i, 1}, "stdout"));
    const ChannelId terminal = recording.open(ChannelKind::Terminal, 11, {300, 1}, "terminal");
    recording.tell(started(300, 0, 11, "count"), kStart);
    recording.write(terminal, kStart, "\x1b[2J");
    for (int tenth = 1; tenth <= 1000; ++tenth) {
        const qint64 time = kStart + tenth * kSecond / 10;
        const int i = (tenth - 1) / 100;
        const ProcessKey root{100 + i, 1}, child{200 + i, 1};
        switch ((tenth - 1) % 100) {
        case 0:
            recording.tell(started(100 + i, 0, quint32(i) + 1, "make"), time);
            break;
        case 10:
            recording.tell(started(200 + i, 100 + i, quint32(i) + 1, "cc"), time);
            break;
        case 90:
            recording.tell(ProcessExited{child, {ExitStatus::Kind::Exited, 0, false}}, time);
            break;
        case 95:
            recording.tell(ProcessExited{root, {ExitStatus::Kind::Exited, i % 2, false}}, time);
            break;
        default:
            recording.write(outs[size_t(i)], time, "line " + QByteArray::number(tenth) + '\n');
            recording.tell(ProcessesSampled{{{child, 1, 'R', 1, tenth * 1'000'000LL, tenth, 10}}}, time);
            recording.write(terminal, time, "\x1b[Hcount " + QByteArray::number(tenth) + ' ');
        }
    }
    return recording;
}

QString treeText(const QAbstractItemModel &model, const QModelIndex &parent = {}, int depth = 0)
{
    QString text;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex index = model.index(row, 0, parent);
        text += QString(depth * 2, u' ');
        for (const int column :
            {ProcessModel::Name, ProcessModel::Pid, ProcessModel::State, ProcessModel::Memory, ProcessModel::Exit})
            text += index.siblingAtColumn(column).data().toString() + u'|';
        text += u'\n' + treeText(model, index, depth + 1);
    }
    return text;
}

struct Fixture {
    explicit Fixture(const TimedRecording &recording)
        : times(recording.times()), window(recording.save(home.file(QStringLiteral("t.pcapng"))))
    {
        window.resize(1280, 720);
        window.show();
        if (!QTest::qWaitForWindowExposed(&window))
            qFatal("the window was not shown");
        if (!QTest::qWaitFor([this] { return playback().timeline().position() == window.journal().recordCount(); }, 20'000))
            qFatal("the timeline did not get to the end");
        const Timeline &timeline = playback().timeline();
        const qint64 middle = timeline.firstNs() + (timeline.lastNs() - timeline.firstNs()) / 2;
        if (!QTest::qWaitFor([&] { return track()->xOf(middle) < track()->width() * 3 / 5; }, 20'000))
            qFatal("the track does not show the span");
        if (!QTest::qWaitFor([this] { return shown() > 0; }, 20'000))
            qFatal("no output was shown");
    }

    Playback &playback() { return *window.playback(); }
    TimeTrack *track() { return window.timeBar()->track(); }
    ProcessModel *model() { return const_cast<ProcessModel *>(&window.processes()); }
    quint64 shown() { return window.output()->view()->shownCount(); }
    quint64 recordsUntil(qint64 time) const
    {
        return quint64(std::upper_bound(times.begin(), times.end(), time) - times.begin());
    }

    TestHome home;
    std::vector<qint64> times;
    MainWindow window;
};

} // namespace

class TimeBarTest : public QObject
{
    Q_OBJECT

private slots:
    void atEveryMomentAllViewsShowWhatWasTrueThenForwardAndBackward()
    {
        Fixture f(story());
        const QAbstractItemModelTester tester(f.model(), QAbstractItemModelTester::FailureReportingMode::Fatal);
        const QAbstractItemModelTester filterTester(
            f.window.processView()->tree()->model(), QAbstractItemModelTester::FailureReportingMode::Fatal);
        QSignalSpy reset(f.model(), &QAbstractItemModel::modelReset);
        f.window.processView()->selectRow(f.window.processes().table().rowOf(LaunchId(11)));
        f.window.findChild<QTabWidget *>()->setCurrentWidget(f.window.terminal());
        f.window.output()->showLaunches({}, {}); // of all, whatever is selected
        const QString end = treeText(*f.model());
        const quint64 endLines = f.shown();
        const LineIndex index(f.window.journal());
        QTRY_COMPARE(index.position(), f.window.journal().recordCount());

        QList<int> seconds = {0, 1, 2, 30, 55, 99, 50, 10, 3};
        std::mt19937 random(5);
        for (int i = 0; i < 20; ++i)
            seconds.append(int(random() % 100));
        for (const int second : seconds) {
            const qint64 moment = kStart + second * kSecond + kSecond / 20;
            f.playback().seek(moment);
            const quint64 record = f.recordsUntil(moment);
            QCOMPARE(f.shown(), index.firstLineFrom(record));

            ProcessTable table;
            while (table.advance(f.window.journal(), 100'000, record).more) { }
            QTRY_COMPARE(f.window.processes().table().eventsFolded(), table.eventsFolded());
            ProcessModel truth(f.window.journal(), true);
            truth.showMoment({record, table}, moment);
            QCOMPARE(treeText(*f.model()), treeText(truth));
            QCOMPARE(f.window.statusLine()->processesText(),
                QStringLiteral("%1 running · %2 finished · %3 failed")
                    .arg(table.runningCount())
                    .arg(table.finishedCount())
                    .arg(table.failedCount()));

            TerminalScreen screen(80, 24);
            for (quint64 n = 0; n < record; ++n)
                if (const auto read = f.window.journal().read(n); read && read->channel == ChannelId(10))
                    screen.write(read->bytes);
            QTRY_VERIFY2(f.window.terminal()->view()->visibleText().trimmed().startsWith(
                             textOf(screen.line(screen.scrollbackCount())).trimmed()),
                qPrintable(f.window.terminal()->view()->visibleText().trimmed()));
        }
        f.playback().seekEnd();
        QCOMPARE(treeText(*f.model()), end);
        QCOMPARE(f.shown(), endLines);
        QVERIFY(reset.isEmpty());
    }

    void detailsAreThoseOfTheMomentAndTheSelectionComesBackWhenItIsBorn()
    {
        Fixture f(story());
        const int row = f.window.processes().table().rowOf(ProcessKey{205, 1});
        f.window.processView()->selectRow(row);
        QVERIFY(f.window.details()->toPlainText().contains(QStringLiteral("Exited with status 0")));
        const quint64 lines = 96; // of its command
        QTRY_COMPARE(f.shown(), lines);

        f.playback().seek(kStart + 55 * kSecond);
        QTRY_VERIFY(f.window.details()->toPlainText().contains(QStringLiteral("running")));
        QVERIFY(!f.window.details()->toPlainText().contains(QStringLiteral("Exited")));
        QVERIFY2(f.window.details()->toPlainText().contains(QStringLiteral("Resident memory")),
            qPrintable(f.window.details()->toPlainText()));
        QVERIFY(f.shown() > 0 && f.shown() < lines);

        f.playback().seek(kStart + 20 * kSecond); // it is not born yet
        QTRY_COMPARE(f.window.processView()->currentRow(), -1);
        QCOMPARE(f.shown(), 0u); // of its command, still
        f.playback().seek(kStart + 58 * kSecond);
        QTRY_COMPARE(f.window.processView()->currentRow(), row);
        f.playback().clear();
        QCOMPARE(f.shown(), lines);
    }

    void aLineThatGoesOnLaterIsShownAsFarAsItHadCome()
    {
        TimedRecording recording(kStart);
        const ChannelId out = recording.open(ChannelKind::StandardOutput, 1, {1, 1}, "stdout");
        recording.tell(started(1, 0, 1, "slow"), kStart);
        recording.write(out, kStart + kSecond, "begun ");
        recording.write(out, kStart + 5 * kSecond, "and ended\n");
        recording.write(out, kStart + 9 * kSecond, "last\n");
        Fixture f(recording);
        QTRY_COMPARE(f.shown(), 2u);
        f.playback().seek(kStart + 3 * kSecond);
        QCOMPARE(f.shown(), 1u);
        const LineIndex index(f.window.journal());
        QTRY_COMPARE(index.lineCount(), 2u);
        LineReader reader(index, f.playback().records().end);
        QCOMPARE(reader.read(0).bytes.toByteArray(), "begun ");
    }

    void playingGoesOnInProportionToTheTimeThatPassed()
    {
        Fixture f(story());
        f.playback().seek(kStart + 10 * kSecond);
        const quint64 from = f.playback().records().end;
        f.playback().setSpeed(2);
        for (int i = 0; i < 100; ++i)
            f.playback().step(kSecond / 50);
        QCOMPARE(*f.playback().moment(), kStart + 14 * kSecond);
        QCOMPARE(f.playback().records().end, f.recordsUntil(kStart + 14 * kSecond));
        QVERIFY(f.playback().records().end > from);
        f.playback().setSpeed(10);
        f.playback().step(kSecond);
        QCOMPARE(*f.playback().moment(), kStart + 24 * kSecond);
    }

    void playingRunsToTheEndAndStopsThere()
    {
        Fixture f(story());
        f.window.timeBar()->speedChoice()->setCurrentIndex(4);
        QCOMPARE(f.playback().speed(), 100.0);
        f.window.timeBar()->playButton()->click();
        QVERIFY(f.playback().isPlaying());
        QVERIFY(*f.playback().moment() < kStart + 10 * kSecond); // from the start
        QTRY_VERIFY(!f.playback().isPlaying());
        QVERIFY(f.playback().isAtEnd());
        QVERIFY(!f.window.processes().momentNs());
    }

    void playingStopsWhenNobodyLooks()
    {
        Fixture f(story());
        f.playback().play();
        f.window.hide();
        QVERIFY(!f.playback().isPlaying());
    }

    void idleTimeIsSkippedOnlyIfAskedFor()
    {
        TimedRecording recording(kStart);
        const ChannelId out = recording.open(ChannelKind::StandardOutput, 1, {1, 1}, "stdout");
        recording.write(out, kStart, "a\n");
        recording.write(out, kStart + 3600 * kSecond, "b\n");
        recording.write(out, kStart + 7200 * kSecond, "c\n");
        Fixture f(recording);
        f.playback().seek(kStart);
        f.playback().step(kSecond / 60);
        QCOMPARE(*f.playback().moment(), kStart + kSecond / 60);
        f.window.timeBar()->skipIdle()->click();
        f.playback().step(kSecond / 60);
        QCOMPARE(*f.playback().moment(), kStart + 3600 * kSecond);
        QCOMPARE(f.shown(), 2u);
    }

    void aRangeNarrowsEveryViewAndIsToldUntilItIsTakenAway()
    {
        Fixture f(story());
        const quint64 all = f.shown();
        AllOutputSearch *search = f.window.allOutputSearch();
        f.window.windowActions().findInAll->trigger();
        search->searchBar()->findChild<QLineEdit *>()->setText(QStringLiteral("line"));
        QTRY_VERIFY(search->results()->shownCount() > 700);
        const quint64 found = search->results()->shownCount();

        f.playback().setRange(kStart + 40 * kSecond, kStart + 20 * kSecond); // in either order
        const quint64 first = f.recordsUntil(kStart + 20 * kSecond - 1), end = f.recordsUntil(kStart + 40 * kSecond);
        QCOMPARE(f.playback().records(), (RecordRange{first, end}));
        QVERIFY(f.shown() > 0 && f.shown() < all);
        const auto *chip = f.window.output()->findChild<OutputStatus *>()->findChildren<QPushButton *>().at(1);
        QVERIFY(chip->isVisible());
        QVERIFY2(chip->text().contains(QLocale().toString(all - f.shown())), qPrintable(chip->text()));
        QVERIFY(search->results()->shownCount() < found / 2);
        // Of ten commands those remain that ran then.
        const auto treeHas
            = [&](const QString &pid) { return treeText(*f.window.processView()->tree()->model()).contains(u'|' + pid + u'|'); };
        QTRY_VERIFY(!treeHas(QStringLiteral("100")) && !treeHas(QStringLiteral("105")));
        QVERIFY(treeHas(QStringLiteral("102")));

        const_cast<QPushButton *>(chip)->click();
        QCOMPARE(f.shown(), all);
        QVERIFY(!chip->isVisible());
        QTRY_VERIFY(treeHas(QStringLiteral("100")));
        QCOMPARE(search->results()->shownCount(), found);
    }

    void aRangeIsTypedAsTimeOfDayOrSinceTheStart()
    {
        Fixture f(story());
        QTest::keyClick(f.window.output()->view(), Qt::Key_T, Qt::ControlModifier);
        TimeBar *bar = f.window.timeBar();
        QTRY_VERIFY(bar->fromEdit()->hasFocus());
        QTest::keyClicks(bar->fromEdit(), QStringLiteral("+20 s"));
        QTest::keyClick(bar->fromEdit(), Qt::Key_Return);
        QCOMPARE(*f.playback().fromNs(), kStart + 20 * kSecond);
        bar->untilEdit()->setFocus();
        QTest::keyClicks(bar->untilEdit(), momentInputText(kStart + 30 * kSecond, kStart));
        QTest::keyClick(bar->untilEdit(), Qt::Key_Return);
        QCOMPARE(*f.playback().untilNs(), kStart + 30 * kSecond);
        bar->untilEdit()->clear();
        QTest::keyClicks(bar->untilEdit(), QStringLiteral("noon"));
        QTest::keyClick(bar->untilEdit(), Qt::Key_Return);
        QVERIFY(bar->problem().startsWith(QStringLiteral("⚠")));
        QCOMPARE(*f.playback().untilNs(), kStart + 30 * kSecond);
    }

    void whatIsTypedIsReadBackAndTimesAreUnderstood()
    {
        const qint64 start = QDateTime(QDate(2026, 11, 25), QTime(23, 59, 50, 500)).toMSecsSinceEpoch() * 1'000'000;
        for (const qint64 since : {qint64(0), qint64(1), 250 * kSecond / 1000, 40 * kSecond, 86'400 * kSecond})
            QCOMPARE(parseMoment(momentInputText(start + since, start), start).value(), std::optional(start + since));
        QCOMPARE(parseMoment(QStringLiteral("00:00:05"), start).value(), std::optional(start + 14'500'000'000));
        QCOMPARE(parseMoment(QStringLiteral("+3.5s"), start).value(), std::optional(start + 3'500'000'000));
        QVERIFY(!parseMoment(QString(), start).value());
        for (const char *wrong : {"24:00:00", "14", "14:3:10", "+", "+soon", "2026-13-01 10:00", "14:03:10pm"})
            QVERIFY2(!parseMoment(QLatin1String(wrong), start), wrong);
    }

    void onlyFromALineOnOrUntilItIsChosenInItsMenu()
    {
        Fixture f(story());
        const quint64 all = f.shown();
        OutputView *view = f.window.output()->view();
        view->setFollow(false);
        const auto choose = [&](const QString &text, int row) {
            emit view->menuRequested(view->viewport()->mapToGlobal(QPoint(200, row * view->rowHeight() + 3)));
            QMenu *menu = nullptr;
            QTRY_VERIFY((menu = f.window.output()->findChild<QMenu *>(QString(), Qt::FindDirectChildrenOnly)));
            for (QAction *action : menu->actions())
                if (action->text() == text)
                    action->trigger();
            delete menu;
        };
        const quint64 line = *view->lineUnder(QPoint(200, 5 * view->rowHeight() + 3));
        choose(QStringLiteral("Only from this line on"), 5);
        QCOMPARE(view->shownRange().firstLine, line);
        QVERIFY(f.shown() < all);
        const quint64 last = *view->lineUnder(QPoint(200, 3 * view->rowHeight() + 3));
        choose(QStringLiteral("Only until this line"), 3);
        QCOMPARE(view->shownRange().lastLine, last);
    }

    void theTrackIsUsedByKeyboard()
    {
        Fixture f(story());
        f.track()->setFocus();
        const auto moment = [&] { return (*f.playback().moment() - kStart) / 1'000'000; }; // ms
        QTest::keyClick(f.track(), Qt::Key_Home);
        QCOMPARE(moment(), 0);
        QTest::keyClick(f.track(), Qt::Key_Right);
        QCOMPARE(moment(), 500);
        QTest::keyClick(f.track(), Qt::Key_PageDown);
        QCOMPARE(moment(), 5500);
        QTest::keyClick(f.track(), Qt::Key_Left);
        QTest::keyClick(f.track(), Qt::Key_PageUp);
        QCOMPARE(moment(), 0);
        QTest::keyClick(f.track(), Qt::Key_PageDown);
        QTest::keyClick(f.track(), Qt::Key_BracketLeft);
        QTest::keyClick(f.track(), Qt::Key_PageDown);
        QTest::keyClick(f.track(), Qt::Key_BracketRight);
        QCOMPARE(*f.playback().fromNs(), kStart + 5 * kSecond);
        QCOMPARE(*f.playback().untilNs(), kStart + 10 * kSecond);
        QTest::keyClick(f.track(), Qt::Key_Escape);
        QVERIFY(!f.playback().fromNs() && !f.playback().untilNs());
        QTest::keyClick(f.track(), Qt::Key_Space);
        QVERIFY(f.playback().isPlaying());
        QTest::keyClick(f.track(), Qt::Key_Space);
        QVERIFY(!f.playback().isPlaying());
        QTest::keyClick(f.track(), Qt::Key_End);
        QVERIFY(f.playback().isAtEnd());
        for (QWidget *widget : f.window.timeBar()->findChildren<QWidget *>())
            if (widget->focusPolicy() & Qt::TabFocus && widget->isVisible())
                QVERIFY2(!widget->accessibleName().isEmpty() || !widget->property("text").toString().isEmpty(),
                    widget->metaObject()->className());
    }

    void theTrackIsUsedByMouse()
    {
        Fixture f(story());
        const auto at = [&](int second) { return QPoint(f.track()->xOf(kStart + second * kSecond), 30); };
        QTest::mouseClick(f.track(), Qt::LeftButton, {}, at(50));
        QVERIFY(std::abs(*f.playback().moment() - kStart - 50 * kSecond) < kSecond);
        QTest::mousePress(f.track(), Qt::LeftButton, Qt::ShiftModifier, at(20));
        QTest::mouseMove(f.track(), at(25));
        QTest::mouseMove(f.track(), at(30));
        QTest::mouseRelease(f.track(), Qt::LeftButton, Qt::ShiftModifier, at(30));
        QVERIFY(std::abs(*f.playback().fromNs() - kStart - 20 * kSecond) < kSecond);
        QVERIFY(std::abs(*f.playback().untilNs() - kStart - 30 * kSecond) < kSecond);
        QVERIFY(f.track()->toolTipAt(at(10).x()).contains(QStringLiteral("of output")));
    }

    void whatWasGivenUpIsToldByEveryView()
    {
        TestHome home;
        const QString path = home.file(QStringLiteral("full.pcapng"));
        {
            auto writer = std::move(JournalWriter::create(path, {JournalWriter::kMinimumSizeLimit})).value();
            const ProcessKey process{10, 1};
            writer->append(started(10, 0, 1, "flood"));
            const ChannelId out
                = writer->openChannel({ChannelId::None, ChannelKind::Terminal, LaunchId(1), process, "terminal flood"});
            const QByteArray bytes = QByteArray(999, 'x') + '\n';
            for (int i = 0; i < 60'000; ++i) {
                writer->append(out, bytes);
                if (i % 1000 == 0)
                    writer->append(ProcessesSampled{{{process, 1, 'R', 1, 5'000'000, 7, 10}}});
            }
            QVERIFY(writer->close());
        }
        auto opened = Journal::open(path);
        QVERIFY(opened);
        MainWindow window(std::move(opened).value());
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        Playback &playback = *window.playback();
        QTRY_COMPARE(playback.timeline().position(), window.journal().recordCount());
        const auto kept = playback.timeline().keptFromNs();
        QVERIFY(kept);
        QTRY_VERIFY(window.timeBar()->track()->toolTipAt(7).contains(QStringLiteral("given up")));

        window.processView()->selectRow(0);
        window.findChild<QTabWidget *>()->setCurrentWidget(window.terminal());
        QTRY_VERIFY(window.terminal()->hint()->text().contains(QStringLiteral("were given up")));
        playback.seek((playback.startNs() + *kept) / 2);
        QTRY_VERIFY2(
            window.details()->toPlainText().contains(QStringLiteral("given up")), qPrintable(window.details()->toPlainText()));
        const QList<QLabel *> labels = window.processView()->findChildren<QLabel *>();
        QVERIFY(std::any_of(labels.begin(), labels.end(),
            [](const QLabel *label) { return label->isVisible() && label->text().contains(QStringLiteral("given up")); }));
        playback.clear();
        window.allOutputSearch()->searchBar()->findChild<QLineEdit *>()->setText(QStringLiteral("no such text"));
        const QList<QLabel *> told = window.allOutputSearch()->searchBar()->findChildren<QLabel *>();
        QTRY_VERIFY(std::any_of(told.begin(), told.end(),
            [](const QLabel *label) { return label->text().contains(QStringLiteral("cannot be found")); }));
    }

    void aLiveSessionHasTheBarIfAskedForAndGoesOnBehindTheMoment()
    {
        TestHome home;
        MainWindow window(std::move(Session::create()).value());
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        QVERIFY(!window.timeBar()->isVisible());
        LaunchSpec spec;
        const QString sign = home.file(QStringLiteral("sign"));
        spec.arguments
            = {"sh", "-c", "echo one; until [ -e \"$0\" ]; do sleep 0.05; done; echo two; read line", QFile::encodeName(sign)};
        window.launch(spec);
        QTRY_COMPARE(window.output()->view()->shownCount(), 1u);
        window.findChild<QToolBar *>(QStringLiteral("liveTimeBar"))->toggleViewAction()->trigger();
        QTRY_VERIFY(window.timeBar()->isVisible());
        QTRY_COMPARE(window.playback()->timeline().position(), window.journal().recordCount());
        window.playback()->seek(window.playback()->timeline().lastNs() + 1);
        QVERIFY(!window.playback()->isAtEnd());
        QTRY_VERIFY(window.processes().momentNs());
        QVERIFY(!window.windowActions().stop->isEnabled());

        const LineIndex index(window.journal());
        QVERIFY(QFile(sign).open(QIODevice::WriteOnly));
        QTRY_COMPARE(index.lineCount(), 2u);
        QCOMPARE(window.output()->view()->shownCount(), 1u); // the other came later
        // A range that begins later is empty until then.
        window.playback()->clear();
        QTRY_COMPARE(window.output()->view()->shownCount(), 2u);
        window.playback()->setRange(window.playback()->endNs() + kSecond / 5, std::nullopt);
        QTRY_COMPARE(window.output()->view()->shownCount(), 0u);
        window.launch(spec);
        QVERIFY(!window.playback()->fromNs()); // what is launched is to be seen
        QTRY_COMPARE(window.output()->view()->shownCount(), 2u);
        QTRY_VERIFY(window.windowActions().stop->isEnabled());
    }
};

QTEST_MAIN(TimeBarTest)
#include "timebar_test.moc"
