// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pool/workeroutput.h"

#include <pthread.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <thread>

namespace forkscope::pool {

namespace {

constexpr qsizetype kEnough = 8 * 1024; ///< bytes that are worth a write(2)
constexpr auto kLongest = std::chrono::milliseconds(1);
constexpr int kTurnsUntilRest = 20; ///< of the thread, with nothing to do

} // namespace

void WorkerOutput::append(const wire::Reply &reply, QByteArrayView bytes)
{
    const std::lock_guard lock(m_mutex);
    m_waiting.append(reinterpret_cast<const char *>(&reply), sizeof reply);
    m_waiting.append(bytes);
    m_isEmpty.store(false, std::memory_order_relaxed);
    if (m_waiting.size() >= kEnough)
        writeAll();
}

void WorkerOutput::flush()
{
    if (m_isEmpty.load(std::memory_order_relaxed))
        return;
    const std::lock_guard lock(m_mutex);
    writeAll();
}

void WorkerOutput::writeAll()
{
    for (qsizetype done = 0; done < m_waiting.size();) {
        const ssize_t count = write(m_pipe.get(), m_waiting.constData() + done, size_t(m_waiting.size() - done));
        if (count < 0 && errno != EINTR)
            _exit(1); // nobody is there any more
        done += std::max<ssize_t>(count, 0);
    }
    if (m_waiting.capacity() > 64 * kEnough)
        m_waiting.clear();
    else
        m_waiting.resize(0);
    ++m_writes;
    m_isEmpty.store(true, std::memory_order_relaxed);
}

void WorkerOutput::longWaitAhead()
{
    if (m_isEmpty.load(std::memory_order_relaxed) || m_isWatched.load(std::memory_order_relaxed))
        return;
    m_isWatched.store(1);
    if (m_hasThread) {
        detail::wakeWord(m_isWatched);
        return;
    }
    m_hasThread = true;
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before); // handlers are the functions' own business, in their thread
    std::thread([this] { watch(); }).detach();
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

void WorkerOutput::watch()
{
    quint32 writes = 0;
    for (int idle = 0;;) {
        std::this_thread::sleep_for(kLongest);
        {
            const std::lock_guard lock(m_mutex);
            if (!m_waiting.isEmpty()) {
                if (m_writes == writes)
                    writeAll();
                idle = 0;
            } else {
                ++idle;
            }
            writes = m_writes;
        }
        if (idle < kTurnsUntilRest)
            continue;
        idle = 0;
        m_isWatched.store(0);
        if (m_isEmpty.load())
            detail::waitOnWord(m_isWatched, 0, QDeadlineTimer::Forever);
    }
}

} // namespace forkscope::pool
