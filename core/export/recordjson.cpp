// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/export/recordjson.h"

#include "core/export/jsonwriter.h"
#include "core/journal/words.h"

#include <algorithm>

namespace forkscope {

namespace {

void writeChannel(JsonWriter &json, const ChannelInfo &channel)
{
    json.field("channel", channel.name);
    json.field("channel_id", quint32(channel.id));
    json.field("stream", streamWord(channel.kind));
    json.field("launch", quint32(channel.launch));
}

void writePayload(JsonWriter &json, QByteArrayView bytes)
{
    if (bytes.isValidUtf8())
        json.field("text", bytes);
    else
        json.field("base64", bytes.toByteArray().toBase64());
}

void writeProcess(JsonWriter &json, const ProcessKey &process)
{
    json.field("pid", process.pid);
    json.field("start_ticks", process.startTicks);
}

void writeArguments(JsonWriter &json, const QByteArrayList &arguments)
{
    json.key("args");
    json.beginArray();
    for (const QByteArray &argument : arguments)
        json.string(argument);
    json.endArray();
    if (std::all_of(arguments.begin(), arguments.end(), [](const QByteArray &argument) { return argument.isValidUtf8(); }))
        return;
    json.key("args_base64");
    json.beginArray();
    for (const QByteArray &argument : arguments)
        json.string(argument.toBase64());
    json.endArray();
}

void writeStatus(JsonWriter &json, const ExitStatus &status)
{
    if (status.kind == ExitStatus::Kind::Exited)
        json.field("exit_status", status.value);
    if (status.kind == ExitStatus::Kind::Signalled)
        json.field("signal", status.value);
    if (status.coreDumped)
        json.field("core_dumped", true);
}

const char *stageWord(StartStage stage)
{
    static constexpr const char *kWords[]
        = {"validate", "pipe", "fork", "redirect", "session", "working-directory", "execute", "identity", "action", "hook"};
    return size_t(stage) < std::size(kWords) ? kWords[size_t(stage)] : "unknown";
}

const char *reasonWord(SignalReason reason)
{
    static constexpr const char *kWords[] = {"person", "timeout", "stop", "forwarded", "not-ready"};
    return size_t(reason) < std::size(kWords) ? kWords[size_t(reason)] : "unknown";
}

const char *interventionWord(InterventionKind kind)
{
    static constexpr const char *kWords[]
        = {"pause", "resume", "step", "throttle", "delay", "inject", "replace", "drop", "split", "shrink", "keep"};
    return size_t(kind) < std::size(kWords) ? kWords[size_t(kind)] : "unknown";
}

/// In the order of Event.
constexpr const char *kTypes[] = {"launch-requested", "start-failed", "process-started", "process-executed", "process-exited",
    "processes-sampled", "channel-opened", "channel-closed", "lost", "signal-sent", "terminal-resized", "redacted",
    "channels-sampled", "traffic-lost", "pool-opened", "pool-changed", "pool-worker-started", "pool-worker-ended", "tasks-queued",
    "tasks-started", "tasks-ended", "tasks-moved", "channel-ends", "intervened"};
static_assert(std::size(kTypes) == std::variant_size_v<Event>);

/// The keys of one event, behind its head.
struct EventWriter {
    JsonWriter &json;

