// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ipc/worker.h"
#include "core/playground/scenerunner.h"
#include "core/session/session.h"
#include "core/traffic/messagelog.h"
#include "core/traffic/trafficrecorder.h"
#include "tests/journalevents.h"
#include "tests/patience.h"
#include "tests/scenetesting.h"

#include <QTemporaryDir>

#include <sys/stat.h>

using namespace forkscope;

namespace {

constexpr quint64 kMessages = 60;

/// A scene that is played in a session.
struct Played {
    explicit Played(const Scene &scene)
        : session(std::move(Session::create(folder.filePath(QStringLiteral("s.pcapng"))).value())),
          runner(std::make_unique<SceneRunner>(&session->traffic()))
    {
        QObject::connect(runner.get(), &SceneRunner::batch, runner.get(), [this](const SceneBatch &news) {
            listed += quint64(news.appeared.size()) + news.leftOut;
            last = news;
            session->traffic().sync(); // takes nothing away from the scene
        });
        runner->start(scene);
    }
    const Journal &journal() const { return session->journal(); }
    QList<ChannelId> channels(ChannelKind kind) const
    {
        QList<ChannelId> found;
        for (quint32 i = 0; i < journal().channelCount(); ++i)
            if (journal().channel(ChannelId(i)).kind == kind)
                found.append(ChannelId(i));
        return found;
    }
    MessageLog log(ChannelId channel) const
    {
        session->traffic().sync();
        session->traffic().sync(); // what waited for its other half
        MessageLog log(journal(), channel);
        while (log.advance().more) { }
        return log;
    }
    template<typename E> QList<E> events() const { return eventsOf<E>(journal()); }
    QSet<qint32> pids(const QString &beginning) const
    {
        QSet<qint32> found;
        for (const SceneProcessState &state : last.processes)
            if (state.name.startsWith(beginning))
                found.insert(state.pid);
        return found;
    }

    /// Puts and gets that the scene saw.
    quint64 seen() const
    {
        quint64 count = 0;
        for (const SceneProcessState &state : last.processes)
            count += state.messages;
        return count;
    }

    QTemporaryDir folder;
    std::unique_ptr<Session> session;
    quint64 listed = 0; ///< messages that the scene told of
    SceneBatch last;
    std::unique_ptr<SceneRunner> runner;
};

} // namespace

/// Scenes of the playground as channels of a session's journal.
class SceneRecordingTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void aQueuesMessagesAreInTheJournalAndInTheScene();
    void aFastQueueLosesNothingUncounted();
    void aPipesMessagesAreInTheJournalAndItsControlIsNot_data();
    void aPipesMessagesAreInTheJournalAndItsControlIsNot();

private:
    QTemporaryDir m_runtime;
};

void SceneRecordingTest::initTestCase()
{
    QVERIFY(chmod(qPrintable(m_runtime.path()), 0700) == 0);
    qputenv("XDG_RUNTIME_DIR", m_runtime.path().toUtf8());
    ipc::setWorkerProgram(FORKSCOPE_WORKER);
}

void SceneRecordingTest::aQueuesMessagesAreInTheJournalAndInTheScene()
{
    Scene scene;
    scene.bound = 3;
    scene.producers
        = {process(QStringLiteral("producer-1"), 0, kMessages / 2), process(QStringLiteral("producer-2"), 0, kMessages / 2)};
    scene.consumers = {process(QStringLiteral("consumer-1"), 50), process(QStringLiteral("consumer-2"), 50)};
    Played played(scene);
    QTRY_COMPARE(played.runner->state(), SceneRunner::State::Finished);
    QCOMPARE(played.listed, kMessages);
    QCOMPARE(played.seen(), 2 * kMessages);
    const auto channels = played.channels(ChannelKind::Queue);
    QCOMPARE(channels.size(), 1);
    QCOMPARE(played.journal().channelCount(), 1U);
    QCOMPARE(played.journal().channel(channels[0]).name,
        "queue playground (" + QByteArray::number(QCoreApplication::applicationPid()) + ')');
    const MessageLog log = played.log(channels[0]);
    QCOMPARE(log.totals().puts, kMessages);
    QCOMPARE(log.totals().gets, kMessages);
    QCOMPARE(log.totals().bytes, 32 * kMessages);
    QVERIFY(log.totals().waits > kMessages / 2 && log.totals().longestWaitNs > 1'000'000);
    for (quint64 i = log.begin(); i < log.end(); ++i) {
        QVERIFY(played.pids(QStringLiteral("producer")).contains(log.message(i).producer));
        QVERIFY(played.pids(QStringLiteral("consumer")).contains(log.message(i).consumer));
        QVERIFY(log.message(i).beginning.startsWith("producer-"));
    }
    bool full = false, waits = false;
    for (const ChannelsSampled &sampled : played.events<ChannelsSampled>())
        for (const ChannelSample &sample : sampled.samples) {
            full = full || (sample.depth == 3 && sample.maxDepth == 3);
            for (const ChannelSample::Waiter &waiter : sample.waiters)
                waits = waits || (waiter.puts && played.pids(QStringLiteral("producer")).contains(waiter.process.pid));
        }
    QVERIFY(full && waits);
    QVERIFY(played.events<TrafficLost>().isEmpty());
}

