// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMenu>

namespace forkscope {

/// The recordings that were opened and saved last, newest first, at most kMost: remembered between runs. GUI thread.
class RecentRecordings
{
public:
    static QStringList paths();
    /// Not where it lies among the unsaved ones: it will be gone.
    static void add(const QString &path);
    static void clear();

    static constexpr int kMost = 10;
};

/// “Open recent”: file names, with their folders beside them; those whose file has gone cannot be chosen, and say so.
class RecentMenu : public QMenu
{
    Q_OBJECT

public:
    explicit RecentMenu(const QString &title, QWidget *parent = nullptr);

    /// As of now; happens by itself before it is shown. Whether the files are there is looked up in a thread.
    void refresh();

signals:
    void chosen(const QString &path);

private:
    void markMissing(const QStringList &missing);
};

} // namespace forkscope
