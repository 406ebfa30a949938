// SPDX-License-Identifier: GPL-3.0-or-later
// libFuzzer's way into the reader of recordings: whatever a file holds, it is opened or refused, and read to its end.
// With --seeds FOLDER as its only arguments it writes small real recordings there instead, to begin with.
#include "core/journal/blocks.h"
#include "core/journal/journalwriter.h"

#include <QDir>
#include <QFile>
#include <QtEndian>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <sys/mman.h>
#include <unistd.h>

using namespace forkscope;

namespace {

/// Keeps what is computed from a record from being optimised away, and its bytes from being unread.
volatile quint64 sink;

void readAll(const Journal &journal)
{
    quint64 sum = 0;
    // Numbers may have holes of millions; both ends and the lists of the channels visit every record that is there.
    const quint64 count = journal.recordCount();
    const auto visit = [&](quint64 n) {
        const auto record = journal.read(n);
        if (!record)
            return;
        for (const char byte : record->bytes)
            sum += quint8(byte);
        sum += quint64(record->timeNs) + quint64(journal.channelOf(n));
        if (record->isEvent())
            sum += decodeEvent(record->eventNumber, record->bytes).has_value();
    };
    for (quint64 n = 0; n < qMin(count, quint64(4096)); ++n)
        visit(n);
    for (quint64 i = 0; i < journal.eventCount(); ++i)
        visit(journal.eventRecord(i));
    for (quint32 c = 0; c < journal.channelCount(); ++c) {
        sum += quint64(journal.channel(ChannelId(c)).name.size());
        for (quint64 i = 0; i < journal.channelRecordCount(ChannelId(c)); ++i)
            visit(journal.channelRecord(ChannelId(c), i));
    }
    sum += journal.openReport().cutBytes + journal.counters().payloadBytes;
    sink = sum;
}

constexpr qint64 kHeadBytes = 1024; ///< of slot 0
constexpr qint64 kSlotBytes = 4096; ///< of every other slot

void save(const QString &path, char form, const QByteArray &bytes)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(form + bytes) != bytes.size() + 1)
        std::abort();
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// The beginning of each slot: what LLVMFuzzerTestOneInput() puts back to its place.
QByteArray beginningsOfSlots(const QByteArray &file)
{
    QByteArray beginnings = file.first(kHeadBytes);
    for (qsizetype at = qsizetype(blocks::kSlotSize); at < file.size(); at += qsizetype(blocks::kSlotSize))
        beginnings += file.mid(at, kSlotBytes).leftJustified(kSlotBytes, '\0');
    return beginnings;
}

/// A section, an interface and a packet, as a big-endian machine writes them.
QByteArray bigEndianFile()
{
    QByteArray file;
    for (const quint32 word : {0x0A0D0D0Au, 28u, blocks::kByteOrderMagic, 0x00010000u, 0xffffffffu, 0xffffffffu, 28u, //
             1u, 20u, 252u << 16, 0u, 20u, //
             6u, 36u, 0u, 0u, 0u, 4u, 4u, 0x61626364u, 36u}) {
        const quint32 swapped = qToBigEndian(word);
        file.append(reinterpret_cast<const char *>(&swapped), 4);
    }
    return file;
}

/// Real recordings, in the forms that LLVMFuzzerTestOneInput() takes.
void writeSeeds(const QString &folder)
{
    QDir().mkpath(folder);
    const QString path = folder + QStringLiteral("/scratch");
    auto writer = JournalWriter::create(path);
    if (!writer)
        qFatal("%s", qPrintable(errorText(writer.error())));
    JournalWriter &journal = *writer.value();
    const ChannelId out
        = journal.openChannel({ChannelId::None, ChannelKind::StandardOutput, LaunchId(1), {11, 12}, "stdout a(11)"});
    const ChannelId err
        = journal.openChannel({ChannelId::None, ChannelKind::StandardError, LaunchId(1), {11, 12}, "stderr a(11)"});
    journal.append(LaunchRequested{LaunchId(1), {"a", "b c"}, "/"});
    journal.append(out, "hello\n");
    journal.append(err, "err\n", {11, 12, 2});
    journal.append(out, QByteArray(300, 'x'));
    journal.append(ChannelOpened{{ChannelId(2), ChannelKind::StandardOutput, LaunchId(2), {13, 14}, "further"}});
    PayloadLost lost;
    lost.firstRecord = 1;
    lost.lastRecord = 2;
    lost.channels = {{out, 1, 6}};
    journal.append(lost);
    journal.append(ChannelClosed{out, 306, 0});
    if (!journal.close())
        std::abort();
    save(folder + QStringLiteral("/slots"), '\1', beginningsOfSlots(contentOf(path)));
    if (!writeCompactRecording(journal.journal(), path + QStringLiteral("2")))
        std::abort();
    save(folder + QStringLiteral("/compact"), '\0', contentOf(path + QStringLiteral("2")));
    save(folder + QStringLiteral("/big-endian"), '\0', bigEndianFile());
    QFile::remove(path);
    QFile::remove(path + QStringLiteral("2"));
}

} // namespace

extern "C" int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    if (*argc == 3 && std::strcmp((*argv)[1], "--seeds") == 0) {
        writeSeeds(QFile::decodeName((*argv)[2]));
        std::exit(0);
    }
    return 0;
}

/// The first byte tells the form: even, the rest is the file; odd, the rest is the beginnings of its slots, so that a file of
/// many slots is a short input.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t length)
{
    if (length == 0)
        return 0;
    const char *bytes = reinterpret_cast<const char *>(data) + 1;
    const auto size = qint64(length) - 1;
    const int fd = memfd_create("recording", MFD_CLOEXEC);
    const auto write = [fd, bytes, size](qint64 from, qint64 count, qint64 offset) {
        count = std::min(count, size - from);
        if (pwrite(fd, bytes + from, size_t(count), offset) != count)
            std::abort();
    };
    if (data[0] & 1) {
        write(0, kHeadBytes, 0);
        for (qint64 at = kHeadBytes, slot = 1; at < size; at += kSlotBytes, ++slot)
            write(at, kSlotBytes, slot * qint64(blocks::kSlotSize));
    } else {
        write(0, size, 0);
    }
    {
        const auto journal = Journal::open(QStringLiteral("/proc/self/fd/%1").arg(fd));
        if (journal)
            readAll(*journal.value());
    }
    close(fd);
    return 0;
}
