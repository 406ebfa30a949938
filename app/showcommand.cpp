// SPDX-License-Identifier: GPL-3.0-or-later
// forkscope show: the output in a recording, line by line.
#include "app/showdecoded.h"
#include "app/subcommands.h"

#include "core/decode/decoder.h"
#include "core/export/jsonwriter.h"
#include "core/export/recordjson.h"
#include "core/export/selection.h"
#include "core/filter/filteredrecords.h"
#include "core/journal/words.h"
#include "core/launch/commandline.h"
#include "core/traffic/messagelog.h"
#include "ui/monitor/processtext.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <optional>
#include <utility>

namespace forkscope {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(forkscope)
};

QByteArray clockTime(qint64 timeNs)
{
    const auto seconds = QDateTime::fromMSecsSinceEpoch(timeNs / 1'000'000).toString(QStringLiteral("hh:mm:ss"));
    return seconds.toLatin1() + '.' + QByteArray::number(timeNs / 1000 % 1'000'000).rightJustified(6, '0');
}

/// Writes to stdout. False: nobody reads any more.
class Printer
{
public:
    explicit Printer(const ShowOptions &options) : m_options(options) { }

    bool line(const ChannelInfo &channel, const RecordView &first, QByteArrayView bytes, bool complete)
    {
        if (!m_options.json)
            return print(clockTime(first.timeNs) + ' ' + channel.name + " | " + bytes.toByteArray());
        QByteArray text;
        m_json.line(text, first.number, first.timeNs, channel, bytes, complete);
        return print(text);
    }

    bool message(const ChannelInfo &channel, const RecordView &record)
    {
        if (!m_options.json)
            return print(clockTime(record.timeNs) + ' ' + channel.name + " | " + trafficLine(record));
        QByteArray text;
        m_json.message(text, record, channel);
        return print(text);
    }

    bool event(const RecordView &record, const Event &event)
    {
        const QString words = describe(event);
        if (words.isEmpty())
            return true;
        if (!m_options.json)
            return print(clockTime(record.timeNs) + " * " + words.toUtf8());
        QByteArray text;
        m_json.event(text, record, event);
        return print(text);
    }

    bool print(QByteArrayView bytes, bool newline = true)
    {
        if (std::fwrite(bytes.data(), 1, size_t(bytes.size()), stdout) != size_t(bytes.size()))
            return false;
        return !newline || std::fputc('\n', stdout) != EOF;
    }

private:
    /// Empty: not worth a line.
    static QString describe(const Event &event)
    {
        if (const auto *started = std::get_if<ProcessStarted>(&event))
            return Text::tr("%1 started (PPID %2): %3")
                .arg(started->process.pid)
                .arg(started->ppid)
                .arg(quoteCommandLine(started->arguments));
        if (const auto *executed = std::get_if<ProcessExecuted>(&event))
            return Text::tr("%1 executes: %2").arg(executed->process.pid).arg(quoteCommandLine(executed->arguments));
        if (const auto *exited = std::get_if<ProcessExited>(&event)) {
            ProcessRow row;
            row.process = exited->process;
            row.exit = exited->status;
            return Text::tr("%1 ended: %2").arg(exited->process.pid).arg(ProcessText::exit(row));
        }
        if (const auto *failed = std::get_if<StartFailed>(&event)) {
            ProcessRow row;
            row.failure = *failed;
            return ProcessText::exit(row);
        }
        if (const auto *lost = std::get_if<PayloadLost>(&event)) {
            quint64 records = 0, bytes = 0;
            for (const auto &channel : lost->channels) {
                records += channel.records;
                bytes += channel.bytes;
            }
            return Text::tr("%1 records (%2 bytes) of the oldest output were given up").arg(records).arg(bytes);
        }
        if (const auto *lost = std::get_if<TrafficLost>(&event))
            return Text::tr("%1 operations and the bytes of %2 messages were too fast to be recorded")
                .arg(lost->operations)
                .arg(lost->payloads);
        if (std::holds_alternative<Redacted>(event))
            return Text::tr("this is a redacted copy");
        return {};
    }

