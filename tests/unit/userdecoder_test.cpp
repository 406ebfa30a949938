// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/userdecoders/userdecoders.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QtTest>

#include <atomic>
#include <csignal>
#include <thread>

using namespace forkscope;
using decode::Decoded;
using decode::Field;

namespace {

/// The tree on one line: name=value {parts}.
QByteArray flat(const Field &field)
{
    QByteArray out = field.name + '=' + field.value;
    for (qsizetype i = 0; i < field.fields.size(); ++i)
        out += (i == 0 ? " {" : "; ") + flat(field.fields[i]);
    return field.fields.isEmpty() ? out : out + '}';
}

std::unique_ptr<const decode::Decoder> described(const QByteArray &json)
{
    auto read = readDescription(json, QStringLiteral("x.json"));
    if (!read)
        qFatal("%s", qPrintable(errorText(read.error())));
    return std::move(read).value();
}

QByteArray withFields(const QByteArray &fields)
{
    return R"({"name": "x", "fields": [)" + fields + "]}";
}

/// A program that decodes, or pretends to.
std::unique_ptr<const decode::Decoder> program(
    const QTemporaryDir &folder, const QByteArray &script, std::chrono::milliseconds idle = std::chrono::minutes(1))
{
    QFile file(folder.filePath(QStringLiteral("program")));
    if (!file.open(QIODevice::WriteOnly) || file.write(script) < 0)
        qFatal("cannot write a script");
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    return programDecoder("program", file.fileName(), idle);
}

/// A program that keeps running, in Python: its value is the message. before: what it does with each. Its PIDs are in started().
QByteArray keptScript(const QTemporaryDir &folder, const QByteArray &before = {})
{
    return "#!/usr/bin/env python3\nimport json, os, struct, sys, time\nout = sys.stdout.buffer\n"
           "open('"
        + QFile::encodeName(folder.filePath(QStringLiteral("started"))) + R"(', 'a').write(f'{os.getpid()}\n')
def answer(value):
    text = json.dumps({'state': 'complete', 'used': 1, 'value': value, 'keeps_running': True}).encode()
    out.write(struct.pack('>I', len(text)) + text)
    out.flush()
count = 0
while header := sys.stdin.buffer.read(4):
    message = sys.stdin.buffer.read(struct.unpack('>I', header)[0]).decode()
    count += 1
)" + before
        + "\n    answer(message)\n";
}

QList<int> started(const QTemporaryDir &folder)
{
    QFile file(folder.filePath(QStringLiteral("started")));
    QList<int> pids;
    if (file.open(QIODevice::ReadOnly))
        for (const QByteArray &line : file.readAll().split('\n'))
            if (!line.isEmpty())
                pids.append(line.toInt());
    return pids;
}

bool runs(int pid)
{
    return ::kill(pid, 0) == 0;
}

QByteArray sensorMessage()
{
    return QByteArray("\x5a\xa5\x16\x00\x01roof\0\x01\x10\0\0\0\0\0\xac\x41hot day", 26);
}

} // namespace

class UserDecoderTest : public QObject
{
    Q_OBJECT

private slots:
    void the_examples_decode_what_they_describe();
    void beginnings_ask_for_more();
    void a_mistake_in_a_description_is_told_with_its_place_data();
    void a_mistake_in_a_description_is_told_with_its_place();
    void all_types_are_read();
    void lengths_that_lie_harm_nobody_data();
    void lengths_that_lie_harm_nobody();
    void only_what_has_to_be_so_is_guessed();
    void a_program_that_misbehaves_is_told_of_data();
    void a_program_that_misbehaves_is_told_of();
    void what_a_program_says_is_cut_between_characters();
    void a_program_that_keeps_running_is_started_once();
    void threads_that_ask_the_same_program_get_their_own_answers();
    void a_kept_program_that_dies_is_started_again_and_asked_again();
    void a_kept_program_that_hangs_is_killed_with_its_children();
    void a_kept_program_that_says_too_much_puts_nothing_out_of_step();
    void a_kept_program_ends_when_it_is_not_asked();
    void a_broken_file_loses_nothing_of_the_others();
    void the_folder_is_the_users();
    void they_are_listed_before_all_others();
};

