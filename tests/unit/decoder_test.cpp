// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/decode/decoder.h"

#include <QCborArray>
#include <QCborMap>
#include <QCborValue>
#include <QProcess>
#include <QRandomGenerator>
#include <QtTest>

using namespace forkscope::decode;

namespace {

/// The tree on one line: name=value(…), parts in brackets.
QByteArray flat(const Field &field)
{
    QByteArray out = field.name + '=' + field.value;
    for (qsizetype i = 0; i < field.fields.size(); ++i)
        out += (i == 0 ? " {" : "; ") + flat(field.fields[i]);
    return field.fields.isEmpty() ? out : out + '}';
}

/// What a Python program prints.
QByteArray python(const char *program)
{
    QProcess process;
    process.start(QStringLiteral("python3"), {QStringLiteral("-c"), QString::fromUtf8(program)});
    process.waitForFinished(30'000);
    return process.readAllStandardOutput();
}

bool lieWithin(const Field &field, quint64 from, quint64 to)
{
    if (field.offset < from || field.offset + field.length > to)
        return false;
    return std::all_of(field.fields.begin(), field.fields.end(), [&](const Field &part) { return lieWithin(part, from, to); });
}

QByteArray nested(const char *open, const char *close, int depth)
{
    return QByteArray(open).repeated(depth) + QByteArray(close).repeated(depth);
}

} // namespace

class DecoderTest : public QObject
{
    Q_OBJECT

private slots:
    void a_message_is_told_data();
    void a_message_is_told();
    void its_beginnings_ask_for_more_data() { a_message_is_told_data(); }
    void its_beginnings_ask_for_more();
    void mistakes_are_told_with_their_place_data();
    void mistakes_are_told_with_their_place();
    void streams_are_guessed_data();
    void streams_are_guessed();
    void pickles_of_python_are_shown_and_never_run_data();
    void pickles_of_python_are_shown_and_never_run();
    void a_message_of_multiprocessing_is_a_frame_and_a_pickle();
    void cbor_says_what_qt_wrote();
    void compressed_bytes_are_shown_decompressed();
    void a_bomb_ends_at_the_limit();
    void deep_nesting_ends_at_the_limit_data();
    void deep_nesting_ends_at_the_limit();
    void many_parts_end_at_the_limit();
    void noise_harms_nobody();
};

void DecoderTest::a_message_is_told_data()
{
    QTest::addColumn<QByteArray>("decoder");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("tells");
    const auto row = [](const char *decoder, const QByteArray &bytes, const QByteArray &tells) {
        QTest::addRow("%s %d", decoder, int(qHash(bytes) & 0xffff)) << QByteArray(decoder) << bytes << tells;
    };
    row("lines", "one\r\n", "line=\"one\"");
    row("lines", "caf\xe9\n", R"(line="caf\xe9")"); // no UTF-8
    row("json", R"({"a":[1,true,null],"b":{"c":"x\ny"}})",
        R"(json={2 members} {a=[3 items] {[0]=1; [1]=true; [2]=null}; b={1 member} {c="x\ny"}})");
    row("json", R"("\u00e9\ud83d\ude00")", "json=\"é😀\"");
    row("json", "[]", "json=[0 items]");
    row("netstring", "5:hello,", "netstring=5 bytes {length=5; payload=\"hello\"}");
    row("length32be", QByteArray("\0\0\0\2hi", 6), "frame=2 bytes {length=2; payload=\"hi\"}");
    row("length32le", QByteArray("\2\0\0\0hi", 6), "frame=2 bytes {length=2; payload=\"hi\"}");
    row("length16be", QByteArray("\0\2hi", 4), "frame=2 bytes {length=2; payload=\"hi\"}");
    row("length16le", QByteArray("\2\0hi", 4), "frame=2 bytes {length=2; payload=\"hi\"}");
    row("length8", QByteArray("\2hi", 3), "frame=2 bytes {length=2; payload=\"hi\"}");
    row("length64be", QByteArray("\0\0\0\0\0\0\0\2hi", 10), "frame=2 bytes {length=2; payload=\"hi\"}");
    row("length64le", QByteArray("\2\0\0\0\0\0\0\0hi", 10), "frame=2 bytes {length=2; payload=\"hi\"}");
    row("length32be", QByteArray("\0\0\0\7{\"a\":1}", 11), "frame=7 bytes {length=7; payload, json={1 member} {a=1}}");
    row("http", "GET /x HTTP/1.1\r\nHost: a\r\n\r\n",
        "HTTP request=\"GET /x HTTP/1.1\" {method=\"GET\"; target=\"/x\"; version=\"HTTP/1.1\"; Host=\"a\"}");
    row("http", "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n{\"a\":1}",
        "HTTP response=\"HTTP/1.1 200 OK\" {version=\"HTTP/1.1\"; status=200; reason=\"OK\"; Content-Length=\"7\"; payload, "
        "json={1 member} {a=1}}");
    row("http", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n",
        "HTTP response=\"HTTP/1.1 200 OK\" {version=\"HTTP/1.1\"; status=200; reason=\"OK\"; Transfer-Encoding=\"chunked\"; "
        "body, chunked=\"abcde\"}");
    row("content-length", "Content-Length: 2\r\n\r\n{}", "message=2 bytes {Content-Length=\"2\"; payload=\"{}\"}");
    row("content-length", "Content-Length: 9\r\n\r\n{\"id\":42}",
        "message=9 bytes {Content-Length=\"9\"; payload, json={1 member} {id=42}}");
    row("jobserver", "+", "jobserver token=\"+\"");
    row("protobuf", QByteArray("\x08\x96\x01\x12\x07testing", 12),
        "protobuf=2 fields, without a schema {field 1=150; field 2=\"testing\"}");
    row("cbor", QByteArray("\x82\x01\xa1\x61x\xf6", 6), "cbor=[2 items] {[0]=1; [1]={1 pair} {x=null}}");
    row("pickle", QByteArray("\x80\x02]q\0(K\1K\2e.", 12), "pickle, protocol 2=[2 items] {[0]=1; [1]=2}");
}

void DecoderTest::a_message_is_told()
{
    QFETCH(QByteArray, decoder);
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, tells);
    const Decoder *const one = decoderNamed(decoder);
    QVERIFY(one);
    const Decoded decoded = one->decode(bytes + "rest");
    const bool toTheEnd = decoder == "protobuf"; // it has no end of its own
    const Decoded alone = one->decode(bytes);
    QVERIFY2(alone.state == Decoded::State::Complete, alone.problem);
    QCOMPARE(flat(alone.root), tells);
    QCOMPARE(alone.used, quint64(bytes.size()));
    QVERIFY(lieWithin(alone.root, 0, alone.used));
    if (!toTheEnd && decoder != "json") {
        QCOMPARE(decoded.state, Decoded::State::Complete);
        QCOMPARE(decoded.used, quint64(bytes.size()));
        QCOMPARE(flat(decoded.root), tells);
    }
}

