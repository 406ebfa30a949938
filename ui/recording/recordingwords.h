// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/recordingcache.h"

namespace forkscope {

/// Unsaved recordings in words. Pure but for the clock.

QString ageText(qint64 sinceNs); ///< how long ago that is: "3 min ago"
QString changedText(qint64 timeNs); ///< date and time of day, to the minute
QString fileUseText(FileUse use); ///< empty: nobody uses it
/// "3 recordings, 1.20 GiB"
QString countText(const QList<CachedRecording> &recordings);
/// "Removed 3 old recordings, 1.20 GiB"; empty where there is nothing to tell.
QString cleanedText(const CleanReport &report);

} // namespace forkscope
