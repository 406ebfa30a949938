// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/session.h"

#include "core/launch/process.h"
#include "core/session/recordingcache.h"
#include "core/session/sessionprivate.h"

#include <QFile>

#include <chrono>
#include <utility>

namespace forkscope {

Session::Session() : d(std::make_unique<Private>()) { }

Result<std::unique_ptr<Session>> Session::create(const QString &path, quint64 sizeLimit)
{
    std::unique_ptr<Session> session(new Session);
    QString file = path;
    if (file.isEmpty()) {
        auto cached = RecordingCache().newFile();
        if (!cached)
            return cached.error();
        file = cached.value();
        session->d->temporaryFile = file;
    }
    auto writer = JournalWriter::create(file, {sizeLimit});
    if (!writer)
        return writer.error();
    Private &d = *session->d;
    d.writer = std::move(writer).value();
    d.monitor = std::make_unique<ProcessMonitor>(*d.writer);
    d.traffic = std::make_unique<TrafficRecorder>(*d.writer);
    if (const auto listening = d.traffic->listen(); !listening)
        qWarning("%s", qPrintable(errorText(listening.error()))); // all else is recorded
    d.io = new QObject; // deleted in its thread, below
    d.io->moveToThread(&d.ioThread);
    connect(&d.ioThread, &QThread::finished, d.io, &QObject::deleteLater);
    d.ioThread.setObjectName(QStringLiteral("forkscope-io"));
    d.ioThread.start();
    session->watchRecording();
    return session;
}

Session::~Session()
{
    if (!d->writer)
        return;
    if (d->io) {
        // They know the sampler, which is older.
        QMetaObject::invokeMethod(
            d->io, [this] { qDeleteAll(std::exchange(d->pipes, {})); }, Qt::BlockingQueuedConnection);
        d->ioThread.quit();
        d->ioThread.wait();
    }
    if (d->mover)
        d->mover->wait();
    d->traffic.reset();
    d->monitor.reset();
    // Failing to trim a file costs disk space, nothing else.
    (void)d->writer->close();
    if (!d->temporaryFile.isEmpty())
        QFile::remove(d->temporaryFile);
}

const Journal &Session::journal() const
{
    return d->writer->journal();
}

JournalWriter &Session::writer()
{
    return *d->writer;
}

const ProcessMonitor &Session::monitor() const
{
    return *d->monitor;
}

TrafficRecorder &Session::traffic()
{
    return *d->traffic;
}

void Session::watchRecording()
{
    connect(&d->healthTimer, &QTimer::timeout, this, [this] {
        const JournalHealth health = d->writer->health();
        if (health.state == d->health.state && health.path == d->health.path)
            return;
        d->health = health;
        emit recordingHealthChanged(health);
    });
    d->healthTimer.start(std::chrono::seconds(1));
}

JournalHealth Session::recordingHealth() const
{
    return d->writer->health();
}

void Session::moveRecording(const QString &path)
{
    if (d->mover) {
        emit recordingMoveFailed(Error::invalid(tr("move the recording"), tr("it is being moved already"), path));
        return;
    }
    const auto result = std::make_shared<Result<void>>();
    d->mover.reset(QThread::create([writer = d->writer.get(), path, result] { *result = writer->moveTo(path); }));
    connect(d->mover.get(), &QThread::finished, this, [this, path, result] {
        d->mover->wait(); // its last steps
        d->mover.reset();
        if (!*result) {
            emit recordingMoveFailed(result->error());
            return;
        }
        const QString temporary = std::exchange(d->temporaryFile, {});
        if (!temporary.isEmpty() && temporary != path)
            QFile::remove(temporary);
        emit recordingMoved(path);
    });
    d->mover->start();
}

LaunchId Session::launch(const LaunchSpec &asked, const NamedStreams &streams)
{
    const LaunchId id{++d->lastLaunch};
    LaunchSpec spec = asked;
    d->traffic->prepare(spec, id);
    {
        const std::scoped_lock lock(d->pipesMutex);
        if (d->pipeFolder && !spec.environment.contains("FORKSCOPE_PIPES"))
            spec.environment.insert("FORKSCOPE_PIPES", QFile::encodeName(d->pipeFolder->path()));
    }
    d->inIoThread([this, id, streams, spec]() mutable {
        const auto ends = openNamedPipes(spec, streams);
        if (!ends) {
            tellFailed(id, spec, ends.error());
            return;
        }
        auto *process = new Process(spec, id, d->writer.get(), d->io);
        lookAfter(process);
        connect(process, &Process::drained, process, &QObject::deleteLater);
        process->start(); // it has its ends now
    });
    return id;
}

/// In the I/O thread, before the start.
void Session::lookAfter(Process *process)
{
    const LaunchId id = process->launch();
    d->processes.insert(id, process);
    connect(process, &Process::started, process, [this, process, id] { d->monitor->adopt(process->key(), id); });
    if (process->spec().timeout) {
        connect(process, &Process::started, process, [this, process, timeout = *process->spec().timeout] {
            QTimer::singleShot(timeout, process, [this, process] {
                if (process->isRunning())
                    stopFromIoThread({process->key()}, defaultStopPolicy(), SignalReason::Timeout);
            });
        });
    }
    connect(process, &Process::inputLost, process, [this, id](quint64 bytes) {
        const Error error{ErrorCode::Closed, 0, tr("send input"), {},
            tr("the process closed its standard input; %1 bytes did not arrive").arg(bytes)};
        reportInputError(id, error);
    });
    connect(process, &Process::drained, process, [this, id] { d->processes.remove(id); });
    announce(process);
}

/// In the I/O thread, before the start.
void Session::announce(Process *process)
{
    const auto tell = [this](auto function) { QMetaObject::invokeMethod(this, std::move(function), Qt::QueuedConnection); };
    const LaunchId id = process->launch();
    connect(process, &Process::started, process,
        [this, tell, id, process] { tell([this, id, key = process->key()] { emit launchStarted(id, key); }); });
    connect(process, &Process::finished, process, [this, tell, id, process] {
        if (const auto &failure = process->startFailure())
            tell([this, id, failure = *failure] { emit launchFailed(id, failure); });
        else
            tell([this, id, status = process->exitStatus()] { emit launchEnded(id, status); });
    });
    connect(process, &Process::drained, process, [this, tell, id] { tell([this, id] { emit launchDrained(id); }); });
}

void Session::reportInputError(LaunchId launch, const Error &error)
{
    QMetaObject::invokeMethod(
        this, [this, launch, error] { emit inputFailed(launch, error); }, Qt::QueuedConnection);
}

template<typename F> void Session::withProcess(LaunchId launch, F function)
{
    d->inIoThread([this, launch, function] {
        Process *process = d->processes.value(launch);
        const Result<void> result = process
            ? function(*process)
            : Result<void>(Error{ErrorCode::Closed, 0, tr("send input"), {}, tr("the process has ended")});
        if (!result)
            reportInputError(launch, result.error());
    });
}

void Session::writeInput(LaunchId launch, const QByteArray &bytes)
{
    withProcess(launch, [bytes](Process &process) { return process.writeInput(bytes); });
}

void Session::sendFile(LaunchId launch, const QString &path)
{
    withProcess(launch, [path](Process &process) { return process.sendFile(path); });
}

void Session::closeInput(LaunchId launch)
{
    withProcess(launch, [](Process &process) -> Result<void> {
        process.closeInput();
        return {};
    });
}

void Session::resizeTerminal(LaunchId launch, int columns, int rows)
{
    d->inIoThread([this, launch, columns, rows] {
        if (Process *process = d->processes.value(launch))
            process->resizeTerminal(columns, rows);
    });
}

Result<void> Session::signalProcess(const ProcessKey &process, int signal)
{
    auto sent = sendSignal(process, signal);
    if (sent)
        d->writer->append(SignalSent{process, signal, SignalReason::Person});
    return sent;
}

void Session::stop(const QList<ProcessKey> &roots, const StopPolicy &policy, SignalReason reason)
{
    d->inIoThread([this, roots, policy, reason] { stopFromIoThread(roots, policy, reason); });
}

void Session::stopFromIoThread(const QList<ProcessKey> &roots, const StopPolicy &policy, SignalReason reason)
{
    auto *stopper = new Stopper([this, roots] { return liveTree(roots); }, policy, d->io);
    connect(stopper, &Stopper::sent, stopper, [this, reason](const ProcessKey &process, int signal) {
        d->writer->append(SignalSent{process, signal, reason});
    });
    connect(stopper, &Stopper::done, stopper, [this, roots](const QList<ProcessKey> &survivors) {
        QMetaObject::invokeMethod(
            this, [this, roots, survivors] { emit stopped(roots, survivors); }, Qt::QueuedConnection);
    });
    stopper->start();
}

QList<ProcessKey> Session::liveTree(const QList<ProcessKey> &roots) const
{
    QList<ProcessKey> all;
    for (const ProcessKey &root : roots) {
        const auto tree = d->monitor->liveTree(root);
        for (const ProcessKey &process : tree)
            if (!all.contains(process))
                all.append(process);
    }
    return all;
}

QList<ProcessKey> Session::liveProcesses() const
{
    return d->monitor->liveProcesses();
}

} // namespace forkscope
