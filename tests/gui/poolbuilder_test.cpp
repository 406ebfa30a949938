// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pool/poolbuilder.h"

#include "core/ipc/worker.h"
#include "core/session/session.h"
#include "tests/gui/guitesting.h"
#include "tests/gui/stallmeter.h"
#include "tests/journalevents.h"
#include "tests/patience.h"
#include "ui/launch/examplespage.h"
#include "ui/launch/launchbar.h"
#include "ui/mainwindow.h"
#include "ui/pool/inputlistedit.h"
#include "ui/pool/livepools.h"
#include "ui/pool/poolcontrols.h"
#include "ui/pool/poollanes.h"
#include "ui/pool/pooloptionsedit.h"
#include "ui/pool/poolview.h"
#include "ui/pool/taskdetails.h"
#include "ui/pool/tasklist.h"
#include "ui/pool/taskpreview.h"

#include <QAction>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSlider>
#include <QSpinBox>
#include <QTabWidget>
#include <QTableView>
#include <QToolButton>

using namespace forkscope;
using pool::TaskStage;

namespace {

std::unique_ptr<MainWindow> liveWindow()
{
    auto session = Session::create();
    if (!session)
        qFatal("no session: %s", qPrintable(errorText(session.error())));
    auto window = std::make_unique<MainWindow>(std::move(session).value());
    window->show();
    return window;
}

PoolRequest commands(const QByteArray &line, const QByteArrayList &inputs, int workers)
{
    PoolRequest request;
    request.command = {line};
    request.options.processes = workers;
    pool::InputList list;
    list.values = inputs;
    request.inputs.lists = {list};
    return request;
}

QByteArrayList numbers(int count)
{
    QByteArrayList list;
    for (int i = 0; i < count; ++i)
        list.append(QByteArray::number(i));
    return list;
}

const pool::PoolRecord *record(const MainWindow &window, PoolId id = PoolId(1))
{
    return window.pools()->history().pool(id);
}

quint64 count(const MainWindow &window, TaskStage stage, PoolId id = PoolId(1))
{
    const pool::PoolRecord *pool = record(window, id);
    return pool ? pool->count(stage) : 0;
}

void answer(QWidget *parent, const QString &button)
{
    QMessageBox *box = nullptr;
    QTRY_VERIFY((box = parent->findChild<QMessageBox *>()) && box->isVisible());
    for (QAbstractButton *one : box->buttons())
        if (one->text() == button)
            return one->click();
    QFAIL("no such button");
}

} // namespace

class PoolBuilderTest : public QObject
{
    Q_OBJECT

private:
    TestHome m_home;

private slots:
    void initTestCase() { ipc::setWorkerProgram(FORKSCOPE_WORKER); }

    void thePreviewShowsTheFirstTasksAndHowManyThereAre()
    {
        PoolBuilder builder;
        builder.show();
        QVERIFY(!builder.startButton()->isEnabled());
        builder.commandEdit()->setText(QStringLiteral("convert {} {.}.png"));
        builder.lists().first()->lines()->setPlainText(QStringLiteral("a b.jpg\nc.jpg\n"));
        QTRY_VERIFY(builder.startButton()->isEnabled());
        QCOMPARE(builder.preview()->text(), QStringLiteral("convert 'a b.jpg' 'a b.png'\nconvert c.jpg c.png"));
        QVERIFY(builder.preview()->title().contains(QLatin1Char('2')));
    }

    void numbersAndAMatrixMakeAllCombinations()
    {
        PoolBuilder builder;
        builder.show();
        builder.commandEdit()->setText(QStringLiteral("echo {1}-{2}"));
        builder.lists().first()->kindBox()->setCurrentIndex(3);
        builder.lists().first()->toBox()->setValue(1000);
        builder.addListButton()->click();
        builder.lists().last()->lines()->setPlainText(QStringLiteral("red\ngreen"));
        QTRY_VERIFY(builder.preview()->title().contains(QLatin1String("2,000")));
        QVERIFY(builder.preview()->text().startsWith(QLatin1String("echo 1-red\necho 1-green\necho 2-red\n")));
        builder.lists().first()->stepBox()->setValue(100);
        QTRY_VERIFY(builder.preview()->title().contains(QLatin1String("20")));
    }

