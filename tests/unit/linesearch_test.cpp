// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/output/linesearch.h"

#include "core/output/lineexport.h"
#include "tests/unit/recordedoutput.h"

#include <QFile>
#include <QFileInfo>
#include <QSignalSpy>

using namespace forkscope;

namespace {

LineMatcher matcherFor(const QString &text, bool caseSensitive = false, bool regularExpression = false)
{
    auto matcher = LineMatcher::make({text, caseSensitive, regularExpression});
    if (!matcher.ok())
        qFatal("%s", qPrintable(errorText(matcher.error())));
    return std::move(matcher).value();
}

} // namespace

class LineSearchTest : public QObject
{
    Q_OBJECT

    std::shared_ptr<LineFilter> all(const RecordedOutput &recorded, LineCriteria criteria = {})
    {
        return std::make_shared<LineFilter>(*recorded.index, criteria);
    }

    SearchResult find(const std::shared_ptr<LineFilter> &filter, const LineMatcher &matcher, const SearchStart &from)
    {
        LineSearch search;
        SearchResult found;
        bool done = false;
        connect(&search, &LineSearch::finished, this, [&](const SearchResult &result) {
            found = result;
            done = true;
        });
        search.start(filter, matcher, from);
        if (!QTest::qWaitFor([&] { return done; }, 20'000))
            qFatal("the search never ended");
        return found;
    }

private slots:
    void aMatchTellsItsBytes_data();
    void aMatchTellsItsBytes();
    void aMalformedExpressionIsRefused();
    void searchGoesForwardAndAroundTheEnd();
    void searchGoesBackwardAndAroundTheStart();
    void severalMatchesOfALineAreVisitedInOrder();
    void onlyShownLinesAreSearched();
    void linesThatWereClearedAreLeftOut();
    void nothingFoundIsSaid();
    void aSearchCanBeCancelled();
    void exportedBytesAreTheShownLines();
    void anOpenLineDoesNotRunIntoTheNext();
    void aPartOfALineCanBeExported();
    void savedFilesArePrivate();
    void aFileThatCannotBeWrittenIsAnError();
    void collectingStopsAtTheLimit();
};

void LineSearchTest::aMatchTellsItsBytes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("caseSensitive");
    QTest::addColumn<bool>("expression");
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<int>("byte");
    QTest::addColumn<int>("length");
    QTest::newRow("as it is") << "Error" << true << false << QByteArray("an Error\n") << 3 << 5;
    QTest::newRow("other case, not wanted") << "error" << true << false << QByteArray("an Error\n") << -1 << 0;
    QTest::newRow("other case") << "eRROR" << false << false << QByteArray("an Error\n") << 3 << 5;
    QTest::newRow("after wide characters") << "x" << false << false << QByteArray("\u4e2d\u6587X") << 6 << 1;
    QTest::newRow("wide characters") << "\u6587" << false << false << QByteArray("\u4e2d\u6587X") << 3 << 3;
    QTest::newRow("beyond the BMP") << "b" << false << false << QByteArray("\U0001f600b") << 4 << 1;
    QTest::newRow("umlaut of other case") << "\u00c4" << false << false << QByteArray("a\u00e4") << 1 << 2;
    QTest::newRow("invalid byte as shown") << "\\xFF" << true << false
                                           << QByteArray("a\xff"
                                                         "b")
                                           << 1 << 1;
    QTest::newRow("after an invalid byte") << "B" << false << false
                                           << QByteArray("a\xff"
                                                         "b")
                                           << 2 << 1;
    QTest::newRow("expression") << "e\\d+$" << true << true << QByteArray("e1 e22\n") << 3 << 3;
    QTest::newRow("expression after wide") << "\\d+" << true << true << QByteArray("\u4e2d 42") << 4 << 2;
    QTest::newRow("expression, other case") << "ERR" << false << true << QByteArray("err") << 0 << 3;
    QTest::newRow("empty matches do not count") << "x*" << true << true << QByteArray("aaa") << -1 << 0;
}

void LineSearchTest::aMatchTellsItsBytes()
{
    QFETCH(QString, text);
    QFETCH(bool, caseSensitive);
    QFETCH(bool, expression);
    QFETCH(QByteArray, line);
    const auto match = matcherFor(text, caseSensitive, expression).first(line);
    QTEST(match ? int(match->byte) : -1, "byte");
    QTEST(match ? int(match->length) : 0, "length");
}

void LineSearchTest::aMalformedExpressionIsRefused()
{
    const auto matcher = LineMatcher::make({QStringLiteral("a("), false, true});
    QVERIFY(!matcher.ok());
    QVERIFY(matcher.error().detail.contains(QStringLiteral("position 3")));
    QVERIFY(!LineMatcher::make({}).ok());
}

void LineSearchTest::searchGoesForwardAndAroundTheEnd()
{
    RecordedOutput recorded;
    recorded.write(recorded.out, "x\nfoo\nx\nFOO\nx\n");
    QVERIFY(recorded.wait());
    const LineMatcher foo = matcherFor(QStringLiteral("foo"));
    SearchResult result = find(all(recorded), foo, {.line = 0});
    QVERIFY(result.found);
    QCOMPARE(result.line, 1u);
    QVERIFY(!result.wrapped);
    result = find(all(recorded), foo, {.line = 1, .byte = 1});
    QCOMPARE(result.line, 3u);
    result = find(all(recorded), foo, {.line = 3, .byte = 1});
    QCOMPARE(result.line, 1u);
    QVERIFY(result.wrapped);
    // The only match of the line in which it began, before the place where it began.
    result = find(all(recorded), matcherFor(QStringLiteral("FOO"), true), {.line = 3, .byte = 2});
    QCOMPARE(result.line, 3u);
    QVERIFY(result.wrapped);
}

void LineSearchTest::searchGoesBackwardAndAroundTheStart()
{
    RecordedOutput recorded;
    recorded.write(recorded.out, "x\nfoo\nx\nfoo\nx\n");
    QVERIFY(recorded.wait());
    const LineMatcher foo = matcherFor(QStringLiteral("foo"));
    SearchResult result = find(all(recorded), foo, {.line = 4, .backward = true});
    QCOMPARE(result.line, 3u);
    QVERIFY(!result.wrapped);
    result = find(all(recorded), foo, {.line = 3, .byte = 0, .backward = true});
    QCOMPARE(result.line, 1u);
    result = find(all(recorded), foo, {.line = 1, .byte = 0, .backward = true});
    QCOMPARE(result.line, 3u);
    QVERIFY(result.wrapped);
}

void LineSearchTest::severalMatchesOfALineAreVisitedInOrder()
{
    RecordedOutput recorded;
    recorded.write(recorded.out, "aXaXa\n");
    QVERIFY(recorded.wait());
    const LineMatcher x = matcherFor(QStringLiteral("x"));
    QCOMPARE(find(all(recorded), x, {}).match, (LineMatch{1, 1}));
    QCOMPARE(find(all(recorded), x, {.byte = 2}).match, (LineMatch{3, 1}));
    QCOMPARE(find(all(recorded), x, {.byte = 3, .backward = true}).match, (LineMatch{1, 1}));
    QCOMPARE(x.all("aXaXa\n", 10), (QList<LineMatch>{{1, 1}, {3, 1}}));
    QCOMPARE(x.all("aXaXa\n", 1).size(), 1);
}

void LineSearchTest::onlyShownLinesAreSearched()
{
    RecordedOutput recorded;
    recorded.write(recorded.out, "foo out\n");
    recorded.write(recorded.err, "foo err\n");
    QVERIFY(recorded.wait());
    const auto filter = all(recorded, {.launches = {}, .standardOutput = false});
    QCOMPARE(find(filter, matcherFor(QStringLiteral("foo")), {}).line, 1u);
    QVERIFY(!find(filter, matcherFor(QStringLiteral("out")), {}).found);
}

void LineSearchTest::linesThatWereClearedAreLeftOut()
{
    RecordedOutput recorded;
    recorded.write(recorded.out, "foo\nbar\n");
    QVERIFY(recorded.wait());
    QVERIFY(!find(all(recorded), matcherFor(QStringLiteral("foo")), {.line = 1, .firstLine = 1}).found);
    QVERIFY(!find(all(recorded), matcherFor(QStringLiteral("foo")), {.line = 1, .backward = true, .firstLine = 1}).found);
}

void LineSearchTest::nothingFoundIsSaid()
{
    RecordedOutput recorded;
    QVERIFY(!find(all(recorded), matcherFor(QStringLiteral("x")), {}).found);
    recorded.write(recorded.out, "foo\nbar\n");
    QVERIFY(recorded.wait());
    QVERIFY(!find(all(recorded), matcherFor(QStringLiteral("x")), {}).found);
    QVERIFY(!find(all(recorded), matcherFor(QStringLiteral("x")), {.backward = true}).found);
}

void LineSearchTest::aSearchCanBeCancelled()
{
    RecordedOutput recorded;
    QByteArray many;
    for (int i = 0; i < 10'000; ++i)
        many += "some text that is looked through\n";
    for (int i = 0; i < 100; ++i)
        recorded.write(recorded.out, many);
    QVERIFY(recorded.wait());
    LineSearch search;
    QSignalSpy finished(&search, &LineSearch::finished);
    QSignalSpy progressed(&search, &LineSearch::progressed);
    search.start(all(recorded), matcherFor(QStringLiteral("(some|text)+Z"), false, true), {});
    QTRY_VERIFY(progressed.size() > 0);
    QVERIFY(search.isRunning());
    search.cancel();
    QVERIFY(!search.isRunning());
    QCoreApplication::processEvents();
    QCOMPARE(finished.size(), 0);
}

void LineSearchTest::exportedBytesAreTheShownLines()
{
    RecordedOutput recorded;
    const QByteArray nasty("a\0\xff\tb\r\n\n", 8);
    recorded.write(recorded.out, nasty);
    recorded.write(recorded.err, "err\n");
    recorded.write(recorded.out, "last");
    QVERIFY(recorded.wait());
    QByteArray bytes;
    const auto sink = [&](QByteArrayView piece, quint64) {
        bytes += piece;
        return true;
    };
    const auto filter = all(recorded, {.launches = {}, .standardError = false});
    QTRY_COMPARE(filter->count(), 3u);
    const ExportSummary summary = exportLines(*filter, {.lastLine = ~0ull, .endByte = ~0u}, sink);
    QCOMPARE(bytes, nasty + "last");
    QCOMPARE(summary.lines, 3u);
    QCOMPARE(summary.bytes, quint64(bytes.size()));
    QVERIFY(!summary.stopped);
}

void LineSearchTest::anOpenLineDoesNotRunIntoTheNext()
{
    RecordedOutput recorded;
    recorded.write(recorded.out, "$ ");
    recorded.write(recorded.err, "oops\n");
    QVERIFY(recorded.wait());
    QByteArray bytes;
    exportLines(*all(recorded), {.lastLine = ~0ull, .endByte = ~0u}, [&](QByteArrayView piece, quint64) {
        bytes += piece;
        return true;
    });
    QCOMPARE(bytes, QByteArray("$ \noops\n"));
}

void LineSearchTest::aPartOfALineCanBeExported()
{
    RecordedOutput recorded;
    recorded.write(recorded.out, "hello\nworld\n");
    QVERIFY(recorded.wait());
    const auto part = [&](const LineRange &range) {
        QByteArray bytes;
        exportLines(*all(recorded), range, [&](QByteArrayView piece, quint64) {
            bytes += piece;
            return true;
        });
        return bytes;
    };
    QCOMPARE(part({.firstLine = 0, .firstByte = 1, .lastLine = 0, .endByte = 3}), QByteArray("el"));
    QCOMPARE(part({.firstLine = 0, .firstByte = 3, .lastLine = 1, .endByte = 2}), QByteArray("lo\nwo"));
    QCOMPARE(part({.firstLine = 1, .firstByte = 0, .lastLine = 1, .endByte = 99}), QByteArray("world\n"));
}

void LineSearchTest::savedFilesArePrivate()
{
    RecordedOutput recorded;
    recorded.write(recorded.out, "secret\n");
    QVERIFY(recorded.wait());
    LineExport exporter;
    QSignalSpy saved(&exporter, &LineExport::saved);
    exporter.saveTo(recorded.file("out.txt"), all(recorded), {.lastLine = ~0ull, .endByte = ~0u}, LineFormat::Bytes);
    QTRY_COMPARE(saved.size(), 1);
    QFile file(recorded.file("out.txt"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("secret\n"));
    const auto others = QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ReadOther | QFileDevice::WriteOther;
    QCOMPARE(QFileInfo(file).permissions() & others, QFileDevice::Permissions());
}

void LineSearchTest::aFileThatCannotBeWrittenIsAnError()
{
    RecordedOutput recorded;
    recorded.write(recorded.out, "x\n");
    QVERIFY(recorded.wait());
    LineExport exporter;
    Error error;
    connect(&exporter, &LineExport::failed, this, [&](const Error &reported) { error = reported; });
    const QString path = recorded.file("no such folder/out.txt");
    exporter.saveTo(path, all(recorded), {.lastLine = ~0ull, .endByte = ~0u}, LineFormat::Bytes);
    QTRY_COMPARE(error.subject, path);
    QVERIFY(!error.detail.isEmpty());
    QVERIFY(!exporter.isRunning());
}

void LineSearchTest::collectingStopsAtTheLimit()
{
    RecordedOutput recorded;
    const QByteArray line = QByteArray(99, 'x') + '\n';
    for (int i = 0; i < 20'000; ++i)
        recorded.write(recorded.out, line);
    QVERIFY(recorded.wait());
    LineExport exporter;
    ExportSummary summary;
    qsizetype size = -1;
    connect(&exporter, &LineExport::collected, this, [&](const QByteArray &bytes, const ExportSummary &result) {
        summary = result;
        size = bytes.size();
    });
    exporter.collect(all(recorded), {.lastLine = ~0ull, .endByte = ~0u}, LineFormat::Bytes, 1'000'000);
    QTRY_VERIFY(size >= 0);
    QVERIFY(summary.stopped);
    QVERIFY(size < 1'500'000);
    size = -1;
    exporter.collect(all(recorded), {.lastLine = ~0ull, .endByte = ~0u}, LineFormat::Bytes, 2'000'000);
    QTRY_COMPARE(size, 2'000'000);
    QVERIFY(!summary.stopped);
}

QTEST_GUILESS_MAIN(LineSearchTest)
#include "linesearch_test.moc"
