// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace forkscope {

/// The lines that were run, newest last, each once; remembered between runs (see Settings). Walks like a shell's history.
class LaunchHistory
{
public:
    static constexpr int kLargest = 500;

    LaunchHistory();
    const QStringList &lines() const { return m_lines; }
    /// Adds a line that was run (an older equal one goes away), saves, and ends walking.
    void add(const QString &line);
    void clear();

    /// The next older line, starting from what stands in the field; null where there is none.
    QString older(const QString &current);
    /// The next newer line, at last what stood in the field before walking; null where there is none.
    QString newer();
    void stopWalking() { m_position = -1; }

private:
    void save() const;
    QStringList m_lines;
    qsizetype m_position = -1; ///< −1: not walking
    QString m_draft;
};

} // namespace forkscope
