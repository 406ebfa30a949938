// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/workspace/workspacemodel.h"

#include "core/workspace/readiness.h"
#include "core/workspace/scriptexport.h"

#include <QDateTime>
#include <QMimeData>

namespace forkscope {

namespace {

constexpr auto kMimeType = "application/x-forkscope-profile";

bool hasProcess(const ProfileStatus &status)
{
    using State = ProfileStatus::State;
    return !status.process.isNull()
        && (status.state == State::Running || status.state == State::Ready || status.state == State::Stopping);
}

} // namespace

WorkspaceModel::WorkspaceModel(const Supervisor &supervisor, QObject *parent)
    : QAbstractTableModel(parent), m_supervisor(supervisor)
{
    connect(&supervisor, &Supervisor::statusChanged, this, [this](const QString &name) {
        const QModelIndex index = indexOf(name);
        if (index.isValid())
            emit dataChanged(index, index.siblingAtColumn(ColumnCount - 1));
    });
    follow();
}

void WorkspaceModel::follow()
{
    QStringList next;
    for (const LaunchProfile &profile : m_supervisor.workspace().profiles)
        next += profile.name;
    for (int row = int(m_names.size()) - 1; row >= 0; --row) {
        if (next.contains(m_names[row]))
            continue;
        beginRemoveRows({}, row, row);
        m_names.removeAt(row);
        endRemoveRows();
    }
    for (int row = 0; row < next.size(); ++row) {
        const int now = int(m_names.indexOf(next[row], row));
        if (now == row)
            continue;
        if (now > row) {
            beginMoveRows({}, now, now, {}, row);
            m_names.move(now, row);
            endMoveRows();
        } else {
            beginInsertRows({}, row, row);
            m_names.insert(row, next[row]);
            endInsertRows();
        }
    }
    if (!m_names.isEmpty())
        emit dataChanged(index(0, 0), index(int(m_names.size()) - 1, ColumnCount - 1));
}

bool WorkspaceModel::hasTimes() const
{
    return std::ranges::any_of(
        m_names, [this](const QString &name) { return m_supervisor.status(name).state == ProfileStatus::State::Backoff; });
}

void WorkspaceModel::refreshTimes()
{
    for (const QString &name : std::as_const(m_names))
        if (m_supervisor.status(name).state == ProfileStatus::State::Backoff)
            emit dataChanged(indexOf(name, Details), indexOf(name, Details), {Qt::DisplayRole});
}

QString WorkspaceModel::nameOf(const QModelIndex &index) const
{
    return index.isValid() ? m_names.value(index.row()) : QString();
}

QModelIndex WorkspaceModel::indexOf(const QString &profile, int column) const
{
    const int row = int(m_names.indexOf(profile));
    return row < 0 ? QModelIndex() : index(row, column);
}

int WorkspaceModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_names.size());
}

int WorkspaceModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant WorkspaceModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const QString &name = m_names[index.row()];
    const LaunchProfile *profile = m_supervisor.workspace().find(name);
    if (!profile)
        return {}; // about to be removed
    const ProfileStatus status = m_supervisor.status(name);
    switch (role) {
    case Qt::DisplayRole:
        switch (index.column()) {
        case Name:
            return name;
        case State:
            return stateText(status.state);
        case Details:
            return details(*profile, status);
        case Pid:
            return hasProcess(status) ? QString::number(status.process.pid) : QString();
        case Restarts:
            return status.restarts > 0 ? QString::number(status.restarts) : QString();
        }
        return {};
    case Qt::DecorationRole:
        return index.column() == State ? statusIcon(statusMark(status.state)) : QVariant();
    case Qt::ToolTipRole:
        return toolTip(*profile, status);
    case Qt::AccessibleTextRole:
        return index.column() == Name ? tr("%1, %2").arg(name, stateText(status.state)) : QVariant();
    case Qt::TextAlignmentRole:
        return int(Qt::AlignVCenter | (index.column() >= Pid ? Qt::AlignRight : Qt::AlignLeft));
    default:
        return {};
    }
}

QVariant WorkspaceModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter | (section >= Pid ? Qt::AlignRight : Qt::AlignLeft));
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return tr("Name");
    case State:
        return tr("State");
    case Details:
        return tr("Details");
    case Pid:
        return tr("PID");
    case Restarts:
        return tr("Restarts");
    }
    return {};
}

Qt::ItemFlags WorkspaceModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::ItemIsDropEnabled; // between the rows
    return QAbstractTableModel::flags(index) | Qt::ItemIsDragEnabled | Qt::ItemNeverHasChildren;
}

QStringList WorkspaceModel::mimeTypes() const
{
    return {QLatin1String(kMimeType)};
}

