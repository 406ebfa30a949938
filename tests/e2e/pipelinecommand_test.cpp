// SPDX-License-Identifier: GPL-3.0-or-later
// forkscope pipeline beside the same pipeline in bash.
#include "tests/e2e/shellfolder.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

class PipelineCommandTest : public QObject
{
    Q_OBJECT

    using Outcome = ShellFolder::Outcome;
    ShellFolder m_folder;

    Outcome shell(const QByteArray &line) const { return m_folder.shell(line.constData()); }

private slots:
    void does_what_bash_does_data();
    void does_what_bash_does();
    void statuses_are_those_of_all_stages();
    void sixty_four_stages();
    void every_link_is_recorded_as_tee_saw_it_data();
    void every_link_is_recorded_as_tee_saw_it();
    void only_the_beginning_is_kept_if_asked_for();
    void a_signal_reaches_all_stages();
    void mistakes_are_usage_errors();
    void a_recording_tells_of_stages_and_links();
    void branches_get_what_tee_would_give_them_data();
    void branches_get_what_tee_would_give_them();
    void a_slow_branch_loses_what_is_beyond_its_lag();
    void interventions_lose_nothing_and_are_told_data();
    void interventions_lose_nothing_and_are_told();
    void a_split_link_provokes_a_short_read();
    void messages_are_shown_as_trees();
    void a_filter_chooses_what_is_shown();
    void a_decoder_that_keeps_running_does_not_outlive_the_program();
    void a_wrong_kind_hides_no_bytes();
};

void PipelineCommandTest::does_what_bash_does_data()
{
    QTest::addColumn<QByteArray>("line");
    const auto row = [](const char *line) { QTest::newRow(line) << QByteArray(line); };
    row("echo one");
    row("seq 10 | cat");
    row("seq 2000000 | grep 7 | sort -rn | uniq | head -5"); // a reader that ends early: more than pipes hold
    row("yes | head -n 3");
    row("yes | head -c 20000000 | wc -c");
    row("seq 1000000 | tail -1");
    row("printf 'a\\nb\\n' | (sleep 0.2; cat)"); // a slow reader
    row("(sleep 0.2; echo late) | cat"); // a slow writer
    row("sh -c 'echo x; kill -9 $$' | cat"); // the writer is killed
    row("seq 1000000 | sh -c 'read a; kill -9 $$'"); // the reader is killed
    row("sh -c 'kill -15 $$' | true");
    row("true | sh -c 'exit 7'");
    row("sh -c 'exit 3' | true");
    row("false | false | true");
    row("nosuchprogram | wc -c");
    row("echo x | nosuchprogram");
    row("echo x | /etc/passwd");
    row("ls nosuchfile |& wc -l");
    row("sh -c 'echo err >&2; echo out' |& sort");
    row("sh -c 'echo err >&2; echo out' 2>/dev/null | cat");
    row("cat </etc/passwd | sort >sorted");
    row("A=5 sh -c 'echo $A' | cat");
    row("echo \"a  b\" 'c | d' e\\ f | cat");
    row("head -c 3000000 /dev/zero | od -An -tx1 | sort -u | wc -l");
    row("cat | wc -c"); // our own standard input
    row("sleep 0.3 | true");
    row("seq 200000 | gzip | gzip -dc | cksum");
}

void PipelineCommandTest::does_what_bash_does()
{
    QFETCH(QByteArray, line);
    for (const bool pipefail : {false, true}) {
        QFile script(m_folder.path("script"));
        QVERIFY(script.open(QIODevice::WriteOnly | QIODevice::Truncate));
        script.write(line);
        script.close();
        const QByteArray after = line.contains("sorted") ? "; s=$?; cat sorted; rm sorted; exit $s" : "";
        const QByteArray input = line.startsWith("cat |") ? "seq 1000 | " : "";
        const Outcome bash = shell(input + "bash " + (pipefail ? "-o pipefail " : "") + "-c \"$(cat script)\"" + after);
        const Outcome ours = shell(input + "$F pipeline " + (pipefail ? "--pipefail " : "") + "\"$(cat script)\"" + after);
        QCOMPARE(ours.out, bash.out);
        QVERIFY2(ours.status == bash.status,
            QByteArray::number(ours.status) + " instead of " + QByteArray::number(bash.status) + "; " + ours.err);
        if (!line.contains("kill -")) // bash tells of signals there as well
            QCOMPARE(ours.err.isEmpty(), bash.err.isEmpty());
    }
}

