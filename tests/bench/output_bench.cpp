// SPDX-License-Identifier: GPL-3.0-or-later
// Without arguments all tables; else those that are named: append paced line less find.
#include "core/output/linefilter.h"
#include "tests/bench/outputruns.h"

#include <QProcess>
#include <QThread>

#include <cstdio>

using namespace outputruns;

namespace {

/// In turns, so that whatever else the machine does hits both alike; medians.
void appending()
{
    constexpr int kRounds = 5;
    std::vector<double> wall[2], cpu[2], heap[2], gap[2], wallRatio, cpuRatio;
    for (int round = 0; round < kRounds; ++round) {
        const Cost costs[2] = {intoOutputPage(), intoPlainTextEdit()};
        for (int i = 0; i < 2; ++i) {
            wall[i].push_back(costs[i].seconds * 1e3);
            cpu[i].push_back(costs[i].cpuSeconds * 1e3);
            heap[i].push_back(costs[i].heapMiB);
            gap[i].push_back(costs[i].worstGapMs);
        }
        wallRatio.push_back(costs[1].seconds / costs[0].seconds);
        cpuRatio.push_back(costs[1].cpuSeconds / costs[0].cpuSeconds);
    }
    std::printf("1,000,000 lines of 100 bytes (%d rounds in turns, medians)\n", kRounds);
    std::printf("%-16s %10s %10s %10s %14s\n", "", "wall ms", "CPU ms", "heap MiB", "longest gap ms");
    const char *const names[] = {"output page", "QPlainTextEdit"};
    for (int i = 0; i < 2; ++i)
        std::printf(
            "%-16s %10.0f %10.0f %10.1f %14.1f\n", names[i], median(wall[i]), median(cpu[i]), median(heap[i]), median(gap[i]));
    std::printf("%-16s %9.1fx %9.1fx %9.1fx   (demanded: 20x the time, 4x the memory)\n\n", "", median(wallRatio),
        median(cpuRatio), median(heap[1]) / median(heap[0]));
}

/// 200 MB/s for some seconds, into a recording of limited size.
void paced(FrameMeter &application)
{
    constexpr double kRate = 200e6, kSeconds = 6;
    ShownRecording shown(512 * 1024 * 1024);
    application.restart();
    std::atomic<bool> done = false;
    double tookSeconds = 0;
    const Cost cost = measured(
        [&] {
            const auto start = std::chrono::steady_clock::now();
            const auto pieces = quint64(kRate * kSeconds / double(chunk().size()));
            for (quint64 i = 0; i < pieces; ++i) {
                std::this_thread::sleep_until(start + std::chrono::duration<double>(double(i) * double(chunk().size()) / kRate));
                shown.writer->append(shown.out, chunk());
            }
            tookSeconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
            done = true;
        },
        [&] { return done.load(); });
    std::vector<double> wall, cpu;
    for (const FrameMeter::Frame &frame : application.frames) {
        wall.push_back(frame.wallMs);
        cpu.push_back(frame.cpuMs);
    }
    std::sort(wall.begin(), wall.end());
    std::sort(cpu.begin(), cpu.end());
    const auto at = [](const std::vector<double> &values, double share) {
        return values.empty() ? 0 : values[std::min(values.size() - 1, size_t(double(values.size()) * share))];
    };
    std::printf("%.0f MB/s arrive for %.1f s: %zu frames, what the GUI thread does in one (demanded: p99 16 ms)\n",
        kRate * kSeconds / tookSeconds / 1e6, tookSeconds, wall.size());
    std::printf("%-8s %8s %8s %8s\n", "", "p50 ms", "p99 ms", "max ms");
    std::printf("%-8s %8.2f %8.2f %8.2f\n", "wall", at(wall, 0.5), at(wall, 0.99), at(wall, 1));
    std::printf("%-8s %8.2f %8.2f %8.2f\n", "CPU", at(cpu, 0.5), at(cpu, 0.99), at(cpu, 1));
    std::printf("longest gap between turns %.1f ms\n\n", cost.worstGapMs);
}

void longLine()
{
    const Cost cost = oneLongLine(quint64(1) << 30);
    std::printf("one line of 1 GiB: %.2f s until its end is shown, CPU %.2f s, heap %.1f MiB, longest gap %.1f ms\n\n",
        cost.seconds, cost.cpuSeconds, cost.heapMiB, cost.worstGapMs);
}

double secondsOf(const QString &command)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("TERM"), QStringLiteral("xterm"));
    environment.insert(QStringLiteral("LESS"), {});
    process.setProcessEnvironment(environment);
    process.setStandardInputFile(QProcess::nullDevice());
    QElapsedTimer clock;
    clock.start();
    process.start(QStringLiteral("script"), {QStringLiteral("-qec"), command, QStringLiteral("/dev/null")});
    if (!process.waitForFinished() || process.exitCode() != 0)
        std::printf("(`%s` failed: %s)\n", qPrintable(command), process.readAll().constData());
    return double(clock.nsecsElapsed()) / 1e9;
}