    void operator()(const LaunchRequested &event) const
    {
        json.field("launch", quint32(event.launch));
        writeArguments(json, event.arguments);
        if (!event.workingDirectory.isEmpty())
            json.bytesField("cwd", event.workingDirectory);
    }
    void operator()(const StartFailed &event) const
    {
        json.field("launch", quint32(event.launch));
        json.field("stage", stageWord(event.stage));
        json.field("errno", event.systemError);
        json.bytesField("path", event.path);
        if (!event.interpreter.isEmpty())
            json.bytesField("interpreter", event.interpreter);
        if (!event.detail.isEmpty())
            json.field("detail", event.detail);
    }
    void operator()(const ProcessStarted &event) const
    {
        writeProcess(json, event.process);
        json.field("ppid", event.ppid);
        if (!event.ancestor.isNull()) {
            json.field("ancestor_pid", event.ancestor.pid);
            json.field("ancestor_start_ticks", event.ancestor.startTicks);
        }
        json.field("launch", quint32(event.launch));
        json.bytesField("name", event.name);
        writeArguments(json, event.arguments);
    }
    void operator()(const ProcessExecuted &event) const
    {
        writeProcess(json, event.process);
        json.bytesField("name", event.name);
        writeArguments(json, event.arguments);
    }
    void operator()(const ProcessExited &event) const
    {
        writeProcess(json, event.process);
        writeStatus(json, event.status);
        if (event.perhapsOutOfMemory)
            json.field("perhaps_out_of_memory", true);
        optional("user_ns", event.userNs);
        optional("system_ns", event.systemNs);
        optional("max_resident_bytes", event.maxResidentBytes);
    }
    void operator()(const ProcessesSampled &event) const
    {
        json.key("samples");
        json.beginArray();
        for (const ProcessSample &sample : event.samples) {
            json.beginObject();
            writeProcess(json, sample.process);
            json.field("ppid", sample.ppid);
            json.field("state", QByteArrayView(&sample.state, 1));
            json.field("threads", sample.threads);
            json.field("resident_bytes", sample.residentBytes);
            json.field("cpu_ns", sample.cpuNs);
            json.field("cpu_permille", sample.cpuPermille);
            json.endObject();
        }
        json.endArray();
    }
    void operator()(const ChannelOpened &event) const
    {
        writeChannel(json, event.channel);
        writeProcess(json, event.channel.process);
    }
    void operator()(const ChannelClosed &event) const
    {
        json.field("channel_id", quint32(event.channel));
        json.field("bytes", event.bytes);
        json.field("errno", event.systemError);
    }
    void operator()(const PayloadLost &event) const
    {
        quint64 records = 0, bytes = 0;
        for (const auto &channel : event.channels) {
            records += channel.records;
            bytes += channel.bytes;
        }
        json.field("records", records);
        json.field("bytes", bytes);
        json.field("first_record", event.firstRecord);
        json.field("last_record", event.lastRecord);
        json.field("errno", event.systemError);
        json.key("channels");
        json.beginArray();
        for (const auto &channel : event.channels) {
            json.beginObject();
            json.field("channel_id", quint32(channel.channel));
            json.field("records", channel.records);
            json.field("bytes", channel.bytes);
            json.endObject();
        }
        json.endArray();
    }
    void operator()(const SignalSent &event) const
    {
        writeProcess(json, event.process);
        json.field("signal", event.signal);
        json.field("reason", reasonWord(event.reason));
    }
    void operator()(const TerminalResized &event) const
    {
        json.field("launch", quint32(event.launch));
        json.field("columns", event.columns);
        json.field("rows", event.rows);
    }
    void operator()(const ChannelsSampled &event) const
    {
        json.key("samples");
        json.beginArray();
        for (const ChannelSample &sample : event.samples) {
            json.beginObject();
            json.field("channel_id", quint32(sample.channel));
            json.field("depth", sample.depth);
            json.field("bytes", sample.bytes);
            json.field("max_depth", sample.maxDepth);
            if (sample.capacity > 0)
                json.field("capacity", sample.capacity);
            if (sample.passed > 0)
                json.field("passed", sample.passed);
            json.field("puts", sample.puts);
            json.field("gets", sample.gets);
            if (sample.closed)
                json.field("closed", true);
            json.key("waiters");
            json.beginArray();
            for (const ChannelSample::Waiter &waiter : sample.waiters) {
                json.beginObject();
                writeProcess(json, waiter.process);
                json.field("tid", waiter.tid);
                json.field("waits_for", waiter.puts ? "put" : "get");
                json.field("waited_ns", waiter.waitedNs);
                json.endObject();
            }
            json.endArray();
            json.endObject();
        }
        json.endArray();
    }
    void operator()(const TrafficLost &event) const
    {
        if (event.channel != ChannelId::None)
            json.field("channel_id", quint32(event.channel));
        json.field("payloads", event.payloads);
        json.field("operations", event.operations);
    }
    void operator()(const Redacted &event) const
    {
        json.field("arguments", event.arguments);
        json.field("directories", event.directories);
        json.field("environment", event.environment);
        json.field("changed_events", event.changedEvents);
        json.field("dropped_events", event.droppedEvents);
        json.key("patterns");
        json.beginArray();
        for (const Redacted::Pattern &pattern : event.patterns) {
            json.beginObject();
            json.field("name", pattern.name);
            json.field("matches", pattern.matches);
            json.field("bytes", pattern.bytes);
            json.field("overlong", pattern.overlong);
            json.endObject();
        }
        json.endArray();
        json.key("channels");
        json.beginArray();
        for (const Redacted::PerChannel &channel : event.channels) {
            json.beginObject();
            json.field("channel_id", quint32(channel.channel));
            json.field("stripped_records", channel.strippedRecords);
            json.field("stripped_bytes", channel.strippedBytes);
            json.field("dropped_records", channel.droppedRecords);
            json.field("dropped_bytes", channel.droppedBytes);
            json.field("masked_records", channel.maskedRecords);
            json.field("masked_bytes", channel.maskedBytes);
            json.endObject();
        }
        json.endArray();
    }
    void operator()(const PoolOpened &event) const
    {
        json.field("pool", quint32(event.pool));
        json.field("name", event.name);
    }
    void operator()(const PoolChanged &event) const
    {
        json.field("pool", quint32(event.pool));
        json.field("workers", event.workers);
        json.field("phase", poolPhaseWord(event.phase));
        json.field("hold", poolHoldWord(event.hold));
    }
    void operator()(const PoolWorkerStarted &event) const
    {
        json.field("pool", quint32(event.pool));
        json.field("worker", event.worker);
        writeProcess(json, event.process);
    }
    void operator()(const PoolWorkerEnded &event) const
    {
        json.field("pool", quint32(event.pool));
        json.field("worker", event.worker);
        writeProcess(json, event.process);
        writeStatus(json, event.status);
        json.field("expected", event.expected);
    }
    void operator()(const TasksQueued &event) const
    {
        json.field("pool", quint32(event.pool));
        json.field("first", event.first);
        json.field("count", quint64(event.arguments.size()));
    }
    void operator()(const TasksStarted &event) const
    {
        json.field("pool", quint32(event.pool));
        json.key("tasks");
        json.beginArray();
        for (const TaskStart &start : event.tasks) {
            json.beginObject();
            json.field("task", start.task);
            json.field("attempt", start.attempt);
            json.field("worker", start.worker);
            writeProcess(json, start.process);
            json.field("start_ns", start.startNs);
            json.endObject();
        }
        json.endArray();
    }
    void operator()(const TasksEnded &event) const
    {
        json.field("pool", quint32(event.pool));
        json.key("tasks");
        json.beginArray();
        for (const TaskEnd &end : event.tasks) {
            json.beginObject();
            json.field("task", end.task);
            json.field("ending", taskEndingWord(end.how));
            json.field("last", end.last);
            if (end.attempt > 0) {
                json.field("attempt", end.attempt);
                json.field("worker", end.worker);
                writeProcess(json, end.process);
                json.field("start_ns", end.startNs);
            }
            json.field("end_ns", end.endNs);
            writeStatus(json, end.status);
            if (!end.detail.isEmpty())
                json.field("detail", end.detail);
            json.field("result_bytes", end.resultBytes);
            json.endObject();
        }
        json.endArray();
    }
    void operator()(const TasksMoved &event) const
    {
        json.field("pool", quint32(event.pool));
        json.key("tasks");
        json.beginArray();
        for (const quint64 task : event.tasks)
            json.number(task);
        json.endArray();
        if (event.before != TasksMoved::kEnd)
            json.field("before", event.before);
    }
    void operator()(const ChannelEnds &event) const
    {
        json.field("channel_id", quint32(event.channel));
        json.key("ends");
        json.beginArray();
        for (const ChannelEnd &end : event.ends) {
            json.beginObject();
            json.field("launch", quint32(end.launch));
            writeProcess(json, end.process);
            if (end.fd >= 0)
                json.field("fd", end.fd);
            json.field("direction", end.writes ? "write" : "read");
            json.endObject();
        }
        json.endArray();
    }
    void operator()(const Intervened &event) const
    {
        json.field("channel_id", quint32(event.channel));
        json.field("kind", interventionWord(event.kind));
        json.field("value", event.value);
        if (event.messagesPerSecond > 0)
            json.field("messages_per_second", event.messagesPerSecond);
        json.field("offset", event.streamOffset);
        json.field("added_bytes", event.addedBytes);
        json.field("removed_bytes", event.removedBytes);
        if (!event.removed.isEmpty())
            json.bytesField("removed", event.removed);
    }

private:
    void optional(const char *name, qint64 value) const
    {
        if (value >= 0)
            json.field(name, value);
    }
};

} // namespace

void RecordJson::head(JsonWriter &json, const char *type, quint64 record, qint64 timeNs)
{
    json.beginObject();
    json.field("type", type);
    json.field("record", record);
    json.field("time", m_time.text(timeNs));
    json.field("time_ns", timeNs);
}

void RecordJson::message(QByteArray &out, const RecordView &record, const ChannelInfo &channel)
{
    const MessageInfo &message = record.message;
    JsonWriter json(out);
    head(json, "message", record.number, record.timeNs);
    writeChannel(json, channel);
    json.field("pid", message.pid ? message.pid : channel.process.pid);
    if (message.tid)
        json.field("tid", message.tid);
    if (message.fd >= 0)
        json.field("fd", message.fd);
    json.field("operation", operationWord(message.operation));
    json.field("message", message.messageId);
    json.field("offset", message.streamOffset);
    if (message.durationNs >= 0)
        json.field("duration_ns", message.durationNs);
    json.field("bytes", record.bytes.size());
    if (message.traffic) {
        json.field("sequence", message.traffic->sequence);
        json.field("size", message.traffic->size);
        json.field("depth", message.traffic->depth);
        if (message.traffic->waitedNs >= 0)
            json.field("waited_ns", message.traffic->waitedNs);
    }
    writePayload(json, record.bytes);
    json.endObject();
}

void RecordJson::line(
    QByteArray &out, quint64 record, qint64 timeNs, const ChannelInfo &channel, QByteArrayView bytes, bool complete)
{
    JsonWriter json(out);
    head(json, "line", record, timeNs);
    writeChannel(json, channel);
    json.field("pid", channel.process.pid);
    writePayload(json, bytes);
    if (!complete)
        json.field("complete", false);
    json.endObject();
}

void RecordJson::event(QByteArray &out, const RecordView &record, const Event &event)
{
    JsonWriter json(out);
    head(json, kTypes[event.index()], record.number, record.timeNs);
    std::visit(EventWriter{json}, event);
    json.endObject();
}

void RecordJson::cut(QByteArray &out, const OpenReport &report)
{
    JsonWriter json(out);
    json.beginObject();
    json.field("type", "cut");
    json.field("bytes", report.cutBytes);
    json.field("torn_records", report.tornRecords);
    json.endObject();
}

} // namespace forkscope
