// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/launch/launchspec.h"

#include <QList>

namespace forkscope {

/// The stages of a pipeline as a POSIX shell reads it (XCU 2.9.2), and bash's `|&`: one spec for each, with the streams as they
/// are without their neighbours. A stage of words alone is started as it stands; one with redirections, variables, patterns or
/// other syntax goes through /bin/sh, which carries them out.
///
/// An error tells the place, counted from 1, of an empty stage, of an open quote or bracket, and of what makes several pipelines
/// of it (; & && || or a line break).
Result<QList<LaunchSpec>> parsePipeline(const QString &text);

/// Whether it has more than one stage: cheap, for a line that is being typed. False where it cannot be parsed.
bool isPipeline(const QString &text);

} // namespace forkscope
