// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/decode/channeldecoders.h"
#include "core/decode/kinds.h"
#include "core/filter/evaluator.h"
#include "core/filter/filterrun.h"
#include "tests/patience.h"
#include "tests/unit/randomjson.h"
#include "tests/unit/traffictesting.h"

#include <QDateTime>
#include <QtTest>

#include <thread>

using namespace forkscope;
using namespace forkscope::filter;

namespace {

DisplayFilter filterOf(const QString &text)
{
    const auto parsed = DisplayFilter::parse(text);
    if (const auto *problem = std::get_if<Problem>(&parsed))
        qFatal("%s: %s", qPrintable(text), qPrintable(problem->text));
    return std::get<DisplayFilter>(parsed);
}

struct FilterScene : TrafficScene {
    decode::ChannelDecoders decoders{writer->journal()};
    Source source() { return {writer->journal(), index, parties, decoders}; }
    /// The numbers of the rows that pass, "0 3 5".
    QByteArray passing(const QString &text)
    {
        QByteArrayList rows;
        Evaluator evaluator(filterOf(text), source());
        for (quint64 i = 0; i < index.count(); ++i)
            if (evaluator.verdictOn(i) == Evaluator::Verdict::Yes)
                rows.append(QByteArray::number(i));
        return rows.join(' ');
    }
};

/// The decoder of JSON, but another one as far as filters know.
class SlowJson : public decode::Decoder
{
public:
    const char *name() const override { return "json"; }
    int confidence(QByteArrayView) const override { return 0; }
    decode::Decoded decode(QByteArrayView bytes, const decode::Limits &limits) const override
    {
        return decode::jsonDecoder().decode(bytes, limits);
    }
};

} // namespace

class FilterRunTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void rows_pass_by_what_is_known_of_them_data();
    void rows_pass_by_what_is_known_of_them();
    void a_field_that_is_not_there_passes_no_comparison();
    void messages_are_filtered_by_what_they_hold_data();
    void messages_are_filtered_by_what_they_hold();
    void all_records_of_a_long_message_are_searched();
    void a_message_that_goes_on_in_the_next_piece_is_decoded_where_it_begins();
    void json_passes_however_it_is_written();
    void json_passes_by_its_bytes_as_it_does_by_its_tree();
    void a_decoder_that_is_chosen_counts_from_then_on();
    void a_run_finds_what_single_questions_find();
    void a_run_goes_on_as_the_recording_grows();
    void names_are_waited_for();
    void content_that_was_given_up_is_counted_and_decides_only_where_it_matters();
    void a_run_is_cancelled_at_once();

private:
    std::unique_ptr<FilterScene> m_scene;
};

/// Rows 0–3 of a pipe (channel 1), 4–7 of a queue (channel 2), 8–9 of a connection (channel 3).
void FilterRunTest::initTestCase()
{
    m_scene = std::make_unique<FilterScene>();
    FilterScene &scene = *m_scene;
    scene.open(ChannelKind::StandardOutput, "stdout");
    const ChannelId pipe = scene.open(ChannelKind::Pipe, "seq to wc"), queue = scene.open(ChannelKind::Queue, "jobs");
    const ChannelId connection = scene.open(ChannelKind::Connection, "connection 1");
    scene.started(11, "seq");
    scene.started(12, "wc");
    scene.started(21, "python3");
    scene.event(ChannelEnds{pipe, {{{}, {11, 1}, 1, true}, {{}, {12, 1}, 0, false}}});
    scene.piece(pipe, "{\"user\": {\"id\": 7}}\n", 1000);
    scene.piece(pipe, "{\"user\": {\"id\": 8, \"name\": \"Zoë\"}}\n{\"user\": {\"id\": 9}}\n", 1005);
    scene.piece(pipe, "{\"list\": [1, {\"x\": true}], \"text\": \"a \\\"b\\\"\", \"n\": -2.5}\n", 1100);
    scene.piece(pipe, "ERROR 404\n", 1101);
    scene.message(queue, Operation::Put, 21, 0, QByteArray("\x00\x0a\x0b\xff", 4), 2000);
    scene.message(queue, Operation::Put, 21, 1, QByteArray(5000, 'x'), 2001);
    scene.message(queue, Operation::Get, 22, 0, "1234", 2050, 50'000'000);
    scene.message(queue, Operation::Get, 23, 1, QByteArray(5000, 'x'), 2055, 54'000'000);
    scene.message(
        connection, Operation::Send, 21, 0, "GET /x HTTP/1.1\r\nHost: Example\r\nContent-Length: 7\r\n\r\n{\"a\":1}", 3000);
    scene.message(connection, Operation::Receive, 24, 0, QByteArray(57, ' '), 3001);
    scene.lookAtAll();
    QCOMPARE(scene.index.count(), 10ull);
}

