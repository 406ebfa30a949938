// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "ui/traffic/recordedstream.h"

#include <QList>
#include <QString>

#include <atomic>

namespace forkscope {

/// How a stream is shown and saved.
enum class StreamFormat : quint8 { Text, Hex, Raw, JsonLines };

/// A stretch of a stream as text.
struct StreamRun {
    bool isBack = false;
    bool isNote = false; ///< not of the stream: what is missing here
    quint64 offset = 0; ///< of its first byte
    QByteArray bytes;
    QString text;
    /// Of this byte of the stream, in text.
    qsizetype positionOf(quint64 byte) const;
};

struct StreamPage {
    quint64 from = 0, end = 0; ///< bytes of the stream
    QList<StreamRun> runs;
};

/// So many bytes of a stream from this one on, as text, as bare hexadecimal digits (Raw), or as JSON lines. Pure but for reading.
StreamPage streamPage(const RecordedStream &stream, StreamWay way, quint64 from, quint64 length, StreamFormat format);

/// Where these bytes come next, from this place on (or before it); nothing: nowhere. ASCII letters whatever their case, unless
/// it matters.
std::optional<quint64> findInStream(const RecordedStream &stream, StreamWay way, const QByteArray &wanted, bool caseMatters,
    quint64 from, bool backwards, const std::atomic<bool> &cancelled);

/// Writes all of it, 0600: text and raw byte for byte, hex as lines with offsets, JSON lines. How many bytes of the stream.
Result<quint64> saveStream(const RecordedStream &stream, StreamWay way, StreamFormat format, const QString &path,
    const std::atomic<bool> &cancelled, std::atomic<double> &done);

} // namespace forkscope
