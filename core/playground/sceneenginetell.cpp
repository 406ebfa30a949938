// SPDX-License-Identifier: GPL-3.0-or-later
// What SceneEngine sees, and how it is handed over.
#include "core/base/clock.h"
#include "core/playground/sceneengine.h"

#include <QSet>

#include <algorithm>

namespace forkscope {

void SceneEngine::drain()
{
    if (m_source)
        m_source->drain([this](const SceneOperation &operation) { m_joiner.take(operation); });
}

void SceneEngine::tell()
{
    if (!m_source)
        return;
    drain();
    const SceneLevel level = m_source->level();
    if (const qint64 now = monotonicNs(); m_state != State::Finished && now - m_sampledNs >= kSampleNs)
        sample(now, level);
    if (!m_batchTaken)
        return;
    m_joiner.handOver(m_batch);
    m_batch.processes = processStates(level);
    if (m_batch.appeared.isEmpty() && m_batch.arrived.isEmpty() && m_batch.samples.isEmpty() && m_batch.processes == m_told
        && level.deathCount == m_deathsTold)
        return;
    m_told = m_batch.processes;
    m_batch.run = m_run;
    m_batch.level = level;
    const auto fresh = qsizetype(std::min<quint64>(level.deathCount - m_deathsTold, quint64(level.deaths.size())));
    m_batch.deaths = level.deaths.last(fresh);
    m_deathsTold = level.deathCount;
    m_batchTaken = false;
    emit batchReady(std::exchange(m_batch, {}));
}

void SceneEngine::sample(qint64 nowNs, const SceneLevel &level)
{
    m_sampledNs = nowNs;
    m_counts.push_back({nowNs, level.puts, level.gets, level.gotBytes});
    if (m_counts.size() > kRateSamples + 1)
        m_counts.pop_front();
    const Count &first = m_counts.front();
    const double seconds = double(nowNs - first.timeNs) / 1e9;
    const auto rate = [seconds](quint64 then, quint64 now) { return seconds > 0 ? double(now - then) / seconds : 0; };
    SceneSample sample;
    sample.seconds = double(nowNs - m_startNs) / 1e9;
    sample.depth = level.depth;
    sample.putsPerSecond = rate(first.puts, level.puts);
    sample.getsPerSecond = rate(first.gets, level.gets);
    sample.bytesPerSecond = rate(first.bytes, level.gotBytes);
    const MessageJoiner::Waits waits = m_joiner.takeWaits();
    sample.waitP50Ns = waits.p50Ns;
    sample.waitP95Ns = waits.p95Ns;
    if (m_batch.samples.size() < 600) // nobody takes them: a minute is enough
        m_batch.samples.append(sample);
}

QList<SceneProcessState> SceneEngine::processStates(const SceneLevel &level)
{
    using Phase = SceneProcessState::Phase;
    QList<SceneProcessState> states;
    for (const auto &member : m_members) {
        SceneProcessState state = member->state();
        state.messages = m_joiner.countOf(state.pid) + level.unseenOf.value(state.pid);
        state.atLeast = !m_pipe && level.unseen > 0;
        for (const ipc::QueueWaiter &waiter : level.waiters) {
            if (waiter.process.pid != state.pid || state.phase != Phase::Running)
                continue;
            state.phase = waiter.puts ? Phase::WaitsForPlace : Phase::WaitsForMessage;
            Wait &wait = m_waits[state.pid];
            if (wait.sinceNs == 0 || wait.messages != state.messages)
                wait = {state.messages, waiter.sinceNs};
            state.waitsSinceNs = wait.sinceNs;
        }
        states.append(state);
    }
    return states;
}

} // namespace forkscope
