// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playground/scenecode.h"

#include <QCborValue>

#include <algorithm>

namespace forkscope {

namespace {

using Payload = SceneProcess::Payload;

/// Lines with what differs between scenes marked @like this@.
QString filled(QString text, std::initializer_list<std::pair<const char *, QString>> values)
{
    for (const auto &[mark, value] : values)
        text.replace(QLatin1Char('@') + QLatin1String(mark) + QLatin1Char('@'), value);
    return text;
}

QString number(double value)
{
    return QString::number(value, 'g', 10);
}

/// As a C++ literal.
QString quoted(const QString &text)
{
    QString escaped;
    for (const QChar c : text) {
        if (c == QLatin1Char('"') || c == QLatin1Char('\\'))
            escaped += QLatin1Char('\\');
        if (c < QLatin1Char(' '))
            escaped += QStringLiteral("\\%1").arg(c.unicode(), 3, 8, QLatin1Char('0'));
        else
            escaped += c;
    }
    return QStringLiteral("QStringLiteral(\"%1\")").arg(escaped);
}

/// The C++ expression of message i of this process.
QString payload(const SceneProcess &process)
{
    switch (process.payload) {
    case Payload::Text:
        return QStringLiteral("(name + \": \" + QByteArray::number(i)).leftJustified(size, '.')");
    case Payload::Json:
        return QStringLiteral("\"{\\\"from\\\":\\\"\" + name + \"\\\",\\\"number\\\":\" + QByteArray::number(i) + "
                              "\",\\\"text\\\":\\\"\" + QByteArray(size, 'x') + \"\\\"}\"");
    case Payload::Cbor:
        return QStringLiteral("QCborValue(QCborArray{QString::fromUtf8(name), i, QByteArray(size, 'x')}).toCbor()");
    }
    return {};
}

bool uses(const QList<SceneProcess> &processes, Payload kind)
{
    return std::any_of(
        processes.begin(), processes.end(), [kind](const SceneProcess &process) { return process.payload == kind; });
}

QString includes(const Scene &scene)
{
    QStringList ours
        = {QStringLiteral("core/ipc/children.h"), QStringLiteral("core/ipc/process.h"), QStringLiteral("core/ipc/worker.h"),
            scene.kind == Scene::Kind::Pipe ? QStringLiteral("core/ipc/pipe.h") : QStringLiteral("core/ipc/queue.h")};
    ours.sort();
    QString text;
    for (const QString &header : std::as_const(ours))
        text += QStringLiteral("#include \"%1\"\n").arg(header);
    if (uses(scene.producers, Payload::Cbor))
        text += QStringLiteral("\n#include <QCborArray>\n");
    text += QStringLiteral("\n#include <chrono>\n");
    const auto dies = [](const SceneProcess &process) { return process.dies; };
    if (std::any_of(scene.producers.begin(), scene.producers.end(), dies)
        || std::any_of(scene.consumers.begin(), scene.consumers.end(), dies))
        text += QStringLiteral("#include <csignal>\n");
    return text + QStringLiteral("#include <cstdio>\n#include <thread>\n\nusing namespace forkscope;\n");
}

const char *const kHelpers = R"(
// Waits so that rate operations a second are made; 0: as many as can be.
static void pace(double rate)
{
    if (rate > 0)
        std::this_thread::sleep_for(std::chrono::duration<double>(1 / rate));
}

template<typename T> static T orDie(Result<T> result)
{
    if (!result)
        qFatal("%s", qPrintable(errorText(result.error())));
    return std::move(result).value();
}

static void told(const char *did, qint64 count)
{
    printf("%s %s %lld\n", qPrintable(ipc::currentProcess().name), did, count);
}
)";

/// The start of a function that works on what it was handed: a channel, a rate, a size, a count.
const char *const kProcess = R"(
static const ipc::Function @function@("@function@", [](ipc::Arguments &arguments) {
    auto @thing@ = orDie(arguments.take<ipc::@type@>(0));
    const double rate = arguments.value(1).toDouble();
    const qint64 @size@count = arguments.value(@at count@).toInteger(); // 0: no end@name@
    qint64 i = 0;
    for (; count == 0 || i < count; ++i) {
        pace(rate);
@body@    }
    told("@did@", i);
@end@});
)";

QString function(const QString &name, const QString &thing, const QString &type, const SceneProcess &process, bool makes,
    const QString &body, const QString &did)
{
    return filled(QLatin1String(kProcess),
        {{"function", name}, {"thing", thing}, {"type", type},
            {"size", makes ? QStringLiteral("size = arguments.value(2).toInteger(), ") : QString()},
            {"at count", makes ? QStringLiteral("3") : QStringLiteral("2")},
            {"name", makes ? QStringLiteral("\n    const QByteArray name = ipc::currentProcess().name.toUtf8();") : QString()},
            {"body", body}, {"did", did},
            {"end", process.dies ? QStringLiteral("    fflush(stdout);\n    raise(SIGKILL);\n") : QString()}});
}

QString arguments(const SceneProcess &process, const QString &thing, bool makes)
{
    QString text = QStringLiteral("ipc::Arguments().with(%1).with(%2)").arg(thing, number(process.rate));
    if (makes)
        text += QStringLiteral(".with(%1)").arg(process.size);
    return text + QStringLiteral(".with(%1)").arg(process.count);
}

QString processLine(const QString &variable, const QString &function, const QString &given, const QString &name)
{
    return QStringLiteral("    ipc::Process %1(\"%2\", %3, {%4});\n").arg(variable, function, given, quoted(name));
}

const char *const kStart = R"(    for (ipc::Process *process : {@all@})
        if (const auto started = process->start(); !started)
            qFatal("%s", qPrintable(errorText(started.error())));
)";

