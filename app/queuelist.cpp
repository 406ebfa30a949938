// SPDX-License-Identifier: GPL-3.0-or-later
// forkscope queue list, status, watch: looking at queues without using them.
#include "app/queueoptions.h"
#include "app/subcommands.h"

#include "core/base/clock.h"
#include "core/export/isotime.h"
#include "core/export/jsonwriter.h"
#include "core/ipc/announcement.h"
#include "core/ipc/queueobserver.h"

#include <QCoreApplication>
#include <QDateTime>

#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdio>
#include <thread>

namespace forkscope {

namespace {

using namespace ipc;

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(forkscope)
};

std::atomic<bool> g_stop = false;

const char *orderWord(QueueOrder order)
{
    return order == QueueOrder::Lifo ? "lifo" : order == QueueOrder::Priority ? "priority" : "fifo";
}

/// Attached to look at: no session needs to know.
Result<Queue> lookAt(const QString &name)
{
    unsetenv(kTrafficVariable);
    return Queue::attach(name);
}

QList<qint32> othersOf(const Queue &queue)
{
    QList<qint32> pids;
    for (const ProcessKey &user : queue.users())
        if (user.pid != getpid())
            pids.append(user.pid);
    return pids;
}

void writeWaiters(JsonWriter &json, const QueueSnapshot &shot)
{
    json.key("waiters");
    json.beginArray();
    for (const QueueWaiter &waiter : shot.waiters) {
        json.beginObject();
        json.field("pid", waiter.process.pid);
        json.field("tid", waiter.tid);
        json.field("waits_for", waiter.puts ? "put" : "get");
        json.field("waited_ns", monotonicNs() - waiter.sinceNs);
        json.endObject();
    }
    json.endArray();
}

QByteArray jsonOf(const Queue &queue)
{
    const QueueSnapshot shot = queue.snapshot();
    QByteArray text;
    JsonWriter json(text);
    json.beginObject();
    json.field("name", queue.name().toUtf8());
    json.field("order", orderWord(queue.order()));
    json.field("depth", shot.depth);
    json.field("max_size", shot.maxSize);
    json.field("bytes", shot.bytes);
    json.field("puts", shot.puts);
    json.field("gets", shot.gets);
    json.field("closed", shot.closed);
    json.key("pids");
    json.beginArray();
    for (const qint32 pid : othersOf(queue))
        json.number(pid);
    json.endArray();
    writeWaiters(json, shot);
    json.endObject();
    return text;
}

/// "put: 12 13" of those who wait.
QString waitersText(const QueueSnapshot &shot, bool puts)
{
    QStringList pids;
    for (const QueueWaiter &waiter : shot.waiters)
        if (waiter.puts == puts)
            pids.append(QString::number(waiter.process.pid));
    return pids.isEmpty() ? QStringLiteral("-") : pids.join(u' ');
}

int failed(const Error &error, const QString &name)
{
    complain(error.systemError == ENOENT ? Text::tr("there is no queue “%1”").arg(name) : errorText(error));
    return exitStatusOf(error);
}

/// Prints what happens in a queue.
class Watcher
{
public:
    Watcher(const Queue &queue, bool json) : m_queue(queue), m_json(json) { }

    void message(const TraceRecord &record)
    {
        const qint64 timeNs = record.doneNs + m_offsetNs;
        const bool put = record.operation == TraceRecord::Operation::Put;
        if (m_json) {
            QByteArray text;
            JsonWriter json(text);
            head(json, put ? "put" : "get", timeNs);
            json.field("sequence", record.sequence);
            json.field("pid", record.pid);
            json.field("tid", record.tid);
            json.field("size", record.size);
            json.field("depth", record.depth);
            json.field("duration_ns", record.doneNs - record.entryNs);
            if (put && record.payload.isValidUtf8())
                json.field("text", record.payload);
            else if (put)
                json.field("base64", record.payload.toByteArray().toBase64());
            json.endObject();
            print(text);
            return;
        }
        QString text = put ? Text::tr("%1 puts message %2: %3 bytes, then %4 are in the queue")
                           : Text::tr("%1 gets message %2: %3 bytes, then %4 are in the queue");
        text = text.arg(record.pid).arg(record.sequence).arg(record.size).arg(record.depth);
        print(clock(timeNs) + ' ' + text.toUtf8() + (put ? ": " + shown(record) : QByteArray()));
    }

    void state()
    {
        const QueueSnapshot shot = m_queue.snapshot();
        const QString state = Text::tr("%1 messages; wait for put: %2; wait for get: %3")
                                  .arg(shot.depth)
                                  .arg(waitersText(shot, true), waitersText(shot, false))
            + (shot.closed ? Text::tr("; closed") : QString());
        if (state == m_state)
            return;
        m_state = state;
        const qint64 timeNs = monotonicNs() + m_offsetNs;
        if (!m_json)
            return print(clock(timeNs) + " * " + state.toUtf8());
        QByteArray text;
        JsonWriter json(text);
        head(json, "state", timeNs);
        json.field("depth", shot.depth);
        json.field("bytes", shot.bytes);
        json.field("closed", shot.closed);
        writeWaiters(json, shot);
        json.endObject();
        print(text);
    }

private:
    void head(JsonWriter &json, const char *type, qint64 timeNs)
    {
        json.beginObject();
        json.field("type", type);
        json.field("time", m_time.text(timeNs));
        json.field("time_ns", timeNs);
    }

