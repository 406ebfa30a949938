// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QJsonObject>
#include <QList>
#include <QString>

namespace forkscope {

/// One process of a scene.
struct SceneProcess {
    enum class Payload { Text, Json, Cbor };

    QString name; ///< unique in its scene
    double rate = 10; ///< operations a second; 0: as fast as can be
    qint64 count = 0; ///< messages, then it ends; 0: no end
    bool dies = false; ///< that end is a SIGKILL
    qint64 size = 32; ///< bytes of what it sends, about
    Payload payload = Payload::Text;
    int priority = 0; ///< of what it puts into a priority queue; the smallest comes first

    bool operator==(const SceneProcess &) const = default;
};

/// What is played with: processes around a queue, or one at each end of a pipe. A value; defaults are valid.
struct Scene {
    enum class Kind { Queue, Pipe };
    enum class Order { Fifo, Lifo, Priority };

    static constexpr int kMostProcesses = 12; ///< on a side
    static constexpr qint64 kLargestMessage = 1 << 20; ///< bytes
    static constexpr double kHighestRate = 1e6;

    Kind kind = Kind::Queue;
    Order order = Order::Fifo; ///< of a queue
    qint64 bound = 10; ///< messages in a queue; 0: as many as find room
    bool duplex = false; ///< a pipe whose receiver sends back what comes
    QList<SceneProcess> producers; ///< of a pipe: the one that sends
    QList<SceneProcess> consumers; ///< of a pipe: the one that receives

    bool operator==(const Scene &) const = default;

    /// Null where there is none of that name.
    const SceneProcess *find(const QString &name) const;
    SceneProcess *find(const QString &name);
    bool isProducer(const QString &name) const;
    /// Adds one like the last of its side, under the first name that is free; empty where the side is full.
    QString add(bool producer);
    void remove(const QString &name);

    /// Whether it can be run; else what is wrong.
    Result<void> validate() const;

    QJsonObject toJson() const;
    /// What cannot be understood is an error that names it; what is missing has its default. The result is valid.
    static Result<Scene> fromJson(const QJsonObject &object);
};

/// A scene to begin with.
enum class SceneExample { FastProducer, ManyToMany, PingPong, Death };
Scene exampleScene(SceneExample example);

} // namespace forkscope
