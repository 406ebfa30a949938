// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/workspace/workspacepanel.h"

#include "ui/widgets/status.h"
#include "ui/workspace/pipelist.h"
#include "ui/workspace/workspacemodel.h"

#include <QAction>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

namespace forkscope {

WorkspacePanel::WorkspacePanel(Supervisor &supervisor, QWidget *parent)
    : QWidget(parent), m_supervisor(supervisor), m_model(new WorkspaceModel(supervisor, this)), m_pages(new QStackedWidget),
      m_tree(new QTreeView)
{
    buildActions();
    buildPages();
    connect(&m_supervisor, &Supervisor::statusChanged, this, [this] {
        updateActions();
        if (m_model->hasTimes() && !m_clock.isActive())
            m_clock.start();
    });
    connect(&m_supervisor, &Supervisor::launched, this, [this](const QString &name, LaunchId launch) {
        if (selectedProfiles() == QStringList{name})
            emit launchSelected(launch);
    });
    connect(m_model, &WorkspaceModel::moveRequested, this, &WorkspacePanel::moveTo);
    connect(&m_undo, &QUndoStack::cleanChanged, this, &WorkspacePanel::changed);
    m_clock.setInterval(250);
    connect(&m_clock, &QTimer::timeout, this, [this] {
        if (!m_model->hasTimes())
            m_clock.stop();
        else if (isVisible())
            m_model->refreshTimes();
    });
    updatePage();
    updateActions();
}

WorkspacePanel::~WorkspacePanel()
{
    m_undo.disconnect(this); // it tells that it is clean when it goes, and by then half of us has gone
}

void WorkspacePanel::buildPages()
{
    m_messageBar = new QFrame;
    m_messageBar->setFrameShape(QFrame::StyledPanel);
    m_message = new QLabel;
    m_message->setWordWrap(true);
    m_message->setTextFormat(Qt::PlainText);
    m_message->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *mark = new QLabel;
    mark->setPixmap(style()->standardIcon(QStyle::SP_MessageBoxWarning).pixmap(16, 16));
    mark->setAccessibleName(tr("Warning"));
    auto *dismiss = new QToolButton;
    dismiss->setText(tr("Hide"));
    dismiss->setAccessibleName(tr("Hide the message"));
    dismiss->setAutoRaise(true);
    connect(dismiss, &QToolButton::clicked, m_messageBar, &QWidget::hide);
    auto *bar = new QHBoxLayout(m_messageBar);
    bar->setContentsMargins(6, 4, 6, 4);
    bar->addWidget(mark, 0, Qt::AlignTop);
    bar->addWidget(m_message, 1);
    bar->addWidget(dismiss, 0, Qt::AlignTop);
    m_messageBar->hide();

    auto *empty = new QWidget;
    auto *layout = new QVBoxLayout(empty);
    layout->setContentsMargins(16, 16, 16, 16);
    auto *intro = new QLabel(tr("A workspace holds commands that belong together: what each one waits for, when it is ready, and "
                                "whether it is started again. It is saved as forkscope.toml."));
    intro->setWordWrap(true);
    layout->addWidget(intro);
    const auto button = [layout](const QString &text) {
        auto *made = new QPushButton(text);
        made->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
        layout->addSpacing(8);
        layout->addWidget(made);
        return made;
    };
    m_offerButton = button({});
    m_offerButton->hide();
    connect(m_offerButton, &QPushButton::clicked, this,
        [this] { emit openFileRequested(m_offerButton->property("path").toString()); });
    m_exampleButton = button(tr("Try an example"));
    m_exampleButton->setIcon(statusIcon(Status::Running));
    connect(m_exampleButton, &QPushButton::clicked, this, &WorkspacePanel::makeExample);
    auto *sentence
        = new QLabel(tr("A web server, a client that waits until it is ready, and something that crashes: they really run."));
    sentence->setWordWrap(true);
    sentence->setForegroundRole(QPalette::PlaceholderText);
    layout->addWidget(sentence);
    connect(button(tr("Open a workspace, Procfile or process-compose file…")), &QPushButton::clicked, this,
        &WorkspacePanel::openRequested);
    connect(button(tr("Add a command…")), &QPushButton::clicked, this, &WorkspacePanel::newRequested);
    layout->addStretch();

    buildTree();
    auto *page = new QWidget;
    auto *pageLayout = new QVBoxLayout(page);
    pageLayout->setContentsMargins(0, 0, 0, 0);
    pageLayout->setSpacing(2);
    pageLayout->addWidget(buildToolBar());
    m_pipes = new PipeList(m_supervisor.workspace(), action("addPipe"), action("editPipe"), action("removePipe"));
    connect(m_pipes, &PipeList::selectionChanged, this, &WorkspacePanel::updateActions);
    auto *splitter = new QSplitter(Qt::Vertical);
    splitter->addWidget(m_tree);
    splitter->addWidget(m_pipes);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    splitter->setChildrenCollapsible(false);
    pageLayout->addWidget(splitter);

    auto *scrolled = new QScrollArea; // its sentences need room that a small dock does not have
    scrolled->setWidget(empty);
    scrolled->setWidgetResizable(true);
    scrolled->setFrameShape(QFrame::NoFrame);
    scrolled->setFocusPolicy(Qt::NoFocus);
    m_pages->addWidget(scrolled);
    m_pages->addWidget(page);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(2);
    outer->addWidget(m_messageBar);
    outer->addWidget(m_pages);
}

QWidget *WorkspacePanel::buildToolBar()
{
    auto *bar = new QWidget;
    auto *layout = new QHBoxLayout(bar);
    layout->setContentsMargins(2, 2, 2, 0);
    layout->setSpacing(2);
    const auto add = [layout](QAction *action) {
        auto *button = new QToolButton;
        button->setDefaultAction(action);
        button->setAccessibleName(button->text());
        button->setToolButtonStyle(Qt::ToolButtonTextOnly);
        button->setAutoRaise(true);
        layout->addWidget(button);
    };
    const auto addMenu = [this, layout](const QString &text, const QList<const char *> &names) {
        auto *button = new QToolButton;
        auto *menu = new QMenu(button);
        for (const char *name : names) {
            if (*name)
                menu->addAction(action(name));
            else
                menu->addSeparator();
        }
        button->setText(text);
        button->setAccessibleName(text);
        button->setMenu(menu);
        button->setPopupMode(QToolButton::InstantPopup);
        button->setAutoRaise(true);
        layout->addWidget(button);
    };
    for (const char *name : {"start", "stop", "restart"})
        add(action(name));
    addMenu(tr("All"), {"startAll", "stopAll", "restartAll"});
    addMenu(tr("Edit"),
        {"edit", "add", "fromSelection", "duplicate", "remove", "", "up", "down", "", "addPipe", "editPipe", "removePipe", "",
            "undo", "redo"});
    layout->addStretch();
    return bar;
}

void WorkspacePanel::buildTree()
{
    m_tree->setAccessibleName(tr("Workspace"));
    m_tree->setModel(m_model);
    m_tree->setRootIsDecorated(false);
    m_tree->setUniformRowHeights(true);
    m_tree->setAllColumnsShowFocus(true);
    m_tree->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_tree->setDragDropMode(QAbstractItemView::InternalMove);
    m_tree->setDragDropOverwriteMode(false);
    m_tree->setContextMenuPolicy(Qt::CustomContextMenu);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_tree->installEventFilter(this);
    QHeaderView *header = m_tree->header();
    header->setStretchLastSection(false);
    header->setSectionsMovable(false);
    header->setMinimumSectionSize(36);
    header->setSectionResizeMode(WorkspaceModel::Details, QHeaderView::Stretch);
    const int digit = fontMetrics().horizontalAdvance(u'0');
    header->resizeSection(WorkspaceModel::Name, 14 * digit);
    header->resizeSection(WorkspaceModel::State, 15 * digit);
    header->resizeSection(WorkspaceModel::Pid, 8 * digit);
    header->setSectionResizeMode(WorkspaceModel::Restarts, QHeaderView::ResizeToContents);
    connect(m_tree->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        updateActions();
        const QStringList names = selectedProfiles();
        const LaunchId launch = names.size() == 1 ? m_supervisor.status(names.first()).launch : LaunchId::None;
        if (launch != LaunchId::None)
            emit launchSelected(launch);
    });
    connect(m_tree, &QTreeView::doubleClicked, this, &WorkspacePanel::editSelected);
    connect(m_tree, &QWidget::customContextMenuRequested, this, &WorkspacePanel::showContextMenu);
}

