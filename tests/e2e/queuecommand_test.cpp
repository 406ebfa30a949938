// SPDX-License-Identifier: GPL-3.0-or-later
// forkscope queue and forkscope pipe, as scripts use them. The C++ program that talks with them is this one.
#include "core/ipc/lock.h"
#include "core/ipc/pipe.h"
#include "core/ipc/queue.h"
#include "tests/e2e/shellfolder.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStandardPaths>
#include <QtTest>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>

using namespace forkscope;

class QueueCommandTest : public QObject
{
    Q_OBJECT

    using Outcome = ShellFolder::Outcome;
    ShellFolder m_folder;
    QTemporaryDir m_runtime;

    Outcome shell(const char *line) const { return m_folder.shell(line); }

    QList<QJsonObject> exported(const char *file) const
    {
        QList<QJsonObject> objects;
        const QByteArray text = shell(QByteArray("$F export --to jsonl ").append(file).constData()).out;
        for (const QByteArray &line : text.split('\n'))
            if (!line.isEmpty())
                objects.append(QJsonDocument::fromJson(line).object());
        return objects;
    }

private slots:
    void initTestCase()
    {
        QVERIFY(chmod(qPrintable(m_runtime.path()), 0700) == 0);
        qputenv("XDG_RUNTIME_DIR", m_runtime.path().toUtf8());
        qputenv("SELF", QCoreApplication::applicationFilePath().toUtf8());
    }

    void bash_python_and_cpp_talk_through_one_watched_queue();
    void messages_are_bytes_lines_or_values();
    void statuses_tell_what_happened_data();
    void statuses_tell_what_happened();
    void order_is_that_of_the_queue();
    void a_lock_of_that_name_is_no_queue();
    void a_queue_is_private_and_stays_until_it_is_removed();
    void who_waits_is_listed();
    void watching_prints_what_happens();
    void a_connection_takes_messages_of_python_and_gives_them_to_it();
    void a_connection_of_cpp_is_recorded_with_both_ends();
    void statuses_of_connections_data();
    void statuses_of_connections();
};

