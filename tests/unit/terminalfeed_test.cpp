// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/terminal/terminalfeed.h"

#include "core/journal/journalwriter.h"
#include "core/terminal/terminalscreen.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

using namespace forkscope;

/// What is read of a terminal that writes more than anybody can look at.
class TerminalFeedTest : public QObject
{
    Q_OBJECT

    /// Memory that is ours alone, in bytes: without the mapped recording.
    static qint64 ownMemory()
    {
        QFile status(QStringLiteral("/proc/self/status"));
        if (!status.open(QIODevice::ReadOnly))
            return -1;
        for (const QByteArray &line : status.readAll().split('\n'))
            if (line.startsWith("RssAnon:"))
                return line.simplified().split(' ').value(1).toLongLong() * 1024;
        return -1;
    }

private slots:
    void twoHundredMegabytesLeaveTheEndOnTheScreenAndMemoryBounded()
    {
        QTemporaryDir directory;
        auto created = JournalWriter::create(directory.filePath(QStringLiteral("t.pcapng")), {64 * 1024 * 1024});
        QVERIFY(created);
        const auto writer = std::move(created).value();
        const ChannelId channel
            = writer->openChannel({ChannelId::None, ChannelKind::Terminal, LaunchId(1), {11, 12}, "terminal flood(11)"});
        TerminalFeed feed(writer->journal(), channel, true, 80, 24);

        QByteArray piece;
        for (int i = 0; piece.size() < 64 * 1024; ++i)
            piece += "line " + QByteArray::number(i).rightJustified(60, '.') + "\r\n";
        const auto write = [&](qint64 bytes) {
            for (qint64 done = 0; done < bytes; done += piece.size()) {
                writer->append(channel, piece);
                feed.advance();
            }
        };
        // The scrollback is full, and whatever is allocated once is there.
        write(20'000'000);
        QTRY_VERIFY(!feed.isBehind());
        const qint64 before = ownMemory();
        QVERIFY(before > 0);

        write(200'000'000);
        writer->append(channel, "\r\nthe end");
        feed.advance();
        QTRY_VERIFY(!feed.isBehind());
        const auto lastLine = [&feed] {
            QString last;
            feed.with([&last](const TerminalScreen &screen) {
                for (int i = 0; i < screen.scrollbackCount() + screen.rows(); ++i)
                    if (const QString text = textOf(screen.line(i)); !text.isEmpty())
                        last = text;
            });
            return last;
        };
        QTRY_COMPARE(lastLine(), QStringLiteral("the end"));
        QVERIFY(feed.skippedBytes() > 0); // and it is told
        const qint64 grown = ownMemory() - before;
        QVERIFY2(grown < 32 * 1024 * 1024, qPrintable(QStringLiteral("%1 bytes").arg(grown)));
    }

    void itShowsTheScreenBeforeAnyRecordForwardAndBackward()
    {
        QTemporaryDir directory;
        const auto writer = std::move(JournalWriter::create(directory.filePath(QStringLiteral("t.pcapng")))).value();
        const ChannelId channel
            = writer->openChannel({ChannelId::None, ChannelKind::Terminal, LaunchId(1), {11, 12}, "terminal count(11)"});
        QList<quint64> records;
        for (int i = 0; i < 500; ++i)
            records.append(*writer->append(channel,
                "\x1b[H" + QByteArray::number(i) + " of it\x1b[" + QByteArray::number(i % 20 + 2) + ";1Hrow "
                    + QByteArray::number(i)));
        TerminalFeed feed(writer->journal(), channel, false, 80, 24);
        QSignalSpy changed(&feed, &TerminalFeed::changed);
        const auto text = [](const TerminalScreen &screen) {
            QStringList lines;
            for (int row = 0; row < screen.rows(); ++row)
                lines.append(textOf(screen.line(screen.scrollbackCount() + row)));
            return lines;
        };
        for (const int count : {100, 400, 50, 51, 499, 1, 0, 250}) {
            feed.setEndRecord(count < 500 ? records[count] : std::optional<quint64>());
            TerminalScreen truth(80, 24);
            for (int i = 0; i < count; ++i)
                truth.write(writer->journal().read(records[i])->bytes);
            QTRY_VERIFY(!feed.isBehind());
            QStringList shown;
            feed.with([&](const TerminalScreen &screen) { shown = text(screen); });
            QCOMPARE(shown, text(truth));
            QTRY_VERIFY(!changed.isEmpty());
            changed.clear();
        }
        feed.setEndRecord({});
        QTRY_VERIFY(!feed.isBehind());
        feed.with([&](const TerminalScreen &screen) { QVERIFY(textOf(screen.line(0)).startsWith(QStringLiteral("499"))); });
    }
};

QTEST_GUILESS_MAIN(TerminalFeedTest)
#include "terminalfeed_test.moc"
