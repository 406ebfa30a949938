// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/uniquefd.h"
#include "core/journal/journalstore.h"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

namespace forkscope {

/// Creates the file of a recording: mode 0600, empty, locked for writing where the file system can; what stood there is replaced
/// if it was a plain file.
Result<UniqueFd> createRecordingFile(const QString &path);

/// Makes slots ahead of time, in a thread of its own: extends the file, maps the slot and touches every page, because the first
/// touch of a page costs microseconds that no append() should pay. At the size limit it takes the oldest payload slot instead of
/// a new one. Where that takes long the disk is slow; then slots are left as they are, or each page would be written twice, but
/// for one every now and then that tells when it is not slow any more.
///
/// take(), waitForSlot() and lastUsed() need the writer's lock.
class SlotPool
{
public:
    /// maxSlots 0: no limit.
    SlotPool(JournalStore &store, std::mutex &writerLock, quint64 maxSlots);
    ~SlotPool();

    /// Slot 0, at once.
    Result<void> makeHead();
    /// report is called in the pool's thread (at last in that of stop()): with what was given up (false: no room to write it, try
    /// again later), or with an empty PayloadLost every now and then while slots are missing, so that the writer can tell of its
    /// own losses.
    void start(std::function<bool(PayloadLost)> report);
    void stop();

    /// A slot that is one filler, or null if none is ready.
    Slot *take(blocks::SlotKind kind);
    /// Waits until take() may work. False where there is no hope at the moment (full disk and nothing to give up), or the time
    /// is over.
    bool waitForSlot(std::unique_lock<std::mutex> &lock, std::optional<std::chrono::milliseconds> longest = {});
    quint64 offsetOf(const Slot &slot) const;
    /// The slot in use that lies last in the file; null if there is none but slot 0.
    const Slot *lastUsed() const;
    /// After stop(): cuts off what lies behind the last slot in use, and that slot's own free end.
    Result<void> trim(quint32 lastTail);
    /// Whether who writes to a slot may have to wait for the disk, as the kernel makes everybody wait who changes pages of a file
    /// faster than it can write them. Thread-safe.
    bool isSlow() const;
    /// Somebody had to wait so. Thread-safe.
    void tellStall();
    /// errno of the last extension that failed; 0: none.
    int lastError() const { return m_error.load(); }
    /// Whether the file had no name left when it was last looked at.
    bool isFileRemoved() const { return m_fileRemoved.load(); }
    /// Copies all slots to a new file and goes on there. In any thread; not after stop(). See JournalWriter::moveTo().
    Result<void> moveTo(const QString &path);

private:
    void run();
    enum class Pages : quint8 { AsTheyAre, Filled };
    bool isToPrepare() const;
    Slot *extend(Pages pages);
    static void fill(int fd, qint64 offset);
    static void touch(const Slot &slot);
    Slot *recycleOldest(std::unique_lock<std::mutex> &lock, PayloadLost &lost);
    void tellTheRest();
    void lookAtFile();
    size_t target() const;

    JournalStore &m_store;
    std::mutex &m_lock; ///< the writer's; guards all but the atomics
    const quint64 m_maxSlots;
    /// Held while slots are made or given up without the lock, so that none of it happens while the file is exchanged. Taken
    /// before the lock.
    std::mutex m_fileMutex;
    std::condition_variable m_wanted; ///< the pool's thread waits for work
    std::condition_variable m_ready; ///< producers wait for a slot
    std::deque<Slot *> m_free;
    std::deque<Slot *> m_payload; ///< in use, oldest first; the last one is being filled
    std::deque<PayloadLost> m_untold;
    std::function<bool(PayloadLost)> m_report;
    std::thread m_thread;
    size_t m_taken = 0;
    bool m_stop = false;
    bool m_exhausted = false;
    qint64 m_lookedNs = 0; ///< at the disk, with a slot that was prepared
    qint64 m_pauseNs = 0; ///< until the next such look, while it is slow
    std::atomic<bool> m_slow = false; ///< it took long then
    std::atomic<qint64> m_preparesSinceNs = 0; ///< 0: not now
    std::atomic<qint64> m_stalledNs = 0; ///< somebody had to wait then; 0: never
    std::atomic<int> m_error = 0;
    std::atomic<bool> m_fileRemoved = false;
};

} // namespace forkscope