    const ShowOptions &m_options;
    RecordJson m_json;
};

/// Puts the lines of a channel together from its records. A line is printed when it ends, under the time of its first byte.
class LineAssembler
{
public:
    /// hasGaps: lines do not go on over what was left out before this record.
    bool add(Printer &printer, const ChannelInfo &channel, RecordView record, bool hasGaps)
    {
        if (hasGaps && record.message.streamOffset != m_end && !finish(printer, channel))
            return false;
        m_end = record.message.streamOffset + quint64(record.bytes.size());
        QByteArrayView rest = record.bytes;
        while (!rest.isEmpty()) {
            const auto *feed = static_cast<const char *>(std::memchr(rest.data(), '\n', size_t(rest.size())));
            const qsizetype length = feed ? feed - rest.data() : rest.size();
            if (m_partial.isEmpty() && !m_begun)
                begin(record);
            if (!feed) {
                m_partial += rest.toByteArray();
                return true;
            }
            const bool printed = m_partial.isEmpty()
                ? printer.line(channel, m_first, rest.first(length), true)
                : printer.line(channel, m_first, m_partial + rest.first(length).toByteArray(), true);
            if (!printed)
                return false;
            m_partial.clear();
            m_begun = false;
            rest = rest.sliced(length + 1);
        }
        return true;
    }

    bool finish(Printer &printer, const ChannelInfo &channel)
    {
        return !std::exchange(m_begun, false) || printer.line(channel, m_first, std::exchange(m_partial, {}), false);
    }

private:
    void begin(const RecordView &record)
    {
        m_begun = true;
        m_first.number = record.number; // of the view, only what the head of a line shows
        m_first.timeNs = record.timeNs;
    }

    QByteArray m_partial;
    quint64 m_end = 0; ///< of what was seen of the stream
    RecordView m_first;
    bool m_begun = false;
};

/// What the recording has; of queues and connections also how many messages went in and came out.
bool listChannels(const Journal &journal, const ShowOptions &options, const QList<ChannelId> &chosen)
{
    for (quint32 i = 0; i < journal.channelCount(); ++i) {
        const ChannelInfo channel = journal.channel(ChannelId(i));
        if (!options.channels.empty() && !std::binary_search(chosen.begin(), chosen.end(), ChannelId(i)))
            continue;
        MessageLog log(journal, ChannelId(i), 1, 0);
        while (isTraffic(channel.kind) && log.advance().more) { }
        const MessageLog::Totals &totals = log.totals();
        const quint64 records = journal.channelRecordCount(ChannelId(i));
        if (!options.json) {
            const auto count
                = [&](quint64 n) { return isTraffic(channel.kind) ? QByteArray::number(n) : QByteArrayLiteral("-"); };
            std::printf("%4u  %-10s %8llu %8s %8s  %s\n", i, streamWord(channel.kind), records, count(totals.puts).constData(),
                count(totals.gets).constData(), channel.name.constData());
            continue;
        }
        QByteArray text;
        JsonWriter json(text);
        json.beginObject();
        json.field("channel", channel.name);
        json.field("channel_id", i);
        json.field("stream", streamWord(channel.kind));
        json.field("launch", quint32(channel.launch));
        json.field("pid", channel.process.pid);
        json.field("records", records);
        if (isTraffic(channel.kind)) {
            json.field("messages_in", totals.puts);
            json.field("messages_out", totals.gets);
            json.field("bytes_in", totals.bytes);
            json.field("longest_wait_ns", totals.longestWaitNs);
        }
        json.endObject();
        std::puts(text.constData());
    }
    return std::fflush(stdout) == 0;
}

