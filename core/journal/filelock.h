// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace forkscope {

/// Tells other programs that a recording's file is in use. Open file description locks (fcntl(2)): they hold as long as the
/// descriptor or a mapping of it lives, and go with the program that held them, however that ended. Any thread.

/// What others do with a file.
enum class FileUse : quint8 {
    None,
    Reading, ///< it is shown
    Writing, ///< something is recorded into it
    Unknown, ///< the file system does not tell: take it as in use
};

/// False: others use the file, or the file system has no locks. fd is open for writing.
bool lockForWriting(int fd);
/// False: somebody writes it, or the file system has no locks. fd is open for reading.
bool lockForReading(int fd);
/// Takes no lock.
FileUse useByOthers(int fd);

} // namespace forkscope
