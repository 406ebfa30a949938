// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/recordingcache.h"
#include "core/session/recordingsummary.h"

#include <QAbstractTableModel>

#include <optional>

namespace forkscope {

/// The unsaved recordings, newest first. What has to be read from a file comes later. GUI thread.
class UnsavedModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Changed, Age, Size, Duration, Command, Use, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    /// Rows that are there already stay, with what was read of them.
    void setRecordings(const QList<CachedRecording> &recordings);
    void setSummary(const QString &path, const Result<RecordingSummary> &summary);
    /// A recording that was not read since it changed; nothing: all are.
    std::optional<CachedRecording> nextUnread() const;

    const CachedRecording &recording(int row) const { return m_rows[row].recording; }
    QList<CachedRecording> recordings() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row {
        CachedRecording recording;
        bool read = false;
        std::optional<RecordingSummary> summary; ///< nothing: not read yet, or cannot be read
    };
    QString text(const Row &row, int column) const;

    QList<Row> m_rows;
};

} // namespace forkscope