void DecoderTest::its_beginnings_ask_for_more()
{
    QFETCH(QByteArray, decoder);
    QFETCH(QByteArray, bytes);
    const Decoder *const one = decoderNamed(decoder);
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        const Decoded decoded = one->decode(bytes.first(i));
        // Fields of protobuf end anywhere, and numbers too.
        if (decoder == "protobuf" || (decoder == "json" && i > 0 && decoded.ok()))
            continue;
        QVERIFY2(decoded.state == Decoded::State::Partial, QByteArray::number(i) + ": " + decoded.problem);
        QVERIFY(decoded.used <= quint64(bytes.size())); // never asks for more than there is
    }
}

void DecoderTest::mistakes_are_told_with_their_place_data()
{
    QTest::addColumn<QByteArray>("decoder");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("tells");
    const auto row = [](const char *decoder, const QByteArray &bytes, const char *tells) {
        QTest::addRow("%s %s", decoder, tells) << QByteArray(decoder) << bytes << QByteArray(tells);
    };
    row("json", "{\"a\" 1}", "at byte 5: a colon");
    row("json", "[1 2]", "at byte 3: a comma");
    row("json", "{a:1}", "at byte 1: a key in quotes");
    row("json", "[x]", "at byte 1: a value");
    row("netstring", "5:hello;", "at byte 7: a comma");
    row("netstring", "x:hello,", "at byte 0: a length");
    row("http", "GET /x HTTP/1.1\r\nnonsense\r\n\r\n", "a header line");
    row("content-length", "Content-Type: x\r\n\r\n{}", "Content-Length");
    row("pickle", QByteArray("\x80\x09N.", 4), "protocol");
    row("pickle", QByteArray("\x80\x02R.", 4), "not on the stack");
    row("pickle", QByteArray("\x80\x02.", 3), "without a value");
    row("pickle", QByteArray("\x80\x02h\x05.", 5), "never remembered");
    row("cbor", QByteArray("\x82\x01\xff", 3), "at byte");
    row("gzip", QByteArray("\x1f\x8b\x08\xff\xff\xff\xff\xff\xff\xff\xff\xff", 12), "at byte");
    row("protobuf", QByteArray("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", 11), "divide into fields");
}

