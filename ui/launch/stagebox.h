// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/capture/pipeline.h"

#include <QFrame>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QToolButton;

namespace forkscope {

class PathEdit;

/// A stage of a pipeline as it is being written, and the link that it reads.
struct StageDraft {
    QString command; ///< as in a line
    bool errorToo = false; ///< its standard error goes along with its output
    QString environment; ///< NAME=value words, as a shell splits them
    QByteArray folder; ///< empty: that of the launch bar
    qsizetype input = -1; ///< as PipelineStage::input
    TapKeep keep;

    /// An error: the command is none, or several; a word of the environment has no =.
    Result<LaunchSpec> spec() const;
};

/// The link before a stage: what it reads, and how much of it is recorded.
class LinkBox : public QWidget
{
    Q_OBJECT

public:
    explicit LinkBox(QWidget *parent = nullptr);

    /// stage: whose input it is, from 1 (the first one has no link).
    void show(int stage, const StageDraft &draft);
    void store(StageDraft &draft) const;
    QComboBox *inputBox() const { return m_input; }
    QComboBox *keepBox() const { return m_keep; }

signals:
    void edited();

private:
    QComboBox *m_input;
    QComboBox *m_keep;
};

/// A stage of a pipeline as a box. Alt+Left and Alt+Right move it, Alt+Delete removes it; its heading can be dragged.
class StageBox : public QFrame
{
    Q_OBJECT

public:
    explicit StageBox(QWidget *parent = nullptr);

    void show(int stage, int count, const StageDraft &draft); ///< stage: from 0
    void store(StageDraft &draft) const;
    /// Empty: nothing is wrong with it.
    void showFault(const QString &fault);

    QLineEdit *command() const { return m_command; }
    QLineEdit *environment() const { return m_environment; }
    PathEdit *folder() const { return m_folder; }
    QCheckBox *errorToo() const { return m_errorToo; }
    QToolButton *earlier() const { return m_earlier; }
    QToolButton *later() const { return m_later; }
    QToolButton *removeButton() const { return m_remove; }
    QString fault() const;

signals:
    void edited();
    void moveRequested(int steps); ///< −1: before the one before
    void removeRequested();
    void dropped(int x); ///< its heading was let go there, in its parent's coordinates

protected:
    void keyPressEvent(QKeyEvent *event) override;
    bool eventFilter(QObject *object, QEvent *event) override;

private:
    QLabel *m_heading;
    QToolButton *m_earlier, *m_later, *m_remove;
    QLineEdit *m_command, *m_environment;
    PathEdit *m_folder;
    QCheckBox *m_errorToo;
    QLabel *m_fault;
    bool m_dragging = false;
};

} // namespace forkscope
