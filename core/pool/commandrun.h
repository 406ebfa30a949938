// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/launch/childhandle.h"
#include "core/launch/processtree.h"
#include "core/launch/textcodec.h"
#include "core/pool/executor.h"

namespace forkscope::pool {

/// One attempt at a task that is a command: started in the thread that owns this, which also reads its pipes. Nothing here waits.
///
/// It has ended when the process has: what is in its pipes then still counts, but nobody waits for descendants that hold them.
/// One that is stopped has ended when its whole tree has, or was killed: SIGTERM, a second later SIGKILL.
class CommandRun
{
public:
    /// argv of a task that has its own: TaskState::bytes.
    static QByteArray packArguments(const QByteArrayList &arguments);
    static QByteArrayList argumentsOf(const TaskState &task);

    /// Starts it. Nothing: it could not; attemptEnded() has told.
    static std::unique_ptr<CommandRun> start(TaskState &task, int place, ExecutorClient &client);

    TaskState &task() const { return m_task; }
    ProcessKey key() const { return m_key; }
    qint64 startNs() const { return m_child->startNs(); }

    enum Stream : quint8 { Output, ErrorOutput, Input, Process };
    /// The descriptors to watch: of what is closed, −1.
    int descriptor(Stream stream) const;
    /// One of them is ready.
    void ready(Stream stream, ExecutorClient &client);
    /// Looks whether it is time to stop, or to kill. When to look again; −1: no need.
    qint64 tend(qint64 nowNs);
    void stop(TaskEnding how, qint64 nowNs);
    /// Whether it is over; then finish() tells the client.
    bool isOver(qint64 nowNs);
    void finish(ExecutorClient &client);

private:
    struct Reading {
        UniqueFd fd;
        std::optional<TextCodec> codec;
        NewlineTranslator newlines;
    };
    CommandRun(TaskState &task, int place, std::unique_ptr<ChildHandle> child);
    void read(Stream stream, qint64 most, ExecutorClient &client);
    void endOf(Stream stream, ExecutorClient &client);
    void writeInput();
    Placement placement() const { return {{}, m_place, m_key}; }

    TaskState &m_task;
    const int m_place;
    std::unique_ptr<ChildHandle> m_child;
    ProcessKey m_key;
    Reading m_streams[2];
    UniqueFd m_input;
    QByteArray m_toWrite;
    qsizetype m_written = 0;
    qint64 m_deadlineNs = -1; ///< CLOCK_MONOTONIC; of the timeout, then of the grace
    std::optional<TaskEnding> m_stopped; ///< why
    std::optional<ProcessTree> m_tree; ///< while it is stopped
    bool m_killed = false;
    QString m_fault; ///< its output is not in its encoding
};

} // namespace forkscope::pool
