// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/processkey.h"
#include "core/journal/exitstatus.h"
#include "core/journal/poolevent.h"

#include <QByteArray>
#include <QByteArrayList>
#include <QCborMap>
#include <QList>

#include <optional>
#include <variant>

/// What happens, as values. Every event has a number that never changes meaning (it is in the file) and a CBOR map as
/// its body; docs/recording-format.md lists the keys. Unknown keys are ignored, unknown types are skipped, so that an
/// older reader opens a newer recording.
namespace forkscope {

/// The number of a channel within a recording, from 0.
enum class ChannelId : quint32 { None = 0xffffffff };
inline size_t qHash(ChannelId id, size_t seed = 0)
{
    return ::qHash(quint32(id), seed);
}

enum class ChannelKind : quint8 {
    StandardInput = 0,
    StandardOutput = 1,
    StandardError = 2,
    Terminal = 3, ///< what a pseudo-terminal shows: stdout and stderr in one, with control sequences
    Queue = 4, ///< between processes: messages put and got
    Connection = 5, ///< between processes: messages sent and received
    Pipe = 6, ///< between processes: what passed a tap, in pieces
    Other = 255,
};
/// Whether it carries messages with TrafficInfo: no output of a program.
constexpr bool isTraffic(ChannelKind kind)
{
    return kind == ChannelKind::Queue || kind == ChannelKind::Connection;
}
/// Whether it lies between processes: what the Traffic view shows.
constexpr bool isBetweenProcesses(ChannelKind kind)
{
    return isTraffic(kind) || kind == ChannelKind::Pipe;
}
/// Whether people read it as what a program wrote, or as what was typed.
constexpr bool isText(ChannelKind kind)
{
    return kind <= ChannelKind::Terminal;
}

/// A stream of bytes that the journal records. Its name is what Wireshark shows as interface name.
struct ChannelInfo {
    ChannelId id = ChannelId::None;
    ChannelKind kind = ChannelKind::StandardOutput;
    LaunchId launch = LaunchId::None;
    ProcessKey process; ///< the process that the launch started; of a queue or connection: that told of it
    QByteArray name; ///< "stdout make(4711)", UTF-8

