// SPDX-License-Identifier: GPL-3.0-or-later
// What forkscope-worker itself can do: the two sides of a flow of messages, and a mirror. docs/ipc.md lists them.
#include "core/base/clock.h"
#include "core/ipc/connection.h"
#include "core/ipc/process.h"

#include <stdexcept>
#include <thread>

using namespace forkscope;
using namespace forkscope::ipc;

namespace {

using Send = std::function<Result<void>(const QCborValue &)>;
using Receive = std::function<Result<QCborValue>()>;

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

/// Waits until number events a second would have come to this one; at rate 0 not at all.
class Pace
{
public:
    explicit Pace(double rate) : m_intervalNs(rate > 0 ? 1e9 / rate : 0) { }
    void wait(qint64 number) const
    {
        const qint64 early = m_startNs + qint64(double(number) * m_intervalNs) - monotonicNs();
        if (m_intervalNs > 0 && early > 0)
            std::this_thread::sleep_for(std::chrono::nanoseconds(early));
    }

private:
    qint64 m_startNs = monotonicNs();
    double m_intervalNs;
};

void produceInto(const Send &send, double rate, qint64 size, qint64 count)
{
    const Pace pace(rate);
    const QByteArray payload(std::max<qint64>(size, 0), 'x');
    for (qint64 i = 0; count <= 0 || i < count; ++i) {
        pace.wait(i);
        need(send(QCborArray{i, payload}));
    }
}

struct Consumed {
    qint64 messages = 0;
    qint64 bytes = 0; ///< payload
};

/// Until the end of the stream, or count messages.
Consumed consumeFrom(const Receive &receive, double rate, qint64 count)
{
    const Pace pace(rate);
    Consumed all;
    while (count <= 0 || all.messages < count) {
        pace.wait(all.messages);
        const auto message = receive();
        if (!message && (message.error().code == ErrorCode::EndOfStream || message.error().code == ErrorCode::Closed))
            break;
        all.bytes += valueOf(message).toArray()[1].toByteArray().size();
        ++all.messages;
    }
    return all;
}

/// echo(connection): sends back what comes, to the end of the stream.
const Function echo("echo", [](Arguments &arguments) {
    Connection connection = valueOf(arguments.take<Connection>(0));
    for (;;) {
        const auto message = connection.recv();
        if (!message && message.error().code == ErrorCode::EndOfStream)
            return;
        need(connection.send(valueOf(message)));
    }
});

/// produce(channel, rate, size, count): count messages [number, size bytes], rate of them a second (0: as fast as they are
/// taken).
const Function produce("produce", [](Arguments &arguments) {
    Connection connection = valueOf(arguments.take<Connection>(0));
    produceInto([&](const QCborValue &message) { return connection.send(message); }, arguments.value(1).toDouble(),
        arguments.value(2).toInteger(), arguments.value(3).toInteger());
});

/// consume(channel, rate, count, report): takes what comes; at the end sends {messages, bytes} to the connection report.
const Function consume("consume", [](Arguments &arguments) {
    Connection connection = valueOf(arguments.take<Connection>(0));
    Connection report = valueOf(arguments.take<Connection>(3));
    const Consumed all
        = consumeFrom([&] { return connection.recv(); }, arguments.value(1).toDouble(), arguments.value(2).toInteger());
    need(report.send(QCborMap{{QStringLiteral("messages"), all.messages}, {QStringLiteral("bytes"), all.bytes}}));
});

} // namespace
