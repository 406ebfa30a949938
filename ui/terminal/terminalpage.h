// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/processkey.h"
#include "core/journal/journal.h"

#include <QHash>
#include <QWidget>

#include <functional>
#include <optional>

class QLabel;

namespace forkscope {

class ExportJob;
class SearchBar;
class TerminalFeed;
class TerminalView;

/// The terminals of a session or recording, one in sight: the screen, a search row, and a line that says where the keys go.
///
/// Every terminal of a live session is fed from its first byte, whether it is in sight or not, for as long as its program runs:
/// its questions are answered once. One that is over, or recorded, is read again when it is looked at.
class TerminalPage : public QWidget
{
    Q_OBJECT

public:
    TerminalPage(const Journal &journal, bool live, QWidget *parent = nullptr);
    ~TerminalPage() override;

    /// Looks for new terminals and new output. At display rate.
    void advance();
    /// Columns and rows of a terminal in a page of this size.
    std::pair<int, int> fitting(const QSize &page) const;
    bool has(LaunchId launch) const { return m_channels.contains(launch); }
    /// Lets go of what is kept for terminals that are out of sight, have been read to the end and whose program is over.
    void dropEnded(const std::function<bool(LaunchId)> &isOver);
    /// The terminal in sight. ended: how it ended, in a sentence; empty: it runs.
    void showLaunch(LaunchId launch, const QString &ended);
    /// Terminals are shown as they were before this record; nothing: as they are now. Programs that run are answered all along.
    void setEndRecord(std::optional<quint64> record);
    LaunchId launch() const { return m_launch; }
    TerminalView *view() const { return m_view; }
    QLabel *hint() const { return m_hint; }

    /// Asks where to write what this terminal showed, as an asciicast.
    void save();
    /// Writes it in a thread; the line below says what came of it.
    void saveTo(const QString &path);

signals:
    void appeared(forkscope::LaunchId launch); ///< a launch turned out to have a terminal
    void typed(forkscope::LaunchId launch, const QByteArray &bytes);
    void sizeChanged(forkscope::LaunchId launch, int columns, int rows);
    void leaveRequested();

private:
    TerminalFeed *makeFeed(LaunchId launch, bool answers);
    TerminalFeed *feedInSight();
    quint64 bytesGivenUp(LaunchId launch) const;
    void find(bool backward);
    void updateHint();
    void setSaved(const QString &text);

    const Journal &m_journal;
    bool m_live;
    quint32 m_channelsSeen = 0;
    QHash<LaunchId, ChannelId> m_channels;
    QHash<LaunchId, TerminalFeed *> m_feeds; ///< of those that run, and the one in sight
    LaunchId m_launch = LaunchId::None;
    QString m_ended;
    QString m_saved; ///< what came of the last save
    ExportJob *m_export;
    std::optional<quint64> m_endRecord;
    TerminalFeed *m_past = nullptr; ///< of a live session, while m_endRecord is set and a terminal is in sight
    TerminalView *m_view;
    SearchBar *m_search;
    QLabel *m_hint;
};

} // namespace forkscope
