// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/slotpool.h"

#include "core/base/clock.h"
#include "core/journal/filelock.h"

#include <QCoreApplication>
#include <QFile>
#include <QHash>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <vector>

namespace forkscope {

using blocks::kSlotSize;
using blocks::SlotKind;

namespace {

constexpr qint64 kSlowNs = 25'000'000; ///< asleep while a slot is prepared: a disk that keeps up takes some milliseconds
/// From one look whether it is still slow to the next: none at first, since a single slot may have waited for something else.
constexpr qint64 kFirstPauseNs = 1'000'000'000, kLongestPauseNs = 10'000'000'000;
constexpr qint64 kAfterStallNs = 1'000'000'000; ///< so long it is slow for one who had to wait

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(Journal)
};

/// How long this thread has been on a CPU or waited for one, so that a busy machine is not taken for a slow disk. 0: the kernel
/// does not tell.
qint64 awakeNs()
{
    const UniqueFd file(open("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC));
    char text[80] = {};
    qint64 ran = 0, waited = 0;
    if (!file || read(file.get(), text, sizeof text - 1) <= 0 || std::sscanf(text, "%lld %lld", &ran, &waited) != 2)
        return 0;
    return ran + waited;
}

} // namespace

Result<UniqueFd> createRecordingFile(const QString &path)
{
    const QByteArray name = QFile::encodeName(path);
    const QString tried = Text::tr("create the recording");
    struct stat info;
    if (lstat(name.constData(), &info) == 0) {
        if (!S_ISREG(info.st_mode))
            return Error::invalid(tried, Text::tr("something that is not a plain file has this name"), path);
        // Removed, not truncated: another Forkscope may have the old file mapped.
        if (unlink(name.constData()) != 0)
            return Error::fromErrno(tried, path);
    }
    UniqueFd fd(open(name.constData(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (!fd)
        return Error::fromErrno(tried, path);
    // Before there is anything in it: what RecordingCache finds unlocked with a content has no writer any more.
    lockForWriting(fd.get());
    return fd;
}

SlotPool::SlotPool(JournalStore &store, std::mutex &writerLock, quint64 maxSlots)
    : m_store(store), m_lock(writerLock), m_maxSlots(maxSlots)
{
}

SlotPool::~SlotPool()
{
    stop();
}

/// Brings the pages between the first and the last into the page cache: of a page that is there a fault costs little, of one that
/// is not it takes most of the time that a slot takes. Each write lets the kernel take so much memory in one piece, which halves
/// the cost of the faults too; larger ones bring no more. What fails is left to touch().
void SlotPool::fill(int fd, qint64 offset)
{
    static char zeros[256 * 1024]; // never written, so one page of memory
    constexpr qint64 kPage = 4096;
    for (qint64 at = kPage; at < qint64(kSlotSize) - kPage;) {
        const auto size = std::min<qint64>(sizeof zeros - at % qint64(sizeof zeros), qint64(kSlotSize) - kPage - at);
        if (pwrite(fd, zeros, size_t(size), offset + at) != size)
            return;
        at += size;
    }
}

/// Touches every page, so that no producer has to. Before Linux 5.14 there is no MADV_POPULATE_WRITE: then they do.
void SlotPool::touch(const Slot &slot)
{
    madvise(slot.base.load(), kSlotSize, MADV_POPULATE_WRITE);
}

/// A new slot at the end of the file, mapped; null on failure, with errno in m_error.
Slot *SlotPool::extend(Pages pages)
{
    const std::scoped_lock fileLock(m_fileMutex);
    const int fd = m_store.fd.get();
    const quint64 number = m_store.slotList.count();
    const auto offset = off_t(number * kSlotSize);
    const auto failed = [this, offset, fd](int error) -> Slot * {
        m_error = error;
        if (ftruncate(fd, offset) != 0)
            m_error = error; // the first reason is the one that matters
        return nullptr;
    };
    // Room first, size last: at every instant the file is a chain of whole blocks, but for the microsecond between the two last
    // steps.
    if (fallocate(fd, FALLOC_FL_KEEP_SIZE, offset, off_t(kSlotSize)) != 0) {
        const int error = errno == EOPNOTSUPP ? posix_fallocate(fd, offset, off_t(kSlotSize)) : errno;
        if (error)
            return failed(error);
    }
    void *memory = mmap(nullptr, kSlotSize, PROT_READ | PROT_WRITE, MAP_SHARED, fd, offset);
    if (memory == MAP_FAILED)
        return failed(errno);
    auto *base = static_cast<char *>(memory);
    const quint32 small[] = {blocks::Filler, blocks::kMinimumFiller, 0, blocks::kMinimumFiller};
    const auto trailer = quint32(kSlotSize);
    if (pwrite(fd, small, sizeof small, offset) != sizeof small) {
        const int error = errno;
        munmap(memory, kSlotSize);
        return failed(error);
    }
    blocks::writeHeader(base, {blocks::Filler, blocks::kMinimumFiller}); // the page is there from now on
    if (pwrite(fd, &trailer, sizeof trailer, offset + off_t(kSlotSize) - 4) != sizeof trailer) {
        const int error = errno;
        munmap(memory, kSlotSize);
        return failed(error);
    }
    blocks::writeHeader(base, {blocks::Filler, trailer});
    if (pages == Pages::Filled)
        fill(fd, offset);

    Slot &slot = m_store.slotList.slot(number);
    slot.number = number;
    slot.base.store(base, std::memory_order_release);
    m_store.slotList.setCount(number + 1);
    m_error = 0;
    return &slot;
}

Result<void> SlotPool::makeHead()
{
    Slot *slot = extend(Pages::AsTheyAre);
    if (!slot) {
        errno = m_error;
        return Error::fromErrno(Text::tr("make room for the recording"), m_store.currentPath());
    }
    slot->kind = SlotKind::Head;
    return {};
}

void SlotPool::start(std::function<bool(PayloadLost)> report)
{
    m_report = std::move(report);
    m_thread = std::thread([this] { run(); });
}

void SlotPool::stop()
{
    {
        const std::scoped_lock lock(m_lock);
        m_stop = true;
    }
    m_wanted.notify_all();
    m_ready.notify_all();
    if (m_thread.joinable())
        m_thread.join();
    tellTheRest();
}

/// Losses that found no place to be told in are told now; if it must be, in the place of the oldest payload.
void SlotPool::tellTheRest()
{
    std::unique_lock lock(m_lock);
    bool madeRoom = false;
    while (!m_untold.empty()) {
        const PayloadLost lost = m_untold.front();
        lock.unlock();
        const bool told = m_report(lost);
        lock.lock();
        if (told) {
            m_untold.pop_front();
            continue;
        }
        PayloadLost more;
        Slot *slot = madeRoom ? nullptr : recycleOldest(lock, more);
        if (!slot)
            return;
        madeRoom = true;
        m_free.push_back(slot);
        if (!more.channels.isEmpty())
            m_untold.push_back(std::move(more));
    }
}

/// How many slots to hold ready: few for a short recording, more for one that grows fast.
size_t SlotPool::target() const
{
    const size_t most = m_maxSlots ? std::clamp<size_t>(m_maxSlots / 8, 1, 8) : 8;
    return std::clamp<size_t>(m_taken, 2, std::max<size_t>(most, 2));
}

Slot *SlotPool::take(SlotKind kind)
{
    if (m_free.empty())
        return nullptr;
    Slot *slot = m_free.front();
    m_free.pop_front();
    ++m_taken;
    ++slot->generation;
    slot->kind = kind;
    if (kind == SlotKind::Payload)
        m_payload.push_back(slot);
    m_wanted.notify_one();
    return slot;
}

bool SlotPool::waitForSlot(std::unique_lock<std::mutex> &lock, std::optional<std::chrono::milliseconds> longest)
{
    m_wanted.notify_one();
    const auto isOver = [this] { return !m_free.empty() || m_exhausted || m_stop; };
    if (longest)
        m_ready.wait_for(lock, *longest, isOver);
    else
        m_ready.wait(lock, isOver);
    return !m_free.empty();
}

/// Gives up the oldest payload slot. Null where none may be: one is being filled, so at least two must be there. The lock is let
/// go of while readers finish.
Slot *SlotPool::recycleOldest(std::unique_lock<std::mutex> &lock, PayloadLost &lost)
{
    if (m_payload.size() < 2)
        return nullptr;
    Slot *slot = m_payload.front();
    m_payload.pop_front();
    ++slot->generation;
    const quint64 nextFirst = m_payload.front()->firstRecord;
    const quint32 tail = slot->tail;
    const char *base = slot->base.load();
    lock.unlock();
    std::unique_lock fileLock(m_fileMutex);

    slot->recycling.store(true, std::memory_order_seq_cst);
    while (slot->pins.load(std::memory_order_seq_cst) > 0 || slot->pending.load(std::memory_order_acquire) > 0)
        std::this_thread::yield(); // a paint or a copy: microseconds

    QHash<ChannelId, PayloadLost::PerChannel> channels;
    quint64 records = 0, bytes = 0;
    std::vector<PayloadLost> tellAgain;
    const quint32 kPayloadLostNumber = eventNumber(PayloadLost{});
    lost.firstRecord = slot->firstRecord;
    for (quint32 at = 0; at < tail;) {
        const auto header = blocks::readHeader(base + at);
        if (const auto record = blocks::parseRecord(base + at, header.length)) {
            m_store.index[record->number].setLost();
            lost.lastRecord = record->number;
            if (record->isEvent) {
                // Of what a full disk cost, this may be the only trace (JournalWriter::Private::appendLoss).
                const auto event
                    = record->eventNumber == kPayloadLostNumber ? decodeEvent(record->eventNumber, record->bytes) : std::nullopt;
                if (event)
                    tellAgain.push_back(std::get<PayloadLost>(*event));
            } else {
                auto &entry = channels[record->channel];
                entry.channel = record->channel;
                ++entry.records;
                entry.bytes += quint64(record->bytes.size());
                ++records;
                bytes += quint64(record->bytes.size());
            }
        }
        at += header.length;
    }
    lost.channels = channels.values();
    m_store.lostRecords.fetch_add(records);
    m_store.lostBytes.fetch_add(bytes);
    m_store.firstRecord.store(nextFirst, std::memory_order_release);
    m_store.fileBytes.fetch_sub(tail);
    blocks::writeFiller(slot->base.load(), quint32(kSlotSize));
    slot->recycling.store(false, std::memory_order_seq_cst);
    fileLock.unlock();
    lock.lock();
    m_untold.insert(m_untold.end(), tellAgain.begin(), tellAgain.end());
    return slot;
}

bool SlotPool::isSlow() const
{
    const qint64 now = monotonicNs(), preparesSince = m_preparesSinceNs, stalled = m_stalledNs;
    return m_slow || (preparesSince && now - preparesSince > kSlowNs) || (stalled && now - stalled < kAfterStallNs);
}

void SlotPool::tellStall()
{
    m_stalledNs = monotonicNs();
}

/// Whether the pages of the next slot are to be made ready.
bool SlotPool::isToPrepare() const
{
    return !m_slow || monotonicNs() - m_lookedNs >= m_pauseNs;
}

void SlotPool::run()
{
    using namespace std::chrono_literals;
    constexpr auto kLookEvery = 1s;
    auto looked = std::chrono::steady_clock::now();
    std::unique_lock lock(m_lock);
    while (!m_stop) {
        if (m_free.size() < target()) {
            Slot *slot = nullptr;
            PayloadLost lost;
            const bool atLimit = m_maxSlots && m_store.slotList.count() >= m_maxSlots;
            const bool prepares = isToPrepare();
            // The first ones are wanted at once: filling 4 MiB takes a millisecond.
            const bool touched = !atLimit && prepares && m_store.slotList.count() > 2;
            const qint64 beginNs = monotonicNs(), beginAwakeNs = awakeNs();
            m_preparesSinceNs = prepares ? beginNs : 0;
            if (!atLimit) {
                lock.unlock();
                slot = extend(touched ? Pages::Filled : Pages::AsTheyAre);
                if (slot && touched)
                    touch(*slot);
                lock.lock();
            }
            // On a full disk nothing is given up: what append() has once reported as written stays.
            if (atLimit)
                slot = recycleOldest(lock, lost);
            if (!lost.channels.isEmpty())
                m_untold.push_back(std::move(lost));
            m_exhausted = !slot && m_free.empty();
            if (slot)
                m_free.push_back(slot);
            m_ready.notify_all();
            if (slot && prepares && !touched) {
                lock.unlock();
                touch(*slot);
                lock.lock();
            }
            if (slot && prepares) {
                m_lookedNs = monotonicNs();
                const bool slow = m_lookedNs - beginNs - (awakeNs() - beginAwakeNs) > kSlowNs;
                m_pauseNs = slow && m_slow ? std::clamp(2 * m_pauseNs, kFirstPauseNs, kLongestPauseNs) : 0;
                m_slow = slow;
            }
            m_preparesSinceNs = 0;
            if (!slot)
                m_wanted.wait_for(lock, 500ms); // a disk may get room again, a second payload slot come into use
        } else {
            m_wanted.wait_for(lock, kLookEvery, [this] { return m_stop || m_free.size() < target(); });
        }
        while (!m_untold.empty()) {
            const PayloadLost lost = m_untold.front();
            lock.unlock();
            const bool told = m_report(lost);
            lock.lock();
            if (!told)
                break;
            m_untold.pop_front();
        }
        lock.unlock();
        m_report({});
        if (const auto now = std::chrono::steady_clock::now(); now - looked >= kLookEvery) {
            looked = now;
            lookAtFile();
        }
        lock.lock();
    }
}

void SlotPool::lookAtFile()
{
    const std::scoped_lock fileLock(m_fileMutex);
    struct stat info;
    if (fstat(m_store.fd.get(), &info) == 0)
        m_fileRemoved = info.st_nlink == 0;
}

quint64 SlotPool::offsetOf(const Slot &slot) const
{
    return slot.number * kSlotSize;
}

const Slot *SlotPool::lastUsed() const
{
    for (quint64 i = m_store.slotList.count(); i-- > 1;) {
        const Slot &slot = m_store.slotList[i];
        if (std::find(m_free.begin(), m_free.end(), &slot) == m_free.end())
            return &slot;
    }
    return nullptr;
}

Result<void> SlotPool::trim(quint32 lastTail)
{
    const Slot *last = lastUsed();
    const quint64 size = (last ? offsetOf(*last) : 0) + lastTail;
    if (ftruncate(m_store.fd.get(), off_t(size)) != 0)
        return Error::fromErrno(Text::tr("trim the recording"), m_store.currentPath());
    m_store.fileBytes.store(size);
    return {};
}

} // namespace forkscope
