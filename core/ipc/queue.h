// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/ipc/message.h"
#include "core/ipc/waiter.h"

#include <QByteArray>
#include <QCborValue>
#include <QDeadlineTimer>
#include <QList>
#include <QString>
#include <QStringList>

#include <memory>

namespace forkscope::ipc {

class QueueCore;
class QueueNotifier;
class QueueObserver;

enum class QueueOrder : quint32 { Fifo, Lifo, Priority };

struct QueueOptions {
    qint64 maxSize = 0; ///< messages at a time; 0: as many as find room
    /// Bytes of messages above 240 bytes, for each of their size classes; two of a class, and one message of any size, always
    /// find room. What finds none waits, as in a full queue.
    qint64 memory = 64 << 20;
    /// Empty: no file; hand the descriptor on. Else the file of this name in folder(): letters, digits, '.', '_', '-'.
    QString name = {};
    /// The file of the name, and what is in the queue, stay when its creator and all others have ended, until remove().
    bool keep = false;

    /// The folder of named queues: $XDG_RUNTIME_DIR/forkscope/ipc, mode 0700.
    static QString folder();
};

/// Who waits for a queue at this moment.
struct QueueWaiter : Waiter {
    bool puts = false; ///< waits for a place; else for a message
};

/// What a process held in a queue when it died.
struct QueueDeath {
    enum class Held : quint32 {
        Putting = 1, ///< was inside put: the message was not sent
        Sent, ///< was inside put: the message was sent, whole
        Getting, ///< was inside get: the message stays and goes to another
        Taken, ///< had taken a message out and may not have seen it: it is lost
        Writing, ///< was copying a message into memory: not sent
        View, ///< held a Message: it is freed
    };
    ProcessKey process;
    qint32 tid = 0; ///< 0: unknown
    Held held = Held::Putting;
    quint64 sequence = 0; ///< of the message, from 0; not known of Writing
    quint64 size = 0; ///< bytes
    qint64 foundNs = 0; ///< CLOCK_MONOTONIC, when it was found out
};

/// A queue at one instant; the parts are read one after the other, so they may be one message apart.
struct QueueSnapshot {
    qint64 depth = 0, maxSize = 0; ///< messages
    qint64 bytes = 0; ///< payload in the queue; off by what dead processes held
    quint64 puts = 0, gets = 0, putBytes = 0, gotBytes = 0; ///< since creation
    quint64 unfinished = 0; ///< put and not yet reported by taskDone()
    bool closed = false;
    QList<QueueWaiter> waiters;
    QList<QueueDeath> deaths; ///< the latest 64
    quint64 deathCount = 0;
};

/// A first-in-first-out queue between processes (Python: multiprocessing.Queue): a ring in shared memory, any number of producers
/// and consumers, processes of this machine and PID namespace. Made in a process that a session launched, it is recorded there.
///
/// A message is whole or absent. A process killed inside put or get holds up the others for milliseconds at most; what it held is
/// in snapshot().deaths. The exception is an exec in another thread of a process that is inside: that is noticed when the program
/// ends. What other processes write is never trusted: nonsense is ErrorCode::Malformed. (A *named* queue's file must not be
/// truncated by hand: that ends its users by SIGBUS. The memory of an unnamed one is sealed against it.)
///
/// Thread-safe: one handle may be used by any number of threads, with or without an event loop, and after fork() by the child.
/// Assigning and destroying are not. Copies of a handle share one attachment.
///
/// Deadlines: `QDeadlineTimer(0)` does not wait (Python: block=False), a passed one is as good. Full and Empty come at the
/// deadline and not before. While a process that is *stopped* (SIGSTOP) is inside, others see TimedOut at their deadline.
class Queue
{
public:
    static Result<Queue> create(const QueueOptions &options = {});
    /// The queue behind a descriptor that another handle gave (inherited or received). Takes the descriptor.
    static Result<Queue> attach(int fd);
    static Result<Queue> attach(const QString &name);
    /// Of a kept queue: its name is free again; who uses it goes on. InvalidArgument where something else has the name.
    static Result<void> remove(const QString &name);
    /// The queues in folder(), sorted; not every one need be of this version.
    static QStringList names();
    virtual ~Queue();
    Queue(const Queue &);
    Queue &operator=(const Queue &);

