// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ipc/queuecore.h"

#include "core/base/clock.h"
#include "core/ipc/copybytes.h"

#include <QCoreApplication>

#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace forkscope::ipc {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(Queue)
};

constexpr int kSpins = 1000; ///< some 20 µs: as long as a wake-up takes
constexpr int kLongestPause = 32;
constexpr int kLinger = 32; ///< some 0.6 µs
constexpr qsizetype kTimedSize = 16 << 10; ///< larger messages take long enough to be measured where nobody waits
constexpr quint32 kCalmDepth = 64; ///< in shorter queues a producer is woken for each place

QString putting()
{
    return Text::tr("put into the queue");
}
QString getting()
{
    return Text::tr("get from the queue");
}

bool isOver(const QDeadlineTimer &deadline)
{
    return !deadline.isForever() && deadline.hasExpired();
}

} // namespace

void Message::releaseSlab()
{
    m_core->releaseView(m_slab, m_generation);
    m_data = nullptr;
    m_core.reset();
}

QueueCore::QueueCore(SharedMemory memory)
    : m_memory(std::move(memory)), m_queue(reinterpret_cast<QueueMemory *>(m_memory.data())),
      m_order(QueueOrder(m_queue->order.load())), m_maxSize(quint32(std::min<quint64>(m_queue->maxSize.load(), 1u << 30))),
      m_slabs(m_queue->slabs, m_memory, kSlabOffset, m_queue->memory.load())
{
}

QueueCore::~QueueCore()
{
    if (m_self != kNobody && m_generation == forkGeneration())
        m_queue->participants.leave(m_self);
}

Result<std::shared_ptr<QueueCore>> QueueCore::create(const QueueOptions &options, QueueOrder order)
{
    if (options.maxSize < 0 || options.memory < 0)
        return Error::invalid(Text::tr("create the queue"), Text::tr("sizes cannot be negative"));
    const auto initialise = [&](SharedMemory &memory) -> Result<void> {
        if (auto done = memory.reserve(0, sizeof(QueueMemory) - sizeof(QueueMemory::ring) - sizeof(TraceMemory)); !done)
            return done;
        if (auto done = memory.reserve(offsetof(QueueMemory, ring), sizeof(QueueMemory::ring)); !done)
            return done;
        auto *queue = reinterpret_cast<QueueMemory *>(memory.data());
        queue->version = kQueueVersion;
        queue->order = quint32(order);
        queue->maxSize = quint64(options.maxSize);
        queue->memory = quint64(options.memory);
        queue->magic = kQueueMagic;
        return {};
    };
    auto memory = SharedMemory::create(options.name, kQueueMapped, kQueueFile, initialise);
    if (memory && options.keep)
        if (auto done = memory.value().keepName(); !done)
            return done.error();
    return attach(std::move(memory), order);
}

Result<std::shared_ptr<QueueCore>> QueueCore::attach(int fd, std::optional<QueueOrder> order)
{
    return attach(SharedMemory::attach(UniqueFd(fd), kQueueMapped, kQueueFile), order);
}

Result<std::shared_ptr<QueueCore>> QueueCore::attach(const QString &name, std::optional<QueueOrder> order)
{
    return attach(SharedMemory::attach(name, kQueueMapped, kQueueFile), order);
}

Result<std::shared_ptr<QueueCore>> QueueCore::attach(Result<SharedMemory> memory, std::optional<QueueOrder> order)
{
    if (!memory)
        return memory.error();
    const auto *queue = reinterpret_cast<const QueueMemory *>(memory.value().data());
    const QString tried = Text::tr("attach to the queue");
    if (queue->magic != kQueueMagic || queue->version != kQueueVersion)
        return Error{ErrorCode::Malformed, 0, tried, {}, Text::tr("it is no queue of this version")};
    if (queue->order > quint32(QueueOrder::Priority) || (order && *order != QueueOrder(queue->order.load())))
        return Error{ErrorCode::Malformed, 0, tried, {}, Text::tr("it is a queue of another order")};
    const std::shared_ptr<QueueCore> core(new QueueCore(std::move(memory).value()));
    if (core->self() == kNobody)
        return Error::invalid(tried, Text::tr("1,024 processes use it already"));
    return core;
}

ParticipantId QueueCore::registerSelf()
{
    const quint32 generation = forkGeneration();
    const std::scoped_lock lock(m_selfMutex);
    if (m_self == kNobody || m_generation != generation) {
        m_self = m_queue->participants.join([this](ParticipantId dead) { return sweepOne(dead); });
        m_generation = generation;
        m_pid = getpid();
    }
    return m_self;
}

Error QueueCore::corrupt(const QString &tried) const
{
    return {ErrorCode::Malformed, 0, tried, m_memory.name(),
        Text::tr("a process that uses the queue has overwritten its memory; create a new queue")};
}