void DecoderTest::mistakes_are_told_with_their_place()
{
    QFETCH(QByteArray, decoder);
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, tells);
    const Decoded decoded = decoderNamed(decoder)->decode(bytes);
    QCOMPARE(decoded.state, Decoded::State::Malformed);
    QVERIFY2(decoded.problem.contains(tells), decoded.problem);
}

void DecoderTest::streams_are_guessed_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("decoder");
    const auto row = [](const char *name, const QByteArray &bytes, const char *decoder) {
        QTest::newRow(name) << bytes << QByteArray(decoder);
    };
    row("nothing", "", "bytes");
    row("text", "hello world\n", "lines");
    row("text without an end", "hello", "lines");
    row("Chinese", "你好，世界\n", "lines");
    row("colours", "\x1b[31mred\x1b[0m\n", "lines");
    row("JSON lines", "{\"a\":1}\n{\"a\":2}\n", "json");
    row("JSON, cut", "{\"a\":[1,2", "json");
    row("brackets of a log", "[INFO] it runs\n", "lines");
    row("a shell's group", "{ echo; }\n", "lines");
    row("request", "POST /x HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc", "http");
    row("language server", "Content-Length: 2\r\n\r\n{}", "content-length");
    row("netstrings", "3:abc,5:hello,", "netstring");
    row("a time", "12:30 it rains\n", "lines");
    row("frames", QByteArray("\0\0\0\5hello\0\0\0\2\x01\x02", 15), "length32be");
    row("frames, little end first", QByteArray("\5\0\0\0hello\2\0\0\0\x01\x02", 15), "length32le");
    row("tokens of make", "++++", "jobserver");
    row("noise", QByteArray("\x9d\x03\xf1\x80\xfe\x17\xc2\x90", 8), "bytes");
}

void DecoderTest::streams_are_guessed()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, decoder);
    QCOMPARE(QByteArray(guess(bytes)->name()), decoder);
}

void DecoderTest::pickles_of_python_are_shown_and_never_run_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("tells");
    const auto row = [](const char *value, const char *tells) { QTest::newRow(value) << QByteArray(value) << QByteArray(tells); };
    row("[1, -5, 2.5, True, None, 'text', b'raw', 10**30]",
        "[8 items] {[0]=1; [1]=-5; [2]=2.5; [3]=True; [4]=None; [5]=\"text\"; [6]=b, \"raw\"; [7]=an integer of 13 bytes}");
    row("{'a': (1, 2), 'b': {3}}", "{2 pairs} {a=(2 items) {[0]=1; [1]=2}; b={set of 1 item} {[0]=3}}");
    row("__import__('datetime').timedelta(1)", "call of class datetime.timedelta {arguments=(3 items) {[0]=1; [1]=0; [2]=0}}");
    row("type('Evil', (), {'__reduce__': lambda self: (__import__('os').system, ('touch pwned',))})()",
        "call of class posix.system {arguments=(1 item) {[0]=\"touch pwned\"}}");
    row("frozenset([1])", "{set of 1 item} {[0]=1}");
    row("Exception('x')", "call of class builtins.Exception {arguments=(1 item) {[0]=\"x\"}}");
}

