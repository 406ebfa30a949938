// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/output/outputpageprivate.h"
#include "ui/output/programstyle.h"

#include "ui/widgets/settings.h"

#include <QDesktopServices>
#include <QMenu>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace forkscope {

OutputPage::OutputPage(QWidget *parent) : QWidget(parent), d(std::make_unique<Private>())
{
    d->toolBar = new OutputToolBar;
    d->searchBar = new SearchBar;
    d->panes = new OutputPanes;
    d->view = d->panes->active()->view();
    d->status = new OutputStatus;
    d->searchBar->hide();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(d->toolBar);
    layout->addWidget(d->searchBar);
    layout->addWidget(d->panes, 1);
    layout->addWidget(d->status);
    setFocusProxy(d->panes);

    const OutputToolBar *bar = d->toolBar;
    connect(bar, &OutputToolBar::streamsChanged, this, &OutputPage::applyFilter);
    connect(bar->openSource, &QAction::triggered, this, &OutputPage::openSource);
    connect(bar->copy, &QAction::triggered, this, &OutputPage::copy);
    connect(bar->copyWithTimes, &QAction::triggered, this, &OutputPage::copyWithTimes);
    connect(bar->save, &QAction::triggered, this, &OutputPage::save);
    connect(bar->saveSelection, &QAction::triggered, this, &OutputPage::saveSelection);
    connect(bar->clear, &QAction::triggered, this, &OutputPage::clear);
    // Copy and select all act on what has the focus: in the search bar they are the text field's.
    for (QAction *action : {bar->copy, bar->copyWithTimes, bar->selectAll})
        action->setShortcutContext(Qt::WidgetShortcut);
    addActions({bar->saveSelection, bar->filterByTime, bar->openSource, bar->find, bar->findNext, bar->findPrevious,
        bar->nextError, bar->previousError, bar->zoomIn, bar->zoomOut, bar->zoomReset});
    buildViews();
    buildPanes();
    connect(d->status, &OutputStatus::showAllRequested, this, &OutputPage::showAllAgain);
    connect(d->status, &OutputStatus::allTimesRequested, this, &OutputPage::allTimesRequested);
    connect(bar->filterByTime, &QAction::triggered, this, &OutputPage::timeFilterRequested);
    connect(&d->copier, &OutputCopier::notice, d->status, &OutputStatus::setNotice);
    buildSearch();
    buildSaving();

    rememberChoices();
    onActiveChanged();
}

/// How lines are shown is as it was the last time.
void OutputPage::rememberChoices()
{
    const auto toggle = [this](QAction *action, const QString &key) {
        action->setChecked(Settings().value(key, action->isChecked()).toBool());
        connect(action, &QAction::toggled, this, [key](bool on) { Settings().setValue(key, on); });
    };
    toggle(d->toolBar->sequences, QStringLiteral("output/colors"));
    toggle(d->toolBar->wrap, QStringLiteral("output/wrap"));
    toggle(d->toolBar->numbers, QStringLiteral("output/lineNumbers"));

    const QString time = QStringLiteral("output/timeStyle");
    d->toolBar->setTimeStyle(TimeStyle(std::clamp(Settings().value(time, 0).toInt(), 0, int(TimeStyle::SinceLineBefore))));
    connect(d->toolBar, &OutputToolBar::timeStyleChanged, this,
        [this, time] { Settings().setValue(time, int(d->toolBar->timeStyle())); });
    const QString zoom = QStringLiteral("output/zoom");
    d->view->setZoom(Settings().value(zoom, 0).toInt());
    connect(d->view, &OutputView::zoomChanged, this, [zoom](int steps) { Settings().setValue(zoom, steps); });

    toggle(d->toolBar->sameTime, QStringLiteral("output/sameTime"));
    const QString panes = QStringLiteral("output/panes");
    d->toolBar->setArrangement(PaneArrangement(std::clamp(Settings().value(panes, 0).toInt(), 0, int(PaneArrangement::Stacked))));
    connect(d->toolBar, &OutputToolBar::arrangementChanged, this,
        [this, panes] { Settings().setValue(panes, int(d->toolBar->arrangement())); });
}

OutputPage::~OutputPage()
{
    setSource(nullptr);
}

OutputView *OutputPage::view() const
{
    return d->view;
}

OutputToolBar *OutputPage::toolBar() const
{
    return d->toolBar;
}

