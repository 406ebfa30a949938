// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/guitesting.h"
#include "tests/unit/recordedoutput.h"
#include "ui/output/alloutputsearch.h"
#include "ui/output/outputview.h"
#include "ui/output/searchbar.h"

#include <QAbstractButton>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>

using namespace forkscope;

class AllOutputSearchTest : public QObject
{
    Q_OBJECT

    TestHome m_home;

    struct Shown {
        Shown()
        {
            search.resize(900, 500);
            search.setSource(recorded.index.get());
            search.show();
            if (!QTest::qWaitForWindowExposed(&search))
                qFatal("the window was not shown");
        }
        ~Shown() { search.setSource(nullptr); }
        void type(const QString &text) { search.searchBar()->findChild<QLineEdit *>()->setText(text); }
        QString status() const { return search.searchBar()->findChild<QLabel *>()->text(); }
        QString contextLine() const
        {
            const auto cursor = search.context()->selection().cursor();
            return cursor ? QString::fromUtf8(LineReader(*recorded.index).read(cursor->line).bytes.trimmed().toByteArray())
                          : QString();
        }

        RecordedOutput recorded;
        AllOutputSearch search;
    };

private slots:
    void linesOfAllProcessesAreFound()
    {
        Shown shown;
        const ChannelId other = shown.recorded.open(ChannelKind::StandardOutput, LaunchId(2));
        shown.recorded.write(shown.recorded.out, "an Error here\nfine\n");
        shown.recorded.write(other, "no trouble\nerror there\n");
        shown.recorded.write(shown.recorded.err, "error of all\n");
        shown.type(QStringLiteral("error"));
        QTRY_COMPARE(shown.search.results()->shownCount(), 3u);
        QTRY_VERIFY(shown.status().contains(QLatin1Char('3')));
        shown.recorded.write(other, "one more error\n"); // comes by itself
        QTRY_COMPARE(shown.search.results()->shownCount(), 4u);
    }

    void whatStandsAroundAResultIsShown()
    {
        Shown shown;
        QByteArray bytes;
        for (int i = 0; i < 1000; ++i)
            bytes += i % 100 == 50 ? "needle " + QByteArray::number(i) + '\n' : "hay\n";
        shown.recorded.write(shown.recorded.out, bytes);
        shown.type(QStringLiteral("needle"));
        QTRY_COMPARE(shown.search.results()->shownCount(), 10u);
        auto *field = shown.search.searchBar()->findChild<QLineEdit *>();
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(shown.contextLine(), QStringLiteral("needle 50"));
        QCOMPARE(shown.search.context()->shownCount(), 1000u);
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(shown.contextLine(), QStringLiteral("needle 150"));
        QTest::keyClick(field, Qt::Key_Return, Qt::ShiftModifier);
        QTest::keyClick(field, Qt::Key_Return, Qt::ShiftModifier); // around the end
        QCOMPARE(shown.contextLine(), QStringLiteral("needle 950"));
        QTest::mouseClick(
            shown.search.results()->viewport(), Qt::LeftButton, {}, {300, shown.search.results()->rowHeight() * 3 / 2 + 1});
        QVERIFY(shown.contextLine().startsWith(QStringLiteral("needle ")));
    }

    void enterInTheListShowsTheLineInItsPlace()
    {
        Shown shown;
        shown.recorded.write(shown.recorded.out, "hay\nthe needle\n");
        shown.type(QStringLiteral("needle"));
        QTRY_COMPARE(shown.search.results()->shownCount(), 1u);
        QSignalSpy chosen(&shown.search, &AllOutputSearch::lineChosen);
        QTest::keyClick(shown.search.results(), Qt::Key_Return);
        QCOMPARE(chosen.size(), 0); // none was chosen
        QTest::keyClick(shown.search.searchBar()->findChild<QLineEdit *>(), Qt::Key_Return);
        QTest::keyClick(shown.search.results(), Qt::Key_Return);
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen.first().first().toULongLong(), 1u);
        QCOMPARE(chosen.first().at(1).value<LineMatch>(), (LineMatch{4, 6}));
    }

    void aMalformedExpressionIsTold()
    {
        Shown shown;
        for (QAbstractButton *button : shown.search.searchBar()->findChildren<QAbstractButton *>()) {
            if (button->text() == QLatin1String(".*"))
                button->click();
        }
        shown.type(QStringLiteral("(a"));
        QTRY_VERIFY(shown.status().startsWith(QStringLiteral("⚠")));
        QVERIFY(!shown.search.results()->filter());
        shown.type({});
        QTRY_VERIFY(shown.status().isEmpty());
    }

    void outputAfterAMomentIsLeftOut()
    {
        Shown shown;
        shown.recorded.write(shown.recorded.out, "needle 1\n");
        const quint64 record = shown.recorded.writer->journal().recordCount();
        shown.recorded.write(shown.recorded.out, "needle 2\n");
        shown.type(QStringLiteral("needle"));
        QTRY_COMPARE(shown.search.results()->shownCount(), 2u);
        shown.search.showRecords({0, record});
        QCOMPARE(shown.search.results()->shownCount(), 1u);
        shown.search.showRecords({});
        QCOMPARE(shown.search.results()->shownCount(), 2u);
    }
};

QTEST_MAIN(AllOutputSearchTest)
#include "alloutputsearch_test.moc"