void QueueCommandTest::bash_python_and_cpp_talk_through_one_watched_queue()
{
    if (QStandardPaths::findExecutable(QStringLiteral("python3")).isEmpty())
        QSKIP("python3 is not installed");
    QFile script(m_folder.path("talk.sh"));
    QVERIFY(script.open(QIODevice::WriteOnly));
    script.write(R"(set -e
$F queue create talk --maxsize 10
$SELF consume talk & consumer=$!
echo from bash | $F queue put talk
python3 -c 'import os, subprocess; subprocess.run([os.environ["F"], "queue", "put", "talk", "from python"], check=True)'
$SELF produce talk
$F queue put talk --json '["from", "bash"]'
$F queue close talk
wait $consumer
$F queue remove talk
)");
    script.close();
    const Outcome recorded = shell("$F record -o talk.pcapng -- bash talk.sh");
    QVERIFY2(recorded.status == 0, recorded.err.constData());
    QCOMPARE(recorded.out,
        QByteArray("from bash\n|from python|from C++|\x82\x64"
                   "from\x64"
                   "bash|"));

    QHash<int, QString> commands;
    QList<QJsonObject> puts, gets;
    int samples = 0;
    for (const QJsonObject &object : exported("talk.pcapng")) {
        const QString type = object[u"type"].toString();
        if (type == u"process-executed" || type == u"process-started") {
            QStringList words;
            for (const QJsonValue word : object[u"args"].toArray())
                words.append(word.toString());
            commands.insert(object[u"pid"].toInt(), words.join(u' '));
        }
        samples += type == u"channels-sampled";
        if (type == u"message" && object[u"stream"].toString() == u"queue")
            (object[u"operation"].toString() == u"put" ? puts : gets).append(object);
    }
    QCOMPARE(puts.size(), 4);
    QCOMPARE(gets.size(), 4);
    QVERIFY(samples > 0);
    const char *by[] = {"queue put talk", "queue put talk from python", "produce talk", "queue put talk --json"};
    const char *texts[] = {"from bash\n", "from python", "from C++", nullptr};
    for (int i = 0; i < 4; ++i) {
        QCOMPARE(puts[i][u"sequence"].toInt(), i);
        QCOMPARE(puts[i][u"channel"].toString().section(u' ', 0, 1), QStringLiteral("queue talk"));
        QVERIFY2(commands.value(puts[i][u"pid"].toInt()).contains(QLatin1String(by[i])),
            qPrintable(commands.value(puts[i][u"pid"].toInt())));
        if (texts[i])
            QCOMPARE(puts[i][u"text"].toString(), QString::fromLatin1(texts[i]));
        QVERIFY(puts[i][u"depth"].toInt(-1) >= 0 && puts[i][u"depth"].toInt() <= 4);
        QCOMPARE(gets[i][u"sequence"].toInt(), i);
        QCOMPARE(gets[i][u"size"], puts[i][u"size"]);
        QVERIFY2(commands.value(gets[i][u"pid"].toInt()).contains(u"consume talk"), "another got it");
        QVERIFY(gets[i][u"waited_ns"].toDouble(-1) >= 0);
        QVERIFY(gets[i][u"tid"].toInt() > 0);
    }
    const Outcome shown = shell("$F show talk.pcapng --channel queue");
    QVERIFY2(
        shown.out.contains(" | put 1 by ") && shown.out.contains("11 bytes, depth ") && shown.out.contains(": from python\n"),
        shown.out.constData());
    const QByteArray listed = shell("$F show talk.pcapng --channels").out;
    QVERIFY2(listed.contains("queue") && listed.contains("        4        4  queue talk ("), listed.constData());
    QVERIFY(shell("$F export talk.pcapng --to text").out.contains(": from python\n"));
    const QByteArray csv = shell("$F export talk.pcapng --to csv").out;
    QVERIFY2(csv.contains(",queue,\"forkscope\",") && csv.contains(",put,1,11,\"from python\","), csv.constData());
    const QByteArray trace = shell("$F export talk.pcapng --to perfetto").out;
    QVERIFY(trace.contains(" depth") && trace.contains(R"("cat":"message")"));
    if (!QStandardPaths::findExecutable(QStringLiteral("tshark")).isEmpty())
        QVERIFY(
            shell("tshark -r talk.pcapng -T fields -e data.data 2>/dev/null").out.contains(QByteArray("from python").toHex()));
    if (const Outcome read = shell("python3 " FORKSCOPE_SOURCE_DIR "/docs/examples/read_recording.py talk.pcapng"); true)
        QVERIFY2(read.out.contains("put 1 by ") && read.out.contains("event ChannelsSampled"), read.err.constData());
}

void QueueCommandTest::messages_are_bytes_lines_or_values()
{
    QCOMPARE(shell("$F queue create m").status, 0);
    QCOMPARE(shell("printf 'a\\0b\\n\\n' | $F queue put m && $F queue get m").out, QByteArray("a\0b\n\n", 5));
    QCOMPARE(shell("printf '' | $F queue put m && $F queue get m --lines").out, QByteArray("\n"));
    QCOMPARE(shell("printf 'one\\ntwo\\n\\nthree' | $F queue put m --lines && $F queue get m --lines --count 4").out,
        QByteArray("one\ntwo\n\nthree\n"));
    QCOMPARE(shell("$F queue put m a bc && $F queue get m --count 2").out, QByteArray("abc"));
    QCOMPARE(shell("$F queue put m -- --lines && $F queue get m").out, QByteArray("--lines"));
    QCOMPARE(shell(R"($F queue put m --json '{"a": [1, "é", null]}' 7 && $F queue get m --json --count 2)").out,
        QByteArray("{\"a\":[1,\"é\",null]}\n7\n"));
    QCOMPARE(shell("$F queue put m 'no json' && $F queue get m --json").status, 1);
    QCOMPARE(shell("head -c 3000000 /dev/zero | $F queue put m && $F queue get m | wc -c").out.trimmed(), QByteArray("3000000"));
    QCOMPARE(shell("$F queue put m x && $F queue get m > /dev/full").status, 1);
    QCOMPARE(shell("$F queue status m --json | grep -c '\"depth\":0'").out, QByteArray("1\n"));
    QCOMPARE(shell("$F queue remove m").status, 0);
}

