// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/timebartesting.h"

#include "core/output/lineindex.h"
#include "ui/recording/timetext.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QMenu>
#include <QToolBar>
#include <QToolButton>

using namespace forkscope;

class TimeBarTest : public QObject
{
    Q_OBJECT

private slots:
    void playingGoesOnInProportionToTheTimeThatPassed()
    {
        TimeFixture f(story());
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
        TimeFixture f(story());
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
        TimeFixture f(story());
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
        TimeFixture f(recording);
        f.playback().seek(kStart);
        f.playback().step(kSecond / 60);
        QCOMPARE(*f.playback().moment(), kStart + kSecond / 60);
        f.window.timeBar()->skipIdle()->click();
        f.playback().step(kSecond / 60);
        QCOMPARE(*f.playback().moment(), kStart + 3600 * kSecond);
        QCOMPARE(f.shown(), 2u);
    }

    void aRangeIsTypedAsTimeOfDayOrSinceTheStart()
    {
        TimeFixture f(story());
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
        bar->untilEdit()->selectAll();
        QTest::keyClicks(bar->untilEdit(), QStringLiteral("noon"));
        QTest::keyClick(bar->untilEdit(), Qt::Key_Return);
        QVERIFY(bar->problem().startsWith(QStringLiteral("⚠")));
        QCOMPARE(*f.playback().untilNs(), kStart + 30 * kSecond);
        bar->untilEdit()->selectAll();
        QTest::keyClick(bar->untilEdit(), Qt::Key_Backspace);
        QVERIFY(!f.playback().untilNs() && f.playback().fromNs());
        QVERIFY(bar->problem().isEmpty());
    }

    void whatIsTypedIsReadBackAndTimesAreUnderstood()
    {
        const qint64 start = QDateTime(QDate(2026, 11, 25), QTime(23, 59, 50, 500)).toMSecsSinceEpoch() * 1'000'000;
        for (const qint64 since : {qint64(0), kSecond / 1000, kSecond / 4, 40 * kSecond, 86'400 * kSecond})
            QCOMPARE(parseMoment(momentInputText(start + since, start), start).value(), std::optional(start + since));
        QCOMPARE(parseMoment(QStringLiteral("00:00:05"), start).value(), std::optional(start + 14'500'000'000));
        QCOMPARE(parseMoment(QStringLiteral("+3.5s"), start).value(), std::optional(start + 3'500'000'000));
        QVERIFY(!parseMoment(QString(), start).value());
        for (const char *wrong : {"24:00:00", "14", "14:3:10", "+", "+soon", "2026-13-01 10:00", "14:03:10pm"})
            QVERIFY2(!parseMoment(QLatin1String(wrong), start), wrong);
    }

    void onlyFromALineOnOrUntilItIsChosenInItsMenu()
    {
        TimeFixture f(story());
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
        TimeFixture f(story());
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
        TimeFixture f(story());
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
