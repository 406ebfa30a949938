// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/recording/unsavedmodel.h"

#include "core/launch/commandline.h"
#include "ui/recording/recordingwords.h"
#include "ui/widgets/format.h"

#include <algorithm>

namespace forkscope {

void UnsavedModel::setRecordings(const QList<CachedRecording> &recordings)
{
    const auto find = [](const auto &list, const QString &path, auto pathOf) {
        return std::find_if(list.begin(), list.end(), [&](const auto &each) { return pathOf(each) == path; });
    };
    const auto pathOfRecording = [](const CachedRecording &recording) { return recording.path; };
    const auto pathOfRow = [](const Row &row) { return row.recording.path; };
    for (int row = int(m_rows.size()) - 1; row >= 0; --row) {
        if (find(recordings, m_rows[row].recording.path, pathOfRecording) != recordings.end())
            continue;
        beginRemoveRows({}, row, row);
        m_rows.removeAt(row);
        endRemoveRows();
    }
    for (const CachedRecording &recording : recordings) {
        const auto known = find(m_rows, recording.path, pathOfRow);
        if (known != m_rows.end()) {
            const auto row = int(known - m_rows.begin());
            Row &stale = m_rows[row];
            stale.read = stale.read && stale.recording.changedNs == recording.changedNs && recording.use != FileUse::Writing;
            stale.recording = recording;
            continue;
        }
        const auto at = std::find_if(
            m_rows.begin(), m_rows.end(), [&](const Row &row) { return row.recording.changedNs < recording.changedNs; });
        const auto row = int(at - m_rows.begin());
        beginInsertRows({}, row, row);
        m_rows.insert(row, {recording, false, {}});
        endInsertRows();
    }
    if (!m_rows.isEmpty())
        emit dataChanged(index(0, 0), index(int(m_rows.size()) - 1, ColumnCount - 1));
}

void UnsavedModel::setSummary(const QString &path, const Result<RecordingSummary> &summary)
{
    for (int row = 0; row < m_rows.size(); ++row) {
        if (m_rows[row].recording.path != path)
            continue;
        m_rows[row].read = true;
        m_rows[row].summary = summary ? std::optional(summary.value()) : std::nullopt;
        emit dataChanged(index(row, 0), index(row, ColumnCount - 1));
    }
}

std::optional<CachedRecording> UnsavedModel::nextUnread() const
{
    const auto row = std::find_if(m_rows.begin(), m_rows.end(), [](const Row &each) { return !each.read; });
    return row == m_rows.end() ? std::nullopt : std::optional(row->recording);
}

QList<CachedRecording> UnsavedModel::recordings() const
{
    QList<CachedRecording> result;
    for (const Row &row : m_rows)
        result.append(row.recording);
    return result;
}

int UnsavedModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int UnsavedModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString UnsavedModel::text(const Row &row, int column) const
{
    const auto &summary = row.summary;
    const qint64 changed = summary ? std::max(row.recording.changedNs, summary->lastNs) : row.recording.changedNs;
    switch (column) {
    case Changed:
        return changedText(changed);
    case Age:
        return ageText(changed);
    case Size:
        return bytesText(qint64(row.recording.bytes));
    case Duration:
        return summary && summary->lastNs > summary->startNs ? durationText(summary->lastNs - summary->startNs) : QString();
    case Command:
        if (!row.read && !summary)
            return tr("Reading…");
        return !summary ? tr("cannot be read") : summary->command.isEmpty() ? tr("none") : quoteCommandLine(summary->command);
    case Use:
        return fileUseText(row.recording.use);
    default:
        return {};
    }
}

QVariant UnsavedModel::data(const QModelIndex &index, int role) const
{
    const Row &row = m_rows[index.row()];
    switch (role) {
    case Qt::DisplayRole:
        return text(row, index.column());
    case Qt::ToolTipRole:
        return index.column() == Command ? text(row, Command) : row.recording.path;
    case Qt::TextAlignmentRole:
        return index.column() == Size || index.column() == Age || index.column() == Duration
            ? int(Qt::AlignRight | Qt::AlignVCenter)
            : int(Qt::AlignLeft | Qt::AlignVCenter);
    default:
        return {};
    }
}

QVariant UnsavedModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return section == Size || section == Age || section == Duration ? int(Qt::AlignRight | Qt::AlignVCenter)
                                                                        : int(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Changed:
        return tr("Last change");
    case Age:
        return tr("Age");
    case Size:
        return tr("Size");
    case Duration:
        return tr("Duration");
    case Command:
        return tr("First command");
    case Use:
        return tr("In use");
    default:
        return {};
    }
}

} // namespace forkscope