void WorkspacePanel::open(const Workspace &workspace, const QString &path, const QStringList &warnings)
{
    m_open = true;
    m_path = path;
    m_unsaved = path.isEmpty();
    m_undo.clear();
    apply(workspace);
    if (const auto error = validate(workspace))
        showMessage((QStringList{errorText(*error)} + warnings).join(u'\n'));
    else
        showMessage(warnings.join(u'\n'));
    if (m_model->rowCount() > 0)
        select(m_model->nameOf(m_model->index(0, 0)));
    emit changed();
}

void WorkspacePanel::setSaved(const QString &path)
{
    m_path = path;
    m_unsaved = false;
    m_undo.setClean();
    emit changed();
}

void WorkspacePanel::offer(const QString &path)
{
    m_offerButton->setVisible(!path.isEmpty());
    m_offerButton->setProperty("path", path);
    m_offerButton->setText(tr("Open %1").arg(path));
}

QStringList WorkspacePanel::selectedProfiles() const
{
    QList<int> rows;
    for (const QModelIndex &index : m_tree->selectionModel()->selectedRows())
        rows.append(index.row());
    std::sort(rows.begin(), rows.end());
    QStringList names;
    for (const int row : rows)
        names += m_model->nameOf(m_model->index(row, 0));
    return names;
}