const char *const kHanded = "    // Handed to each: where to, its rate, the size of what it makes, how many messages.\n";

const char *const kMain = R"(
int main(int argc, char **argv)
{
    ipc::runWorkerIfAsked(argc, argv); // first of all: the processes are this program once more
    const ipc::ChildrenScope children; // waits for them at the end

)";

QString addresses(const QStringList &variables)
{
    QStringList all;
    for (const QString &variable : variables)
        all += QLatin1Char('&') + variable;
    return all.join(QStringLiteral(", "));
}

QString queueCode(const Scene &scene)
{
    const QString type = scene.order == Scene::Order::Fifo ? QStringLiteral("Queue")
        : scene.order == Scene::Order::Lifo                ? QStringLiteral("LifoQueue")
                                                           : QStringLiteral("PriorityQueue");
    const bool ordered = scene.order == Scene::Order::Priority;
    QString functions, processes;
    QStringList producers, all;
    // One function for all processes that differ only in figures.
    QStringList made;
    for (const SceneProcess &process : scene.producers) {
        static const char *const kKinds[] = {"Text", "Json", "Cbor"};
        const QString kind = QLatin1String(kKinds[int(process.payload)]);
        const QString name = QStringLiteral("put%1%2").arg(kind, process.dies ? QStringLiteral("AndDie") : QString());
        if (!made.contains(name)) {
            made += name;
            functions += function(name, QStringLiteral("queue"), type, process, true,
                QStringLiteral("        if (!queue.putBytes(%1%2))\n            break; // closed\n")
                    .arg(payload(process), ordered ? QStringLiteral(", arguments.value(4).toInteger()") : QString()),
                QStringLiteral("put"));
        }
        producers += QStringLiteral("producer%1").arg(producers.size() + 1);
        QString given = arguments(process, QStringLiteral("queue"), true);
        if (ordered)
            given += QStringLiteral(".with(%1)").arg(process.priority);
        processes += processLine(producers.last(), name, given, process.name);
    }
    all = producers;
    for (const SceneProcess &process : scene.consumers) {
        const QString name = process.dies ? QStringLiteral("getAndDie") : QStringLiteral("get");
        if (!made.contains(name)) {
            made += name;
            functions += function(name, QStringLiteral("queue"), type, process, false,
                QStringLiteral("        if (!queue.getBytes())\n            break; // closed, and nothing is left\n"),
                QStringLiteral("got"));
        }
        all += QStringLiteral("consumer%1").arg(all.size() - producers.size() + 1);
        processes += processLine(all.last(), name, arguments(process, QStringLiteral("queue"), false), process.name);
    }
    QString end;
    if (!producers.isEmpty())
        end = filled(QStringLiteral("    for (ipc::Process *producer : {@all@})\n        (void)producer->join();\n"
                                    "    queue.close(); // the consumers take what is left, and end\n"),
            {{"all", addresses(producers)}});
    return includes(scene) + QLatin1String(kHelpers) + functions + QLatin1String(kMain)
        + QStringLiteral("    ipc::QueueOptions options;\n    options.maxSize = %1;%2\n"
                         "    auto queue = orDie(ipc::%3::create(options));\n")
              .arg(scene.bound)
              .arg(scene.bound == 0 ? QStringLiteral(" // as many as find room") : QString(), type)
        + QLatin1String(kHanded) + processes + filled(QLatin1String(kStart), {{"all", addresses(all)}}) + end
        + QStringLiteral("}\n");
}

QString pipeCode(const Scene &scene)
{
    const SceneProcess &sender = scene.producers.first(), &receiver = scene.consumers.first();
    const QString connection = QStringLiteral("connection"), type = QStringLiteral("Connection");
    QString sends = QStringLiteral("        if (!connection.sendBytes(%1))\n            break; // nobody is there to receive\n")
                        .arg(payload(sender));
    QString receives = QStringLiteral("        const auto message = connection.recvBytes();\n        if (!message)\n"
                                      "            break; // the end of the stream\n");
    if (scene.duplex) {
        sends += QStringLiteral("        if (!connection.recvBytes())\n            break; // no answer will come\n");
        receives += QStringLiteral("        if (!connection.sendBytes(message.value()))\n            break;\n");
    }
    const QString send = QStringLiteral("sendAll"), receive = QStringLiteral("receiveAll");
    return includes(scene) + QLatin1String(kHelpers)
        + function(send, connection, type, sender, true, sends, QStringLiteral("sent"))
        + function(receive, connection, type, receiver, false, receives, QStringLiteral("received")) + QLatin1String(kMain)
        + filled(
            QStringLiteral("    auto [receiving, sending] = orDie(ipc::makePipe(@duplex@)); // moved to where they belong: a "
                           "stream ends when its last copy is closed\n"),
            {{"duplex", scene.duplex ? QStringLiteral("true") : QStringLiteral("false")}})
        + QLatin1String(kHanded)
        + processLine(QStringLiteral("sender"), send, arguments(sender, QStringLiteral("std::move(sending)"), true), sender.name)
        + processLine(QStringLiteral("receiver"), receive, arguments(receiver, QStringLiteral("std::move(receiving)"), false),
            receiver.name)
        + filled(QLatin1String(kStart), {{"all", QStringLiteral("&sender, &receiver")}}) + QStringLiteral("}\n");
}

} // namespace

QString sceneCode(const Scene &scene)
{
    return QStringLiteral("// A program of Forkscope's library (docs/ipc.md), as set up in the playground.\n")
        + (scene.kind == Scene::Kind::Pipe ? pipeCode(scene) : queueCode(scene));
}

} // namespace forkscope
