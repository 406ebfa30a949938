// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pool/callbackthread.h"

#include <cxxabi.h>

#include <cstdio>

namespace forkscope::pool {

namespace {

constexpr qint64 kFewBytes = 8 * 1024 * 1024;

template<typename Function> void guarded(Function function)
{
    try {
        function();
    } catch (const std::exception &exception) {
        fprintf(stderr, "A callback of a pool threw: %s\n", exception.what());
    } catch (const abi::__forced_unwind &) {
        throw;
    } catch (...) {
        fputs("A callback of a pool threw something that is no std::exception.\n", stderr);
    }
}

} // namespace

void CallbackThread::setCallbacks(StartCallback started, OutputCallback output, EndCallback ended)
{
    const std::lock_guard lock(m_mutex);
    m_wantsStarts = bool(started);
    m_wantsOutput = bool(output);
    m_wantsEnds = bool(ended);
    m_started = std::move(started);
    m_output = std::move(output);
    m_ended = std::move(ended);
}

void CallbackThread::add(std::vector<Item> &items)
{
    if (items.empty())
        return;
    qint64 bytes = 0;
    for (const Item &item : items)
        bytes += item.bytes.size();
    m_waitingBytes += bytes;
    const std::lock_guard lock(m_mutex);
    const bool wasEmpty = m_items.empty();
    if (wasEmpty)
        m_items.swap(items);
    else
        m_items.insert(m_items.end(), std::make_move_iterator(items.begin()), std::make_move_iterator(items.end()));
    items.clear();
    if (!m_thread.joinable())
        m_thread = std::thread([this] { run(); });
    if (wasEmpty)
        m_news.notify_one();
}

void CallbackThread::finish()
{
    std::thread thread;
    {
        const std::lock_guard lock(m_mutex);
        m_isFinished = true;
        m_news.notify_one();
        thread = std::move(m_thread);
    }
    if (thread.joinable())
        thread.join();
}

void CallbackThread::run()
{
    std::vector<Item> items;
    for (;;) {
        {
            std::unique_lock lock(m_mutex);
            m_news.wait(lock, [this] { return !m_items.empty() || m_isFinished; });
            if (m_items.empty())
                return;
            m_items.swap(items);
        }
        for (Item &item : items) {
            call(item);
            const qint64 size = item.bytes.size();
            item = Item(); // lets go of the task
            if (size > 0 && m_waitingBytes.fetch_sub(size) >= kFewBytes && m_waitingBytes < kFewBytes)
                m_whenDrained();
        }
        items.clear();
    }
}

void CallbackThread::call(const Item &item)
{
    switch (item.kind) {
    case Item::Started:
        guarded([&] { m_started(item.task->id, item.attempt, item.placement); });
        return;
    case Item::Output:
        guarded([&] { m_output(item.task->id, item.attempt, item.isError, item.bytes); });
        return;
    case Item::Ended:
        break;
    }
    TaskState &task = *item.task.get();
    if (const TaskState::Extra *const extra = task.extra.get(); extra && (extra->callback || extra->errorCallback)) {
        const auto value = task.value();
        if (value && extra->callback)
            guarded([&] { extra->callback(value.value()); });
        else if (!value && extra->errorCallback)
            guarded([&] { extra->errorCallback(value.error()); });
    }
    if (m_wantsEnds && task.group != &task)
        guarded([&] { m_ended(task.id, task.outcome()); });
}

} // namespace forkscope::pool