    void filesAndPatternsAreReadAndWhatIsWrongIsNamed()
    {
        QTemporaryDir dir;
        for (const char *name : {"one.txt", "two.txt"}) {
            QFile file(dir.filePath(QLatin1String(name)));
            QVERIFY(file.open(QIODevice::WriteOnly) && file.write("x\ny\nz\n"));
        }
        PoolBuilder builder;
        builder.show();
        builder.commandEdit()->setText(QStringLiteral("wc"));
        InputListEdit *list = builder.lists().first();
        list->kindBox()->setCurrentIndex(1);
        list->fileEdit()->setText(dir.filePath(QStringLiteral("one.txt")));
        QTRY_COMPARE(builder.preview()->text(), QStringLiteral("wc x\nwc y\nwc z"));
        list->fileEdit()->setText(dir.filePath(QStringLiteral("none.txt")));
        QVERIFY(builder.preview()->title().contains(QLatin1String("none.txt")));
        QVERIFY(!builder.startButton()->isEnabled());
        list->kindBox()->setCurrentIndex(2);
        list->globEdit()->setText(dir.filePath(QStringLiteral("*.txt")));
        QTRY_VERIFY(builder.preview()->text().contains(QLatin1String("two.txt")));
        list->globEdit()->setText(dir.filePath(QStringLiteral("*.nothing")));
        QTRY_VERIFY(builder.preview()->title().contains(QLatin1String("*.nothing")));
        builder.commandEdit()->setText(QStringLiteral("echo 'open"));
        list->globEdit()->setText(dir.filePath(QStringLiteral("*.txt")));
        QTRY_VERIFY(!builder.startButton()->isEnabled() && builder.preview()->text().isEmpty());
    }

    void functionsGetTheirArguments()
    {
        PoolBuilder builder;
        builder.show();
        builder.functionRadio()->setChecked(true);
        builder.functionBox()->setCurrentIndex(builder.functionBox()->findData(QByteArray("countPrimes")));
        builder.lists().first()->lines()->setPlainText(QStringLiteral("1, 100\n\"text\", true"));
        QTRY_COMPARE(builder.preview()->text(), QStringLiteral("countPrimes(1, 100)\ncountPrimes(\"text\", true)"));
        builder.options()->retriesBox()->setValue(2);
        builder.options()->timeoutEdit()->setText(QStringLiteral("1.5 s"));
        const PoolRequest request = builder.request();
        QCOMPARE(request.function, QByteArray("countPrimes"));
        QCOMPARE(request.task.retries, 2);
        QCOMPARE(request.task.timeout, std::chrono::milliseconds(1500));
        builder.options()->timeoutEdit()->setText(QStringLiteral("soon"));
        QVERIFY(!builder.startButton()->isEnabled());
    }

    void aPoolIsBuiltAndRuns()
    {
        const auto window = liveWindow();
        QVERIFY(window->launchBar()->poolButton());
        window->launchBar()->poolButton()->click();
        PoolBuilder *builder = window->poolBuilder();
        QVERIFY(builder);
        builder->commandEdit()->setText(QStringLiteral("echo hello {}; test {} != 3"));
        builder->lists().first()->lines()->setPlainText(QStringLiteral("1\n2\n3\n4"));
        builder->workersBox()->setValue(2);
        QTRY_VERIFY(builder->startButton()->isEnabled());
        builder->startButton()->click();
        QTRY_COMPARE(count(*window, TaskStage::Done), quint64(3));
        QTRY_COMPARE(count(*window, TaskStage::Failed), quint64(1));
        auto *tabs = window->findChild<QTabWidget *>();
        QCOMPARE(tabs->currentWidget(), window->pools());
        const quint64 failed = record(*window)->troubles(1).front();
        emit window->pools()->lanes()->taskSelected(failed);
        QTRY_VERIFY(window->pools()->details()->output()->toPlainText().contains(QLatin1String("hello 3")));
    }