void DecoderTest::pickles_of_python_are_shown_and_never_run()
{
    QFETCH(QByteArray, value);
    QFETCH(QByteArray, tells);
    for (int protocol = 4; protocol <= 5; ++protocol) {
        const QByteArray bytes = python(
            ("import pickle, sys; sys.stdout.buffer.write(pickle.dumps(" + value + ", " + QByteArray::number(protocol) + "))")
                .constData());
        QVERIFY(!bytes.isEmpty());
        const Decoded decoded = decoderNamed("pickle")->decode(bytes);
        QVERIFY2(decoded.state == Decoded::State::Complete, decoded.problem);
        QCOMPARE(decoded.used, quint64(bytes.size()));
        QCOMPARE(flat(decoded.root), "pickle, protocol " + QByteArray::number(protocol) + '=' + tells);
        QCOMPARE(QByteArray(guess(bytes)->name()), QByteArray("pickle"));
        for (qsizetype i = 0; i < bytes.size(); ++i)
            QCOMPARE(decoderNamed("pickle")->decode(bytes.first(i)).state, Decoded::State::Partial);
    }
    QVERIFY(!QFile::exists(QStringLiteral("pwned")));
    // The older ones are read as well.
    for (int protocol = 0; protocol <= 3; ++protocol) {
        const QByteArray bytes = python(
            ("import pickle, sys; sys.stdout.buffer.write(pickle.dumps(" + value + ", " + QByteArray::number(protocol) + "))")
                .constData());
        const Decoded decoded = decoderNamed("pickle")->decode(bytes);
        QVERIFY2(decoded.state == Decoded::State::Complete, decoded.problem);
        QCOMPARE(decoded.used, quint64(bytes.size()));
    }
}

void DecoderTest::a_message_of_multiprocessing_is_a_frame_and_a_pickle()
{
    const QByteArray bytes = python("import multiprocessing.connection as c, os\n"
                                    "r, w = c.Pipe(False)\n"
                                    "w.send({'n': 1})\n"
                                    "os.write(1, os.read(r.fileno(), 1000))");
    QCOMPARE(QByteArray(guess(bytes)->name()), QByteArray("python"));
    const Decoded decoded = guess(bytes)->decode(bytes);
    QVERIFY2(decoded.state == Decoded::State::Complete, decoded.problem);
    QVERIFY2(flat(decoded.root).endsWith("payload, pickle={1 pair} {n=1}}"), flat(decoded.root));
    QVERIFY(lieWithin(decoded.root, 0, decoded.used));
}

void DecoderTest::cbor_says_what_qt_wrote()
{
    const QCborMap map{{QStringLiteral("list"), QCborArray{1, -2, 3.5, true, nullptr}},
        {QStringLiteral("raw"), QByteArray("\x00\xff", 2)},
        {QStringLiteral("when"), QCborValue(QDateTime::fromSecsSinceEpoch(0, Qt::UTC))}};
    const QByteArray bytes = map.toCborValue().toCbor();
    QCOMPARE(QByteArray(guess(bytes)->name()), QByteArray("cbor"));
    const Decoded decoded = decoderNamed("cbor")->decode(bytes);
    QCOMPARE(decoded.state, Decoded::State::Complete);
    QCOMPARE(flat(decoded.root),
        QByteArray("cbor={3 pairs} {list=[5 items] {[0]=1; [1]=-2; [2]=3.5; [3]=true; [4]=null}; raw=h'00ff', 2 bytes; "
                   "when tag 0=\"1970-01-01T00:00:00.000Z\"}"));
    QVERIFY(lieWithin(decoded.root, 0, decoded.used));
    for (qsizetype i = 0; i < bytes.size(); ++i)
        QCOMPARE(decoderNamed("cbor")->decode(bytes.first(i)).state, Decoded::State::Partial);
}

