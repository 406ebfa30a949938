// SPDX-License-Identifier: GPL-3.0-or-later
// forkscope run, forkscope record: a command started from the shell, between the shell's own streams.
#include "app/ownterminal.h"
#include "app/subcommands.h"

#include "core/base/uniquefd.h"
#include "core/journal/journalwriter.h"
#include "core/launch/process.h"
#include "core/launch/startfailure.h"
#include "core/launch/stopper.h"
#include "core/monitor/processmonitor.h"
#include "core/monitor/procfs.h"
#include "core/traffic/trafficrecorder.h"
#include "ui/monitor/processtext.h"

#include <QCoreApplication>
#include <QSocketNotifier>
#include <QTemporaryDir>
#include <QTimer>

#include <cstdio>
#include <sys/signalfd.h>
#include <unistd.h>

namespace forkscope {

void complain(const QString &message)
{
    std::fprintf(stderr, "forkscope: %s\n", qPrintable(message));
}

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(forkscope)
};

/// Runs one command in the main thread's event loop and stands in for it towards whoever started us.
class Foreground : public QObject
{
public:
    Foreground(const LaunchSpec &spec, JournalWriter *journal, ProcessMonitor *monitor)
        : m_process(spec, LaunchId{1}, journal), m_journal(journal), m_monitor(monitor)
    {
        if (journal)
            m_process.setPassThrough(STDOUT_FILENO, STDERR_FILENO);
        connect(&m_process, &Process::started, this, [this] {
            if (m_monitor)
                m_monitor->adopt(m_process.key(), LaunchId{1});
            if (m_process.spec().standardInput.kind == StreamTarget::Kind::Pty)
                m_terminal = std::make_unique<OwnTerminal>(m_process);
        });
        connect(&m_process, &Process::finished, this, [this] {
            m_terminal.reset();
            finished();
        });
        connect(&m_process, &Process::drained, this, [this] { quit(); });
        if (spec.timeout) {
            m_timeout.setSingleShot(true);
            connect(&m_timeout, &QTimer::timeout, this, &Foreground::timedOut);
            m_timeout.start(*spec.timeout);
        }
        if (journal) {
            connect(&m_healthTimer, &QTimer::timeout, this, &Foreground::checkRecording);
            m_healthTimer.start(1000);
        }
        watchSignals();
    }

    int run()
    {
        m_process.start();
        QCoreApplication::exec();
        if (const auto &failure = m_process.startFailure()) {
            ProcessRow row;
            row.arguments = m_process.spec().arguments;
            row.failure = failure;
            complain(ProcessText::exitSentence(row));
            return shellStatusOf(*failure);
        }
        if (m_timedOut)
            return kTimedOut;
        const ExitStatus &status = m_process.exitStatus();
        if (m_process.spec().check && !status.success()) {
            ProcessRow row;
            row.exit = status;
            complain(ProcessText::exitSentence(row));
        }
        switch (status.kind) {
        case ExitStatus::Kind::Exited:
            return status.value;
        case ExitStatus::Kind::Signalled:
            return kSignalBase + status.value;
        case ExitStatus::Kind::Unknown:
            break;
        }
        complain(Text::tr("how the command ended is not known: somebody else has waited for it"));
        return kOwnFailure;
    }

private:
    /// Once for each trouble: the command runs on, and so does the recording as far as it can.
    void checkRecording()
    {
        const JournalHealth health = m_journal->health();
        if (health.state == m_health)
            return;
        m_health = health.state;
        complain(
            health.state == JournalHealth::Ok ? Text::tr("there is room again: recording goes on") : errorText(health.error));
    }

    void watchSignals()
    {
        sigset_t mask;
        sigemptyset(&mask);
        for (const int number : kBlockedSignals)
            sigaddset(&mask, number);
        m_signals = UniqueFd(signalfd(-1, &mask, SFD_CLOEXEC | SFD_NONBLOCK));
        m_signalNotifier = std::make_unique<QSocketNotifier>(m_signals.get(), QSocketNotifier::Read);
        connect(m_signalNotifier.get(), &QSocketNotifier::activated, this, &Foreground::forwardSignals);
    }

    void forwardSignals()
    {
        signalfd_siginfo info;
        while (read(m_signals.get(), &info, sizeof info) == sizeof info) {
            if (info.ssi_signo == SIGWINCH) {
                if (m_terminal)
                    m_terminal->followSize();
                continue;
            }
            if (!m_process.isRunning()) {
                quit(); // the command is gone; we only wait for output that descendants may still write
                return;
            }
            // What the terminal sends reaches the command without us: it is in the same process group.
            if (info.ssi_code != SI_KERNEL && sendSignal(m_process.key(), int(info.ssi_signo)))
                record(SignalSent{m_process.key(), qint32(info.ssi_signo), SignalReason::Forwarded});
        }
    }

    void finished()
    {
        m_timeout.stop();
        if (m_process.startFailure() || m_stopping)
            return; // drained() or the stopper's end comes
        // Bytes that the command wrote are read at once; what stays open after that is in the hands of descendants.
        QTimer::singleShot(1000, this, [this] {
            complain(Text::tr(
                "the command has ended; waiting for descendants that still hold its output open (Ctrl+C ends the recording)"));
        });
    }

