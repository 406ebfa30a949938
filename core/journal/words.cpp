// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/words.h"

#include <algorithm>
#include <iterator>

namespace forkscope {

const char *streamWord(ChannelKind kind)
{
    switch (kind) {
    case ChannelKind::StandardInput:
        return "stdin";
    case ChannelKind::StandardOutput:
        return "stdout";
    case ChannelKind::StandardError:
        return "stderr";
    case ChannelKind::Terminal:
        return "terminal";
    case ChannelKind::Queue:
        return "queue";
    case ChannelKind::Connection:
        return "connection";
    case ChannelKind::Pipe:
        return "pipe";
    case ChannelKind::Other:
        break;
    }
    return "other";
}

const char *operationWord(Operation operation)
{
    static constexpr const char *kWords[] = {"write", "write", "read", "put", "get", "send", "receive"};
    return kWords[size_t(operation) < std::size(kWords) ? size_t(operation) : 0];
}

const char *poolPhaseWord(PoolPhase phase)
{
    static constexpr const char *kWords[] = {"open", "closed", "terminated", "finished"};
    return size_t(phase) < std::size(kWords) ? kWords[size_t(phase)] : "unknown";
}

const char *poolHoldWord(PoolHold hold)
{
    static constexpr const char *kWords[] = {"none", "paused", "load", "memory-pressure", "free-memory"};
    return size_t(hold) < std::size(kWords) ? kWords[size_t(hold)] : "unknown";
}

const char *taskEndingWord(TaskEnding ending)
{
    static constexpr const char *kWords[] = {"done", "failed", "timed-out", "worker-lost", "cancelled", "skipped"};
    return size_t(ending) < std::size(kWords) ? kWords[size_t(ending)] : "unknown";
}

QByteArray trafficLine(const RecordView &record)
{
    const TrafficInfo traffic = record.message.traffic.value_or(TrafficInfo());
    QByteArray line = operationWord(record.message.operation) + (' ' + QByteArray::number(traffic.sequence)) + " by "
        + QByteArray::number(record.message.pid) + ", " + QByteArray::number(traffic.size) + " bytes, depth "
        + QByteArray::number(traffic.depth);
    if (traffic.waitedNs >= 0)
        line += ", waited " + QByteArray::number(double(traffic.waitedNs) / 1e6, 'f', 3) + " ms";
    if (record.bytes.isEmpty())
        return line;
    line += ": ";
    const bool isText = record.bytes.isValidUtf8();
    qsizetype end = std::min<qsizetype>(record.bytes.size(), 200);
    while (isText && end < record.bytes.size() && (record.bytes[end] & 0xc0) == 0x80)
        --end; // not within a character
    const QByteArrayView shown = record.bytes.first(end);
    for (const char c : shown) {
        const auto byte = static_cast<unsigned char>(c);
        line += byte < 0x20 || byte == 0x7f || (byte >= 0x80 && !isText) ? "\\x" + QByteArray(1, c).toHex() : QByteArray(1, c);
    }
    return quint64(shown.size()) < traffic.size ? line + "…" : line;
}

} // namespace forkscope
