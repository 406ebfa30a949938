// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/output/outputview.h"

#include "core/output/linescanner.h"
#include "core/output/linetext.h"
#include "tests/gui/shownoutput.h"
#include "tests/gui/stallmeter.h"
#include "ui/output/linelayout.h"
#include "ui/output/outputpage.h"
#include "ui/output/outputtoolbar.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QScrollBar>
#include <QToolButton>

#include <malloc.h>

#include <cmath>
#include <thread>

using namespace forkscope;

class OutputViewTest : public QObject
{
    Q_OBJECT

    using Shown = ShownOutput;
    TestHome m_home;

    static QString copied() { return QGuiApplication::clipboard()->text(); }

private slots:
    void followsNewLinesUntilTheUserScrollsUp();
    void endTakesUpFollowing();
    void followCanBeSwitched();
    void streamsAreToldApartByAMark();
    void streamsCanBeSwitchedOff();
    void bytesThatAreNotUtf8AreShown();
    void anOpenLineGrowsInPlace();
    void searchFindsAndScrolls();
    void onlyMatchingLinesAreShownOnRequest();
    void searchSaysWhatItDidNotFind();
    void aMalformedExpressionIsExplained();
    void escapeClosesTheSearch();
    void clearHidesAndShowAgainBringsBack();
    void onlySelectedLaunchesAreShownNewChannelsIncluded();
    void emptyStatesSayWhy();
    void givenUpRecordsAreTold();
    void wrappedLinesTakeSeveralRows();
    void veryLongLinesDoNotStall();
    void aLineWithoutEndNeitherStallsNorFillsMemory();
    void aProgressBarStaysInItsRow();
    void wideAndCombiningCharactersKeepToTheirCells();
    void sourceCanBeTakenAway();
    void nothingPollsWhileHidden();
    void aMillionLinesArriveWithoutAStall();
};

void OutputViewTest::followsNewLinesUntilTheUserScrollsUp()
{
    Shown shown;
    shown.writeNumbers(500);
    QTRY_VERIFY(shown.atEnd());
    QVERIFY(shown.page.view()->follows());
    QTest::keyClick(shown.page.view(), Qt::Key_PageUp);
    QVERIFY(!shown.page.view()->follows());
    QVERIFY(!shown.page.toolBar()->follow->isChecked());
    const auto top = shown.page.view()->topLine();
    shown.write(shown.recorded.out, "more\n", 501);
    QCOMPARE(shown.page.view()->topLine(), top);
}

void OutputViewTest::endTakesUpFollowing()
{
    Shown shown;
    shown.writeNumbers(500);
    QTest::keyClick(shown.page.view(), Qt::Key_Home);
    QCOMPARE(shown.page.view()->topLine(), std::optional<quint64>(0));
    QVERIFY(!shown.page.view()->follows());
    QTest::keyClick(shown.page.view(), Qt::Key_End);
    QVERIFY(shown.page.view()->follows());
    shown.write(shown.recorded.out, QByteArray(100, '\n'), 600);
    QVERIFY(shown.atEnd());
}

void OutputViewTest::followCanBeSwitched()
{
    Shown shown;
    shown.writeNumbers(500);
    shown.page.toolBar()->follow->trigger();
    QVERIFY(!shown.page.view()->follows());
    const auto top = shown.page.view()->topLine();
    shown.write(shown.recorded.out, QByteArray(100, '\n'), 600);
    QCOMPARE(shown.page.view()->topLine(), top);
    shown.page.view()->verticalScrollBar()->setValue(3);
    QCOMPARE(shown.page.view()->topLine(), std::optional<quint64>(3));
    shown.page.toolBar()->follow->trigger();
    QVERIFY(shown.atEnd());
}

void OutputViewTest::streamsAreToldApartByAMark()
{
    Shown shown;
    shown.recorded.write(shown.recorded.out, "same\n");
    shown.recorded.write(shown.recorded.err, "same\n");
    shown.recorded.write(shown.recorded.in, "same\n");
    QTRY_COMPARE(shown.page.view()->shownCount(), 3u);
    // The shapes differ, not only the hues: compare where there is ink.
    const auto inkOf = [](const QImage &image) {
        QImage ink(image.size(), QImage::Format_Grayscale8);
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x)
                ink.setPixel(x, y, image.pixel(x, y) == image.pixel(0, 0) ? qRgb(0, 0, 0) : qRgb(255, 255, 255));
        return ink;
    };
    const QImage out = inkOf(shown.gutterOfRow(0));
    const QImage err = inkOf(shown.gutterOfRow(1));
    const QImage in = inkOf(shown.gutterOfRow(2));
    QVERIFY(out != err);
    QVERIFY(err != in);
    QVERIFY(out != in);
}

