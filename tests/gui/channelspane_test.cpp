// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/traffic/channelspane.h"

#include "tests/gui/channeltesting.h"
#include "ui/traffic/channelplots.h"
#include "ui/traffic/linkcontrols.h"
#include "ui/traffic/messagedetails.h"
#include "ui/traffic/trafficview.h"
#include "ui/widgets/settings.h"
#include "ui/widgets/translations.h"

#include <QAbstractItemModelTester>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QTableView>
#include <QToolButton>

#include <qcustomplot.h>

using namespace forkscope;

namespace {

bool caughtUp(ChannelsPane &pane, const ChannelStatistics &statistics)
{
    const bool done = QTest::qWaitFor([&] { return statistics.isCaughtUp(); }, 30'000);
    pane.advance();
    return done;
}

QString cell(const ChannelsPane &pane, int row, ChannelModel::Column column)
{
    return pane.table()->model()->index(row, column).data().toString();
}

} // namespace

class ChannelsPaneTest : public QObject
{
    Q_OBJECT

private:
    TestHome m_home;

private slots:
    void initTestCase() { installTranslations(QLocale(QLocale::English)); } // plurals

    void eachChannelIsARowThatSaysWhoAndHowMuch()
    {
        ChannelStory story;
        story.start(11, "yes");
        story.start(12, "head");
        const ChannelId pipe = story.pipe(11, 12);
        story.write(pipe, 1000);
        story.write(pipe, 24);
        story.sample(pipe, 512);
        const ChannelStatistics statistics(story.journal());
        ChannelsPane pane(statistics, story.journal().startTimeNs(), nullptr);
        QVERIFY(caughtUp(pane, statistics));
        QCOMPARE(pane.model().rowCount(), 1);
        QCOMPARE(cell(pane, 0, ChannelModel::Name), QStringLiteral("pipe 0"));
        QCOMPARE(cell(pane, 0, ChannelModel::From), QStringLiteral("yes 11 · fd 1"));
        QCOMPARE(cell(pane, 0, ChannelModel::To), QStringLiteral("head 12 · fd 0"));
        QCOMPARE(cell(pane, 0, ChannelModel::Messages), QStringLiteral("2"));
        QCOMPARE(cell(pane, 0, ChannelModel::Bytes), QStringLiteral("1.00 KiB"));
        QCOMPARE(cell(pane, 0, ChannelModel::Queued), QStringLiteral("512 B of 2.00 MiB"));
        QCOMPARE(cell(pane, 0, ChannelModel::Waits), QString());
        QCOMPARE(cell(pane, 0, ChannelModel::State), QStringLiteral("open"));
        QCOMPARE(pane.countText(), QStringLiteral("1 channel"));
    }

    void whoCannotGoOnAndWhatIsNotPlainIsSaidInWords()
    {
        ChannelStory story;
        story.start(11, "yes");
        const ChannelId pipe = story.pipe(11, 12);
        story.sample(pipe, 8192, 8192);
        Intervened slow;
        slow.channel = pipe;
        slow.kind = InterventionKind::Throttle;
        slow.value = 1024;
        story.writer().append(slow);
        const ChannelStatistics statistics(story.journal());
        ChannelsPane pane(statistics, 0, nullptr);
        QVERIFY(caughtUp(pane, statistics));
        QCOMPARE(cell(pane, 0, ChannelModel::Waits), QStringLiteral("full: yes 11 · fd 1 cannot write more"));
        QCOMPARE(cell(pane, 0, ChannelModel::State), QStringLiteral("open · ⚠ at most 1.00 KiB/s"));
        story.close(pipe);
        QTRY_VERIFY(caughtUp(pane, statistics) && cell(pane, 0, ChannelModel::State) == QLatin1String("closed"));
        QCOMPARE(cell(pane, 0, ChannelModel::Waits), QString());
    }

