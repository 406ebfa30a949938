// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pool/spillfile.h"

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QSet>

#include <functional>
#include <optional>

namespace forkscope::pool {

/// Brings the output of jobs that run at the same time into an order in which it can be read: that of a job in one piece, at its
/// end, or line by line as it comes; never two jobs in one line. Of each piece standard output comes first.
///
/// What is kept is in memory up to a megabyte a stream and 64 MiB in all, the rest in a SpillFile. Belongs to one thread.
class JobOutput
{
public:
    struct Options {
        bool byLine = false; ///< as it comes, not at the end of the job
        bool inOrder = false; ///< in order of the jobs: one is silent until all before it have ended
        qint64 memory = 1024 * 1024; ///< bytes of a stream that are kept in memory
    };
    using Write = std::function<void(bool isError, QByteArrayView bytes)>;
    JobOutput(Options options, Write write) : m_options(options), m_write(std::move(write)) { }

    /// Before all else of a job. Numbers are from 1. Each line of it has the tag in front.
    void began(quint64 job, QByteArray tag);
    /// What was kept of it is forgotten: it is tried once more.
    void beganAgain(quint64 job);
    void add(quint64 job, bool isError, QByteArrayView bytes);
    void ended(quint64 job);
    /// It will not begin.
    void passedOver(quint64 job);
    /// Both streams of a job, instead of printing them; it has ended.
    std::pair<QByteArray, QByteArray> take(quint64 job);
    /// Of standard output, so far.
    quint64 outputBytes(quint64 job) const;
    /// Why bytes had to stay in memory, or are lost; told once.
    std::optional<Error> takeFault() { return std::exchange(m_fault, {}); }

private:
    struct Stream {
        QList<std::pair<qint64, qint64>> spilled; ///< offset and size, the first bytes first
        QByteArray memory; ///< behind them
        qint64 size = 0; ///< of both
        qint64 lines = 0; ///< bytes of them up to the last line feed
        quint64 total = 0; ///< that ever came
        bool inLine = false; ///< what was printed ended in a line
    };
    struct Job {
        QByteArray tag;
        Stream streams[2]; ///< standard output, standard error
        bool hasEnded = false;
    };
    void append(Stream &stream, QByteArrayView bytes);
    void spill(Stream &stream);
    void forget(Stream &stream);
    void print(Job &job, bool whole);
    void printStream(Job &job, bool isError, qint64 bytes);
    void write(Job &job, bool isError, QByteArrayView bytes);
    void nextTurns();

    const Options m_options;
    const Write m_write;
    QHash<quint64, Job> m_jobs;
    QSet<quint64> m_passed; ///< later than m_turn
    quint64 m_turn = 1;
    qint64 m_inMemory = 0;
    SpillFile m_file;
    std::optional<Error> m_fault;
};

} // namespace forkscope::pool
