// SPDX-License-Identifier: GPL-3.0-or-later
// Opening a closed recording, and writing a compact copy of one.
#include "core/base/clock.h"
#include "core/journal/journalstore.h"
#include "core/journal/journalwriter.h"

#include <QCoreApplication>
#include <QFile>
#include <QSaveFile>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include <algorithm>
#include <cstring>
#include <limits>
#include <unordered_set>
#include <vector>

namespace forkscope {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(Journal)
};

/// What the scan of a file finds, before numbers are settled.
struct Found {
    quint64 location;
    quint64 number;
    ChannelId channel; // None: an event
    quint32 interface;
};

class Scanner
{
public:
    Scanner(const char *file, quint64 size, JournalStore &store) : m_file(file), m_size(size), m_store(store) { }

    Result<void> run(const QString &path)
    {
        const QString tried = Text::tr("open the recording");
        const auto length = m_size >= 28 ? quint64(blocks::readHeader(m_file).length) : 0;
        const auto section = length <= m_size ? blocks::parseSection(m_file, length) : blocks::ParsedSection{};
        if (!section.readable)
            return Error{ErrorCode::NotARecording, 0, tried, path, Text::tr("this is not a pcapng file in little-endian order")};
        m_store.startTimeNs = section.startTimeNs.value_or(0);
        m_store.report.foreign = !section.startTimeNs;
        walk();
        settle();
        return {};
    }

private:
    void walk()
    {
        quint64 at = 0;
        while (m_size - at >= 12) {
            const auto header = blocks::readHeader(m_file + at);
            if (header.length < 12 || header.length % 4 || header.length > m_size - at) {
                at = skipDamage(at);
                continue;
            }
            block(at, header);
            at += header.length;
        }
        if (at < m_size)
            m_store.report.cutBytes += m_size - at;
    }

    /// A slot is whole in itself: after damage the next one can still be read. Space that was made ahead and never used is no
    /// damage, nor is it when the writer was killed between the slot's trailing length and its header (SlotPool::extend).
    quint64 skipDamage(quint64 at)
    {
        const quint64 next = m_store.report.foreign ? m_size : std::min(m_size, (at / blocks::kSlotSize + 1) * blocks::kSlotSize);
        quint64 end = next;
        if (next % blocks::kSlotSize == 0 && next - at >= 4) {
            quint32 trailer;
            std::memcpy(&trailer, m_file + next - 4, 4);
            end -= trailer == blocks::kSlotSize ? 4 : 0;
        }
        const bool used = std::any_of(m_file + at, m_file + end, [](char byte) { return byte != 0; });
        m_store.report.cutBytes += used ? next - at : 0;
        return next;
    }

    void block(quint64 at, blocks::Header header)
    {
        const char *data = m_file + at;
        switch (header.type) {
        case blocks::InterfaceDescription:
            interface(blocks::parseInterface(data, header.length));
            return;
        case blocks::Reserved:
            ++m_store.report.tornRecords;
            return;
        case blocks::EnhancedPacket:
        case blocks::Custom: {
            const auto record = blocks::parseRecord(data, header.length);
            if (!record)
                return;
            m_store.report.foreign |= !record->hasNumber || record->number >= std::numeric_limits<quint32>::max();
            m_found.push_back({at, record->number, record->isEvent ? ChannelId::None : record->channel, record->interface});
            if (record->isEvent)
                event(*record);
            else
                m_store.payloadBytes.fetch_add(quint64(record->bytes.size()));
            return;
        }
        default:
            return;
        }
    }

    void interface(const std::optional<blocks::ParsedInterface> &parsed)
    {
        if (!parsed)
            return;
        m_store.timeResolutions.append(parsed->timeResolution);
        ChannelInfo info = parsed->channel.value_or(ChannelInfo{});
        if (!parsed->channel) {
            // The interface that stands for further channels comes last and has no packets of its own; any other is foreign.
            info.kind = ChannelKind::Other;
            info.name = parsed->name;
        } else if (info.id != ChannelId(m_interfaces.size())) {
            m_store.report.foreign = true; // two recordings merged into one
        }
        m_interfaces.push_back(info);
    }

    void event(const blocks::ParsedRecord &record)
    {
        const auto decoded = decodeEvent(record.eventNumber, record.bytes);
        if (!decoded)
            return;
        if (const auto *opened = std::get_if<ChannelOpened>(&*decoded)) {
            m_further.push_back(opened->channel);
        } else if (const auto *lost = std::get_if<PayloadLost>(&*decoded)) {
            for (const auto &channel : lost->channels) {
                m_store.report.lostRecords += channel.records;
                m_store.report.lostBytes += channel.bytes;
            }
            m_store.firstRecord = std::max(m_store.firstRecord.load(), lost->systemError ? 0 : lost->lastRecord + 1);
        }
    }

