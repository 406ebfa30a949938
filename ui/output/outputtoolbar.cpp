// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/output/outputtoolbar.h"

#include <QActionGroup>
#include <QEvent>
#include <QMenu>
#include <QPainter>
#include <QPixmap>
#include <QToolButton>

#include <array>

namespace forkscope {

namespace {

QIcon markIcon(ChannelKind kind, const OutputColors &colors, qreal scale)
{
    QPixmap pixmap(QSize(16, 16) * scale);
    pixmap.setDevicePixelRatio(scale);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    Gutter::paintMark(painter, QRectF(0, 0, 16, 16), kind, colors.mark(kind));
    painter.end();
    return pixmap;
}

} // namespace

OutputToolBar::OutputToolBar(QWidget *parent) : QToolBar(parent)
{
    setAccessibleName(tr("Output"));
    setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    setIconSize({16, 16});
    setMovable(false);

    standardOutput = addToggle(tr("stdout"), tr("Show standard output"), true);
    standardError = addToggle(tr("stderr"), tr("Show standard error"), true);
    standardInput = addToggle(tr("stdin"), tr("Show what was typed into standard input"), true);
    addSeparator();
    panes = add(tr("Panes"), tr("How the output of several commands is arranged"));
    buildPanes();
    timeStamps = addToggle(tr("Time"), tr("Show when each line began to arrive; the arrow chooses how"), false);
    buildTimeStyles();
    sequences = addToggle(tr("Colours"),
        tr("Obey the program's colours, links and carriage returns; off: show them as the characters that they are"), true);
    wrap = addToggle(tr("Wrap"), tr("Wrap long lines"), false);
    follow = addToggle(tr("Follow"), tr("Stay at the newest line (End); scrolling up stops it"), true);
    addSeparator();
    find = add(tr("Find…"), tr("Find in the output"), QKeySequence::Find);
    copy = add(tr("Copy"), tr("Copy the selection"), QKeySequence::Copy);
    save = add(tr("Save…"), tr("Save the shown lines to a file"));
    clear = add(tr("Clear"), tr("Hide the lines up to now; nothing is lost"));

    copyWithTimes = add(tr("Copy with times"), {}, QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C));
    saveSelection = add(tr("Save selection…"), {});
    numbers = addToggle(tr("Line numbers"), {}, false);
    zoomIn = add(tr("Larger text"), {}, QKeySequence::ZoomIn);
    zoomOut = add(tr("Smaller text"), {}, QKeySequence::ZoomOut);
    zoomReset = add(tr("Normal text size"), {}, QKeySequence(Qt::CTRL | Qt::Key_0));
    findNext = add(tr("Find next"), {}, QKeySequence(Qt::Key_F3));
    findPrevious = add(tr("Find previous"), {}, QKeySequence(Qt::SHIFT | Qt::Key_F3));
    nextError = add(tr("Next line of stderr"), {}, QKeySequence(Qt::Key_F8));
    previousError = add(tr("Previous line of stderr"), {}, QKeySequence(Qt::SHIFT | Qt::Key_F8));
    openSource = add(tr("Open file and line in the editor"), {}, QKeySequence(Qt::Key_F4));
    filterByTime = add(tr("Filter by time…"), {}, QKeySequence(Qt::CTRL | Qt::Key_T));
    selectAll = add(tr("Select all"), {}, QKeySequence::SelectAll);
    for (QAction *action :
        {copyWithTimes, saveSelection, numbers, merged, sideBySide, stacked, sameTime, maximizePane, nextPane, previousPane,
            zoomIn, zoomOut, zoomReset, findNext, findPrevious, nextError, previousError, selectAll, openSource, filterByTime})
        removeAction(action);
    for (QAction *action : {standardOutput, standardError, standardInput})
        connect(action, &QAction::toggled, this, &OutputToolBar::streamsChanged);
    paintMarks();
}

QAction *OutputToolBar::add(const QString &text, const QString &toolTip, const QKeySequence &shortcut)
{
    QAction *action = addAction(text);
    action->setShortcut(shortcut);
    action->setShortcutContext(Qt::WindowShortcut);
    const QString keys = shortcut.toString(QKeySequence::NativeText);
    action->setToolTip(keys.isEmpty() ? toolTip : tr("%1 (%2)", "what it does (keys)").arg(toolTip, keys));
    if (QWidget *button = widgetForAction(action))
        button->setFocusPolicy(Qt::TabFocus);
    return action;
}

QAction *OutputToolBar::addToggle(const QString &text, const QString &toolTip, bool on)
{
    QAction *action = add(text, toolTip);
    action->setCheckable(true);
    action->setChecked(on);
    return action;
}

