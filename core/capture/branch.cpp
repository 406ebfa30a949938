// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/capture/branch.h"

#include "core/base/clock.h"
#include "core/capture/tap.h"
#include "core/journal/journalwriter.h"
#include "core/launch/handover.h"
#include "core/launch/pipepair.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <deque>
#include <thread>
#include <utility>

namespace forkscope {

namespace {

constexpr qsizetype kPieceBytes = 64 << 10;
/// A reader that falls behind for the first time is waited for so long: it may just not have had its turn.
constexpr qint64 kGraceNs = 50'000'000;
constexpr int kGraceStepMs = 5;
constexpr qint64 kTellEveryNs = 1'000'000'000; ///< of a loss that goes on

} // namespace

struct Branch::Private {
    struct Reader {
        Output output;
        std::deque<QByteArray> waiting; ///< for room in its pipe
        qsizetype done = 0; ///< of the first
        quint64 waitingBytes = 0;
        quint64 taken = 0; ///< bytes that went, or will go, to it
        qint64 fullSinceNs = 0; ///< no further piece finds room within the lag; 0: one does
        bool isSlow = false; ///< nobody waits for it until it has caught up
        quint64 lost = 0; ///< since this was last told
        QByteArray lostBeginning;
        qint64 lostSinceNs = 0;
        bool isThere() const { return bool(output.to); }
    };
    UniqueFd from, stop;
    std::vector<Reader> readers;
    quint64 lagBytes;
    JournalWriter &journal;
    std::atomic<bool> leaving = false;
    std::thread thread;

    Private(UniqueFd in, quint64 lag, JournalWriter &to)
        : from(std::move(in)), stop(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)), lagBytes(lag), journal(to)
    {
    }
    void run();
    enum class Read : quint8 { Now, Soon, NotYet }; ///< Soon: somebody is waited for, a little
    Read mayRead();
    qsizetype pieceBytes() const { return lagBytes ? qsizetype(std::min<quint64>(lagBytes, kPieceBytes)) : kPieceBytes; }
    bool read();
    void give(Reader &reader, const QByteArray &piece);
    void write(Reader &reader);
    void tellLoss(Reader &reader);
    static void leave(Reader &reader);
    void handOver(bool ended);
};

Branch::Private::Read Branch::Private::mayRead()
{
    bool anyHasAll = false, allHave = true, waits = false;
    for (Reader &reader : readers) {
        if (!reader.isThere())
            continue;
        const bool hasAll = reader.waiting.empty();
        anyHasAll = anyHasAll || hasAll;
        allHave = allHave && hasAll;
        if (hasAll)
            reader.isSlow = false;
        if (hasAll || reader.waitingBytes + quint64(pieceBytes()) <= lagBytes) {
            reader.fullSinceNs = 0;
        } else if (!reader.isSlow) {
            const qint64 nowNs = monotonicNs();
            reader.fullSinceNs = reader.fullSinceNs ? reader.fullSinceNs : nowNs;
            reader.isSlow = nowNs - reader.fullSinceNs >= kGraceNs;
            waits = waits || !reader.isSlow;
        }
    }
    if (lagBytes == 0)
        return allHave ? Read::Now : Read::NotYet;
    return waits ? Read::Soon : anyHasAll ? Read::Now : Read::NotYet;
}

/// False at the end of what is written.
bool Branch::Private::read()
{
    QByteArray piece(pieceBytes(), Qt::Uninitialized);
    const ssize_t count = ::read(from.get(), piece.data(), size_t(piece.size()));
    if (count <= 0)
        return count < 0 && (errno == EAGAIN || errno == EINTR);
    piece.truncate(count);
    for (Reader &reader : readers)
        if (reader.isThere())
            give(reader, piece);
    return true;
}

void Branch::Private::give(Reader &reader, const QByteArray &piece)
{
    const auto size = quint64(piece.size());
    if (lagBytes && reader.waitingBytes > 0 && reader.waitingBytes + size > lagBytes) {
        if (reader.lost == 0)
            reader.lostSinceNs = monotonicNs();
        reader.lost += size;
        reader.lostBeginning += piece.left(Intervened::kMostRemoved - reader.lostBeginning.size());
        reader.output.tap->countDropped(size);
        if (monotonicNs() - reader.lostSinceNs > kTellEveryNs)
            tellLoss(reader);
        return;
    }
    tellLoss(reader);
    reader.waiting.push_back(piece);
    reader.waitingBytes += size;
    reader.taken += size;
}

