// SPDX-License-Identifier: GPL-3.0-or-later
// Trace Event JSON: every process is a track, what it did are slices and marks on it, what it wrote and used are counters.
#include "core/export/exportrun.h"
#include "core/export/formats.h"
#include "core/export/tracecounters.h"
#include "core/export/tracewriter.h"
#include "core/launch/commandline.h"
#include "core/launch/signals.h"
#include "core/monitor/processtable.h"

#include <QFileInfo>

#include <algorithm>

namespace forkscope {

namespace {

/// Linux gives no PID above this (PID_MAX_LIMIT); what lies beyond is ours to give.
constexpr int kLargestPid = 4 * 1024 * 1024;
constexpr int kMostArrows = 20'000;

class TraceExport
{
public:
    explicit TraceExport(ExportRun &run)
        : m_run(run), m_startNs(run.journal().startTimeNs()), m_endNs(m_startNs), m_trace(run.out, m_startNs)
    {
    }

    /// Reads the events once: names, ends and parents are told before what happened.
    void learn()
    {
        m_run.forEachEvent([this](const RecordView &record, const Event &event) {
            m_endNs = std::max(m_endNs, record.timeNs);
            m_table.fold(event, record.timeNs);
        });
        for (quint64 n = m_run.recordCount(); n > 0; --n) { // the last that can be read
            if (const auto record = m_run.journal().read(n - 1)) {
                m_endNs = std::max(m_endNs, record->timeNs);
                break;
            }
        }
        m_trackOf.assign(size_t(m_table.rowCount()), {});
        m_live.resize(size_t(m_table.rowCount()));
    }

    Result<void> writeProcesses()
    {
        m_trace.beginFile(QFileInfo(m_run.journal().path()).fileName().toUtf8());
        m_trace.metadata("process_name", m_recording, "name", "Forkscope");
        m_trace.metadata("process_sort_index", m_recording, "sort_index", -1);
        m_trace.metadata("thread_name", m_recording, "name", "recording");
        int place = 0;
        QList<int> waiting = m_table.launches();
        std::reverse(waiting.begin(), waiting.end());
        while (!waiting.isEmpty()) { // depth first, so that children stand below their parents
            const int row = waiting.takeLast();
            const QList<int> &children = m_table.row(row).children;
            waiting.append(QList<int>(children.rbegin(), children.rend()));
            if (!m_run.wants(m_table.row(row).launch) || m_table.row(row).process.isNull())
                continue;
            writeProcess(row, place++);
            if (auto flushed = m_run.flush(); !flushed)
                return flushed;
        }
        m_counters.emplace(m_trace, m_startNs, m_endNs, m_run.wantedChannels().size() + place);
        return {};
    }

    void add(const RecordView &record)
    {
        const ChannelInfo &channel = m_run.channel(record.channel);
        const auto &traffic = record.message.traffic;
        const bool comesOut = record.message.operation == Operation::Get || record.message.operation == Operation::Receive;
        if (!traffic || !comesOut)
            m_counters->addBytes(
                channel, trackOf(channel), record.timeNs, traffic ? traffic->size : quint64(record.bytes.size()));
        if (traffic)
            addMessage(channel, record);
    }

    void add(const RecordView &record, const Event &event)
    {
        ++m_run.report.records;
        std::visit(
            [&](const auto &content) {
                if constexpr (requires { apply(content, record.timeNs); })
                    apply(content, record.timeNs);
            },
            event);
    }

    void finish()
    {
        for (int row = 0; row < m_table.rowCount(); ++row)
            if (m_trackOf[size_t(row)].pid)
                endProgram(row, endOf(row));
        m_counters->finish();
        const OpenReport &file = m_run.report.file;
        if (!file.complete()) {
            m_trace.begin("i", "recording ends abruptly", "loss", m_recording, m_endNs);
            m_trace.field("s", "g");
            m_trace.arguments();
            m_trace.json().field("cut_bytes", file.cutBytes);
            m_trace.json().field("torn_records", file.tornRecords);
            m_trace.end();
        }
        m_trace.endFile();
    }

private:
    /// What is going on in a process, while the records are read.
    struct Live {
        QByteArray program;
        qint64 programSinceNs = 0;
        bool hasExecuted = false;
        char state = '?';
    };

