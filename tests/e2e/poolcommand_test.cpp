// SPDX-License-Identifier: GPL-3.0-or-later
// forkscope pool as its users type it; where it means the same, the real xargs and GNU parallel do the same beside it.
#include "tests/e2e/shellfolder.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStandardPaths>
#include <QtTest>

class PoolCommandTest : public QObject
{
    Q_OBJECT

    using Outcome = ShellFolder::Outcome;

    /// A line in a folder of its own; @ stands for the program.
    static Outcome shell(QByteArray line, const char *program)
    {
        const ShellFolder folder;
        return folder.shell(line.replace('@', program).constData());
    }
    static Outcome pool(const QByteArray &line) { return shell(line, "$F pool"); }

private slots:
    void gnu_parallel_does_the_same_data();
    void gnu_parallel_does_the_same();
    void xargs_does_the_same_data();
    void xargs_does_the_same();
    void idioms_do_what_is_expected_data();
    void idioms_do_what_is_expected();
    void what_is_wrong_is_said_data();
    void what_is_wrong_is_said();
    void output_of_jobs_is_never_mixed();
    void an_endless_input_is_read_as_it_is_needed();
    void jobs_are_told_as_json();
    void a_recording_holds_the_jobs();
    void a_command_that_is_not_there_fails_each_job();
    void timeouts_end_jobs_with_their_descendants();
    void after_one_signal_no_more_start_and_after_two_all_end();
    void a_reader_that_goes_away_ends_the_pool();
    void a_killed_pool_goes_on_where_it_was();
    void killed_commands_are_tried_again();
    void progress_never_garbles_output();
};

