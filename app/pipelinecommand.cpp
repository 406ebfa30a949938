// SPDX-License-Identifier: GPL-3.0-or-later
// forkscope pipeline: a shell pipeline with a tap in each link.
#include "app/pipelinecommand.h"

#include "app/subcommands.h"

#include "core/base/clock.h"
#include "core/capture/pipeline.h"
#include "core/export/jsonwriter.h"
#include "core/journal/journalwriter.h"
#include "core/launch/commandline.h"
#include "core/launch/pipelinetext.h"
#include "core/launch/stopper.h"
#include "core/monitor/processmonitor.h"
#include "ui/monitor/processtext.h"
#include "ui/widgets/format.h"

#include <CLI/CLI.hpp>

#include <QCoreApplication>
#include <QSocketNotifier>
#include <QTemporaryDir>

#include <sys/signalfd.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace forkscope {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(forkscope)
};

/// "all", "none", or so many bytes of each piece.
std::optional<TapKeep> keepOf(const std::string &word)
{
    if (word == "all")
        return TapKeep{};
    if (word == "none")
        return TapKeep{0};
    bool ok = false;
    const quint32 bytes = QByteArray::fromStdString(word).toUInt(&ok);
    return ok && bytes > 0 && bytes < TapKeep::kEverything ? std::optional(TapKeep{bytes}) : std::nullopt;
}

/// Passes on what is sent to us. What the terminal sends reaches the stages without us: they are in its process group.
class SignalForwarder
{
public:
    SignalForwarder(Pipeline &pipeline, JournalWriter &journal)
    {
        sigset_t mask;
        sigemptyset(&mask);
        for (const int number : kForwardedSignals)
            sigaddset(&mask, number);
        m_fd = UniqueFd(signalfd(-1, &mask, SFD_CLOEXEC | SFD_NONBLOCK));
        m_notifier = std::make_unique<QSocketNotifier>(m_fd.get(), QSocketNotifier::Read);
        QObject::connect(m_notifier.get(), &QSocketNotifier::activated, &pipeline, [this, &pipeline, &journal] {
            signalfd_siginfo info;
            while (read(m_fd.get(), &info, sizeof info) == sizeof info)
                for (qsizetype i = 0; info.ssi_code != SI_KERNEL && i < pipeline.stageCount(); ++i)
                    if (Process &stage = pipeline.stage(i); stage.isRunning() && sendSignal(stage.key(), int(info.ssi_signo)))
                        journal.append(SignalSent{stage.key(), qint32(info.ssi_signo), SignalReason::Forwarded});
        });
    }

private:
    UniqueFd m_fd;
    std::unique_ptr<QSocketNotifier> m_notifier;
};

void printStatistics(Pipeline &pipeline, qint64 durationNs)
{
    std::fprintf(stderr, "%s\n", qPrintable(Text::tr("stage  status  command")));
    for (qsizetype i = 0; i < pipeline.stageCount(); ++i)
        std::fprintf(stderr, "%5d  %6d  %s\n", int(i + 1), pipeline.statusOf(i),
            qPrintable(quoteCommandLine(pipeline.stage(i).spec().arguments)));
    for (qsizetype i = 0; i < pipeline.linkCount(); ++i) {
        const Pipeline::Link link = pipeline.link(i);
        const TapCounters &counters = link.counters;
        std::fprintf(stderr, "%s\n",
            qPrintable(Text::tr("%1 → %2: %3 in %4 pieces, %5/s")
                           .arg(link.writer + 1)
                           .arg(link.reader + 1)
                           .arg(bytesText(qint64(counters.bytes)))
                           .arg(counters.pieces)
                           .arg(bytesText(qint64(double(counters.bytes) * 1e9 / double(durationNs))))));
        if (link.droppedBytes > 0)
            std::fprintf(stderr, "%s\n",
                qPrintable(Text::tr("%1 → %2: %3 dropped, since the reader was too slow")
                               .arg(link.writer + 1)
                               .arg(link.reader + 1)
                               .arg(bytesText(qint64(link.droppedBytes)))));
    }
}

