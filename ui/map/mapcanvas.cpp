// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/map/mapcanvas.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QPainterPathStroker>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace forkscope {

namespace {

constexpr double kMargin = 30;
constexpr double kSmallest = 0.05, kLargest = 4;
constexpr double kReadable = 0.35; ///< below that scale text is left out
constexpr int kReach = 6; ///< of an edge by a click, in pixels

} // namespace

MapCanvas::MapCanvas(QWidget *parent) : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(false);
    setAccessibleName(tr("Map of processes and channels"));
    setMinimumSize(200, 120);
}

void MapCanvas::setGraph(const MapGraph &graph)
{
    m_graph = graph;
    const auto gone = [this](const Item &item) {
        return item.isProcess() ? !m_graph.find(item)
                                : std::none_of(m_graph.edges.cbegin(), m_graph.edges.cend(),
                                    [&](const MapEdge &edge) { return edge.channel == item.channel; });
    };
    if (m_current && gone(*m_current))
        setCurrent({});
    if (m_current)
        setAccessibleDescription(describe(*m_current));
    update();
}

void MapCanvas::placesChanged()
{
    if (m_fit)
        fitAll();
    update();
}

QRectF MapCanvas::mapRect() const
{
    return m_places.bounds().adjusted(-kMargin, -kMargin, kMargin, kMargin);
}

QSizeF MapCanvas::mapSize() const
{
    return mapRect().size();
}

void MapCanvas::fitAll()
{
    m_fit = true;
    if (m_places.isEmpty())
        return;
    const QRectF all = mapRect();
    m_scale = std::clamp(std::min(width() / all.width(), height() / all.height()), kSmallest, 1.25);
    m_offset = rect().toRectF().center() - all.center() * m_scale;
    update();
}

void MapCanvas::zoom(double factor, QPointF about)
{
    m_fit = false;
    const double before = m_scale;
    m_scale = std::clamp(m_scale * factor, kSmallest, kLargest);
    m_offset = about - (about - m_offset) * (m_scale / before);
    update();
}

QPainterPath MapCanvas::pathOf(const MapEdge &edge) const
{
    const QRectF from = m_places.rect(edge.from), to = m_places.rect(edge.to);
    const double lane = edge.lane * 14.0 * (edge.lane % 2 ? 1 : -1);
    const bool right = to.left() >= from.right(), left = to.right() <= from.left();
    QPainterPath path;
    if (right || left) {
        const QPointF a(right ? from.right() : from.left(), from.center().y() + lane);
        const QPointF b(right ? to.left() : to.right(), to.center().y() + lane);
        const double bend = (b.x() - a.x()) / 2;
        path.moveTo(a);
        path.cubicTo(a + QPointF(bend, 0), b - QPointF(bend, 0), b);
    } else if (edge.from == edge.to) { // to itself
        path.moveTo(from.center().x() - 20, from.top());
        path.cubicTo(
            from.topLeft() + QPointF(10, -50), from.topRight() + QPointF(-10, -50), {from.center().x() + 20, from.top()});
    } else {
        const bool below = to.top() >= from.center().y();
        const QPointF a(from.center().x() + lane, below ? from.bottom() : from.top());
        const QPointF b(to.center().x() + lane, below ? to.top() : to.bottom());
        path.moveTo(a);
        path.cubicTo(a + QPointF(70, (b.y() - a.y()) / 3), b + QPointF(70, (a.y() - b.y()) / 3), b);
    }
    return path;
}

QPointF MapCanvas::centreOf(const Item &item) const
{
    if (m_places.has(item))
        return m_places.centre(item);
    for (const MapEdge &edge : m_graph.edges)
        if (edge.channel == item.channel && m_places.has(edge.from) && m_places.has(edge.to))
            return pathOf(edge).pointAtPercent(0.5);
    return {};
}

std::optional<MapCanvas::Item> MapCanvas::itemAt(QPointF at) const
{
    const QPointF place = (at - m_offset) / m_scale;
    const auto node = std::find_if(m_graph.nodes.crbegin(), m_graph.nodes.crend(),
        [&](const MapNode &one) { return m_places.has(one.key) && m_places.rect(one.key).contains(place); });
    if (node != m_graph.nodes.crend())
        return node->key;
    QPainterPathStroker stroker;
    stroker.setWidth(2 * kReach / m_scale);
    for (const MapEdge &edge : m_graph.edges)
        if (m_places.has(edge.from) && m_places.has(edge.to) && stroker.createStroke(pathOf(edge)).contains(place))
            return Item{{}, edge.channel};
    return {};
}

