// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/map/graphlayout.h"

#include <graphviz/gvc.h>

#include <QByteArray>

#include <memory>
#include <mutex>

namespace forkscope {

namespace {

/// cgraph takes what it never changes as char *.
char *text(const char *constant)
{
    return const_cast<char *>(constant);
}

QByteArray inches(double points)
{
    return QByteArray::number(points / 72, 'f', 4);
}

} // namespace

std::optional<QList<QPointF>> layOut(const GraphToLayOut &input)
{
    static std::mutex mutex; // Graphviz keeps state of the whole program
    const std::scoped_lock lock(mutex);
    const std::unique_ptr<GVC_t, int (*)(GVC_t *)> context(gvContext(), gvFreeContext);
    const std::unique_ptr<Agraph_t, int (*)(Agraph_t *)> graph(agopen(text("map"), Agdirected, nullptr), agclose);
    if (!context || !graph)
        return {};
    agseterr(AGMAX); // it has nobody to complain to
    agattr(graph.get(), AGRAPH, text("rankdir"), text("LR"));
    agattr(graph.get(), AGRAPH, text("ranksep"), text("1.9")); // what is said of an edge stands between its nodes
    agattr(graph.get(), AGRAPH, text("nodesep"), text("1.2")); // and where edges part, above one another
    agattr(graph.get(), AGNODE, text("shape"), text("box"));
    agattr(graph.get(), AGNODE, text("fixedsize"), text("true"));
    agattr(graph.get(), AGNODE, text("label"), text(""));
    Agsym_t *width = agattr(graph.get(), AGNODE, text("width"), text("1"));
    Agsym_t *height = agattr(graph.get(), AGNODE, text("height"), text("1"));
    QList<Agnode_t *> nodes;
    for (const QSizeF &size : input.nodes) {
        Agnode_t *node = agnode(graph.get(), QByteArray::number(nodes.size()).data(), 1);
        agxset(node, width, inches(size.width()).data());
        agxset(node, height, inches(size.height()).data());
        nodes.append(node);
    }
    for (const auto &[from, to] : input.edges)
        if (from >= 0 && from < nodes.size() && to >= 0 && to < nodes.size())
            agedge(graph.get(), nodes[from], nodes[to], nullptr, 1);
    if (gvLayout(context.get(), graph.get(), "dot") != 0)
        return {};
    QList<QPointF> centres;
    for (Agnode_t *node : std::as_const(nodes))
        centres.append({ND_coord(node).x, -ND_coord(node).y});
    gvFreeLayout(context.get(), graph.get());
    return centres;
}

} // namespace forkscope
