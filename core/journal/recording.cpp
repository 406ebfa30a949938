// SPDX-License-Identifier: GPL-3.0-or-later
// Opening a closed recording, and writing a compact copy of one.
#include "core/journal/compactwriter.h"
#include "core/journal/filelock.h"
#include "core/journal/journalstore.h"
#include "core/journal/journalwriter.h"
#include "core/journal/recordingscan.h"

#include <QCoreApplication>
#include <QFile>
#include <QSaveFile>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include <thread>

namespace forkscope {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(Journal)
};

} // namespace

/// Maps the file and starts the thread that reads it.
Result<std::unique_ptr<Journal>> Journal::start(const QString &path)
{
    const QString tried = Text::tr("open the recording");
    auto store = std::make_unique<JournalStore>();
    store->path = path;
    store->fd = UniqueFd(::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)); // a FIFO would wait
    if (!store->fd)
        return Error::fromErrno(tried, path);
    struct stat info;
    if (fstat(store->fd.get(), &info) != 0)
        return Error::fromErrno(tried, path);
    if (!S_ISREG(info.st_mode))
        return Error::invalid(tried, Text::tr("it is not a plain file"), path);
    lockForReading(store->fd.get()); // not to be had where it is still written; then the writer's lock protects it
    if (info.st_size > 0) {
        void *memory = mmap(nullptr, size_t(info.st_size), PROT_READ, MAP_SHARED, store->fd.get(), 0);
        if (memory == MAP_FAILED)
            return Error::fromErrno(tried, path);
        store->mapping = static_cast<const char *>(memory);
        store->mappingBytes = quint64(info.st_size);
    }
    store->fileBytes = quint64(info.st_size);
    auto scan = std::make_unique<RecordingScan>(*store);
    if (!scan->isRecording())
        return Error{ErrorCode::NotARecording, 0, tried, path, Text::tr("this is not a pcapng file")};
    store->complete = false;
    store->reader = std::thread([scan = std::move(scan), &complete = store->complete] {
        scan->run();
        complete = true;
        complete.notify_all();
    });
    return std::unique_ptr<Journal>(new Journal(std::move(store)));
}

Result<std::unique_ptr<Journal>> Journal::openInBackground(const QString &path)
{
    return start(path);
}

Result<std::unique_ptr<Journal>> Journal::open(const QString &path)
{
    auto journal = start(path);
    if (journal)
        journal.value()->waitUntilRead();
    return journal;
}

bool Journal::isWholeFileRead() const
{
    return m_store->complete;
}

double Journal::readProgress() const
{
    if (isWholeFileRead())
        return 1;
    return double(m_store->scannedBytes.load(std::memory_order_relaxed)) / double(m_store->mappingBytes);
}

void Journal::waitUntilRead() const
{
    m_store->complete.wait(false);
}

Result<void> writeCompactRecording(const Journal &journal, const QString &path)
{
    const QString tried = Text::tr("save the recording");
    journal.waitUntilRead();
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return Error::invalid(tried, file.errorString(), path);
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    CompactWriter writer(file);
    bool written = writer.begin(journal.startTimeNs());
    for (quint32 i = 0; i < journal.channelCount() && written; ++i)
        written = writer.channel(journal.channel(ChannelId(i)));
    const quint64 count = journal.recordCount();
    for (quint64 n = 0; n < count && written; ++n) // commit() reports what went wrong
        if (const auto record = journal.read(n))
            written = record->isEvent() ? writer.event(n, record->timeNs, record->eventNumber, record->bytes)
                                        : writer.message(n, record->timeNs, record->channel, record->message, record->bytes);
    if (!file.commit())
        return Error::invalid(tried, file.errorString(), path);
    return {};
}

} // namespace forkscope
