// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ipc/connection.h"
#include "core/ipc/connectionnotifier.h"
#include "core/ipc/process.h"
#include "core/ipc/processwatcher.h"
#include "core/playground/scene.h"
#include "core/playground/sceneobservation.h"
#include "core/worker/scenecontrol.h"

#include <QCborArray>
#include <QObject>

#include <memory>

namespace forkscope {

/// A process of a running scene, and the connection by which it is controlled. Lives in a thread with an event loop. When it
/// goes, a process that still runs is killed.
class SceneMember : public QObject
{
    Q_OBJECT

public:
    /// What a process does (core/worker/scenefunctions.cpp), and the queue or end of a pipe that it is handed.
    struct Part {
        QByteArray function;
        ipc::Arguments handed;
        decltype(ipc::ProcessOptions::environment) environment;
        bool first = true; ///< of a pipe: the end that sends ahead
        bool ordered = false; ///< at a priority queue
        bool duplex = false;
    };
    explicit SceneMember(QObject *parent = nullptr) : QObject(parent) { }
    ~SceneMember() override;

    /// Starts it, at rest. It has been started once only.
    Result<void> start(const SceneProcess &process, Part part);
    void apply(const SceneProcess &process);
    void run();
    void pause();
    void permit(); ///< one operation, while it is at rest
    void inject(const QByteArray &bytes);
    void end(); ///< after what it is doing; a second later by SIGKILL
    Result<void> kill() { return m_process->kill(); }
    Result<void> terminate() { return m_process->terminate(); }

    const QString &name() const { return m_name; }
    qint32 pid() const { return m_process ? m_process->pid() : 0; }
    bool isFirst() const { return m_first; }
    bool isAlive() const { return m_process && !m_result; }
    /// It has ended in order, and not because it was told to.
    bool hasFinished() const;
    /// Ended, or waiting to be told what to do.
    bool isAtRest() const { return !isAlive() || m_atRest; }
    bool sendsNext() const { return m_sendsNext; }
    /// Without what only the queue knows.
    SceneProcessState state() const;

signals:
    void changed();
    void messagesReported(const QCborArray &report);
    void injected(bool sent);
    void ended();

private:
    void tell(const QCborArray &command);
    void receive();

    QString m_name;
    bool m_first = true;
    bool m_ordered = false, m_duplex = false;
    std::unique_ptr<ipc::Process> m_process;
    ipc::Connection m_control;
    std::unique_ptr<ipc::ConnectionNotifier> m_notifier; ///< of m_control
    std::optional<ipc::ProcessResult> m_result; ///< once it has ended
    bool m_running = false;
    bool m_atRest = false;
    bool m_sendsNext = false;
    bool m_told = false; ///< to end
    qint64 m_serial = 0;
};

} // namespace forkscope
