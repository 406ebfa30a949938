// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/format.h"

#include <QString>

namespace forkscope {

/// What a person chose in the preferences dialog, with its defaults: $XDG_CONFIG_HOME/forkscope/forkscope.conf. Values that make
/// no sense there read as the default. Ask where a value is needed; that is cheap. Who shows something that depends on one asks
/// again when MainWindow::applyPreferences() says so. GUI thread.
class Preferences
{
public:
    /// The command that opens a place in a file, with {file}, {line} and {column}; see editorArguments().
    static QString editorCommand();
    static void setEditorCommand(const QString &command);

    /// Bytes that the file of a new session may take; 0: no limit. Never below kSmallestLimit.
    static quint64 recordingLimit();
    static void setRecordingLimit(quint64 bytes);

    /// Whether the recording of a window stays in the cache when the window is closed without having been saved.
    static bool keepRecordings();
    static void setKeepRecordings(bool keep);
    /// Recordings in the cache are deleted when they are older; 0: never for their age.
    static int cacheDays();
    static void setCacheDays(int days);
    /// … and the oldest of them when all together take more bytes; 0: never for their size.
    static quint64 cacheBytes();
    static void setCacheBytes(quint64 bytes);

    /// Points; 0: as the system has it.
    static int outputFontSize();
    static void setOutputFontSize(int points);

    static ByteUnits byteUnits();
    static void setByteUnits(ByteUnits units); ///< for bytesText(), from now on

    static constexpr quint64 kSmallestLimit = quint64(32) << 20;
    static constexpr int kSmallestFont = 5;
    static constexpr int kLargestFont = 48;
};

/// Gives bytesText() the units that the person chose. Once, when the program starts.
void applyRememberedUnits();

} // namespace forkscope
