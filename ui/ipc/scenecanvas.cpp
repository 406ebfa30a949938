// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/ipc/scenecanvas.h"

#include <QLabel>
#include <QPainter>
#include <QPainterPath>
#include <QToolButton>

namespace forkscope {

namespace {

constexpr int kGap = 6, kMargin = 8;

} // namespace

/// Paints the ways between the boxes that lie on it.
class SceneCanvas::Board : public QWidget
{
public:
    explicit Board(SceneCanvas &canvas) : m_canvas(canvas) { }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const QRectF to = m_canvas.m_channel->geometry();
        const bool duplex = m_canvas.m_scene.kind == Scene::Kind::Pipe && m_canvas.m_scene.duplex;
        for (const SceneNode *node : std::as_const(m_canvas.m_nodes)) {
            const QRectF from = node->geometry();
            const bool dead = node->state().pid && !node->state().isAlive();
            painter.setPen(QPen(palette().color(dead ? QPalette::Mid : QPalette::Text), 1.3, dead ? Qt::DotLine : Qt::SolidLine));
            painter.setBrush(Qt::NoBrush);
            const bool producer = m_canvas.m_scene.isProducer(node->name());
            const QPointF a(producer ? from.right() + 2 : to.right() + 2, producer ? from.center().y() : to.center().y());
            const QPointF b(producer ? to.left() - 3 : from.left() - 3, producer ? to.center().y() : from.center().y());
            QPainterPath way(a);
            const double bend = (b.x() - a.x()) / 2;
            way.cubicTo(a + QPointF(bend, 0), b - QPointF(bend, 0), b);
            painter.drawPath(way);
            painter.setBrush(painter.pen().color());
            paintHead(painter, b, -1);
            if (duplex)
                paintHead(painter, a, 1);
        }
    }

private:
    static void paintHead(QPainter &painter, const QPointF &at, int direction)
    {
        painter.drawPolygon(QPolygonF({at, at + QPointF(direction * 8, -4), at + QPointF(direction * 8, 4)}));
    }

    SceneCanvas &m_canvas;
};

SceneCanvas::SceneCanvas(QWidget *parent)
    : QScrollArea(parent), m_board(new Board(*this)), m_channel(nullptr), m_producers(makeSide(true)),
      m_consumers(makeSide(false))
{
    setWidget(m_board);
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::NoFocus);
    setAccessibleName(tr("Scene"));
    m_channel = makeNode({});
}

SceneCanvas::Side SceneCanvas::makeSide(bool producer)
{
    Side side;
    side.title = new QLabel(m_board);
    side.add = new QToolButton(m_board);
    side.remove = new QToolButton(m_board);
    side.add->setText(QStringLiteral("+"));
    side.remove->setText(QStringLiteral("−"));
    side.add->setToolTip(producer ? tr("Add a producer (+ on a producer)") : tr("Add a consumer (+ on a consumer)"));
    side.add->setAccessibleName(producer ? tr("Add a producer") : tr("Add a consumer"));
    side.remove->setAccessibleName(producer ? tr("Remove a producer") : tr("Remove a consumer"));
    for (QToolButton *button : {side.add, side.remove}) {
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::StrongFocus);
    }
    connect(side.add, &QToolButton::clicked, this, [this, producer] { emit addRequested(producer); });
    connect(side.remove, &QToolButton::clicked, this, [this, producer] { emit removeRequested(lastOf(producer)); });
    return side;
}

/// Which one − takes away: the selected one if it is of that side.
QString SceneCanvas::lastOf(bool producer) const
{
    const QList<SceneProcess> &side = producer ? m_scene.producers : m_scene.consumers;
    if (!m_selected.isEmpty() && m_scene.find(m_selected) && m_scene.isProducer(m_selected) == producer)
        return m_selected;
    return side.isEmpty() ? QString() : side.last().name;
}

SceneNode *SceneCanvas::makeNode(const QString &name)
{
    auto *node = new SceneNode(name, m_board);
    connect(node, &SceneNode::selected, this, [this, name] { select(name); });
    connect(node, &SceneNode::clicked, this, [this, name] { select(name); });
    connect(node, &SceneNode::moveRequested, this, [this, node](int key) { moveFrom(node, key); });
    connect(node, &SceneNode::customContextMenuRequested, this, [this, node](const QPoint &at) {
        select(node->name());
        emit menuRequested(node->name(), node->mapToGlobal(at));
    });
    if (!name.isEmpty()) {
        connect(node, &SceneNode::addRequested, this, [this, name] { emit addRequested(m_scene.isProducer(name)); });
        connect(node, &SceneNode::removeRequested, this, [this, name] { emit removeRequested(name); });
    }
    return node;
}

SceneNode *SceneCanvas::node(const QString &name) const
{
    for (SceneNode *node : m_nodes)
        if (node->name() == name)
            return node;
    return name.isEmpty() ? m_channel : nullptr;
}

