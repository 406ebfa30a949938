// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pool/joblog.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace forkscope;
using namespace forkscope::pool;

class PoolJobLogTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    QString m_path;

    QByteArray content() const
    {
        QFile file(m_path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("cannot be read");
    }
    void setContent(const QByteArray &bytes) const
    {
        QFile file(m_path);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
    }

private slots:
    void init() { m_path = m_folder.filePath(QString::fromLatin1(QTest::currentTestFunction())); }
    void lines_are_those_of_gnu_parallel();
    void appending_goes_on_behind_the_last_whole_line();
    void the_last_end_of_a_job_counts();
    void what_is_no_job_log_is_refused();
    void a_full_disk_is_told();
};

void PoolJobLogTest::lines_are_those_of_gnu_parallel()
{
    auto log = JobLog::open(m_path, false);
    QVERIFY(log.ok());
    QVERIFY(log.value().add({1, 1'795'672'832'146'400'000, 12'345'000'000, 4, 3, 0, "echo a\necho b"}).ok());
    QVERIFY(log.value().add({12, 0, 0, 0, -1, 15, "x"}).ok());
    QCOMPARE(content(),
        QByteArray("Seq\tHost\tStarttime\tJobRuntime\tSend\tReceive\tExitval\tSignal\tCommand\n"
                   "1\t:\t1795672832.146\t    12.345\t0\t4\t3\t0\techo a")
            + '\0' + "echo b\n12\t:\t0.000\t     0.000\t0\t0\t-1\t15\tx\n");
    QVERIFY(JobLog::open(m_path, false).ok());
    QCOMPARE(content().count('\n'), 1); // begun anew
}

void PoolJobLogTest::appending_goes_on_behind_the_last_whole_line()
{
    QVERIFY(JobLog::open(m_path, true).value().add({1, 0, 0, 0, 0, 0, "a"}).ok());
    setContent(content() + "2\t:\t0.0");
    QVERIFY(JobLog::open(m_path, true).value().add({3, 0, 0, 0, 0, 0, "c"}).ok());
    QVERIFY2(content().endsWith("\ta\n3\t:\t0.000\t     0.000\t0\t0\t0\t0\tc\n"), content().constData());
    setContent("Seq\tHo");
    QVERIFY(JobLog::open(m_path, true).value().add({3, 0, 0, 0, 0, 0, "c"}).ok());
    QVERIFY(content().startsWith("Seq\tHost\t") && content().count('\n') == 2);
}

void PoolJobLogTest::the_last_end_of_a_job_counts()
{
    auto log = JobLog::open(m_path, false);
    QVERIFY(log.value().add({1, 0, 0, 0, 0, 0, "a"}).ok());
    QVERIFY(log.value().add({2, 0, 0, 0, 3, 0, "b"}).ok());
    QVERIFY(log.value().add({3, 0, 0, 0, 0, 9, "c\td"}).ok());
    QVERIFY(log.value().add({2, 0, 0, 0, 0, 0, "b"}).ok());
    setContent(content() + "7\t:\t1.0\t1.0\t0\t0\t0\t0\tcut");
    const auto jobs = JobLog::read(m_path);
    QVERIFY(jobs.ok());
    QCOMPARE(jobs.value(), (QHash<quint64, bool>{{1, true}, {2, true}, {3, false}}));
}

void PoolJobLogTest::what_is_no_job_log_is_refused()
{
    QVERIFY(!JobLog::read(m_path).ok()); // there is none
    setContent("Seq\tHost\tStarttime\tJobRuntime\tSend\tReceive\tExitval\tSignal\tCommand\nhello\n");
    const auto jobs = JobLog::read(m_path);
    QVERIFY(!jobs.ok() && errorText(jobs.error()).contains(QStringLiteral("line 2")));
    QVERIFY(!JobLog::open(m_folder.filePath(QStringLiteral("no/such")), false).ok());
}

void PoolJobLogTest::a_full_disk_is_told()
{
    const auto log = JobLog::open(QStringLiteral("/dev/full"), false);
    QVERIFY(!log.ok() && errorText(log.error()).contains(QStringLiteral("ENOSPC")));
}

QTEST_GUILESS_MAIN(PoolJobLogTest)
#include "pooljoblog_test.moc"
