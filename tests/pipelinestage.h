// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/capture/pipeline.h"

/// A line for the shell as a stage that reads the output of the one before it, or of another.
inline forkscope::PipelineStage stage(const QByteArray &line, qsizetype input = -1)
{
    forkscope::PipelineStage stage;
    stage.spec.arguments = {line};
    stage.spec.shell = true;
    stage.spec.standardInput.kind = forkscope::StreamTarget::Kind::Null;
    stage.input = input;
    return stage;
}
