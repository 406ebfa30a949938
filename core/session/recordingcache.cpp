// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/recordingcache.h"

#include "core/base/uniquefd.h"
#include "core/journal/blocks.h"
#include "core/journal/slotpool.h"
#include "core/session/recordingsummary.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QStandardPaths>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <memory>
#include <utility>
#include <vector>

namespace forkscope {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(RecordingCache)
};

constexpr qint64 kDayNs = qint64(24) * 3600 * 1'000'000'000;

bool isOurName(const QString &name)
{
    static const QRegularExpression pattern(QStringLiteral("\\Asession-\\d{8}-\\d{6}-\\d+-\\d+\\.pcapng\\z"));
    return pattern.match(name).hasMatch();
}

/// A file of the cache, open, after all was checked that tells it from others.
struct Entry {
    UniqueFd file;
    struct stat info = {};
};

/// Nothing where it is none of ours. errno tells why where it could not be looked at. flags: O_RDONLY or O_RDWR.
std::optional<Entry> openEntry(int folder, const QString &name, int flags)
{
    errno = 0;
    if (!isOurName(name))
        return {};
    Entry entry;
    // A link is refused, a FIFO does not make us wait.
    entry.file
        = UniqueFd(openat(folder, QFile::encodeName(name).constData(), flags | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY));
    if (!entry.file || fstat(entry.file.get(), &entry.info) != 0)
        return {};
    char head[4096];
    const ssize_t size = pread(entry.file.get(), head, sizeof head, 0);
    errno = 0;
    if (!S_ISREG(entry.info.st_mode) || entry.info.st_uid != geteuid() || size <= 0)
        return {};
    if (!blocks::parseSection(head, quint64(size)).startTimeNs)
        return {};
    return entry;
}

/// Whether the name still stands for the open file.
bool isStill(int folder, const QByteArray &name, const struct stat &info)
{
    struct stat now;
    return fstatat(folder, name.constData(), &now, AT_SYMLINK_NOFOLLOW) == 0 && now.st_dev == info.st_dev
        && now.st_ino == info.st_ino;
}

UniqueFd openFolder(const QString &folder)
{
    return UniqueFd(open(QFile::encodeName(folder).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
}

/// A file of the cache that nobody else can begin to use as long as this lives.
struct Taken {
    UniqueFd folder;
    QByteArray name;
    Entry entry;
};

Result<Taken> take(const RecordingCache &cache, const QString &path, const QString &tried)
{
    if (!cache.holds(path))
        return Error::invalid(tried, Text::tr("it is no unsaved recording in %1").arg(cache.folder()), path);
    Taken taken;
    taken.name = QFile::encodeName(QFileInfo(path).fileName());
    taken.folder = openFolder(cache.folder());
    if (!taken.folder)
        return Error::fromErrno(tried, path);
    auto entry = openEntry(taken.folder.get(), QFile::decodeName(taken.name), O_RDWR);
    if (!entry && errno && errno != ELOOP && errno != EISDIR)
        return Error::fromErrno(tried, path);
    if (!entry)
        return Error::invalid(tried, Text::tr("it is no recording of Forkscope’s"), path);
    taken.entry = std::move(*entry);
    if (!lockForWriting(taken.entry.file.get()) || !isStill(taken.folder.get(), taken.name, taken.entry.info))
        return Error{ErrorCode::System, EBUSY, tried, path, Text::tr("a Forkscope that runs uses it")};
    return taken;
}

/// Copies to a file in the destination's folder, which gets its name when all is on the disk.
Result<void> copyAcross(int from, const QString &destination, const QString &tried)
{
    const QString partPath = destination + QStringLiteral(".part");
    auto part = createRecordingFile(partPath);
    if (!part)
        return part.error();
    const QByteArray partName = QFile::encodeName(partPath);
    const auto fail = [&] {
        const auto error = Error::fromErrno(tried, destination);
        unlink(partName.constData());
        return error;
    };
    constexpr size_t kPiece = size_t(1) << 20;
    const auto piece = std::make_unique<char[]>(kPiece);
    for (off_t at = 0;;) {
        const ssize_t count = pread(from, piece.get(), kPiece, at);
        if (count == 0)
            break;
        if (count < 0 && errno != EINTR)
            return fail();
        for (ssize_t done = 0; done < count;) {
            const ssize_t written = write(part.value().get(), piece.get() + done, size_t(count - done));
            if (written < 0 && errno != EINTR)
                return fail();
            done += std::max<ssize_t>(written, 0);
        }
        at += std::max<ssize_t>(count, 0);
    }
    if (fsync(part.value().get()) != 0 || rename(partName.constData(), QFile::encodeName(destination).constData()) != 0)
        return fail();
    return {};
}

} // namespace

quint64 CleanReport::bytes() const
{
    quint64 sum = 0;
    for (const CachedRecording &recording : removed)
        sum += recording.bytes;
    return sum;
}

RecordingCache::RecordingCache(QString folder) : m_folder(std::move(folder)) { }

QString RecordingCache::defaultFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation) + QStringLiteral("/forkscope");
}

