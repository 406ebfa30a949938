// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ipc/connection.h"
#include "core/worker/scenecontrol.h"

#include <QCborArray>
#include <QCborMap>

#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

namespace forkscope {

/// When a process of a scene does its next operation: it asks before each, and says when one is done. A thread of its own
/// listens to the parent. Ends the process when the parent is gone.
class SceneTurn
{
public:
    struct Settings {
        double rate = 0; ///< a second; 0: as fast as can be
        qint64 size = 0; ///< bytes
        qint64 count = 0;
        bool dies = false;
        QString payload;
        qint64 priority = 0;
        bool ordered = false;
        bool duplex = false;
    };

    /// How long an operation may wait for the other side before it asks again: so long may a pause take.
    static constexpr int kSliceMs = 50;

    SceneTurn(ipc::Connection control, const QCborMap &settings);
    ~SceneTurn(); ///< reports the rest
    Q_DISABLE_COPY_MOVE(SceneTurn)

    /// Waits for the next turn. sends: what the operation will be. False: the process is to end.
    bool wait(bool sends);
    /// The turn was used.
    void done();
    Settings settings() const;
    /// Whether that was the last of the messages; does not return where the process dies of it.
    bool isOver(qint64 messages);

    /// What is to be sent by hand, once.
    std::optional<QByteArray> takeInjection();
    void injected();
    /// Around a send that may block: a pause does not wait for it.
    void setBlocked(bool blocked);
    /// For a connection whose messages are reported.
    ipc::MessageTap tap();
    void setByHand(bool byHand) { m_byHand = byHand; }

private:
    void listen();
    void obey(const QCborArray &command);
    void flush();
    void report(const QCborArray &report);
    void tellRest();

    mutable std::mutex m_mutex; ///< guards what follows
    std::condition_variable m_changed;
    Settings m_settings;
    bool m_running = false;
    bool m_end = false;
    bool m_atRest = false;
    bool m_blocked = false;
    bool m_sends = false;
    qint64 m_serial = 0;
    qint64 m_permits = 0;
    qint64 m_dueNs = 0; ///< CLOCK_MONOTONIC
    std::optional<QByteArray> m_injection;
    QCborArray m_messages; ///< not yet reported
    qsizetype m_messageBytes = 0;
    qint64 m_stride = 1; ///< messages of which one is reported
    qsizetype m_filled = 1; ///< how often a report has become long
    qint64 m_leftOutSent = 0, m_leftOutReceived = 0, m_leftOutBytes = 0; ///< bytes: of what was received

    bool m_byHand = false; ///< of the message that is being sent; main thread
    qint64 m_sent = 0, m_received = 0; ///< main thread
    std::mutex m_sending; ///< of m_control
    ipc::Connection m_control;
    std::thread m_listener;
};

} // namespace forkscope
