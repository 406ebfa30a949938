// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pool/taskoutput.h"

#include <QElapsedTimer>
#include <QWidget>

#include <optional>

class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace forkscope {

namespace pool {
class PoolRecord;
class TaskReader;
} // namespace pool
class DetailsPane;

/// What is known of the selected task, and what its command wrote. Text to select and copy. GUI thread.
class TaskDetails : public QWidget
{
    Q_OBJECT

public:
    explicit TaskDetails(const Journal &journal, QWidget *parent = nullptr);

    void setPool(const pool::PoolRecord *record, pool::TaskReader *reader); ///< not owned; may be null
    void setTask(std::optional<quint64> task);
    /// No more than five times a second for one task: false where it was too early.
    bool refresh(qint64 nowNs);

    DetailsPane *facts() const { return m_facts; }
    QPlainTextEdit *output() const { return m_output; }

signals:
    /// The person wants to see it in the Output view, from this record on.
    void outputRequested(quint64 record);

private:
    void showOutput();

    const Journal &m_journal;
    TaskChannels m_channels;
    const pool::PoolRecord *m_pool = nullptr;
    pool::TaskReader *m_reader = nullptr;
    std::optional<quint64> m_task;
    QElapsedTimer m_since;
    ProcessKey m_shownProcess;
    quint64 m_shownRecords = 0;
    quint64 m_firstRecord = 0;
    DetailsPane *m_facts;
    QPlainTextEdit *m_output;
    QLabel *m_note;
    QPushButton *m_more;
};

} // namespace forkscope
