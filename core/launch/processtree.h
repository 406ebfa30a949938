// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/processkey.h"

#include <QByteArrayList>
#include <QList>

namespace forkscope {

/// A command and all that came from it, to be stopped: its descendants, and who holds one of its pipes though its ancestors have
/// gone. A look at it reads /proc: milliseconds. Not thread-safe.
class ProcessTree
{
public:
    /// pipes: our ends of pipes that only the command's descendants can have inherited.
    ProcessTree(ProcessKey root, const QList<int> &pipes);

    /// Those who have gone meanwhile need no signal; those who may not be signalled are left.
    void signal(int number);
    /// Of all that were signalled, those that still run.
    QList<ProcessKey> survivors() const;

private:
    ProcessKey m_root;
    QByteArrayList m_pipes;
    QList<ProcessKey> m_signalled;
};

} // namespace forkscope
