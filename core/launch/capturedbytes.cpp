// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/launch/capturedbytes.h"

#include <QDir>
#include <QFile>

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace forkscope {

namespace {

constexpr qsizetype kRead = 256 * 1024;

} // namespace

qint64 CaptureBuffer::readFrom(int fd)
{
    const qsizetype before = m_memory.size();
    if (m_memory.capacity() - before < kRead)
        m_memory.reserve(std::max(before * 2, before + kRead));
    m_memory.resize(before + kRead);
    qint64 got;
    do {
        got = read(fd, m_memory.data() + before, size_t(kRead));
    } while (got < 0 && errno == EINTR);
    const int why = errno;
    m_memory.resize(before + std::max<qint64>(got, 0));
    if (m_memory.size() > m_mostInMemory && !spill())
        return -1;
    errno = why;
    return got;
}

/// Moves what is in memory to the file; errno says why it cannot.
bool CaptureBuffer::spill()
{
    if (!m_file) {
        const QByteArray folder = QFile::encodeName(QDir::tempPath());
        m_file = UniqueFd(open(folder.constData(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
        if (!m_file)
            return false;
    }
    if (!writeMemory())
        return false;
    m_fileBytes += m_memory.size();
    m_memory.resize(0); // the room stays
    return true;
}

/// Writes what is in memory behind what the file holds.
bool CaptureBuffer::writeMemory() const
{
    for (qsizetype done = 0; done < m_memory.size();) {
        const auto written
            = pwrite(m_file.get(), m_memory.constData() + done, size_t(m_memory.size() - done), m_fileBytes + done);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        done += written;
    }
    return true;
}

CapturedBytes CaptureBuffer::captured() const
{
    CapturedBytes captured;
    const auto give = [&captured](QByteArray bytes) {
        const auto keeper = std::make_shared<const QByteArray>(std::move(bytes));
        captured.m_bytes = *keeper;
        captured.m_keeper = keeper;
        return captured;
    };
    if (!m_file)
        return give(m_memory);
    // A later read writes these bytes to the same place once more.
    const qint64 size = m_fileBytes + m_memory.size();
    void *const mapped = writeMemory() ? mmap(nullptr, size_t(size), PROT_READ, MAP_PRIVATE, m_file.get(), 0) : MAP_FAILED;
    if (mapped != MAP_FAILED) {
        captured.m_keeper = std::shared_ptr<const void>(
            mapped, [size](const void *memory) { munmap(const_cast<void *>(memory), size_t(size)); });
        captured.m_bytes = QByteArrayView(static_cast<const char *>(mapped), size);
        return captured;
    }
    // The disk is full, or addresses are used up: then in memory, as long as there is any.
    QByteArray bytes(m_fileBytes, Qt::Uninitialized);
    for (qint64 done = 0; done < m_fileBytes;) {
        const auto got = pread(m_file.get(), bytes.data() + done, size_t(m_fileBytes - done), done);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            qFatal("Captured output cannot be read back: %s", strerror(errno));
        done += got;
    }
    return give(bytes + m_memory);
}

} // namespace forkscope