void PoolCommandTest::gnu_parallel_does_the_same_data()
{
    QTest::addColumn<QByteArray>("line");
    for (const char *line : {
             "seq 10 | @ -j4 echo | sort -n",
             "printf 'a b\\nc\\n' | @ -k echo",
             "@ -k echo {1} {2} ::: A B ::: 1 2",
             "@ -k echo {} {.} {/} {//} {/.} {#} ::: a/b.c.d x .h /r a/ \"it's\" 'a  b'",
             "@ -k echo {1/} {2.} {1//}-{2/.} {-1} ::: a/b.c ::: d/e.f g",
             "@ -k echo ::: a b :::+ 1 2 ::: x y",
             "@ -k echo x{}y ::: a b ::: 1",
             "printf '1\\n2\\n' > f; @ -k echo {1}{2} :::: f ::: a b",
             "printf '1\\n2\\n' > f; printf 'a\\nb\\n' > g; @ -k echo {2}{1} :::: f g; @ -k -a f -a g echo",
             "printf '1\\n2\\n' > f; printf 'a\\nb\\n' > g; @ -k echo :::: f ::::+ g",
             "seq 3 | @ -k 'sleep 0.{}; echo {}'",
             "@ -k -j3 'sleep {}; echo {}' ::: 0.3 0.1 0.2",
             "@ -k -n2 echo ::: a b c",
             "@ -k -N2 echo {1}-{2} ::: a b c",
             "@ -k -N0 echo hi ::: a b c",
             "@ -k --colsep , echo {2} {1} ::: 'a, b' 'c,d'",
             "printf 'a\\tb\\nc\\td\\n' | @ -k -C '\\t' echo {2}",
             "printf 'a b\\0c\\n\\0' | @ -0 -k echo",
             "printf 'a,b,c' | @ -d , -k echo",
             "@ -k 'echo {} | wc -c' ::: a 'b c' \"it's\" '$HOME' '`id`' '$(id)' '\"' '\\'",
             "printf 'a\\n\\nb\\n' | @ -k -r echo",
             "printf 'a\\n\\nb\\n' | @ -k echo",
             "printf '' | @ echo",
             "@ -k --tag echo ::: a b ::: 1 2",
             "@ -k --tag printf ::: 'a\\nb' 'c\\n'",
             "@ -k --tagstring '[{}-{#}]' echo ::: a b",
             "@ -k 'echo out {}; echo err {} >&2' ::: 1 2 2>&1",
             "@ -k printf ::: a b",
             "@ --lb -j1 --tag printf ::: 'a\\n' b",
             "@ -u -j1 echo ::: a b",
             "@ -k exit ::: 0 1 2 3",
             "@ -j4 'exit 1;' ::: {1..102}",
             "@ -k -j1 --dry-run echo {} {%} {#} ::: a b c",
             "@ -k ::: 'echo 1' 'echo 2; echo 3'",
             "printf 'echo 1\\necho 2 | cat\\n' | @ -k",
             "touch {a,b}.txt 'c d.txt'; ls *.txt | @ -k gzip -n; ls",
             "touch {a,b}.txt 'c d.txt'; find . -name '*.txt' -print0 | sort -z | @ -0 -k wc -c",
             "touch a.x b.x; @ -k cp {} {.}.y ::: *.x; ls",
             "seq 2 | @ -k -I ,, echo ,, {}",
             "seq 2 | @ -k -I ,, 'echo ,,; echo a,,b'",
             "@ -k -q echo 'a  {}  b' ::: 1 2",
             "seq 2 | @ -k 'cat; echo {}'",
             "@ -j1 --halt soon,fail=1 'echo {}; exit 3;' ::: a b c 2>/dev/null",
             "@ -j1 --halt now,success=1 'echo {}; true;' ::: a b c 2>/dev/null",
             "@ -j1 --halt soon,fail=50% 'echo {}; exit {};' ::: 0 5 1 0 2>/dev/null",
             "@ -j1 --halt soon,fail=2 'echo {}; exit {};' ::: 0 5 0 0 2>/dev/null",
             "@ -j1 --halt now,done=2 'echo {}; exit {};' ::: 3 5 0 0 2>/dev/null",
             "@ -j2 --halt now,fail=1 'sleep {}; echo {}; exit 7;' ::: 0.1 9 2>/dev/null",
             "@ --retries 3 'echo >> n; exit 1;' ::: 0; echo $?; wc -l < n",
             "@ --retries 3 -k 'echo x >> n; echo {}; [ $(wc -l < n) = 2 ];' ::: a; echo $?",
             "@ -k --joblog j exit ::: 0 3; cut -f 1,2,5-9 j | sort -n",
             "@ -j1 --joblog j 'kill -9 $$;' ::: 0; cut -f 1,7,8 j",
             "@ --timeout 1 --joblog j 'sleep 9;' ::: 0 2>/dev/null; echo $?; cut -f 7,8 j",
             "@ --joblog j 'echo abc; echo d >&2;' ::: 0 2>/dev/null; cut -f 6 j",
             "@ -j1 --joblog j exit ::: 0 1 0; @ -j1 --resume --joblog j exit ::: 0 1 0 2 0; echo $?; cut -f 1,7 j",
             "@ -j1 --joblog j exit ::: 0 1 0 2; @ -j1 --resume-failed --joblog j 'exit 0;' ::: 0 1 0 2 0; cut -f 1,7 j",
             "@ -j1 --joblog j echo ::: a; @ -j1 --joblog +j echo ::: b; cut -f 1,9 j",
             "mkdir d; @ --wd d 'pwd; :' ::: a | grep -o '/d$'",
             "@ -j1 --delay 0.2 echo ::: a b",
             "@ -j200% -k echo ::: a b; @ -j+1 -k echo ::: a b; @ -j-1 -k echo ::: a; @ -j0 -k echo ::: a b; @ -P2 -k echo ::: a",
             "@ -kj2 --jobs 3 --keep-order --no-run-if-empty echo ::: a b",
         })
        QTest::newRow(line) << QByteArray(line);
}

void PoolCommandTest::gnu_parallel_does_the_same()
{
    if (QStandardPaths::findExecutable(QStringLiteral("parallel")).isEmpty())
        QSKIP("parallel is not installed");
    QFETCH(QByteArray, line);
    const Outcome ours = pool(line);
    const Outcome theirs = shell(line, "parallel --will-cite");
    QCOMPARE(ours.out, theirs.out);
    QVERIFY2(ours.status == theirs.status, qPrintable(QStringLiteral("%1, not %2").arg(ours.status).arg(theirs.status)));
    QCOMPARE(ours.err, QByteArray());
}

