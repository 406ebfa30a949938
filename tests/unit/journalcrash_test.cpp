// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/blocks.h"
#include "tests/unit/journaltesting.h"

#include <QFile>
#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QtTest>

#include <csignal>
#include <cstring>
#include <sys/resource.h>
#include <unistd.h>

using namespace forkscope;

/// What a recording holds after its writer was killed, its file was cut, or the disk was full.
class JournalCrashTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_dir;
    QString path(const char *name) const { return m_dir.filePath(QLatin1String(name)); }

private slots:
    void torn_tail_is_cut_and_reported_data();
    void torn_tail_is_cut_and_reported();
    void slot_that_was_not_finished_is_no_damage();
    void writer_killed_at_200_random_points_loses_nothing_that_append_returned_for();
    void full_disk_is_counted_not_hidden();
};

void JournalCrashTest::torn_tail_is_cut_and_reported_data()
{
    QTest::addColumn<int>("cut");
    for (int cut : {1, 7, 20, 60, 119, 121, 1000, 5000})
        QTest::addRow("%d bytes", cut) << cut;
}

void JournalCrashTest::torn_tail_is_cut_and_reported()
{
    QFETCH(int, cut);
    const QString file = path("torn");
    {
        const auto writer = createWriter(file);
        const ChannelId a = writer->openChannel(outputOf("a"));
        for (int i = 0; i < 100; ++i)
            writer->append(a, QByteArray(100, char(i)));
    }
    const qint64 size = QFile(file).size();
    QVERIFY(QFile::resize(file, size - cut));
    const auto journal = openJournal(file);
    QVERIFY(!journal->openReport().complete());
    QVERIFY(journal->openReport().cutBytes > 0);
    QVERIFY(journal->recordCount() < 100);
    QVERIFY(journal->recordCount() >= 99 - quint64(cut) / 200);
    for (quint64 n = 0; n < journal->recordCount(); ++n)
        QCOMPARE(journal->read(n)->bytes.toByteArray(), QByteArray(100, char(n)));
}

void JournalCrashTest::slot_that_was_not_finished_is_no_damage()
{
    const QString file = path("unfinished");
    createWriter(file)->openChannel(outputOf("a"));
    // SlotPool::extend(), killed between its last two steps: a small filler, nothing, and the slot's trailing length.
    QFile slot(file);
    QVERIFY(slot.open(QIODevice::ReadWrite));
    const quint32 filler[] = {blocks::Filler, blocks::kMinimumFiller, 0, blocks::kMinimumFiller};
    const auto trailer = quint32(blocks::kSlotSize);
    const auto write = [&slot](quint64 at, const void *bytes, qint64 size) {
        return slot.seek(qint64(at)) && slot.write(static_cast<const char *>(bytes), size) == size;
    };
    const quint64 size = quint64(slot.size());
    QVERIFY(size < blocks::kSlotSize);
    const quint32 rest[] = {blocks::Filler, quint32(blocks::kSlotSize - size)};
    QVERIFY(write(size, rest, sizeof rest));
    QVERIFY(write(blocks::kSlotSize, filler, sizeof filler));
    QVERIFY(write(2 * blocks::kSlotSize - 4, &trailer, sizeof trailer));
    slot.close();
    QVERIFY(openJournal(file)->openReport().complete());
    // One byte elsewhere in that slot is damage.
    QVERIFY(slot.open(QIODevice::ReadWrite));
    QVERIFY(write(2 * blocks::kSlotSize - 100, "x", 1));
    slot.close();
    QCOMPARE(openJournal(file)->openReport().cutBytes, blocks::kSlotSize - blocks::kMinimumFiller);
}

/// A record of up to 20 kB, so that the writer takes a new slot every few hundred records.
static QByteArray sized(quint32 i)
{
    QByteArray bytes = numbered(1, i);
    bytes.resize(8 + int(i * 7919 % 20'000), char('a' + i % 26));
    return bytes;
}

/// Child: appends numbered records for ever and tells on stdout what append() has returned for.
static int writeUntilKilled(const QString &file)
{
    const auto writer = createWriter(file);
    const ChannelId a = writer->openChannel(outputOf("a"));
    for (quint32 i = 0;; ++i) {
        writer->append(a, sized(i));
        if (::write(STDOUT_FILENO, &i, sizeof i) != sizeof i)
            return 1;
    }
}

void JournalCrashTest::writer_killed_at_200_random_points_loses_nothing_that_append_returned_for()
{
    const quint32 seed = QRandomGenerator::global()->generate();
    QRandomGenerator random(seed);
    for (int round = 0; round < 200; ++round) {
        QProcess child;
        child.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--write-until-killed"), path("killed")});
        const int wanted = 4 + random.bounded(8'000);
        QByteArray told;
        while (told.size() < wanted) {
            QVERIFY(child.waitForReadyRead());
            told += child.readAllStandardOutput();
        }
        child.kill();
        QVERIFY(child.waitForFinished());
        told += child.readAllStandardOutput();
        quint32 last = 0;
        std::memcpy(&last, told.constData() + (told.size() / 4 - 1) * 4, 4);

        const auto journal = openJournal(path("killed"));
        const QString which = QStringLiteral("seed %1, round %2").arg(seed).arg(round);
        QVERIFY2(journal->openReport().cutBytes == 0, qPrintable(which));
        QVERIFY2(journal->recordCount() > last, qPrintable(which));
        for (quint32 i = 0; i <= last; ++i) {
            const auto record = journal->read(i);
            QVERIFY2(record && record->bytes == sized(i), qPrintable(which + QStringLiteral(", record %1").arg(i)));
        }
    }
}

/// Child: may write 24 MiB to a file; appends 40 MiB; checks that the journal says what it could not keep.
static int writeBeyondTheDisk(const QString &file)
{
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{24 * 1024 * 1024, 24 * 1024 * 1024};
    setrlimit(RLIMIT_FSIZE, &limit);
    const auto writer = createWriter(file);
    const ChannelId a = writer->openChannel(outputOf("a"));
    for (int i = 0; i < 400; ++i)
        writer->append(a, QByteArray(100'000, 'x'));
    if (!writer->close())
        return 2;
    quint64 readable = 0;
    for (quint64 n = 0; n < writer->journal().recordCount(); ++n)
        if (const auto record = writer->journal().read(n))
            readable += !record->isEvent();
    const auto counters = writer->journal().counters();
    return counters.lostRecords > 0 && readable + counters.lostRecords == 400
            && counters.lostBytes == counters.lostRecords * 100'000
        ? 0
        : 3;
}

void JournalCrashTest::full_disk_is_counted_not_hidden()
{
    QProcess child;
    child.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--write-beyond-the-disk"), path("full")});
    QVERIFY(child.waitForFinished());
    QCOMPARE(child.exitStatus(), QProcess::NormalExit);
    QCOMPARE(child.exitCode(), 0);
    const auto journal = openJournal(path("full"));
    QVERIFY(journal->openReport().lostRecords > 0);
}

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    const QStringList arguments = app.arguments();
    if (arguments.value(1) == QStringLiteral("--write-until-killed"))
        return writeUntilKilled(arguments.value(2));
    if (arguments.value(1) == QStringLiteral("--write-beyond-the-disk"))
        return writeBeyondTheDisk(arguments.value(2));
    JournalCrashTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "journalcrash_test.moc"
