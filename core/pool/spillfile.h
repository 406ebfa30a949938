// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/uniquefd.h"

namespace forkscope::pool {

/// Room on disk for bytes that are too many to be kept in memory: a file without a name, which nobody else sees and which is
/// gone with the process. Belongs to one thread.
class SpillFile
{
public:
    /// Where they lie. The file is made with the first of them, in TMPDIR.
    Result<qint64> append(QByteArrayView bytes);
    Result<QByteArray> read(qint64 offset, qint64 size) const;
    /// They are not needed any more: their room on the disk becomes free.
    void release(qint64 offset, qint64 size);

private:
    Result<void> open();
    UniqueFd m_file;
    qint64 m_end = 0;
    qint64 m_used = 0;
};

} // namespace forkscope::pool