    static QByteArray clock(qint64 timeNs)
    {
        const auto seconds = QDateTime::fromMSecsSinceEpoch(timeNs / 1'000'000).toString(QStringLiteral("hh:mm:ss"));
        return seconds.toLatin1() + '.' + QByteArray::number(timeNs / 1000 % 1'000'000).rightJustified(6, '0');
    }

    /// What is no text, or could drive a terminal, is shown as escapes.
    static QByteArray shown(const TraceRecord &record)
    {
        QByteArray text;
        for (const char c : record.payload.first(std::min<qsizetype>(record.payload.size(), 60)))
            text += c >= ' ' && c != 0x7f ? QByteArray(1, c) : "\\x" + QByteArray(1, c).toHex();
        return record.size > 60 ? text + "…" : text;
    }

    static void print(const QByteArray &line)
    {
        if (std::puts(line.constData()) < 0 || std::fflush(stdout) != 0)
            g_stop = true; // nobody reads any more
    }

    const Queue &m_queue;
    const bool m_json;
    const qint64 m_offsetNs = clockNs(CLOCK_REALTIME) - monotonicNs();
    QString m_state;
    IsoTime m_time;
};

} // namespace

int listQueues(const QueueCommandOptions &options)
{
    for (const QString &name : Queue::names()) {
        const auto queue = lookAt(name);
        if (!queue) {
            complain(errorText(queue.error()));
            continue;
        }
        if (options.json) {
            std::puts(jsonOf(queue.value()).constData());
            continue;
        }
        const QueueSnapshot shot = queue.value().snapshot();
        const QByteArray limit = shot.maxSize ? QByteArray::number(shot.maxSize) : QByteArrayLiteral("-");
        std::printf("%-24s %-8s %8lld / %-8s %3lld %s\n", qPrintable(name), orderWord(queue.value().order()), shot.depth,
            limit.constData(), qint64(othersOf(queue.value()).size()), shot.closed ? qPrintable(Text::tr("closed")) : "");
    }
    return std::fflush(stdout) == 0 ? 0 : kCannot;
}

int showQueue(const QueueCommandOptions &options)
{
    const QString name = QString::fromLocal8Bit(options.name);
    const auto queue = lookAt(name);
    if (!queue)
        return failed(queue.error(), name);
    if (options.json) {
        std::puts(jsonOf(queue.value()).constData());
        return 0;
    }
    const QueueSnapshot shot = queue.value().snapshot();
    QStringList pids;
    for (const qint32 pid : othersOf(queue.value()))
        pids.append(QString::number(pid));
    const QString limit = shot.maxSize ? QString::number(shot.maxSize) : Text::tr("no limit");
    std::printf("%s\n",
        qPrintable(
            Text::tr("order: %1\nmessages: %2 (at most: %3), %4 bytes\nput: %5, got: %6%7\nprocesses: %8\n"
                     "wait for put: %9\nwait for get: %10")
                .arg(QString::fromLatin1(orderWord(queue.value().order())))
                .arg(shot.depth)
                .arg(limit)
                .arg(shot.bytes)
                .arg(shot.puts)
                .arg(shot.gets)
                .arg(shot.closed ? Text::tr("; closed") : QString(), pids.isEmpty() ? QStringLiteral("-") : pids.join(u' '),
                    waitersText(shot, true), waitersText(shot, false))));
    return 0;
}

int watchQueue(const QueueCommandOptions &options)
{
    using namespace std::chrono_literals;
    const QString name = QString::fromLocal8Bit(options.name);
    const auto queue = lookAt(name);
    if (!queue)
        return failed(queue.error(), name);
    auto observer = QueueObserver::attach(queue.value(), 256);
    if (!observer && observer.error().systemError != EBUSY)
        return failed(observer.error(), name);
    if (!observer)
        complain(Text::tr("a session records this queue already: only depth and who waits are shown here"));
    for (const int signal : {SIGINT, SIGTERM, SIGHUP})
        std::signal(signal, [](int) { g_stop = true; });
    std::signal(SIGPIPE, SIG_IGN);
    Watcher watcher(queue.value(), options.json);
    const QDeadlineTimer deadline = deadlineOf(options.timeout);
    for (bool last = false; !last;) {
        last = g_stop || deadline.hasExpired();
        if (observer)
            observer.value().drain([&](const TraceRecord &record) { watcher.message(record); });
        watcher.state();
        if (!last)
            std::this_thread::sleep_for(20ms);
    }
    if (observer)
        if (const quint64 lost = observer.value().losses().records)
            complain(Text::tr("%1 operations were too fast to be shown").arg(lost));
    return 0;
}

} // namespace forkscope