void MapCanvas::setCurrent(const std::optional<Item> &item)
{
    if (m_current == item)
        return;
    m_current = item;
    setAccessibleDescription(item ? describe(*item) : QString());
    if (item && !m_fit) {
        const QPointF at = toWidget(centreOf(*item));
        const QRectF inner = rect().toRectF().adjusted(40, 40, -40, -40);
        if (!inner.contains(at))
            m_offset += inner.center() - at;
    }
    update();
    emit currentChanged();
}

QString MapCanvas::describe(const Item &item) const
{
    if (const MapNode *node = m_graph.find(item); node && item.isProcess())
        return tr("%1, %2, %3").arg(node->name, node->detail, node->ended ? tr("ended") : tr("running"));
    for (const MapEdge &edge : m_graph.edges) {
        if (edge.channel != item.channel)
            continue;
        const auto name = [this](const MapKey &key) {
            const MapNode *node = m_graph.find(key);
            return node ? key.isProcess() ? tr("%1 (%2)").arg(node->name, node->detail) : node->name : QString();
        };
        QStringList parts{tr("channel %1, %2 → %3").arg(quint32(edge.channel)).arg(name(edge.from), name(edge.to))};
        for (const QString &part : {edge.rate, edge.queued, edge.sign})
            if (!part.isEmpty())
                parts.append(part);
        if (!edge.open)
            parts.append(tr("closed"));
        return parts.join(QStringLiteral(" · "));
    }
    return {};
}

void MapCanvas::paintNode(QPainter &painter, const QPalette &colors, const MapNode &node) const
{
    const QRectF box = m_places.rect(node.key);
    const bool current = m_current == node.key;
    QPen outline(colors.color(node.ended ? QPalette::Mid : QPalette::Text), 1.2, node.ended ? Qt::DashLine : Qt::SolidLine);
    if (current)
        outline = QPen(colors.color(QPalette::Highlight), 3);
    painter.setPen(outline);
    painter.setBrush(colors.color(node.key.isProcess() ? QPalette::Base : QPalette::AlternateBase));
    painter.drawRoundedRect(box, node.key.isProcess() ? 6 : box.height() / 2, node.key.isProcess() ? 6 : box.height() / 2);
    if (painter.worldTransform().m11() < kReadable)
        return;
    painter.setPen(colors.color(node.ended ? QPalette::PlaceholderText : QPalette::Text));
    const QFontMetricsF metrics(painter.font());
    const QRectF inner = box.adjusted(10, 2, -10, -2);
    if (!node.key.isProcess()) {
        painter.drawText(inner, Qt::AlignCenter, metrics.elidedText(node.name, Qt::ElideRight, inner.width()));
        return;
    }
    // A mark and a word beside the colour.
    const QString mark = node.ended ? QStringLiteral("✓ ") : QStringLiteral("▶ ");
    QFont bold = painter.font();
    bold.setBold(true);
    painter.save();
    painter.setFont(bold);
    painter.drawText(QRectF(inner.left(), inner.top(), inner.width(), inner.height() / 2), Qt::AlignLeft | Qt::AlignVCenter,
        QFontMetricsF(bold).elidedText(mark + node.name, Qt::ElideRight, inner.width()));
    painter.restore();
    const QString detail = node.ended ? tr("%1 · ended").arg(node.detail) : node.detail;
    painter.setPen(colors.color(QPalette::PlaceholderText));
    painter.drawText(QRectF(inner.left(), inner.center().y(), inner.width(), inner.height() / 2),
        Qt::AlignLeft | Qt::AlignVCenter, metrics.elidedText(detail, Qt::ElideRight, inner.width()));
}