    QCborMap toCbor() const;
    static ChannelInfo fromCbor(const QCborMap &map);
};

/// Where a start failed: before the program's first instruction. Numbers are in files.
enum class StartStage : quint8 {
    Validate = 0,
    Pipe = 1,
    Fork = 2,
    Redirect = 3,
    Session = 4,
    WorkingDirectory = 5,
    Execute = 6,
    Identity = 7, ///< user, group, extra groups
    Action = 8, ///< a ChildAction
    Hook = 9, ///< the ChildHook
};

/// Someone asked for a command to be started.
struct LaunchRequested {
    LaunchId launch = LaunchId::None;
    QByteArrayList arguments; ///< argv, as bytes
    QByteArray workingDirectory; ///< empty: the launcher's
};

/// The command could not be started; no process exists (any more).
struct StartFailed {
    LaunchId launch = LaunchId::None;
    StartStage stage = StartStage::Execute;
    int systemError = 0;
    QByteArray path; ///< what was tried: the program's path, the working directory, the redirected file
    QByteArray interpreter; ///< with stage Execute and ENOENT: the "#!" interpreter that is missing, if that is the cause
    QByteArray detail; ///< with stage Validate: the reason, UTF-8, for a person
};

/// A process exists: a command that was launched, or a descendant of one.
struct ProcessStarted {
    ProcessKey process;
    ProcessKey ancestor; ///< the process it was forked by; null for the root of a launch
    qint32 ppid = 0; ///< as the kernel says (the ancestor's pid, until it dies)
    LaunchId launch = LaunchId::None;
    QByteArray name; ///< comm, up to 15 bytes
    QByteArrayList arguments; ///< argv; empty where it could not be read any more
};

/// A process replaced its program.
struct ProcessExecuted {
    ProcessKey process;
    QByteArray name;
    QByteArrayList arguments;
};

struct ProcessExited {
    ProcessKey process;
    ExitStatus status;
    qint64 userNs = -1; ///< CPU time in user mode, −1: unknown
    qint64 systemNs = -1; ///< CPU time in kernel mode, −1: unknown
    qint64 maxResidentBytes = -1; ///< high-water mark, −1: unknown
    bool perhapsOutOfMemory
        = false; ///< ended by SIGKILL while the kernel counted a kill for lack of memory (whose, it does not say)
};

/// What /proc said of one process at one moment.
struct ProcessSample {
    ProcessKey process;
    qint32 ppid = 0;
    char state = '?'; ///< proc(5): R S D Z T t X I
    qint32 threads = 0;
    qint64 residentBytes = 0;
    qint64 cpuNs = 0; ///< user + system since start
    qint32 cpuPermille = 0; ///< of one CPU, since the last sample
};

/// Only processes of which something changed since the last tick.
struct ProcessesSampled {
    QList<ProcessSample> samples;
};

/// A channel came to be. Written only where the table of interfaces at the file's head is full.
struct ChannelOpened {
    ChannelInfo channel;
};

/// No more bytes will come on the channel.
struct ChannelClosed {
    ChannelId channel = ChannelId::None;
    quint64 bytes = 0; ///< that came in all
    int systemError = 0; ///< 0: end of file; else why reading ended
};

/// Payload was given up, to keep to the size limit or because the disk is full.
struct PayloadLost {
    struct PerChannel {
        ChannelId channel = ChannelId::None;
        quint64 records = 0;
        quint64 bytes = 0;
    };
    quint64 firstRecord = 0; ///< numbers of the records given up lie in this range …
    quint64 lastRecord = 0; ///< … but not every number in it is one (events stay)
    int systemError = 0; ///< 0: size limit; ENOSPC …: could not be stored at all
    QList<PerChannel> channels;
};

/// Why we sent a signal. Numbers are in files.
enum class SignalReason : quint8 {
    Person = 0, ///< someone asked for it in the window or on the command line
    Timeout = 1, ///< the launch's timeout had passed
    Stop = 2, ///< its workspace is being stopped or restarted
    Forwarded = 3, ///< it was sent to Forkscope, which passed it on
    NotReady = 4, ///< it was not ready in time
};

/// We sent a signal. Others' signals are not known.
struct SignalSent {
    ProcessKey process;
    qint32 signal = 0;
    SignalReason reason = SignalReason::Person;
};

/// The pseudo-terminal of a launch has this size from here on, in characters.
struct TerminalResized {
    LaunchId launch = LaunchId::None;
    qint32 columns = 0;
    qint32 rows = 0;
};

/// A queue or pipe as it was at this moment; a pipe knows bytes only.
struct ChannelSample {
    struct Waiter {
        ProcessKey process;
        qint32 tid = 0;
        bool puts = false; ///< waits for a place; else for a message
        qint64 waitedNs = 0; ///< so far
    };
    ChannelId channel = ChannelId::None;
    quint64 depth = 0; ///< messages
    quint64 bytes = 0; ///< of these
    quint64 maxDepth = 0; ///< 0: no limit
    quint64 capacity = 0; ///< bytes that fit in (a pipe: F_GETPIPE_SZ of both together); 0: not known
    quint64 puts = 0, gets = 0; ///< since the queue was made; of a pipe: pieces, as far as they passed the tap
    quint64 passed = 0; ///< bytes of a pipe that have passed the tap, also those of which nothing is kept
    bool closed = false; ///< nothing can be put any more
    QList<Waiter> waiters;
};

/// Only channels of which something changed since the last look.
struct ChannelsSampled {
    QList<ChannelSample> samples;
};

/// So much of a channel's traffic could not be recorded since the last such event: processes went on faster than it was kept.
struct TrafficLost {
    ChannelId channel = ChannelId::None; ///< None: of some connection
    quint64 payloads = 0; ///< messages recorded without their bytes
    quint64 operations = 0; ///< puts and gets (sends, receives) of which nothing is known
};

/// This recording is a copy from which things were removed before it was shared: what, and how much of it.
struct Redacted {
    struct Pattern {
        QByteArray name; ///< "email", "expression 1"; never what was looked for
        quint64 matches = 0;
        quint64 bytes = 0; ///< of these matches
        quint64 overlong = 0; ///< matches that were longer than can be followed: only their beginning was masked
    };
    struct PerChannel {
        ChannelId channel = ChannelId::None;
        quint64 strippedRecords = 0; ///< their bytes were replaced
        quint64 strippedBytes = 0;
        quint64 droppedRecords = 0; ///< they are not in this file
        quint64 droppedBytes = 0;
        quint64 maskedRecords = 0; ///< in which patterns were masked
        quint64 maskedBytes = 0;
    };
    bool arguments = false; ///< command lines end after the program
    bool directories = false; ///< no folders in command lines, no working directories
    bool environment = false; ///< no values of variables
    quint64 changedEvents = 0; ///< and channel names
    quint64 droppedEvents = 0; ///< of dropped channels, and of kinds that were not known
    QList<Pattern> patterns;
    QList<PerChannel> channels; ///< only those of which something was removed
};

/// One end of a channel between processes.
struct ChannelEnd {
    LaunchId launch = LaunchId::None;
    ProcessKey process; ///< null: it could not be started
    qint32 fd = -1; ///< its descriptor there; −1: unknown
    bool writes = false; ///< else it reads
};

/// Who is at the ends of a channel from here on. Told of pipes; of queues and connections each message tells who.
struct ChannelEnds {
    ChannelId channel = ChannelId::None;
    QList<ChannelEnd> ends;
};

/// What somebody did to a tapped pipe. Numbers are in files.
enum class InterventionKind : quint8 {
    Pause = 0, ///< pieces are held from here on
    Resume = 1,
    Step = 2, ///< one held piece was let through
    Throttle = 3, ///< value: bytes a second, messagesPerSecond: pieces a second; 0: no limit
    Delay = 4, ///< value: ns that each piece waits; 0: none
    Inject = 5, ///< bytes of nobody's were added
    Replace = 6, ///< a held piece was edited: removed, and added in its place
    Drop = 7, ///< a piece was thrown away
    Split = 8, ///< value: bytes of the largest write to the reader; 0: as they come
    Shrink = 9, ///< value: capacity of each of the two pipes in bytes from here on
    Keep = 10, ///< value: bytes of each piece that are recorded from here on (TapKeep::bytes)
};

/// A person changed what passes a tapped pipe, to provoke what rarely happens. The channel's records are what went on to the
/// reader; what was taken out is here.
struct Intervened {
    static constexpr qsizetype kMostRemoved = 64 << 10;
    ChannelId channel = ChannelId::None;
    InterventionKind kind = InterventionKind::Pause;
    quint64 value = 0;
    quint64 messagesPerSecond = 0;
    quint64 streamOffset = 0; ///< bytes that had passed to the reader before it
    quint64 addedBytes = 0; ///< that follow there and that the writer never wrote
    quint64 removedBytes = 0; ///< that the writer wrote and the reader never gets
    QByteArray removed; ///< their beginning, at most kMostRemoved
};

/// The file number of an event is its index in this variant plus 1: append, never reorder.
using Event = std::variant<LaunchRequested, StartFailed, ProcessStarted, ProcessExecuted, ProcessExited, ProcessesSampled,
    ChannelOpened, ChannelClosed, PayloadLost, SignalSent, TerminalResized, Redacted, ChannelsSampled, TrafficLost, PoolOpened,
    PoolChanged, PoolWorkerStarted, PoolWorkerEnded, TasksQueued, TasksStarted, TasksEnded, TasksMoved, ChannelEnds, Intervened>;

inline quint32 eventNumber(const Event &event)
{
    return quint32(event.index()) + 1;
}

/// The event's body as CBOR. Thread-safe.
QByteArray encodeEvent(const Event &event);
/// Nothing where the number is unknown or the body is damaged. Never trusts the input. Thread-safe.
std::optional<Event> decodeEvent(quint32 number, QByteArrayView body);

} // namespace forkscope