void SceneRecordingTest::aFastQueueLosesNothingUncounted()
{
    constexpr qint64 kMany = 200'000;
    Scene scene;
    scene.bound = 0;
    scene.producers = {process(QStringLiteral("producer-1"), 0, kMany)};
    scene.producers[0].size = 2000;
    scene.consumers = {process(QStringLiteral("consumer-1"), 0)};
    Played played(scene);
    QTRY_COMPARE(played.runner->state(), SceneRunner::State::Finished);
    QCOMPARE(played.last.level.gets, quint64(kMany));
    QCOMPARE(played.channels(ChannelKind::Queue).size(), 1);
    const MessageLog log = played.log(played.channels(ChannelKind::Queue).first());
    quint64 lost = 0;
    for (const TrafficLost &event : played.events<TrafficLost>())
        lost += event.operations;
    QCOMPARE(log.totals().puts + log.totals().gets + lost, 2 * quint64(kMany));
    QCOMPARE(played.last.level.unseen, lost);
}

void SceneRecordingTest::aPipesMessagesAreInTheJournalAndItsControlIsNot_data()
{
    QTest::addColumn<bool>("duplex");
    QTest::newRow("simplex") << false;
    QTest::newRow("duplex") << true;
}

void SceneRecordingTest::aPipesMessagesAreInTheJournalAndItsControlIsNot()
{
    QFETCH(bool, duplex);
    Scene scene;
    scene.kind = Scene::Kind::Pipe;
    scene.duplex = duplex;
    scene.producers = {process(QStringLiteral("ping"), 200, kMessages)};
    scene.consumers = {process(QStringLiteral("pong"), 0)};
    Played played(scene);
    QTRY_COMPARE(played.runner->state(), SceneRunner::State::Finished);
    QCOMPARE(played.listed, duplex ? 2 * kMessages : kMessages);
    played.session->traffic().sync();
    const auto channels = played.channels(ChannelKind::Connection);
    QCOMPARE(channels.size(), duplex ? 2 : 1);
    QCOMPARE(played.journal().channelCount(), quint32(channels.size()));
    for (const ChannelId channel : channels) {
        const QByteArray name = played.journal().channel(channel).name;
        QVERIFY2(name.contains(" of ping (") || name.contains(" of pong ("), name.constData());
        const MessageLog log = played.log(channel);
        QCOMPARE(log.totals().puts, kMessages);
        QCOMPARE(log.totals().gets, kMessages);
        QCOMPARE(log.totals().bytes, 32 * kMessages);
        QVERIFY(log.totals().waits > kMessages / 2);
        const bool back = played.pids(QStringLiteral("pong")).contains(log.message(0).producer);
        for (quint64 i = log.begin(); i < log.end(); ++i) {
            QCOMPARE(QSet{log.message(i).producer}, played.pids(back ? QStringLiteral("pong") : QStringLiteral("ping")));
            QCOMPARE(QSet{log.message(i).consumer}, played.pids(back ? QStringLiteral("ping") : QStringLiteral("pong")));
            QCOMPARE(log.message(i).beginning, QByteArray("ping: " + QByteArray::number(i)).leftJustified(32, '.'));
        }
    }
    QVERIFY(played.events<TrafficLost>().isEmpty());
}

QTEST_GUILESS_MAIN(SceneRecordingTest)
#include "scenerecording_test.moc"
