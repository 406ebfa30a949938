// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/pollthread.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace forkscope {

PollThread::PollThread(std::function<bool()> step) : m_step(std::move(step)), m_thread([this] { run(); }) { }

PollThread::~PollThread()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_stop = true;
    }
    m_changed.notify_one();
    m_thread.join();
}

void PollThread::setPaused(bool paused)
{
    {
        const std::scoped_lock lock(m_mutex);
        m_paused = paused;
    }
    m_changed.notify_one();
}

void PollThread::run()
{
    std::unique_lock lock(m_mutex);
    auto pause = std::chrono::milliseconds(10);
    while (!m_stop) {
        if (m_paused) {
            m_changed.wait(lock, [this] { return m_stop || !m_paused; });
            continue;
        }
        lock.unlock();
        const bool busy = m_step();
        lock.lock();
        if (busy) {
            pause = std::chrono::milliseconds(10);
            continue;
        }
        m_changed.wait_for(lock, pause, [this] { return m_stop || m_paused; });
        pause = std::min(pause + std::chrono::milliseconds(5), std::chrono::milliseconds(50));
    }
}

} // namespace forkscope
