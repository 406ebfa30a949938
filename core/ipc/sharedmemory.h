// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/uniquefd.h"

#include <QDeadlineTimer>
#include <QString>

#include <atomic>
#include <functional>

namespace forkscope::ipc {

/// A sparse file in memory, mapped for reading and writing: without a name (memfd, sealed against shrinking), or with one in a
/// folder that only its user may enter. Mode 0600 either way. Not thread-safe to change; its memory is for everyone.
class SharedMemory
{
public:
    SharedMemory() = default;
    SharedMemory(SharedMemory &&) noexcept;
    SharedMemory &operator=(SharedMemory &&) noexcept;
    ~SharedMemory(); ///< unmaps; removes the file of a name that this process created and that still is this one

    /// mapped bytes of a file of fileSize bytes; no page is taken yet. name empty: anonymous. initialise() runs before anybody
    /// can find the name. What is left under this name is replaced when no living process has it open and
    /// nobody asked to keep it.
    static Result<SharedMemory> create(
        const QString &name, size_t mapped, size_t fileSize, const std::function<Result<void>(SharedMemory &)> &initialise);
    /// Takes the descriptor. Malformed where the file is not of that size. fileSize 0: as large as it is, but mapped bytes at
    /// least, and mapped whole.
    static Result<SharedMemory> attach(UniqueFd fd, size_t mapped, size_t fileSize);
    static Result<SharedMemory> attach(const QString &name, size_t mapped, size_t fileSize);
    /// The folder of names, made if it is missing: mode 0700, ours, no link.
    static Result<QString> folder();

    char *data() const { return m_data; }
    size_t size() const { return m_mapped; }
    int fd() const { return m_fd.get(); }
    const QString &name() const { return m_name; }
    /// The file stays and its name is not free, also when nobody has it open: until remove().
    Result<void> keepName();
    /// Removes the file of a name; who uses it goes on with its memory.
    static Result<void> remove(const QString &name);
    /// Takes the pages before they are touched, so that a full file system is ENOSPC here and not SIGBUS there; touches them too.
    Result<void> reserve(size_t offset, size_t length);
    /// A part of the file beyond what is mapped; null with errno.
    char *mapFurther(size_t offset, size_t length) const;
    void giveBack(size_t offset, size_t length); ///< its pages; reads as zeros again

private:
    char *m_data = nullptr;
    size_t m_mapped = 0;
    UniqueFd m_fd;
    QString m_name;
    int m_creator = 0; ///< pid; 0: attached
    Result<void> map(size_t mapped);
};

/// Sleeps while word is expected, at most so long. False when the time was over.
bool futexWait(const std::atomic<quint32> &word, quint32 expected, qint64 ns);
/// Wakes so many at most; how many it were.
int futexWake(const std::atomic<quint32> &word, int count);
/// What is left of a deadline in ns, at most so much.
qint64 leftOf(const QDeadlineTimer &deadline, qint64 mostNs);
namespace detail {
inline std::atomic<quint32> g_forkGeneration = 0;
}
/// Counts the forks that this process descends from: what was registered for a parent is not the child's.
inline quint32 forkGeneration()
{
    return detail::g_forkGeneration.load(std::memory_order_relaxed);
}
/// gettid(2), remembered for the thread.
quint32 threadId();

} // namespace forkscope::ipc
