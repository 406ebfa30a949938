// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/journalwriter.h"
#include "core/output/lineindex.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <thread>
#include <unistd.h>
#include <vector>

/// The ratios that are demanded of the journal, measured in one run: each round does every kind once, medians are printed.
namespace forkscope::journaltable {

inline constexpr quint64 kRing = 256 * 1024 * 1024;

inline double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

template<typename F> double secondsOf(F function)
{
    QElapsedTimer timer;
    timer.start();
    function();
    return double(timer.nsecsElapsed()) / 1e9;
}

/// ns per message: all three walk through the same number of bytes, again and again.
inline void appending(const QString &folder)
{
    constexpr int kRounds = 7;
    std::vector<char> ring(kRing, 1);
    const QString file = folder + QStringLiteral("/forkscope-bench-append");
    const int plain
        = ::open(QFile::encodeName(file + QStringLiteral(".plain")).constData(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    auto writer = JournalWriter::create(file, {kRing});
    if (plain < 0 || !writer)
        qFatal("cannot write to %s", qPrintable(folder));
    JournalWriter &journal = *writer.value();
    const ChannelId channel = journal.openChannel({ChannelId::None, ChannelKind::StandardOutput, LaunchId(1), {1, 1}, "bench"});
    const QByteArray large(64 * 1024, 'x');
    for (quint64 at = 0; at < kRing; at += quint64(large.size())) { // until every place has been used once
        journal.append(channel, large);
        journal.append(channel, large);
        (void)!pwrite(plain, large.constData(), size_t(large.size()), off_t(at));
    }
    std::printf("%-10s %12s %12s %12s %18s %18s\n", "message", "memcpy ns", "write(2) ns", "append ns", "memcpy : append",
        "write : append");
    for (const int size : {100, 1024, 64 * 1024}) {
        const QByteArray message(size, 'x');
        const int count = std::min(300'000, int(kRing / 2) / size);
        std::vector<double> copy, write, append;
        quint64 at = 0, offset = 0;
        for (int round = 0; round < kRounds; ++round) {
            copy.push_back(secondsOf([&] {
                for (int i = 0; i < count; ++i, at += quint64(size)) {
                    if (at + quint64(size) > kRing)
                        at = 0;
                    std::memcpy(ring.data() + at, message.constData(), size_t(size));
                    asm volatile("" ::: "memory");
                }
            }));
            write.push_back(secondsOf([&] {
                for (int i = 0; i < count; ++i, offset += quint64(size)) {
                    if (offset + quint64(size) > kRing)
                        offset = 0;
                    (void)!pwrite(plain, message.constData(), size_t(size), off_t(offset));
                }
            }));
            append.push_back(secondsOf([&] {
                for (int i = 0; i < count; ++i)
                    journal.append(channel, message);
            }));
        }
        const auto ns = [count](const std::vector<double> &seconds) { return median(seconds) / count * 1e9; };
        std::printf("%-10d %12.0f %12.0f %12.0f %18.2f %18.2f\n", size, ns(copy), ns(write), ns(append), ns(copy) / ns(append),
            ns(write) / ns(append));
    }
    close(plain);
    QFile::remove(file + QStringLiteral(".plain"));
    QFile::remove(file);
}

/// Of this process, without what is mapped from files.
inline double anonymousBytes()
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (status.open(QIODevice::ReadOnly))
        for (const QByteArray &line : status.readAll().split('\n'))
            if (line.startsWith("RssAnon:"))
                return line.simplified().split(' ').value(1).toDouble() * 1024;
    return 0;
}

/// A recording of many records, in the page cache: until its first lines can be shown, and until all of it is read.
inline void opening(const QString &folder, int records)
{
    const QString file = folder + QStringLiteral("/forkscope-bench-open.pcapng");
    {
        auto writer = JournalWriter::create(file);
        if (!writer)
            qFatal("%s", qPrintable(errorText(writer.error())));
        const ChannelId channel
            = writer.value()->openChannel({ChannelId::None, ChannelKind::StandardOutput, LaunchId(1), {1, 1}, "bench"});
        const QByteArray line = QByteArray(99, 'x') + '\n';
        for (int i = 0; i < records; ++i)
            writer.value()->append(channel, line);
    }
    const QString tshark = QStandardPaths::findExecutable(QStringLiteral("tshark"));
    std::vector<double> first, whole, lines, other;
    double bytesPerRecord = 0;
    for (int round = 0; round < 5; ++round) {
        const double before = anonymousBytes();
        {
            QElapsedTimer timer;
            timer.start();
            auto opened = Journal::openInBackground(file);
            if (!opened)
                qFatal("%s", qPrintable(errorText(opened.error())));
            const LineIndex index(*opened.value());
            while (index.lineCount() < 100)
                std::this_thread::yield();
            first.push_back(double(timer.nsecsElapsed()) / 1e9);
            while (index.position() < quint64(records) || !opened.value()->isWholeFileRead())
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
            lines.push_back(double(timer.nsecsElapsed()) / 1e9);
            bytesPerRecord = (anonymousBytes() - before) / records;
        }
        std::unique_ptr<Journal> journal;
        whole.push_back(secondsOf([&] { journal = std::move(Journal::open(file)).value(); }));
        if (!tshark.isEmpty())
            other.push_back(secondsOf([&] {
                QProcess process;
                process.start(tshark, {QStringLiteral("-r"), file, QStringLiteral("-q")});
                process.waitForFinished(-1);
            }));
    }
    std::printf("\n%d records of 100 bytes, %lld MiB:\n", records, static_cast<long long>(QFile(file).size() / 1024 / 1024));
    const double base = other.empty() ? 0 : median(other);
    const auto row = [base](const char *what, double seconds) {
        std::printf("%-42s %9.3f s %9.1f × as fast as tshark\n", what, seconds, base / seconds);
    };
    row("tshark -r FILE -q", base);
    row("opened: the first 100 lines can be shown", median(first));
    row("all records indexed", median(whole));
    row("all records and all lines indexed", median(lines));
    std::printf("memory: %.1f bytes a record of one line\n", bytesPerRecord);
    QFile::remove(file);
}

} // namespace forkscope::journaltable
