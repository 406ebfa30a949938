// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/output/linematcher.h"
#include "core/output/linereader.h"
#include "ui/output/linelayout.h"

namespace forkscope {

/// A line as the view holds it while it can be seen.
struct ShownLine {
    quint64 number = 0; ///< in the index
    qint64 timeNs = 0;
    qint64 sinceNs = 0; ///< from when the time beside it counts
    ChannelId channel = ChannelId::None;
    ChannelKind kind = ChannelKind::StandardOutput;
    LineText::End end = LineText::End::Open;
    bool lost = false; ///< given up: there is no text
    bool afterLoss = false;
    QList<LineMatch> matches; ///< of what is searched for
    LineLayout layout;
};

} // namespace forkscope
