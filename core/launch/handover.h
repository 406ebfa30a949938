// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/uniquefd.h"

#include <QByteArray>

#include <vector>

/// What goes on in our place when this program ends and others are to run on: cat and tee (coreutils), in a session of their own.
/// Where one cannot be started its pipes are closed, as they would be without it. In any thread.
namespace forkscope {

/// Reads on and throws away, so that a process that goes on without us is not ended by SIGPIPE. Null: nothing.
void handToSink(UniqueFd from);

/// Passes on, first what we hold, then what comes out of from (may be null: nothing comes), until the end of file or nobody
/// reads.
void handToCat(const QByteArray &first, UniqueFd from, UniqueFd to);

/// All that comes goes into each, which the caller closes; one whose reader goes is left out.
void handToTee(UniqueFd from, const std::vector<UniqueFd> &to);

} // namespace forkscope
