// SPDX-License-Identifier: GPL-3.0-or-later
// Lines, each written when it is whole; what was given up is told by a line of its own.
#include "core/export/exportrun.h"
#include "core/export/formats.h"
#include "core/journal/words.h"
#include "core/output/lineformat.h"
#include "core/output/linescanner.h"

#include <QCoreApplication>

namespace forkscope {

namespace {

class TextExport
{
    Q_DECLARE_TR_FUNCTIONS(Export)

public:
    explicit TextExport(ExportRun &run) : m_run(run), m_formatter(run.journal(), LineFormat::Stamped) { }

    void add(const RecordView &record)
    {
        if (record.message.traffic)
            return addMessage(record);
        Stream &stream = m_streams[record.channel];
        const quint64 offset = record.message.streamOffset; // 0 in files that others wrote
        if (offset > stream.nextOffset) {
            end(record.channel, stream, LineText::End::Lost);
            stream.gapBytes += offset - stream.nextOffset;
            tellLoss(record.channel, offset - stream.nextOffset);
        }
        stream.nextOffset = offset + quint64(record.bytes.size());
        QByteArrayView rest = record.bytes;
        while (!rest.isEmpty()) {
            if (stream.scanner.empty() && stream.begun.isEmpty())
                stream.timeNs = record.timeNs;
            const QByteArrayView piece = rest.first(stream.scanner.take(rest));
            rest = rest.sliced(piece.size());
            if (!stream.scanner.ended()) {
                stream.begun.append(piece);
                continue;
            }
            const auto how = stream.scanner.cut() ? LineText::End::Cut : LineText::End::LineFeed;
            if (stream.begun.isEmpty()) {
                write(record.channel, stream, piece, how);
            } else {
                stream.begun.append(piece);
                end(record.channel, stream, how);
            }
            stream.scanner.startLine();
        }
    }

    void finish()
    {
        for (const ChannelId id : m_run.wantedChannels()) {
            Stream &stream = m_streams[id];
            end(id, stream, LineText::End::Open);
            if (const quint64 lost = m_run.lostBytesOf(id); lost > stream.gapBytes)
                tellLoss(id, lost - stream.gapBytes);
        }
        const OpenReport &file = m_run.report.file;
        if (!file.complete())
            tell(tr("the recording ends abruptly: %1 bytes at its end were cut, %2 records had been begun and not finished")
                     .arg(file.cutBytes)
                     .arg(file.tornRecords));
    }

private:
    void addMessage(const RecordView &record)
    {
        const QByteArray line = trafficLine(record) + '\n';
        startLine();
        if (m_run.request().stamped)
            m_formatter.append(m_run.out, {.bytes = line, .timeNs = record.timeNs, .channel = record.channel}, line);
        else
            m_run.out += m_run.channel(record.channel).name + ": " + line;
        m_last = record.channel;
    }

    struct Stream {
        LineScanner scanner;
        QByteArray begun; ///< of a line that has not ended yet
        qint64 timeNs = 0; ///< of its first byte
        quint64 nextOffset = 0;
        quint64 gapBytes = 0;
        bool goesOn = false; ///< its last line was cut for its length
    };

    void end(ChannelId id, Stream &stream, LineText::End how)
    {
        if (!stream.begun.isEmpty())
            write(id, stream, stream.begun, how);
        stream.begun.resize(0);
        if (how == LineText::End::Lost)
            stream.scanner.startLine();
    }

    void write(ChannelId id, Stream &stream, QByteArrayView bytes, LineText::End how)
    {
        QByteArray &out = m_run.out;
        if (m_run.request().stamped) {
            m_formatter.append(out, {.bytes = bytes, .timeNs = stream.timeNs, .channel = id, .end = how}, bytes);
        } else {
            if (!(stream.goesOn && id == m_last))
                startLine();
            out.append(bytes);
            m_lineIsOpen = !bytes.endsWith('\n');
        }
        stream.goesOn = how == LineText::End::Cut;
        m_last = id;
    }

    void startLine()
    {
        if (std::exchange(m_lineIsOpen, false))
            m_run.out += '\n';
    }

    void tell(const QString &what)
    {
        startLine();
        m_run.out += "[Forkscope: " + what.toUtf8() + "]\n";
        m_last = ChannelId::None;
    }

    void tellLoss(ChannelId id, quint64 bytes)
    {
        tell(tr("%1 bytes of %2 were given up here").arg(bytes).arg(QString::fromUtf8(m_run.channel(id).name)));
    }

    ExportRun &m_run;
    LineFormatter m_formatter;
    QHash<ChannelId, Stream> m_streams;
    ChannelId m_last = ChannelId::None;
    bool m_lineIsOpen = false;
};

} // namespace

Result<void> exportText(ExportRun &run)
{
    TextExport text(run);
    if (auto done = run.forEachRecord([&](const RecordView &record) { text.add(record); }); !done)
        return done;
    text.finish();
    return run.flush(true);
}

} // namespace forkscope