Result<void> QueueCore::lock(RobustMutex &mutex, const QDeadlineTimer &deadline, QString (*tried)())
{
    ParticipantId previous = kNobody;
    switch (mutex.lock(m_queue->participants, self(), deadline, previous)) {
    case RobustMutex::Outcome::Locked:
        return {};
    case RobustMutex::Outcome::LockedAfterDeath:
        recover(mutex, previous);
        return {};
    case RobustMutex::Outcome::TimedOut:
        return Error{ErrorCode::TimedOut, 0, tried(), m_memory.name(),
            Text::tr("process %1 is inside the queue and does not go on; it may be stopped")
                .arg(m_queue->participants.process(previous).pid)};
    case RobustMutex::Outcome::Corrupt:
        break;
    }
    return corrupt(tried());
}

std::optional<quint32> QueueCore::depth() const
{
    for (int i = 0; i < 1000; ++i) { // gets first, so that they are never ahead; but puts may be long ahead
        const Progress gets = m_queue->get.progress.load(std::memory_order_seq_cst);
        const Progress puts = m_queue->put.progress.load(std::memory_order_seq_cst);
        if (m_queue->get.progress.load(std::memory_order_seq_cst).count != gets.count)
            continue;
        const quint32 depth = puts.count - gets.count;
        return depth <= std::max(kRingCells, kSlabCount) ? std::optional(depth) : std::nullopt;
    }
    return 0; // it moves too fast to be read
}

bool QueueCore::hasRoom(Progress puts, Progress gets, quint32 cells) const
{
    return (!m_maxSize || puts.count - gets.count < m_maxSize) && puts.position - gets.position + cells <= kRingCells;
}

bool QueueCore::isFull() const
{
    return !hasRoom(m_queue->put.progress.load(), m_queue->get.progress.load(), 1);
}

void QueueCore::begin(Intent &intent, bool gets, quint32 slab, quint64 sequence, quint64 size)
{
    intent.tid.store(threadId(), std::memory_order_relaxed);
    intent.slab.store(slab, std::memory_order_relaxed);
    intent.gets.store(gets, std::memory_order_relaxed);
    intent.sequence.store(sequence, std::memory_order_relaxed);
    intent.size.store(size, std::memory_order_relaxed);
    intent.active.store(1, std::memory_order_release);
}

/// A wake-up costs more than most waits take. Where spinning has not paid lately, it is left out.
template<typename Ready> bool QueueCore::spinUntil(Ready ready)
{
    const quint32 useless = m_uselessSpins.load(std::memory_order_relaxed);
    if (useless < 8 || useless % 16 == 0) {
        // More and more seldom: each look takes the cache line away from the one who is at work.
        for (int spins = 0, pause = 1; spins < kSpins; spins += pause, pause = std::min(2 * pause, kLongestPause)) {
            for (int i = 0; i < pause; ++i)
                spinPause();
            if (ready()) {
                m_uselessSpins.store(0, std::memory_order_relaxed);
                return true;
            }
        }
    }
    m_uselessSpins.store(useless + 1, std::memory_order_relaxed);
    return false;
}

/// A consumer that keeps up with producers at full speed would take their cache line away for each message. With a short pause
/// several come at one look. Where none do, as in a dialogue, it is tried again only now and then.
void QueueCore::linger()
{
    const quint32 useless = m_uselessLingers.load(std::memory_order_relaxed);
    quint32 now = useless + 1;
    if (useless < 4 || useless % 64 == 0) {
        const quint32 before = m_queue->put.progress.load(std::memory_order_relaxed).count;
        for (int i = 0; i < kLinger; ++i)
            spinPause();
        if (m_queue->put.progress.load(std::memory_order_relaxed).count != before)
            now = 0;
    }
    m_uselessLingers.store(now, std::memory_order_relaxed);
}

template<typename Ready> bool QueueCore::sleepUntil(Waiters::Kind kind, const QDeadlineTimer &deadline, Ready ready)
{
    Waiters &waiters = m_queue->waiters;
    const quint32 place = waiters.enter(self(), kind, monotonicNs());
    bool done = false;
    for (;;) {
        const quint32 expected = waiters.announce(kind);
        done = ready();
        const qint64 left = leftOf(deadline, Waiters::kRecheckNs);
        if (done || left == 0) {
            waiters.retract(kind, expected);
            break;
        }
        waiters.sleep(kind, expected, left);
        if ((done = ready()))
            break;
    }
    waiters.leave(place);
    return done;
}

template<typename Ready> bool QueueCore::waitUntil(Waiters::Kind kind, const QDeadlineTimer &deadline, Ready ready)
{
    return ready() || (!isOver(deadline) && (spinUntil(ready) || sleepUntil(kind, deadline, ready)));
}