/// From the file to its last line on the screen: less, in a terminal that script(1) makes, against a recording of the same bytes.
void againstLess()
{
    QTemporaryDir dir;
    const QString text = dir.filePath(QStringLiteral("bench.txt"));
    const QString recording = dir.filePath(QStringLiteral("bench.pcapng"));
    {
        QFile file(text);
        auto writer = std::move(JournalWriter::create(recording).value());
        const ChannelId out
            = writer->openChannel({ChannelId::None, ChannelKind::StandardOutput, LaunchId(1), {1, 1}, "stdout bench(1)"});
        if (!file.open(QIODevice::WriteOnly))
            return;
        produceLines([&](QByteArrayView bytes) {
            writer->append(out, bytes);
            file.write(bytes.data(), bytes.size());
        });
    }
    std::vector<double> less, numbered, nothing, ours;
    for (int round = 0; round < 7; ++round) {
        nothing.push_back(secondsOf(QStringLiteral("true")));
        less.push_back(secondsOf(QStringLiteral("less -n -E +G '%1'").arg(text)));
        numbered.push_back(secondsOf(QStringLiteral("less -N -E +G '%1'").arg(text)));
        QElapsedTimer clock;
        clock.start();
        auto journal = std::move(Journal::openInBackground(recording).value());
        LineIndex index(*journal);
        OutputPage page;
        page.resize(1280, 720);
        page.setSource(&index);
        page.show();
        QEventLoop loop;
        QTimer check;
        QObject::connect(&check, &QTimer::timeout, &loop, [&] {
            if (page.view()->shownCount() == kLines)
                loop.quit();
        });
        check.start(1);
        loop.exec();
        page.repaint();
        ours.push_back(double(clock.nsecsElapsed()) / 1e9);
    }
    std::printf("100 MB opened, last line shown (7 rounds in turns, medians)\n");
    std::printf("%-44s %8.1f ms\n", "script(1) alone", median(nothing) * 1e3);
    std::printf("%-44s %8.1f ms\n", "less -n +G, in it", median(less) * 1e3);
    std::printf("%-44s %8.1f ms\n", "less -N +G (it counts the lines as we do)", median(numbered) * 1e3);
    std::printf("%-44s %8.1f ms\n\n", "a recording in the output page", median(ours) * 1e3);
}

/// A rare text in ten million lines of ten processes, read by every processor; beside it grep over the same bytes in a file.
void finding()
{
    constexpr quint64 kSearched = 10'000'000;
    QTemporaryDir dir;
    auto writer = std::move(JournalWriter::create(dir.filePath(QStringLiteral("bench.pcapng"))).value());
    QFile text(dir.filePath(QStringLiteral("bench.txt")));
    if (!text.open(QIODevice::WriteOnly))
        return;
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
    std::vector<double> ours, grep;
    for (int round = 0; round < 5; ++round) {
        QElapsedTimer clock;
        clock.start();
        const LineFilter filter(index, {.launches = {}, .text = SearchQuery{QStringLiteral("error")}});
        while (filter.examined() < kSearched)
            QThread::usleep(200);
        ours.push_back(double(clock.nsecsElapsed()) / 1e9);
        if (filter.count() != kSearched / 100'000)
            qFatal("not all lines were found");
        clock.restart();
        QProcess process;
        process.start(QStringLiteral("grep"), {QStringLiteral("-ci"), QStringLiteral("error"), text.fileName()});
        process.waitForFinished();
        grep.push_back(double(clock.nsecsElapsed()) / 1e9);
    }
    std::printf(
        "a rare text in 10,000,000 lines of ten processes: %.0f ms; grep -ci over the same bytes %.0f ms (medians of 5)\n\n",
        median(ours) * 1e3, median(grep) * 1e3);
}

} // namespace

int main(int argc, char **argv)
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    FrameMeter application(argc, argv);
    const QStringList named = QCoreApplication::arguments().mid(1);
    const auto wanted = [&](const char *name) { return named.isEmpty() || named.contains(QLatin1String(name)); };
    if (wanted("append"))
        appending();
    if (wanted("paced"))
        paced(application);
    if (wanted("line"))
        longLine();
    if (wanted("less"))
        againstLess();
    if (wanted("find"))
        finding();
    return 0;
}
