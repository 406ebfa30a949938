// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/traffic/messagecontent.h"

#include "core/decode/kinds.h"
#include "ui/traffic/messagesummary.h"
#include "ui/traffic/messagewords.h"
#include "ui/widgets/format.h"

#include <QCoreApplication>
#include <QLocale>

namespace forkscope {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(MessageContent)
};

constexpr int kMostFrames = 200; ///< of one message that are decoded
constexpr quint64 kRowsBack = 20'000; ///< in which the put of what came out is looked for
constexpr qsizetype kRestPreview = 200;

QString count(quint64 number)
{
    return QLocale().toString(number);
}

/// "1,234 bytes (1.2 KiB)".
QString length(quint64 bytes)
{
    const QString exact = Words::tr("%Ln byte(s)", nullptr, int(std::min<quint64>(bytes, INT_MAX)));
    return bytes < 1024 ? exact : Words::tr("%1 bytes (%2)").arg(count(bytes), bytesText(qint64(bytes)));
}

bool isCompressed(QByteArrayView name)
{
    return name == "gzip" || name == "zstd" || name == "payload, gzip" || name == "payload, zstd";
}

/// Puts what a decoder found under a node.
class FieldsAdded
{
public:
    explicit FieldsAdded(MessageContent &content) : m_content(content) { }

    /// `start`: where the frame begins in the bytes of the layer.
    void add(FieldNode &parent, const decode::Field &field, int layer, quint64 start)
    {
        FieldNode *node = parent.add(QString::fromUtf8(field.name), QString::fromUtf8(field.value));
        node->layer = layer;
        node->offset = start + field.offset;
        node->length = field.length;
        if (isCompressed(field.name) && !field.fields.isEmpty())
            return addDecompressed(*node, field, layer);
        for (const decode::Field &part : field.fields)
            add(*node, part, layer, start);
    }

    /// The parts of something compressed count their offsets in what comes out.
    void addDecompressed(FieldNode &node, const decode::Field &field, int layer)
    {
        const QByteArray packed
            = m_content.layers[layer].bytes->read(node.offset, qsizetype(std::min(node.length, kMostDecoded)));
        QByteArray bytes = decode::decompressed(packed, decode::Limits().decompressed);
        int inner = -1;
        if (!bytes.isEmpty()) {
            inner = int(m_content.layers.size());
            m_content.layers.append({Words::tr("Decompressed"), std::make_shared<HeldBytes>(std::move(bytes))});
        }
        // Within a frame they have been moved by where its payload begins.
        const quint64 moved = field.name.startsWith("payload") ? field.offset : 0;
        for (const decode::Field &part : field.fields)
            add(node, part, inner, 0 - moved);
    }

private:
    MessageContent &m_content;
};

/// What a decoder cannot take is shown as it is.
void addPlain(FieldNode &parent, const QString &name, int layer, quint64 offset, quint64 size, QByteArrayView beginning)
{
    FieldNode *node = parent.add(name, MessageWords::preview(beginning, kRestPreview));
    node->layer = layer;
    node->offset = offset;
    node->length = size;
}

/// Decodes one frame, which begins at `start` of a layer. How many bytes it takes; 0: it cannot be read, or not to its end.
quint64 addFrame(MessageContent &content, FieldNode &parent, int layer, quint64 start, QByteArrayView bytes, bool isCut)
{
    const decode::Decoded decoded = content.decoder->decode(bytes);
    const bool isUsable = decoded.ok() && decoded.used > 0;
    if (!isUsable && decoded.root.fields.isEmpty() && decoded.root.value.isEmpty()) {
        addPlain(
            parent, start == 0 ? Words::tr("Bytes") : Words::tr("Bytes after that"), layer, start, quint64(bytes.size()), bytes);
        parent.parts.back()
            ->add(Words::tr("Not %1", "name of a decoder").arg(QLatin1String(content.decoder->name())),
                QString::fromUtf8(decoded.problem))
            ->isProblem
            = decoded.state == decode::Decoded::State::Malformed;
        return 0;
    }
    FieldsAdded(content).add(parent, decoded.root, layer, start);
    FieldNode &frame = *parent.parts.back();
    if (!isUsable)
        frame.length = quint64(bytes.size());
    if (!decoded.problem.isEmpty())
        frame
            .add(decoded.state == decode::Decoded::State::Partial ? Words::tr("Not whole") : Words::tr("Problem"),
                isCut && !isUsable ? Words::tr("only the first %1 are decoded").arg(bytesText(bytes.size()))
                                   : QString::fromUtf8(decoded.problem))
            ->isProblem
            = true;
    return isUsable ? decoded.used : 0;
}

