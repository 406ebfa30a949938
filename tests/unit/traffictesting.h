// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/journal/journalwriter.h"
#include "core/traffic/messageindex.h"
#include "core/traffic/trafficparties.h"
#include "tests/unit/journaltesting.h"

#include <QTemporaryDir>

/// What the tests of traffic share: a recording that is written by hand.
namespace forkscope {

struct TrafficScene {
    ChannelId open(ChannelKind kind, const char *name) { return writer->openChannel({ChannelId::None, kind, {}, {}, name}); }
    /// ms: since the scene began.
    quint64 piece(ChannelId channel, const QByteArray &bytes, qint64 ms = 0, qint32 pid = 0)
    {
        MessageInfo info;
        info.pid = pid;
        return *writer->append(channel, bytes, info, beganNs + ms * 1'000'000);
    }
    quint64 message(ChannelId channel, Operation operation, qint32 pid, quint64 sequence, const QByteArray &bytes, qint64 ms = 0,
        qint64 waitedNs = -1)
    {
        MessageInfo info;
        info.pid = pid;
        info.operation = operation;
        info.traffic = TrafficInfo{sequence, quint64(bytes.size()), waitedNs, 0};
        return *writer->append(channel, operation == Operation::Get || operation == Operation::Receive ? QByteArray() : bytes,
            info, beganNs + ms * 1'000'000);
    }
    quint64 event(const Event &event) { return *writer->append(event); }
    void started(qint32 pid, const char *name, LaunchId launch = {}) { event(ProcessStarted{{pid, 1}, {}, 1, launch, name, {}}); }
    /// The index and the parties know all that is there.
    void lookAtAll()
    {
        while (index.advance(1000)) { }
        while (parties.advance(1000)) { }
    }
    const Journal &journal() const { return writer->journal(); }

    QTemporaryDir folder;
    std::unique_ptr<JournalWriter> writer = createWriter(folder.filePath(QStringLiteral("r.pcapng")));
    const qint64 beganNs = monotonicNs();
    MessageIndex index{writer->journal()};
    TrafficParties parties{writer->journal()};
};

} // namespace forkscope