void UserDecoderTest::the_examples_decode_what_they_describe()
{
    const auto all = readUserDecoders(QStringLiteral(FORKSCOPE_SOURCE_DIR "/docs/examples/decoders"));
    QVERIFY2(all.problems.isEmpty(), all.problems.isEmpty() ? "" : qPrintable(errorText(all.problems.first())));
    QCOMPARE(all.decoders.size(), size_t(2));
    QCOMPARE(all.decoders[0]->name(), "keyvalue");
    const Decoded line = all.decoders[0]->decode("user=7;action=login\nuser=8\n");
    QVERIFY2(line.state == Decoded::State::Complete, line.problem);
    QCOMPARE(flat(line.root), "keyvalue=2 values {user=7; action=login}");
    QCOMPARE(line.used, 20ull);
    QCOMPARE(line.root.fields[1].offset, 7ull);
    QVERIFY(all.decoders[0]->decode("user=7").state == Decoded::State::Partial);
    QCOMPARE(all.decoders[0]->decode("user\n").problem, "at byte 0: at byte 0: name=value is expected");

    const Decoded message = all.decoders[1]->decode(sensorMessage() + "next");
    QVERIFY2(message.state == Decoded::State::Complete, message.problem);
    QCOMPARE(flat(message.root),
        "sensor=26 bytes {magic=2 bytes: 5a a5; length=22; kind=reading (1); station=\"roof\"; readings=1; "
        "reading[0]= {time=16; celsius=21.5}; note=\"hot day\"}");
    QCOMPARE(message.used, 26ull);
}

void UserDecoderTest::beginnings_ask_for_more()
{
    const auto all = readUserDecoders(QStringLiteral(FORKSCOPE_SOURCE_DIR "/docs/examples/decoders"));
    const QByteArray message = sensorMessage();
    for (qsizetype n = 0; n < message.size(); ++n) {
        const Decoded decoded = all.decoders[1]->decode(message.first(n));
        QVERIFY2(decoded.state == Decoded::State::Partial, QByteArray::number(n));
        QVERIFY(decoded.used > quint64(n) && decoded.used <= quint64(message.size()));
    }
}

void UserDecoderTest::a_mistake_in_a_description_is_told_with_its_place_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("says");
    const auto row = [](const QByteArray &json, const char *says) {
        QTest::addRow("%s", json.constData()) << json << QString::fromUtf8(says);
    };
    row("{\n\"name\": \"x\",\n oops", "Line 3");
    row("[]", "in braces");
    row("{}", "name: A text in quotes");
    row(R"({"name": "x"})", "fields: A list of fields");
    row(R"({"name": "x", "filds": []})", "filds: There is no such key; these are: name");
    row(R"({"name": "x", "endian": "middle", "fields": []})", "endian: “big” or “little”");
    row(withFields(R"({"name": "a", "type": "u12"})"), "fields[0].type: “u12” is no type");
    row(withFields(R"({"name": "a", "type": "u8", "size": 3})"), "fields[0].size: There is no such key");
    row(withFields(R"({"name": "a", "type": "text"})"), "fields[0].length: A whole number");
    row(withFields(R"({"name": "a", "type": "text", "length": -1})"), "fields[0].length: A whole number");
    row(withFields(R"({"name": "a", "type": "text", "length": "n"})"),
        "fields[0].length: No unsigned number called “n” comes before");
    row(withFields(R"({"name": "a", "type": "u8", "length": 2})"), "fields[0].length: This type has a length");
    row(withFields(R"({"name": "a", "type": "u8", "value": "x"})"), "fields[0].value: A number");
    row(withFields(R"({"name": "a", "type": "bytes", "length": 2, "value": "00"})"), "fields[0].value: A text, or bytes");
    row(withFields(R"({"name": "a", "type": "u8"}, {"name": "b", "count": "a", "fields": [{"name": "c"}]})"),
        "fields[1].fields[0].type: A text");
    row(withFields(R"({"name": "a", "type": "u8", "count": 3})"), "fields[0].count: Only a group");
    row(R"({"name": "x", "size": {"field": "a"}, "fields": [{"name": "b", "type": "u8"}]})",
        "size.field: No unsigned number called “a”");
}

void UserDecoderTest::a_mistake_in_a_description_is_told_with_its_place()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, says);
    const auto read = readDescription(json, QStringLiteral("/decoders/x.json"));
    QVERIFY(!read);
    const QString text = errorText(read.error());
    QVERIFY2(text.contains(says) && text.contains(u"/decoders/x.json"), qPrintable(text));
}