    void settle()
    {
        makeChannels();
        quint64 count = 0;
        for (Found &found : m_found) {
            if (m_store.report.foreign) {
                found.number = count++;
                if (found.channel != ChannelId::None || found.interface < m_interfaces.size())
                    found.channel = isEvent(found) ? ChannelId::None : ChannelId(found.interface);
            } else {
                count = std::max(count, found.number + 1);
            }
            if (found.channel != ChannelId::None && quint64(found.channel) >= m_store.channels.count())
                found.channel = ChannelId::None;
        }
        if (!m_store.report.foreign)
            m_store.timeResolutions.clear(); // all ours are in ns
        m_store.index.reserve(count);
        for (const Found &found : m_found) {
            IndexEntry &entry = m_store.index[found.number];
            entry.channel = found.channel;
            entry.location.store(found.location, std::memory_order_relaxed);
        }
        for (quint64 n = 0; n < count; ++n) {
            const IndexEntry &entry = m_store.index[n];
            const quint64 location = entry.location.load(std::memory_order_relaxed);
            if (location == kPending)
                continue;
            if (blocks::readHeader(m_file + location).type == blocks::Custom)
                m_store.events.append(quint32(n));
            else if (entry.channel != ChannelId::None)
                m_store.channels[quint64(entry.channel)]->numbers.append(quint32(n));
        }
        m_store.reserved = m_store.published = count;
        m_store.lostRecords = m_store.report.lostRecords;
        m_store.lostBytes = m_store.report.lostBytes;
        if (!m_store.startTimeNs && !m_found.empty()) {
            const auto first
                = blocks::parseRecord(m_file + m_found[0].location, blocks::readHeader(m_file + m_found[0].location).length);
            const quint8 resolution = m_interfaces.empty() ? 9 : m_store.timeResolutions.value(first->interface, 9);
            m_store.startTimeNs = blocks::timeToNs(first->timeUnits, first->isEvent ? 9 : resolution);
        }
    }

    bool isEvent(const Found &found) const { return blocks::readHeader(m_file + found.location).type == blocks::Custom; }

    void makeChannels()
    {
        std::unordered_set<quint32> known;
        if (!m_store.report.foreign && !m_further.empty() && !m_interfaces.empty())
            m_interfaces.pop_back(); // the shared one; its channels have come as events
        for (const ChannelInfo &info : m_interfaces)
            m_store.addChannel(info);
        for (const ChannelInfo &info : m_further) {
            if (!m_store.report.foreign && quint64(info.id) == m_store.channels.count())
                m_store.addChannel(info);
        }
    }

    const char *m_file;
    quint64 m_size;
    JournalStore &m_store;
    std::vector<Found> m_found;
    std::vector<ChannelInfo> m_interfaces;
    std::vector<ChannelInfo> m_further;
};

} // namespace

Result<std::unique_ptr<Journal>> Journal::open(const QString &path)
{
    const QString tried = Text::tr("open the recording");
    auto store = std::make_unique<JournalStore>();
    store->path = path;
    store->fd = UniqueFd(::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC));
    if (!store->fd)
        return Error::fromErrno(tried, path);
    struct stat info;
    if (fstat(store->fd.get(), &info) != 0)
        return Error::fromErrno(tried, path);
    if (!S_ISREG(info.st_mode))
        return Error::invalid(tried, Text::tr("it is not a plain file"), path);
    if (info.st_size > 0) {
        void *memory = mmap(nullptr, size_t(info.st_size), PROT_READ, MAP_SHARED, store->fd.get(), 0);
        if (memory == MAP_FAILED)
            return Error::fromErrno(tried, path);
        store->mapping = static_cast<const char *>(memory);
        store->mappingBytes = quint64(info.st_size);
    }
    store->fileBytes = quint64(info.st_size);
    if (auto scanned = Scanner(store->mapping, store->mappingBytes, *store).run(path); !scanned)
        return scanned.error();
    return std::unique_ptr<Journal>(new Journal(std::move(store)));
}

Result<void> writeCompactRecording(const Journal &journal, const QString &path)
{
    const QString tried = Text::tr("save the recording");
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return Error::invalid(tried, file.errorString(), path);
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    file.write(blocks::sectionHeader(journal.startTimeNs()));
    for (quint32 i = 0; i < journal.channelCount(); ++i) {
        const ChannelInfo info = journal.channel(ChannelId(i));
        file.write(blocks::interfaceDescription(info.name, info.toCbor().toCborValue().toCbor()));
    }
    QByteArray block;
    const quint64 count = journal.recordCount();
    for (quint64 n = 0; n < count; ++n) {
        const auto record = journal.read(n);
        if (!record)
            continue;
        if (record->isEvent()) {
            const auto length = quint32(blocks::eventBlockSize(quint64(record->bytes.size())));
            block.fill('\0', length);
            blocks::fillEvent(block.data(), record->eventNumber, n, record->timeNs, record->bytes);
            blocks::writeTrailer(block.data(), length);
            blocks::writeHeader(block.data(), {blocks::Custom, length});
        } else {
            const auto length = quint32(blocks::messageBlockSize(quint64(record->bytes.size())));
            block.resize(length);
            std::memcpy(block.data() + blocks::kPayloadOffset, record->bytes.data(), size_t(record->bytes.size()));
            blocks::fillMessage(block.data(), quint64(record->bytes.size()),
                {n, record->timeNs, record->channel, quint32(record->channel), record->message});
            blocks::writeTrailer(block.data(), length);
            blocks::writeHeader(block.data(), {blocks::EnhancedPacket, length});
        }
        if (file.write(block) != block.size())
            break; // commit() reports it
    }
    if (!file.commit())
        return Error::invalid(tried, file.errorString(), path);
    return {};
}

} // namespace forkscope
