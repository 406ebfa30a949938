// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/output/outputpanes.h"

#include "tests/gui/shownoutput.h"
#include "ui/output/outputtoolbar.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QScrollBar>
#include <QSplitter>
#include <QToolButton>

using namespace forkscope;

class OutputPanesTest : public QObject
{
    Q_OBJECT

    /// A page that shows several launches, each with a stdout of its own.
    struct Shown : ShownOutput {
        explicit Shown(int launches, PaneArrangement arrangement = PaneArrangement::SideBySide)
        {
            page.resize(1200, 600);
            page.setHeadings([](LaunchId launch) {
                return LaunchHeading{QStringLiteral("job %1").arg(quint32(launch)), Status::Running, QStringLiteral("running")};
            });
            page.toolBar()->setArrangement(arrangement);
            for (int i = 1; i <= launches; ++i)
                begin();
        }
        ~Shown() { page.toolBar()->setArrangement(PaneArrangement::Merged); }
        ChannelId begin()
        {
            const auto launch = LaunchId(quint32(outs.size()) + 1);
            outs.append(launch == LaunchId(1) ? recorded.out : recorded.open(ChannelKind::StandardOutput, launch));
            page.updateLaunches();
            return outs.last();
        }
        QList<OutputPane *> panes() const { return page.panes()->shown(); }
        OutputPane *pane(int i) const { return panes().value(i); }
        QList<quint32> launches() const
        {
            QList<quint32> result;
            for (const OutputPane *one : panes())
                result.append(quint32(one->launch()));
            return result;
        }
        void writeNumbersTo(ChannelId channel, const char *word, int count)
        {
            QByteArray bytes;
            for (int i = 1; i <= count; ++i)
                bytes += QByteArray(word) + ' ' + QByteArray::number(i) + '\n';
            recorded.write(channel, bytes);
        }
        QList<ChannelId> outs;
    };
    TestHome m_home;

private slots:
    void eachLaunchHasAPaneWithItsNameAndState();
    void panesStandBesideOrAboveEachOther();
    void launchesComeAndGo();
    void onlyTheSelectedLaunchesHavePanes();
    void theTwelveNewestHaveRoom();
    void panesScrollByThemselves();
    void panesScrollTogetherByTime();
    void choicesAreShared();
    void aPaneAddedLaterIsShownLikeTheOthers();
    void whatIsFoundAndCopiedIsTheActivePanes();
    void filteringConcernsTheActivePane();
    void keysGoFromPaneToPane();
    void aPaneIsMaximizedAndRestored();
    void panesOutOfSightLookForNothing();
    void aRangeOfTheRecordingHoldsInEveryPane();
    void clearedLinesAreHiddenInEveryPane();
    void aLineOfAnotherLaunchIsRevealedInItsPane();
    void theArrangementIsRemembered();
    void sourceCanBeTakenAway();
};

void OutputPanesTest::eachLaunchHasAPaneWithItsNameAndState()
{
    Shown shown(3);
    QCOMPARE(shown.launches(), (QList<quint32>{1, 2, 3}));
    QCOMPARE(shown.pane(1)->heading().name, QStringLiteral("job 2"));
    QCOMPARE(shown.pane(1)->heading().state, QStringLiteral("running"));
    for (int i = 0; i < 3; ++i)
        shown.recorded.write(shown.outs[i], QByteArray("of ") + QByteArray::number(i + 1) + '\n');
    for (int i = 0; i < 3; ++i)
        QTRY_COMPARE(shown.pane(i)->view()->shownCount(), 1u);
    QVERIFY(!shown.pane(0)->view()->gutter().names());
    QTRY_VERIFY(!shown.pane(2)->isEmpty());
    shown.page.toolBar()->merged->trigger();
    QCOMPARE(shown.panes(), QList{shown.page.panes()->merged()});
    QTRY_COMPARE(shown.page.view()->shownCount(), 3u);
    QVERIFY(shown.page.view()->gutter().names());
}

