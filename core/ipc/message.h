// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

#include <cstring>
#include <memory>

namespace forkscope::ipc {

class QueueCore;

/// A message taken out of a queue. A short one lies in here, a long one in the queue's memory, which is free again when this is
/// destroyed (in any thread; not in another process: the copy of it that a fork() leaves in the child frees nothing). Another
/// process that misbehaves may change the bytes of a long one under the reader: copy before judging.
class Message
{
public:
    static constexpr quint32 kInline = 240; ///< bytes; longer ones lie in the queue's memory

    // cppcheck-suppress uninitMemberVar ; bytes beyond m_size are never read, and clearing them costs more than a short put
    Message() = default;
    Message(Message &&other) noexcept { take(other); }
    Message &operator=(Message &&other) noexcept
    {
        if (this != &other) {
            release();
            take(other);
        }
        return *this;
    }
    ~Message() { release(); }

    QByteArrayView bytes() const { return {m_data ? m_data : m_inline, qsizetype(m_size)}; }
    quint64 sequence() const { return m_sequence; } ///< of the put, from 0
    qint64 priority() const { return m_priority; }

private:
    friend class QueueCore;
    void take(Message &other) noexcept
    {
        m_data = std::exchange(other.m_data, nullptr);
        m_size = std::exchange(other.m_size, 0);
        m_sequence = other.m_sequence;
        m_priority = other.m_priority;
        m_slab = other.m_slab;
        m_generation = other.m_generation;
        if (m_data)
            m_core = std::move(other.m_core);
        else
            std::memcpy(m_inline, other.m_inline, m_size);
    }
    void release()
    {
        if (m_data)
            releaseSlab();
    }
    void releaseSlab();

    const char *m_data = nullptr; ///< in shared memory; null: m_inline
    quint64 m_size = 0;
    quint64 m_sequence = 0;
    qint64 m_priority = 0;
    quint32 m_slab = 0;
    quint32 m_generation = 0; ///< of forks, when it was taken
    std::shared_ptr<QueueCore> m_core; ///< keeps the memory mapped
    char m_inline[kInline];
};

} // namespace forkscope::ipc
