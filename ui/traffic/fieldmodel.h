// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractItemModel>

#include <memory>
#include <vector>

namespace forkscope {

/// A line of the tree that tells a message: a fact about it, or a field that a decoder found.
struct FieldNode {
    QString name;
    QString value;
    int layer = -1; ///< of MessageContent whose bytes say it; −1: none do
    quint64 offset = 0, length = 0; ///< there
    bool isProblem = false;
    bool isOpen = false; ///< its parts are shown at first
    FieldNode *parent = nullptr;
    int row = 0; ///< in the parent
    std::vector<std::unique_ptr<FieldNode>> parts;

    FieldNode *add(QString partName, QString partValue = {})
    {
        auto part = std::make_unique<FieldNode>();
        part->name = std::move(partName);
        part->value = std::move(partValue);
        part->parent = this;
        part->row = int(parts.size());
        parts.push_back(std::move(part));
        return parts.back().get();
    }
    /// The innermost part that these bytes say; null: none.
    const FieldNode *innermost(int wantedLayer, quint64 byte) const;
};

/// A tree of fields with two columns. GUI thread.
class FieldModel : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column { Name, Value, ColumnCount };

    using QAbstractItemModel::QAbstractItemModel;

    void setRoot(std::unique_ptr<FieldNode> root); ///< null: empty
    const FieldNode *root() const { return m_root.get(); }
    static const FieldNode *node(const QModelIndex &index) { return static_cast<const FieldNode *>(index.internalPointer()); }
    QModelIndex indexOf(const FieldNode *node) const;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    std::unique_ptr<FieldNode> m_root;
};

} // namespace forkscope
