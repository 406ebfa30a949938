// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/map/mapgraph.h"

#include "ui/traffic/channelwords.h"

#include <QSet>

#include <algorithm>

namespace forkscope {

namespace {

constexpr double kAcross = 290, kDown = 130; ///< from one node to the next

} // namespace

const MapNode *MapGraph::find(const MapKey &key) const
{
    const auto at = m_index.constFind(key);
    return at == m_index.constEnd() ? nullptr : &nodes[*at];
}

MapKey MapGraph::addProcess(const ChannelParty &party)
{
    const MapKey key{party.process, ChannelId::None};
    if (!m_index.contains(key)) {
        m_index.insert(key, nodes.size());
        nodes.append({key, party.name.isEmpty() ? ChannelWords::tr("process") : QString::fromUtf8(party.name),
            ChannelWords::tr("PID %1").arg(QString::number(party.process.pid)), party.ended});
    }
    return key;
}

void MapGraph::addEdge(const MapEdge &like, const MapKey &from, const MapKey &to)
{
    MapEdge edge = like;
    edge.from = from;
    edge.to = to;
    edge.lane = m_lanes[{from, to}]++;
    edges.append(edge);
}

void MapGraph::add(const ChannelFigures &figures, double bytesPerSecond)
{
    QList<ChannelParty> writers, readers;
    const auto exists = [](const ChannelParty &party) { return !party.process.isNull(); };
    std::copy_if(figures.writers.cbegin(), figures.writers.cend(), std::back_inserter(writers), exists);
    std::copy_if(figures.readers.cbegin(), figures.readers.cend(), std::back_inserter(readers), exists);
    MapEdge edge;
    edge.channel = figures.info.id;
    edge.bytesPerSecond = figures.open ? bytesPerSecond : 0;
    edge.rate = figures.open ? ChannelWords::rate(bytesPerSecond)
                             : ChannelWords::tr("%1 in all").arg(ChannelWords::bytes(figures.bytes));
    edge.queued = figures.open ? ChannelWords::queued(figures) : QString();
    edge.fill = figures.open ? figures.fill() : -1;
    edge.open = figures.open;
    edge.blocked = figures.isFull();
    const QString waiting = ChannelWords::waiting(figures), settings = ChannelWords::settings(figures.settings);
    // A reader that waits is nothing to worry about.
    const QString mark = edge.blocked || !settings.isEmpty() ? QStringLiteral("⚠ ") : QStringLiteral("○ ");
    if (const QString sign = waiting.isEmpty() ? settings : waiting; figures.open && !sign.isEmpty())
        edge.sign = mark + sign;
    const QString name = ChannelWords::givenName(figures.info);
    if (writers.size() == 1 && readers.size() == 1) {
        if (!name.isEmpty())
            edge.rate = ChannelWords::tr("%1: %2").arg(name, edge.rate);
        return addEdge(edge, addProcess(writers.first()), addProcess(readers.first()));
    }
    const MapKey hub{{}, figures.info.id};
    m_index.insert(hub, nodes.size());
    nodes.append({hub, name.isEmpty() ? ChannelWords::title(figures.info) : name, edge.queued, !figures.open});
    MapEdge plain = edge; // what is to be told is told once, and of the side that waits
    plain.rate.clear();
    plain.queued.clear();
    plain.sign.clear();
    plain.blocked = false;
    for (qsizetype i = 0; i < writers.size(); ++i) {
        MapEdge in = i == 0 ? edge : plain;
        in.blocked = edge.blocked;
        addEdge(in, addProcess(writers[i]), hub);
    }
    for (qsizetype i = 0; i < readers.size(); ++i)
        addEdge(writers.isEmpty() && i == 0 ? edge : plain, hub, addProcess(readers[i]));
}

QRectF MapPlaces::rect(const MapKey &key) const
{
    const QSizeF size = sizeOf(key);
    return {centre(key) - QPointF(size.width() / 2, size.height() / 2), size};
}

QRectF MapPlaces::bounds() const
{
    QRectF all;
    for (auto it = m_places.cbegin(); it != m_places.cend(); ++it)
        all |= rect(it.key());
    return all;
}

bool MapPlaces::isFree(const QRectF &wanted) const
{
    const QRectF around = wanted.adjusted(-20, -20, 20, 20);
    return std::none_of(m_places.keyBegin(), m_places.keyEnd(), [&](const MapKey &key) { return rect(key).intersects(around); });
}

QList<MapKey> MapPlaces::placeBesideNeighbours(const MapGraph &graph)
{
    for (bool placed = true; placed;) {
        placed = false;
        for (const MapEdge &edge : graph.edges) {
            if (has(edge.from) == has(edge.to))
                continue;
            const bool forward = has(edge.from);
            const MapKey &key = forward ? edge.to : edge.from;
            const QPointF neighbour = centre(forward ? edge.from : edge.to);
            const QSizeF size = sizeOf(key);
            for (int step = 0;; ++step) {
                // The same height first, then by turns below and above.
                const int rows = (step + 1) / 2;
                const double down = kDown * rows * (step % 2 ? 1 : -1);
                const QPointF at = neighbour + QPointF(forward ? kAcross : -kAcross, down);
                if (!isFree({at - QPointF(size.width() / 2, size.height() / 2), size}))
                    continue;
                m_places.insert(key, at);
                placed = true;
                break;
            }
        }
    }
    QList<MapKey> left;
    for (const MapNode &node : graph.nodes)
        if (!has(node.key))
            left.append(node.key);
    return left;
}

void MapPlaces::placeBelow(const QList<MapKey> &keys, const QList<QPointF> &centres)
{
    if (isEmpty())
        return replaceAll(keys, centres);
    const QRectF before = bounds();
    MapPlaces own;
    own.replaceAll(keys, centres);
    const QPointF offset = before.bottomLeft() + QPointF(0, kDown - kNodeSize.height()) - own.bounds().topLeft();
    for (qsizetype i = 0; i < keys.size(); ++i)
        if (!has(keys[i]))
            m_places.insert(keys[i], centres[i] + offset);
}

void MapPlaces::replaceAll(const QList<MapKey> &keys, const QList<QPointF> &centres)
{
    m_places.clear();
    for (qsizetype i = 0; i < std::min(keys.size(), centres.size()); ++i)
        m_places.insert(keys[i], centres[i]);
}

void MapPlaces::keepOnly(const MapGraph &graph)
{
    m_places.removeIf([&](const auto &place) { return !graph.find(place.key()); });
}

} // namespace forkscope
