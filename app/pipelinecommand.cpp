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
    for (qsizetype i = 0; i + 1 < pipeline.stageCount(); ++i) {
        const TapCounters counters = pipeline.link(i).counters;
        std::fprintf(stderr, "%s\n",
            qPrintable(Text::tr("%1 → %2: %3 in %4 pieces, %5/s")
                           .arg(i + 1)
                           .arg(i + 2)
                           .arg(bytesText(qint64(counters.bytes)))
                           .arg(counters.pieces)
                           .arg(bytesText(qint64(double(counters.bytes) * 1e9 / double(durationNs))))));
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
    for (qsizetype i = 0; i + 1 < pipeline.stageCount(); ++i) {
        const TapCounters counters = pipeline.link(i).counters;
        json.beginObject();
        json.field("bytes", counters.bytes);
        json.field("pieces", counters.pieces);
        json.field("kept_bytes", counters.keptBytes);
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
    command->add_flag("--pipefail", options.pipefail, "The exit status is that of the last stage that failed");
    command->add_flag("--stats", options.statistics, "At the end, statuses and what passed, on standard error");
    command->add_flag("--json", options.json, "The same as a JSON object");
    command->footer(
        "A stage of words alone is started directly; one with redirections, variables or patterns goes through /bin/sh.\n"
        "|& takes standard error along.\n"
        "Exit status: that of the last stage, 128+N if signal N ended it, 126 and 127 as of a shell; 125 if Forkscope\n"
        "itself failed; 2 for a usage error.");
    return command;
}

int pipelineCommand(const PipelineCommandOptions &options)
{
    auto stages = parsePipeline(QString::fromLocal8Bit(options.text.front()));
    if (!stages) {
        complain(errorText(stages.error()));
        return kUsageError;
    }
    for (LaunchSpec &stage : stages.value()) {
        stage.standardInput.kind = stage.standardOutput.kind = StreamTarget::Kind::Inherit;
        if (stage.standardError.kind == StreamTarget::Kind::Pipe)
            stage.standardError.kind = StreamTarget::Kind::Inherit;
    }
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
        const TapKeep keep = recorded ? *keepOf(options.keep) : TapKeep{0};
        Pipeline pipeline(stages.value(), LaunchId{1}, *writer, keep);
        const SignalForwarder forwarder(pipeline, *writer);
        QObject::connect(&pipeline, &Pipeline::finished, QCoreApplication::instance(), &QCoreApplication::quit);
        const qint64 begin = monotonicNs();
        if (const auto started = pipeline.start(); !started) {
            complain(errorText(started.error()));
            return kOwnFailure;
        }
        for (qsizetype i = 0; monitor && i < pipeline.stageCount(); ++i)
            if (const Process &stage = pipeline.stage(i); stage.isRunning())
                monitor->adopt(stage.key(), stage.launch());
        QCoreApplication::exec();
        const qint64 durationNs = monotonicNs() - begin;
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