    qint64 endOf(int row) const
    {
        const ProcessRow &process = m_table.row(row);
        return std::max(process.startedNs, process.endedNs ? process.endedNs : m_endNs);
    }

    /// PIDs come back; a track must not.
    TraceTrack newTrack(int pid)
    {
        if (pid > 0 && pid <= kLargestPid && !m_usedPids.contains(pid)) {
            m_usedPids.insert(pid, true);
            return {pid};
        }
        return {++m_lastOwnPid};
    }

    TraceTrack trackOf(const ProcessKey &process) const
    {
        const int row = m_table.rowOf(process);
        return row < 0 ? TraceTrack() : m_trackOf[size_t(row)];
    }

    /// In a file that others wrote no process is known: then the channel has a track of its own.
    TraceTrack trackOf(const ChannelInfo &channel)
    {
        if (const TraceTrack track = trackOf(channel.process); track.pid)
            return track;
        TraceTrack &own = m_channelTracks[channel.id];
        if (!own.pid) {
            own = newTrack(0);
            m_trace.metadata("process_name", own, "name", channel.name);
        }
        return own;
    }

    /// One that was gone before its name could be read still has a number.
    static QByteArray nameOf(const ProcessRow &process)
    {
        return (process.name.isEmpty() ? QByteArray("process") : process.name) + ' ' + QByteArray::number(process.process.pid);
    }

    void writeProcess(int row, int place)
    {
        const ProcessRow &process = m_table.row(row);
        const TraceTrack track = m_trackOf[size_t(row)] = newTrack(process.process.pid);
        m_trace.metadata("process_name", track, "name", nameOf(process));
        m_trace.metadata("process_sort_index", track, "sort_index", place);
        m_trace.metadata("thread_name", track, "name", process.name);

        m_trace.begin("X", nameOf(process), "process", track, process.startedNs);
        m_trace.duration(endOf(row) - process.startedNs);
        m_trace.arguments();
        JsonWriter &json = m_trace.json();
        json.field("pid", process.process.pid);
        json.field("start_ticks", process.process.startTicks);
        json.field("command", quoteCommandLine(process.arguments).toUtf8());
        if (process.parent >= 0)
            json.field("parent", nameOf(m_table.row(process.parent)));
        writeEnd(json, process);
        m_trace.end();
        if (process.parent >= 0 && m_trackOf[size_t(process.parent)].pid)
            writeFork(process.parent, row);
    }

    static void writeEnd(JsonWriter &json, const ProcessRow &process)
    {
        if (!process.exit)
            json.field("end", "was still running");
        else if (process.exit->kind == ExitStatus::Kind::Exited)
            json.field("exit_status", process.exit->value);
        else if (process.exit->kind == ExitStatus::Kind::Signalled)
            json.field("signal", signalName(process.exit->value).toUtf8());
        if (process.userNs >= 0)
            json.field("user_ns", process.userNs);
        if (process.systemNs >= 0)
            json.field("system_ns", process.systemNs);
        if (process.maxResidentBytes >= 0)
            json.field("max_resident_bytes", process.maxResidentBytes);
    }

    /// An arrow from who put a message to who got it, for as many as viewers open without trouble.
    void addMessage(const ChannelInfo &channel, const RecordView &record)
    {
        const int row = m_rowOfPid.value(record.message.pid, -1);
        if (row < 0 || !m_trackOf[size_t(row)].pid || m_arrows >= kMostArrows)
            return;
        const bool comesOut = record.message.operation == Operation::Get || record.message.operation == Operation::Receive;
        m_arrows += comesOut;
        const TraceTrack track = m_trackOf[size_t(row)];
        m_trace.begin(comesOut ? "f" : "s", channel.name, "message", track, record.timeNs);
        m_trace.field("id", qint64(quint64(channel.id) << 40 | (record.message.traffic->sequence & ((quint64(1) << 40) - 1))));
        if (comesOut)
            m_trace.field("bp", "e");
        m_trace.end();
    }

