// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pool/haltrule.h"

#include <QtTest>

using namespace forkscope;
using namespace forkscope::pool;

class PoolHaltRuleTest : public QObject
{
    Q_OBJECT

private slots:
    void words_of_gnu_parallel_are_understood_data();
    void words_of_gnu_parallel_are_understood();
    void what_is_wrong_is_named_data();
    void what_is_wrong_is_named();
    void it_holds_when_so_many_have_ended_so_data();
    void it_holds_when_so_many_have_ended_so();
    void the_exit_status_is_that_of_gnu_parallel_data();
    void the_exit_status_is_that_of_gnu_parallel();
};

using When = HaltRule::When;
using Of = HaltRule::Of;

void PoolHaltRuleTest::words_of_gnu_parallel_are_understood_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("when");
    QTest::addColumn<int>("of");
    QTest::addColumn<int>("count");
    QTest::addColumn<int>("percent");
    const auto row = [](const char *text, When when, Of of, int count, int percent) {
        QTest::newRow(text) << QString::fromLatin1(text) << int(when) << int(of) << count << percent;
    };
    row("never", When::Never, Of::Failures, 0, 0);
    row("soon,fail=1", When::Soon, Of::Failures, 1, 0);
    row("now,fail=30", When::Now, Of::Failures, 30, 0);
    row("now,fail=10%", When::Now, Of::Failures, 0, 10);
    row("soon,success=1", When::Soon, Of::Successes, 1, 0);
    row("now,done=100%", When::Now, Of::Ends, 0, 100);
    row("0", When::Never, Of::Failures, 0, 0);
    row("1", When::Soon, Of::Failures, 1, 0);
    row("2", When::Now, Of::Failures, 1, 0);
    row("-1", When::Soon, Of::Successes, 1, 0);
    row("-2", When::Now, Of::Successes, 1, 0);
    row("7%", When::Soon, Of::Failures, 0, 7);
}

void PoolHaltRuleTest::words_of_gnu_parallel_are_understood()
{
    QFETCH(QString, text);
    const auto rule = HaltRule::parse(text);
    QVERIFY(rule.ok());
    QTEST(int(rule.value().when), "when");
    QTEST(int(rule.value().of), "of");
    QTEST(int(rule.value().count), "count");
    QTEST(rule.value().percent, "percent");
}

void PoolHaltRuleTest::what_is_wrong_is_named_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("said");
    const auto row
        = [](const char *text, const char *said) { QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(said); };
    row("", "“”: it is never, soon or now");
    row("later,fail=1", "“later”");
    row("now", "“”: behind now, comes fail=");
    row("now,fails=1", "“fails”");
    row("now,fail", "“”: it is a number");
    row("now,fail=0", "“0”: it is a number from 1 on");
    row("now,fail=101%", "“101%”");
    row("now,fail=x", "“x”");
    row("now,fail=-1", "“-1”");
}

void PoolHaltRuleTest::what_is_wrong_is_named()
{
    QFETCH(QString, text);
    QFETCH(QString, said);
    const auto rule = HaltRule::parse(text);
    QVERIFY(!rule.ok());
    QVERIFY2(errorText(rule.error()).contains(said), qPrintable(errorText(rule.error())));
}

void PoolHaltRuleTest::it_holds_when_so_many_have_ended_so_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("succeeded");
    QTest::addColumn<int>("failed");
    QTest::addColumn<bool>("holds");
    const auto row = [](const char *text, int succeeded, int failed, bool holds) {
        QTest::addRow("%s %d %d", text, succeeded, failed) << QString::fromLatin1(text) << succeeded << failed << holds;
    };
    row("never", 5, 5, false);
    row("soon,fail=2", 5, 1, false);
    row("soon,fail=2", 0, 2, true);
    row("soon,success=2", 1, 5, false);
    row("soon,success=2", 2, 0, true);
    row("now,done=3", 1, 1, false);
    row("now,done=3", 2, 1, true);
    row("now,fail=25%", 0, 4, false); // of 20
    row("now,fail=25%", 0, 5, true);
    row("now,fail=1%", 19, 0, false);
    row("now,fail=1%", 0, 1, true);
    row("now,success=100%", 19, 1, false);
    row("now,success=100%", 20, 0, true);
}

void PoolHaltRuleTest::it_holds_when_so_many_have_ended_so()
{
    QFETCH(QString, text);
    QFETCH(int, succeeded);
    QFETCH(int, failed);
    QTEST(HaltRule::parse(text).value().holds({quint64(succeeded), quint64(failed), 20}), "holds");
}

void PoolHaltRuleTest::the_exit_status_is_that_of_gnu_parallel_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("succeeded");
    QTest::addColumn<int>("failed");
    QTest::addColumn<bool>("held");
    QTest::addColumn<int>("status");
    const auto row = [](const char *text, int succeeded, int failed, bool held, int status) {
        QTest::addRow("%s %d %d", text, succeeded, failed) << QString::fromLatin1(text) << succeeded << failed << held << status;
    };
    row("never", 9, 0, false, 0);
    row("never", 0, 100, false, 100);
    row("never", 0, 102, false, 101);
    row("soon,fail=1", 1, 1, true, 7); // that of the job
    row("now,done=1", 0, 1, true, 7);
    row("now,fail=2", 1, 2, true, 2);
    row("now,fail=2", 3, 1, false, 1);
    row("now,success=1", 1, 5, true, 0);
    row("now,success=3", 2, 2, false, 2);
    row("soon,fail=50%", 0, 10, true, 50); // of 20
    row("soon,fail=50%", 2, 1, false, 34); // of those that ran
    row("soon,fail=50%", 2, 0, false, 0);
}

void PoolHaltRuleTest::the_exit_status_is_that_of_gnu_parallel()
{
    QFETCH(QString, text);
    QFETCH(int, succeeded);
    QFETCH(int, failed);
    QFETCH(bool, held);
    QTEST(HaltRule::parse(text).value().exitStatus({quint64(succeeded), quint64(failed), 20, 7}, held), "status");
}

QTEST_GUILESS_MAIN(PoolHaltRuleTest)
#include "poolhaltrule_test.moc"
