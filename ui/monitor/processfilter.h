// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSet>
#include <QSortFilterProxyModel>

#include <optional>

namespace forkscope {

class ProcessModel;

/// The processes that match a text (with their ancestors), without the finished launches that were cleared away.
class ProcessFilter : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    explicit ProcessFilter(ProcessModel &model, QObject *parent = nullptr);

    /// Every word must occur in the name, command line, PID, state or exit cause. Empty: everything matches.
    void setText(const QString &text);
    bool isFiltering() const { return !m_words.isEmpty(); }

    /// Hides the launches of which no process runs any more. Returns how many became hidden.
    int clearFinished();
    void showCleared();
    bool hasCleared() const { return !m_cleared.isEmpty(); }

    /// Hides the processes that had ended before this time; nothing: none.
    void setEndedFrom(std::optional<qint64> timeNs);

    int tableRow(const QModelIndex &index) const; ///< of one of this model's indexes; −1: invalid
    QModelIndex indexOf(int tableRow, int column = 0) const; ///< invalid where it is hidden

protected:
    bool filterAcceptsRow(int sourceRow, const QModelIndex &sourceParent) const override;

private:
    ProcessModel &m_model;
    QStringList m_words;
    std::optional<qint64> m_endedFrom;
    QSet<int> m_cleared; ///< table rows of launches
};

} // namespace forkscope