void PipelineCommandTest::statuses_are_those_of_all_stages()
{
    const Outcome ours = shell("$F pipeline --json \"sh -c 'exit 3' | nosuchprogram | sh -c 'kill -9 \\$\\$' | true\"");
    QCOMPARE(ours.status, 0);
    const QByteArray last = ours.err.trimmed().split('\n').last();
    const QJsonObject object = QJsonDocument::fromJson(last).object();
    QList<int> statuses;
    for (const QJsonValue &stage : object[QStringLiteral("stages")].toArray())
        statuses.append(stage[QStringLiteral("status")].toInt(-1));
    QCOMPARE(statuses, (QList<int>{3, 127, 137, 0}));
    QCOMPARE(object[QStringLiteral("links")].toArray().size(), 3);
    QVERIFY2(ours.err.contains("nosuchprogram"), ours.err);
}

void PipelineCommandTest::sixty_four_stages()
{
    const Outcome ours = shell("$F pipeline \"seq 100000 $(printf '| cat %.0s' {1..62}) | cksum\"");
    const Outcome bash = shell("seq 100000 | cksum");
    QCOMPARE(ours.status, 0);
    QCOMPARE(ours.out, bash.out);
}

void PipelineCommandTest::every_link_is_recorded_as_tee_saw_it_data()
{
    QTest::addColumn<QByteArrayList>("stages");
    const auto row = [](const QByteArrayList &stages) { QTest::newRow(stages.join(" | ").constData()) << stages; };
    row({"seq 300000", "grep 3", "wc -l"});
    row({"head -c 30000000 /dev/zero", "wc -c"});
    row({"seq 500000", "gzip -1", "gzip -dc", "tail -1"});
    row({"cat /usr/bin/bash", "od -An -tx1", "sort", "uniq -c", "sort -rn"});
    row({"seq 100000", "tac", "rev", "sort", "cksum"});
    row({"find /usr/include", "sort", "wc"});
    row({"seq 50000", "sed s/1/one/g", "tr a-z A-Z", "cksum"});
    row({"printf ''", "wc -c"});
    row({"seq 200000", "xargs -n 1000 echo", "cksum"});
    row({"sh -c 'for i in 1 2 3 4 5; do echo $i; sleep 0.02; done'", "cat", "cat"});
}

void PipelineCommandTest::every_link_is_recorded_as_tee_saw_it()
{
    QFETCH(QByteArrayList, stages);
    QByteArray line, bash;
    for (qsizetype i = 0; i < stages.size(); ++i) {
        line += (i ? " | " : "") + stages[i];
        bash += (i ? " | tee link" + QByteArray::number(i) + " | " : QByteArray()) + stages[i];
    }
    QFile script(m_folder.path("script"));
    QVERIFY(script.open(QIODevice::WriteOnly | QIODevice::Truncate));
    script.write(line);
    script.close();
    const Outcome ours = shell("$F pipeline -o links.pcapng \"$(cat script)\"");
    QCOMPARE(ours.status, 0);
    const Outcome beside = shell(bash);
    QCOMPARE(ours.out, beside.out);
    for (qsizetype i = 1; i < stages.size(); ++i) {
        const QByteArray number = QByteArray::number(i);
        const QByteArray compare = "n=$($F show links.pcapng --channels | grep ' pipe ' | sed -n " + number
            + "p | awk '{print $1}'); cmp <($F show links.pcapng --raw --channel $n) link" + number;
        const Outcome same = shell(compare);
        QVERIFY2(same.status == 0, same.out + same.err + shell("$F show links.pcapng --channels").out);
    }
}

void PipelineCommandTest::only_the_beginning_is_kept_if_asked_for()
{
    const Outcome ours = shell("$F pipeline --keep 3 -o short.pcapng --json 'echo abcdef | cat'");
    QCOMPARE(ours.out, "abcdef\n");
    QCOMPARE(shell("$F show short.pcapng --raw --channel pipe").out, "abc");
    const QJsonObject link = QJsonDocument::fromJson(ours.err)[QStringLiteral("links")][0].toObject();
    QCOMPARE(link[QStringLiteral("bytes")].toInt(), 7);
    QCOMPARE(link[QStringLiteral("kept_bytes")].toInt(), 3);
}

