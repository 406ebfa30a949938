// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/guitesting.h"
#include "ui/monitor/processfilter.h"
#include "ui/monitor/processmodel.h"
#include "ui/monitor/processview.h"

#include <QAbstractItemModelTester>
#include <QLabel>
#include <QLineEdit>
#include <QTreeView>

#include <cerrno>

using namespace forkscope;

namespace {

/// The tree as text, two spaces a level: "make 10\n  cc 11\n".
QString shape(const QAbstractItemModel &model, const QModelIndex &parent = {}, int depth = 0)
{
    QString text;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex index = model.index(row, 0, parent);
        text += QString(depth * 2, QLatin1Char(' ')) + index.data().toString() + QLatin1Char(' ')
            + index.siblingAtColumn(ProcessModel::Pid).data().toString() + QLatin1Char('\n') + shape(model, index, depth + 1);
    }
    return text;
}

struct Fixture {
    StoryTeller story;
    ProcessModel model{story.journal()};
    ProcessFilter filter{model};
    QAbstractItemModelTester modelTester{&model, QAbstractItemModelTester::FailureReportingMode::Fatal};
    QAbstractItemModelTester filterTester{&filter, QAbstractItemModelTester::FailureReportingMode::Fatal};
};

} // namespace

class ProcessModelTest : public QObject
{
    Q_OBJECT

private slots:
    void childrenStandBelowTheirParentInOrderOfBirth()
    {
        Fixture f;
        f.story.request(1, {"make"});
        f.story.start(1, 10, 0, "make");
        f.story.start(1, 12, 10, "cc");
        f.story.start(1, 11, 10, "as");
        f.model.advance();
        f.story.start(1, 13, 12, "cc1");
        f.story.start(1, 14, 10, "ld");
        f.model.advance();
        QCOMPARE(shape(f.model), QStringLiteral("make 10\n  cc 12\n    cc1 13\n  as 11\n  ld 14\n"));
        QCOMPARE(shape(f.filter), shape(f.model));
    }

    void aThousandChildrenArriveAsOneBatch()
    {
        Fixture f;
        f.story.request(1, {"make"});
        f.story.start(1, 10, 0, "make");
        f.model.advance();
        QSignalSpy inserted(&f.model, &QAbstractItemModel::rowsInserted);
        QSignalSpy reset(&f.model, &QAbstractItemModel::modelReset);
        for (int pid = 100; pid < 1100; ++pid)
            f.story.start(1, pid, 10, "cc");
        f.model.advance();
        QCOMPARE(inserted.size(), 1);
        QCOMPARE(f.model.rowCount(f.model.index(0, 0)), 1000);
        QVERIFY(reset.isEmpty());
    }

    void aWholeNewTreeArrivesAsOneBatch()
    {
        Fixture f;
        QSignalSpy inserted(&f.model, &QAbstractItemModel::rowsInserted);
        for (quint32 launch = 1; launch <= 3; ++launch) {
            const int pid = int(launch) * 10;
            f.story.request(launch, {"sh"});
            f.story.start(launch, pid);
            f.story.start(launch, pid + 1, pid, "child");
        }
        f.model.advance();
        QCOMPARE(inserted.size(), 1);
        QCOMPARE(shape(f.model), QStringLiteral("sh 10\n  child 11\nsh 20\n  child 21\nsh 30\n  child 31\n"));
    }

    void theLastRowDies()
    {
        Fixture f;
        f.story.request(1, {"sh"});
        f.story.start(1, 10);
        f.story.start(1, 11, 10, "first");
        f.story.start(1, 12, 10, "last");
        f.model.advance();
        QSignalSpy changed(&f.model, &QAbstractItemModel::dataChanged);
        f.story.exit(12, 3);
        f.model.advance();
        QCOMPARE(changed.size(), 1);
        const QModelIndex last = f.model.index(1, 0, f.model.index(0, 0));
        QCOMPARE(changed[0][0].toModelIndex().row(), 1);
        QCOMPARE(changed[0][1].toModelIndex().row(), 1);
        QCOMPARE(last.siblingAtColumn(ProcessModel::Exit).data().toString(), QStringLiteral("3"));
        QCOMPARE(last.siblingAtColumn(ProcessModel::State).data().toString(), QStringLiteral("failed"));
    }

    void neighboursThatChangeAreToldInOneRange()
    {
        Fixture f;
        f.story.request(1, {"sh"});
        f.story.start(1, 10);
        for (int pid = 11; pid < 21; ++pid)
            f.story.start(1, pid, 10);
        f.model.advance();
        QSignalSpy changed(&f.model, &QAbstractItemModel::dataChanged);
        for (int pid : {12, 13, 14, 18})
            f.story.exit(pid);
        f.model.advance();
        QCOMPARE(changed.size(), 2);
        QCOMPARE(changed[0][0].toModelIndex().row(), 1);
        QCOMPARE(changed[0][1].toModelIndex().row(), 3);
    }

    void aLaunchThatFailedSaysWhy()
    {
        Fixture f;
        f.story.request(1, {"foo", "--bar"});
        f.story.failToStart(1, ENOENT, "foo");
        f.model.advance();
        QCOMPARE(f.model.index(0, ProcessModel::Exit).data().toString(),
            QStringLiteral("not started: ENOENT (No such file or directory): foo"));
        QCOMPARE(f.model.index(0, ProcessModel::Name).data().toString(), QStringLiteral("foo"));
        QVERIFY(!f.model.index(0, ProcessModel::Pid).data().isValid());
    }

