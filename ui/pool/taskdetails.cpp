// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pool/taskdetails.h"

#include "core/pool/poolrecord.h"
#include "core/pool/taskreader.h"
#include "ui/monitor/details.h"
#include "ui/output/outputcolors.h"
#include "ui/pool/taskfacts.h"
#include "ui/widgets/format.h"

#include <QFontDatabase>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSplitter>
#include <QVBoxLayout>

namespace forkscope {

namespace {

constexpr qsizetype kMostBytes = 64 * 1024;

}

TaskDetails::TaskDetails(const Journal &journal, QWidget *parent)
    : QWidget(parent), m_journal(journal), m_channels(journal), m_facts(new DetailsPane), m_output(new QPlainTextEdit),
      m_note(new QLabel), m_more(new QPushButton(tr("Show in Output")))
{
    m_facts->setPurpose(tr("Details of the selected task"),
        tr("Select a task, in the lanes or in the list, to see its command or call, times, process and how it ended."));
    m_output->setReadOnly(true);
    m_output->setTabChangesFocus(true);
    m_output->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_output->setAccessibleName(tr("What the selected task wrote"));
    m_output->setFrameShape(QFrame::NoFrame);
    m_note->setForegroundRole(QPalette::PlaceholderText);
    m_note->setWordWrap(true);
    m_more->setToolTip(tr("Show these lines in the Output view, with what was written around them"));

    auto *bottom = new QHBoxLayout;
    bottom->addWidget(m_note, 1);
    bottom->addWidget(m_more);
    auto *right = new QWidget;
    auto *layout = new QVBoxLayout(right);
    layout->setContentsMargins(4, 4, 4, 4);
    layout->setSpacing(4);
    layout->addWidget(m_output, 1);
    layout->addLayout(bottom);
    auto *splitter = new QSplitter(Qt::Horizontal);
    splitter->addWidget(m_facts);
    splitter->addWidget(right);
    splitter->setSizes({300, 300});
    splitter->setChildrenCollapsible(false);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(splitter);
    connect(m_more, &QPushButton::clicked, this, [this] { emit outputRequested(m_firstRecord); });
    refresh(0);
}

void TaskDetails::setPool(const pool::PoolRecord *record, pool::TaskReader *reader)
{
    m_pool = record;
    m_reader = reader;
    setTask({});
}

void TaskDetails::setTask(std::optional<quint64> task)
{
    m_task = task;
    m_since.invalidate();
}

bool TaskDetails::refresh(qint64 nowNs)
{
    constexpr int kBetweenMs = 200;
    if (m_since.isValid() && !m_since.hasExpired(kBetweenMs))
        return false;
    m_since.start();
    if (m_pool && m_task && *m_task < m_pool->taskCount())
        m_facts->show(TaskFacts::title(*m_task), TaskFacts::details(*m_pool, *m_reader, *m_task, nowNs));
    else
        m_facts->show({}, {});
    showOutput();
    return true;
}

/// Rewritten only when something came: a selection in it stays.
void TaskDetails::showOutput()
{
    const bool any = m_pool && m_task && *m_task < m_pool->taskCount();
    const ProcessKey process = any ? m_pool->task(*m_task).process : ProcessKey();
    const TaskOutput shown = readTaskOutput(m_journal, process.isNull() ? QList<ChannelId>() : m_channels.of(process), 0);
    if (process == m_shownProcess && shown.records == m_shownRecords && !m_note->text().isEmpty())
        return;
    m_shownProcess = process;
    m_shownRecords = shown.records;
    const TaskOutput output = readTaskOutput(m_journal, m_channels.of(process), kMostBytes);
    m_firstRecord = output.firstRecord;
    m_more->setVisible(!output.pieces.isEmpty());
    m_output->clear();
    const OutputColors colors = OutputColors::of(palette());
    QTextCursor cursor(m_output->document());
    for (const TaskOutput::Piece &piece : output.pieces) {
        QTextCharFormat format;
        format.setForeground(colors.text(piece.kind));
        if (piece.kind == ChannelKind::StandardError)
            format.setFontItalic(true); // not by colour alone
        QString text = QString::fromUtf8(piece.bytes);
        text.remove(QChar::Null);
        cursor.insertText(text, format);
    }
    m_output->moveCursor(QTextCursor::Start);
    m_note->setText(!any              ? tr("What a command wrote is shown here.")
            : output.pieces.isEmpty() ? tr("It wrote nothing that was recorded.")
            : output.lost             ? tr("⚠ A part was given up: the recording reached its size limit.")
            : output.cut              ? tr("The first %1. Standard error is in italics.").arg(bytesText(kMostBytes))
                                      : tr("Standard error is in italics."));
}

} // namespace forkscope
