// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace forkscope {

/// A thread that follows something that grows: every 10 ms while it does, backing off to 50 ms while it rests.
class PollThread
{
public:
    /// Step does a bounded piece of work (some milliseconds) and says whether it found any; it is called again at once then.
    explicit PollThread(std::function<bool()> step);
    /// Waits until the step that is running has returned.
    ~PollThread();
    Q_DISABLE_COPY_MOVE(PollThread)

    /// While paused it sleeps, after the step that is running. Any thread.
    void setPaused(bool paused);

private:
    void run();

    std::function<bool()> m_step;
    std::mutex m_mutex;
    std::condition_variable m_changed; ///< of the two below, under m_mutex
    bool m_stop = false;
    bool m_paused = false;
    std::thread m_thread;
};

} // namespace forkscope
