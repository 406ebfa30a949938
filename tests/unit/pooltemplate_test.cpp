// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pool/commandtemplate.h"

#include <QProcess>
#include <QtTest>

using namespace forkscope;
using namespace forkscope::pool;

namespace {

CommandTemplate parsed(const QByteArrayList &words, const CommandTemplate::Options &options = {})
{
    auto made = CommandTemplate::parse(words, options);
    if (!made)
        qFatal("%s", qPrintable(errorText(made.error())));
    return made.value();
}

QByteArrayList argumentsOf(const QByteArrayList &words, const QByteArrayList &columns)
{
    return parsed(words).arguments({columns, 7, 2}).value();
}

QByteArray output(const QByteArrayList &arguments)
{
    QProcess process;
    QStringList words;
    for (const QByteArray &word : arguments)
        words.append(QString::fromUtf8(word));
    process.start(words.first(), words.mid(1));
    process.waitForFinished();
    return process.readAllStandardOutput();
}

} // namespace

class PoolTemplateTest : public QObject
{
    Q_OBJECT

private slots:
    void parts_of_a_path_data();
    void parts_of_a_path();
    void words_are_replaced_without_a_shell_data();
    void words_are_replaced_without_a_shell();
    void a_line_is_split_or_given_to_a_shell_data();
    void a_line_is_split_or_given_to_a_shell();
    void no_value_is_ever_code_to_the_shell_data();
    void no_value_is_ever_code_to_the_shell();
    void places_where_no_value_is_safe_are_refused();
    void without_words_the_input_is_the_command();
    void options_change_what_is_done();
    void a_column_that_no_command_has_is_named();
    void it_is_shown_as_a_line();
};

void PoolTemplateTest::parts_of_a_path_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArrayList>("parts");
    const auto row = [](const char *path, const char *noExtension, const char *base, const char *folder, const char *both) {
        QTest::newRow(path) << QByteArray(path) << QByteArrayList{path, noExtension, base, folder, both};
    };
    row("a/b.c.d", "a/b.c", "b.c.d", "a", "b.c");
    row("x", "x", "x", ".", "x");
    row(".h", "", ".h", ".", "");
    row("/r", "/r", "r", "/", "r");
    row("a/", "a/", "", ".", "");
    row("a.b/c", "a.b/c", "c", "a.b", "c");
    row("/a//b.c", "/a//b", "b.c", "/a", "b");
    row("/", "/", "", "/", "");
    row("", "", "", ".", "");
}

void PoolTemplateTest::parts_of_a_path()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArrayList, parts);
    QCOMPARE(argumentsOf({"{}", "{.}", "{/}", "{//}", "{/.}"}, {path}), parts);
    QCOMPARE(argumentsOf({"{1}", "{1.}", "{1/}", "{1//}", "{1/.}"}, {path}), parts);
    QCOMPARE(argumentsOf({"{-1}", "{-1.}", "{-1/}", "{-1//}", "{-1/.}"}, {"other", path}), parts);
}

void PoolTemplateTest::words_are_replaced_without_a_shell_data()
{
    QTest::addColumn<QByteArrayList>("words");
    QTest::addColumn<QByteArrayList>("columns");
    QTest::addColumn<QByteArrayList>("arguments");
    const auto row = [](const char *name, QByteArrayList words, QByteArrayList columns, QByteArrayList arguments) {
        QTest::newRow(name) << words << columns << arguments;
    };
    row("appended", {"echo", "-n"}, {"a b"}, {"echo", "-n", "a b"});
    row("appended, several", {"echo", "-n"}, {"a", "b"}, {"echo", "-n", "a", "b"});
    row("one word", {"true"}, {"a"}, {"true", "a"});
    row("within a word", {"cp", "{}", "x{}.bak"}, {"a b"}, {"cp", "a b", "xa b.bak"});
    row("within a word, several", {"echo", "x{}"}, {"a", "b"}, {"echo", "xa b"});
    row("columns", {"echo", "{2}{1}", "{-1}"}, {"a", "b", "c"}, {"echo", "ba", "c"});
    row("a column that is not there", {"echo", "[{3}]"}, {"a"}, {"echo", "[]"});
    row("number and slot", {"echo", "{#}", "{%}"}, {"a"}, {"echo", "7", "2"});
    row("what is none stays", {"echo", "{x}", "{..}", "{0}", "{1 }", "{1#}", "{", "{{}}"}, {"a"},
        {"echo", "{x}", "{..}", "{0}", "{1 }", "{1#}", "{", "{a}"});
    row("syntax of a shell is text", {"echo", "$HOME", ";", "{}"}, {"$(id)"}, {"echo", "$HOME", ";", "$(id)"});
    row("bytes", {"echo", "\xff{}"}, {"\xfe"}, {"echo", "\xff\xfe"});
}

