// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workspace/supervisor.h"
#include "ui/widgets/status.h"

#include <QAbstractTableModel>

namespace forkscope {

/// The profiles of a workspace with their state, in the order of the workspace. Follows a supervisor; never resets. GUI thread.
class WorkspaceModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Name, State, Details, Pid, Restarts, ColumnCount };

    explicit WorkspaceModel(const Supervisor &supervisor, QObject *parent = nullptr);

    /// After the supervisor got another workspace: rows are removed, moved and inserted as needed.
    void follow();
    /// What changes with the time alone: how long until a restart.
    void refreshTimes();
    bool hasTimes() const;

    QString nameOf(const QModelIndex &index) const; ///< of the profile; empty: invalid index
    QModelIndex indexOf(const QString &profile, int column = Name) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    Qt::DropActions supportedDropActions() const override { return Qt::MoveAction; }
    QStringList mimeTypes() const override;
    QMimeData *mimeData(const QModelIndexList &indexes) const override;
    bool dropMimeData(const QMimeData *data, Qt::DropAction action, int row, int column, const QModelIndex &parent) override;

    static QString stateText(ProfileStatus::State state);
    static Status statusMark(ProfileStatus::State state);
    /// "after db (ready)"; empty: it depends on nothing.
    static QString dependencyText(const LaunchProfile &profile);

signals:
    /// Somebody has dropped the profile so that it stands at this row.
    void moveRequested(const QString &profile, int row);

private:
    QString details(const LaunchProfile &profile, const ProfileStatus &status) const;
    QString toolTip(const LaunchProfile &profile, const ProfileStatus &status) const;

    const Supervisor &m_supervisor;
    QStringList m_names; ///< as the views know them
};

} // namespace forkscope
