// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/capture/namedpipe.h"

#include "core/base/clock.h"
#include "core/capture/linkcontrol.h"
#include "core/capture/linkregistry.h"
#include "core/journal/journalwriter.h"

#include <QFile>

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <utility>

namespace forkscope {

namespace {

constexpr int kPipeBytes = 1 << 20; ///< the most an unprivileged process may have
constexpr int kLookEveryMs = 1000;
constexpr int kLookForWritersMs = 10;
constexpr qint64 kLingerNs = 1'000'000'000;

bool sameEnds(const QList<ChannelEnd> &a, const QList<ChannelEnd> &b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const ChannelEnd &x, const ChannelEnd &y) {
        return x.launch == y.launch && x.process == y.process && x.fd == y.fd && x.writes == y.writes;
    });
}

} // namespace

Result<void> NamedPipe::makeFifos(const Paths &paths)
{
    for (const QByteArray &path : {paths.in, paths.out})
        if (mkfifo(path.constData(), 0600) != 0 || chmod(path.constData(), 0600) != 0)
            return Error::fromErrno(tr("make a named pipe"), QFile::decodeName(path));
    return {};
}

NamedPipe::NamedPipe(const QByteArray &name, const Paths &paths, const Surroundings &surroundings, TapKeep keep, QObject *parent)
    : QObject(parent), m_name(name), m_paths{paths.in, paths.out}, m_around(surroundings), m_keep(keep),
      m_records(surroundings.journal, RecordMemory())
{
    connect(&m_timer, &QTimer::timeout, this, &NamedPipe::lookAtEnds);
    m_thread = std::thread([this] { run(); });
}

NamedPipe::~NamedPipe()
{
    if (m_tap)
        m_tap->leave();
    end();
    UniqueFd both[2];
    {
        const std::scoped_lock lock(m_mutex);
        m_stop = true;
        for (const Side side : {In, Out}) // whoever waits for an end, waits no more
            both[side].reset(open(m_paths[side].constData(), O_RDWR | O_NONBLOCK | O_CLOEXEC));
    }
    m_changed.notify_all();
    m_thread.join();
}

Result<UniqueFd> NamedPipe::openEnd(bool writes)
{
    const Side side = writes ? In : Out;
    const char *path = m_paths[side].constData();
    const std::scoped_lock lock(m_mutex);
    const UniqueFd both(open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC)); // so that nothing has to wait
    UniqueFd theirs(open(path, (writes ? O_WRONLY : O_RDONLY) | O_NONBLOCK | O_CLOEXEC));
    if (!theirs)
        return Error::fromErrno(tr("open the named pipe"), QFile::decodeName(m_paths[side]));
    fcntl(theirs.get(), F_SETFL, fcntl(theirs.get(), F_GETFL) & ~O_NONBLOCK);
    if (!m_active && !m_fds[side])
        m_fds[side].reset(open(path, (writes ? O_RDONLY : O_WRONLY) | O_NONBLOCK | O_CLOEXEC));
    m_changed.notify_all();
    return theirs;
}

void NamedPipe::setKeep(TapKeep keep)
{
    if (keep.bytes == m_keep.bytes)
        return;
    m_keep = keep;
    if (m_tap)
        m_tap->setKeep(keep);
}

/// Until somebody has the other end open. False: it is to end.
bool NamedPipe::waitForSide(Side side)
{
    UniqueFd ours(open(m_paths[side].constData(), (side == In ? O_RDONLY : O_WRONLY) | O_CLOEXEC)); // waits
    const std::scoped_lock lock(m_mutex);
    if (!m_fds[side])
        m_fds[side] = std::move(ours);
    return m_fds[side] && !m_stop;
}

void NamedPipe::run()
{
    for (;;) {
        if (!waitForSide(In) || !waitForSide(Out))
            return;
        std::unique_lock lock(m_mutex);
        m_active = true;
        QMetaObject::invokeMethod(
            this, [this] { begin(); }, Qt::QueuedConnection);
        m_changed.wait(lock, [this] { return m_stop || (!m_active && !m_lingers); });
        if (m_stop)
            return;
    }
}

void NamedPipe::begin()
{
    UniqueFd fds[2];
    {
        const std::scoped_lock lock(m_mutex);
        for (const Side side : {In, Out})
            fds[side] = std::move(m_fds[side]);
    }
    for (const Side side : {In, Out}) {
        fcntl(fds[side].get(), F_SETPIPE_SZ, kPipeBytes); // refused: a smaller one works as well, only slower
        m_pipes[side] = PipeIdentity::of(fds[side].get());
    }
    m_ends.clear();
    ChannelInfo info;
    info.kind = ChannelKind::Pipe;
    info.name = "pipe " + m_name;
    m_channel = m_around.journal.openChannel(info);
    m_tap = std::make_unique<Tap>(
        std::move(fds[In]), std::move(fds[Out]), m_channel, m_around.journal, m_records, m_keep, LinkSettings(), [this] {
            QMetaObject::invokeMethod(
                this, [this] { end(); }, Qt::QueuedConnection);
        });
    m_around.sampler.add({m_channel, m_tap.get(), m_pipes[In], m_pipes[Out], {}});
    lookAtEnds();
    m_around.links.add(m_channel, m_tap.get());
    m_timer.start(kLookEveryMs);
}

void NamedPipe::end()
{
    if (!m_tap)
        return;
    m_timer.stop();
    m_around.sampler.remove(m_channel);
    m_around.links.remove(m_channel);
    const TapCounters counters = m_tap->counters();
    m_tap.reset();
    m_around.journal.append(ChannelClosed{m_channel, counters.bytes, 0});
    {
        const std::scoped_lock lock(m_mutex);
        m_active = false;
        m_lingers = counters.readerGone;
    }
    linger(monotonicNs() + kLingerNs);
}

/// Writers that wait for room learn that the readers have gone when they wake up. To them we would be a new reader.
void NamedPipe::linger(qint64 untilNs)
{
    const auto has = [this](const auto &process) { return !descriptorsOf(process.second, m_pipes[In]).isEmpty(); };
    if (m_lingers && monotonicNs() < untilNs) {
        const auto processes = m_around.processes();
        if (std::any_of(processes.begin(), processes.end(), has)) {
            QTimer::singleShot(kLookForWritersMs, this, [this, untilNs] { linger(untilNs); });
            return;
        }
    }
    {
        const std::scoped_lock lock(m_mutex);
        m_lingers = false;
    }
    m_changed.notify_all();
}

void NamedPipe::lookAtEnds()
{
    QList<ChannelEnd> ends;
    for (const auto &[launch, process] : m_around.processes())
        for (const bool writes : {true, false})
            for (const int fd : descriptorsOf(process, m_pipes[writes ? In : Out]))
                ends.append({launch, process, fd, writes});
    if (ends.isEmpty() || sameEnds(ends, m_ends)) // those who have gone were there
        return;
    m_ends = ends;
    m_around.sampler.setEnds(m_channel, ends);
    m_around.journal.append(ChannelEnds{m_channel, ends});
}

} // namespace forkscope