void PoolCommandTest::xargs_does_the_same_data()
{
    QTest::addColumn<QByteArray>("line");
    for (const char *line : {
             "seq 10 | @ -P1 -n 3 echo",
             "seq 10 | @ -P4 -n1 echo | sort -n",
             "seq 3 | @ -P1 -I{} echo a{}b {}",
             "seq 3 | @ -P1 -I % sh -c 'echo %; echo x%'",
             "seq 3 | @ -P1 -n1 sh -c 'echo \"$1\"' _",
             "touch 'a b' c; find . -type f -print0 | @ -0 -P1 -n1 ls -d | sort",
             "touch a b; printf 'a\\0b\\0' | @ -0 -P1 -n1 rm -f --; ls",
             "printf '1\\n2\\n' > f; @ -P1 -n1 -a f echo",
             "seq 2 | @ -P1 -n1 -t true 2>&1",
             "seq 3 | @ --max-procs=1 --max-args=1 echo",
             "printf 'a:b' | @ -d : -P1 -n1 echo",
         })
        QTest::newRow(line) << QByteArray(line);
}

void PoolCommandTest::xargs_does_the_same()
{
    QFETCH(QByteArray, line);
    const Outcome ours = pool(line);
    const Outcome theirs = shell(line, "xargs");
    QCOMPARE(ours.out, theirs.out);
    QCOMPARE(ours.status, theirs.status);
    QCOMPARE(ours.err, QByteArray());
}

void PoolCommandTest::idioms_do_what_is_expected_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("printed");
    QTest::addColumn<int>("status");
    const auto row = [](const char *line, const char *printed, int status = 0) {
        QTest::newRow(line) << QByteArray(line) << QByteArray(printed) << status;
    };
    row("@ -k -- echo {} ::: a b", "a\nb\n");
    row("@ -k --shell echo {} '|' tr a b ::: a", "b\n");
    row("@ -k --shell-path bash 'echo $((1+1)){} ${BASH:+bash}' ::: a", "2a bash\n");
    row("@ -k echo '\"{}\"' '$HOME' ::: a", "\"a\" $HOME\n"); // several words: no shell
    row("@ -k 'echo \"<{}>\" | cat' ::: \"it's\" '$(id)'", "<it's>\n<$(id)>\n");
    row("@ -k --range 8..10 --glob '/etc/host?ame' echo", "/etc/hostname 8\n/etc/hostname 9\n/etc/hostname 10\n");
    row("[ \"$(seq 100 | @ -k --shuf echo | sort -n)\" = \"$(seq 100)\" ]", "");
    row("[ \"$(seq 100 | @ -k --shuf echo)\" = \"$(seq 100)\" ]", "", 1);
    row("@ -j3 'echo {%}; sleep 0.3' ::: a b c | sort", "1\n2\n3\n");
    row("@ -j2 'echo {%}; sleep 0.05;' ::: {1..10} | sort -u", "1\n2\n");
    row("@ --env A=1 --env HOME 'echo $A ${HOME-none}' ::: x", "1 none x\n");
    row("@ --nice 5 'nice;' ::: x 2>/dev/null; nice", "0\n", 0);
    row("@ -v -k true ::: a 'b c' 2>&1", "true a\ntrue 'b c'\n");
    row("@ --delay 0.3 -j9 date +%s%N ::: '' '' '' 2>/dev/null | awk 'NR>1 && $1-last<290000000 {print \"early\"} {last=$1}'",
        "");
    row("seq 3 | @ -k -j1 --halt never exit", "", 3);
    row("@ --timeout 300% -j2 'sleep {};' ::: 0.1 0.1 0.1 0.1 9 2>&1", "forkscope: job 5 took too long: sleep 9;\n", 1);
    row("@ --timeout 300% --retries 2 -j1 'echo x >> n; sleep {};' ::: 0.1 0.1 0.1 9 2>/dev/null; wc -l < n", "5\n");
    row("@ --retries 3 --retry-delay 0.2 'date +%s%N >> n; exit 1;' ::: '' 2>/dev/null;"
        " awk 'NR==2 && $1-last<190000000 || NR==3 && $1-last<390000000 {print \"early\"} {last=$1} END {print NR}' n",
        "3\n");
    row("@ --load 1000000 --memfree 1K --memory-pressure 100 -k echo ::: a b", "a\nb\n");
    row("@ -r echo ::: '' ' ' 'a'", "a\n");
    row("@ -k -j4 --lb --tag 'echo a; echo b #' ::: 1 2", "1\ta\n1\tb\n2\ta\n2\tb\n");
    row("yes | head -n 5000 | @ -j2 true", "");
    row("@ --joblog j --halt now,fail=1 -j2 'sleep {}; exit 3;' ::: 0.1 9; cut -f 1,7 j", "Seq\tExitval\n1\t3\n");
    row("@ echo ::: a > /dev/full", "", 255);
    row("@ --eta true ::: a b 2>&1 | tail -n 1", "100 % · 2 of 2");
    row("@ --help | grep -c ':::'", "");
}

