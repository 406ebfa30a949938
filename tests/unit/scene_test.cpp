// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playground/messagejoiner.h"
#include "core/playground/scene.h"

#include <QJsonDocument>
#include <QTest>

using namespace forkscope;

class SceneTest : public QObject
{
    Q_OBJECT

private slots:
    void everyExampleCanBeRunAndIsTheSameAfterJson();
    void everyFieldSurvivesJson();
    void whatIsWrongInJsonIsNamed_data();
    void whatIsWrongInJsonIsNamed();
    void namesOfNewProcessesAreFree();
    void aCopyIsNotChangedAlong();
    void aPipeHasTwoEnds();
    void theTwoHalvesOfAMessageAreJoinedInAnyOrder();
    void messagesAppearInTheOrderOfTime();
    void waitingTimesAreThoseOfWhatArrived();
    void whatComesTooFastIsLeftOutAndCounted();
};

void SceneTest::everyExampleCanBeRunAndIsTheSameAfterJson()
{
    for (const SceneExample example :
        {SceneExample::FastProducer, SceneExample::ManyToMany, SceneExample::PingPong, SceneExample::Death}) {
        const Scene scene = exampleScene(example);
        QVERIFY(scene.validate());
        const auto again = Scene::fromJson(scene.toJson());
        QVERIFY(again);
        QCOMPARE(again.value(), scene);
    }
}

void SceneTest::everyFieldSurvivesJson()
{
    Scene scene;
    scene.kind = Scene::Kind::Queue;
    scene.order = Scene::Order::Priority;
    scene.bound = 77;
    scene.producers = {{QStringLiteral("p"), 2.5, 9, true, 1000, SceneProcess::Payload::Cbor, -3}};
    scene.consumers = {{QStringLiteral("c"), 0, 0, false, 0, SceneProcess::Payload::Json, 0}};
    QCOMPARE(Scene::fromJson(scene.toJson()).value(), scene);
}

void SceneTest::whatIsWrongInJsonIsNamed_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("named");
    QTest::newRow("no processes") << QByteArray("{}") << "no process";
    QTest::newRow("an unknown kind") << QByteArray(R"({"kind":"socket"})") << "kind";
    QTest::newRow("two of one name") << QByteArray(R"({"producers":[{"name":"a"},{"name":"a"}]})") << "a";
    QTest::newRow("a negative rate") << QByteArray(R"({"producers":[{"name":"a","rate":-1}]})") << "rate";
    QTest::newRow("a huge message") << QByteArray(R"({"producers":[{"name":"a","size":99999999}]})") << "1048576";
    QTest::newRow("an unknown payload") << QByteArray(R"({"producers":[{"name":"a","payload":"xml"}]})") << "payload";
    QTest::newRow("a pipe with one end") << QByteArray(R"({"kind":"pipe","producers":[{"name":"a"}]})") << "each end";
    QTest::newRow("a negative bound") << QByteArray(R"({"bound":-1,"producers":[{"name":"a"}]})") << "bound";
}

void SceneTest::whatIsWrongInJsonIsNamed()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, named);
    const auto scene = Scene::fromJson(QJsonDocument::fromJson(json).object());
    QVERIFY(!scene);
    QVERIFY2(errorText(scene.error()).contains(named), qPrintable(errorText(scene.error())));
}

void SceneTest::namesOfNewProcessesAreFree()
{
    Scene scene;
    QCOMPARE(scene.add(true), QStringLiteral("producer-1"));
    QCOMPARE(scene.add(true), QStringLiteral("producer-2"));
    scene.producers[0].rate = 99;
    scene.remove(QStringLiteral("producer-1"));
    QCOMPARE(scene.add(true), QStringLiteral("producer-1"));
    for (int i = 2; i < Scene::kMostProcesses; ++i)
        QVERIFY(!scene.add(true).isEmpty());
    QCOMPARE(scene.add(true), QString());
    QVERIFY(scene.validate());
}