void MapCanvas::paintEdge(QPainter &painter, const QPalette &colors, const MapEdge &edge) const
{
    const bool current = m_current && !m_current->isProcess() && m_current->channel == edge.channel;
    const bool dark = colors.color(QPalette::Base).lightness() < 128;
    const QColor warning(dark ? 0xe69f00 : 0xa56f00), flow(dark ? 0x56b4e9 : 0x0072b2);
    const QPainterPath path = pathOf(edge);
    // As wide as it is busy: by a point for each thousandfold.
    const double wide = edge.bytesPerSecond >= 1 ? 1.5 + std::log10(edge.bytesPerSecond) / 3 : 1.2;
    QColor color = edge.blocked ? warning : edge.bytesPerSecond >= 1 ? flow : colors.color(QPalette::Text);
    if (!edge.open)
        color = colors.color(QPalette::Mid);
    painter.setBrush(Qt::NoBrush);
    if (current) {
        painter.setPen(QPen(colors.color(QPalette::Highlight), wide + 5));
        painter.drawPath(path);
    }
    painter.setPen(QPen(color, wide, edge.open ? Qt::SolidLine : Qt::DotLine));
    painter.drawPath(path);
    const QPointF end = path.pointAtPercent(1);
    const double length = std::max(path.length(), 1.0);
    const QPointF before = path.pointAtPercent(std::max(0.0, 1 - 9 / length));
    const QPointF along = (end - before) / std::max(std::hypot(end.x() - before.x(), end.y() - before.y()), 1e-6);
    const QPointF across(-along.y(), along.x());
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawPolygon(QPolygonF({end, end - along * 9 + across * 4.5, end - along * 9 - across * 4.5}));
    if (edge.blocked) { // a barrier at the end of the one who writes
        const QPointF at = path.pointAtPercent(std::min(0.5, 10 / length));
        painter.setPen(QPen(warning, 3));
        painter.drawLine(at - QPointF(0, 10), at + QPointF(0, 10));
        painter.drawLine(at + QPointF(5, -10), at + QPointF(5, 10));
    }
    QStringList lines;
    if (!edge.rate.isEmpty())
        lines.append(edge.rate);
    if (!edge.queued.isEmpty())
        lines.append(edge.queued);
    if (!edge.sign.isEmpty())
        lines.append(edge.sign);
    if (lines.isEmpty() || painter.worldTransform().m11() < kReadable)
        return;
    const QFontMetricsF metrics(painter.font());
    constexpr double kWidest = 128;
    const QPointF middle = path.pointAtPercent(0.5);
    double top = middle.y() - metrics.height() * 1.5;
    painter.setPen(colors.color(edge.open ? QPalette::Text : QPalette::PlaceholderText));
    for (qsizetype i = 0; i < lines.size(); ++i) {
        if (i == 1)
            top = middle.y() + 3; // the first stands above the line, the others below
        const QString text = metrics.elidedText(lines[i], Qt::ElideRight, kWidest);
        const QRectF place(middle.x() - kWidest / 2, top, kWidest, metrics.height());
        QColor behind = colors.color(QPalette::Window);
        behind.setAlpha(210);
        const double textWidth = metrics.horizontalAdvance(text);
        painter.fillRect(QRectF(place.center().x() - textWidth / 2 - 2, place.top(), textWidth + 4, place.height()), behind);
        painter.drawText(place, Qt::AlignCenter, text);
        top += metrics.height();
    }
    if (edge.fill < 0)
        return;
    const QRectF bar(middle.x() - 32, top + 1, 64, 5);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(colors.color(QPalette::PlaceholderText), 0.8));
    painter.drawRect(bar);
    painter.fillRect(QRectF(bar.left(), bar.top(), bar.width() * edge.fill, bar.height()), edge.blocked ? warning : flow);
}

void MapCanvas::paintAll(QPainter &painter, const QPalette &colors, const QRectF &visible) const
{
    for (const MapEdge &edge : m_graph.edges) {
        if (!m_places.has(edge.from) || !m_places.has(edge.to))
            continue;
        const QRectF around = (m_places.rect(edge.from) | m_places.rect(edge.to)).adjusted(-80, -80, 80, 80);
        if (around.intersects(visible))
            paintEdge(painter, colors, edge);
    }
    for (const MapNode &node : m_graph.nodes)
        if (m_places.has(node.key) && m_places.rect(node.key).intersects(visible))
            paintNode(painter, colors, node);
}

