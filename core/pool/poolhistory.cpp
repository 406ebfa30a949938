// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pool/poolhistory.h"

#include "core/base/pollthread.h"
#include "core/journal/journal.h"
#include "core/pool/task.h"

#include <QElapsedTimer>

#include <deque>
#include <mutex>

namespace forkscope::pool {

namespace {

constexpr int kSliceMs = 4;
constexpr quint64 kRecordsPerStep = 4096; ///< between looks whether it shall stop
constexpr quint64 kMostAhead = 100'000; ///< tasks that may be decoded and not yet folded

/// The numbers of the events that are about pools.
bool isPoolEvent(quint32 number)
{
    static const quint32 first = eventNumber(PoolOpened()), last = eventNumber(TasksMoved());
    return number >= first && number <= last;
}

/// A decoded event, without what is read from the journal when it is looked at.
struct Item {
    Event event;
    quint64 record = 0;
    qint64 timeNs = 0;
    quint32 tasks = 0; ///< that it is about
    int priority = 0; ///< of queued ones
};

void strip(Item &item)
{
    if (auto *queued = std::get_if<TasksQueued>(&item.event)) {
        item.tasks = quint32(queued->arguments.size());
        if (item.tasks > 0)
            if (const auto spec = TaskSpec::fromJournal(queued->common, queued->arguments.constFirst()))
                item.priority = spec.value().options.priority;
        queued->arguments.clear();
        queued->common.clear();
    } else if (auto *ended = std::get_if<TasksEnded>(&item.event)) {
        item.tasks = quint32(ended->tasks.size());
        for (TaskEnd &task : ended->tasks) {
            task.detail.clear();
            task.result.clear();
        }
    } else if (const auto *started = std::get_if<TasksStarted>(&item.event)) {
        item.tasks = quint32(started->tasks.size());
    }
}

} // namespace

class PoolHistory::Reader
{
public:
    explicit Reader(const Journal &source) : m_journal(source), m_thread([this] { return step(); }) { }

    std::optional<Item> next()
    {
        const std::scoped_lock lock(m_mutex);
        if (m_items.empty())
            return {};
        Item item = std::move(m_items.front());
        m_items.pop_front();
        m_ahead -= item.tasks;
        return item;
    }
    bool isEmpty() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_items.empty();
    }
    bool isCaughtUp() const { return m_position.load() == m_journal.eventCount() && isEmpty(); }

private:
    bool step();

    const Journal &m_journal;
    std::atomic<quint64> m_position = 0; ///< in the journal's list of events; what is below was handed over
    mutable std::mutex m_mutex;
    std::deque<Item> m_items; ///< under m_mutex, as is the next
    quint64 m_ahead = 0; ///< tasks in them
    PollThread m_thread; // last: it stops before the rest goes
};

bool PoolHistory::Reader::step()
{
    quint64 i = m_position;
    const quint64 stop = std::min(m_journal.eventCount(), i + kRecordsPerStep);
    const bool any = i < stop;
    for (; i < stop; m_position = ++i) {
        {
            const std::scoped_lock lock(m_mutex);
            if (m_ahead >= kMostAhead)
                return false; // looks again soon
        }
        const quint64 number = m_journal.eventRecord(i);
        const auto record = m_journal.read(number);
        if (!record || !isPoolEvent(record->eventNumber))
            continue;
        auto event = decodeEvent(record->eventNumber, record->bytes);
        if (!event)
            continue;
        Item item{std::move(*event), number, record->timeNs};
        strip(item);
        const std::scoped_lock lock(m_mutex);
        m_ahead += item.tasks;
        m_items.push_back(std::move(item));
    }
    return any;
}

PoolHistory::PoolHistory(const Journal &journal) : m_reader(std::make_unique<Reader>(journal)) { }

PoolHistory::~PoolHistory() = default;

PoolHistory::Advance PoolHistory::advance()
{
    QElapsedTimer time;
    time.start();
    Advance result;
    while (!time.hasExpired(kSliceMs)) {
        const auto item = m_reader->next();
        if (!item)
            return result;
        std::visit(
            [&](const auto &event) {
                if constexpr (requires { event.pool; }) {
                    auto &record = m_records[event.pool];
                    if (!record) {
                        if (m_pools.size() >= kMostPools)
                            return;
                        record = std::make_shared<PoolRecord>(event.pool);
                        m_pools.append(event.pool);
                    }
                    if constexpr (std::is_same_v<decltype(event), const TasksQueued &>)
                        record->apply(event, item->tasks, item->priority, item->record, item->timeNs);
                    else if constexpr (std::is_same_v<decltype(event), const TasksEnded &>)
                        record->apply(event, item->record, item->timeNs);
                    else
                        record->apply(event, item->timeNs);
                    result.changed = true;
                }
            },
            item->event);
    }
    result.more = !m_reader->isEmpty();
    return result;
}

bool PoolHistory::isCaughtUp() const
{
    return m_reader->isCaughtUp();
}

const PoolRecord *PoolHistory::pool(PoolId id) const
{
    return m_records.value(id).get();
}

} // namespace forkscope::pool
