// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pool/poolrecord.h"

#include <QList>

#include <memory>

namespace forkscope {
class Journal;
}

namespace forkscope::pool {

/// The pools of a journal, live or closed. A thread finds and decodes their events; advance() folds them in slices, so that a
/// million tasks freeze nobody. All functions belong to one thread; the journal must outlive it.
class PoolHistory
{
public:
    explicit PoolHistory(const Journal &journal);
    ~PoolHistory();
    Q_DISABLE_COPY_MOVE(PoolHistory)

    struct Advance {
        bool changed = false; ///< something was folded
        bool more = false; ///< there is more to fold at once: call again
    };
    /// Folds what was decoded, for some milliseconds at most.
    Advance advance();
    /// Whether all that the journal holds now is folded.
    bool isCaughtUp() const;

    QList<PoolId> pools() const { return m_pools; } ///< in the order in which they came
    const PoolRecord *pool(PoolId id) const; ///< null: unknown. Lives as long as this

    static constexpr qsizetype kMostPools = 10'000; ///< further ones are left out

private:
    class Reader;
    std::unique_ptr<Reader> m_reader;
    QList<PoolId> m_pools;
    QHash<PoolId, std::shared_ptr<PoolRecord>> m_records;
};

} // namespace forkscope::pool
