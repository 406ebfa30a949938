// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/map/mapgraph.h"

#include <QPainterPath>
#include <QWidget>

#include <optional>

namespace forkscope {

/// Paints a map and lets a person go about in it: the wheel zooms, dragging moves the map or a node; arrows go to the next thing
/// in that direction, Enter or a double click activates it, + and − zoom, 0 shows all, Shift with arrows moves the map. GUI
/// thread.
class MapCanvas : public QWidget
{
    Q_OBJECT

public:
    explicit MapCanvas(QWidget *parent = nullptr);

    void setGraph(const MapGraph &graph);
    const MapGraph &graph() const { return m_graph; }
    MapPlaces &places() { return m_places; }
    /// After places() were changed.
    void placesChanged();

    /// A node, or a channel.
    using Item = MapKey;
    const std::optional<Item> &current() const { return m_current; }
    void setCurrent(const std::optional<Item> &item);
    QString describe(const Item &item) const;

    void fitAll();
    bool fitsAll() const { return m_fit; } ///< and goes on to
    void zoom(double factor, QPointF about);
    double scale() const { return m_scale; }
    QPointF toWidget(QPointF place) const { return place * m_scale + m_offset; }
    QPointF centreOf(const Item &item) const; ///< on the map

    /// The whole map, in the colours of this palette, into a rectangle of that size.
    void render(QPainter &painter, const QPalette &colors) const;
    QSizeF mapSize() const; ///< in points, with a margin

signals:
    void activated(const forkscope::MapKey &item);
    void currentChanged();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    bool event(QEvent *event) override;

private:
    QRectF mapRect() const;
    QPainterPath pathOf(const MapEdge &edge) const;
    std::optional<Item> itemAt(QPointF at) const; ///< in the widget
    void go(int key);
    void paintAll(QPainter &painter, const QPalette &colors, const QRectF &visible) const;
    void paintNode(QPainter &painter, const QPalette &colors, const MapNode &node) const;
    void paintEdge(QPainter &painter, const QPalette &colors, const MapEdge &edge) const;

    MapGraph m_graph;
    MapPlaces m_places;
    std::optional<Item> m_current;
    double m_scale = 1;
    QPointF m_offset; ///< of the map's origin, in the widget
    bool m_fit = true;
    QPointF m_pressed;
    std::optional<Item> m_pressedItem;
    bool m_dragged = false;
};

} // namespace forkscope
