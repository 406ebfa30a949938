// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pool/functionworker.h"

#include "core/base/clock.h"
#include "core/launch/pipepair.h"
#include "core/launch/signals.h"
#include "core/monitor/procfs.h"
#include "core/pool/taskcodec.h"

#include <QCoreApplication>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace forkscope::pool {

using namespace wire;

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(pool::Pool)
};

constexpr int kPipeSize = 1024 * 1024;
constexpr qint64 kWorkAheadNs = 400'000; ///< that lies at a worker, so that it never waits for us
constexpr int kLargestWindow = 1024;
constexpr qint64 kLongNs = 20'000'000; ///< tasks that take longer come one at a time, and are told of while they run
constexpr qsizetype kMostUnsent = 4 * 1024 * 1024; ///< bytes
constexpr qint64 kMostAtOnce = 1024 * 1024; ///< bytes that are read from one worker before others have their turn

/// −: a is before b, though the numbers wrap.
qint32 distance(quint32 a, quint32 b)
{
    return qint32(a - b);
}

} // namespace

Result<std::unique_ptr<FunctionWorker>> FunctionWorker::start(int place, const Start &start)
{
    auto requests = makePipe(kPipeSize);
    if (!requests)
        return requests.error();
    auto results = makePipe(kPipeSize);
    if (!results)
        return results.error();
    UniqueFd memory(memfd_create("forkscope-pool-worker", MFD_CLOEXEC));
    if (!memory || fchmod(memory.get(), 0600) != 0 || ftruncate(memory.get(), sizeof(WorkerPage)) != 0)
        return Error::fromErrno(Text::tr("make memory for a worker"));
    void *const page = mmap(nullptr, sizeof(WorkerPage), PROT_READ | PROT_WRITE, MAP_SHARED, memory.get(), 0);
    if (page == MAP_FAILED)
        return Error::fromErrno(Text::tr("make memory for a worker"));
    fcntl(requests.value().write.get(), F_SETFL, O_NONBLOCK);
    fcntl(results.value().read.get(), F_SETFL, O_NONBLOCK);

    ipc::Arguments arguments;
    arguments.append(std::move(requests.value().read));
    arguments.append(std::move(results.value().write));
    arguments.append(std::move(memory));
    ipc::ProcessOptions options;
    options.name = start.name;
    options.daemon = true; // it ends with us, however that is
    auto process = std::make_unique<ipc::Process>(kServe, std::move(arguments), options);
    if (const auto started = process->start(); !started) {
        munmap(page, sizeof(WorkerPage));
        return started.error();
    }
    std::unique_ptr<FunctionWorker> worker(new FunctionWorker(place, std::move(process), std::move(requests.value().write),
        std::move(results.value().read), static_cast<WorkerPage *>(page)));
    if (start.initializer) {
        worker->define(start.initializer->number, start.initializer->function);
        worker->append({quint32(start.initializerArguments.size()), 0, start.initializer->number, RequestKind::Initialise, {}},
            start.initializerArguments);
    } else {
        worker->append({0, 0, 0, RequestKind::Start, {}}, {});
    }
    worker->flush();
    return worker;
}

FunctionWorker::FunctionWorker(
    int place, std::unique_ptr<ipc::Process> process, UniqueFd requests, UniqueFd results, WorkerPage *page)
    : m_place(place), m_process(std::move(process)), m_requests(std::move(requests)), m_results(std::move(results)), m_page(page),
      m_ring(WorkerPage::kPlaces)
{
    const auto stat = readProcStat(m_process->pid());
    m_key = stat ? stat->key : ProcessKey{m_process->pid(), 0};
    if (const auto descriptor = m_process->sentinel())
        m_sentinel = descriptor.value();
}

FunctionWorker::~FunctionWorker()
{
    munmap(m_page, sizeof(WorkerPage));
}

