// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/shownoutput.h"
#include "ui/output/outputtoolbar.h"
#include "ui/output/programstyle.h"

#include <QHelpEvent>
#include <QLabel>
#include <QSignalSpy>
#include <QToolTip>
#include <QWheelEvent>

using namespace forkscope;

/// What the program wanted its output to look like.
class OutputStyleTest : public QObject
{
    Q_OBJECT

    TestHome m_home;

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

    void linesOfDifferentProcessesHaveBarsOfDifferentColours()
    {
        ShownOutput shown;
        const ChannelId other = shown.recorded.open(ChannelKind::StandardOutput, LaunchId(2));
        shown.write(shown.recorded.out, "of the first\n", 1);
        shown.write(other, "of the second\n", 2);
        OutputView *view = shown.page.view();
        const OutputColors colors = OutputColors::of(view->palette());
        const auto hasBar = [&](int row, LaunchId launch) {
            const QImage image = view->viewport()->grab(QRect(0, row * view->rowHeight(), 60, view->rowHeight())).toImage();
            for (int x = 0; x < image.width(); ++x) {
                if (image.pixelColor(x, image.height() / 2) == colors.process(launch))
                    return true;
            }
            return false;
        };
        QTRY_VERIFY(hasBar(0, LaunchId(1)));
        QVERIFY(hasBar(1, LaunchId(2)));
        QVERIFY(colors.process(LaunchId(1)) != colors.process(LaunchId(2)));
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
        for (const QLabel *label : shown.page.findChildren<QLabel *>()) // the address is a stranger's
            QVERIFY(!label->text().contains(QLatin1String("gopher")) || label->textFormat() == Qt::PlainText);
    }

    void aPlaceInAFileIsActivatedByControlAndClickOrFromTheSelectedLine()
    {
        ShownOutput shown;
        shown.write(shown.recorded.out, "nothing\nsrc/main.c:12:3: error\n", 2);
        OutputView *view = shown.page.view();
        QList<SourceLink> activated;
        connect(&shown.page, &OutputPage::sourceActivated, this, [&](const SourceLink &source) { activated.append(source); });
        const QPoint inside(view->gutter().width(OutputFont::of(view->font())) + 30, view->rowHeight() + view->rowHeight() / 2);
        QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, inside);
        QTest::mouseClick(view->viewport(), Qt::LeftButton, Qt::ControlModifier, inside - QPoint(0, view->rowHeight()));
        QCOMPARE(activated.size(), 0);
        QTest::mouseClick(view->viewport(), Qt::LeftButton, Qt::ControlModifier, inside);
        QCOMPARE(activated.size(), 1);
        view->reveal(0, {0, OutputPlace::kEnd});
        shown.page.toolBar()->openSource->trigger();
        QCOMPARE(activated.size(), 1);
        QVERIFY2(shown.page.notice().contains(QLatin1String("no place")), qPrintable(shown.page.notice()));
        view->reveal(1, {0, OutputPlace::kEnd});
        shown.page.toolBar()->openSource->trigger();
        QCOMPARE(activated.size(), 2);
        for (const SourceLink &source : activated) {
            QCOMPARE(source.place.file, QStringLiteral("src/main.c"));
            QCOMPARE(source.place.line, 12);
            QCOMPARE(source.place.column, 3);
            QCOMPARE(source.launch, LaunchId(1));
        }
    }

    void toolTipsTellAddressesAndWhatIsNotShown()
    {
        ShownOutput shown;
        shown.write(
            shown.recorded.out, "\x1b]8;;https://x.org/?a&b<img src=y>\x1b\\linklinklinklink\x1b]8;;\x1b\\\n10 %\r90 %\n", 2);
        const OutputView *view = shown.page.view();
        const auto toolTipAt = [view](QPoint at) {
            QHelpEvent event(QEvent::ToolTip, at, view->viewport()->mapToGlobal(at));
            QApplication::sendEvent(view->viewport(), &event);
            return QToolTip::text();
        };
        const int middle = view->rowHeight() / 2;
        const QString link = toolTipAt({view->gutter().width(OutputFont::of(view->font())) + 30, middle});
        QVERIFY2(link.contains(QLatin1String("a&amp;b&lt;img")) && link.startsWith(QLatin1String("<p>")), qPrintable(link));
        const QString hidden = toolTipAt({5, view->rowHeight() + middle});
        QVERIFY2(hidden.contains(QLatin1String("not shown")) && hidden.contains(QLatin1String("5 B")), qPrintable(hidden));
    }

    void elapsedTimesAreReadable_data()
    {
        QTest::addColumn<qint64>("ms");
        QTest::addColumn<QString>("text");
        QTest::newRow("none") << qint64(0) << QStringLiteral("+0.000");
        QTest::newRow("seconds") << qint64(12'345) << QStringLiteral("+12.345");
        QTest::newRow("minutes") << qint64(125'007) << QStringLiteral("+2:05.007");
        QTest::newRow("hours") << qint64(3 * 3'600'000 + 62'003) << QStringLiteral("+3:01:02.003");
    }
    void elapsedTimesAreReadable()
    {
        QFETCH(qint64, ms);
        QTEST(Gutter::elapsedText(ms * 1'000'000), "text");
    }

    void timesAndNumbersTakeTheirRoom()
    {
        ShownOutput shown;
        shown.writeNumbers(3);
        OutputToolBar *bar = shown.page.toolBar();
        const Gutter &gutter = shown.page.view()->gutter();
        const OutputFont font = OutputFont::of(shown.page.view()->font());
        bar->setTimeStyle(TimeStyle::None);
        bar->numbers->setChecked(false);
        const int bare = gutter.width(font);
        bar->timeStyles()[2]->trigger(); // choosing how switches them on
        QVERIFY(bar->timeStamps->isChecked());
        QCOMPARE(gutter.timeStyle(), TimeStyle::SinceLineBefore);
        const int timed = gutter.width(font);
        QVERIFY(timed > bare);
        bar->numbers->setChecked(true);
        QVERIFY(gutter.width(font) > timed);
        OutputPage later; // remembers
        QCOMPARE(later.toolBar()->timeStyle(), TimeStyle::SinceLineBefore);
        QVERIFY(later.toolBar()->numbers->isChecked());
        bar->setTimeStyle(TimeStyle::None);
        bar->numbers->setChecked(false);
    }

    void controlAndWheelChangeTheSize()
    {
        ShownOutput shown;
        shown.writeNumbers(3);
        OutputView *view = shown.page.view();
        const int rowHeight = view->rowHeight();
        const auto wheel = [view](int delta) {
            const QPointF at(50, 50);
            QWheelEvent event(at, view->viewport()->mapToGlobal(at), {}, {0, delta}, Qt::NoButton, Qt::ControlModifier,
                Qt::NoScrollPhase, false);
            QApplication::sendEvent(view->viewport(), &event);
        };
        wheel(5 * 120);
        QCOMPARE(view->zoom(), 5);
        QVERIFY(view->rowHeight() > rowHeight);
        shown.page.toolBar()->zoomReset->trigger();
        QCOMPARE(view->rowHeight(), rowHeight);
        wheel(-100 * 120); // there is a smallest size
        QVERIFY(view->rowHeight() > 4);
        shown.page.toolBar()->zoomReset->trigger();
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
