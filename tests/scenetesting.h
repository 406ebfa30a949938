// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/playground/scenerunner.h"

#include <QMap>

/// Small scenes for tests, and who listens to the one that runs.
namespace forkscope {

/// Keeps what a runner tells.
class SceneListener : public QObject
{
public:
    explicit SceneListener(SceneRunner &runner)
    {
        connect(&runner, &SceneRunner::batch, this, [this](const SceneBatch &news) {
            for (const SceneMessage &message : news.appeared)
                messages.insert(message.id, message);
            for (const SceneMessage &message : news.arrived)
                if (messages.contains(message.id)) {
                    const QByteArray prefix = messages[message.id].prefix;
                    messages[message.id] = message;
                    messages[message.id].prefix = prefix;
                }
            leftOut += news.leftOut;
            samples += news.samples;
            deaths += news.deaths;
            last = news;
        });
        connect(&runner, &SceneRunner::failed, this, [this](const Error &error) { failures.append(errorText(error)); });
        connect(&runner, &SceneRunner::injected, this, [this](const InjectionResult &result) { injections.append(result); });
    }
    const SceneProcessState &process(const QString &name) const
    {
        static const SceneProcessState none;
        for (const SceneProcessState &state : last.processes)
            if (state.name == name)
                return state;
        return none;
    }
    quint64 moved() const { return last.level.puts + last.level.gets; }

    QMap<quint64, SceneMessage> messages;
    QList<SceneSample> samples;
    QList<ipc::QueueDeath> deaths;
    QStringList failures;
    QList<InjectionResult> injections;
    quint64 leftOut = 0;
    SceneBatch last;
};

inline SceneProcess process(const QString &name, double rate, qint64 count = 0)
{
    SceneProcess process;
    process.name = name;
    process.rate = rate;
    process.count = count;
    return process;
}

inline const QString kProducer = QStringLiteral("producer-1"), kConsumer = QStringLiteral("consumer-1");

inline Scene queueScene(double putRate, double getRate, qint64 bound = 10)
{
    Scene scene;
    scene.bound = bound;
    scene.producers = {process(kProducer, putRate)};
    scene.consumers = {process(kConsumer, getRate)};
    return scene;
}

inline Scene pipeScene(bool duplex, double rate, qint64 count = 0)
{
    Scene scene;
    scene.kind = Scene::Kind::Pipe;
    scene.duplex = duplex;
    scene.producers = {process(QStringLiteral("ping"), rate, count)};
    scene.consumers = {process(QStringLiteral("pong"), rate)};
    return scene;
}

} // namespace forkscope
