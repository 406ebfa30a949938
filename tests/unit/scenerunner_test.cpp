// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ipc/worker.h"
#include "core/playground/scenerunner.h"
#include "tests/patience.h"
#include "tests/scenetesting.h"

#include <QJsonDocument>

#include <signal.h>

#include <cerrno>

using namespace forkscope;

namespace {

using State = SceneRunner::State;
using Phase = SceneProcessState::Phase;

bool exists(qint32 pid)
{
    return ::kill(pid, 0) == 0 || errno != ESRCH;
}

} // namespace

/// Scenes of the playground, with real processes.
class SceneRunnerTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { ipc::setWorkerProgram(FORKSCOPE_WORKER); }

    void whatIsPutArrivesOnceAndThenTheSceneIsOver();
    void everyOrderIsKept_data();
    void everyOrderIsKept();
    void aPauseStopsEverything();
    void aStepMovesOneMessageOneWay();
    void aStepOfOneProcess();
    void aKilledProducerIsToldAndTheOthersGoOn();
    void aDeadOneIsStartedAgain();
    void aDyingProcessDies();
    void aRateIsChangedWhileItRuns();
    void processesComeAndGoWhileItRuns();
    void aMessageByHandArrives();
    void aFullQueueRefusesAMessageByHandAtOnce();
    void whoWaitsIsTold();
    void aPipeTellsItsMessages_data();
    void aPipeTellsItsMessages();
    void aDuplexPipeIsSteppedByOneOperation();
    void aMessageByHandGoesIntoAPipe();
    void aPipeWithoutOneEndIsOverAndStartsAgain();
    void aFastSceneIsCountedWholeAlthoughNotListed_data();
    void aFastSceneIsCountedWholeAlthoughNotListed();
    void aSceneThatCannotRunIsRefused();
    void nobodyIsLeftWhenItStopsOrGoes();
};

void SceneRunnerTest::whatIsPutArrivesOnceAndThenTheSceneIsOver()
{
    SceneRunner runner;
    SceneListener listener(runner);
    Scene scene = queueScene(0, 0, 5);
    scene.producers = {process(kProducer, 0, 40), process(QStringLiteral("producer-2"), 200, 40)};
    scene.consumers = {process(kConsumer, 0), process(QStringLiteral("consumer-2"), 0)};
    runner.start(scene);
    QTRY_COMPARE(runner.state(), State::Finished);
    QCOMPARE(listener.last.level.puts, 80U);
    QCOMPARE(listener.last.level.gets, 80U);
    QCOMPARE(listener.last.level.depth, 0);
    QVERIFY(listener.last.level.closed);
    QCOMPARE(listener.messages.size(), 80);
    QSet<QByteArray> payloads;
    for (const SceneMessage &message : std::as_const(listener.messages)) {
        QVERIFY(message.putNs > 0 && message.gotNs > 0);
        QVERIFY(message.producer > 0 && message.consumer > 0 && message.producer != message.consumer);
        QCOMPARE(message.size, 32U);
        payloads.insert(message.prefix);
    }
    QCOMPARE(payloads.size(), 80);
    QVERIFY(payloads.contains(QByteArray("producer-2: 39").leftJustified(32, '.')));
    QCOMPARE(listener.last.processes.size(), 4);
    for (const SceneProcessState &state : std::as_const(listener.last.processes))
        QCOMPARE(state.phase, Phase::Finished);
    QCOMPARE(listener.failures, QStringList());
}

void SceneRunnerTest::everyOrderIsKept_data()
{
    QTest::addColumn<Scene::Order>("order");
    QTest::addColumn<QByteArrayList>("expected");
    QTest::newRow("first in, first out") << Scene::Order::Fifo << QByteArrayList{"a", "b", "c"};
    QTest::newRow("last in, first out") << Scene::Order::Lifo << QByteArrayList{"c", "b", "a"};
    QTest::newRow("by priority") << Scene::Order::Priority << QByteArrayList{"b", "a", "c"};
}

void SceneRunnerTest::everyOrderIsKept()
{
    QFETCH(Scene::Order, order);
    QFETCH(QByteArrayList, expected);
    SceneRunner runner;
    SceneListener listener(runner);
    Scene scene = queueScene(0, 0);
    scene.order = order;
    scene.producers.clear();
    runner.start(scene, true);
    QTRY_COMPARE(runner.state(), State::Paused);
    runner.inject("a", 2);
    runner.inject("b", 1);
    runner.inject("c", 3);
    QTRY_COMPARE(listener.injections.size(), 3);
    runner.resume();
    QTRY_COMPARE(listener.last.level.gets, 3U);
    QTRY_VERIFY(listener.messages.size() == 3
        && std::all_of(listener.messages.begin(), listener.messages.end(), [](const SceneMessage &m) { return m.gotNs > 0; }));
    QList<SceneMessage> got = listener.messages.values();
    std::sort(got.begin(), got.end(), [](const SceneMessage &a, const SceneMessage &b) { return a.gotNs < b.gotNs; });
    QByteArrayList payloads;
    for (const SceneMessage &message : std::as_const(got))
        payloads.append(message.prefix);
    QCOMPARE(payloads, expected);
}