void WorkspacePanel::select(const QString &profile)
{
    const QModelIndex index = m_model->indexOf(profile);
    if (!index.isValid())
        return;
    // Not the tree's own, which would add to the selection while Ctrl is held.
    m_tree->selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    m_tree->scrollTo(index);
}

void WorkspacePanel::showMessage(const QString &text)
{
    m_message->setText(text.size() > 2000 ? text.left(2000) + u'…' : text);
    m_messageBar->setVisible(!text.isEmpty());
}

void WorkspacePanel::report(const Result<void> &result)
{
    showMessage(result ? QString() : errorText(result.error()));
}

void WorkspacePanel::apply(const Workspace &workspace)
{
    m_supervisor.setWorkspace(workspace);
    m_model->follow();
    m_pipes->follow();
    updatePage();
    updateActions();
}

void WorkspacePanel::updatePage()
{
    m_pages->setCurrentIndex(m_model->rowCount() > 0 || !m_supervisor.workspace().pipes.isEmpty() ? 1 : 0);
}

void WorkspacePanel::showContextMenu(const QPoint &position)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (QAction *action : std::as_const(m_all))
        menu->addAction(action);
    menu->popup(m_tree->viewport()->mapToGlobal(position));
}

QAction *WorkspacePanel::actionFor(QKeyEvent *event) const
{
    const QKeySequence pressed(event->key() == Qt::Key_Enter
            ? QKeyCombination(event->modifiers() & ~Qt::KeypadModifier, Qt::Key_Return)
            : QKeyCombination(event->modifiers() & ~Qt::KeypadModifier, Qt::Key(event->key())));
    for (QAction *action : m_all)
        if (m_keys.value(action).contains(pressed))
            return action;
    return nullptr;
}

bool WorkspacePanel::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride && actionFor(static_cast<QKeyEvent *>(event))) {
        event->accept(); // ours, whatever else the window has under this key
        return true;
    }
    if (event->type() == QEvent::KeyPress) {
        if (QAction *action = actionFor(static_cast<QKeyEvent *>(event))) {
            action->trigger();
            return true;
        }
    }
    return QWidget::event(event);
}

/// The tree would search for the letters, and take Enter for itself.
bool WorkspacePanel::eventFilter(QObject *object, QEvent *event)
{
    if (object == m_tree && (event->type() == QEvent::KeyPress || event->type() == QEvent::ShortcutOverride)
        && actionFor(static_cast<QKeyEvent *>(event)))
        return this->event(event);
    return QWidget::eventFilter(object, event);
}

} // namespace forkscope