void PoolCommandTest::idioms_do_what_is_expected()
{
    QFETCH(QByteArray, line);
    QFETCH(QByteArray, printed);
    QFETCH(int, status);
    const Outcome outcome = pool(line);
    if (line.contains("--eta") || line.contains("--help"))
        QVERIFY2(outcome.out.startsWith(printed), outcome.out.constData());
    else if (line.contains("--nice"))
        QVERIFY2(outcome.out.endsWith(printed), outcome.out.constData());
    else
        QCOMPARE(outcome.out, printed);
    QVERIFY2(outcome.status == status, (QByteArray::number(outcome.status) + ": " + outcome.err).constData());
}

void PoolCommandTest::what_is_wrong_is_said_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("said");
    const auto row = [](const char *line, const char *said) { QTest::newRow(line) << QByteArray(line) << QByteArray(said); };
    row("@ --bogus echo ::: a", "--bogus");
    row("@ -j x echo ::: a", "“x”");
    row("@ --timeout 1x echo ::: a", "“1x”");
    row("@ --halt now,fail=0 echo ::: a", "“0”");
    row("@ --memfree 1Q echo ::: a", "“1Q”");
    row("@ -d ab echo ::: a", "“ab”");
    row("@ --resume echo ::: a", "--joblog");
    row("@ -a none echo", "“none”");
    row("@ echo :::: none", "“none”");
    row("@ -C 'a(' echo ::: a", "“a(”");
    row("@ --range 1..x echo", "“x”");
    row("@ echo {3} ::: a ::: b", "“{3}”");
    row("@ 'echo `echo {}`' ::: a", "“{}”");
    row("@ \"echo 'a\" ::: a", "single quote");
    row("printf 'a\\0' | @ echo", "-0");
    row("@ -k echo ::: a -u --json --ungroup", "");
    row("@ --json -u echo ::: a", "--json");
    row("@ --joblog /none/j echo ::: a", "“/none/j”");
    row("echo hello > j; @ --joblog j --resume echo ::: a", "line 1");
    row("@ --record /none/r echo ::: a", "/none/r");
}

void PoolCommandTest::what_is_wrong_is_said()
{
    QFETCH(QByteArray, line);
    QFETCH(QByteArray, said);
    if (said.isEmpty())
        return; // words behind ::: are inputs, whatever they look like: there is nothing wrong
    const Outcome outcome = pool(line);
    QCOMPARE(outcome.status, 255);
    QVERIFY2(outcome.err.contains(said), outcome.err.constData());
    QCOMPARE(outcome.out, QByteArray());
}

void PoolCommandTest::output_of_jobs_is_never_mixed()
{
    // Five megabytes each, beyond what is kept in memory: four runs of one letter each.
    const char *job = "'for i in 1 2 3 4 5; do head -c 1000000 /dev/zero | tr \"\\0\" {}; done' ::: a b c d";
    const QByteArray grouped = pool(QByteArray("@ -j4 ") + job + " | tr -s abcd | fold -w 1 | sort | tr -d '\\n'").out;
    QCOMPARE(grouped, QByteArray("abcd"));
    QCOMPARE(pool(QByteArray("@ -k -j4 ") + job + " | tr -s abcd").out, QByteArray("abcd"));
    QCOMPARE(pool(QByteArray("@ -j4 ") + job + " | wc -c").out.trimmed(), QByteArray("20000000"));
    const Outcome lines
        = pool("@ --lb -j4 'for i in $(seq 2000); do printf {}; printf \"{}{}\\n\"; done' ::: a b c d | sort | uniq -c");
    QCOMPARE(lines.out, QByteArray("   2000 aaa\n   2000 bbb\n   2000 ccc\n   2000 ddd\n"));
}