void SceneRunnerTest::aPauseStopsEverything()
{
    SceneRunner runner;
    SceneListener listener(runner);
    runner.start(queueScene(0, 0));
    QTRY_VERIFY(listener.moved() > 1000);
    runner.pause();
    QTRY_COMPARE(runner.state(), State::Paused);
    const quint64 moved = listener.moved();
    const qsizetype samples = listener.samples.size();
    QTRY_VERIFY(listener.samples.size() > samples + 3); // time goes on
    QCOMPARE(listener.moved(), moved);
    QCOMPARE(listener.process(kProducer).phase, Phase::Paused);
    QCOMPARE(listener.process(kConsumer).phase, Phase::Paused);
    runner.resume();
    QTRY_VERIFY(listener.moved() > moved);
}

void SceneRunnerTest::aStepMovesOneMessageOneWay()
{
    SceneRunner runner;
    SceneListener listener(runner);
    runner.start(queueScene(0, 0), true);
    runner.step(); // kept until all are there
    for (const auto &[puts, gets] : {std::pair(1U, 0U), {1U, 1U}, {2U, 1U}, {2U, 2U}}) {
        QTRY_COMPARE(listener.last.level.puts, puts);
        QTRY_COMPARE(listener.last.level.gets, gets);
        const qsizetype samples = listener.samples.size();
        QTRY_VERIFY(listener.samples.size() > samples + 1); // and no more follows
        QCOMPARE(listener.moved(), puts + gets);
        QTRY_COMPARE(runner.state(), State::Paused);
        runner.step();
    }
}

void SceneRunnerTest::aStepOfOneProcess()
{
    SceneRunner runner;
    SceneListener listener(runner);
    runner.start(queueScene(0, 0), true);
    QTRY_COMPARE(runner.state(), State::Paused);
    for (int i = 0; i < 3; ++i)
        runner.step(kProducer);
    QTRY_COMPARE(listener.last.level.puts, 3U);
    QCOMPARE(listener.last.level.gets, 0U);
    runner.step(kConsumer);
    QTRY_COMPARE(listener.last.level.gets, 1U);
    QCOMPARE(listener.last.level.depth, 2);
}

void SceneRunnerTest::aKilledProducerIsToldAndTheOthersGoOn()
{
    SceneRunner runner;
    SceneListener listener(runner);
    Scene scene = queueScene(100, 0);
    scene.producers.append(process(QStringLiteral("producer-2"), 100));
    runner.start(scene);
    QTRY_VERIFY(listener.process(kProducer).messages > 5);
    const qint32 pid = listener.process(kProducer).pid;
    runner.kill(kProducer);
    QTRY_COMPARE(listener.process(kProducer).phase, Phase::Signalled);
    QCOMPARE(listener.process(kProducer).exitValue, SIGKILL);
    QCOMPARE(listener.process(kProducer).pid, pid);
    QVERIFY(!exists(pid));
    const quint64 then = listener.process(QStringLiteral("producer-2")).messages;
    QTRY_VERIFY(listener.process(QStringLiteral("producer-2")).messages > then + 10);
    QCOMPARE(runner.state(), State::Running);
    runner.terminate(QStringLiteral("producer-2"));
    QTRY_COMPARE(listener.process(QStringLiteral("producer-2")).exitValue, SIGTERM);
    QVERIFY(!listener.last.level.closed); // who died did not finish: the consumer waits on
}

void SceneRunnerTest::aDeadOneIsStartedAgain()
{
    SceneRunner runner;
    SceneListener listener(runner);
    runner.start(queueScene(100, 0));
    QTRY_VERIFY(listener.moved() > 5);
    runner.kill(kProducer);
    QTRY_COMPARE(listener.process(kProducer).phase, Phase::Signalled);
    const qint32 pid = listener.process(kProducer).pid;
    runner.restart(kProducer);
    QTRY_VERIFY(listener.process(kProducer).pid != pid && listener.process(kProducer).messages > 5);
    QVERIFY(listener.process(kProducer).isAlive());
}

void SceneRunnerTest::aDyingProcessDies()
{
    SceneRunner runner;
    SceneListener listener(runner);
    Scene scene = queueScene(0, 0);
    scene.producers[0].count = 7;
    scene.producers[0].dies = true;
    runner.start(scene);
    QTRY_COMPARE(listener.process(kProducer).phase, Phase::Signalled);
    QTRY_COMPARE(listener.last.level.gets, 7U);
}

