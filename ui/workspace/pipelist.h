// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workspace/workspace.h"

#include <QWidget>

class QAction;
class QTreeView;

namespace forkscope {

class PipeModel;

/// The named pipes of a workspace below its commands; edits nothing itself. Enter and F2 ask for the editor, Delete for removal,
/// Insert for a new one. GUI thread.
class PipeList : public QWidget
{
    Q_OBJECT

public:
    /// actions: add, edit and remove, as buttons and as the menu. The workspace outlives it.
    PipeList(const Workspace &workspace, QAction *add, QAction *edit, QAction *remove, QWidget *parent = nullptr);

    void follow(); ///< after the workspace has changed; one without pipes hides it
    QString selected() const; ///< empty: none is
    void select(const QString &pipe);
    QTreeView *view() const { return m_view; }

signals:
    void selectionChanged();

protected:
    bool eventFilter(QObject *object, QEvent *event) override;

private:
    QAction *actionFor(const class QKeyEvent &event) const;

    PipeModel *m_model;
    QTreeView *m_view;
    QAction *m_add, *m_edit, *m_remove;
};

} // namespace forkscope
