// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/output/lineexport.h"

#include "tests/unit/recordedoutput.h"

#include <QRegularExpression>
#include <QXmlStreamReader>

using namespace forkscope;

class LineFormatTest : public QObject
{
    Q_OBJECT

    static QByteArray exported(const RecordedOutput &recorded, LineFormat format)
    {
        QByteArray bytes;
        const LineFilter all(*recorded.index, {});
        exportLines(
            all, {.lastLine = ~0ull, .endByte = ~0u},
            [&](QByteArrayView piece, quint64) {
                bytes += piece;
                return true;
            },
            format);
        return bytes;
    }

private slots:
    void stampsTellTimeStreamAndProcess()
    {
        RecordedOutput recorded;
        recorded.write(recorded.out, "\x1b[31mred\x1b[0m\r\n10 %\r20 %");
        recorded.write(recorded.err, "oops\n");
        QVERIFY(recorded.wait());
        const QStringList lines = QString::fromUtf8(exported(recorded, LineFormat::Stamped)).split(u'\n');
        QCOMPARE(lines.size(), 4); // the last is empty
        static const QRegularExpression time(QStringLiteral("^\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{6} "));
        for (int i = 0; i < 3; ++i)
            QVERIFY2(time.match(lines[i]).hasMatch(), qPrintable(lines[i]));
        QCOMPARE(lines[0].mid(27), QStringLiteral("stdout make(4711): red"));
        QCOMPARE(lines[1].mid(27), QStringLiteral("stdout make(4711): 20 %"));
        QCOMPARE(lines[2].mid(27), QStringLiteral("stderr make(4711): oops"));
    }

    void aPageHasTheColoursAndTellsStderr()
    {
        RecordedOutput recorded;
        recorded.write(recorded.out, "\x1b[1;38;2;1;2;3mbold\x1b[0m \x1b[31mred\x1b[0m \x1b[48;5;232mgrey\x1b[0m\n");
        recorded.write(recorded.err, "oops\n");
        QVERIFY(recorded.wait());
        const QByteArray page = exported(recorded, LineFormat::Html);
        QVERIFY(page.contains("<span style=\"color:#010203;font-weight:bold;\">bold</span> "));
        QVERIFY(page.contains("<span style=\"color:var(--c1);\">red</span>"));
        QVERIFY(page.contains("<span style=\"background:#080808;\">grey</span>"));
        QVERIFY(page.contains("class=\"stderr\""));
        QVERIFY(page.contains(">oops</span>\n"));
    }

    /// What a program writes is text of the page, never a part of it.
    void nothingOfAProgramIsMarkup()
    {
        RecordedOutput recorded;
        recorded.write(recorded.out, "<script>alert(1)</script> & \"quotes\"\n");
        recorded.write(recorded.out, "\x1b]8;;javascript:alert(1)\x1b\\a\x1b]8;;\x1b\\\n");
        recorded.write(recorded.out, "\x1b]8;;https://example.org/?a=1&b=\"\x1b\\b\x1b]8;;\x1b\\\n");
        recorded.write(recorded.out, "\x1b]8;;https://example.org/?a=1&b=2\x1b\\c\x1b]8;;\x1b\\\n");
        QVERIFY(recorded.wait());
        const QByteArray page = exported(recorded, LineFormat::Html);
        QVERIFY(!page.contains("<script"));
        QVERIFY(!page.contains("javascript:"));
        QVERIFY(page.contains("<a href=\"https://example.org/?a=1&amp;b=2\"><span>c</span></a>"));
        // Well formed, so that no attribute is left open.
        QXmlStreamReader body(page.sliced(page.indexOf("<pre>")).replace("</body></html>", ""));
        while (!body.atEnd())
            body.readNext();
        QVERIFY2(!body.hasError(), qPrintable(body.errorString()));
    }
};

QTEST_GUILESS_MAIN(LineFormatTest)
#include "lineformat_test.moc"
