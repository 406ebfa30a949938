// SPDX-License-Identifier: GPL-3.0-or-later
// forkscope recordings: what sessions left that nobody saved.
#include "core/journal/journalwriter.h"
#include "core/session/recordingcache.h"
#include "tests/patience.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

using namespace forkscope;

namespace {

constexpr int kPatienceMs = 60'000;
const QString program = QStringLiteral(FORKSCOPE_BINARY);

struct Outcome {
    int status = -1;
    QByteArray out;
    QByteArray err;
};

Outcome recordings(const QStringList &arguments)
{
    QProcess process;
    process.start(program, QStringList{QStringLiteral("recordings")} + arguments);
    if (!process.waitForFinished(kPatienceMs))
        return {};
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

} // namespace

class RecordingsCommandTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_home;

    QString cached(const char *name) const { return m_home.filePath(QStringLiteral("cache/forkscope/")) + QLatin1String(name); }
    QString leave(const char *name, int daysOld = 0) const
    {
        const QString path = cached(name);
        {
            auto writer = JournalWriter::create(path);
            if (!writer)
                qFatal("%s", qPrintable(errorText(writer.error())));
            writer.value()->append(LaunchRequested{LaunchId(1), {"make", "-j2"}, {}});
        }
        QFile file(path);
        if (!file.open(QIODevice::ReadWrite)
            || !file.setFileTime(QDateTime::currentDateTime().addDays(-daysOld), QFileDevice::FileModificationTime))
            qFatal("cannot make it old");
        return path;
    }
    /// A window that runs, with its recording in the cache.
    std::unique_ptr<QProcess> window() const
    {
        auto process = std::make_unique<QProcess>();
        process->start(program, QStringList());
        return process;
    }

private slots:
    void initTestCase()
    {
        qputenv("XDG_CACHE_HOME", QFile::encodeName(m_home.filePath(QStringLiteral("cache"))));
        qputenv("XDG_CONFIG_HOME", QFile::encodeName(m_home.filePath(QStringLiteral("config"))));
    }
    void init() { QVERIFY(QDir().mkpath(m_home.filePath(QStringLiteral("cache/forkscope")))); }
    void cleanup()
    {
        QDir(m_home.filePath(QStringLiteral("cache"))).removeRecursively();
        QDir(m_home.filePath(QStringLiteral("config"))).removeRecursively();
    }

    void empty_cache_prints_nothing_and_is_no_failure()
    {
        const Outcome outcome = recordings({});
        QCOMPARE(outcome.status, 0);
        QCOMPARE(outcome.out, QByteArray());
        QVERIFY(outcome.err.contains("no unsaved recordings"));
    }

    void list_has_age_size_use_and_path_newest_first()
    {
        const QString old = leave("session-20260101-000000-1-1.pcapng", 3), fresh = leave("session-20260101-000000-1-2.pcapng");
        const QList<QByteArray> lines = recordings({}).out.split('\n');
        QCOMPARE(lines.size(), 3);
        QVERIFY(lines[0].endsWith(QFile::encodeName(fresh)));
        QVERIFY(lines[0].contains("just now"));
        QVERIFY(lines[1].endsWith(QFile::encodeName(old)));
        QVERIFY(lines[1].contains("3 days ago"));
        QVERIFY(lines[1].contains("iB"));
    }