void OutputViewTest::streamsCanBeSwitchedOff()
{
    Shown shown;
    shown.recorded.write(shown.recorded.out, "1\n2\n");
    shown.recorded.write(shown.recorded.err, "3\n");
    shown.recorded.write(shown.recorded.in, "4\n");
    QTRY_COMPARE(shown.page.view()->shownCount(), 4u);
    shown.page.toolBar()->standardError->trigger();
    QTRY_COMPARE(shown.page.view()->shownCount(), 3u);
    shown.page.toolBar()->standardInput->trigger();
    QTRY_COMPARE(shown.page.view()->shownCount(), 2u);
    shown.page.toolBar()->standardError->trigger();
    QTRY_COMPARE(shown.page.view()->shownCount(), 3u);
    shown.page.view()->selectAll();
    shown.page.copy();
    QCOMPARE(copied(), QStringLiteral("1\n2\n3\n"));
}

void OutputViewTest::bytesThatAreNotUtf8AreShown()
{
    Shown shown;
    shown.write(shown.recorded.out, "\xff\n\\xFF\n", 2);
    const int height = shown.page.view()->rowHeight();
    const auto row = [&](int i) { return shown.page.view()->viewport()->grab(QRect(20, i * height, 80, height)).toImage(); };
    // Shown by number, but told apart from the same text.
    QVERIFY(row(0) != row(1));
    QVERIFY(row(0) != row(2));
}

void OutputViewTest::anOpenLineGrowsInPlace()
{
    Shown shown;
    shown.write(shown.recorded.out, "$ ", 1);
    const QImage before = shown.page.view()->viewport()->grab().toImage();
    shown.recorded.write(shown.recorded.out, "make all");
    QTRY_VERIFY(shown.page.view()->viewport()->grab().toImage() != before);
    QCOMPARE(shown.page.view()->shownCount(), 1u);
}

void OutputViewTest::searchFindsAndScrolls()
{
    Shown shown;
    shown.writeNumbers(5000);
    OutputView *view = shown.page.view();
    shown.page.find();
    QTest::keyClicks(shown.searchField(), QStringLiteral("LINE 777"));
    QTRY_COMPARE(view->selection().first().line, 776u);
    QVERIFY(!view->follows());
    QVERIFY(view->topLine().value_or(0) <= 776 && view->topLine().value_or(0) > 700);
    QTest::keyClick(shown.searchField(), Qt::Key_Backspace); // "line 77": the same place matches
    QTRY_COMPARE(view->selection().last().byte - view->selection().first().byte, 7u);
    QCOMPARE(view->selection().first().line, 776u);
    QTest::keyClick(shown.searchField(), Qt::Key_Return);
    QTRY_COMPARE(view->selection().first().line, 777u);
    shown.page.findPrevious();
    QTRY_COMPARE(view->selection().first().line, 776u);
    shown.page.findPrevious();
    QTRY_COMPARE(view->selection().first().line, 775u);
    shown.page.copy();
    QCOMPARE(copied(), QStringLiteral("line 77"));
}

void OutputViewTest::onlyMatchingLinesAreShownOnRequest()
{
    Shown shown;
    shown.writeNumbers(500);
    OutputView *view = shown.page.view();
    shown.page.find();
    QTest::keyClicks(shown.searchField(), QStringLiteral("line 77"));
    QToolButton *filter = nullptr;
    for (QToolButton *button : shown.page.findChildren<QToolButton *>())
        if (button->text() == QLatin1String("Filter"))
            filter = button;
    QVERIFY(filter);
    filter->click();
    QTRY_COMPARE(view->shownCount(), 1u);
    QCOMPARE(view->topLine(), 76u);
    QTest::keyClicks(shown.searchField(), QStringLiteral("7"));
    QTRY_VERIFY2(shown.page.emptyState().contains(QLatin1String("line 777")), qPrintable(shown.page.emptyState()));
    shown.recorded.write(shown.recorded.err, "line 777 at last\n");
    QTRY_COMPARE(view->shownCount(), 1u);
    QTest::keyClick(shown.searchField(), Qt::Key_Escape);
    QTRY_COMPARE(view->shownCount(), 501u);
}

