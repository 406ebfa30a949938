// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/traffic/fieldmodel.h"

#include "ui/widgets/status.h"

namespace forkscope {

const FieldNode *FieldNode::innermost(int wantedLayer, quint64 byte) const
{
    const FieldNode *best = nullptr;
    for (const auto &part : parts) {
        // Its parts may lie in another layer than itself, or beyond it: each is looked at.
        const FieldNode *found = part->innermost(wantedLayer, byte);
        if (!found && part->layer == wantedLayer && byte >= part->offset && byte - part->offset < part->length)
            found = part.get();
        if (found && (!best || found->length < best->length))
            best = found;
    }
    return best;
}

void FieldModel::setRoot(std::unique_ptr<FieldNode> root)
{
    beginResetModel();
    m_root = std::move(root);
    endResetModel();
}

QModelIndex FieldModel::indexOf(const FieldNode *node) const
{
    return !node || node == m_root.get() ? QModelIndex() : createIndex(node->row, 0, node);
}

QModelIndex FieldModel::index(int row, int column, const QModelIndex &parent) const
{
    const FieldNode *of = parent.isValid() ? node(parent) : m_root.get();
    if (!of || parent.column() > 0 || row < 0 || size_t(row) >= of->parts.size() || column < 0 || column >= ColumnCount)
        return {};
    return createIndex(row, column, of->parts[size_t(row)].get());
}

QModelIndex FieldModel::parent(const QModelIndex &index) const
{
    return index.isValid() ? indexOf(node(index)->parent) : QModelIndex();
}

int FieldModel::rowCount(const QModelIndex &parent) const
{
    const FieldNode *of = parent.isValid() ? node(parent) : m_root.get();
    return of && parent.column() <= 0 ? int(of->parts.size()) : 0;
}

int FieldModel::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

QVariant FieldModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const FieldNode *field = node(index);
    if (role == Qt::DisplayRole || role == Qt::ToolTipRole)
        return index.column() == Name ? field->name : field->value;
    if (role == Qt::ForegroundRole && field->isProblem)
        return warningColor();
    return {};
}

QVariant FieldModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == Name ? tr("Name") : tr("Value");
}

} // namespace forkscope
