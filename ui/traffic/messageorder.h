// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/filter/filterrun.h"
#include "core/traffic/messageindex.h"

#include <atomic>
#include <memory>
#include <vector>

namespace forkscope {

/// What a list of messages can be sorted by. By Number nothing has to be done; by all else a thread sorts.
enum class MessageKey : quint8 { Number, Delta, From, To, Channel, Operation, Length };

/// A stretch of an index, or of what passes a filter.
struct MessageStretch {
    std::shared_ptr<const filter::FilterRun> run; ///< null: all messages
    quint64 first = 0; ///< of the index, or of the matches
    quint64 count = 0;
    quint64 row(quint64 i) const { return run ? run->row(first + i) : first + i; } ///< of the index; i < count
};

/// Beyond so many, a list can be sorted by time only: it would take gigabytes.
constexpr quint64 kMostSorted = 20'000'000;

/// The rows in the order of a key, those that are equal in their own. Nothing where it was cancelled. `done` grows to 1. Takes
/// 16 bytes a message meanwhile, 4 afterwards.
std::vector<quint32> sortedRows(const MessageStretch &stretch, MessageKey key, bool descending, const filter::Source &source,
    const std::atomic<bool> &cancelled, std::atomic<double> &done);

} // namespace forkscope