    /// The value as CBOR. What cannot be serialised is refused here, in the caller: NotSerialisable. Full at the deadline;
    /// Closed after close(); TooLarge; ENOSPC.
    Result<void> put(const QCborValue &value, QDeadlineTimer deadline = QDeadlineTimer(QDeadlineTimer::Forever));
    Result<void> putBytes(QByteArrayView bytes, QDeadlineTimer deadline = QDeadlineTimer(QDeadlineTimer::Forever));
    /// Empty at the deadline; Closed when the queue was closed and has run empty. A message that is no CBOR is an error and is
    /// gone: the next one is not hurt.
    Result<QCborValue> get(QDeadlineTimer deadline = QDeadlineTimer(QDeadlineTimer::Forever));
    Result<QByteArray> getBytes(QDeadlineTimer deadline = QDeadlineTimer(QDeadlineTimer::Forever));
    /// Without a copy above 240 bytes: the message stays in shared memory until the view is destroyed.
    Result<Message> getView(QDeadlineTimer deadline = QDeadlineTimer(QDeadlineTimer::Forever));

    /// Messages in it. True when it was read; others go on.
    qint64 qSize() const;
    bool empty() const { return qSize() == 0; }
    bool full() const;
    /// For all processes: no put succeeds any more, whoever waits in one returns; gets empty the queue and then see Closed.
    void close();
    bool isClosed() const;

    /// For handing on: dup2() it or clear FD_CLOEXEC in the child. Lives as long as the handle.
    int fd() const;
    QString name() const; ///< empty: unnamed
    QueueOrder order() const;
    QList<ProcessKey> users() const; ///< living processes that are attached, this one included; reads /proc for each
    /// Looks for dead processes first, so it costs microseconds each; for display, not for loops.
    QueueSnapshot snapshot() const;

protected:
    explicit Queue(std::shared_ptr<QueueCore> core);
    std::shared_ptr<QueueCore> m_core;
    friend class QueueObserver;
    friend class QueueNotifier;
};

/// A queue whose consumers report what they have done (Python: multiprocessing.JoinableQueue).
class JoinableQueue : public Queue
{
public:
    static Result<JoinableQueue> create(const QueueOptions &options = {});
    static Result<JoinableQueue> attach(int fd);
    static Result<JoinableQueue> attach(const QString &name);
    /// Of one message that was got. More often than messages were put: InvalidArgument.
    Result<void> taskDone();
    /// Until every message put so far and meanwhile is done; TimedOut at the deadline.
    Result<void> join(QDeadlineTimer deadline = QDeadlineTimer(QDeadlineTimer::Forever));

private:
    using Queue::Queue;
};

/// put, get and empty, nothing else (Python: multiprocessing.SimpleQueue).
class SimpleQueue
{
public:
    static Result<SimpleQueue> create();
    static Result<SimpleQueue> attach(int fd);
    Result<void> put(const QCborValue &value) { return m_queue.put(value); }
    Result<QCborValue> get() { return m_queue.get(); }
    bool empty() const { return m_queue.empty(); }
    void close() { m_queue.close(); }
    int fd() const { return m_queue.fd(); }

private:
    explicit SimpleQueue(const Queue &queue) : m_queue(queue) { }
    Queue m_queue;
};

/// Last in, first out, across processes (what queue.LifoQueue is between threads).
class LifoQueue : public Queue
{
public:
    static Result<LifoQueue> create(const QueueOptions &options = {});
    static Result<LifoQueue> attach(int fd);

private:
    using Queue::Queue;
};

/// The smallest priority first, equal ones in the order they were put (what queue.PriorityQueue is between threads). put()
/// without a priority means 0.
class PriorityQueue : public Queue
{
public:
    static Result<PriorityQueue> create(const QueueOptions &options = {});
    static Result<PriorityQueue> attach(int fd);
    using Queue::put;
    using Queue::putBytes;
    Result<void> put(const QCborValue &value, qint64 priority, QDeadlineTimer deadline = QDeadlineTimer(QDeadlineTimer::Forever));
    Result<void> putBytes(
        QByteArrayView bytes, qint64 priority, QDeadlineTimer deadline = QDeadlineTimer(QDeadlineTimer::Forever));

private:
    using Queue::Queue;
};

} // namespace forkscope::ipc
