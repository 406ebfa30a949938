// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/export/exportrun.h"

#include <QCoreApplication>
#include <QIODevice>

#include <algorithm>

namespace forkscope {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(Export)
};

constexpr qsizetype kPiece = 256 * 1024;

/// A request that names no channels means input only where it cannot leak by accident: casts are shown to others.
bool isInput(const ChannelInfo &channel)
{
    return channel.kind == ChannelKind::StandardInput || !isText(channel.kind);
}

template<typename Id> QSet<Id> setOf(const std::optional<QList<Id>> &list)
{
    return list ? QSet<Id>(list->begin(), list->end()) : QSet<Id>();
}

} // namespace

ExportRun::ExportRun(const Journal &journal, const ExportRequest &request, QIODevice &sink, const ExportControl &control)
    : m_journal(journal), m_request(request), m_sink(sink), m_control(control), m_recordCount(journal.recordCount()),
      m_wantedLaunches(setOf(request.launches))
{
    report.file = journal.openReport();
    const QSet<ChannelId> chosenChannels = setOf(request.channels);
    for (quint32 i = 0; i < journal.channelCount(); ++i) {
        const ChannelInfo info = journal.channel(ChannelId(i));
        const bool chosen = request.channels ? chosenChannels.contains(ChannelId(i))
                                             : request.format != ExportFormat::Asciicast || !isInput(info);
        m_wanted.push_back(chosen && wants(info.launch));
        m_channels.push_back(info);
    }
    out.reserve(kPiece + 64 * 1024);
}

QList<ChannelId> ExportRun::wantedChannels() const
{
    QList<ChannelId> wanted;
    for (quint32 i = 0; i < m_wanted.size(); ++i)
        if (m_wanted[i])
            wanted.append(ChannelId(i));
    return wanted;
}

Result<void> ExportRun::forEachRecord(const MessageVisitor &onMessage, const EventVisitor &onEvent)
{
    for (quint64 n = 0; n < m_recordCount && !isCancelled(); ++n) {
        const ChannelId id = m_journal.channelOf(n);
        if (id != ChannelId::None && !wants(id))
            continue;
        if (const auto record = m_journal.read(n)) {
            if (record->isEvent()) {
                visitEvent(*record, onEvent);
            } else if (wants(record->channel) && wantsMessage(*record)) {
                ++report.records;
                onMessage(*record);
            }
        }
        if (auto flushed = flush(); !flushed)
            return flushed;
        if (n % 1024 == 0)
            tellProgress(n);
    }
    report.cancelled = isCancelled();
    if (!report.cancelled)
        visitLateLosses(onEvent);
    return {};
}

bool ExportRun::wantsMessage(const RecordView &record) const
{
    const auto &chosen = m_request.messages;
    return !chosen || std::binary_search(chosen->begin(), chosen->end(), record.message.messageId);
}

void ExportRun::forEachEvent(const EventVisitor &onEvent) const
{
    const quint64 count = m_journal.eventCount();
    for (quint64 i = 0; i < count && m_journal.eventRecord(i) < m_recordCount && !isCancelled(); ++i) {
        const auto record = m_journal.read(m_journal.eventRecord(i));
        if (const auto event = record ? decodeEvent(record->eventNumber, record->bytes) : std::nullopt)
            onEvent(*record, *event);
    }
}

/// While we read a live recording, its size limit may give up what we were about to read.
void ExportRun::visitLateLosses(const EventVisitor &onEvent)
{
    const quint64 count = m_journal.eventCount();
    quint64 first = count;
    while (first > 0 && m_journal.eventRecord(first - 1) >= m_recordCount)
        --first;
    for (quint64 i = first; i < count; ++i) {
        const auto record = m_journal.read(m_journal.eventRecord(i));
        const auto event = record ? decodeEvent(record->eventNumber, record->bytes) : std::nullopt;
        const auto *lost = event ? std::get_if<PayloadLost>(&*event) : nullptr;
        if (lost && lost->firstRecord < m_recordCount)
            visitEvent(*record, onEvent);
    }
}

void ExportRun::visitEvent(const RecordView &record, const EventVisitor &onEvent)
{
    const auto event = decodeEvent(record.eventNumber, record.bytes);
    if (!event || !wantsEvent(*event))
        return;
    if (const auto *lost = std::get_if<PayloadLost>(&*event)) {
        PayloadLost ours = *lost;
        ours.channels.removeIf([this](const PayloadLost::PerChannel &channel) { return !wants(channel.channel); });
        for (const PayloadLost::PerChannel &channel : std::as_const(ours.channels)) {
            report.lostRecords += channel.records;
            report.lostBytes += channel.bytes;
            m_lostBytes[channel.channel] += channel.bytes;
        }
        if (onEvent && !ours.channels.isEmpty())
            onEvent(record, ours);
    } else if (onEvent) {
        onEvent(record, *event);
    }
}

bool ExportRun::wantsEvent(const Event &event)
{
    if (!m_request.launches)
        return true;
    if (const auto *started = std::get_if<ProcessStarted>(&event))
        m_launchOf.insert(started->process, started->launch);
    return std::visit(
        [this](const auto &content) {
            if constexpr (requires { content.launch; })
                return wants(content.launch);
            else if constexpr (requires { content.process; })
                return wants(m_launchOf.value(content.process));
            else if constexpr (requires { content.channel.launch; })
                return wants(content.channel.launch);
            else if constexpr (requires { content.channel; })
                return wants(content.channel);
            else
                return true;
        },
        event);
}

Result<void> ExportRun::flush(bool all)
{
    if (out.size() < (all ? 1 : kPiece))
        return {};
    if (m_sink.write(out) != out.size())
        return Error{ErrorCode::System, 0, Text::tr("write the export"), {}, m_sink.errorString()};
    report.bytes += quint64(out.size());
    out.resize(0);
    return {};
}

void ExportRun::tellProgress(quint64 done)
{
    using namespace std::chrono_literals;
    const auto now = std::chrono::steady_clock::now();
    if (!m_control.progress || now - m_toldAt < 100ms)
        return;
    m_toldAt = now;
    m_control.progress(double(done) / double(m_recordCount));
}

} // namespace forkscope