void PoolTemplateTest::words_are_replaced_without_a_shell()
{
    QFETCH(QByteArrayList, words);
    QFETCH(QByteArrayList, columns);
    QFETCH(QByteArrayList, arguments);
    QCOMPARE(argumentsOf(words, columns), arguments);
    QVERIFY(!parsed(words).usesShell());
}

void PoolTemplateTest::a_line_is_split_or_given_to_a_shell_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArrayList>("arguments");
    const auto words = [](const char *line, QByteArrayList arguments) { QTest::newRow(line) << QByteArray(line) << arguments; };
    const auto shell = [](const char *line, const char *command) {
        QTest::newRow(line) << QByteArray(line) << QByteArrayList{"/bin/sh", "-c", command};
    };
    words("echo -n", {"echo", "-n", "it's"});
    words("echo 'a b' \"{}\" x{}", {"echo", "a b", "it's", "xit's"});
    words("{} --version", {"it's", "--version"});
    shell("echo {} | wc -c", R"(echo 'it'\''s' | wc -c)");
    shell("echo x >&2;", R"(echo x >&2; 'it'\''s')");
    shell("exit", R"(exit 'it'\''s')");
    shell("cd {} && ls", R"(cd 'it'\''s' && ls)");
    shell("V={} env", R"(V='it'\''s' env)");
    shell("echo \"$HOME/{}\"", "echo \"$HOME/it's\"");
}

void PoolTemplateTest::a_line_is_split_or_given_to_a_shell()
{
    QFETCH(QByteArray, line);
    QFETCH(QByteArrayList, arguments);
    QCOMPARE(argumentsOf({line}, {"it's"}), arguments);
}

void PoolTemplateTest::no_value_is_ever_code_to_the_shell_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    const auto row = [](const char *line, const char *before = "", const char *after = "") {
        QTest::newRow(line) << QByteArray(line) << QByteArray(before) << QByteArray(after);
    };
    row("printf %s {} | cat");
    row("printf %s \"{}\" | cat");
    row("printf %s '{}' | cat");
    row("printf %s \"$(printf %s {})\"");
    row("printf %s \"$(printf %s \"{}\")\"");
    row("printf %s \"$(printf %s '{}')\"");
    row("(printf %s x{}y) | cat", "x", "y");
    row("printf %s \"\\\"{}\\\"\" | cat", "\"", "\"");
    row("printf %s \\\"{}\\' | cat", "\"", "'");
    row("printf %s {} # it's \" `a` {}");
    row("printf %s \\# {} | tail -c +2");
    row("printf %s a#'{}' | cat", "a#");
}

void PoolTemplateTest::no_value_is_ever_code_to_the_shell()
{
    QFETCH(QByteArray, line);
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    const CommandTemplate command = parsed({line});
    QVERIFY(command.usesShell());
    for (const QByteArray value : {"a b", "it's", "'; echo code; '", "\"; echo code; \"", "$(echo code)", "`echo code`", "\\",
             "\\\\'", "$HOME", "", "*", "\n echo code", "! ~ & | > < ( ) {}", "a=b", "-n", "ä"})
        QCOMPARE(output(command.arguments({{value}}).value()), before + value + after);
}

