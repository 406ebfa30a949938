// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/uniquefd.h"

#include <QHash>

namespace forkscope::pool {

/// A line for each job that has ended, in the format of GNU parallel's --joblog: both programs can go on from each other's.
class JobLog
{
public:
    struct Entry {
        quint64 number = 0; ///< of the job, from 1
        qint64 startNs = 0; ///< since the epoch
        qint64 runNs = 0;
        quint64 outputBytes = 0; ///< of its standard output
        int exitValue = 0; ///< −1: ended by its timeout
        int signal = 0; ///< that ended it; 0: none
        QByteArray command; ///< line feeds become NUL, as there
    };
    /// Begins it with its heading; appending: goes on, behind the last whole line.
    static Result<JobLog> open(const QString &path, bool appending);
    /// In the file when it returns: whoever is killed then has not lost it.
    Result<void> add(const Entry &entry);

    /// The jobs of a log, and whether the last end of each was a success. A line that a crash has cut counts for nothing. An
    /// error names the line that is none.
    static Result<QHash<quint64, bool>> read(const QString &path);

private:
    JobLog(UniqueFd file, QString path) : m_file(std::move(file)), m_path(std::move(path)) { }
    UniqueFd m_file;
    QString m_path;
};

} // namespace forkscope::pool
