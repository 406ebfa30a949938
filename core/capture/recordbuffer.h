// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/capture/recordmemory.h"
#include "core/journal/event.h"

#include <QByteArray>

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace forkscope {

class JournalWriter;

/// Between taps and a journal: while a slow disk does not take what passes, it waits in memory, so that the pipe is not slowed.
/// When the memory is full the tap waits, or bytes are lost and counted (PayloadLost with ENOBUFS), as RecordMemory says.
///
/// Thread-safe; of one channel, the calls of one thread keep their order. A thread of its own stores what waits; it is started
/// when something first has to.
class RecordBuffer
{
public:
    RecordBuffer(JournalWriter &journal, const RecordMemory &memory);
    /// Stores what waits.
    ~RecordBuffer();
    Q_DISABLE_COPY_MOVE(RecordBuffer)

    /// So many bytes, which lie in the pipe, as one message. Of these, so many are kept or will be.
    quint64 storeFrom(int fd, ChannelId channel, quint64 count);
    quint64 store(ChannelId channel, QByteArrayView bytes);
    /// JournalWriter::passOver(), in its place.
    void passOver(ChannelId channel, quint64 bytes);
    /// Calls function when all that was given before it is stored: at once, or in our thread.
    void after(std::function<void()> function);

    quint64 waitingBytes() const;

private:
    struct Item {
        ChannelId channel = ChannelId::None;
        QByteArray bytes;
        quint64 messageId = 0; ///< that these go on with; 0: of their own
        qint64 timeNs = 0;
        quint64 passed = 0; ///< or these were not to be kept
        quint64 lost = 0; ///< or these found no memory
        std::function<void()> function; ///< or this
    };
    static quint64 costOf(const QByteArray &bytes) { return quint64(bytes.size()) + sizeof(Item); }
    quint64 wait(ChannelId channel, QByteArray bytes, quint64 messageId = 0);
    void push(std::unique_lock<std::mutex> &lock, Item item);
    void run();

    JournalWriter &m_journal;
    const RecordMemory m_memory;
    std::atomic<bool> m_busy = false; ///< something waits, or is being stored
    mutable std::mutex m_mutex; ///< guards all below
    std::condition_variable m_wanted, m_room;
    std::deque<Item> m_items;
    quint64 m_waiting = 0; ///< bytes of memory
    bool m_stop = false;
    std::thread m_thread;
};

} // namespace forkscope
