// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/decode/decoder.h"

namespace forkscope::decode {

/// Where a decoder tries again in bytes that it does not take: behind the next end of a line where its messages are made of
/// lines; −1: not in these, but in the piece behind them.
qsizetype resumeAt(const Decoder &decoder, QByteArrayView bytes);

} // namespace forkscope::decode
