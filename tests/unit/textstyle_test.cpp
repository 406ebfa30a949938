// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/output/linetext.h"

#include <QtTest>

using namespace forkscope;

namespace {

TextColor indexed(int index)
{
    return {TextColor::Kind::Indexed, quint8(index)};
}

TextColor rgb(int red, int green, int blue)
{
    return {TextColor::Kind::Rgb, 0, quint8(red), quint8(green), quint8(blue)};
}

DisplayText obeyed(QByteArrayView line)
{
    return displayText(line, ControlStyle::Symbols, SequenceHandling::Obey);
}

} // namespace

/// Colours, links and carriage returns in a line.
class TextStyleTest : public QObject
{
    Q_OBJECT

private slots:
    void foregroundsAreUnderstood_data()
    {
        QTest::addColumn<QByteArray>("parameters");
        QTest::addColumn<TextColor>("color");
        const auto row
            = [](const char *parameters, TextColor color) { QTest::newRow(parameters) << QByteArray(parameters) << color; };
        row("31", indexed(1));
        row("97", indexed(15));
        row("1;32", indexed(2));
        row("38;5;196", indexed(196));
        row("38:5:7", indexed(7));
        row("38;2;1;20;255", rgb(1, 20, 255));
        row("38:2:1:20:255", rgb(1, 20, 255));
        row("38:2::1:20:255", rgb(1, 20, 255));
        row("31;39", {});
        row("31;0", {});
        row("31;", {}); // an empty parameter is 0
        row("38;5;300", {});
        row("38;2;1;2", {});
        row("38;5", {});
        row("99999999999999", {});
        row("31;48;5;9", indexed(1)); // 5 and 9 belong to the background
        row("38;2;1;2;3;4", rgb(1, 2, 3));
        row("4;38:5:7", indexed(7)); // a colon later on is no business of the 4
        row("38:2:1:20:255;1", rgb(1, 20, 255));
        row("38:2:1:20:255;31", indexed(1));
        row("58:5:9;32", indexed(2)); // an underline's colour is not known here
    }
    void foregroundsAreUnderstood()
    {
        QFETCH(QByteArray, parameters);
        QFETCH(TextColor, color);
        QVERIFY(withSgr({}, parameters).foreground == color);
    }

    void attributesAreSetAndTakenBack()
    {
        const TextStyle all = withSgr({}, "1;3;4;7;9");
        QVERIFY(all.bold && all.italic && all.underline && all.reverse && all.strikeOut);
        QVERIFY(withSgr(all, "22;23;24;27;29") == TextStyle());
        QVERIFY(withSgr({}, "4:3").underline);
        QVERIFY(!withSgr(all, "4:0").underline);
        const TextStyle plain = withSgr({}, "4;38:5:7");
        QVERIFY(plain.underline && !plain.reverse);
        QVERIFY(withSgr({}, "41").background == indexed(1));
        QVERIFY(withSgr({}, "105").background == indexed(13));
    }

    void colouredTextStandsWithoutItsSequences()
    {
        const DisplayText text = obeyed("a \x1b[31merror\x1b[0m b\n");
        QCOMPARE(text.text, QStringLiteral("a error b"));
        QCOMPARE(text.runs.size(), 1);
        QCOMPARE(text.runs[0].position, 2);
        QCOMPARE(text.runs[0].length, 5);
        QVERIFY(text.runs[0].style.foreground == indexed(1));
        QVERIFY(text.ascii);
        QCOMPARE(text.byteAt(2), 7); // behind the sequence
        QCOMPARE(text.positionOf(7), 2);
        QCOMPARE(text.positionOf(4), 1); // within the sequence: the character before it
    }

    void sequencesCanBeShown() { QCOMPARE(displayText("\x1b[31mx").text, QStringLiteral("\u241b[31mx")); }

    void otherSequencesStayVisible_data()
    {
        QTest::addColumn<QByteArray>("line");
        for (const char *line :
            {"\x1b[5A", "\x1b[1K", "\x1b[?25l", "\x1b]0;title\a", "\x1b[31", "\x1b", "\x1b]8;;http://x", "\x1b]8;x\a"})
            QTest::newRow(QByteArray(line).toPercentEncoding().constData()) << QByteArray(line);
    }
    void otherSequencesStayVisible()
    {
        QFETCH(QByteArray, line);
        QVERIFY(obeyed(line).text.startsWith(QStringLiteral("\u241b")));
    }

    void linksCoverTheirText()
    {
        for (const QByteArray end : {"\a", "\x1b\\"}) {
            const DisplayText text = obeyed("see \x1b]8;id=1;https://example.org/a;b" + end + "here\x1b]8;;" + end + ".");
            QCOMPARE(text.text, QStringLiteral("see here."));
            QCOMPARE(text.runs.size(), 1);
            QCOMPARE(text.runs[0].link, QByteArray("https://example.org/a;b"));
            QCOMPARE(text.runs[0].position, 4);
            QCOMPARE(text.runs[0].length, 4);
        }
    }

    void ofAProgressBarTheLastStateIsShown_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QString>("shown");
        QTest::addColumn<int>("overwritten");
        QTest::newRow("two states") << QByteArray("50 %\r100 %\n") << QStringLiteral("100 %") << 5;
        QTest::newRow("about to be written over") << QByteArray("50 %\r") << QStringLiteral("50 %") << 0;
        QTest::newRow("erased") << QByteArray("50 %\r\x1b[K9 %") << QStringLiteral("9 %") << 5;
        QTest::newRow("erased wholly") << QByteArray("50 %\x1b[2K9 %") << QStringLiteral("9 %") << 8;
        QTest::newRow("CR CR LF") << QByteArray("done\r\r\n") << QStringLiteral("done") << 0;
    }
    void ofAProgressBarTheLastStateIsShown()
    {
        QFETCH(QByteArray, line);
        QFETCH(int, overwritten);
        const DisplayText text = obeyed(line);
        QTEST(text.text, "shown");
        QCOMPARE(text.overwrittenBytes, overwritten);
        for (qsizetype byte = 0; byte <= line.size(); ++byte) // also of what is not shown
            QVERIFY(text.positionOf(byte) >= 0 && text.positionOf(byte) <= text.text.size());
    }

    void obeyedSequencesAreLeftOutOfWhatIsCopied()
    {
        QCOMPARE(withoutObeyedSequences("\x1b[31mred\x1b[0m\tx\r\n50 %\r100 %\n\x1b[5Aup\xff\nopen\r"),
            QByteArray("red\tx\r\n100 %\n\x1b[5Aup\xff\nopen"));
        QCOMPARE(withoutObeyedSequences("nothing to do\n"), QByteArray("nothing to do\n"));
    }

    void everyCutOfALineCanBeShown()
    {
        const QByteArray line = "a\x1b[38;2;1;2;3mb\r\x1b]8;;http://x\x1b\\c\xe4\xb8\xad\x1b[0m\xff\t\x1b[K\n";
        for (qsizetype from = 0; from < line.size(); ++from)
            for (qsizetype length = 0; from + length <= line.size(); ++length) {
                const DisplayText text = obeyed(line.sliced(from, length));
                for (const auto &run : text.runs)
                    QVERIFY(run.position >= 0 && run.length > 0 && run.position + run.length <= text.text.size());
                for (qsizetype i = 0; i <= text.text.size(); ++i)
                    QVERIFY(text.byteAt(i) >= 0 && text.byteAt(i) <= text.byteCount);
            }
    }
};

QTEST_GUILESS_MAIN(TextStyleTest)
#include "textstyle_test.moc"