    void whatStillRanIsNotSaidToRunInAClosedRecording()
    {
        StoryTeller story;
        story.request(1, {"sh"});
        story.start(1, 10);
        ProcessModel model(story.journal(), false);
        model.advance();
        QCOMPARE(model.index(0, ProcessModel::State).data().toString(), QStringLiteral("not ended"));
    }

    void sortsPidsAsNumbers()
    {
        Fixture f;
        f.story.request(1, {"sh"});
        f.story.start(1, 9);
        for (int pid : {100, 20, 3})
            f.story.start(1, pid, 9, "x");
        f.model.advance();
        f.filter.sort(ProcessModel::Pid);
        QCOMPARE(shape(f.filter), QStringLiteral("sh 9\n  x 3\n  x 20\n  x 100\n"));
    }

    void filterKeepsTheAncestorsOfWhatMatches()
    {
        Fixture f;
        f.story.request(1, {"make"});
        f.story.start(1, 10, 0, "make");
        f.story.start(1, 11, 10, "cc");
        f.story.start(1, 12, 11, "needle");
        f.story.start(1, 13, 10, "ld");
        f.model.advance();
        f.filter.setText(QStringLiteral("NEED 12"));
        QCOMPARE(shape(f.filter), QStringLiteral("make 10\n  cc 11\n    needle 12\n"));
        f.story.start(1, 14, 13, "needle12");
        f.model.advance();
        QVERIFY(shape(f.filter).contains(QLatin1String("  ld 13\n    needle12 14\n")));
    }

    void clearFinishedHidesOnlyTreesOfWhichNothingRuns()
    {
        Fixture f;
        f.story.request(1, {"a"});
        f.story.start(1, 10, 0, "a");
        f.story.start(1, 11, 10, "orphan");
        f.story.exit(10);
        f.story.request(2, {"b"});
        f.story.start(2, 20, 0, "b");
        f.story.exit(20, 1);
        f.story.request(3, {"foo"});
        f.story.failToStart(3, ENOENT, "foo");
        f.model.advance();
        QCOMPARE(f.filter.clearFinished(), 2);
        QCOMPARE(shape(f.filter), QStringLiteral("a 10\n  orphan 11\n"));
        f.filter.showCleared();
        QCOMPARE(f.filter.rowCount(), 3);
    }

    void newDescendantsAreExpandedUnlessThePersonClosedTheirParent()
    {
        Fixture f;
        ProcessView view(f.model, new QLabel);
        view.show();
        f.story.request(1, {"make"});
        f.story.start(1, 10, 0, "make");
        f.model.advance();
        f.story.start(1, 11, 10, "cc");
        f.model.advance();
        const QModelIndex make = view.tree()->model()->index(0, 0);
        QVERIFY(view.tree()->isExpanded(make));
        view.tree()->collapse(make);
        f.story.start(1, 12, 10, "cc");
        f.model.advance();
        QVERIFY(!view.tree()->isExpanded(make));
    }

    void copiesTheSelectedRowsWithTabs()
    {
        Fixture f;
        ProcessView view(f.model, new QLabel);
        f.story.request(1, {"make"});
        f.story.start(1, 10, 0, "make");
        f.story.exit(10, 2);
        f.model.advance();
        view.selectRow(0);
        const QStringList lines = view.selectionAsText().split(QLatin1Char('\n'));
        const QStringList titles = lines[0].split(QLatin1Char('\t'));
        const QStringList cells = lines[1].split(QLatin1Char('\t'));
        QCOMPARE(cells.size(), titles.size());
        QCOMPARE(cells[titles.indexOf(QLatin1String("Name"))], QStringLiteral("make"));
        QCOMPARE(cells[titles.indexOf(QLatin1String("Exit"))], QStringLiteral("2"));
    }

    void aTreeOfThousandsGrowsWithoutStallingTheWindow()
    {
        StoryTeller story;
        ProcessModel model(story.journal());
        ProcessView view(model, new QLabel);
        view.resize(500, 600);
        view.show();
        story.request(1, {"make"});
        story.start(1, 10, 0, "make");
        qint64 worst = 0;
        for (int pid = 100; pid < 4100; pid += 2) {
            story.start(1, pid, 10, "sh");
            story.start(1, pid + 1, pid, "cc1");
            story.exit(pid + 1);
            story.exit(pid);
            if (pid % 100 == 0) { // fifty births between two frames is a very busy build
                QElapsedTimer timer;
                timer.start();
                model.advance();
                QCoreApplication::processEvents();
                worst = std::max(worst, timer.elapsed());
            }
        }
        QVERIFY2(worst < 100, qPrintable(QString::number(worst)));
        qInfo("worst frame with up to 4,000 processes: %lld ms", worst);
    }

    void saysThatNothingMatchesInsteadOfAnEmptyTree()
    {
        Fixture f;
        auto *empty = new QLabel;
        ProcessView view(f.model, empty);
        view.show();
        QVERIFY(empty->isVisible());
        f.story.request(1, {"make"});
        f.story.start(1, 10, 0, "make");
        f.model.advance();
        QVERIFY(!empty->isVisible());
        QVERIFY(view.tree()->isVisible());
        view.filterEdit()->setText(QStringLiteral("zebra"));
        QVERIFY(!view.tree()->isVisible());
        view.filterEdit()->clear();
        QVERIFY(view.tree()->isVisible());
    }
};

QTEST_MAIN(ProcessModelTest)
#include "processmodel_test.moc"