void PipelineCommandTest::a_signal_reaches_all_stages()
{
    const Outcome ours = shell("$F pipeline --json 'sleep 100 | sleep 100' & p=$!; "
                               "until [ $(pgrep -P $p -c sleep) = 2 ]; do sleep 0.02; done; kill -TERM $p; wait $p");
    QCOMPARE(ours.status, 143);
    QVERIFY2(ours.err.count("\"status\":143") == 2, ours.err);
}

void PipelineCommandTest::mistakes_are_usage_errors()
{
    for (const char *line : {"$F pipeline", "$F pipeline 'a |'", "$F pipeline 'a; b'", "$F pipeline --keep some 'a | b'",
             "$F pipeline a b", "$F pipeline --branch 'cat' 'a | b'", "$F pipeline --branch '3: cat' 'a | b'",
             "$F pipeline --branch '1: |' 'a | b'", "$F pipeline --throttle 1 'a | b'", "$F pipeline --throttle 2:1K 'a | b'",
             "$F pipeline --delay x:1s 'a | b'", "$F pipeline --shrink 1:3 'a | b'", "$F pipeline --split all:0 'a | b'",
             "$F pipeline --lag some 'a | b'", "$F pipeline --when-slow run 'a | b'"}) {
        const Outcome ours = shell(line);
        QVERIFY2(ours.status == 2 && !ours.err.isEmpty(), line);
    }
    const Outcome nowhere = shell("$F pipeline -o /nosuch/file 'echo a | cat'");
    QCOMPARE(nowhere.status, 125);
    QVERIFY(nowhere.out.isEmpty() && nowhere.err.contains("/nosuch/file"));
}

void PipelineCommandTest::a_recording_tells_of_stages_and_links()
{
    QCOMPARE(shell("$F pipeline -o told.pcapng 'seq 3 | cat | wc -l'").out, "3\n");
    const QByteArray channels = shell("$F show told.pcapng --channels").out;
    QVERIFY2(
        QRegularExpression(QStringLiteral("pipe seq\\(\\d+\\) → cat\\(\\d+\\)")).match(QString::fromUtf8(channels)).hasMatch(),
        channels);
    const QByteArray events = shell("$F export told.pcapng --to jsonl").out;
    QCOMPARE(events.count("\"type\":\"process-exited\""), 3);
    QCOMPARE(shell("stat -c %a told.pcapng").out, "600\n");
    const Outcome tshark = shell("tshark -r told.pcapng -T fields -e frame.interface_name 2>/dev/null | sort -u | grep -c pipe");
    QCOMPARE(tshark.out.trimmed(), "2");
}

void PipelineCommandTest::branches_get_what_tee_would_give_them_data()
{
    QTest::addColumn<QByteArray>("ours");
    QTest::addColumn<QByteArray>("bash");
    QTest::newRow("one") << QByteArray("$F pipeline --branch '1: cksum >b' 'seq 300000 | grep 7 | cksum'")
                         << QByteArray("seq 300000 | tee >(cksum >b) | grep 7 | cksum");
    QTest::newRow("two") << QByteArray(
        "$F pipeline --branch '1: sort -n | tail -1 >b' --branch '2: wc -l >c' 'seq 300000 | grep 7 | cksum'")
                         << QByteArray("seq 300000 | tee >(sort -n | tail -1 >b) | grep 7 | tee >(wc -l >c) | cksum");
    QTest::newRow("of a branch") << QByteArray(
        "$F pipeline --branch '1: rev' --branch '3: wc -c >c' --branch '3: sort | head -3 >b' 'seq 9000 | cat >d'")
                                 << QByteArray(
                                        "seq 9000 | tee >(cat >d) | rev | tee >(wc -c >c) >(sort | head -3 >b) >/dev/null");
    QTest::newRow("the main one fails") << QByteArray(
        "$F pipeline --branch '1: cat >b' 'seq 9 | sh -c \"cat >/dev/null; exit 3\"'")
                                        << QByteArray("seq 9 | tee >(cat >b) | sh -c 'cat >/dev/null; exit 3'");
}

