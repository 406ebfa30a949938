// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/traffic/channelfigures.h"

#include <QHash>
#include <QList>
#include <QPointF>
#include <QSizeF>
#include <QString>

namespace forkscope {

/// A node of the map: a process, or a channel that does not lie between just two of them.
struct MapKey {
    ProcessKey process;
    ChannelId channel = ChannelId::None;

    bool isProcess() const { return channel == ChannelId::None; }
    bool operator==(const MapKey &) const = default;
};
inline size_t qHash(const MapKey &key, size_t seed = 0)
{
    return qHashMulti(seed, key.process, quint32(key.channel));
}

struct MapNode {
    MapKey key;
    QString name, detail; ///< "sort", "PID 4711"
    bool ended = false;
};

/// A channel, or a part of one that has several ends.
struct MapEdge {
    ChannelId channel = ChannelId::None;
    MapKey from, to;
    QString rate, queued; ///< empty: nothing to be told
    QString sign; ///< in what it is not plain, or who waits; empty: nothing
    double bytesPerSecond = 0;
    double fill = -1; ///< 0 … 1; −1: unknown
    bool open = true;
    bool blocked = false; ///< the one who writes cannot go on
    int lane = 0; ///< of several between the same nodes
};

/// What the map shows, without places.
struct MapGraph {
    QList<MapNode> nodes;
    QList<MapEdge> edges;

    const MapNode *find(const MapKey &key) const; ///< null: none
    /// A channel with its rate in bytes a second; further ones are added to what is there.
    void add(const ChannelFigures &figures, double bytesPerSecond);

private:
    MapKey addProcess(const ChannelParty &party);
    void addEdge(const MapEdge &like, const MapKey &from, const MapKey &to);
    QHash<MapKey, qsizetype> m_index;
    QHash<std::pair<MapKey, MapKey>, int> m_lanes;
};

/// Where the nodes of a map stand. A node that has a place keeps it; one that comes is put beside a neighbour, or below all.
class MapPlaces
{
public:
    static constexpr QSizeF kNodeSize{150, 44};
    static constexpr QSizeF kHubSize{110, 30};
    static QSizeF sizeOf(const MapKey &key) { return key.isProcess() ? kNodeSize : kHubSize; }

    bool has(const MapKey &key) const { return m_places.contains(key); }
    QPointF centre(const MapKey &key) const { return m_places.value(key); }
    QRectF rect(const MapKey &key) const;
    bool isEmpty() const { return m_places.isEmpty(); }
    QRectF bounds() const;

    /// Puts those nodes that have a placed neighbour beside it; the others are returned.
    QList<MapKey> placeBesideNeighbours(const MapGraph &graph);
    /// Puts these, laid out among themselves, below all that is there.
    void placeBelow(const QList<MapKey> &keys, const QList<QPointF> &centres);
    void replaceAll(const QList<MapKey> &keys, const QList<QPointF> &centres);
    void move(const MapKey &key, QPointF centre) { m_places[key] = centre; }
    /// Forgets those that are not in it.
    void keepOnly(const MapGraph &graph);

private:
    bool isFree(const QRectF &rect) const;
    QHash<MapKey, QPointF> m_places;
};

} // namespace forkscope
