// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/traffic/messagelist.h"

#include "tests/gui/guitesting.h"
#include "tests/gui/stallmeter.h"
#include "tests/gui/trafficstory.h"
#include "tests/patience.h"
#include "ui/traffic/messagenotes.h"

#include <QAbstractItemModelTester>
#include <QHeaderView>
#include <QScrollBar>

#include <ctime>

using namespace forkscope;

namespace {

double threadCpuMs()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

/// A list of its own over a story.
struct Shown {
    explicit Shown(const Journal &journal) : source(journal), notes(journal), model(source, notes), list(model)
    {
        list.resize(1000, 400);
        list.show();
    }
    bool catchUp()
    {
        return QTest::qWaitFor(
            [&] {
                source.advance();
                model.refresh();
                return source.index().endRecord() == source.journal().recordCount() && !source.advance();
            },
            120'000);
    }
    QStringList column(int column) const
    {
        QStringList texts;
        for (int i = 0; i < model.rowCount(); ++i)
            texts.append(model.index(i, column).data().toString());
        return texts;
    }

    TrafficSource source;
    MessageNotes notes;
    MessageListModel model;
    MessageList list;
};

std::shared_ptr<filter::FilterRun> runOf(const Shown &shown, const QString &text)
{
    return std::make_shared<filter::FilterRun>(
        std::get<filter::DisplayFilter>(filter::DisplayFilter::parse(text)), shown.source.filterSource());
}

} // namespace

class MessageListTest : public QObject
{
    Q_OBJECT

private:
    TestHome m_home;

private slots:
    void init() { clearSettings(); }

