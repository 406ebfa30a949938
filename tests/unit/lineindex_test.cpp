// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/output/lineindex.h"

#include "core/output/linereader.h"
#include "core/output/linescanner.h"
#include "tests/unit/recordedoutput.h"

#include <thread>

using namespace forkscope;

class LineIndexTest : public QObject
{
    Q_OBJECT

    static QByteArrayList linesOf(const LineIndex &index)
    {
        QByteArrayList lines;
        LineReader reader(index);
        for (quint64 i = 0; i < index.lineCount(); ++i)
            lines.append(reader.read(i).bytes.toByteArray());
        return lines;
    }

private slots:
    void linesOfARecordAreFound();
    void aLineGoesOnInLaterRecordsOfItsChannel();
    void linesAreOrderedByTheirFirstByte();
    void otherChannelsAndEventsAreNotOutput();
    void theLastLineIsOpenUntilItsLineFeed();
    void emptyLinesAndALoneLineFeedCount();
    void aVeryLongLineIsCutBetweenCharacters();
    void aLineOfExactlyTheGreatestLengthIsNotCut();
    void linesThatWereGivenUpSaySo();
    void aHoleEndsALineAndBeginsANewOne();
    void everythingIsThereWhileItIsWritten();
    void aClosedRecordingIsIndexed();
    void theFirstLineFromARecordIsFound();
};

void LineIndexTest::linesOfARecordAreFound()
{
    RecordedOutput recorded;
    recorded.write(recorded.out, "one\ntwo\nthree\n");
    QVERIFY(recorded.wait());
    QCOMPARE(linesOf(*recorded.index), (QByteArrayList{"one\n", "two\n", "three\n"}));
    LineReader reader(*recorded.index);
    const LineText line = reader.read(1);
    QCOMPARE(line.channel, recorded.out);
    QCOMPARE(line.end, LineText::End::LineFeed);
    QCOMPARE(line.timeNs, recorded.writer->journal().read(0)->timeNs);
    QVERIFY(!line.afterLoss);
}

void LineIndexTest::aLineGoesOnInLaterRecordsOfItsChannel()
{
    RecordedOutput recorded;
    recorded.write(recorded.out, "he");
    recorded.write(recorded.err, "bad");
    recorded.write(recorded.out, "ll");
    recorded.write(recorded.err, " news\nworse\n");
    recorded.write(recorded.out, "o\nworld\n");
    QVERIFY(recorded.wait());
    QCOMPARE(linesOf(*recorded.index), (QByteArrayList{"hello\n", "bad news\n", "worse\n", "world\n"}));
    QCOMPARE(recorded.index->channelOf(0), recorded.out);
    QCOMPARE(recorded.index->channelOf(1), recorded.err);
}

void LineIndexTest::linesAreOrderedByTheirFirstByte()
{
    RecordedOutput recorded;
    recorded.write(recorded.out, "a");
    recorded.write(recorded.err, "b\n");
    recorded.write(recorded.out, "\nc\n");
    QVERIFY(recorded.wait());
    QCOMPARE(linesOf(*recorded.index), (QByteArrayList{"a\n", "b\n", "c\n"}));
}

void LineIndexTest::otherChannelsAndEventsAreNotOutput()
{
    RecordedOutput recorded;
    const ChannelId other = recorded.open(ChannelKind::Other);
    recorded.write(other, "message\n");
    recorded.writer->append(Event(LaunchRequested{LaunchId(1), {"true"}, {}}));
    recorded.write(recorded.in, "typed\n");
    QVERIFY(recorded.wait());
    QCOMPARE(linesOf(*recorded.index), (QByteArrayList{"typed\n"}));
}

void LineIndexTest::theLastLineIsOpenUntilItsLineFeed()
{
    RecordedOutput recorded;
    recorded.write(recorded.out, "$ ");
    QVERIFY(recorded.wait());
    QCOMPARE(recorded.index->lineCount(), 1u);
    QCOMPARE(LineReader(*recorded.index).read(0).end, LineText::End::Open);
    recorded.write(recorded.out, "ls\n");
    QVERIFY(recorded.wait());
    QCOMPARE(recorded.index->lineCount(), 1u);
    LineReader reader(*recorded.index);
    QCOMPARE(reader.read(0).end, LineText::End::LineFeed);
    QCOMPARE(reader.read(0).bytes, QByteArrayView("$ ls\n"));
}

void LineIndexTest::emptyLinesAndALoneLineFeedCount()
{
    RecordedOutput recorded;
    recorded.write(recorded.out, "\n\n");
    recorded.write(recorded.out, "\n");
    QVERIFY(recorded.wait());
    QCOMPARE(linesOf(*recorded.index), (QByteArrayList{"\n", "\n", "\n"}));
}

