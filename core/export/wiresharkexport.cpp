// SPDX-License-Identifier: GPL-3.0-or-later
// pcapng for Wireshark (draft-ietf-opsawg-pcapng; tags of exported PDUs: epan/exported_pdu.h): a packet a message, put together
// from its pieces, under the name of the dissector that reads what it carries.
#include "core/decode/framestream.h"
#include "core/export/exportrun.h"
#include "core/export/formats.h"
#include "core/journal/blocks.h"
#include "core/journal/words.h"

#include <QHash>
#include <QtEndian>

namespace forkscope {

namespace {

constexpr qsizetype kLargestPacket = 250 << 10; ///< of a message; Wireshark takes packets up to 256 KiB
constexpr quint16 kDissectorName = 12; ///< EXP_PDU_TAG_DISSECTOR_NAME
constexpr quint16 kComment = 1, kInterfaceName = 2, kTimeResolution = 9; ///< options of pcapng

template<typename T> void putLittle(QByteArray &out, T value)
{
    const T little = qToLittleEndian(value);
    out.append(reinterpret_cast<const char *>(&little), sizeof little);
}

void pad(QByteArray &out, qsizetype written)
{
    out.append(-written & 3, '\0');
}

void putOption(QByteArray &block, quint16 code, const QByteArray &value)
{
    putLittle(block, code);
    putLittle(block, quint16(value.size()));
    block += value;
    pad(block, value.size());
}

void putBlock(QByteArray &out, quint32 type, const QByteArray &body)
{
    const auto length = quint32(body.size() + 12);
    putLittle(out, type);
    putLittle(out, length);
    out += body;
    putLittle(out, length);
}

/// Null: Wireshark has none for it.
const char *dissectorOf(QByteArrayView decoder)
{
    static constexpr std::pair<const char *, const char *> kDissectors[]
        = {{"http", "http"}, {"json", "json"}, {"cbor", "cbor"}, {"protobuf", "protobuf"}, {"lines", "data-text-lines"}};
    for (const auto &[ours, theirs] : kDissectors)
        if (decoder == ours)
            return theirs;
    return nullptr;
}

/// What a frame carries, where Wireshark reads that but not the frame.
QByteArrayView payloadOf(const decode::Decoded &decoded, QByteArrayView frame)
{
    for (const decode::Field &field : decoded.root.fields)
        if (field.name.startsWith("payload") && field.offset + field.length <= quint64(frame.size()))
            return frame.sliced(qsizetype(field.offset), qsizetype(field.length));
    return {};
}

class WiresharkExport
{
public:
    explicit WiresharkExport(ExportRun &run) : m_run(run)
    {
        m_run.out += blocks::sectionHeader(run.journal().startTimeNs(), "Messages between processes, recorded by Forkscope");
        for (quint32 i = 0; i < run.channelCount(); ++i) {
            QByteArray body;
            putLittle(body, blocks::kLinkType);
            putLittle(body, quint16(0));
            putLittle(body, quint32(0)); // no limit
            putOption(body, kInterfaceName, run.channel(ChannelId(i)).name.left(1000));
            putOption(body, kTimeResolution, QByteArray(1, 9));
            putLittle(body, quint32(0));
            putBlock(m_run.out, blocks::InterfaceDescription, body);
        }
    }

    void add(const RecordView &record)
    {
        if (record.bytes.isEmpty())
            return; // what came out of a queue was told when it was put in
        Stream &stream = streamOf(record.channel);
        // A message by itself, or a piece of a stream. Behind a gap something new begins.
        const bool begins
            = record.message.traffic ? record.message.messageId == record.number : record.message.streamOffset != stream.end;
        if (begins)
            finish(stream);
        stream.end = record.message.streamOffset + quint64(record.bytes.size());
        stream.timeNs = record.timeNs;
        stream.comment = operationWord(record.message.operation);
        if (record.message.pid > 0)
            stream.comment += " by " + QByteArray::number(record.message.pid);
        stream.comment += ", record " + QByteArray::number(record.message.messageId);
        stream.frames.add(record.bytes, visitor(stream));
    }

