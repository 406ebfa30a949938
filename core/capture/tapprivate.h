// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/capture/linkcontrol.h"
#include "core/capture/tap.h"

#include <atomic>
#include <deque>
#include <mutex>
#include <thread>
#include <variant>

namespace forkscope {

/// The tap's thread goes round in relayPlainly() (tap.cpp) until something is asked of it (taporders.cpp), then in relayAltered()
/// (tapaltered.cpp) until the link is plain again.
struct Tap::Private {
    static constexpr int kPipeBytes = 1 << 20; ///< the most an unprivileged process may have
    static constexpr qsizetype kPieceBytes = 64 << 10; ///< most of a piece in our memory, and of one that is held

    Private(UniqueFd in, UniqueFd out, ChannelId of, JournalWriter &journal_, RecordBuffer &records_, TapKeep keep);

    // Of what is asked: put by any thread, taken by the tap's.
    struct PassHeld {
    };
    struct ReplaceHeld {
        QByteArray bytes;
    };
    struct DropHeld {
    };
    struct Inject {
        QByteArray bytes;
    };
    using Order = std::variant<LinkSettings, TapKeep, Inject, PassHeld, ReplaceHeld, DropHeld>;
    void ask(Order order);

    UniqueFd from, to, copyIn, copyOut, wake;
    const ChannelId channel;
    JournalWriter &journal;
    RecordBuffer &records;
    std::atomic<quint32> keepBytes;
    std::atomic<quint64> passedBytes = 0, pieces = 0, kept = 0, dropped = 0, injected = 0, inMemory = 0;
    std::atomic<bool> writerGone = false, readerGone = false;
    std::atomic<bool> stopping = false, leaving = false;
    std::atomic<bool> altered = false; ///< relayAltered() is wanted; cleared by it, under `control`
    mutable std::mutex ends; ///< that `from` and `to` stay open while somebody looks at them
    mutable std::mutex control; ///< guards the next four
    std::deque<Order> orders;
    LinkSettings asked; ///< as set last
    QByteArray shownHeld; ///< LinkState::held
    quint64 shownHeldBytes = 0;
    std::thread thread;

    void run(); ///< all below is the tap's thread's own
private:
    bool over = false; ///< one side has gone, or nothing can pass any more
    bool waitFor(short fromEvents, short toEvents);
    qint64 teeOrWait(size_t most);
    bool pass(quint64 count);
    void record(quint64 count);
    void discardCopy(quint64 count);
    void relayPlainly();

    /// On its way through our memory.
    struct Piece {
        QByteArray bytes;
        qint64 dueNs = 0; ///< not before this
        qsizetype done = 0; ///< has passed
        bool begun = false;
        bool released = false; ///< goes also while the link is paused, at any rate: somebody wants it so
        qsizetype left() const { return bytes.size() - done; }
    };
    LinkSettings now; ///< as carried out
    std::deque<Piece> queue;
    qsizetype peeked = 0; ///< bytes of the held piece, which lies in the writer's pipe still; 0: none
    QByteArray peek; ///< these
    bool heldChanged = false;
    bool fromEnded = false; ///< the end of file was read
    bool fromResizes = false, toResizes = false; ///< their capacity is not yet as it should be
    int fromCapacity = 0, toCapacity = 0; ///< as they were made
    qint64 nextByteNs = 0, nextPieceNs = 0; ///< throttled: not before

    void relayAltered();
    bool backToPlain();
    void takeOrders();
    void carryOut(const LinkSettings &settings);
    void carryOut(TapKeep keep);
    void carryOut(const Inject &order);
    void carryOut(PassHeld);
    void carryOut(const ReplaceHeld &order);
    void carryOut(DropHeld);
    Piece *heldInMemory();
    QByteArray takeHeld();
    void tell(InterventionKind kind, quint64 value, quint64 messagesPerSecond = 0);
    void resize();
    bool resizeFrom(int wanted);
    void look();
    enum class Step : quint8 { Done, Blocked, Later };
    Step writeSome(qint64 nowNs, qint64 &untilNs);
    Step takeIn(qint64 nowNs, qsizetype most);
    qsizetype roomInMemory() const;
    void put(QByteArray bytes, qint64 dueNs);
    void recordPassed(const char *data, qsizetype count);
    void publishHeld();
};

} // namespace forkscope
