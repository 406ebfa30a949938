// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pool/commandtemplate.h"
#include "core/pool/inputs.h"

namespace forkscope::pool {

/// The first commands that a template and inputs make.
struct InputPreview {
    QByteArrayList commands; ///< as lines for a shell
    std::optional<quint64> count; ///< of all commands; nothing: more than could be looked at
};

/// The first `most` commands. Counts on, where that means reading a file, to countUpTo commands. Reads files: not for the GUI
/// thread. An error is of what was read, and names it.
Result<InputPreview> previewInputs(
    const CommandTemplate &command, const InputOptions &inputs, int most, quint64 countUpTo = 1'000'000);

} // namespace forkscope::pool
