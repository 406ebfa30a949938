// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

/// What a process of a playground scene and the process that started it tell each other: CBOR arrays over a duplex connection,
/// the kind first. Whoever sees the end of that connection stops.
namespace forkscope::scenecontrol {

/// To the process.
enum class Command : qint64 {
    Run = 1, ///< go on at your own pace
    Pause, ///< [serial]: AtRest with that serial is the answer
    Permit, ///< [serial]: one operation, although paused; then AtRest
    Settings, ///< [map]: the keys below
    Inject, ///< [bytes]: send this between your own messages; Injected is the answer
    End, ///< after what you are doing
};

/// From the process.
enum class Report : qint64 {
    AtRest = 1, ///< [serial, whether the next operation sends]: it does nothing until it is told to
    /// [[[operation, number, startNs, endNs, size, first bytes, by hand]…], and left out of it: sent, received, bytes received]:
    /// at the end of a pipe
    Messages,
    Injected, ///< [whether it was sent]: not, where it is blocked
};

inline constexpr char kRate[] = "rate"; ///< operations a second; 0: as fast as can be
inline constexpr char kSize[] = "size"; ///< bytes of a message
inline constexpr char kCount[] = "count"; ///< messages, then the process ends; 0: no end
inline constexpr char kDies[] = "dies"; ///< that end is a SIGKILL
inline constexpr char kPayload[] = "payload"; ///< "text", "json" or "cbor"
inline constexpr char kPriority[] = "priority"; ///< only in a priority queue
inline constexpr char kOrdered[] = "ordered"; ///< whether it is one
inline constexpr char kDuplex[] = "duplex"; ///< the receiver of a pipe answers

/// Bytes of a message that a Messages report has.
inline constexpr qsizetype kPrefix = 4096;

} // namespace forkscope::scenecontrol