void QueueCommandTest::statuses_tell_what_happened_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("says");
    const auto row = [](const char *line, int status, const char *says = "") {
        QTest::newRow(line) << QByteArray(line) << status << QByteArray(says);
    };
    row("$F queue get none", 1, "there is no queue “none”; make one with: forkscope queue create none");
    row("$F queue status none", 1, "there is no queue “none”");
    row("$F queue remove none", 1, "there is no queue “none”");
    row("$F queue create s --maxsize 1", 0);
    row("$F queue create s", 1, "there is a queue “s” already");
    row("$F queue create ../s", 1, "letters, digits");
    row("$F queue create $(printf 'x%.0s' {1..101})", 1, "1 to 100 letters");
    row("$F queue get s --timeout 0", 124, "it is empty");
    row("$F queue get s --timeout 0.05", 124, "it is empty");
    row("$F queue put s one", 0);
    row("$F queue put s two --timeout 0", 124, "it is full");
    row("$F queue put s --priority 3 two", 1, "not made with --priority");
    row("$F queue put s --json '{'", 1, "read the message as JSON");
    row("$F queue put s --json '1, 2'", 1, "it must be one value");
    row("$F queue get s --count 2 --timeout 0.05", 124, "it is empty");
    row("$F queue put s last", 0);
    row("$F queue close s", 0);
    row("$F queue put s more", 3, "the queue is closed");
    row("$F queue get s --all", 0);
    row("$F queue get s", 3, "closed and empty");
    row("$F queue remove s", 0);
    row("$F queue", 2);
    row("$F queue get", 2);
    row("$F queue get s --timeout -1", 2, "“-1” is no number from 0 on");
    row("$F queue get s --timeout abc", 2, "“abc” is no number from 0 on");
    row("$F queue get s --all --count 2", 2);
    row("$F queue --help", 0);
    row("$F queue put --help", 0);
}

void QueueCommandTest::statuses_tell_what_happened()
{
    QFETCH(QByteArray, line);
    QFETCH(int, status);
    QFETCH(QByteArray, says);
    const Outcome outcome = shell(line.constData());
    QVERIFY2(outcome.status == status, outcome.err.constData());
    QVERIFY2(outcome.err.contains(says), outcome.err.constData());
    if (status == 0)
        QCOMPARE(outcome.err, QByteArray());
}

void QueueCommandTest::order_is_that_of_the_queue()
{
    QCOMPARE(shell("$F queue create l --lifo && $F queue put l 1 2 3 && $F queue get l --count 3").out, QByteArray("321"));
    QCOMPARE(shell("$F queue create p --priority && $F queue put p --priority 5 late && $F queue put p --priority -5 early"
                   " && $F queue get p --lines --count 2")
                 .out,
        QByteArray("early\nlate\n"));
    const QByteArray list = shell("$F queue list").out;
    QVERIFY2(
        list.contains("l                        lifo") && list.contains("p                        priority"), list.constData());
    QCOMPARE(shell("$F queue list --json | grep -c '\"order\":\"lifo\"'").out, QByteArray("1\n"));
    QCOMPARE(shell("$F queue remove l && $F queue remove p && $F queue list").out, QByteArray());
}

void QueueCommandTest::a_lock_of_that_name_is_no_queue()
{
    const auto lock = ipc::Lock::create({.name = QStringLiteral("locked")});
    QVERIFY(lock.ok());
    const Outcome list = shell("$F queue list");
    QCOMPARE(list.out + list.err, QByteArray());
    const Outcome removed = shell("$F queue remove locked");
    QCOMPARE(removed.status, 1);
    QVERIFY2(removed.err.contains("“locked”: what has this name is no queue"), removed.err.constData());
    QVERIFY(ipc::Lock::attach(QStringLiteral("locked")).ok());
}

void QueueCommandTest::a_queue_is_private_and_stays_until_it_is_removed()
{
    QCOMPARE(shell("umask 0; $F queue create stays && $F queue put stays kept").status, 0);
    struct stat info;
    QVERIFY(stat(qPrintable(m_runtime.filePath(QStringLiteral("forkscope/ipc/stays"))), &info) == 0);
    QCOMPARE(info.st_mode & 0777, 0600u);
    QVERIFY(stat(qPrintable(m_runtime.filePath(QStringLiteral("forkscope/ipc"))), &info) == 0);
    QCOMPARE(info.st_mode & 0777, 0700u);
    QVERIFY(!ipc::Queue::create({.name = QStringLiteral("stays")}).ok()); // though no process uses it
    QCOMPARE(shell("$F queue get stays").out, QByteArray("kept"));
    QCOMPARE(shell("$F queue remove stays").status, 0);
    QVERIFY(ipc::Queue::create({.name = QStringLiteral("stays")}).ok());
}

