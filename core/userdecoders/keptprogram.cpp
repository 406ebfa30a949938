// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/userdecoders/keptprogram.h"

#include "core/decode/fieldtree.h"
#include "core/launch/processtree.h"
#include "core/launch/runcommand.h"

#include <QtEndian>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <poll.h>
#include <set>
#include <unistd.h>

namespace forkscope {

namespace {

constexpr qsizetype kLengthBytes = 4;
constexpr qsizetype kMostError = 4096; ///< bytes that are kept
constexpr auto kGrace = std::chrono::milliseconds(200); ///< to end when its input does

/// The sessions of all that run: whoever does not end when its input does is killed when this process exits.
class Sessions
{
public:
    static Sessions &all()
    {
        static Sessions *const sessions = [] {
            auto *const made = new Sessions; // never destroyed: there may be threads to the end
            std::atexit([] { all().killAll(); });
            return made;
        }();
        return *sessions;
    }
    void add(int pid)
    {
        const std::scoped_lock lock(m_mutex);
        m_pids.insert(pid);
    }
    void remove(int pid)
    {
        const std::scoped_lock lock(m_mutex);
        m_pids.erase(pid);
    }

private:
    void killAll()
    {
        const std::scoped_lock lock(m_mutex);
        for (const int pid : m_pids) // none is reaped while it is in the set
            ::kill(-pid, SIGKILL);
    }

    std::mutex m_mutex;
    std::set<int> m_pids;
};

void makeNonBlocking(int fd)
{
    ::fcntl(fd, F_SETFL, ::fcntl(fd, F_GETFL) | O_NONBLOCK);
}

} // namespace

std::unique_ptr<KeptProgram> KeptProgram::start(const QByteArray &path, QByteArray &problem)
{
    LaunchSpec spec;
    spec.arguments = {path};
    spec.startNewSession = true;
    spec.workingDirectory = "/";
    auto started = Popen::start(std::move(spec));
    if (const auto *failure = std::get_if<StartFailed>(&started)) {
        problem = startFailureText(*failure).toUtf8();
        return nullptr;
    }
    return std::unique_ptr<KeptProgram>(new KeptProgram(std::move(std::get<std::unique_ptr<Popen>>(started))));
}

KeptProgram::KeptProgram(std::unique_ptr<Popen> child) : m_child(std::move(child))
{
    Sessions::all().add(m_child->pid());
    for (const int fd :
        {m_child->standardInput()->descriptor(), m_child->standardOutput()->descriptor(), m_child->standardError()->descriptor()})
        makeNonBlocking(fd);
}

KeptProgram::~KeptProgram()
{
    // In step it has nothing to write, and ends by itself when its input does.
    const bool mayEnd = m_hasAnswered && !m_isOutOfStep;
    (void)m_child->standardInput()->close();
    Sessions::all().remove(m_child->pid());
    if (mayEnd && m_child->wait(kGrace))
        return;
    ProcessTree tree(m_child->key(), {m_child->standardOutput()->descriptor(), m_child->standardError()->descriptor()});
    tree.signal(SIGKILL);
    (void)m_child->kill();
    (void)m_child->wait(kProgramTimeout);
}

/// False: it reads no more.
bool KeptProgram::write(QByteArray &request)
{
    const auto written = ::write(m_child->standardInput()->descriptor(), request.constData(), size_t(request.size()));
    if (written < 0)
        return errno == EAGAIN || errno == EINTR;
    request.remove(0, written);
    return true;
}

/// False: it writes no more.
bool KeptProgram::read(QByteArray &reply)
{
    char bytes[64 * 1024];
    const auto got = ::read(m_child->standardOutput()->descriptor(), bytes, sizeof bytes);
    if (got < 0)
        return errno == EAGAIN || errno == EINTR;
    reply.append(bytes, got);
    return got > 0;
}

void KeptProgram::readError()
{
    char bytes[4096];
    const auto got = ::read(m_child->standardError()->descriptor(), bytes, sizeof bytes);
    m_hasErrorEnded = got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR);
    if (got > 0)
        m_error.append(bytes, std::min<qsizetype>(got, kMostError - m_error.size()));
}

