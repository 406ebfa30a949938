// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/capture/recordbuffer.h"

#include "core/base/clock.h"
#include "core/journal/journalwriter.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

namespace forkscope {

RecordBuffer::RecordBuffer(JournalWriter &journal, const RecordMemory &memory) : m_journal(journal), m_memory(memory) { }

RecordBuffer::~RecordBuffer()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_stop = true;
    }
    m_wanted.notify_all();
    if (m_thread.joinable())
        m_thread.join();
}

quint64 RecordBuffer::storeFrom(int fd, ChannelId channel, quint64 count)
{
    quint64 kept = 0;
    MessageInfo piece; // one message, however many records it takes
    while (count > 0) {
        qint64 done = 0;
        const auto stored
            = m_busy.load(std::memory_order_acquire) ? std::nullopt : m_journal.tryAppendFrom(fd, channel, count, piece);
        if (stored) {
            done = stored->count;
            if (stored->record && done > 0) {
                kept += quint64(done);
                piece.messageId = piece.messageId ? piece.messageId : *stored->record;
            }
        } else {
            QByteArray bytes(qsizetype(count), Qt::Uninitialized);
            done = read(fd, bytes.data(), count);
            if (done > 0) {
                bytes.truncate(done);
                kept += wait(channel, std::move(bytes), piece.messageId);
            }
        }
        if (done <= 0)
            break;
        count -= quint64(done);
    }
    return kept;
}

quint64 RecordBuffer::store(ChannelId channel, QByteArrayView bytes)
{
    if (!m_busy.load(std::memory_order_acquire))
        if (const auto stored = m_journal.tryAppend(channel, bytes))
            return *stored ? quint64(bytes.size()) : 0;
    return wait(channel, bytes.toByteArray());
}

void RecordBuffer::passOver(ChannelId channel, quint64 bytes)
{
    if (!m_busy.load(std::memory_order_acquire)) {
        m_journal.passOver(channel, bytes);
        return;
    }
    std::unique_lock lock(m_mutex);
    push(lock, {.channel = channel, .bytes = {}, .passed = bytes, .function = {}});
}

void RecordBuffer::after(std::function<void()> function)
{
    if (!m_busy.load(std::memory_order_acquire)) {
        function();
        return;
    }
    std::unique_lock lock(m_mutex);
    push(lock, {.bytes = {}, .function = std::move(function)});
}

quint64 RecordBuffer::waitingBytes() const
{
    const std::scoped_lock lock(m_mutex);
    return m_waiting;
}

/// Puts bytes into memory; how many of them will be kept.
quint64 RecordBuffer::wait(ChannelId channel, QByteArray bytes, quint64 messageId)
{
    const auto size = quint64(bytes.size());
    const qint64 timeNs = monotonicNs();
    std::unique_lock lock(m_mutex);
    const auto fits = [&] { return m_waiting == 0 || m_waiting + costOf(bytes) <= m_memory.bytes; };
    if (!fits() && m_memory.loses) {
        if (!m_items.empty() && m_items.back().channel == channel && m_items.back().lost > 0)
            m_items.back().lost += size;
        else
            push(lock, {.channel = channel, .bytes = {}, .lost = size, .function = {}});
        return 0;
    }
    m_room.wait(lock, fits);
    push(lock, {.channel = channel, .bytes = std::move(bytes), .messageId = messageId, .timeNs = timeNs, .function = {}});
    return size;
}

void RecordBuffer::push(std::unique_lock<std::mutex> &, Item item)
{
    m_waiting += costOf(item.bytes);
    m_items.push_back(std::move(item));
    m_busy.store(true, std::memory_order_release);
    if (!m_thread.joinable())
        m_thread = std::thread([this] { run(); });
    m_wanted.notify_one();
}

void RecordBuffer::run()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_wanted.wait(lock, [this] { return m_stop || !m_items.empty(); });
        if (m_items.empty())
            return;
        const Item item = std::move(m_items.front());
        m_items.pop_front();
        lock.unlock();
        if (item.function)
            item.function();
        else if (item.lost > 0)
            m_journal.lose(item.channel, item.lost, ENOBUFS);
        else if (item.passed > 0)
            m_journal.passOver(item.channel, item.passed);
        else {
            MessageInfo info;
            info.messageId = item.messageId;
            m_journal.append(item.channel, item.bytes, info, item.timeNs);
        }
        lock.lock();
        m_waiting -= costOf(item.bytes);
        if (m_items.empty())
            m_busy.store(false, std::memory_order_release);
        m_room.notify_all();
    }
}

} // namespace forkscope
