// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pool/poolrecord.h"

#include <QElapsedTimer>
#include <QScrollArea>

class QLabel;

namespace forkscope {

class HistogramView;

/// The figures of a pool: how fast, how long tasks wait and run, how busy the workers are, and when it will be done. GUI thread.
class PoolNumbers : public QScrollArea
{
    Q_OBJECT

public:
    explicit PoolNumbers(QWidget *parent = nullptr);

    void setPool(const pool::PoolRecord *record); ///< not owned; may be null
    /// Figures are made anew no more than twice a second: false where it was too early. live: the pool may still go on.
    bool refresh(qint64 nowNs, bool live);

    /// What stands beside the labels, in their order: to test it.
    QStringList values() const;

private:
    enum Row { Rate, Finish, FinishMore, Utilisation, Tried, RowCount };
    QString finishText(qint64 nowNs, int moreWorkers) const;
    QString utilisationText(qint64 nowNs) const;

    const pool::PoolRecord *m_pool = nullptr;
    bool m_live = false;
    QElapsedTimer m_since;
    QLabel *m_names[RowCount];
    QLabel *m_values[RowCount];
    HistogramView *m_waits;
    HistogramView *m_runs;
};

} // namespace forkscope
