// SPDX-License-Identifier: GPL-3.0-or-later
// forkscope redact: a copy of a recording that can be given to others.
#include "app/subcommands.h"

#include "core/export/jsonwriter.h"
#include "core/export/selection.h"
#include "core/redact/redaction.h"
#include "ui/recording/redactwords.h"

#include <QCoreApplication>

#include <algorithm>
#include <cstdio>
#include <limits>

namespace forkscope {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(forkscope)
};

void print(const QByteArray &line)
{
    std::fwrite(line.constData(), 1, size_t(line.size()), stdout);
    std::fputc('\n', stdout);
}

int listPresets()
{
    for (const char *word : maskPresets())
        print(QByteArray(word).leftJustified(14) + maskPresetPurpose(word).toUtf8());
    return 0;
}

Result<QSet<ChannelId>> channelSet(const Journal &journal, const std::vector<std::string> &words)
{
    const auto channels = channelsNamed(journal, bytesOf(words));
    if (!channels)
        return channels.error();
    return QSet<ChannelId>(channels.value().begin(), channels.value().end());
}

/// Of a malformed expression: it, and under it an arrow to the place where it is wrong.
void pointAtFault(const QString &expression)
{
    const auto fault = expressionFault(expression);
    if (!fault || expression.contains(u'\n'))
        return;
    const QString line = QStringLiteral("  %1\n  %2^\n").arg(expression, QString(fault->position, u' '));
    std::fputs(line.toLocal8Bit().constData(), stderr);
}

Result<QList<MaskPattern>> patternsOf(const RedactOptions &options)
{
    QList<MaskPattern> patterns;
    const QByteArrayList presets = bytesOf(options.presets);
    for (const QByteArray &preset : presets) {
        if (presets.contains("all") && preset != "all")
            continue;
        const QList<MaskPattern> found = presetPatterns(preset, OwnNames::ofThisComputer());
        if (found.isEmpty())
            return Error::invalid(
                Text::tr("use the preset"), Text::tr("nothing is known that it could mask"), QString::fromUtf8(preset));
        patterns.append(found);
    }
    const auto append = [&](auto make, const std::vector<std::string> &words, const QByteArray &name) -> Result<void> {
        for (size_t i = 0; i < words.size(); ++i) {
            auto made = make(QString::fromLocal8Bit(words[i]), name + QByteArray::number(quint64(i) + 1));
            if (!made)
                return made.error();
            patterns.append(std::move(made).value());
        }
        return {};
    };
    if (auto made = append(maskExpression, options.expressions, "expression "); !made)
        return made.error();
    if (auto made = append(maskText, options.texts, "text "); !made)
        return made.error();
    return patterns;
}

Result<RedactionRequest> requestOf(const Journal &journal, const RedactOptions &options, const QList<MaskPattern> &patterns)
{
    RedactionRequest request{.patterns = patterns};
    for (const std::string &part : options.strip) {
        request.stripPayload |= part == "payload";
        request.stripArguments |= part == "arguments";
        request.stripDirectories |= part == "directories";
        request.stripEnvironment |= part == "environment";
    }
    if (!options.channels.empty()) {
        if (!request.stripPayload)
            return Error::invalid(Text::tr("choose channels"), Text::tr("--channel goes with --strip payload"));
        auto channels = channelSet(journal, options.channels);
        if (!channels)
            return channels.error();
        request.stripChannels = channels.value();
    }
    if (!options.dropChannels.empty()) {
        auto channels = channelSet(journal, options.dropChannels);
        if (!channels)
            return channels.error();
        request.dropChannels = channels.value();
    }
    return request;
}