void OutputViewTest::searchSaysWhatItDidNotFind()
{
    Shown shown;
    shown.writeNumbers(10);
    shown.page.find();
    QTest::keyClicks(shown.searchField(), QStringLiteral("nowhere"));
    const auto says = [&](const QString &text) {
        const auto labels = shown.page.findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(), [&](QLabel *label) { return label->text().contains(text); });
    };
    QTRY_VERIFY(says(QStringLiteral("Not found")));
}

void OutputViewTest::aMalformedExpressionIsExplained()
{
    Shown shown;
    shown.writeNumbers(10);
    shown.page.find();
    for (auto *button : shown.page.findChildren<QToolButton *>())
        if (button->accessibleName() == QStringLiteral("Regular expression"))
            button->click();
    QTest::keyClicks(shown.searchField(), QStringLiteral("("));
    const auto labels = shown.page.findChildren<QLabel *>();
    QVERIFY(std::any_of(
        labels.begin(), labels.end(), [](QLabel *label) { return label->text().contains(QStringLiteral("wrong at")); }));
}

void OutputViewTest::escapeClosesTheSearch()
{
    Shown shown;
    shown.writeNumbers(10);
    shown.page.find();
    QVERIFY(shown.searchField()->isVisible());
    QTest::keyClick(shown.searchField(), Qt::Key_Escape);
    QVERIFY(!shown.searchField()->isVisible());
}

void OutputViewTest::clearHidesAndShowAgainBringsBack()
{
    Shown shown;
    shown.writeNumbers(100);
    shown.page.clear();
    QCOMPARE(shown.page.view()->shownCount(), 0u);
    QCOMPARE(shown.page.emptyState(), QStringLiteral("Cleared."));
    shown.write(shown.recorded.out, "after\n", 1);
    QVERIFY(shown.page.emptyState().isEmpty());
    shown.page.view()->selectAll();
    shown.page.copy();
    QCOMPARE(copied(), QStringLiteral("after\n"));
    shown.page.showAllAgain();
    QCOMPARE(shown.page.view()->shownCount(), 101u);
}

void OutputViewTest::onlySelectedLaunchesAreShownNewChannelsIncluded()
{
    Shown shown;
    shown.recorded.write(shown.recorded.out, "first\n");
    shown.page.showLaunches(QList{LaunchId(2)}, QStringLiteral("second"));
    QTRY_COMPARE(shown.page.emptyState(), QStringLiteral("No output yet."));
    const ChannelId late = shown.recorded.open(ChannelKind::StandardError, LaunchId(2));
    shown.write(late, "late\n", 1);
    QVERIFY(!shown.page.view()->gutter().names());
    shown.page.showLaunches({}, {});
    QTRY_COMPARE(shown.page.view()->shownCount(), 2u);
    QVERIFY(shown.page.view()->gutter().names());
}

void OutputViewTest::emptyStatesSayWhy()
{
    OutputPage none;
    QVERIFY(none.emptyState().startsWith(QStringLiteral("Nothing was launched")));
    Shown shown;
    QTRY_COMPARE(shown.page.emptyState(), QStringLiteral("No output yet."));
    shown.write(shown.recorded.err, "x\n", 1);
    QVERIFY(shown.page.emptyState().isEmpty());
    shown.page.toolBar()->standardError->trigger();
    QTRY_COMPARE(shown.page.emptyState(), QStringLiteral("The output is hidden."));
    for (auto *button : shown.page.findChildren<QPushButton *>())
        if (button->text() == QStringLiteral("Show all streams"))
            button->click();
    QTRY_COMPARE(shown.page.view()->shownCount(), 1u);
    QVERIFY(shown.page.emptyState().isEmpty());
}

