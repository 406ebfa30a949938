// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pool/workerloop.h"

#include "core/base/clock.h"
#include "core/ipc/process.h"
#include "core/pool/taskcodec.h"
#include "core/pool/workeroutput.h"

#include <cxxabi.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <stdexcept>
#include <vector>

namespace forkscope::pool {

namespace {

using namespace wire;

constexpr qsizetype kMostOfText = 64 * 1024; ///< of an exception, in characters
constexpr qint64 kWorthAWriteNs = 100'000; ///< of a task: then a write(2) does not matter
constexpr qsizetype kReadAtOnce = 256 * 1024;
constexpr quint8 kStrangeCalls = 8; ///< of a function: so often nobody can say yet how long it takes, or whether it ends us

/// Never destroyed: its thread may run to the process's end. There is one.
WorkerOutput &outputOfProcess(UniqueFd results)
{
    static auto *const only = new WorkerOutput(std::move(results));
    return *only;
}

class WorkerLoop
{
public:
    WorkerLoop(UniqueFd requests, UniqueFd results, WorkerPage *page)
        : m_requests(std::move(requests)), m_output(outputOfProcess(std::move(results))), m_page(*page)
    {
        fcntl(m_requests.get(), F_SETFL, O_NONBLOCK);
    }

    void run()
    {
        do {
            while (!m_isOver && handleOne())
                ;
        } while (!m_isOver && fill());
        m_output.flush();
    }

private:
    bool handleOne();
    bool fill();
    void runTask(const Request &request, QByteArrayView bytes);
    bool call(const TaskBody &body, QByteArrayView bytes, Calls how, QByteArray &out);
    void initialise(const Request &request, QByteArrayView bytes);
    void reply(const Request &request, ReplyKind kind, qint64 startNs, qint64 endNs)
    {
        m_output.append(
            {quint32(m_result.size()), request.sequence, startNs, quint64(endNs - startNs) * 4 + quint64(kind)}, m_result);
    }

