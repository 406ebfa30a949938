// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/traffic/messagesummary.h"

#include "ui/traffic/messagewords.h"

#include <QCoreApplication>

#include <algorithm>

namespace forkscope {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(MessageSummary)
};

constexpr qsizetype kBeginning = 4096; ///< bytes
constexpr qsizetype kCharacters = 200;
constexpr quint64 kRowsBack = 256;
constexpr qsizetype kFields = 6;

bool isOut(Operation operation)
{
    return operation == Operation::Get || operation == Operation::Receive || operation == Operation::Read;
}

} // namespace

QString summaryOf(const decode::Decoded &decoded, QByteArrayView decoder)
{
    if (decoder == "lines" || decoder == "bytes" || decoder == "json" || decoder == "jobserver"
        || decoded.state == decode::Decoded::State::Malformed)
        return {};
    const decode::Field &root = decoded.root;
    for (const decode::Field &field : root.fields)
        if (field.name.startsWith("payload") && !field.value.isEmpty())
            return QString::fromUtf8(field.value);
    if (!root.value.isEmpty())
        return QString::fromUtf8(root.value);
    QStringList parts;
    for (const decode::Field &field : root.fields.mid(0, kFields))
        parts += QString::fromUtf8(field.value.isEmpty() ? field.name : field.name + ": " + field.value);
    return parts.join(QStringLiteral(", "));
}

std::optional<quint64> putOf(const TrafficSource &source, quint64 row, quint64 most)
{
    const MessageIndex &index = source.index();
    const MessageRow got = index.row(row);
    quint64 sequence = 0;
    {
        const auto record = source.journal().read(got.record);
        if (!record || !record->message.traffic)
            return {};
        sequence = record->message.traffic->sequence;
    }
    const quint64 position = index.positionInChannel(row);
    for (quint64 i = 1; i <= std::min(position, most); ++i) {
        const quint64 earlier = index.channelRow(got.channel, position - i);
        const MessageRow candidate = index.row(earlier);
        if (isOut(candidate.operation))
            continue;
        const auto record = source.journal().read(candidate.record);
        if (record && record->message.traffic && record->message.traffic->sequence == sequence)
            return earlier;
    }
    return {};
}

QString summaryOf(const TrafficSource &source, quint64 row)
{
    const MessageRow message = source.index().row(row);
    QByteArray bytes;
    {
        const auto record = source.journal().read(message.record);
        if (!record)
            return Words::tr("⚠ given up (size limit of the recording)");
        bytes = record->bytes.first(std::min(record->bytes.size(), kBeginning)).toByteArray();
    }
    if (bytes.isEmpty() && message.length > 0) {
        if (isOut(message.operation)) {
            const auto put = putOf(source, row, kRowsBack);
            return put ? Words::tr("No. %L1: %2").arg(*put + 1).arg(summaryOf(source, *put))
                       : Words::tr("its bytes were recorded when it was put in");
        }
        return Words::tr("not recorded, only counted");
    }
    const decode::Decoder *decoder = source.decoders().of(message.channel);
    const decode::Decoded decoded = decoder->decode(bytes, {.depth = 8, .fields = 64, .decompressed = kBeginning});
    const QString summary = summaryOf(decoded, decoder->name());
    if (summary.isEmpty())
        return MessageWords::preview(bytes, kCharacters);
    return summary.size() > kCharacters ? summary.left(kCharacters - 1) + QChar(0x2026) : summary;
}

} // namespace forkscope
