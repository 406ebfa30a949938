// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/journalwriter.h"
#include "core/output/lineindex.h"
#include "tests/gui/stallmeter.h"
#include "ui/output/outputpage.h"
#include "ui/output/outputview.h"

#include <benchmark/benchmark.h>

#include <QApplication>
#include <QElapsedTimer>
#include <QPlainTextEdit>
#include <QProcess>
#include <QTemporaryDir>
#include <QThread>

#include <malloc.h>
#include <mutex>
#include <thread>

using namespace forkscope;

namespace {

constexpr quint64 kLines = 1'000'000;
constexpr qsizetype kChunkLines = 640; // 64 KiB, as a pipe brings them

const QByteArray &chunk()
{
    static const QByteArray lines = [] {
        QByteArray bytes;
        for (int i = 0; i < kChunkLines; ++i)
            bytes += QByteArray(99, char('a' + i % 26)) + '\n';
        return bytes;
    }();
    return lines;
}

/// Calls produce with pieces of kLines lines in all, from another thread.
template<typename Produce> std::thread producer(Produce produce)
{
    return std::thread([produce] {
        for (quint64 left = kLines; left > 0;) {
            const quint64 lines = std::min<quint64>(left, kChunkLines);
            produce(QByteArrayView(chunk()).first(qsizetype(lines) * 100));
            left -= lines;
        }
    });
}

void report(benchmark::State &state, StallMeter &meter, double seconds)
{
    meter.stop();
    state.SetIterationTime(seconds);
    state.counters["worst_gap_ms"] = meter.worstMs();
    state.counters["p99_gap_ms"] = meter.percentileMs(0.99);
    state.counters["lines_per_s"] = double(kLines) / seconds;
}

double outputPageSeconds = 0;
double outputPageHeap = 0;

/// What was allocated and not yet freed. A recording's payload is not among it: that is in its file, which is mapped.
double heapBytes()
{
    const struct mallinfo2 info = mallinfo2();
    return double(info.uordblks) + double(info.hblkhd);
}

/// From the first byte appended to the journal until the last line is shown.
void outputPage(benchmark::State &state)
{
    for (auto _ : state) {
        const double heapBefore = heapBytes();
        QTemporaryDir dir;
        auto writer = std::move(JournalWriter::create(dir.filePath(QStringLiteral("bench.pcapng"))).value());
        const ChannelId out
            = writer->openChannel({ChannelId::None, ChannelKind::StandardOutput, LaunchId(1), {1, 1}, "stdout bench(1)"});
        LineIndex index(writer->journal());
        OutputPage page;
        page.resize(1280, 720);
        page.setSource(&index);
        page.show();
        StallMeter meter;
        QElapsedTimer clock;
        clock.start();
        std::thread thread = producer([&](QByteArrayView bytes) { writer->append(out, bytes); });
        if (!meter.runUntil([&] { return page.view()->shownCount() == kLines; }, 120'000))
            state.SkipWithError("the lines did not arrive");
        outputPageSeconds = double(clock.nsecsElapsed()) / 1e9;
        thread.join();
        report(state, meter, outputPageSeconds);
        outputPageHeap = heapBytes() - heapBefore;
        state.counters["heap_MiB"] = outputPageHeap / 1048576;
    }
}

/// The same lines into Qt's own text widget: collected by the thread, appended sixty times a second.
void plainTextEdit(benchmark::State &state)
{
    for (auto _ : state) {
        const double heapBefore = heapBytes();
        QPlainTextEdit edit;
        edit.setReadOnly(true);
        edit.setUndoRedoEnabled(false);
        edit.setLineWrapMode(QPlainTextEdit::NoWrap);
        edit.resize(1280, 720);
        edit.show();
        std::mutex mutex;
        QByteArray waiting;
        quint64 shown = 0;
        StallMeter meter;
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
        QElapsedTimer clock;
        clock.start();
        std::thread thread = producer([&](QByteArrayView bytes) {
            const std::scoped_lock lock(mutex);
            waiting.append(bytes);
        });
        if (!meter.runUntil([&] { return shown == kLines; }, 120'000))
            state.SkipWithError("the lines did not arrive");
        const double seconds = double(clock.nsecsElapsed()) / 1e9;
        thread.join();
        report(state, meter, seconds);
        const double heap = heapBytes() - heapBefore;
        state.counters["heap_MiB"] = heap / 1048576;
        if (outputPageSeconds > 0) {
            state.counters["times_output_page"] = seconds / outputPageSeconds;
            state.counters["times_heap"] = heap / outputPageHeap;
        }
    }
}

/// A rare text in ten million lines of ten processes, read by every processor; beside it grep over the same bytes in a file.
void findInAllOutput(benchmark::State &state)
{
    constexpr quint64 kSearched = 10'000'000;
    QTemporaryDir dir;
    auto writer = std::move(JournalWriter::create(dir.filePath(QStringLiteral("bench.pcapng"))).value());
    QFile text(dir.filePath(QStringLiteral("bench.txt")));
    if (!text.open(QIODevice::WriteOnly))
        return state.SkipWithError("no place for the text");
    QList<ChannelId> channels;
    for (quint32 i = 1; i <= 10; ++i)
        channels += writer->openChannel({ChannelId::None, ChannelKind::StandardOutput, LaunchId(i), {int(i), 1}, "stdout bench"});
    LineIndex index(writer->journal());
    for (quint64 line = 0; line < kSearched;) {
        QByteArray bytes;
        for (int i = 0; i < 1000; ++i, ++line) {
            bytes += "2026-01-01 12:00:00 INFO request " + QByteArray::number(line)
                + (line % 100'000 == 7 ? " ended in an Error\n" : " was answered\n");
        }
        writer->append(channels[qsizetype(line / 1000 % 10)], bytes);
        text.write(bytes);
    }
    text.close();
    while (index.lineCount() < kSearched)
        QThread::msleep(10);
    for (auto _ : state) {
        QElapsedTimer clock;
        clock.start();
        const LineFilter filter(index, {.launches = {}, .text = SearchQuery{QStringLiteral("error")}});
        while (filter.examined() < kSearched)
            QThread::usleep(200);
        const double seconds = double(clock.nsecsElapsed()) / 1e9;
        if (filter.count() != kSearched / 100'000)
            state.SkipWithError("not all lines were found");
        state.SetIterationTime(seconds);
        clock.restart();
        QProcess grep;
        grep.start(QStringLiteral("grep"), {QStringLiteral("-ci"), QStringLiteral("error"), text.fileName()});
        grep.waitForFinished();
        state.counters["lines_per_s"] = double(kSearched) / seconds;
        state.counters["grep_times"] = double(clock.nsecsElapsed()) / 1e9 / seconds;
    }
}

BENCHMARK(outputPage)->Iterations(1)->UseManualTime()->Unit(benchmark::kMillisecond);
BENCHMARK(findInAllOutput)->Iterations(5)->UseManualTime()->Unit(benchmark::kMillisecond);
BENCHMARK(plainTextEdit)->Iterations(1)->UseManualTime()->Unit(benchmark::kMillisecond);

} // namespace

int main(int argc, char **argv)
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