    void aRowTellsWhoSentWhatToWhom()
    {
        TrafficStory story;
        const ChannelId queue = story.open(ChannelKind::Queue, "queue work");
        story.start(11, "producer");
        story.start(12, "consumer");
        story.message(queue, Operation::Put, 11, 1, "{\"id\": 7}", 0);
        story.message(queue, Operation::Get, 12, 1, "{\"id\": 7}", 5, 5'000'000);
        Shown shown(story.journal());
        const QAbstractItemModelTester tester(&shown.model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        QVERIFY(shown.catchUp());
        QTRY_COMPARE((shown.source.advance(), shown.model.rowCount()), 2);
        using Model = MessageListModel;
        QCOMPARE(shown.column(Model::Number), QStringList({QStringLiteral("1"), QStringLiteral("2")}));
        QVERIFY2(shown.column(Model::From).first().contains(QStringLiteral("producer · 11")),
            qPrintable(shown.column(Model::From).first()));
        QVERIFY2(
            shown.column(Model::To).last().contains(QStringLiteral("consumer · 12")), qPrintable(shown.column(Model::To).last()));
        QCOMPARE(shown.column(Model::Channel).first(), QStringLiteral("queue work"));
        QCOMPARE(shown.column(Model::OperationColumn), QStringList({QStringLiteral("put"), QStringLiteral("get")}));
        QCOMPARE(shown.column(Model::Length).first(), QStringLiteral("9"));
        QCOMPARE(shown.column(Model::Delta), QStringList({QString(), QStringLiteral("5.0 ms")}));
        QCOMPARE(shown.column(Model::Summary).first(), QStringLiteral("{\"id\": 7}"));
        // What came out has no bytes of its own in the recording: those of its put are shown.
        QVERIFY2(shown.column(Model::Summary).last().contains(QLatin1String("{\"id\": 7}")),
            qPrintable(shown.column(Model::Summary).last()));
    }

    void timesCountFromWhatOneChooses()
    {
        TrafficStory story;
        const ChannelId pipe = story.open(ChannelKind::Pipe, "pipe");
        story.piece(pipe, "a", 1000);
        story.piece(pipe, "b", 1250);
        Shown shown(story.journal());
        QVERIFY(shown.catchUp());
        QVERIFY(shown.column(MessageListModel::Time).first().contains(QLatin1Char(':')));
        shown.model.setTimeStyle(TimeStyle::SinceLineBefore);
        QCOMPARE(shown.column(MessageListModel::Time).last(), QStringLiteral("+0.250000"));
        shown.model.setTimeStyle(TimeStyle::SinceStart);
        QVERIFY(shown.column(MessageListModel::Time).first().startsWith(QLatin1Char('+')));
    }

    void itFollowsTheEndUntilOneScrollsUp()
    {
        TrafficStory story;
        const ChannelId pipe = story.open(ChannelKind::Pipe, "pipe");
        const auto send = [&](int count) {
            for (int i = 0; i < count; ++i)
                story.piece(pipe, "line\n");
        };
        send(500);
        Shown shown(story.journal());
        QVERIFY(shown.catchUp());
        QScrollBar *bar = shown.list.verticalScrollBar();
        QVERIFY(bar->maximum() > 0);
        QCOMPARE(bar->value(), bar->maximum());
        bar->setValue(bar->maximum() - 50); // as the wheel does
        QVERIFY(!shown.list.follows());
        const int top = bar->value();
        send(500);
        QVERIFY(shown.catchUp());
        QCOMPARE(shown.model.rowCount(), 1000);
        QCOMPARE(bar->value(), top);
        shown.list.setFocus();
        QTest::keyClick(&shown.list, Qt::Key_End);
        QVERIFY(shown.list.follows());
        send(500);
        QVERIFY(shown.catchUp());
        QCOMPARE(bar->value(), bar->maximum());
        QCOMPARE(bar->maximum(), 1500 - shown.list.viewport()->height() / shown.list.rowHeight());
    }

    void newestFirstKeepsItsPlaceWhileOthersCome()
    {
        TrafficStory story;
        const ChannelId pipe = story.open(ChannelKind::Pipe, "pipe");
        for (int i = 0; i < 300; ++i)
            story.piece(pipe, "line\n");
        Shown shown(story.journal());
        const QAbstractItemModelTester tester(&shown.model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        QVERIFY(shown.catchUp());
        shown.model.sort(MessageListModel::Number, Qt::DescendingOrder);
        QCOMPARE(shown.column(MessageListModel::Number).first(), QStringLiteral("300"));
        QVERIFY(shown.list.goTo(100));
        const quint64 top = shown.model.message(shown.list.topRow());
        for (int i = 0; i < 7; ++i)
            story.piece(pipe, "line\n");
        QVERIFY(shown.catchUp());
        QCOMPARE(shown.column(MessageListModel::Number).first(), QStringLiteral("307"));
        QCOMPARE(shown.list.currentMessage(), std::optional<quint64>(100));
        QCOMPARE(shown.model.message(shown.list.topRow()), top);
    }

    void itSortsInAThreadAndWhatComesLaterStandsBelow()
    {
        TrafficStory story;
        const ChannelId pipe = story.open(ChannelKind::Pipe, "pipe");
        for (int i = 0; i < 1000; ++i)
            story.piece(pipe, QByteArray((i * 7919) % 1000 + 1, 'x'));
        Shown shown(story.journal());
        const QAbstractItemModelTester tester(&shown.model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        QVERIFY(shown.catchUp());
        QVERIFY(shown.list.goTo(17));
        shown.list.header()->setSortIndicator(MessageListModel::Length, Qt::AscendingOrder);
        QTRY_VERIFY(!shown.model.isSorting());
        for (int i = 1; i < 1000; ++i)
            QVERIFY(shown.source.index().row(shown.model.message(i - 1)).length
                <= shown.source.index().row(shown.model.message(i)).length);
        QCOMPARE(shown.list.currentMessage(), std::optional<quint64>(17)); // wherever it is now
        story.piece(pipe, "y");
        QVERIFY(shown.catchUp());
        QCOMPARE(shown.model.message(1000), quint64(1000));
        QCOMPARE(shown.model.unsorted(), 1ull);
        shown.list.header()->setSortIndicator(-1, Qt::AscendingOrder);
        QCOMPARE(shown.model.message(0), 0ull);
        QCOMPARE(shown.model.unsorted(), 0ull);
    }

    void aSortThatIsCancelledChangesNothing()
    {
        TrafficStory story;
        const ChannelId pipe = story.open(ChannelKind::Pipe, "pipe");
        for (int i = 0; i < 20'000; ++i)
            story.piece(pipe, QByteArray(i % 50, 'x'));
        Shown shown(story.journal());
        QVERIFY(shown.catchUp());
        shown.model.sort(MessageListModel::From, Qt::AscendingOrder);
        QVERIFY(shown.model.isSorting());
        shown.model.cancelSort();
        QVERIFY(!shown.model.isSorting());
        QTest::qWait(0);
        QCoreApplication::processEvents();
        QCOMPARE(shown.model.message(7), 7ull);
        QCOMPARE(int(shown.model.key()), int(MessageKey::Number));
    }

    void aFilterNarrowsAndTheSelectedMessageStaysSelected()
    {
        TrafficStory story;
        const ChannelId pipe = story.open(ChannelKind::Pipe, "pipe");
        for (int i = 0; i < 100; ++i)
            story.piece(pipe, QByteArray(i + 1, 'x'));
        Shown shown(story.journal());
        const QAbstractItemModelTester tester(&shown.model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        QVERIFY(shown.catchUp());
        QVERIFY(shown.list.goTo(80));
        shown.model.setRun(runOf(shown, QStringLiteral("len > 50")));
        QTRY_COMPARE((shown.model.refresh(), shown.model.rowCount()), 50);
        QCOMPARE(shown.model.message(0), 50ull);
        QTRY_COMPARE(shown.list.currentMessage(), std::optional<quint64>(80));
        story.piece(pipe, QByteArray(10, 'x'));
        story.piece(pipe, QByteArray(60, 'x'));
        QVERIFY(shown.catchUp());
        QTRY_COMPARE((shown.model.refresh(), shown.model.rowCount()), 51);
        QCOMPARE(shown.model.message(50), 101ull);
        shown.model.setRun(nullptr);
        QCOMPARE(shown.model.rowCount(), 102);
        QCOMPARE(shown.list.currentMessage(), std::optional<quint64>(80));
    }

    void aStretchOfTimeHidesTheOthers()
    {
        TrafficStory story;
        const ChannelId pipe = story.open(ChannelKind::Pipe, "pipe");
        QList<quint64> records;
        for (int i = 0; i < 100; ++i)
            records += story.piece(pipe, "x", i);
        Shown shown(story.journal());
        QVERIFY(shown.catchUp());
        shown.model.setRecords({records[20], records[30]});
        QCOMPARE(shown.model.rowCount(), 10);
        QCOMPARE(shown.model.message(0), 20ull);
        shown.model.setRecords({});
        QCOMPARE(shown.model.rowCount(), 100);
    }

    void marksAndCommentsAreKeptBesideTheRecording()
    {
        TrafficStory story;
        const ChannelId pipe = story.open(ChannelKind::Pipe, "pipe");
        story.piece(pipe, "one");
        const quint64 record = story.piece(pipe, "two");
        {
            Shown shown(story.journal());
            QVERIFY(shown.catchUp());
            shown.notes.setNote(record, {true, QStringLiteral("here it breaks")});
            QVERIFY(shown.column(MessageListModel::Mark).last().contains(QChar(0x2605)));
            QVERIFY(shown.column(MessageListModel::Summary).last().contains(QLatin1String("here it breaks")));
        }
        const QFileInfo file(MessageNotes::fileOf(story.path()));
        QVERIFY(file.exists());
        QCOMPARE(int(file.permissions() & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther)), 0);
        MessageNotes again(story.journal());
        QVERIFY(again.note(record).isMarked);
        QCOMPARE(again.note(record).comment, QStringLiteral("here it breaks"));
        again.setNote(record, {});
        QVERIFY(!QFile::exists(file.filePath())); // nothing is left behind
    }

    void notesFindTheirMessagesInACopyWithOtherNumbers()
    {
        TrafficStory story;
        const ChannelId pipe = story.open(ChannelKind::Pipe, "pipe");
        for (int i = 0; i < 10; ++i)
            story.piece(pipe, "x", i);
        const quint64 record = story.piece(pipe, "marked", 20);
        MessageNotes notes(story.journal());
        notes.setNote(record, {true, {}});
        // As a copy without the first records has it.
        QFile file(MessageNotes::fileOf(story.path()));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QByteArray json = file.readAll();
        file.close();
        json.replace(
            "\"record\": \"" + QByteArray::number(record) + '"', "\"record\": \"" + QByteArray::number(record + 5) + '"');
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(json);
        file.close();
        QVERIFY(MessageNotes(story.journal()).note(record).isMarked);
    }

    void tenMillionMessagesScrollAsTenDo()
    {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
        constexpr int kMessages = 300'000;
#else
        constexpr int kMessages = 10'000'000;
#endif
        // The oldest payload is given up; the rows stay.
        TrafficStory story({.sizeLimit = 256 << 20});
        const ChannelId pipe = story.open(ChannelKind::Pipe, "pipe");
        Shown shown(story.journal());
        QElapsedTimer building;
        building.start();
        for (int i = 0; i < kMessages; i += 100'000) {
            for (int j = 0; j < 100'000; ++j)
                story.piece(pipe, "0123456789\n");
            QVERIFY(shown.catchUp());
        }
        QCOMPARE(shown.model.rowCount(), kMessages);
        qInfo("built in %.1f s, index %.0f MiB", double(building.elapsed()) / 1e3,
            double(shown.source.index().memoryBytes()) / (1 << 20));
        QScrollBar *bar = shown.list.verticalScrollBar();
        constexpr int kSteps = 200;
        QPixmap target(shown.list.viewport()->size());
        const double before = threadCpuMs();
        for (int i = 0; i < kSteps; ++i) {
            bar->setValue(int(qint64(i) * 7'919'333 % bar->maximum()));
            shown.list.viewport()->render(&target);
        }
        const double perStep = (threadCpuMs() - before) / kSteps;
        const double beforeAppend = threadCpuMs();
        story.piece(pipe, "0123456789\n");
        QVERIFY(shown.catchUp());
        qInfo("%.2f ms of this thread's CPU time a scroll step, %.2f ms for a new row", perStep, threadCpuMs() - beforeAppend);
        QVERIFY2(perStep < 16 * kSlack, qPrintable(QString::number(perStep)));
    }

private:
    static void clearSettings()
    {
        QSettings(QStringLiteral("forkscope"), QStringLiteral("forkscope")).clear();
    }
};

QTEST_MAIN(MessageListTest)
#include "messagelist_test.moc"
