// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/traffic/trafficview.h"

#include "core/decode/kinds.h"
#include "tests/gui/guitesting.h"
#include "tests/gui/stallmeter.h"
#include "tests/gui/trafficstory.h"
#include "tests/patience.h"
#include "ui/mainwindow.h"
#include "ui/output/emptyoutput.h"
#include "ui/traffic/bytesview.h"
#include "ui/traffic/filterbar.h"
#include "ui/traffic/filteredit.h"
#include "ui/traffic/followstream.h"
#include "ui/traffic/messagedetails.h"

#include <QAccessible>
#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QTabBar>
#include <QTabWidget>
#include <QToolButton>
#include <QTreeView>

#include <ctime>
#include <thread>

using namespace forkscope;

namespace {

bool catchUp(TrafficView &view)
{
    return QTest::qWaitFor(
        [&] {
            const bool more = view.advance();
            return !more && view.source().index().endRecord() == view.source().journal().recordCount();
        },
        60'000);
}

/// Selects a message and waits until it is on show.
bool open(TrafficView &view, quint64 message)
{
    return view.list()->goTo(message)
        && QTest::qWaitFor([&] { return view.details()->content() && view.details()->content()->message == message; }, 30'000);
}

const FieldNode *fieldNamed(const FieldNode *node, const QString &name)
{
    for (const auto &part : node->parts) {
        if (part->name == name)
            return part.get();
        if (const FieldNode *found = fieldNamed(part.get(), name))
            return found;
    }
    return nullptr;
}

QString treeText(TrafficView &view)
{
    return QString::fromUtf8(view.details()->treeAsJson());
}

const QByteArray kPlain = R"({"key": "a value that is compressed compressed compressed"})";

/// kPlain, as gzip packs it.
QByteArray gzipped()
{
    return QByteArray::fromBase64("H4sIAAAAAAAC/6tWyk6tVLJSUEpUKEvMKU1VKMlILFHILFZIzs8tKEotLk5Nwc5UqgUA44bThTsAAAA=");
}

} // namespace

class TrafficViewTest : public QObject
{
    Q_OBJECT

private:
    TestHome m_home;

private slots:
    void init() { QSettings(QStringLiteral("forkscope"), QStringLiteral("forkscope")).clear(); }

    void theTabIsThereOnceSomethingLiesBetweenProcesses()
    {
        TrafficStory story;
        story.writer().append(story.open(ChannelKind::StandardOutput, "stdout a(1)"), "no traffic\n");
        const ChannelId pipe = story.open(ChannelKind::Pipe, "a(1) → b(2)");
        story.piece(pipe, "traffic\n");
        const QString with = story.file(QStringLiteral("with.pcapng"));
        QVERIFY(writeCompactRecording(story.journal(), with).ok());
        TrafficStory other;
        other.writer().append(other.open(ChannelKind::StandardOutput, "stdout a(1)"), "no traffic\n");
        const QString without = other.file(QStringLiteral("without.pcapng"));
        QVERIFY(writeCompactRecording(other.journal(), without).ok());

        MainWindow window(std::move(Journal::open(with)).value());
        window.show();
        auto *tabs = window.findChild<QTabWidget *>();
        QTRY_COMPARE(tabs->count(), 3); // the map, too
        QCOMPARE(tabs->tabText(1), QStringLiteral("Traffic"));
        QCOMPARE(tabs->currentIndex(), 0);
        tabs->setCurrentIndex(1);
        QTRY_COMPARE(window.traffic()->model()->rowCount(), 1);
        MainWindow plain(std::move(Journal::open(without)).value());
        plain.show();
        QCoreApplication::processEvents();
        QCOMPARE(plain.findChild<QTabWidget *>()->count(), 1);
    }

    void aFieldAndItsBytesAreSelectedTogether()
    {
        TrafficStory story;
        const ChannelId queue = story.open(ChannelKind::Queue, "queue");
        story.message(queue, Operation::Put, 11, 1, R"({"user": {"id": 7}, "text": "hello"})");
        TrafficView view(story.journal(), false);
        view.resize(1000, 700);
        view.show();
        QVERIFY(catchUp(view));
        QVERIFY(open(view, 0));
        const FieldNode *id = fieldNamed(view.details()->fields().root(), QStringLiteral("id"));
        QVERIFY2(id, qPrintable(treeText(view)));
        QTreeView *tree = view.details()->tree();
        tree->setCurrentIndex(view.details()->fields().indexOf(id));
        const BytesView *bytes = view.details()->bytes();
        QCOMPARE(bytes->selectionStart(), id->offset);
        QCOMPARE(bytes->selectionLength(), id->length);
        QVERIFY2(bytes->selectedBytes().contains('7'), bytes->selectedBytes().constData());
        // And the other way round.
        tree->setCurrentIndex({});
        QTest::mouseClick(bytes->viewport(), Qt::LeftButton, {}, bytes->hexRect(id->offset + id->length - 1).center());
        QCOMPARE(FieldModel::node(tree->currentIndex()), id);
        QCOMPARE(bytes->selectionLength(), 1ull); // where one clicked
    }

    void theFactsComeFirst()
    {
        TrafficStory story;
        const ChannelId queue = story.open(ChannelKind::Queue, "queue");
        story.start(11, "producer");
        story.message(queue, Operation::Put, 11, 3, "hello", 0);
        story.message(queue, Operation::Get, 12, 3, "hello", 7, 7'000'000);
        TrafficView view(story.journal(), false);
        view.show();
        QVERIFY(catchUp(view));
        QVERIFY(open(view, 0));
        const FieldNode *facts = view.details()->fields().root()->parts.front().get();
        QVERIFY(facts->name.contains(QLatin1Char('1')));
        QVERIFY(fieldNamed(facts, QStringLiteral("From"))->value.contains(QLatin1String("producer")));
        QCOMPARE(fieldNamed(facts, QStringLiteral("Sequence"))->value, QStringLiteral("3"));
        QVERIFY(open(view, 1));
        facts = view.details()->fields().root()->parts.front().get();
        QCOMPARE(fieldNamed(facts, QStringLiteral("Waited"))->value, QStringLiteral("7.0 ms"));
        // What came out shows the bytes of what was put in, and says so.
        QVERIFY(fieldNamed(facts, QStringLiteral("Bytes"))->value.contains(QLatin1Char('1')));
        QCOMPARE(view.details()->bytes()->bytes()->read(0, 10), QByteArray("hello"));
    }

    void anotherDecoderCanBeChosenAndAWrongOneHidesNothing()
    {
        TrafficStory story;
        const ChannelId queue = story.open(ChannelKind::Queue, "queue");
        story.message(queue, Operation::Put, 11, 1, "{\"a\": 1}");
        TrafficView view(story.journal(), false);
        view.show();
        QVERIFY(catchUp(view));
        QVERIFY(open(view, 0));
        QVERIFY(view.details()->decoderState()->text().contains(QLatin1String("json")));
        QVERIFY(view.details()->decoderState()->text().contains(QLatin1Char('%')));
        QComboBox *box = view.details()->decoderBox();
        QCOMPARE(box->currentIndex(), 0); // a guess
        const int http = box->findData(QByteArray("http"));
        box->setCurrentIndex(http);
        emit box->activated(http);
        QTRY_VERIFY(view.details()->content()->isChosen);
        QTRY_COMPARE(QByteArray(view.details()->content()->decoder->name()), QByteArray("http"));
        QCOMPARE(view.details()->bytes()->bytes()->read(0, 100), QByteArray("{\"a\": 1}"));
        QVERIFY2(treeText(view).contains(QLatin1String("Not http")), qPrintable(treeText(view)));
        box->setCurrentIndex(0);
        emit box->activated(0);
        QTRY_COMPARE(QByteArray(view.details()->content()->decoder->name()), QByteArray("json"));
    }

    void whatIsCompressedShowsItsBytesAsWell()
    {
        TrafficStory story;
        const ChannelId queue = story.open(ChannelKind::Queue, "queue");
        story.message(queue, Operation::Put, 11, 1, gzipped());
        TrafficView view(story.journal(), false);
        view.resize(1000, 700);
        view.show();
        QVERIFY(catchUp(view));
        QVERIFY(open(view, 0));
        QTabBar *layers = view.details()->layers();
        QCOMPARE(layers->count(), 2);
        QVERIFY(layers->isVisibleTo(&view));
        const FieldNode *key = fieldNamed(view.details()->fields().root(), QStringLiteral("key"));
        QVERIFY2(key, qPrintable(treeText(view)));
        view.details()->tree()->setCurrentIndex(view.details()->fields().indexOf(key));
        QCOMPARE(layers->currentIndex(), 1);
        QCOMPARE(view.details()->bytes()->bytes()->read(0, 1000), kPlain);
        QVERIFY2(
            view.details()->bytes()->selectedBytes().contains("a value"), view.details()->bytes()->selectedBytes().constData());
        layers->setCurrentIndex(0);
        QVERIFY(view.details()->bytes()->bytes()->read(0, 2) == QByteArray("\x1f\x8b"));
        QCOMPARE(decode::decompressed(gzipped(), 1 << 20), kPlain);
    }

    void severalFramesInOneMessageAreAllThere()
    {
        TrafficStory story;
        const ChannelId pipe = story.open(ChannelKind::Pipe, "pipe");
        story.piece(pipe, "one\ntwo\nthree");
        TrafficView view(story.journal(), false);
        view.show();
        QVERIFY(catchUp(view));
        QVERIFY(open(view, 0));
        const FieldNode *root = view.details()->fields().root();
        QCOMPARE(root->parts.size(), size_t(4)); // facts, three lines
        QCOMPARE(root->parts[2]->offset, 4ull);
        QVERIFY2(root->parts[3]->value.contains(QLatin1String("three")), qPrintable(treeText(view)));
    }

    void keysGoToTheNextOfTheChannelToMarksAndToNumbers()
    {
        TrafficStory story;
        const ChannelId a = story.open(ChannelKind::Pipe, "a"), b = story.open(ChannelKind::Pipe, "b");
        for (int i = 0; i < 10; ++i)
            story.piece(i % 3 == 0 ? a : b, "x", i);
        TrafficView view(story.journal(), false);
        view.resize(800, 600);
        view.show();
        QVERIFY(catchUp(view));
        view.goToNumber(1);
        const auto press = [&](Qt::Key key, Qt::KeyboardModifiers modifiers) { QTest::keyClick(view.list(), key, modifiers); };
        press(Qt::Key_Period, Qt::ControlModifier);
        QCOMPARE(view.list()->currentMessage(), std::optional<quint64>(3));
        press(Qt::Key_Period, Qt::ControlModifier);
        QCOMPARE(view.list()->currentMessage(), std::optional<quint64>(6));
        press(Qt::Key_Comma, Qt::ControlModifier);
        QCOMPARE(view.list()->currentMessage(), std::optional<quint64>(3));
        press(Qt::Key_M, Qt::ControlModifier);
        QVERIFY(view.notes().note(view.source().index().row(3).record).isMarked);
        view.goToNumber(1);
        press(Qt::Key_F8, {});
        QCOMPARE(view.list()->currentMessage(), std::optional<quint64>(3));
        press(Qt::Key_M, Qt::ControlModifier);
        QVERIFY(view.notes().isEmpty());
        QSignalSpy told(&view, &TrafficView::told);
        view.goToNumber(11);
        QCOMPARE(told.size(), 1);
        QCOMPARE(view.list()->currentMessage(), std::optional<quint64>(3));
        press(Qt::Key_Slash, {});
        QCOMPARE(view.focusWidget(), view.filterBar()->edit());
        QTest::keyClick(view.filterBar()->edit(), Qt::Key_Escape);
        QCOMPARE(view.focusWidget(), view.list());
        press(Qt::Key_F, Qt::ControlModifier);
        QCOMPARE(view.focusWidget(), view.filterBar()->edit());
    }

    void channelsAndMomentsThatAnotherViewChoseAreShown()
    {
        TrafficStory story;
        const ChannelId a = story.open(ChannelKind::Pipe, "say \"a\""), b = story.open(ChannelKind::Pipe, "b");
        for (int i = 0; i < 100; ++i)
            story.piece(i % 2 ? a : b, QByteArray(i + 1, 'x'), i);
        TrafficView view(story.journal(), false);
        view.resize(800, 600);
        view.show();
        QVERIFY(catchUp(view));
        view.showChannels({a});
        QTRY_COMPARE((view.advance(), view.model()->rowCount()), 50);
        QVERIFY(view.onlyButton()->toolTip().contains(QLatin1String("say \"a\"")));
        view.filterBar()->apply(QStringLiteral("len > 50"));
        QTRY_COMPARE((view.advance(), view.model()->rowCount()), 25);
        view.showChannels({});
        QTRY_COMPARE((view.advance(), view.model()->rowCount()), 50);
        view.filterBar()->apply({});
        QTRY_COMPARE((view.advance(), view.model()->rowCount()), 100);
        view.showMoment(a, view.source().index().timeNs(60));
        QCOMPARE(view.list()->currentMessage(), std::optional<quint64>(61));
    }

    void theMenuFiltersByTheValueUnderIt()
    {
        TrafficStory story;
        const ChannelId queue = story.open(ChannelKind::Queue, "queue");
        story.start(11, "it's \"quoted\" \\");
        story.message(queue, Operation::Put, 11, 1, "a");
        story.message(queue, Operation::Put, 12, 2, "bb");
        TrafficView view(story.journal(), false);
        view.show();
        QVERIFY(catchUp(view));
        using Model = MessageListModel;
        for (const Model::Column column :
            {Model::From, Model::To, Model::Channel, Model::OperationColumn, Model::Length, Model::Delta}) {
            for (const quint64 message : {0, 1}) {
                const QString condition = view.conditionFor(message, column);
                if (condition.isEmpty())
                    continue;
                const auto parsed = filter::DisplayFilter::parse(condition);
                const auto *filter = std::get_if<filter::DisplayFilter>(&parsed);
                QVERIFY2(filter, qPrintable(condition));
                QVERIFY2(filter::matches(*filter, view.source().filterSource(), message), qPrintable(condition));
            }
        }
        QVERIFY(open(view, 0));
        const std::unique_ptr<QMenu> menu(view.makeMenu(Model::Length));
        menu->actions().first()->trigger();
        QCOMPARE(view.filterBar()->applied(), QStringLiteral("len == 1"));
        QTRY_COMPARE((view.advance(), view.model()->rowCount()), 1);
    }

    void theStreamOfAMessageOpens()
    {
        TrafficStory story;
        const ChannelId pipe = story.open(ChannelKind::Pipe, "pipe");
        story.piece(pipe, "one ");
        story.piece(pipe, "two");
        TrafficView view(story.journal(), false);
        view.show();
        QVERIFY(catchUp(view));
        QVERIFY(open(view, 0));
        QTest::keyClick(view.list(), Qt::Key_T, Qt::ControlModifier | Qt::AltModifier | Qt::ShiftModifier);
        QVERIFY(view.stream());
        QTRY_COMPARE(view.stream()->stream().size(StreamWay::Both), 7ull);
    }

    void anEmptyViewTeaches()
    {
        TrafficStory story;
        (void)story.open(ChannelKind::Pipe, "pipe");
        TrafficView view(story.journal(), true);
        view.show();
        QVERIFY(catchUp(view));
        QTRY_VERIFY((view.advance(), view.emptyState()->isVisible()));
        QSignalSpy wanted(&view, &TrafficView::exampleRequested);
        view.emptyState()->findChild<QPushButton *>()->click();
        QCOMPARE(wanted.size(), 1);
    }

    void whatPassesNothingSaysSoAndOffersAll()
    {
        TrafficStory story;
        story.piece(story.open(ChannelKind::Pipe, "pipe"), "one");
        TrafficView view(story.journal(), false);
        view.show();
        QVERIFY(catchUp(view));
        view.filterBar()->apply(QStringLiteral("len > 1000"));
        QTRY_VERIFY((view.advance(), view.emptyState()->heading().contains(QLatin1String("No message"))));
        view.emptyState()->findChild<QPushButton *>()->click();
        QTRY_COMPARE((view.advance(), view.model()->rowCount()), 1);
    }

    void everythingThatTakesKeysHasANameAndFitsASmallScreen()
    {
        TrafficStory story;
        story.piece(story.open(ChannelKind::Pipe, "pipe"), "one");
        TrafficView view(story.journal(), false);
        view.show();
        QVERIFY(catchUp(view));
        QStringList nameless;
        for (QWidget *widget : view.findChildren<QWidget *>()) {
            const QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(widget);
            if (widget->focusPolicy() != Qt::NoFocus && widget->isVisible() && accessible
                && accessible->text(QAccessible::Name).isEmpty() && !widget->objectName().startsWith(QLatin1String("qt_")))
                nameless += QLatin1String(widget->metaObject()->className());
        }
        QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(QLatin1Char(' '))));
        QVERIFY2(view.minimumSizeHint().width() <= 560, qPrintable(QString::number(view.minimumSizeHint().width())));
        QVERIFY2(view.minimumSizeHint().height() <= 420, qPrintable(QString::number(view.minimumSizeHint().height())));
    }

