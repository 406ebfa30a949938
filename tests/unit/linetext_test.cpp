// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/output/linetext.h"

#include "core/output/utf8.h"

#include <QtTest>

using namespace forkscope;
using Kind = DisplayText::Kind;

class LineTextTest : public QObject
{
    Q_OBJECT

private slots:
    void plainAsciiStaysAsItIs();
    void theLineEndIsNotShown_data();
    void theLineEndIsNotShown();
    void bytesThatAreNotUtf8AreShownByNumber_data();
    void bytesThatAreNotUtf8AreShownByNumber();
    void everyInvalidByteKeepsItsPlace();
    void controlCharactersAreVisible();
    void controlCharactersCanStandAsCarets();
    void whatWouldHideOrTurnTextIsShown();
    void tabsReachTheNextStop_data();
    void tabsReachTheNextStop();
    void positionsAndBytesAgree();
    void clipboardTextKeepsTabsAndEscapesBytes();
    void greatestAndSmallestCharactersOfEachLengthAreValid();
};

void LineTextTest::plainAsciiStaysAsItIs()
{
    const DisplayText text = displayText("hello, world\n");
    QCOMPARE(text.text, QStringLiteral("hello, world"));
    QVERIFY(text.ascii);
    QVERIFY(text.marks.isEmpty());
    QCOMPARE(text.byteCount, 12);
    QCOMPARE(text.byteAt(5), 5);
    QCOMPARE(text.byteAt(99), 12);
}

void LineTextTest::theLineEndIsNotShown_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("shown");
    QTest::newRow("LF") << QByteArray("a\n") << QStringLiteral("a");
    QTest::newRow("CR LF") << QByteArray("a\r\n") << QStringLiteral("a");
    QTest::newRow("only CR LF") << QByteArray("\r\n") << QString();
    QTest::newRow("no end") << QByteArray("a") << QStringLiteral("a");
    QTest::newRow("CR without LF") << QByteArray("50 %\r100 %\r") << QStringLiteral("50 %\u240d100 %\u240d");
    QTest::newRow("nothing") << QByteArray() << QString();
}

void LineTextTest::theLineEndIsNotShown()
{
    QFETCH(QByteArray, line);
    QTEST(displayText(line).text, "shown");
}

void LineTextTest::bytesThatAreNotUtf8AreShownByNumber_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("shown");
    QTest::newRow("never valid") << QByteArray("a\xff"
                                               "b\xfe")
                                 << QStringLiteral("a\\xFFb\\xFE");
    QTest::newRow("continuation alone") << QByteArray("\x80 \xbf") << QStringLiteral("\\x80 \\xBF");
    QTest::newRow("sequence cut off at the end") << QByteArray("\xe2\x82") << QStringLiteral("\\xE2\\x82");
    QTest::newRow("sequence cut off by ASCII") << QByteArray("\xe2\x82z") << QStringLiteral("\\xE2\\x82z");
    QTest::newRow("sequence cut off by a new one") << QByteArray("\xf0\x9f\xc3\xa9") << QStringLiteral("\\xF0\\x9F\u00e9");
    QTest::newRow("overlong slash, two bytes") << QByteArray("\xc0\xaf") << QStringLiteral("\\xC0\\xAF");
    QTest::newRow("overlong slash, three bytes") << QByteArray("\xe0\x80\xaf") << QStringLiteral("\\xE0\\x80\\xAF");
    QTest::newRow("overlong, four bytes") << QByteArray("\xf0\x8f\xbf\xbf") << QStringLiteral("\\xF0\\x8F\\xBF\\xBF");
    QTest::newRow("surrogate") << QByteArray("\xed\xa0\x80") << QStringLiteral("\\xED\\xA0\\x80");
    QTest::newRow("beyond Unicode") << QByteArray("\xf4\x90\x80\x80") << QStringLiteral("\\xF4\\x90\\x80\\x80");
    QTest::newRow("Latin-1") << QByteArray("caf\xe9 noir") << QStringLiteral("caf\\xE9 noir");
}

void LineTextTest::bytesThatAreNotUtf8AreShownByNumber()
{
    QFETCH(QByteArray, line);
    const DisplayText text = displayText(line);
    QTEST(text.text, "shown");
    QVERIFY(!text.marks.isEmpty());
    for (const auto &mark : text.marks) {
        QCOMPARE(mark.kind, Kind::Invalid);
        QVERIFY(text.text.mid(mark.position, mark.length).startsWith(QStringLiteral("\\x")));
    }
}

