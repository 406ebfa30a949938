// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/recordingcache.h"
#include "ui/widgets/format.h"

namespace forkscope {

/// What a person chose in the preferences dialog, with its defaults: $XDG_CONFIG_HOME/forkscope/forkscope.conf. Values that make
/// no sense there read as the default. Ask where a value is needed; that is cheap. GUI thread.
class Preferences
{
public:
    /// Bytes that the file of a new session may take; 0: no limit. Never below kSmallestLimit.
    static quint64 recordingLimit();
    static void setRecordingLimit(quint64 bytes);

    /// How long, and how many, recordings stay that nobody saved.
    static CacheLimits cacheLimits();
    static void setCacheLimits(const CacheLimits &limits);

    static ByteUnits byteUnits();
    static void setByteUnits(ByteUnits units); ///< for bytesText(), from now on

    /// What opens a file at a line, with {file}, {line} and {column}: what was set, else defaultEditorCommand(), which is empty
    /// where no known editor is installed.
    static QString editorCommand();
    static bool editorChosen(); ///< whether one was set
    static void setEditorCommand(const QString &command); ///< empty: the first that is installed, from now on

    /// Whether a pipeline typed into the launch bar gets a tap in each link; else /bin/sh runs it.
    static bool tapsPipelines();
    static void setTapsPipelines(bool taps);

    static constexpr quint64 kDefaultLimit = quint64(2) << 30;
    static constexpr quint64 kSmallestLimit = quint64(32) << 20;
    static constexpr CacheLimits kDefaultCacheLimits = {14, quint64(10) << 30};
    static constexpr int kMostDays = 3650;
};

/// Gives bytesText() the units that the person chose. Once, when the program starts.
void applyRememberedUnits();

} // namespace forkscope