KeptProgram::Outcome KeptProgram::ask(QByteArrayView message, QByteArray &reply, QByteArray &problem)
{
    using namespace std::chrono;
    m_lastAsked = Clock::now();
    const auto deadline = m_lastAsked + kProgramTimeout;
    const auto fail = [&](const QByteArray &why) {
        problem = why;
        m_isOutOfStep = true;
        return Outcome::Failed;
    };
    reply.clear();
    if (m_hasAnswered && (!read(reply) || !reply.isEmpty())) {
        m_isOutOfStep = true;
        return Outcome::Gone;
    }
    QByteArray request(kLengthBytes, '\0');
    qToBigEndian(quint32(message.size()), request.data());
    request += message;
    m_error.clear();
    for (qint64 wanted = kLengthBytes; reply.size() < wanted;) {
        const auto left = duration_cast<milliseconds>(deadline - Clock::now());
        if (left.count() <= 0)
            return fail("it was killed, since it gave no answer within a second");
        pollfd ready[] = {{request.isEmpty() ? -1 : m_child->standardInput()->descriptor(), POLLOUT, 0},
            {m_child->standardOutput()->descriptor(), POLLIN, 0},
            {m_hasErrorEnded ? -1 : m_child->standardError()->descriptor(), POLLIN, 0}};
        if (::poll(ready, std::size(ready), int(left.count()) + 1) < 0)
            continue;
        if (ready[2].revents)
            readError();
        if (ready[0].revents && !write(request))
            request.clear(); // what it says before it ends is still read
        if (ready[1].revents && !read(reply)) {
            if (reply.isEmpty() && m_hasAnswered)
                return Outcome::Gone;
            readError();
            return fail("it failed: " + decode::shownPart(m_error).toByteArray().simplified());
        }
        if (reply.size() >= kLengthBytes)
            wanted = kLengthBytes + qint64(qFromBigEndian<quint32>(reply.constData()));
        if (wanted > kLengthBytes + kMostReply)
            return fail("its answer is longer than 4 MiB");
        m_isOutOfStep = reply.size() > wanted;
        if (m_isOutOfStep)
            reply.truncate(wanted);
    }
    reply.remove(0, kLengthBytes);
    m_hasAnswered = true;
    return Outcome::Answered;
}

KeptPrograms::KeptPrograms(QByteArray path, std::chrono::milliseconds idle) : m_path(std::move(path)), m_idleTime(idle) { }

KeptPrograms::~KeptPrograms()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_isStopping = true;
    }
    m_changed.notify_all();
    if (m_thread.joinable())
        m_thread.join();
}

QByteArray KeptPrograms::ask(QByteArrayView message, QByteArray &reply)
{
    for (;;) {
        QByteArray problem;
        auto program = take();
        if (!program)
            program = KeptProgram::start(m_path, problem);
        if (!program)
            return problem;
        switch (program->ask(message, reply, problem)) {
        case KeptProgram::Outcome::Answered:
            if (!program->isOutOfStep())
                put(std::move(program));
            return {};
        case KeptProgram::Outcome::Failed:
            return problem;
        case KeptProgram::Outcome::Gone:
            break; // there are ever fewer of those that have answered; a new one tells why
        }
    }
}

std::unique_ptr<KeptProgram> KeptPrograms::take()
{
    const std::scoped_lock lock(m_mutex);
    if (m_idle.empty())
        return nullptr;
    auto program = std::move(m_idle.back());
    m_idle.pop_back();
    return program;
}

void KeptPrograms::put(std::unique_ptr<KeptProgram> program)
{
    {
        const std::scoped_lock lock(m_mutex);
        m_idle.push_back(std::move(program));
        if (!m_thread.joinable())
            m_thread = std::thread([this] { endIdle(); });
        if (m_idle.size() > 1)
            return; // it is waited for already
    }
    m_changed.notify_all();
}

void KeptPrograms::endIdle()
{
    std::unique_lock lock(m_mutex);
    while (!m_isStopping) {
        if (m_idle.empty()) {
            m_changed.wait(lock);
            continue;
        }
        const auto end = m_idle.front()->lastAsked() + m_idleTime;
        if (KeptProgram::Clock::now() < end) {
            m_changed.wait_until(lock, end);
            continue;
        }
        auto ended = std::move(m_idle.front());
        m_idle.erase(m_idle.begin());
        lock.unlock();
        ended.reset();
        lock.lock();
    }
}

} // namespace forkscope
