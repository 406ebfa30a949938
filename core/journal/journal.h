// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/journal/event.h"

#include <QByteArrayView>
#include <QString>

#include <atomic>
#include <memory>
#include <optional>

namespace forkscope {

struct JournalStore;

/// What was done to a channel.
enum class Operation : quint16 { Write = 1, Read = 2, Put = 3, Get = 4, Send = 5, Receive = 6 };

/// What is known of a message between processes: one that was put into a queue or sent over a connection, or came out there.
struct TrafficInfo {
    quint64 sequence = 0; ///< of the message on its channel (of a connection: on its way there), the same where it came out
    quint64 size = 0; ///< bytes of the message; the record may hold fewer, of what came out mostly none
    qint64 waitedNs = -1; ///< of what came out: since it had been put; −1: unknown
    quint32 depth = 0; ///< messages in the queue afterwards
};

/// What is known of a message besides its bytes.
struct MessageInfo {
    qint32 pid = 0; ///< who wrote (or read) it; of a standard stream the process that was launched; 0: unknown
    qint32 tid = 0;
    qint32 fd = -1; ///< its descriptor there; −1: unknown
    Operation operation = Operation::Write;
    quint64 messageId = 0; ///< number of the first record of the message (long messages are several records)
    quint64 streamOffset = 0; ///< how many bytes passed on the channel before this record
    qint64 durationNs = -1; ///< how long the call took, −1: unknown
    std::optional<TrafficInfo> traffic; ///< nothing: a piece of a stream
};

/// One record, held in memory while this object lives. Movable. Let go of it soon (a paint, a copy): the writer waits for it
/// before it reuses the place.
class RecordView
{
public:
    RecordView() = default;
    RecordView(RecordView &&other) noexcept { *this = std::move(other); }
    RecordView &operator=(RecordView &&other) noexcept;
    ~RecordView();

    quint64 number = 0;
    qint64 timeNs = 0; ///< since 1970-01-01 00:00 UTC; differences are monotonic within a session
    ChannelId channel = ChannelId::None; ///< None: an event
    quint32 eventNumber = 0; ///< 0: a message
    MessageInfo message;
    QByteArrayView bytes; ///< the payload, or the event's CBOR body

    bool isEvent() const { return eventNumber != 0; }

private:
    friend class Journal;
    friend class JournalWriter;
    std::atomic<qint32> *m_pin = nullptr;
};

/// The counters that are never lost. A snapshot.
struct JournalCounters {
    quint64 records = 0; ///< readable prefix: numbers 0 … records − 1
    quint64 payloadBytes = 0; ///< of all messages appended
    quint64 fileBytes = 0; ///< of the file in use; room made ahead is not counted
    quint64 lostRecords = 0; ///< messages given up (size limit, full disk)
    quint64 lostBytes = 0; ///< their payload
    quint64 missedOperations = 0; ///< puts, gets, sends, receives that were too fast to be recorded
    quint64 missedPayloads = 0; ///< messages between processes recorded without their bytes, for the same reason
};

/// What was found when a file was opened.
struct OpenReport {
    quint64 cutBytes = 0; ///< bytes at the end that form no whole block: the file was torn there
    quint64 tornRecords = 0; ///< records whose writer died before they were complete
    quint64 lostRecords = 0; ///< as told by the recording itself
    quint64 lostBytes = 0;
    bool foreign = false; ///< a pcapng file that Forkscope did not write (or that lost our options)
    bool redacted = false; ///< a copy from which things were removed; its Redacted events tell what
    bool complete() const { return cutBytes == 0 && tornRecords == 0; }
};

/// The read side of a recording: one that is being written by this process, or a closed file.
///
/// All functions are thread-safe and take O(1) unless they say otherwise. Records are numbered in the order in which their
/// places were reserved; a reader sees a prefix without holes, except for records given up (read() says so).
class Journal
{
public:
    ~Journal();
    Q_DISABLE_COPY_MOVE(Journal)

    /// Opens a closed (or killed, or still growing: then what is there now) recording. Reads the whole file once: O(n).
    static Result<std::unique_ptr<Journal>> open(const QString &path);
    /// The same, but returns as soon as the file is known to be a recording. A thread reads it from its first record on;
    /// recordCount(), channelCount() and the like grow meanwhile, as those of a recording that is being written.
    static Result<std::unique_ptr<Journal>> openInBackground(const QString &path);
    /// Whether openInBackground() is through; from then on nothing changes any more.
    bool isWholeFileRead() const;
    /// How much of the file it has been through, 0 … 1.
    double readProgress() const;
    /// Returns when isWholeFileRead(). Not for the GUI thread.
    void waitUntilRead() const;

    QString path() const;
    qint64 startTimeNs() const; ///< time stamp of the first record, or of the start of the recording
    OpenReport openReport() const; ///< so far, while the file is read in the background
    JournalCounters counters() const;

    /// How many records can be read now. Grows only.
    quint64 recordCount() const;
    /// Messages below this number were given up. Grows only. Events (but not ProcessesSampled) below it are still there.
    quint64 firstRecord() const;
    /// Nothing if n ≥ recordCount(), or if the record was given up.
    std::optional<RecordView> read(quint64 n) const;
    /// The channel of record n without reading it; None for an event or a lost record. n < recordCount().
    ChannelId channelOf(quint64 n) const;

    quint32 channelCount() const;
    ChannelInfo channel(ChannelId id) const; ///< id < channelCount()

    /// The records of one channel, in order: how many can be read, and the number of the i-th.
    quint64 channelRecordCount(ChannelId id) const;
    quint64 channelRecord(ChannelId id, quint64 i) const;
    /// The position in the channel's list of the first record whose number is ≥ n. O(log n).
    quint64 channelPositionOf(ChannelId id, quint64 n) const;

    /// The records that are events, in order. Those of type ProcessesSampled are given up with the payload around them.
    quint64 eventCount() const;
    quint64 eventRecord(quint64 i) const;

    /// Memory that the index takes, in bytes.
    quint64 indexBytes() const;

private:
    friend class JournalWriter;
    explicit Journal(std::unique_ptr<JournalStore> store);
    static Result<std::unique_ptr<Journal>> start(const QString &path);
    std::unique_ptr<JournalStore> m_store;
};

} // namespace forkscope