void PipelineCommandTest::branches_get_what_tee_would_give_them()
{
    QFETCH(QByteArray, ours);
    QFETCH(QByteArray, bash);
    // What tee feeds, bash does not wait for.
    const QByteArray files
        = "; s=$?; for f in b c d; do for i in 1 2 3 4 5 6 7 8 9 10; do [ -s $f ] || sleep 0.05; done; cat $f 2>/dev/null; done; "
          "rm -f b c d; exit $s";
    const Outcome expected = shell(bash + files), got = shell(ours + files);
    QVERIFY(!expected.out.isEmpty());
    QCOMPARE(got.out, expected.out);
    QCOMPARE(got.status, expected.status);
}

void PipelineCommandTest::a_slow_branch_loses_what_is_beyond_its_lag()
{
    const Outcome ours = shell(
        "$F pipeline --json --lag 100K --branch '1: (sleep 1; wc -c >slow)' 'head -c 30000000 /dev/zero | wc -c'; cat slow");
    QVERIFY2(ours.out.startsWith("30000000\n"), ours.out);
    const qint64 got = ours.out.mid(9).trimmed().toLongLong();
    const QJsonArray links = QJsonDocument::fromJson(ours.err)[QStringLiteral("links")].toArray();
    QCOMPARE(links.size(), 2);
    QCOMPARE(links[1][QStringLiteral("from")].toInt(), 1);
    QCOMPARE(links[1][QStringLiteral("to")].toInt(), 3);
    const qint64 dropped = links[1][QStringLiteral("dropped_bytes")].toInt();
    QVERIFY2(dropped > 0, ours.err);
    QCOMPARE(got + dropped, 30'000'000);
    QCOMPARE(links[0][QStringLiteral("dropped_bytes")].toInt(-1), 0);
}

void PipelineCommandTest::interventions_lose_nothing_and_are_told_data()
{
    QTest::addColumn<QByteArray>("options");
    QTest::addColumn<QByteArray>("told");
    QTest::newRow("throttled") << QByteArray("--throttle 1:2M") << QByteArray("throttle");
    QTest::newRow("pieces throttled") << QByteArray("--throttle 1:200/s") << QByteArray("throttle");
    QTest::newRow("delayed") << QByteArray("--delay all:20ms") << QByteArray("delay");
    QTest::newRow("split") << QByteArray("--split 2:1000") << QByteArray("split");
    QTest::newRow("shrunk") << QByteArray("--shrink all") << QByteArray("shrink");
    QTest::newRow("all together") << QByteArray("--shrink all:8K --delay 1:1ms --split 1:3000 --throttle 2:10M")
                                  << QByteArray("delay");
}

void PipelineCommandTest::interventions_lose_nothing_and_are_told()
{
    QFETCH(QByteArray, options);
    QFETCH(QByteArray, told);
    const Outcome ours = shell("$F pipeline -o changed.pcapng " + options + " 'seq 100000 | cat | cksum'");
    QCOMPARE(ours.status, 0);
    QCOMPARE(ours.out, shell("seq 100000 | cksum").out);
    const QByteArray events = shell("$F export changed.pcapng --to jsonl | grep '\"intervened\"'").out;
    QVERIFY2(events.contains(told), events);
}

void PipelineCommandTest::a_split_link_provokes_a_short_read()
{
    const QByteArray program = "'printf abcdef | python3 -c \"import os; print(len(os.read(0, 100)))\"'";
    QCOMPARE(shell("$F pipeline " + program).out, "6\n");
    QCOMPARE(shell("$F pipeline --split 1:4 " + program).out, "4\n");
}

