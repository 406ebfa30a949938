// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/map/mapview.h"

#include "tests/gui/channeltesting.h"
#include "ui/map/graphlayout.h"
#include "ui/traffic/channelmodel.h"

#include <QCheckBox>
#include <QFileInfo>
#include <QImage>
#include <QPushButton>
#include <QSvgRenderer>
#include <QToolButton>

#include <ctime>

using namespace forkscope;

namespace {

/// A map over a story.
class Shown
{
public:
    explicit Shown(const ChannelStory &story, bool live = true)
        : m_statistics(story.journal()), m_model(m_statistics), view(m_model, live)
    {
        view.resize(800, 500);
        view.show();
    }
    bool settle()
    {
        const bool done = QTest::qWaitFor([&] { return m_statistics.isCaughtUp(); }, 30'000);
        m_model.advance(-1);
        view.hide();
        view.show(); // looks at once
        return done && QTest::qWaitFor([&] { return !view.isArranging(); }, 30'000);
    }

private:
    ChannelStatistics m_statistics;
    ChannelModel m_model;

public:
    MapView view;
};

MapKey processKey(int pid)
{
    return {ChannelStory::key(pid), ChannelId::None};
}

bool overlaps(MapCanvas &canvas)
{
    const QList<MapNode> &nodes = canvas.graph().nodes;
    for (qsizetype i = 0; i < nodes.size(); ++i)
        for (qsizetype j = 0; j < i; ++j)
            if (canvas.places().rect(nodes[i].key).intersects(canvas.places().rect(nodes[j].key)))
                return true;
    return false;
}

} // namespace

class MapViewTest : public QObject
{
    Q_OBJECT

private:
    TestHome m_home;

private slots:
    void anEmptyMapTeachesAndOffersAnExample()
    {
        const ChannelStory story;
        Shown map(story);
        QVERIFY(map.settle());
        QVERIFY(map.view.isEmptyShown());
        QSignalSpy asked(&map.view, &MapView::exampleRequested);
        map.view.findChild<QPushButton *>()->click();
        QCOMPARE(asked.size(), 1);
    }

    void aPipelineIsDrawnFromLeftToRight()
    {
        ChannelStory story;
        story.start(11, "zcat");
        story.start(12, "grep");
        story.start(13, "sort");
        const ChannelId first = story.pipe(11, 12);
        story.pipe(12, 13);
        story.sample(first, 4096, 4096);
        Shown map(story);
        QVERIFY(map.settle());
        MapCanvas &canvas = *map.view.canvas();
        QCOMPARE(canvas.graph().nodes.size(), 3);
        QCOMPARE(canvas.graph().edges.size(), 2);
        MapPlaces &places = canvas.places();
        QVERIFY(places.rect(processKey(11)).right() < places.rect(processKey(12)).left());
        QVERIFY(places.rect(processKey(12)).right() < places.rect(processKey(13)).left());
        QVERIFY(canvas.graph().edges[0].blocked);
        QCOMPARE(canvas.graph().edges[0].queued, QStringLiteral("4.00 KiB of 4.00 KiB"));
        QVERIFY(canvas.graph().edges[0].sign.contains(QLatin1String("cannot write more")));
        QVERIFY(canvas.describe({{}, first}).contains(QLatin1String("zcat")));
    }

    void nodesKeepTheirPlacesWhileTheMapGrowsUntilItIsArranged()
    {
        ChannelStory story;
        for (int pid = 11; pid < 40; ++pid)
            story.start(pid, "worker");
        story.pipe(11, 12);
        Shown map(story);
        QVERIFY(map.settle());
        MapPlaces &places = map.view.canvas()->places();
        const QPointF first = places.centre(processKey(11)), second = places.centre(processKey(12));
        for (int pid = 13; pid < 20; ++pid)
            story.pipe(12, pid); // beside it
        story.pipe(30, 31); // connected with nothing that is there
        QVERIFY(map.settle());
        QVERIFY(map.settle());
        QCOMPARE(map.view.canvas()->graph().nodes.size(), 11);
        QCOMPARE(places.centre(processKey(11)), first);
        QCOMPARE(places.centre(processKey(12)), second);
        QVERIFY(places.has(processKey(30)));
        QVERIFY(!overlaps(*map.view.canvas()));
        map.view.arrangeButton()->click();
        QTRY_VERIFY(!map.view.isArranging());
        QVERIFY(places.centre(processKey(11)) != first || places.centre(processKey(12)) != second);
        QVERIFY(!overlaps(*map.view.canvas()));
    }

    void aChannelOfManyIsANodeOfItsOwn()
    {
        ChannelStory story;
        for (int pid = 11; pid < 15; ++pid)
            story.start(pid, "worker");
        const ChannelId queue
            = story.writer().openChannel({ChannelId::None, ChannelKind::Queue, LaunchId(1), ChannelStory::key(11), "queue"});
        for (int pid = 11; pid < 14; ++pid) {
            MessageInfo info;
            info.operation = pid == 13 ? Operation::Get : Operation::Put;
            info.pid = pid;
            info.traffic = TrafficInfo{quint64(pid), 5, -1, 1};
            story.writer().append(queue, "hello", info);
        }
        Shown map(story);
        QVERIFY(map.settle());
        const MapGraph &graph = map.view.canvas()->graph();
        QVERIFY(graph.find({{}, queue}));
        QCOMPARE(graph.nodes.size(), 4);
        QCOMPARE(graph.edges.size(), 3);
    }

