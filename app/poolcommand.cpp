// SPDX-License-Identifier: GPL-3.0-or-later
// forkscope pool: a command for each input, several at a time.
#include "app/poolrun.h"
#include "app/subcommands.h"

#include "core/journal/journalwriter.h"

#include <QCoreApplication>

#include <poll.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <algorithm>

namespace forkscope {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(forkscope)
};

constexpr int kTickMs = 200; ///< of the progress on a terminal
constexpr int kSlowTickMs = 1000; ///< of that in a file
constexpr int kTimeoutTickMs = 20; ///< of timeouts that depend on the other jobs
constexpr qint64 kSilentNs = 2'000'000'000; ///< a pool that takes less shows no progress unless asked to
constexpr int kBarWidth = 30;

int failed(const Error &error)
{
    complain(errorText(error));
    return kPoolFailure;
}

/// --dry-run.
int printCommands(const PoolPlan &plan, PoolConsole &console)
{
    auto opened = pool::InputReader::open(plan.inputs);
    if (!opened)
        return failed(opened.error());
    pool::InputReader reader = std::move(opened).value();
    if (const auto columns = reader.columns(); columns && plan.givesInputs)
        if (auto fine = plan.command.check(*columns); !fine)
            return failed(fine.error());
    for (pool::CommandInput input; console.failure() == 0; ++input.number) {
        auto columns = reader.next();
        if (!columns)
            return failed(columns.error());
        if (!columns.value())
            return 0;
        input.columns = plan.givesInputs ? *columns.value() : QByteArrayList();
        input.slot = int((input.number - 1) % quint64(plan.jobs)) + 1;
        const auto line = plan.command.line(input);
        if (!line)
            return failed(line.error());
        console.write(false, line.value() + '\n');
    }
    return console.failure() == EPIPE ? kSignalBase + SIGPIPE : kPoolFailure;
}

/// Waits for the end of a run, hears signals and shows how far it is. In the main thread.
class PoolForeground
{
public:
    PoolForeground(PoolRun &run, PoolConsole &console, const PoolCommandOptions &options)
        : m_run(run), m_console(console), m_options(options)
    {
        sigset_t mask;
        sigemptyset(&mask);
        for (const int number : kForwardedSignals)
            sigaddset(&mask, number);
        m_signals = UniqueFd(signalfd(-1, &mask, SFD_CLOEXEC | SFD_NONBLOCK));
        m_isAsked = options.bar || options.eta || options.progress;
        m_showsProgress = m_isAsked || (console.isAlone() && !options.ungrouped && !options.openTerminal);
        m_hasRelativeTimeout = options.timeout.ends_with('%');
    }

    void wait()
    {
        while (!m_run.isOver()) {
            pollfd waiting[] = {{m_signals.get(), POLLIN, 0}, {m_run.news(), POLLIN, 0}};
            poll(waiting, 2, tickMs());
            hearSignals();
            if (m_hasRelativeTimeout)
                m_run.checkTimeouts();
            if (m_showsProgress)
                showProgress();
        }
        if (m_isAsked && !m_console.errorIsTerminal())
            m_console.showProgress(progressLine(m_run.progress(), m_options.bar ? kBarWidth : 0));
        m_console.showProgress({});
    }
    /// The first that asked us to end; 0: none.
    int signal() const { return m_signal; }

private:
    int tickMs() const
    {
        const int progress = !m_showsProgress ? -1 : m_console.errorIsTerminal() ? kTickMs : kSlowTickMs;
        return m_hasRelativeTimeout ? kTimeoutTickMs : m_run.isKilled() ? kTickMs : progress;
    }

