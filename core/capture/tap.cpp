// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/capture/tap.h"

#include "core/base/clock.h"
#include "core/capture/recordbuffer.h"
#include "core/capture/tapprivate.h"
#include "core/launch/handover.h"
#include "core/launch/pipepair.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>

namespace forkscope {

namespace {

constexpr quint64 kSmallPiece = 16 << 10;
/// Small pieces that come faster than this are worth waiting for, in which more comes: a wake-up costs more than the piece. A
/// dialogue through two taps is slower than this.
constexpr qint64 kFloodNs = 20'000;
constexpr timespec kPause{0, 200'000};

void setNonBlocking(int fd)
{
    fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
}

} // namespace

Tap::Private::Private(UniqueFd in, UniqueFd out, ChannelId of, JournalWriter &journal_, RecordBuffer &records_, TapKeep keep)
    : from(std::move(in)), to(std::move(out)), wake(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)), channel(of), journal(journal_),
      records(records_), keepBytes(keep.bytes), fromCapacity(fcntl(from.get(), F_GETPIPE_SZ)),
      toCapacity(fcntl(to.get(), F_GETPIPE_SZ))
{
    if (auto copy = makePipe(kPipeBytes)) {
        copyOut = std::move(copy.value().read);
        copyIn = std::move(copy.value().write);
    }
    // Ours alone: the programs hold the other ends.
    setNonBlocking(from.get());
    setNonBlocking(to.get());
}

void Tap::Private::ask(Order order)
{
    const std::scoped_lock lock(control);
    if (const auto *settings = std::get_if<LinkSettings>(&order)) {
        if (*settings == asked)
            return;
        asked = *settings;
    }
    orders.push_back(std::move(order));
    altered = true;
    eventfd_write(wake.get(), 1);
}

/// Until one of these is the case: true. False: something is asked, or it is over.
bool Tap::Private::waitFor(short fromEvents, short toEvents)
{
    // The end of a writer is always told, and would not let us wait for the reader.
    pollfd fds[] = {{fromEvents ? from.get() : -1, fromEvents, 0}, {to.get(), toEvents, 0}, {wake.get(), POLLIN, 0}};
    while (poll(fds, 3, -1) < 0)
        if (errno != EINTR)
            return !(over = true);
    if (fds[1].revents & POLLERR)
        readerGone = over = true;
    return !fds[2].revents && !over;
}

/// Copies what lies in the writer's pipe, at most so much, without taking it out; 0: it is over, or something is asked.
qint64 Tap::Private::teeOrWait(size_t most)
{
    for (;;) {
        const ssize_t count = tee(from.get(), copyIn.get(), most, SPLICE_F_NONBLOCK);
        if (count > 0)
            return count;
        if (count == 0)
            writerGone = over = true;
        else if (errno != EAGAIN && errno != EINTR)
            over = true;
        if (over || !waitFor(POLLIN, 0))
            return 0;
    }
}

/// Moves so many bytes on, which are there; 0: as many as there are. False: it is over, or something is asked.
bool Tap::Private::pass(quint64 count)
{
    const bool all = count == 0;
    while (all || count > 0) {
        const ssize_t moved
            = splice(from.get(), nullptr, to.get(), nullptr, all ? kPipeBytes : count, SPLICE_F_MOVE | SPLICE_F_NONBLOCK);
        if (moved > 0) {
            passedBytes.fetch_add(quint64(moved), std::memory_order_relaxed);
            count -= all ? 0 : quint64(moved);
            if (all)
                return true;
        } else if (moved == 0) {
            writerGone = over = true;
            return false;
        } else if (errno == EPIPE) {
            readerGone = over = true;
            return false;
        } else if (errno != EAGAIN && errno != EINTR) {
            over = true;
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
    kept.fetch_add(records.storeFrom(copyOut.get(), channel, count), std::memory_order_relaxed);
}

/// Of what was copied and did not pass: it is copied again when it does.
void Tap::Private::discardCopy(quint64 count)
{
    char nowhere[4096];
    while (count > 0) {
        const ssize_t n = read(copyOut.get(), nowhere, std::min<size_t>(count, sizeof nowhere));
        if (n <= 0)
            return;
        count -= quint64(n);
    }
}

/// Returns when something is asked, or it is over.
void Tap::Private::relayPlainly()
{
    qint64 lastNs = 0, gapNs = kFloodNs;
    while (!altered.load(std::memory_order_relaxed)) {
        // Without descriptors for a copy bytes pass all the same; the counters tell that none were kept.
        const quint32 keep = copyIn ? keepBytes.load(std::memory_order_relaxed) : 0;
        const quint64 before = passedBytes.load(std::memory_order_relaxed);
        quint64 copied = 0;
        if (keep > 0) {
            copied = quint64(teeOrWait(std::min<size_t>(keep, kPipeBytes)));
            if (copied == 0)
                return;
        }
        // The reader first: it may go on while the copy is stored.
        const bool goesOn = pass(keep == TapKeep::kEverything ? copied : 0);
        const quint64 passed = passedBytes.load(std::memory_order_relaxed) - before;
        if (passed > 0)
            pieces.fetch_add(1, std::memory_order_relaxed);
        record(std::min(copied, passed));
        if (copied > passed)
            discardCopy(copied - passed);
        if (passed > copied)
            records.passOver(channel, passed - copied);
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
    sigset_t broken;
    sigemptyset(&broken);
    sigaddset(&broken, SIGPIPE); // is told as EPIPE
    pthread_sigmask(SIG_BLOCK, &broken, nullptr);
    while (!over && !stopping) {
        relayPlainly();
        if (!over && altered)
            relayAltered();
    }
    const std::scoped_lock lock(ends);
    if (leaving && !over) {
        QByteArray first;
        for (const Piece &piece : queue)
            first += piece.bytes.sliced(piece.done);
        handToCat(first, std::move(from), std::move(to));
    }
    from.reset();
    to.reset();
}

Tap::Tap(UniqueFd from, UniqueFd to, ChannelId channel, JournalWriter &journal, RecordBuffer &records, TapKeep keep,
    const LinkSettings &settings, std::function<void()> ended)
    : d(std::make_unique<Private>(std::move(from), std::move(to), channel, journal, records, keep))
{
    d->ask(settings);
    d->thread = std::thread([this, ended = std::move(ended)] {
        d->run();
        if (ended)
            d->records.after(ended);
    });
}

Tap::~Tap()
{
    d->stopping = d->altered = true;
    eventfd_write(d->wake.get(), 1);
    wait();
}

void Tap::leave()
{
    d->leaving = d->stopping = d->altered = true;
    eventfd_write(d->wake.get(), 1);
    wait();
}

TapCounters Tap::counters() const
{
    return {d->passedBytes, d->pieces, d->kept, d->writerGone, d->readerGone};
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
    return before + behind + qint64(d->inMemory.load(std::memory_order_relaxed));
}

LinkState Tap::state() const
{
    LinkState state;
    state.counters = counters();
    state.queuedBytes = queuedBytes();
    state.droppedBytes = d->dropped;
    state.injectedBytes = d->injected;
    state.keep = {d->keepBytes};
    {
        const std::scoped_lock lock(d->ends);
        if (d->from)
            state.capacityBytes = std::max(fcntl(d->from.get(), F_GETPIPE_SZ), 0) + std::max(fcntl(d->to.get(), F_GETPIPE_SZ), 0);
    }
    const std::scoped_lock lock(d->control);
    state.settings = d->asked;
    state.held = d->shownHeld;
    state.heldBytes = d->shownHeldBytes;
    return state;
}

void Tap::setKeep(TapKeep keep)
{
    d->ask(keep);
}

void Tap::set(const LinkSettings &settings)
{
    d->ask(settings);
}

void Tap::inject(const QByteArray &bytes)
{
    if (!bytes.isEmpty())
        d->ask(Private::Inject{bytes});
}

void Tap::passHeld()
{
    d->ask(Private::PassHeld{});
}

void Tap::replaceHeld(const QByteArray &bytes)
{
    d->ask(Private::ReplaceHeld{bytes});
}

void Tap::dropHeld()
{
    d->ask(Private::DropHeld{});
}

void Tap::countDropped(quint64 bytes)
{
    d->dropped += bytes;
}

} // namespace forkscope
