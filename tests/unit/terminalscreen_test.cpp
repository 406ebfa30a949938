// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/terminal/terminalscreen.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QtTest>

using namespace forkscope;

class TerminalScreenTest : public QObject
{
    Q_OBJECT

    static QString screenText(const TerminalScreen &screen)
    {
        QStringList lines;
        for (int row = 0; row < screen.rows(); ++row)
            lines.append(textOf(screen.line(screen.scrollbackCount() + row)));
        while (!lines.isEmpty() && lines.last().isEmpty())
            lines.removeLast();
        return lines.join(u'\n');
    }

private slots:
    void textIsWhereItWasWritten()
    {
        TerminalScreen screen(20, 5);
        screen.write("one\r\ntwo\x1b[4;3Hfour");
        QCOMPARE(screenText(screen), QStringLiteral("one\ntwo\n\n  four"));
        QCOMPARE(screen.cursor().row, 3);
        QCOMPARE(screen.cursor().column, 6);
    }

    void longLinesWrap()
    {
        TerminalScreen screen(5, 5);
        screen.write("abcdefg");
        QCOMPARE(screenText(screen), QStringLiteral("abcde\nfg"));
    }

    void coloursAreTold()
    {
        TerminalScreen screen(20, 2);
        screen.write("a\x1b[31mb\x1b[38;5;200mc\x1b[48;2;1;2;3md\x1b[1;3;4;5;7;9me\x1b[0mf");
        const TerminalLine line = screen.line(0);
        QCOMPARE(line[0].foreground, TextColor());
        QCOMPARE(line[1].foreground, (TextColor{TextColor::Kind::Indexed, 1}));
        QCOMPARE(line[2].foreground, (TextColor{TextColor::Kind::Indexed, 200}));
        QCOMPARE(line[3].background, (TextColor{TextColor::Kind::Rgb, 0, 1, 2, 3}));
        QVERIFY(line[4].bold && line[4].italic && line[4].underline && line[4].blink && line[4].reverse && line[4].strike);
        QCOMPARE(line[5].background, TextColor());
        QVERIFY(!line[5].bold);
    }

    void wideAndCombiningCharactersKeepTheirCells()
    {
        TerminalScreen screen(20, 2);
        screen.write(QStringLiteral("进e\u0301x").toUtf8());
        const TerminalLine line = screen.line(0);
        QCOMPARE(line[0].width, 2);
        QCOMPARE(line[1].width, 0);
        QCOMPARE(line[2].mark, char32_t(0x301));
        QCOMPARE(line[3].character, U'x');
        QCOMPARE(textOf(line), QStringLiteral("进e\u0301x"));
    }

    void whatLeavesTheScreenIsScrolledBackTo()
    {
        TerminalScreen screen(20, 3);
        for (int i = 0; i < 10; ++i)
            screen.write("line " + QByteArray::number(i) + "\r\n");
        QCOMPARE(screen.scrollbackCount(), 8);
        QCOMPARE(textOf(screen.line(0)), QStringLiteral("line 0"));
        QCOMPARE(textOf(screen.line(9)), QStringLiteral("line 9"));
    }

    void scrollbackIsBounded()
    {
        TerminalScreen screen(20, 3);
        for (int i = 0; i < TerminalScreen::kMostScrollback + 100; ++i)
            screen.write(QByteArray::number(i) + "\r\n");
        QCOMPARE(screen.scrollbackCount(), TerminalScreen::kMostScrollback);
        QCOMPARE(screen.scrolledOff(), 98);
        QCOMPARE(textOf(screen.line(0)), QStringLiteral("98"));
    }

    void theAlternateScreenLeavesTheFirstAsItWas()
    {
        TerminalScreen screen(20, 3);
        screen.write("shell");
        screen.write("\x1b[?1049h\x1b[Heditor");
        QVERIFY(screen.isAlternate());
        QVERIFY(screenText(screen).contains(QStringLiteral("editor")));
        screen.write("\x1b[?1049l");
        QVERIFY(!screen.isAlternate());
        QCOMPARE(screenText(screen), QStringLiteral("shell"));
    }

    void growingBringsLinesBackFromTheScrollback()
    {
        TerminalScreen screen(20, 3);
        screen.write("\x1b[32m1\r\n2\r\n3\r\n4\r\n5");
        QCOMPARE(screen.scrollbackCount(), 2);
        screen.resize(30, 5);
        QCOMPARE(screen.scrollbackCount(), 0);
        QCOMPARE(screenText(screen), QStringLiteral("1\n2\n3\n4\n5"));
        QCOMPARE(screen.line(0)[0].foreground.index, 2);
        screen.resize(10, 2);
        QCOMPARE(textOf(screen.line(screen.scrollbackCount() + 1)), QStringLiteral("5"));
    }

    void titleCursorAndMouseAreTold()
    {
        TerminalScreen screen(20, 3);
        screen.write("\x1b]2;a title\x07\x1b[?25l\x1b[5 q\x1b[?1002h");
        QCOMPARE(screen.title(), QStringLiteral("a title"));
        QVERIFY(!screen.cursor().visible);
        QCOMPARE(screen.cursor().shape, TerminalScreen::Cursor::Shape::Bar);
        QCOMPARE(screen.mouse(), TerminalScreen::Mouse::Drag);
    }