void FunctionWorker::append(const Request &request, QByteArrayView bytes)
{
    if (m_written == m_out.size() && m_written > 0) {
        m_out.resize(0);
        m_written = 0;
    }
    m_out.append(reinterpret_cast<const char *>(&request), sizeof request);
    m_out.append(bytes);
}

void FunctionWorker::define(quint16 number, const QByteArray &name)
{
    if (number < m_defined.size() && m_defined[number])
        return;
    m_defined.resize(std::max<size_t>(m_defined.size(), number + 1U));
    m_defined[number] = true;
    append({quint32(name.size()), 0, number, RequestKind::Define, {}}, name);
}

void FunctionWorker::give(TaskState &task)
{
    define(task.kind->number, task.kind->function);
    const quint32 sequence = m_next++;
    place(sequence).store(WorkerPage::Given, std::memory_order_relaxed); // the pipe orders it
    at(sequence) = &task;
    ++m_inFlight;
    ++m_taken;
    task.process = m_key;
    task.worker = m_place;
    if (task.kind->timeoutNs >= 0) {
        ++m_withTimeout;
        m_shortestTimeoutNs = m_withTimeout == 1 ? task.kind->timeoutNs : std::min(m_shortestTimeoutNs, task.kind->timeoutNs);
    }
    append({quint32(task.bytes.size()), sequence, task.kind->number, RequestKind::Run, task.kind->calls}, task.bytes.view());
}

void FunctionWorker::takeOut(quint32 sequence)
{
    if (at(sequence)->kind->timeoutNs >= 0)
        --m_withTimeout;
    at(sequence) = nullptr;
    --m_inFlight;
}

void FunctionWorker::flush()
{
    while (m_requests && m_written < m_out.size()) {
        const ssize_t count = write(m_requests.get(), m_out.constData() + m_written, size_t(m_out.size() - m_written));
        if (count > 0)
            m_written += count;
        else if (errno != EINTR)
            break; // full, or it has died: its sentinel tells
    }
    if (m_written == m_out.size()) {
        m_written = 0;
        if (m_out.capacity() > kPipeSize)
            m_out.clear();
        else
            m_out.resize(0);
        if (m_phase == Phase::Finishing)
            m_requests.reset();
    }
}

bool FunctionWorker::readResults(ExecutorClient &client)
{
    for (qint64 all = 0; all < kMostAtOnce;) {
        const qsizetype before = m_in.size();
        const qsizetype most = std::max<qsizetype>(128 * 1024, before);
        m_in.resize(before + most);
        const ssize_t count = read(m_results.get(), m_in.data() + before, size_t(most));
        m_in.resize(before + std::max<ssize_t>(count, 0));
        if (count < 0 && errno == EINTR)
            continue;
        if (count == 0) // nothing will come any more: it ends, or is of no use
            (void)m_process->kill();
        if (count <= 0)
            break;
        all += count;
        qsizetype done = 0;
        Reply reply;
        while (m_in.size() - done >= qsizetype(sizeof reply)) {
            memcpy(&reply, m_in.constData() + done, sizeof reply);
            const qsizetype end = done + qsizetype(sizeof reply) + qsizetype(reply.size);
            if (m_in.size() < end)
                break;
            if (!handle(reply, QByteArrayView(m_in.constData() + done + sizeof reply, reply.size), client)) {
                kill();
                return false;
            }
            done = end;
        }
        if (done == m_in.size())
            m_in.resize(0);
        else
            m_in.remove(0, done);
        if (count < most)
            break;
    }
    if (m_in.isEmpty() && m_in.capacity() > 4 * kPipeSize)
        m_in.clear();
    return true;
}

