// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/blocks.h"
#include "tests/unit/journaltesting.h"

#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtEndian>
#include <QtTest>

using namespace forkscope;

/// Opening recordings: in the background, damaged ones, and those that went through other programs.
class JournalOpenTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_dir;
    QString path(const char *name) const { return m_dir.filePath(QLatin1String(name)); }
    void write(const QString &file, const QByteArray &content) const;
    QByteArray content(const QString &file) const;

private slots:
    void records_appear_in_order_while_the_file_is_read();
    void opening_can_be_given_up_at_once();
    void events_and_messages_come_in_the_order_of_their_numbers_over_many_slots();
    void numbers_that_jump_leave_records_that_cannot_be_read();
    void number_beyond_belief_makes_the_file_foreign();
    void damaged_slot_costs_only_its_own_records();
    void section_header_longer_than_a_slot_is_read_within_the_file();
    void damaged_event_body_is_no_event();
    void time_unit_beyond_belief_is_read();
    void big_endian_file_opens();
    void unknown_blocks_are_skipped();
    void two_recordings_one_behind_the_other_open_as_one();
    void what_editcap_rewrote_opens();
    void what_mergecap_merged_opens();
};

void JournalOpenTest::write(const QString &file, const QByteArray &bytes) const
{
    QFile target(file);
    QVERIFY(target.open(QIODevice::WriteOnly));
    QCOMPARE(target.write(bytes), bytes.size());
}

QByteArray JournalOpenTest::content(const QString &file) const
{
    QFile source(file);
    return source.open(QIODevice::ReadOnly) ? source.readAll() : QByteArray();
}

void JournalOpenTest::records_appear_in_order_while_the_file_is_read()
{
    constexpr quint32 kCount = 200'000;
    {
        const auto writer = createWriter(path("grows"));
        const ChannelId a = writer->openChannel(outputOf("a"));
        for (quint32 i = 0; i < kCount; ++i)
            writer->append(a, numbered(1, i));
    }
    auto opened = Journal::openInBackground(path("grows"));
    QVERIFY(opened.ok());
    const Journal &journal = *opened.value();
    quint64 seen = 0;
    bool whole = false;
    do {
        whole = journal.isWholeFileRead();
        const quint64 count = journal.recordCount();
        QVERIFY(count >= seen);
        QVERIFY(journal.readProgress() >= 0 && journal.readProgress() <= 1);
        for (; seen < count; ++seen) {
            const auto record = journal.read(seen);
            QVERIFY(record);
            QCOMPARE(record->bytes.toByteArray(), numbered(1, quint32(seen)));
        }
    } while (!whole);
    QCOMPARE(seen, quint64(kCount));
    QCOMPARE(journal.channelRecordCount(ChannelId(0)), quint64(kCount));
    QCOMPARE(journal.readProgress(), 1.0);
    QVERIFY(journal.openReport().complete());
}