void LineIndexTest::aVeryLongLineIsCutBetweenCharacters()
{
    RecordedOutput recorded;
    // One byte before the cut a character of three bytes begins.
    const QByteArray whole = QByteArray(kMaxLineBytes - 1, 'x') + "\u20ac" + QByteArray(300'000, 'y') + "\nnext\n";
    for (qsizetype at = 0; at < whole.size(); at += 40'000)
        recorded.write(recorded.out, QByteArrayView(whole).sliced(at, qMin<qsizetype>(40'000, whole.size() - at)));
    QVERIFY(recorded.wait());
    const QByteArrayList lines = linesOf(*recorded.index);
    QCOMPARE(lines.size(), 7);
    QCOMPARE(lines.join(), whole);
    QVERIFY(lines[0].endsWith("\u20ac"));
    LineReader reader(*recorded.index);
    QCOMPARE(reader.read(0).end, LineText::End::Cut);
    QCOMPARE(reader.read(4).end, LineText::End::Cut);
    QCOMPARE(reader.read(5).end, LineText::End::LineFeed);
    QCOMPARE(lines[6], "next\n");
}

void LineIndexTest::aLineOfExactlyTheGreatestLengthIsNotCut()
{
    RecordedOutput recorded;
    recorded.write(recorded.out, QByteArray(kMaxLineBytes, 'x'));
    recorded.write(recorded.out, "\nnext\n");
    QVERIFY(recorded.wait());
    QCOMPARE(linesOf(*recorded.index), (QByteArrayList{QByteArray(kMaxLineBytes, 'x') + '\n', "next\n"}));
}

void LineIndexTest::linesThatWereGivenUpSaySo()
{
    RecordedOutput recorded(JournalWriter::kMinimumSizeLimit);
    const QByteArray chunk = QByteArray(999, 'x') + '\n';
    const auto full = [&] { return recorded.writer->journal().firstRecord() > 0; };
    while (!full())
        recorded.write(recorded.out, chunk);
    QVERIFY(recorded.wait());
    LineReader reader(*recorded.index);
    const LineText lost = reader.read(0);
    QVERIFY(lost.isLost());
    QVERIFY(lost.bytes.isEmpty());
    QCOMPARE(lost.end, LineText::End::Lost);
    const LineText kept = reader.read(recorded.index->lineCount() - 1);
    QCOMPARE(kept.bytes, QByteArrayView(chunk));
    const quint64 firstKept = recorded.index->firstLineFrom(recorded.writer->journal().firstRecord());
    QVERIFY(reader.read(firstKept).afterLoss);
}

void LineIndexTest::aHoleEndsALineAndBeginsANewOne()
{
    // The index comes late: the channel's first records are gone by then, in the middle of a line.
    RecordedOutput recorded(JournalWriter::kMinimumSizeLimit);
    recorded.index.reset();
    recorded.write(recorded.err, "half a ");
    while (recorded.writer->journal().firstRecord() == 0)
        recorded.write(recorded.out, QByteArray(100'000, 'x'));
    recorded.write(recorded.err, "line\nwhole\n");
    recorded.index = std::make_unique<LineIndex>(recorded.writer->journal());
    QVERIFY(recorded.wait());
    const QByteArrayList lines = linesOf(*recorded.index);
    QCOMPARE(lines.mid(lines.size() - 2), (QByteArrayList{"line\n", "whole\n"}));
    LineReader reader(*recorded.index);
    QVERIFY(reader.read(recorded.index->lineCount() - 2).afterLoss);
    QVERIFY(!reader.read(recorded.index->lineCount() - 1).afterLoss);
}

void LineIndexTest::everythingIsThereWhileItIsWritten()
{
    RecordedOutput recorded;
    constexpr int kLines = 50'000;
    const auto produce = [&](ChannelId channel, char name) {
        for (int i = 0; i < kLines; ++i) {
            const QByteArray line = name + QByteArray::number(i) + '\n';
            recorded.writer->append(channel, QByteArrayView(line).first(2));
            recorded.writer->append(channel, QByteArrayView(line).sliced(2));
        }
    };
    std::thread out(produce, recorded.out, 'o');
    std::thread err(produce, recorded.err, 'e');
    out.join();
    err.join();
    QVERIFY(recorded.wait());
    QCOMPARE(recorded.index->lineCount(), quint64(2 * kLines));
    LineReader reader(*recorded.index);
    int seen[2] = {0, 0};
    for (quint64 i = 0; i < recorded.index->lineCount(); ++i) {
        const LineText line = reader.read(i);
        const bool isError = line.channel == recorded.err;
        const QByteArray expected = (isError ? 'e' : 'o') + QByteArray::number(seen[isError]++) + '\n';
        QCOMPARE(line.bytes, QByteArrayView(expected));
    }
}

void LineIndexTest::aClosedRecordingIsIndexed()
{
    RecordedOutput recorded;
    recorded.write(recorded.out, "one\ntw");
    recorded.write(recorded.out, "o");
    recorded.index.reset();
    QVERIFY(recorded.writer->close().ok());
    auto opened = Journal::open(recorded.writer->journal().path());
    QVERIFY(opened.ok());
    LineIndex index(*opened.value());
    QTRY_COMPARE(index.position(), opened.value()->recordCount());
    QCOMPARE(linesOf(index), (QByteArrayList{"one\n", "two"}));
}

void LineIndexTest::theFirstLineFromARecordIsFound()
{
    RecordedOutput recorded;
    recorded.write(recorded.out, "a\nb\n");
    recorded.write(recorded.out, "c\n");
    QVERIFY(recorded.wait());
    QCOMPARE(recorded.index->firstLineFrom(0), 0u);
    QCOMPARE(recorded.index->firstLineFrom(1), 2u);
    QCOMPARE(recorded.index->firstLineFrom(2), 3u);
}

QTEST_GUILESS_MAIN(LineIndexTest)
#include "lineindex_test.moc"
