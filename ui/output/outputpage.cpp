// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/output/outputpageprivate.h"
#include "ui/output/programstyle.h"

#include "ui/widgets/settings.h"

#include <QDesktopServices>
#include <QEvent>
#include <QMenu>
#include <QTimer>
#include <QVBoxLayout>

namespace forkscope {

OutputPage::OutputPage(QWidget *parent) : QWidget(parent), d(std::make_unique<Private>())
{
    d->toolBar = new OutputToolBar;
    d->searchBar = new SearchBar;
    d->stack = new QStackedLayout;
    d->stack->setStackingMode(QStackedLayout::StackAll);
    d->view = new OutputView;
    d->empty = new EmptyOutput;
    d->status = new OutputStatus;
    d->stack->addWidget(d->view);
    d->stack->addWidget(d->empty);
    d->searchBar->hide();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(d->toolBar);
    layout->addWidget(d->searchBar);
    layout->addLayout(d->stack, 1);
    layout->addWidget(d->status);
    setFocusProxy(d->view);

    const OutputToolBar *bar = d->toolBar;
    connect(bar, &OutputToolBar::streamsChanged, this, &OutputPage::applyFilter);
    connect(bar, &OutputToolBar::timeStyleChanged, d->view, [this] { d->view->setTimeStyle(d->toolBar->timeStyle()); });
    connect(bar->numbers, &QAction::toggled, d->view, &OutputView::setNumbers);
    connect(bar->zoomIn, &QAction::triggered, d->view, [view = d->view] { view->setZoom(view->zoom() + 1); });
    connect(bar->zoomOut, &QAction::triggered, d->view, [view = d->view] { view->setZoom(view->zoom() - 1); });
    connect(bar->zoomReset, &QAction::triggered, d->view, [view = d->view] { view->setZoom(0); });
    connect(bar->sequences, &QAction::toggled, this, [this](bool on) {
        const auto sequences = on ? SequenceHandling::Obey : SequenceHandling::Show;
        d->view->setSequences(sequences);
        d->copier.setSequences(sequences);
    });
    connect(d->view, &OutputView::linkActivated, this, &OutputPage::openLink);
    connect(d->view, &OutputView::sourceActivated, this, &OutputPage::sourceActivated);
    connect(bar->openSource, &QAction::triggered, this, &OutputPage::openSource);
    connect(bar->wrap, &QAction::toggled, d->view, &OutputView::setWrap);
    connect(bar->follow, &QAction::toggled, d->view, &OutputView::setFollow);
    connect(d->view, &OutputView::followChanged, bar->follow, &QAction::setChecked);
    connect(bar->copy, &QAction::triggered, this, &OutputPage::copy);
    connect(bar->copyWithTimes, &QAction::triggered, this, &OutputPage::copyWithTimes);
    connect(bar->selectAll, &QAction::triggered, d->view, &OutputView::selectAll);
    connect(bar->save, &QAction::triggered, this, &OutputPage::save);
    connect(bar->clear, &QAction::triggered, this, &OutputPage::clear);
    // Copy and select all act on what has the focus: in the search bar they are the text field's.
    for (QAction *action : {bar->copy, bar->copyWithTimes, bar->selectAll}) {
        action->setShortcutContext(Qt::WidgetShortcut);
        d->view->addAction(action);
    }
    addActions({bar->filterByTime, bar->openSource, bar->find, bar->findNext, bar->findPrevious, bar->nextError,
        bar->previousError, bar->zoomIn, bar->zoomOut, bar->zoomReset});

    connect(d->view, &OutputView::countChanged, this, &OutputPage::updateState);
    connect(d->view, &OutputView::selectionChanged, this, [this] {
        for (QAction *action : {d->toolBar->copy, d->toolBar->copyWithTimes})
            action->setEnabled(!d->view->selection().isEmpty());
    });
    connect(d->view, &OutputView::selected, this, [this] {
        if (d->filter)
            d->copier.copyToSelection(*d->filter, d->view->selection().range());
    });
    connect(d->view, &OutputView::copyRequested, this, &OutputPage::copy);
    connect(d->view, &OutputView::menuRequested, this, &OutputPage::showMenu);
    connect(d->empty, &EmptyOutput::buttonClicked, this, [this] {
        if (d->help)
            (this->*d->help)();
    });
    connect(d->status, &OutputStatus::showAllRequested, this, &OutputPage::showAllAgain);
    connect(d->status, &OutputStatus::allTimesRequested, this, &OutputPage::allTimesRequested);
    connect(bar->filterByTime, &QAction::triggered, this, &OutputPage::timeFilterRequested);
    connect(&d->copier, &OutputCopier::notice, d->status, &OutputStatus::setNotice);
    buildSearch();
    buildSaving();

    rememberChoices();
    d->toolBar->copy->setEnabled(false);
    d->toolBar->copyWithTimes->setEnabled(false);
    updateState();
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
    return d->stack->currentWidget() == d->empty ? d->empty->heading() : QString();
}

void OutputPage::setSource(LineIndex *index)
{
    // Whatever reads from the old source ends before we return.
    d->lineSearch.cancel();
    d->exporter.cancel();
    d->copier.cancel();
    d->status->setProgress(-1);
    d->status->setNotice({}, false);
    d->view->setFilter(nullptr);
    d->filter.reset();
    d->errors.reset();
    d->index = index;
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
    if (line < d->view->firstLine())
        d->view->setFirstLine(0);
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
    if (!d->index) {
        d->filter.reset();
    } else {
        LineCriteria criteria = d->toolBar->criteria();
        criteria.launches = d->launches;
        if (d->matcher && d->searchBar->filters())
            criteria.text = d->searchBar->query();
        if (!d->filter || d->filter->criteria() != criteria || &d->filter->index() != d->index)
            d->filter = std::make_shared<LineFilter>(*d->index, criteria);
    }
    d->errors.reset();
    if (d->view->filter() != d->filter)
        d->view->setFilter(d->filter);
    updateState();
}

void OutputPage::updateState()
{
    d->status->setLines(d->view->shownCount());
    d->status->setCleared(d->view->firstLine() > 0);
    d->status->setTimeFilter(d->when, d->view->hiddenByTime());
    d->toolBar->save->setEnabled(d->view->shownCount() > 0);
    if (d->index) {
        const Journal &journal = d->index->journal();
        d->status->setLoss(journal.counters(), journal.firstRecord() > 0);
        // Names tell the launches apart as soon as there are two.
        for (; d->channelsSeen < journal.channelCount() && d->launchesSeen.size() < 2; ++d->channelsSeen) {
            const ChannelInfo channel = journal.channel(ChannelId(d->channelsSeen));
            if (channel.kind != ChannelKind::Other && d->shows(channel) && !d->launchesSeen.contains(channel.launch))
                d->launchesSeen.append(channel.launch);
        }
        d->view->setNames(d->launchesSeen.size() > 1);
    } else {
        d->status->setLoss({}, false);
    }
    if (d->view->shownCount() > 0)
        d->stack->setCurrentWidget(d->view);
    else
        updateEmptyState();
}

void OutputPage::updateEmptyState()
{
    d->stack->setCurrentWidget(d->empty);
    d->help = nullptr;
    if (!d->index || d->index->journal().channelCount() == 0) {
        d->empty->setContent(tr("Nothing was launched yet."),
            tr("Type a command into the launch bar (Ctrl+L) and press Enter: what it prints appears here, line by line, as it "
               "comes."));
        return;
    }
    if (d->view->firstLine() > 0) {
        d->help = &OutputPage::showAllAgain;
        d->empty->setContent(
            tr("Cleared."), tr("New output appears here. What came before is only hidden."), tr("Show all again"));
        return;
    }
    if (d->view->hiddenByTime() > 0) {
        d->help = &OutputPage::allTimesRequested;
        d->empty->setContent(
            tr("No output in the time that is shown."), tr("It is hidden, not lost: %1.").arg(d->when), tr("Show all times"));
        return;
    }
    if (d->filter && d->filter->criteria().text) {
        d->help = &OutputPage::closeSearch;
        d->empty->setContent(tr("No line matches “%1”.").arg(d->filter->criteria().text->text),
            tr("Lines that do not match are hidden, not lost. New ones that match will appear here."), tr("Show all lines"));
        return;
    }
    // Is there output that the toggles hide?
    const Journal &journal = d->index->journal();
    LineCriteria criteria = d->toolBar->criteria();
    criteria.launches = d->launches;
    for (quint32 i = 0; i < journal.channelCount(); ++i) {
        const ChannelInfo channel = journal.channel(ChannelId(i));
        if (channel.kind == ChannelKind::Other || !d->shows(channel) || journal.channelRecordCount(channel.id) == 0)
            continue;
        if (!criteria.matches(channel)) {
            d->help = &OutputPage::showAllStreams;
            d->empty->setContent(
                tr("The output is hidden."), tr("There is output, but its stream is switched off."), tr("Show all streams"));
            return;
        }
    }
    d->empty->setContent(tr("No output yet."), d->title.isEmpty() ? QString() : tr("Waiting for what %1 prints.").arg(d->title));
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
        d->view->setFirstLine(d->index->lineCount());
    d->status->setNotice({}, false);
}

void OutputPage::showAllAgain()
{
    d->view->setFirstLine(0);
    d->view->setFollow(true);
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
    menu->addActions({d->toolBar->timeStamps, d->toolBar->numbers, d->toolBar->sequences, d->toolBar->wrap, d->toolBar->follow});
    menu->addActions({d->toolBar->zoomIn, d->toolBar->zoomOut, d->toolBar->zoomReset});
    menu->addSeparator();
    menu->addActions({d->toolBar->save, d->toolBar->clear});
    menu->popup(at);
}

} // namespace forkscope