void OutputToolBar::buildTimeStyles()
{
    auto *menu = new QMenu(this);
    auto *group = new QActionGroup(this);
    for (const QString &text : {tr("Time of day"), tr("Since the start of the recording"), tr("Since the line above")}) {
        QAction *style = menu->addAction(text);
        style->setCheckable(true);
        group->addAction(style);
        m_timeStyles.append(style);
    }
    m_timeStyles.first()->setChecked(true);
    timeStamps->setMenu(menu);
    if (auto *button = qobject_cast<QToolButton *>(widgetForAction(timeStamps)))
        button->setPopupMode(QToolButton::MenuButtonPopup);
    connect(timeStamps, &QAction::toggled, this, &OutputToolBar::timeStyleChanged);
    connect(group, &QActionGroup::triggered, this, [this] {
        if (timeStamps->isChecked())
            emit timeStyleChanged();
        else
            timeStamps->setChecked(true);
    });
}

void OutputToolBar::buildPanes()
{
    const auto keys = [](int digit) { return QKeySequence(QKeyCombination(Qt::CTRL | Qt::ALT, Qt::Key(Qt::Key_0 + digit))); };
    merged = add(tr("Merged"), {}, keys(1));
    sideBySide = add(tr("Side by side"), {}, keys(2));
    stacked = add(tr("Stacked"), {}, keys(3));
    auto *group = new QActionGroup(this);
    auto *menu = new QMenu(this);
    for (QAction *arrangement : {merged, sideBySide, stacked}) {
        arrangement->setCheckable(true);
        group->addAction(arrangement);
    }
    merged->setChecked(true);
    sameTime = add(tr("Same time in all panes"), {}, keys(4));
    sameTime->setCheckable(true);
    maximizePane = add(tr("Only the active pane"), {}, keys(5));
    maximizePane->setCheckable(true);
    nextPane = add(tr("Next pane"), {}, QKeySequence(Qt::Key_F6));
    previousPane = add(tr("Previous pane"), {}, QKeySequence(Qt::SHIFT | Qt::Key_F6));
    menu->addActions(group->actions());
    menu->addSeparator();
    menu->addActions({sameTime, maximizePane, nextPane, previousPane});
    panes->setMenu(menu);
    if (auto *button = qobject_cast<QToolButton *>(widgetForAction(panes)))
        button->setPopupMode(QToolButton::InstantPopup);
    connect(group, &QActionGroup::triggered, this, &OutputToolBar::arrangementChanged);
    connect(this, &OutputToolBar::arrangementChanged, this, &OutputToolBar::updatePanes);
    updatePanes();
}

void OutputToolBar::updatePanes()
{
    for (QAction *action : {sameTime, maximizePane, nextPane, previousPane})
        action->setEnabled(!merged->isChecked());
}

PaneArrangement OutputToolBar::arrangement() const
{
    return sideBySide->isChecked() ? PaneArrangement::SideBySide
        : stacked->isChecked()     ? PaneArrangement::Stacked
                                   : PaneArrangement::Merged;
}

void OutputToolBar::setArrangement(PaneArrangement arrangement)
{
    const std::array actions{merged, sideBySide, stacked};
    actions[size_t(arrangement)]->setChecked(true);
    emit arrangementChanged();
}

TimeStyle OutputToolBar::timeStyle() const
{
    if (!timeStamps->isChecked())
        return TimeStyle::None;
    for (qsizetype i = 0; i < m_timeStyles.size(); ++i)
        if (m_timeStyles[i]->isChecked())
            return TimeStyle(i + 1);
    return TimeStyle::OfDay;
}

void OutputToolBar::setTimeStyle(TimeStyle style)
{
    if (style != TimeStyle::None)
        m_timeStyles[qsizetype(style) - 1]->setChecked(true);
    timeStamps->setChecked(style != TimeStyle::None);
    emit timeStyleChanged();
}

LineCriteria OutputToolBar::criteria() const
{
    return {.launches = {},
        .standardInput = standardInput->isChecked(),
        .standardOutput = standardOutput->isChecked(),
        .standardError = standardError->isChecked()};
}

void OutputToolBar::switchAllStreamsOn()
{
    for (QAction *action : {standardOutput, standardError, standardInput})
        action->setChecked(true);
}

void OutputToolBar::paintMarks()
{
    const OutputColors colors = OutputColors::of(palette());
    standardOutput->setIcon(markIcon(ChannelKind::StandardOutput, colors, devicePixelRatioF()));
    standardError->setIcon(markIcon(ChannelKind::StandardError, colors, devicePixelRatioF()));
    standardInput->setIcon(markIcon(ChannelKind::StandardInput, colors, devicePixelRatioF()));
}

void OutputToolBar::changeEvent(QEvent *event)
{
    QToolBar::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        paintMarks();
}

} // namespace forkscope
