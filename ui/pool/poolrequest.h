// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pool/commandtemplate.h"
#include "core/pool/inputs.h"
#include "core/pool/pool.h"

#include <QMetaType>

namespace forkscope {

/// A pool that somebody wants, and the tasks for it: what the builder asks for. A value.
struct PoolRequest {
    pool::PoolOptions options = {}; ///< journal and id are given by who makes it
    QByteArray function = {}; ///< empty: commands
    QByteArrayList command = {}; ///< words of a template (CommandTemplate)
    QByteArray workingDirectory = {}; ///< of commands; empty: ours
    pool::InputOptions inputs = {}; ///< of a function: each column is an argument, a number where it reads as one
    pool::TaskOptions task = {};
    bool close = false; ///< takes no further tasks once these are in
};

/// A column as an argument: 7, 2.5, true, null and "text" as JSON writes them, else a string.
QCborValue argumentOf(const QByteArray &column);

/// Makes the tasks of a request one after the other: reads files. Belongs to one thread; not the GUI's.
class TaskSource
{
public:
    static Result<TaskSource> open(PoolRequest request);
    /// At most so many; empty: these were all. An error names the input.
    Result<QList<pool::TaskSpec>> next(int most);

private:
    TaskSource(PoolRequest request, pool::InputReader inputs, std::optional<pool::CommandTemplate> command);

    PoolRequest m_request;
    pool::InputReader m_inputs;
    std::optional<pool::CommandTemplate> m_command;
    std::shared_ptr<const LaunchSpec> m_launch; ///< shared by all commands
    quint64 m_number = 0;
};

} // namespace forkscope

Q_DECLARE_METATYPE(forkscope::PoolRequest)
