// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/output/backgroundjob.h"
#include "core/output/linefilter.h"
#include "core/output/linematcher.h"

#include <QObject>

#include <limits>
#include <memory>

namespace forkscope {

/// Where a search begins and what it looks through.
struct SearchStart {
    quint64 line = 0; ///< number in the index
    quint32 byte = 0; ///< forward: matches from here on; backward: matches that begin before
    bool backward = false;
    quint64 firstLine = 0; ///< lines of the index before this one are left out
    quint64 endLine = std::numeric_limits<quint64>::max(); ///< so is this one, and those after it
};

struct SearchResult {
    bool found = false;
    quint64 line = 0; ///< number in the index
    LineMatch match;
    bool wrapped = false; ///< it went on from the other end
};

/// Looks for the next match over the lines of a filter, in a thread, around the end once. Lines that come meanwhile are left out.
///
/// Signals come in the thread of this object, none after cancel() or a further start().
class LineSearch : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    void start(std::shared_ptr<const LineFilter> filter, const LineMatcher &matcher, const SearchStart &from);
    /// Waits until the thread has noticed: at most the time that one line takes.
    void cancel();
    bool isRunning() const { return m_running; }

signals:
    void progressed(int permille); ///< a few times a second
    void finished(const forkscope::SearchResult &result);

private:
    BackgroundJob m_job;
    quint64 m_run = 0; ///< results of earlier runs, still on their way, are dropped
    bool m_running = false;
};

} // namespace forkscope
