// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <atomic>
#include <functional>
#include <thread>

namespace forkscope {

/// One piece of work at a time in a thread of its own. Used from one thread; the work looks at `cancelled` often.
class BackgroundJob
{
public:
    BackgroundJob() = default;
    ~BackgroundJob() { cancel(); }
    Q_DISABLE_COPY_MOVE(BackgroundJob)

    /// Cancels what runs first.
    void start(std::function<void(const std::atomic<bool> &cancelled)> work)
    {
        cancel();
        m_cancelled = false;
        m_thread = std::thread([this, work = std::move(work)] { work(m_cancelled); });
    }

    /// Waits until the work has noticed.
    void cancel()
    {
        m_cancelled = true;
        if (m_thread.joinable())
            m_thread.join();
    }

private:
    std::atomic<bool> m_cancelled = false;
    std::thread m_thread;
};

} // namespace forkscope
