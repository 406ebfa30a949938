// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playground/scene.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QSet>

#include <algorithm>

namespace forkscope {

namespace {

class Text
{
    Q_DECLARE_TR_FUNCTIONS(Scene)
};

const QStringList kKinds = {QStringLiteral("queue"), QStringLiteral("pipe")};
const QStringList kOrders = {QStringLiteral("fifo"), QStringLiteral("lifo"), QStringLiteral("priority")};
const QStringList kPayloads = {QStringLiteral("text"), QStringLiteral("json"), QStringLiteral("cbor")};

Error wrong(const QString &subject, const QString &why)
{
    return Error::invalid(Text::tr("set the scene"), why, subject);
}

QJsonObject toJson(const SceneProcess &process)
{
    return {{QStringLiteral("name"), process.name}, {QStringLiteral("rate"), process.rate},
        {QStringLiteral("count"), process.count}, {QStringLiteral("dies"), process.dies}, {QStringLiteral("size"), process.size},
        {QStringLiteral("payload"), kPayloads[int(process.payload)]}, {QStringLiteral("priority"), process.priority}};
}

template<typename Word> Result<Word> wordOf(const QJsonObject &object, const QString &key, const QStringList &words)
{
    const qsizetype word = words.indexOf(object[key].toString(words.first()));
    if (word < 0)
        return wrong(key, Text::tr("it is one of %1").arg(words.join(QStringLiteral(", "))));
    return Word(word);
}

Result<QList<SceneProcess>> processesOf(const QJsonObject &object, const QString &key)
{
    QList<SceneProcess> processes;
    const QJsonArray array = object[key].toArray();
    for (const QJsonValue value : array) {
        const QJsonObject from = value.toObject();
        SceneProcess process;
        process.name = from[QLatin1String("name")].toString();
        process.rate = from[QLatin1String("rate")].toDouble(process.rate);
        process.count = from[QLatin1String("count")].toInteger(process.count);
        process.dies = from[QLatin1String("dies")].toBool();
        process.size = from[QLatin1String("size")].toInteger(process.size);
        process.priority = from[QLatin1String("priority")].toInt(process.priority);
        const auto payload = wordOf<SceneProcess::Payload>(from, QStringLiteral("payload"), kPayloads);
        if (!payload)
            return payload.error();
        process.payload = payload.value();
        processes.append(process);
    }
    return processes;
}

SceneProcess named(const QString &name, double rate, qint64 size = 32)
{
    SceneProcess process;
    process.name = name;
    process.rate = rate;
    process.size = size;
    return process;
}

} // namespace

const SceneProcess *Scene::find(const QString &name) const
{
    for (const auto *side : {&producers, &consumers})
        for (const SceneProcess &process : *side)
            if (process.name == name)
                return &process;
    return nullptr;
}

SceneProcess *Scene::find(const QString &name)
{
    for (auto *side : {&producers, &consumers})
        for (SceneProcess &process : *side) // detached from copies of this scene
            if (process.name == name)
                return &process;
    return nullptr;
}

bool Scene::isProducer(const QString &name) const
{
    return std::any_of(producers.begin(), producers.end(), [&](const SceneProcess &process) { return process.name == name; });
}

QString Scene::add(bool producer)
{
    QList<SceneProcess> &side = producer ? producers : consumers;
    if (side.size() >= (kind == Kind::Pipe ? 1 : kMostProcesses))
        return {};
    SceneProcess process = side.isEmpty() ? SceneProcess() : side.last();
    int number = 0;
    do
        process.name = (producer ? QStringLiteral("producer-%1") : QStringLiteral("consumer-%1")).arg(++number);
    while (find(process.name));
    side.append(process);
    return process.name;
}

void Scene::remove(const QString &name)
{
    for (auto *side : {&producers, &consumers})
        side->removeIf([&](const SceneProcess &process) { return process.name == name; });
}

Result<void> Scene::validate() const
{
    if (bound < 0)
        return wrong(Text::tr("bound"), Text::tr("it cannot be negative"));
    if (producers.size() > kMostProcesses || consumers.size() > kMostProcesses)
        return wrong({}, Text::tr("a side has at most %1 processes").arg(kMostProcesses));
    if (kind == Kind::Pipe && (producers.size() != 1 || consumers.size() != 1))
        return wrong({}, Text::tr("a pipe has one process at each end"));
    if (producers.isEmpty() && consumers.isEmpty())
        return wrong({}, Text::tr("it has no process"));
    QSet<QString> names;
    for (const SceneProcess &process : producers + consumers) {
        if (process.name.isEmpty() || names.contains(process.name))
            return wrong(process.name, Text::tr("each process needs a name of its own"));
        names.insert(process.name);
        if (!(process.rate >= 0 && process.rate <= kHighestRate))
            return wrong(process.name, Text::tr("its rate is from 0 to %1 a second").arg(kHighestRate, 0, 'f', 0));
        if (process.size < 0 || process.size > kLargestMessage)
            return wrong(process.name, Text::tr("its messages have from 0 to %1 bytes").arg(kLargestMessage));
        if (process.count < 0)
            return wrong(process.name, Text::tr("it cannot send fewer than no messages"));
    }
    return {};
}

QJsonObject Scene::toJson() const
{
    const auto array = [](const QList<SceneProcess> &processes) {
        QJsonArray all;
        for (const SceneProcess &process : processes)
            all.append(forkscope::toJson(process));
        return all;
    };
    return {{QStringLiteral("kind"), kKinds[int(kind)]}, {QStringLiteral("order"), kOrders[int(order)]},
        {QStringLiteral("bound"), bound}, {QStringLiteral("duplex"), duplex}, {QStringLiteral("producers"), array(producers)},
        {QStringLiteral("consumers"), array(consumers)}};
}

Result<Scene> Scene::fromJson(const QJsonObject &object)
{
    Scene scene;
    const auto kind = wordOf<Kind>(object, QStringLiteral("kind"), kKinds);
    if (!kind)
        return kind.error();
    const auto order = wordOf<Order>(object, QStringLiteral("order"), kOrders);
    if (!order)
        return order.error();
    scene.kind = kind.value();
    scene.order = order.value();
    scene.bound = object[QLatin1String("bound")].toInteger(scene.bound);
    scene.duplex = object[QLatin1String("duplex")].toBool();
    for (auto [key, side] :
        {std::pair(QStringLiteral("producers"), &scene.producers), {QStringLiteral("consumers"), &scene.consumers}}) {
        auto processes = processesOf(object, key);
        if (!processes)
            return processes.error();
        *side = std::move(processes).value();
    }
    if (const auto valid = scene.validate(); !valid)
        return valid.error();
    return scene;
}

Scene exampleScene(SceneExample example)
{
    Scene scene;
    switch (example) {
    case SceneExample::FastProducer:
        scene.bound = 20;
        scene.producers = {named(QStringLiteral("producer-1"), 25)};
        scene.consumers = {named(QStringLiteral("consumer-1"), 10)};
        break;
    case SceneExample::ManyToMany:
        scene.bound = 100;
        for (int i = 1; i <= 3; ++i)
            scene.producers.append(named(QStringLiteral("producer-%1").arg(i), 40 * i, 200));
        for (int i = 1; i <= 4; ++i)
            scene.consumers.append(named(QStringLiteral("consumer-%1").arg(i), 50));
        break;
    case SceneExample::PingPong:
        scene.kind = Scene::Kind::Pipe;
        scene.duplex = true;
        scene.producers = {named(QStringLiteral("ping"), 0, 16)};
        scene.consumers = {named(QStringLiteral("pong"), 0, 16)};
        break;
    case SceneExample::Death:
        scene.bound = 20;
        for (int i = 1; i <= 3; ++i)
            scene.producers.append(named(QStringLiteral("producer-%1").arg(i), 20, 2000));
        scene.producers[1].count = 60;
        scene.producers[1].dies = true;
        scene.consumers = {named(QStringLiteral("consumer-1"), 45), named(QStringLiteral("consumer-2"), 45)};
        break;
    }
    return scene;
}

} // namespace forkscope
