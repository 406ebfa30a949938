// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/output/outputpanes.h"

#include "ui/output/outputview.h"

#include <QLabel>
#include <QScopedValueRollback>
#include <QScrollArea>
#include <QSplitter>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace forkscope {

OutputPanes::OutputPanes(QWidget *parent)
    : QWidget(parent), m_area(new QScrollArea), m_splitter(new QSplitter), m_more(new QLabel)
{
    m_splitter->setChildrenCollapsible(false);
    m_area->setWidget(m_splitter);
    m_area->setWidgetResizable(true);
    m_area->setFrameShape(QFrame::NoFrame);
    m_area->setFocusPolicy(Qt::NoFocus);
    m_more->setContentsMargins(6, 2, 6, 2);
    m_more->setWordWrap(true);
    m_more->setForegroundRole(QPalette::PlaceholderText);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_merged = new OutputPane(LaunchId::None);
    layout->addWidget(m_merged, 1);
    layout->addWidget(m_area, 1);
    layout->addWidget(m_more);
    m_active = m_merged;
    setFocusProxy(m_merged);
    rebuild();
}

void OutputPanes::setSource(LineIndex *index)
{
    m_merged->setLines(nullptr, {});
    m_launches.clear();
    m_index = nullptr; // nothing is looked for meanwhile
    rebuild();
    m_index = index;
}

void OutputPanes::setArrangement(PaneArrangement arrangement)
{
    m_arrangement = arrangement;
    rebuild();
    // Where it stands is known when the splitter has been laid out.
    QTimer::singleShot(0, this, [this] { m_area->ensureWidgetVisible(m_active, 0, 0); });
}

void OutputPanes::setLaunches(const QList<LaunchId> &launches)
{
    if (m_launches == launches)
        return;
    m_launches = launches;
    if (m_arrangement != PaneArrangement::Merged)
        rebuild();
}

void OutputPanes::setCriteria(const LineCriteria &criteria, const std::optional<SearchQuery> &text)
{
    m_criteria = criteria;
    m_text = text;
    applyCriteria();
}

void OutputPanes::applyCriteria()
{
    for (OutputPane *pane : shown()) {
        LineCriteria criteria = m_criteria;
        if (pane != m_merged)
            criteria.launches = QList{pane->launch()};
        if (pane == m_active)
            criteria.text = m_text;
        pane->setLines(m_index, criteria);
    }
}

QList<OutputPane *> OutputPanes::shown() const
{
    if (m_panes.isEmpty())
        return {m_merged};
    return m_maximized ? QList{m_active} : m_panes;
}

void OutputPanes::forEachView(const std::function<void(OutputView &)> &function) const
{
    function(*m_merged->view());
    for (const OutputPane *pane : m_panes)
        function(*pane->view());
}

OutputPane *OutputPanes::addPane(LaunchId launch)
{
    auto *pane = new OutputPane(launch);
    pane->view()->showLike(*m_merged->view());
    connect(pane, &OutputPane::activated, this, [this, pane] { activate(pane); });
    connect(pane, &OutputPane::maximizeToggled, this, [this, pane] {
        activate(pane);
        toggleMaximized();
    });
    connect(pane->view(), &OutputView::scrolled, this, [this, view = pane->view()] {
        if (m_sameTime)
            alignTo(*view);
    });
    return pane;
}

/// Later: it may be the one who told of the change.
void OutputPanes::removePane(OutputPane *pane)
{
    pane->view()->disconnect();
    pane->disconnect(this);
    pane->setLines(nullptr, {});
    pane->hide();
    pane->setParent(this);
    pane->deleteLater();
}

