// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/launchoptions.h"
#include "app/pipecommand.h"
#include "app/pipelinecommand.h"
#include "app/pooloptions.h"
#include "app/queueoptions.h"
#include "app/subcommands.h"

#include "core/decode/decoder.h"
#include "core/export/exportrecording.h"
#include "core/redact/maskpattern.h"
#include "core/userdecoders/userdecoders.h"
#include "ui/widgets/translations.h"

#include <CLI/CLI.hpp>

#include <QCoreApplication>

#include <algorithm>
#include <csignal>
#include <string_view>

namespace {

using namespace forkscope;

constexpr auto kExitStatuses = R"(Exit status: that of the command; 128+N if signal N ended it; 124 after a timeout;
125 if Forkscope itself failed; 126 if the command cannot be executed; 127 if it was not found; 2 for a usage error.)";

constexpr const char *kFilterHelp
    = "Only messages between processes that pass it, as in the Traffic view: 'len > 100 && text contains \"ERROR\"'";

/// Signals that are for the command are read in the event loop. Blocked before there are threads: these inherit the mask,
/// children do not.
void blockSignals()
{
    sigset_t mask;
    sigemptyset(&mask);
    for (const int number : kBlockedSignals)
        sigaddset(&mask, number);
    pthread_sigmask(SIG_BLOCK, &mask, nullptr);
}

/// The command is what follows the first "--", which CLI11 never sees; without one, what follows the last option of ours.
std::vector<std::string> commandOf(const CLI::App *command, const std::vector<std::string> &afterDashes)
{
    std::vector<std::string> words = command->remaining();
    if (!words.empty() && (!afterDashes.empty() || words.front().starts_with('-')))
        throw CLI::ExtrasError(command->get_name(), words);
    words.insert(words.end(), afterDashes.begin(), afterDashes.end());
    if (words.empty())
        throw CLI::RequiredError("CMD");
    return words;
}

/// Unlike commandOf(): a "--" behind the first word belongs to the command, and there may be none.
std::vector<std::string> poolWordsOf(const CLI::App *command, const std::vector<std::string> &afterDashes, bool hasDashes)
{
    std::vector<std::string> words = command->remaining();
    if (!words.empty() && words.front().starts_with('-') && words.front() != "-")
        throw CLI::ExtrasError(command->get_name(), {words.front()});
    if (!words.empty() && hasDashes)
        words.emplace_back("--");
    words.insert(words.end(), afterDashes.begin(), afterDashes.end());
    return words;
}

CLI::App *addExportCommand(CLI::App &app, ExportOptions &options)
{
    auto *command = app.add_subcommand("export", "Write a recording in a format that other programs read");
    command->add_option("FILE", options.file, "The recording")->required();
    std::vector<std::string> formats;
    for (const ExportFormatName &name : exportFormats())
        formats.emplace_back(name.word);
    command->add_option("--to", options.format, "text, jsonl, csv, raw, perfetto, asciicast, wireshark or recording")
        ->required()
        ->type_name("FORMAT")
        ->check(CLI::IsMember(formats));
    command->add_option("-o,--output", options.output, "The file to write (default: standard output)")->type_name("FILE");
    command
        ->add_option("--channel", options.channels,
            "Only this channel: stdin, stdout, stderr, terminal, queue, connection, pipe, a number, or part of a name. "
            "Repeatable")
        ->type_name("CHANNEL")
        ->allow_extra_args(false);
    command
        ->add_option("--process", options.processes, "Only the launch that this process belongs to: a PID or a name. Repeatable")
        ->type_name("PROCESS")
        ->allow_extra_args(false);
    command->add_option("--filter", options.filter, kFilterHelp)->type_name("FILTER");
    command->add_flag("--times", options.times, "text: time, stream and process before each line");
    command->add_flag("--no-events", options.noEvents, "jsonl: the output alone, not what happened to processes");
    command->footer("Exit status: 0; 2 if the recording does not hold what was asked for; 125 if Forkscope itself failed.");
    return command;
}

