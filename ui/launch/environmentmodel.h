// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QByteArray>
#include <QMap>

#include <optional>

namespace forkscope {

/// The environment that a launch will get, a row a variable: what we hand on, and what is changed, added or removed.
/// Rows keep their place while they are edited; a new one stands at the end.
class EnvironmentModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    using Changes = QMap<QByteArray, std::optional<QByteArray>>;
    enum Column { Name, Value, State, ColumnCount };
    enum class Kind : quint8 {
        Inherited, ///< handed on as it is
        Changed, ///< inherited, with another value
        Added, ///< set by the launch alone
        Removed, ///< not handed on, by name
        LeftOut, ///< not handed on, as the environment starts empty
    };
    static constexpr int KindRole = Qt::UserRole;

    /// inherited: NAME=VALUE entries.
    explicit EnvironmentModel(const QByteArrayList &inherited, QObject *parent = nullptr);

    /// Resets the model.
    void load(bool inherit, const Changes &changes);
    bool inherits() const { return m_inherits; }
    void setInherits(bool inherits);
    Changes changes() const;
    Kind kind(int row) const;
    int count(Kind kind) const;

    int addVariable(); ///< a new row with a name of its own; returns it
    void remove(int row); ///< it will not be handed on
    void restore(int row); ///< as if nobody had touched it; with an empty start: handed on all the same

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

signals:
    void changed();

private:
    struct Row {
        QByteArray name;
        std::optional<QByteArray> inherited; ///< the value that we would hand on
        std::optional<std::optional<QByteArray>> change; ///< nothing: none. A value, or nothing: removed
    };
    void touch(int row);
    QByteArray shownValue(const Row &row) const;

    QMap<QByteArray, QByteArray> m_inherited;
    QList<Row> m_rows;
    bool m_inherits = true;
};

} // namespace forkscope
