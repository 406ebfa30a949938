// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/journal/journalstore.h"
#include "core/journal/journalwriter.h"
#include "core/journal/slotpool.h"

#include <QHash>

#include <limits>
#include <mutex>

namespace forkscope {

using blocks::SlotKind;

/// Where records get their places: journalplaces.cpp. What is written there: journalwriter.cpp.
struct JournalWriter::Private {
    /// A place for one block, reserved but not committed.
    struct Place {
        char *block = nullptr;
        quint64 number = 0;
        Slot *slot = nullptr;
        quint64 location = 0;
        quint32 length = 0;
        blocks::MessageHead head;
    };

    JournalStore *store = nullptr;
    std::mutex mutex; ///< guards all below and the reserving of places
    std::unique_ptr<SlotPool> pool;
    Slot *current[2] = {}; ///< being filled: events, payload
    quint64 sequence = 0;
    quint32 headTail = 0; ///< in slot 0
    quint32 sharedInterface = std::numeric_limits<quint32>::max(); ///< of channels without an interface of their own
    QHash<ChannelId, PayloadLost::PerChannel> dropped; ///< could not be stored at all
    int droppedError = 0;
    qint64 clockOffsetNs = 0;
    bool closed = false;

    qint64 now() const { return clockOffsetNs + monotonicNs(); }
    enum class Wait { No, Shortly, Long }; ///< for a slot; Shortly: as long as one takes to be made on a disk that keeps up
    /// What may be used of a place: Ordinary leaves a little room in payload slots, Losses takes it to tell what was lost.
    enum class Use { Ordinary, Losses };
    Slot *roomFor(std::unique_lock<std::mutex> &lock, SlotKind kind, quint64 length, Wait wait, Use use);
    std::optional<Place> reserve(
        SlotKind kind, quint64 length, ChannelId channel, quint64 payload, Wait wait, Use use = Use::Ordinary);
    void commit(const Place &place, quint32 type);
    void abandon(const Place &place);
    void countDropped(ChannelId channel, quint64 bytes, int error);
    bool appendEncoded(const Event &event, const QByteArray &body, Wait wait, quint64 *number);
    bool appendLoss(const PayloadLost &lost);
    void appendLosses();
    bool writeInterface(const QByteArray &name, const QByteArray &cbor, quint64 keepFree);
    std::optional<Place> reserveMessage(ChannelId channel, quint64 payload, bool traffic = false);
    bool hasRoomFor(quint64 payload);
    bool isSlow() const;
    void noteTime(qint64 beginNs);
    void fill(Place &place, quint64 payload, const MessageInfo &info);
};

} // namespace forkscope