void SceneTest::aCopyIsNotChangedAlong()
{
    Scene scene = exampleScene(SceneExample::FastProducer);
    const Scene before = scene;
    scene.find(QStringLiteral("producer-1"))->rate = 77;
    QVERIFY(!(scene == before));
}

void SceneTest::aPipeHasTwoEnds()
{
    Scene scene = exampleScene(SceneExample::PingPong);
    QCOMPARE(scene.add(true), QString());
    QCOMPARE(scene.add(false), QString());
}

static SceneOperation operation(bool put, quint64 number, qint64 doneNs, bool back = false)
{
    SceneOperation operation;
    operation.put = put;
    operation.back = back;
    operation.pid = put ? 1 : 2;
    operation.number = number;
    operation.doneNs = doneNs;
    operation.prefix = "abc";
    return operation;
}

void SceneTest::theTwoHalvesOfAMessageAreJoinedInAnyOrder()
{
    MessageJoiner joiner;
    joiner.take(operation(true, 0, 10));
    joiner.take(operation(true, 0, 11, true)); // the way back has numbers of its own
    joiner.take(operation(false, 1, 25));
    joiner.take(operation(true, 1, 20));
    SceneBatch batch;
    joiner.handOver(batch);
    QCOMPARE(batch.appeared.size(), 3);
    QCOMPARE(batch.appeared[0].waitedNs(), -1);
    QVERIFY(batch.appeared[1].back);
    QCOMPARE(batch.appeared[2].number, 1U);
    QCOMPARE(batch.appeared[2].waitedNs(), 5);
    QCOMPARE(batch.appeared[2].prefix, "abc");
    QVERIFY(batch.arrived.isEmpty());

    joiner.take(operation(false, 0, 30));
    joiner.handOver(batch);
    QVERIFY(batch.appeared.isEmpty());
    QCOMPARE(batch.arrived.size(), 1);
    QCOMPARE(batch.arrived[0].id, 0U);
    QCOMPARE(batch.arrived[0].waitedNs(), 20);
    QVERIFY(!batch.arrived[0].back);
    QCOMPARE(joiner.countOf(1), 3U);
    QCOMPARE(joiner.countOf(2), 2U);
}

void SceneTest::messagesAppearInTheOrderOfTime()
{
    MessageJoiner joiner;
    for (const quint64 number : {2, 0, 1}) // as the lanes of processes are read
        joiner.take(operation(true, number, qint64(number)));
    SceneBatch batch;
    joiner.handOver(batch);
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(batch.appeared[i].number, quint64(i));
        QCOMPARE(batch.appeared[i].id, quint64(i));
    }
    joiner.take(operation(false, 2, 9));
    joiner.handOver(batch);
    QCOMPARE(batch.arrived[0].id, 2U);
}

void SceneTest::waitingTimesAreThoseOfWhatArrived()
{
    MessageJoiner joiner;
    for (int i = 0; i < 100; ++i) {
        joiner.take(operation(true, quint64(i), 0));
        joiner.take(operation(false, quint64(i), 100 - i));
    }
    const auto waits = joiner.takeWaits();
    QCOMPARE(waits.p50Ns, 50);
    QCOMPARE(waits.p95Ns, 95);
    QCOMPARE(joiner.takeWaits().p50Ns, -1);
}

void SceneTest::whatComesTooFastIsLeftOutAndCounted()
{
    MessageJoiner joiner;
    const auto many = quint64(SceneBatch::kMost) + 7;
    for (quint64 i = 0; i < many; ++i)
        joiner.take(operation(true, i, 0));
    SceneBatch batch;
    joiner.handOver(batch);
    QCOMPARE(batch.appeared.size(), SceneBatch::kMost);
    QCOMPARE(batch.leftOut, 7U);
    QCOMPARE(batch.appeared.last().number, many - 1);
    for (quint64 i = 0; i < many; ++i)
        joiner.take(operation(false, i, 1));
    joiner.handOver(batch);
    QCOMPARE(batch.arrived.size(), SceneBatch::kMost); // nobody waits for the others
}

QTEST_GUILESS_MAIN(SceneTest)
#include "scene_test.moc"
