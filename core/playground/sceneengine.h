// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ipc/queue.h"
#include "core/playground/messagejoiner.h"
#include "core/playground/scenemember.h"
#include "core/playground/scenerunner.h"

#include <QTimer>

#include <atomic>
#include <deque>
#include <memory>
#include <vector>

namespace forkscope {

class PipeSource;
class TrafficRecorder;

/// What SceneRunner's thread does: starts and controls the processes, looks at the queue, hands over batches. All functions are
/// for that thread.
class SceneEngine : public QObject
{
    Q_OBJECT

public:
    using State = SceneRunner::State;

    explicit SceneEngine(TrafficRecorder *traffic); ///< null: unrecorded
    ~SceneEngine() override; ///< ends all processes

    void start(const Scene &scene, bool paused, int run);
    void pause();
    void resume();
    void step(const QString &name);
    void stop();
    void apply(const Scene &scene);
    void kill(const QString &name, bool gently);
    void restart(const QString &name);
    void inject(const QByteArray &bytes, qint64 priority, const QString &name);
    void batchTaken() { m_batchTaken = true; }

signals:
    void stateChanged(forkscope::SceneRunner::State state);
    void batchReady(const forkscope::SceneBatch &batch);
    void failed(const forkscope::Error &error);
    void injected(const forkscope::InjectionResult &result);

private:
    static constexpr int kDrainMs = 10;
    static constexpr int kTellMs = 50;
    static constexpr qint64 kSampleNs = 100'000'000;
    static constexpr int kRateSamples = 5; ///< over which rates are taken

    Result<void> makeQueue();
    Result<void> startPipe();
    Result<void> startMember(const SceneProcess &process, SceneMember::Part part);
    Result<void> startAtQueue(const SceneProcess &process);
    void memberEnded(SceneMember *member);
    void injectedIntoPipe(bool sent);
    void settle();
    SceneMember *find(const QString &name);
    SceneMember *nextToStep();
    void fail(const Error &error);
    void setState(State state);
    void clear();
    void drain();
    void tell();
    void sample(qint64 nowNs, const SceneLevel &level);
    QList<SceneProcessState> processStates(const SceneLevel &level);

    TrafficRecorder *const m_traffic;
    State m_state = State::Stopped;
    Scene m_scene;
    int m_run = 0;
    std::optional<ipc::Queue> m_queue;
    std::optional<ipc::PriorityQueue> m_ordered; ///< the same one, where it is one
    std::vector<std::unique_ptr<SceneMember>> m_members; ///< in the order of the scene; those that have ended stay
    std::vector<std::unique_ptr<SceneMember>> m_leaving; ///< removed from the scene, about to end
    std::unique_ptr<SceneSource> m_source;
    PipeSource *m_pipe = nullptr; ///< m_source, where it is one
    MessageJoiner m_joiner;
    QList<QString> m_steps; ///< asked for before everything was at rest
    size_t m_nextStep = 0;
    bool m_injecting = false; ///< into a pipe, not yet answered
    quint64 m_deathsTold = 0;
    qint64 m_startNs = 0, m_sampledNs = 0;
    struct Count {
        qint64 timeNs = 0;
        quint64 puts = 0, gets = 0, bytes = 0;
    };
    std::deque<Count> m_counts;
    struct Wait {
        quint64 messages = 0;
        qint64 sinceNs = 0;
    };
    std::unordered_map<qint32, Wait> m_waits; ///< by pid: a process waits in slices, which are one wait
    SceneBatch m_batch; ///< the next one
    QList<SceneProcessState> m_told; ///< of the last one
    bool m_batchTaken = true;
    QTimer m_drainTimer, m_tellTimer;
};

} // namespace forkscope
