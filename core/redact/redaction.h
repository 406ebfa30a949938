// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/export/exportrecording.h"
#include "core/redact/maskpattern.h"

#include <QSet>

namespace forkscope {

/// What is taken out of a copy before it is given to others.
struct RedactionRequest {
    bool stripPayload = false; ///< replace all bytes of …
    std::optional<QSet<ChannelId>> stripChannels = {}; ///< … these channels; nothing: all. Where times and sizes stay
    QSet<ChannelId> dropChannels = {}; ///< leave out what they carried
    bool stripArguments = false; ///< of command lines: all behind the program
    bool stripDirectories = false; ///< working directories, and the folders in command lines
    bool stripEnvironment = false; ///< values in NAME=VALUE, in command lines and in lines of output
    QList<MaskPattern> patterns = {}; ///< masked in output, command lines, paths and names

    bool changesNothing() const
    {
        return !stripPayload && dropChannels.isEmpty() && !stripArguments && !stripDirectories && !stripEnvironment
            && patterns.isEmpty();
    }
};

/// What was found, or would be.
struct RedactionReport {
    Redacted summary = {}; ///< as the copy tells it; patterns of one name are one
    /// Where the matches of summary.patterns[i] were.
    struct Places {
        QHash<ChannelId, quint64> channels;
        quint64 events = 0; ///< command lines, paths and names
    };
    QList<Places> places = {};
    /// Text around something that was masked, as it stands in the copy.
    struct Sample {
        ChannelId channel = ChannelId::None; ///< None: an event
        QByteArray text;
    };
    QList<Sample> samples = {}; ///< a few, from different places
    QList<QByteArray> channelNames = {}; ///< of all channels, as they stand in the copy
    quint64 records = 0; ///< in the copy
    quint64 bytes = 0; ///< of the copy; 0 where none was written
    quint64 lostRecords = 0; ///< that had been given up, or were while it was written
    quint64 lostBytes = 0;
    quint64 unassigned = 0; ///< messages of no known channel: left out
    OpenReport file = {}; ///< whether the recording's end was torn
    bool cancelled = false;
};

/// What redactRecordingTo() would do. Writes nothing. Waits for a recording that is opened in the background: not for the GUI
/// thread. O(n); memory does not grow with the output.
Result<RedactionReport> previewRedaction(
    const Journal &journal, const RedactionRequest &request, const ExportControl &control = {});

/// Writes a copy of what can be read now, in order and without gaps, with mode 0600; it appears under its name when it is whole.
/// After an error, or cancelled, there is none. Numbers and times of records, and the numbers of channels, stay as they are.
/// The last event of the copy is a Redacted. An error (InvalidArgument) where the path is that of the recording.
Result<RedactionReport> redactRecordingTo(
    const QString &path, const Journal &journal, const RedactionRequest &request, const ExportControl &control = {});

} // namespace forkscope
