// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/traffic/filterbar.h"

#include "tests/gui/guitesting.h"
#include "tests/patience.h"
#include "ui/traffic/colorrules.h"
#include "ui/traffic/colorrulesdialog.h"
#include "ui/traffic/filteredit.h"
#include "ui/traffic/savedfilters.h"

#include <QLabel>
#include <QListWidget>
#include <QMenu>
#include <QToolButton>

using namespace forkscope;

class FilterBarTest : public QObject
{
    Q_OBJECT

private:
    TestHome m_home;

private slots:
    void init() { QSettings(QStringLiteral("forkscope"), QStringLiteral("forkscope")).clear(); }

    void enterAppliesAFilter()
    {
        FilterBar bar;
        bar.show();
        QSignalSpy applied(&bar, &FilterBar::filterApplied);
        bar.open();
        QTest::keyClicks(bar.edit(), QStringLiteral("len > 100"));
        QVERIFY(applied.isEmpty());
        QTest::keyClick(bar.edit(), Qt::Key_Return);
        QCOMPARE(applied.size(), 1);
        QCOMPARE(applied.first().first().value<filter::DisplayFilter>().text(), QStringLiteral("len > 100"));
        QCOMPARE(bar.applied(), QStringLiteral("len > 100"));
        bar.edit()->clear(); // the button in it
        QCOMPARE(applied.size(), 2);
        QVERIFY(bar.applied().isEmpty());
    }

    void whatCannotBeUnderstoodIsUnderlinedAndSaid()
    {
        FilterBar bar;
        bar.resize(600, bar.sizeHint().height());
        bar.show();
        QSignalSpy applied(&bar, &FilterBar::filterApplied);
        bar.edit()->setText(QStringLiteral("nonsense >> 3"));
        QVERIFY(bar.edit()->problem());
        QVERIFY(bar.problemLabel()->isVisibleTo(&bar));
        QVERIFY(bar.problemLabel()->text().contains(bar.edit()->problem()->text));
        QVERIFY(bar.problemLabel()->text().startsWith(QStringLiteral("⚠"))); // not by colour alone
        QVERIFY(!bar.edit()->accessibleDescription().isEmpty());
        // Where the wave is, the picture differs from one without it.
        const QImage with = bar.edit()->grab().toImage();
        const qsizetype at = bar.edit()->problem()->position;
        const int x = bar.edit()->xOf(at);
        bool isRed = false;
        for (int dx = 0; dx < 20; ++dx)
            for (int y = with.height() / 2; y < with.height() - 2; ++y) {
                const QColor color = with.pixelColor(std::min(x + dx, with.width() - 1), y);
                isRed |= color.red() > color.blue() + 80 && color.red() > color.green() + 40;
            }
        QVERIFY(isRed);
        QTest::keyClick(bar.edit(), Qt::Key_Return);
        QTest::keyClick(bar.edit(), Qt::Key_Return);
        QVERIFY(applied.isEmpty());
    }

    void wordsAreOfferedAndTaken()
    {
        FilterBar bar;
        bar.show();
        bar.edit()->setFocus();
        QTest::keyClicks(bar.edit(), QStringLiteral("le"));
        QVERIFY(bar.edit()->popup()->isVisible());
        QVERIFY(bar.edit()->popup()->item(0)->text().startsWith(QLatin1String("len")));
        QTest::keyClick(bar.edit(), Qt::Key_Down);
        QTest::keyClick(bar.edit(), Qt::Key_Return);
        QVERIFY2(bar.edit()->text().startsWith(QLatin1String("len")), qPrintable(bar.edit()->text()));
        QVERIFY(!bar.edit()->popup()->isVisible());
        QTest::keyClick(bar.edit(), Qt::Key_Space, Qt::ControlModifier);
        QTest::keyClick(bar.edit(), Qt::Key_Escape);
        QVERIFY(!bar.edit()->popup()->isVisible());
    }

