// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/clock.h"
#include "core/session/recordingcache.h"
#include "core/session/recordingsummary.h"
#include "core/session/session.h"
#include "tests/patience.h"
#include "tests/unit/journaltesting.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace forkscope;

namespace {

constexpr qint64 kSecond = 1'000'000'000;
constexpr qint64 kDay = 24 * 3600 * kSecond;
constexpr quint64 kMiB = quint64(1) << 20;

CachedRecording recording(const char *name, quint64 mebibytes, int daysOld, FileUse use = FileUse::None)
{
    return {QLatin1String(name), mebibytes * kMiB, 1000 * kDay - daysOld * kDay, use};
}

QStringList names(const QList<CachedRecording> &recordings)
{
    QStringList result;
    for (const CachedRecording &each : recordings)
        result.append(QFileInfo(each.path).fileName());
    return result;
}

QStringList beyond(const QList<CachedRecording> &recordings, const CacheLimits &limits)
{
    return names(beyondLimits(recordings, limits, 1000 * kDay));
}

void setAge(const QString &path, qint64 ageNs)
{
    const qint64 at = clockNs(CLOCK_REALTIME) - ageNs;
    const timespec times[] = {{at / kSecond, at % kSecond}, {at / kSecond, at % kSecond}};
    if (utimensat(AT_FDCWD, QFile::encodeName(path).constData(), times, AT_SYMLINK_NOFOLLOW) != 0)
        qFatal("utimensat: %d", errno);
}

} // namespace

class RecordingCacheTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_dir;
    QString m_folder;
    QString path(const QString &name) const { return m_folder + u'/' + name; }
    RecordingCache cache() const { return RecordingCache(m_folder); }

    /// What a session that was killed leaves.
    QString leave(const char *name, qint64 ageNs = 0) const
    {
        const QString file = path(QLatin1String(name));
        createWriter(file)->append(LaunchRequested{LaunchId(1), {"make", "-j2"}, "/tmp"});
        setAge(file, ageNs);
        return file;
    }
    QStringList present() const { return QDir(m_folder).entryList(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::System); }
    /// Records into the file until it is killed.
    static std::unique_ptr<QProcess> otherProcessThat(const QString &does, const QString &file)
    {
        auto process = std::make_unique<QProcess>();
        process->start(QCoreApplication::applicationFilePath(), {does, file});
        if (!process->waitForReadyRead(60'000))
            qFatal("the other process does not answer");
        return process;
    }

private slots:
    void init()
    {
        m_folder = m_dir.filePath(QStringLiteral("cache"));
        QVERIFY(QDir().mkpath(m_folder));
    }
    void cleanup() { QDir(m_folder).removeRecursively(); }

    void too_old_ones_go_and_the_age_can_be_without_a_limit();
    void oldest_go_until_the_rest_fits_but_never_the_newest();
    void one_in_use_never_goes_and_does_not_count();
    void missing_folder_is_an_empty_list();
    void list_tells_size_age_and_use_newest_first();
    void session_of_another_process_is_in_use_until_it_is_killed();
    void recording_that_another_process_shows_is_in_use();
    void clean_removes_what_is_old_and_nothing_else();
    void last_record_counts_where_the_time_of_the_file_stands_still();
    void symlinks_foreign_files_and_other_names_stay_data();
    void symlinks_foreign_files_and_other_names_stay();
    void file_outside_the_folder_is_refused();
    void moved_out_recording_is_whole_and_gone_from_the_cache();
    void moved_out_recording_crosses_file_systems();
    void moving_out_to_where_nothing_can_be_written_keeps_it();
    void summary_tells_the_first_command_and_the_time_of_the_last_record();
    void session_that_ends_leaves_nothing();
};

void RecordingCacheTest::too_old_ones_go_and_the_age_can_be_without_a_limit()
{
    const QList<CachedRecording> all = {recording("a", 1, 1), recording("b", 1, 14), recording("c", 1, 15)};
    QCOMPARE(beyond(all, {14, 0}), QStringList{QStringLiteral("c")});
    QCOMPARE(beyond(all, {0, 0}), QStringList());
}

void RecordingCacheTest::oldest_go_until_the_rest_fits_but_never_the_newest()
{
    const QList<CachedRecording> all = {recording("old", 1, 9), recording("new", 60, 1), recording("middle", 50, 5)};
    QCOMPARE(beyond(all, {0, 111 * kMiB}), QStringList());
    QCOMPARE(beyond(all, {0, 110 * kMiB}), QStringList{QStringLiteral("old")});
    QCOMPARE(beyond(all, {0, 100 * kMiB}), (QStringList{QStringLiteral("middle"), QStringLiteral("old")}));
    QCOMPARE(beyond(all, {0, 1}), (QStringList{QStringLiteral("middle"), QStringLiteral("old")}));
}

void RecordingCacheTest::one_in_use_never_goes_and_does_not_count()
{
    for (const FileUse use : {FileUse::Reading, FileUse::Writing, FileUse::Unknown}) {
        const QList<CachedRecording> all
            = {recording("used", 500, 100, use), recording("a", 10, 1), recording("b", 10, 2), recording("c", 10, 3)};
        QCOMPARE(beyond(all, {50, 20 * kMiB}), QStringList{QStringLiteral("c")});
    }
}

void RecordingCacheTest::missing_folder_is_an_empty_list()
{
    const auto listed = RecordingCache(m_dir.filePath(QStringLiteral("none"))).list();
    QVERIFY(listed.ok());
    QVERIFY(listed.value().isEmpty());
}

void RecordingCacheTest::list_tells_size_age_and_use_newest_first()
{
    leave("session-20260101-000000-1-1.pcapng", 3 * kDay);
    const QString newer = leave("session-20250101-000000-2-10.pcapng", kDay);
    const auto listed = cache().list();
    QVERIFY(listed.ok());
    QCOMPARE(listed.value().size(), 2);
    const CachedRecording &first = listed.value().first();
    QCOMPARE(first.path, newer);
    struct stat info;
    QCOMPARE(stat(QFile::encodeName(newer).constData(), &info), 0);
    QCOMPARE(first.bytes, quint64(info.st_blocks) * 512);
    QVERIFY(first.bytes > 0);
    QCOMPARE((clockNs(CLOCK_REALTIME) - first.changedNs) / (kDay / 24), 24);
    QCOMPARE(first.use, FileUse::None);
}

void RecordingCacheTest::session_of_another_process_is_in_use_until_it_is_killed()
{
    const QString file = path(QStringLiteral("session-20260101-000000-3-1.pcapng"));
    const auto other = otherProcessThat(QStringLiteral("--record"), file);
    setAge(file, 100 * kDay);
    QCOMPARE(cache().list().value().value(0).use, FileUse::Writing);
    QCOMPARE(cache().remove(file).error().systemError, EBUSY);
    QCOMPARE(cache().moveOut(file, m_dir.filePath(QStringLiteral("out"))).error().systemError, EBUSY);
    QVERIFY(cache().clean({1, 1}, clockNs(CLOCK_REALTIME) + 100 * kDay).removed.isEmpty());
    QVERIFY(QFile::exists(file));

    other->kill();
    QVERIFY(other->waitForFinished(60'000));
    QCOMPARE(cache().list().value().value(0).use, FileUse::None);
    QVERIFY(cache().remove(file).ok());
    QVERIFY(!QFile::exists(file));
}

void RecordingCacheTest::recording_that_another_process_shows_is_in_use()
{
    const QString file = leave("session-20260101-000000-4-1.pcapng");
    const auto other = otherProcessThat(QStringLiteral("--show"), file);
    QCOMPARE(cache().list().value().value(0).use, FileUse::Reading);
    QCOMPARE(cache().remove(file).error().systemError, EBUSY);
    other->kill();
    QVERIFY(other->waitForFinished(60'000));
    QVERIFY(cache().remove(file).ok());
}

void RecordingCacheTest::clean_removes_what_is_old_and_nothing_else()
{
    leave("session-20260101-000000-5-1.pcapng");
    leave("session-20260101-000000-5-2.pcapng", 10 * kDay);
    const qint64 now = clockNs(CLOCK_REALTIME);
    const CleanReport none = cache().clean({0, 0}, now + 1000 * kDay);
    QVERIFY(none.removed.isEmpty());
    // By their age in 20 days from now: the records are from now, whatever the file says.
    const CleanReport report = cache().clean({25, 0}, now + 20 * kDay);
    QCOMPARE(report.removed.size(), 0);
    QCOMPARE(cache().clean({15, 0}, now + 20 * kDay).removed.size(), 2);
    QVERIFY(present().isEmpty());
}

void RecordingCacheTest::last_record_counts_where_the_time_of_the_file_stands_still()
{
    const QString file = leave("session-20260101-000000-6-1.pcapng", 100 * kDay); // says its time; its record is from now
    QVERIFY(cache().clean({14, 0}, clockNs(CLOCK_REALTIME)).removed.isEmpty());
    QVERIFY(QFile::exists(file));
}

void RecordingCacheTest::symlinks_foreign_files_and_other_names_stay_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("kind");
    const QString ours = QStringLiteral("session-20260101-000000-7-1.pcapng");
    QTest::newRow("link to a recording") << ours << QStringLiteral("link");
    QTest::newRow("folder") << ours << QStringLiteral("folder");
    QTest::newRow("FIFO") << ours << QStringLiteral("fifo");
    QTest::newRow("empty file") << ours << QStringLiteral("empty");
    QTest::newRow("other content") << ours << QStringLiteral("text");
    QTest::newRow("pcapng of another program") << ours << QStringLiteral("foreign");
    QTest::newRow("other name") << QStringLiteral("mine.pcapng") << QStringLiteral("recording");
    QTest::newRow("name that begins alike") << ours + QStringLiteral(".part") << QStringLiteral("recording");
    QTest::newRow("name with a line feed") << ours + QStringLiteral("\n") << QStringLiteral("recording");
}

void RecordingCacheTest::symlinks_foreign_files_and_other_names_stay()
{
    QFETCH(QString, name);
    QFETCH(QString, kind);
    const QString target = m_dir.filePath(QStringLiteral("outside.pcapng"));
    createWriter(target)->append(LaunchRequested{LaunchId(1), {"true"}, {}});
    const QString file = path(name);
    const QByteArray bytes = QFile::encodeName(file);
    QFile plain(file);
    if (kind == QLatin1String("link")) {
        QVERIFY(QFile::link(target, file));
    } else if (kind == QLatin1String("folder")) {
        QVERIFY(QDir().mkpath(file));
    } else if (kind == QLatin1String("fifo")) {
        QCOMPARE(mkfifo(bytes.constData(), 0600), 0);
    } else if (kind == QLatin1String("recording")) {
        QVERIFY(QFile::copy(target, file));
    } else {
        QVERIFY(plain.open(QIODevice::WriteOnly));
        if (kind == QLatin1String("text"))
            plain.write("a text that is long enough to be looked at\n");
        if (kind == QLatin1String("foreign")) // a section header block without options
            plain.write(QByteArray::fromHex("0a0d0d0a1c0000004d3c2b1a01000000ffffffffffffffff1c000000"));
        plain.close();
    }
    setAge(file, 1000 * kDay);
    leave("session-20260101-000000-7-9.pcapng"); // the newest may not be what protects it
    QCOMPARE(names(cache().list().value()), QStringList{QStringLiteral("session-20260101-000000-7-9.pcapng")});
    const CleanReport report = cache().clean({1, 1}, clockNs(CLOCK_REALTIME) + 500 * kDay);
    QCOMPARE(report.removed.size(), 1);
    QVERIFY(report.failures.isEmpty());
    QCOMPARE(cache().remove(file).error().code, ErrorCode::InvalidArgument);
    QCOMPARE(cache().moveOut(file, m_dir.filePath(QStringLiteral("out"))).error().code, ErrorCode::InvalidArgument);
    QCOMPARE(present(), QStringList{name});
    QVERIFY(QFile::exists(target));
    QFile::remove(target);
}

void RecordingCacheTest::file_outside_the_folder_is_refused()
{
    const QString file = m_dir.filePath(QStringLiteral("session-20260101-000000-8-1.pcapng"));
    createWriter(file)->append(LaunchRequested{LaunchId(1), {"true"}, {}});
    QVERIFY(QDir().mkpath(path(QStringLiteral("below"))));
    for (const QString &name : {file, path(QStringLiteral("../session-20260101-000000-8-1.pcapng")),
             path(QStringLiteral("below/../../session-20260101-000000-8-1.pcapng"))}) {
        QVERIFY(!cache().holds(name));
        QCOMPARE(cache().remove(name).error().code, ErrorCode::InvalidArgument);
    }
    QVERIFY(QFile::exists(file));
    const QString inside = leave("session-20260101-000000-8-2.pcapng");
    QVERIFY(cache().holds(path(QStringLiteral("below/../session-20260101-000000-8-2.pcapng"))));
    QVERIFY(QFile::remove(file) && QFile::exists(inside));
}

void RecordingCacheTest::moved_out_recording_is_whole_and_gone_from_the_cache()
{
    const QString file = leave("session-20260101-000000-9-1.pcapng");
    const QString kept = m_dir.filePath(QStringLiteral("kept.pcapng"));
    const QString again = path(QStringLiteral("session-20260101-000000-9-2.pcapng"));
    QCOMPARE(cache().moveOut(file, again).error().code, ErrorCode::InvalidArgument); // it would be cleaned up there
    QVERIFY(cache().moveOut(file, kept).ok());
    QVERIFY(present().isEmpty());
    QCOMPARE(openJournal(kept)->recordCount(), 1U);
    QFile::remove(kept);
}

void RecordingCacheTest::moved_out_recording_crosses_file_systems()
{
    QTemporaryDir other(QStringLiteral("/dev/shm/forkscope-test-XXXXXX"));
    struct stat here, there;
    if (!other.isValid() || stat(QFile::encodeName(m_folder).constData(), &here) != 0
        || stat(QFile::encodeName(other.path()).constData(), &there) != 0 || here.st_dev == there.st_dev)
        QSKIP("needs a second file system at /dev/shm");
    const QString file = leave("session-20260101-000000-10-1.pcapng");
    const QString kept = other.filePath(QStringLiteral("kept.pcapng"));
    QVERIFY(cache().moveOut(file, kept).ok());
    QVERIFY(present().isEmpty());
    QCOMPARE(openJournal(kept)->recordCount(), 1U);
    QCOMPARE(QFile::permissions(kept) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    QCOMPARE(QDir(other.path()).entryList(QDir::Files), QStringList{QStringLiteral("kept.pcapng")});
}

void RecordingCacheTest::moving_out_to_where_nothing_can_be_written_keeps_it()
{
    const QString file = leave("session-20260101-000000-11-1.pcapng");
    for (const char *place : {"/no-such-folder/kept.pcapng", "/proc/kept.pcapng"}) {
        QVERIFY(!cache().moveOut(file, QLatin1String(place)).ok());
        QVERIFY(QFile::exists(file));
    }
}

void RecordingCacheTest::summary_tells_the_first_command_and_the_time_of_the_last_record()
{
    const QString file = path(QStringLiteral("session-20260101-000000-12-1.pcapng"));
    const auto writer = createWriter(file);
    writer->append(LaunchRequested{LaunchId(1), {"make", "-j2"}, "/tmp"});
    writer->append(LaunchRequested{LaunchId(2), {"true"}, "/tmp"});
    const ChannelId channel = writer->openChannel(outputOf("a"));
    quint64 last = 0;
    for (int i = 0; i < 100; ++i) // several slots
        last = writer->append(channel, QByteArray(200'000, 'x')).value();
    const auto summary = summarizeRecording(file); // while it is written
    QVERIFY(summary.ok());
    QCOMPARE(summary.value().command, (QByteArrayList{"make", "-j2"}));
    QCOMPARE(summary.value().startNs, writer->journal().startTimeNs());
    QCOMPARE(summary.value().lastNs, writer->journal().read(last)->timeNs);
    QVERIFY(!summarizeRecording(QStringLiteral("/etc/hostname")).ok());
    QVERIFY(!summarizeRecording(QStringLiteral("/dev/zero")).ok());
}

void RecordingCacheTest::session_that_ends_leaves_nothing()
{
    qputenv("XDG_CACHE_HOME", QFile::encodeName(m_dir.filePath(QStringLiteral("xdg"))));
    auto session = Session::create();
    QVERIFY(session.ok());
    const auto listed = RecordingCache().list();
    QCOMPARE(listed.value().size(), 1);
    QCOMPARE(listed.value().first().path, session.value()->journal().path());
    QCOMPARE(listed.value().first().use, FileUse::Writing);
    std::move(session).value().reset();
    QVERIFY(RecordingCache().list().value().isEmpty());
}

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    if (argc == 3) { // the other process
        const QString file = QFile::decodeName(argv[2]);
        const bool records = QByteArrayView(argv[1]) == "--record";
        const auto writer = records ? createWriter(file) : nullptr;
        [[maybe_unused]] const auto journal = records ? nullptr : openJournal(file); // its lock is what counts
        if (writer)
            writer->append(LaunchRequested{LaunchId(1), {"make"}, {}});
        std::puts("ready");
        std::fflush(stdout);
        for (;;)
            pause();
    }
    RecordingCacheTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "recordingcache_test.moc"
