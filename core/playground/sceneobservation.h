// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ipc/queue.h"

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QMetaType>
#include <QString>

#include <functional>
#include <optional>

namespace forkscope {

/// Bytes of a message that are kept for people to look at.
constexpr quint32 kSceneMessagePrefix = 4096;

/// One end of a message's way, as a source saw it. Times are CLOCK_MONOTONIC.
struct SceneOperation {
    bool put = false; ///< or sent; else got, or received
    bool back = false; ///< from the second end of a pipe to the first
    bool byHand = false; ///< known of pipes only
    qint32 pid = 0;
    quint64 number = 0; ///< of the message, from 0, the same at both ends; a way back has numbers of its own
    quint64 size = 0; ///< bytes
    qint64 doneNs = 0; ///< of what is sent into a pipe: when the call began
    QByteArrayView prefix; ///< valid during the call
};

/// What a source knows at this moment. Counts are since the beginning.
struct SceneLevel {
    quint64 puts = 0, gets = 0, gotBytes = 0;
    qint64 depth = 0; ///< messages that are neither here nor there
    bool closed = false;
    QList<ipc::QueueWaiter> waiters;
    QList<ipc::QueueDeath> deaths; ///< the latest ones
    quint64 deathCount = 0;
    quint64 unseen = 0; ///< operations that happened and were not told of
    QHash<qint32, quint64> unseenOf; ///< of them by pid, where that is known
};

/// Where the messages of a running scene are seen. One thread.
class SceneSource
{
public:
    virtual ~SceneSource() = default;
    /// Hands over what happened since. Never waits.
    virtual void drain(const std::function<void(const SceneOperation &)> &take) = 0;
    virtual SceneLevel level() const = 0;
};

/// A message on its way, or there.
struct SceneMessage {
    /// Its place in the order in which messages were seen, from 0: what tells it from all others of this run.
    quint64 id = 0;
    quint64 number = 0;
    bool back = false;
    bool byHand = false;
    qint32 producer = 0, consumer = 0; ///< pids; 0: not seen
    qint64 putNs = -1, gotNs = -1; ///< −1: not seen
    quint64 size = 0; ///< bytes
    QByteArray prefix;

    /// −1: it is still on its way, or one end was not seen.
    qint64 waitedNs() const { return putNs < 0 || gotNs < 0 ? -1 : std::max<qint64>(gotNs - putNs, 0); }
};

/// What is plotted.
struct SceneSample {
    double seconds = 0; ///< since the start
    qint64 depth = 0; ///< messages
    double putsPerSecond = 0, getsPerSecond = 0, bytesPerSecond = 0; ///< bytes: of what was got
    qint64 waitP50Ns = -1, waitP95Ns = -1; ///< of the messages that arrived since the sample before; −1: none did
};

/// How a process of the scene is doing.
struct SceneProcessState {
    enum class Phase { Starting, Running, WaitsForPlace, WaitsForMessage, Paused, Finished, Failed, Signalled };

    QString name;
    qint32 pid = 0;
    Phase phase = Phase::Starting;
    qint64 waitsSinceNs = 0; ///< CLOCK_MONOTONIC, of the two that wait
    quint64 messages = 0; ///< put or got, sent or received
    bool atLeast = false; ///< so many were seen; some were too fast
    int exitValue = 0; ///< exit status, or number of the signal
    QString problem; ///< why it failed

    bool isAlive() const { return phase < Phase::Finished; }
    bool operator==(const SceneProcessState &) const = default;
};

/// All that is new, for the views.
struct SceneBatch {
    int run = 0; ///< of which start() of the runner
    QList<SceneMessage> appeared; ///< in the order of their ids; at most kMost
    QList<SceneMessage> arrived; ///< known ones that have arrived since; without prefix
    quint64 leftOut = 0; ///< messages that came too fast to be listed
    QList<SceneSample> samples;
    QList<SceneProcessState> processes; ///< all
    QList<ipc::QueueDeath> deaths; ///< new ones
    SceneLevel level;

    static constexpr qsizetype kMost = 500; ///< messages listed in one batch
};

} // namespace forkscope

Q_DECLARE_METATYPE(forkscope::SceneBatch)