void UserDecoderTest::all_types_are_read()
{
    const auto decoder = described(withFields(
        R"({"name": "a", "type": "u8"}, {"name": "b", "type": "i16"}, {"name": "c", "type": "u32", "endian": "little"},
           {"name": "d", "type": "i64"}, {"name": "e", "type": "f64"}, {"name": "f", "type": "bytes", "length": "a"},
           {"name": "g", "fields": [{"name": "h", "type": "u16", "value": "0x1234"}]}, {"name": "i", "type": "payload", "length": "rest"})"));
    const Decoded decoded = decoder->decode(
        QByteArray("\x02\xff\xfe\x01\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff\x3f\xf8\0\0\0\0\0\0\0\xff\x12\x34{\"j\":1}", 34));
    QVERIFY2(decoded.state == Decoded::State::Complete, decoded.problem);
    QCOMPARE(flat(decoded.root),
        "x=34 bytes {a=2; b=-2; c=1; d=-1; e=1.5; f=2 bytes: 00 ff; g= {h=4660}; payload, json={1 member} {j=1}}");
}

void UserDecoderTest::lengths_that_lie_harm_nobody_data()
{
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("length") << QByteArray(R"({"name": "n", "type": "u64"}, {"name": "t", "type": "text", "length": "n"})")
                            << QByteArray(40, '\xff');
    QTest::newRow("count of nothing") << QByteArray(
        R"({"name": "n", "type": "u64"}, {"name": "g", "count": "n", "fields": [{"name": "t", "type": "text", "length": 0}]})")
                                      << QByteArray(40, '\xff');
    QTest::newRow("count") << QByteArray(
        R"({"name": "n", "type": "u64"}, {"name": "g", "count": "n", "fields": [{"name": "t", "type": "u8"}]})")
                           << QByteArray(1 << 20, '\xff');
    QTest::newRow("to the end") << QByteArray(R"({"name": "g", "count": "rest", "fields": [{"name": "t", "type": "u8"}]})")
                                << QByteArray(1 << 20, '\xff');
}

void UserDecoderTest::lengths_that_lie_harm_nobody()
{
    QFETCH(QByteArray, fields);
    QFETCH(QByteArray, bytes);
    QElapsedTimer timer;
    timer.start();
    const Decoded decoded = described(withFields(fields))->decode(bytes);
    QVERIFY(timer.elapsed() < 5000);
    QVERIFY(decoded.root.fields.size() <= 10'000);
    if (decoded.ok())
        QVERIFY(decoded.used <= quint64(bytes.size()));
    const auto sized = described(R"({"name": "x", "size": {"field": "n", "plus": 100}, "fields": [)"
        + QByteArray(R"({"name": "n", "type": "u64"}, )") + fields + "]}");
    (void)sized->decode(bytes);
    QVERIFY(sized->decode(QByteArray(200, '\0')).used <= 200);
}

void UserDecoderTest::only_what_has_to_be_so_is_guessed()
{
    QCOMPARE(described(withFields(R"({"name": "a", "type": "u8"})"))->confidence("abc"), 0);
    const auto fixed = described(withFields(R"({"name": "a", "type": "u16", "value": "0x6162"}, {"name": "b", "type": "u64"})"));
    QVERIFY(fixed->confidence("abc") > 80);
    QCOMPARE(fixed->confidence("xbc"), 0);
}

void UserDecoderTest::a_program_that_misbehaves_is_told_of_data()
{
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<QByteArray>("says");
    QTest::newRow("hangs") << QByteArray("#!/bin/sh\nsleep 1000\n") << QByteArray("killed");
    QTest::newRow("fails") << QByteArray("#!/bin/sh\necho no such thing >&2\nexit 3\n") << QByteArray("it failed: no such thing");
    QTest::newRow("says nothing") << QByteArray("#!/bin/sh\n") << QByteArray("no length");
    QTest::newRow("says no JSON") << QByteArray("#!/bin/sh\nprintf '\\0\\0\\0\\2no'\n") << QByteArray("no JSON");
    QTest::newRow("says no state") << QByteArray("#!/bin/sh\nprintf '\\0\\0\\0\\2{}'\n") << QByteArray("a state");
    QTest::newRow("uses too much") << QByteArray("#!/bin/sh\nprintf '\\0\\0\\0\\41{\"state\":\"complete\",\"used\":10000}'\n")
                                   << QByteArray("a state");
    QTest::newRow("never ends") << QByteArray("#!/bin/sh\nexec yes\n") << QByteArray("program: ");
    QTest::newRow("is none") << QByteArray("#!/no/such/interpreter\n") << QByteArray("interpreter");
}

void UserDecoderTest::a_program_that_misbehaves_is_told_of()
{
    QFETCH(QByteArray, script);
    QFETCH(QByteArray, says);
    const QTemporaryDir folder;
    const auto decoder = program(folder, script);
    QElapsedTimer timer;
    timer.start();
    const Decoded decoded = decoder->decode("hello");
    QVERIFY(timer.elapsed() < 20'000);
    QVERIFY(decoded.state == Decoded::State::Malformed);
    QVERIFY2(decoded.problem.contains(says), decoded.problem);
    QCOMPARE(decoder->confidence("hello"), 0);
}

void UserDecoderTest::what_a_program_says_is_cut_between_characters()
{
    const QTemporaryDir folder;
    const QByteArray x(199, 'x');
    const QByteArray json
        = "{\"state\":\"complete\",\"used\":1,\"value\":\"" + x + "é\",\"fields\":[{\"name\":\"" + x.chopped(1) + "éy\"}]}";
    const auto decoder = program(folder,
        "#!/bin/sh\nprintf '\\0\\0\\" + QByteArray::number(json.size() >> 8, 8) + "\\" + QByteArray::number(json.size() & 255, 8)
            + "'\nprintf %s '" + json + "'\n");
    const Decoded decoded = decoder->decode("m");
    QVERIFY2(decoded.ok(), decoded.problem);
    QCOMPARE(decoded.root.value, x);
    QCOMPARE(decoded.root.fields[0].name, x.chopped(1) + "é");
}

void UserDecoderTest::a_program_that_keeps_running_is_started_once()
{
    const QTemporaryDir folder;
    auto decoder = program(folder, keptScript(folder, "    print('noise' * 100, file=sys.stderr, flush=True)"));
    for (int i = 0; i < 500; ++i) {
        const QByteArray message = QByteArray::number(i);
        const Decoded decoded = decoder->decode(message);
        QVERIFY2(decoded.ok(), decoded.problem);
        QCOMPARE(decoded.root.value, message);
    }
    const QByteArray large(1 << 20, 'm'); // more than its pipe holds
    QCOMPARE(decoder->decode(large).root.value, large.first(200));
    const QList<int> pids = started(folder);
    QCOMPARE(pids.size(), 2); // the first tells that it keeps running
    QVERIFY(runs(pids[1]));
    decoder.reset();
    QVERIFY(!runs(pids[1]));
}

void UserDecoderTest::threads_that_ask_the_same_program_get_their_own_answers()
{
    const QTemporaryDir folder;
    const auto decoder = program(folder, keptScript(folder));
    std::atomic<int> wrong = 0;
    std::vector<std::thread> threads;
    threads.reserve(4);
    for (int thread = 0; thread < 4; ++thread)
        threads.emplace_back([&, thread] {
            for (int i = 0; i < 50; ++i) {
                const QByteArray message = QByteArray::number(thread) + '/' + QByteArray::number(i);
                wrong += decoder->decode(message).root.value != message;
            }
        });
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(wrong.load(), 0);
    QVERIFY2(started(folder).size() <= 8, QByteArray::number(started(folder).size()));
}

void UserDecoderTest::a_kept_program_that_dies_is_started_again_and_asked_again()
{
    const QTemporaryDir folder;
    const auto decoder = program(folder, keptScript(folder, "    if count == 4: sys.exit('enough')"));
    for (int i = 0; i < 20; ++i)
        QCOMPARE(decoder->decode(QByteArray::number(i)).root.value, QByteArray::number(i));
    QVERIFY(started(folder).size() > 5);
    // One that dies of the message itself is not asked for ever.
    const QTemporaryDir other;
    const auto picky = program(other, keptScript(other, "    if message == 'bad': sys.exit('never')"));
    QVERIFY(picky->decode("good").ok());
    QVERIFY(picky->decode("good").ok());
    QVERIFY2(picky->decode("bad").problem.contains("it failed: never"), picky->decode("bad").problem);
    QVERIFY(picky->decode("good").ok());
}

void UserDecoderTest::a_kept_program_that_hangs_is_killed_with_its_children()
{
    const QTemporaryDir folder;
    const auto decoder = program(folder, keptScript(folder, R"(
    if message == 'hang':
        child = os.spawnlp(os.P_NOWAIT, 'sleep', 'sleep', '1000')
        open(sys.argv[0] + '.child', 'w').write(str(child))
        time.sleep(1000))"));
    QVERIFY(decoder->decode("good").ok());
    QVERIFY2(decoder->decode("hang").problem.contains("killed"), decoder->decode("hang").problem);
    QVERIFY(decoder->decode("good").ok());
    QFile file(folder.filePath(QStringLiteral("program.child")));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const int child = file.readAll().toInt();
    QVERIFY(child > 0);
    QTRY_VERIFY(!runs(child));
    QTRY_VERIFY(!runs(started(folder)[1]));
}

void UserDecoderTest::a_kept_program_that_says_too_much_puts_nothing_out_of_step()
{
    const QTemporaryDir folder;
    const auto decoder = program(folder, keptScript(folder, R"(
    if message == 'twice':
        out.write(b'\0\0\0\2{}' * 2) # at once: who says it later cannot be told from one who answers
        out.flush()
        continue
    if message == 'long':
        out.write(struct.pack('>I', 5 << 20))
        out.flush())"));
    QVERIFY(decoder->decode("a").ok());
    for (int i = 0; i < 5; ++i) {
        QVERIFY(decoder->decode("twice").problem.contains("a state"));
        QCOMPARE(decoder->decode("b").root.value, "b");
    }
    QVERIFY2(decoder->decode("long").problem.contains("4 MiB"), decoder->decode("long").problem);
    QCOMPARE(decoder->decode("c").root.value, "c");
}

void UserDecoderTest::a_kept_program_ends_when_it_is_not_asked()
{
    const QTemporaryDir folder;
    const auto decoder = program(folder, keptScript(folder), std::chrono::milliseconds(50));
    for (int i = 0; i < 2; ++i) {
        QVERIFY(decoder->decode("a").ok());
        QVERIFY(decoder->decode("b").ok());
        const int pid = started(folder).last();
        QTRY_VERIFY(!runs(pid));
    }
}

void UserDecoderTest::a_broken_file_loses_nothing_of_the_others()
{
    const QTemporaryDir folder;
    const auto write = [&](const char *name, const QByteArray &content, QFile::Permissions more = {}) {
        QFile file(folder.filePath(QString::fromLatin1(name)));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(content) >= 0);
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | more);
    };
    write("a.json", "{");
    write("b.json", withFields(R"({"name": "a", "type": "u8"})"));
    write("c.json", withFields(R"({"name": "a", "type": "u8"})")); // the same name again
    write("d.json", R"({"name": "json", "fields": [{"name": "a", "type": "u8"}]})");
    write("e.json", R"({"name": "Not This", "fields": [{"name": "a", "type": "u8"}]})");
    write("f.json", R"({"name": "others", "fields": [{"name": "a", "type": "u8"}]})", QFile::WriteOther);
    write("README", "not executable");
    write("zprogram", "#!/bin/sh\n", QFile::ExeOwner);
    const auto all = readUserDecoders(folder.path());
    QCOMPARE(all.decoders.size(), size_t(2));
    QCOMPARE(all.decoders[0]->name(), "x");
    QCOMPARE(all.decoders[1]->name(), "zprogram");
    QCOMPARE(all.problems.size(), 5);
    for (const char *says : {"a.json", "c.json", "d.json", "e.json", "f.json"})
        QVERIFY(std::any_of(all.problems.begin(), all.problems.end(),
            [&](const Error &error) { return errorText(error).contains(QLatin1String(says)); }));
    QVERIFY(readUserDecoders(folder.filePath(QStringLiteral("none"))).problems.isEmpty());
}

void UserDecoderTest::the_folder_is_the_users()
{
    qputenv("XDG_CONFIG_HOME", "/somewhere");
    QCOMPARE(userDecoderFolder(), QStringLiteral("/somewhere/forkscope/decoders"));
}

void UserDecoderTest::they_are_listed_before_all_others()
{
    const auto before = decode::decoders();
    std::vector<std::unique_ptr<const decode::Decoder>> added;
    added.push_back(
        described(R"({"name": "mine", "fields": [{"name": "a", "type": "bytes", "length": 4, "value": "7b22 6122"}]})"));
    decode::addDecoders(std::move(added));
    QCOMPARE(decode::decoders().size(), before.size() + 1);
    QCOMPARE(decode::decoderNamed("mine"), decode::decoders().first());
    QVERIFY(decode::decoderNamed("json"));
}

QTEST_GUILESS_MAIN(UserDecoderTest)
#include "userdecoder_test.moc"
