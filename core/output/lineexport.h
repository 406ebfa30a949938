// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/output/backgroundjob.h"
#include "core/output/linefilter.h"
#include "core/output/lineformat.h"

#include <QObject>

#include <memory>

namespace forkscope {

/// A stretch of lines: numbers in the index, and bytes of the first and last line.
struct LineRange {
    quint64 firstLine = 0;
    quint32 firstByte = 0;
    quint64 lastLine = 0;
    quint32 endByte = 0; ///< of the last line, exclusive; more than it has: all of it, with the line feed
};

/// What came of writing lines out.
struct ExportSummary {
    quint64 lines = 0;
    quint64 bytes = 0;
    quint64 lostLines = 0; ///< that were given up since
    bool stopped = false; ///< cancelled, or the limit was reached
};

/// Takes the next bytes; false stops.
using ByteSink = std::function<bool(QByteArrayView bytes, quint64 lines)>;

/// Gives the filter's lines of the range to the sink, in pieces of about 256 KiB, byte for byte. Where a line has no end yet and
/// another one follows, a line feed stands between. In another format every line ends with one. Any thread.
ExportSummary exportLines(
    const LineFilter &filter, const LineRange &range, const ByteSink &sink, LineFormat format = LineFormat::Bytes);

/// Writes lines to a file, or collects them in memory, in a thread. Signals come in the thread of this object.
class LineExport : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// The file appears under its name when all is written; mode 0600. An existing file is replaced then.
    void saveTo(const QString &path, std::shared_ptr<const LineFilter> filter, const LineRange &range, LineFormat format);
    /// At most limit bytes.
    void collect(std::shared_ptr<const LineFilter> filter, const LineRange &range, LineFormat format, quint64 limit);
    /// Waits until the thread has noticed (some milliseconds). No signal comes any more; no file is left.
    void cancel();
    bool isRunning() const { return m_running; }

signals:
    void progressed(int permille); ///< a few times a second
    void saved(const forkscope::ExportSummary &summary);
    void collected(const QByteArray &bytes, const forkscope::ExportSummary &summary);
    void failed(const forkscope::Error &error);

private:
    template<typename Function> void report(quint64 run, Function function);
    ByteSink withProgress(quint64 run, const std::atomic<bool> &cancelled, quint64 lines, ByteSink sink);
    quint64 begin();

    BackgroundJob m_job;
    quint64 m_run = 0; ///< news of earlier runs, still on their way, are dropped
    bool m_running = false;
};

} // namespace forkscope
