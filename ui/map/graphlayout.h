// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QPointF>
#include <QSizeF>

#include <optional>
#include <utility>

namespace forkscope {

/// A directed graph to be drawn from left to right.
struct GraphToLayOut {
    QList<QSizeF> nodes; ///< in points
    QList<std::pair<int, int>> edges; ///< from, to: indices of nodes
};

/// The centres of the nodes, y downwards, by Graphviz's dot; nothing where it cannot. May take seconds for thousands of nodes.
/// Any thread; one call at a time, others wait.
std::optional<QList<QPointF>> layOut(const GraphToLayOut &graph);

} // namespace forkscope
