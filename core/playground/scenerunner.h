// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/playground/scene.h"
#include "core/playground/sceneobservation.h"

#include <QObject>
#include <QThread>

namespace forkscope {

class SceneEngine;
class TrafficRecorder;

/// What became of a message that a person sent.
struct InjectionResult {
    bool sent = false;
    Error error; ///< where it was not
};

/// Plays a scene with real processes (forkscope-worker), which end with this object, and with this program in any case.
///
/// Lives in a thread with an event loop; nothing here waits but the destructor, which kills the processes (milliseconds). A
/// thread of its own starts, controls and observes; news come in batches, at most 20 a second.
class SceneRunner : public QObject
{
    Q_OBJECT

public:
    enum class State {
        Stopped, ///< there are no processes
        Starting,
        Running,
        Pausing, ///< some have not finished what they were doing
        Paused, ///< none does anything
        Finished, ///< all have ended; what is left in the queue can be looked at
    };
    Q_ENUM(State)

    /// traffic: records every message, and outlives this object; null: nothing is recorded.
    explicit SceneRunner(TrafficRecorder *traffic = nullptr, QObject *parent = nullptr);
    ~SceneRunner() override;

    State state() const { return m_state; }
    bool isActive() const { return m_state != State::Stopped; }

    /// Ends what runs first. paused: the processes are there and do nothing yet.
    void start(const Scene &scene, bool paused = false);
    void pause();
    void resume();
    /// One operation of that process, or, without a name, of whose turn it is: one message moves by one step. Pauses first.
    void step(const QString &name = {});
    void stop();
    /// Takes over rates, sizes, payloads and counts of processes that run, starts those that are new and ends those that are
    /// gone. Kind, order, bound and duplex need a new start().
    void apply(const Scene &scene);
    void kill(const QString &name); ///< SIGKILL
    void terminate(const QString &name); ///< SIGTERM
    /// One that has ended, from its first message on. Both ends of a pipe, since a pipe does not outlive one of them.
    void restart(const QString &name);
    /// Puts a message into the queue, or has that process (empty: the first that lives) send it into the pipe. Never waits for
    /// room. injected() tells.
    void inject(const QByteArray &bytes, qint64 priority = 0, const QString &name = {});

    static constexpr qsizetype kLargestInjection = 64 << 10; ///< bytes

signals:
    void stateChanged(forkscope::SceneRunner::State state);
    void batch(const forkscope::SceneBatch &batch);
    void failed(const forkscope::Error &error); ///< of a start
    void injected(const forkscope::InjectionResult &result);

private:
    template<typename Call> void post(Call call);

    State m_state = State::Stopped;
    int m_run = 0; ///< what the thread still tells of an earlier one is of no interest
    QThread m_thread;
    SceneEngine *m_engine; ///< deleted by the end of m_thread
};

} // namespace forkscope
