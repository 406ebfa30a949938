// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pool/livepools.h"

#include "core/journal/journalwriter.h"
#include "ui/window/background.h"

#include <algorithm>
#include <thread>
#include <utility>

namespace forkscope {

namespace {

constexpr int kTasksAtOnce = 1000; ///< submitted as one piece
constexpr int kWatchMs = 100;

} // namespace

struct LivePools::Live {
    explicit Live(pool::PoolOptions options) : pool(std::move(options)) { }
    ~Live()
    {
        stop = true;
        pool.terminate(); // so that submitting ends at once
        if (submitter.joinable())
            submitter.join();
    }

    pool::Pool pool;
    std::atomic<bool> stop = false;
    std::atomic<bool> submitting = false;
    std::thread submitter;
    quint64 endedWhenIdle = 0; ///< tasks that had ended when it was idle last
};

LivePools::LivePools(JournalWriter &writer, QObject *parent) : QObject(parent), m_writer(writer)
{
    m_watch.setInterval(kWatchMs);
    connect(&m_watch, &QTimer::timeout, this, &LivePools::watch);
}

LivePools::~LivePools()
{
    terminateAll();
    for (const QPointer<QThread> &thread : std::as_const(m_joins))
        if (thread)
            thread->wait();
}

Result<PoolId> LivePools::add(pool::PoolOptions options, std::shared_ptr<Live> &made)
{
    const PoolId id{++m_last};
    options.journal = &m_writer;
    options.id = id;
    options.lazyStart = true; // a pool of commands needs no processes for functions
    auto live = std::make_shared<Live>(std::move(options));
    if (auto error = live->pool.error())
        return *error;
    m_pools.insert(id, live);
    m_watch.start();
    made = std::move(live);
    return id;
}

Result<PoolId> LivePools::start(const PoolRequest &request)
{
    std::shared_ptr<Live> live;
    const auto id = add(request.options, live);
    if (!id)
        return id;
    live->submitting = true;
    // Plain pointers: ~Live waits for this thread.
    live->submitter = std::thread([this, request, id = id.value(), live = live.get()] {
        const auto fail = [&](const Error &error) {
            QMetaObject::invokeMethod(
                this, [this, id, error] { emit submitFailed(id, error); }, Qt::QueuedConnection);
        };
        auto source = TaskSource::open(request);
        if (!source)
            fail(source.error());
        while (source && !live->stop) {
            auto tasks = source.value().next(kTasksAtOnce);
            if (!tasks) {
                fail(tasks.error());
                break;
            }
            if (tasks.value().isEmpty())
                break;
            if (const auto taken = live->pool.submitAll(std::move(tasks).value()); !taken) {
                if (!live->stop && live->pool.snapshot().phase == PoolPhase::Open) // else somebody has closed it
                    fail(taken.error());
                break;
            }
        }
        if (request.close)
            live->pool.close();
        live->submitting = false;
    });
    return id;
}

Result<PoolId> LivePools::start(pool::PoolOptions options, QList<pool::TaskSpec> tasks)
{
    std::shared_ptr<Live> live;
    const auto id = add(std::move(options), live);
    if (!id)
        return id;
    live->submitting = true;
    live->submitter = std::thread([this, id = id.value(), live = live.get(), tasks = std::move(tasks)]() mutable {
        if (const auto taken = live->pool.submitAll(std::move(tasks)); !taken)
            QMetaObject::invokeMethod(
                this, [this, id, error = taken.error()] { emit submitFailed(id, error); }, Qt::QueuedConnection);
        live->submitting = false;
    });
    return id;
}

pool::Pool *LivePools::pool(PoolId id) const
{
    const auto live = m_pools.value(id);
    return live ? &live->pool : nullptr;
}

bool LivePools::isSubmitting(PoolId id) const
{
    const auto live = m_pools.value(id);
    return live && live->submitting;
}

QList<PoolId> LivePools::busy() const
{
    QList<PoolId> ids;
    for (const auto &[id, live] : m_pools.asKeyValueRange()) {
        const pool::PoolSnapshot now = live->pool.snapshot();
        if (live->submitting || now.waiting + now.running > 0)
            ids.append(id);
    }
    std::sort(ids.begin(), ids.end());
    return ids;
}

void LivePools::close(PoolId id)
{
    if (pool::Pool *live = pool(id))
        live->close();
}

void LivePools::terminate(PoolId id)
{
    if (const auto live = m_pools.value(id)) {
        live->stop = true;
        live->pool.terminate();
    }
}

void LivePools::terminateAll()
{
    for (const PoolId id : m_pools.keys())
        terminate(id);
}

void LivePools::join(PoolId id)
{
    const auto known = m_pools.value(id);
    if (!known)
        return emit joinAnswered(id, {});
    m_joins.removeIf([](const QPointer<QThread> &thread) { return !thread; });
    m_joins.append(runInBackground(
        this, [live = known]() mutable { return std::exchange(live, nullptr)->pool.join(QDeadlineTimer(0)); },
        [this, id](const Result<void> &answer) { emit joinAnswered(id, answer); }));
}

void LivePools::watch()
{
    const auto all = m_pools;
    for (const auto &[id, live] : all.asKeyValueRange()) {
        const pool::PoolSnapshot now = live->pool.snapshot();
        const quint64 ended = now.succeeded + now.unsuccessful;
        if (!live->submitting && now.waiting + now.running == 0 && ended > live->endedWhenIdle) {
            live->endedWhenIdle = ended;
            emit idle(id);
        }
        if (now.phase != PoolPhase::Finished || live->submitting)
            continue;
        m_pools.remove(id);
        emit finished(id);
    }
    if (m_pools.isEmpty())
        m_watch.stop();
}

} // namespace forkscope