void FilterRunTest::rows_pass_by_what_is_known_of_them_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("rows");
    const auto row
        = [](const char *text, const char *rows) { QTest::newRow(text) << QString::fromUtf8(text) << QByteArray(rows); };
    row("", "0 1 2 3 4 5 6 7 8 9");
    row("kind == pipe", "0 1 2 3");
    row("kind != pipe", "4 5 6 7 8 9");
    row("kind in {queue, connection}", "4 5 6 7 8 9");
    row("channel == \"pipe:1\"", "0 1 2 3");
    row("channel == 2", "4 5 6 7");
    row("channel == jobs", "4 5 6 7");
    row("channel != jobs", "0 1 2 3 8 9");
    row("channel ~ \"^conn\"", "8 9");
    row("channel !~ \"^conn\"", "0 1 2 3 4 5 6 7");
    row("channel contains \" to \"", "0 1 2 3");
    row("channel in {1, \"queue:2\"}", "0 1 2 3 4 5 6 7");
    row("op == put", "4 5");
    row("op in {get, receive}", "6 7 9");
    row("op ~ \"e$\"", "0 1 2 3 9");
    row("len == 10", "3");
    row("len >= 5000", "5 7");
    row("len > 4.5kB", "5 7");
    row("len < 5", "4 6");
    row("len in {4, 10..20}", "0 3 4 6");
    row("len != 4", "0 1 2 3 5 7 8 9");
    row("number == 1", "0");
    row("number in {2..4}", "1 2 3");
    row("delta", "1 2 3 5 6 7 9");
    row("delta > 10ms", "2 6");
    row("delta <= 1ms", "3 5 9");
    row("delta == 5ms", "1 7");
    row("!delta", "0 4 8");
    row("waited", "6 7");
    row("waited > 50ms", "7");
    row("waited >= 0.05s", "6 7");
    row("from.pid == 21", "4 5 6 7 8 9");
    row("from.pid == 11", "0 1 2 3");
    row("to.pid == 22", "4 6");
    row("to.pid in {12, 24}", "0 1 2 3 8 9");
    row("pid == 21", "4 5 8");
    row("pid == 22", "6");
    row("pid == 11", "0 1 2 3");
    row("from.name ~ \"^py\"", "4 5 6 7 8 9");
    row("from.name == seq && to.name == wc", "0 1 2 3");
    row("to.name", "0 1 2 3");
    row("to.name != wc", "");
    row("from.fd == 1", "0 1 2 3");
    row("to.fd < 1", "0 1 2 3");
    row("!from.fd", "4 5 6 7 8 9");
    row("op == put || op == send && len > 1000", "4 5");
    row("(op == put || op == send) && len < 1000", "4 8");
    row("!(op == put) and not (op == get) and kind == queue", "");
}

void FilterRunTest::rows_pass_by_what_is_known_of_them()
{
    QFETCH(QString, text);
    QFETCH(QByteArray, rows);
    QCOMPARE(m_scene->passing(text), rows);
}

void FilterRunTest::a_field_that_is_not_there_passes_no_comparison()
{
    QCOMPARE(m_scene->passing(QStringLiteral("waited != 5ms && kind == pipe")), "");
    QCOMPARE(m_scene->passing(QStringLiteral("!(waited == 5ms) && kind == pipe")), "0 1 2 3");
    QCOMPARE(m_scene->passing(QStringLiteral("json.nothing != 5")), "");
    QCOMPARE(m_scene->passing(QStringLiteral("to.name !~ \"x\" && kind == queue")), "");
}

