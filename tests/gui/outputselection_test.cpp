// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/output/linetext.h"
#include "tests/gui/shownoutput.h"
#include "ui/output/outputtoolbar.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QMimeData>
#include <QPushButton>
#include <QScrollBar>
#include <QToolButton>

using namespace forkscope;

class OutputSelectionTest : public QObject
{
    Q_OBJECT

    using Shown = ShownOutput;
    TestHome m_home;

    static QString copied() { return QGuiApplication::clipboard()->text(); }

private slots:
    void copiedTextEqualsTheBytes();
    void linesAreCopiedWithTheirTimes();
    void aDraggedSelectionIsCopied();
    void doubleClickSelectsAWordAndTripleClickTheLine();
    void keysExtendTheSelection();
    void draggingBelowTheViewScrolls();
    void aSelectionThatIsTooLargeSaysSo();
    void linesOfStderrAreGoneThroughOneByOne();
};

void OutputSelectionTest::copiedTextEqualsTheBytes()
{
    Shown shown;
    const QByteArray bytes = "tab\there\r\n\u4e2d\u6587 \U0001f600 \x1b[31mred\n  spaces  \nbad \xff\xfe bytes\nopen";
    shown.write(shown.recorded.out, bytes, 5);
    shown.page.toolBar()->sequences->setChecked(false);
    QTest::keyClick(shown.page.view(), Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(shown.page.view(), Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->mimeData()->data(QStringLiteral("application/octet-stream")), bytes);
    QCOMPARE(
        copied(), QString::fromUtf8("tab\there\r\n\u4e2d\u6587 \U0001f600 \x1b[31mred\n  spaces  \nbad \\xFF\\xFE bytes\nopen"));
    QVERIFY(!shown.page.notice().isEmpty());
    // What is obeyed is not part of the text; the bytes are all there.
    shown.page.toolBar()->sequences->setChecked(true);
    QTest::keyClick(shown.page.view(), Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->mimeData()->data(QStringLiteral("application/octet-stream")), bytes);
    QCOMPARE(copied(), QString::fromUtf8("tab\there\r\n\u4e2d\u6587 \U0001f600 red\n  spaces  \nbad \\xFF\\xFE bytes\nopen"));
}

void OutputSelectionTest::linesAreCopiedWithTheirTimes()
{
    Shown shown;
    QVERIFY(!shown.page.toolBar()->copyWithTimes->isEnabled());
    shown.write(shown.recorded.out, "one\n", 1);
    shown.write(shown.recorded.err, "two\n", 2);
    QTest::keyClick(shown.page.view(), Qt::Key_A, Qt::ControlModifier);
    shown.page.toolBar()->copyWithTimes->trigger();
    const QStringList lines = copied().split(u'\n');
    QCOMPARE(lines.size(), 3);
    QVERIFY(lines[0].endsWith(QStringLiteral(" stdout make(4711): one")));
    QVERIFY(lines[1].endsWith(QStringLiteral(" stderr make(4711): two")));
}

void OutputSelectionTest::aDraggedSelectionIsCopied()
{
    Shown shown;
    shown.write(shown.recorded.out, "hello world\nsecond line\n", 2);
    OutputView *view = shown.page.view();
    const QFontMetricsF metrics(view->font());
    const qreal cell = metrics.horizontalAdvance(QString(128, u'0')) / 128;
    const int left = view->gutter().width(OutputFont::of(view->font())) + 4;
    const auto at = [&](int row, int column) {
        return QPoint(left + int(column * cell + 1), row * view->rowHeight() + view->rowHeight() / 2);
    };
    QTest::mousePress(view->viewport(), Qt::LeftButton, {}, at(0, 6));
    QTest::mouseMove(view->viewport(), at(1, 3));
    QTest::mouseRelease(view->viewport(), Qt::LeftButton, {}, at(1, 6));
    shown.page.copy();
    QVERIFY2(copied().startsWith(QStringLiteral("world\nsec")), qPrintable(copied()));
    QTest::mouseClick(view->viewport(), Qt::LeftButton, Qt::ShiftModifier, at(1, 6));
    shown.page.copy();
    QCOMPARE(copied(), QStringLiteral("world\nsecond"));
}

void OutputSelectionTest::doubleClickSelectsAWordAndTripleClickTheLine()
{
    Shown shown;
    shown.write(shown.recorded.out, "see /usr/lib/x.so now\nnext\n", 2);
    OutputView *view = shown.page.view();
    const QPoint inWord(view->gutter().width(OutputFont::of(view->font())) + 60, view->rowHeight() / 2);
    QTest::mouseDClick(view->viewport(), Qt::LeftButton, {}, inWord);
    shown.page.copy();
    QCOMPARE(copied(), QStringLiteral("/usr/lib/x.so"));
    QTest::mousePress(view->viewport(), Qt::LeftButton, {}, inWord);
    QTest::mouseRelease(view->viewport(), Qt::LeftButton, {}, inWord);
    shown.page.copy();
    QCOMPARE(copied(), QStringLiteral("see /usr/lib/x.so now\n"));
}

void OutputSelectionTest::keysExtendTheSelection()
{
    Shown shown;
    shown.write(shown.recorded.out, "\u4e2dbc\nsecond\nthird\n", 3);
    OutputView *view = shown.page.view();
    QTest::keyClick(view, Qt::Key_Right, Qt::ShiftModifier);
    shown.page.copy();
    QCOMPARE(copied(), QStringLiteral("\u4e2d"));
    QTest::keyClick(view, Qt::Key_End, Qt::ShiftModifier);
    shown.page.copy();
    QCOMPARE(copied(), QStringLiteral("\u4e2dbc\n"));
    QTest::keyClick(view, Qt::Key_End, Qt::ShiftModifier | Qt::ControlModifier);
    shown.page.copy();
    QCOMPARE(copied(), QStringLiteral("\u4e2dbc\nsecond\nthird\n"));
    QTest::keyClick(view, Qt::Key_Up, Qt::ShiftModifier);
    QTest::keyClick(view, Qt::Key_Home, Qt::ShiftModifier);
    shown.page.copy();
    QCOMPARE(copied(), QStringLiteral("\u4e2dbc\n"));
}

void OutputSelectionTest::draggingBelowTheViewScrolls()
{
    Shown shown;
    shown.writeNumbers(500);
    OutputView *view = shown.page.view();
    QTest::keyClick(view, Qt::Key_Home);
    QTest::mousePress(view->viewport(), Qt::LeftButton, {}, QPoint(100, 10));
    QMouseEvent move(QEvent::MouseMove, QPointF(100, view->viewport()->height() + 40.0),
        view->viewport()->mapToGlobal(QPointF(100, view->viewport()->height() + 40.0)), Qt::NoButton, Qt::LeftButton, {});
    QCoreApplication::sendEvent(view->viewport(), &move);
    QTRY_VERIFY(view->topLine().value_or(0) > 20); // by itself, while the mouse rests
    QTest::mouseRelease(view->viewport(), Qt::LeftButton, {}, QPoint(100, view->viewport()->height() + 40));
    QVERIFY(view->selection().last().line > 20);
}

void OutputSelectionTest::aSelectionThatIsTooLargeSaysSo()
{
    Shown shown;
    QGuiApplication::clipboard()->setText(QStringLiteral("before"));
    const QByteArray chunk = QByteArray(99'999, 'x') + '\n';
    for (int i = 0; i < 340; ++i)
        shown.recorded.write(shown.recorded.out, chunk);
    QVERIFY(shown.recorded.wait());
    QTRY_COMPARE(shown.page.view()->shownCount(), shown.recorded.index->lineCount());
    shown.page.view()->selectAll();
    shown.page.copy();
    QTRY_VERIFY2(shown.page.notice().contains(QStringLiteral("larger than")), qPrintable(shown.page.notice()));
    QCOMPARE(copied(), QStringLiteral("before"));
}

void OutputSelectionTest::linesOfStderrAreGoneThroughOneByOne()
{
    ShownOutput shown;
    shown.writeNumbers(100);
    shown.page.showNextError();
    QTRY_VERIFY2(shown.page.notice().contains(QLatin1String("no line of stderr")), qPrintable(shown.page.notice()));
    shown.write(shown.recorded.err, "first\n", 101);
    shown.recorded.write(shown.recorded.out, QByteArray(2 * 500, 'x').replace("xx", "x\n"));
    shown.write(shown.recorded.err, "second\n", 602);
    const OutputSelection &selection = shown.page.view()->selection();
    const auto selected = [&selection] { return selection.isEmpty() ? 0 : selection.first().line; };
    shown.page.view()->setFollow(false);
    shown.page.showNextError();
    QTRY_COMPARE(selected(), 601u); // the view stood at the end
    shown.page.showNextError();
    QTRY_COMPARE(selected(), 100u); // around
    shown.page.showNextError();
    QTRY_COMPARE(selected(), 601u);
    shown.page.showPreviousError();
    QTRY_COMPARE(selected(), 100u);
    shown.page.toolBar()->standardError->setChecked(false);
    shown.page.showNextError();
    QTRY_VERIFY(shown.page.notice().contains(QLatin1String("switched off")));
}

QTEST_MAIN(OutputSelectionTest)
#include "outputselection_test.moc"