void OutputViewTest::givenUpRecordsAreTold()
{
    Shown shown(JournalWriter::kMinimumSizeLimit);
    const QByteArray chunk = QByteArray(99'999, 'x') + '\n';
    while (shown.recorded.writer->journal().firstRecord() == 0)
        shown.recorded.write(shown.recorded.out, chunk);
    QVERIFY(shown.recorded.wait());
    const auto says = [&] {
        const auto labels = shown.page.findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(),
            [](QLabel *label) { return label->isVisible() && label->text().contains(QStringLiteral("given up: size limit")); });
    };
    QTRY_VERIFY(says());
    // What is gone is not shown as lines.
    QTRY_VERIFY(shown.page.view()->shownCount() < shown.recorded.index->lineCount());
    QTest::keyClick(shown.page.view(), Qt::Key_Home);
    QVERIFY(shown.page.view()->topLine().value_or(0) > 0);
}

void OutputViewTest::wrappedLinesTakeSeveralRows()
{
    Shown shown;
    shown.page.toolBar()->wrap->setChecked(true);
    QByteArray bytes;
    for (int i = 0; i < 50; ++i)
        bytes += QByteArray(1000, 'x') + '\n' + QByteArray("\u4e2d").repeated(300) + '\n';
    shown.write(shown.recorded.out, bytes, 100);
    OutputView *view = shown.page.view();
    QCOMPARE(view->horizontalScrollBar()->maximum(), 0);
    const quint64 rows = quint64(view->viewport()->height() / view->rowHeight());
    QVERIFY(view->topLine().value_or(0) > 100 - rows);
    const quint64 before = *view->topLine();
    QTest::keyClick(view, Qt::Key_PageUp);
    QVERIFY(*view->topLine() < before);
    QVERIFY(before - *view->topLine() < rows);
    QTest::keyClick(view, Qt::Key_End);
    QCOMPARE(*view->topLine(), before);
    shown.page.toolBar()->wrap->setChecked(false);
    QVERIFY(view->horizontalScrollBar()->maximum() > 0);
}

