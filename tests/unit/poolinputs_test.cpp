// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/uniquefd.h"
#include "core/pool/inputpreview.h"

#include <QTemporaryDir>
#include <QtTest>

#include <fcntl.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <thread>

using namespace forkscope;
using namespace forkscope::pool;

namespace {

InputList values(QByteArrayList words, bool linked = false)
{
    return {InputList::Kind::Values, std::move(words), {}, linked};
}
InputList of(InputList::Kind kind, QByteArray source)
{
    return {kind, {}, std::move(source)};
}

/// Rows as "a,b", then "!" and the error, if there was one. At most 1,000.
QByteArrayList read(const InputOptions &options)
{
    auto opened = InputReader::open(options);
    if (!opened)
        return {"! " + errorText(opened.error()).toUtf8()};
    InputReader reader = std::move(opened).value();
    QByteArrayList rows;
    while (rows.size() < 1000) {
        const auto row = reader.next();
        if (!row)
            rows.append("! " + errorText(row.error()).toUtf8());
        if (!row || !row.value())
            return rows;
        rows.append(row.value()->join(','));
    }
    return rows;
}

} // namespace

class PoolInputsTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    QByteArray file(const char *name, const QByteArray &content) const
    {
        QFile file(m_folder.filePath(QLatin1String(name)));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("cannot write %s", name);
        return QFile::encodeName(file.fileName());
    }

private slots:
    void of_several_lists_the_last_varies_fastest();
    void linked_lists_go_along_and_the_shorter_one_ends_both();
    void a_file_has_an_input_a_line();
    void nul_and_other_bytes_delimit_where_asked_for();
    void a_pipe_is_read_as_it_comes_and_no_further();
    void waiting_for_a_pipe_ends_when_asked_to();
    void columns_are_split_and_trimmed();
    void several_inputs_make_one_command();
    void blank_inputs_are_left_out_where_asked_for();
    void ranges_count_data();
    void ranges_count();
    void a_pattern_finds_files();
    void faults_name_their_place_data();
    void faults_name_their_place();
    void an_input_that_no_command_can_have_is_named();
    void what_is_known_beforehand_is_told();
    void a_preview_shows_the_first_commands_and_counts_all();
};

void PoolInputsTest::of_several_lists_the_last_varies_fastest()
{
    QCOMPARE(
        read({{values({"a", "b"}), values({"1", "2"}), values({"x"})}}), (QByteArrayList{"a,1,x", "a,2,x", "b,1,x", "b,2,x"}));
    QCOMPARE(read({{values({"a", "b"}), values({})}}), QByteArrayList());
    QCOMPARE(read({}), QByteArrayList());
    InputOptions files{{of(InputList::Kind::File, file("one", "a\nb\n")), of(InputList::Kind::File, file("two", "1\n2"))}};
    QCOMPARE(read(files), (QByteArrayList{"a,1", "a,2", "b,1", "b,2"}));
}

void PoolInputsTest::linked_lists_go_along_and_the_shorter_one_ends_both()
{
    QCOMPARE(read({{values({"a", "b", "c"}), values({"1", "2"}, true), values({"x", "y"})}}),
        (QByteArrayList{"a,1,x", "a,1,y", "b,2,x", "b,2,y"}));
    QCOMPARE(read({{values({"x", "y"}), values({"a", "b"}), values({"1", "2", "3"}, true)}}),
        (QByteArrayList{"x,a,1", "x,b,2", "y,a,1", "y,b,2"}));
}

