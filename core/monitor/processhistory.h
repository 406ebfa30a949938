// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/monitor/processtable.h"

#include <QObject>

#include <memory>

namespace forkscope {

/// The table of processes as it was at any place of a journal, also further back: folded in a thread, from the nearest of some
/// tables that it keeps on the way (about 30; fewer where they are long).
///
/// Functions are for the thread that made it. The journal must outlive it.
class ProcessHistory : public QObject
{
    Q_OBJECT

public:
    explicit ProcessHistory(const Journal &journal, QObject *parent = nullptr);
    ~ProcessHistory() override;

    /// Asks for the state before this record. Returns at once; the latest request counts.
    void request(quint64 endRecord);

    struct State {
        quint64 endRecord = 0;
        ProcessTable table;
    };
    /// What ready() told of; nothing where it was taken, or nobody asked.
    std::optional<State> take();

signals:
    void ready();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace forkscope
