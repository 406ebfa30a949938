// SPDX-License-Identifier: GPL-3.0-or-later
// The panes of the output page: what all of them share, and what is the active one's.
#include "ui/output/outputpageprivate.h"

#include <algorithm>

namespace forkscope {

/// Choices that all views share.
void OutputPage::buildViews()
{
    const OutputToolBar *bar = d->toolBar;
    const auto all = [this](auto function) {
        return [this, function](
                   auto value) { d->panes->forEachView([&](OutputView &view) { std::invoke(function, view, value); }); };
    };
    connect(bar, &OutputToolBar::timeStyleChanged, this,
        [this] { d->panes->forEachView([this](OutputView &view) { view.setTimeStyle(d->toolBar->timeStyle()); }); });
    connect(bar->numbers, &QAction::toggled, this, all(&OutputView::setNumbers));
    connect(bar->wrap, &QAction::toggled, this, all(&OutputView::setWrap));
    connect(bar->sequences, &QAction::toggled, this, [this](bool on) {
        const auto sequences = on ? SequenceHandling::Obey : SequenceHandling::Show;
        d->panes->forEachView([sequences](OutputView &view) { view.setSequences(sequences); });
        d->copier.setSequences(sequences);
    });
    connect(bar->zoomIn, &QAction::triggered, this, [this] { d->view->setZoom(d->view->zoom() + 1); });
    connect(bar->zoomOut, &QAction::triggered, this, [this] { d->view->setZoom(d->view->zoom() - 1); });
    connect(bar->zoomReset, &QAction::triggered, this, [this] { d->view->setZoom(0); });
    connect(bar->follow, &QAction::toggled, this, [this](bool on) {
        if (on != d->view->follows())
            d->view->setFollow(on);
    });
    connect(bar->selectAll, &QAction::triggered, this, [this] { d->view->selectAll(); });
}

void OutputPage::buildPanes()
{
    const OutputToolBar *bar = d->toolBar;
    connect(bar, &OutputToolBar::arrangementChanged, this, [this] {
        learnLaunches();
        d->panes->setArrangement(d->toolBar->arrangement());
        applyFilter();
    });
    connect(bar->sameTime, &QAction::toggled, d->panes, &OutputPanes::setSameTime);
    connect(bar->maximizePane, &QAction::triggered, this, [this] {
        d->panes->toggleMaximized();
        d->toolBar->maximizePane->setChecked(d->panes->hasMaximized());
    });
    connect(bar->nextPane, &QAction::triggered, this, [this] { d->panes->activateNext(1); });
    connect(bar->previousPane, &QAction::triggered, this, [this] { d->panes->activateNext(-1); });
    addActions({bar->merged, bar->sideBySide, bar->stacked, bar->sameTime, bar->maximizePane, bar->nextPane, bar->previousPane});
    connect(d->panes, &OutputPanes::maximizedChanged, bar->maximizePane, &QAction::setChecked);
    connect(d->panes, &OutputPanes::paneAdded, this, &OutputPage::addPane);
    connect(d->panes, &OutputPanes::activeChanged, this, &OutputPage::onActiveChanged);
    addPane(d->panes->merged());
}

void OutputPage::addPane(OutputPane *pane)
{
    OutputView *view = pane->view();
    const OutputToolBar *bar = d->toolBar;
    view->addActions({bar->copy, bar->copyWithTimes, bar->selectAll});
    connect(view, &OutputView::linkActivated, this, &OutputPage::openLink);
    connect(view, &OutputView::sourceActivated, this, &OutputPage::sourceActivated);
    connect(view, &OutputView::copyRequested, this, &OutputPage::copy);
    connect(view, &OutputView::menuRequested, this, &OutputPage::showMenu);
    connect(view, &OutputView::zoomChanged, this,
        [this](int steps) { d->panes->forEachView([steps](OutputView &other) { other.setZoom(steps); }); });
    connect(view, &OutputView::countChanged, this, [this, pane] {
        if (pane == d->panes->active())
            updateState();
        else
            updatePane(*pane);
    });
    connect(view, &OutputView::followChanged, this, [this, view](bool follows) {
        if (view == d->view)
            d->toolBar->follow->setChecked(follows);
    });
    connect(view, &OutputView::selectionChanged, this, [this, view] {
        if (view == d->view)
            for (QAction *action : {d->toolBar->copy, d->toolBar->copyWithTimes, d->toolBar->saveSelection})
                action->setEnabled(!view->selection().isEmpty());
    });
    connect(view, &OutputView::selected, this, [this] {
        if (d->filter)
            d->copier.copyToSelection(*d->filter, d->view->selection().range());
    });
    view->setRecords(d->records);
    updateHeading(*pane);
    updatePane(*pane);
}

void OutputPage::updateHeading(OutputPane &pane)
{
    if (pane.launch() == LaunchId::None)
        return;
    if (d->headings)
        return pane.setHeading(d->headings(pane.launch()));
    const Journal &journal = d->index->journal();
    for (quint32 i = 0; i < journal.channelCount(); ++i) {
        if (const ChannelInfo channel = journal.channel(ChannelId(i)); channel.launch == pane.launch())
            return pane.setHeading({.name = QString::fromUtf8(channel.name.mid(channel.name.indexOf(' ') + 1))});
    }
}

/// Search, selection and follow are those of the active pane.
void OutputPage::onActiveChanged()
{
    d->view->setMatcher({});
    d->view = d->panes->active()->view();
    d->view->setMatcher(d->matcher);
    d->searchBar->setStatus({}, false);
    d->toolBar->follow->setChecked(d->view->follows());
    for (QAction *action : {d->toolBar->copy, d->toolBar->copyWithTimes, d->toolBar->saveSelection})
        action->setEnabled(!d->view->selection().isEmpty());
    applyFilter();
}

void OutputPage::setHeadings(std::function<LaunchHeading(LaunchId)> headings)
{
    d->headings = std::move(headings);
}

void OutputPage::updateLaunches()
{
    learnLaunches();
    for (OutputPane *pane : d->panes->shown())
        updateHeading(*pane);
}

/// Which launches are there: in the merged pane names tell them apart as soon as there are two; else each has its pane.
void OutputPage::learnLaunches()
{
    if (!d->index)
        return d->panes->merged()->view()->setNames(false);
    const Journal &journal = d->index->journal();
    for (; d->channelsSeen < journal.channelCount(); ++d->channelsSeen) {
        const ChannelInfo channel = journal.channel(ChannelId(d->channelsSeen));
        if (!isText(channel.kind) || !d->shows(channel))
            continue;
        const auto place = std::lower_bound(d->launchesSeen.begin(), d->launchesSeen.end(), channel.launch);
        if (place == d->launchesSeen.end() || *place != channel.launch)
            d->launchesSeen.insert(place, channel.launch);
    }
    const bool fromPools = d->launchesSeen.startsWith(LaunchId::None) || d->launchesSeen.endsWith(LaunchId::None);
    d->panes->merged()->view()->setNames(d->launchesSeen.size() > 1 || fromPools);
    QList<LaunchId> launches = d->launches.value_or(d->launchesSeen);
    launches.removeAll(LaunchId::None); // tasks of pools, which are seen among all
    std::sort(launches.begin(), launches.end());
    d->panes->setLaunches(launches);
}

OutputPanes *OutputPage::panes() const
{
    return d->panes;
}

} // namespace forkscope
