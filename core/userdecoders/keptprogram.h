// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/launch/popen.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

namespace forkscope {

constexpr auto kProgramTimeout = std::chrono::seconds(1); ///< for an answer, the start included
constexpr qint64 kMostReply = 4 << 20; ///< bytes

/// A program that answers one request after the other, each a length of 4 bytes (big-endian) and so many bytes. Started without a
/// shell, in the folder / and a session of its own. One thread at a time.
class KeptProgram
{
public:
    using Clock = std::chrono::steady_clock;

    /// Null: problem says why.
    static std::unique_ptr<KeptProgram> start(const QByteArray &path, QByteArray &problem);
    ~KeptProgram(); ///< kills it, with all that it has started
    Q_DISABLE_COPY_MOVE(KeptProgram)

    enum class Outcome {
        Answered,
        Gone, ///< it had ended before: another one may know
        Failed, ///< problem says why
    };
    /// Waits for kProgramTimeout at most. Is of no use after anything but Answered.
    Outcome ask(QByteArrayView message, QByteArray &reply, QByteArray &problem);
    /// It said what nobody had asked for.
    bool isOutOfStep() const { return m_isOutOfStep; }
    Clock::time_point lastAsked() const { return m_lastAsked; }

private:
    explicit KeptProgram(std::unique_ptr<Popen> child);
    bool write(QByteArray &request);
    bool read(QByteArray &reply);
    void readError();

    std::unique_ptr<Popen> m_child;
    Clock::time_point m_lastAsked = Clock::now();
    QByteArray m_error; ///< the beginning of what it wrote there
    bool m_hasAnswered = false, m_isOutOfStep = false, m_hasErrorEnded = false;
};

/// Those of one decoder that wait for the next message, as many as threads have asked at a time. Thread-safe.
class KeptPrograms
{
public:
    KeptPrograms(QByteArray path, std::chrono::milliseconds idle);
    ~KeptPrograms();
    Q_DISABLE_COPY_MOVE(KeptPrograms)

    /// What went wrong; empty: the reply is there. Those that have not been asked for the idle time are ended.
    QByteArray ask(QByteArrayView message, QByteArray &reply);

private:
    std::unique_ptr<KeptProgram> take();
    void put(std::unique_ptr<KeptProgram> program);
    void endIdle();

    const QByteArray m_path;
    const std::chrono::milliseconds m_idleTime;
    std::mutex m_mutex;
    std::condition_variable m_changed; ///< of what follows
    std::vector<std::unique_ptr<KeptProgram>> m_idle; ///< asked longest ago first
    bool m_isStopping = false;
    std::thread m_thread; ///< runs endIdle() from the first put() on
};

} // namespace forkscope
