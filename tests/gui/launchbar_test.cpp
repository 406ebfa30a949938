// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/guitesting.h"
#include "ui/launch/completion.h"
#include "ui/launch/inputbar.h"
#include "ui/launch/launchbar.h"
#include "ui/launch/launchline.h"
#include "ui/widgets/settings.h"

#include <QLabel>
#include <QListView>

using namespace forkscope;

class LaunchBarTest : public QObject
{
    Q_OBJECT

private:
    TestHome m_home;

private slots:
    void init() { Settings().clear(); }

    void enterAsksForTheWordsOfTheLine()
    {
        LaunchBar bar;
        QSignalSpy asked(&bar, &LaunchBar::launchRequested);
        QTest::keyClicks(bar.line(), QStringLiteral("cp 'a b' c"));
        QTest::keyClick(bar.line(), Qt::Key_Return);
        QCOMPARE(asked.size(), 1);
        const auto spec = asked[0][0].value<LaunchSpec>();
        QCOMPARE(spec.arguments, (QByteArrayList{"cp", "a b", "c"}));
        QVERIFY(!spec.shell);
        QVERIFY(spec.startNewSession);
        QCOMPARE(spec.standardInput.kind, StreamTarget::Kind::Pipe);
        QCOMPARE(spec.workingDirectory, QFile::encodeName(QDir::currentPath()));
        QVERIFY(bar.line()->text().isEmpty());
    }

    void aLineThatNeedsAShellSaysSoAndGoesToTheShellWhole()
    {
        LaunchBar bar;
        bar.show();
        QSignalSpy asked(&bar, &LaunchBar::launchRequested);
        QTest::keyClicks(bar.line(), QStringLiteral("ls > /dev/null; date"));
        QVERIFY(bar.shellHint()->isVisible());
        QTest::keyClick(bar.line(), Qt::Key_Return);
        const auto spec = asked[0][0].value<LaunchSpec>();
        QVERIFY(spec.shell);
        QCOMPARE(spec.arguments, (QByteArrayList{"ls > /dev/null; date"}));
        QVERIFY(!bar.shellHint()->isVisible());
    }

    void anOpenQuoteIsToldInPlaceAndNothingRuns()
    {
        LaunchBar bar;
        bar.show();
        QSignalSpy asked(&bar, &LaunchBar::launchRequested);
        QTest::keyClicks(bar.line(), QStringLiteral("echo 'a"));
        QVERIFY(!bar.errorLabel()->isVisible()); // half typed is no mistake
        QTest::keyClick(bar.line(), Qt::Key_Return);
        QVERIFY(asked.isEmpty());
        QVERIFY(bar.errorLabel()->isVisible());
        QVERIFY(bar.errorLabel()->text().contains(QLatin1String("quote")));
        QCOMPARE(bar.line()->text(), QStringLiteral("echo 'a"));
        QTest::keyClicks(bar.line(), QStringLiteral("'"));
        QVERIFY(!bar.errorLabel()->isVisible());
    }

    void anEmptyLineRunsNothing()
    {
        LaunchBar bar;
        QSignalSpy asked(&bar, &LaunchBar::launchRequested);
        QTest::keyClicks(bar.line(), QStringLiteral("  "));
        QTest::keyClick(bar.line(), Qt::Key_Return);
        QVERIFY(asked.isEmpty());
    }

    void upAndDownWalkTheHistoryAndComeBackToTheDraft()
    {
        LaunchBar bar;
        for (const QString &line : {QStringLiteral("one"), QStringLiteral("two"), QStringLiteral("one")})
            bar.run(line);
        bar.line()->setText(QStringLiteral("draft"));
        const auto press = [&](Qt::Key key) {
            QTest::keyClick(bar.line(), key);
            return bar.line()->text();
        };
        QCOMPARE(press(Qt::Key_Up), QStringLiteral("one"));
        QCOMPARE(press(Qt::Key_Up), QStringLiteral("two"));
        QCOMPARE(press(Qt::Key_Up), QStringLiteral("two"));
        QCOMPARE(press(Qt::Key_Down), QStringLiteral("one"));
        QCOMPARE(press(Qt::Key_Down), QStringLiteral("draft"));
        QCOMPARE(press(Qt::Key_Down), QStringLiteral("draft"));
    }

    void theHistoryLastsHoldsEachLineOnceAndIsBounded()
    {
        {
            QStringList old;
            for (int i = 0; i < LaunchHistory::kLargest; ++i)
                old.append(QStringLiteral("command %1").arg(i));
            Settings().setValue(QStringLiteral("launch/history"), old);
            LaunchHistory history;
            history.add(QStringLiteral("one more"));
            history.add(QStringLiteral("command 100"));
        }
        const LaunchHistory again;
        QCOMPARE(again.lines().size(), LaunchHistory::kLargest);
        QCOMPARE(again.lines().last(), QStringLiteral("command 100"));
        QCOMPARE(again.lines().count(QStringLiteral("command 100")), 1);
        QCOMPARE(again.lines().first(), QStringLiteral("command 1"));
    }

