// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/blocks.h"
#include "tests/unit/journaltesting.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QThread>
#include <QtTest>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <thread>
#include <unistd.h>
#include <utility>
#include <vector>

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
    void disk_that_is_really_full_loses_nothing_that_append_returned_for_and_recording_resumes();
    void removed_file_is_noticed_and_still_readable();
    void removed_directory_is_noticed_and_the_recording_goes_on_elsewhere();
    void recording_moves_while_threads_append_and_readers_hold_views();
    void recording_at_its_size_limit_moves();
    void move_that_fails_changes_nothing();
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

/// Child, in a mount namespace of its own: fills a file system of 96 MiB. 0: all was as it should be; 77: may not mount.
static int fillADisk(const QString &folder)
{
    const QByteArray name = QFile::encodeName(folder);
    if ((unshare(CLONE_NEWNS) != 0 && unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0)
        || (mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 && errno != EINVAL)
        || mount("tmpfs", name.constData(), "tmpfs", 0, "size=96m") != 0)
        return 77;
    QFile ballast(folder + QStringLiteral("/ballast"));
    if (!ballast.open(QIODevice::WriteOnly) || ballast.write(QByteArray(60'000'000, 'b')) < 0)
        return 2;
    ballast.close();
    const QString file = folder + QStringLiteral("/r");
    quint64 failed = 0, failedBytes = 0;
    std::vector<std::pair<quint64, quint32>> stored; // record number, content
    const auto asStored = [&stored](const Journal &journal) {
        return std::all_of(stored.begin(), stored.end(), [&](const auto &one) {
            const auto record = journal.read(one.first);
            return record && record->bytes == sized(one.second);
        });
    };
    {
        const auto writer = createWriter(file);
        const ChannelId a = writer->openChannel(outputOf("a"));
        quint32 i = 0;
        const auto append = [&] {
            const QByteArray bytes = sized(i);
            if (const auto number = writer->append(a, bytes)) {
                stored.emplace_back(*number, i++);
                return true;
            }
            ++failed, ++i;
            failedBytes += quint64(bytes.size());
            return false;
        };
        while (i < 5000)
            append();
        if (failed == 0 || stored.empty())
            return 3;
        if (writer->health().state != JournalHealth::DiskFull || writer->health().error.systemError != ENOSPC)
            return 4;
        if (!asStored(writer->journal()))
            return 5;
        ballast.remove();
        const QDeadlineTimer deadline(30'000);
        while ((!append() || writer->health().state != JournalHealth::Ok) && !deadline.hasExpired())
            QThread::msleep(10); // the writer looks for room twice a second
        if (deadline.hasExpired())
            return 6;
        if (writer->journal().counters().lostRecords != failed || writer->journal().counters().lostBytes != failedBytes)
            return 7;
    }
    const auto journal = openJournal(file);
    if (!asStored(*journal) || !journal->openReport().complete())
        return 8;
    return journal->openReport().lostRecords == failed && journal->openReport().lostBytes == failedBytes ? 0 : 9;
}

void JournalCrashTest::disk_that_is_really_full_loses_nothing_that_append_returned_for_and_recording_resumes()
{
    QVERIFY(QDir().mkpath(path("disk")));
    QProcess child;
    child.setProcessChannelMode(QProcess::ForwardedChannels);
    child.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--fill-a-disk"), path("disk")});
    QVERIFY(child.waitForFinished());
    QCOMPARE(child.exitStatus(), QProcess::NormalExit);
    if (child.exitCode() == 77)
        QSKIP("no file system may be mounted here, not even in a user namespace");
    QCOMPARE(child.exitCode(), 0);
}

static void verifyNumbered(const Journal &journal, quint32 count)
{
    QCOMPARE(journal.recordCount(), quint64(count));
    for (quint32 i = 0; i < count; ++i) {
        const auto record = journal.read(i);
        QVERIFY2(record && record->bytes == numbered(1, i), qPrintable(QString::number(i)));
    }
}

void JournalCrashTest::removed_file_is_noticed_and_still_readable()
{
    const auto writer = createWriter(path("removed"));
    const ChannelId a = writer->openChannel(outputOf("a"));
    for (quint32 i = 0; i < 1000; ++i)
        writer->append(a, numbered(1, i));
    QCOMPARE(writer->health().state, JournalHealth::Ok);
    QVERIFY(QFile::remove(path("removed")));
    QTRY_COMPARE(writer->health().state, JournalHealth::FileRemoved);
    QCOMPARE(writer->health().path, path("removed"));
    for (quint32 i = 1000; i < 50'000; ++i)
        QVERIFY(writer->append(a, numbered(1, i)));
    verifyNumbered(writer->journal(), 50'000);
}

void JournalCrashTest::removed_directory_is_noticed_and_the_recording_goes_on_elsewhere()
{
    QVERIFY(QDir().mkpath(path("folder")));
    const auto writer = createWriter(path("folder/r"));
    const ChannelId a = writer->openChannel(outputOf("a"));
    for (quint32 i = 0; i < 1000; ++i)
        writer->append(a, numbered(1, i));
    QVERIFY(QDir(path("folder")).removeRecursively());
    QTRY_COMPARE(writer->health().state, JournalHealth::FileRemoved);
    QVERIFY(writer->moveTo(path("elsewhere")).ok());
    QCOMPARE(writer->health().state, JournalHealth::Ok);
    QCOMPARE(writer->journal().path(), path("elsewhere"));
    for (quint32 i = 1000; i < 2000; ++i)
        writer->append(a, numbered(1, i));
    verifyNumbered(writer->journal(), 2000);
    QVERIFY(writer->close().ok());
    const auto reopened = openJournal(path("elsewhere"));
    verifyNumbered(*reopened, 2000);
    QVERIFY(reopened->openReport().complete());
    QCOMPARE(QFile::permissions(path("elsewhere")) & (QFile::ReadOther | QFile::ReadGroup), QFile::Permissions());
}

void JournalCrashTest::recording_moves_while_threads_append_and_readers_hold_views()
{
    constexpr quint32 kEach = 40'000;
    auto writer = createWriter(path("from"));
    const ChannelId a = writer->openChannel(outputOf("a"));
    writer->append(a, "first");
    const auto held = writer->journal().read(0);
    QVERIFY(held);
    std::vector<std::thread> producers;
    std::atomic<int> running = 3;
    for (quint32 p = 0; p < 3; ++p)
        producers.emplace_back([&, p] {
            for (quint32 i = 0; i < kEach; ++i)
                writer->append(a, numbered(p, i));
            --running;
        });
    int moves = 0;
    do {
        QVERIFY(writer->moveTo(path(moves % 2 ? "even" : "odd")).ok());
        ++moves;
        QCOMPARE(held->bytes.toByteArray(), QByteArray("first"));
    } while (running > 0);
    for (std::thread &producer : producers)
        producer.join();
    const auto check = [&](const Journal &journal) {
        QCOMPARE(journal.recordCount(), 3u * kEach + 1);
        quint32 next[3] = {};
        for (quint64 n = 1; n < journal.recordCount(); ++n) {
            const auto record = journal.read(n);
            QVERIFY(record);
            quint32 producer = 0;
            std::memcpy(&producer, record->bytes.data(), 4);
            QVERIFY(producer < 3);
            QCOMPARE(record->bytes.toByteArray(), numbered(producer, next[producer]++));
        }
    };
    check(writer->journal());
    const QString last = writer->journal().path();
    QVERIFY(writer->close().ok());
    check(*openJournal(last));
}

void JournalCrashTest::recording_at_its_size_limit_moves()
{
    const auto writer = createWriter(path("limited"), JournalWriter::kMinimumSizeLimit);
    const ChannelId a = writer->openChannel(outputOf("a"));
    std::atomic<bool> done = false;
    std::thread producer([&] {
        for (quint32 i = 0; i < 2000; ++i)
            writer->append(a, QByteArray(50'000, char(i)));
        done = true;
    });
    while (!done)
        QVERIFY(writer->moveTo(path("limited2")).ok());
    producer.join();
    QVERIFY(writer->close().ok());
    QVERIFY(QFile(path("limited2")).size() <= qint64(JournalWriter::kMinimumSizeLimit));
    const auto journal = openJournal(path("limited2"));
    QVERIFY(journal->openReport().complete());
    quint64 readable = 0;
    for (quint64 n = 0; n < journal->recordCount(); ++n)
        if (const auto record = journal->read(n); record && !record->isEvent())
            ++readable;
    QCOMPARE(readable + journal->openReport().lostRecords, 2000u);
}

void JournalCrashTest::move_that_fails_changes_nothing()
{
    const auto writer = createWriter(path("stays"));
    const ChannelId a = writer->openChannel(outputOf("a"));
    for (quint32 i = 0; i < 1000; ++i)
        writer->append(a, numbered(1, i));
    QVERIFY(QDir().mkpath(path("a-directory/x")));
    const auto noFolder = writer->moveTo(path("missing/r"));
    QVERIFY(!noFolder.ok());
    QCOMPARE(noFolder.error().systemError, ENOENT);
    QVERIFY(!writer->moveTo(path("a-directory")).ok());
    QVERIFY(!QFile::exists(path("a-directory.part")));
    QCOMPARE(writer->journal().path(), path("stays"));
    for (quint32 i = 1000; i < 2000; ++i)
        writer->append(a, numbered(1, i));
    QVERIFY(writer->close().ok());
    verifyNumbered(*openJournal(path("stays")), 2000);
    QVERIFY(!writer->moveTo(path("too-late")).ok());
}

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    const QStringList arguments = app.arguments();
    if (arguments.value(1) == QStringLiteral("--write-until-killed"))
        return writeUntilKilled(arguments.value(2));
    if (arguments.value(1) == QStringLiteral("--write-beyond-the-disk"))
        return writeBeyondTheDisk(arguments.value(2));
    if (arguments.value(1) == QStringLiteral("--fill-a-disk"))
        return fillADisk(arguments.value(2));
    JournalCrashTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "journalcrash_test.moc"