    void functionsRunInWorkersAndOneThatCrashesIsTold()
    {
        const auto window = liveWindow();
        PoolRequest request = commands({}, numbers(20), 2);
        request.command.clear();
        request.function = "echo";
        window->startPool(request);
        QTRY_COMPARE(count(*window, TaskStage::Done), quint64(20));
        QVERIFY(!record(*window)->lanes()[0].worker.isNull());
        request.function = "crash";
        request.inputs.lists.first().values = {"9"};
        window->startPool(request);
        QTRY_COMPARE(count(*window, TaskStage::WorkerLost, PoolId(2)), quint64(1));
        QTRY_COMPARE(window->pools()->current(), PoolId(2));
        window->livePools()->terminateAll();
        QTRY_VERIFY(window->livePools()->isEmpty());
    }

    void joinBeforeCloseShowsTheErrorOfTheLibraryAndAfterItReturns()
    {
        const auto window = liveWindow();
        window->startPool(commands("sleep 0.2; echo", numbers(4), 2));
        QTRY_COMPARE(window->pools()->current(), PoolId(1));
        PoolControls *controls = window->pools()->controls();
        QTRY_VERIFY(controls->joinButton()->isEnabled());
        controls->joinButton()->click();
        const QString expected = errorText(window->livePools()->pool(PoolId(1))->join(QDeadlineTimer(0)).error());
        QTRY_VERIFY2(controls->answer()->text().contains(expected), qPrintable(controls->answer()->text()));
        controls->closeButton()->click();
        QTRY_VERIFY(record(*window)->phase() != PoolPhase::Open);
        controls->joinButton()->click();
        QTRY_VERIFY(controls->answer()->text().startsWith(QStringLiteral("✓")));
        QTRY_COMPARE(count(*window, TaskStage::Done), quint64(4));
        QTRY_VERIFY(window->livePools()->isEmpty());
    }

    void theSliderChangesHowManyRun()
    {
        const auto window = liveWindow();
        window->startPool(commands("sleep 30; echo", numbers(20), 1));
        QTRY_COMPARE(count(*window, TaskStage::Running), quint64(1));
        window->pools()->controls()->sizeSlider()->setValue(4);
        QTRY_COMPARE(count(*window, TaskStage::Running), quint64(4));
        QCOMPARE(record(*window)->size(), 4);
        window->livePools()->terminateAll();
        QTRY_VERIFY(window->livePools()->isEmpty());
    }

    void pausedNothingStartsUntilItGoesOn()
    {
        const auto window = liveWindow();
        window->startPool(commands("sleep 0.3; echo", numbers(6), 2));
        QTRY_COMPARE(count(*window, TaskStage::Running), quint64(2));
        window->pools()->controls()->pauseButton()->click();
        QTRY_COMPARE(record(*window)->hold(), PoolHold::Paused);
        QTRY_COMPARE(count(*window, TaskStage::Running), quint64(0));
        const quint64 done = count(*window, TaskStage::Done);
        QVERIFY(done < 6);
        window->pools()->controls()->pauseButton()->click();
        QTRY_COMPARE(count(*window, TaskStage::Done), quint64(6));
    }

