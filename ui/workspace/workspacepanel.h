// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workspace/supervisor.h"
#include "core/workspace/workspacepipes.h"

#include <QTimer>
#include <QUndoStack>
#include <QWidget>

class QAction;
class QFrame;
class QLabel;
class QMenu;
class QPushButton;
class QStackedWidget;
class QTreeView;

namespace forkscope {

class PipeList;
class WorkspaceModel;

/// The saved commands: their state, and everything one does with them, by mouse or by keys alone. Edits the supervisor's
/// workspace, each edit with undo; opening and saving files is its owner's part.
///
/// Its keys act while it has the focus, also where the window has another use for them.
class WorkspacePanel : public QWidget
{
    Q_OBJECT

public:
    explicit WorkspacePanel(Supervisor &supervisor, QWidget *parent = nullptr);
    ~WorkspacePanel() override;

    /// Shows another workspace, without a way back. path: where it is saved; empty: nowhere yet. What was not understood is
    /// shown.
    void open(const Workspace &workspace, const QString &path, const QStringList &warnings = {});
    void setSaved(const QString &path);
    QString path() const { return m_path; }
    bool isModified() const { return !m_undo.isClean() || m_unsaved; }
    bool isOpen() const { return m_open; }
    /// Puts a profile in the place of another one (with another name: those that depend on it follow), or behind the last. pipes:
    /// those that its streams become; nothing: they stay.
    void replaceProfile(const QString &name, const LaunchProfile &profile, const std::optional<ProfilePipes> &pipes = {});
    void addProfile(LaunchProfile profile, const ProfilePipes &pipes = {}); ///< a name that is taken gets a number
    /// In the place of the pipe with this name, or behind the last.
    void replacePipe(const QString &name, const WorkspacePipe &pipe);
    /// A file that is offered while nothing is open; empty: none.
    void offer(const QString &path);

    QStringList selectedProfiles() const; ///< in the order shown
    void select(const QString &profile);
    void showMessage(const QString &text);

    QTreeView *tree() const { return m_tree; }
    PipeList *pipes() const { return m_pipes; }
    QLabel *message() const { return m_message; }
    QPushButton *exampleButton() const { return m_exampleButton; }
    /// For a menu; their keys stand in their text and are handled here.
    QList<QAction *> panelActions() const { return m_all; }
    QAction *action(const char *name) const; ///< "start", "stop", "restart", "startAll" …

signals:
    void openRequested();
    void openFileRequested(const QString &path);
    void editRequested(const QString &profile);
    void newRequested();
    void fromSelectionRequested(); ///< a profile of the process that is selected elsewhere
    void launchSelected(forkscope::LaunchId launch);
    void changed(); ///< path, name, or isModified()

protected:
    bool event(QEvent *event) override;
    bool eventFilter(QObject *object, QEvent *event) override;

private:
    struct Edit;
    QAction *addAction(const char *name, const QString &text, const QList<QKeySequence> &keys, void (WorkspacePanel::*slot)());
    void buildActions();
    void buildPages();
    void buildTree();
    QWidget *buildToolBar();
    QAction *actionFor(QKeyEvent *event) const;
    void edit(const QString &text, const Workspace &next, const QString &selectAfter = {});
    void apply(const Workspace &workspace);
    void updateActions();
    void updatePage();
    void report(const Result<void> &result);
    void showContextMenu(const QPoint &position);
    QString freeName(const QString &wanted) const;
    void openPipeDialog(const QString &name);

    void start();
    void stop();
    void restart();
    void startAll();
    void stopAll();
    void restartAll();
    void editSelected();
    void duplicate();
    void remove();
    void moveUp() { moveBy(-1); }
    void moveDown() { moveBy(1); }
    void moveBy(int step);
    void moveTo(const QString &profile, int row);
    void addPipe() { openPipeDialog({}); }
    void editPipe();
    void removePipe();
    void undo();
    void redo();
    void makeExample();

    Supervisor &m_supervisor;
    WorkspaceModel *m_model;
    QStackedWidget *m_pages;
    QTreeView *m_tree;
    PipeList *m_pipes = nullptr;
    QFrame *m_messageBar = nullptr;
    QLabel *m_message = nullptr;
    QPushButton *m_exampleButton = nullptr;
    QPushButton *m_offerButton = nullptr;
    QList<QAction *> m_all;
    QHash<QAction *, QList<QKeySequence>> m_keys;
    QUndoStack m_undo;
    QTimer m_clock; ///< while something counts down
    QString m_path;
    bool m_open = false;
    bool m_unsaved = false; ///< has never been saved as it was opened: an example, an import
};

} // namespace forkscope
