// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ipc/queue.h"

#include <QObject>
#include <QSemaphore>

#include <atomic>
#include <thread>

namespace forkscope::ipc {

/// Tells an event loop when a queue can be got from. For the thread in which it lives. A thread of its own waits, so that this
/// one never does; it keeps an attachment of the queue.
class QueueNotifier : public QObject
{
    Q_OBJECT

public:
    explicit QueueNotifier(const Queue &queue, QObject *parent = nullptr);
    ~QueueNotifier() override; ///< does not wait for a message

signals:
    /// A message is there: get one, with a deadline of 0, since another consumer may be quicker. Comes again while more is there,
    /// and not before the slots of the last one have returned.
    void readyRead();
    /// The queue was closed and is empty. Comes once, as the last.
    void ended();

private:
    void wait();
    void tell();

    const Queue m_queue;
    QSemaphore m_told;
    std::atomic<bool> m_stop = false;
    bool m_ended = false;
    std::thread m_thread;
};

} // namespace forkscope::ipc