void printJson(const RedactionReport &report)
{
    const auto channelHead = [&](JsonWriter &json, ChannelId channel) {
        json.beginObject();
        json.field("channel_id", quint32(channel));
        json.field("channel", report.channelNames.value(qsizetype(channel)));
    };
    QByteArray out;
    JsonWriter json(out);
    json.beginObject();
    json.field("records", report.records);
    json.field("bytes", report.bytes);
    json.field("changed_events", report.summary.changedEvents);
    json.field("dropped_events", report.summary.droppedEvents);
    json.field("unassigned_records", report.unassigned);
    json.field("lost_records", report.lostRecords);
    json.field("lost_bytes", report.lostBytes);
    json.field("torn", !report.file.complete());
    json.key("patterns");
    json.beginArray();
    for (qsizetype i = 0; i < report.summary.patterns.size(); ++i) {
        const Redacted::Pattern &pattern = report.summary.patterns[i];
        json.beginObject();
        json.field("name", pattern.name);
        json.field("matches", pattern.matches);
        json.field("bytes", pattern.bytes);
        json.field("overlong", pattern.overlong);
        json.field("in_events", report.places[i].events);
        json.key("channels");
        json.beginArray();
        QList<ChannelId> channels = report.places[i].channels.keys();
        std::sort(channels.begin(), channels.end());
        for (const ChannelId channel : std::as_const(channels)) {
            channelHead(json, channel);
            json.field("matches", report.places[i].channels.value(channel));
            json.endObject();
        }
        json.endArray();
        json.endObject();
    }
    json.endArray();
    json.key("channels");
    json.beginArray();
    for (const Redacted::PerChannel &channel : report.summary.channels) {
        channelHead(json, channel.channel);
        json.field("stripped_records", channel.strippedRecords);
        json.field("stripped_bytes", channel.strippedBytes);
        json.field("dropped_records", channel.droppedRecords);
        json.field("dropped_bytes", channel.droppedBytes);
        json.field("masked_records", channel.maskedRecords);
        json.field("masked_bytes", channel.maskedBytes);
        json.endObject();
    }
    json.endArray();
    json.endObject();
    print(out.trimmed());
}

void printText(const RedactionReport &report)
{
    for (qsizetype i = 0; i < report.summary.patterns.size(); ++i) {
        const Redacted::Pattern &pattern = report.summary.patterns[i];
        const QString places = redactionPlacesText(report, i, std::numeric_limits<qsizetype>::max());
        print(pattern.name + ": "
            + (pattern.matches == 0 ? Text::tr("no match") : Text::tr("%1 matches: %2").arg(pattern.matches).arg(places))
                  .toUtf8());
    }
    for (const QString &note : redactionNotes(report))
        print(note.toUtf8());
}

int failure(const Error &error)
{
    complain(errorText(error));
    return error.code == ErrorCode::InvalidArgument ? kUsageError : kOwnFailure;
}

} // namespace

int redactCommand(const RedactOptions &options)
{
    if (options.listPresets)
        return listPresets();
    if (options.file.empty() || (options.output.empty() && !options.dryRun))
        return failure(Error::invalid(Text::tr("redact"), Text::tr("give the recording, and -o FILE or --dry-run")));
    const auto patterns = patternsOf(options);
    if (!patterns) {
        complain(errorText(patterns.error()));
        pointAtFault(patterns.error().subject);
        return kUsageError;
    }
    const auto opened = Journal::open(QString::fromLocal8Bit(options.file));
    if (!opened)
        return failure(opened.error());
    const Journal &journal = *opened.value();
    const auto request = requestOf(journal, options, patterns.value());
    if (!request)
        return failure(request.error());
    if (request.value().changesNothing())
        return failure(Error::invalid(
            Text::tr("redact"), Text::tr("choose what to remove: --strip, --drop-channel, --mask, --mask-text or --preset")));
    const auto redacted = options.dryRun ? previewRedaction(journal, request.value())
                                         : redactRecordingTo(QString::fromLocal8Bit(options.output), journal, request.value());
    if (!redacted)
        return failure(redacted.error());
    if (options.json)
        printJson(redacted.value());
    else
        printText(redacted.value());
    return 0;
}

} // namespace forkscope
