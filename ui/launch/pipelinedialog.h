// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/launch/stagebox.h"

#include <QDialog>

class QHBoxLayout;
class QPlainTextEdit;
class QPushButton;
class QScrollArea;

namespace forkscope {

/// A pipeline as a line of text and as a row of boxes, which stay in step: what a line cannot tell (folders, variables, branches)
/// stays in the boxes. Starts nothing itself. Use open(). GUI thread.
class PipelineDialog : public QDialog
{
    Q_OBJECT

public:
    PipelineDialog(const QString &line, const QString &workingDirectory, QWidget *parent = nullptr);

    QLineEdit *line() const { return m_line; }
    const QList<StageBox *> &boxes() const { return m_boxes; }
    LinkBox *link(int stage) const { return m_links.value(stage); } ///< that this stage reads; null of the first
    QComboBox *lagBox() const { return m_lag; } ///< visible with branches
    QPushButton *addButton() const { return m_add; }
    QPushButton *startButton() const { return m_start; }
    QString problem() const;
    QString preview() const;
    /// What the boxes say; only without a problem.
    PipelineRequest request() const;

signals:
    void startRequested(const forkscope::PipelineRequest &request, const QString &line);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void readLine();
    void readBoxes();
    void rebuild();
    void refresh(bool writeLine);
    void add();
    void remove(int stage);
    void move(int stage, int to);
    bool hasBranches() const;
    QString lineOfBoxes() const;

    QString m_workingDirectory;
    QList<StageDraft> m_drafts;
    QList<StageDraft> m_former; ///< what boxes said that went while the line was typed: they may come back
    QLineEdit *m_line;
    QLabel *m_problem;
    QScrollArea *m_scroll;
    QHBoxLayout *m_row;
    QList<StageBox *> m_boxes;
    QList<LinkBox *> m_links; ///< null for the first
    QComboBox *m_lag;
    QPushButton *m_add;
    QPlainTextEdit *m_preview;
    QPushButton *m_start;
};

} // namespace forkscope
