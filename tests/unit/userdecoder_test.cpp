// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/userdecoders/userdecoders.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QtTest>

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
std::unique_ptr<const decode::Decoder> program(const QTemporaryDir &folder, const QByteArray &script)
{
    QFile file(folder.filePath(QStringLiteral("program")));
    if (!file.open(QIODevice::WriteOnly) || file.write(script) < 0)
        qFatal("cannot write a script");
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    return programDecoder("program", file.fileName());
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
