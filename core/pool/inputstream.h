// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pool/inputs.h"

namespace forkscope::pool {

/// The inputs of one list, one after the other: part of InputReader.
class InputStream
{
public:
    virtual ~InputStream() = default;
    virtual Result<std::optional<QByteArray>> next() = 0;
    virtual std::optional<quint64> count() const = 0;

    static Result<std::unique_ptr<InputStream>> open(const InputList &list, const InputOptions &options);
};

} // namespace forkscope::pool