void OutputPanesTest::panesStandBesideOrAboveEachOther()
{
    Shown shown(2);
    const auto at = [&](int i) { return QRect(shown.pane(i)->mapTo(&shown.page, QPoint()), shown.pane(i)->size()); };
    QTRY_VERIFY(at(1).left() > at(0).right());
    QCOMPARE(at(0).top(), at(1).top());
    QVERIFY2(std::abs(at(0).width() - at(1).width()) <= 2, "the panes are not equally wide");
    shown.page.toolBar()->stacked->trigger();
    QTRY_VERIFY(at(1).top() > at(0).bottom());
    QCOMPARE(at(0).left(), at(1).left());
    QVERIFY2(std::abs(at(0).height() - at(1).height()) <= 2, "the panes are not equally high");
}

void OutputPanesTest::launchesComeAndGo()
{
    Shown shown(1);
    OutputPane *first = shown.pane(0);
    QCOMPARE(first->launch(), LaunchId(1));
    shown.begin();
    QCOMPARE(shown.launches(), (QList<quint32>{1, 2}));
    QCOMPARE(shown.pane(0), first);
    shown.recorded.write(shown.outs[1], "late\n");
    QTRY_COMPARE(shown.pane(1)->view()->shownCount(), 1u);
    shown.page.showLaunches(QList{LaunchId(2)}, {});
    QCOMPARE(shown.launches(), QList<quint32>{2});
    QCOMPARE(shown.page.view(), shown.pane(0)->view());
    shown.page.showLaunches({}, {});
    QCOMPARE(shown.launches(), (QList<quint32>{1, 2}));
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QCOMPARE(shown.page.findChildren<OutputPane *>().size(), 3); // with the merged one
}

void OutputPanesTest::onlyTheSelectedLaunchesHavePanes()
{
    Shown shown(4);
    shown.page.showLaunches(QList{LaunchId(4), LaunchId(2)}, {});
    QCOMPARE(shown.launches(), (QList<quint32>{2, 4}));
    shown.page.showLaunches(QList{LaunchId(99)}, {}); // has written nothing, has no channel yet
    QCOMPARE(shown.launches(), QList<quint32>{99});
    QTRY_COMPARE(shown.page.emptyState(), QStringLiteral("No output yet."));
}

void OutputPanesTest::theTwelveNewestHaveRoom()
{
    Shown shown(12);
    QCOMPARE(shown.panes().size(), OutputPanes::kMost);
    QCOMPARE(shown.page.panes()->notice(), QString());
    shown.begin();
    shown.begin();
    QCOMPARE(shown.panes().size(), OutputPanes::kMost);
    QCOMPARE(shown.pane(0)->launch(), LaunchId(3));
    QVERIFY2(shown.page.panes()->notice().contains(u'2'), qPrintable(shown.page.panes()->notice()));
    for (const OutputPane *pane : shown.panes())
        QVERIFY(pane->width() > 100); // they are scrolled, not crushed
}

void OutputPanesTest::panesScrollByThemselves()
{
    Shown shown(2);
    for (const ChannelId out : shown.outs)
        shown.writeNumbersTo(out, "line", 300);
    for (int i = 0; i < 2; ++i)
        QTRY_COMPARE(shown.pane(i)->view()->shownCount(), 300u);
    QTest::keyClick(shown.pane(0)->view(), Qt::Key_Home);
    QCOMPARE(shown.pane(0)->view()->topLine(), std::optional<quint64>(0));
    QVERIFY(!shown.pane(0)->view()->follows());
    QVERIFY(shown.pane(1)->view()->follows());
}