void PoolInputsTest::a_file_has_an_input_a_line()
{
    QCOMPARE(read({{of(InputList::Kind::File, file("lines", "a b\n\n c\\\r\n\xff'\nlast"))}}),
        (QByteArrayList{"a b", "", " c\\\r", "\xff'", "last"}));
    QCOMPARE(read({{of(InputList::Kind::File, file("none", ""))}}), QByteArrayList());
    QCOMPARE(read({{of(InputList::Kind::File, file("empty line", "\n"))}}), QByteArrayList{""});
    const QByteArray longest(131'071, 'x');
    QCOMPARE(read({{of(InputList::Kind::File, file("long", longest + "\ny\n"))}}), (QByteArrayList{longest, "y"}));
}

void PoolInputsTest::nul_and_other_bytes_delimit_where_asked_for()
{
    InputOptions options{{of(InputList::Kind::File, file("nul", QByteArray("a\nb\0c\0", 6)))}};
    options.delimiter = '\0';
    QCOMPARE(read(options), (QByteArrayList{"a\nb", "c"}));
    options = {{of(InputList::Kind::File, file("commas", "a,,b\n"))}};
    options.delimiter = ',';
    QCOMPARE(read(options), (QByteArrayList{"a", "", "b\n"}));
}

void PoolInputsTest::a_pipe_is_read_as_it_comes_and_no_further()
{
    int ends[2];
    QVERIFY(pipe2(ends, O_CLOEXEC | O_NONBLOCK) == 0);
    const UniqueFd from(ends[0]);
    UniqueFd to(ends[1]);
    fcntl(from.get(), F_SETFL, 0);
    auto reader = InputReader::open({{of(InputList::Kind::File, "/dev/fd/" + QByteArray::number(from.get()))}});
    QVERIFY(reader.ok());
    QVERIFY(write(to.get(), "one\ntw", 6) == 6);
    QCOMPARE(*reader.value().next().value(), QByteArrayList{"one"});
    QVERIFY(write(to.get(), "o\n", 2) == 2);
    QCOMPARE(*reader.value().next().value(), QByteArrayList{"two"});
    // An endless input: only what is asked for is taken from the pipe, and a little ahead.
    std::thread writer([&] {
        fcntl(to.get(), F_SETFL, 0);
        const QByteArray lines = QByteArray("line\n").repeated(200'000);
        const char *at = lines.constData();
        for (ssize_t put = 0; at < lines.constEnd() && (put = write(to.get(), at, size_t(lines.constEnd() - at))) > 0; at += put)
            ;
        to.reset();
    });
    int count = 0;
    for (auto next = reader.value().next(); next.ok() && next.value(); next = reader.value().next())
        ++count;
    writer.join();
    QCOMPARE(count, 200'000);
}

void PoolInputsTest::waiting_for_a_pipe_ends_when_asked_to()
{
    int ends[2];
    QVERIFY(pipe2(ends, O_CLOEXEC) == 0);
    const UniqueFd from(ends[0]), to(ends[1]), interrupt(eventfd(0, EFD_CLOEXEC));
    InputOptions options{{of(InputList::Kind::File, "/dev/fd/" + QByteArray::number(from.get()))}};
    options.interrupt = interrupt.get();
    QVERIFY(write(to.get(), "one\nhalf", 8) == 8);
    auto reader = InputReader::open(options);
    QCOMPARE(*reader.value().next().value(), QByteArrayList{"one"});
    std::thread other([&] { eventfd_write(interrupt.get(), 1); });
    QVERIFY(!reader.value().next().value());
    other.join();
}

void PoolInputsTest::columns_are_split_and_trimmed()
{
    InputOptions options{{values({"a, b", "c,d", "\xc3\xa4,\xff"}), values({"1,2"})}};
    options.columnSeparator = ",";
    QCOMPARE(read(options), (QByteArrayList{"a,b,1,2", "c,d,1,2", "\xc3\xa4,\xff,1,2"}));
    options = {{values({"a1b22c"})}};
    options.columnSeparator = "[0-9]+";
    QCOMPARE(read(options), QByteArrayList{"a,b,c"});
    options = {{values({"a\tb"})}};
    options.columnSeparator = "\\t";
    QCOMPARE(read(options), QByteArrayList{"a,b"});
    options.columnSeparator = "ä";
    options.lists = {values({"1ä2"})};
    QCOMPARE(read(options), QByteArrayList{"1,2"});
}

void PoolInputsTest::several_inputs_make_one_command()
{
    InputOptions options{{values({"a", "b", "c"})}};
    options.perCommand = 2;
    QCOMPARE(read(options), (QByteArrayList{"a,b", "c"}));
    options.lists.append(values({"1", "2"}));
    options.perCommand = 4;
    QCOMPARE(read(options), (QByteArrayList{"a,1,a,2,b,1,b,2", "c,1,c,2"}));
}

void PoolInputsTest::blank_inputs_are_left_out_where_asked_for()
{
    InputOptions options{{of(InputList::Kind::File, file("blank", "a\n\n \t\nb\n"))}};
    options.skipBlank = true;
    QCOMPARE(read(options), (QByteArrayList{"a", "b"}));
    options.lists = {values({"", "x", " "})};
    QCOMPARE(read(options), QByteArrayList{"x"});
}

void PoolInputsTest::ranges_count_data()
{
    QTest::addColumn<QByteArray>("range");
    QTest::addColumn<QByteArray>("numbers");
    const auto row
        = [](const char *range, const char *numbers) { QTest::newRow(range) << QByteArray(range) << QByteArray(numbers); };
    row("1..3", "1 2 3");
    row("3..1", "3 2 1");
    row("-1..1", "-1 0 1");
    row("0..10..5", "0 5 10");
    row("1..10..4", "1 5 9");
    row("10..1..4", "10 6 2");
    row("10..1..-4", "10 6 2");
    row("08..10", "08 09 10");
    row("1..010..4", "001 005 009");
    row("-01..1", "-01 000 001");
    row("5..5", "5");
    row("9223372036854775806..9223372036854775807", "9223372036854775806 9223372036854775807");
    row("-9223372036854775808..-9223372036854775808", "-9223372036854775808");
}

void PoolInputsTest::ranges_count()
{
    QFETCH(QByteArray, range);
    QFETCH(QByteArray, numbers);
    const InputOptions options{{of(InputList::Kind::Range, range)}};
    QCOMPARE(read(options).join(' '), numbers);
    QCOMPARE(*InputReader::open(options).value().count(), quint64(numbers.split(' ').size()));
}

void PoolInputsTest::a_pattern_finds_files()
{
    for (const char *name : {"b.txt", "a.txt", "c.dat"})
        file(name, "");
    const QByteArray folder = QFile::encodeName(m_folder.path());
    QCOMPARE(read({{of(InputList::Kind::Glob, folder + "/*.txt")}}), (QByteArrayList{folder + "/a.txt", folder + "/b.txt"}));
}

void PoolInputsTest::faults_name_their_place_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QByteArray>("source");
    QTest::addColumn<QByteArray>("said");
    const auto row = [](InputList::Kind kind, const char *source, const char *said) {
        QTest::newRow(source) << int(kind) << QByteArray(source) << QByteArray(said);
    };
    row(InputList::Kind::File, "/nowhere/x", "“/nowhere/x”: ENOENT (No such file");
    row(InputList::Kind::File, "/", "“/”: EISDIR (Is a directory");
    row(InputList::Kind::Glob, "/nowhere/*", "“/nowhere/*”: there are none");
    row(InputList::Kind::Range, "1..x", "“x” is no whole number");
    row(InputList::Kind::Range, "1", "FIRST..LAST");
    row(InputList::Kind::Range, "1..2..3..4", "FIRST..LAST");
    row(InputList::Kind::Range, "1..2..0", "the step is 0");
    row(InputList::Kind::Range, "1..9223372036854775808", "“9223372036854775808” is no whole number");
}

void PoolInputsTest::faults_name_their_place()
{
    QFETCH(int, kind);
    QFETCH(QByteArray, source);
    QFETCH(QByteArray, said);
    const QByteArrayList rows = read({{of(InputList::Kind(kind), source)}});
    QCOMPARE(rows.size(), 1);
    QVERIFY2(rows.first().startsWith("! ") && rows.first().contains(said), rows.first().constData());
}

void PoolInputsTest::an_input_that_no_command_can_have_is_named()
{
    const QByteArrayList nul = read({{of(InputList::Kind::File, file("withnul", QByteArray("a\nb\0\n", 5)))}});
    QCOMPARE(nul.size(), 2);
    QVERIFY2(nul[1].contains("input 2") && nul[1].contains("withnul") && nul[1].contains("-0"), nul[1].constData());
    const QByteArrayList endless = read({{of(InputList::Kind::File, "/dev/zero")}});
    QVERIFY2(endless.size() == 1 && endless[0].contains("131071"), endless[0].constData());
    InputOptions options{{values({"a"})}};
    options.columnSeparator = "a(b";
    QVERIFY2(read(options).first().contains("“a(b”") && read(options).first().contains("at character 4"),
        read(options).first().constData());
}

void PoolInputsTest::what_is_known_beforehand_is_told()
{
    const auto count = [](const InputOptions &options) { return InputReader::open(options).value().count(); };
    QCOMPARE(count({}), 0u);
    InputOptions options{{values({"a", "b", "c"}), values({"1", "2"}, true), of(InputList::Kind::Range, "1..10")}};
    QCOMPARE(count(options), 20u);
    QCOMPARE(InputReader::open(options).value().columns(), 3);
    options.perCommand = 3;
    QCOMPARE(count(options), 7u);
    QCOMPARE(InputReader::open(options).value().columns(), 9);
    options.lists.append(of(InputList::Kind::File, "/dev/null"));
    QVERIFY(!count(options));
    options = {{of(InputList::Kind::Range, "1..5000000000"), of(InputList::Kind::Range, "1..5000000000")}};
    QVERIFY(!count(options)); // more than 64 bits hold
    options.columnSeparator = ",";
    QVERIFY(!InputReader::open(options).value().columns());
}

void PoolInputsTest::a_preview_shows_the_first_commands_and_counts_all()
{
    const auto command = CommandTemplate::parse({"echo {1} > {#}.txt"});
    const auto shown = previewInputs(command.value(), {{of(InputList::Kind::Range, "1..1000000000"), values({"it's", "b"})}}, 3);
    QVERIFY(shown.ok());
    QCOMPARE(shown.value().commands, (QByteArrayList{"echo 1 > 1.txt", "echo 1 > 2.txt", "echo 2 > 3.txt"}));
    QCOMPARE(shown.value().count, 2'000'000'000u);
    const InputOptions lines{{of(InputList::Kind::File, file("counted", "a\nb\nc\n"))}};
    QCOMPARE(previewInputs(command.value(), lines, 1).value().count, 3u);
    QCOMPARE(previewInputs(command.value(), lines, 1).value().commands.size(), 1);
    QVERIFY(!previewInputs(command.value(), lines, 1, 2).value().count);
    const auto wrong = previewInputs(CommandTemplate::parse({"echo", "{2}"}).value(), lines, 1);
    QVERIFY(!wrong.ok() && errorText(wrong.error()).contains(QStringLiteral("“{2}”")));
}

QTEST_GUILESS_MAIN(PoolInputsTest)
#include "poolinputs_test.moc"
