// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/traffic/streamframes.h"

#include <algorithm>

namespace forkscope {

namespace {

constexpr qsizetype kKept = 4;
constexpr quint64 kBatch = 256; ///< rows

} // namespace

StreamFrames::Found StreamFrames::framesOf(quint64 row, quint64 streamOffset, const decode::Decoder &decoder, qsizetype most)
{
    if (m_index.positionInChannel(row) > kMostPieces || streamOffset > kMostBytes)
        return {};
    const std::lock_guard lock(m_mutex);
    const ChannelId channel = m_index.channel(row);
    const auto known = std::find_if(m_kept.begin(), m_kept.end(),
        [&](const Kept &one) { return one.channel == channel && &one.assembly->decoder() == &decoder; });
    Kept kept;
    if (known != m_kept.end())
        kept = m_kept.takeAt(known - m_kept.begin());
    else
        kept = {channel, std::make_shared<StreamAssembly>(m_journal, m_index, channel, decoder)};
    m_kept.prepend(kept);
    m_kept.resize(std::min(m_kept.size(), kKept));
    StreamAssembly &assembly = *kept.assembly;
    // A frame that comes later tells that those of this row are all there.
    while (assembly.frameOfRow(row + 1) >= assembly.count() && assembly.advance(kBatch)) { }
    Found found{kept.assembly, {}};
    for (quint64 i = assembly.frameOfRow(row); i < assembly.count() && found.frames.size() < most; ++i) {
        const StreamFrame frame = assembly.frame(i);
        if (frame.firstRow > row)
            break;
        found.frames.append(frame);
    }
    if (const auto rest = assembly.rest(); rest && rest->firstRow <= row && rest->lastRow >= row && found.frames.size() < most)
        found.frames.append(*rest);
    return found;
}

} // namespace forkscope
