// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/redact/redactionrun.h"

#include <QCoreApplication>
#include <QIODevice>

#include <algorithm>

namespace forkscope {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(Redact)
};

constexpr int kMostSamples = 12, kMostSamplesOfOne = 3;
constexpr qsizetype kSampleBefore = 60, kSampleLength = 160;
constexpr qsizetype kFillerLine = 80;

/// In place of a payload: as long, each piece lines of its own, so that views show when how much was written.
QByteArray filler(qsizetype size)
{
    QByteArray bytes(size, StreamMasker::kMask);
    for (qsizetype i = kFillerLine - 1; i < size; i += kFillerLine)
        bytes[i] = '\n';
    if (size > 0)
        bytes[size - 1] = '\n';
    return bytes;
}

bool isOfChannel(const Redacted::PerChannel &counts)
{
    return counts.strippedRecords > 0 || counts.droppedRecords > 0 || counts.maskedRecords > 0;
}

} // namespace

RedactionRun::RedactionRun(const Journal &journal, const RedactionRequest &request, const ExportControl &control, QIODevice *sink)
    : m_journal(journal), m_request(request), m_control(control), m_sink(sink), m_recordCount(journal.recordCount()),
      m_nextNumber(m_recordCount), m_lastTimeNs(journal.startTimeNs()), m_outputPatterns(request.patterns),
      m_eventPatterns(request.patterns), m_events(request, m_eventPatterns)
{
    if (sink)
        m_writer.emplace(*sink);
    if (request.stripEnvironment) {
        m_outputPatterns.append(environmentInOutput());
        m_eventPatterns.append(environmentInArguments());
    }
    m_report.file = journal.openReport();
    const quint32 channels = journal.channelCount();
    for (quint32 i = 0; i < channels; ++i) {
        const ChannelId id{i};
        const bool strip = request.stripPayload && (!request.stripChannels || request.stripChannels->contains(id));
        m_fates.push_back(request.dropChannels.contains(id) ? Fate::Drop
                : strip                                     ? Fate::Strip
                : m_outputPatterns.isEmpty()                ? Fate::Keep
                                                            : Fate::Mask);
        m_counts.push_back({.channel = id});
    }
    m_masked.resize(channels);
    m_samplesOf.resize(channels + 1);
}

Result<RedactionReport> RedactionRun::run()
{
    if (auto written = writeHead(); !written)
        return written.error();
    for (quint64 n = 0; n < m_recordCount && !isCancelled(); ++n) {
        if (auto visited = visit(n); !visited)
            return visited.error();
        if (n % 16 == 0)
            tellProgress(n);
    }
    m_report.cancelled = isCancelled();
    if (m_report.cancelled)
        return m_report;
    if (auto visited = visitLateLosses(); !visited)
        return visited.error();
    if (const auto failed = m_events.failed())
        return tooCostly(*failed);
    sum();
    if (auto written = event(m_lastTimeNs, m_report.summary, m_nextNumber); !written)
        return written.error();
    if (m_sink)
        m_report.bytes = quint64(m_sink->pos());
    return m_report;
}

Result<void> RedactionRun::writeHead()
{
    bool written = !m_writer || m_writer->begin(m_journal.startTimeNs(), comment());
    for (quint32 i = 0; i < m_fates.size() && written; ++i) {
        const ChannelInfo info = m_events.redacted(m_journal.channel(ChannelId(i)));
        m_report.summary.changedEvents += m_events.hasChanged();
        m_report.channelNames.append(info.name);
        written = !m_writer || m_writer->channel(info);
    }
    if (!written)
        return sinkFailure();
    return {};
}

