// SPDX-License-Identifier: GPL-3.0-or-later
// RFC 4180: a header row, then a row for each piece of output, and one for each channel where some was given up.
#include "core/export/csvtext.h"
#include "core/export/exportrun.h"
#include "core/export/formats.h"
#include "core/export/isotime.h"
#include "core/journal/words.h"

namespace forkscope {

namespace {

class CsvExport
{
public:
    explicit CsvExport(ExportRun &run) : m_run(run)
    {
        m_run.out += "record,time,time_ns,type,channel,stream,process,pid,launch,operation,records,bytes,payload,tid,sequence,"
                     "size,depth,waited_ns\r\n";
    }

    void add(const RecordView &record)
    {
        const ChannelInfo &channel = m_run.channel(record.channel);
        const qint32 pid = record.message.pid ? record.message.pid : channel.process.pid;
        begin(record, "message", channel, pid, record.message.traffic ? m_nameOfPid.value(pid) : m_names.value(channel.process));
        m_run.out += operationWord(record.message.operation);
        m_run.out += ",1," + QByteArray::number(record.bytes.size()) + ',';
        appendCsvField(m_run.out, record.bytes);
        if (const auto &traffic = record.message.traffic) {
            m_run.out += ',' + QByteArray::number(record.message.tid) + ',' + QByteArray::number(traffic->sequence) + ','
                + QByteArray::number(traffic->size) + ',' + QByteArray::number(traffic->depth) + ',';
            if (traffic->waitedNs >= 0)
                m_run.out += QByteArray::number(traffic->waitedNs);
            m_run.out += "\r\n";
        } else {
            m_run.out += ",,,,,\r\n";
        }
    }

    void add(const RecordView &record, const Event &event)
    {
        if (const auto *started = std::get_if<ProcessStarted>(&event)) {
            learn(started->process, started->name);
        } else if (const auto *executed = std::get_if<ProcessExecuted>(&event)) {
            learn(executed->process, executed->name);
        } else if (const auto *lost = std::get_if<PayloadLost>(&event)) {
            for (const auto &part : lost->channels) {
                const ChannelInfo &channel = m_run.channel(part.channel);
                begin(record, "lost", channel, channel.process.pid, m_names.value(channel.process));
                m_run.out += ',' + QByteArray::number(part.records) + ',' + QByteArray::number(part.bytes) + ",,,,,,\r\n";
            }
        }
    }

    void finish()
    {
        const OpenReport &file = m_run.report.file;
        if (!file.complete())
            m_run.out += ",,,cut,,,,,,," + QByteArray::number(file.tornRecords) + ',' + QByteArray::number(file.cutBytes)
                + ",,,,,,\r\n";
    }

private:
    void learn(const ProcessKey &process, const QByteArray &name)
    {
        m_names.insert(process, name);
        m_nameOfPid.insert(process.pid, name);
    }

    /// Up to the comma before "operation".
    void begin(const RecordView &record, const char *type, const ChannelInfo &channel, qint32 pid, const QByteArray &processName)
    {
        QByteArray &out = m_run.out;
        out += QByteArray::number(record.number) + ',' + m_time.text(record.timeNs) + ',' + QByteArray::number(record.timeNs)
            + ',' + type + ',';
        appendCsvField(out, channel.name);
        out += QByteArray(",") + streamWord(channel.kind) + ',';
        appendCsvField(out, processName);
        out += ',' + QByteArray::number(pid) + ',' + QByteArray::number(quint32(channel.launch)) + ',';
    }

    ExportRun &m_run;
    IsoTime m_time;
    QHash<ProcessKey, QByteArray> m_names; ///< as of the record that is being written
    QHash<qint32, QByteArray> m_nameOfPid; ///< the latest
};

} // namespace

Result<void> exportCsv(ExportRun &run)
{
    CsvExport csv(run);
    auto done = run.forEachRecord([&](const RecordView &record) { csv.add(record); },
        [&](const RecordView &record, const Event &event) { csv.add(record, event); });
    if (!done)
        return done;
    csv.finish();
    return run.flush(true);
}

} // namespace forkscope
