// SPDX-License-Identifier: GPL-3.0-or-later
// forkscope replay: what a recorded pipe carried reaches another program.
#include "tests/e2e/shellfolder.h"

#include <QElapsedTimer>
#include <QtTest>

class ReplayCommandTest : public QObject
{
    Q_OBJECT

    ShellFolder m_folder;

    ShellFolder::Outcome shell(const char *line) const { return m_folder.shell(line); }

private slots:
    void initTestCase()
    {
        QCOMPARE(
            shell("$F pipeline -o slow.pcapng \"sh -c 'for i in 1 2 3 4; do echo line \\$i; sleep 0.15; done' | cat\"").status,
            0);
        QCOMPARE(shell("$F pipeline -o big.pcapng 'seq 300000 | sort -R --random-source=/dev/zero | wc -l'").status, 0);
    }

    void the_bytes_are_those_that_passed()
    {
        QCOMPARE(shell("$F replay big.pcapng --fast --channel seq --to cksum").out, shell("seq 300000 | cksum").out);
        const auto direct = shell("$F replay big.pcapng --fast --channel seq | cksum");
        QCOMPARE(direct.out, shell("seq 300000 | cksum").out);
        QCOMPARE(direct.err, QByteArray());
    }

    void the_pace_is_that_of_the_original()
    {
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(shell("$F replay slow.pcapng --to 'cat'").out, QByteArray("line 1\nline 2\nline 3\nline 4\n"));
        QVERIFY2(timer.elapsed() >= 440, QByteArray::number(timer.elapsed()));
        const qint64 asItWas = timer.restart();
        QCOMPARE(shell("$F replay slow.pcapng --fast").out.count('\n'), 4);
        QVERIFY2(timer.elapsed() < asItWas, QByteArray::number(timer.elapsed()));
    }

    /// Each piece with one write, as it came.
    void pieces_stay_pieces()
    {
        const auto counted
            = shell("$F replay slow.pcapng --speed 2 --to 'strace -o log -e trace=read cat'; grep -c 'read(0, .line' log");
        if (counted.err.contains("strace"))
            QSKIP("strace is not installed, or may not trace");
        QVERIFY2(counted.out.endsWith("\n4\n"), counted.out);
    }

    void a_reader_that_ends_early_is_told_and_no_failure()
    {
        const auto early = shell("$F replay big.pcapng --fast --channel seq --to 'head -n 1'");
        QCOMPARE(early.status, 0);
        QCOMPARE(early.out, QByteArray("1\n"));
        QVERIFY2(early.err.contains("the reader ended after"), early.err);
    }

    void the_status_is_that_of_the_command()
    {
        QCOMPARE(shell("$F replay slow.pcapng --fast --to 'cat >/dev/null; exit 3'").status, 3);
        QCOMPARE(shell("$F replay slow.pcapng --fast --to 'sh -c \"kill -9 \\$\\$\"'").status, 128 + 9);
        const auto missing = shell("$F replay slow.pcapng --fast --to nosuchprogram");
        QCOMPARE(missing.status, 127);
        QVERIFY2(missing.err.contains("nosuchprogram"), missing.err);
    }

    void what_is_meant_must_be_clear()
    {
        const auto several = shell("$F replay big.pcapng");
        QCOMPARE(several.status, 2);
        QVERIFY2(several.err.contains("--channel") && several.err.contains("seq(") && several.err.contains("sort("), several.err);
        QCOMPARE(shell("$F replay big.pcapng --channel nothing").status, 2);
        QCOMPARE(shell("$F replay nosuch.pcapng").status, 125);
    }

    void bytes_that_are_missing_are_told()
    {
        QCOMPARE(shell("$F pipeline --keep 10 -o short.pcapng 'echo twelve bytes | cat'").status, 0);
        const auto replayed = shell("$F replay short.pcapng --fast");
        QCOMPARE(replayed.out, QByteArray("twelve byt"));
        QVERIFY2(replayed.err.contains("3 bytes"), replayed.err);
    }

    void a_part_can_be_replayed_from_a_file_of_its_own()
    {
        QCOMPARE(shell("$F export big.pcapng --to recording --channel seq -o part.pcapng").status, 0);
        QCOMPARE(shell("$F replay part.pcapng --fast --to cksum").out, shell("seq 300000 | cksum").out);
        QVERIFY(QFile::permissions(m_folder.path("part.pcapng"))
            == (QFile::ReadOwner | QFile::WriteOwner | QFile::ReadUser | QFile::WriteUser));
    }
};

QTEST_GUILESS_MAIN(ReplayCommandTest)
#include "replaycommand_test.moc"