Result<void> RedactionRun::visit(quint64 number)
{
    const ChannelId channel = m_journal.channelOf(number);
    if (size_t(channel) < m_fates.size() && m_fates[size_t(channel)] == Fate::Mask)
        return visitMasked(number, channel);
    const auto record = m_journal.read(number);
    if (!record)
        return {};
    if (record->isEvent())
        return visitEvent(*record);
    if (size_t(record->channel) >= m_fates.size()) {
        ++m_report.unassigned;
        return {};
    }
    const auto size = record->bytes.size();
    Redacted::PerChannel &counts = countsOf(record->channel);
    switch (m_fates[size_t(record->channel)]) {
    case Fate::Drop:
        ++counts.droppedRecords;
        counts.droppedBytes += quint64(size);
        return {};
    case Fate::Strip:
        ++counts.strippedRecords;
        counts.strippedBytes += quint64(size);
        return message({number, record->timeNs, record->message, filler(size)}, record->channel);
    default:
        return message({number, record->timeNs, record->message, record->bytes.toByteArray()}, record->channel);
    }
}

Result<void> RedactionRun::visitMasked(quint64 number, ChannelId channel)
{
    auto &masked = m_masked[size_t(channel)];
    if (!masked)
        masked = std::make_unique<MaskedChannel>(m_journal, channel, m_recordCount, m_outputPatterns);
    const auto taken = masked->take(number);
    if (const auto failed = masked->failed())
        return tooCostly(*failed);
    if (!taken)
        return {};
    if (taken->masked.bytes > 0) {
        ++countsOf(channel).maskedRecords;
        countsOf(channel).maskedBytes += taken->masked.bytes;
        const qsizetype first = taken->masked.first;
        const qsizetype lineStart = taken->bytes.lastIndexOf('\n', first) + 1;
        const qsizetype begin = std::max(lineStart, first - kSampleBefore);
        const qsizetype lineEnd = taken->bytes.indexOf('\n', first);
        sample(channel, taken->bytes.mid(begin, std::min(kSampleLength, (lineEnd < 0 ? taken->bytes.size() : lineEnd) - begin)));
    }
    return message(*taken, channel);
}

Result<void> RedactionRun::message(const MaskedChannel::Message &message, ChannelId channel)
{
    ++m_report.records;
    m_lastTimeNs = message.timeNs;
    if (m_writer && !m_writer->message(message.number, message.timeNs, channel, message.info, message.bytes))
        return sinkFailure();
    return {};
}

Result<void> RedactionRun::event(qint64 timeNs, const Event &event, quint64 number)
{
    ++m_report.records;
    m_lastTimeNs = timeNs;
    if (m_writer && !m_writer->event(number, timeNs, eventNumber(event), encodeEvent(event)))
        return sinkFailure();
    return {};
}

/// Written anew from what was understood: what else was in it could be anything.
Result<void> RedactionRun::visitEvent(const RecordView &record)
{
    const auto decoded = decodeEvent(record.eventNumber, record.bytes);
    const auto redacted = decoded ? m_events.redacted(*decoded) : std::nullopt;
    if (!redacted) {
        ++m_report.summary.droppedEvents;
        return {};
    }
    m_report.summary.changedEvents += m_events.hasChanged();
    if (!m_events.sample().isEmpty())
        sample(ChannelId::None, m_events.sample().left(kSampleLength));
    if (const auto *lost = std::get_if<PayloadLost>(&*redacted))
        for (const PayloadLost::PerChannel &channel : lost->channels) {
            m_report.lostRecords += channel.records;
            m_report.lostBytes += channel.bytes;
        }
    return event(record.timeNs, *redacted, std::min(record.number, m_nextNumber));
}

/// While we read a live recording, its size limit may give up what we were about to read.
Result<void> RedactionRun::visitLateLosses()
{
    const quint64 count = m_journal.eventCount();
    quint64 first = count;
    while (first > 0 && m_journal.eventRecord(first - 1) >= m_recordCount)
        --first;
    for (quint64 i = first; i < count; ++i) {
        const auto record = m_journal.read(m_journal.eventRecord(i));
        const auto decoded = record ? decodeEvent(record->eventNumber, record->bytes) : std::nullopt;
        const auto *lost = decoded ? std::get_if<PayloadLost>(&*decoded) : nullptr;
        if (!lost || lost->firstRecord >= m_recordCount)
            continue;
        if (auto visited = visitEvent(*record); !visited)
            return visited;
        ++m_nextNumber;
    }
    return {};
}