void PoolCommandTest::an_endless_input_is_read_as_it_is_needed()
{
    const Outcome halted = pool("yes | @ -j1 --halt soon,done=5 echo 2>/dev/null | wc -l");
    QCOMPARE(halted.out.trimmed(), QByteArray("5"));
    // A job runs as soon as its line is there.
    const Outcome streamed
        = pool("{ echo a; for i in {1..500}; do [ -e a ] && break; sleep 0.02; done; [ -e a ] && echo b; } | @ touch; ls");
    QCOMPARE(streamed.out, QByteArray("a\nb\n"));
}

void PoolCommandTest::jobs_are_told_as_json()
{
    const Outcome outcome = pool("@ -k --json 'printf \"{1}\\n\"; printf \"\\377\" >&2; exit {2}' ::: a b ::: 0 3");
    QCOMPARE(outcome.status, 2);
    const QByteArrayList lines = outcome.out.trimmed().split('\n');
    QCOMPARE(lines.size(), 5);
    const QJsonObject second = QJsonDocument::fromJson(lines[1]).object();
    QCOMPARE(second[u"seq"].toInt(), 2);
    QCOMPARE(second[u"how"].toString(), QStringLiteral("failed"));
    QCOMPARE(second[u"returncode"].toInt(), 3);
    QCOMPARE(second[u"inputs"].toArray(), (QJsonArray{QStringLiteral("a"), QStringLiteral("3")}));
    QCOMPARE(second[u"stdout"].toString(), QStringLiteral("a\n"));
    QCOMPARE(second[u"stderr_base64"].toString(), QStringLiteral("/w=="));
    QVERIFY(second[u"start"].toDouble() > 1e9 && second[u"seconds"].toDouble() > 0);
    const QJsonObject whole = QJsonDocument::fromJson(lines[4]).object();
    QCOMPARE(whole[u"jobs"].toInt(), 4);
    QCOMPARE(whole[u"succeeded"].toInt(), 2);
    QCOMPARE(whole[u"failed"].toInt(), 2);
    QCOMPARE(whole[u"exit_status"].toInt(), 2);
}

void PoolCommandTest::a_recording_holds_the_jobs()
{
    const Outcome outcome
        = pool("@ -k --record r.pcapng 'echo out {}; exit {}' ::: 0 3; echo $?; $F show r.pcapng --channel stdout --raw | sort;"
               " $F export r.pcapng --to jsonl | grep -c '\"type\":\"pool-tasks-ended\"\\|tasks-ended'");
    QVERIFY2(outcome.out.startsWith("out 0\nout 3\n1\nout 0\nout 3\n"), (outcome.out + outcome.err).constData());
    QVERIFY(outcome.out.split('\n').value(5).toInt() > 0);
}

void PoolCommandTest::a_command_that_is_not_there_fails_each_job()
{
    const Outcome outcome = pool(
        "@ --joblog j -j1 no-such-program ::: a b; echo $?; cut -f 7 j; touch plain; @ --joblog j ./plain ::: a; cut -f 7 j");
    QCOMPARE(outcome.out, QByteArray("2\nExitval\n127\n127\nExitval\n126\n"));
    QVERIFY2(outcome.err.contains("no-such-program"), outcome.err.constData());
}

void PoolCommandTest::timeouts_end_jobs_with_their_descendants()
{
    const Outcome outcome
        = pool("@ --timeout 0.5 'sleep 1234.5 & sleep 1234.5; :' ::: a; echo $?; pgrep -fx 'sleep 1234[.]5' | wc -l");
    QCOMPARE(outcome.out, QByteArray("1\n0\n"));
    QVERIFY2(outcome.err.contains("job 1 took too long"), outcome.err.constData());
}

void PoolCommandTest::after_one_signal_no_more_start_and_after_two_all_end()
{
    const QByteArray start = "@ -j2 'echo x >> began; sleep 0.7; echo {}' ::: {1..9} > out 2> err & pool=$!\n"
                             "for i in {1..500}; do [ \"$(cat began 2>/dev/null | wc -l)\" = 2 ] && break; sleep 0.02; done\n";
    const Outcome once = pool(start + "kill -TERM $pool; wait $pool; echo $?; sort out; wc -l < began; cat err");
    QVERIFY2(once.out.startsWith("143\n1\n2\n2\n") && once.out.contains("waiting for 2 jobs"), once.out.constData());
    const Outcome passedOn = pool("set -m\n" + start + "kill -INT $pool; wait $pool; echo $?; sort out; wc -l < began");
    QCOMPARE(passedOn.out, QByteArray("130\n2\n"));
    const Outcome twice
        = pool("@ -j2 'echo x >> began; trap \"\" INT TERM; sleep 1234.25' ::: {1..9} 2> err & pool=$!\n"
               "for i in {1..500}; do [ \"$(cat began 2>/dev/null | wc -l)\" = 2 ] && break; sleep 0.02; done\n"
               "kill -TERM $pool; sleep 0.2; kill -TERM $pool; wait $pool; echo $?; pgrep -fx 'sleep 1234[.]25' | wc -l");
    QCOMPARE(twice.out, QByteArray("143\n0\n"));
}