void OutputViewTest::veryLongLinesDoNotStall()
{
    Shown shown;
    shown.write(shown.recorded.out, QByteArray("\u4e2d\0\n", 5), 1); // the fonts are looked for once in a program's life
    StallMeter meter;
    const QByteArray noise = QByteArray("\u4e2d\0\xff\x1b[31mword ", 15).repeated(4369);
    for (int i = 0; i < 60; ++i)
        shown.recorded.write(shown.recorded.out, noise);
    QVERIFY(meter.runUntil([&] { return shown.page.view()->shownCount() >= 58; }, 20'000));
    // Rows of lines that were never laid out before come into sight.
    for (int i = 0; i < 5; ++i)
        QTimer::singleShot(20 * i, shown.page.view(), [&] { QTest::keyClick(shown.page.view(), Qt::Key_PageUp); });
    QVERIFY(meter.runUntil([&] { return !shown.page.view()->follows(); }, 20'000));
    meter.stop();
    qInfo("%zu turns, longest %.1f ms", meter.turns(), meter.worstMs());
    QVERIFY2(meter.worstMs() < 500 * kSlack, qPrintable(QString::number(meter.worstMs())));
}

void OutputViewTest::aLineWithoutEndNeitherStallsNorFillsMemory()
{
    Shown shown;
    shown.write(shown.recorded.out, "first\n", 1);
    constexpr quint64 kBytes = 192 * 1024 * 1024;
    const auto heap = [] {
        const struct mallinfo2 info = mallinfo2();
        return qint64(info.uordblks) + qint64(info.hblkhd);
    };
    const qint64 before = heap();
    StallMeter meter;
    std::thread producer([&] {
        const QByteArray piece(64 * 1024, 'x');
        for (quint64 written = 0; written < kBytes; written += quint64(piece.size()))
            shown.recorded.writer->append(shown.recorded.out, piece);
    });
    const bool arrived = meter.runUntil([&] { return shown.page.view()->shownCount() >= 1 + kBytes / kMaxLineBytes; }, 50'000);
    meter.stop();
    producer.join();
    QVERIFY(arrived);
    qInfo("192 MiB in one line: longest turn %.1f ms, heap %+.1f MiB", meter.worstMs(), double(heap() - before) / 1048576);
    QVERIFY2(meter.worstMs() < 500 * kSlack, qPrintable(QString::number(meter.worstMs())));
    QVERIFY(heap() - before < 32 * 1024 * 1024 * qint64(kSlack));
}

void OutputViewTest::aProgressBarStaysInItsRow()
{
    Shown shown;
    shown.write(shown.recorded.out, "10 % #\r", 1);
    const QImage before = shown.page.view()->viewport()->grab().toImage();
    shown.recorded.write(shown.recorded.out, "90 % #########\r");
    QTRY_VERIFY(shown.page.view()->viewport()->grab().toImage() != before);
    QCOMPARE(shown.page.view()->shownCount(), 1u);
    shown.page.view()->selectAll();
    shown.page.copy();
    QTRY_COMPARE(copied().trimmed(), QStringLiteral("90 % #########"));
}

void OutputViewTest::wideAndCombiningCharactersKeepToTheirCells()
{
    const OutputFont font = OutputFont::of(OutputFont::systemFont());
    const auto columnOf = [&](const QByteArray &line, char16_t character) {
        const LineLayout layout(displayText(line), font, 0);
        return layout.placeOf(layout.text().text.indexOf(QChar(character))).x / font.charWidth;
    };
    const auto isAbout = [](double value, double wanted) { return std::abs(value - wanted) < 0.25; };
    QVERIFY2(isAbout(columnOf("\u4e2d\u6587x", u'x'), 4), qPrintable(QString::number(columnOf("\u4e2d\u6587x", u'x'))));
    QVERIFY2(isAbout(columnOf("e\u0301x", u'x'), 1), qPrintable(QString::number(columnOf("e\u0301x", u'x'))));
    QVERIFY2(isAbout(columnOf("\u4e2d\tx", u'x'), 8), qPrintable(QString::number(columnOf("\u4e2d\tx", u'x'))));
}

void OutputViewTest::sourceCanBeTakenAway()
{
    Shown shown;
    shown.writeNumbers(1000);
    shown.page.find();
    QTest::keyClicks(shown.searchField(), QStringLiteral("nowhere"));
    shown.page.setSource(nullptr);
    shown.recorded.index.reset();
    QCoreApplication::processEvents();
    QCOMPARE(shown.page.view()->shownCount(), 0u);
    QVERIFY(shown.page.emptyState().startsWith(QStringLiteral("Nothing was launched")));
    QTest::keyClick(shown.page.view(), Qt::Key_Home);
    QTest::keyClick(shown.page.view(), Qt::Key_Right, Qt::ShiftModifier);
    shown.page.findNext();
    shown.page.clear();
}

void OutputViewTest::nothingPollsWhileHidden()
{
    Shown shown;
    shown.writeNumbers(1);
    shown.page.hide();
    shown.recorded.write(shown.recorded.out, "more\n");
    QVERIFY(shown.recorded.wait());
    QSignalSpy changed(shown.page.view(), &OutputView::countChanged);
    QTest::qWait(50);
    QCOMPARE(changed.size(), 0);
    shown.page.show();
    QTRY_COMPARE(shown.page.view()->shownCount(), 2u);
}

void OutputViewTest::aMillionLinesArriveWithoutAStall()
{
    Shown shown;
    constexpr quint64 kLines = 1'000'000;
    QByteArray chunk; // 640 lines, as a pipe of 64 KiB brings them
    for (int i = 0; i < 640; ++i)
        chunk += QByteArray(99, char('a' + i % 26)) + '\n';
    StallMeter meter;
    QElapsedTimer clock;
    clock.start();
    std::thread producer([&] {
        for (quint64 left = kLines; left > 0;) {
            const quint64 lines = std::min<quint64>(left, 640);
            shown.recorded.writer->append(shown.recorded.out, QByteArrayView(chunk).first(qsizetype(lines) * 100));
            left -= lines;
        }
    });
    const bool arrived = meter.runUntil([&] { return shown.page.view()->shownCount() == kLines; }, 50'000);
    meter.stop();
    producer.join();
    QVERIFY(arrived);
    QVERIFY(shown.atEnd());
    qInfo("1,000,000 lines in %lld ms; %zu turns of the event loop: longest %.1f ms, 99 %% up to %.1f ms", clock.elapsed(),
        meter.turns(), meter.worstMs(), meter.percentileMs(0.99));
    QVERIFY2(meter.worstMs() <= 250 * kSlack, qPrintable(QString::number(meter.worstMs())));
    QVERIFY2(meter.percentileMs(0.99) <= 50 * kSlack, qPrintable(QString::number(meter.percentileMs(0.99))));
}

QTEST_MAIN(OutputViewTest)
#include "outputview_test.moc"
