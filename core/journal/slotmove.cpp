// SPDX-License-Identifier: GPL-3.0-or-later
// SlotPool::moveTo(): a recording goes on in another file while it is written and read.
#include "core/journal/slotpool.h"

#include <QCoreApplication>
#include <QFile>

#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <optional>
#include <vector>

namespace forkscope {

using blocks::kSlotSize;

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(Journal)
};

/// As long as this stays the same, nobody has written to the slot.
struct SlotState {
    quint32 generation;
    quint32 tail;
    bool operator==(const SlotState &) const = default;
};

/// The new file while it is filled; gone again where that fails.
class NewFile
{
public:
    NewFile(UniqueFd fd, QByteArray name) : m_fd(std::move(fd)), m_name(std::move(name)) { }
    ~NewFile()
    {
        if (!m_kept)
            unlink(m_name.constData());
    }
    Q_DISABLE_COPY_MOVE(NewFile)

    /// False: errno says why. By write(2), since a store to a mapping of a full disk would be a SIGBUS.
    bool copy(const Slot &slot) const
    {
        const auto offset = off_t(slot.number * kSlotSize);
        const char *base = slot.base.load();
        for (size_t done = 0; done < kSlotSize;) {
            const ssize_t written = pwrite(m_fd.get(), base + done, kSlotSize - done, offset + off_t(done));
            if (written < 0 && errno == EINTR)
                continue;
            if (written <= 0)
                return false;
            done += size_t(written);
        }
        return true;
    }

    bool renameTo(const QByteArray &name)
    {
        m_kept = ::rename(m_name.constData(), name.constData()) == 0;
        return m_kept;
    }

    int fd() const { return m_fd.get(); }
    UniqueFd takeFd() { return std::move(m_fd); }

private:
    UniqueFd m_fd;
    QByteArray m_name;
    bool m_kept = false;
};

/// The slot's place in memory becomes that of this file. What is there is the same, so that readers notice nothing.
bool mapSlot(const Slot &slot, int fd)
{
    return mmap(slot.base.load(), kSlotSize, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, fd, off_t(slot.number * kSlotSize))
        != MAP_FAILED;
}

} // namespace

Result<void> SlotPool::moveTo(const QString &path)
{
    const QString tried = Text::tr("move the recording");
    const QString partPath = path + QStringLiteral(".part");
    auto created = createRecordingFile(partPath);
    if (!created)
        return created.error();
    NewFile file(std::move(created).value(), QFile::encodeName(partPath));

    // Most of it while others write. What changes meanwhile is copied again.
    std::vector<std::optional<SlotState>> copied;
    for (int pass = 0; pass < 4; ++pass) {
        quint64 changed = 0;
        const quint64 count = m_store.slotList.count();
        copied.resize(count);
        for (quint64 i = 0; i < count; ++i) {
            const Slot &slot = m_store.slotList[i];
            std::optional<SlotState> state;
            {
                const std::scoped_lock lock(m_lock);
                if (slot.pending.load(std::memory_order_acquire) == 0)
                    state = SlotState{slot.generation, slot.tail};
            }
            if (i > 0 && state && copied[i] == state)
                continue;
            ++changed;
            if (!file.copy(slot))
                return Error::fromErrno(tried, path);
            copied[i] = state;
        }
        if (changed <= 4)
            break;
    }

    const std::scoped_lock fileLock(m_fileMutex);
    const std::scoped_lock lock(m_lock);
    const quint64 count = m_store.slotList.count();
    copied.resize(count);
    for (quint64 i = 0; i < count; ++i) {
        const Slot &slot = m_store.slotList[i];
        while (slot.pending.load(std::memory_order_acquire) > 0)
            std::this_thread::yield(); // a copy: microseconds
        const bool same = i > 0 && copied[i] == SlotState{slot.generation, slot.tail}; // slot 0 tells its tail to nobody
        if (!same && !file.copy(slot))
            return Error::fromErrno(tried, path);
    }
    for (quint64 i = 0; i < count; ++i) {
        if (mapSlot(m_store.slotList[i], file.fd()))
            continue;
        const auto error = Error::fromErrno(tried, path);
        for (quint64 back = 0; back <= i; ++back)
            mapSlot(m_store.slotList[back], m_store.fd.get());
        return error;
    }
    if (!file.renameTo(QFile::encodeName(path))) {
        const auto error = Error::fromErrno(tried, path);
        for (quint64 back = 0; back < count; ++back)
            mapSlot(m_store.slotList[back], m_store.fd.get());
        return error;
    }
    m_store.fd = file.takeFd();
    {
        const std::scoped_lock pathLock(m_store.pathMutex);
        m_store.path = path;
    }
    m_error = 0;
    m_fileRemoved = false;
    m_exhausted = false;
    m_wanted.notify_all();
    return {};
}

} // namespace forkscope
