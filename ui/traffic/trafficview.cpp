// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/traffic/trafficview.h"

#include "core/journal/words.h"
#include "ui/output/emptyoutput.h"
#include "ui/traffic/channelspane.h"
#include "ui/traffic/channelwords.h"
#include "ui/traffic/colorrulesdialog.h"
#include "ui/traffic/filterbar.h"
#include "ui/traffic/filteredit.h"
#include "ui/traffic/filterwords.h"
#include "ui/traffic/followstream.h"
#include "ui/traffic/messagedetails.h"
#include "ui/traffic/messagewords.h"
#include "ui/widgets/settings.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QProgressBar>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QToolBar>
#include <QToolButton>
#include <QVBoxLayout>

namespace forkscope {

namespace {

const QString kHeights = QStringLiteral("traffic/heights/%1"); ///< of the pane of channels and of the details
constexpr int kDetailsHeight = 104, kDetailsBesideControls = 78;
constexpr int kLeastList = 80;

} // namespace

TrafficView::TrafficView(const Journal &journal, bool live, QWidget *parent)
    : QWidget(parent), m_source(journal), m_notes(journal), m_model(m_source, m_notes), m_live(live), m_filterBar(new FilterBar),
      m_tools(new QToolBar), m_notice(new QLabel), m_only(new QToolButton), m_sorting(new QProgressBar),
      m_stopSorting(new QToolButton), m_splitter(new QSplitter(Qt::Vertical)), m_stack(new QStackedWidget),
      m_empty(new EmptyOutput), m_list(new MessageList(m_model)), m_details(new MessageDetails(m_source))
{
    buildTools();
    m_notice->setTextFormat(Qt::PlainText);
    m_notice->setWordWrap(true);
    m_sorting->setRange(0, 1000);
    m_sorting->setTextVisible(false);
    m_sorting->setMaximumWidth(90);
    m_sorting->setMaximumHeight(fontMetrics().height());
    m_sorting->setAccessibleName(tr("How far the list is sorted"));
    m_stopSorting->setText(tr("Stop sorting"));
    m_stopSorting->setAutoRaise(true);
    auto *notices = new QHBoxLayout;
    notices->setContentsMargins(6, 0, 6, 0);
    notices->setSpacing(4);
    notices->addWidget(m_notice, 1);
    notices->addWidget(m_sorting);
    notices->addWidget(m_stopSorting);
    m_stack->addWidget(m_list);
    m_stack->addWidget(m_empty);
    auto *messages = new QWidget; // with what is said of them: what stands above must not move when it is clicked
    auto *messagesLayout = new QVBoxLayout(messages);
    messagesLayout->setContentsMargins(0, 0, 0, 0);
    messagesLayout->setSpacing(0);
    messagesLayout->addLayout(notices);
    messagesLayout->addWidget(m_stack, 1);
    m_splitter->addWidget(messages);
    m_splitter->addWidget(m_details);
    m_splitter->setCollapsible(0, false);
    m_splitter->setStretchFactor(0, 1); // the list gets what there is
    m_splitter->setStretchFactor(1, 0);
    m_splitter->setSizes({300, kDetailsHeight});
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_filterBar);
    layout->addWidget(m_tools);
    layout->addWidget(m_splitter, 1);
    setFocusProxy(m_list);
    for (QWidget *widget : findChildren<QWidget *>())
        widget->installEventFilter(this); // keys of this view

    connect(&m_source, &TrafficSource::advanced, &m_model, &MessageListModel::invalidate);
    connect(&m_source, &TrafficSource::decoderChanged, &m_model, &MessageListModel::invalidate);
    connect(&m_notes, &MessageNotes::failed, this, [this](const Error &error) { emit failed(tr("Marks and comments"), error); });
    connect(m_list, &MessageList::currentMessageChanged, this, &TrafficView::showCurrent);
    connect(m_list, &MessageList::followChanged, m_follow, &QAction::setChecked);
    connect(m_list, &MessageList::menuRequested, this, [this](QPoint at) {
        const QModelIndex under = m_list->indexAt(m_list->viewport()->mapFromGlobal(at));
        QMenu *menu = makeMenu(MessageListModel::Column(under.isValid() ? under.column() : m_list->currentIndex().column()));
        menu->setAttribute(Qt::WA_DeleteOnClose);
        menu->popup(at);
    });
    connect(m_details, &MessageDetails::told, this, &TrafficView::told);
    connect(m_filterBar, &FilterBar::filterApplied, this, &TrafficView::applyFilter);
    connect(m_filterBar, &FilterBar::cancelRequested, this, &TrafficView::cancelWork);
    connect(m_filterBar, &FilterBar::closed, m_list, qOverload<>(&QWidget::setFocus));
    connect(m_filterBar, &FilterBar::colorsRequested, this, &TrafficView::editColors);
    connect(&m_model, &MessageListModel::sortingChanged, this, &TrafficView::showNotice);
    connect(&m_model, &MessageListModel::rearranged, this, &TrafficView::showFigures);
    connect(&m_model, &MessageListModel::sortRefused, this, [this](quint64 count) {
        emit told(tr("%1 messages are too many to be sorted by this column: at most %2 are. Filter them first.")
                      .arg(QLocale().toString(count), QLocale().toString(kMostSorted)));
    });
    connect(m_stopSorting, &QToolButton::clicked, &m_model, &MessageListModel::cancelSort);
    connect(m_only, &QToolButton::clicked, this, [this] {
        if (m_channelsPane)
            m_channelsPane->table()->clearSelection();
        showChannels({});
    });
    m_filterBar->edit()->setNames([this] { return knownNames(); });
    showFigures();
}