void SceneRunnerTest::aRateIsChangedWhileItRuns()
{
    SceneRunner runner;
    SceneListener listener(runner);
    Scene scene = queueScene(2, 0);
    runner.start(scene);
    QTRY_VERIFY(listener.last.level.puts >= 2);
    QVERIFY(listener.last.level.puts < 50);
    scene.producers[0].rate = 1000;
    scene.producers[0].payload = SceneProcess::Payload::Json;
    scene.producers[0].size = 100;
    runner.apply(scene);
    QTRY_VERIFY(listener.last.level.puts > 500);
    QTRY_VERIFY(listener.messages.last().size == 100);
    const QJsonObject json = QJsonDocument::fromJson(listener.messages.last().prefix).object();
    QCOMPARE(json[QLatin1String("from")].toString(), kProducer);
}

void SceneRunnerTest::processesComeAndGoWhileItRuns()
{
    SceneRunner runner;
    SceneListener listener(runner);
    Scene scene = queueScene(50, 0);
    runner.start(scene);
    QTRY_VERIFY(listener.moved() > 2);
    const QString added = scene.add(true);
    QCOMPARE(added, QStringLiteral("producer-2"));
    runner.apply(scene);
    QTRY_VERIFY(listener.process(added).messages > 3);
    const qint32 pid = listener.process(kProducer).pid;
    scene.remove(kProducer);
    runner.apply(scene);
    QTRY_COMPARE(listener.last.processes.size(), 2);
    QTRY_VERIFY(!exists(pid));
    QCOMPARE(runner.state(), State::Running);
}

void SceneRunnerTest::aMessageByHandArrives()
{
    SceneRunner runner;
    SceneListener listener(runner);
    Scene scene = queueScene(0, 0);
    scene.producers.clear();
    runner.start(scene);
    runner.inject("by hand");
    QTRY_COMPARE(listener.last.level.gets, 1U);
    QVERIFY(listener.injections.first().sent);
    QTRY_VERIFY(listener.messages.first().gotNs > 0);
    QCOMPARE(listener.messages.first().prefix, "by hand");
    QCOMPARE(listener.messages.first().producer, qint32(QCoreApplication::applicationPid()));
}

void SceneRunnerTest::aFullQueueRefusesAMessageByHandAtOnce()
{
    SceneRunner runner;
    SceneListener listener(runner);
    Scene scene = queueScene(0, 0, 3);
    scene.consumers.clear();
    runner.start(scene);
    QTRY_COMPARE(listener.last.level.depth, 3);
    QElapsedTimer timer;
    timer.start();
    runner.inject("one more");
    QTRY_COMPARE(listener.injections.size(), 1);
    QVERIFY(!listener.injections[0].sent);
    QCOMPARE(listener.injections[0].error.code, ErrorCode::Full);
    runner.inject(QByteArray(SceneRunner::kLargestInjection + 1, 'x'));
    QTRY_COMPARE(listener.injections.size(), 2);
    QCOMPARE(listener.injections[1].error.code, ErrorCode::TooLarge);
}

void SceneRunnerTest::whoWaitsIsTold()
{
    SceneRunner runner;
    SceneListener listener(runner);
    runner.start(queueScene(0, 1, 2));
    QTRY_COMPARE(listener.process(kProducer).phase, Phase::WaitsForPlace);
    QVERIFY(listener.process(kProducer).waitsSinceNs > 0);
    Scene scene = queueScene(1, 0);
    runner.start(scene);
    QTRY_COMPARE(listener.process(kConsumer).phase, Phase::WaitsForMessage);
}

void SceneRunnerTest::aPipeTellsItsMessages_data()
{
    QTest::addColumn<bool>("duplex");
    QTest::newRow("simplex") << false;
    QTest::newRow("duplex") << true;
}

void SceneRunnerTest::aPipeTellsItsMessages()
{
    QFETCH(bool, duplex);
    SceneRunner runner;
    SceneListener listener(runner);
    runner.start(pipeScene(duplex, 0, 50));
    QTRY_COMPARE(runner.state(), State::Finished);
    QCOMPARE(listener.last.level.puts, duplex ? 100U : 50U);
    QCOMPARE(listener.last.level.gets, duplex ? 100U : 50U);
    QCOMPARE(listener.messages.size(), duplex ? 100 : 50);
    int back = 0;
    for (const SceneMessage &message : std::as_const(listener.messages)) {
        back += message.back;
        QVERIFY(message.waitedNs() >= 0);
        QCOMPARE(message.prefix, QByteArray("ping: " + QByteArray::number(message.number)).leftJustified(32, '.'));
        QCOMPARE(message.producer, listener.process(message.back ? QStringLiteral("pong") : QStringLiteral("ping")).pid);
    }
    QCOMPARE(back, duplex ? 50 : 0);
    for (const SceneProcessState &state : std::as_const(listener.last.processes))
        QCOMPARE(state.phase, Phase::Finished);
}

