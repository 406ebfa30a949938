// SPDX-License-Identifier: GPL-3.0-or-later
// A redacted copy of a recording: what is gone, what stays, and that it says so.
#include "core/redact/redaction.h"
#include "tests/unit/journaltesting.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace forkscope;

namespace {

constexpr auto kSecret = "hunter2";

MaskPattern text(const char *what = kSecret)
{
    return std::move(maskText(QLatin1String(what), "text 1")).value();
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// All that one channel carried.
QByteArray payloadOf(const Journal &journal, ChannelId channel)
{
    QByteArray all;
    for (quint64 i = 0; i < journal.channelRecordCount(channel); ++i)
        if (const auto record = journal.read(journal.channelRecord(channel, i)))
            all += record->bytes.toByteArray();
    return all;
}

template<typename E> QList<E> eventsOf(const Journal &journal)
{
    QList<E> events;
    for (quint64 i = 0; i < journal.eventCount(); ++i)
        if (const auto record = journal.read(journal.eventRecord(i)))
            if (const auto event = decodeEvent(record->eventNumber, record->bytes))
                if (const auto *wanted = std::get_if<E>(&*event))
                    events.append(*wanted);
    return events;
}

} // namespace

class RedactionTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_dir;
    std::unique_ptr<JournalWriter> m_writer;
    ChannelId m_out = ChannelId::None, m_err = ChannelId::None;

    QString path(const char *name) const { return m_dir.filePath(QLatin1String(name)); }

    RedactionReport redact(const RedactionRequest &request)
    {
        const auto report = redactRecordingTo(path("copy.pcapng"), m_writer->journal(), request);
        if (!report.ok())
            qFatal("%s", qPrintable(errorText(report.error())));
        return report.value();
    }

private slots:
    void init()
    {
        m_writer = createWriter(path("r.pcapng"));
        m_out = m_writer->openChannel(outputOf("stdout hunter2(11)"));
        m_err = m_writer->openChannel(outputOf("stderr make(11)"));
        m_writer->append(LaunchRequested{LaunchId(7), {"/opt/bin/make", "--key", "hunter2", "A=b c"}, "/home/hunter2/x"});
        m_writer->append(ProcessStarted{{11, 12}, {}, 1, LaunchId(7), "hunter2", {"/opt/bin/make", "--key=hunter2"}});
        m_writer->append(m_out, "one hun");
        m_writer->append(m_err, "err hunter2\n");
        m_writer->append(m_out, "ter2 two\n");
        m_writer->append(StartFailed{LaunchId(8), StartStage::Validate, 0, "/x/hunter2", "/y/hunter2", "about hunter2"});
        m_writer->append(ProcessExecuted{{11, 12}, "hunter2", {"hunter2"}});
        m_writer->append(ChannelClosed{m_err, 12, 0});
        m_writer->append(ProcessExited{{11, 12}, {}});
    }

    void nothingOfWhatIsMaskedIsInTheFile()
    {
        const RedactionReport report = redact({.patterns = {text()}});
        QVERIFY(contentOf(path("r.pcapng")).contains(kSecret));
        QVERIFY(!contentOf(path("copy.pcapng")).contains(kSecret));
        const auto copy = openJournal(path("copy.pcapng"));
        QVERIFY(copy->openReport().complete() && !copy->openReport().foreign);
        QCOMPARE(payloadOf(*copy, m_out), QByteArray("one ******* two\n"));
        QCOMPARE(payloadOf(*copy, m_err), QByteArray("err *******\n"));
        QCOMPARE(copy->channel(m_out).name, QByteArray("stdout *******(11)"));
        const auto launch = eventsOf<LaunchRequested>(*copy).first();
        QCOMPARE(launch.arguments, QByteArrayList({"/opt/bin/make", "--key", "*******", "A=b c"}));
        QCOMPARE(launch.workingDirectory, QByteArray("/home/*******/x"));
        QCOMPARE(report.summary.patterns.size(), 1);
        QCOMPARE(report.summary.patterns[0].matches, 12U);
        QCOMPARE(report.places[0].channels.value(m_out), 1U);
        QCOMPARE(report.places[0].channels.value(m_err), 1U);
        QCOMPARE(report.places[0].events, 10U);
        QVERIFY(!report.samples.isEmpty());
        for (const RedactionReport::Sample &sample : report.samples)
            QVERIFY2(!sample.text.contains(kSecret) && sample.text.contains("***"), sample.text.constData());
    }