    /// An arrow from the parent's slice to the child's.
    void writeFork(int parent, int child)
    {
        const qint64 birth = m_table.row(child).startedNs;
        const TraceTrack track = m_trackOf[size_t(child)];
        m_trace.begin(
            "s", "fork", "fork", m_trackOf[size_t(parent)], std::clamp(birth, m_table.row(parent).startedNs, endOf(parent)));
        m_trace.field("id", track.pid);
        m_trace.end();
        m_trace.begin("f", "fork", "fork", track, birth);
        m_trace.field("id", track.pid);
        m_trace.field("bp", "e");
        m_trace.end();
    }

    void apply(const ProcessStarted &event, qint64 timeNs)
    {
        const int row = m_table.rowOf(event.process);
        if (row >= 0)
            m_live[size_t(row)] = {.program = event.name, .programSinceNs = timeNs};
        m_rowOfPid.insert(event.process.pid, row);
    }

    void apply(const ProcessExecuted &event, qint64 timeNs)
    {
        const int row = m_table.rowOf(event.process);
        if (row < 0)
            return;
        Live &live = m_live[size_t(row)];
        live.hasExecuted = true;
        endProgram(row, timeNs);
        live.program = event.name;
        live.programSinceNs = timeNs;
        beginMark("exec", "process", m_trackOf[size_t(row)], timeNs);
        m_trace.json().field("name", event.name);
        m_trace.json().field("command", quoteCommandLine(event.arguments).toUtf8());
        m_trace.end();
    }

    void apply(const ProcessExited &event, qint64 timeNs)
    {
        const int row = m_table.rowOf(event.process);
        if (row < 0)
            return;
        const TraceTrack track = m_trackOf[size_t(row)];
        if (event.status.kind == ExitStatus::Kind::Signalled) {
            beginMark("ended by " + signalName(event.status.value).toUtf8(), "signal", track, timeNs);
            m_trace.json().field("signal", event.status.value);
            m_trace.json().field("core_dumped", event.status.coreDumped);
            m_trace.end();
        }
        m_counters->endProcess(track, timeNs);
    }

    void apply(const SignalSent &event, qint64 timeNs)
    {
        const TraceTrack track = trackOf(event.process);
        if (!track.pid)
            return;
        beginMark(signalName(event.signal).toUtf8() + " sent", "signal", track, timeNs);
        m_trace.json().field("signal", event.signal);
        m_trace.end();
    }

    void apply(const StartFailed &event, qint64 timeNs)
    {
        beginMark("start failed", "process", m_recording, timeNs);
        m_trace.json().field("launch", quint32(event.launch));
        m_trace.json().field("path", event.path);
        m_trace.json().field("errno", event.systemError);
        m_trace.end();
    }

    void apply(const ProcessesSampled &event, qint64 timeNs)
    {
        for (const ProcessSample &sample : event.samples) {
            const int row = m_table.rowOf(sample.process);
            if (row < 0 || !m_trackOf[size_t(row)].pid)
                continue;
            const TraceTrack track = m_trackOf[size_t(row)];
            char &state = m_live[size_t(row)].state;
            const auto isStopped = [](char letter) { return letter == 'T' || letter == 't'; };
            if (isStopped(sample.state) != isStopped(state)) {
                beginMark(isStopped(sample.state) ? "stopped" : "continued", "signal", track, timeNs);
                m_trace.end();
            }
            state = sample.state;
            m_counters->addSample(sample, track, timeNs);
        }
    }

