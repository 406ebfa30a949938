// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/launch/pipelinetext.h"

#include <QTest>

using namespace forkscope;

class PipelineTextTest : public QObject
{
    Q_OBJECT

private slots:
    void stages_are_what_stands_between_bars_data();
    void stages_are_what_stands_between_bars();
    void words_alone_need_no_shell();
    void a_bar_and_ampersand_takes_stderr_along();
    void mistakes_are_told_with_their_place_data();
    void mistakes_are_told_with_their_place();
};

void PipelineTextTest::stages_are_what_stands_between_bars_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArrayList>("stages"); // "sh: " where a shell carries it out
    const auto row
        = [](const char *text, const QByteArrayList &stages) { QTest::newRow(text) << QString::fromUtf8(text) << stages; };
    row("cat", {"cat"});
    row("zcat log.gz | grep -v x | sort | uniq -c", {"zcat log.gz", "grep -v x", "sort", "uniq -c"});
    row("a|b|c", {"a", "b", "c"});
    row("  a | b  ", {"a", "b"});
    row("grep 'a|b' | cat", {"grep a|b", "cat"});
    row("grep \"a|b\" | cat", {"grep a|b", "cat"});
    row("echo a\\|b | cat", {"echo a|b", "cat"});
    row("sort <in | uniq >out", {"sh: sort <in", "sh: uniq >out"});
    row("make 2>&1 | less", {"sh: make 2>&1", "less"});
    row("make &>log | cat", {"sh: make &>log", "cat"});
    row("LC_ALL=C sort | cat", {"sh: LC_ALL=C sort", "cat"});
    row("echo $(ls | wc -l) | cat", {"sh: echo $(ls | wc -l)", "cat"});
    row("echo \"$(ls | wc)\" | cat", {"sh: echo \"$(ls | wc)\"", "cat"});
    row("echo `ls | wc` | cat", {"sh: echo `ls | wc`", "cat"});
    row("(a; b) | cat", {"sh: (a; b)", "cat"});
    row("(a || b) | cat", {"sh: (a || b)", "cat"});
    row("{ a; b; } | cat", {"sh: { a; b; }", "cat"});
    row("xargs -I{} echo {} | cat", {"sh: xargs -I{} echo {}", "cat"});
    row("echo ${x:-a|b} | cat", {"sh: echo ${x:-a|b}", "cat"});
    row("echo x >| f", {"sh: echo x >| f"});
    row("a | b # c | d", {"a", "sh: b # c | d"});
    row("echo a#b | cat", {"echo a#b", "cat"});
}

void PipelineTextTest::stages_are_what_stands_between_bars()
{
    QFETCH(QString, text);
    QFETCH(QByteArrayList, stages);
    const auto parsed = parsePipeline(text);
    QVERIFY2(parsed.ok(), parsed.ok() ? "" : qPrintable(errorText(parsed.error())));
    QByteArrayList found;
    for (const LaunchSpec &spec : parsed.value())
        found.append((spec.shell ? "sh: " : "") + spec.arguments.join(' '));
    QCOMPARE(found, stages);
    QCOMPARE(isPipeline(text), stages.size() > 1);
}

void PipelineTextTest::words_alone_need_no_shell()
{
    const auto parsed = parsePipeline(QStringLiteral("printf 'a b' | wc -c"));
    QCOMPARE(parsed.value()[0].arguments, (QByteArrayList{"printf", "a b"}));
    QVERIFY(!parsed.value()[0].shell);
}

void PipelineTextTest::a_bar_and_ampersand_takes_stderr_along()
{
    const auto parsed = parsePipeline(QStringLiteral("make |& tee log | cat"));
    QCOMPARE(parsed.value().size(), 3);
    QCOMPARE(parsed.value()[0].arguments, QByteArrayList{"make"});
    QCOMPARE(parsed.value()[0].standardError.kind, StreamTarget::Kind::StandardOutput);
    QCOMPARE(parsed.value()[1].standardError.kind, LaunchSpec().standardError.kind);
}

void PipelineTextTest::mistakes_are_told_with_their_place_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("tells");
    const auto row
        = [](const char *text, const char *tells) { QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(tells); };
    row("", "empty");
    row("| a", "before the | at character 1");
    row("a | | b", "before the | at character 5");
    row("a |", "behind the last |");
    row("a | 'b", "character 5 (') is left open");
    row("a | \"b", "character 5 (\") is left open");
    row("a $(b", "character 4 (() is left open");
    row("a | b\\", "character 6 (\\) is left open");
    row("a | b; c", "; at character 6");
    row("a && b", "&& at character 3");
    row("a || b", "|| at character 3");
    row("a | b &", "& at character 7");
    row("a\nb", "the line break at character 2");
}

void PipelineTextTest::mistakes_are_told_with_their_place()
{
    QFETCH(QString, text);
    QFETCH(QString, tells);
    const auto parsed = parsePipeline(text);
    QVERIFY(!parsed.ok());
    QVERIFY2(errorText(parsed.error()).contains(tells), qPrintable(errorText(parsed.error())));
    QVERIFY(!isPipeline(text));
}

QTEST_APPLESS_MAIN(PipelineTextTest)
#include "pipelinetext_test.moc"