TrafficView::~TrafficView()
{
    m_model.disconnect(this);
    m_list->disconnect(this);
    // They read what goes before them otherwise.
    delete m_streamDialog;
    delete m_channelsPane;
    delete m_details;
    delete m_list;
    m_model.setRun(nullptr);
    m_before = {};
}

/// What may be offered as a value while one types.
filter::KnownNames TrafficView::knownNames() const
{
    constexpr qsizetype kMost = 200; ///< channels
    filter::KnownNames names;
    const Journal &journal = m_source.journal();
    for (quint32 i = 0; i < journal.channelCount() && names.channels.size() < kMost; ++i) {
        const ChannelInfo channel = journal.channel(ChannelId(i));
        if (!isBetweenProcesses(channel.kind))
            continue;
        names.channels.append(QStringLiteral("%1:%2").arg(QLatin1String(streamWord(channel.kind))).arg(i));
        for (const QList<Party> &parties : {m_source.parties().writers(channel.id), m_source.parties().readers(channel.id)})
            for (const Party &party : parties)
                if (const QString name = QString::fromUtf8(party.name); !name.isEmpty() && !names.programs.contains(name))
                    names.programs.append(name);
    }
    return names;
}

FollowStream *TrafficView::stream() const
{
    return m_streamDialog;
}

bool TrafficView::advance()
{
    if (!m_hasChannels) {
        if (!m_source.hasChannels())
            return false;
        m_hasChannels = true;
        emit channelsAppeared();
    }
    if (!isVisible())
        return false;
    bool changed = m_source.advance();
    const auto &run = m_model.run();
    changed |= m_model.refresh();
    const bool isSearching = run && run->endRow() < m_source.index().count();
    if (changed || isSearching || m_model.isSorting() || m_filterBar->cancelButton()->isVisibleTo(m_filterBar))
        showFigures();
    return changed || isSearching || m_model.isSorting();
}

void TrafficView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_channelsPane && m_arrangement != m_channelsPane->arrangement())
        makeRoom();
    advance();
}

void TrafficView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        m_list->viewport()->update();
}

void TrafficView::setRecords(const RecordRange &range)
{
    m_model.setRecords(range);
    showFigures();
}

void TrafficView::setChannelsPane(ChannelsPane *pane)
{
    m_channelsPane = pane;
    m_splitter->insertWidget(0, pane);
    m_splitter->setCollapsible(0, false);
    for (int i = 0; i < 3; ++i)
        m_splitter->setStretchFactor(i, i == 1 ? 1 : 0);
    connect(pane, &ChannelsPane::arrangementChanged, this, &TrafficView::makeRoom);
    connect(m_splitter, &QSplitter::splitterMoved, this, &TrafficView::saveHeights);
    makeRoom();
}

/// For what the pane of channels shows now: as somebody left it last, else so that the list keeps most.
void TrafficView::makeRoom()
{
    m_arrangement = m_channelsPane->arrangement();
    const QVariantList saved = Settings().value(kHeights.arg(m_arrangement)).toList();
    const int pane = saved.size() == 2 ? saved[0].toInt() : m_channelsPane->wantedHeight();
    const int usual = m_arrangement == QLatin1String("controls") ? kDetailsBesideControls : kDetailsHeight;
    const bool isFolded = isVisible() && m_splitter->sizes()[2] == 0;
    const int details = saved.size() == 2 ? saved[1].toInt() : isFolded ? 0 : usual;
    const int all = m_splitter->height() - 2 * m_splitter->handleWidth();
    m_splitter->setSizes({pane, std::max(all - pane - details, kLeastList), details});
}

void TrafficView::saveHeights()
{
    const QList<int> heights = m_splitter->sizes();
    Settings().setValue(kHeights.arg(m_arrangement), QVariantList{heights[0], heights[2]});
}

void TrafficView::applyFilter(const filter::DisplayFilter &filter)
{
    m_before = {m_model.run(), m_filter.text(), m_filter, m_channels};
    m_filter = filter;
    restartRun();
    m_list->setFocus();
}

void TrafficView::showChannels(const QList<ChannelId> &channels)
{
    if (m_channels == channels)
        return;
    m_before = {m_model.run(), m_filter.text(), m_filter, m_channels};
    m_channels = channels;
    restartRun();
}