void PoolTemplateTest::places_where_no_value_is_safe_are_refused()
{
    for (const char *line : {"echo `cat {}`", "echo \"`cat {}`\"", "cat <<E\n{}\nE", "cat <<-E\n{1.}\nE"}) {
        const auto refused = CommandTemplate::parse({line});
        QVERIFY2(!refused.ok(), line);
        QVERIFY2(errorText(refused.error()).contains(QString::fromUtf8(strstr(line, "1.") ? "“{1.}”" : "“{}”")), line);
    }
    QCOMPARE(output(argumentsOf({"cat <<<{} | cat"}, {"x"}).mid(0, 0) << "bash"
                                                                      << "-c"
                                                                      << "cat <<<x"),
        QByteArray("x\n"));
    QVERIFY(CommandTemplate::parse({"cat <<<{} | cat"}).ok());
    QVERIFY(CommandTemplate::parse({"echo `date` {}"}).ok());
    const auto open = CommandTemplate::parse({"echo 'a {}"});
    QVERIFY(!open.ok() && errorText(open.error()).contains(QStringLiteral("single quote")));
}

void PoolTemplateTest::without_words_the_input_is_the_command()
{
    QCOMPARE(argumentsOf({}, {"echo 'a b' c"}), (QByteArrayList{"echo", "a b", "c"}));
    QCOMPARE(argumentsOf({}, {"echo a; echo b"}), (QByteArrayList{"/bin/sh", "-c", "echo a; echo b"}));
    QCOMPARE(argumentsOf({}, {"exit 3"}), (QByteArrayList{"/bin/sh", "-c", "exit 3"}));
    QVERIFY(!parsed({}).arguments({{"echo 'a"}}).ok());
}

void PoolTemplateTest::options_change_what_is_done()
{
    CommandTemplate::Options options;
    options.whole = ",,";
    QCOMPARE(
        parsed({"echo", ",,", "{}", "{.}"}, options).arguments({{"a.b"}}).value(), (QByteArrayList{"echo", "a.b", "{}", "a"}));
    options = {};
    options.append = false;
    QCOMPARE(parsed({"date"}, options).arguments({{}}).value(), QByteArrayList{"date"});
    options = {};
    options.split = false;
    QCOMPARE(parsed({"a b"}, options).arguments({{"c"}}).value(), (QByteArrayList{"a b", "c"}));
    options = {};
    options.shell = true;
    options.shellPath = "/bin/bash";
    QCOMPARE(parsed({"echo", "{}", "|", "cat"}, options).arguments({{"c d"}}).value(),
        (QByteArrayList{"/bin/bash", "-c", "echo 'c d' | cat"}));
}

void PoolTemplateTest::a_column_that_no_command_has_is_named()
{
    QVERIFY(parsed({"echo", "{2}", "{-2}"}).check(2).ok());
    for (const char *word : {"x{3/.}", "{-3/.}"}) {
        const auto wrong = parsed({"echo", word}).check(2);
        QVERIFY2(!wrong.ok() && errorText(wrong.error()).contains(QStringLiteral("3/.}”")), word);
    }
    QVERIFY(parsed({"echo", "{%}"}).usesSlot() && !parsed({"echo", "{#}"}).usesSlot());
}

void PoolTemplateTest::it_is_shown_as_a_line()
{
    QCOMPARE(parsed({"echo", "a b", "{}"}).line({{"it's", ""}}).value(), QByteArray(R"(echo 'a b' 'it'\''s' '')"));
    QCOMPARE(parsed({"echo {} | wc"}).line({{"c d"}}).value(), QByteArray("echo 'c d' | wc"));
    QCOMPARE(parsed({}).line({{"echo a; b"}}).value(), QByteArray("echo a; b"));
    QCOMPARE(parsed({"x{}-{#}"}).text({{"c d"}, 4}), QByteArray("xc d-4"));
}

QTEST_GUILESS_MAIN(PoolTemplateTest)
#include "pooltemplate_test.moc"
