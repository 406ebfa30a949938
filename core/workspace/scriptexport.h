// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/launch/launchspec.h"

#include <QString>

/// A launch written down for others: as text that does the same without Forkscope. Pure functions, fast enough to be called as
/// somebody types; files named in the spec are not read. What the other language cannot express is said in a comment line (“#
/// …”). Bytes that are not UTF-8 are escaped, so that the text is always valid. A spec without a command gives an empty text.
namespace forkscope {

/// One line for bash, to be pasted into a terminal; comment lines stand above it. Streams that are pipes of ours are left to the
/// terminal.
QString shellCommand(const LaunchSpec &spec);
/// A bash script with its “#!” line, one step a line; it ends with the exit status of the command.
QString shellScript(const LaunchSpec &spec);
/// “import subprocess” and a call of subprocess.run() (Python 3.11), whose result is called “result”.
QString pythonCall(const LaunchSpec &spec);

} // namespace forkscope
