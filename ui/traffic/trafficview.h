// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/output/backgroundjob.h"
#include "core/output/recordrange.h"
#include "ui/traffic/messagelist.h"
#include "ui/traffic/messagenotes.h"
#include "ui/traffic/trafficsource.h"

#include <QPointer>
#include <QWidget>

class QLabel;
class QMenu;
class QProgressBar;
class QSplitter;
class QStackedWidget;
class QToolBar;
class QToolButton;

namespace forkscope {

class ChannelsPane;
class ColorRulesDialog;
class EmptyOutput;
class FilterBar;
class FollowStream;
class MessageDetails;

/// The messages between the processes of a session or a recording: a filter, the list, and one of them in full. Reads the
/// journal; advance() at display rate; while hidden it only learns whether there is anything. GUI thread.
class TrafficView : public QWidget
{
    Q_OBJECT

public:
    /// The journal must outlive it. live: a session, in which an example can be run.
    explicit TrafficView(const Journal &journal, bool live, QWidget *parent = nullptr);
    ~TrafficView() override;

    /// True: something changed.
    bool advance();
    bool hasChannels() const { return m_hasChannels; }
    /// The stretch of time that all views show.
    void setRecords(const RecordRange &range);

    TrafficSource &source() { return m_source; }
    MessageNotes &notes() { return m_notes; }
    MessageListModel *model() { return &m_model; }
    MessageList *list() const { return m_list; }
    MessageDetails *details() const { return m_details; }
    FilterBar *filterBar() const { return m_filterBar; }
    EmptyOutput *emptyState() const { return m_empty; }
    FollowStream *stream() const; ///< the last one that was opened; null: it is closed
    QToolButton *onlyButton() const { return m_only; } ///< whose messages alone are shown; takes that back
    const QList<QAction *> &viewActions() const { return m_actions; } ///< for menus

    /// A list of channels, above the messages; takes it over.
    void setChannelsPane(ChannelsPane *pane);
    QSplitter *splitter() const { return m_splitter; }
    /// Only the messages of these; none: of all.
    void showChannels(const QList<ChannelId> &channels);
    /// Goes to the first message of this channel at this time or later.
    void showMoment(ChannelId channel, qint64 timeNs);

    void goToNumber(quint64 number); ///< from 1
    void goInChannel(int step); ///< 1: to the next one of the same channel, −1: to the one before
    void goToMark(int step); ///< to the next (or previous) message that is marked or has a comment
    void toggleMark();
    void editComment();
    void followStream();
    void setColorRules(const QList<ColorRule> &rules);
    /// A filter for the value in this cell; empty: there is none for it.
    QString conditionFor(quint64 message, MessageListModel::Column column) const;
    QMenu *makeMenu(MessageListModel::Column column); ///< of the selected messages

signals:
    void channelsAppeared(); ///< the first one
    void exampleRequested(); ///< a person wants to see one
    void told(const QString &text);
    void failed(const QString &title, const forkscope::Error &error);
    void exportRequested(const std::vector<quint64> &records); ///< numbers, ascending

protected:
    bool eventFilter(QObject *object, QEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void buildTools();
    QAction *addTool(
        const QString &text, const QString &toolTip, const QList<QKeySequence> &keys, const std::function<void()> &does);
    void applyFilter(const filter::DisplayFilter &filter);
    void cancelWork();
    void restartRun();
    void makeRoom();
    void saveHeights();
    filter::KnownNames knownNames() const;
    void showFigures();
    void showNotice();
    void showEmptyState();
    void showCurrent();
    void askForNumber();
    void editColors();
    void addCopies(QMenu *menu);
    void exportMessages();
    void copyText();
    void copyHex();
    void copyTree();

    TrafficSource m_source;
    MessageNotes m_notes;
    MessageListModel m_model;
    bool m_live;
    bool m_hasChannels = false;
    filter::DisplayFilter m_filter; ///< that a person typed
    QList<ChannelId> m_channels; ///< the only ones; none: all
    struct Shown {
        std::shared_ptr<filter::FilterRun> run;
        QString text;
        filter::DisplayFilter filter;
        QList<ChannelId> channels;
    };
    Shown m_before; ///< what is shown again where one stops looking

    FilterBar *m_filterBar;
    QToolBar *m_tools;
    QAction *m_follow = nullptr, *m_stream = nullptr, *m_export = nullptr, *m_mark = nullptr, *m_comment = nullptr;
    QList<QAction *> m_actions;
    QList<QAction *> m_timeStyles;
    QLabel *m_notice; ///< what is left out, and why
    QToolButton *m_only;
    QAction *m_onlyShown = nullptr; ///< its place in the tool bar
    QProgressBar *m_sorting;
    QToolButton *m_stopSorting;
    QSplitter *m_splitter;
    QStackedWidget *m_stack;
    EmptyOutput *m_empty;
    MessageList *m_list;
    MessageDetails *m_details;
    ChannelsPane *m_channelsPane = nullptr;
    QString m_arrangement; ///< of the pane, for which the splitter stands as it does
    QPointer<FollowStream> m_streamDialog;
    QPointer<ColorRulesDialog> m_colorsDialog;
    BackgroundJob m_gathering; // last: it ends before the rest goes
};

} // namespace forkscope