/// Decodes all bytes of the message frame by frame.
void addFrames(MessageContent &content, FieldNode &parent)
{
    const ByteSource &source = *content.layers.first().bytes;
    const QByteArray bytes = source.read(0, qsizetype(std::min(source.size(), kMostDecoded)));
    const bool isCut = quint64(bytes.size()) < source.size();
    quint64 at = 0;
    for (int frames = 0; at < quint64(bytes.size()); ++frames) {
        const QByteArrayView rest = QByteArrayView(bytes).sliced(qsizetype(at));
        if (frames == kMostFrames)
            return addPlain(parent, Words::tr("More that is not decoded"), 0, at, source.size() - at, rest);
        const quint64 used = addFrame(content, parent, 0, at, rest, isCut);
        parent.parts.back()->isOpen = frames == 0;
        if (used == 0)
            return;
        at += used;
    }
}

/// The messages of a stream of which this piece holds something. `offset`: of the piece, in the stream.
void addStreamFrames(MessageContent &content, FieldNode &parent, const StreamFrames::Found &found, quint64 offset)
{
    const ByteSource &piece = *content.layers.first().bytes;
    const quint64 end = offset + piece.size();
    quint64 told = offset; ///< bytes of the stream before it are in the tree
    for (const StreamFrame &frame : found.frames) {
        if (frame.kind == StreamFrame::Kind::Gap) {
            parent.add(Words::tr("Before this"), Words::tr("%1 not recorded").arg(length(frame.end - frame.begin)))->isProblem
                = true;
            continue;
        }
        const quint64 from = std::max(frame.begin, offset), to = std::min(frame.end, end);
        if (from >= to)
            continue;
        told = to;
        if (frame.kind == StreamFrame::Kind::Malformed || frame.kind == StreamFrame::Kind::TooLong) {
            addPlain(parent,
                frame.kind == StreamFrame::Kind::TooLong ? Words::tr("A message too long to be decoded") : Words::tr("Bytes"), 0,
                from - offset, to - from, piece.read(from - offset, kRestPreview));
            parent.parts.back()
                ->add(Words::tr("Not %1", "name of a decoder").arg(QLatin1String(content.decoder->name())), {})
                ->isProblem
                = frame.kind == StreamFrame::Kind::Malformed;
            continue;
        }
        if (frame.begin >= offset && frame.end <= end) {
            addFrame(content, parent, 0, from - offset, piece.read(from - offset, qsizetype(to - from)), false);
            parent.parts.back()->isOpen = parent.parts.size() == 2;
            continue;
        }
        const QByteArray whole = found.assembly->bytes(frame, qsizetype(kMostDecoded));
        FieldNode *across = parent.add(Words::tr("Message across pieces"),
            Words::tr("%1, in No. %2 to %3")
                .arg(length(frame.end - frame.begin), count(frame.firstRow + 1), count(frame.lastRow + 1)));
        across->layer = 0;
        across->offset = from - offset;
        across->length = to - from;
        across->isOpen = true;
        content.layers.append({Words::tr("Reassembled"), std::make_shared<HeldBytes>(whole)});
        addFrame(content, *across, int(content.layers.size()) - 1, 0, whole, quint64(whole.size()) < frame.end - frame.begin);
    }
    if (told < end)
        addPlain(
            parent, Words::tr("More that is not decoded"), 0, told - offset, end - told, piece.read(told - offset, kRestPreview));
}

/// Of a pipe its messages, wherever its pieces end; else what the message itself holds.
void addDecoded(MessageContent &content, const TrafficSource &source, quint64 record)
{
    if (source.journal().channel(content.channel).kind == ChannelKind::Pipe) {
        quint64 offset = 0;
        if (const auto view = source.journal().read(record))
            offset = view->message.streamOffset;
        const StreamFrames::Found found = source.frames().framesOf(content.message, offset, *content.decoder, kMostFrames);
        if (!found.frames.isEmpty())
            return addStreamFrames(content, *content.root, found, offset);
        if (!found.assembly)
            content.root->add(Words::tr("Decoded from here"),
                Words::tr("too far from the beginning of the channel to know where its messages begin"));
    }
    addFrames(content, *content.root);
}

