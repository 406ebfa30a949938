// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/traffic/followstream.h"

#include "tests/gui/guitesting.h"
#include "tests/gui/trafficstory.h"
#include "tests/patience.h"
#include "ui/traffic/bytesview.h"
#include "ui/widgets/format.h"

#include <QComboBox>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>

using namespace forkscope;

namespace {

void choose(QComboBox *box, int row)
{
    box->setCurrentIndex(row);
}

constexpr int kText = 0, kHex = 1, kRaw = 2, kJsonLines = 3;

/// A question and an answer over one connection.
ChannelId tellDialogue(TrafficStory &story)
{
    const ChannelId there = story.open(ChannelKind::Connection, "connection 1 there of client (11)");
    story.start(11, "client");
    story.start(12, "server");
    story.message(there, Operation::Send, 11, 0, "GET / HTTP/1.1\r\n\r\n", 0);
    story.message(there, Operation::Receive, 12, 0, "GET / HTTP/1.1\r\n\r\n", 1, 1'000'000);
    const ChannelId back = story.open(ChannelKind::Connection, "connection 1 back of client (11)");
    story.message(back, Operation::Send, 12, 0, "HTTP/1.1 204 No Content\r\n\r\n", 2);
    story.message(back, Operation::Receive, 11, 0, "HTTP/1.1 204 No Content\r\n\r\n", 3, 1'000'000);
    return back; // of either the stream is the same
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class FollowStreamTest : public QObject
{
    Q_OBJECT

private:
    TestHome m_home;

private slots:
    void aPipeIsOneStreamOfItsPieces()
    {
        TrafficStory story;
        const ChannelId pipe = story.open(ChannelKind::Pipe, "pipe");
        story.piece(pipe, "one\ntw");
        story.piece(pipe, "o\nthree\n");
        TrafficSource source(story.journal());
        FollowStream stream(source, pipe);
        stream.show();
        QTRY_COMPARE(stream.text()->toPlainText(), QStringLiteral("one\ntwo\nthree\n"));
        QVERIFY(!stream.wayBox()->isVisibleTo(&stream));
        story.piece(pipe, "four\n"); // it goes on
        QTRY_COMPARE(stream.text()->toPlainText(), QStringLiteral("one\ntwo\nthree\nfour\n"));
    }

    void bothDirectionsHaveColoursAndMarks()
    {
        TrafficStory story;
        const ChannelId channel = tellDialogue(story);
        TrafficSource source(story.journal());
        FollowStream stream(source, channel);
        stream.show();
        QTRY_VERIFY(stream.text()->toPlainText().contains(QLatin1String("204")));
        const QStringList lines = stream.text()->toPlainText().split(QLatin1Char('\n'));
        QVERIFY2(lines.first().startsWith(QStringLiteral("▶ ")), qPrintable(lines.first()));
        QCOMPARE(lines[1], QStringLiteral("GET / HTTP/1.1"));
        const auto back
            = std::find_if(lines.begin(), lines.end(), [](const QString &line) { return line.startsWith(QStringLiteral("◀ ")); });
        QVERIFY(back != lines.end());
        QCOMPARE(*(back + 1), QStringLiteral("HTTP/1.1 204 No Content"));
        const auto colorOf
            = [&](const QString &text) { return stream.text()->document()->find(text).charFormat().foreground().color(); };
        QVERIFY(colorOf(QStringLiteral("GET")) != colorOf(QStringLiteral("204")));
        choose(stream.wayBox(), 2);
        QTRY_COMPARE(stream.text()->toPlainText(), QStringLiteral("HTTP/1.1 204 No Content\n\n"));
        choose(stream.wayBox(), 1);
        QTRY_COMPARE(stream.text()->toPlainText(), QStringLiteral("GET / HTTP/1.1\n\n"));
    }

    void itIsShownInFourWays()
    {
        TrafficStory story;
        const ChannelId channel = tellDialogue(story);
        TrafficSource source(story.journal());
        FollowStream stream(source, channel);
        stream.show();
        QTRY_VERIFY(stream.text()->toPlainText().contains(QLatin1String("204")));
        choose(stream.formatBox(), kHex);
        QVERIFY(stream.hex()->isVisibleTo(&stream));
        QCOMPARE(stream.hex()->bytes()->read(0, 3), QByteArray("GET"));
        QCOMPARE(stream.hex()->bytes()->size(), 45ull);
        choose(stream.formatBox(), kRaw);
        QTRY_VERIFY(stream.text()->toPlainText().contains(QLatin1String("474554202f")));
        choose(stream.formatBox(), kJsonLines);
        QTRY_VERIFY(stream.text()->toPlainText().startsWith(QLatin1Char('{')));
        const QStringList lines = stream.text()->toPlainText().trimmed().split(QLatin1Char('\n'));
        QCOMPARE(lines.size(), 2);
        const QJsonObject answer = QJsonDocument::fromJson(lines.last().toUtf8()).object();
        QCOMPARE(answer.value(QStringLiteral("direction")).toString(), QStringLiteral("back"));
        QCOMPARE(answer.value(QStringLiteral("text")).toString(), QStringLiteral("HTTP/1.1 204 No Content\r\n\r\n"));
    }

    void aLongStreamIsShownInStretchesAndSearchedAsAWhole()
    {
        TrafficStory story;
        const ChannelId pipe = story.open(ChannelKind::Pipe, "pipe");
        QByteArray all;
        for (int i = 0; i < 300'000; ++i)
            all += "line " + QByteArray::number(i) + '\n';
        for (qsizetype at = 0; at < all.size(); at += 65'536)
            story.piece(pipe, all.mid(at, 65'536));
        TrafficSource source(story.journal());
        FollowStream stream(source, pipe);
        stream.show();
        QTRY_COMPARE(stream.stream().size(StreamWay::Both), quint64(all.size()));
        QTRY_COMPARE(quint64(stream.text()->toPlainText().size()), FollowStream::kPage);
        QVERIFY(stream.laterButton()->isEnabled());
        QVERIFY(!stream.earlierButton()->isEnabled());
        stream.laterButton()->click();
        QTRY_VERIFY(stream.earlierButton()->isEnabled());
        QCOMPARE(stream.text()->toPlainText(), QString::fromLatin1(all.mid(FollowStream::kPage, FollowStream::kPage)));
        stream.find(QStringLiteral("LINE 250001"));
        QTRY_COMPARE(stream.text()->textCursor().selectedText(), QStringLiteral("line 250001"));
        stream.find(QStringLiteral("line 17\n"), true);
        QTRY_VERIFY(stream.text()->textCursor().selectedText().startsWith(QLatin1String("line 17")));
        QTRY_COMPARE(stream.text()->textCursor().selectionStart(), int(all.indexOf("line 17\n")));
    }

    void whatWasFoundIsSelectedBehindMarksAndOtherCharacters()
    {
        TrafficStory story;
        const ChannelId channel = story.open(ChannelKind::Connection, "connection 2 there (11)");
        const ChannelId back = story.open(ChannelKind::Connection, "connection 2 back (11)");
        story.message(channel, Operation::Send, 11, 1, "wo ist 北京? \x01 here", 0);
        story.message(back, Operation::Send, 12, 1, "da: ä needle ä", 1);
        TrafficSource source(story.journal());
        FollowStream stream(source, channel);
        stream.show();
        QTRY_VERIFY(stream.text()->toPlainText().contains(QLatin1String("needle")));
        stream.find(QStringLiteral("needle"));
        QTRY_COMPARE(stream.text()->textCursor().selectedText(), QStringLiteral("needle"));
        stream.find(QStringLiteral("here"));
        QTRY_COMPARE(stream.text()->textCursor().selectedText(), QStringLiteral("here"));
    }

    void theStreamIsSavedForItsOwnerAlone()
    {
        TrafficStory story;
        const ChannelId channel = tellDialogue(story);
        TrafficSource source(story.journal());
        FollowStream stream(source, channel);
        stream.show();
        QSignalSpy told(&stream, &FollowStream::told);
        QTRY_COMPARE(stream.stream().size(StreamWay::Both), 45ull);
        const QString path = story.file(QStringLiteral("stream.bin"));
        choose(stream.formatBox(), kRaw);
        stream.saveTo(path);
        QTRY_COMPARE(told.size(), 1);
        QCOMPARE(contentOf(path), QByteArray("GET / HTTP/1.1\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n"));
        QCOMPARE(int(QFileInfo(path).permissions() & (QFile::ReadGroup | QFile::ReadOther)), 0);
        choose(stream.formatBox(), kHex);
        stream.saveTo(path);
        QTRY_COMPARE(told.size(), 2);
        QVERIFY(contentOf(path).startsWith("000000  47 45 54"));
        QCOMPARE(contentOf(path).count('\n'), 3);
        choose(stream.formatBox(), kJsonLines);
        choose(stream.wayBox(), 1);
        stream.saveTo(path);
        QTRY_COMPARE(told.size(), 3);
        QCOMPARE(contentOf(path).count('\n'), 1);
        stream.saveTo(QStringLiteral("/nonexistent/folder/x"));
        QTRY_COMPARE(told.size(), 4);
        QVERIFY2(told.last().first().toString().contains(QLatin1String("/nonexistent/folder/x")),
            qPrintable(told.last().first().toString()));
    }

    void whatWasNotRecordedIsTold()
    {
        TrafficStory story;
        const ChannelId pipe = story.open(ChannelKind::Pipe, "pipe");
        story.piece(pipe, "begin ");
        story.writer().passOver(pipe, 1000);
        story.piece(pipe, "end");
        TrafficSource source(story.journal());
        FollowStream stream(source, pipe);
        stream.show();
        QTRY_VERIFY(stream.text()->toPlainText().contains(QLatin1String("end")));
        QVERIFY2(stream.text()->toPlainText().contains(QLatin1String("1,000")), qPrintable(stream.text()->toPlainText()));
        QTRY_VERIFY(stream.state()->text().contains(QStringLiteral("⚠ ") + bytesText(1000)));
    }
};

QTEST_MAIN(FollowStreamTest)
#include "followstream_test.moc"
