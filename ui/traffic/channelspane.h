// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/traffic/channelmodel.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QLineEdit;
class QSortFilterProxyModel;
class QSplitter;
class QTableView;
class QToolButton;

namespace forkscope {

class ChannelPlots;
class LinkControls;
class Session;

/// The channels between processes as a list; for those that are selected plots over time, and what can be done to a pipe.
///
/// Reads statistics; advance() at display rate; while hidden it only learns what there is. GUI thread.
class ChannelsPane : public QWidget
{
    Q_OBJECT

public:
    /// originNs: what the plots count from. session: null for an opened recording. All outlive it.
    ChannelsPane(const ChannelStatistics &statistics, qint64 originNs, Session *session, QWidget *parent = nullptr);

    /// Takes what came. Whether anything did.
    bool advance();
    /// In this order; those that are not there yet once they are.
    void select(const QList<ChannelId> &channels);
    QList<ChannelId> selected() const;

    const ChannelModel &model() const { return m_model; }
    QTableView *table() const { return m_table; }
    QLineEdit *filterEdit() const { return m_filter; }
    ChannelPlots *plots() const { return m_plots; }
    LinkControls *controls() const { return m_controls; }
    /// What is shown below the list; both off: nothing. Remembered.
    QToolButton *plotsButton() const { return m_plotsButton; }
    QToolButton *controlsButton() const { return m_controlsButton; }
    QString countText() const;
    /// What is shown below the list, as a word for settings; and the height that is about right for the whole.
    QString arrangement() const;
    int wantedHeight() const;

signals:
    void arrangementChanged();
    void channelsSelected(const QList<forkscope::ChannelId> &channels);
    void momentActivated(forkscope::ChannelId channel, qint64 timeNs); ///< its messages are wanted
    void told(const QString &message);

private:
    void buildTable();
    void buildButtons();
    void showBelow(int page);
    void arrange();
    int listHeight() const;
    void onSelection();
    void showSelected();
    void showCount();

    ChannelModel m_model;
    Session *m_session;
    QSortFilterProxyModel *m_filtered;
    QLineEdit *m_filter;
    QLabel *m_count;
    QTableView *m_table;
    QToolButton *m_plotsButton, *m_controlsButton;
    QSplitter *m_splitter;
    QWidget *m_plotsPage;
    QLabel *m_note;
    ChannelPlots *m_plots;
    LinkControls *m_controls;
    QTimer m_typing;
    QList<ChannelId> m_awaited; ///< are selected once they are there
    QList<ChannelId> m_told; ///< with the last channelsSelected()
};

} // namespace forkscope
