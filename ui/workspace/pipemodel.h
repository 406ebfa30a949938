// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workspace/workspacepipes.h"

#include <QAbstractTableModel>

namespace forkscope {

/// The named pipes of a workspace: who writes, who reads, what is recorded. A side that nobody uses is marked. Never resets.
/// GUI thread.
class PipeModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Name, Writers, Readers, Kept, ColumnCount };

    /// The workspace outlives it.
    explicit PipeModel(const Workspace &workspace, QObject *parent = nullptr);

    /// After the workspace has changed.
    void follow();
    QString nameOf(const QModelIndex &index) const; ///< empty: invalid index
    QModelIndex indexOf(const QString &pipe) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    /// "everything", "first 100 B", "counters only".
    static QString keepText(quint32 bytes);
    /// Why nothing may come to pass: nobody writes, nobody reads; empty: somebody does both.
    static QString warning(const Workspace &workspace, const WorkspacePipe &pipe);

private:
    QString usersText(const WorkspacePipe &pipe, bool writes) const;

    const Workspace &m_workspace;
    QStringList m_names; ///< as the views know them
};

} // namespace forkscope
