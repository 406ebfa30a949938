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

/// Why a text is no pipeline, and where.
struct PipelineFault {
    enum class Kind {
        Empty,
        LeftOpen, ///< a quote or a bracket
        EmptyStage, ///< before or behind a |
        SeveralPipelines, ///< ; & && || or a line break
    };
    Kind kind = Kind::Empty;
    qsizetype at = 0; ///< character, from 0
};
/// Nothing where parsePipeline() understands it.
std::optional<PipelineFault> pipelineFault(const QString &text);

/// The line that is understood as these stages, as far as a line can tell: of each its command and whether its standard error
/// goes along.
QString pipelineLine(const QList<LaunchSpec> &stages);

} // namespace forkscope