void printJson(Pipeline &pipeline, qint64 durationNs)
{
    QByteArray out;
    JsonWriter json(out);
    json.beginObject();
    json.field("duration_ns", durationNs);
    json.key("stages");
    json.beginArray();
    for (qsizetype i = 0; i < pipeline.stageCount(); ++i) {
        json.beginObject();
        json.field("command", QByteArrayView(quoteCommandLine(pipeline.stage(i).spec().arguments).toUtf8()));
        json.field("pid", pipeline.stage(i).key().pid);
        json.field("status", pipeline.statusOf(i));
        json.endObject();
    }
    json.endArray();
    json.key("links");
    json.beginArray();
    for (qsizetype i = 0; i < pipeline.linkCount(); ++i) {
        const Pipeline::Link link = pipeline.link(i);
        const TapCounters &counters = link.counters;
        json.beginObject();
        json.field("from", link.writer + 1);
        json.field("to", link.reader + 1);
        json.field("bytes", counters.bytes);
        json.field("pieces", counters.pieces);
        json.field("kept_bytes", counters.keptBytes);
        json.field("dropped_bytes", link.droppedBytes);
        json.field("ended_by", counters.readerGone ? "reader" : "writer");
        json.endObject();
    }
    json.endArray();
    json.endObject();
    std::fprintf(stderr, "%s\n", out.constData());
}

/// As a shell tells it, for those that never ran.
void complainOfFailures(Pipeline &pipeline)
{
    for (qsizetype i = 0; i < pipeline.stageCount(); ++i) {
        const Process &stage = pipeline.stage(i);
        if (!stage.startFailure())
            continue;
        ProcessRow row;
        row.arguments = stage.spec().arguments;
        row.failure = stage.startFailure();
        complain(ProcessText::exitSentence(row));
    }
}

} // namespace

CLI::App *addPipelineCommand(CLI::App &app, PipelineCommandOptions &options)
{
    auto *command = app.add_subcommand("pipeline", "Run a shell pipeline with a tap in each link: count or record what passes");
    command->add_option("PIPELINE", options.text, "The pipeline, as one word: 'zcat log.gz | grep -v x | sort'")
        ->required()
        ->expected(1);
    command->add_option("-o,--output", options.output, "Record processes and links in this file (pcapng)")->type_name("FILE");
    command->add_option("--limit", options.sizeLimitMiB, "Largest size in MiB; the oldest goes first (default: none)")
        ->type_name("MIB")
        ->check(CLI::Range(32, 1 << 24));
    command->add_option("--keep", options.keep, "With -o: all, none, or so many bytes of each piece that passes (default: all)")
        ->type_name("WHAT")
        ->check([](const std::string &word) {
            return keepOf(word) ? std::string() : "all, none or a number of bytes is wanted, not " + word;
        });
    command->add_option("--branch", options.branches, "Give the output of stage N to these commands as well: '1: grep x | wc -l'")
        ->type_name("'N: PIPELINE'")
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    command
        ->add_option(
            "--lag", options.lag, "Of several readers let slow ones stay behind so far, then drop bytes for them (64K, 16M)")
        ->type_name("BYTES")
        ->check(
            [](const std::string &text) { return bytesOf(text) ? std::string() : "a number of bytes is wanted, not " + text; });
    addPipelineLinkOptions(*command, options.links);
    command->add_option("--memory", options.memoryMiB, "With -o: so much may wait in memory for a slow disk (default: 256)")
        ->type_name("MIB")
        ->check(CLI::Range(0, 1 << 20));
    command->add_option("--when-slow", options.whenSlow, "When that is full: wait for the disk, or lose, counted (default: wait)")
        ->type_name("WHAT")
        ->check(CLI::IsMember({"wait", "lose"}));
    command->add_flag("--pipefail", options.pipefail, "The exit status is that of the last stage that failed");
    command->add_flag("--stats", options.statistics, "At the end, statuses and what passed, on standard error");
    command->add_flag("--json", options.json, "The same as a JSON object");
    command->footer(
        "A stage of words alone is started directly; one with redirections, variables or patterns goes through /bin/sh.\n"
        "|& takes standard error along. Stages of branches are numbered after those before them.\n"
        "Exit status: that of the last stage, 128+N if signal N ended it, 126 and 127 as of a shell; 125 if Forkscope\n"
        "itself failed; 2 for a usage error.");
    return command;
}