Result<void> QueueCore::acquireSlab(Place &place, const QDeadlineTimer &deadline)
{
    const auto size = quint64(place.bytes.size());
    Result<void> outcome;
    bool closed = false;
    const auto ready = [&](SlabPool::Search search) {
        closed = m_queue->closed.load(std::memory_order_relaxed) != 0;
        auto slab = m_slabs.acquire(size, self(), search);
        if (!slab)
            outcome = slab.error();
        else if (slab.value())
            place.slab = *slab.value();
        return closed || !outcome || place.slab != kNoSlab;
    };
    using Search = SlabPool::Search;
    const bool isHot = ready(Search::Hot);
    if (!isHot)
        noteEntry(place.entryNs);
    // A consumer at work frees one soon; memory that has not been used yet is slower than that.
    if (!isHot && (isOver(deadline) || !spinUntil([&] { return ready(Search::Next); })) && !ready(Search::All)) {
        sweep(); // the dead may hold some
        m_queue->sleepDepth = depth().value_or(0);
        if (!sleepUntil(Waiters::Kind::Put, deadline, [&] { return ready(Search::All); }))
            return Error{ErrorCode::Full, 0, putting(), m_memory.name(), Text::tr("its memory is full")};
    }
    if (!outcome || place.slab == kNoSlab)
        return outcome; // closed: told by the put
    char *data = m_slabs.data(place.slab, size);
    if (!data) {
        const int error = errno;
        m_slabs.release(place.slab);
        return error == ENOMEM ? Error::fromErrno(putting()) : corrupt(putting());
    }
    copyBytes(data, place.bytes.data(), size);
    SlabTable::Info &info = m_slabs.info(place.slab);
    info.size.store(size, std::memory_order_relaxed);
    info.priority.store(place.priority, std::memory_order_relaxed);
    return {};
}

Result<void> QueueCore::put(QByteArrayView bytes, qint64 priority, const QDeadlineTimer &deadline)
{
    if (self() == kNobody)
        return Error::invalid(putting(), Text::tr("1,024 processes use it already"));
    const auto size = quint64(bytes.size());
    if (size > SlabPool::kLargest)
        return Error{ErrorCode::TooLarge, 0, putting(), m_memory.name(),
            Text::tr("%1 bytes; the limit is %2").arg(size).arg(SlabPool::kLargest)};
    Place place{bytes, priority};
    if (bytes.size() > kTimedSize)
        noteEntry(place.entryNs);
    if (size > Message::kInline || m_order != QueueOrder::Fifo)
        if (auto done = acquireSlab(place, deadline); !done)
            return done;
    const auto failed = [&](Error error) {
        if (place.slab != kNoSlab) {
            m_slabs.release(place.slab);
            m_queue->waiters.wake(Waiters::Kind::Put);
        }
        return error;
    };
    for (;;) {
        if (auto done = lock(m_queue->put.mutex, deadline, putting); !done)
            return failed(done.error());
        const Step step = m_queue->closed.load(std::memory_order_relaxed) ? Step::Closed
            : m_order == QueueOrder::Fifo                                 ? putFifo(place)
                                                                          : putOrdered(place);
        m_queue->put.mutex.unlock();
        if (step == Step::Done)
            break;
        if (step == Step::Closed)
            return failed({ErrorCode::Closed, 0, putting(), m_memory.name(), Text::tr("the queue is closed")});
        if (step == Step::Corrupt)
            return failed(corrupt(putting()));
        noteEntry(place.entryNs);
        m_queue->sleepDepth.store(depth().value_or(0), std::memory_order_relaxed);
        const auto ready = [&] {
            return hasRoom(m_queue->put.progress.load(), m_queue->get.progress.load(), 2 * kLongestRecord)
                || m_queue->closed.load();
        };
        if (!waitUntil(Waiters::Kind::Put, deadline, ready))
            return failed({ErrorCode::Full, 0, putting(), m_memory.name(), Text::tr("it is full")});
    }
    m_queue->waiters.wake(Waiters::Kind::Get);
    if (m_queue->trace.isObserved()) [[unlikely]]
        trace(TraceRecord::Operation::Put, place.sequence, bytes, place.entryNs);
    return {};
}

