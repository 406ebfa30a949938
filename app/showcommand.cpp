// SPDX-License-Identifier: GPL-3.0-or-later
// forkscope show: the output in a recording, line by line.
#include "app/subcommands.h"

#include "core/journal/journal.h"
#include "core/launch/commandline.h"
#include "ui/monitor/processtext.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTimeZone>

#include <cstdio>
#include <cstring>

namespace forkscope {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(forkscope)
};

const char *streamName(ChannelKind kind)
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
    case ChannelKind::Other:
        break;
    }
    return "other";
}

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
        if (m_options.json) {
            QJsonObject object{{QStringLiteral("type"), QStringLiteral("line")}, {QStringLiteral("time_ns"), first.timeNs},
                {QStringLiteral("record"), qint64(first.number)},
                {QStringLiteral("stream"), QLatin1String(streamName(channel.kind))},
                {QStringLiteral("channel"), QString::fromUtf8(channel.name)}, {QStringLiteral("pid"), channel.process.pid},
                {QStringLiteral("launch"), qint64(channel.launch)}};
            const QString decoded = QString::fromUtf8(bytes.toByteArray());
            object.insert(QStringLiteral("text"), decoded);
            // What text cannot carry is added as it is.
            if (decoded.toUtf8() != bytes)
                object.insert(QStringLiteral("base64"), QString::fromLatin1(bytes.toByteArray().toBase64()));
            if (!complete)
                object.insert(QStringLiteral("complete"), false);
            return print(QJsonDocument(object).toJson(QJsonDocument::Compact));
        }
        return print(clockTime(first.timeNs) + ' ' + channel.name + " | " + bytes.toByteArray());
    }

    bool event(const RecordView &record, const Event &event)
    {
        QJsonObject object{{QStringLiteral("time_ns"), record.timeNs}, {QStringLiteral("record"), qint64(record.number)}};
        const QString words = describe(event, object);
        if (words.isEmpty())
            return true;
        if (m_options.json)
            return print(QJsonDocument(object).toJson(QJsonDocument::Compact));
        return print(clockTime(record.timeNs) + " * " + words.toUtf8());
    }

    bool print(QByteArrayView bytes, bool newline = true)
    {
        if (std::fwrite(bytes.data(), 1, size_t(bytes.size()), stdout) != size_t(bytes.size()))
            return false;
        return !newline || std::fputc('\n', stdout) != EOF;
    }

private:
    static QString describe(const Event &event, QJsonObject &object)
    {
        const auto process = [&object](const char *type, const ProcessKey &key) {
            object.insert(QStringLiteral("type"), QLatin1String(type));
            object.insert(QStringLiteral("pid"), key.pid);
        };
        const auto arguments = [&object](const QByteArrayList &list) {
            QJsonArray array;
            for (const QByteArray &item : list)
                array.append(QString::fromUtf8(item));
            object.insert(QStringLiteral("args"), array);
            return quoteCommandLine(list);
        };
        if (const auto *started = std::get_if<ProcessStarted>(&event)) {
            process("process-started", started->process);
            object.insert(QStringLiteral("ppid"), started->ppid);
            object.insert(QStringLiteral("name"), QString::fromUtf8(started->name));
            return Text::tr("%1 started (PPID %2): %3")
                .arg(started->process.pid)
                .arg(started->ppid)
                .arg(arguments(started->arguments));
        }
        if (const auto *executed = std::get_if<ProcessExecuted>(&event)) {
            process("process-executed", executed->process);
            object.insert(QStringLiteral("name"), QString::fromUtf8(executed->name));
            return Text::tr("%1 executes: %2").arg(executed->process.pid).arg(arguments(executed->arguments));
        }
        if (const auto *exited = std::get_if<ProcessExited>(&event)) {
            process("process-exited", exited->process);
            ProcessRow row;
            row.process = exited->process;
            row.exit = exited->status;
            switch (exited->status.kind) {
            case ExitStatus::Kind::Exited:
                object.insert(QStringLiteral("exit_status"), exited->status.value);
                break;
            case ExitStatus::Kind::Signalled:
                object.insert(QStringLiteral("signal"), exited->status.value);
                break;
            case ExitStatus::Kind::Unknown:
                break;
            }
            return Text::tr("%1 ended: %2").arg(exited->process.pid).arg(ProcessText::exit(row));
        }
        if (const auto *failed = std::get_if<StartFailed>(&event)) {
            object.insert(QStringLiteral("type"), QStringLiteral("start-failed"));
            object.insert(QStringLiteral("errno"), failed->systemError);
            object.insert(QStringLiteral("path"), QString::fromUtf8(failed->path));
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
            object.insert(QStringLiteral("type"), QStringLiteral("lost"));
            object.insert(QStringLiteral("records"), qint64(records));
            object.insert(QStringLiteral("bytes"), qint64(bytes));
            return Text::tr("%1 records (%2 bytes) of the oldest output were given up").arg(records).arg(bytes);
        }
        return {};
    }

    const ShowOptions &m_options;
};

bool isWanted(const ChannelInfo &channel, const ShowOptions &options)
{
    if (options.channels.empty())
        return true;
    for (const std::string &wish : options.channels) {
        const QByteArray wanted = QByteArray::fromStdString(wish);
        if (wanted == streamName(channel.kind) || wanted == QByteArray::number(quint32(channel.id))
            || channel.name.contains(wanted))
            return true;
    }
    return false;
}

/// Puts the lines of a channel together from its records. A line is printed when it ends, under the time of its first byte.
class LineAssembler
{
public:
    bool add(Printer &printer, const ChannelInfo &channel, RecordView record)
    {
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
        return !m_begun || printer.line(channel, m_first, m_partial, false);
    }

private:
    void begin(const RecordView &record)
    {
        m_begun = true;
        m_first.number = record.number; // of the view, only what the head of a line shows
        m_first.timeNs = record.timeNs;
    }

    QByteArray m_partial;
    RecordView m_first;
    bool m_begun = false;
};

bool printAll(const Journal &journal, const ShowOptions &options)
{
    Printer printer(options);
    std::vector<LineAssembler> assemblers(journal.channelCount());
    std::vector<ChannelInfo> channels;
    std::vector<bool> wanted;
    for (quint32 i = 0; i < journal.channelCount(); ++i) {
        channels.push_back(journal.channel(ChannelId(i)));
        wanted.push_back(isWanted(channels.back(), options));
    }
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
        const bool printed = options.raw ? printer.print(record->bytes, false)
                                         : assemblers[channel].add(printer, channels[channel], std::move(*record));
        if (!printed)
            return false;
    }
    for (size_t i = 0; i < assemblers.size(); ++i)
        if (!assemblers[i].finish(printer, channels[i]))
            return false;
    return std::fflush(stdout) == 0;
}

} // namespace

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
    if (!printAll(journal, options)) {
        complain(Text::tr("cannot write to standard output: %1").arg(systemErrorText(errno)));
        return kOwnFailure;
    }
    const OpenReport report = journal.openReport();
    if (report.cutBytes > 0 || report.tornRecords > 0)
        complain(Text::tr("the recording ends abruptly: %1 bytes at its end were cut, %2 records had been begun and not finished")
                     .arg(report.cutBytes)
                     .arg(report.tornRecords));
    if (report.lostRecords > 0)
        complain(Text::tr("%1 records (%2 bytes) of the oldest output had been given up while it was recorded")
                     .arg(report.lostRecords)
                     .arg(report.lostBytes));
    return 0;
}

} // namespace forkscope
