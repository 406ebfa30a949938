// SPDX-License-Identifier: GPL-3.0-or-later
// Without arguments: the table of ratios (journaltable.h). With --records N: the same for a recording of N records. With options
// of Google Benchmark: single figures, as below.
//
// What an append costs, against the copy that cannot be avoided: memcpy into memory that was allocated and touched before.
// Both walk through a buffer of the same size, so that both miss the caches alike.
#include "core/journal/journalwriter.h"
#include "tests/bench/journaltable.h"

#include <benchmark/benchmark.h>

#include <QDir>
#include <QFile>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <vector>

using namespace forkscope;

namespace {

constexpr quint64 kRing = 256 * 1024 * 1024;

QString scratchFile()
{
    return QDir::tempPath() + QStringLiteral("/forkscope-journal-bench.pcapng");
}

void Memcpy(benchmark::State &state)
{
    const auto size = size_t(state.range(0));
    const std::vector<char> message(size, 'x');
    static std::vector<char> ring(kRing, 1);
    size_t at = 0;
    for (auto _ : state) {
        if (at + size > ring.size())
            at = 0;
        std::memcpy(ring.data() + at, message.data(), size);
        benchmark::ClobberMemory();
        at += size;
    }
    state.SetBytesProcessed(qint64(state.iterations()) * qint64(size));
}

/// limit: 256 MiB shows recycling, 0 a file that grows all the time.
void append(benchmark::State &state, quint64 limit)
{
    auto writer = JournalWriter::create(scratchFile(), {limit});
    if (!writer) {
        state.SkipWithError(qPrintable(errorText(writer.error())));
        return;
    }
    JournalWriter &journal = *writer.value();
    const ChannelId channel = journal.openChannel({ChannelId::None, ChannelKind::StandardOutput, LaunchId(1), {1, 1}, "bench"});
    const QByteArray message(state.range(0), 'x');
    if (limit) // until every slot has been used once
        for (quint64 filled = 0; filled < limit + limit / 4; filled += 256 * 1024)
            journal.append(channel, QByteArray(256 * 1024, 'x'));
    for (auto _ : state)
        benchmark::DoNotOptimize(journal.append(channel, message));
    state.SetBytesProcessed(qint64(state.iterations()) * message.size());
    QFile::remove(scratchFile());
}

void AppendRecycling(benchmark::State &state)
{
    append(state, kRing);
}

void AppendGrowing(benchmark::State &state)
{
    append(state, 0);
}

} // namespace

BENCHMARK(Memcpy)->Arg(100)->Arg(1024)->Arg(65536)->UseRealTime();
BENCHMARK(AppendRecycling)->Arg(100)->Arg(1024)->Arg(65536)->UseRealTime();
BENCHMARK(AppendGrowing)->Arg(100)->Arg(1024)->Arg(65536)->UseRealTime()->Iterations(20000);

int main(int argc, char **argv)
{
    const bool sized = argc == 3 && std::strcmp(argv[1], "--records") == 0;
    if (argc == 1 || sized) {
        journaltable::appending(QDir::tempPath());
        journaltable::opening(QDir::tempPath(), sized ? std::max(1000, std::atoi(argv[2])) : 10'000'000);
        return 0;
    }
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv))
        return 1;
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
