// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/playground/sceneobservation.h"

#include <deque>
#include <unordered_map>
#include <vector>

namespace forkscope {

/// Makes messages of operations: what was put here was got there. The two come in any order. Not thread-safe.
class MessageJoiner
{
public:
    void take(const SceneOperation &operation);

    /// Moves what is new into a batch.
    void handOver(SceneBatch &batch);
    /// Waiting times of what arrived since the last call: the median and what 95 of 100 do not exceed; −1: nothing arrived.
    struct Waits {
        qint64 p50Ns = -1, p95Ns = -1;
    };
    Waits takeWaits();
    /// What is on its way will never arrive, and numbers begin anew.
    void forgetOpen();
    /// Operations by this process, over all.
    quint64 countOf(qint32 pid) const;

private:
    /// Half-seen messages that are kept; a queue holds fewer, but the other half may never come.
    static constexpr size_t kMostOpen = 100'000;

    struct Open {
        SceneMessage message; ///< without prefix
        bool listed = false; ///< was handed over
    };
    void appear(SceneMessage message, QByteArrayView prefix);

    std::unordered_map<quint64, Open> m_open[2]; ///< half of it was seen; by direction and number
    std::deque<std::pair<int, quint64>> m_order; ///< of m_open, oldest first
    std::deque<SceneMessage> m_appeared;
    QList<SceneMessage> m_arrived;
    quint64 m_leftOut = 0;
    quint64 m_nextId = 0;
    std::vector<qint64> m_waits;
    std::unordered_map<qint32, quint64> m_counts;
};

} // namespace forkscope
