// SPDX-License-Identifier: GPL-3.0-or-later
// forkscope run, forkscope record: a command started from the shell, between the shell's own streams.
#include "app/subcommands.h"

#include "core/base/uniquefd.h"
#include "core/journal/journalwriter.h"
#include "core/launch/process.h"
#include "core/launch/stopper.h"
#include "core/monitor/processmonitor.h"
#include "core/monitor/procfs.h"
#include "ui/monitor/processtext.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QSocketNotifier>
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

LaunchSpec specOf(const LaunchOptions &options)
{
    LaunchSpec spec;
    for (const std::string &word : options.command)
        spec.arguments.append(QByteArray::fromStdString(word));
    if (options.shell)
        spec.arguments = {spec.arguments.join(' ')};
    spec.shell = options.shell;
    spec.workingDirectory = QByteArray::fromStdString(options.workingDirectory);
    spec.inheritEnvironment = !options.cleanEnvironment;
    for (const std::string &entry : options.environment) {
        const QByteArray variable = QByteArray::fromStdString(entry);
        const qsizetype equals = variable.indexOf('=');
        if (equals < 0)
            spec.environment.insert(variable, std::nullopt);
        else
            spec.environment.insert(variable.first(equals), variable.sliced(equals + 1));
    }
    spec.standardInput.kind = options.standardInput.empty() ? StreamTarget::Kind::Inherit : StreamTarget::Kind::File;
    spec.standardInput.path = QByteArray::fromStdString(options.standardInput);
    spec.standardOutput.kind = spec.standardError.kind = StreamTarget::Kind::Inherit;
    return spec;
}

int exitCodeOf(const StartFailed &failure)
{
    if (failure.stage != StartStage::Execute)
        return kOwnFailure;
    const bool missing = (failure.systemError == ENOENT || failure.systemError == ENOTDIR) && failure.interpreter.isEmpty()
        && !QFileInfo::exists(QString::fromLocal8Bit(failure.path));
    return missing ? kNotFound : kCannotExecute;
}

/// Runs one command in the main thread's event loop and stands in for it towards whoever started us.
class Foreground : public QObject
{
public:
    Foreground(const LaunchOptions &options, JournalWriter *journal, ProcessMonitor *monitor)
        : m_process(specOf(options, journal), LaunchId{1}, journal), m_monitor(monitor)
    {
        if (journal)
            m_process.setPassThrough(STDOUT_FILENO, STDERR_FILENO);
        connect(&m_process, &Process::started, this, [this] {
            if (m_monitor)
                m_monitor->adopt(m_process.key(), LaunchId{1});
        });
        connect(&m_process, &Process::finished, this, &Foreground::finished);
        connect(&m_process, &Process::drained, this, [this] { quit(); });
        if (options.timeoutSeconds > 0) {
            m_timeout.setSingleShot(true);
            connect(&m_timeout, &QTimer::timeout, this, &Foreground::timedOut);
            m_timeout.start(std::chrono::milliseconds(qint64(options.timeoutSeconds * 1000)));
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
            return exitCodeOf(*failure);
        }
        if (m_timedOut)
            return kTimedOut;
        const ExitStatus &status = m_process.exitStatus();
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
    static LaunchSpec specOf(const LaunchOptions &options, const JournalWriter *journal)
    {
        LaunchSpec spec = forkscope::specOf(options);
        if (journal)
            spec.standardOutput.kind = spec.standardError.kind = StreamTarget::Kind::Pipe;
        return spec;
    }

    void watchSignals()
    {
        sigset_t mask;
        sigemptyset(&mask);
        for (const int number : kForwardedSignals)
            sigaddset(&mask, number);
        m_signals = UniqueFd(signalfd(-1, &mask, SFD_CLOEXEC | SFD_NONBLOCK));
        m_signalNotifier = std::make_unique<QSocketNotifier>(m_signals.get(), QSocketNotifier::Read);
        connect(m_signalNotifier.get(), &QSocketNotifier::activated, this, &Foreground::forwardSignals);
    }

    void forwardSignals()
    {
        signalfd_siginfo info;
        while (read(m_signals.get(), &info, sizeof info) == sizeof info) {
            if (!m_process.isRunning()) {
                quit(); // the command is gone; we only wait for output that descendants may still write
                return;
            }
            // What the terminal sends reaches the command without us: it is in the same process group.
            if (info.ssi_code != SI_KERNEL)
                (void)sendSignal(m_process.key(), int(info.ssi_signo));
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
        connect(stopper, &Stopper::done, this, [this](const QList<ProcessKey> &survivors) {
            if (!survivors.isEmpty())
                complain(Text::tr("%n processes could not be stopped", nullptr, int(survivors.size())));
            quit();
        });
        stopper->start();
    }

    /// Not before the command's end is known, unless it cannot be stopped.
    void quit() { QCoreApplication::quit(); }

    Process m_process;
    ProcessMonitor *m_monitor;
    QTimer m_timeout;
    UniqueFd m_signals;
    std::unique_ptr<QSocketNotifier> m_signalNotifier;
    bool m_stopping = false;
    bool m_timedOut = false;
};

/// A short recording is mostly room made ahead: it is written again, in order and without gaps.
constexpr quint64 kCompactBelowBytes = 64 * 1024 * 1024;

} // namespace

int runCommand(const LaunchOptions &options)
{
    return Foreground(options, nullptr, nullptr).run();
}

int recordCommand(const LaunchOptions &options, const RecordOptions &record)
{
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
        status = Foreground(options, writer.get(), &monitor).run();
    }
    if (auto closed = writer->close(); !closed)
        complain(errorText(closed.error()));
    const JournalCounters counters = writer->journal().counters();
    if (counters.fileBytes < kCompactBelowBytes) {
        if (auto compacted = writeCompactRecording(writer->journal(), path); !compacted)
            complain(errorText(compacted.error()));
    }
    if (counters.lostRecords > 0)
        complain(Text::tr("%1 bytes of the oldest output were given up (size limit or full disk)").arg(counters.lostBytes));
    return status;
}

} // namespace forkscope
