// SPDX-License-Identifier: GPL-3.0-or-later
// The way through our memory: what a link does that somebody pauses, slows down or changes.
#include "core/base/clock.h"
#include "core/capture/recordbuffer.h"
#include "core/capture/tapprivate.h"
#include "core/journal/journalwriter.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <limits>
#include <utility>

namespace forkscope {

namespace {

constexpr qint64 kNever = std::numeric_limits<qint64>::max();
constexpr qint64 kSecondNs = 1'000'000'000;
constexpr quint64 kStepsPerSecond = 50; ///< of a throttled stream
constexpr qint64 kLookAgainNs = 2'000'000; ///< whether a pipe can shrink now
constexpr qint64 kTakenNs = 50'000; ///< whether the reader has taken a small piece
constexpr qsizetype kMostInMemory = 4 << 20;

int waitingIn(int fd)
{
    int count = 0;
    return ioctl(fd, FIONREAD, &count) == 0 ? count : 0;
}

bool needsMemory(const LinkSettings &settings)
{
    return settings.paused || settings.bytesPerSecond || settings.messagesPerSecond || settings.delayNs || settings.splitBytes;
}

/// ns that so many of a thing take, of which there may be so many a second.
qint64 durationNs(quint64 count, quint64 perSecond)
{
    return qint64(double(count) * double(kSecondNs) / double(perSecond));
}

} // namespace

/// Returns when the link is plain again, it is over, or somebody wants the end.
void Tap::Private::relayAltered()
{
    for (;;) {
        takeOrders();
        if (stopping)
            return;
        resize();
        if (over || backToPlain())
            return;
        const qint64 nowNs = monotonicNs();
        qint64 untilNs = kNever;
        const Step wrote = writeSome(nowNs, untilNs);
        if (wrote == Step::Done || over)
            continue;
        const qsizetype room = roomInMemory();
        const bool wants = room > 0 && !now.paused;
        if (wants && takeIn(nowNs, room) == Step::Done)
            continue;
        if (now.paused)
            look();
        publishHeld();
        if (fromEnded && queue.empty() && !now.paused)
            over = true;
        if (over)
            return;
        if (fromResizes || toResizes)
            untilNs = std::min(untilNs, nowNs + kLookAgainNs);

        const bool expects = !fromEnded && (wants || (now.paused && peeked == 0 && !heldInMemory()));
        pollfd fds[] = {{expects || !writerGone ? from.get() : -1, short(expects ? POLLIN : 0), 0},
            {to.get(), short(wrote == Step::Blocked ? POLLOUT : 0), 0}, {wake.get(), POLLIN, 0}};
        const qint64 left = untilNs == kNever ? 0 : std::max<qint64>(0, untilNs - monotonicNs());
        const timespec timeout{time_t(left / kSecondNs), long(left % kSecondNs)};
        if (ppoll(fds, 3, untilNs == kNever ? nullptr : &timeout, nullptr) < 0) {
            over = errno != EINTR;
            continue;
        }
        if (fds[0].revents & POLLHUP)
            writerGone = true; // what it has written may still lie there
        if (fds[1].revents & POLLERR)
            readerGone = over = true;
    }
}

bool Tap::Private::backToPlain()
{
    if (needsMemory(now) || !queue.empty() || fromResizes || toResizes)
        return false;
    const std::scoped_lock lock(control);
    if (!orders.empty())
        return false;
    altered = stopping.load();
    return true;
}

/// Looks, without taking it out, at the piece that is to be held. It stays the same one, whatever comes behind it.
void Tap::Private::look()
{
    if (peeked > 0 || fromEnded || heldInMemory())
        return;
    const ssize_t count = copyIn ? tee(from.get(), copyIn.get(), size_t(kPieceBytes), SPLICE_F_NONBLOCK) : -1;
    if (!copyIn) // then it has to be taken out
        takeIn(monotonicNs(), kPieceBytes);
    if (count == 0)
        fromEnded = writerGone = true;
    if (count <= 0)
        return;
    peek.resize(count);
    qsizetype at = 0;
    for (ssize_t n = 1; at < count && n > 0; at += std::max<ssize_t>(n, 0))
        n = read(copyOut.get(), peek.data() + at, size_t(count - at));
    peeked = count;
    heldChanged = true;
}

void Tap::Private::publishHeld()
{
    if (!std::exchange(heldChanged, false))
        return;
    QByteArray beginning;
    quint64 size = 0;
    if (const Piece *piece = now.paused ? heldInMemory() : nullptr) {
        size = quint64(piece->left());
        beginning = piece->bytes.mid(piece->done, kPieceBytes);
    } else if (now.paused) {
        size = quint64(peeked);
        beginning = peeked > 0 ? peek : QByteArray();
    }
    const std::scoped_lock lock(control);
    shownHeld = beginning;
    shownHeldBytes = size;
}

/// So much may be taken out of the writer's pipe. What is to wait may be as much as a pipe holds; else one piece.
qsizetype Tap::Private::roomInMemory() const
{
    if (fromEnded)
        return 0;
    const bool waits = now.delayNs > 0 || now.messagesPerSecond > 0;
    const qsizetype most = now.capacity ? qsizetype(now.capacity) : qsizetype(kPipeBytes);
    return waits ? std::min(kPieceBytes, most - qsizetype(inMemory)) : queue.empty() ? std::min(kPieceBytes, most) : 0;
}

void Tap::Private::put(QByteArray bytes, qint64 dueNs)
{
    inMemory += quint64(bytes.size());
    queue.push_back({std::move(bytes), dueNs});
    heldChanged = true;
}

Tap::Private::Step Tap::Private::takeIn(qint64 nowNs, qsizetype most)
{
    char buffer[kPieceBytes];
    const ssize_t count = read(from.get(), buffer, size_t(std::min(most, kPieceBytes)));
    if (count > 0) {
        put(QByteArray(buffer, count), nowNs + now.delayNs);
        return Step::Done;
    }
    if (count == 0)
        fromEnded = writerGone = true;
    else if (errno != EAGAIN && errno != EINTR)
        over = true;
    return Step::Blocked;
}

/// Writes a little of what is first, where it may go now. Later: not before untilNs, or not until something is asked.
Tap::Private::Step Tap::Private::writeSome(qint64 nowNs, qint64 &untilNs)
{
    if (queue.empty())
        return Step::Later;
    Piece &piece = queue.front();
    if (toResizes || (now.paused && !piece.released))
        return Step::Later; // more would not let it shrink
    qsizetype count = piece.left();
    if (!piece.released) {
        qint64 fromNs = piece.begun ? 0 : piece.dueNs;
        if (now.messagesPerSecond && !piece.begun)
            fromNs = std::max(fromNs, nextPieceNs);
        if (now.bytesPerSecond) {
            fromNs = std::max(fromNs, nextByteNs);
            count = std::min(count, qsizetype(std::max<quint64>(1, now.bytesPerSecond / kStepsPerSecond)));
        }
        if (fromNs > nowNs) {
            untilNs = fromNs;
            return Step::Later;
        }
    }
    if (now.splitBytes) {
        count = std::min(count, qsizetype(now.splitBytes));
        // The pipe would put the small pieces together again.
        if (waitingIn(to.get()) > 0) {
            untilNs = nowNs + kTakenNs;
            return Step::Later;
        }
    }
    const ssize_t written = write(to.get(), piece.bytes.constData() + piece.done, size_t(count));
    if (written < 0) {
        if (errno == EPIPE)
            readerGone = over = true;
        else if (errno != EAGAIN && errno != EINTR)
            over = true;
        return Step::Blocked;
    }
    passedBytes.fetch_add(quint64(written), std::memory_order_relaxed);
    pieces.fetch_add(1, std::memory_order_relaxed);
    inMemory -= quint64(written);
    recordPassed(piece.bytes.constData() + piece.done, written);
    if (!piece.released) {
        if (now.bytesPerSecond)
            nextByteNs = std::max(nowNs, nextByteNs) + durationNs(quint64(written), now.bytesPerSecond);
        if (now.messagesPerSecond && !piece.begun)
            nextPieceNs = std::max(nowNs, nextPieceNs) + durationNs(1, now.messagesPerSecond);
    }
    piece.begun = true;
    piece.done += written;
    if (piece.left() == 0)
        queue.pop_front();
    heldChanged = true;
    return Step::Done;
}

void Tap::Private::recordPassed(const char *data, qsizetype count)
{
    const qsizetype keep = std::min<qsizetype>(count, qsizetype(keepBytes.load(std::memory_order_relaxed)));
    if (keep > 0)
        kept.fetch_add(records.store(channel, {data, keep}), std::memory_order_relaxed);
    if (count > keep)
        records.passOver(channel, quint64(count - keep));
}

/// A pipe takes another capacity when no more lies in it than that. The reader's empties as it reads; of the writer's we take out
/// what is too much.
void Tap::Private::resize()
{
    if (!fromResizes && !toResizes)
        return;
    if (fromResizes)
        fromResizes = !resizeFrom(now.capacity ? int(now.capacity) : fromCapacity);
    if (toResizes)
        toResizes = fcntl(to.get(), F_SETPIPE_SZ, now.capacity ? int(now.capacity) : toCapacity) < 0 && errno == EBUSY;
    if (!fromResizes && !toResizes)
        tell(InterventionKind::Shrink, quint64(std::max(0, fcntl(to.get(), F_GETPIPE_SZ))));
}

bool Tap::Private::resizeFrom(int wanted)
{
    if (fcntl(from.get(), F_SETPIPE_SZ, wanted) >= 0 || errno != EBUSY)
        return true;
    if (qsizetype(inMemory) > kMostInMemory)
        return false;
    // In one go: the writer that waits for room comes too late then.
    QByteArray all(kPipeBytes, Qt::Uninitialized);
    const ssize_t count = read(from.get(), all.data(), size_t(all.size()));
    const bool done = fcntl(from.get(), F_SETPIPE_SZ, wanted) >= 0 || errno != EBUSY;
    if (count == 0)
        fromEnded = writerGone = true;
    peeked = 0; // it is the first of these
    const qint64 dueNs = monotonicNs() + now.delayNs;
    for (qsizetype at = 0; at < count; at += kPieceBytes)
        put(all.mid(at, std::min<qsizetype>(kPieceBytes, count - at)), dueNs);
    return done;
}

} // namespace forkscope