    void hearSignals()
    {
        signalfd_siginfo info;
        while (read(m_signals.get(), &info, sizeof info) == sizeof info) {
            const int number = int(info.ssi_signo);
            // What the terminal sends reaches the commands without us: they are in the same process group.
            const bool isOwn = info.ssi_code != SI_KERNEL;
            if (number == SIGUSR1 || number == SIGUSR2) {
                if (isOwn)
                    m_run.sendSignal(number);
                continue;
            }
            if (std::exchange(m_signal, m_signal ? m_signal : number) != 0) {
                m_run.kill();
                continue;
            }
            m_run.stop();
            if (isOwn && number != SIGTERM)
                m_run.sendSignal(number);
            const quint64 running = m_run.progress().running;
            if (running > 0)
                m_console.complain(Text::tr("starting no more; waiting for %n jobs (once more: they are ended)", nullptr,
                    int(std::min<quint64>(running, INT_MAX))));
        }
    }

    void showProgress()
    {
        const PoolProgress progress = m_run.progress();
        const qint64 stepNs = qint64(m_console.errorIsTerminal() ? kTickMs : kSlowTickMs) * 1'000'000;
        if ((!m_isAsked && progress.elapsedNs < kSilentNs) || progress.elapsedNs - m_shownNs < stepNs / 2)
            return;
        m_shownNs = progress.elapsedNs;
        m_console.showProgress(progressLine(progress, m_options.bar || !m_isAsked ? kBarWidth : 0));
    }

    PoolRun &m_run;
    PoolConsole &m_console;
    const PoolCommandOptions &m_options;
    UniqueFd m_signals;
    bool m_isAsked = false;
    bool m_showsProgress = false;
    bool m_hasRelativeTimeout = false;
    qint64 m_shownNs = 0;
    int m_signal = 0;
};

int statusOf(const PoolRun::Outcome &outcome, const PoolPlan &plan, const PoolConsole &console, int signal)
{
    if (const int error = console.failure(); error == EPIPE)
        return kSignalBase + SIGPIPE;
    else if (error != 0) {
        complain(Text::tr("cannot write to standard output: %1").arg(systemErrorText(error)));
        return kPoolFailure;
    }
    if (outcome.failure)
        return failed(*outcome.failure);
    if (signal != 0)
        return kSignalBase + signal;
    return plan.halt.exitStatus(outcome.counts, outcome.hasHalted);
}

int run(const PoolPlan &plan, PoolConsole &console, const PoolCommandOptions &options, JournalWriter *journal)
{
    PoolRun jobs(plan, console, journal);
    if (auto started = jobs.start(); !started)
        return failed(started.error());
    PoolForeground foreground(jobs, console, options);
    foreground.wait();
    PoolRun::Outcome outcome;
    const bool areGone = jobs.finish(outcome);
    const int status = statusOf(outcome, plan, console, foreground.signal());
    if (options.json)
        console.write(false, summaryJson(outcome, status));
    if (!areGone) // something that cannot be killed, or somebody who does not read what we print
        _exit(status);
    return status;
}

} // namespace

int poolCommand(const PoolCommandOptions &options)
{
    const PoolPlan plan = planOf(options);
    PoolConsole console;
    for (const QString &text : warnings(plan.spec))
        console.complain(Text::tr("warning: %1").arg(text));
    for (const std::string &word : options.launch.command)
        if (options.launch.command.size() > 1 && !options.launch.shell
            && (word == "|" || word == ">" || word == "&&" || word == "<"))
            console.complain(Text::tr("warning: “%1” is an argument of the command here; with --shell it is the shell's")
                                 .arg(QString::fromStdString(word)));
    if (plan.inputs.lists.size() == 1 && plan.inputs.lists.first().source == "-" && isatty(STDIN_FILENO))
        console.complain(Text::tr("the inputs are read from the terminal, a line each; Ctrl+D ends them"));
    std::signal(SIGPIPE, SIG_IGN); // NOLINT(cert-err33-c): it cannot fail
    if (options.dryRun)
        return printCommands(plan, console);
    if (options.recording.empty())
        return run(plan, console, options, nullptr);

    const QString path = QString::fromLocal8Bit(options.recording);
    auto created = JournalWriter::create(path);
    if (!created)
        return failed(created.error());
    const auto writer = std::move(created).value();
    const int status = run(plan, console, options, writer.get());
    if (auto closed = writer->close(); !closed)
        return failed(closed.error());
    return status;
}

} // namespace forkscope