    void questionsAreAnswered()
    {
        TerminalScreen screen(20, 3);
        screen.write("ab\x1b[6n");
        QCOMPARE(screen.takeOutput(), "\x1b[1;3R");
        QCOMPARE(screen.takeOutput(), "");
    }

    void keysAreWhatProgramsExpect()
    {
        TerminalScreen screen(20, 3);
        const auto key = [&](TerminalKey code, TerminalModifiers modifiers = {}) {
            screen.pressKey(code, modifiers);
            return screen.takeOutput();
        };
        QCOMPARE(key(TerminalKey::Enter), "\r");
        QCOMPARE(key(TerminalKey::Backspace), "\x7f");
        QCOMPARE(key(TerminalKey::Up), "\x1b[A");
        QCOMPARE(key(TerminalKey::Up, {false, false, true}), "\x1b[1;5A");
        QCOMPARE(key(TerminalKey::F1), "\x1bOP");
        QCOMPARE(key(TerminalKey(int(TerminalKey::F1) + 4)), "\x1b[15~");
        screen.write("\x1b[?1h"); // application cursor keys, as less and vim ask for
        QCOMPARE(key(TerminalKey::Up), "\x1bOA");
        screen.typeCharacter(U'c', {false, false, true});
        QCOMPARE(screen.takeOutput(), "\x03");
        screen.typeCharacter(U'进', {});
        QCOMPARE(screen.takeOutput(), QStringLiteral("进").toUtf8());
    }

    void controlKeysAreTheBytesThatEveryProgramKnows()
    {
        TerminalScreen screen(20, 3);
        const auto typed = [&](char32_t character, TerminalModifiers modifiers) {
            screen.typeCharacter(character, modifiers);
            return screen.takeOutput();
        };
        const TerminalModifiers control{false, false, true};
        QCOMPARE(typed(U'j', control), "\n");
        QCOMPARE(typed(U'm', control), "\r");
        QCOMPARE(typed(U'h', control), "\b");
        QCOMPARE(typed(U'i', control), "\t");
        QCOMPARE(typed(U'[', control), "\x1b");
        QCOMPARE(typed(U'\\', control), "\x1c");
        QCOMPARE(typed(U' ', control), QByteArray(1, '\0'));
        QCOMPARE(typed(U'h', {false, true, true}), "\x1b\b");
        const auto pressed = [&](TerminalKey key, TerminalModifiers modifiers) {
            screen.pressKey(key, modifiers);
            return screen.takeOutput();
        };
        QCOMPARE(pressed(TerminalKey::Enter, {true, false, false}), "\r");
        QCOMPARE(pressed(TerminalKey::Enter, control), "\r");
        QCOMPARE(pressed(TerminalKey::Backspace, {true, false, false}), "\x7f");
        QCOMPARE(pressed(TerminalKey::Backspace, control), "\b");
        QCOMPARE(pressed(TerminalKey::Escape, {true, false, false}), "\x1b");
        QCOMPARE(pressed(TerminalKey::Tab, {true, false, false}), "\x1b[Z");
    }

    void pastingIsBracketedWhereItWasAskedFor()
    {
        TerminalScreen screen(20, 3);
        screen.paste(QStringLiteral("a\nb\x1b[201~c"));
        QCOMPARE(screen.takeOutput(), "a\rb[201~c");
        screen.write("\x1b[?2004h");
        screen.paste(QStringLiteral("x"));
        QCOMPARE(screen.takeOutput(), "\x1b[200~x\x1b[201~");
    }

    void aRepeatedCharacterIsWrittenOut()
    {
        TerminalScreen screen(10, 6);
        screen.write("\x1b[5b"); // of nothing
        screen.write("x\x1b[3b\r\n");
        screen.write(QStringLiteral("进\x1b[").toUtf8());
        screen.write("2");
        screen.write("b\x1b[2;9H");
        screen.write(QStringLiteral("进\x1b[9b").toUtf8()); // beyond the end of the line
        QVERIFY2(screenText(screen).startsWith(QStringLiteral("xxxx\n进进进  进\n进进")), qPrintable(screenText(screen)));
    }

    void noBytesBreakIt_data()
    {
        QTest::addColumn<int>("seed");
        for (const int seed : {1, 2, 3, 42})
            QTest::addRow("%d", seed) << seed;
    }
    void noBytesBreakIt()
    {
        QFETCH(int, seed);
        QRandomGenerator random{quint32(seed)};
        TerminalScreen screen(80, 24);
        for (int round = 0; round < 200; ++round) {
            QByteArray noise;
            for (int i = 0; i < 5000; ++i) {
                const quint32 dice = random.bounded(100);
                noise += dice < 15 ? QByteArray("\x1b[")
                    : dice < 25    ? QByteArray::number(random.bounded(1000)) + char(random.bounded(64, 127))
                                   : QByteArray(1, char(random.bounded(256)));
            }
            screen.write(noise);
            if (round % 10 == 0)
                screen.resize(int(random.bounded(1, 200)), int(random.bounded(1, 60)));
            for (int i = 0; i < screen.scrollbackCount() + screen.rows(); i += 97)
                (void)textOf(screen.line(i));
        }
        screen.write("\x1b[!p\x1b"
                     "c\x1b[2J\x1b[Hstill there");
        QVERIFY(screenText(screen).contains(QStringLiteral("still there")));
    }
};

QTEST_GUILESS_MAIN(TerminalScreenTest)
#include "terminalscreen_test.moc"
