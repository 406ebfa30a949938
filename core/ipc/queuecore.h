// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ipc/queuelayout.h"

#include <memory>
#include <optional>

namespace forkscope::ipc {

/// One process's attachment to a queue: what Queue and its kin stand on. Thread-safe.
///
/// Fifo: producers and consumers have a mutex each and meet only in two words, Progress of the puts and of the gets. A put writes
/// its record behind the last one and then stores the progress; a get copies the record and then stores the progress. Before the
/// store nothing has happened, after it everything has. Lifo and Priority have one mutex, the state of a slab is the
/// commit, and the heap is only an index, made again from the states after a death.
class QueueCore : public std::enable_shared_from_this<QueueCore>
{
public:
    static Result<std::shared_ptr<QueueCore>> create(const QueueOptions &options, QueueOrder order);
    static Result<std::shared_ptr<QueueCore>> attach(int fd, std::optional<QueueOrder> order);
    static Result<std::shared_ptr<QueueCore>> attach(const QString &name, std::optional<QueueOrder> order);
    ~QueueCore();

    Result<void> put(QByteArrayView bytes, qint64 priority, const QDeadlineTimer &deadline);
    Result<Message> get(const QDeadlineTimer &deadline);
    void releaseView(quint32 slab, quint32 generation);
    void close();

    /// Puts and gets so far, checked: nothing where they contradict each other.
    std::optional<quint32> depth() const;
    bool isFull() const;
    bool waitForMessage(qint64 ns, const std::atomic<bool> &stop); ///< unlisted; also returns when closed
    Result<void> taskDone();
    Result<void> join(const QDeadlineTimer &deadline);
    /// Frees what dead processes held and reports it.
    void sweep();
    QueueSnapshot snapshot();

    QueueMemory &memory() { return *m_queue; }
    const SharedMemory &file() const { return m_memory; }
    Result<void> reserve(size_t offset, size_t length) { return m_memory.reserve(offset, length); }
    /// Registers this process first, if need be; kNobody: no place left.
    ParticipantId self()
    {
        const ParticipantId known = m_self.load(std::memory_order_relaxed);
        return known != kNobody && m_generation.load(std::memory_order_relaxed) == forkGeneration() ? known : registerSelf();
    }

private:
    explicit QueueCore(SharedMemory memory);
    ParticipantId registerSelf();
    static Result<std::shared_ptr<QueueCore>> attach(Result<SharedMemory> memory, std::optional<QueueOrder> order);
    struct Place {
        QByteArrayView bytes;
        qint64 priority = 0;
        quint32 slab = kNoSlab;
        quint64 sequence = 0; ///< set by the put
        qint64 entryNs = 0; ///< for the observer, where there is one
    };
    enum class Step { Done, Wait, Closed, Corrupt };

    Result<void> lock(RobustMutex &mutex, const QDeadlineTimer &deadline, QString (*tried)());
    Step putFifo(Place &place);
    Step putOrdered(Place &place);
    Step getFifo(Message &message);
    Step getOrdered(Message &message);
    void hold(Message &message, quint32 slab, const char *data, quint64 size);
    Result<void> acquireSlab(Place &place, const QDeadlineTimer &deadline);
    template<typename Ready> bool spinUntil(Ready ready);
    void linger();
    /// These: false at the deadline.
    template<typename Ready> bool sleepUntil(Waiters::Kind kind, const QDeadlineTimer &deadline, Ready ready);
    template<typename Ready> bool waitUntil(Waiters::Kind kind, const QDeadlineTimer &deadline, Ready ready);
    void wakeProducers();
    bool hasRoom(Progress puts, Progress gets, quint32 cells) const;
    void begin(Intent &intent, bool gets, quint32 slab, quint64 sequence, quint64 size);
    void noteEntry(qint64 &entryNs);
    void trace(TraceRecord::Operation operation, quint64 sequence, QByteArrayView bytes, qint64 entryNs);
    Error corrupt(const QString &tried) const;

    // After a death.
    void recover(RobustMutex &mutex, ParticipantId dead);
    void recoverFifo(QueueSide &side, ParticipantId dead);
    void recoverOrdered(ParticipantId dead);
    quint32 rebuildHeap();
    bool sweepOne(ParticipantId dead);
    void report(ParticipantId dead, quint32 tid, QueueDeath::Held held, quint64 sequence, quint64 size);
    bool isLocker(ParticipantId id) const;

    // The heap of Lifo and Priority; under the mutex.
    bool before(quint32 a, quint32 b) const;
    void heapPush(quint32 slab);
    void heapPop();

    SharedMemory m_memory;
    QueueMemory *m_queue;
    const QueueOrder m_order;
    const quint32 m_maxSize;
    SlabPool m_slabs;
    std::mutex m_selfMutex;
    std::atomic<ParticipantId> m_self = kNobody;
    std::atomic<quint32> m_generation = 0;
    std::atomic<qint32> m_pid = 0;
    std::atomic<quint32> m_uselessSpins = 0;
    std::atomic<quint32> m_uselessLingers = 0;
};

} // namespace forkscope::ipc