void LineTextTest::everyInvalidByteKeepsItsPlace()
{
    const DisplayText text = displayText("a\xff\xfe"
                                         "b");
    QCOMPARE(text.marks, (QList<DisplayText::Mark>{{1, 8, Kind::Invalid}}));
    QCOMPARE(text.byteAt(1), 1);
    QCOMPARE(text.byteAt(4), 1);
    QCOMPARE(text.byteAt(5), 2);
    QCOMPARE(text.byteAt(9), 3);
    QCOMPARE(text.positionOf(2), 5);
    QCOMPARE(text.positionOf(3), 9);
}

void LineTextTest::controlCharactersAreVisible()
{
    const DisplayText text = displayText(QByteArrayView("\0x\x1b[31m\x7f", 8));
    QCOMPARE(text.text, QStringLiteral("\u2400x\u241b[31m\u2421"));
    QCOMPARE(text.marks, (QList<DisplayText::Mark>{{0, 1, Kind::Control}, {2, 1, Kind::Control}, {7, 1, Kind::Control}}));
    QVERIFY(!text.ascii);
}

void LineTextTest::controlCharactersCanStandAsCarets()
{
    const DisplayText text = displayText(QByteArrayView("\0x\x1b[31m\x7f", 8), ControlStyle::Carets);
    QCOMPARE(text.text, QStringLiteral("^@x^[[31m^?"));
    QCOMPARE(text.marks, (QList<DisplayText::Mark>{{0, 2, Kind::Control}, {3, 2, Kind::Control}, {9, 2, Kind::Control}}));
    QVERIFY(text.ascii);
    QCOMPARE(text.byteAt(4), 2);
    QCOMPARE(text.byteAt(5), 3);
}

void LineTextTest::whatWouldHideOrTurnTextIsShown()
{
    QCOMPARE(displayText("a\u202e"
                         "b\u0085")
                 .text,
        QStringLiteral("a<U+202E>b<U+0085>"));
}

void LineTextTest::tabsReachTheNextStop_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("shown");
    QTest::newRow("at the start") << QByteArray("\tx") << QStringLiteral("        x");
    QTest::newRow("after three") << QByteArray("abc\tx") << QStringLiteral("abc     x");
    QTest::newRow("after seven") << QByteArray("abcdefg\tx") << QStringLiteral("abcdefg x");
    QTest::newRow("after eight") << QByteArray("abcdefgh\tx") << QStringLiteral("abcdefgh        x");
    QTest::newRow("after a wide character") << QByteArray("\u4e2d\u6587\tx") << QStringLiteral("\u4e2d\u6587    x");
    QTest::newRow("after a combining character") << QByteArray("e\u0301\tx") << QStringLiteral("e\u0301       x");
    QTest::newRow("after an invalid byte") << QByteArray("\xff\tx") << QStringLiteral("\\xFF    x");
}

void LineTextTest::tabsReachTheNextStop()
{
    QFETCH(QByteArray, line);
    QTEST(displayText(line).text, "shown");
}

void LineTextTest::positionsAndBytesAgree()
{
    const QByteArray line = "\t\u4e2d\U0001f600x\n";
    const DisplayText text = displayText(line);
    QCOMPARE(text.text.size(), 8 + 1 + 2 + 1);
    QCOMPARE(text.byteAt(7), 0);
    QCOMPARE(text.byteAt(8), 1);
    QCOMPARE(text.byteAt(9), 4);
    QCOMPARE(text.byteAt(10), 4); // second half of the surrogate pair
    QCOMPARE(text.byteAt(11), 8);
    QCOMPARE(text.byteAt(12), 9);
    QCOMPARE(text.positionOf(2), 8); // within a character
    QCOMPARE(text.positionOf(4), 9);
    QCOMPARE(text.positionOf(8), 11);
    QCOMPARE(text.positionOf(10), 12);
}

void LineTextTest::clipboardTextKeepsTabsAndEscapesBytes()
{
    QCOMPARE(plainText("a\tb\u4e2d\n"), QStringLiteral("a\tb\u4e2d\n"));
    QCOMPARE(plainText(QByteArrayView("\xff\0\x1b", 3)), QStringLiteral("\\xFF\u2400\u001b"));
}

void LineTextTest::greatestAndSmallestCharactersOfEachLengthAreValid()
{
    for (const char32_t code : {0x0u, 0x7fu, 0x80u, 0x7ffu, 0x800u, 0xd7ffu, 0xe000u, 0xffffu, 0x10000u, 0x10ffffu}) {
        const QByteArray bytes = QString::fromUcs4(&code, 1).toUtf8();
        const auto character = firstCharacter(bytes);
        QCOMPARE(character.code, code);
        QCOMPARE(character.length, bytes.size());
    }
}

QTEST_GUILESS_MAIN(LineTextTest)
#include "linetext_test.moc"
