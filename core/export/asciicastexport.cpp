// SPDX-License-Identifier: GPL-3.0-or-later
// asciicast v2: what one terminal showed, and when; asciinema and its web player play it.
#include "core/export/exportrun.h"
#include "core/export/formats.h"
#include "core/export/jsonwriter.h"
#include "core/export/selection.h"
#include "core/export/utf8joiner.h"
#include "core/launch/commandline.h"

#include <QCoreApplication>

#include <set>

namespace forkscope {

namespace {

class CastExport
{
    Q_DECLARE_TR_FUNCTIONS(Export)

public:
    explicit CastExport(ExportRun &run) : m_run(run) { }

    /// Which launch is shown, and whether it had a terminal.
    Result<void> choose()
    {
        QList<ChannelInfo> terminals, pipes;
        for (const ChannelId id : m_run.wantedChannels()) {
            const ChannelInfo &channel = m_run.channel(id);
            if (channel.kind == ChannelKind::Terminal)
                terminals.append(channel);
            else if (isShown(channel))
                pipes.append(channel);
        }
        m_run.report.withoutTerminal = terminals.isEmpty();
        const QList<ChannelInfo> &shown = terminals.isEmpty() ? pipes : terminals;
        if (shown.isEmpty())
            return Error::invalid(
                tr("export a terminal session"), tr("neither a terminal nor standard output nor standard error is in it"));
        std::set<LaunchId> launches;
        for (const ChannelInfo &channel : shown)
            launches.insert(channel.launch);
        if (launches.size() > 1)
            return Error::invalid(tr("export a terminal session"),
                tr("it is that of one command, and there are several. Choose one: %1").arg(channelList(shown)));
        m_launch = *launches.begin();
        return {};
    }

    void writeHeader()
    {
        m_startNs = m_run.journal().startTimeNs();
        QByteArray command;
        m_run.forEachEvent([&](const RecordView &record, const Event &event) {
            if (const auto *asked = std::get_if<LaunchRequested>(&event); asked && asked->launch == m_launch) {
                m_startNs = record.timeNs;
                command = quoteCommandLine(asked->arguments).toUtf8();
            } else if (const auto *size = std::get_if<TerminalResized>(&event);
                       size && size->launch == m_launch && m_columns == 0) {
                m_columns = size->columns;
                m_rows = size->rows;
            }
        });
        if (m_columns <= 0 || m_rows <= 0) {
            m_columns = 80;
            m_rows = 24;
        }
        JsonWriter json(m_run.out);
        json.beginObject();
        json.field("version", 2);
        json.field("width", m_columns);
        json.field("height", m_rows);
        json.field("timestamp", m_startNs / 1'000'000'000);
        if (!command.isEmpty())
            json.field("command", command);
        if (!m_run.report.withoutTerminal) {
            json.key("env");
            json.beginObject();
            json.field("TERM", "xterm-256color"); // what our terminals are
            json.endObject();
        }
        json.endObject();
        m_run.out += '\n';
    }

    void add(const RecordView &record)
    {
        const ChannelInfo &channel = m_run.channel(record.channel);
        if (channel.launch != m_launch)
            return;
        Stream &stream = m_streams[record.channel];
        if (record.message.streamOffset > stream.nextOffset)
            write(channel, record.timeNs, stream.joiner.finish());
        stream.nextOffset = record.message.streamOffset + quint64(record.bytes.size());
        const QByteArray text = stream.joiner.add(record.bytes);
        write(channel, record.timeNs, m_run.report.withoutTerminal && isShown(channel) ? withReturns(text, stream.last) : text);
    }

    void add(const RecordView &record, const Event &event)
    {
        const auto *size = std::get_if<TerminalResized>(&event);
        if (!size || size->launch != m_launch || (size->columns == m_columns && size->rows == m_rows))
            return;
        m_columns = size->columns;
        m_rows = size->rows;
        writeEvent(record.timeNs, "r", QByteArray::number(m_columns) + 'x' + QByteArray::number(m_rows));
    }

    void finish()
    {
        for (auto stream = m_streams.begin(); stream != m_streams.end(); ++stream)
            write(m_run.channel(stream.key()), m_lastNs, stream->joiner.finish());
    }

private:
    struct Stream {
        Utf8Joiner joiner;
        quint64 nextOffset = 0;
        char last = 0;
    };

    static bool isShown(const ChannelInfo &channel) { return channel.kind != ChannelKind::StandardInput && isText(channel.kind); }

    /// A terminal does it on the way: without, each line would begin where the one before ended.
    static QByteArray withReturns(const QByteArray &text, char &last)
    {
        QByteArray result;
        for (const char byte : text) {
            if (byte == '\n' && last != '\r')
                result += '\r';
            result += byte;
            last = byte;
        }
        return result;
    }

    void write(const ChannelInfo &channel, qint64 timeNs, const QByteArray &text)
    {
        if (!text.isEmpty())
            writeEvent(timeNs, isShown(channel) ? "o" : "i", text);
    }

    void writeEvent(qint64 timeNs, const char *code, const QByteArray &data)
    {
        m_lastNs = std::max({m_lastNs, timeNs, m_startNs}); // players expect time to go on
        const qint64 us = (m_lastNs - m_startNs) / 1000;
        JsonWriter json(m_run.out);
        json.beginArray();
        json.verbatim(QByteArray::number(us / 1'000'000) + '.' + QByteArray::number(us % 1'000'000).rightJustified(6, '0'));
        json.string(code);
        json.string(data);
        json.endArray();
        m_run.out += '\n';
    }

    ExportRun &m_run;
    LaunchId m_launch = LaunchId::None;
    qint64 m_startNs = 0;
    qint64 m_lastNs = 0;
    qint32 m_columns = 0;
    qint32 m_rows = 0;
    QHash<ChannelId, Stream> m_streams;
};

} // namespace

Result<void> exportAsciicast(ExportRun &run)
{
    CastExport cast(run);
    if (auto chosen = cast.choose(); !chosen)
        return chosen;
    cast.writeHeader();
    auto done = run.forEachRecord([&](const RecordView &record) { cast.add(record); },
        [&](const RecordView &record, const Event &event) { cast.add(record, event); });
    if (!done)
        return done;
    cast.finish();
    return run.flush(true);
}

} // namespace forkscope