    void recordsKeepTheirNumbersTimesAndSizes()
    {
        redact({.patterns = {text()}});
        const Journal &before = m_writer->journal();
        const auto copy = openJournal(path("copy.pcapng"));
        QCOMPARE(copy->recordCount(), before.recordCount() + 1); // and how it was redacted
        for (quint64 n = 0; n < before.recordCount(); ++n) {
            const auto was = before.read(n), is = copy->read(n);
            QVERIFY(was && is);
            QCOMPARE(is->timeNs, was->timeNs);
            QCOMPARE(is->eventNumber, was->eventNumber);
            QCOMPARE(is->channel, was->channel);
            QCOMPARE(is->message.streamOffset, was->message.streamOffset);
            if (!was->isEvent())
                QCOMPARE(is->bytes.size(), was->bytes.size());
        }
    }

    void aSecretIsFoundAcrossManyRecords()
    {
        const QByteArray line = "xx hunter2 yy\n";
        QByteArray all;
        for (int i = 0; i < 20'000; ++i)
            all += line;
        const ChannelId channel = m_writer->openChannel(outputOf("stdout cat(1)"));
        const ChannelId other = m_writer->openChannel(outputOf("stdout dog(1)"));
        for (qsizetype at = 0, size = 1; at < all.size(); at += size, size = size % 977 + 5) {
            m_writer->append(channel, QByteArrayView(all).sliced(at, std::min(size, all.size() - at)));
            m_writer->append(other, "hunter"); // between them
        }
        const RedactionReport report = redact({.patterns = {text()}});
        QCOMPARE(report.places[0].channels.value(channel), 20'000U);
        QCOMPARE(report.places[0].channels.value(other), 0U);
        const auto copy = openJournal(path("copy.pcapng"));
        QCOMPARE(payloadOf(*copy, channel), all.replace(kSecret, "*******"));
        QVERIFY(!contentOf(path("copy.pcapng")).contains(kSecret));
    }

    void strippedPayloadStillTellsHowMuchWasWrittenWhen()
    {
        m_writer->append(m_out, QByteArray(200, 's'));
        const RedactionReport report = redact({.stripPayload = true, .stripChannels = QSet<ChannelId>{m_out}});
        const auto copy = openJournal(path("copy.pcapng"));
        QCOMPARE(payloadOf(*copy, m_out).size(), 216);
        QCOMPARE(QByteArray(payloadOf(*copy, m_out)).replace('*', "").replace('\n', ""), QByteArray());
        QCOMPARE(payloadOf(*copy, m_err), QByteArray("err hunter2\n"));
        QCOMPARE(report.summary.channels.size(), 1);
        QCOMPARE(report.summary.channels[0].strippedRecords, 3U);
        QCOMPARE(report.summary.channels[0].strippedBytes, 216U);
        redact({.stripPayload = true});
        QCOMPARE(payloadOf(*openJournal(path("copy.pcapng")), m_err), QByteArray("***********\n"));
    }

    void aDroppedChannelIsGoneAndTheOthersKeepTheirNumbers()
    {
        const RedactionReport report = redact({.dropChannels = {m_out}});
        const auto copy = openJournal(path("copy.pcapng"));
        QVERIFY(!copy->openReport().foreign);
        QCOMPARE(payloadOf(*copy, m_out), QByteArray());
        QCOMPARE(copy->channel(m_out).name, QByteArray("stdout (left out)"));
        QCOMPARE(payloadOf(*copy, m_err), QByteArray("err hunter2\n"));
        QCOMPARE(eventsOf<ChannelClosed>(*copy).size(), 1);
        QCOMPARE(report.summary.channels[0].droppedRecords, 2U);
        QCOMPARE(report.summary.channels[0].droppedBytes, 16U);
        redact({.dropChannels = {m_err}});
        QCOMPARE(eventsOf<ChannelClosed>(*openJournal(path("copy.pcapng"))).size(), 0);
    }

    void argumentsEndAfterTheProgram()
    {
        redact({.stripArguments = true});
        const auto copy = openJournal(path("copy.pcapng"));
        QCOMPARE(eventsOf<LaunchRequested>(*copy).first().arguments, QByteArrayList({"/opt/bin/make", "***", "***", "***"}));
        QCOMPARE(eventsOf<ProcessStarted>(*copy).first().arguments, QByteArrayList({"/opt/bin/make", "***"}));
        QCOMPARE(eventsOf<StartFailed>(*copy).first().detail, QByteArray("***"));
    }

    void directoriesAreRemoved()
    {
        redact({.stripDirectories = true});
        const auto copy = openJournal(path("copy.pcapng"));
        const auto launch = eventsOf<LaunchRequested>(*copy).first();
        QCOMPARE(launch.workingDirectory, QByteArray("***"));
        QCOMPARE(launch.arguments.first(), QByteArray("***/make"));
        QCOMPARE(eventsOf<StartFailed>(*copy).first().path, QByteArray("***/hunter2"));
    }

    void valuesOfVariablesAreMaskedInCommandLinesAndOutput()
    {
        m_writer->append(LaunchRequested{LaunchId(9), {"sh", "-c", "exec B='p q' C=r make if", "--x=y", "D=s t"}, {}});
        m_writer->append(m_err, "HOME=/root\nlower=1\ndeclare -x KEY=\"v\"\n");
        redact({.stripEnvironment = true});
        const auto copy = openJournal(path("copy.pcapng"));
        QCOMPARE(eventsOf<LaunchRequested>(*copy).last().arguments,
            QByteArrayList({"sh", "-c", "exec B=***** C=* make if", "--x=y", "D=***"}));
        QCOMPARE(payloadOf(*copy, m_err), QByteArray("err hunter2\nHOME=*****\nlower=1\ndeclare -x KEY=***\n"));
    }

    void theCopySaysThatAndHowItWasRedacted()
    {
        redact({.stripPayload = true, .stripArguments = true, .patterns = {text()}});
        const auto copy = openJournal(path("copy.pcapng"));
        const auto told = eventsOf<Redacted>(*copy);
        QCOMPARE(told.size(), 1);
        QVERIFY(copy->openReport().redacted);
        QVERIFY(told[0].arguments && !told[0].directories);
        QCOMPARE(told[0].patterns[0].name, QByteArray("text 1"));
        QVERIFY(told[0].patterns[0].matches > 0);
        QCOMPARE(told[0].channels.size(), 2);
        QVERIFY(contentOf(path("copy.pcapng")).left(300).contains("Redacted copy: payload of 2 channels replaced"));
        // Again: both are told.
        const auto again = redactRecordingTo(path("again.pcapng"), *copy, {.patterns = {text("one")}});
        QVERIFY(again.ok());
        QCOMPARE(eventsOf<Redacted>(*openJournal(path("again.pcapng"))).size(), 2);
    }

    void aPreviewCountsTheSameAndWritesNothing()
    {
        const RedactionRequest request{.dropChannels = {m_err}, .patterns = {text()}};
        const auto preview = previewRedaction(m_writer->journal(), request);
        QVERIFY(preview.ok());
        const RedactionReport report = redact(request);
        QCOMPARE(preview.value().bytes, 0U);
        QCOMPARE(preview.value().records, report.records);
        QCOMPARE(preview.value().summary.patterns[0].matches, report.summary.patterns[0].matches);
        QCOMPARE(preview.value().summary.channels.size(), report.summary.channels.size());
        QCOMPARE(report.bytes, quint64(contentOf(path("copy.pcapng")).size()));
    }

    void aClosedRecordingIsRedactedAsWell()
    {
        QVERIFY(m_writer->close().ok());
        m_writer.reset();
        const auto journal = openJournal(path("r.pcapng"));
        QVERIFY(redactRecordingTo(path("closed.pcapng"), *journal, {.patterns = {text()}}).ok());
        QVERIFY(!contentOf(path("closed.pcapng")).contains(kSecret));
    }

    void theCopyIsForItsOwnerAndReplacesNeitherTheRecording()
    {
        const mode_t before = umask(0);
        redact({.patterns = {text()}});
        umask(before);
        struct stat info;
        QCOMPARE(stat(QFile::encodeName(path("copy.pcapng")).constData(), &info), 0);
        QCOMPARE(info.st_mode & 0777, 0600U);
        const auto over = redactRecordingTo(path("r.pcapng"), m_writer->journal(), {.patterns = {text()}});
        QVERIFY(!over.ok());
        QCOMPARE(over.error().code, ErrorCode::InvalidArgument);
    }

    void aCancelledRunLeavesNothing()
    {
        const std::atomic<bool> cancelled = true;
        const auto report
            = redactRecordingTo(path("none.pcapng"), m_writer->journal(), {.patterns = {text()}}, {.cancelled = &cancelled});
        QVERIFY(report.ok() && report.value().cancelled);
        QVERIFY(QDir(m_dir.path()).entryList({QStringLiteral("none*")}).isEmpty());
    }

    void whereNothingCanBeWrittenIsTold()
    {
        const auto missing = redactRecordingTo(path("no/such/folder.pcapng"), m_writer->journal(), {.patterns = {text()}});
        QVERIFY(!missing.ok());
        QVERIFY(missing.error().subject.endsWith(QLatin1String("folder.pcapng")));
        QVERIFY(!missing.error().detail.isEmpty());
    }

    void anExpressionThatCannotBeFollowedLeavesNothing()
    {
        m_writer->append(m_out, QByteArray(100'000, 'a') + '\n');
        const auto report = redactRecordingTo(path("costly.pcapng"), m_writer->journal(),
            {.patterns = {std::move(maskExpression(QStringLiteral("(a+)+(b+)+\\1c|(?:a|a)*d"), "expression 1")).value()}});
        QVERIFY(!report.ok());
        QCOMPARE(report.error().subject, QStringLiteral("expression 1"));
        QVERIFY(!QFileInfo::exists(path("costly.pcapng")));
    }

    void otherProgramsReadTheCopy()
    {
        redact({.stripPayload = true, .stripChannels = QSet<ChannelId>{m_err}, .dropChannels = {}, .patterns = {text()}});
        QProcess tshark;
        tshark.start(QStringLiteral("tshark"),
            {QStringLiteral("-r"), path("copy.pcapng"), QStringLiteral("-Tfields"), QStringLiteral("-eframe.interface_name"),
                QStringLiteral("-edata.data")});
        QVERIFY2(tshark.waitForFinished(60'000), "tshark (packages.txt)");
        const QByteArray fields = tshark.readAllStandardOutput();
        QCOMPARE(tshark.exitCode(), 0);
        QVERIFY2(fields.contains("stdout *******(11)\t" + QByteArray("one ***").toHex()), fields.constData());
        QProcess capinfos;
        capinfos.start(QStringLiteral("capinfos"), {path("copy.pcapng")});
        QVERIFY(capinfos.waitForFinished(60'000));
        QCOMPARE(capinfos.exitCode(), 0);
        const QByteArray told = capinfos.readAllStandardOutput();
        QVERIFY2(told.contains("Redacted copy: payload of 1 channels replaced; masked: text 1"), told.constData());
    }
};

QTEST_GUILESS_MAIN(RedactionTest)
#include "redaction_test.moc"
