// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/journal.h"

#include <sys/uio.h>

#include <functional>
#include <span>

namespace forkscope {

struct JournalOptions {
    /// The file's largest size in bytes; 0: no limit. When it is reached the oldest payload is given up, counted in
    /// PayloadLost events. At least 32 MiB are used.
    quint64 sizeLimit = 0;
};

/// Whether a recording can go on in its file. While it cannot, what comes is counted as lost, and what it has stays; when there
/// is room again, it goes on.
struct JournalHealth {
    enum State {
        Ok,
        DiskFull, ///< no room for another slot: what comes is counted, not kept
        FileRemoved, ///< the file has no name any more: it can be read here, and is gone when the recording is closed
        WriteError, ///< the file could not be extended for another reason
    };
    State state = Ok;
    QString path; ///< of the file
    Error error; ///< what went wrong and what to do; empty where state is Ok
};

/// The write side of a recording. Thread-safe: any thread may append.
///
/// A record is in the file (and survives the death of this process) as soon as append() has returned. Places are made and
/// touched ahead of time by a thread of the writer's own; append() waits only where producers outrun the disk.
class JournalWriter
{
public:
    /// Creates the file with mode 0600; an existing file is replaced.
    static Result<std::unique_ptr<JournalWriter>> create(const QString &path, const JournalOptions &options = {});
    /// Closes. All readers of journal() must be gone.
    ~JournalWriter();
    Q_DISABLE_COPY_MOVE(JournalWriter)

    const Journal &journal() const { return *m_journal; }

    /// Opens a channel; info.id is ignored, the new one is returned.
    ChannelId openChannel(ChannelInfo info);

    /// Appends a message. Longer ones than kMaxRecordPayload become several records with one messageId.
    /// info.messageId: 0, or that of the message which this goes on with.
    /// Returns the number of its first record; nothing where it could not be stored (full disk): then it was counted as lost.
    /// happenedNs: on CLOCK_MONOTONIC, of what is told later; 0: now. (Numbers are given in the order of the calls.)
    std::optional<quint64> append(ChannelId channel, QByteArrayView bytes, const MessageInfo &info = {}, qint64 happenedNs = 0);
    /// Appends an event.
    std::optional<quint64> append(const Event &event);

    /// What one appendFrom() brought. Bytes stay while view lives and until this thread calls again.
    struct ReadResult {
        qint64 count = 0; ///< as of read(2): 0 at end of file, −1 on error
        int systemError = 0; ///< errno where count is −1
        std::optional<quint64> record; ///< nothing where the disk is full: then the bytes were counted as lost …
        QByteArrayView bytes; ///< … but are here all the same, until view is let go or this thread calls again
        RecordView view;
    };
    /// Reads once from fd straight into the journal, at most maxBytes (and kMaxRecordPayload).
    ReadResult appendFrom(int fd, ChannelId channel, quint64 maxBytes, const MessageInfo &info = {});

    /// As appendFrom() and append(), but nothing is done and nothing comes back where it would have to wait for a slow disk
    /// (longer than milliseconds).
    std::optional<ReadResult> tryAppendFrom(int fd, ChannelId channel, quint64 maxBytes, const MessageInfo &info = {});
    std::optional<bool> tryAppend(ChannelId channel, QByteArrayView bytes); ///< false: the disk is full, it was counted as lost
    /// Counts bytes that passed on the channel as lost, for this errno.
    void lose(ChannelId channel, quint64 bytes, int systemError);

    /// So many bytes have passed on the channel that nobody wants to have kept: the offsets of what follows count them.
    void passOver(ChannelId channel, quint64 bytes);

    /// As of the last slot made, and of a look at the file once a second.
    JournalHealth health() const;
    /// Goes on in a new file with all that can be read now; an existing one is replaced at the end. Appending goes on meanwhile,
    /// but for milliseconds in which the files change places. Views stay valid. After a failure nothing has changed. The old file
    /// stays as it was at that moment. O(size of the file): not for the GUI thread.
    Result<void> moveTo(const QString &path);

    /// Ends the recording: trims what was made ahead. Nothing may be appended afterwards; journal() stays readable.
    Result<void> close();

    /// Wireshark reads packets up to 256 KiB, tags included; whole pages below that.
    static constexpr quint64 kMaxRecordPayload = 252 * 1024;
    static constexpr quint64 kMinimumSizeLimit = 32 * 1024 * 1024;

private:
    JournalWriter();
    enum class Patience : quint8 { Waits, Tries };
    std::optional<ReadResult> readInto(int fd, ChannelId channel, quint64 maxBytes, const MessageInfo &info, Patience patience);
    struct Private;
    std::unique_ptr<Private> d;
    std::unique_ptr<Journal> m_journal;
};

/// Writes a copy of what can still be read, in order and without gaps, as a new file with mode 0600. O(n).
Result<void> writeCompactRecording(const Journal &journal, const QString &path);

} // namespace forkscope
