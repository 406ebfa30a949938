// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/ipc/scenewords.h"

#include "core/base/clock.h"
#include "ui/monitor/processtext.h"
#include "ui/widgets/format.h"

#include <QLocale>

namespace forkscope {

using Phase = SceneProcessState::Phase;

Status SceneWords::status(const SceneProcessState &process)
{
    switch (process.phase) {
    case Phase::Starting:
        return process.pid == 0 ? Status::Unknown : Status::Starting;
    case Phase::Running:
        return Status::Running;
    case Phase::WaitsForPlace:
    case Phase::WaitsForMessage:
        return Status::Waiting;
    case Phase::Paused:
        return Status::Stopped;
    case Phase::Finished:
        return Status::Finished;
    case Phase::Failed:
        return Status::Failed;
    case Phase::Signalled:
        return Status::Signalled;
    }
    return Status::Unknown;
}

QString SceneWords::phase(const SceneProcessState &process)
{
    const auto since = [&](const QString &what) {
        const qint64 ns = monotonicNs() - process.waitsSinceNs;
        return ns < 1'000'000'000 ? what : tr("%1, %2").arg(what, durationText(ns / 1'000'000'000 * 1'000'000'000));
    };
    switch (process.phase) {
    case Phase::Starting:
        return process.pid == 0 ? tr("not started") : tr("starting");
    case Phase::Running:
        return tr("running");
    case Phase::WaitsForPlace:
        return since(tr("waits for a place"));
    case Phase::WaitsForMessage:
        return since(tr("waits for a message"));
    case Phase::Paused:
        return tr("paused");
    case Phase::Finished:
        return tr("finished");
    case Phase::Failed:
        return tr("failed, exit status %1").arg(process.exitValue);
    case Phase::Signalled:
        return tr("ended by %1").arg(ProcessText::signal(process.exitValue));
    }
    return {};
}

QString SceneWords::rate(double rate)
{
    return rate > 0 ? tr("%1/s").arg(QLocale().toString(rate, 'g', 6)) : tr("at full speed");
}

QString SceneWords::nameAndPid(const SceneProcessState &process)
{
    return process.pid ? tr("%1 (%2)").arg(process.name).arg(process.pid) : process.name;
}

Status SceneWords::status(SceneRunner::State state)
{
    switch (state) {
    case SceneRunner::State::Stopped:
        return Status::Unknown;
    case SceneRunner::State::Starting:
        return Status::Starting;
    case SceneRunner::State::Running:
        return Status::Running;
    case SceneRunner::State::Pausing:
    case SceneRunner::State::Paused:
        return Status::Stopped;
    case SceneRunner::State::Finished:
        return Status::Finished;
    }
    return Status::Unknown;
}

QString SceneWords::state(SceneRunner::State state)
{
    switch (state) {
    case SceneRunner::State::Stopped:
        return tr("Not running");
    case SceneRunner::State::Starting:
        return tr("Starting");
    case SceneRunner::State::Running:
        return tr("Running");
    case SceneRunner::State::Pausing:
        return tr("Pausing");
    case SceneRunner::State::Paused:
        return tr("Paused");
    case SceneRunner::State::Finished:
        return tr("All processes have ended");
    }
    return {};
}

QString SceneWords::death(const ipc::QueueDeath &death, const QString &name)
{
    using Held = ipc::QueueDeath::Held;
    const QString who = tr("%1 (%2)").arg(name).arg(death.process.pid);
    const QString message = QLocale().toString(death.sequence);
    switch (death.held) {
    case Held::Putting:
        return tr("%1 died while it put message %2: it was not sent.").arg(who, message);
    case Held::Sent:
        return tr("%1 died in put, but message %2 had been sent.").arg(who, message);
    case Held::Getting:
        return tr("%1 died while it took message %2: it stays, and goes to another.").arg(who, message);
    case Held::Taken:
        return tr("%1 died after it had taken message %2: that is lost.").arg(who, message);
    case Held::Writing:
        return tr("%1 died while it wrote a message of %2: it was not sent.").arg(who, bytesText(qint64(death.size)));
    case Held::View:
        return tr("%1 died while it read message %2, which is gone with it.").arg(who, message);
    }
    return {};
}

QString SceneWords::injection(const InjectionResult &result)
{
    if (result.sent)
        return tr("Sent.");
    switch (result.error.code) {
    case ErrorCode::Full:
        return result.error.detail.isEmpty() ? tr("Not sent: it is full.")
                                             : tr("Not sent: %1. Try again when there is room.").arg(result.error.detail);
    case ErrorCode::Closed:
        return tr("Not sent: all producers have finished, and so the queue was closed. Stop and start the scene.");
    default:
        return tr("Not sent. %1").arg(errorText(result.error));
    }
}

QList<SceneWords::Example> SceneWords::examples()
{
    return {
        {SceneExample::FastProducer, tr("Bounded queue: fast producer, slow consumer"),
            tr("The depth climbs to the bound; then the producer waits for places and both go at the consumer's pace "
               "(back-pressure).")},
        {SceneExample::ManyToMany, tr("Many producers, many consumers"),
            tr("Every message goes to exactly one consumer; kill one of them, and the others take over its share.")},
        {SceneExample::PingPong, tr("Pipe ping-pong"),
            tr("One message at a time goes there and back: what limits the throughput is the waiting, not the bytes. Pause, and "
               "go "
               "on step by step.")},
        {SceneExample::Death, tr("A producer dies"),
            tr("producer-2 is killed after 60 messages: the others go on as if nothing had been. Kill all three, and the "
               "consumers "
               "wait for ever.")},
    };
}

} // namespace forkscope