CLI::App *addReplayCommand(CLI::App &app, ReplayCommandOptions &options)
{
    auto *command = app.add_subcommand("replay", "Give a program what a recorded pipe or stream carried, when it came then");
    command->add_option("FILE", options.file, "The recording")->required();
    command
        ->add_option("--channel", options.channel,
            "What to replay: a number, a part of a name, stdout, pipe … (default: the only one that holds bytes)")
        ->type_name("CHANNEL");
    command->add_option("--to", options.command, "The command that reads it as its stdin (default: standard output)")
        ->type_name("COMMAND");
    auto *speed = command->add_option("--speed", options.speed, "So many times as fast as the original")
                      ->type_name("FACTOR")
                      ->check(CLI::Range(0.001, 1'000'000.0));
    command->add_flag("--fast", options.fast, "As fast as it is read")->excludes(speed);
    command->footer("Example: forkscope replay links.pcapng --channel 'grep(' --to 'sort -u'\n"
                    "Exit status: that of the command; 2 if the recording does not hold what was asked for; 125 if Forkscope "
                    "itself failed.");
    return command;
}

CLI::App *addRedactCommand(CLI::App &app, RedactOptions &options)
{
    auto *command = app.add_subcommand("redact", "Write a copy of a recording without what others should not see");
    command->add_option("FILE", options.file, "The recording");
    command->add_option("-o,--output", options.output, "The copy to write (pcapng)")->type_name("FILE");
    const auto list = [&](const char *name, std::vector<std::string> &words, const char *help, const char *type) {
        return command->add_option(name, words, help)->type_name(type)->allow_extra_args(false);
    };
    list("--strip", options.strip,
        "payload (times and sizes stay), arguments, directories or environment (values of variables). Repeatable", "PART")
        ->check(CLI::IsMember({"payload", "arguments", "directories", "environment"}));
    list("--channel", options.channels,
        "Strip the payload of this channel only: stdin, stdout, stderr, terminal, queue, connection, pipe, a number, or part of "
        "a "
        "name. Repeatable",
        "CHANNEL");
    list("--drop-channel", options.dropChannels, "Leave out all that this channel carried. Repeatable", "CHANNEL");
    list(
        "--mask", options.expressions, "Mask what this regular expression matches, or its group named mask. Repeatable", "REGEX");
    list("--mask-text", options.texts, "Mask this text. Repeatable", "TEXT");
    list("--preset", options.presets, "Mask what is known under this name; see --list-presets. Repeatable", "NAME")
        ->check(CLI::IsMember(std::vector<std::string>(maskPresets().begin(), maskPresets().end())));
    command->add_flag("--list-presets", options.listPresets, "Print the names of presets and what they mask");
    command->add_flag("--dry-run", options.dryRun, "Write nothing; tell what would be removed");
    command->add_flag("--json", options.json, "Tell it as one JSON object");
    command->footer("Exit status: 0; 2 if the recording does not hold what was asked for; 125 if Forkscope itself failed.");
    return command;
}