void DecoderTest::compressed_bytes_are_shown_decompressed()
{
    for (const QByteArray &kind : {QByteArray("gzip"), QByteArray("zstd")}) {
        QProcess process;
        process.start(QString::fromUtf8(kind), {QStringLiteral("-c")});
        process.write("{\"a\":1}");
        process.closeWriteChannel();
        QVERIFY(process.waitForFinished(10'000));
        const QByteArray bytes = process.readAllStandardOutput();
        QCOMPARE(QByteArray(guess(bytes)->name()), kind);
        const Decoded decoded = guess(bytes)->decode(bytes + "rest");
        QVERIFY2(decoded.state == Decoded::State::Complete, decoded.problem);
        QCOMPARE(decoded.used, quint64(bytes.size()));
        QCOMPARE(flat(decoded.root), kind + "=7 bytes decompressed {payload, json={1 member} {a=1}}");
        QCOMPARE(decoderNamed(kind)->decode(bytes.first(bytes.size() - 1)).state, Decoded::State::Partial);
    }
}

void DecoderTest::a_bomb_ends_at_the_limit()
{
    for (const char *line : {"head -c 100M /dev/zero | gzip -c", "head -c 100M /dev/zero | zstd -qc"}) {
        QProcess process;
        process.start(QStringLiteral("/bin/sh"), {QStringLiteral("-c"), QString::fromUtf8(line)});
        QVERIFY(process.waitForFinished(60'000));
        const QByteArray bytes = process.readAllStandardOutput();
        const Decoded decoded = guess(bytes)->decode(bytes, {64, 100, 1 << 20});
        QCOMPARE(decoded.state, Decoded::State::Limited);
        QVERIFY2(decoded.problem.contains("only the first"), decoded.problem);
    }
}

void DecoderTest::deep_nesting_ends_at_the_limit_data()
{
    QTest::addColumn<QByteArray>("decoder");
    QTest::addColumn<QByteArray>("bytes");
    constexpr int kDeep = 200'000;
    QTest::newRow("json") << QByteArray("json") << nested("[", "]", kDeep);
    QTest::newRow("cbor") << QByteArray("cbor") << QByteArray("\x81").repeated(kDeep) + '\1';
    QTest::newRow("pickle") << QByteArray("pickle") << QByteArray("\x80\x02]", 3) + QByteArray("\x85").repeated(kDeep) + '.';
    QTest::newRow("protobuf") << QByteArray("protobuf") << QByteArray("\x0a\x7f").repeated(kDeep);
    QByteArray frames("x");
    for (int i = 0; i < 20'000; ++i) {
        const auto length = quint32(frames.size());
        const char head[4] = {char(length >> 24), char(length >> 16), char(length >> 8), char(length)};
        frames.prepend(QByteArray(head, 4));
    }
    QTest::newRow("frames") << QByteArray("length32be") << frames;
}

void DecoderTest::deep_nesting_ends_at_the_limit()
{
    QFETCH(QByteArray, decoder);
    QFETCH(QByteArray, bytes);
    const Decoded decoded = decoderNamed(decoder)->decode(bytes);
    const auto depth = [](auto &self, const Field &field) -> int {
        int most = 0;
        for (const Field &part : field.fields)
            most = std::max(most, self(self, part));
        return most + 1;
    };
    const int deepest = depth(depth, decoded.root);
    QVERIFY2(deepest <= 130, QByteArray::number(deepest)); // a frame has two levels
    if (decoded.state == Decoded::State::Malformed)
        QVERIFY(!decoded.problem.isEmpty());
}

void DecoderTest::many_parts_end_at_the_limit()
{
    const QByteArray bytes = '[' + QByteArray("1,").repeated(50'000) + "1]";
    const Decoded decoded = decoderNamed("json")->decode(bytes);
    QCOMPARE(decoded.state, Decoded::State::Limited);
    QCOMPARE(decoded.used, quint64(bytes.size())); // where it ends is known all the same
    QCOMPARE(decoded.root.fields.size(), 10'000);
}

void DecoderTest::noise_harms_nobody()
{
    QRandomGenerator random(7);
    for (int i = 0; i < 3000; ++i) {
        QByteArray bytes(int(random.bounded(200)), 0);
        for (char &byte : bytes)
            byte = char(random.bounded(256));
        for (const Decoder *decoder : decoders()) {
            (void)decoder->confidence(bytes);
            const Decoded decoded = decoder->decode(bytes);
            if (decoded.ok())
                QVERIFY(decoded.used > 0 || bytes.isEmpty());
            QVERIFY(decoded.state == Decoded::State::Partial || decoded.used <= quint64(bytes.size()));
        }
        QVERIFY(guess(bytes));
    }
}

QTEST_APPLESS_MAIN(DecoderTest)
#include "decoder_test.moc"
