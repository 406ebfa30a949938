// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/output/linefilter.h"

#include "tests/unit/recordedoutput.h"

#include <chrono>

using namespace forkscope;

class LineFilterTest : public QObject
{
    Q_OBJECT

    static QList<quint64> linesOf(const LineFilter &filter)
    {
        QList<quint64> lines;
        for (quint64 i = 0; i < filter.count(); ++i)
            lines.append(filter.line(i));
        return lines;
    }

private slots:
    void withoutCriteriaAllLinesAreShown();
    void streamsAreToldApart();
    void onlyTheLinesOfALaunchAreShown();
    void channelsThatOpenLaterAreShown();
    void noLaunchShowsNothing();
    void positionsAreFoundByLine();
    void linesAreChosenByTheirText();
    void anUnfinishedLineIsJudgedWhenItEnds();
    void manyLinesAreChosenByTheirTextInOrder();
    void caseIsUnicodes();
    void aFilterGoesAwayInTheMiddleOfItsWork();
    void millionsOfLinesAreFilteredWhileOneLooks();
};

void LineFilterTest::withoutCriteriaAllLinesAreShown()
{
    RecordedOutput recorded;
    recorded.write(recorded.out, "a\nb\n");
    QVERIFY(recorded.wait());
    const LineFilter filter(*recorded.index, {});
    QCOMPARE(linesOf(filter), (QList<quint64>{0, 1}));
    QCOMPARE(filter.positionOf(1), 1u);
    QCOMPARE(filter.positionOf(7), 2u);
}

void LineFilterTest::streamsAreToldApart()
{
    RecordedOutput recorded;
    recorded.write(recorded.out, "0\n");
    recorded.write(recorded.err, "1\n");
    recorded.write(recorded.in, "2\n");
    recorded.write(recorded.out, "3\n");
    QVERIFY(recorded.wait());
    const LineFilter out(*recorded.index, {.launches = {}, .standardInput = false, .standardError = false});
    const LineFilter notOut(*recorded.index, {.launches = {}, .standardOutput = false});
    QTRY_COMPARE(out.examined(), 4u);
    QTRY_COMPARE(notOut.examined(), 4u);
    QCOMPARE(linesOf(out), (QList<quint64>{0, 3}));
    QCOMPARE(linesOf(notOut), (QList<quint64>{1, 2}));
}

void LineFilterTest::onlyTheLinesOfALaunchAreShown()
{
    RecordedOutput recorded;
    const ChannelId second = recorded.open(ChannelKind::StandardOutput, LaunchId(2));
    const ChannelId third = recorded.open(ChannelKind::StandardOutput, LaunchId(3));
    recorded.write(recorded.out, "0\n");
    recorded.write(second, "1\n");
    recorded.write(third, "2\n");
    QVERIFY(recorded.wait());
    const LineFilter filter(*recorded.index, {.launches = QList{LaunchId(1), LaunchId(3)}});
    QTRY_COMPARE(filter.examined(), 3u);
    QCOMPARE(linesOf(filter), (QList<quint64>{0, 2}));
}

void LineFilterTest::channelsThatOpenLaterAreShown()
{
    RecordedOutput recorded;
    const LineFilter filter(*recorded.index, {.launches = QList{LaunchId(9)}});
    recorded.write(recorded.out, "0\n");
    QVERIFY(recorded.wait());
    QTRY_COMPARE(filter.examined(), 1u);
    QCOMPARE(filter.count(), 0u);
    recorded.write(recorded.open(ChannelKind::StandardError, LaunchId(9)), "1\n");
    QTRY_COMPARE(linesOf(filter), (QList<quint64>{1}));
}

void LineFilterTest::noLaunchShowsNothing()
{
    RecordedOutput recorded;
    recorded.write(recorded.out, "0\n");
    QVERIFY(recorded.wait());
    const LineFilter filter(*recorded.index, {.launches = QList<LaunchId>()});
    QTRY_COMPARE(filter.examined(), 1u);
    QCOMPARE(filter.count(), 0u);
}

void LineFilterTest::positionsAreFoundByLine()
{
    RecordedOutput recorded;
    for (int i = 0; i < 300; ++i)
        recorded.write(i % 3 ? recorded.out : recorded.err, "x\n");
    QVERIFY(recorded.wait());
    const LineFilter filter(*recorded.index, {.launches = {}, .standardOutput = false});
    QTRY_COMPARE(filter.examined(), 300u);
    QCOMPARE(filter.count(), 100u);
    QCOMPARE(filter.positionOf(0), 0u);
    QCOMPARE(filter.positionOf(1), 1u);
    QCOMPARE(filter.positionOf(3), 1u);
    QCOMPARE(filter.positionOf(297), 99u);
    QCOMPARE(filter.positionOf(298), 100u);
}