Result<Message> QueueCore::get(const QDeadlineTimer &deadline)
{
    qint64 entryNs = 0;
    if (self() == kNobody)
        return Error::invalid(getting(), Text::tr("1,024 processes use it already"));
    QueueSide &side = m_order == QueueOrder::Fifo ? m_queue->get : m_queue->put;
    const auto someHere = [&] { return m_queue->put.progress.load().count != m_queue->get.progress.load().count; };
    // While some are left of those that were seen last, the producers' cache line is not touched.
    const auto someLeft
        = [&] { return side.otherSeen.load(std::memory_order_relaxed).count != m_queue->get.progress.load().count; };
    for (;;) {
        // Looked at without the mutex first: those who wait must not keep it busy.
        const auto ready = [&] { return someHere() || m_queue->closed.load(std::memory_order_relaxed); };
        if (!(m_order == QueueOrder::Fifo && someLeft()) && !ready()) {
            noteEntry(entryNs);
            if (!waitUntil(Waiters::Kind::Get, deadline, ready))
                return Error{ErrorCode::Empty, 0, getting(), m_memory.name(), Text::tr("it is empty")};
            linger();
        }
        if (auto done = lock(side.mutex, deadline, getting); !done)
            return done.error();
        Result<Message> result{Message()};
        Message &message = result.value();
        const Step step = m_order == QueueOrder::Fifo ? getFifo(message) : getOrdered(message);
        side.mutex.unlock();
        if (step == Step::Corrupt)
            return corrupt(getting());
        if (step == Step::Done) {
            wakeProducers();
            if (m_queue->waiters.hasSleepers(Waiters::Kind::Get) && someHere())
                m_queue->waiters.wake(Waiters::Kind::Get); // one was woken for many
            if (m_queue->trace.isObserved()) [[unlikely]]
                trace(TraceRecord::Operation::Get, message.sequence(), message.bytes(), entryNs);
            return result;
        }
        if (m_queue->closed.load() && !someHere())
            return Error{ErrorCode::Closed, 0, getting(), m_memory.name(), Text::tr("the queue is closed and empty")};
    }
}

/// A long queue calls its producers back when a quarter has gone, not for each place: a wake-up costs as much as a hundred
/// messages.
void QueueCore::wakeProducers()
{
    Waiters &waiters = m_queue->waiters;
    if (!waiters.hasSleepers(Waiters::Kind::Put)) [[likely]]
        return;
    const quint32 asleepAt = m_queue->sleepDepth.load(std::memory_order_relaxed);
    const quint32 now = depth().value_or(0);
    if (asleepAt < kCalmDepth || now <= asleepAt / 4 * 3)
        waiters.wake(Waiters::Kind::Put);
}

void QueueCore::releaseView(quint32 slab, quint32 generation)
{
    // A copy in a forked child owns nothing.
    if (generation != forkGeneration()
        || m_slabs.state(slab).load(std::memory_order_relaxed) != (SlabTable::Held | m_self.load()))
        return;
    m_slabs.release(slab);
    wakeProducers();
}

void QueueCore::close()
{
    m_queue->closed = 1;
    for (const auto kind : {Waiters::Kind::Get, Waiters::Kind::Put, Waiters::Kind::Join})
        m_queue->waiters.wakeAll(kind);
}

bool QueueCore::waitForMessage(qint64 ns, const std::atomic<bool> &stop)
{
    Waiters &waiters = m_queue->waiters;
    const auto ready = [&] { return depth().value_or(0) > 0 || m_queue->closed.load(); };
    if (ready())
        return true;
    const quint32 expected = waiters.announce(Waiters::Kind::Get);
    if (ready() || stop)
        waiters.retract(Waiters::Kind::Get, expected);
    else
        waiters.sleep(Waiters::Kind::Get, expected, ns);
    return ready();
}

Result<void> QueueCore::taskDone()
{
    quint32 done = m_queue->done.load();
    do {
        const quint32 unfinished = m_queue->put.progress.load().count - done;
        if (unfinished == 0 || unfinished > (1u << 31))
            return Error::invalid(Text::tr("report a task of the queue as done"),
                Text::tr("it was reported more often than messages were put"), m_memory.name());
    } while (!m_queue->done.compare_exchange_weak(done, done + 1));
    if (m_queue->put.progress.load().count == done + 1)
        m_queue->waiters.wakeAll(Waiters::Kind::Join);
    return {};
}

Result<void> QueueCore::join(const QDeadlineTimer &deadline)
{
    if (waitUntil(Waiters::Kind::Join, deadline, [this] { return m_queue->put.progress.load().count == m_queue->done.load(); }))
        return {};
    return Error{ErrorCode::TimedOut, 0, Text::tr("wait until all tasks of the queue are done"), m_memory.name(), {}};
}

/// When the observer may ask how long it took, and the clock was not read yet.
void QueueCore::noteEntry(qint64 &entryNs)
{
    if (!entryNs && m_queue->trace.isObserved())
        entryNs = m_queue->trace.now();
}

void QueueCore::trace(TraceRecord::Operation operation, quint64 sequence, QByteArrayView bytes, qint64 entryNs)
{
    m_queue->trace.append(self(),
        {operation, m_order == QueueOrder::Fifo ? 0 : depth().value_or(0), m_pid.load(std::memory_order_relaxed),
            qint32(threadId()), sequence, quint64(bytes.size()), entryNs, m_queue->trace.now(), bytes});
}

} // namespace forkscope::ipc