    UniqueFd m_requests;
    WorkerOutput &m_output;
    WorkerPage &m_page;
    QByteArray m_input;
    qsizetype m_at = 0; ///< what lies before it was handled
    std::vector<TaskBody> m_functions; ///< by number; empty: not known
    QByteArrayList m_names;
    std::vector<quint8> m_calls; ///< of each, up to kStrangeCalls
    TaskArguments m_arguments;
    QByteArray m_result;
    bool m_isOver = false; ///< the initializer has failed
    qint64 m_nowNs = 0; ///< the end of the last task; 0: we have waited since
};

/// Reads more; waits where there is nothing. False at the end.
bool WorkerLoop::fill()
{
    m_input.remove(0, std::exchange(m_at, 0));
    const qsizetype before = m_input.size();
    m_input.resize(before + std::max(kReadAtOnce, before));
    for (;;) {
        const ssize_t count = read(m_requests.get(), m_input.data() + before, size_t(m_input.size() - before));
        if (count >= 0) {
            m_input.resize(before + count);
            return count > 0;
        }
        if (errno == EAGAIN) {
            m_output.flush();
            m_nowNs = 0;
            pollfd ready{m_requests.get(), POLLIN, 0};
            poll(&ready, 1, -1);
        } else if (errno != EINTR) {
            return false;
        }
    }
}

bool WorkerLoop::handleOne()
{
    Request request;
    if (m_input.size() - m_at < qsizetype(sizeof request))
        return false;
    memcpy(&request, m_input.data() + m_at, sizeof request);
    const qsizetype end = m_at + qsizetype(sizeof request) + qsizetype(request.size);
    if (m_input.size() < end)
        return false;
    const QByteArrayView bytes(m_input.constData() + m_at + sizeof request, request.size);
    m_at = end;
    switch (request.kind) {
    case RequestKind::Run:
        runTask(request, bytes);
        break;
    case RequestKind::Define:
        m_functions.resize(std::max<size_t>(m_functions.size(), request.function + 1U));
        m_names.resize(qsizetype(m_functions.size()));
        m_calls.resize(m_functions.size());
        m_functions[request.function] = findTaskFunction(bytes.toByteArray()).value_or(TaskBody());
        m_names[request.function] = bytes.toByteArray();
        break;
    case RequestKind::Initialise:
    case RequestKind::Start:
        initialise(request, bytes);
        break;
    }
    return true;
}

/// [type, text] of what has just been caught.
QByteArray caught()
{
    QString type, text;
    try {
        throw;
    } catch (const ipc::Exit &) {
        throw; // ends the process, as it was asked
    } catch (const std::exception &exception) {
        type = ipc::detail::typeName(typeid(exception));
        text = QString::fromUtf8(exception.what());
    } catch (const abi::__forced_unwind &) {
        throw;
    } catch (...) {
        const std::type_info *const known = abi::__cxa_current_exception_type();
        type = known ? ipc::detail::typeName(*known) : QStringLiteral("?");
    }
    if (text.size() > kMostOfText)
        text = text.first(kMostOfText) + QStringLiteral(" … (%1)").arg(text.size());
    QByteArray out;
    if (!appendValue(out, QCborArray{type, text})) {
        out.resize(0);
        (void)appendValue(out, QCborArray{type, QString()});
    }
    return out;
}

/// False: it threw; then `out` has what.
bool WorkerLoop::call(const TaskBody &body, QByteArrayView bytes, Calls how, QByteArray &out)
{
    const qsizetype before = out.size();
    try {
        if (how == Calls::Items) {
            auto item = takeValue(bytes);
            if (!item)
                throw std::runtime_error(errorText(item.error()).toStdString());
            if (m_arguments.positional.size() == 1) {
                m_arguments.positional[0] = std::move(item).value();
            } else {
                m_arguments.positional = QCborArray{std::move(item).value()};
            }
            if (!m_arguments.keywords.isEmpty())
                m_arguments.keywords = QCborMap();
        } else if (const auto complete = readCall(bytes, m_arguments.positional, m_arguments.keywords); !complete) {
            throw std::runtime_error(errorText(complete.error()).toStdString());
        }
        const QCborValue value = body(m_arguments);
        // A function that returns nothing returns null, as in Python.
        if (const auto written = appendValue(out, value.isUndefined() ? QCborValue(nullptr) : value); !written)
            throw std::invalid_argument(errorText(written.error()).toStdString());
        if (out.size() > std::numeric_limits<qint32>::max())
            throw std::length_error("the result is larger than 2 GiB");
        return true;
    } catch (const abi::__forced_unwind &) {
        throw;
    } catch (...) {
        out.resize(before);
        out.append(caught());
        return false;
    }
}

void WorkerLoop::runTask(const Request &request, QByteArrayView bytes)
{
    quint8 expected = WorkerPage::Given;
    const bool ours = m_page.places[request.sequence % WorkerPage::kPlaces].compare_exchange_strong(expected, WorkerPage::Begun);
    m_page.passed.store(request.sequence + 1, std::memory_order_release);
    if (!ours)
        return;
    if (request.function < m_calls.size() && m_calls[request.function] < kStrangeCalls) {
        ++m_calls[request.function];
        m_output.flush(); // if it ends us, what was finished before is not to go with it
    }
    const qint64 startNs = m_nowNs ? m_nowNs : monotonicNs();
    m_page.beginNs.store(startNs, std::memory_order_relaxed);
    m_page.begun.store(request.sequence + 1, std::memory_order_release);
    m_output.longWaitAhead();
    m_result.resize(0);
    bool well = true;
    const TaskBody *const body
        = request.function < m_functions.size() && m_functions[request.function] ? &m_functions[request.function] : nullptr;
    if (!body) {
        well = false;
        const QByteArray failure = QCborValue(QCborArray{QStringLiteral("std::out_of_range"),
                                                  QStringLiteral("no function “%1” is registered in the worker's program")
                                                      .arg(QString::fromUtf8(m_names.value(request.function)))})
                                       .toCbor();
        if (request.calls == Calls::One)
            m_result = failure;
        else
            while (takePiece(bytes))
                appendPiece(m_result, failure, true);
    } else if (request.calls == Calls::One) {
        well = call(*body, bytes, Calls::One, m_result);
    } else {
        while (const auto piece = takePiece(bytes)) {
            const qsizetype head = m_result.size();
            appendPiece(m_result, {});
            const bool one = call(*body, piece->bytes, request.calls, m_result);
            setPieceHead(m_result, head, !one);
            well = well && one;
        }
    }
    m_nowNs = monotonicNs();
    m_page.finished.store(request.sequence + 1, std::memory_order_release);
    reply(request, well ? ReplyKind::Done : ReplyKind::Failed, startNs, m_nowNs);
    if (m_nowNs - startNs > kWorthAWriteNs)
        m_output.flush(); // a death while the next one runs must not take it along
}

void WorkerLoop::initialise(const Request &request, QByteArrayView bytes)
{
    m_result.resize(0);
    bool well = true;
    const qint64 startNs = monotonicNs();
    if (request.kind == RequestKind::Initialise) {
        const TaskBody body = request.function < m_functions.size() ? m_functions[request.function] : TaskBody();
        if (!body) {
            well = false;
            (void)appendValue(m_result,
                QCborArray{QStringLiteral("std::out_of_range"),
                    QStringLiteral("no function “%1” is registered in the worker's program")
                        .arg(QString::fromUtf8(m_names.value(request.function)))});
        } else {
            well = call(body, bytes, Calls::One, m_result);
        }
    }
    if (well)
        m_result.resize(0);
    reply(request, well ? ReplyKind::Ready : ReplyKind::NotReady, startNs, monotonicNs());
    m_output.flush();
    m_isOver = !well;
}

} // namespace

void serveTasks(ipc::Arguments &arguments)
{
    auto requests = arguments.takeDescriptor(0);
    auto results = arguments.takeDescriptor(1);
    auto memory = arguments.takeDescriptor(2);
    if (!requests || !results || !memory)
        throw std::runtime_error("a pool's worker got no pipes");
    for (const UniqueFd *fd : {&requests.value(), &results.value()})
        fcntl(fd->get(), F_SETFD, FD_CLOEXEC);
    void *const page = mmap(nullptr, sizeof(WorkerPage), PROT_READ | PROT_WRITE, MAP_SHARED, memory.value().get(), 0);
    if (page == MAP_FAILED)
        throw std::runtime_error("a pool's worker got no memory");
    WorkerLoop(std::move(requests).value(), std::move(results).value(), static_cast<WorkerPage *>(page)).run();
}

} // namespace forkscope::pool