/// The panes that there are become those that should be.
void OutputPanes::rebuild()
{
    const bool split = m_arrangement != PaneArrangement::Merged;
    const QList<LaunchId> wanted = split ? m_launches.last(std::min(kMost, m_launches.size())) : QList<LaunchId>();
    const OutputPane *activeBefore = m_active;
    bool changed = false;
    for (qsizetype i = m_panes.size() - 1; i >= 0; --i) {
        if (wanted.contains(m_panes[i]->launch()))
            continue;
        OutputPane *pane = m_panes.takeAt(i);
        if (m_active == pane)
            m_active = nullptr;
        removePane(pane);
        changed = true;
    }
    QList<OutputPane *> added;
    for (qsizetype i = 0; i < wanted.size(); ++i) {
        if (i < m_panes.size() && m_panes[i]->launch() == wanted[i])
            continue;
        OutputPane *pane = addPane(wanted[i]);
        m_panes.insert(i, pane);
        m_splitter->insertWidget(int(i), pane);
        added.append(pane);
        changed = true;
    }
    if (m_panes.isEmpty())
        m_active = m_merged;
    else if (!m_active || m_active == m_merged)
        m_active = m_panes.last();
    if (m_maximized && (m_panes.size() < 2 || m_active != activeBefore)) {
        m_maximized = false;
        emit maximizedChanged(false);
    }
    const Qt::Orientation orientation = m_arrangement == PaneArrangement::Stacked ? Qt::Vertical : Qt::Horizontal;
    if (m_splitter->orientation() != orientation) {
        m_splitter->setOrientation(orientation);
        changed = true;
    }
    if (changed && !m_panes.isEmpty())
        m_splitter->setSizes(QList<int>(m_panes.size(), 1 << 16)); // equal shares
    const auto without = int(split ? m_launches.size() - m_panes.size() : 0);
    m_more->setVisible(without > 0);
    if (without > 0)
        m_more->setText(tr("%n earlier command(s) not shown: there is room for the 12 newest.", nullptr, without));
    for (OutputPane *pane : added)
        emit paneAdded(pane);
    updateVisibility();
    if (m_active != activeBefore)
        emit activeChanged();
}

QString OutputPanes::notice() const
{
    return m_more->isHidden() ? QString() : m_more->text();
}

void OutputPanes::updateVisibility()
{
    const QList<OutputPane *> inSight = shown();
    m_merged->setVisible(inSight.contains(m_merged));
    m_area->setVisible(!m_panes.isEmpty());
    for (OutputPane *pane : std::as_const(m_panes)) {
        pane->setVisible(inSight.contains(pane));
        pane->setActive(pane == m_active && m_panes.size() > 1);
        pane->setMaximized(m_maximized, m_panes.size() > 1);
    }
    setFocusProxy(m_active);
    for (OutputPane *pane : std::as_const(m_panes))
        pane->setPaused(!inSight.contains(pane));
    m_merged->setPaused(!inSight.contains(m_merged));
    applyCriteria();
}

void OutputPanes::activate(OutputPane *pane)
{
    if (pane == m_active)
        return;
    m_active = pane;
    updateVisibility();
    emit activeChanged();
}

void OutputPanes::activateNext(int step)
{
    if (m_panes.isEmpty())
        return m_merged->setFocus();
    const qsizetype count = m_panes.size();
    OutputPane *pane = m_panes[(m_panes.indexOf(m_active) + step + count) % count];
    activate(pane);
    pane->setFocus(Qt::ShortcutFocusReason);
    m_area->ensureWidgetVisible(pane, 0, 0);
}

void OutputPanes::toggleMaximized()
{
    if (!m_maximized && m_panes.size() < 2)
        return;
    m_maximized = !m_maximized;
    updateVisibility();
    m_active->setFocus();
    if (m_sameTime)
        alignTo(*m_active->view());
    emit maximizedChanged(m_maximized);
}

void OutputPanes::setSameTime(bool on)
{
    m_sameTime = on;
    if (on)
        alignTo(*m_active->view());
}

/// Lines are numbered over all launches in the order in which they began: the number is the moment.
void OutputPanes::alignTo(const OutputView &view)
{
    if (m_aligning || m_panes.isEmpty())
        return;
    const QScopedValueRollback guard(m_aligning, true);
    for (const OutputPane *pane : shown()) {
        if (pane->view() == &view)
            continue;
        if (view.follows())
            pane->view()->setFollow(true);
        else if (const auto line = view.topLine())
            pane->view()->showFrom(*line);
    }
}

} // namespace forkscope
