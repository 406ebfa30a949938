// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/traffic/channelspane.h"

#include "core/session/session.h"
#include "ui/traffic/channeldelegates.h"
#include "ui/traffic/channelplots.h"
#include "ui/traffic/channelwords.h"
#include "ui/traffic/linkcontrols.h"
#include "ui/widgets/settings.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QScrollBar>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

namespace forkscope {

namespace {

const QLatin1String kBelow("traffic/belowChannels");

}

ChannelsPane::ChannelsPane(const ChannelStatistics &statistics, qint64 originNs, Session *session, QWidget *parent)
    : QWidget(parent), m_model(statistics), m_session(session), m_filtered(new QSortFilterProxyModel(this)),
      m_filter(new QLineEdit), m_count(new QLabel), m_table(new QTableView), m_plotsButton(new QToolButton),
      m_controlsButton(new QToolButton), m_splitter(new QSplitter(Qt::Vertical)), m_plotsPage(new QWidget), m_note(new QLabel),
      m_plots(new ChannelPlots(statistics, originNs)), m_controls(new LinkControls(session))
{
    m_filter->setPlaceholderText(tr("Channel, program or PID"));
    m_filter->setAccessibleName(tr("Text to look for in channels"));
    m_filter->setClearButtonEnabled(true);
    buildTable();
    buildButtons();
    m_note->setWordWrap(true);
    m_note->setTextFormat(Qt::PlainText);
    m_note->setForegroundRole(QPalette::PlaceholderText);

    auto *top = new QHBoxLayout;
    top->addWidget(m_filter, 1);
    top->addWidget(m_count);
    top->addWidget(m_plotsButton);
    top->addWidget(m_controlsButton);
    auto *list = new QWidget;
    auto *listLayout = new QVBoxLayout(list);
    listLayout->setContentsMargins(4, 2, 4, 0);
    listLayout->setSpacing(4);
    listLayout->addLayout(top);
    listLayout->addWidget(m_table);
    auto *plotsLayout = new QVBoxLayout(m_plotsPage);
    plotsLayout->setContentsMargins(4, 0, 4, 2);
    plotsLayout->setSpacing(2);
    plotsLayout->addWidget(m_plots, 1);
    plotsLayout->addWidget(m_note);
    m_splitter->addWidget(list);
    m_splitter->addWidget(m_plotsPage);
    m_splitter->addWidget(m_controls);
    for (int i = 0; i < 3; ++i)
        m_splitter->setStretchFactor(i, i == 0 ? 0 : 1); // what is below the list gets what there is
    m_splitter->setChildrenCollapsible(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_splitter);

    m_typing.setSingleShot(true);
    m_typing.setInterval(150);
    connect(m_filter, &QLineEdit::textChanged, &m_typing, qOverload<>(&QTimer::start));
    connect(&m_typing, &QTimer::timeout, this, [this] {
        m_filtered->setFilterFixedString(m_filter->text());
        showCount();
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &ChannelsPane::onSelection);
    connect(m_plots, &ChannelPlots::momentActivated, this, &ChannelsPane::momentActivated);
    connect(m_plots, &ChannelPlots::cursorMoved, this, &ChannelsPane::showSelected);
    connect(m_controls, &LinkControls::told, this, &ChannelsPane::told);
    connect(m_controls, &LinkControls::folded, this, &ChannelsPane::arrange);
    showBelow(Settings().value(kBelow, -1).toInt());
    showCount();
    showSelected();
}

void ChannelsPane::buildButtons()
{
    m_plotsButton->setText(tr("Over time"));
    m_plotsButton->setToolTip(tr("Plots of what passes the selected channels, is queued in them and waits"));
    m_controlsButton->setText(tr("Change what passes"));
    m_controlsButton->setToolTip(tr("Hold, slow down, edit or add to what passes the selected pipe"));
    for (QToolButton *button : {m_plotsButton, m_controlsButton}) {
        button->setCheckable(true);
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::TabFocus);
    }
    connect(m_plotsButton, &QToolButton::clicked, this, [this](bool on) { showBelow(on ? 0 : -1); });
    connect(m_controlsButton, &QToolButton::clicked, this, [this](bool on) { showBelow(on ? 1 : -1); });
}

/// −1: nothing.
void ChannelsPane::showBelow(int page)
{
    m_plotsButton->setChecked(page == 0);
    m_controlsButton->setChecked(page == 1);
    m_plotsPage->setVisible(page == 0);
    m_controls->setVisible(page == 1);
    Settings().setValue(kBelow, page);
    showSelected();
    arrange();
}

void ChannelsPane::arrange()
{
    QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest); // how much all need at least is known then
    emit arrangementChanged();
    const int list = listHeight(), below = std::max(height() - list - m_splitter->handleWidth(), 0);
    m_splitter->setSizes({list, below, below}); // of which at most one is shown
}

/// Of a list with two rows.
int ChannelsPane::listHeight() const
{
    constexpr int kRows = 2;
    return m_filter->sizeHint().height() + m_table->horizontalHeader()->sizeHint().height()
        + kRows * m_table->verticalHeader()->defaultSectionSize() + m_table->horizontalScrollBar()->sizeHint().height() + 8;
}

QString ChannelsPane::arrangement() const
{
    return m_plotsButton->isChecked()                                            ? QStringLiteral("plots")
        : m_controlsButton->isChecked() && m_controls->moreButton()->isChecked() ? QStringLiteral("more")
        : m_controlsButton->isChecked()                                          ? QStringLiteral("controls")
                                                                                 : QStringLiteral("list");
}