Result<QString> RecordingCache::newFile() const
{
    if (!QDir().mkpath(m_folder))
        return Error::fromErrno(Text::tr("make the folder for recordings"), m_folder);
    chmod(QFile::encodeName(m_folder).constData(), 0700);
    static std::atomic<int> sessions = 0;
    return QStringLiteral("%1/session-%2-%3-%4.pcapng")
        .arg(m_folder, QDateTime::currentDateTime().toString(QStringLiteral("yyyyMMdd-hhmmss")))
        .arg(QCoreApplication::applicationPid())
        .arg(++sessions);
}

bool RecordingCache::holds(const QString &path) const
{
    const QFileInfo file(path);
    return isOurName(file.fileName())
        && QFileInfo(file.absolutePath()).canonicalFilePath() == QFileInfo(m_folder).canonicalFilePath();
}

Result<QList<CachedRecording>> RecordingCache::list() const
{
    const QString tried = Text::tr("look into the folder of unsaved recordings");
    const auto closeFolder = [](DIR *folder) { closedir(folder); };
    const std::unique_ptr<DIR, decltype(closeFolder)> folder(opendir(QFile::encodeName(m_folder).constData()), closeFolder);
    QList<CachedRecording> recordings;
    if (!folder && errno == ENOENT)
        return recordings;
    if (!folder)
        return Error::fromErrno(tried, m_folder);
    while (const dirent *found = readdir(folder.get())) {
        const QString name = QFile::decodeName(found->d_name);
        const auto entry = openEntry(dirfd(folder.get()), name, O_RDONLY);
        if (!entry)
            continue;
        recordings.append({m_folder + u'/' + name, quint64(entry->info.st_blocks) * 512,
            qint64(entry->info.st_mtim.tv_sec) * 1'000'000'000 + entry->info.st_mtim.tv_nsec, useByOthers(entry->file.get())});
    }
    std::sort(recordings.begin(), recordings.end(), [](const CachedRecording &a, const CachedRecording &b) {
        return a.changedNs != b.changedNs ? a.changedNs > b.changedNs : a.path > b.path;
    });
    return recordings;
}

Result<void> RecordingCache::remove(const QString &path) const
{
    const QString tried = Text::tr("remove the recording");
    const auto taken = take(*this, path, tried);
    if (!taken)
        return taken.error();
    if (unlinkat(taken.value().folder.get(), taken.value().name.constData(), 0) != 0)
        return Error::fromErrno(tried, path);
    return {};
}

Result<void> RecordingCache::moveOut(const QString &path, const QString &destination) const
{
    const QString tried = Text::tr("save the recording");
    if (holds(destination))
        return Error::invalid(tried, Text::tr("that is the folder of unsaved recordings, which is cleaned up"), destination);
    const auto taken = take(*this, path, tried);
    if (!taken)
        return taken.error();
    const auto &[folder, name, entry] = taken.value();
    if (renameat(folder.get(), name.constData(), AT_FDCWD, QFile::encodeName(destination).constData()) == 0)
        return {};
    if (errno != EXDEV)
        return Error::fromErrno(tried, destination);
    if (auto copied = copyAcross(entry.file.get(), destination, tried); !copied)
        return copied;
    if (unlinkat(folder.get(), name.constData(), 0) != 0)
        return Error::fromErrno(Text::tr("remove the recording"), path);
    return {};
}

CleanReport RecordingCache::clean(const CacheLimits &limits, qint64 nowNs) const
{
    CleanReport report;
    if (limits.days == 0 && limits.bytes == 0)
        return report;
    auto recordings = list();
    if (!recordings) {
        report.failures.append(recordings.error());
        return report;
    }
    // Writing to mapped memory changes a file's time now and then only, on tmpfs never: its last record tells more.
    for (CachedRecording &recording : recordings.value()) {
        if (limits.days == 0 || recording.use != FileUse::None || nowNs - recording.changedNs <= limits.days * kDayNs)
            continue;
        if (const auto summary = summarizeRecording(recording.path))
            recording.changedNs = std::max(recording.changedNs, std::min(summary.value().lastNs, nowNs));
    }
    for (const CachedRecording &recording : beyondLimits(recordings.value(), limits, nowNs)) {
        if (auto removed = remove(recording.path))
            report.removed.append(recording);
        else if (removed.error().systemError != EBUSY && removed.error().systemError != ENOENT) // else another one was faster
            report.failures.append(removed.error());
    }
    return report;
}

QList<CachedRecording> beyondLimits(QList<CachedRecording> recordings, const CacheLimits &limits, qint64 nowNs)
{
    recordings.removeIf([](const CachedRecording &recording) { return recording.use != FileUse::None; });
    std::stable_sort(recordings.begin(), recordings.end(),
        [](const CachedRecording &a, const CachedRecording &b) { return a.changedNs > b.changedNs; });
    QList<CachedRecording> beyond;
    quint64 kept = 0;
    bool full = false;
    for (qsizetype i = 0; i < recordings.size(); ++i) {
        const CachedRecording &recording = recordings[i];
        const bool old = limits.days > 0 && nowNs - recording.changedNs > limits.days * kDayNs;
        full = full || (limits.bytes > 0 && i > 0 && kept + recording.bytes > limits.bytes);
        if (old || full)
            beyond.append(recording);
        else
            kept += recording.bytes;
    }
    return beyond;
}

} // namespace forkscope
