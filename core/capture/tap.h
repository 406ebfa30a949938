// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/uniquefd.h"
#include "core/journal/event.h"

#include <functional>
#include <memory>
#include <optional>

namespace forkscope {

class JournalWriter;
class RecordBuffer;
struct LinkSettings;
struct LinkState;

/// How much of what passes a tap is kept in the journal. All of it is counted, always.
struct TapKeep {
    static constexpr quint32 kEverything = ~0u;
    quint32 bytes = kEverything; ///< of each piece that passes at once; 0: counters only
};

struct TapCounters {
    quint64 bytes = 0; ///< that passed on to the reader
    quint64 pieces = 0; ///< in so many; a piece is one write or several, as they were found together
    quint64 keptBytes = 0; ///< of these in the journal
    bool writerGone = false; ///< end of file: nobody can write any more
    bool readerGone = false; ///< nobody reads any more; the writer gets SIGPIPE as it would without the tap
};

/// A relay in the middle of a pipe: what comes out of one pipe goes into another, as fast as the kernel moves it (tee(2),
/// splice(2)), and a copy into the journal. What the two programs notice is the same as of one pipe with more room: end of file,
/// SIGPIPE, a full pipe. LinkSettings that are not plain send the bytes another way, through our memory, and back when they are.
///
/// Has a thread of its own. The functions are thread-safe and return at once, but for wait(). While nothing can be recorded (a
/// full disk) bytes pass all the same; the journal counts what it lost.
class Tap
{
public:
    /// Takes over the reading end of the writer's pipe and the writing end of the reader's; both are closed as soon as one side
    /// has gone. Nobody else may hold them.
    /// Bytes go into the journal through records, which must outlive this. The settings hold from the first byte on. ended is
    /// called in a thread of ours when wait() would return and all is stored.
    Tap(UniqueFd from, UniqueFd to, ChannelId channel, JournalWriter &journal, RecordBuffer &records, TapKeep keep,
        const LinkSettings &settings, std::function<void()> ended = {});
    /// Cuts the pipe, unless it was left: the writer gets SIGPIPE, the reader end of file. What has not passed yet is lost to the
    /// reader.
    ~Tap();
    Q_DISABLE_COPY_MOVE(Tap)

    /// Lets what is still to pass go on without us (handToCat()), unrecorded, whatever the settings were. The tap has ended then.
    void leave();
    TapCounters counters() const;
    /// Waits until one side has gone and everything that was to pass has passed.
    void wait();
    /// What the writer has written and the reader has not read: in the two pipes, and in the tap; −1: it is over.
    qint64 queuedBytes() const;
    LinkState state() const;

    // Each of these takes effect soon, in order, and is then in the journal (Intervened). Once the tap has ended they do nothing.
    /// From the next piece on.
    void setKeep(TapKeep keep);
    /// A paused link holds the end of file as well.
    void set(const LinkSettings &settings);
    /// Before what passes next; also while it is paused.
    void inject(const QByteArray &bytes);
    /// Of the piece that is held. Nothing where none is.
    void passHeld();
    void replaceHeld(const QByteArray &bytes);
    void dropHeld();
    /// So many bytes were dropped on the way to the tap (Branch): for state().
    void countDropped(quint64 bytes);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace forkscope
