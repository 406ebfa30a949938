// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/event.h"

#include "core/journal/eventcbor.h"

#include <algorithm>

namespace forkscope {

using namespace eventcbor;

namespace {

template<typename T>
concept Flat = std::is_same_v<T, TaskStart> || std::is_same_v<T, TaskEnd>;

template<typename Io> void fields(Io &io, auto &&v) requires std::is_same_v<std::remove_cvref_t<decltype(v)>, ChannelInfo>
{
    io(Key("id"), v.id);
    io(Key("kind"), v.kind);
    io(Key("launch"), v.launch);
    io(Key("process"), v.process);
    io(Key("name"), v.name);
}

template<typename Io> void fields(Io &io, auto &&v) requires std::is_same_v<std::remove_cvref_t<decltype(v)>, LaunchRequested>
{
    io(Key("launch"), v.launch);
    io(Key("arguments"), v.arguments);
    io(Key("cwd"), v.workingDirectory);
}

template<typename Io> void fields(Io &io, auto &&v) requires std::is_same_v<std::remove_cvref_t<decltype(v)>, StartFailed>
{
    io(Key("launch"), v.launch);
    io(Key("stage"), v.stage);
    io(Key("errno"), v.systemError);
    io(Key("path"), v.path);
    io(Key("interpreter"), v.interpreter);
    io(Key("detail"), v.detail);
}

template<typename Io> void fields(Io &io, auto &&v) requires std::is_same_v<std::remove_cvref_t<decltype(v)>, ProcessStarted>
{
    io(Key("process"), v.process);
    io(Key("ancestor"), v.ancestor);
    io(Key("ppid"), v.ppid);
    io(Key("launch"), v.launch);
    io(Key("name"), v.name);
    io(Key("arguments"), v.arguments);
}

template<typename Io> void fields(Io &io, auto &&v) requires std::is_same_v<std::remove_cvref_t<decltype(v)>, ProcessExecuted>
{
    io(Key("process"), v.process);
    io(Key("name"), v.name);
    io(Key("arguments"), v.arguments);
}

template<typename Io> void fields(Io &io, auto &&v) requires std::is_same_v<std::remove_cvref_t<decltype(v)>, ProcessExited>
{
    io(Key("process"), v.process);
    io(Key("how"), v.status.kind);
    io(Key("value"), v.status.value);
    io(Key("core"), v.status.coreDumped);
    io(Key("user"), v.userNs);
    io(Key("system"), v.systemNs);
    io(Key("maxrss"), v.maxResidentBytes);
    io(Key("oom"), v.perhapsOutOfMemory);
}

template<typename Io> void fields(Io &io, auto &&v) requires std::is_same_v<std::remove_cvref_t<decltype(v)>, ProcessSample>
{
    io(Key("process"), v.process);
    io(Key("ppid"), v.ppid);
    io(Key("state"), v.state);
    io(Key("threads"), v.threads);
    io(Key("rss"), v.residentBytes);
    io(Key("cpu"), v.cpuNs);
    io(Key("permille"), v.cpuPermille);
}

template<typename Io> void fields(Io &io, auto &&v) requires std::is_same_v<std::remove_cvref_t<decltype(v)>, ProcessesSampled>
{
    io(Key("samples"), v.samples);
}

template<typename Io> void fields(Io &io, auto &&v) requires std::is_same_v<std::remove_cvref_t<decltype(v)>, ChannelOpened>
{
    fields(io, v.channel);
}

template<typename Io> void fields(Io &io, auto &&v) requires std::is_same_v<std::remove_cvref_t<decltype(v)>, ChannelClosed>
{
    io(Key("channel"), v.channel);
    io(Key("bytes"), v.bytes);
    io(Key("errno"), v.systemError);
}

template<typename Io>
void fields(Io &io, auto &&v) requires std::is_same_v<std::remove_cvref_t<decltype(v)>, PayloadLost::PerChannel>
{
    io(Key("channel"), v.channel);
    io(Key("records"), v.records);
    io(Key("bytes"), v.bytes);
}

template<typename Io> void fields(Io &io, auto &&v) requires std::is_same_v<std::remove_cvref_t<decltype(v)>, PayloadLost>
{
    io(Key("first"), v.firstRecord);
    io(Key("last"), v.lastRecord);
    io(Key("errno"), v.systemError);
    io(Key("channels"), v.channels);
}

template<typename Io> void fields(Io &io, auto &&v) requires std::is_same_v<std::remove_cvref_t<decltype(v)>, SignalSent>
{
    io(Key("process"), v.process);
    io(Key("signal"), v.signal);
    io(Key("reason"), v.reason);
}

template<typename Io> void fields(Io &io, auto &&v) requires std::is_same_v<std::remove_cvref_t<decltype(v)>, TerminalResized>
{
    io(Key("launch"), v.launch);
    io(Key("columns"), v.columns);
    io(Key("rows"), v.rows);
}

template<typename Io> void fields(Io &io, auto &&v) requires std::is_same_v<std::remove_cvref_t<decltype(v)>, Redacted::Pattern>
{
    io(Key("name"), v.name);
    io(Key("matches"), v.matches);
    io(Key("bytes"), v.bytes);
    io(Key("overlong"), v.overlong);
}

template<typename Io>
void fields(Io &io, auto &&v) requires std::is_same_v<std::remove_cvref_t<decltype(v)>, Redacted::PerChannel>
{
    io(Key("channel"), v.channel);
    io(Key("stripped"), v.strippedRecords);
    io(Key("strippedbytes"), v.strippedBytes);
    io(Key("dropped"), v.droppedRecords);
    io(Key("droppedbytes"), v.droppedBytes);
    io(Key("masked"), v.maskedRecords);
    io(Key("maskedbytes"), v.maskedBytes);
}

template<typename Io> void fields(Io &io, auto &&v) requires std::is_same_v<std::remove_cvref_t<decltype(v)>, Redacted>
{
    io(Key("arguments"), v.arguments);
    io(Key("directories"), v.directories);
    io(Key("environment"), v.environment);
    io(Key("events"), v.changedEvents);
    io(Key("dropped"), v.droppedEvents);
    io(Key("patterns"), v.patterns);
    io(Key("channels"), v.channels);
}

template<typename Io>
void fields(Io &io, auto &&v) requires std::is_same_v<std::remove_cvref_t<decltype(v)>, ChannelSample::Waiter>
{
    io(Key("process"), v.process);
    io(Key("tid"), v.tid);
    io(Key("puts"), v.puts);
    io(Key("waited"), v.waitedNs);
}

template<typename Io> void fields(Io &io, auto &&v) requires std::is_same_v<std::remove_cvref_t<decltype(v)>, ChannelSample>
{
    io(Key("channel"), v.channel);
    io(Key("depth"), v.depth);
    io(Key("bytes"), v.bytes);
    io(Key("maxdepth"), v.maxDepth);
    io(Key("capacity"), v.capacity);
    io(Key("passed"), v.passed);
    io(Key("puts"), v.puts);
    io(Key("gets"), v.gets);
    io(Key("closed"), v.closed);
    io(Key("waiters"), v.waiters);
}

template<typename Io> void fields(Io &io, auto &&v) requires std::is_same_v<std::remove_cvref_t<decltype(v)>, ChannelsSampled>
{
    io(Key("samples"), v.samples);
}

template<typename Io> void fields(Io &io, auto &&v) requires std::is_same_v<std::remove_cvref_t<decltype(v)>, TrafficLost>
{
    io(Key("channel"), v.channel);
    io(Key("payloads"), v.payloads);
    io(Key("operations"), v.operations);
}

template<typename Io> void fields(Io &io, auto &&v) requires std::is_same_v<std::remove_cvref_t<decltype(v)>, ChannelEnd>
{
    io(Key("launch"), v.launch);
    io(Key("process"), v.process);
    io(Key("fd"), v.fd);
    io(Key("writes"), v.writes);
}

template<typename Io> void fields(Io &io, auto &&v) requires std::is_same_v<std::remove_cvref_t<decltype(v)>, ChannelEnds>
{
    io(Key("channel"), v.channel);
    io(Key("ends"), v.ends);
}

template<typename Io> void fields(Io &io, auto &&v) requires std::is_same_v<std::remove_cvref_t<decltype(v)>, Intervened>
{
    io(Key("channel"), v.channel);
    io(Key("kind"), v.kind);
    io(Key("value"), v.value);
    io(Key("rate"), v.messagesPerSecond);
    io(Key("offset"), v.streamOffset);
    io(Key("added"), v.addedBytes);
    io(Key("removed"), v.removedBytes);
    io(Key("bytes"), v.removed);
}

template<typename Io> void fields(Io &io, auto &&v) requires std::is_same_v<std::remove_cvref_t<decltype(v)>, PoolOpened>
{
    io(Key("pool"), v.pool);
    io(Key("name"), v.name);
}

template<typename Io> void fields(Io &io, auto &&v) requires std::is_same_v<std::remove_cvref_t<decltype(v)>, PoolChanged>
{
    io(Key("pool"), v.pool);
    io(Key("workers"), v.workers);
    io(Key("phase"), v.phase);
    io(Key("hold"), v.hold);
}

template<typename Io> void fields(Io &io, auto &&v) requires std::is_same_v<std::remove_cvref_t<decltype(v)>, PoolWorkerStarted>
{
    io(Key("pool"), v.pool);
    io(Key("worker"), v.worker);
    io(Key("process"), v.process);
}

template<typename Io> void fields(Io &io, auto &&v) requires std::is_same_v<std::remove_cvref_t<decltype(v)>, PoolWorkerEnded>
{
    io(Key("pool"), v.pool);
    io(Key("worker"), v.worker);
    io(Key("process"), v.process);
    io(Key("how"), v.status.kind);
    io(Key("value"), v.status.value);
    io(Key("core"), v.status.coreDumped);
    io(Key("expected"), v.expected);
}

template<typename Io> void fields(Io &io, auto &&v) requires std::is_same_v<std::remove_cvref_t<decltype(v)>, TasksQueued>
{
    io(Key("pool"), v.pool);
    io(Key("first"), v.first);
    io(Key("common"), v.common);
    io(Key("arguments"), v.arguments);
}

template<typename Io> void fields(Io &io, auto &&v) requires std::is_same_v<std::remove_cvref_t<decltype(v)>, TaskStart>
{
    io(Key("task"), v.task);
    io(Key("attempt"), v.attempt);
    io(Key("worker"), v.worker);
    io(Key("process"), v.process);
    io(Key("start"), v.startNs);
}

template<typename Io> void fields(Io &io, auto &&v) requires std::is_same_v<std::remove_cvref_t<decltype(v)>, TasksStarted>
{
    io(Key("pool"), v.pool);
    io(Key("tasks"), v.tasks);
}

template<typename Io> void fields(Io &io, auto &&v) requires std::is_same_v<std::remove_cvref_t<decltype(v)>, TaskEnd>
{
    io(Key("task"), v.task);
    io(Key("attempt"), v.attempt);
    io(Key("worker"), v.worker);
    io(Key("process"), v.process);
    io(Key("ending"), v.how);
    io(Key("last"), v.last);
    io(Key("start"), v.startNs);
    io(Key("end"), v.endNs);
    io(Key("how"), v.status.kind);
    io(Key("value"), v.status.value);
    io(Key("core"), v.status.coreDumped);
    io(Key("detail"), v.detail);
    io(Key("result"), v.result);
    io(Key("bytes"), v.resultBytes);
}

template<typename Io> void fields(Io &io, auto &&v) requires std::is_same_v<std::remove_cvref_t<decltype(v)>, TasksEnded>
{
    io(Key("pool"), v.pool);
    io(Key("tasks"), v.tasks);
}

template<typename Io> void fields(Io &io, auto &&v) requires std::is_same_v<std::remove_cvref_t<decltype(v)>, TasksMoved>
{
    io(Key("pool"), v.pool);
    io(Key("tasks"), v.tasks);
    io(Key("before"), v.before);
}

} // namespace

namespace eventcbor {

template<typename T> void Writer::operator()(Key key, const QList<T> &value)
{
    if constexpr (Flat<T>) {
        FlatWriter flat;
        for (const T &item : value)
            fields(flat, item);
        map[key] = flat.array;
    } else {
        QCborArray array;
        for (const T &item : value) {
            Writer inner;
            fields(inner, item);
            array.append(inner.map);
        }
        map[key] = array;
    }
}

template<typename T> void Reader::operator()(Key key, QList<T> &value) const
{
    const QCborArray array = map.value(key).toArray();
    if constexpr (Flat<T>) {
        FlatWriter one;
        fields(one, T());
        const qsizetype width = one.array.size();
        FlatReader flat{array};
        while (flat.next + width <= array.size())
            fields(flat, value.emplaceBack());
    } else {
        for (const QCborValue &item : array) {
            Reader inner{item.toMap()};
            T one;
            fields(inner, one);
            value.append(one);
        }
    }
}

} // namespace eventcbor

namespace {

template<size_t I = 0> std::optional<Event> decodeAs(size_t index, Reader &reader)
{
    if constexpr (I < std::variant_size_v<Event>) {
        if (index != I)
            return decodeAs<I + 1>(index, reader);
        std::variant_alternative_t<I, Event> value;
        fields(reader, value);
        return Event(std::in_place_index<I>, std::move(value));
    }
    return {};
}

} // namespace

QCborMap ChannelInfo::toCbor() const
{
    Writer writer;
    fields(writer, *this);
    return writer.map;
}

ChannelInfo ChannelInfo::fromCbor(const QCborMap &map)
{
    Reader reader{map};
    ChannelInfo info;
    fields(reader, info);
    return info;
}

QByteArray encodeEvent(const Event &event)
{
    Writer writer;
    std::visit([&](const auto &value) { fields(writer, value); }, event);
    return writer.map.toCborValue().toCbor();
}

std::optional<Event> decodeEvent(quint32 number, QByteArrayView body)
{
    if (number == 0 || number > std::variant_size_v<Event>)
        return {};
    QCborParserError error;
    const QCborValue value = QCborValue::fromCbor(QByteArray::fromRawData(body.data(), body.size()), &error);
    // What Qt made of a damaged map must not be asked for a key: the last one has no value.
    if (error.error != QCborError::NoError || !value.isMap())
        return {};
    Reader reader{value.toMap()};
    return decodeAs(number - 1, reader);
}

} // namespace forkscope
