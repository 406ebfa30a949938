// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitor/processhistory.h"

#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

namespace forkscope {

namespace {

constexpr quint64 kEventsPerStep = 500; ///< before it looks whether somebody wants another place
constexpr size_t kMostKept = 32;
constexpr int kMostRowsKept = 200'000; ///< of all tables kept, some 250 bytes each

} // namespace

struct ProcessHistory::Private {
    explicit Private(const Journal &source) : journal(source) { }

    const Journal &journal;
    std::mutex mutex;
    std::condition_variable wake;
    std::optional<quint64> wanted; ///< under mutex, as are the next two
    std::optional<State> state;
    bool stop = false;

    // Of the thread:
    State current; ///< was folded last
    std::vector<State> kept; ///< ascending
    quint64 spacing = 250; ///< events between them; grows
    std::thread thread;

    bool folded(quint64 endRecord);
    void startFrom(quint64 endRecord);
    void keep();
};

/// False: somebody wants another place by now, or nothing any more.
bool ProcessHistory::Private::folded(quint64 endRecord)
{
    startFrom(endRecord);
    for (bool more = true; more;) {
        more = current.table.advance(journal, kEventsPerStep, endRecord).more;
        if (!more)
            break;
        current.endRecord = journal.eventRecord(current.table.eventsFolded());
        keep();
        const std::scoped_lock lock(mutex);
        if (stop || wanted)
            return false;
    }
    current.endRecord = endRecord;
    return true;
}

/// The nearest state that is not beyond.
void ProcessHistory::Private::startFrom(quint64 endRecord)
{
    const State *nearest = nullptr;
    for (const State &one : kept)
        if (one.endRecord <= endRecord)
            nearest = &one;
    const bool beyond = current.endRecord > endRecord;
    if (nearest && (beyond || nearest->endRecord > current.endRecord))
        current = *nearest;
    else if (beyond)
        current = {};
}

void ProcessHistory::Private::keep()
{
    const quint64 last = kept.empty() ? 0 : kept.back().table.eventsFolded();
    if (current.table.eventsFolded() < last + spacing)
        return;
    kept.push_back(current);
    int rows = 0;
    for (const State &one : kept)
        rows += one.table.rowCount();
    if (kept.size() <= kMostKept && rows <= kMostRowsKept)
        return;
    // Every other one stays.
    for (size_t i = 0; 2 * i + 1 < kept.size(); ++i)
        kept[i] = std::move(kept[2 * i + 1]);
    kept.resize(kept.size() / 2);
    spacing *= 2;
}

ProcessHistory::ProcessHistory(const Journal &journal, QObject *parent) : QObject(parent), d(std::make_unique<Private>(journal))
{
    d->thread = std::thread([this] {
        for (;;) {
            quint64 endRecord;
            {
                std::unique_lock lock(d->mutex);
                d->wake.wait(lock, [&] { return d->stop || d->wanted; });
                if (d->stop)
                    return;
                endRecord = *std::exchange(d->wanted, {});
            }
            if (!d->folded(endRecord))
                continue;
            State state = d->current;
            {
                const std::scoped_lock lock(d->mutex);
                d->state = std::move(state);
            }
            QMetaObject::invokeMethod(this, &ProcessHistory::ready, Qt::QueuedConnection);
        }
    });
}

ProcessHistory::~ProcessHistory()
{
    {
        const std::scoped_lock lock(d->mutex);
        d->stop = true;
    }
    d->wake.notify_one();
    d->thread.join();
}

void ProcessHistory::request(quint64 endRecord)
{
    {
        const std::scoped_lock lock(d->mutex);
        d->wanted = endRecord;
    }
    d->wake.notify_one();
}

std::optional<ProcessHistory::State> ProcessHistory::take()
{
    const std::scoped_lock lock(d->mutex);
    return std::exchange(d->state, std::nullopt);
}

} // namespace forkscope