void FilterRunTest::messages_are_filtered_by_what_they_hold_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("rows");
    const auto row
        = [](const char *text, const char *rows) { QTest::newRow(text) << QString::fromUtf8(text) << QByteArray(rows); };
    row("text contains \"ERROR\"", "3");
    row("text contains \"error\"", "");
    row("text ~ \"(?i)error [0-9]+\"", "3");
    row("text contains \"Zoë\"", "1");
    row("text ~ \"Zo.\\\"\"", "1");
    row("text == \"ERROR 404\\n\"", "3");
    row("kind == pipe && text !~ \"user\"", "2 3");
    row("text && kind == queue", "5");
    row("bytes && kind == queue", "4 5");
    row("bytes contains 0a:0b", "4");
    row("bytes contains 000a", "4");
    row("bytes contains \"\\x0b\\xff\"", "4");
    row("bytes == 00:0a:0b:ff", "4");
    row("json.user.id == 7", "0");
    row("json.user.id > 7", "1");
    row("json.user.id in {7, 9}", "0 1");
    row("json.user.id != 8", "0"); // of several, none
    row("json.user.name == \"Zoë\"", "1");
    row("json.user.name ~ \"^Z\"", "1");
    row("json.user", "0 1");
    row("json.list[1].x == true", "2");
    row("json.list[0] == 1", "2");
    row("json.text == \"a \\\"b\\\"\"", "2");
    row("json.n < -2", "2");
    row("json", "0 1 2 8");
    row("http.method == GET", "8");
    row("http.host == Example", "8");
    row("http.Host contains xam", "8");
    row("http.content-length > 5", "8");
    row("http.a == 1", "8");
    row("json.a == 1", "8");
    row("len > 5 && json.a == 2", "");
}

void FilterRunTest::messages_are_filtered_by_what_they_hold()
{
    QFETCH(QString, text);
    QFETCH(QByteArray, rows);
    QCOMPARE(m_scene->passing(text), rows);
}