bool FunctionWorker::handle(const Reply &reply, QByteArrayView bytes, ExecutorClient &client)
{
    const auto kind = ReplyKind(reply.durationAndKind & 3);
    const qint64 duration = qint64(reply.durationAndKind >> 2);
    const auto told = [&bytes] {
        QByteArrayView view = bytes;
        const auto value = takeValue(view);
        return value ? value.value().toArray() : QCborArray();
    };
    if (kind == ReplyKind::Ready) {
        if (m_phase == Phase::Starting)
            m_phase = Phase::Ready;
        return true;
    }
    if (kind == ReplyKind::NotReady) {
        m_initializerFault = told().at(0).toString() + QStringLiteral(": ") + told().at(1).toString();
        return true;
    }
    if (distance(reply.sequence, m_head) < 0 || distance(reply.sequence, m_next) >= 0 || !at(reply.sequence))
        return false;
    while (m_head != reply.sequence) {
        if (at(m_head)) // it is older, and cannot come any more
            return false;
        ++m_head;
    }
    TaskState &task = *at(reply.sequence);
    takeOut(reply.sequence);
    ++m_head;
    AttemptEnd end;
    end.startNs = reply.startNs;
    end.endNs = reply.startNs + duration;
    if (kind == ReplyKind::Done || task.kind->calls != Calls::One)
        end.result.assign(bytes);
    if (kind == ReplyKind::Failed) {
        end.how = TaskEnding::Failed;
        if (task.kind->calls == Calls::One) {
            end.errorType = told().at(0).toString();
            end.errorText = told().at(1).toString();
        } else {
            for (QByteArrayView view = bytes; const auto piece = takePiece(view);) {
                if (!piece->failed)
                    continue;
                bytes = piece->bytes;
                end.errorType = told().at(0).toString();
                end.errorText = told().at(1).toString();
                break;
            }
        }
    }
    measured(duration);
    client.attemptEnded(task, placement(), std::move(end));
    return true;
}

/// So many that they last for kWorkAheadNs. Two at least, for the next one should lie there when one ends; it can be taken
/// back at any time.
void FunctionWorker::measured(qint64 ns)
{
    m_averageNs = m_averageNs < 0 ? ns : m_averageNs + (ns - m_averageNs) / 8;
    m_window
        = m_averageNs > kLongNs ? 1 : int(std::clamp<qint64>(kWorkAheadNs / std::max<qint64>(m_averageNs, 1), 2, kLargestWindow));
}

int FunctionWorker::room()
{
    if (m_phase != Phase::Ready || m_out.size() - m_written > kMostUnsent)
        return 0;
    const quint32 passed = m_page->passed.load(std::memory_order_acquire);
    while (m_head != m_next && !at(m_head) && distance(passed, m_head) > 0)
        ++m_head;
    return std::min(m_window - m_inFlight, int(WorkerPage::kPlaces) - 1 - distance(m_next, m_head));
}

int FunctionWorker::takeBack(int most, ExecutorClient &client)
{
    int count = 0;
    for (quint32 sequence = m_next; sequence != m_head && count < most;) {
        --sequence;
        TaskState *const task = at(sequence);
        if (!task)
            continue;
        quint8 expected = WorkerPage::Given;
        if (!place(sequence).compare_exchange_strong(expected, WorkerPage::TakenBack))
            break; // and so have all before it
        takeOut(sequence);
        --m_taken;
        ++count;
        client.taskReturned(*task);
    }
    return count;
}

bool FunctionWorker::takeBack(TaskState &task, ExecutorClient &client)
{
    for (quint32 sequence = m_next; sequence != m_head;) {
        if (at(--sequence) != &task)
            continue;
        quint8 expected = WorkerPage::Given;
        if (!place(sequence).compare_exchange_strong(expected, WorkerPage::TakenBack))
            return false;
        takeOut(sequence);
        --m_taken;
        client.taskReturned(task);
        return true;
    }
    return false;
}

TaskState *FunctionWorker::current(qint64 &sinceNs) const
{
    const quint32 begun = m_page->begun.load(std::memory_order_acquire);
    sinceNs = m_page->beginNs.load(std::memory_order_relaxed);
    if (m_inFlight == 0 || begun == m_page->finished.load(std::memory_order_acquire)
        || begun != m_page->begun.load(std::memory_order_acquire))
        return nullptr;
    const quint32 sequence = begun - 1;
    if (distance(sequence, m_head) < 0 || distance(sequence, m_next) >= 0)
        return nullptr;
    return m_ring[sequence % WorkerPage::kPlaces];
}