    void wordsAreFoundBetweenQuotesAndOperators()
    {
        const auto word = [](const QString &line) { return wordAtCursor(line, int(line.size())); };
        QCOMPARE(word(QStringLiteral("gre")).text, QStringLiteral("gre"));
        QVERIFY(word(QStringLiteral("gre")).isCommand);
        QCOMPARE(word(QStringLiteral("cat 'my fi")).text, QStringLiteral("my fi"));
        QCOMPARE(word(QStringLiteral("cat 'my fi")).start, 4);
        QVERIFY(!word(QStringLiteral("cat my")).isCommand);
        QCOMPARE(word(QStringLiteral("cat my\\ fi")).text, QStringLiteral("my fi"));
        QVERIFY(word(QStringLiteral("cat x | so")).isCommand);
        QVERIFY(word(QStringLiteral("cat ")).text.isEmpty());
        QCOMPARE(escapedWord(QStringLiteral("~/my file's")), QStringLiteral("~/my\\ file\\'s"));
    }

    void completesExecutablesAndPaths()
    {
        QTemporaryDir directory;
        QVERIFY(QDir(directory.path()).mkdir(QStringLiteral("sub dir")));
        QFile tool(directory.filePath(QStringLiteral("forkscope-tool")));
        QVERIFY(tool.open(QFile::WriteOnly));
        tool.setPermissions(QFile::ReadOwner | QFile::ExeOwner);
        QFile data(directory.filePath(QStringLiteral("forkscope-data")));
        QVERIFY(data.open(QFile::WriteOnly));
        const QByteArray path = qgetenv("PATH");
        qputenv("PATH", path + ':' + QFile::encodeName(directory.path()));
        Completion completion;
        QSignalSpy found(&completion, &Completion::found);
        const auto complete = [&](const QString &line) {
            static quint64 ticket = 0;
            found.clear();
            completion.request(++ticket, line, int(line.size()), directory.path());
            [&] { QTRY_COMPARE(found.size(), 1); }();
            return found.isEmpty() ? QStringList() : found[0][2].toStringList();
        };
        QCOMPARE(complete(QStringLiteral("forkscope-")), QStringList{QStringLiteral("forkscope-tool")});
        QCOMPARE(complete(QStringLiteral("cat forkscope-d")), QStringList{QStringLiteral("forkscope-data")});
        QCOMPARE(complete(QStringLiteral("ls su")), QStringList{QStringLiteral("sub\\ dir/")});
        QCOMPARE(complete(QStringLiteral("./fork")), QStringList{QStringLiteral("./forkscope-tool")});
        qputenv("PATH", path);
    }

    void tabTakesTheFirstCompletionAndEnterStillRuns()
    {
        QTemporaryDir directory;
        QFile data(directory.filePath(QStringLiteral("unmistakable.txt")));
        QVERIFY(data.open(QFile::WriteOnly));
        LaunchBar bar;
        bar.setWorkingDirectory(directory.path());
        bar.show();
        QVERIFY(QTest::qWaitForWindowActive(&bar));
        bar.focusLine();
        QSignalSpy asked(&bar, &LaunchBar::launchRequested);
        QTest::keyClicks(bar.line(), QStringLiteral("cat unm"));
        QTRY_VERIFY(bar.line()->completionList()->isVisible());
        QTest::keyClick(bar.line(), Qt::Key_Tab);
        QCOMPARE(bar.line()->text(), QStringLiteral("cat unmistakable.txt "));
        QVERIFY(!bar.line()->completionList()->isVisible());

        bar.line()->setText(QStringLiteral("cat "));
        QTest::keyClicks(bar.line(), QStringLiteral("unm"));
        QTRY_VERIFY(bar.line()->completionList()->isVisible());
        QTest::keyClick(bar.line(), Qt::Key_Return);
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked[0][0].value<LaunchSpec>().arguments, (QByteArrayList{"cat", "unm"}));
    }

    void inputIsSentLineByLineAndCtrlDEndsIt()
    {
        InputBar bar;
        bar.setTarget(LaunchId(7), QStringLiteral("cat 4711"), {});
        bar.show();
        QSignalSpy lines(&bar, &InputBar::lineEntered);
        QSignalSpy ends(&bar, &InputBar::endRequested);
        QTest::keyClicks(bar.line(), QStringLiteral("hello"));
        QTest::keyClick(bar.line(), Qt::Key_Return);
        QCOMPARE(lines.size(), 1);
        QCOMPARE(lines[0][0].value<LaunchId>(), LaunchId(7));
        QCOMPARE(lines[0][1].toByteArray(), QByteArray("hello\n"));
        QTest::keyClick(bar.line(), Qt::Key_D, Qt::ControlModifier);
        QCOMPARE(ends.size(), 1);
        const int narrow = bar.minimumSizeHint().width();
        bar.setTarget(LaunchId(7), QString(500, QLatin1Char('x')), {});
        QVERIFY(bar.minimumSizeHint().width() < narrow + 200); // a long name must not push the window wider
        bar.setTarget(LaunchId(7), QStringLiteral("cat 4711"), QStringLiteral("It has ended."));
        QVERIFY(!bar.line()->isEnabled());
        QCOMPARE(bar.line()->placeholderText(), QStringLiteral("It has ended."));
    }
};

QTEST_MAIN(LaunchBarTest)
#include "launchbar_test.moc"