void SceneRunnerTest::aDuplexPipeIsSteppedByOneOperation()
{
    SceneRunner runner;
    SceneListener listener(runner);
    runner.start(pipeScene(true, 0), true);
    for (quint64 moved = 1; moved <= 6; ++moved) {
        runner.step();
        QTRY_COMPARE(listener.moved(), moved);
        QTRY_COMPARE(runner.state(), State::Paused);
        const qsizetype samples = listener.samples.size();
        QTRY_VERIFY(listener.samples.size() > samples + 1);
        QCOMPARE(listener.moved(), moved);
        QCOMPARE(listener.last.level.depth, qint64(moved % 2));
    }
}

void SceneRunnerTest::aMessageByHandGoesIntoAPipe()
{
    SceneRunner runner;
    SceneListener listener(runner);
    runner.start(pipeScene(false, 5), true);
    QTRY_COMPARE(runner.state(), State::Paused);
    runner.inject("by hand");
    QTRY_COMPARE(listener.injections.size(), 1);
    QVERIFY(listener.injections[0].sent);
    QTRY_COMPARE(listener.messages.size(), 1);
    QVERIFY(listener.messages.first().byHand);
    runner.resume();
    QTRY_VERIFY(listener.messages.first().gotNs > 0);
    QTRY_VERIFY(listener.messages.size() > 2);
    QVERIFY(!listener.messages.last().byHand);
}

void SceneRunnerTest::aPipeWithoutOneEndIsOverAndStartsAgain()
{
    SceneRunner runner;
    SceneListener listener(runner);
    runner.start(pipeScene(true, 50));
    QTRY_VERIFY(listener.moved() > 10);
    runner.kill(QStringLiteral("ping"));
    QTRY_COMPARE(runner.state(), State::Finished); // the other sees the end of the stream
    QCOMPARE(listener.process(QStringLiteral("ping")).phase, Phase::Signalled);
    QCOMPARE(listener.process(QStringLiteral("pong")).phase, Phase::Finished);
    runner.restart(QStringLiteral("ping"));
    QTRY_COMPARE(runner.state(), State::Running);
    QTRY_VERIFY(listener.process(QStringLiteral("pong")).messages > 10);
}

void SceneRunnerTest::aFastSceneIsCountedWholeAlthoughNotListed_data()
{
    QTest::addColumn<Scene>("scene");
    QTest::newRow("queue") << queueScene(0, 0, 1000);
    QTest::newRow("pipe") << pipeScene(false, 0);
}

void SceneRunnerTest::aFastSceneIsCountedWholeAlthoughNotListed()
{
    QFETCH(Scene, scene);
    scene.producers[0].count = 100'000;
    SceneRunner runner;
    SceneListener listener(runner);
    runner.start(scene);
    QTRY_COMPARE(runner.state(), State::Finished);
    QCOMPARE(listener.last.level.puts, 100'000U);
    QCOMPARE(listener.last.level.gets, 100'000U);
    QVERIFY(listener.leftOut + listener.last.level.unseen > 0);
    if (scene.kind == Scene::Kind::Pipe)
        for (const SceneProcessState &state : std::as_const(listener.last.processes))
            QCOMPARE(state.messages, 100'000U);
    QVERIFY(listener.messages.size() > 100);
    double most = 0;
    for (const SceneSample &sample : std::as_const(listener.samples))
        most = std::max(most, sample.getsPerSecond);
    QVERIFY2(most > 1000, qPrintable(QString::number(most)));
}

void SceneRunnerTest::aSceneThatCannotRunIsRefused()
{
    SceneRunner runner;
    SceneListener listener(runner);
    Scene scene = pipeScene(true, 0);
    scene.consumers.clear();
    runner.start(scene);
    QTRY_COMPARE(listener.failures.size(), 1);
    QCOMPARE(runner.state(), State::Stopped);
}

void SceneRunnerTest::nobodyIsLeftWhenItStopsOrGoes()
{
    QList<qint32> pids;
    {
        SceneRunner runner;
        SceneListener listener(runner);
        for (int round = 0; round < 2; ++round) {
            runner.start(queueScene(0, 0));
            QTRY_VERIFY(listener.moved() > 100);
            for (const SceneProcessState &state : std::as_const(listener.last.processes))
                pids.append(state.pid);
            if (round == 0) {
                runner.stop();
                QTRY_COMPARE(runner.state(), State::Stopped);
                QVERIFY(!exists(pids[0]) && !exists(pids[1]));
            }
        }
    }
    QCOMPARE(pids.size(), 4);
    for (const qint32 pid : std::as_const(pids))
        QVERIFY(pid > 0 && !exists(pid));
}

QTEST_GUILESS_MAIN(SceneRunnerTest)
#include "scenerunner_test.moc"
