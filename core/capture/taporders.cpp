// SPDX-License-Identifier: GPL-3.0-or-later
// What is asked of a tap, carried out by its thread, in order, and told in the journal.
#include "core/base/clock.h"
#include "core/capture/tapprivate.h"
#include "core/journal/journalwriter.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

namespace forkscope {

void Tap::Private::takeOrders()
{
    eventfd_t count;
    eventfd_read(wake.get(), &count);
    std::deque<Order> taken;
    {
        const std::scoped_lock lock(control);
        taken.swap(orders);
    }
    for (const Order &order : taken) {
        if (now.paused)
            look(); // it may be meant for what has come meanwhile
        std::visit([this](const auto &what) { carryOut(what); }, order);
    }
    publishHeld();
}

void Tap::Private::tell(InterventionKind kind, quint64 value, quint64 messagesPerSecond)
{
    Intervened event{.channel = channel, .kind = kind, .value = value, .messagesPerSecond = messagesPerSecond, .removed = {}};
    event.streamOffset = passedBytes;
    journal.append(event);
}

void Tap::Private::carryOut(const LinkSettings &settings)
{
    const LinkSettings old = std::exchange(now, settings);
    const qint64 nowNs = monotonicNs();
    if (now.paused != old.paused) {
        tell(now.paused ? InterventionKind::Pause : InterventionKind::Resume, 0);
        peeked = 0;
        heldChanged = true;
    }
    if (now.bytesPerSecond != old.bytesPerSecond || now.messagesPerSecond != old.messagesPerSecond) {
        tell(InterventionKind::Throttle, now.bytesPerSecond, now.messagesPerSecond);
        nextByteNs = nextPieceNs = nowNs;
    }
    if (now.delayNs != old.delayNs) {
        tell(InterventionKind::Delay, quint64(now.delayNs));
        for (Piece &piece : queue)
            piece.dueNs = std::min(piece.dueNs, nowNs + now.delayNs);
    }
    if (now.splitBytes != old.splitBytes)
        tell(InterventionKind::Split, now.splitBytes);
    if (now.capacity != old.capacity)
        fromResizes = toResizes = true; // told when it is so
}

void Tap::Private::carryOut(TapKeep keep)
{
    if (keepBytes.exchange(keep.bytes) != keep.bytes)
        tell(InterventionKind::Keep, keep.bytes);
}

void Tap::Private::carryOut(const Inject &order)
{
    // After what others have put there before it, and after a piece of which a part has passed already.
    auto place = queue.begin();
    Intervened event{.channel = channel, .kind = InterventionKind::Inject, .removed = {}};
    event.streamOffset = passedBytes;
    while (place != queue.end() && (place->released || (place->begun && !now.paused)))
        event.streamOffset += quint64((place++)->left());
    event.addedBytes = quint64(order.bytes.size());
    queue.insert(place, Piece{.bytes = order.bytes, .released = true});
    inMemory += quint64(order.bytes.size());
    injected += quint64(order.bytes.size());
    heldChanged = true;
    journal.append(event);
}

/// While the link is paused: the piece that is held, where it lies in our memory.
Tap::Private::Piece *Tap::Private::heldInMemory()
{
    const auto held = std::find_if(queue.begin(), queue.end(), [](const Piece &piece) { return !piece.released; });
    return held == queue.end() ? nullptr : &*held;
}

/// Takes the held piece out of where it lies; empty: there is none.
QByteArray Tap::Private::takeHeld()
{
    QByteArray bytes;
    if (!now.paused)
        return bytes;
    heldChanged = true;
    for (auto it = queue.begin(); it != queue.end(); ++it) {
        if (it->released)
            continue;
        bytes = it->bytes.mid(it->done);
        inMemory -= quint64(bytes.size());
        queue.erase(it);
        return bytes;
    }
    bytes.resize(std::exchange(peeked, 0));
    for (qsizetype at = 0; at < bytes.size();) {
        const ssize_t n = read(from.get(), bytes.data() + at, size_t(bytes.size() - at));
        if (n <= 0) { // cannot be: nobody else reads there
            bytes.truncate(at);
            break;
        }
        at += n;
    }
    return bytes;
}

void Tap::Private::carryOut(PassHeld)
{
    const QByteArray bytes = takeHeld();
    if (bytes.isEmpty())
        return;
    tell(InterventionKind::Step, 0);
    const auto behind = std::find_if(queue.begin(), queue.end(), [](const Piece &piece) { return !piece.released; });
    queue.insert(behind, Piece{.bytes = bytes, .released = true});
    inMemory += quint64(bytes.size());
}

void Tap::Private::carryOut(const ReplaceHeld &order)
{
    const QByteArray old = takeHeld();
    if (old.isEmpty())
        return;
    Intervened event{.channel = channel, .kind = InterventionKind::Replace, .removed = old.left(Intervened::kMostRemoved)};
    event.streamOffset = passedBytes;
    const auto behind = std::find_if(queue.begin(), queue.end(), [](const Piece &piece) { return !piece.released; });
    for (auto it = queue.begin(); it != behind; ++it)
        event.streamOffset += quint64(it->left());
    event.addedBytes = quint64(order.bytes.size());
    event.removedBytes = quint64(old.size());
    if (!order.bytes.isEmpty())
        queue.insert(behind, Piece{.bytes = order.bytes, .released = true});
    inMemory += event.addedBytes;
    injected += event.addedBytes;
    dropped += event.removedBytes;
    journal.append(event);
}

void Tap::Private::carryOut(DropHeld)
{
    const QByteArray old = takeHeld();
    if (old.isEmpty())
        return;
    Intervened event{.channel = channel, .kind = InterventionKind::Drop, .removed = old.left(Intervened::kMostRemoved)};
    event.streamOffset = passedBytes;
    for (const Piece &piece : queue)
        event.streamOffset += piece.released ? quint64(piece.left()) : 0;
    event.removedBytes = quint64(old.size());
    dropped += event.removedBytes;
    journal.append(event);
}

} // namespace forkscope