    void timedOut()
    {
        m_timedOut = m_stopping = true;
        complain(Text::tr("the timeout has passed: stopping the command and its descendants"));
        const ProcessKey root = m_process.key();
        ProcessMonitor *monitor = m_monitor;
        auto *stopper = new Stopper(
            [root, monitor] { return monitor ? monitor->liveTree(root) : liveTree({root}); }, defaultStopPolicy(), this);
        connect(stopper, &Stopper::sent, this, [this](const ProcessKey &process, int number) {
            record(SignalSent{process, number, SignalReason::Timeout});
        });
        connect(stopper, &Stopper::done, this, [this](const QList<ProcessKey> &survivors) {
            if (!survivors.isEmpty())
                complain(Text::tr("%n processes could not be stopped", nullptr, int(survivors.size())));
            quit();
        });
        stopper->start();
    }

    /// Not before the command's end is known, unless it cannot be stopped.
    void quit() { QCoreApplication::quit(); }

    void record(const Event &event)
    {
        if (m_journal)
            m_journal->append(event);
    }

    Process m_process;
    JournalWriter *m_journal; ///< may be null
    QTimer m_healthTimer;
    JournalHealth::State m_health = JournalHealth::Ok;
    ProcessMonitor *m_monitor; ///< may be null
    std::unique_ptr<OwnTerminal> m_terminal; ///< while it runs in a terminal of its own
    QTimer m_timeout;
    UniqueFd m_signals;
    std::unique_ptr<QSocketNotifier> m_signalNotifier;
    bool m_stopping = false;
    bool m_timedOut = false;
};

/// A short recording is mostly room made ahead: it is written again, in order and without gaps.
constexpr quint64 kCompactBelowBytes = 64 * 1024 * 1024;

} // namespace

namespace {

/// Its size is ours, if we have one.
LaunchSpec withOwnSize(LaunchSpec spec)
{
    const auto size = spec.usesTerminal() ? OwnTerminal::size() : std::nullopt;
    if (size)
        std::tie(spec.terminalColumns, spec.terminalRows) = *size;
    return spec;
}

void warn(const LaunchSpec &spec)
{
    for (const QString &text : warnings(spec))
        complain(Text::tr("warning: %1").arg(text));
}

/// What is not in the recording.
void complainOfTraffic(const TrafficCounters &counters)
{
    if (counters.lostOperations > 0 || counters.lostPayloads > 0)
        complain(Text::tr("%1 operations and the bytes of %2 messages were too fast to be recorded")
                     .arg(counters.lostOperations)
                     .arg(counters.lostPayloads));
    if (counters.malformed + counters.refused > 0)
        complain(
            Text::tr("%1 queues or connections could not be recorded: somebody else records them, there was no memory for it, "
                     "or they are of another version")
                .arg(counters.malformed + counters.refused));
}

} // namespace

int runCommand(const LaunchSpec &spec)
{
    warn(spec);
    if (!spec.usesTerminal() && !spec.input)
        return Foreground(spec, nullptr, nullptr).run();
    // Bytes pass through a recording that nobody keeps.
    const QTemporaryDir folder;
    auto created = JournalWriter::create(folder.filePath(QStringLiteral("run.pcapng")), {quint64(32) * 1024 * 1024});
    if (!created) {
        complain(errorText(created.error()));
        return kOwnFailure;
    }
    LaunchSpec piped = withOwnSize(spec);
    if (piped.input && piped.standardInput.kind == StreamTarget::Kind::Inherit)
        piped.standardInput.kind = StreamTarget::Kind::Pipe;
    return Foreground(piped, created.value().get(), nullptr).run();
}

int recordCommand(const LaunchSpec &asked, const RecordOptions &record)
{
    warn(asked);
    LaunchSpec spec = withOwnSize(asked);
    for (StreamTarget *target : {&spec.standardOutput, &spec.standardError})
        if (target->kind == StreamTarget::Kind::Inherit)
            target->kind = StreamTarget::Kind::Pipe;
    if (spec.input && spec.standardInput.kind == StreamTarget::Kind::Inherit)
        spec.standardInput.kind = StreamTarget::Kind::Pipe;
    const QString path = QString::fromLocal8Bit(record.file);
    auto created = JournalWriter::create(path, {quint64(record.sizeLimitMiB) * 1024 * 1024});
    if (!created) {
        complain(errorText(created.error()));
        return kOwnFailure;
    }
    const auto writer = std::move(created).value();
    int status = 0;
    {
        ProcessMonitor monitor(*writer);
        TrafficRecorder traffic(*writer);
        if (const auto listening = traffic.listen(); !listening)
            complain(Text::tr("warning: %1").arg(errorText(listening.error())));
        traffic.prepare(spec, LaunchId{1});
        status = Foreground(spec, writer.get(), &monitor).run();
        traffic.stop();
        complainOfTraffic(traffic.counters());
    }
    return finishRecording(*writer, path, status);
}

int finishRecording(JournalWriter &writer, const QString &path, int status)
{
    if (auto closed = writer.close(); !closed)
        complain(errorText(closed.error()));
    const JournalCounters counters = writer.journal().counters();
    if (counters.fileBytes < kCompactBelowBytes) {
        if (auto compacted = writeCompactRecording(writer.journal(), path); !compacted)
            complain(errorText(compacted.error()));
    }
    if (counters.lostRecords > 0)
        complain(Text::tr("%1 bytes were not kept (size limit, or a disk that was full or too slow)").arg(counters.lostBytes));
    return status;
}

} // namespace forkscope