void FilterRunTest::all_records_of_a_long_message_are_searched()
{
    FilterScene scene;
    const ChannelId pipe = scene.open(ChannelKind::Pipe, "pipe"), queue = scene.open(ChannelKind::Queue, "queue");
    QByteArray bytes(700'000, 'x');
    bytes.replace(258'045, 6, "needle"); // across the end of the first record
    scene.piece(pipe, bytes);
    scene.message(queue, Operation::Put, 1, 0, bytes);
    scene.piece(pipe, QByteArray(258'048, 'y')); // as long as a record can be
    scene.lookAtAll();
    QCOMPARE(scene.index.count(), 3ull);
    QCOMPARE(scene.passing(QStringLiteral("text contains \"xneedlex\"")), "0 1");
    QCOMPARE(scene.passing(QStringLiteral("text ~ \"needle\"")), "0 1");
    QCOMPARE(scene.passing(QStringLiteral("text contains y")), "2");
}

void FilterRunTest::a_message_that_goes_on_in_the_next_piece_is_decoded_where_it_begins()
{
    FilterScene scene;
    const ChannelId pipe = scene.open(ChannelKind::Pipe, "pipe");
    scene.piece(pipe, "{\"a\": 1}\n{\"a\"");
    scene.piece(pipe, ": 2");
    scene.piece(pipe, "2}\n{\"a\": 3}\n");
    scene.lookAtAll();
    QCOMPARE(scene.passing(QStringLiteral("json.a == 1")), "0");
    QCOMPARE(scene.passing(QStringLiteral("json.a == 22")), "0");
    QCOMPARE(scene.passing(QStringLiteral("json.a == 3")), "2");
}

/// The texts are looked through without making trees; it does not show.
void FilterRunTest::json_passes_however_it_is_written()
{
    FilterScene scene;
    const ChannelId pipe = scene.open(ChannelKind::Pipe, "pipe");
    for (const char *piece : {"{\"key\": 100}\n", "{\"key\": 1e2}\n", "{\"key\": 100.0}\n", "{\"k\\u0065y\": 100}\n",
             "{\"key\": 101}\n", "{\"key\": \"text\"}\n", "{\"key\": \"t\\u0065xt\"}\n", "{\"other\": \"100 text\"}\n",
             "{\"a\":\"}\",\n", "\"key\": 100}\n", "[{\"key\": 100}]", "{\"a\":\"", "\", \"key\": 100}\n"})
        scene.piece(pipe, piece);
    scene.lookAtAll();
    QCOMPARE(scene.passing(QStringLiteral("json.key == 100")), "0 1 2 3 8 11");
    QCOMPARE(scene.passing(QStringLiteral("json.key != 100")), "4 5 6");
    QCOMPARE(scene.passing(QStringLiteral("json.key == \"text\"")), "5 6");
    QCOMPARE(scene.passing(QStringLiteral("json.key contains ex")), "5 6");
    QCOMPARE(scene.passing(QStringLiteral("json.key")), "0 1 2 3 4 5 6 8 11");
    QCOMPARE(scene.passing(QStringLiteral("json[0].key in {100}")), "10");
    QCOMPARE(scene.passing(QStringLiteral("json.key in {100, \"text\"}")), "0 1 2 3 5 6 8 11");
}

void FilterRunTest::json_passes_by_its_bytes_as_it_does_by_its_tree()
{
    FilterScene scene;
    const ChannelId pipe = scene.open(ChannelKind::Pipe, "pipe"), queue = scene.open(ChannelKind::Queue, "queue");
    scene.piece(pipe, "{\"a\": 1}\n" + QByteArray(5000, ' '));
    scene.message(queue, Operation::Put, 1, 0, "{\"a\": 1}");
    for (quint32 seed = 0; seed < 600; ++seed) {
        RandomJson random(seed);
        QByteArray bytes = random.damaged(3);
        if (seed % 4 == 0)
            scene.message(queue, Operation::Put, 1, seed + 1, bytes);
        else
            for (; !bytes.isEmpty(); bytes = bytes.mid(40)) // messages go on from piece to piece
                scene.piece(pipe, bytes.first(std::min<qsizetype>(bytes.size(), 40)));
    }
    scene.lookAtAll();
    QCOMPARE(scene.decoders.of(pipe)->name(), "json");
    const SlowJson slow;
    for (const char *text : {"json", "json.a", "json.a > 5", "json.a >= 5 && json.b < 12", "json.a != 3", "json.a !~ \"^t\"",
             "json.a ~ \"[0-9]$\"", "json.a contains ex", "json.a.b == 5 || json.a[0] in {1..3, \"text\"}", "json[0].a",
             "!(json.payload.a < 7)", "http.a", "json.a == \"5\"", "json.\"caf\u00e9\" > -1", "json ~ member"}) {
        const QByteArray passing = scene.passing(QString::fromUtf8(text));
        scene.decoders.choose(pipe, &slow);
        scene.decoders.choose(queue, &slow);
        QCOMPARE(passing, scene.passing(QString::fromUtf8(text)));
        scene.decoders.choose(pipe, nullptr);
        scene.decoders.choose(queue, nullptr);
        QVERIFY2(!passing.isEmpty() || text == QByteArrayView("http.a"), text);
    }
}

void FilterRunTest::a_decoder_that_is_chosen_counts_from_then_on()
{
    FilterScene scene;
    const ChannelId pipe = scene.open(ChannelKind::Pipe, "pipe");
    for (int i = 0; i < 500; ++i)
        scene.piece(pipe, "{\"a\": 1}\n");
    scene.lookAtAll();
    Evaluator evaluator(filterOf(QStringLiteral("json.a == 1")), scene.source());
    QCOMPARE(evaluator.verdictOn(0), Evaluator::Verdict::Yes);
    scene.decoders.choose(pipe, decode::decoderNamed("lines"));
    QCOMPARE(evaluator.verdictOn(0), Evaluator::Verdict::No);
    QCOMPARE(scene.passing(QStringLiteral("lines ~ '1' && len > 0 && !lines.a && !(json.a != 2)")).left(5), "0 1 2");
    scene.decoders.choose(pipe, nullptr);
    QCOMPARE(evaluator.verdictOn(0), Evaluator::Verdict::Yes);
}

void FilterRunTest::a_run_finds_what_single_questions_find()
{
    FilterScene scene;
    std::array<ChannelId, 3> pipes;
    for (ChannelId &pipe : pipes)
        pipe = scene.open(ChannelKind::Pipe, "pipe");
    for (int i = 0; i < 30'000; ++i)
        scene.piece(pipes[size_t(i * i) % 3], QByteArray("line ") + QByteArray::number(i), i / 7);
    scene.lookAtAll();
    for (const char *text : {"len == 8", "delta > 0", "channel == 1 && text contains 77", "text ~ \"[13579]$\" || delta == 0"}) {
        const DisplayFilter filter = filterOf(QString::fromLatin1(text));
        FilterRun run(filter, scene.source());
        QTRY_VERIFY(run.endRow() == scene.index.count());
        quint64 match = 0;
        for (quint64 row = 0; row < scene.index.count(); ++row) {
            if (row % 17 == 0) {
                QCOMPARE(run.matchOfRow(row), match);
            }
            const bool is = matches(filter, scene.source(), row);
            QCOMPARE(match < run.matchCount() && run.row(match) == row, is);
            match += is;
        }
        QCOMPARE(run.matchCount(), match);
        QVERIFY(match > 0 && match < scene.index.count());
    }
    FilterRun all(DisplayFilter(), scene.source());
    QCOMPARE(all.matchCount(), 30'000ull);
    QCOMPARE(all.row(123), 123ull);
    QCOMPARE(all.matchOfRow(99'999), 30'000ull);
}

void FilterRunTest::a_run_goes_on_as_the_recording_grows()
{
    FilterScene scene;
    const ChannelId pipe = scene.open(ChannelKind::Pipe, "pipe");
    FilterRun run(filterOf(QStringLiteral("len == 2")), scene.source());
    for (int i = 0; i < 100; ++i) {
        scene.piece(pipe, QByteArray(1 + i % 2, 'x'));
        scene.lookAtAll();
    }
    QTRY_VERIFY(run.matchCount() == 50);
    scene.piece(pipe, "yy");
    scene.lookAtAll();
    QTRY_VERIFY(run.matchCount() == 51);
    QCOMPARE(run.row(50), 100ull);
}

void FilterRunTest::names_are_waited_for()
{
    FilterScene scene;
    const ChannelId pipe = scene.open(ChannelKind::Pipe, "pipe");
    scene.event(ChannelEnds{pipe, {{{}, {11, 1}, 1, true}}});
    scene.piece(pipe, "a");
    scene.started(11, "seq");
    while (scene.index.advance(1000)) { }
    FilterRun run(filterOf(QStringLiteral("from.name == seq")), scene.source());
    FilterRun other(filterOf(QStringLiteral("len == 1")), scene.source());
    QTRY_VERIFY(other.endRow() == 1);
    QCOMPARE(run.endRow(), 0ull);
    while (scene.parties.advance(1000)) { }
    QTRY_VERIFY(run.endRow() == 1);
    QCOMPARE(run.matchCount(), 1ull);
}

void FilterRunTest::content_that_was_given_up_is_counted_and_decides_only_where_it_matters()
{
    QTemporaryDir folder;
    const auto writer = createWriter(folder.filePath(QStringLiteral("limited.pcapng")), 32 << 20);
    const ChannelId pipe = writer->openChannel({ChannelId::None, ChannelKind::Pipe, {}, {}, "pipe"});
    MessageIndex index(writer->journal());
    TrafficParties parties(writer->journal());
    decode::ChannelDecoders decoders(writer->journal());
    for (int i = 0; i < 400; ++i) {
        writer->append(pipe, QByteArray(200'000, 'x'));
        while (index.advance(1000)) { }
    }
    QVERIFY(writer->close()); // or it would go on to make room
    quint64 gone = 0;
    for (quint64 i = 0; i < index.count(); ++i)
        gone += !writer->journal().read(index.row(i).record);
    QVERIFY(gone > 0 && gone < 400);
    const Source source{writer->journal(), index, parties, decoders};
    const auto result = [&](const char *text) {
        FilterRun run(filterOf(QString::fromLatin1(text)), source);
        while (run.endRow() < index.count())
            std::this_thread::yield();
        return std::pair(run.matchCount(), run.unreadable());
    };
    QCOMPARE(result("text contains x"), std::pair(400 - gone, gone));
    QCOMPARE(result("!(text contains x)"), std::pair(quint64(0), gone));
    QCOMPARE(result("text contains x || len > 5"), std::pair(quint64(400), quint64(0)));
    QCOMPARE(result("text contains x && len < 5"), std::pair(quint64(0), quint64(0)));
    QCOMPARE(result("json.a == 5"), std::pair(quint64(0), gone));
}

void FilterRunTest::a_run_is_cancelled_at_once()
{
    FilterScene scene;
    const ChannelId pipe = scene.open(ChannelKind::Pipe, "pipe");
    for (int i = 0; i < 100; ++i)
        scene.piece(pipe, QByteArray(200'000, 'x'));
    scene.lookAtAll();
    QElapsedTimer timer;
    {
        FilterRun run(filterOf(QStringLiteral("text ~ \"(x+)+y\"")), scene.source()); // for ages
        timer.start();
    }
    QVERIFY2(timer.elapsed() < 5000, qPrintable(QString::number(timer.elapsed())));
}

QTEST_GUILESS_MAIN(FilterRunTest)
#include "filterrun_test.moc"
