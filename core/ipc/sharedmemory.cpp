// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ipc/sharedmemory.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QStandardPaths>

#include <fcntl.h>
#include <linux/futex.h>
#include <pthread.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <mutex>
#include <utility>

namespace forkscope::ipc {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(SharedMemory)
};

constexpr mode_t kKept = S_ISVTX; ///< marks files whose names are kept
thread_local quint32 t_threadId = 0;

void afterForkInChild()
{
    detail::g_forkGeneration.fetch_add(1, std::memory_order_relaxed);
    t_threadId = 0;
}

[[maybe_unused]] const int registered = pthread_atfork(nullptr, nullptr, afterForkInChild);

/// Whoever has a named file open holds this lock, shared with those who inherited the descriptor, until the last of them ends.
bool lockShared(int fd)
{
    while (flock(fd, LOCK_SH) != 0)
        if (errno != EINTR) // a creator looks at it for an instant
            return false;
    return true;
}

Result<QString> pathOf(const QString &name)
{
    static const QRegularExpression valid(QStringLiteral("\\A[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}\\z"));
    if (!valid.match(name).hasMatch())
        return Error::invalid(Text::tr("use this name for shared memory"),
            Text::tr("a name has 1 to 100 letters, digits, dots, underscores and hyphens, and does not begin with a dot"), name);
    const auto folder = SharedMemory::folder();
    return folder ? Result<QString>(QDir(folder.value()).filePath(name)) : folder;
}

} // namespace

quint32 threadId()
{
    if (!t_threadId)
        t_threadId = quint32(syscall(SYS_gettid));
    return t_threadId;
}

bool futexWait(const std::atomic<quint32> &word, quint32 expected, qint64 ns)
{
    const timespec time{time_t(ns / 1'000'000'000), long(ns % 1'000'000'000)};
    return syscall(SYS_futex, &word, FUTEX_WAIT, expected, &time, nullptr, 0) == 0 || errno != ETIMEDOUT;
}

int futexWake(const std::atomic<quint32> &word, int count)
{
    return int(syscall(SYS_futex, &word, FUTEX_WAKE, count, nullptr, nullptr, 0));
}

qint64 leftOf(const QDeadlineTimer &deadline, qint64 mostNs)
{
    return deadline.isForever() ? mostNs : std::clamp<qint64>(deadline.remainingTimeNSecs(), 0, mostNs);
}

SharedMemory::SharedMemory(SharedMemory &&other) noexcept
{
    *this = std::move(other);
}

SharedMemory &SharedMemory::operator=(SharedMemory &&other) noexcept
{
    std::swap(m_data, other.m_data);
    std::swap(m_mapped, other.m_mapped);
    std::swap(m_fd, other.m_fd);
    std::swap(m_name, other.m_name);
    std::swap(m_creator, other.m_creator);
    return *this;
}

SharedMemory::~SharedMemory()
{
    if (m_data)
        munmap(m_data, m_mapped);
    struct stat ours, there;
    if (m_name.isEmpty() || m_creator != getpid() || fstat(m_fd.get(), &ours) != 0)
        return;
    const auto path = pathOf(m_name);
    if (!path)
        return;
    const QByteArray file = QFile::encodeName(path.value());
    if (lstat(file.constData(), &there) == 0 && there.st_ino == ours.st_ino && there.st_dev == ours.st_dev)
        unlink(file.constData());
}

Result<QString> SharedMemory::folder()
{
    const QString runtime = QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation);
    const QString tried = Text::tr("use the folder of shared memory");
    if (runtime.isEmpty())
        return Error::invalid(tried, Text::tr("there is no runtime folder; set XDG_RUNTIME_DIR"));
    QString path = runtime;
    for (const char *part : {"forkscope", "ipc"}) {
        path = QDir(path).filePath(QLatin1String(part));
        const QByteArray file = QFile::encodeName(path);
        struct stat info;
        if ((mkdir(file.constData(), 0700) != 0 && errno != EEXIST) || lstat(file.constData(), &info) != 0)
            return Error::fromErrno(tried, path);
        if (!S_ISDIR(info.st_mode) || info.st_uid != geteuid() || (info.st_mode & 077))
            return Error::invalid(tried, Text::tr("it must be a folder of yours that nobody else may enter (mode 0700)"), path);
    }
    return path;
}

Result<void> SharedMemory::map(size_t mapped)
{
    void *memory = mmap(nullptr, mapped, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_NORESERVE, m_fd.get(), 0);
    if (memory == MAP_FAILED)
        return Error::fromErrno(Text::tr("map shared memory"), m_name);
    m_data = static_cast<char *>(memory);
    m_mapped = mapped;
    return {};
}

