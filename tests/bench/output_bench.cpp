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
#include <QTemporaryDir>

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

/// From the first byte appended to the journal until the last line is shown.
void outputPage(benchmark::State &state)
{
    for (auto _ : state) {
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
    }
}

/// The same lines into Qt's own text widget: collected by the thread, appended sixty times a second.
void plainTextEdit(benchmark::State &state)
{
    for (auto _ : state) {
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
        if (outputPageSeconds > 0)
            state.counters["times_output_page"] = seconds / outputPageSeconds;
    }
}

BENCHMARK(outputPage)->Iterations(1)->UseManualTime()->Unit(benchmark::kMillisecond);
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
