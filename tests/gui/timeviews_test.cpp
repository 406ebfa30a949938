// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/timebartesting.h"

#include "core/output/linereader.h"
#include "core/terminal/terminalscreen.h"
#include "ui/monitor/details.h"
#include "ui/monitor/processview.h"
#include "ui/output/alloutputsearch.h"
#include "ui/output/outputstatus.h"
#include "ui/output/searchbar.h"
#include "ui/terminal/terminalpage.h"
#include "ui/terminal/terminalview.h"
#include "ui/window/statusline.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTabWidget>
#include <QTreeView>

#include <random>

using namespace forkscope;

namespace {

QString treeText(const QAbstractItemModel &model, const QModelIndex &parent = {}, int depth = 0)
{
    QString text;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex index = model.index(row, 0, parent);
        text += QString(depth * 2, u' ');
        for (const int column :
            {ProcessModel::Name, ProcessModel::Pid, ProcessModel::State, ProcessModel::Memory, ProcessModel::Exit})
            text += index.siblingAtColumn(column).data().toString() + u'|';
        text += u'\n' + treeText(model, index, depth + 1);
    }
    return text;
}

} // namespace

class TimeViewsTest : public QObject
{
    Q_OBJECT

private slots:
    void atEveryMomentAllViewsShowWhatWasTrueThenForwardAndBackward()
    {
        TimeFixture f(story());
        const QAbstractItemModelTester tester(f.model(), QAbstractItemModelTester::FailureReportingMode::Fatal);
        const QAbstractItemModelTester filterTester(
            f.window.processView()->tree()->model(), QAbstractItemModelTester::FailureReportingMode::Fatal);
        QSignalSpy reset(f.model(), &QAbstractItemModel::modelReset);
        f.window.processView()->selectRow(f.window.processes().table().rowOf(LaunchId(11)));
        f.window.findChild<QTabWidget *>()->setCurrentWidget(f.window.terminal());
        f.window.output()->showLaunches({}, {}); // of all, whatever is selected
        const QString end = treeText(*f.model());
        const quint64 endLines = f.shown();
        const LineIndex index(f.window.journal());
        QTRY_COMPARE(index.position(), f.window.journal().recordCount());

        QList<int> seconds = {0, 1, 2, 30, 55, 99, 50, 10, 3};
        std::mt19937 random(5);
        for (int i = 0; i < 20; ++i)
            seconds.append(int(random() % 100));
        for (const int second : seconds) {
            const qint64 moment = kStart + second * kSecond + kSecond / 20;
            f.playback().seek(moment);
            const quint64 record = f.recordsUntil(moment);
            QCOMPARE(f.shown(), index.firstLineFrom(record));

            ProcessTable table;
            while (table.advance(f.window.journal(), 100'000, record).more) { }
            QTRY_COMPARE(f.window.processes().table().eventsFolded(), table.eventsFolded());
            ProcessModel truth(f.window.journal(), true);
            truth.showMoment({record, table}, moment);
            QCOMPARE(treeText(*f.model()), treeText(truth));
            QCOMPARE(f.window.statusLine()->processesText(),
                QStringLiteral("%1 running · %2 finished · %3 failed")
                    .arg(table.runningCount())
                    .arg(table.finishedCount())
                    .arg(table.failedCount()));

            TerminalScreen screen(80, 24);
            for (quint64 n = 0; n < record; ++n)
                if (const auto read = f.window.journal().read(n); read && read->channel == ChannelId(10))
                    screen.write(read->bytes);
            QTRY_VERIFY2(f.window.terminal()->view()->visibleText().trimmed().startsWith(
                             textOf(screen.line(screen.scrollbackCount())).trimmed()),
                qPrintable(f.window.terminal()->view()->visibleText().trimmed()));
        }
        f.playback().seekEnd();
        QCOMPARE(treeText(*f.model()), end);
        QCOMPARE(f.shown(), endLines);
        QVERIFY(reset.isEmpty());
    }

    void detailsAreThoseOfTheMomentAndTheSelectionComesBackWhenItIsBorn()
    {
        TimeFixture f(story());
        const int row = f.window.processes().table().rowOf(ProcessKey{205, 1});
        f.window.processView()->selectRow(row);
        QVERIFY(f.window.details()->toPlainText().contains(QStringLiteral("Exited with status 0")));
        const quint64 lines = 96; // of its command
        QTRY_COMPARE(f.shown(), lines);

        f.playback().seek(kStart + 55 * kSecond);
        QTRY_VERIFY(f.window.details()->toPlainText().contains(QStringLiteral("running")));
        QVERIFY(!f.window.details()->toPlainText().contains(QStringLiteral("Exited")));
        QVERIFY2(f.window.details()->toPlainText().contains(QStringLiteral("Resident memory")),
            qPrintable(f.window.details()->toPlainText()));
        QVERIFY(f.shown() > 0 && f.shown() < lines);

        f.playback().seek(kStart + 20 * kSecond); // it is not born yet
        QTRY_COMPARE(f.window.processView()->currentRow(), -1);
        QCOMPARE(f.shown(), 0u); // of its command, still
        f.playback().seek(kStart + 58 * kSecond);
        QTRY_COMPARE(f.window.processView()->currentRow(), row);
        f.playback().clear();
        QCOMPARE(f.shown(), lines);
    }

    void aLineThatGoesOnLaterIsShownAsFarAsItHadCome()
    {
        TimedRecording recording(kStart);
        const ChannelId out = recording.open(ChannelKind::StandardOutput, 1, {1, 1}, "stdout");
        recording.tell(started(1, 0, 1, "slow"), kStart);
        recording.write(out, kStart + kSecond, "begun ");
        recording.write(out, kStart + 5 * kSecond, "and ended\n");
        recording.write(out, kStart + 9 * kSecond, "last\n");
        TimeFixture f(recording);
        QTRY_COMPARE(f.shown(), 2u);
        f.playback().seek(kStart + 3 * kSecond);
        QCOMPARE(f.shown(), 1u);
        const LineIndex index(f.window.journal());
        QTRY_COMPARE(index.lineCount(), 2u);
        LineReader reader(index, f.playback().records().end);
        QCOMPARE(reader.read(0).bytes.toByteArray(), "begun ");
    }

    void aRangeNarrowsEveryViewAndIsToldUntilItIsTakenAway()
    {
        TimeFixture f(story());
        const quint64 all = f.shown();
        AllOutputSearch *search = f.window.allOutputSearch();
        f.window.windowActions().findInAll->trigger();
        search->searchBar()->findChild<QLineEdit *>()->setText(QStringLiteral("line"));
        QTRY_VERIFY(search->results()->shownCount() > 700);
        const quint64 found = search->results()->shownCount();

        f.playback().setRange(kStart + 40 * kSecond, kStart + 20 * kSecond); // in either order
        const quint64 first = f.recordsUntil(kStart + 20 * kSecond - 1), end = f.recordsUntil(kStart + 40 * kSecond);
        QCOMPARE(f.playback().records(), (RecordRange{first, end}));
        QVERIFY(f.shown() > 0 && f.shown() < all);
        const auto *chip = f.window.output()->findChild<OutputStatus *>()->findChildren<QPushButton *>().at(1);
        QVERIFY(chip->isVisible());
        QVERIFY2(chip->text().contains(QLocale().toString(all - f.shown())), qPrintable(chip->text()));
        QVERIFY(search->results()->shownCount() < found / 2);
        // Of ten commands those remain that ran then.
        const auto treeHas
            = [&](const QString &pid) { return treeText(*f.window.processView()->tree()->model()).contains(u'|' + pid + u'|'); };
        QTRY_VERIFY(!treeHas(QStringLiteral("100")) && !treeHas(QStringLiteral("105")));
        QVERIFY(treeHas(QStringLiteral("102")));

        const_cast<QPushButton *>(chip)->click();
        QCOMPARE(f.shown(), all);
        QVERIFY(!chip->isVisible());
        QTRY_VERIFY(treeHas(QStringLiteral("100")));
        QCOMPARE(search->results()->shownCount(), found);
    }

    void whatWasGivenUpIsToldByEveryView()
    {
        TestHome home;
        const QString path = home.file(QStringLiteral("full.pcapng"));
        {
            auto writer = std::move(JournalWriter::create(path, {JournalWriter::kMinimumSizeLimit})).value();
            const ProcessKey process{10, 1};
            writer->append(started(10, 0, 1, "flood"));
            const ChannelId out
                = writer->openChannel({ChannelId::None, ChannelKind::Terminal, LaunchId(1), process, "terminal flood"});
            const QByteArray bytes = QByteArray(999, 'x') + '\n';
            for (int i = 0; i < 60'000; ++i) {
                writer->append(out, bytes);
                if (i % 1000 == 0)
                    writer->append(ProcessesSampled{{{process, 1, 'R', 1, 5'000'000, 7, 10}}});
            }
            QVERIFY(writer->close());
        }
        auto opened = Journal::open(path);
        QVERIFY(opened);
        MainWindow window(std::move(opened).value());
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        Playback &playback = *window.playback();
        QTRY_COMPARE(playback.timeline().position(), window.journal().recordCount());
        const auto kept = playback.timeline().keptFromNs();
        QVERIFY(kept);
        QTRY_VERIFY(window.timeBar()->track()->toolTipAt(7).contains(QStringLiteral("given up")));

        window.processView()->selectRow(0);
        window.findChild<QTabWidget *>()->setCurrentWidget(window.terminal());
        QTRY_VERIFY(window.terminal()->hint()->text().contains(QStringLiteral("were given up")));
        playback.seek((playback.startNs() + *kept) / 2);
        QTRY_VERIFY2(
            window.details()->toPlainText().contains(QStringLiteral("given up")), qPrintable(window.details()->toPlainText()));
        const QList<QLabel *> labels = window.processView()->findChildren<QLabel *>();
        QVERIFY(std::any_of(labels.begin(), labels.end(),
            [](const QLabel *label) { return label->isVisible() && label->text().contains(QStringLiteral("given up")); }));
        playback.clear();
        window.allOutputSearch()->searchBar()->findChild<QLineEdit *>()->setText(QStringLiteral("no such text"));
        const QList<QLabel *> told = window.allOutputSearch()->searchBar()->findChildren<QLabel *>();
        QTRY_VERIFY(std::any_of(told.begin(), told.end(),
            [](const QLabel *label) { return label->text().contains(QStringLiteral("cannot be found")); }));
    }
};

QTEST_MAIN(TimeViewsTest)
#include "timeviews_test.moc"
