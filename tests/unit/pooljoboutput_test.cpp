// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pool/joboutput.h"

#include <QDir>
#include <QtTest>

using namespace forkscope;
using namespace forkscope::pool;

class PoolJobOutputTest : public QObject
{
    Q_OBJECT

    QByteArray m_printed; ///< standard error in upper case
    JobOutput made(JobOutput::Options options)
    {
        m_printed.clear();
        return {options, [this](bool isError, QByteArrayView bytes) {
                    m_printed += isError ? bytes.toByteArray().toUpper() : bytes.toByteArray();
                }};
    }
    QByteArray printed() { return std::exchange(m_printed, {}); }

private slots:
    void a_job_is_printed_in_one_piece_at_its_end();
    void line_by_line_no_line_is_mixed();
    void in_order_a_later_job_waits();
    void in_order_the_first_is_printed_as_it_comes();
    void each_line_has_the_tag();
    void another_attempt_begins_anew();
    void much_output_is_kept_on_the_disk();
    void what_is_taken_is_not_printed();
};

void PoolJobOutputTest::a_job_is_printed_in_one_piece_at_its_end()
{
    JobOutput output = made({});
    output.add(2, false, "two\n");
    output.add(1, true, "e");
    output.add(1, false, "one");
    output.add(2, false, "more");
    QCOMPARE(printed(), QByteArray());
    output.ended(1);
    QCOMPARE(printed(), QByteArray("oneE"));
    output.ended(2);
    QCOMPARE(printed(), QByteArray("two\nmore"));
    output.ended(3);
    QCOMPARE(printed(), QByteArray());
}

void PoolJobOutputTest::line_by_line_no_line_is_mixed()
{
    JobOutput output = made({.byLine = true});
    output.add(1, false, "a");
    output.add(2, false, "x\ny");
    QCOMPARE(printed(), QByteArray("x\n"));
    output.add(1, false, "b\nc\nd");
    QCOMPARE(printed(), QByteArray("ab\nc\n"));
    output.add(1, true, "e");
    output.ended(1);
    QCOMPARE(printed(), QByteArray("dE"));
    output.ended(2);
    QCOMPARE(printed(), QByteArray("y"));
}

void PoolJobOutputTest::in_order_a_later_job_waits()
{
    JobOutput output = made({.inOrder = true});
    output.add(2, false, "two");
    output.add(3, false, "three");
    output.ended(3);
    output.ended(2);
    output.passedOver(4);
    output.passedOver(6);
    QCOMPARE(printed(), QByteArray());
    output.add(1, false, "one");
    QCOMPARE(printed(), QByteArray());
    output.ended(1);
    QCOMPARE(printed(), QByteArray("onetwothree"));
    output.ended(7);
    output.add(5, false, "five");
    output.ended(5);
    QCOMPARE(printed(), QByteArray("five"));
    output.add(8, false, "8");
    output.ended(8);
    QCOMPARE(printed(), QByteArray("8"));
}

void PoolJobOutputTest::in_order_the_first_is_printed_as_it_comes()
{
    JobOutput output = made({.byLine = true, .inOrder = true});
    output.began(2, "2:");
    output.add(2, false, "a\nb");
    output.add(1, false, "x\n");
    QCOMPARE(printed(), QByteArray("x\n"));
    output.ended(1);
    QCOMPARE(printed(), QByteArray("2:a\n"));
    output.add(2, false, "c\n");
    QCOMPARE(printed(), QByteArray("2:bc\n"));
}

void PoolJobOutputTest::each_line_has_the_tag()
{
    JobOutput output = made({});
    output.began(1, "t\t");
    output.add(1, false, "a\n\nb");
    output.add(1, true, "e\n");
    output.ended(1);
    QCOMPARE(printed(), QByteArray("t\ta\nt\t\nt\tbT\tE\n"));
    JobOutput spilled = made({.memory = 4});
    spilled.began(1, "t:");
    for (const QByteArrayView part : {"abc", "defgh", "ij\nk", "lmn\n"})
        spilled.add(1, false, part);
    spilled.ended(1);
    QCOMPARE(printed(), QByteArray("t:abcdefghij\nt:klmn\n"));
}

void PoolJobOutputTest::another_attempt_begins_anew()
{
    JobOutput output = made({.memory = 2});
    output.add(1, false, "first");
    QCOMPARE(output.outputBytes(1), 5u);
    output.beganAgain(1);
    output.add(1, false, "2nd");
    QCOMPARE(output.outputBytes(1), 3u);
    output.ended(1);
    QCOMPARE(printed(), QByteArray("2nd"));
}

void PoolJobOutputTest::much_output_is_kept_on_the_disk()
{
    const auto openFiles = [] { return QDir(QStringLiteral("/proc/self/fd")).entryList(QDir::AllEntries | QDir::System).size(); };
    const auto before = openFiles();
    {
        JobOutput output = made({.inOrder = true, .memory = 1000});
        QByteArray expected;
        for (int job = 3; job >= 1; --job) {
            QByteArray all;
            for (int i = 0; i < 5'000; ++i)
                all += QByteArray::number(job) + ' ' + QByteArray::number(i) + '\n';
            for (qsizetype at = 0; at < all.size(); at += 777)
                output.add(quint64(job), false, QByteArrayView(all).sliced(at, std::min<qsizetype>(777, all.size() - at)));
            output.ended(quint64(job));
            expected.prepend(all);
        }
        QCOMPARE(openFiles(), before + 1); // one for all of them
        QCOMPARE(printed(), expected);
        QVERIFY(!output.takeFault());
    }
    QCOMPARE(openFiles(), before);
}

void PoolJobOutputTest::what_is_taken_is_not_printed()
{
    JobOutput output = made({.memory = 3});
    output.add(1, false, "abcde");
    output.add(1, false, "f");
    output.add(1, true, "e");
    QCOMPARE(output.take(1), (std::pair<QByteArray, QByteArray>("abcdef", "e")));
    output.ended(1);
    QCOMPARE(printed(), QByteArray());
}

QTEST_GUILESS_MAIN(PoolJobOutputTest)
#include "pooljoboutput_test.moc"