QString OutputPage::notice() const
{
    return d->status->notice();
}

QString OutputPage::emptyState() const
{
    const OutputPane *pane = d->panes->active();
    return pane->isEmpty() ? pane->empty()->heading() : QString();
}

void OutputPage::setSource(LineIndex *index)
{
    // Whatever reads from the old source ends before we return.
    d->lineSearch.cancel();
    d->exporter.cancel();
    d->castExport.reset();
    d->copier.cancel();
    d->status->setProgress(-1);
    d->status->setNotice({}, false);
    d->filter.reset();
    d->errors.reset();
    d->index = nullptr;
    d->panes->setSource(nullptr);
    d->index = index;
    d->panes->setSource(index);
    d->channelsSeen = 0;
    d->launchesSeen.clear();
    applyFilter();
}

void OutputPage::showLaunches(std::optional<QList<LaunchId>> launches, const QString &title)
{
    d->title = title;
    if (d->launches == launches && d->filter)
        return updateState();
    d->launches = std::move(launches);
    d->channelsSeen = 0;
    d->launchesSeen.clear();
    applyFilter();
}

void OutputPage::reveal(quint64 line, const LineMatch &match)
{
    if (!d->index)
        return;
    const ChannelId channel = d->index->channelOf(line);
    if (channel == ChannelId::None)
        return d->status->setNotice(tr("That line was given up since: the recording reached its size limit."), true);
    const LaunchId launch = d->index->journal().channel(channel).launch;
    const auto panes = d->panes->shown();
    const auto pane = std::find_if(panes.begin(), panes.end(),
        [launch](const OutputPane *one) { return one->launch() == launch || one->launch() == LaunchId::None; });
    if (pane != panes.end())
        d->panes->activate(*pane);
    else
        d->toolBar->setArrangement(PaneArrangement::Merged);
    if (line < d->view->firstLine())
        d->panes->forEachView([](OutputView &view) { view.setFirstLine(0); });
    if (!d->toolBar->criteria().matches(d->index->journal().channel(channel)))
        showAllStreams();
    if (d->searchBar->filters() && d->searchBar->isVisible())
        closeSearch();
    revealSoon(d->filter, line, match);
}

/// The lines of a choice are found by a thread: a moment.
void OutputPage::revealSoon(const std::weak_ptr<LineFilter> &filter, quint64 line, const LineMatch &match)
{
    if (const auto same = filter.lock(); !same || same != d->filter)
        return; // another choice since
    if (d->filter->examined() > line)
        return d->view->reveal(line, match);
    QTimer::singleShot(20, this, [this, filter, line, match] { revealSoon(filter, line, match); });
}

/// A new choice of lines. The old filter goes as soon as nobody searches it any more.
void OutputPage::applyFilter()
{
    d->lineSearch.cancel();
    LineCriteria criteria = d->toolBar->criteria();
    criteria.launches = d->launches;
    learnLaunches();
    const bool filters = d->matcher && d->searchBar->filters();
    d->panes->setCriteria(criteria, filters ? std::optional(d->searchBar->query()) : std::nullopt);
    d->filter = d->panes->active()->filter();
    d->errors.reset();
    updateState();
}

void OutputPage::updateState()
{
    d->status->setLines(d->view->shownCount());
    d->status->setCleared(d->view->firstLine() > 0);
    d->status->setTimeFilter(d->when, d->view->hiddenByTime());
    d->toolBar->save->setEnabled(d->view->shownCount() > 0);
    if (d->index)
        d->status->setLoss(d->index->journal().counters(), d->index->journal().firstRecord() > 0);
    else
        d->status->setLoss({}, false);
    learnLaunches();
    updatePane(*d->panes->active());
}

void OutputPage::updatePane(OutputPane &pane)
{
    const bool empty = pane.view()->shownCount() == 0;
    if (empty)
        explainEmptiness(pane);
    pane.setEmpty(empty);
}

