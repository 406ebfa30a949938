// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/shownoutput.h"
#include "ui/output/outputtoolbar.h"
#include "ui/output/programstyle.h"

#include <QSignalSpy>

using namespace forkscope;

/// What the program wanted its output to look like.
class OutputStyleTest : public QObject
{
    Q_OBJECT

private:
    /// Colours right of the gutter in the first row.
    static QSet<QRgb> colorsOf(const ShownOutput &shown)
    {
        const OutputView *view = shown.page.view();
        const QImage image = view->viewport()->grab(QRect(40, 0, 400, view->rowHeight())).toImage();
        QSet<QRgb> colors;
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x)
                colors.insert(image.pixel(x, y));
        return colors;
    }

private slots:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    void coloursAreThoseOfTheProgram()
    {
        ShownOutput shown;
        shown.page.toolBar()->sequences->setChecked(true);
        shown.write(shown.recorded.out, "\x1b[48;2;1;200;3mgreen\x1b[0m plain\n", 1);
        QVERIFY(colorsOf(shown).contains(qRgb(1, 200, 3)));
        shown.page.toolBar()->sequences->setChecked(false); // the characters themselves
        QVERIFY(!colorsOf(shown).contains(qRgb(1, 200, 3)));
        shown.page.toolBar()->sequences->setChecked(true);
    }

    void colourInWideTextIsDrawnToo()
    {
        ShownOutput shown;
        shown.write(shown.recorded.out, "\x1b[48;2;1;200;3m\u4e2d\u6587\x1b[0m\n", 1);
        QVERIFY(colorsOf(shown).contains(qRgb(1, 200, 3)));
    }

    void aLinkIsActivatedByControlAndClick()
    {
        ShownOutput shown;
        shown.write(shown.recorded.out, "\x1b]8;;gopher://example.org\x1b\\linklinklinklink\x1b]8;;\x1b\\\n", 1);
        QSignalSpy activated(shown.page.view(), &OutputView::linkActivated);
        const QPoint inside(shown.page.view()->gutter().width(OutputFont::of(shown.page.view()->font())) + 30,
            shown.page.view()->rowHeight() / 2);
        QTest::mouseClick(shown.page.view()->viewport(), Qt::LeftButton, {}, inside);
        QCOMPARE(activated.size(), 0);
        QTest::mouseClick(shown.page.view()->viewport(), Qt::LeftButton, Qt::ControlModifier, inside);
        QCOMPARE(activated.size(), 1);
        QCOMPARE(activated[0][0].toByteArray(), QByteArray("gopher://example.org"));
        QVERIFY2(shown.page.notice().contains(QLatin1String("not opened")), qPrintable(shown.page.notice()));
    }

    void onlyTheWebIsOpened_data()
    {
        QTest::addColumn<QByteArray>("link");
        QTest::addColumn<bool>("opens");
        QTest::newRow("https") << QByteArray("https://example.org/a?b#c") << true;
        QTest::newRow("http") << QByteArray("http://example.org") << true;
        QTest::newRow("file") << QByteArray("file:///etc/passwd") << false;
        QTest::newRow("javascript") << QByteArray("javascript:alert(1)") << false;
        QTest::newRow("a path") << QByteArray("/usr/bin/true") << false;
        QTest::newRow("no host") << QByteArray("https:///x") << false;
        QTest::newRow("other program") << QByteArray("ssh://host") << false;
    }
    void onlyTheWebIsOpened()
    {
        QFETCH(QByteArray, link);
        QFETCH(bool, opens);
        QCOMPARE(!urlToOpen(link).isEmpty(), opens);
    }
};

QTEST_MAIN(OutputStyleTest)
#include "outputstyle_test.moc"