/// messages: the first records of the only ones that are printed.
bool printAll(const Journal &journal, const ShowOptions &options, const QList<ChannelId> &chosen,
    const std::optional<std::vector<quint64>> &messages)
{
    Printer printer(options);
    std::vector<LineAssembler> assemblers(journal.channelCount());
    std::vector<ChannelInfo> channels;
    std::vector<bool> wanted;
    for (quint32 i = 0; i < journal.channelCount(); ++i) {
        channels.push_back(journal.channel(ChannelId(i)));
        wanted.push_back(options.channels.empty() || std::binary_search(chosen.begin(), chosen.end(), ChannelId(i)));
    }
    std::vector<DecodedChannel> decoded;
    if (!options.decode.empty())
        decoded.assign(channels.size(), DecodedChannel(decode::decoderNamed(options.decode.c_str())));
    const auto printDecoded = [&](size_t channel, const RecordView *record) {
        QByteArray text;
        record ? decoded[channel].add(text, channels[channel], *record, clockTime(record->timeNs))
               : decoded[channel].finish(text, channels[channel]);
        return printer.print(text, false);
    };
    const quint64 count = journal.recordCount();
    for (quint64 n = 0; n < count; ++n) {
        auto record = journal.read(n);
        if (!record)
            continue;
        if (record->isEvent()) {
            const auto event = options.events ? decodeEvent(record->eventNumber, record->bytes) : std::nullopt;
            if (event && !printer.event(*record, *event))
                return false;
            continue;
        }
        const auto channel = size_t(record->channel);
        if (channel >= channels.size() || !wanted[channel])
            continue;
        if (messages && !std::binary_search(messages->begin(), messages->end(), record->message.messageId))
            continue;
        const bool printed = options.raw ? printer.print(record->bytes, false)
            : !decoded.empty()           ? printDecoded(channel, &*record)
            : record->message.traffic
            ? printer.message(channels[channel], *record)
            : assemblers[channel].add(printer, channels[channel], std::move(*record), messages.has_value());
        if (!printed)
            return false;
    }
    for (size_t i = 0; i < assemblers.size(); ++i)
        if (!assemblers[i].finish(printer, channels[i]) || (!decoded.empty() && wanted[i] && !printDecoded(i, nullptr)))
            return false;
    return std::fflush(stdout) == 0;
}

} // namespace

void complainOfCut(const OpenReport &report)
{
    if (!report.complete())
        complain(Text::tr("the recording ends abruptly: %1 bytes at its end were cut, %2 records had been begun and not finished")
                     .arg(report.cutBytes)
                     .arg(report.tornRecords));
}

int showRecording(const QString &file, const ShowOptions &options)
{
    // Like cat: a reader that goes away ends us quietly.
    std::signal(SIGPIPE, SIG_DFL);
    const auto opened = Journal::open(file);
    if (!opened) {
        complain(errorText(opened.error()));
        return kOwnFailure;
    }
    const Journal &journal = *opened.value();
    const auto chosen = channelsNamed(journal, bytesOf(options.channels));
    if (!chosen) {
        complain(errorText(chosen.error()));
        return kUsageError;
    }
    std::optional<std::vector<quint64>> messages;
    if (!options.filter.empty()) {
        auto passing = filter::filteredRecords(journal, QString::fromLocal8Bit(options.filter));
        if (!passing) {
            complain(errorText(passing.error()));
            return kUsageError;
        }
        messages = std::move(passing).value();
    }
    const bool printed
        = options.list ? listChannels(journal, options, chosen.value()) : printAll(journal, options, chosen.value(), messages);
    if (!printed) {
        complain(Text::tr("cannot write to standard output: %1").arg(systemErrorText(errno)));
        return kOwnFailure;
    }
    const OpenReport report = journal.openReport();
    complainOfCut(report);
    if (report.lostRecords > 0)
        complain(Text::tr("%1 records (%2 bytes) of the oldest output had been given up while it was recorded")
                     .arg(report.lostRecords)
                     .arg(report.lostBytes));
    return 0;
}

} // namespace forkscope