void PoolCommandTest::a_reader_that_goes_away_ends_the_pool()
{
    const Outcome outcome = pool("seq 100000 | @ -j2 echo 2> err | head -n 1 | wc -l; echo ${PIPESTATUS[1]}; cat err");
    QCOMPARE(outcome.out, QByteArray("1\n141\n"));
}

void PoolCommandTest::a_killed_pool_goes_on_where_it_was()
{
    const Outcome outcome = pool(R"sh(
run() { seq 2000 | @ -j4 --joblog log --resume 'echo {} >> ran;'; }
run & pool=$!
for i in {1..1000}; do [ "$(cat log 2>/dev/null | wc -l)" -gt 300 ] && break; sleep 0.01; done
pkill -9 -P $pool -f 'pool -j4'; wait $pool
cut -f 1 log | grep -v Seq | sort -n > done
run; echo "status $?"
cut -f 1 log | grep -v Seq | sort -n | uniq | wc -l
sort -n ran | uniq | wc -l
sort -n ran | uniq -d | sort > twice; sort done > done.sorted; comm -12 twice done.sorted | wc -l
[ "$(wc -l < done)" -ge 300 ] && [ "$(wc -l < done)" -lt 2000 ] && echo killed in the middle
[ "$(wc -l < twice)" -le 80 ] || wc -l < twice
)sh");
    QCOMPARE(outcome.out, QByteArray("status 0\n2000\n2000\n0\nkilled in the middle\n"));
}

void PoolCommandTest::killed_commands_are_tried_again()
{
    const Outcome outcome = pool(R"sh(
seq 300 | @ -j4 --retries 30 --joblog log --env MARK=forkscope-retries 'sleep 0.02; echo {} >> ran;' & pool=$!
while kill -0 $pool 2>/dev/null; do
  pkill -9 -n -f '^/bin/sh -c sleep 0[.]02; echo [0-9]* >> ran;'; sleep 0.03
done
wait $pool; echo "status $?"; sort -n ran | uniq | wc -l; tail -n +2 log | wc -l; cut -f 7,8 log | tail -n +2 | sort -u
)sh");
    QCOMPARE(outcome.out, QByteArray("status 0\n300\n300\n0\t0\n"));
}

void PoolCommandTest::progress_never_garbles_output()
{
    if (QStandardPaths::findExecutable(QStringLiteral("script")).isEmpty())
        QSKIP("script is not installed");
    const Outcome outcome = pool("cat > job <<'E'\nprintf 'one '; sleep 0.3; echo two; echo err >&2; sleep 0.3\nE\n"
                                 "script -qec \"@ --bar -j2 --lb sh ./job ::: 1 2 3 4 5 6\" /dev/null < /dev/null");
    QVERIFY2(outcome.out.contains("\r\x1b[K"), outcome.out.constData());
    QVERIFY2(outcome.out.contains("[#") && outcome.out.contains("of 6"), outcome.out.constData());
    // What a terminal shows of it: a line is what stands behind the last "erase".
    int lines = 0;
    for (QByteArray line : outcome.out.split('\n')) {
        line = line.trimmed();
        line = line.sliced(line.lastIndexOf("\x1b[K") < 0 ? 0 : line.lastIndexOf("\x1b[K") + 3);
        if (line.isEmpty())
            continue;
        QVERIFY2(line == "one two" || line == "err", line.constData());
        ++lines;
    }
    QCOMPARE(lines, 12);
    const Outcome quiet = pool("@ true ::: a b");
    QCOMPARE(quiet.err, QByteArray());
}

QTEST_GUILESS_MAIN(PoolCommandTest)
#include "poolcommand_test.moc"