void MapCanvas::render(QPainter &painter, const QPalette &colors) const
{
    const QRectF all = mapRect();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(font());
    painter.fillRect(QRectF(QPointF(), all.size()), colors.color(QPalette::Window));
    painter.translate(-all.topLeft());
    paintAll(painter, colors, all);
}

void MapCanvas::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(m_offset);
    painter.scale(m_scale, m_scale);
    paintAll(painter, palette(), QRectF(-m_offset / m_scale, size().toSizeF() / m_scale));
    if (hasFocus() && !m_current) {
        painter.resetTransform();
        painter.setPen(QPen(palette().color(QPalette::Highlight), 1, Qt::DotLine));
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

void MapCanvas::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    if (m_fit)
        fitAll();
}

void MapCanvas::wheelEvent(QWheelEvent *event)
{
    zoom(std::pow(1.0015, event->angleDelta().y()), event->position());
    event->accept();
}

void MapCanvas::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return QWidget::mousePressEvent(event);
    m_pressed = event->position();
    m_pressedItem = itemAt(m_pressed);
    m_dragged = false;
    setCurrent(m_pressedItem);
}

void MapCanvas::mouseMoveEvent(QMouseEvent *event)
{
    if (!(event->buttons() & Qt::LeftButton))
        return;
    const QPointF moved = event->position() - m_pressed;
    if (!m_dragged && moved.manhattanLength() < 6)
        return;
    m_dragged = true;
    m_fit = false;
    m_pressed = event->position();
    if (m_pressedItem && m_places.has(*m_pressedItem))
        m_places.move(*m_pressedItem, m_places.centre(*m_pressedItem) + moved / m_scale);
    else
        m_offset += moved;
    update();
}

void MapCanvas::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    const auto item = itemAt(event->position());
    setCurrent(item);
    if (item)
        emit activated(*item);
}

/// To the nearest thing in the direction of the key: what lies far to the side counts as farther away.
void MapCanvas::go(int key)
{
    QList<Item> items;
    for (const MapNode &node : m_graph.nodes)
        if (m_places.has(node.key))
            items.append(node.key);
    for (const MapEdge &edge : m_graph.edges)
        if (const Item item{{}, edge.channel}; !items.contains(item) && m_places.has(edge.from) && m_places.has(edge.to))
            items.append(item);
    if (items.isEmpty())
        return;
    if (!m_current)
        return setCurrent(items.first());
    const QPointF from = centreOf(*m_current);
    double least = std::numeric_limits<double>::max();
    std::optional<Item> found;
    for (const Item &item : std::as_const(items)) {
        const QPointF way = centreOf(item) - from;
        const bool sideways = key == Qt::Key_Left || key == Qt::Key_Right;
        const double along = sideways ? way.x() : way.y(), across = sideways ? way.y() : way.x();
        const double ahead = key == Qt::Key_Left || key == Qt::Key_Up ? -along : along;
        if (ahead > 1 && ahead + 2.5 * std::abs(across) < least) {
            least = ahead + 2.5 * std::abs(across);
            found = item;
        }
    }
    if (found)
        setCurrent(found);
}

void MapCanvas::keyPressEvent(QKeyEvent *event)
{
    const QPointF middle = rect().toRectF().center();
    const bool shift = event->modifiers() & Qt::ShiftModifier;
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Up:
    case Qt::Key_Down: {
        if (!shift)
            return go(event->key());
        m_fit = false;
        const double step = 60;
        m_offset += event->key() == Qt::Key_Left ? QPointF(step, 0)
            : event->key() == Qt::Key_Right      ? QPointF(-step, 0)
            : event->key() == Qt::Key_Up         ? QPointF(0, step)
                                                 : QPointF(0, -step);
        return update();
    }
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        return zoom(1.25, middle);
    case Qt::Key_Minus:
        return zoom(0.8, middle);
    case Qt::Key_0:
    case Qt::Key_Home:
        return fitAll();
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_current)
            emit activated(*m_current);
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

void MapCanvas::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    if (!m_current && event->reason() == Qt::TabFocusReason && !m_graph.nodes.isEmpty())
        setCurrent(m_graph.nodes.first().key);
    update();
}

bool MapCanvas::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const auto item = itemAt(help->pos());
        QToolTip::showText(help->globalPos(), item ? describe(*item) : QString(), this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace forkscope
