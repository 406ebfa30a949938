// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playground/pipesource.h"

#include "core/ipc/connection.h"

#include <utility>

namespace forkscope {

void PipeSource::add(bool first, qint32 pid, const QCborArray &report)
{
    const QCborArray messages = report.at(1).toArray();
    for (const QCborValue one : messages) {
        const QCborArray message = one.toArray();
        Reported reported;
        SceneOperation &operation = reported.operation;
        operation.put = message.at(0).toInteger() == qint64(ipc::TappedMessage::Operation::Send);
        operation.back = operation.put != first;
        operation.pid = pid;
        operation.number = quint64(message.at(1).toInteger());
        // A sender may be told late that it has sent: what it waited for began with the call.
        operation.doneNs = message.at(operation.put ? 2 : 3).toInteger();
        operation.size = quint64(message.at(4).toInteger());
        operation.byHand = message.at(6).toBool();
        reported.prefix = message.at(5).toByteArray();
        (operation.put ? m_level.puts : m_level.gets) += 1;
        if (!operation.put)
            m_level.gotBytes += operation.size;
        m_reported.append(std::move(reported));
    }
    const auto count = [&report](qsizetype i) { return quint64(std::max<qint64>(report.at(i).toInteger(), 0)); };
    m_level.puts += count(2);
    m_level.gets += count(3);
    m_level.gotBytes += count(4);
    m_level.unseen += count(2) + count(3);
    m_level.unseenOf[pid] += count(2) + count(3);
    m_level.depth = qint64(m_level.puts - std::min(m_level.gets, m_level.puts));
}

void PipeSource::drain(const std::function<void(const SceneOperation &)> &take)
{
    for (Reported &reported : std::exchange(m_reported, {})) {
        reported.operation.prefix = reported.prefix;
        take(reported.operation);
    }
}

} // namespace forkscope
