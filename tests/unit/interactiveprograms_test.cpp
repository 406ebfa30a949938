// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/launch/commandline.h"
#include "core/launch/interactiveprograms.h"

#include <QtTest>

using namespace forkscope;

class InteractiveProgramsTest : public QObject
{
    Q_OBJECT

private slots:
    void programsThatNeedATerminalAreKnown_data()
    {
        QTest::addColumn<bool>("wants");
        for (const char *line : {"htop", "/usr/bin/vim file.txt", "less README", "man ls", "python3", "python3 -q",
                 "python3 -i x.py", "bash", "sh -i", "ssh host", "gdb ./a.out", "sqlite3"})
            QTest::newRow(line) << true;
        for (const char *line : {"make -j2", "python3 script.py", "python3 -c print(1)", "python3 -m http.server",
                 "bash build.sh", "top -b -n1", "ssh host uptime", "cat", "gdb -batch -ex run ./a.out", "vimtutor"})
            QTest::newRow(line) << false;
    }
    void programsThatNeedATerminalAreKnown()
    {
        QFETCH(bool, wants);
        QCOMPARE(wantsTerminal(parseCommandLine(QString::fromUtf8(QTest::currentDataTag())).value().words), wants);
    }
};

QTEST_GUILESS_MAIN(InteractiveProgramsTest)
#include "interactiveprograms_test.moc"
