// SPDX-License-Identifier: GPL-3.0-or-later
// The processes of a playground scene (core/playground): at a queue, and at the ends of a pipe. Each is handed what it uses, a
// connection to the one that controls it, and its settings (scenecontrol.h).
#include "core/ipc/currentprocess.h"
#include "core/ipc/process.h"
#include "core/ipc/queue.h"
#include "core/worker/sceneturn.h"

#include <fcntl.h>

#include <stdexcept>

using namespace forkscope;
using namespace forkscope::ipc;

namespace {

template<typename T> T valueOf(Result<T> result)
{
    if (!result)
        throw std::runtime_error(errorText(result.error()).toStdString());
    return std::move(result).value();
}

void need(const Result<void> &result)
{
    if (!result)
        throw std::runtime_error(errorText(result.error()).toStdString());
}

QDeadlineTimer slice()
{
    return QDeadlineTimer(SceneTurn::kSliceMs);
}

QByteArray cborOf(qint64 number, qsizetype fill)
{
    return QCborMap{{QStringLiteral("from"), currentProcess().name}, {QStringLiteral("number"), number},
        {QStringLiteral("data"), QByteArray(std::max<qsizetype>(fill, 0), 'x')}}
        .toCborValue()
        .toCbor();
}

/// A message of about this size that says whose it is, and which.
QByteArray payloadOf(const QString &kind, qint64 number, qint64 size)
{
    const QByteArray name = currentProcess().name.toUtf8(), digits = QByteArray::number(number);
    if (kind == QLatin1String("json")) {
        const QByteArray begin = R"({"from":")" + name + R"(","number":)" + digits + R"(,"text":")";
        return begin + QByteArray(std::max<qsizetype>(size - begin.size() - 2, 0), 'x') + "\"}";
    }
    if (kind == QLatin1String("cbor"))
        return cborOf(number, size - cborOf(number, 0).size());
    return (name + ": " + digits).leftJustified(size, '.');
}

/// put(queue, control, settings)
const Function sceneProducer("scene producer", [](Arguments &arguments) {
    Queue queue = valueOf(arguments.take<Queue>(0));
    SceneTurn turn(valueOf(arguments.take<Connection>(1)), arguments.value(2).toMap());
    std::optional<PriorityQueue> ordered;
    if (turn.settings().ordered)
        ordered = valueOf(PriorityQueue::attach(fcntl(queue.fd(), F_DUPFD_CLOEXEC, 3)));
    for (qint64 number = 0; !turn.isOver(number) && turn.wait(true);) {
        const SceneTurn::Settings settings = turn.settings();
        const QByteArray payload = payloadOf(settings.payload, number, settings.size);
        const auto put = ordered ? ordered->putBytes(payload, settings.priority, slice()) : queue.putBytes(payload, slice());
        if (put) {
            ++number;
            turn.done();
        } else if (put.error().code == ErrorCode::Closed) {
            break;
        } else if (put.error().code != ErrorCode::Full && put.error().code != ErrorCode::TimedOut) {
            need(put);
        }
    }
});

const Function sceneConsumer("scene consumer", [](Arguments &arguments) {
    Queue queue = valueOf(arguments.take<Queue>(0));
    SceneTurn turn(valueOf(arguments.take<Connection>(1)), arguments.value(2).toMap());
    for (qint64 number = 0; !turn.isOver(number) && turn.wait(false);) {
        const auto got = queue.getView(slice());
        if (got) {
            ++number;
            turn.done();
        } else if (got.error().code == ErrorCode::Closed) {
            break;
        } else if (got.error().code != ErrorCode::Empty && got.error().code != ErrorCode::TimedOut) {
            valueOf(Result<QByteArray>(got.error()));
        }
    }
});

/// One end of a pipe, told what goes by.
class End
{
public:
    explicit End(Arguments &arguments)
        : m_connection(valueOf(arguments.take<Connection>(0))),
          m_turn(valueOf(arguments.take<Connection>(1)), arguments.value(2).toMap())
    {
        m_connection.setTap(m_turn.tap());
    }

    SceneTurn::Settings settings() const { return m_turn.settings(); }
    bool isOver(qint64 messages) { return m_turn.isOver(messages); }

    /// Waits for the turn to send, and sends what is asked for by hand meanwhile. False: it is to end, or nobody is there.
    bool send(const std::function<QByteArray()> &payload)
    {
        while (m_turn.wait(true)) {
            const auto byHand = m_turn.takeInjection();
            m_turn.setByHand(byHand.has_value());
            m_turn.setBlocked(true);
            const auto sent = m_connection.sendBytes(byHand ? *byHand : payload());
            m_turn.setBlocked(false);
            if (!sent && sent.error().code == ErrorCode::PeerGone)
                return false;
            need(sent);
            if (!byHand) {
                m_turn.done();
                return true;
            }
            m_turn.injected();
        }
        return false;
    }

    /// The next message; nothing: it is to end, or no more will come.
    std::optional<QByteArray> receive()
    {
        while (m_turn.wait(false)) {
            if (valueOf(m_connection.poll(slice())) == Connection::Ready::Nothing)
                continue;
            auto message = m_connection.recvBytes();
            if (!message && message.error().code == ErrorCode::EndOfStream)
                return {};
            m_turn.done();
            return valueOf(std::move(message));
        }
        return {};
    }

private:
    Connection m_connection;
    SceneTurn m_turn;
};

/// Sends; over a duplex pipe it waits for the answer to each.
const Function sceneSender("scene sender", [](Arguments &arguments) {
    End end(arguments);
    for (qint64 number = 0; !end.isOver(number); ++number) {
        const SceneTurn::Settings settings = end.settings();
        if (!end.send([&] { return payloadOf(settings.payload, number, settings.size); }))
            break;
        if (settings.duplex && !end.receive())
            break;
    }
});

/// Receives; over a duplex pipe it sends back what came.
const Function sceneReceiver("scene receiver", [](Arguments &arguments) {
    End end(arguments);
    for (qint64 number = 0; !end.isOver(number); ++number) {
        const auto message = end.receive();
        if (!message || (end.settings().duplex && !end.send([&] { return *message; })))
            break;
    }
});

} // namespace