int ChannelsPane::wantedHeight() const
{
    const int list = listHeight();
    const int line = fontMetrics().lineSpacing();
    const int below = m_plotsButton->isChecked()
        ? m_plotsPage->minimumSizeHint().height() + 2 * line // the note below the plots may wrap
        : m_controls->sizeHint().height() + (m_controls->moreButton()->isChecked() ? 8 * line : 0);
    return arrangement() == QLatin1String("list") ? list : list + m_splitter->handleWidth() + below;
}

void ChannelsPane::buildTable()
{
    m_filtered->setSourceModel(&m_model);
    m_filtered->setSortRole(ChannelModel::SortRole);
    m_filtered->setFilterKeyColumn(-1);
    m_filtered->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_filtered->setSortLocaleAware(true);
    m_table->setModel(m_filtered);
    m_table->setAccessibleName(tr("Channels"));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setTabKeyNavigation(false);
    m_table->setShowGrid(false);
    m_table->setAlternatingRowColors(true);
    m_table->setWordWrap(false);
    m_table->setItemDelegateForColumn(ChannelModel::Rate, new SparklineDelegate(m_table));
    m_table->setItemDelegateForColumn(ChannelModel::Queued, new FillDelegate(m_table));
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->verticalHeader()->setDefaultSectionSize(m_table->fontMetrics().height() + 4);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->sortByColumn(ChannelModel::Name, Qt::AscendingOrder);
    m_table->setSortingEnabled(true);
    m_filtered->setDynamicSortFilter(true);
    const QFontMetrics metrics = m_table->fontMetrics();
    const QString widest[]
        = {tr("connection") + QStringLiteral(" 12"), QStringLiteral("python3 123456"), QStringLiteral("python3 123456"),
            QStringLiteral("1,234,567"), QStringLiteral("1023.9 KiB"), {}, QStringLiteral("1.23 MiB of 2.0 MiB"), {}};
    for (int column = 0; column < ChannelModel::State; ++column)
        m_table->setColumnWidth(column,
            column == ChannelModel::Rate
                ? ChannelModel::kSparkColumns + metrics.horizontalAdvance(QStringLiteral("1023.9 MiB/s")) + 18
                : column == ChannelModel::Waits ? 170
                                                : metrics.horizontalAdvance(widest[column]) + 18);
}

bool ChannelsPane::advance()
{
    const qint64 nowNs = m_session ? QDateTime::currentMSecsSinceEpoch() * 1'000'000 : -1;
    const bool changed = m_model.advance(nowNs);
    if (changed) {
        showCount();
        if (!m_awaited.isEmpty())
            select(QList<ChannelId>(m_awaited));
    }
    if (!isVisible())
        return changed;
    if (changed)
        showSelected();
    m_plots->advance(nowNs);
    if (m_controls->isVisible())
        m_controls->refresh();
    return changed;
}

void ChannelsPane::select(const QList<ChannelId> &channels)
{
    m_awaited.clear();
    QItemSelection selection;
    QModelIndex current;
    for (const ChannelId channel : channels) {
        const int row = m_model.rowOf(channel);
        if (row < 0) {
            m_awaited = channels;
            continue;
        }
        const QModelIndex index = m_filtered->mapFromSource(m_model.index(row, 0));
        if (!index.isValid())
            continue; // filtered away
        selection.select(index, index);
        if (!current.isValid())
            current = index;
    }
    if (current.isValid())
        m_table->selectionModel()->setCurrentIndex(current, QItemSelectionModel::NoUpdate);
    m_table->selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    if (current.isValid())
        m_table->scrollTo(current);
}

QList<ChannelId> ChannelsPane::selected() const
{
    QList<ChannelId> channels;
    for (const QModelIndex &index : m_table->selectionModel()->selectedRows())
        if (const ChannelFigures *figures = m_model.figures(m_filtered->mapToSource(index).row()))
            channels.append(figures->info.id);
    std::sort(channels.begin(), channels.end());
    return channels;
}

void ChannelsPane::onSelection()
{
    const QList<ChannelId> channels = selected();
    m_plots->setChannels(channels);
    showSelected();
    if (channels == m_told)
        return;
    m_told = channels;
    emit channelsSelected(channels);
}

void ChannelsPane::showSelected()
{
    const QList<ChannelId> channels = selected();
    const ChannelFigures *one = channels.size() == 1 ? m_model.figures(m_model.rowOf(channels.first())) : nullptr;
    m_controls->setChannel(one ? std::optional(*one) : std::nullopt);
    if (channels.isEmpty())
        m_note->setText(tr("Select channels in the list to see their throughput, what is queued in them and how long it waits."));
    else if (m_plots->cursorNs())
        m_note->setText(m_plots->summary());
    else if (channels.size() > ChannelPlots::kMostChannels)
        m_note->setText(
            tr("Plotted are the first %1 of %2 selected channels.").arg(ChannelPlots::kMostChannels).arg(channels.size()));
    else if (one)
        m_note->setText(ChannelWords::latencyNote(one->info.kind));
    else
        m_note->setText(tr("Click a spike, or go to it with N and press Enter, to see its messages."));
}

QString ChannelsPane::countText() const
{
    return m_count->text();
}

void ChannelsPane::showCount()
{
    const int shown = m_filtered->rowCount(), all = m_model.rowCount();
    m_count->setText(shown == all ? tr("%n channel(s)", nullptr, all) : tr("%1 of %n channel(s)", nullptr, all).arg(shown));
}

} // namespace forkscope
