// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/capture/tap.h"

#include "core/base/clock.h"
#include "core/journal/journalwriter.h"
#include "core/launch/pipepair.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <mutex>
#include <thread>

namespace forkscope {

namespace {

constexpr int kPipeBytes = 1 << 20; ///< the most an unprivileged process may have
constexpr quint64 kSmallPiece = 16 << 10;
/// Small pieces that come faster than this are worth waiting for, in which more comes: a wake-up costs more than the piece. A
/// dialogue through two taps is slower than this.
constexpr qint64 kFloodNs = 20'000;
constexpr timespec kPause{0, 200'000};

} // namespace

struct Tap::Private {
    UniqueFd from, to, copyIn, copyOut, stop;
    const ChannelId channel;
    JournalWriter &journal;
    std::atomic<quint32> keepBytes;
    std::atomic<quint64> bytes = 0, pieces = 0, kept = 0;
    std::atomic<bool> writerGone = false, readerGone = false;
    mutable std::mutex ends; ///< that `from` and `to` stay open while somebody looks at them
    std::thread thread;

    Private(UniqueFd in, UniqueFd out, ChannelId of, JournalWriter &to_, TapKeep keep)
        : from(std::move(in)), to(std::move(out)), stop(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)), channel(of), journal(to_),
          keepBytes(keep.bytes)
    {
    }
    bool waitFor(short fromEvents, short toEvents);
    qint64 teeOrWait(size_t most);
    bool pass(quint64 count);
    void record(quint64 count);
    void run();
    void relay();
};

/// Until one of these is the case: true. False: it is over, since one side has gone or somebody asked for it.
bool Tap::Private::waitFor(short fromEvents, short toEvents)
{
    pollfd fds[] = {{from.get(), fromEvents, 0}, {to.get(), toEvents, 0}, {stop.get(), POLLIN, 0}};
    while (poll(fds, 3, -1) < 0)
        if (errno != EINTR)
            return false;
    if (fds[1].revents & POLLERR)
        readerGone = true;
    return !fds[2].revents && !readerGone;
}

/// Copies what lies in the writer's pipe, at most so much, without taking it out; 0: it is over.
qint64 Tap::Private::teeOrWait(size_t most)
{
    for (;;) {
        const ssize_t count = tee(from.get(), copyIn.get(), most, SPLICE_F_NONBLOCK);
        if (count > 0)
            return count;
        if (count == 0)
            writerGone = true;
        if (count == 0 || (errno != EAGAIN && errno != EINTR) || !waitFor(POLLIN, 0))
            return 0;
    }
}

/// Moves so many bytes on, which are there; 0: as many as there are. False: it is over.
bool Tap::Private::pass(quint64 count)
{
    const bool all = count == 0;
    while (all || count > 0) {
        const ssize_t moved
            = splice(from.get(), nullptr, to.get(), nullptr, all ? kPipeBytes : count, SPLICE_F_MOVE | SPLICE_F_NONBLOCK);
        if (moved > 0) {
            bytes.fetch_add(quint64(moved), std::memory_order_relaxed);
            count -= all ? 0 : quint64(moved);
            if (all)
                return true;
        } else if (moved == 0) {
            writerGone = true;
            return false;
        } else if (errno == EPIPE) {
            readerGone = true;
            return false;
        } else if (errno != EAGAIN && errno != EINTR) {
            return false;
        } else {
            // Which of the two it is that cannot go on, the error does not say.
            int waiting = 0;
            if (!(ioctl(from.get(), FIONREAD, &waiting) == 0 && waiting > 0 ? waitFor(0, POLLOUT) : waitFor(POLLIN, 0)))
                return false;
        }
    }
    return true;
}

void Tap::Private::record(quint64 count)
{
    while (count > 0) {
        const auto result = journal.appendFrom(copyOut.get(), channel, count);
        if (result.count <= 0)
            return;
        kept.fetch_add(quint64(result.count), std::memory_order_relaxed);
        count -= quint64(result.count);
    }
}

void Tap::Private::relay()
{
    qint64 lastNs = 0, gapNs = kFloodNs;
    for (;;) {
        // Without descriptors for a copy bytes pass all the same; the counters tell that none were kept.
        const quint32 keep = copyIn ? keepBytes.load(std::memory_order_relaxed) : 0;
        const quint64 before = bytes.load(std::memory_order_relaxed);
        qint64 copied = 0;
        if (keep > 0) {
            copied = teeOrWait(std::min<size_t>(keep, kPipeBytes));
            if (copied == 0)
                return;
        }
        pieces.fetch_add(1, std::memory_order_relaxed);
        // The reader first: it may go on while the copy is stored.
        const bool goesOn = pass(keep == TapKeep::kEverything ? quint64(copied) : 0);
        record(quint64(copied));
        const quint64 passed = bytes.load(std::memory_order_relaxed) - before;
        if (passed > quint64(copied))
            journal.passOver(channel, passed - quint64(copied));
        if (!goesOn)
            return;
        gapNs += (std::min(monotonicNs() - lastNs, 8 * kFloodNs) - gapNs) / 8;
        if (gapNs < kFloodNs && passed < kSmallPiece)
            nanosleep(&kPause, nullptr);
        lastNs = monotonicNs();
    }
}

void Tap::Private::run()
{
    relay();
    const std::scoped_lock lock(ends);
    from.reset();
    to.reset();
}

Tap::Tap(UniqueFd from, UniqueFd to, ChannelId channel, JournalWriter &journal, TapKeep keep, std::function<void()> ended)
    : d(std::make_unique<Private>(std::move(from), std::move(to), channel, journal, keep))
{
    if (auto copy = makePipe(kPipeBytes)) {
        d->copyOut = std::move(copy.value().read);
        d->copyIn = std::move(copy.value().write);
    }
    d->thread = std::thread([this, ended = std::move(ended)] {
        d->run();
        if (ended)
            ended();
    });
}

Tap::~Tap()
{
    eventfd_write(d->stop.get(), 1);
    wait();
}

void Tap::setKeep(TapKeep keep)
{
    d->keepBytes = keep.bytes;
}

TapCounters Tap::counters() const
{
    return {d->bytes, d->pieces, d->kept, d->writerGone, d->readerGone};
}

void Tap::wait()
{
    if (d->thread.joinable())
        d->thread.join();
}

qint64 Tap::queuedBytes() const
{
    const std::scoped_lock lock(d->ends);
    int before = 0, behind = 0;
    if (!d->from || ioctl(d->from.get(), FIONREAD, &before) != 0 || ioctl(d->to.get(), FIONREAD, &behind) != 0)
        return -1;
    return before + behind;
}

} // namespace forkscope