void PipelineCommandTest::messages_are_shown_as_trees()
{
    QCOMPARE(shell("$F pipeline -o json.pcapng \"printf '{\\\"a\\\":1}\\n{\\\"b\\\":[2,' | cat\"").status, 0);
    const QByteArray json = shell("$F show json.pcapng --decode auto --channel pipe").out;
    QVERIFY2(json.contains(" json: {1 member}\n  a: 1\n"), json);
    QVERIFY2(json.contains("(the message goes on)") && json.contains("bytes: "), json); // what never ended is there as well
    // A pickle in the frames of multiprocessing, in two writes with a pause between: one message.
    const char *program = "import pickle, struct, sys, time\n"
                          "p = pickle.dumps({'n': [1, 2]})\n"
                          "b = struct.pack('>i', len(p)) + p\n"
                          "o = sys.stdout.buffer\n"
                          "o.write(b[:7]); o.flush(); time.sleep(0.1); o.write(b[7:])";
    QFile file(m_folder.path("send.py"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(program);
    file.close();
    QCOMPARE(shell("$F pipeline -o python.pcapng 'python3 send.py | cat >/dev/null'").status, 0);
    const QByteArray pickle = shell("$F show python.pcapng --decode auto --channel pipe").out;
    QVERIFY2(pickle.contains("payload, pickle: {1 pair}\n    n: [2 items]\n      [0]: 1\n      [1]: 2\n"), pickle);
    QCOMPARE(pickle.count(" python: "), 1);
}

void PipelineCommandTest::a_filter_chooses_what_is_shown()
{
    QFile file(m_folder.path("send.sh"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("printf '{\"a\":1}\\nhalf'; sleep 0.1\nprintf ' a line\\n'; sleep 0.1\necho '{\"a\":12}'; echo own >&2\n");
    file.close();
    QCOMPARE(shell("$F pipeline -o filtered.pcapng 'sh send.sh | cat'").status, 0);
    const char *lines = "$F show filtered.pcapng --filter 'json.a > 0' | sed 's/.* | //'";
    QCOMPARE(shell(lines).out, "{\"a\":1}\nhalf\n{\"a\":12}\n"); // the line that goes on in what does not pass ends there
    QCOMPARE(shell("$F show filtered.pcapng --filter 'json.a > 1' --raw").out, "{\"a\":12}\n");
    const QByteArray decoded = shell("$F show filtered.pcapng --filter 'json.a > 1' --decode auto").out;
    QVERIFY2(decoded.contains("  a: 12\n") && decoded.count(" json: ") == 1, decoded);
    const QByteArray json = shell("$F show filtered.pcapng --filter 'json.a > 1' --json").out;
    QVERIFY2(json.contains("{\\\"a\\\":12}") && json.count('\n') == 1, json);
    QCOMPARE(shell("$F show filtered.pcapng --filter 'json.a > 1' --channel stdout").out, "");
    const auto wrong = shell("$F show filtered.pcapng --filter 'len =='");
    QCOMPARE(wrong.status, 2);
    QVERIFY2(wrong.err.contains("character 7"), wrong.err);
    QCOMPARE(shell("$F show filtered.pcapng --filter 'len == 1' --channels").status, 2);
}

void PipelineCommandTest::a_decoder_that_keeps_running_does_not_outlive_the_program()
{
    QVERIFY(QDir().mkpath(m_folder.path("forkscope/decoders")));
    QFile file(m_folder.path("forkscope/decoders/stubborn"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("#!/usr/bin/env python3\nimport json, os, struct, sys, time\n"
               "open(sys.argv[0] + '.pids', 'a').write(f'{os.getpid()}\\n')\n"
               "n = 0\n"
               "while header := sys.stdin.buffer.read(4):\n"
               "    n += 1\n"
               "    end = sys.stdin.buffer.read(struct.unpack('>I', header)[0]).index(b'\\n') + 1\n"
               "    text = json.dumps({'state': 'complete', 'used': end, 'value': str(n), 'keeps_running': True}).encode()\n"
               "    sys.stdout.buffer.write(struct.pack('>I', len(text)) + text)\n"
               "    sys.stdout.buffer.flush()\n"
               "if n > 1: time.sleep(1000)\n");
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    file.close();
    QCOMPARE(shell("$F pipeline -o lines.pcapng 'seq 100 | cat'").status, 0);
    const auto shown = shell("XDG_CONFIG_HOME=$PWD $F show lines.pcapng --decode stubborn --channel pipe");
    QVERIFY2(shown.out.contains("stubborn: 99\n"), shown.out + shown.err);
    QCOMPARE(shell("wc -l < forkscope/decoders/stubborn.pids").out, "2\n");
    QTRY_VERIFY(shell("kill -0 $(tail -n 1 forkscope/decoders/stubborn.pids)").status != 0);
}

void PipelineCommandTest::a_wrong_kind_hides_no_bytes()
{
    QCOMPARE(shell("$F pipeline -o text.pcapng 'echo hello | cat'").status, 0);
    const QByteArray text = shell("$F show text.pcapng --decode json --channel pipe").out;
    QVERIFY2(text.contains(" bytes: \"hello\\n\"\n"), text);
    QCOMPARE(shell("$F show text.pcapng --decode nonsense").status, 2);
}

QTEST_GUILESS_MAIN(PipelineCommandTest)
#include "pipelinecommand_test.moc"