void LineFilterTest::linesAreChosenByTheirText()
{
    RecordedOutput recorded;
    recorded.write(recorded.out, "one error\nfine\n");
    recorded.write(recorded.err, "ERROR two\nwarning\n");
    QVERIFY(recorded.wait());
    const LineFilter text(*recorded.index, {.launches = {}, .text = SearchQuery{QStringLiteral("error")}});
    const LineFilter expression(
        *recorded.index, {.launches = {}, .standardOutput = false, .text = SearchQuery{QStringLiteral("^(ERR|w)"), true, true}});
    QTRY_COMPARE(text.examined(), 4u);
    QTRY_COMPARE(expression.examined(), 4u);
    QCOMPARE(linesOf(text), (QList<quint64>{0, 2}));
    QCOMPARE(linesOf(expression), (QList<quint64>{2, 3}));
}

void LineFilterTest::anUnfinishedLineIsJudgedWhenItEnds()
{
    RecordedOutput recorded;
    const LineFilter filter(*recorded.index, {.launches = {}, .text = SearchQuery{QStringLiteral("error")}});
    recorded.write(recorded.out, "an er");
    QVERIFY(recorded.wait());
    recorded.write(recorded.out, "ror\n");
    recorded.write(recorded.out, "a prompt: ");
    recorded.write(recorded.err, "error behind it\n"); // is not held up for ever
    QTRY_COMPARE(filter.examined(), 3u);
    QCOMPARE(linesOf(filter), (QList<quint64>{0, 2}));
}

void LineFilterTest::manyLinesAreChosenByTheirTextInOrder()
{
    RecordedOutput recorded;
    QList<quint64> expected;
    for (quint64 i = 0; i < 300'000;) { // enough for every processor, in records that lines cross
        QByteArray bytes;
        for (int k = 0; k < 1000; ++k, ++i) {
            bytes += i % 7 == 3 ? "the Needle\n" : "hay\n";
            if (i % 7 == 3)
                expected.append(i);
        }
        recorded.write(recorded.out, bytes.first(bytes.size() / 2));
        recorded.write(recorded.out, bytes.sliced(bytes.size() / 2));
    }
    QVERIFY(recorded.wait());
    const LineFilter filter(*recorded.index, {.launches = {}, .text = SearchQuery{QStringLiteral("needle")}});
    QTRY_COMPARE(filter.examined(), 300'000u);
    QCOMPARE(linesOf(filter), expected);
}

void LineFilterTest::caseIsUnicodes()
{
    RecordedOutput recorded;
    recorded.write(recorded.out, "KELVIN\n\u212aelvin\n\u00c4RGER\n\xff Kelvin\ncelsius\n");
    QVERIFY(recorded.wait());
    const LineFilter ascii(*recorded.index, {.launches = {}, .text = SearchQuery{QStringLiteral("kelvin")}});
    const LineFilter wide(*recorded.index, {.launches = {}, .text = SearchQuery{QStringLiteral("\u00e4rger")}});
    QTRY_COMPARE(ascii.examined(), 5u);
    QTRY_COMPARE(wide.examined(), 5u);
    QCOMPARE(linesOf(ascii), (QList<quint64>{0, 1, 3}));
    QCOMPARE(linesOf(wide), (QList<quint64>{2}));
}

void LineFilterTest::aFilterGoesAwayInTheMiddleOfItsWork()
{
    RecordedOutput recorded;
    const QByteArray line = QByteArray(60'000, 'a') + '\n';
    for (int i = 0; i < 2000; ++i)
        recorded.write(recorded.out, line);
    QVERIFY(recorded.wait());
    // An expression that takes long on every line: nobody waits until it has seen them all.
    auto filter = std::make_unique<LineFilter>(
        *recorded.index, LineCriteria{.launches = {}, .text = SearchQuery{QStringLiteral("a.*a.*a.*b"), true, true}});
    filter.reset();
}

void LineFilterTest::millionsOfLinesAreFilteredWhileOneLooks()
{
    RecordedOutput recorded;
    const QByteArray many(100'000, '\n');
    for (int i = 0; i < 100; ++i)
        recorded.write(i % 2 ? recorded.out : recorded.err, many);
    QVERIFY(recorded.wait());
    QCOMPARE(recorded.index->lineCount(), 10'000'000u);
    const auto start = std::chrono::steady_clock::now();
    const LineFilter filter(*recorded.index, {.launches = {}, .standardOutput = false});
    // Making it costs nothing; the lines come by and by.
    QVERIFY(std::chrono::steady_clock::now() - start < std::chrono::milliseconds(200));
    QTRY_COMPARE_WITH_TIMEOUT(filter.examined(), 10'000'000u, 20'000);
    QCOMPARE(filter.count(), 5'000'000u);
    QCOMPARE(filter.line(100'000), 200'000u);
}

QTEST_GUILESS_MAIN(LineFilterTest)
#include "linefilter_test.moc"