namespace {

/// Appends the stages of one pipeline, the first of which reads from `input`. False, after a complaint: it cannot be understood.
bool append(PipelineRequest &request, const QString &text, qsizetype input)
{
    auto stages = parsePipeline(text);
    if (!stages) {
        complain(errorText(stages.error()));
        return false;
    }
    for (LaunchSpec &spec : stages.value()) {
        spec.standardInput.kind = spec.standardOutput.kind = StreamTarget::Kind::Inherit;
        if (spec.standardError.kind == StreamTarget::Kind::Pipe)
            spec.standardError.kind = StreamTarget::Kind::Inherit;
        request.stages.append({spec, std::exchange(input, -1)});
    }
    return true;
}

/// All that was asked for; nothing, after a complaint: it cannot be done.
std::optional<PipelineRequest> requestOf(const PipelineCommandOptions &options)
{
    PipelineRequest request;
    if (!append(request, QString::fromLocal8Bit(options.text.front()), -1))
        return {};
    for (const std::string &branch : options.branches) {
        const QString text = QString::fromLocal8Bit(branch);
        const qsizetype colon = text.indexOf(u':');
        const qsizetype stage = text.left(colon).trimmed().toLongLong();
        if (colon < 0 || stage < 1 || stage > request.stages.size()) {
            complain(Text::tr("“%1”: a branch begins with the number of a stage, 1 to %2, and a colon")
                         .arg(text)
                         .arg(request.stages.size()));
            return {};
        }
        if (!append(request, text.mid(colon + 1), stage - 1))
            return {};
    }
    request.lagBytes = options.lag.empty() ? 0 : bytesOf(options.lag).value_or(0);
    request.memory = {quint64(options.memoryMiB) << 20, options.whenSlow == "lose"};
    request.keep = options.output.empty() ? TapKeep{0} : *keepOf(options.keep);
    return request;
}

} // namespace

int pipelineCommand(const PipelineCommandOptions &options)
{
    const auto request = requestOf(options);
    const auto settings = request ? linkSettings(options.links, request->stages.size() - 1) : std::nullopt;
    if (!settings)
        return kUsageError;
    const QTemporaryDir folder;
    const bool recorded = !options.output.empty();
    const QString path = recorded ? QString::fromLocal8Bit(options.output) : folder.filePath(QStringLiteral("pipeline.pcapng"));
    auto created = JournalWriter::create(path, {quint64(recorded ? options.sizeLimitMiB : 32) * 1024 * 1024});
    if (!created) {
        complain(errorText(created.error()));
        return kOwnFailure;
    }
    const auto writer = std::move(created).value();
    int status = 0;
    {
        std::unique_ptr<ProcessMonitor> monitor = recorded ? std::make_unique<ProcessMonitor>(*writer) : nullptr;
        qint64 endNs = 0; // of the last stage: what waits for a slow disk is stored later
        Pipeline pipeline(*request, LaunchId{1}, *writer);
        for (qsizetype i = 0; i < pipeline.linkCount(); ++i)
            pipeline.set(i, (*settings)[size_t(i)]);
        if (monitor)
            pipeline.setSampled([&monitor](const ProcessKey &root) { return monitor->liveTree(root); });
        const SignalForwarder forwarder(pipeline, *writer);
        QObject::connect(&pipeline, &Pipeline::finished, QCoreApplication::instance(), &QCoreApplication::quit);
        const qint64 begin = monotonicNs();
        if (const auto prepared = pipeline.prepare(); !prepared) {
            complain(errorText(prepared.error()));
            return kOwnFailure;
        }
        for (qsizetype i = 0; i < pipeline.stageCount(); ++i)
            QObject::connect(&pipeline.stage(i), &Process::finished, [&endNs] { endNs = monotonicNs(); });
        pipeline.start();
        for (qsizetype i = 0; monitor && i < pipeline.stageCount(); ++i)
            if (const Process &stage = pipeline.stage(i); stage.isRunning())
                monitor->adopt(stage.key(), stage.launch());
        QCoreApplication::exec();
        const qint64 durationNs = std::max<qint64>(endNs - begin, 1);
        complainOfFailures(pipeline);
        if (options.json)
            printJson(pipeline, durationNs);
        else if (options.statistics)
            printStatistics(pipeline, durationNs);
        status = pipeline.status(options.pipefail ? PipelineStatus::Fail : PipelineStatus::Last);
    }
    return recorded ? finishRecording(*writer, path, status) : status;
}

} // namespace forkscope