    void whatIsExportedIsWhatIsSelectedElseWhatIsShown()
    {
        TrafficStory story;
        const ChannelId pipe = story.open(ChannelKind::Pipe, "pipe");
        const std::vector<quint64> records{story.piece(pipe, "one"), story.piece(pipe, "two"), story.piece(pipe, "three")};
        TrafficView view(story.journal(), false);
        view.show();
        QVERIFY(catchUp(view));
        QAction *action = view.viewActions().constLast();
        std::vector<quint64> wanted;
        connect(&view, &TrafficView::exportRequested, &view, [&](const std::vector<quint64> &numbers) { wanted = numbers; });
        action->trigger();
        QTRY_COMPARE(wanted, records);
        view.list()->selectAll();
        view.list()->selectionModel()->select(
            view.model()->index(1, 0), QItemSelectionModel::Deselect | QItemSelectionModel::Rows);
        action->trigger();
        QTRY_COMPARE(wanted, (std::vector<quint64>{records[0], records[2]}));
        view.list()->clearSelection();
        view.filterBar()->apply(QStringLiteral("len == 3"));
        QTRY_COMPARE((view.advance(), view.model()->rowCount()), 2);
        action->trigger();
        QTRY_COMPARE(wanted, (std::vector<quint64>{records[0], records[1]}));
    }

