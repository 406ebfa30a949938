// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/journal/journal.h"

#include <QHash>
#include <QList>

#include <atomic>
#include <functional>
#include <optional>
#include <span>
#include <vector>

class QIODevice;

namespace forkscope::decode {
class Decoder;
}

namespace forkscope {

/// What a recording can be written as. docs/user-guide.md describes each for those who read it.
enum class ExportFormat : quint8 {
    Text, ///< lines
    JsonLines, ///< an object a record
    Csv, ///< RFC 4180, a row a piece of output
    Raw, ///< the bytes of one channel
    Perfetto, ///< Trace Event JSON: processes as tracks
    Asciicast, ///< asciicast v2: what a terminal showed
    Wireshark, ///< pcapng: a packet a message, each with the dissector that reads it
    Recording, ///< a recording of this part alone, to be opened, replayed and passed on
};

/// How a format is called on the command line, and how its files end.
struct ExportFormatName {
    ExportFormat format;
    const char *word;
    const char *suffix;
};
std::span<const ExportFormatName> exportFormats(); ///< in the order of ExportFormat

struct ExportRequest {
    ExportFormat format = ExportFormat::Text;
    std::optional<QList<ChannelId>> channels = {}; ///< nothing: all, but input only where the format is not Asciicast
    std::optional<QList<LaunchId>> launches = {}; ///< nothing: all
    /// Of the wanted channels these messages alone, by the numbers of their first records, ascending; nothing: all. Formats that
    /// tell of events leave them out then, but for Recording.
    std::optional<std::vector<quint64>> messages = {};
    QHash<ChannelId, const decode::Decoder *> decoders = {}; ///< Wireshark: what somebody chose; others are guessed
    bool stamped = false; ///< Text: time, stream and process before each line
    bool events = true; ///< JsonLines: also what happened to processes
};

/// What came of it.
struct ExportReport {
    quint64 records = 0; ///< that were written: output, and events where the format holds them
    quint64 bytes = 0; ///< of the result
    quint64 lostRecords = 0; ///< of the chosen channels, that had been given up
    quint64 lostBytes = 0;
    OpenReport file = {}; ///< whether the recording's end was torn
    bool withoutTerminal = false; ///< Asciicast: made of pipes, since the command had no terminal
    bool cancelled = false;
};

/// What the one who waits can do and hear. Both are used in the thread of the export.
struct ExportControl {
    const std::atomic<bool> *cancelled = nullptr;
    std::function<void(double part)> progress = {}; ///< 0 … 1, about ten times a second
};

/// Returns when a recording that is opened in the background has been read; false: cancelled meanwhile. Not for the GUI thread.
bool waitUntilRead(const Journal &journal, const ExportControl &control);

/// Writes what can be read now to the sink, which is open, in pieces of about 256 KiB. Waits for a recording that is opened in
/// the background: not for the GUI thread. O(n); memory does not grow with the output. An error with code InvalidArgument says
/// that the request does not fit the recording.
Result<ExportReport> exportRecording(
    const Journal &journal, const ExportRequest &request, QIODevice &sink, const ExportControl &control = {});

/// The same, to a file with mode 0600 that appears under its name when it is whole. After an error, or cancelled, there is none.
Result<ExportReport> exportRecordingTo(
    const QString &path, const Journal &journal, const ExportRequest &request, const ExportControl &control = {});

} // namespace forkscope