    void whatWaitsIsRemovedAndMovedAndWhatFailedIsTriedAgain()
    {
        const auto window = liveWindow();
        QTemporaryDir dir;
        const QByteArray marker = QFile::encodeName(dir.filePath(QStringLiteral("go")));
        window->startPool(commands("test -e " + marker + " || test {} = 0 && sleep 0.5", numbers(6), 1));
        QTRY_COMPARE(count(*window, TaskStage::Running), quint64(1));
        PoolView *view = window->pools();
        view->tabs()->setCurrentWidget(view->list());
        QTRY_COMPARE(view->list()->model()->rowCount(), 6);
        view->list()->view()->setFocus();
        view->list()->view()->selectRow(5);
        QTest::keyClick(view->list()->view(), Qt::Key_Home, Qt::AltModifier);
        QTRY_COMPARE(record(*window)->waiting(1), std::vector<quint64>({5}));
        view->list()->view()->selectRow(3);
        QTest::keyClick(view->list()->view(), Qt::Key_Delete);
        QTRY_COMPARE(count(*window, TaskStage::Cancelled), quint64(1));
        QTRY_COMPARE(count(*window, TaskStage::Failed), quint64(4));
        QFile file(dir.filePath(QStringLiteral("go")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QTRY_VERIFY(view->controls()->retryButton()->isEnabled());
        view->controls()->retryButton()->click();
        QTRY_COMPARE(count(*window, TaskStage::Done), quint64(6));
    }

    void terminateAsksAndThenEndsWhatRuns()
    {
        const auto window = liveWindow();
        window->startPool(commands("sleep 60; echo", numbers(10), 2));
        QTRY_COMPARE(count(*window, TaskStage::Running), quint64(2));
        window->pools()->controls()->terminateButton()->click();
        answer(window.get(), QStringLiteral("&Terminate"));
        QTRY_COMPARE(record(*window)->phase(), PoolPhase::Finished);
        QCOMPARE(count(*window, TaskStage::Running) + count(*window, TaskStage::Waiting), quint64(0));
        QTRY_VERIFY(window->livePools()->isEmpty());
    }

    void closingTheWindowAsksAboutPoolsThatWork()
    {
        const auto window = liveWindow();
        window->startPool(commands("sleep 60; echo", numbers(3), 2));
        QTRY_COMPARE(count(*window, TaskStage::Running), quint64(2));
        window->close();
        QVERIFY(window->isVisible());
        answer(window.get(), QStringLiteral("&Terminate and close"));
        QTRY_VERIFY(!window->isVisible());
    }

    void whatWasLeftOfARecordedPoolIsDoneInASessionAndNothingTwice()
    {
        QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("r.pcapng")), marks = dir.filePath(QStringLiteral("marks"));
        {
            const auto window = liveWindow();
            window->startPool(commands("echo {} >> " + QFile::encodeName(marks) + "; test {} -lt 3 || sleep 60", numbers(8), 2));
            QTRY_COMPARE(count(*window, TaskStage::Done), quint64(3));
            QTRY_COMPARE(count(*window, TaskStage::Running), quint64(2));
            QVERIFY(writeCompactRecording(window->journal(), path).ok()); // as a crash would leave it
        }
        const auto session = liveWindow();
        QSignalSpy opened(session.get(), &MainWindow::recordingOpened);
        session->openRecording(path);
        QTRY_COMPARE(opened.size(), 1);
        auto *recording = opened.first().first().value<MainWindow *>();
        QTRY_VERIFY(recording->pools()->hasPools() && recording->pools()->history().isCaughtUp());
        recording->findChild<QTabWidget *>()->setCurrentWidget(recording->pools());
        QTRY_VERIFY(recording->pools()->resumeButton()->isVisible());
        QVERIFY(recording->pools()->resumeButton()->text().contains(QLatin1Char('5')));
        QFile(marks).remove();
        recording->pools()->resumeButton()->click();
        QTRY_COMPARE(record(*session) ? record(*session)->taskCount() : 0, quint64(5));
        QTRY_COMPARE(count(*session, TaskStage::Running), quint64(2));
        QFile written(marks);
        QTRY_VERIFY(written.exists());
        QVERIFY(written.open(QIODevice::ReadOnly));
        QVERIFY(!written.readAll().contains("0\n"));
        recording->close();
        session->livePools()->terminateAll();
        QTRY_VERIFY(session->livePools()->isEmpty());
    }

    void theExampleOfTheEmptyWindowRuns()
    {
        const auto window = liveWindow();
        emit window->findChild<ExamplesPage *>()->poolRequested();
        QTRY_VERIFY(count(*window, TaskStage::Running) > 0);
        QVERIFY(record(*window)->taskCount() == 40);
        window->livePools()->terminateAll();
        QTRY_VERIFY(window->livePools()->isEmpty());
    }
};

QTEST_MAIN(PoolBuilderTest)
#include "poolbuilder_test.moc"
