// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pool/poollanes.h"

#include "core/base/clock.h"
#include "core/pool/poolhistory.h"
#include "core/pool/taskreader.h"
#include "tests/gui/guitesting.h"
#include "tests/gui/stallmeter.h"
#include "tests/poolstory.h"
#include "ui/pool/lanelayout.h"

#include <QSignalSpy>
#include <QWheelEvent>

using namespace forkscope;
using pool::LaneBar;
using pool::PoolHistory;
using pool::PoolRecord;
using pool::TaskStage;

namespace {

constexpr qint64 kMs = 1'000'000;

const PoolRecord *folded(PoolHistory &history)
{
    const bool through = QTest::qWaitFor(
        [&] {
            while (history.advance().more) { }
            return history.isCaughtUp();
        },
        60'000);
    return through ? history.pool(PoolId(1)) : nullptr;
}

/// A tenth of a second each, on two lanes: 0 1 | 2 3 | …; the fifth fails, the sixth is tried twice.
void tell(PoolStory &story)
{
    story.open("story", 2);
    story.queueCalls(10);
    for (int i = 0; i < 6; ++i) {
        const double start = 1 + (i / 2) * 0.1;
        story.end({story.ended(quint64(i), i % 2, start, start + 0.09,
            i == 4       ? TaskEnding::Failed
                : i == 5 ? TaskEnding::TimedOut
                         : TaskEnding::Done,
            1, i != 5)});
    }
    story.begin(6, 0, 1.35);
}

TimeWindow windowOf(const PoolStory &story, double from, double until, int width)
{
    TimeWindow window;
    window.fromNs = story.at(from);
    window.width = width;
    window.nsPerPixel = (until - from) * 1e9 / width;
    return window;
}

/// The lanes of a story, in a window.
struct Shown {
    explicit Shown(PoolStory &story) : history(story.journal()), reader(story.journal())
    {
        record = folded(history);
        lanes.resize(800, 240);
        lanes.setPool(record, &reader);
        lanes.show();
        if (!QTest::qWaitForWindowExposed(&lanes))
            qFatal("the lanes were not shown");
        lanes.refresh(story.at(2));
    }
    PoolHistory history;
    pool::TaskReader reader;
    PoolLanes lanes;
    const PoolRecord *record;
};

} // namespace

class PoolLanesTest : public QObject
{
    Q_OBJECT

private slots:
    void barsLieWhereTheirTimesAre()
    {
        PoolStory story;
        tell(story);
        PoolHistory history(story.journal());
        const PoolRecord *pool = folded(history);
        const TimeWindow window = windowOf(story, 1, 2, 1000); // a pixel is a millisecond
        const auto spans = laneSpans(*pool, pool->lanes()[0], window, story.at(1.5));
        QCOMPARE(spans.size(), size_t(4));
        QCOMPARE(qRound(spans[1].x), 100);
        QCOMPARE(qRound(spans[1].width), 90);
        QCOMPARE(spans[2].stage, TaskStage::Failed);
        QVERIFY(!spans[2].more);
        QCOMPARE(spans[3].stage, TaskStage::Running);
        QCOMPARE(qRound(spans[3].width), 150); // to the present
        const auto second = laneSpans(*pool, pool->lanes()[1], window, story.at(1.5));
        QCOMPARE(second[2].stage, TaskStage::TimedOut);
        QVERIFY(second[2].more); // it waits to be tried again
    }

    void whatIsOutOfSightIsLeftOutAndWhatIsCutIsCut()
    {
        PoolStory story;
        tell(story);
        PoolHistory history(story.journal());
        const PoolRecord *pool = folded(history);
        const auto spans = laneSpans(*pool, pool->lanes()[0], windowOf(story, 1.05, 1.15, 100), story.at(1.5));
        QCOMPARE(spans.size(), size_t(2));
        QCOMPARE(spans[0].x, 0.0);
        QCOMPARE(qRound(spans[0].width), 40);
        QCOMPARE(qRound(spans[1].x), 50);
        QCOMPARE(qRound(spans[1].width), 50);
        QVERIFY(laneSpans(*pool, pool->lanes()[0], windowOf(story, 5, 6, 100), story.at(1.5)).empty());
        QVERIFY(laneSpans(*pool, pool->lanes()[0], windowOf(story, 0, 0.5, 100), story.at(1.5)).empty());
    }