    void arrowsGoAboutAndEnterActivates()
    {
        ChannelStory story;
        story.start(11, "yes");
        story.start(12, "head");
        const ChannelId pipe = story.pipe(11, 12);
        Shown map(story);
        QVERIFY(map.settle());
        MapCanvas *canvas = map.view.canvas();
        QSignalSpy processes(&map.view, &MapView::processActivated), channels(&map.view, &MapView::channelActivated),
            selected(&map.view, &MapView::processSelected);
        canvas->setCurrent(processKey(11));
        QCOMPARE(selected.size(), 1);
        QTest::keyClick(canvas, Qt::Key_Return);
        QCOMPARE(processes.size(), 1);
        QCOMPARE(processes[0][0].value<ProcessKey>(), ChannelStory::key(11));
        QTest::keyClick(canvas, Qt::Key_Right); // the pipe lies between
        QTest::keyClick(canvas, Qt::Key_Return);
        QCOMPARE(channels.size(), 1);
        QCOMPARE(channels[0][0].value<ChannelId>(), pipe);
        QTest::keyClick(canvas, Qt::Key_Right);
        QCOMPARE(canvas->current(), std::optional(processKey(12)));
        QVERIFY(canvas->accessibleDescription().contains(QLatin1String("head")));
        QTest::mouseDClick(canvas, Qt::LeftButton, {}, canvas->toWidget(canvas->centreOf(processKey(11))).toPoint());
        QCOMPARE(processes.size(), 2);
        map.view.selectProcess(ChannelStory::key(12)); // by another view
        QCOMPARE(canvas->current(), std::optional(processKey(12)));
        QCOMPARE(selected.last()[0].value<ProcessKey>(), ChannelStory::key(11));
    }

    void whatHasEndedIsSaidInWordsAndCanBeLeftOut()
    {
        ChannelStory story;
        story.start(11, "yes");
        story.start(12, "head");
        const ChannelId pipe = story.pipe(11, 12);
        story.writer().append(ProcessExited{ChannelStory::key(11), {}});
        story.close(pipe);
        Shown map(story);
        QVERIFY(map.settle());
        QVERIFY(map.view.canvas()->describe(processKey(11)).contains(QLatin1String("ended")));
        map.view.endedBox()->click();
        QCOMPARE(map.view.canvas()->graph().nodes.size(), 0);
        QVERIFY(!map.view.isEmptyShown());
    }

    void zoomKeepsWhatIsUnderThePointerAndZeroShowsAll()
    {
        ChannelStory story;
        story.pipe(11, 12);
        Shown map(story);
        QVERIFY(map.settle());
        MapCanvas *canvas = map.view.canvas();
        const QPointF place = canvas->places().centre(processKey(11)), before = canvas->toWidget(place);
        canvas->zoom(2, before);
        QVERIFY(QLineF(canvas->toWidget(place), before).length() < 1e-6);
        QVERIFY(!canvas->fitsAll());
        QTest::keyClick(canvas, Qt::Key_0);
        QVERIFY(canvas->fitsAll());
    }

    void theMapIsSavedAsAPictureForItsOwnerAlone()
    {
        ChannelStory story;
        story.start(11, "yes");
        story.pipe(11, 12);
        Shown map(story);
        QVERIFY(map.settle());
        QSignalSpy told(&map.view, &MapView::told);
        for (const QString &name : {QStringLiteral("map.svg"), QStringLiteral("map.png")}) {
            const QString path
                = QDir(QDir::tempPath()).filePath(QStringLiteral("%1-%2").arg(QCoreApplication::applicationPid()).arg(name));
            told.clear();
            map.view.saveAs(path);
            QTRY_COMPARE(told.size(), 1);
            const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
            QVERIFY(QFileInfo::exists(path));
            QVERIFY(!(QFileInfo(path).permissions() & others));
            if (name.endsWith(QLatin1String("svg")))
                QVERIFY(QSvgRenderer(path).isValid());
            else
                QVERIFY(QImage(path).width() > 300);
            QFile::remove(path);
        }
        map.view.saveAs(QStringLiteral("/no/such/folder/map.svg"));
        QTRY_VERIFY(told.last()[0].toString().contains(QLatin1String("Cannot save the map")));
    }

    void twoHundredNodesStaySmooth()
    {
        ChannelStory story;
        for (int pid = 1; pid <= 200; ++pid)
            story.start(pid, "stage");
        QList<ChannelId> pipes;
        for (int pid = 1; pid < 200; ++pid)
            if (pid % 20)
                pipes.append(story.pipe(pid, pid + 1));
        Shown map(story);
        QVERIFY(map.settle());
        QCOMPARE(map.view.canvas()->graph().nodes.size(), 200);
        QVERIFY(!overlaps(*map.view.canvas()));
        constexpr int kPaints = 20;
        const std::clock_t before = std::clock(); // CPU time: the machine may do something else as well
        for (int i = 0; i < kPaints; ++i)
            map.view.canvas()->grab();
        const double each = double(std::clock() - before) * 1000 / CLOCKS_PER_SEC / kPaints;
        QVERIFY2(each < 60, qPrintable(QStringLiteral("%1 ms").arg(each)));
    }

    void graphvizKeepsNodesApartAndTakesAnyGraph()
    {
        QVERIFY(layOut({})->isEmpty());
        const auto centres = layOut({{{100, 40}, {100, 40}, {100, 40}}, {{0, 1}, {1, 2}, {2, 0}, {1, 1}, {0, 7}}});
        QVERIFY(centres);
        QCOMPARE(centres->size(), 3);
        for (int i = 0; i < 3; ++i)
            for (int j = 0; j < i; ++j)
                QVERIFY(std::abs((*centres)[i].x() - (*centres)[j].x()) >= 100
                    || std::abs((*centres)[i].y() - (*centres)[j].y()) >= 40);
    }
};

QTEST_MAIN(MapViewTest)
#include "mapview_test.moc"