CLI::App *addRecordingsCommand(CLI::App &app, RecordingsOptions &options)
{
    auto *command = app.add_subcommand("recordings", "List the recordings that nobody saved, newest first: age, size, use, path");
    command->add_flag("--json", options.json, "One JSON object a line, also with the first command");
    auto *clean
        = command->add_flag("--clean", options.clean, "Remove those that the preferences do not keep, and print their paths");
    command->add_option("--remove", options.remove, "Remove these, and print their paths")->type_name("FILE")->excludes(clean);
    command->footer("One in use is never removed.\n"
                    "Exit status: 0; 2 if FILE is no unsaved recording; 125 if Forkscope itself failed, or FILE is in use.");
    return command;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication::setApplicationName(QStringLiteral("forkscope"));
    QCoreApplication::setOrganizationName(QStringLiteral("forkscope"));
    QCoreApplication::setApplicationVersion(QStringLiteral(FORKSCOPE_VERSION));

    CLI::App app{"Forkscope launches commands, watches the processes they become, and records what they write.\n"
                 "Without a subcommand it opens its window."};
    app.name("forkscope");
    app.set_version_flag("--version", "Forkscope " FORKSCOPE_VERSION, "Print the version");
    app.require_subcommand(0, 1);
    app.footer("Examples:\n"
               "  forkscope run --timeout 10 -- make -j2\n"
               "  forkscope record -o build.pcapng -- make -j2\n"
               "  ls *.txt | forkscope pool gzip -k {}\n"
               "  forkscope show build.pcapng --channel stderr\n"
               "  forkscope export build.pcapng --to perfetto -o build.json\n"
               "  forkscope replay links.pcapng --channel pipe --to 'sort -u'\n"
               "  forkscope redact build.pcapng -o shared.pcapng --preset all\n"
               "  forkscope open build.pcapng\n"
               "  forkscope import Procfile > forkscope.toml && forkscope up\n");

    LaunchOptions launch;
    RecordOptions record;
    ShowOptions show;
    bool json = false;
    LaunchSpec spec;
    std::string file;

    auto *run = app.add_subcommand("run", "Run a command with our own streams, as if Forkscope were not there");
    run->add_flag("--json", json, "Capture its output and print one JSON object: args, returncode, stdout, stderr …");
    addTextOptions(run, launch);
    addLaunchOptions(run, launch);
    run->footer(kExitStatuses);
    auto *recording = app.add_subcommand("record", "Run a command and record its processes and every byte that it writes");
    recording->add_option("-o,--output", record.file, "The recording to write (pcapng)")->required()->type_name("FILE");
    recording
        ->add_option("--limit", record.sizeLimitMiB, "Largest size in MiB; the oldest output is given up first (default: none)")
        ->type_name("MIB")
        ->check(CLI::Range(32, 1 << 24));
    addLaunchOptions(recording, launch);
    recording->footer(kExitStatuses);
    auto *showing = app.add_subcommand("show", "Print the output that a recording holds, line by line");
    showing->add_option("FILE", file, "The recording")->required();
    showing->add_flag("--json", show.json, "One JSON object a line");
    showing
        ->add_option("--channel", show.channels,
            "Only this channel: stdin, stdout, stderr, terminal, queue, connection, pipe, a number, or part of a name. "
            "Repeatable")
        ->type_name("CHANNEL")
        ->allow_extra_args(false);
    showing->add_flag("--events", show.events, "Also what happened to processes");
    auto *list
        = showing->add_flag("--channels", show.list, "List the channels: number, kind, records, messages put and got, name");
    showing->add_option("--filter", show.filter, kFilterHelp)->type_name("FILTER")->excludes(list);
    auto *raw = showing->add_flag("--raw", show.raw, "The bytes alone, as they were written");
    installUserDecoders();
    std::vector<std::string> decoderNames{"auto"};
    for (const decode::Decoder *decoder : decode::decoders())
        decoderNames.emplace_back(decoder->name());
    showing
        ->add_option("--decode", show.decode,
            "Messages as trees: auto guesses for each channel what they are; or all of one kind: json, cbor, pickle, python, "
            "http …")
        ->type_name("KIND")
        ->check(CLI::IsMember(decoderNames))
        ->excludes(raw)
        ->excludes("--json");
    ExportOptions exported;
    auto *exportingRecording = addExportCommand(app, exported);
    ReplayCommandOptions replayed;
    auto *replaying = addReplayCommand(app, replayed);
    RedactOptions redacted;
    auto *redacting = addRedactCommand(app, redacted);
    RecordingsOptions unsaved;
    auto *listing = addRecordingsCommand(app, unsaved);
    auto *up = app.add_subcommand("up", "Run the commands of a workspace, their lines with their names before them");
    std::string workspace = "forkscope.toml", profile, language = "shell";
    std::vector<std::string> profiles;
    up->add_option("-f,--file", workspace, "forkscope.toml, a Procfile or a process-compose file (default: forkscope.toml)")
        ->type_name("FILE");
    up->add_option("PROFILE", profiles, "Only these, and what they depend on");
    up->footer("Ctrl+C stops all, dependents first.\nExit status: 0; 1 if a command failed; 125 if Forkscope itself failed.");
    auto *importing = app.add_subcommand("import", "Print a Procfile or a process-compose file as forkscope.toml");
    importing->add_option("FILE", file, "What to import")->required();
    auto *exporting = app.add_subcommand("profile", "Print a profile as a shell script or a Python call that does the same");
    exporting->add_option("NAME", profile, "The profile")->required();
    exporting->add_option("-f,--file", workspace, "The workspace (default: forkscope.toml)")->type_name("FILE");
    exporting->add_option("--to", language, "shell or python")->check(CLI::IsMember({"shell", "python"}));
    QueueCommandOptions queue;
    auto *queues = addQueueCommand(app, queue);
    PipeCommandOptions pipe;
    auto *pipes = addPipeCommand(app, pipe);
    PipelineCommandOptions pipeline;
    auto *pipelines = addPipelineCommand(app, pipeline);
    PoolCommandOptions pool;
    auto *pools = addPoolCommand(app, pool);
    auto *opening = app.add_subcommand("open", "Open a recording in the window");
    opening->add_option("FILE", file, "The recording")->required();

    char **const dashes = std::find_if(argv, argv + argc, [](const char *word) { return std::string_view(word) == "--"; });
    const std::vector<std::string> command(std::min(dashes + 1, argv + argc), argv + argc);
    try {
        app.parse(int(dashes - argv), argv);
        if (*run || *recording) {
            launch.command = commandOf(*run ? run : recording, command);
            spec = specOf(launch);
            blockSignals();
        }
        if (*pools) {
            takePoolWords(pool, poolWordsOf(pools, command, dashes != argv + argc));
            blockSignals();
            QCoreApplication application(argc, argv);
            installTranslations();
            return poolCommand(pool);
        }
    } catch (const CLI::ParseError &error) {
        return app.exit(error) == 0 ? 0 : *pools ? kPoolFailure : kUsageError;
    }
    if (*pipes) {
        pipe.format.messages.insert(pipe.format.messages.end(), command.begin(), command.end());
        QCoreApplication application(argc, argv);
        installTranslations();
        return pipeCommand(pipe);
    }
    if (*pipelines) {
        blockSignals();
        QCoreApplication application(argc, argv);
        installTranslations();
        return pipelineCommand(pipeline);
    }
    if (*queues) {
        queue.format.messages.insert(queue.format.messages.end(), command.begin(), command.end());
        QCoreApplication application(argc, argv);
        installTranslations();
        return queueCommand(queue);
    }
    if (*run || *recording) {
        QCoreApplication application(argc, argv);
        installTranslations();
        return !*run ? recordCommand(spec, record) : json ? runForJson(spec) : runCommand(spec);
    }
    if (*up || *importing || *exporting) {
        if (*up)
            blockSignals();
        QCoreApplication application(argc, argv);
        installTranslations();
        const QString path = QString::fromLocal8Bit(*importing ? file : workspace);
        if (*importing)
            return importCommand(path);
        if (*exporting)
            return profileCommand(path, QString::fromLocal8Bit(profile), QString::fromStdString(language));
        QStringList names;
        for (const std::string &name : profiles)
            names.append(QString::fromLocal8Bit(name));
        return upCommand(path, names);
    }
    if (*exportingRecording || *redacting || *replaying) {
        QCoreApplication application(argc, argv);
        installTranslations();
        return *replaying ? replayCommand(replayed) : *redacting ? redactCommand(redacted) : exportCommand(exported);
    }
    if (*listing) {
        QCoreApplication application(argc, argv);
        installTranslations();
        return recordingsCommand(unsaved);
    }
    for (const Error &problem : installUserDecoders()) // what follows may decode
        qWarning("%s", qPrintable(errorText(problem)));
    if (*showing) {
        QCoreApplication application(argc, argv);
        installTranslations();
        return showRecording(QString::fromLocal8Bit(file), show);
    }
    return openWindow(argc, argv, QString::fromLocal8Bit(file));
}
