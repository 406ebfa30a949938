// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/processkey.h"
#include "core/journal/journal.h"

#include <QHash>
#include <QWidget>

class QLabel;

namespace forkscope {

class SearchBar;
class TerminalFeed;
class TerminalView;

/// The terminals of a session or recording, one in sight: the screen, a search row, and a line that says where the keys go.
///
/// Every terminal of a live session is fed from its first byte, whether it is in sight or not: its questions are answered once.
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
    bool has(LaunchId launch) const { return m_feeds.contains(launch); }
    /// The terminal in sight. ended: how it ended, in a sentence; empty: it runs.
    void showLaunch(LaunchId launch, const QString &ended);
    LaunchId launch() const { return m_launch; }
    TerminalView *view() const { return m_view; }

signals:
    void appeared(forkscope::LaunchId launch); ///< a launch turned out to have a terminal
    void typed(forkscope::LaunchId launch, const QByteArray &bytes);
    void sizeChanged(forkscope::LaunchId launch, int columns, int rows);
    void leaveRequested();

private:
    void find(bool backward);

    const Journal &m_journal;
    bool m_live;
    quint32 m_channelsSeen = 0;
    QHash<LaunchId, TerminalFeed *> m_feeds;
    LaunchId m_launch = LaunchId::None;
    TerminalView *m_view;
    SearchBar *m_search;
    QLabel *m_hint;
};

} // namespace forkscope