void Branch::Private::tellLoss(Reader &reader)
{
    if (reader.lost == 0)
        return;
    Intervened event{.channel = reader.output.channel, .kind = InterventionKind::Drop, .removed = {}};
    event.streamOffset = reader.taken;
    event.removedBytes = std::exchange(reader.lost, 0);
    event.removed = std::exchange(reader.lostBeginning, {});
    journal.append(event);
}

void Branch::Private::write(Reader &reader)
{
    while (!reader.waiting.empty()) {
        const QByteArray &first = reader.waiting.front();
        const ssize_t count
            = ::write(reader.output.to.get(), first.constData() + reader.done, size_t(first.size() - reader.done));
        if (count < 0) {
            if (errno != EAGAIN && errno != EINTR)
                leave(reader);
            return;
        }
        reader.waitingBytes -= quint64(count);
        reader.done += count;
        if (reader.done == first.size()) {
            reader.waiting.pop_front();
            reader.done = 0;
        }
    }
}

void Branch::Private::leave(Reader &reader)
{
    reader.output.to.reset();
    reader.waiting.clear();
    reader.waitingBytes = 0;
}

void Branch::Private::run()
{
    sigset_t broken;
    sigemptyset(&broken);
    sigaddset(&broken, SIGPIPE); // is told as EPIPE
    pthread_sigmask(SIG_BLOCK, &broken, nullptr);
    bool ended = false;
    std::vector<pollfd> fds(readers.size() + 2);
    for (;;) {
        if (!ended && mayRead() == Read::Now)
            ended = !read();
        for (Reader &reader : readers) {
            if (reader.isThere())
                write(reader);
            if (ended && reader.isThere() && reader.waiting.empty()) { // it need not wait for the others
                tellLoss(reader);
                leave(reader);
            }
        }
        const bool anyThere = std::any_of(readers.begin(), readers.end(), [](const Reader &r) { return r.isThere(); });
        if (!anyThere)
            break;
        fds[0] = {stop.get(), POLLIN, 0};
        const Read reads = ended ? Read::NotYet : mayRead();
        fds[1] = {reads == Read::Now ? from.get() : -1, POLLIN, 0};
        for (size_t i = 0; i < readers.size(); ++i)
            fds[i + 2] = {readers[i].output.to.get(), short(readers[i].waiting.empty() ? 0 : POLLOUT), 0};
        if (poll(fds.data(), fds.size(), reads == Read::Soon ? kGraceStepMs : -1) < 0 && errno != EINTR)
            break;
        if (fds[0].revents)
            break;
        for (size_t i = 0; i < readers.size(); ++i)
            if (fds[i + 2].revents & POLLERR)
                leave(readers[i]);
    }
    if (leaving)
        handOver(ended);
    from.reset();
    for (Reader &reader : readers) {
        tellLoss(reader);
        leave(reader);
    }
}

void Branch::Private::handOver(bool ended)
{
    std::vector<UniqueFd> outputs;
    for (Reader &reader : readers) {
        if (!reader.isThere())
            continue;
        UniqueFd to = std::move(reader.output.to);
        if (reader.waiting.empty()) {
            outputs.push_back(std::move(to));
            continue;
        }
        QByteArray first = reader.waiting.front().sliced(reader.done);
        for (auto piece = reader.waiting.begin() + 1; piece != reader.waiting.end(); ++piece)
            first += *piece;
        UniqueFd rest;
        if (auto pipe = ended ? Result<PipePair>(PipePair()) : makePipe(-1)) {
            rest = std::move(pipe.value().read);
            outputs.push_back(std::move(pipe.value().write));
        }
        handToCat(first, std::move(rest), std::move(to));
    }
    if (!ended && !outputs.empty())
        handToTee(std::move(from), outputs);
}

Branch::Branch(UniqueFd from, std::vector<Output> outputs, quint64 lagBytes, JournalWriter &journal, std::function<void()> ended)
    : d(std::make_unique<Private>(std::move(from), lagBytes, journal))
{
    const auto setNonBlocking = [](int fd) { fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK); };
    setNonBlocking(d->from.get());
    for (Output &output : outputs) {
        setNonBlocking(output.to.get());
        d->readers.emplace_back().output = std::move(output);
    }
    d->thread = std::thread([this, ended = std::move(ended)] {
        d->run();
        if (ended)
            ended();
    });
}

Branch::~Branch()
{
    eventfd_write(d->stop.get(), 1);
    if (d->thread.joinable())
        d->thread.join();
}

void Branch::leave()
{
    d->leaving = true;
    eventfd_write(d->stop.get(), 1);
    d->thread.join();
}

} // namespace forkscope