/// What is typed, and the channels that another view chose.
void TrafficView::restartRun()
{
    filter::DisplayFilter wanted = m_filter;
    if (!m_channels.isEmpty()) {
        QStringList names;
        for (const ChannelId channel : std::as_const(m_channels))
            names += channelCondition(m_source.journal().channel(channel));
        QString text = names.join(QStringLiteral(" || "));
        if (!m_filter.isEmpty())
            text = QStringLiteral("(%1) && (%2)").arg(text, m_filter.text());
        const auto parsed = filter::DisplayFilter::parse(text);
        if (const auto *both = std::get_if<filter::DisplayFilter>(&parsed))
            wanted = *both;
        else
            emit told(std::get<filter::Problem>(parsed).text);
    }
    m_model.setRun(wanted.isEmpty() ? nullptr : std::make_shared<filter::FilterRun>(wanted, m_source.filterSource()));
    showFigures();
}

/// Stops looking, and shows what was shown before.
void TrafficView::cancelWork()
{
    const Shown before = std::exchange(m_before, {});
    m_filter = before.filter;
    m_channels = before.channels;
    m_model.setRun(before.run);
    m_filterBar->showApplied(before.text);
    showFigures();
    emit told(tr("Stopped. What was shown before is shown again."));
}

void TrafficView::showFigures()
{
    const auto &run = m_model.run();
    const quint64 all = m_source.index().count();
    FilterFigures figures{.shown = quint64(m_model.rowCount()), .all = all, .done = 1, .unreadable = 0};
    if (run) {
        figures.done = all == 0 ? 1 : double(std::min(run->endRow(), all)) / double(all);
        figures.unreadable = run->unreadable();
    }
    m_filterBar->setFigures(figures);
    showNotice();
    showEmptyState();
}

void TrafficView::showNotice()
{
    m_onlyShown->setVisible(!m_channels.isEmpty());
    if (!m_channels.isEmpty()) {
        const bool one = m_channels.size() == 1;
        const ChannelInfo first = m_source.journal().channel(m_channels.first());
        m_only->setText(one ? tr("Only %1 ✕").arg(ChannelWords::title(first)) : tr("Only %1 channels ✕").arg(m_channels.size()));
        m_only->setToolTip((one ? tr("Only messages of %1").arg(MessageWords::channel(first))
                                : tr("Only messages of %n channel(s)", nullptr, int(m_channels.size())))
            + u'\n' + tr("Show all channels"));
        m_only->setAccessibleDescription(m_only->toolTip());
    }
    QStringList parts;
    if (m_model.unsorted() > 0)
        parts += tr("%L1 later messages stand below, as they came").arg(m_model.unsorted());
    m_notice->setText(parts.join(QStringLiteral(" · ")));
    m_notice->setVisible(!parts.isEmpty());
    m_sorting->setVisible(m_model.isSorting());
    m_sorting->setValue(int(m_model.sortProgress() * 1000));
    m_stopSorting->setVisible(m_model.isSorting());
}

void TrafficView::showEmptyState()
{
    const auto &run = m_model.run();
    const bool isReading = m_source.progress() < 1 || (run && run->endRow() < m_source.index().count());
    if (m_model.rowCount() > 0) {
        m_stack->setCurrentWidget(m_list);
        return;
    }
    if (isReading)
        m_empty->setContent(tr("Looking …"), {});
    else if (run)
        m_empty->setContent(tr("No message passes the filter"), m_filterBar->applied(), tr("Show all messages"), [this] {
            m_channels.clear();
            m_filterBar->apply({});
        });
    else if (m_source.index().count() > 0)
        m_empty->setContent(tr("No message in this stretch of time"), {});
    else
        m_empty->setContent(tr("Nothing has been sent between processes yet"),
            tr("Here stands what passes the pipes of pipelines, queues and connections: who sent what to whom, when, and what it "
               "says."),
            m_live ? tr("Run an example pipeline") : QString(), [this] { emit exampleRequested(); });
    m_stack->setCurrentWidget(m_empty);
}

void TrafficView::showCurrent()
{
    const auto current = m_list->currentMessage();
    m_details->show(current);
    m_stream->setEnabled(current.has_value());
    m_mark->setEnabled(current.has_value());
    m_comment->setEnabled(current.has_value());
    if (current) {
        // A screen reader hears the row, whatever column is current.
        QStringList cells;
        const int row = m_list->currentIndex().row();
        for (int column = 0; column < MessageListModel::ColumnCount; ++column)
            if (const QString text = m_model.index(row, column).data().toString(); !text.isEmpty())
                cells += m_model.headerData(column, Qt::Horizontal).toString() + QLatin1Char(' ') + text;
        m_list->setAccessibleDescription(cells.join(QStringLiteral(", ")));
    }
}

void TrafficView::showMoment(ChannelId channel, qint64 timeNs)
{
    const MessageIndex &index = m_source.index();
    const quint64 from = index.rowOfTime(timeNs);
    quint64 low = 0, high = index.channelRowCount(channel);
    while (low < high) {
        const quint64 middle = low + (high - low) / 2;
        if (index.channelRow(channel, middle) < from)
            low = middle + 1;
        else
            high = middle;
    }
    if (low >= index.channelRowCount(channel))
        return emit told(tr("There is no message at that time."));
    const quint64 row = index.channelRow(channel, low);
    if (!m_list->goTo(row))
        emit told(tr("The message at that time is hidden by the filter."));
    m_list->setFocus();
}

} // namespace forkscope
