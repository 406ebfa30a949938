// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/output/lineexport.h"

#include "core/output/linereader.h"

#include <QSaveFile>

#include <chrono>

namespace forkscope {

using namespace std::chrono_literals;

ExportSummary exportLines(const LineFilter &filter, const LineRange &range, const ByteSink &sink, LineFormat format)
{
    static constexpr qsizetype kPiece = 256 * 1024;
    ExportSummary summary;
    LineReader reader(filter.index());
    QByteArray piece;
    piece.reserve(kPiece + 128 * 1024);
    LineFormatter formatter(filter.index().journal(), format);
    piece += formatter.head();
    auto before = LineText::End::LineFeed;
    auto beforeChannel = ChannelId::None;
    const auto flush = [&] {
        reader.release(); // the sink may take its time
        summary.bytes += quint64(piece.size());
        summary.stopped = !sink(piece, summary.lines);
        piece.resize(0);
        return !summary.stopped;
    };

    const quint64 end = filter.count();
    for (quint64 i = filter.positionOf(range.firstLine); i < end; ++i) {
        const quint64 number = filter.line(i);
        if (number > range.lastLine)
            break;
        const LineText line = reader.read(number);
        if (line.isLost()) {
            ++summary.lostLines;
            continue;
        }
        QByteArrayView bytes = line.bytes;
        if (number == range.lastLine)
            bytes = bytes.first(std::min<qsizetype>(bytes.size(), range.endByte));
        if (number == range.firstLine)
            bytes = bytes.sliced(std::min<qsizetype>(bytes.size(), range.firstByte));
        const bool goesOn = before == LineText::End::Cut && line.channel == beforeChannel;
        if (format != LineFormat::Bytes) {
            formatter.append(piece, line, bytes);
        } else {
            if (before != LineText::End::LineFeed && !goesOn && !bytes.isEmpty())
                piece.append('\n');
            piece.append(bytes);
        }
        before = line.end;
        beforeChannel = line.channel;
        ++summary.lines;
        if (piece.size() >= kPiece && !flush())
            return summary;
    }
    piece += formatter.foot();
    flush();
    return summary;
}

quint64 LineExport::begin()
{
    cancel();
    m_running = true;
    return m_run;
}

void LineExport::cancel()
{
    m_job.cancel();
    ++m_run;
    m_running = false;
}

template<typename Function> void LineExport::report(quint64 run, Function function)
{
    QMetaObject::invokeMethod(this, [this, run, function = std::move(function)] {
        if (run == m_run)
            function();
    });
}

ByteSink LineExport::withProgress(quint64 run, const std::atomic<bool> &cancelled, quint64 lines, ByteSink sink)
{
    return [this, run, &cancelled, lines, sink = std::move(sink), last = std::chrono::steady_clock::now()](
               QByteArrayView bytes, quint64 done) mutable {
        const auto now = std::chrono::steady_clock::now();
        if (now - last > 100ms) {
            last = now;
            const int permille = int(std::min<quint64>(done * 1000 / std::max<quint64>(lines, 1), 1000));
            report(run, [this, permille] { emit progressed(permille); });
        }
        return !cancelled && sink(bytes, done);
    };
}

namespace {

quint64 linesIn(const LineFilter &filter, const LineRange &range)
{
    return filter.positionOf(range.lastLine) - filter.positionOf(range.firstLine) + 1;
}

} // namespace

void LineExport::saveTo(const QString &path, std::shared_ptr<const LineFilter> filter, const LineRange &range, LineFormat format)
{
    const quint64 run = begin();
    m_job.start([this, run, path, filter = std::move(filter), range, format](const std::atomic<bool> &cancelled) mutable {
        QSaveFile file(path);
        const auto fail = [&] {
            Error error{ErrorCode::System, 0, tr("save the output"), path, file.errorString()};
            report(run, [this, error] {
                m_running = false;
                emit failed(error);
            });
        };
        // What programs print may be private: nobody else reads it, not even while it is written.
        if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner))
            return fail();
        bool written = true;
        const auto sink = [&](QByteArrayView bytes, quint64) {
            written = file.write(bytes.data(), bytes.size()) == bytes.size();
            return written;
        };
        const ExportSummary summary
            = exportLines(*filter, range, withProgress(run, cancelled, linesIn(*filter, range), sink), format);
        filter.reset(); // before the news: who hears it may take the index away
        if (cancelled)
            return file.cancelWriting();
        if (!written || !file.commit())
            return fail();
        report(run, [this, summary] {
            m_running = false;
            emit saved(summary);
        });
    });
}

void LineExport::collect(std::shared_ptr<const LineFilter> filter, const LineRange &range, LineFormat format, quint64 limit)
{
    const quint64 run = begin();
    m_job.start([this, run, filter = std::move(filter), range, format, limit](const std::atomic<bool> &cancelled) mutable {
        QByteArray collected;
        const auto sink = [&](QByteArrayView bytes, quint64) {
            collected.append(bytes);
            return quint64(collected.size()) <= limit;
        };
        const ExportSummary summary
            = exportLines(*filter, range, withProgress(run, cancelled, linesIn(*filter, range), sink), format);
        filter.reset();
        if (cancelled)
            return;
        report(run, [this, summary, collected] {
            m_running = false;
            emit this->collected(collected, summary);
        });
    });
}

} // namespace forkscope
