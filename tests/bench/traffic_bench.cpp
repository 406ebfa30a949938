// SPDX-License-Identifier: GPL-3.0-or-later
// Messages of a recording as rows, and filters over them: medians, as Markdown tables. traffic_bench [--records N] [--rounds N]
// [FILTER…]
#include "core/decode/channeldecoders.h"
#include "core/filter/filterrun.h"
#include "core/traffic/streamassembly.h"
#include "core/traffic/trafficparties.h"
#include "tests/bench/journaltable.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QTemporaryDir>

using namespace forkscope;
using journaltable::median;
using journaltable::secondsOf;

namespace {

constexpr int kPipes = 8, kQueues = 2;
const QString kText = QStringLiteral("ERROR");
const std::vector<const char *> kUsual
    = {"len > 100", "channel == \"pipe:3\"", "op == get && waited > 50us", "delta > 1ms", "from.name ~ \"^py\"",
        "to.pid in {103, 200..300}", "text contains \"ERROR\"", "text ~ \"ERR[A-Z]+\"", "channel == 3 && json.level == ERROR",
        "json.id == 1234567", "json.id > 5000000", "json.id >= 100 && json.id < 5000000", "json.level != INFO",
        "json.level ~ \"^ERR\"", "json.text contains xxxx", "json.text", "!(json.level == INFO) || json.id < 9"};

/// Eight pipes of JSON lines and two queues; one message in a thousand tells of an error. `plain`: the payload alone.
void generate(const QString &path, const QString &plain, quint64 records)
{
    auto created = JournalWriter::create(path);
    QFile bytesOnly(plain);
    if (!created || !bytesOnly.open(QIODevice::WriteOnly))
        qFatal("cannot write to %s", qPrintable(path));
    JournalWriter &writer = *created.value();
    QList<ChannelId> channels;
    for (int i = 0; i < kPipes + kQueues; ++i) {
        const qint32 pid = 100 + i;
        const auto kind = i < kPipes ? ChannelKind::Pipe : ChannelKind::Queue;
        channels.append(writer.openChannel({ChannelId::None, kind, LaunchId(1), {pid, 1}, "channel " + QByteArray::number(i)}));
        writer.append(ProcessStarted{{pid, 1}, {}, 1, LaunchId(1), i % 2 ? "python3" : "gzip", {}});
        if (i < kPipes)
            writer.append(
                ChannelEnds{channels.last(), {{LaunchId(1), {pid, 1}, 1, true}, {LaunchId(1), {pid + 1, 1}, 0, false}}});
    }
    std::array<quint64, kQueues> sequences = {};
    QByteArray waiting;
    for (quint64 n = 0; n < records; ++n) {
        const auto i = (n * 2654435761u >> 16) % (kPipes + kQueues);
        QByteArray line
            = "{\"id\":" + QByteArray::number(n) + ",\"level\":\"" + (n % 1000 == 7 ? "ERROR" : "INFO") + "\",\"text\":\"";
        line = line.leftJustified(95, 'x') + "\"}\n";
        MessageInfo info;
        if (i >= kPipes) {
            const quint64 step = sequences[i - kPipes]++;
            info.pid = qint32(200 + i + step % 2);
            info.operation = step % 2 ? Operation::Get : Operation::Put;
            info.traffic = TrafficInfo{step / 2, quint64(line.size()), step % 2 ? qint64(n % 100'000) : -1, 1};
            if (step % 2)
                line.clear();
        }
        writer.append(channels[qsizetype(i)], line, info);
        waiting += line;
        if (waiting.size() > 1 << 20) {
            bytesOnly.write(waiting);
            waiting.clear();
        }
    }
    bytesOnly.write(waiting);
}

double filterSeconds(const QString &text, const filter::Source &source, quint64 &matches)
{
    const auto parsed = filter::DisplayFilter::parse(text);
    return secondsOf([&] {
        const filter::FilterRun run(std::get<filter::DisplayFilter>(parsed), source);
        while (run.endRow() < source.index.count())
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        matches = run.matchCount();
    });
}

double programSeconds(const QString &program, const QStringList &arguments)
{
    if (QStandardPaths::findExecutable(program).isEmpty())
        return 0;
    return secondsOf([&] {
        QProcess process;
        process.start(program, arguments);
        process.waitForFinished(-1);
    });
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addOptions({{QStringLiteral("records"), {}, QStringLiteral("N"), QStringLiteral("10000000")},
        {QStringLiteral("rounds"), {}, QStringLiteral("N"), QStringLiteral("3")},
        {QStringLiteral("tshark"), QStringLiteral("compares with tshark, which takes a minute")}});
    parser.addPositionalArgument(QStringLiteral("filter"), QStringLiteral("is measured instead of the usual ones"));
    parser.process(application);
    const quint64 records = parser.value(QStringLiteral("records")).toULongLong();
    const int rounds = parser.value(QStringLiteral("rounds")).toInt();

    const QTemporaryDir folder(QDir::currentPath() + QStringLiteral("/forkscope-bench-XXXXXX"));
    const QString path = folder.filePath(QStringLiteral("r.pcapng")), plain = folder.filePath(QStringLiteral("payload"));
    generate(path, plain, records);
    const auto journal = std::move(Journal::open(path)).value();

    std::vector<double> seconds;
    double bytes = 0;
    for (int round = 0; round < rounds; ++round) {
        const double before = journaltable::anonymousBytes();
        MessageIndex index(*journal);
        seconds.push_back(secondsOf([&] {
            while (index.advance(100'000)) { }
        }));
        bytes = (journaltable::anonymousBytes() - before) / double(index.count());
    }
    std::printf("| %llu messages, %lld MiB | |\n|---|---|\n", static_cast<unsigned long long>(records),
        static_cast<long long>(QFile(path).size() >> 20));
    std::printf("| index | %.2f s, %.1f million rows/s |\n", median(seconds), double(records) / median(seconds) / 1e6);
    std::printf("| memory | %.1f bytes a row |\n\n", bytes);

    MessageIndex index(*journal);
    TrafficParties parties(*journal);
    const decode::ChannelDecoders decoders(*journal);
    while (index.advance(100'000)) { }
    while (parties.advance(100'000)) { }
    const filter::Source source{*journal, index, parties, decoders};

    std::vector<double> grep;
    grep.reserve(size_t(rounds));
    for (int round = 0; round < rounds; ++round)
        grep.push_back(programSeconds(QStringLiteral("grep"), {QStringLiteral("-c"), kText, plain}));
    std::printf("| filter | matches | seconds | × grep |\n|---|---|---|---|\n");
    QStringList filters = parser.positionalArguments();
    for (const char *usual : filters.isEmpty() ? kUsual : std::vector<const char *>())
        filters.append(QString::fromLatin1(usual));
    for (const QString &text : filters) {
        quint64 matches = 0;
        seconds.clear();
        for (int round = 0; round < rounds; ++round)
            seconds.push_back(filterSeconds(text, source, matches));
        std::printf("| `%s` | %llu | %.2f | %.1f |\n", qPrintable(text), static_cast<unsigned long long>(matches),
            median(seconds), median(seconds) / median(grep));
        std::fflush(stdout);
    }
    std::printf("| `grep -c ERROR`, the payload alone in a file of %lld MiB | | %.2f | 1 |\n",
        static_cast<long long>(QFile(plain).size() >> 20), median(grep));
    if (parser.isSet(QStringLiteral("tshark"))) {
        const double one = programSeconds(
            QStringLiteral("tshark"), {QStringLiteral("-r"), path, QStringLiteral("-Y"), QStringLiteral("frame.len > 100000")});
        std::printf("| `tshark -Y 'frame.len > 100000'` | | %.1f | %.0f |\n", one, one / median(grep));
    }

    seconds.clear();
    quint64 frames = 0;
    for (int round = 0; round < rounds; ++round) {
        seconds.push_back(secondsOf([&] {
            StreamAssembly assembly(*journal, index, ChannelId(0), *decode::decoderNamed("json"));
            while (assembly.advance(100'000)) { }
            frames = assembly.count();
        }));
    }
    std::printf("\n%llu messages of one pipe found by the JSON decoder in %.2f s\n", static_cast<unsigned long long>(frames),
        median(seconds));
    return 0;
}
