// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playground/messagejoiner.h"

#include <algorithm>
#include <utility>

namespace forkscope {

void MessageJoiner::take(const SceneOperation &operation)
{
    ++m_counts[operation.pid];
    auto &open = m_open[operation.back];
    const auto [at, isNew] = open.try_emplace(operation.number);
    SceneMessage &message = at->second.message;
    if (isNew) {
        message.id = m_nextId++;
        message.number = operation.number;
        message.back = operation.back;
        message.size = operation.size;
    }
    (operation.put ? message.producer : message.consumer) = operation.pid;
    (operation.put ? message.putNs : message.gotNs) = operation.doneNs;
    message.byHand = message.byHand || operation.byHand;
    if (isNew) {
        m_order.emplace_back(operation.back, operation.number);
        appear(message, operation.prefix);
        return;
    }
    if (message.waitedNs() >= 0)
        m_waits.push_back(message.waitedNs());
    const auto byId = [](const SceneMessage &one, quint64 id) { return one.id < id; };
    const auto here = std::lower_bound(m_appeared.begin(), m_appeared.end(), message.id, byId);
    if (here != m_appeared.end() && here->id == message.id) {
        // What was put may be told of after it was got.
        message.prefix = here->prefix.isEmpty() ? operation.prefix.toByteArray() : std::move(here->prefix);
        *here = message;
    } else if (at->second.listed) {
        m_arrived.append(message);
    }
    open.erase(at);
}

void MessageJoiner::appear(SceneMessage message, QByteArrayView prefix)
{
    message.prefix = prefix.toByteArray();
    m_appeared.push_back(std::move(message));
    if (m_appeared.size() > size_t(SceneBatch::kMost)) {
        m_appeared.pop_front();
        ++m_leftOut;
    }
    while (m_order.size() > kMostOpen) {
        m_open[m_order.front().first].erase(m_order.front().second);
        m_order.pop_front();
    }
}

void MessageJoiner::handOver(SceneBatch &batch)
{
    // What each process did comes in its order, but one process after the other: put them in the order of time.
    std::vector<quint64> ids;
    for (const SceneMessage &message : m_appeared)
        ids.push_back(message.id);
    std::stable_sort(m_appeared.begin(), m_appeared.end(), [](const SceneMessage &a, const SceneMessage &b) {
        return (a.putNs < 0 ? a.gotNs : a.putNs) < (b.putNs < 0 ? b.gotNs : b.putNs);
    });
    for (size_t i = 0; i < ids.size(); ++i) {
        SceneMessage &message = m_appeared[i];
        message.id = ids[i];
        auto &open = m_open[message.back];
        if (const auto at = open.find(message.number); at != open.end()) {
            at->second.message.id = message.id;
            at->second.listed = true;
        }
    }
    batch.appeared = QList<SceneMessage>(m_appeared.begin(), m_appeared.end());
    m_appeared.clear();
    batch.arrived = std::exchange(m_arrived, {});
    batch.leftOut = std::exchange(m_leftOut, 0);
}

MessageJoiner::Waits MessageJoiner::takeWaits()
{
    if (m_waits.empty())
        return {};
    std::sort(m_waits.begin(), m_waits.end());
    const auto at = [this](int percent) { return m_waits[(m_waits.size() - 1) * size_t(percent) / 100]; };
    const Waits waits{at(50), at(95)};
    m_waits.clear();
    return waits;
}

void MessageJoiner::forgetOpen()
{
    for (auto &open : m_open)
        open.clear();
    m_order.clear();
}

quint64 MessageJoiner::countOf(qint32 pid) const
{
    const auto at = m_counts.find(pid);
    return at == m_counts.end() ? 0 : at->second;
}

} // namespace forkscope