void OutputPanesTest::panesScrollTogetherByTime()
{
    Shown shown(3);
    for (int i = 0; i < 100; ++i) { // in turns: at the same moment each has written as much
        shown.writeNumbersTo(shown.outs[0], "a", 1);
        shown.writeNumbersTo(shown.outs[1], "b", 3);
    }
    QTRY_COMPARE(shown.pane(1)->view()->shownCount(), 300u);
    QTRY_COMPARE(shown.pane(0)->view()->shownCount(), 100u);
    shown.page.toolBar()->sameTime->trigger();
    OutputView *leader = shown.pane(1)->view();
    OutputView *other = shown.pane(0)->view();
    leader->setFocus();
    leader->verticalScrollBar()->setValue(90); // of the 30th turn
    QCOMPARE(leader->topLine(), std::optional<quint64>(30 * 4 + 1));
    QVERIFY(!other->follows());
    QCOMPARE(other->topLine(), std::optional<quint64>(31 * 4)); // the first one from then on
    QTest::keyClick(leader, Qt::Key_End);
    QVERIFY(leader->follows() && other->follows());
    shown.page.toolBar()->sameTime->trigger();
    leader->verticalScrollBar()->setValue(0);
    QVERIFY(other->follows());
}

void OutputPanesTest::choicesAreShared()
{
    Shown shown(2);
    shown.page.toolBar()->wrap->setChecked(true);
    shown.page.toolBar()->timeStamps->setChecked(true);
    shown.page.toolBar()->zoomIn->trigger();
    for (const OutputPane *pane : shown.panes()) {
        QVERIFY(pane->view()->wraps());
        QCOMPARE(pane->view()->gutter().timeStyle(), TimeStyle::OfDay);
        QCOMPARE(pane->view()->zoom(), 1);
    }
    const ChannelId err = shown.recorded.open(ChannelKind::StandardError, LaunchId(2));
    shown.recorded.write(err, "error\n");
    QTRY_COMPARE(shown.pane(1)->view()->shownCount(), 1u);
    shown.page.toolBar()->standardError->trigger();
    QTRY_COMPARE(shown.pane(1)->view()->shownCount(), 0u);
    shown.page.toolBar()->standardError->trigger();
    shown.page.toolBar()->wrap->setChecked(false);
    shown.page.toolBar()->timeStamps->setChecked(false);
    shown.page.toolBar()->zoomReset->trigger();
}

void OutputPanesTest::aPaneAddedLaterIsShownLikeTheOthers()
{
    Shown shown(1);
    shown.page.toolBar()->wrap->setChecked(true);
    shown.page.toolBar()->numbers->setChecked(true);
    shown.begin();
    QVERIFY(shown.pane(1)->view()->wraps());
    QVERIFY(shown.pane(1)->view()->gutter().numbers());
    shown.page.toolBar()->wrap->setChecked(false);
    shown.page.toolBar()->numbers->setChecked(false);
}

void OutputPanesTest::whatIsFoundAndCopiedIsTheActivePanes()
{
    Shown shown(2);
    for (const ChannelId out : shown.outs)
        shown.writeNumbersTo(out, "line", 50);
    for (int i = 0; i < 2; ++i)
        QTRY_COMPARE(shown.pane(i)->view()->shownCount(), 50u);
    shown.pane(0)->view()->setFocus();
    QCOMPARE(shown.page.view(), shown.pane(0)->view());
    shown.page.find();
    QTest::keyClicks(shown.searchField(), QStringLiteral("line 33"));
    QTRY_VERIFY(!shown.pane(0)->view()->selection().isEmpty());
    QCOMPARE(shown.pane(0)->view()->selection().first().line, 32u);
    QVERIFY(shown.pane(1)->view()->selection().isEmpty());
    shown.page.panes()->activate(shown.pane(1));
    QVERIFY(!shown.page.toolBar()->copy->isEnabled());
    shown.page.findNext();
    QTRY_COMPARE(shown.pane(1)->view()->selection().first().line, 82u);
    shown.pane(1)->view()->selectAll();
    shown.page.copy();
    QTRY_COMPARE(QGuiApplication::clipboard()->text().count(u'\n'), 50);
}

