// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/traffic/channelfigures.h"
#include "ui/widgets/status.h"

#include <QCoreApplication>

namespace forkscope {

/// What is said of channels between processes. Pure.
class ChannelWords
{
    Q_DECLARE_TR_FUNCTIONS(ChannelWords)

public:
    static QString kind(ChannelKind kind); ///< "pipe"
    /// "pipe 3"; of a named pipe with its name, "pipe 3 (numbers)".
    static QString title(const ChannelInfo &info);
    static QString givenName(const ChannelInfo &info); ///< of a named pipe; empty: it has none
    static QString name(const ChannelFigures &figures); ///< as the recording calls it; else "pipe 3"
    static QString party(const ChannelParty &party); ///< "sort 4711 · fd 0"
    static QString parties(const QList<ChannelParty> &parties); ///< "sort 4711 · fd 0 +2"; "unknown"
    static QString ends(const ChannelFigures &figures); ///< "yes 11 → head 12"
    /// "1.2 MiB of 2 MiB", "3 of 4 messages"; empty: nobody looked.
    static QString queued(const ChannelFigures &figures);
    /// "sort waits for a place, 1.2 s"; empty: nobody that is known of.
    static QString waiting(const ChannelFigures &figures);
    static QString bytes(quint64 bytes);
    static QString rate(double bytesPerSecond); ///< "1.2 MiB/s"
    static QString state(const ChannelFigures &figures); ///< "open", "closed", "closed by an error"
    static Status status(const ChannelFigures &figures);
    /// In what a link is not plain: "paused, 10 kB/s at most"; empty: it is.
    static QString settings(const LinkSettings &settings);
    /// What was done: "paused", "28 B added".
    static QString intervention(const Intervened &what);
    /// What is known of how long something waits in it.
    static QString latencyNote(ChannelKind kind);
};

} // namespace forkscope