void QueueCommandTest::who_waits_is_listed()
{
    QCOMPARE(shell("$F queue create w").status, 0);
    const Outcome outcome = shell(R"($F queue get w & waiter=$!
for i in {1..300}; do $F queue status w --json | grep -q "\"pid\":$waiter,.*\"waits_for\":\"get\"" && break; sleep 0.02; done
$F queue status w | grep "wait for get: $waiter" && $F queue put w x; wait $waiter)");
    QVERIFY2(outcome.out.startsWith("wait for get: ") && outcome.out.endsWith("\nx"), (outcome.out + outcome.err).constData());
    QCOMPARE(shell("$F queue remove w").status, 0);
}

void QueueCommandTest::watching_prints_what_happens()
{
    QCOMPARE(shell("$F queue create v").status, 0);
    const Outcome outcome = shell(R"($F queue watch v > seen & watcher=$!
for i in {1..300}; do [ -s seen ] && break; sleep 0.02; done
$F queue put v $'a\eb'; $F queue get v > /dev/null
for i in {1..300}; do grep -q 'gets message 0' seen && break; sleep 0.02; done
kill -INT $watcher; wait $watcher; echo "status $?"; cat seen)");
    QVERIFY2(outcome.out.contains("status 0\n")
            && outcome.out.contains(" puts message 0: 3 bytes, then 1 are in the queue: a\\x1bb\n")
            && outcome.out.contains(" gets message 0: 3 bytes, then 0 are in the queue\n"),
        (outcome.out + outcome.err).constData());
    QCOMPARE(shell("$F queue remove v").status, 0);
}