void OutputPanesTest::filteringConcernsTheActivePane()
{
    Shown shown(2);
    for (const ChannelId out : shown.outs)
        shown.writeNumbersTo(out, "line", 50);
    shown.pane(0)->view()->setFocus();
    shown.page.find();
    for (QToolButton *button : shown.page.findChildren<QToolButton *>())
        if (button->text() == QLatin1String("Filter"))
            button->click();
    QTest::keyClicks(shown.searchField(), QStringLiteral("line 33"));
    QTRY_COMPARE(shown.pane(0)->view()->shownCount(), 1u);
    QTRY_COMPARE(shown.pane(1)->view()->shownCount(), 50u);
    QTest::keyClick(shown.searchField(), Qt::Key_Escape);
    QTRY_COMPARE(shown.pane(0)->view()->shownCount(), 50u);
}

void OutputPanesTest::keysGoFromPaneToPane()
{
    Shown shown(3);
    shown.pane(0)->view()->setFocus();
    shown.page.toolBar()->nextPane->trigger();
    QCOMPARE(shown.page.view(), shown.pane(1)->view());
    QVERIFY(shown.pane(1)->view()->hasFocus());
    shown.page.toolBar()->previousPane->trigger();
    shown.page.toolBar()->previousPane->trigger();
    QCOMPARE(shown.page.view(), shown.pane(2)->view());
    QTest::mouseClick(shown.pane(0)->findChild<QWidget *>(QStringLiteral("heading")), Qt::LeftButton);
    QTRY_COMPARE(shown.page.view(), shown.pane(0)->view());
    shown.page.toolBar()->previousPane->trigger();
    // The heading of the active pane looks different, by more than a hue: its name is bold.
    const auto isBold = [&](int i) { return shown.pane(i)->findChild<QFrame *>(QStringLiteral("name"))->font().bold(); };
    QVERIFY(isBold(2) && !isBold(0) && !isBold(1));
}

void OutputPanesTest::aPaneIsMaximizedAndRestored()
{
    Shown shown(3);
    shown.writeNumbersTo(shown.outs[0], "line", 100);
    QTRY_COMPARE(shown.pane(0)->view()->shownCount(), 100u);
    QTest::keyClick(shown.pane(0)->view(), Qt::Key_Home);
    OutputPane *second = shown.pane(1);
    QTest::mouseDClick(second->findChild<QWidget *>(QStringLiteral("heading")), Qt::LeftButton);
    QCOMPARE(shown.panes(), QList{second});
    QVERIFY(shown.page.toolBar()->maximizePane->isChecked());
    QTest::mouseDClick(second->findChild<QWidget *>(QStringLiteral("heading")), Qt::LeftButton);
    QCOMPARE(shown.launches(), (QList<quint32>{1, 2, 3}));
    QCOMPARE(shown.pane(0)->view()->topLine(), std::optional<quint64>(0)); // where it was
    QVERIFY(!shown.pane(0)->view()->follows());
    shown.page.toolBar()->maximizePane->trigger();
    QCOMPARE(shown.panes().size(), 1);
    shown.page.toolBar()->maximizePane->trigger();
    QCOMPARE(shown.panes().size(), 3);
}

void OutputPanesTest::panesOutOfSightLookForNothing()
{
    Shown shown(2);
    OutputPane *first = shown.pane(0);
    shown.recorded.write(shown.outs[0], "seen\n");
    QTRY_COMPARE(first->view()->shownCount(), 1u);
    shown.page.panes()->activate(shown.pane(1));
    shown.page.toolBar()->maximizePane->trigger();
    QVERIFY(!first->isVisible());
    const quint64 examined = first->filter()->examined();
    QSignalSpy changed(first->view(), &OutputView::countChanged);
    for (const ChannelId out : shown.outs)
        shown.recorded.write(out, "more\n");
    QTRY_COMPARE(shown.page.view()->shownCount(), 1u);
    QTest::qWait(100); // a thread that were not paused would have woken twice
    QCOMPARE(first->filter()->examined(), examined);
    QCOMPARE(changed.size(), 0);
    shown.page.toolBar()->maximizePane->trigger();
    QTRY_COMPARE(first->view()->shownCount(), 2u);
}