    void aFloodDoesNotStallTheWindow()
    {
        TrafficStory story;
        const ChannelId pipe = story.open(ChannelKind::Pipe, "pipe");
        TrafficView view(story.journal(), true);
        view.resize(1000, 700);
        view.show();
        story.piece(pipe, "first\n");
        QVERIFY(catchUp(view));
        (void)view.grab(); // fonts and the like
        // In CPU time of this thread, since there may be more to do on this machine than it has processors.
        const auto cpuMs = [] {
            timespec now{};
            clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
            return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
        };
        constexpr int kMessages = 300'000;
        std::thread source([&] {
            for (int i = 0; i < kMessages; ++i)
                story.piece(pipe, "{\"id\": 1, \"text\": \"some line that is decoded\"}\n");
        });
        double worst = 0;
        int frames = 0;
        const bool through = QTest::qWaitFor(
            [&] {
                const double before = cpuMs();
                view.advance();
                (void)view.grab();
                worst = std::max(worst, cpuMs() - before);
                ++frames;
                return view.model()->rowCount() == kMessages + 1;
            },
            60'000);
        source.join();
        QVERIFY(through);
        qInfo("%d messages: %d frames, the longest took %.1f ms of this thread", kMessages, frames, worst);
        QVERIFY2(worst < 100 * kSlack, qPrintable(QString::number(worst)));
    }
};

QTEST_MAIN(TrafficViewTest)
#include "trafficview_test.moc"