void OutputPage::explainEmptiness(OutputPane &pane)
{
    EmptyOutput *empty = pane.empty();
    if (!d->index || d->index->journal().channelCount() == 0) {
        return empty->setContent(tr("Nothing was launched yet."),
            tr("Type a command into the launch bar (Ctrl+L) and press Enter: what it prints appears here, line by line, as it "
               "comes."));
    }
    if (pane.view()->firstLine() > 0) {
        return empty->setContent(tr("Cleared."), tr("New output appears here. What came before is only hidden."),
            tr("Show all again"), [this] { showAllAgain(); });
    }
    if (pane.view()->hiddenByTime() > 0) {
        return empty->setContent(tr("No output in the time that is shown."), tr("It is hidden, not lost: %1.").arg(d->when),
            tr("Show all times"), [this] { emit allTimesRequested(); });
    }
    if (pane.filter() && pane.filter()->criteria().text) {
        return empty->setContent(tr("No line matches “%1”.").arg(pane.filter()->criteria().text->text),
            tr("Lines that do not match are hidden, not lost. New ones that match will appear here."), tr("Show all lines"),
            [this] { closeSearch(); });
    }
    // Is there output that the toggles hide?
    const Journal &journal = d->index->journal();
    LineCriteria criteria = d->toolBar->criteria();
    criteria.launches = pane.launch() == LaunchId::None ? d->launches : QList{pane.launch()};
    for (quint32 i = 0; i < journal.channelCount(); ++i) {
        const ChannelInfo channel = journal.channel(ChannelId(i));
        if (!isText(channel.kind) || (criteria.launches && !criteria.launches->contains(channel.launch))
            || journal.channelRecordCount(channel.id) == 0 || criteria.matches(channel))
            continue;
        return empty->setContent(tr("The output is hidden."), tr("There is output, but its stream is switched off."),
            tr("Show all streams"), [this] { showAllStreams(); });
    }
    const QString title = pane.launch() == LaunchId::None ? d->title : pane.heading().name;
    empty->setContent(tr("No output yet."), title.isEmpty() ? QString() : tr("Waiting for what %1 prints.").arg(title));
}

void OutputPage::openLink(const QByteArray &link)
{
    const QUrl url = urlToOpen(link);
    const bool opened = !url.isEmpty() && QDesktopServices::openUrl(url);
    d->status->setNotice(opened ? tr("Opened %1").arg(url.toDisplayString())
            : url.isEmpty()     ? tr("%1 is not opened: only http and https are.").arg(QString::fromUtf8(link))
                                : tr("%1 could not be opened: no program for it was found.").arg(url.toDisplayString()),
        !opened);
}

void OutputPage::openSource()
{
    if (const auto source = d->view->sourceOfSelection())
        emit sourceActivated(*source);
    else
        d->status->setNotice(tr("The selected line names no place in a file, such as main.c:12."), true);
}

void OutputPage::tell(const QString &text, bool problem)
{
    d->status->setNotice(text, problem);
}

void OutputPage::showAllStreams()
{
    d->toolBar->switchAllStreamsOn();
}

void OutputPage::clear()
{
    if (d->index)
        d->panes->forEachView([count = d->index->lineCount()](OutputView &view) { view.setFirstLine(count); });
    d->status->setNotice({}, false);
}

void OutputPage::showAllAgain()
{
    d->panes->forEachView([](OutputView &view) {
        view.setFirstLine(0);
        view.setFollow(true);
    });
}

void OutputPage::showMenu(QPoint at)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addActions({d->toolBar->copy, d->toolBar->copyWithTimes, d->toolBar->selectAll});
    menu->addSeparator();
    auto source = d->view->sourceUnder(d->view->viewport()->mapFromGlobal(at));
    if (!source)
        source = d->view->sourceOfSelection();
    if (source) {
        const QString file = source->place.file.right(60).replace(u'&', QStringLiteral("&&"));
        QAction *open = menu->addAction(tr("Open %1, line %2, in the editor").arg(file, QString::number(source->place.line)));
        connect(open, &QAction::triggered, this, [this, source] { emit sourceActivated(*source); });
        menu->addSeparator();
    }
    addTimeActions(menu, at);
    menu->addActions(
        {d->toolBar->find, d->toolBar->findNext, d->toolBar->findPrevious, d->toolBar->nextError, d->toolBar->previousError});
    menu->addSeparator();
    menu->addAction(d->toolBar->panes);
    menu->addActions({d->toolBar->timeStamps, d->toolBar->numbers, d->toolBar->sequences, d->toolBar->wrap, d->toolBar->follow});
    menu->addActions({d->toolBar->zoomIn, d->toolBar->zoomOut, d->toolBar->zoomReset});
    menu->addSeparator();
    menu->addActions({d->toolBar->save, d->toolBar->saveSelection, d->toolBar->clear});
    menu->popup(at);
}

} // namespace forkscope