/// The counts of all channels and of the events, by the patterns' names.
void RedactionRun::sum()
{
    Redacted &summary = m_report.summary;
    summary.arguments = m_request.stripArguments;
    summary.directories = m_request.stripDirectories;
    summary.environment = m_request.stripEnvironment;
    const auto indexOf = [&](const QByteArray &name) {
        for (qsizetype i = 0; i < summary.patterns.size(); ++i)
            if (summary.patterns[i].name == name)
                return i;
        summary.patterns.append(Redacted::Pattern{.name = name});
        m_report.places.append(RedactionReport::Places());
        return summary.patterns.size() - 1;
    };
    const auto add = [&](const QList<MaskPattern> &patterns, std::span<const StreamMasker::Count> counts, ChannelId channel) {
        for (qsizetype i = 0; i < patterns.size(); ++i) {
            const qsizetype index = indexOf(patterns[i].name);
            const StreamMasker::Count count = size_t(i) < counts.size() ? counts[size_t(i)] : StreamMasker::Count();
            summary.patterns[index].matches += count.matches;
            summary.patterns[index].bytes += count.bytes;
            summary.patterns[index].overlong += count.overlong;
            RedactionReport::Places &places = m_report.places[index];
            if (channel == ChannelId::None)
                places.events += count.matches;
            else if (count.matches > 0)
                places.channels[channel] += count.matches;
        }
    };
    add(m_eventPatterns, m_events.counts(), ChannelId::None);
    for (size_t i = 0; i < m_masked.size(); ++i)
        if (m_masked[i])
            add(m_outputPatterns, m_masked[i]->masker().counts(), ChannelId(quint32(i)));
    std::copy_if(m_counts.begin(), m_counts.end(), std::back_inserter(summary.channels), isOfChannel);
}

/// For those who open the copy in another program. English, as all that is in a file.
QByteArray RedactionRun::comment() const
{
    const auto stripped = std::count(m_fates.begin(), m_fates.end(), Fate::Strip);
    const auto dropped = std::count(m_fates.begin(), m_fates.end(), Fate::Drop);
    QByteArrayList parts;
    if (stripped > 0)
        parts.append("payload of " + QByteArray::number(qint64(stripped)) + " channels replaced");
    if (dropped > 0)
        parts.append(QByteArray::number(qint64(dropped)) + " channels left out");
    if (m_request.stripArguments)
        parts.append("arguments removed");
    if (m_request.stripDirectories)
        parts.append("directories removed");
    if (m_request.stripEnvironment)
        parts.append("values of variables masked");
    QByteArrayList names;
    for (const MaskPattern &pattern : m_request.patterns)
        if (!names.contains(pattern.name))
            names.append(pattern.name);
    if (!names.isEmpty())
        parts.append("masked: " + names.join(", "));
    return "Redacted copy: " + (parts.isEmpty() ? QByteArrayLiteral("nothing was chosen") : parts.join("; "));
}

Redacted::PerChannel &RedactionRun::countsOf(ChannelId channel)
{
    return m_counts[size_t(channel)];
}

void RedactionRun::sample(ChannelId channel, const QByteArray &bytes)
{
    int &taken = m_samplesOf[channel == ChannelId::None ? m_fates.size() : size_t(channel)];
    if (taken == kMostSamplesOfOne || m_report.samples.size() == kMostSamples)
        return;
    ++taken;
    m_report.samples.append({channel, bytes});
}

void RedactionRun::tellProgress(quint64 done)
{
    using namespace std::chrono_literals;
    const auto now = std::chrono::steady_clock::now();
    if (!m_control.progress || now - m_toldAt < 100ms)
        return;
    m_toldAt = now;
    m_control.progress(double(done) / double(m_recordCount));
}

Error RedactionRun::sinkFailure() const
{
    return {ErrorCode::System, 0, Text::tr("write the redacted copy"), {}, m_sink->errorString()};
}

Error RedactionRun::tooCostly(qsizetype pattern) const
{
    const QByteArray name = pattern < m_outputPatterns.size() ? m_outputPatterns[pattern].name : QByteArrayLiteral("environment");
    return Error::invalid(Text::tr("mask"),
        Text::tr("looking for it takes too long in this recording, so nothing was written. Choose a simpler expression."),
        QString::fromUtf8(name));
}

} // namespace forkscope