    void filtersOfBeforeComeBack()
    {
        {
            FilterBar bar;
            bar.apply(QStringLiteral("len > 1"));
            bar.apply(QStringLiteral("len > 2"));
            bar.apply({});
        }
        FilterBar bar; // also after a restart
        bar.show();
        bar.edit()->setText(QStringLiteral("typed"));
        QTest::keyClick(bar.edit(), Qt::Key_Up);
        QCOMPARE(bar.edit()->text(), QStringLiteral("len > 2"));
        QTest::keyClick(bar.edit(), Qt::Key_Up);
        QCOMPARE(bar.edit()->text(), QStringLiteral("len > 1"));
        QTest::keyClick(bar.edit(), Qt::Key_Down);
        QTest::keyClick(bar.edit(), Qt::Key_Down);
        QCOMPARE(bar.edit()->text(), QStringLiteral("typed"));
    }

    void savedFiltersStandInTheMenu()
    {
        SavedFilters::save({QStringLiteral("Big ones"), QStringLiteral("len > 1000")});
        FilterBar bar;
        QSignalSpy applied(&bar, &FilterBar::filterApplied);
        emit bar.menu()->aboutToShow();
        QAction *action = bar.menu()->actions().constFirst();
        QVERIFY(action->text().contains(QLatin1String("Big ones")));
        action->trigger();
        QCOMPARE(applied.size(), 1);
        QCOMPARE(bar.applied(), QStringLiteral("len > 1000"));
        SavedFilters::remove(QStringLiteral("Big ones"));
        QVERIFY(SavedFilters::all().isEmpty());
    }

    void conditionsAreAddedToWhatIsApplied()
    {
        FilterBar bar;
        bar.addCondition(QStringLiteral("len > 1"));
        QCOMPARE(bar.applied(), QStringLiteral("len > 1"));
        bar.addCondition(QStringLiteral("len > 2"));
        QCOMPARE(bar.applied(), QStringLiteral("(len > 1) && len > 2"));
    }

    void howManyPassIsToldAndTheSearchCanBeStopped()
    {
        FilterBar bar;
        bar.apply(QStringLiteral("len > 1"));
        bar.setFigures({.shown = 12, .all = 3000, .done = 0.5, .unreadable = 4});
        QVERIFY2(bar.countLabel()->text().contains(QLatin1String("12 of 3,000 messages")), qPrintable(bar.countLabel()->text()));
        QVERIFY(bar.countLabel()->text().contains(QStringLiteral("⚠ 4")));
        QVERIFY(bar.cancelButton()->isVisibleTo(&bar));
        QSignalSpy cancelled(&bar, &FilterBar::cancelRequested);
        bar.cancelButton()->click();
        QCOMPARE(cancelled.size(), 1);
        bar.setFigures({.shown = 12, .all = 3000, .done = 1, .unreadable = 0});
        QVERIFY(!bar.cancelButton()->isVisibleTo(&bar));
    }

    void theStandardRulesCanBeUnderstoodAndHaveMarks()
    {
        QSet<QString> marks;
        for (const ColorRule &rule : ColorRules::defaults()) {
            const auto parsed = filter::DisplayFilter::parse(rule.filter);
            const auto *problem = std::get_if<filter::Problem>(&parsed);
            QVERIFY2(!problem, qPrintable(rule.filter + QLatin1String(": ") + (problem ? problem->text : QString())));
            QVERIFY(!rule.mark.isEmpty() && !marks.contains(rule.mark));
            marks.insert(rule.mark);
        }
    }

    void rulesAreEditedAndRemembered()
    {
        ColorRulesDialog dialog(ColorRules::defaults());
        dialog.show();
        dialog.addRule();
        QCOMPARE(dialog.list()->currentRow(), int(ColorRules::defaults().size()));
        dialog.nameEdit()->clear();
        QTest::keyClicks(dialog.nameEdit(), QStringLiteral("Short"));
        dialog.filterEdit()->setText(QStringLiteral("len > 7"));
        dialog.markEdit()->clear();
        QTest::keyClicks(dialog.markEdit(), QStringLiteral("k"));
        const ColorRule rule = dialog.rules().constLast();
        QCOMPARE(rule.name, QStringLiteral("Short"));
        QCOMPARE(rule.filter, QStringLiteral("len > 7"));
        QCOMPARE(rule.mark, QStringLiteral("k"));
        ColorRules::remember(dialog.rules());
        QCOMPARE(ColorRules::remembered(), dialog.rules());
        ColorRules::remember({});
        QVERIFY(ColorRules::remembered().isEmpty()); // none is a choice as well
    }
};

QTEST_MAIN(FilterBarTest)
#include "filterbar_test.moc"