    void apply(const ChannelsSampled &event, qint64 timeNs)
    {
        for (const ChannelSample &sample : event.samples) {
            if (!m_run.wants(sample.channel))
                continue;
            const ChannelInfo &channel = m_run.channel(sample.channel);
            const auto waiting = [&](bool puts) {
                return std::count_if(sample.waiters.begin(), sample.waiters.end(),
                    [puts](const ChannelSample::Waiter &waiter) { return waiter.puts == puts; });
            };
            const TraceTrack track = trackOf(channel);
            m_trace.counter(channel.name + " depth", "messages", track, timeNs, QByteArray::number(sample.depth));
            m_trace.counter(channel.name + " wait for put", "threads", track, timeNs, QByteArray::number(waiting(true)));
            m_trace.counter(channel.name + " wait for get", "threads", track, timeNs, QByteArray::number(waiting(false)));
        }
    }

    void apply(const TrafficLost &event, qint64 timeNs)
    {
        const bool known = m_run.wants(event.channel);
        if (!known && event.channel != ChannelId::None)
            return;
        m_trace.begin("i", "traffic not recorded", "loss", m_recording, timeNs);
        m_trace.field("s", "g");
        m_trace.arguments();
        if (known)
            m_trace.json().field("channel", m_run.channel(event.channel).name);
        m_trace.json().field("payloads", event.payloads);
        m_trace.json().field("operations", event.operations);
        m_trace.end();
    }

    void apply(const PayloadLost &event, qint64 timeNs)
    {
        for (const auto &part : event.channels) {
            m_trace.begin("i", "output given up", "loss", m_recording, timeNs);
            m_trace.field("s", "g");
            m_trace.arguments();
            m_trace.json().field("channel", m_run.channel(part.channel).name);
            m_trace.json().field("records", part.records);
            m_trace.json().field("bytes", part.bytes);
            m_trace.end();
        }
    }

    /// An instant of a process, its arguments begun.
    void beginMark(const QByteArray &name, const char *category, TraceTrack track, qint64 timeNs)
    {
        m_trace.begin("i", name, category, track, timeNs);
        m_trace.field("s", "t");
        m_trace.arguments();
    }

    /// A slice for the program that a process executed until then, within that of the process.
    void endProgram(int row, qint64 timeNs)
    {
        const Live &live = m_live[size_t(row)];
        if (!live.hasExecuted)
            return;
        const qint64 first = m_table.row(row).startedNs, last = endOf(row);
        const qint64 from = std::clamp(live.programSinceNs, first, last), to = std::clamp(timeNs, from, last);
        m_trace.begin(
            "X", live.program.isEmpty() ? QByteArray("unknown program") : live.program, "program", m_trackOf[size_t(row)], from);
        m_trace.duration(to - from);
        m_trace.end();
    }

    ExportRun &m_run;
    const qint64 m_startNs;
    qint64 m_endNs;
    TraceWriter m_trace;
    ProcessTable m_table;
    std::vector<TraceTrack> m_trackOf; ///< by row; 0: it is not shown
    std::vector<Live> m_live; ///< by row
    QHash<qint32, int> m_rowOfPid; ///< the latest
    int m_arrows = 0; ///< of messages
    QHash<int, bool> m_usedPids;
    QHash<ChannelId, TraceTrack> m_channelTracks;
    int m_lastOwnPid = kLargestPid + 1;
    const TraceTrack m_recording{kLargestPid + 1}; ///< what concerns no process
    std::optional<TraceCounters> m_counters;
};

} // namespace

Result<void> exportTrace(ExportRun &run)
{
    TraceExport trace(run);
    trace.learn();
    if (auto written = trace.writeProcesses(); !written)
        return written;
    auto done = run.forEachRecord([&](const RecordView &record) { trace.add(record); },
        [&](const RecordView &record, const Event &event) { trace.add(record, event); });
    if (!done)
        return done;
    trace.finish();
    return run.flush(true);
}

} // namespace forkscope