void JournalOpenTest::opening_can_be_given_up_at_once()
{
    const QString file = path("dropped");
    {
        const auto writer = createWriter(file);
        const ChannelId a = writer->openChannel(outputOf("a"));
        for (quint32 i = 0; i < 50'000; ++i)
            writer->append(a, numbered(1, i));
    }
    for (int i = 0; i < 20; ++i)
        QVERIFY(Journal::openInBackground(file).ok()); // and goes: must neither hang nor crash
}

void JournalOpenTest::events_and_messages_come_in_the_order_of_their_numbers_over_many_slots()
{
    const QString file = path("both");
    {
        const auto writer = createWriter(file);
        const ChannelId a = writer->openChannel(outputOf("a"));
        for (int i = 0; i < 3000; ++i) {
            writer->append(a, QByteArray(10'000, char(i)));
            writer->append(LaunchRequested{LaunchId(quint32(i)), {QByteArray(3000, 'a')}, "/"});
        }
    }
    const auto journal = openJournal(file);
    QVERIFY(!journal->openReport().foreign);
    QCOMPARE(journal->recordCount(), 6000u);
    QCOMPARE(journal->eventCount(), 3000u);
    for (quint64 n = 0; n < 6000; ++n) {
        const auto record = journal->read(n);
        QVERIFY(record);
        QCOMPARE(record->number, n);
        QCOMPARE(record->isEvent(), n % 2 == 1);
    }
}

/// A compact recording of these messages, whose numbers are as given.
static QByteArray recordingWithNumbers(const QList<quint64> &numbers, const QByteArray &payload = "x\n")
{
    QByteArray file = blocks::sectionHeader(1000);
    ChannelInfo info = outputOf("a");
    info.id = ChannelId(0);
    file += blocks::interfaceDescription("a", info.toCbor().toCborValue().toCbor());
    for (const quint64 number : numbers) {
        const auto length = quint32(blocks::messageBlockSize(quint64(payload.size())));
        QByteArray block(qsizetype(length), '\0');
        std::memcpy(block.data() + blocks::kPayloadOffset, payload.constData(), size_t(payload.size()));
        blocks::fillMessage(block.data(), quint64(payload.size()), {number, 5000, ChannelId(0), 0, {}});
        blocks::writeTrailer(block.data(), length);
        blocks::writeHeader(block.data(), {blocks::EnhancedPacket, length});
        file += block;
    }
    return file;
}

void JournalOpenTest::numbers_that_jump_leave_records_that_cannot_be_read()
{
    write(path("jump"), recordingWithNumbers({0, 1, 100'000, 100'001}));
    const auto journal = openJournal(path("jump"));
    QVERIFY(!journal->openReport().foreign);
    QCOMPARE(journal->recordCount(), 100'002u);
    QVERIFY(journal->read(1));
    for (const quint64 n : {2, 3000, 99'999}) {
        QVERIFY(!journal->read(n));
        QCOMPARE(journal->channelOf(n), ChannelId::None);
    }
    QVERIFY(journal->read(100'001));
    QCOMPARE(journal->channelRecordCount(ChannelId(0)), 4u);
}

void JournalOpenTest::number_beyond_belief_makes_the_file_foreign()
{
    for (const quint64 number : {quint64(0xfffffffe), quint64(0xffffffff), ~quint64(0)}) {
        write(path("beyond"), recordingWithNumbers({0, 1, number, 3}));
        const auto journal = openJournal(path("beyond"));
        QVERIFY(journal->openReport().foreign);
        QCOMPARE(journal->recordCount(), 4u);
        QVERIFY(journal->read(3));
    }
}

void JournalOpenTest::damaged_slot_costs_only_its_own_records()
{
    const QString file = path("damaged");
    {
        const auto writer = createWriter(file);
        const ChannelId a = writer->openChannel(outputOf("a"));
        for (int i = 0; i < 150; ++i)
            writer->append(a, QByteArray(100'000, char(i)));
    }
    QByteArray bytes = content(file);
    // The slot header of the second of the payload slots, and what follows it.
    std::memset(bytes.data() + 2 * blocks::kSlotSize, 0xff, 100);
    write(file, bytes);
    const auto journal = openJournal(file);
    QVERIFY(!journal->openReport().foreign);
    QCOMPARE(journal->openReport().cutBytes, blocks::kSlotSize);
    QCOMPARE(journal->recordCount(), 150u);
    int readable = 0;
    for (quint64 n = 0; n < 150; ++n) {
        if (const auto record = journal->read(n)) {
            ++readable;
            QCOMPARE(record->bytes.toByteArray(), QByteArray(100'000, char(n)));
        }
    }
    QVERIFY(readable >= 150 - 42 && readable < 150);
}

void JournalOpenTest::section_header_longer_than_a_slot_is_read_within_the_file()
{
    // Within the file, but beyond the slot in which it stands.
    QByteArray bytes = blocks::sectionHeader(1000);
    const auto length = quint32(blocks::kSlotSize + 4096);
    std::memcpy(bytes.data() + 4, &length, sizeof length);
    bytes.append(qsizetype(blocks::kSlotSize) + 8192 - bytes.size(), '\0');
    const quint32 far[] = {blocks::Filler, 0x7ffffff0}; // leads out of the file
    std::memcpy(bytes.data() + length, far, sizeof far);
    write(path("long"), bytes);
    const auto journal = openJournal(path("long"));
    QCOMPARE(journal->recordCount(), 0u);
    QCOMPARE(journal->openReport().cutBytes, 4096u);
}

void JournalOpenTest::damaged_event_body_is_no_event()
{
    // A map that ends after a key: Qt's parser gives what there is, and crashes when it is asked for the value.
    QVERIFY(!decodeEvent(1, QByteArray("\xa2\x66launch")));
    QVERIFY(!decodeEvent(9,
        QByteArray("\xbf\x65"
                   "first")));
    // A fraction where a whole number belongs, out of the range of any.
    const auto fraction = decodeEvent(1, QByteArray("\xa1\x66launch\xfb\x64\x00\x00\x00\x00\x00\x00\x00", 17));
    QCOMPARE(std::get<LaunchRequested>(fraction.value()).launch, LaunchId::None);
    const auto interface = [](const QByteArray &cbor) {
        const QByteArray block = blocks::interfaceDescription("a", cbor);
        return blocks::parseInterface(block.constData(), quint64(block.size()));
    };
    QVERIFY(!interface("\xbf\x62id")->channel);
}

void JournalOpenTest::time_unit_beyond_belief_is_read()
{
    QCOMPARE(blocks::timeToNs(~quint64(0), 0x80), qint64(9'200'000'000'000'000'000));
    QCOMPARE(blocks::timeToNs(3, 0x81), qint64(1'500'000'000));
    QCOMPARE(blocks::timeToNs(7, 6), qint64(7000));
}

/// Blocks of a section as another machine writes them.
static QByteArray bigEndian(const QList<quint32> &words)
{
    QByteArray bytes;
    for (const quint32 word : words) {
        const quint32 swapped = qToBigEndian(word);
        bytes.append(reinterpret_cast<const char *>(&swapped), 4);
    }
    return bytes;
}

static QByteArray bigEndianRecording()
{
    return bigEndian({0x0A0D0D0A, 28, blocks::kByteOrderMagic, 0x00010000, 0xffffffff, 0xffffffff, 28, //
        1, 20, 1 << 16, 0, 20, //
        6, 36, 0, 0, 7, 4, 4, 0x61626364, 36});
}

void JournalOpenTest::big_endian_file_opens()
{
    write(path("big"), bigEndianRecording());
    const auto journal = openJournal(path("big"));
    QVERIFY(journal->openReport().foreign);
    QVERIFY(journal->openReport().complete());
    QCOMPARE(journal->recordCount(), 1u);
    QCOMPARE(journal->channelCount(), 1u);
    QCOMPARE(journal->read(0)->bytes.toByteArray(), QByteArray("abcd"));
    QCOMPARE(journal->read(0)->timeNs, 7000);
    QCOMPARE(journal->read(0)->channel, ChannelId(0));
}

void JournalOpenTest::unknown_blocks_are_skipped()
{
    const QByteArray known = recordingWithNumbers({0, 1});
    const quint32 unknown[] = {0x00000444, 24, 1, 2, 3, 24};
    const QByteArray stranger(reinterpret_cast<const char *>(unknown), sizeof unknown);
    const quint32 section = qFromLittleEndian<quint32>(known.constData() + 4);
    write(path("unknown"), known.first(section) + stranger + known.sliced(section) + stranger);
    const auto journal = openJournal(path("unknown"));
    QVERIFY(!journal->openReport().foreign);
    QVERIFY(journal->openReport().complete());
    QCOMPARE(journal->recordCount(), 2u);
}

void JournalOpenTest::two_recordings_one_behind_the_other_open_as_one()
{
    write(path("two"), recordingWithNumbers({0, 1}, "first") + bigEndianRecording() + recordingWithNumbers({0}, "third"));
    const auto journal = openJournal(path("two"));
    QVERIFY(journal->openReport().foreign);
    QCOMPARE(journal->channelCount(), 3u);
    QStringList found;
    for (quint64 n = 0; n < journal->recordCount(); ++n)
        found.append(QString::number(quint32(journal->read(n)->channel)) + QString::fromUtf8(journal->read(n)->bytes));
    QCOMPARE(found, QStringLiteral("0first 0first 1abcd 2third").split(u' '));
}

static void run(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.start(program, arguments);
    QVERIFY(process.waitForFinished());
    QVERIFY2(process.exitCode() == 0, process.readAllStandardError().constData());
}

static QStringList messagesOf(const Journal &journal)
{
    QStringList found;
    for (quint64 n = 0; n < journal.recordCount(); ++n)
        if (const auto record = journal.read(n); record && !record->isEvent())
            found.append(QString::fromUtf8(record->bytes));
    return found;
}

static void recordTwoChannels(const QString &file)
{
    const auto writer = createWriter(file);
    const ChannelId out = writer->openChannel(outputOf("stdout"));
    const ChannelId err = writer->openChannel(outputOf("stderr"));
    writer->append(LaunchRequested{LaunchId(7), {"make"}, "/"});
    for (int i = 0; i < 5; ++i) {
        writer->append(out, "out " + QByteArray::number(i));
        writer->append(err, "err " + QByteArray::number(i));
    }
}

void JournalOpenTest::what_editcap_rewrote_opens()
{
    const QString editcap = QStandardPaths::findExecutable(QStringLiteral("editcap"));
    QVERIFY2(!editcap.isEmpty(), "editcap comes with tshark (packages.txt)");
    recordTwoChannels(path("original.pcapng"));
    run(editcap, {path("original.pcapng"), path("same.pcapng")});
    const auto same = openJournal(path("same.pcapng"));
    QVERIFY(same->openReport().complete());
    QCOMPARE(messagesOf(*same), messagesOf(*openJournal(path("original.pcapng"))));
    QCOMPARE(same->channelCount(), 2u);
    // Some packets left out, others cut short.
    run(editcap,
        {QStringLiteral("-s"), QStringLiteral("15"), path("original.pcapng"), path("short.pcapng"), QStringLiteral("2-3")});
    const QStringList shortened = messagesOf(*openJournal(path("short.pcapng")));
    QVERIFY(!shortened.isEmpty());
    for (const QString &message : shortened)
        QVERIFY2(message == QLatin1String("out") || message == QLatin1String("err"), qPrintable(message));
}

void JournalOpenTest::what_mergecap_merged_opens()
{
    const QString mergecap = QStandardPaths::findExecutable(QStringLiteral("mergecap"));
    QVERIFY2(!mergecap.isEmpty(), "mergecap comes with tshark (packages.txt)");
    recordTwoChannels(path("a.pcapng"));
    recordTwoChannels(path("b.pcapng"));
    for (const QStringList &how :
        {QStringList(), QStringList{QStringLiteral("-a")}, QStringList{QStringLiteral("-I"), QStringLiteral("none")}}) {
        run(mergecap, how + QStringList{QStringLiteral("-w"), path("merged.pcapng"), path("a.pcapng"), path("b.pcapng")});
        const auto merged = openJournal(path("merged.pcapng"));
        QVERIFY(merged->openReport().complete());
        QCOMPARE(messagesOf(*merged).size(), 20);
        for (quint64 n = 0; n < merged->recordCount(); ++n) {
            const auto record = merged->read(n);
            QVERIFY(record && (record->isEvent() || record->channel != ChannelId::None));
        }
    }
}

QTEST_GUILESS_MAIN(JournalOpenTest)
#include "journalopen_test.moc"