void QueueCommandTest::a_connection_takes_messages_of_python_and_gives_them_to_it()
{
    if (QStandardPaths::findExecutable(QStringLiteral("python3")).isEmpty())
        QSKIP("python3 is not installed");
    const Outcome outcome = shell(R"($F record -o pipe.pcapng -- bash -c '
P=$XDG_RUNTIME_DIR/forkscope/pipe
$F pipe recv in --all --lines & receiver=$!
python3 -c "
import os, time
from multiprocessing.connection import Client, Listener
path = os.environ[\"XDG_RUNTIME_DIR\"] + \"/forkscope/pipe/\"
while True:
    try: c = Client(path + \"in\", \"AF_UNIX\"); break
    except OSError: time.sleep(0.02)
c.send_bytes(b\"from python\"); c.send_bytes(b\"x\" * 100); c.close()
with Listener(path + \"out\", \"AF_UNIX\") as l, l.accept() as c:
    print(c.recv_bytes(), c.recv_bytes(), flush=True)
" & python=$!
$F pipe send out "from bash" more
wait $receiver $python'
)");
    QVERIFY2(outcome.status == 0, outcome.err.constData());
    QVERIFY2(
        outcome.out.contains("from python\nxxxx") && outcome.out.contains("b'from bash' b'more'\n"), outcome.out.constData());
    QStringList messages;
    for (const QJsonObject &object : exported("pipe.pcapng"))
        if (object[u"stream"].toString() == u"connection" && object[u"type"].toString() == u"message")
            messages.append(QStringLiteral("%1 %2 %3")
                                .arg(object[u"operation"].toString())
                                .arg(object[u"sequence"].toInt())
                                .arg(object[u"text"].toString().left(20)));
    messages.sort();
    QCOMPARE(messages,
        (QStringList{QStringLiteral("receive 0 from python"), QStringLiteral("receive 1 xxxxxxxxxxxxxxxxxxxx"),
            QStringLiteral("send 0 from bash"), QStringLiteral("send 1 more")}));
}

void QueueCommandTest::a_connection_of_cpp_is_recorded_with_both_ends()
{
    const Outcome recorded = shell("$F record -o cpp.pcapng -- $SELF pair");
    QVERIFY2(recorded.status == 0, recorded.err.constData());
    QHash<QString, QJsonObject> received;
    QHash<QString, int> sender;
    for (const QJsonObject &object : exported("cpp.pcapng")) {
        const QString key = object[u"channel"].toString().section(u'(', 0, 0) + QString::number(object[u"sequence"].toInt());
        if (object[u"operation"].toString() == u"send")
            sender.insert(key, object[u"pid"].toInt());
        if (object[u"operation"].toString() == u"receive")
            received.insert(key, object);
    }
    // A one-way pipe, and both ways of a duplex one; two messages each.
    QCOMPARE(sender.size(), 6);
    QCOMPARE(received.size(), 6);
    for (auto it = received.cbegin(); it != received.cend(); ++it) {
        QVERIFY2(sender.contains(it.key()), qPrintable(it.key()));
        QVERIFY(sender.value(it.key()) != it.value()[u"pid"].toInt());
        QVERIFY(it.value()[u"waited_ns"].toDouble(-1) >= 0);
        QCOMPARE(it.value()[u"bytes"].toInt(), 0); // what was sent is recorded once
    }
}

void QueueCommandTest::statuses_of_connections_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("out");
    const auto row = [](const char *line, int status, const char *out = "") {
        QTest::newRow(line) << QByteArray(line) << status << QByteArray(out);
    };
    row("$F pipe send nobody x --timeout 0.1", 124);
    row("$F pipe recv nobody --timeout 0.1", 124);
    row("$F pipe recv ./x --timeout 0", 124); // a path
    row("$F pipe recv .x", 1);
    row("$F pipe send /$(printf 'x%.0s' {1..120}) x", 1);
    row("$F pipe recv a --count 2 & $F pipe send a one; wait $!", 3, "one");
    row("$F pipe recv a --json & $F pipe send a --json '[1]'; wait $!", 0, "[1]\n");
    row("(printf 'q1\\nq2\\n' | $F pipe listen c) & (printf 'a1\\n' | $F pipe connect c | sed s/^/2:/); wait $!", 0, nullptr);
    row("$F pipe", 2);
}

void QueueCommandTest::statuses_of_connections()
{
    QFETCH(QByteArray, line);
    QFETCH(int, status);
    QFETCH(QByteArray, out);
    const Outcome outcome = shell(line.constData());
    QVERIFY2(outcome.status == status, outcome.err.constData());
    if (!out.isNull())
        QCOMPARE(outcome.out, out);
    else
        QVERIFY2(outcome.out.contains("2:q1\n2:q2\n") && outcome.out.contains("a1\n"), outcome.out.constData());
}

namespace {

int consume(const QString &name)
{
    auto queue = ipc::Queue::attach(name);
    if (!queue)
        return 1;
    for (;;) {
        const auto bytes = queue.value().getBytes();
        if (!bytes)
            return bytes.error().code == ErrorCode::Closed ? 0 : 1;
        std::fwrite(bytes.value().constData(), 1, size_t(bytes.value().size()), stdout);
        std::fputc('|', stdout);
    }
}

/// Two processes and their connections, one way and both ways.
int talkOverPair()
{
    auto [here, there] = std::move(ipc::makePipe(true)).value();
    auto [out, in] = std::move(ipc::makePipe(false)).value();
    const pid_t pid = fork();
    if (pid == 0) {
        bool good = true;
        for (int i = 0; i < 2; ++i)
            good = good && there.recvBytes().ok() && there.sendBytes("answer").ok() && in.sendBytes("one way").ok();
        _exit(good ? 0 : 1);
    }
    bool good = true;
    for (int i = 0; i < 2; ++i)
        good = good && here.sendBytes("question").ok() && here.recvBytes().ok() && out.recvBytes().ok();
    int status = 1;
    waitpid(pid, &status, 0);
    return good && status == 0 ? 0 : 1;
}

} // namespace

int main(int argc, char **argv)
{
    if (argc > 1 && std::strcmp(argv[1], "pair") == 0)
        return talkOverPair();
    if (argc > 2 && std::strcmp(argv[1], "consume") == 0)
        return consume(QString::fromLocal8Bit(argv[2]));
    if (argc > 2 && std::strcmp(argv[1], "produce") == 0) {
        auto queue = ipc::Queue::attach(QString::fromLocal8Bit(argv[2]));
        return queue && queue.value().putBytes("from C++").ok() ? 0 : 1;
    }
    QCoreApplication application(argc, argv);
    QueueCommandTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "queuecommand_test.moc"