Result<SharedMemory> SharedMemory::create(
    const QString &name, size_t mapped, size_t fileSize, const std::function<Result<void>(SharedMemory &)> &initialise)
{
    const QString tried = Text::tr("create shared memory");
    SharedMemory memory;
    UniqueFd folderFd;
    QByteArray file;
    if (name.isEmpty()) {
        memory.m_fd.reset(memfd_create("forkscope-ipc", MFD_CLOEXEC | MFD_ALLOW_SEALING));
    } else {
        const auto path = pathOf(name);
        if (!path)
            return path.error();
        file = QFile::encodeName(path.value());
        folderFd.reset(open(QFile::encodeName(folder().value()).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        // Two that create the same name take turns; without a name yet, so that nobody finds it half done.
        if (!folderFd || flock(folderFd.get(), LOCK_EX) != 0)
            return Error::fromErrno(tried, path.value());
        memory.m_fd.reset(openat(folderFd.get(), ".", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
    }
    if (!memory.m_fd || fchmod(memory.m_fd.get(), 0600) != 0 || ftruncate(memory.m_fd.get(), off_t(fileSize)) != 0)
        return Error::fromErrno(tried, name);
    if (name.isEmpty() && fcntl(memory.m_fd.get(), F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_SEAL) != 0)
        return Error::fromErrno(tried, name);
    if (const auto done = memory.map(mapped); !done)
        return done.error();
    if (const auto done = initialise(memory); !done)
        return done.error();
    if (name.isEmpty())
        return memory;
    if (!lockShared(memory.m_fd.get()))
        return Error::fromErrno(tried, name);

    const QByteArray self = "/proc/self/fd/" + QByteArray::number(memory.m_fd.get());
    for (bool again = false;; again = true) {
        if (linkat(AT_FDCWD, self.constData(), AT_FDCWD, file.constData(), AT_SYMLINK_FOLLOW) == 0)
            break;
        if (errno != EEXIST || again)
            return Error::fromErrno(tried, QFile::decodeName(file));
        const UniqueFd old(open(file.constData(), O_RDWR | O_CLOEXEC | O_NOFOLLOW));
        struct stat info;
        if (!old || fstat(old.get(), &info) != 0 || (info.st_mode & kKept) || flock(old.get(), LOCK_EX | LOCK_NB) != 0)
            return Error{ErrorCode::InvalidArgument, EEXIST, tried, name,
                Text::tr("this name is in use; attach to it, or choose another name")};
        unlink(file.constData());
    }
    memory.m_name = name;
    memory.m_creator = getpid();
    return memory;
}

Result<SharedMemory> SharedMemory::attach(UniqueFd fd, size_t mapped, size_t fileSize)
{
    const QString tried = Text::tr("attach to shared memory");
    struct stat info;
    if (fstat(fd.get(), &info) != 0)
        return Error::fromErrno(tried);
    const auto size = size_t(info.st_size);
    if (!S_ISREG(info.st_mode) || (fileSize ? size != fileSize : size < mapped))
        return Error{ErrorCode::Malformed, 0, tried, {}, Text::tr("it has another size than this version makes")};
    SharedMemory memory;
    memory.m_fd = std::move(fd);
    fcntl(memory.m_fd.get(), F_SETFD, FD_CLOEXEC);
    if (const auto done = memory.map(fileSize ? mapped : size); !done)
        return done.error();
    return memory;
}

Result<SharedMemory> SharedMemory::attach(const QString &name, size_t mapped, size_t fileSize)
{
    const auto path = pathOf(name);
    if (!path)
        return path.error();
    UniqueFd fd(open(QFile::encodeName(path.value()).constData(), O_RDWR | O_CLOEXEC | O_NOFOLLOW));
    if (!fd || !lockShared(fd.get()))
        return Error::fromErrno(Text::tr("attach to shared memory"), path.value());
    auto memory = attach(std::move(fd), mapped, fileSize);
    if (memory)
        memory.value().m_name = name;
    return memory;
}

Result<void> SharedMemory::keepName()
{
    if (fchmod(m_fd.get(), 0600 | kKept) != 0)
        return Error::fromErrno(Text::tr("keep the name of shared memory"), m_name);
    m_creator = 0;
    return {};
}

Result<void> SharedMemory::remove(const QString &name)
{
    const auto path = pathOf(name);
    if (!path)
        return path.error();
    if (unlink(QFile::encodeName(path.value()).constData()) != 0)
        return Error::fromErrno(Text::tr("remove shared memory"), path.value());
    return {};
}

Result<void> SharedMemory::reserve(size_t offset, size_t length)
{
    int result = 0;
    do {
        result = fallocate(m_fd.get(), FALLOC_FL_KEEP_SIZE, off_t(offset), off_t(length));
    } while (result != 0 && errno == EINTR);
    if (result != 0)
        return Error::fromErrno(Text::tr("make room in shared memory"), m_name);
    if (offset + length <= m_mapped) {
        const size_t begin = offset & ~size_t(4095);
        madvise(m_data + begin, offset + length - begin, MADV_POPULATE_WRITE); // before Linux 5.14: at the first touch
    }
    return {};
}

char *SharedMemory::mapFurther(size_t offset, size_t length) const
{
    void *memory = mmap(nullptr, length, PROT_READ | PROT_WRITE, MAP_SHARED, m_fd.get(), off_t(offset));
    return memory == MAP_FAILED ? nullptr : static_cast<char *>(memory);
}

void SharedMemory::giveBack(size_t offset, size_t length)
{
    fallocate(m_fd.get(), FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, off_t(offset), off_t(length));
}

} // namespace forkscope::ipc
