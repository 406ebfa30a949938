// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/guitesting.h"
#include "tests/patience.h"
#include "ui/launch/examplespage.h"
#include "ui/launch/inputbar.h"
#include "ui/launch/launchbar.h"
#include "ui/launch/launchline.h"
#include "ui/mainwindow.h"
#include "ui/map/mapview.h"
#include "ui/monitor/processview.h"
#include "ui/preferences/preferences.h"
#include "ui/traffic/channelspane.h"
#include "ui/widgets/settings.h"
#include "ui/widgets/translations.h"

#include <QAction>
#include <QLabel>
#include <QTabWidget>
#include <QToolButton>

using namespace forkscope;

class PipelineBarTest : public QObject
{
    Q_OBJECT

private:
    TestHome m_home;

private slots:
    void initTestCase() { installTranslations(QLocale(QLocale::English)); } // plurals
    void init() { Settings().clear(); }

    void aPipelineSaysHowManyStagesAndTapsItHasAndIsAskedFor()
    {
        LaunchBar bar;
        bar.show();
        QSignalSpy pipelines(&bar, &LaunchBar::pipelineRequested), launches(&bar, &LaunchBar::launchRequested);
        QTest::keyClicks(bar.line(), QStringLiteral("printf 'a\\nb\\n' | A=1 sort -r |& head -1"));
        QVERIFY(bar.pipelineButton()->isVisible());
        QCOMPARE(bar.pipelineButton()->text(), QStringLiteral("3 stages, 2 taps"));
        QVERIFY(!bar.shellHint()->isVisible());
        QTest::keyClick(bar.line(), Qt::Key_Return);
        QVERIFY(launches.isEmpty());
        QCOMPARE(pipelines.size(), 1);
        const auto request = pipelines[0][0].value<PipelineRequest>();
        QCOMPARE(request.stages.size(), 3);
        QCOMPARE(request.stages[0].spec.arguments, (QByteArrayList{"printf", "a\\nb\\n"}));
        QVERIFY(request.stages[1].spec.shell); // a variable before the command
        QCOMPARE(request.stages[1].spec.standardError.kind, StreamTarget::Kind::StandardOutput);
        QCOMPARE(request.stages[2].spec.workingDirectory, QFile::encodeName(bar.workingDirectory()));
        QVERIFY(bar.line()->text().isEmpty());
        QVERIFY(!bar.pipelineButton()->isVisible());
        QTest::keyClick(bar.line(), Qt::Key_Up);
        QVERIFY(bar.line()->text().startsWith(QLatin1String("printf")));
    }

    void whoWantsTheShellHasItFromThenOn()
    {
        {
            LaunchBar bar;
            bar.show();
            QSignalSpy launches(&bar, &LaunchBar::launchRequested);
            QTest::keyClicks(bar.line(), QStringLiteral("ls | wc -l"));
            bar.shellAction()->trigger();
            QCOMPARE(bar.pipelineButton()->text(), QStringLiteral("via /bin/sh, no taps"));
            QTest::keyClick(bar.line(), Qt::Key_Return);
            QCOMPARE(launches.size(), 1);
            const auto spec = launches[0][0].value<LaunchSpec>();
            QVERIFY(spec.shell);
            QCOMPARE(spec.arguments, (QByteArrayList{"ls | wc -l"}));
        }
        QVERIFY(!Preferences::tapsPipelines());
        const LaunchBar again;
        QVERIFY(again.shellAction()->isChecked());
    }

    void severalPipelinesInALineGoToTheShellAndTheBarSaysSo()
    {
        LaunchBar bar;
        bar.show();
        QSignalSpy launches(&bar, &LaunchBar::launchRequested);
        QTest::keyClicks(bar.line(), QStringLiteral("ls | wc -l; date"));
        QVERIFY(bar.shellHint()->isVisible());
        QVERIFY(!bar.pipelineButton()->isVisible());
        QTest::keyClick(bar.line(), Qt::Key_Return);
        QVERIFY(launches[0][0].value<LaunchSpec>().shell);
    }

    void anEmptyStageIsPointedAtAndNothingRuns_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<int>("at");
        QTest::newRow("between") << QStringLiteral("  ls | | wc") << 7;
        QTest::newRow("before") << QStringLiteral("| wc") << 0;
        QTest::newRow("behind") << QStringLiteral("ls |") << 3;
    }
    void anEmptyStageIsPointedAtAndNothingRuns()
    {
        QFETCH(QString, line);
        QFETCH(int, at);
        LaunchBar bar;
        bar.show();
        QSignalSpy launches(&bar, &LaunchBar::launchRequested), pipelines(&bar, &LaunchBar::pipelineRequested);
        bar.run(line);
        QVERIFY(launches.isEmpty() && pipelines.isEmpty());
        QVERIFY(bar.errorLabel()->isVisible());
        QCOMPARE(bar.line()->selectionStart(), at);
        QCOMPARE(bar.line()->selectedText(), QStringLiteral("|"));
        bar.line()->setText(QStringLiteral("ls | wc"));
        QVERIFY(!bar.errorLabel()->isVisible());
    }

    void onlyTheFirstStageTakesInputFromAPerson()
    {
        auto session = Session::create();
        QVERIFY(session.ok());
        MainWindow window(std::move(session).value());
        window.show();
        window.launchBar()->run(QStringLiteral("cat | cat"));
        const auto *input = window.findChild<InputBar *>();
        QVERIFY(input);
        const auto isOffered = [&](int row) {
            window.processView()->selectRow(row);
            return input->isVisible();
        };
        QTRY_VERIFY(window.processView()->selectedRows() == QList<int>{1}); // the last stage
        QVERIFY(!input->isVisible());
        QVERIFY(isOffered(0));
        QVERIFY(!isOffered(1));
    }

    void theExampleIsAPipelineAndEndsInTheTrafficTab()
    {
        auto session = Session::create();
        QVERIFY(session.ok());
        MainWindow window(std::move(session).value());
        window.show();
        bool found = false;
        ExamplesPage *page = window.findChild<ExamplesPage *>();
        QVERIFY(page);
        for (QPushButton *button : page->findChildren<QPushButton *>())
            if (button->text() == QLatin1String("Run a pipeline with traffic")) {
                button->click();
                found = true;
            }
        QVERIFY(found);
        auto *tabs = window.findChild<QTabWidget *>();
        QTRY_COMPARE(window.channels()->model().rowCount(), 2);
        QTRY_COMPARE(tabs->tabText(tabs->currentIndex()), QStringLiteral("Traffic"));
        QVERIFY(tabs->indexOf(window.map()) > 0);
        tabs->setCurrentWidget(window.map());
        QTRY_COMPARE(window.map()->canvas()->graph().nodes.size(), 3);
        QTRY_VERIFY(window.channels()->model().figures(1)->messages > 3);
    }
};

QTEST_MAIN(PipelineBarTest)
#include "pipelinebar_test.moc"
