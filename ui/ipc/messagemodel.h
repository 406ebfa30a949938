// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/playground/sceneobservation.h"

#include <QAbstractTableModel>

#include <functional>

namespace forkscope {

/// The latest messages of a scene. Rows are added, changed and, the oldest first, removed in batches; their text is made when it
/// is painted. GUI thread.
class MessageModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Number, From, To, Put, Waited, Size, Value, ColumnCount };
    static constexpr int kMost = 5000;

    using QAbstractTableModel::QAbstractTableModel;

    /// How a pid is called.
    void setNames(std::function<QString(qint32 pid)> nameOf) { m_nameOf = std::move(nameOf); }
    void clear(); ///< startNs of the next ones is that of the first that comes
    void take(const SceneBatch &batch);
    const SceneMessage *message(int row) const; ///< null where there is none
    quint64 dropped() const { return m_dropped; } ///< that are not in it: too old, or too many at a time

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    QString text(const SceneMessage &message, Column column) const;

private:
    QString nameOf(qint32 pid) const;

    QList<SceneMessage> m_messages; ///< ids ascending
    std::function<QString(qint32)> m_nameOf;
    quint64 m_dropped = 0;
    qint64 m_startNs = -1;
};

} // namespace forkscope