    void json_tells_also_the_command_and_what_is_in_use()
    {
        leave("session-20260101-000000-2-1.pcapng", 3);
        const auto other = window();
        QTRY_COMPARE(RecordingCache().list().value().size(), 2);
        const Outcome outcome = recordings({QStringLiteral("--json")});
        const QList<QByteArray> lines = outcome.out.trimmed().split('\n');
        QCOMPARE(lines.size(), 2);
        const QJsonObject live = QJsonDocument::fromJson(lines[0]).object(), left = QJsonDocument::fromJson(lines[1]).object();
        QCOMPARE(live[QLatin1String("in_use")].toBool(), true);
        QCOMPARE(left[QLatin1String("in_use")], QJsonValue(false));
        QCOMPARE(left[QLatin1String("path")].toString(), cached("session-20260101-000000-2-1.pcapng"));
        QCOMPARE(left[QLatin1String("age_seconds")].toInteger() / 3600, 72);
        QVERIFY(left[QLatin1String("bytes")].toInteger() > 0);
        QCOMPARE(left[QLatin1String("command")].toArray(), (QJsonArray{QStringLiteral("make"), QStringLiteral("-j2")}));
        QVERIFY(left[QLatin1String("started")].toString().endsWith(u'Z'));
        other->kill();
        QVERIFY(other->waitForFinished(kPatienceMs));
    }

    void recording_of_a_killed_window_can_be_removed_that_of_a_running_one_cannot()
    {
        const auto other = window();
        QTRY_COMPARE(RecordingCache().list().value().size(), 1);
        const QString path = RecordingCache().list().value().first().path;
        const Outcome refused = recordings({QStringLiteral("--remove"), path});
        QCOMPARE(refused.status, 125);
        QVERIFY(refused.err.contains("uses it"));
        QVERIFY(QFile::exists(path));
        other->kill();
        QVERIFY(other->waitForFinished(kPatienceMs));
        const Outcome removed = recordings({QStringLiteral("--remove"), QFileInfo(path).fileName()});
        QCOMPARE(removed.status, 0);
        QCOMPARE(removed.out, QFile::encodeName(path) + '\n');
        QVERIFY(!QFile::exists(path));
    }

    void remove_takes_several_and_refuses_what_is_no_unsaved_recording()
    {
        const QString one = leave("session-20260101-000000-3-1.pcapng"), two = leave("session-20260101-000000-3-2.pcapng");
        const QString saved = m_home.filePath(QStringLiteral("saved.pcapng"));
        QVERIFY(QFile::copy(one, saved));
        const Outcome outcome = recordings({QStringLiteral("--remove"), one, saved, QStringLiteral("nonsense"), two});
        QCOMPARE(outcome.status, 2);
        QVERIFY(outcome.err.contains("saved.pcapng"));
        QVERIFY(QFile::exists(saved));
        QVERIFY(!QFile::exists(one) && !QFile::exists(two));
        QCOMPARE(recordings({QStringLiteral("--remove"), one}).status, 2); // gone already
    }

    void clean_obeys_the_preferences()
    {
        const QString one = leave("session-20260101-000000-4-1.pcapng", 2), two = leave("session-20260101-000000-4-2.pcapng");
        QCOMPARE(recordings({QStringLiteral("--clean")}).out, QByteArray());
        QVERIFY(QDir().mkpath(m_home.filePath(QStringLiteral("config/forkscope"))));
        QFile config(m_home.filePath(QStringLiteral("config/forkscope/forkscope.conf")));
        QVERIFY(config.open(QIODevice::WriteOnly));
        config.write("[preferences]\nkeepUnsavedBytes=1\n");
        config.close();
        const Outcome outcome = recordings({QStringLiteral("--clean"), QStringLiteral("--json")});
        QCOMPARE(outcome.status, 0);
        const QJsonObject gone = QJsonDocument::fromJson(outcome.out).object();
        QCOMPARE(gone[QLatin1String("path")].toString(), one);
        QCOMPARE(gone[QLatin1String("removed")], QJsonValue(true));
        QVERIFY(!QFile::exists(one) && QFile::exists(two)); // the newest stays, however large
    }

    void clean_and_remove_exclude_each_other()
    {
        QCOMPARE(recordings({QStringLiteral("--clean"), QStringLiteral("--remove"), QStringLiteral("x")}).status, 2);
        QCOMPARE(recordings({QStringLiteral("--remove")}).status, 2);
    }
};

QTEST_GUILESS_MAIN(RecordingsCommandTest)
#include "recordingscommand_test.moc"