bool FunctionWorker::killFor(const TaskState &task, TaskEnding how)
{
    // Whatever else lies there is taken back before (takeBack()), so that nothing else can begin meanwhile.
    qint64 since = 0;
    if (current(since) != &task)
        return false;
    m_killedFor = m_page->begun.load(std::memory_order_acquire);
    m_killedHow = how;
    kill();
    return true;
}

void FunctionWorker::kill()
{
    m_phase = Phase::Killed;
    (void)m_process->kill(); // one that has ended needs none
}

void FunctionWorker::finish()
{
    if (m_phase == Phase::Killed)
        return;
    m_phase = Phase::Finishing;
    flush();
}

qint64 FunctionWorker::checkTimeout(qint64 nowNs)
{
    if (m_withTimeout == 0 || m_phase == Phase::Killed)
        return -1;
    qint64 since = 0;
    const TaskState *const task = current(since);
    if (!task || task->kind->timeoutNs < 0)
        return nowNs + std::max<qint64>(m_shortestTimeoutNs, 1'000'000);
    return since + task->kind->timeoutNs;
}

qint64 FunctionWorker::tellBegan(qint64 nowNs, ExecutorClient &client)
{
    if (m_inFlight == 0)
        return -1;
    qint64 since = 0;
    TaskState *const task = current(since);
    if (task) {
        const quint32 mark = m_page->begun.load(std::memory_order_relaxed);
        if (mark == m_told)
            return -1; // its end will tell
        if (nowNs - since < kLongNs)
            return since + kLongNs;
        m_told = mark;
        client.attemptBegan(*task, placement(), since);
        return -1;
    }
    return nowNs + kLongNs;
}

ExitStatus FunctionWorker::bury(ExecutorClient &client)
{
    while (true) { // what it has told before its end
        const auto before = m_inFlight;
        if (!readResults(client) || before == m_inFlight)
            break;
    }
    (void)m_process->join(QDeadlineTimer(0));
    const auto result = m_process->result();
    const ExitStatus status = result ? result->status : ExitStatus{};
    QString why = status.kind == ExitStatus::Kind::Signalled
        ? Text::tr("its worker was ended by %1").arg(signalName(status.value))
        : status.kind == ExitStatus::Kind::Exited ? Text::tr("its worker ended with exit status %1").arg(status.value)
                                                  : Text::tr("its worker has ended");
    const quint32 finished = m_page->finished.load(std::memory_order_acquire);
    const quint32 begun = m_page->begun.load(std::memory_order_acquire);
    const qint64 beginNs = m_page->beginNs.load(std::memory_order_relaxed);
    for (quint32 sequence = m_head; sequence != m_next; ++sequence) {
        TaskState *const task = at(sequence);
        if (!task)
            continue;
        const bool hasBegun = place(sequence).load() != WorkerPage::Given;
        takeOut(sequence);
        if (!hasBegun) {
            --m_taken;
            client.taskReturned(*task);
            continue;
        }
        AttemptEnd end;
        end.endNs = monotonicNs();
        end.status = status;
        end.startNs = begun == sequence + 1 ? beginNs : end.endNs;
        if (m_killedFor == sequence + 1) {
            end.how = m_killedHow;
            if (m_killedHow == TaskEnding::TimedOut)
                end.errorText = Text::tr("it took longer than %1 s").arg(double(task->kind->timeoutNs) / 1e9);
        } else {
            end.how = TaskEnding::WorkerLost;
            end.errorText
                = distance(finished, sequence) > 0 ? Text::tr("it was finished, but its result was lost: %1").arg(why) : why;
        }
        client.attemptEnded(*task, placement(), std::move(end));
    }
    m_head = m_next;
    (void)m_process->close();
    return status;
}

} // namespace forkscope::pool