void OutputPanesTest::aRangeOfTheRecordingHoldsInEveryPane()
{
    Shown shown(2);
    for (const ChannelId out : shown.outs)
        shown.recorded.write(out, "1\n");
    QVERIFY(shown.recorded.wait());
    const quint64 end = shown.recorded.writer->journal().recordCount();
    shown.page.showRecords({0, end}, QStringLiteral("then"));
    for (const ChannelId out : shown.outs)
        shown.recorded.write(out, "2\n");
    shown.recorded.write(shown.begin(), "3\n");
    QVERIFY(shown.recorded.wait());
    for (int i = 0; i < 2; ++i)
        QTRY_COMPARE(shown.pane(i)->view()->shownCount(), 1u);
    QCOMPARE(shown.pane(2)->view()->shownCount(), 0u);
    shown.page.showRecords({}, {});
    for (int i = 0; i < 2; ++i)
        QTRY_COMPARE(shown.pane(i)->view()->shownCount(), 2u);
    QTRY_COMPARE(shown.pane(2)->view()->shownCount(), 1u);
}

void OutputPanesTest::clearedLinesAreHiddenInEveryPane()
{
    Shown shown(2);
    for (const ChannelId out : shown.outs)
        shown.writeNumbersTo(out, "line", 10);
    for (int i = 0; i < 2; ++i)
        QTRY_COMPARE(shown.pane(i)->view()->shownCount(), 10u);
    shown.page.clear();
    for (int i = 0; i < 2; ++i) {
        QCOMPARE(shown.pane(i)->view()->shownCount(), 0u);
        QVERIFY(shown.pane(i)->isEmpty());
    }
    shown.page.showAllAgain();
    for (int i = 0; i < 2; ++i)
        QTRY_COMPARE(shown.pane(i)->view()->shownCount(), 10u);
}

void OutputPanesTest::aLineOfAnotherLaunchIsRevealedInItsPane()
{
    Shown shown(13);
    for (const ChannelId out : shown.outs)
        shown.recorded.write(out, "a line\n");
    QVERIFY(shown.recorded.wait());
    shown.page.reveal(4, {0, 6});
    QTRY_COMPARE(shown.page.view()->selection().first().line, 4u);
    QCOMPARE(shown.page.panes()->active()->launch(), LaunchId(5));
    shown.page.reveal(0, {0, 6}); // has no pane
    QTRY_COMPARE(shown.page.panes()->active(), shown.page.panes()->merged());
    QTRY_COMPARE(shown.page.view()->selection().cursor().has_value(), true);
    QCOMPARE(shown.page.view()->selection().first().line, 0u);
}

void OutputPanesTest::theArrangementIsRemembered()
{
    OutputPage first;
    first.toolBar()->stacked->trigger();
    OutputPage second;
    QCOMPARE(second.toolBar()->arrangement(), PaneArrangement::Stacked);
    QCOMPARE(second.panes()->arrangement(), PaneArrangement::Stacked);
    second.toolBar()->merged->trigger();
}

void OutputPanesTest::sourceCanBeTakenAway()
{
    Shown shown(3);
    shown.writeNumbersTo(shown.outs[0], "line", 100);
    shown.page.find();
    QTest::keyClicks(shown.searchField(), QStringLiteral("nowhere"));
    shown.page.setSource(nullptr);
    shown.recorded.index.reset();
    QCoreApplication::processEvents();
    QCOMPARE(shown.panes(), QList{shown.page.panes()->merged()});
    QVERIFY(shown.page.emptyState().startsWith(QStringLiteral("Nothing was launched")));
    shown.page.toolBar()->stacked->trigger();
    shown.page.updateLaunches();
    shown.page.clear();
}

QTEST_MAIN(OutputPanesTest)
#include "outputpanes_test.moc"
