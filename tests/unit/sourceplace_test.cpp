// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/output/sourceplace.h"

#include <QtTest>

using namespace forkscope;

class SourcePlaceTest : public QObject
{
    Q_OBJECT

private slots:
    void placesAreFoundAsToolsWriteThem_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("places"); // file|line|column|the text that is the place; next
        const auto row = [](const char *name, const char *text, const char *places) {
            QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(places);
        };
        row("gcc", "../src/a-b.cpp:12:34: error: no", "../src/a-b.cpp|12|34|../src/a-b.cpp:12:34");
        row("grep", "core/x.h:7:int main()", "core/x.h|7|1|core/x.h:7");
        row("gdb", "at /usr/src/main.c:1234", "/usr/src/main.c|1234|1|/usr/src/main.c:1234");
        row("python", "  File \"/home/a b/x.py\", line 3, in <module>", "/home/a b/x.py|3|1|File \"/home/a b/x.py\", line 3");
        row("tsc", "src/app.ts(12,5): error TS2322", "src/app.ts|12|5|src/app.ts(12,5)");
        row("msvc", "main.cpp(88): warning", "main.cpp|88|1|main.cpp(88)");
        row("make", "Makefile:12: *** missing separator.", "Makefile|12|1|Makefile:12");
        row("java", "\tat org.x.Main.main(Main.java:42)", "Main.java|42|1|Main.java:42");
        row("javascript", "    at f (/srv/app.js:10:15)", "/srv/app.js|10|15|/srv/app.js:10:15");
        row("rust", "  --> src/main.rs:2:5", "src/main.rs|2|5|src/main.rs:2:5");
        row("two", "a.c:1 from b.c:2,", "a.c|1|1|a.c:1; b.c|2|1|b.c:2");
        row("wide", "错误：主程序.cpp:9：缺少分号", "主程序.cpp|9|1|主程序.cpp:9");
        row("line 0 is the first", "x.c:0", "x.c|1|1|x.c:0");
        row("time", "12:30:45 started", "");
        row("address", "listening on 127.0.0.1:8080 and localhost:80", "");
        row("web", "see https://example.org:443 and http://h/x", "");
        row("ratio", "cache 3:1, scope::name(12)", "");
        row("call", "f(12) printf(1, 2)", "");
        row("number too large", "x.c:99999999999", "");
        row("empty", "", "");
    }
    void placesAreFoundAsToolsWriteThem()
    {
        QFETCH(QString, text);
        QFETCH(QString, places);
        QStringList found;
        for (const SourcePlace &place : sourcePlacesIn(text))
            found.append(QStringLiteral("%1|%2|%3|%4")
                             .arg(place.file, QString::number(place.line), QString::number(place.column),
                                 text.mid(place.position, place.length)));
        QCOMPARE(found.join(QLatin1String("; ")), places);
    }

    void aLongLineIsLookedAtInItsFirstPartOnly()
    {
        QCOMPARE(sourcePlacesIn(QString(5000, u' ') + QStringLiteral("a.c:1")).size(), 0);
        QCOMPARE(sourcePlacesIn(QStringLiteral("a.c:1 ") + QString(1'000'000, u'/')).size(), 1);
    }
};

QTEST_GUILESS_MAIN(SourcePlaceTest)
#include "sourceplace_test.moc"