    void finish()
    {
        for (Stream &stream : m_streams)
            finish(stream);
    }

private:
    struct Stream {
        ChannelId channel = ChannelId::None;
        decode::FrameStream frames;
        quint64 end = 0; ///< of what came
        qint64 timeNs = 0; ///< of the latest record
        QByteArray comment;
    };

    Stream &streamOf(ChannelId channel)
    {
        const auto found = m_streams.find(channel);
        if (found != m_streams.end())
            return *found;
        return *m_streams.insert(channel, {channel, decode::FrameStream(m_run.request().decoders.value(channel)), 0, 0, {}});
    }

    decode::FrameStream::Visitor visitor(const Stream &stream)
    {
        return [this, &stream](const decode::Decoder &decoder, const decode::Decoded &decoded, QByteArrayView frame) {
            const char *dissector = dissectorOf(decoder.name());
            QByteArray comment = stream.comment;
            if (!dissector) {
                const QByteArrayView payload = payloadOf(decoded, frame);
                const QByteArrayView kind = payload.isEmpty() ? QByteArrayView() : decode::guess(payload)->name();
                // What nearly any bytes may be is no reason to leave out others.
                if (const char *inner = kind == "json" || kind == "http" ? dissectorOf(kind) : nullptr) {
                    dissector = inner;
                    comment += QByteArray(", without its ") + decoder.name() + " frame of "
                        + QByteArray::number(frame.size() - payload.size()) + " bytes";
                    frame = payload;
                }
            }
            packets(stream, dissector ? dissector : "data", frame, comment);
        };
    }

    /// One, or where it is longer than a packet may be, several that no dissector reads.
    void packets(const Stream &stream, const char *dissector, QByteArrayView bytes, const QByteArray &comment)
    {
        const bool isWhole = bytes.size() <= kLargestPacket;
        for (qsizetype at = 0; at < bytes.size(); at += kLargestPacket)
            packet(stream, isWhole ? dissector : "data", bytes.sliced(at, std::min(kLargestPacket, bytes.size() - at)),
                isWhole ? comment
                        : comment + ", bytes from " + QByteArray::number(at) + " of " + QByteArray::number(bytes.size()));
    }

    void packet(const Stream &stream, const QByteArray &dissector, QByteArrayView bytes, const QByteArray &comment)
    {
        QByteArray tags;
        const auto putBig = [&tags](quint16 value) {
            tags += char(value >> 8);
            tags += char(value & 0xff);
        };
        putBig(kDissectorName);
        putBig(quint16((dissector.size() + 3) & ~3));
        tags += dissector;
        pad(tags, dissector.size());
        putBig(0);
        putBig(0);

        QByteArray body;
        body.reserve(tags.size() + bytes.size() + comment.size() + 64);
        putLittle(body, quint32(stream.channel));
        putLittle(body, quint32(quint64(stream.timeNs) >> 32));
        putLittle(body, quint32(stream.timeNs));
        const qsizetype length = tags.size() + bytes.size();
        putLittle(body, quint32(length));
        putLittle(body, quint32(length));
        body += tags;
        body.append(bytes);
        pad(body, length);
        putOption(body, kComment, comment);
        putLittle(body, quint32(0));
        putBlock(m_run.out, blocks::EnhancedPacket, body);
    }

    void finish(Stream &stream) { stream.frames.finish(visitor(stream)); }

    ExportRun &m_run;
    QHash<ChannelId, Stream> m_streams;
};

} // namespace

Result<void> exportWireshark(ExportRun &run)
{
    WiresharkExport pcapng(run);
    if (auto done = run.forEachRecord([&](const RecordView &record) { pcapng.add(record); }); !done)
        return done;
    pcapng.finish();
    return run.flush(true);
}

} // namespace forkscope
