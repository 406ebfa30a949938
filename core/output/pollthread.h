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

private:
    void run();

    std::function<bool()> m_step;
    std::mutex m_mutex;
    std::condition_variable m_stopRequested;
    bool m_stop = false; ///< under m_mutex
    std::thread m_thread;
};

} // namespace forkscope