void addFacts(MessageContent &content, const TrafficSource &source, const MessageRow &row, quint64 recorded, bool givenUp)
{
    FieldNode &facts
        = *content.root->add(Words::tr("Message %1").arg(count(content.message + 1)), MessageWords::operation(row.operation));
    facts.isOpen = true;
    const auto fact = [&facts](const QString &name, const QString &value) { return facts.add(name, value); };
    const ChannelInfo channel = source.journal().channel(row.channel);
    fact(Words::tr("Channel"),
        Words::tr("%1 (%2)", "name, kind").arg(MessageWords::channel(channel), MessageWords::kind(channel.kind)));
    fact(Words::tr("From"), MessageWords::party(source.parties().from(row)));
    fact(Words::tr("To"), MessageWords::party(source.parties().to(row)));
    fact(Words::tr("Length"), length(row.length))->layer = 0;
    facts.parts.back()->length = recorded;
    if (givenUp)
        fact(Words::tr("Given up"), Words::tr("bytes of it, for the recording's size limit"))->isProblem = true;
    else if (recorded < row.length)
        fact(Words::tr("Not recorded"), length(row.length - recorded))->isProblem = true;
    fact(Words::tr("Time"), dateTimeText(row.timeNs));
    fact(Words::tr("Since the start"), durationText(row.timeNs - source.journal().startTimeNs()));
    if (const qint64 delta = source.index().deltaNs(content.message); delta >= 0)
        fact(Words::tr("Since the one before"), durationText(delta));
    if (row.waitedNs >= 0)
        fact(Words::tr("Waited"), durationText(row.waitedNs));
    fact(Words::tr("In its channel"),
        Words::tr("%1 of %2")
            .arg(count(source.index().positionInChannel(content.message) + 1),
                count(source.index().channelRowCount(row.channel))));
    const auto record = source.journal().read(row.record);
    if (!record)
        return;
    if (record->message.durationNs >= 0)
        fact(Words::tr("The call took"), durationText(record->message.durationNs));
    if (record->message.tid != 0)
        fact(Words::tr("Thread"), QString::number(record->message.tid));
    if (const auto &traffic = record->message.traffic) {
        fact(Words::tr("Sequence"), count(traffic->sequence));
        fact(Words::tr("Messages in it afterwards"), count(traffic->depth));
    } else {
        fact(Words::tr("Offset in the stream"), count(record->message.streamOffset));
    }
    fact(Words::tr("Record of the journal"), count(row.record));
}

} // namespace

std::shared_ptr<MessageContent> loadMessage(const TrafficSource &source, quint64 message)
{
    auto content = std::make_shared<MessageContent>();
    const MessageRow row = source.index().row(message);
    content->message = message;
    content->channel = row.channel;
    content->root = std::make_unique<FieldNode>();
    auto own = std::make_shared<MessageBytes>(source.journal(), row.record);
    const quint64 recorded = own->size();
    const bool givenUp = own->isGivenUp();
    QString whose;
    std::shared_ptr<const ByteSource> bytes = own;
    if (recorded == 0 && row.length > 0 && !givenUp) {
        if (const auto put = putOf(source, message, kRowsBack)) {
            bytes = std::make_shared<MessageBytes>(source.journal(), source.index().row(*put).record);
            whose = Words::tr("those of No. %1, which put it in").arg(count(*put + 1));
        }
    }
    content->layers.append({Words::tr("Message"), bytes});
    addFacts(*content, source, row, bytes->size(), givenUp);
    if (!whose.isEmpty())
        content->root->parts.front()->add(Words::tr("Bytes"), whose);
    content->decoder = source.decoders().of(row.channel);
    content->isChosen = source.decoders().isChosen(row.channel);
    content->confidence = content->decoder->confidence(bytes->read(0, 4096));
    if (bytes->size() > 0)
        addDecoded(*content, source, row.record);
    return content;
}

} // namespace forkscope