    void barsNarrowerThanAPixelAreMergedAndFailuresAmongThemAreSeen()
    {
        PoolStory story;
        story.open("narrow", 1);
        story.queueCalls(10'000);
        QList<TaskEnd> ends;
        for (int i = 0; i < 10'000; ++i) // half of each 10 µs
            ends.append(story.ended(
                quint64(i), 0, 1 + i * 1e-5, 1 + i * 1e-5 + 0.5e-5, i == 5050 ? TaskEnding::WorkerLost : TaskEnding::Done));
        story.end(ends);
        PoolHistory history(story.journal());
        const PoolRecord *pool = folded(history);
        const auto spans = laneSpans(*pool, pool->lanes()[0], windowOf(story, 1, 1.1, 100), story.at(2)); // 100 a pixel
        QCOMPARE(spans.size(), size_t(100));
        size_t bars = 0;
        for (size_t i = 0; i < spans.size(); ++i) {
            bars += spans[i].count;
            QCOMPARE(spans[i].width, 1.0);
            QCOMPARE(spans[i].x, double(i));
            QVERIFY2(std::abs(spans[i].busy - 0.5) < 0.02, qPrintable(QString::number(spans[i].busy)));
            QCOMPARE(spans[i].stage, i == 50 ? TaskStage::WorkerLost : TaskStage::Done);
        }
        QCOMPARE(bars, size_t(10'000));
    }

    void theNearestBarIsFoundBySearch()
    {
        PoolStory story;
        tell(story);
        PoolHistory history(story.journal());
        const pool::Lane &lane = folded(history)->lanes()[0];
        QCOMPARE(*barAt(lane, story.at(1.12), 0), size_t(1));
        QVERIFY(!barAt(lane, story.at(1.195), kMs)); // between two
        QCOMPARE(*barAt(lane, story.at(1.195), 6 * kMs), size_t(1));
        QCOMPARE(*barAt(lane, story.at(9), 0), size_t(3)); // it still runs
        QVERIFY(!barAt(lane, story.at(0.5), kMs));
    }

    void theScaleHasRoundStepsFarEnoughApart()
    {
        for (const double nsPerPixel : {100.0, 3e3, 7e5, 1e6, 4e7, 3e9, 1e11}) {
            TimeWindow window;
            window.fromNs = 1'000'000'007;
            window.width = 500;
            window.nsPerPixel = nsPerPixel;
            const TimeTicks ticks = timeTicks(window, 1'000'000'000, 80);
            QVERIFY(double(ticks.stepNs) / nsPerPixel >= 79.9);
            QVERIFY(double(ticks.stepNs) / nsPerPixel <= 80 * 8);
            QCOMPARE(ticks.firstNs % ticks.stepNs, 0);
            QVERIFY(window.xOf(1'000'000'000 + ticks.firstNs) >= 0);
        }
    }

    void zoomKeepsThePlaceUnderTheMouse()
    {
        const TimeWindow window{1'000'000, 1e6, 800};
        const TimeWindow closer = window.zoomed(4, 200);
        QCOMPARE(closer.nsPerPixel, 0.25e6);
        QVERIFY(std::abs(closer.xOf(window.timeAt(200)) - 200) < 0.01);
        QCOMPARE(window.zoomed(1e12, 0).nsPerPixel, 100.0);
    }

    void aClickSelectsAndKeysWalkAlong()
    {
        PoolStory story;
        tell(story);
        Shown shown(story);
        PoolLanes &lanes = shown.lanes;
        lanes.setWindow(story.at(0.9), story.at(1.6));
        QSignalSpy selected(&lanes, &PoolLanes::taskSelected);
        QTest::mouseClick(lanes.viewport(), Qt::LeftButton, {}, lanes.barRect(2).center());
        QCOMPARE(selected.size(), 1);
        QCOMPARE(lanes.selected(), std::optional<quint64>(2));
        QTest::keyClick(&lanes, Qt::Key_Right, Qt::ControlModifier);
        QCOMPARE(lanes.selected(), std::optional<quint64>(4));
        QTest::keyClick(&lanes, Qt::Key_Left, Qt::ControlModifier);
        QTest::keyClick(&lanes, Qt::Key_Down);
        QCOMPARE(lanes.selected(), std::optional<quint64>(3));
        QVERIFY(lanes.accessibleDescription().contains(QLatin1String("3")));
        QSignalSpy activated(&lanes, &PoolLanes::activated);
        QTest::keyClick(&lanes, Qt::Key_Return);
        QCOMPARE(activated.size(), 1);
    }

    void theToolTipTellsWhatHappened()
    {
        PoolStory story;
        tell(story);
        Shown shown(story);
        shown.lanes.setWindow(story.at(0.9), story.at(1.6));
        const QString tip = shown.lanes.toolTipAt(shown.lanes.barRect(4).center());
        QVERIFY2(tip.contains(QLatin1String("echo(4)")) && tip.contains(QLatin1String("failed"))
                && tip.contains(QLatin1String("90.0 ms")) && tip.contains(QLatin1String("100")),
            qPrintable(tip));
        QVERIFY(shown.lanes.toolTipAt({100, 5}).contains(QLatin1String("4"))); // four wait
    }

    void whatWaitsStandsAboveTheLanesInItsOrder()
    {
        PoolStory story;
        tell(story);
        story.tell(TasksMoved{PoolId(1), {9}, 7});
        Shown shown(story);
        int x = 0;
        QList<quint64> seen;
        for (; x < shown.lanes.viewport()->width(); ++x)
            if (const auto task = shown.lanes.taskAt({x, 10}); task && (seen.isEmpty() || seen.constLast() != *task))
                seen.append(*task);
        QCOMPARE(seen, QList<quint64>({9, 7, 8, 5}));
    }

    void zoomPanAndFollow()
    {
        PoolStory story;
        tell(story);
        Shown shown(story);
        PoolLanes &lanes = shown.lanes;
        QCOMPARE(lanes.mode(), PoolLanes::Mode::Whole);
        const TimeWindow whole = lanes.window();
        QTest::keyClick(&lanes, Qt::Key_Plus);
        QCOMPARE(lanes.mode(), PoolLanes::Mode::Free);
        QVERIFY(lanes.window().nsPerPixel < whole.nsPerPixel);
        const qint64 from = lanes.window().fromNs;
        QTest::keyClick(&lanes, Qt::Key_Right);
        QVERIFY(lanes.window().fromNs > from);
        lanes.refresh(story.at(30));
        QVERIFY(lanes.window().untilNs() < story.at(3)); // a piece of the past stays
        QTest::keyClick(&lanes, Qt::Key_End);
        QCOMPARE(lanes.mode(), PoolLanes::Mode::Follow);
        lanes.refresh(story.at(40));
        QVERIFY(lanes.window().untilNs() >= story.at(40) && lanes.window().fromNs < story.at(40));
        QTest::keyClick(&lanes, Qt::Key_Home);
        QVERIFY(lanes.window().fromNs < story.at(0.1) && lanes.window().untilNs() > story.at(40));
        // A drag moves what is under the mouse along with it.
        const qint64 before = lanes.window().fromNs;
        QTest::mousePress(lanes.viewport(), Qt::LeftButton, {}, {500, 120});
        QTest::mouseMove(lanes.viewport(), {450, 120});
        QTest::mouseRelease(lanes.viewport(), Qt::LeftButton, {}, {450, 120});
        QVERIFY(std::abs(double(lanes.window().fromNs - before) / lanes.window().nsPerPixel - 50) < 1);
    }

    void aHundredThousandTasksArePaintedInTime()
    {
        PoolStory story;
        constexpr int kLanes = 16, kTasks = 100'000;
        story.open("many", kLanes);
        for (int i = 0; i < kTasks + 10'000; i += 1000)
            story.queueCalls(1000);
        for (int i = 0; i < kTasks; i += 1000) {
            QList<TaskEnd> ends;
            for (int k = i; k < i + 1000; ++k)
                ends.append(story.ended(quint64(k), k % kLanes, 1 + k * 1e-3 / kLanes, 1 + (k + 9) * 1e-3 / kLanes,
                    k % 1013 == 0 ? TaskEnding::Failed : TaskEnding::Done));
            story.end(ends);
        }
        Shown shown(story);
        PoolLanes &lanes = shown.lanes;
        lanes.resize(1800, 500);
        std::vector<double> frames;
        const auto paint = [&] {
            const qint64 begin = clockNs(CLOCK_THREAD_CPUTIME_ID); // others may use the CPU meanwhile
            lanes.refresh(story.at(8));
            lanes.viewport()->repaint();
            frames.push_back(double(clockNs(CLOCK_THREAD_CPUTIME_ID) - begin) / 1e6);
        };
        for (int i = 0; i < 60; ++i) { // from all of it to a single task, and along
            paint();
            lanes.zoom(1.25, 700);
        }
        lanes.setMode(PoolLanes::Mode::Whole);
        for (int i = 0; i < 12; ++i)
            lanes.zoom(1.5, 700);
        for (int i = 0; i < 60; ++i) {
            paint();
            lanes.pan(90);
        }
        std::sort(frames.begin(), frames.end());
        const double median = frames[frames.size() / 2], p95 = frames[frames.size() * 95 / 100];
        qInfo("100,000 tasks on 16 lanes at 1800 × 500: a frame takes %.1f ms in the median, %.1f ms at 95 %%, %.1f ms at worst",
            median, p95, frames.back());
        QVERIFY2(median < 16 * kSlack, qPrintable(QString::number(median)));
        QVERIFY2(p95 < 33 * kSlack, qPrintable(QString::number(p95)));
    }
};

QTEST_MAIN(PoolLanesTest)
#include "poollanes_test.moc"
