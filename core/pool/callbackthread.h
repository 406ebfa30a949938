// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pool/taskstate.h"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace forkscope::pool {

/// Calls what a pool's user gave to be called, one after the other, so that the pool need not wait for it. One that throws is
/// reported on stderr. Thread-safe.
class CallbackThread
{
public:
    explicit CallbackThread(std::function<void()> whenDrained) : m_whenDrained(std::move(whenDrained)) { }
    ~CallbackThread() { finish(); }
    Q_DISABLE_COPY_MOVE(CallbackThread)

    struct Item {
        enum Kind : quint8 { Started, Output, Ended } kind = Ended;
        bool isError = false; ///< Output
        int attempt = 0; ///< Started, Output
        TaskHandle task; ///< of Ended also a group: then only its own callbacks are called
        Placement placement = {}; ///< Started
        QByteArray bytes = {}; ///< Output
    };
    void setCallbacks(StartCallback started, OutputCallback output, EndCallback ended);
    bool wantsStarts() const { return m_wantsStarts; }
    bool wantsOutput() const { return m_wantsOutput; }
    bool wantsEnds() const { return m_wantsEnds; }

    /// Takes all of them over.
    void add(std::vector<Item> &items);
    /// What has been added and not yet been called has so many bytes of output.
    qint64 waitingBytes() const { return m_waitingBytes; }
    /// Returns when all have been called; nothing may be added any more. Not in a callback.
    void finish();
    bool isThisThread() const { return m_thread.get_id() == std::this_thread::get_id(); }

private:
    void run();
    void call(const Item &item);

    const std::function<void()> m_whenDrained;
    std::atomic<bool> m_wantsStarts{false}, m_wantsOutput{false}, m_wantsEnds{false};
    std::atomic<qint64> m_waitingBytes{0};
    std::mutex m_mutex; ///< guards what follows
    std::condition_variable m_news;
    std::vector<Item> m_items;
    bool m_isFinished = false;
    StartCallback m_started;
    OutputCallback m_output;
    EndCallback m_ended;
    std::thread m_thread; ///< from the first item on
};

} // namespace forkscope::pool