void SceneCanvas::setScene(const Scene &scene)
{
    m_scene = scene;
    QList<SceneNode *> nodes;
    for (const SceneProcess &process : scene.producers + scene.consumers) {
        SceneNode *node = this->node(process.name);
        nodes.append(node ? node : makeNode(process.name));
        nodes.last()->show();
    }
    for (SceneNode *node : std::as_const(m_nodes)) {
        if (nodes.contains(node))
            continue;
        node->hide();
        node->deleteLater();
    }
    m_nodes = nodes;
    QWidget *before = m_producers.remove;
    for (SceneNode *node : std::as_const(m_nodes)) {
        if (!scene.isProducer(node->name()) && before != m_channel
            && (m_nodes.first() == node || scene.isProducer(m_nodes[m_nodes.indexOf(node) - 1]->name()))) {
            setTabOrder(before, m_channel);
            before = m_channel;
        }
        setTabOrder(before, node);
        before = node;
    }
    const bool pipe = scene.kind == Scene::Kind::Pipe;
    m_producers.title->setText(pipe ? tr("Sends") : tr("Producers"));
    m_consumers.title->setText(!pipe ? tr("Consumers") : scene.duplex ? tr("Answers") : tr("Receives"));
    for (const Side &side : {m_producers, m_consumers}) {
        side.add->setVisible(!pipe);
        side.remove->setVisible(!pipe);
    }
    m_producers.add->setEnabled(scene.producers.size() < Scene::kMostProcesses);
    m_consumers.add->setEnabled(scene.consumers.size() < Scene::kMostProcesses);
    const bool lastOne = scene.producers.size() + scene.consumers.size() == 1;
    m_producers.remove->setEnabled(!scene.producers.isEmpty() && !lastOne);
    m_consumers.remove->setEnabled(!scene.consumers.isEmpty() && !lastOne);
    if (!m_selected.isEmpty() && !scene.find(m_selected))
        select({});
    select(m_selected);
    arrange();
}

void SceneCanvas::showStates(const QList<SceneProcessState> &states, const SceneLevel &level, bool active)
{
    m_states = states;
    bool ways = false;
    for (SceneNode *node : std::as_const(m_nodes)) {
        SceneProcessState state;
        state.name = node->name();
        for (const SceneProcessState &known : states)
            if (known.name == node->name())
                state = known;
        ways = ways || (state.pid && !state.isAlive()) != (node->state().pid && !node->state().isAlive());
        if (const SceneProcess *process = m_scene.find(node->name()))
            node->showProcess(*process, state);
    }
    m_channel->showChannel(m_scene, level, active);
    if (ways)
        m_board->update();
}

void SceneCanvas::select(const QString &name)
{
    const bool changed = name != m_selected;
    m_selected = name;
    for (SceneNode *node : std::as_const(m_nodes))
        node->setChecked(node->name() == name);
    m_channel->setChecked(name.isEmpty());
    if (SceneNode *shown = node(name))
        ensureWidgetVisible(shown, 4, 4);
    if (changed)
        emit selectionChanged(name);
}

void SceneCanvas::moveFrom(const SceneNode *node, int key)
{
    const auto side = [this](bool producers) {
        QList<SceneNode *> nodes;
        for (SceneNode *one : std::as_const(m_nodes))
            if (m_scene.isProducer(one->name()) == producers)
                nodes.append(one);
        return nodes;
    };
    const auto nearest = [node](const QList<SceneNode *> &nodes) {
        SceneNode *best = nullptr;
        for (SceneNode *one : nodes)
            if (!best || std::abs(one->y() - node->y()) < std::abs(best->y() - node->y()))
                best = one;
        return best;
    };
    SceneNode *to = nullptr;
    const bool channel = node == m_channel, producer = m_scene.isProducer(node->name());
    if (key == Qt::Key_Left || key == Qt::Key_Right) {
        const bool left = key == Qt::Key_Left;
        to = channel ? nearest(side(left)) : left != producer ? m_channel : nullptr;
    } else if (!channel) {
        const QList<SceneNode *> nodes = side(producer);
        to = nodes.value(nodes.indexOf(const_cast<SceneNode *>(node)) + (key == Qt::Key_Up ? -1 : 1));
    }
    if (to)
        to->setFocus(Qt::TabFocusReason);
}

void SceneCanvas::arrange()
{
    const QSize node = m_nodes.isEmpty() ? QSize(200, 48) : m_nodes.first()->sizeHint();
    const QSize channel = m_channel->sizeHint();
    const int header = m_producers.add->sizeHint().height() + kGap;
    const auto rows = int(std::max({m_scene.producers.size(), m_scene.consumers.size(), qsizetype(1)}));
    const int needed = 2 * kMargin + header + rows * (node.height() + kGap);
    const int least = 2 * kMargin + 2 * node.width() + channel.width() + 2 * 50;
    const QSize size(std::max(viewport()->width(), least), std::max(viewport()->height(), needed));
    m_board->resize(size);
    const int rightColumn = size.width() - kMargin - node.width();
    const auto column = [&](const Side &side, int x, qsizetype count) {
        const int top
            = kMargin + header + std::max(0, int(size.height() - 2 * kMargin - header - count * (node.height() + kGap)) / 2);
        const int titleWidth = node.width() - 2 * side.add->sizeHint().width() - 2;
        side.title->setGeometry(x, kMargin, titleWidth, header - kGap);
        side.remove->setGeometry(x + titleWidth, kMargin, side.add->sizeHint().width(), header - kGap);
        side.add->setGeometry(
            x + titleWidth + side.add->sizeHint().width() + 2, kMargin, side.add->sizeHint().width(), header - kGap);
        return top;
    };
    int left = column(m_producers, kMargin, m_scene.producers.size());
    int right = column(m_consumers, rightColumn, m_scene.consumers.size());
    for (SceneNode *one : std::as_const(m_nodes)) {
        const bool producer = m_scene.isProducer(one->name());
        int &top = producer ? left : right;
        one->setGeometry(QRect(QPoint(producer ? kMargin : rightColumn, top), node));
        top += node.height() + kGap;
    }
    m_channel->setGeometry(
        QRect(QPoint((size.width() - channel.width()) / 2,
                  kMargin + header + std::max(0, (size.height() - 2 * kMargin - header - channel.height()) / 2)),
            channel));
    m_board->update();
}

void SceneCanvas::resizeEvent(QResizeEvent *event)
{
    QScrollArea::resizeEvent(event);
    arrange();
}

void SceneCanvas::changeEvent(QEvent *event)
{
    QScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        arrange();
}

} // namespace forkscope
