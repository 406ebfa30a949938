// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/traffic/messageorder.h"

#include "core/journal/journal.h"
#include "core/traffic/trafficparties.h"

#include <QHash>

#include <algorithm>
#include <map>
#include <tuple>

namespace forkscope {

namespace {

struct Item {
    qint64 key;
    quint32 row;
};

constexpr size_t kChunk = 1 << 18; ///< that is sorted without looking whether it was cancelled

/// Texts as numbers in the order in which they first come; ranked when all are known.
class Names
{
public:
    qint64 numberOf(const QByteArray &name)
    {
        const auto [at, isNew] = m_numbers.try_emplace(name, qint64(m_numbers.size()));
        return at->second;
    }
    std::vector<qint64> ranks() const
    {
        std::vector<qint64> ranks(m_numbers.size());
        qint64 rank = 0;
        for (const auto &[name, number] : m_numbers) // sorted
            ranks[size_t(number)] = rank++;
        return ranks;
    }

private:
    std::map<QByteArray, qint64> m_numbers;
};

QByteArray nameOf(const Party &party)
{
    // PIDs with leading zeros, so that they sort as numbers do.
    return party.name + '\0' + QByteArray::number(party.pid).rightJustified(10, '0');
}

/// Who is at the ends, asked once for all rows of which it is the same.
class PartyNames
{
public:
    PartyNames(const TrafficParties &parties, Names &names, bool from) : m_parties(parties), m_names(names), m_from(from) { }

    qint64 numberOf(const MessageRow &row)
    {
        Known &known = m_known[{quint32(row.channel), int(row.operation), row.pid, row.peerPid}];
        if (row.record < known.first || row.record >= known.end) {
            const TrafficParties::Ends ends = m_parties.ends(row);
            known = {ends.firstRecord, ends.endRecord, m_names.numberOf(nameOf(m_from ? ends.from : ends.to))};
        }
        return known.number;
    }

private:
    struct Known {
        quint64 first = 1, end = 0; ///< records
        qint64 number = 0;
    };
    const TrafficParties &m_parties;
    Names &m_names;
    const bool m_from;
    std::map<std::tuple<quint32, int, qint32, qint32>, Known> m_known;
};

} // namespace

std::vector<quint32> sortedRows(const MessageStretch &stretch, MessageKey key, bool descending, const filter::Source &source,
    const std::atomic<bool> &cancelled, std::atomic<double> &done)
{
    std::vector<Item> items(stretch.count);
    Names names;
    QHash<ChannelId, qint64> channels;
    PartyNames parties(source.parties, names, key == MessageKey::From);
    for (quint64 i = 0; i < stretch.count; ++i) {
        if (i % 4096 == 0) {
            if (cancelled)
                return {};
            done = 0.5 * double(i) / double(stretch.count);
        }
        const quint64 number = stretch.row(i);
        qint64 value = qint64(number);
        if (key == MessageKey::Delta) {
            value = source.index.deltaNs(number);
        } else if (key == MessageKey::Channel) {
            const ChannelId channel = source.index.channel(number);
            auto known = channels.constFind(channel);
            if (known == channels.constEnd())
                known = channels.insert(channel, names.numberOf(source.journal.channel(channel).name));
            value = *known;
        } else if (key != MessageKey::Number) {
            const MessageRow row = source.index.row(number);
            value = key == MessageKey::Length  ? qint64(row.length)
                : key == MessageKey::Operation ? qint64(row.operation)
                                               : parties.numberOf(row);
        }
        items[i] = {value, quint32(number)};
    }
    if (const std::vector<qint64> ranks = names.ranks(); !ranks.empty())
        for (Item &item : items)
            item.key = ranks[size_t(item.key)];
    const auto isBefore
        = [descending](const Item &a, const Item &b) { return a.key != b.key ? (a.key < b.key) != descending : a.row < b.row; };
    for (size_t from = 0; from < items.size(); from += kChunk) {
        if (cancelled)
            return {};
        std::sort(items.begin() + qsizetype(from), items.begin() + qsizetype(std::min(from + kChunk, items.size())), isBefore);
        done = 0.5 + 0.25 * double(from) / double(items.size());
    }
    for (size_t width = kChunk; width < items.size(); width *= 2) {
        for (size_t from = 0; from + width < items.size(); from += 2 * width) {
            if (cancelled)
                return {};
            std::inplace_merge(items.begin() + qsizetype(from), items.begin() + qsizetype(from + width),
                items.begin() + qsizetype(std::min(from + 2 * width, items.size())), isBefore);
        }
        done = 0.75 + 0.25 * std::min(1.0, double(width) / double(items.size()));
    }
    std::vector<quint32> rows;
    rows.reserve(items.size());
    for (const Item &item : items)
        rows.push_back(item.row);
    return rows;
}

} // namespace forkscope
