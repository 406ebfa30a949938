// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pool/inputpreview.h"

namespace forkscope::pool {

Result<InputPreview> previewInputs(const CommandTemplate &command, const InputOptions &inputs, int most, quint64 countUpTo)
{
    auto opened = InputReader::open(inputs);
    if (!opened)
        return opened.error();
    InputReader reader = std::move(opened).value();
    if (const auto columns = reader.columns())
        if (auto fine = command.check(*columns); !fine)
            return fine.error();
    InputPreview preview;
    preview.count = reader.count();
    for (CommandInput input; input.number <= quint64(most) || (!preview.count && input.number <= countUpTo); ++input.number) {
        auto columns = reader.next();
        if (!columns)
            return columns.error();
        if (!columns.value()) {
            preview.count = input.number - 1;
            break;
        }
        if (input.number > quint64(most))
            continue;
        input.columns = *columns.value();
        auto line = command.line(input);
        if (!line)
            return line.error();
        preview.commands.append(line.value());
    }
    return preview;
}

} // namespace forkscope::pool
