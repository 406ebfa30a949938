// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/journalwriter.h"
#include "tests/gui/stallmeter.h"
#include "ui/mainwindow.h"
#include "ui/monitor/processmodel.h"
#include "ui/output/outputpage.h"
#include "ui/output/outputview.h"
#include "ui/recording/playback.h"

#include <benchmark/benchmark.h>

#include <QApplication>
#include <QElapsedTimer>
#include <QTemporaryDir>

#include <random>

using namespace forkscope;

namespace {

constexpr int kRecords = 10'000'000;
constexpr int kJumps = 300;

double percentile(std::vector<double> values, double share)
{
    std::sort(values.begin(), values.end());
    return values[std::min(values.size() - 1, size_t(double(values.size()) * share))];
}

/// Lines of a thousand processes, born one after another, up to a hundred of which live and are sampled.
void write(const QString &path)
{
    const auto writer = std::move(JournalWriter::create(path)).value();
    const ChannelId out = writer->openChannel({ChannelId::None, ChannelKind::StandardOutput, LaunchId(1), {1, 1}, "bench"});
    const QByteArray line = QByteArray(99, 'x') + '\n';
    ProcessStarted started;
    started.launch = LaunchId(1);
    for (int i = 0; i < kRecords; ++i) {
        if (i % 10'000 == 0) {
            const int process = i / 10'000 + 1;
            started.process = {process, 1};
            started.ancestor = process > 1 ? ProcessKey{1, 1} : ProcessKey();
            started.name = "p" + QByteArray::number(process);
            writer->append(started);
            if (process > 101)
                writer->append(ProcessExited{{process - 100, 1}, {ExitStatus::Kind::Exited, 0, false}});
        }
        if (i % 1000 == 0) {
            ProcessesSampled sampled;
            const int last = i / 10'000 + 1;
            for (int process = std::max(1, last - 100); process <= last; ++process)
                sampled.samples.append({{process, 1}, 1, 'R', 1, i, i, 10});
            writer->append(sampled);
        }
        writer->append(out, line);
    }
}

/// A jump to a random moment of a closed recording in its window: what the GUI thread does at once, until the processes of the
/// moment are there, and the longest that it was away from its events meanwhile.
void jump(benchmark::State &state)
{
    QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("bench.pcapng"));
    write(path);
    MainWindow window(std::move(Journal::openInBackground(path)).value());
    window.resize(1280, 720);
    window.show();
    Playback &playback = *window.playback();
    {
        StallMeter meter;
        meter.runUntil(
            [&] {
                return window.journal().isWholeFileRead() && playback.timeline().position() == window.journal().recordCount()
                    && window.output()->view()->shownCount() == quint64(kRecords);
            },
            300'000);
        meter.stop();
        state.counters["reading_worst_gap_ms"] = meter.worstMs();
    }
    std::mt19937_64 random(1);
    const auto span = quint64(playback.endNs() - playback.startNs());
    for (auto _ : state) {
        std::vector<double> seeks, complete, gaps;
        for (int i = 0; i < kJumps; ++i) {
            StallMeter meter;
            QElapsedTimer clock;
            clock.start();
            playback.seek(playback.startNs() + qint64(random() % span));
            window.output()->view()->viewport()->repaint();
            seeks.push_back(double(clock.nsecsElapsed()) / 1e6);
            while (window.processes().momentNs() != playback.moment())
                QApplication::processEvents(QEventLoop::WaitForMoreEvents, 100);
            complete.push_back(double(clock.nsecsElapsed()) / 1e6);
            QApplication::processEvents();
            meter.stop();
            gaps.push_back(meter.worstMs());
        }
        state.SetIterationTime(percentile(seeks, 0.5) / 1e3);
        state.counters["seek_p50_ms"] = percentile(seeks, 0.5);
        state.counters["seek_p99_ms"] = percentile(seeks, 0.99);
        state.counters["all_views_p50_ms"] = percentile(complete, 0.5);
        state.counters["all_views_p99_ms"] = percentile(complete, 0.99);
        state.counters["gap_p50_ms"] = percentile(gaps, 0.5);
        state.counters["gap_p99_ms"] = percentile(gaps, 0.99);
    }
}

BENCHMARK(jump)->Iterations(1)->UseManualTime()->Unit(benchmark::kMillisecond);

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
