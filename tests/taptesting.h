// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/capture/linkcontrol.h"
#include "core/capture/recordbuffer.h"
#include "core/capture/tap.h"
#include "core/journal/journalwriter.h"
#include "tests/journalevents.h"
#include "tests/patience.h"

#include <QTemporaryDir>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

/// What tests of taps share: a tap between two pipes whose outer ends the test holds, and its recording.
namespace taptesting {

using namespace forkscope;

inline QByteArray readAll(int fd)
{
    QByteArray all, piece(100'000, 0);
    for (ssize_t n; (n = read(fd, piece.data(), size_t(piece.size()))) > 0;)
        all.append(piece.constData(), n);
    return all;
}

/// One read(2).
inline QByteArray readOnce(int fd)
{
    QByteArray piece(100'000, 0);
    piece.truncate(std::max<ssize_t>(0, read(fd, piece.data(), size_t(piece.size()))));
    return piece;
}

inline bool writeAll(int fd, const QByteArray &bytes)
{
    for (qsizetype at = 0; at < bytes.size();) {
        const ssize_t n = write(fd, bytes.constData() + at, size_t(bytes.size() - at));
        if (n <= 0)
            return false;
        at += n;
    }
    return true;
}

/// Whether poll(2) tells the writer that nobody reads (POLLERR), within the patience of a test.
inline bool isBroken(int fd)
{
    pollfd one{fd, 0, 0};
    return poll(&one, 1, 20'000) == 1 && (one.revents & POLLERR);
}

/// Whether there is something to read, or the end of file, now.
inline bool isReadable(int fd)
{
    pollfd one{fd, POLLIN, 0};
    return poll(&one, 1, 0) == 1;
}

struct Pipes {
    UniqueFd write, read; ///< what the two programs have
    std::unique_ptr<Tap> tap;
};

class Recorded
{
public:
    explicit Recorded(const RecordMemory &memory = {})
        : writer(std::move(JournalWriter::create(folder.filePath(QStringLiteral("tap.pcapng"))).value())),
          records(std::make_unique<RecordBuffer>(*writer, memory))
    {
    }

    Pipes tapped(TapKeep keep = {}, const LinkSettings &settings = {})
    {
        int first[2], second[2];
        if (pipe2(first, O_CLOEXEC) != 0 || pipe2(second, O_CLOEXEC) != 0)
            qFatal("pipe2");
        ChannelInfo info;
        info.kind = ChannelKind::Pipe;
        info.name = "pipe a → b";
        channel = writer->openChannel(info);
        return {UniqueFd(first[1]), UniqueFd(second[0]),
            std::make_unique<Tap>(UniqueFd(first[0]), UniqueFd(second[1]), channel, *writer, *records, keep, settings)};
    }
    /// Of the channel, up to the first gap.
    QByteArray bytes() const
    {
        QByteArray bytes;
        const Journal &journal = writer->journal();
        for (quint64 i = 0; i < journal.channelRecordCount(channel); ++i) {
            const auto record = journal.read(journal.channelRecord(channel, i));
            if (record->message.streamOffset == quint64(bytes.size())) // else there is a gap
                bytes += record->bytes.toByteArray();
        }
        return bytes;
    }
    QList<Intervened> interventions() const { return eventsOf<Intervened>(writer->journal()); }
    QList<InterventionKind> kinds() const
    {
        QList<InterventionKind> kinds;
        for (const Intervened &event : interventions())
            kinds += event.kind;
        return kinds;
    }

    QTemporaryDir folder;
    std::unique_ptr<JournalWriter> writer;
    std::unique_ptr<RecordBuffer> records;
    ChannelId channel = ChannelId::None;
};

} // namespace taptesting
