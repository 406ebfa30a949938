// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pooloptions.h"

#include "app/clichecks.h"

#include <algorithm>

namespace forkscope {

namespace {

constexpr auto kFooter
    = R"(Inputs: words behind :::, lines of files behind ::::, else of standard input. Several lists make all combinations; a list
behind :::+ or ::::+ goes along with the one before it.
In CMD, {} is the input, {.} without extension, {/} its last part, {//} its directory, {/.} the last part without extension; {n}
{n.} {n/} {n//} {n/.} the same of the n-th; {#} the number of the job, {%} of its place. Without any of them, {} comes last.
CMD of several words runs as it is. CMD of one word is a line: one that needs a shell runs in /bin/sh, inputs quoted.

Examples:
  ls *.txt | forkscope pool gzip -k {}
  find . -name '*.log' -print0 | forkscope pool -0 -j4 wc -c
  forkscope pool convert {} {.}.png ::: *.jpg
  forkscope pool -k --tag 'ping -c 1 {} | tail -n 1' :::: hosts
  forkscope pool --joblog log --resume ./simulate --seed {1} --size {2} ::: 1 2 3 ::: small large
  forkscope pool --halt now,fail=1 --retries 3 --timeout 60 -a commands

Exit status: the number of jobs that failed, 101 for more than 100; with --halt as GNU parallel; 130 after Ctrl+C; 255 for a
usage error or if Forkscope itself failed.)";

void addInputOptions(CLI::App *command, PoolCommandOptions &options)
{
    const auto list = [command](const char *name, std::vector<std::string> &value, const char *help, const char *type) {
        command->add_option(name, value, help)->type_name(type)->allow_extra_args(false);
    };
    list("-a,--arg-file", options.files, "Inputs are the lines of this file; -: standard input. Repeatable", "FILE");
    list("--glob", options.patterns, "Inputs are the files that match. Repeatable", "PATTERN");
    list("--range", options.ranges, "Inputs are numbers: 1..10, 001..100, 0..100..5. Repeatable", "FIRST..LAST[..STEP]");
    auto *null
        = command->add_flag("-0,--null", options.nulDelimited, "Inputs of files end with NUL, as find -print0 writes them");
    command->add_option("-d,--delimiter", options.delimiter, "Inputs of files end with this character (default: line feed)")
        ->type_name("CHAR")
        ->take_last()
        ->excludes(null);
    command->add_option("-C,--colsep", options.columnSeparator, "Split each input into {1}, {2} …")
        ->type_name("REGEX")
        ->take_last();
    command
        ->add_option("-n,--max-args,-N,--max-replace-args", options.perCommand,
            "Give each job N inputs; 0: an input makes a job, but is not given to it (default: 1)")
        ->type_name("N")
        ->take_last()
        ->check(CLI::Range(0, 1 << 20));
    command->add_flag("-r,--no-run-if-empty", options.noBlank, "Leave out blank inputs");
    command->add_flag("--shuf", options.shuffled, "In random order");
    command->add_option("-I,--replace", options.whole, "This stands for {}")->type_name("TEXT")->take_last();
    command->add_flag("-q,--quote", options.quoted, "CMD of one word is a word as well, no line");
}

void addRunOptions(CLI::App *command, PoolCommandOptions &options)
{
    const auto text = [command](const char *name, std::string &value, const char *help, const char *type) {
        return command->add_option(name, value, help)->type_name(type)->take_last();
    };
    text("-j,--jobs,-P,--max-procs", options.jobs,
        "At the same time: N, N% of the CPUs, CPUs+N or CPUs−N; 0: as many as possible (default: 100%)", "[+-]N[%]");
    command
        ->add_option(
            "--retries", options.attempts, "Try a job that fails up to N times in all; 0: up to 60,000 times (default: 1)")
        ->type_name("N")
        ->take_last()
        ->check(CLI::Range(0, kMostAttempts));
    text("--retry-delay", options.retryDelay, "Wait so long before the second attempt, then twice as long, up to a minute",
        "TIME");
    text("--timeout", options.timeout,
        "Stop a job that takes longer, with its descendants: seconds, 2m, 1.5h, or N% of the median of those that succeeded",
        "TIME");
    text("--halt,--halt-on-error", options.halt,
        "never, or soon or now and fail=, success= or done= with N or N%, as now,fail=1 (default: never)", "WHEN,WHAT");
    text("--delay", options.delay, "Wait so long between the starts of two jobs", "TIME");
    text("--load", options.load, "Start none while the load average is above this, or N% of the CPUs", "N[%]");
    text("--memfree", options.freeMemory, "Start none while less memory is available: K, M, G, T", "SIZE");
    command
        ->add_option("--memory-pressure", options.memoryPressure,
            "Start none while some process waits for memory in more than this share of the time (/proc/pressure/memory)")
        ->type_name("PERCENT")
        ->check(kAboveZero);
    command->add_flag("-o,--open-tty,--tty", options.openTerminal, "Standard input of jobs is the terminal, not /dev/null");
    auto *log = text("--joblog,--jl", options.jobLog, "Write a line for each job that has ended; +FILE: append", "FILE");
    command->add_flag("--resume", options.resumes, "Leave out the jobs that --joblog has")->needs(log);
    command->add_flag("--resume-failed", options.resumesFailed, "The same, but do those that failed again")->needs(log);
    text("--record", options.recording, "Record the jobs and every byte that they write (pcapng)", "FILE");
}

void addOutputOptions(CLI::App *command, PoolCommandOptions &options)
{
    auto *grouped = command->add_flag("--group", options.grouped, "The output of a job in one piece, at its end (default)");
    auto *byLine = command->add_flag("--lb,--line-buffer,--linebuffer", options.byLine, "Lines as they come")->excludes(grouped);
    command->add_flag("-u,--ungroup", options.ungrouped, "Jobs write by themselves; lines may be mixed")
        ->excludes(grouped)
        ->excludes(byLine);
    command->add_flag("-k,--keep-order", options.keepOrder, "Output in the order of the inputs");
    command->add_flag("--tag", options.tagged, "The inputs in front of each line");
    command->add_option("--tagstring", options.tag, "This in front of each line; {} and the like are replaced")
        ->type_name("TEXT");
    command->add_flag("-v,-t,--verbose", options.verbose, "Print each command on standard error when it starts");
    command->add_flag("--dry-run", options.dryRun, "Print the commands, run none");
    command->add_flag("--bar", options.bar, "Show how far it is, as a bar (the default on a terminal, where it takes long)");
    command->add_flag("--eta", options.eta, "Show how far it is and when it will be done");
    command->add_flag("--progress", options.progress, "Show how far it is");
    command->add_flag("--json", options.json, "One JSON object for each job, with its output, and one for all");
}

} // namespace

CLI::App *addPoolCommand(CLI::App &app, PoolCommandOptions &options)
{
    auto *command = app.add_subcommand("pool", "Run a command for each input, several at a time, as xargs and GNU parallel do");
    command->prefix_command();
    addRunOptions(command, options);
    addInputOptions(command, options);
    addOutputOptions(command, options);
    addPlaceOptions(command, options.launch);
    addLimitOptions(command, options.launch);
    command->footer(kFooter);
    return command;
}

void takePoolWords(PoolCommandOptions &options, const std::vector<std::string> &words)
{
    const auto isMark
        = [](const std::string &word) { return word == ":::" || word == ":::+" || word == "::::" || word == "::::+"; };
    const auto mark = std::find_if(words.begin(), words.end(), isMark);
    options.launch.command.assign(words.begin(), mark);
    options.words.assign(mark, words.end());
}

} // namespace forkscope