    void whoWaitsIsNamedThoughItOnlyDescendsFromAnEnd()
    {
        ChannelStory story;
        story.start(11, "sh");
        story.start(12, "sh");
        story.start(13, "sort"); // started by 12
        const ChannelId pipe = story.pipe(11, 12);
        ChannelSample sample;
        sample.channel = pipe;
        sample.waiters = {{story.key(13), 13, false, 1'500'000'000}, {story.key(12), 12, false, 1'000'000'000}};
        story.writer().append(ChannelsSampled{{sample}});
        const ChannelStatistics statistics(story.journal());
        ChannelsPane pane(statistics, 0, nullptr);
        QVERIFY(caughtUp(pane, statistics));
        QCOMPARE(cell(pane, 0, ChannelModel::Waits), QStringLiteral("sort 13 waits to read, 1.50 s +1"));
        sample.waiters = {{story.key(14), 14, true, 1'500'000'000}}; // of which nothing is known
        story.writer().append(ChannelsSampled{{sample}});
        QTRY_VERIFY(
            caughtUp(pane, statistics) && cell(pane, 0, ChannelModel::Waits) == QStringLiteral("14 waits to write, 1.50 s"));
    }

    void rowsComeAndChangeWhileTheyAreSortedAndFiltered()
    {
        ChannelStory story;
        story.start(11, "yes");
        story.start(12, "sort");
        story.start(13, "head");
        const ChannelId first = story.pipe(11, 12);
        const ChannelStatistics statistics(story.journal());
        ChannelsPane pane(statistics, 0, nullptr);
        const QAbstractItemModelTester tester(pane.table()->model(), QAbstractItemModelTester::FailureReportingMode::Fatal);
        QVERIFY(caughtUp(pane, statistics));
        const ChannelId second = story.pipe(12, 13);
        story.write(second, 5000);
        story.write(first, 10);
        QVERIFY(caughtUp(pane, statistics));
        QCOMPARE(pane.model().rowCount(), 2);
        pane.table()->sortByColumn(ChannelModel::Bytes, Qt::DescendingOrder);
        QCOMPARE(cell(pane, 0, ChannelModel::Name), QStringLiteral("pipe 1"));
        for (int i = 0; i < 10; ++i)
            story.write(first, 1000);
        QVERIFY(caughtUp(pane, statistics));
        QCOMPARE(cell(pane, 0, ChannelModel::Name), QStringLiteral("pipe 0"));
        QTest::keyClicks(pane.filterEdit(), QStringLiteral("HEAD"));
        QTRY_COMPARE(pane.table()->model()->rowCount(), 1);
        QCOMPARE(cell(pane, 0, ChannelModel::Name), QStringLiteral("pipe 1"));
        QTRY_COMPARE(pane.countText(), QStringLiteral("1 of 2 channels"));
    }

    void theSelectionIsToldOnceAndAChannelThatComesLaterIsSelectedThen()
    {
        ChannelStory story;
        const ChannelStatistics statistics(story.journal());
        ChannelsPane pane(statistics, 0, nullptr);
        QSignalSpy told(&pane, &ChannelsPane::channelsSelected);
        pane.select({ChannelId(0)});
        QVERIFY(told.isEmpty());
        const ChannelId pipe = story.pipe(11, 12);
        QVERIFY(caughtUp(pane, statistics));
        QCOMPARE(told.size(), 1);
        QCOMPARE(told[0][0].value<QList<ChannelId>>(), (QList<ChannelId>{pipe}));
        story.write(pipe, 10);
        QVERIFY(caughtUp(pane, statistics));
        QCOMPARE(told.size(), 1);
        QCOMPARE(pane.plots()->channels(), (QList<ChannelId>{pipe}));
    }

    void aSpikeIsReachedByKeyboardAndByAClickAndAsksForItsMessages()
    {
        ChannelStory story;
        const ChannelId pipe = story.pipe(11, 12);
        // The clock of the journal is that of the machine: a spike is what comes in one go.
        story.write(pipe, 10);
        QTest::qWait(60);
        story.write(pipe, 100'000);
        QTest::qWait(60);
        story.write(pipe, 10);
        const ChannelStatistics statistics(story.journal());
        const qint64 origin = story.journal().startTimeNs();
        ChannelsPane pane(statistics, origin, nullptr);
        pane.resize(900, 600);
        pane.show();
        pane.plotsButton()->click();
        QVERIFY(caughtUp(pane, statistics));
        pane.select({pipe});
        pane.advance();
        const ChannelSeries series = statistics.series(pipe);
        size_t spike = 0;
        for (size_t i = 0; i < series.size(); ++i)
            if (series.bucket(i).bytes > series.bucket(spike).bytes)
                spike = i;
        QSignalSpy asked(&pane, &ChannelsPane::momentActivated);
        pane.plots()->setFocus();
        QTest::keyClick(pane.plots(), Qt::Key_N);
        QCOMPARE(pane.plots()->cursorNs(), std::optional(series.beginNs(spike)));
        QTest::keyClick(pane.plots(), Qt::Key_Return);
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked[0][0].value<ChannelId>(), pipe);
        QCOMPARE(asked[0][1].toLongLong(), series.beginNs(spike));

        QCustomPlot *plot = pane.plots()->plot();
        plot->replot();
        const QCPGraph *graph = plot->graph(0);
        const double middle = double(series.beginNs(spike) + series.widthNs() / 2 - origin) / 1e9;
        const QPoint at(int(graph->keyAxis()->coordToPixel(middle)),
            int(graph->valueAxis()->coordToPixel(double(series.bucket(spike).bytes) / (double(series.widthNs()) / 1e9))));
        QTest::mouseClick(plot, Qt::LeftButton, {}, at);
        QCOMPARE(asked.size(), 2);
        QCOMPARE(asked[1][1].toLongLong(), series.beginNs(spike));
    }

    void plotsZoomAndMoveTogetherAndGoBackToAll()
    {
        ChannelStory story;
        const ChannelId pipe = story.pipe(11, 12);
        story.write(pipe, 10);
        QTest::qWait(30);
        story.write(pipe, 10);
        const ChannelStatistics statistics(story.journal());
        ChannelPlots plots(statistics, story.journal().startTimeNs());
        plots.resize(600, 400);
        plots.show();
        QTRY_VERIFY(statistics.isCaughtUp());
        plots.setChannels({pipe});
        const auto all = plots.shownNs();
        QTest::keyClick(&plots, Qt::Key_Plus);
        const auto zoomed = plots.shownNs();
        QVERIFY(zoomed.second - zoomed.first < all.second - all.first);
        QVERIFY(!plots.showsEverything());
        QTest::keyClick(&plots, Qt::Key_Right, Qt::ControlModifier);
        QVERIFY(plots.shownNs().first > zoomed.first);
        for (int row = 1; row < 3; ++row)
            QCOMPARE(plots.plot()->axisRect(row)->axis(QCPAxis::atBottom)->range(),
                plots.plot()->axisRect(0)->axis(QCPAxis::atBottom)->range());
        QTest::keyClick(&plots, Qt::Key_Home);
        QCOMPARE(plots.shownNs(), all);
        // A second pipe shares the axis; its curve is told apart by its dashes, not by its colour alone.
        const ChannelId other = story.pipe(12, 13);
        story.write(other, 10);
        QTRY_VERIFY(statistics.isCaughtUp());
        plots.setChannels({pipe, other});
        QCOMPARE(plots.plot()->graphCount(), 6);
        QVERIFY(plots.plot()->graph(0)->pen().style() != plots.plot()->graph(3)->pen().style());
    }

    void ofAnOpenedRecordingNothingCanBeChangedAndThePaneSaysWhy()
    {
        ChannelStory story;
        const ChannelId pipe = story.pipe(11, 12);
        const ChannelStatistics statistics(story.journal());
        ChannelsPane pane(statistics, 0, nullptr);
        QVERIFY(pane.controls()->reason().contains(QLatin1String("Select one pipe")));
        QVERIFY(caughtUp(pane, statistics));
        pane.select({pipe});
        QVERIFY2(pane.controls()->reason().contains(QLatin1String("recording is over")), qPrintable(pane.controls()->reason()));
        QVERIFY(!pane.controls()->pauseButton()->isEnabled());
    }

    void everythingThatTakesTheFocusHasAName()
    {
        ChannelStory story;
        const ChannelStatistics statistics(story.journal());
        ChannelsPane pane(statistics, 0, nullptr);
        for (const QWidget *widget : pane.findChildren<QWidget *>()) {
            if (!(widget->focusPolicy() & Qt::TabFocus) || widget->objectName().startsWith(QLatin1String("qt_")))
                continue;
            const bool named = !widget->accessibleName().isEmpty() || !widget->property("text").toString().isEmpty();
            QVERIFY2(named, widget->metaObject()->className());
        }
    }

    void tenMessagesAreSeenBesideTheControlsOfALink()
    {
        Settings().clear();
        ChannelStory story;
        story.start(11, "yes");
        story.start(12, "head");
        const ChannelId pipe = story.pipe(11, 12);
        for (int i = 0; i < 50; ++i)
            story.write(pipe, 10);
        const ChannelStatistics statistics(story.journal());
        TrafficView view(story.journal(), false);
        auto *pane = new ChannelsPane(statistics, story.journal().startTimeNs(), nullptr);
        view.setChannelsPane(pane);
        view.resize(510, 568); // what a window of 1280 × 720 leaves between its docks
        view.show();
        QVERIFY(caughtUp(*pane, statistics));
        connect(pane, &ChannelsPane::channelsSelected, &view, &TrafficView::showChannels);
        pane->select({pipe});
        QTRY_VERIFY(view.onlyButton()->isVisible());
        pane->controlsButton()->click();
        QTRY_VERIFY((view.advance(), view.list()->isVisible()));
        const auto rows
            = [&view] { return view.list()->viewport()->height() / view.list()->visualRect(view.model()->index(0, 0)).height(); };
        QTRY_VERIFY2(rows() >= 10, qPrintable(QString::number(rows())));
        QVERIFY(pane->controls()->pauseButton()->isVisible());
        QVERIFY(view.details()->height() > 60);
        // The rest takes its room from the list, and gives it back.
        const int folded = pane->height();
        pane->controls()->moreButton()->click();
        QTRY_VERIFY(rows() < 10);
        QVERIFY(rows() >= 2);
        pane->controls()->moreButton()->click();
        QTRY_VERIFY(rows() >= 10);
        QCOMPARE(pane->height(), folded);
        // As somebody left it.
        const QList<int> left{pane->height(), 120, view.splitter()->height() - pane->height() - 120};
        view.splitter()->setSizes(left);
        emit view.splitter()->splitterMoved(0, 2);
        const int height = view.details()->height();
        pane->controlsButton()->click();
        QTRY_VERIFY(view.details()->height() < height);
        pane->controlsButton()->click();
        QTRY_COMPARE(view.details()->height(), height);
    }
};

QTEST_MAIN(ChannelsPaneTest)
#include "channelspane_test.moc"
