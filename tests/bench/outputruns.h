// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/journalwriter.h"
#include "core/output/lineindex.h"
#include "core/output/linescanner.h"
#include "tests/gui/stallmeter.h"
#include "ui/output/outputpage.h"
#include "ui/output/outputview.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QPlainTextEdit>
#include <QTemporaryDir>

#include <malloc.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <mutex>
#include <thread>

/// Output that arrives while a page is shown, and what that costs.
namespace outputruns {

using namespace forkscope;

constexpr quint64 kLines = 1'000'000;
constexpr quint64 kLineBytes = 100;
constexpr qsizetype kChunkLines = 640; // 64 KiB, as a pipe brings them

struct Cost {
    double seconds = 0;
    double cpuSeconds = 0; ///< of all threads of the process
    double heapMiB = 0;
    double worstGapMs = 0;
};

inline double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values.empty() ? 0 : values[values.size() / 2];
}

inline const QByteArray &chunk()
{
    static const QByteArray lines = [] {
        QByteArray bytes;
        for (int i = 0; i < kChunkLines; ++i)
            bytes += QByteArray(kLineBytes - 1, char('a' + i % 26)) + '\n';
        return bytes;
    }();
    return lines;
}

inline double cpuSeconds()
{
    rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval &time) { return double(time.tv_sec) + double(time.tv_usec) / 1e6; };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

/// What was allocated and not yet freed. A recording's payload is not among it: that is in its file, which is mapped.
inline double heapMiB()
{
    const struct mallinfo2 info = mallinfo2();
    return double(info.uordblks + info.hblkhd) / 1048576;
}

/// A recording and a page that shows it.
struct ShownRecording {
    explicit ShownRecording(quint64 sizeLimit = 0)
    {
        writer = std::move(JournalWriter::create(dir.filePath(QStringLiteral("bench.pcapng")), {sizeLimit}).value());
        out = writer->openChannel({ChannelId::None, ChannelKind::StandardOutput, LaunchId(1), {1, 1}, "stdout bench(1)"});
        index = std::make_unique<LineIndex>(writer->journal());
        page = std::make_unique<OutputPage>();
        page->resize(1280, 720);
        page->setSource(index.get());
        page->show();
    }

    QTemporaryDir dir;
    std::unique_ptr<JournalWriter> writer;
    ChannelId out = ChannelId::None;
    std::unique_ptr<LineIndex> index;
    std::unique_ptr<OutputPage> page; // first to go
};

/// Produces in another thread, and waits until `arrived`.
template<typename Produce, typename Arrived> Cost measured(Produce produce, Arrived arrived)
{
    StallMeter meter;
    QElapsedTimer clock;
    const double cpuBefore = cpuSeconds();
    clock.start();
    std::thread thread(produce);
    if (!meter.runUntil(arrived, 120'000))
        qFatal("the lines did not arrive");
    Cost cost;
    cost.seconds = double(clock.nsecsElapsed()) / 1e9;
    cost.cpuSeconds = cpuSeconds() - cpuBefore;
    thread.join();
    meter.stop();
    cost.worstGapMs = meter.worstMs();
    return cost;
}

template<typename Take> void produceLines(Take take)
{
    for (quint64 left = kLines; left > 0;) {
        const quint64 lines = std::min<quint64>(left, kChunkLines);
        take(QByteArrayView(chunk()).first(qsizetype(lines * kLineBytes)));
        left -= lines;
    }
}

/// From the first byte appended to the journal until the last line is shown.
inline Cost intoOutputPage()
{
    const double heapBefore = heapMiB();
    ShownRecording shown;
    Cost cost = measured([&] { produceLines([&](QByteArrayView bytes) { shown.writer->append(shown.out, bytes); }); },
        [&] { return shown.page->view()->shownCount() == kLines; });
    cost.heapMiB = heapMiB() - heapBefore;
    return cost;
}

/// The same lines into Qt's own text widget: collected by the thread, appended sixty times a second.
inline Cost intoPlainTextEdit()
{
    const double heapBefore = heapMiB();
    QPlainTextEdit edit;
    edit.setReadOnly(true);
    edit.setUndoRedoEnabled(false);
    edit.setLineWrapMode(QPlainTextEdit::NoWrap);
    edit.resize(1280, 720);
    edit.show();
    std::mutex mutex;
    QByteArray waiting;
    quint64 shown = 0;
    QTimer frame;
    QObject::connect(&frame, &QTimer::timeout, &edit, [&] {
        QByteArray batch;
        {
            const std::scoped_lock lock(mutex);
            batch.swap(waiting);
        }
        if (batch.isEmpty())
            return;
        shown += quint64(batch.count('\n'));
        batch.chop(1); // appendPlainText() begins a line of its own
        edit.appendPlainText(QString::fromUtf8(batch));
    });
    frame.start(16);
    Cost cost = measured(
        [&] {
            produceLines([&](QByteArrayView bytes) {
                const std::scoped_lock lock(mutex);
                waiting.append(bytes);
            });
        },
        [&] { return shown == kLines; });
    cost.heapMiB = heapMiB() - heapBefore;
    return cost;
}

/// A line that never ends: 1 GiB without a line feed. It is cut into pieces, which are shown as they come.
inline Cost oneLongLine(quint64 bytes)
{
    const double heapBefore = heapMiB();
    ShownRecording shown;
    const QByteArray piece(64 * 1024, 'x');
    Cost cost = measured(
        [&] {
            for (quint64 left = bytes; left > 0; left -= quint64(piece.size()))
                shown.writer->append(shown.out, piece);
        },
        [&] { return shown.page->view()->shownCount() >= bytes / kMaxLineBytes; });
    cost.heapMiB = heapMiB() - heapBefore;
    return cost;
}

/// Sums up what the GUI thread does between two looks of a view for new lines: reading, laying out, painting.
class FrameMeter : public QApplication
{
public:
    using QApplication::QApplication;

    struct Frame {
        double wallMs = 0;
        double cpuMs = 0; ///< of the GUI thread: without the time that other programs took from it
    };
    std::vector<Frame> frames;

    void restart()
    {
        frames.clear();
        m_current = {};
    }

    bool notify(QObject *receiver, QEvent *event) override
    {
        if (m_depth > 0)
            return QApplication::notify(receiver, event);
        if (event->type() == QEvent::Timer && qobject_cast<OutputView *>(receiver) && m_current.wallMs > 0)
            frames.push_back(std::exchange(m_current, {}));
        ++m_depth;
        const auto wall = std::chrono::steady_clock::now();
        const double cpu = threadMs();
        const bool result = QApplication::notify(receiver, event);
        m_current.cpuMs += threadMs() - cpu;
        m_current.wallMs += std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - wall).count();
        --m_depth;
        return result;
    }

private:
    static double threadMs()
    {
        timespec time;
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
    }

    Frame m_current;
    int m_depth = 0;
};

} // namespace outputruns
