// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/launch/environmentmodel.h"

#include "ui/widgets/bytestext.h"
#include "ui/widgets/status.h"

#include <QFont>
#include <QGuiApplication>
#include <QPalette>

#include <algorithm>

namespace forkscope {

EnvironmentModel::EnvironmentModel(const QByteArrayList &inherited, QObject *parent) : QAbstractTableModel(parent)
{
    for (const QByteArray &entry : inherited) {
        if (const qsizetype equals = entry.indexOf('='); equals > 0)
            m_inherited.insert(entry.first(equals), entry.sliced(equals + 1));
    }
}

void EnvironmentModel::load(bool inherit, const Changes &changes)
{
    beginResetModel();
    m_inherits = inherit;
    QMap<QByteArray, Row> rows;
    for (auto it = m_inherited.constBegin(); it != m_inherited.constEnd(); ++it)
        rows.insert(it.key(), {it.key(), it.value(), {}});
    for (auto it = changes.begin(); it != changes.end(); ++it) {
        Row &row = rows[it.key()];
        row.name = it.key();
        row.change = it.value();
    }
    m_rows = rows.values();
    endResetModel();
}

void EnvironmentModel::setInherits(bool inherits)
{
    if (inherits == m_inherits)
        return;
    m_inherits = inherits;
    if (!m_rows.isEmpty())
        emit dataChanged(index(0, 0), index(int(m_rows.size()) - 1, ColumnCount - 1));
    emit changed();
}

EnvironmentModel::Changes EnvironmentModel::changes() const
{
    Changes changes;
    for (const Row &row : m_rows) {
        if (row.change)
            changes.insert(row.name, *row.change);
    }
    return changes;
}

EnvironmentModel::Kind EnvironmentModel::kind(int number) const
{
    const Row &row = m_rows[number];
    if (!row.change)
        return m_inherits ? Kind::Inherited : Kind::LeftOut;
    if (!*row.change)
        return Kind::Removed;
    return row.inherited && m_inherits ? Kind::Changed : Kind::Added;
}

int EnvironmentModel::count(Kind wanted) const
{
    int count = 0;
    for (int row = 0; row < m_rows.size(); ++row)
        count += kind(row) == wanted ? 1 : 0;
    return count;
}

int EnvironmentModel::addVariable()
{
    const auto taken = [this](const QByteArray &name) {
        return std::any_of(m_rows.cbegin(), m_rows.cend(), [&](const Row &row) { return row.name == name; });
    };
    QByteArray name = "NAME";
    for (int i = 2; taken(name); ++i)
        name = "NAME" + QByteArray::number(i);
    const int row = int(m_rows.size());
    beginInsertRows({}, row, row);
    m_rows.append({name, {}, std::optional<QByteArray>(QByteArray(""))});
    endInsertRows();
    emit changed();
    return row;
}

void EnvironmentModel::remove(int number)
{
    Row &row = m_rows[number];
    if (!row.inherited && row.change && *row.change) {
        beginRemoveRows({}, number, number);
        m_rows.removeAt(number);
        endRemoveRows();
        emit changed();
        return;
    }
    row.change.reset();
    if (m_inherits)
        row.change.emplace(std::nullopt);
    touch(number);
}

void EnvironmentModel::restore(int number)
{
    Row &row = m_rows[number];
    if (!row.inherited) {
        beginRemoveRows({}, number, number);
        m_rows.removeAt(number);
        endRemoveRows();
        emit changed();
        return;
    }
    row.change.reset();
    if (!m_inherits)
        row.change.emplace(row.inherited);
    touch(number);
}

void EnvironmentModel::touch(int row)
{
    emit dataChanged(index(row, 0), index(row, ColumnCount - 1));
    emit changed();
}

QByteArray EnvironmentModel::shownValue(const Row &row) const
{
    return row.change && *row.change ? **row.change : row.inherited.value_or(QByteArray());
}

int EnvironmentModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int EnvironmentModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant EnvironmentModel::data(const QModelIndex &index, int role) const
{
    const Row &row = m_rows[index.row()];
    const Kind kind = this->kind(index.row());
    const bool gone = kind == Kind::Removed || kind == Kind::LeftOut;
    switch (role) {
    case KindRole:
        return int(kind);
    case Qt::DisplayRole:
    case Qt::EditRole:
    case Qt::ToolTipRole:
        if (index.column() == Name)
            return textOfBytes(row.name);
        if (index.column() == Value) {
            if (role == Qt::ToolTipRole && kind == Kind::Changed)
                return tr("%1\nInherited: %2").arg(textOfBytes(shownValue(row)), textOfBytes(*row.inherited));
            return textOfBytes(shownValue(row));
        }
        switch (kind) {
        case Kind::Inherited:
            return tr("inherited");
        case Kind::Changed:
            return tr("changed");
        case Kind::Added:
            return tr("added");
        case Kind::Removed:
            return tr("removed");
        case Kind::LeftOut:
            return tr("left out");
        }
        break;
    case Qt::DecorationRole:
        if (index.column() == State && kind == Kind::Changed)
            return statusIcon(Status::Waiting);
        if (index.column() == State && kind == Kind::Added)
            return statusIcon(Status::Finished);
        if (index.column() == State && kind == Kind::Removed)
            return statusIcon(Status::Failed);
        break;
    case Qt::ForegroundRole:
        if (gone)
            return QGuiApplication::palette().brush(QPalette::PlaceholderText);
        break;
    case Qt::FontRole: {
        QFont font;
        font.setStrikeOut(gone && index.column() != State);
        font.setBold(kind == Kind::Changed || kind == Kind::Added);
        return font;
    }
    default:
        break;
    }
    return {};
}

bool EnvironmentModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::EditRole)
        return false;
    Row &row = m_rows[index.row()];
    const QByteArray bytes = bytesOfText(value.toString());
    if (index.column() == Name) {
        const bool taken = std::any_of(m_rows.cbegin(), m_rows.cend(), [&](const Row &other) { return other.name == bytes; });
        if (taken) // also by itself: nothing to change
            return false;
        row.name = bytes;
    } else {
        const Kind before = kind(index.row());
        // To open and close a field is no change.
        if (bytes == shownValue(row) && before != Kind::Removed && before != Kind::LeftOut)
            return false;
        if (m_inherits && row.inherited == bytes)
            row.change.reset();
        else
            row.change = std::optional<QByteArray>(bytes);
    }
    touch(index.row());
    return true;
}

QVariant EnvironmentModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == Name ? tr("Variable") : section == Value ? tr("Value") : tr("State");
}

Qt::ItemFlags EnvironmentModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    const Qt::ItemFlags usual = QAbstractTableModel::flags(index) | Qt::ItemNeverHasChildren;
    const bool editable = index.column() == Value || (index.column() == Name && !m_rows[index.row()].inherited);
    return editable ? usual | Qt::ItemIsEditable : usual;
}

} // namespace forkscope
