// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playground/scenecode.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace forkscope;

namespace {

SceneProcess process(const char *name, qint64 count = 0, SceneProcess::Payload payload = SceneProcess::Payload::Text)
{
    SceneProcess process;
    process.name = QString::fromUtf8(name);
    process.rate = 0;
    process.count = count;
    process.payload = payload;
    return process;
}

} // namespace

/// The code of a scene is compiled and run: it does what the scene does.
class SceneCodeTest : public QObject
{
    Q_OBJECT

private slots:
    void theCodeOfASceneRuns_data();
    void theCodeOfASceneRuns();
};

void SceneCodeTest::theCodeOfASceneRuns_data()
{
    QTest::addColumn<Scene>("scene");
    QTest::addColumn<QStringList>("lines"); ///< that the processes print; of several consumers the sum
    QTest::addColumn<int>("got");

    Scene scene;
    scene.bound = 5;
    scene.producers = {process("producer-1", 30), process("a \"name\"\\ %1 ü", 20, SceneProcess::Payload::Json)};
    scene.producers[0].rate = 1000;
    scene.consumers = {process("consumer-1"), process("consumer-2")};
    QTest::newRow("queue") << scene
                           << QStringList{QStringLiteral("producer-1 put 30"), QStringLiteral("a \"name\"\\ %1 ü put 20")} << 50;
    scene.order = Scene::Order::Priority;
    scene.bound = 0;
    scene.producers = {process("urgent", 10, SceneProcess::Payload::Cbor), process("mortal", 7)};
    scene.producers[0].priority = -1;
    scene.producers[1].dies = true;
    QTest::newRow("priority queue, and one dies")
        << scene << QStringList{QStringLiteral("urgent put 10"), QStringLiteral("mortal put 7")} << 17;

    scene = {};
    scene.kind = Scene::Kind::Pipe;
    scene.producers = {process("sender", 40)};
    scene.consumers = {process("receiver")};
    QTest::newRow("simplex pipe") << scene
                                  << QStringList{QStringLiteral("sender sent 40"), QStringLiteral("receiver received 40")} << 0;
    scene.duplex = true;
    QTest::newRow("duplex pipe") << scene << QStringList{QStringLiteral("sender sent 40"), QStringLiteral("receiver received 40")}
                                 << 0;
}

void SceneCodeTest::theCodeOfASceneRuns()
{
    QFETCH(Scene, scene);
    QFETCH(QStringList, lines);
    QFETCH(int, got);
    QVERIFY(scene.validate());
    QTemporaryDir folder;
    QFile source(folder.filePath(QStringLiteral("scene.cpp")));
    QVERIFY(source.open(QIODevice::WriteOnly));
    source.write(sceneCode(scene).toUtf8());
    source.close();

    const QString program = folder.filePath(QStringLiteral("scene"));
    QStringList command = QProcess::splitCommand(QStringLiteral(SCENE_COMPILER " " SCENE_FLAGS));
    command += {QStringLiteral("-std=c++20"), QStringLiteral("-fPIC"), QStringLiteral("-Wall"), QStringLiteral("-Wextra"),
        QStringLiteral("-Werror"), QStringLiteral("-I" FORKSCOPE_SOURCE_DIR)};
    for (const QString &directory : QStringLiteral(SCENE_INCLUDES).split(QLatin1Char('|'), Qt::SkipEmptyParts))
        command += {QStringLiteral("-isystem"), directory};
    command += {QStringLiteral("-o"), program, source.fileName()};
    command += QStringLiteral(SCENE_LIBRARIES).split(QLatin1Char('|'));
    QProcess compiler;
    compiler.setProcessChannelMode(QProcess::MergedChannels);
    compiler.start(command.takeFirst(), command);
    QVERIFY2(compiler.waitForFinished(200'000) && compiler.exitCode() == 0,
        (compiler.readAll() + '\n' + sceneCode(scene).toUtf8()).constData());

    QProcess run;
    run.start(program, QStringList());
    QVERIFY(run.waitForFinished(60'000));
    QCOMPARE(run.exitCode(), 0);
    QStringList said = QString::fromUtf8(run.readAllStandardOutput()).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    for (const QString &line : std::as_const(lines))
        QVERIFY2(said.removeOne(line), qPrintable(said.join(QLatin1Char('\n'))));
    int sum = 0;
    for (const QString &line : std::as_const(said)) {
        QVERIFY2(line.contains(QLatin1String(" got ")), qPrintable(line));
        sum += line.section(QLatin1Char(' '), -1).toInt();
    }
    QCOMPARE(sum, got);
}

QTEST_GUILESS_MAIN(SceneCodeTest)
#include "scenecode_test.moc"