QMimeData *WorkspaceModel::mimeData(const QModelIndexList &indexes) const
{
    auto *data = new QMimeData; // the caller owns it
    if (!indexes.isEmpty())
        data->setData(QLatin1String(kMimeType), nameOf(indexes.first()).toUtf8());
    return data;
}

bool WorkspaceModel::dropMimeData(const QMimeData *data, Qt::DropAction action, int row, int, const QModelIndex &parent)
{
    const QString name = QString::fromUtf8(data->data(QLatin1String(kMimeType)));
    const int from = int(m_names.indexOf(name));
    if (action != Qt::MoveAction || from < 0 || parent.isValid())
        return false;
    if (row < 0)
        row = int(m_names.size());
    // From the event loop: the view still holds the rows it drags.
    QMetaObject::invokeMethod(
        this, [this, name, to = row > from ? row - 1 : row] { emit moveRequested(name, to); }, Qt::QueuedConnection);
    return false; // the view must not remove the row itself
}

QString WorkspaceModel::stateText(ProfileStatus::State state)
{
    switch (state) {
    case ProfileStatus::State::Idle:
        return tr("idle");
    case ProfileStatus::State::Waiting:
        return tr("waiting");
    case ProfileStatus::State::Starting:
        return tr("starting");
    case ProfileStatus::State::Running:
        return tr("running");
    case ProfileStatus::State::Ready:
        return tr("ready");
    case ProfileStatus::State::Backoff:
        return tr("restarting");
    case ProfileStatus::State::Stopping:
        return tr("stopping");
    case ProfileStatus::State::Completed:
        return tr("completed");
    case ProfileStatus::State::Failed:
        return tr("failed");
    }
    return {};
}

Status WorkspaceModel::statusMark(ProfileStatus::State state)
{
    switch (state) {
    case ProfileStatus::State::Idle:
        return Status::Unknown;
    case ProfileStatus::State::Waiting:
    case ProfileStatus::State::Backoff:
        return Status::Waiting;
    case ProfileStatus::State::Starting:
        return Status::Starting;
    case ProfileStatus::State::Running:
    case ProfileStatus::State::Ready:
        return Status::Running;
    case ProfileStatus::State::Stopping:
        return Status::Stopped;
    case ProfileStatus::State::Completed:
        return Status::Finished;
    case ProfileStatus::State::Failed:
        return Status::Failed;
    }
    return Status::Unknown;
}

QString WorkspaceModel::dependencyText(const LaunchProfile &profile)
{
    QStringList parts;
    for (const Dependency &dependency : profile.dependencies) {
        switch (dependency.condition) {
        case Dependency::Condition::Started:
            parts += tr("%1 (started)").arg(dependency.profile);
            break;
        case Dependency::Condition::Ready:
            parts += tr("%1 (ready)").arg(dependency.profile);
            break;
        case Dependency::Condition::Completed:
            parts += tr("%1 (ended)").arg(dependency.profile);
            break;
        case Dependency::Condition::CompletedSuccessfully:
            parts += tr("%1 (ended with success)").arg(dependency.profile);
            break;
        }
    }
    return parts.isEmpty() ? QString() : tr("after %1").arg(parts.join(QStringLiteral(", ")));
}

QString WorkspaceModel::details(const LaunchProfile &profile, const ProfileStatus &status) const
{
    if (status.state == ProfileStatus::State::Backoff) {
        const qint64 left = std::max<qint64>(status.restartsAtMs - QDateTime::currentMSecsSinceEpoch(), 0);
        return tr("%1; starts again in %2 s").arg(status.reason).arg((left + 999) / 1000);
    }
    if (!status.reason.isEmpty() && status.launch != LaunchId::None)
        return status.reason;
    if (!status.reason.isEmpty() && status.state != ProfileStatus::State::Idle)
        return status.reason;
    const QString dependencies = dependencyText(profile);
    return dependencies.isEmpty() ? profile.description : dependencies;
}

QString WorkspaceModel::toolTip(const LaunchProfile &profile, const ProfileStatus &status) const
{
    QStringList lines = {tr("%1: %2").arg(profile.name, stateText(status.state))};
    for (const QString &line : {status.reason, profile.description, dependencyText(profile)})
        if (!line.isEmpty())
            lines += line;
    if (profile.readiness)
        lines += tr("ready: %1").arg(readinessText(*profile.readiness));
    if (profile.restart.when != RestartPolicy::When::Never)
        lines += profile.restart.when == RestartPolicy::When::Always ? tr("restarts always") : tr("restarts after a failure");
    lines += shellCommand(profile.launch).left(1000);
    return lines.join(u'\n').toHtmlEscaped().replace(u'\n', QStringLiteral("<br>"));
}

} // namespace forkscope
