// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/decode/resume.h"

#include <algorithm>
#include <array>

namespace forkscope::decode {

qsizetype resumeAt(const Decoder &decoder, QByteArrayView bytes)
{
    static constexpr std::array<const char *, 4> kOfLines = {"json", "lines", "http", "content-length"};
    const QByteArrayView name = decoder.name();
    if (std::none_of(kOfLines.begin(), kOfLines.end(), [name](const char *one) { return name == one; }))
        return -1;
    const qsizetype end = bytes.indexOf('\n');
    return end < 0 ? -1 : end + 1;
}

} // namespace forkscope::decode
