// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/monitor/processfilter.h"

#include "ui/monitor/processmodel.h"
#include "ui/monitor/processtext.h"

namespace forkscope {

ProcessFilter::ProcessFilter(ProcessModel &model, QObject *parent) : QSortFilterProxyModel(parent), m_model(model)
{
    setRecursiveFilteringEnabled(true);
    setSortRole(ProcessModel::SortRole);
    setSourceModel(&model);
}

void ProcessFilter::setText(const QString &text)
{
    const QStringList words = text.simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    if (words == m_words)
        return;
    m_words = words;
    invalidateFilter();
}

int ProcessFilter::clearFinished()
{
    const ProcessTable &table = m_model.table();
    const auto before = m_cleared.size();
    for (int launch : table.launches()) {
        const QList<int> tree = table.subtree(launch);
        const bool over = std::all_of(tree.begin(), tree.end(), [&](int row) {
            const ProcessRow &process = table.row(row);
            return process.exit || process.failure;
        });
        if (over)
            m_cleared.insert(launch);
    }
    if (m_cleared.size() != before)
        invalidateFilter();
    return int(m_cleared.size() - before);
}

void ProcessFilter::showCleared()
{
    m_cleared.clear();
    invalidateFilter();
}

void ProcessFilter::setEndedFrom(std::optional<qint64> timeNs)
{
    if (std::exchange(m_endedFrom, timeNs) != timeNs)
        invalidateFilter();
}

int ProcessFilter::tableRow(const QModelIndex &index) const
{
    return m_model.tableRow(mapToSource(index));
}

QModelIndex ProcessFilter::indexOf(int tableRow, int column) const
{
    return mapFromSource(m_model.indexOf(tableRow, column));
}

bool ProcessFilter::filterAcceptsRow(int sourceRow, const QModelIndex &sourceParent) const
{
    const int number = m_model.tableRow(m_model.index(sourceRow, 0, sourceParent));
    if (!m_cleared.isEmpty() && m_cleared.contains(m_model.rootOf(number)))
        return false;
    const ProcessRow &row = m_model.table().row(number);
    if (m_endedFrom && row.endedNs > 0 && row.endedNs < *m_endedFrom)
        return false;
    if (m_words.isEmpty())
        return true;
    const QStringList texts = {ProcessText::name(row), ProcessText::command(row), QString::number(row.process.pid),
        ProcessText::state(row), ProcessText::exit(row)};
    return std::all_of(m_words.begin(), m_words.end(), [&](const QString &word) {
        return std::any_of(
            texts.begin(), texts.end(), [&](const QString &text) { return text.contains(word, Qt::CaseInsensitive); });
    });
}

} // namespace forkscope
