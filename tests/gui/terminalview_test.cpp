// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/guitesting.h"
#include "tests/gui/stallmeter.h"

#include "core/journal/journalwriter.h"
#include "ui/launch/launchbar.h"
#include "ui/mainwindow.h"
#include "ui/monitor/processmodel.h"
#include "ui/monitor/processview.h"
#include "ui/terminal/terminalpage.h"
#include "ui/terminal/terminalview.h"

#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QRegularExpression>
#include <QScrollBar>
#include <QStandardPaths>
#include <QTabWidget>
#include <QToolButton>

#include <algorithm>
#include <cmath>

using namespace forkscope;

class TerminalViewTest : public QObject
{
    Q_OBJECT

    TestHome m_home;
    std::unique_ptr<MainWindow> m_window;

    TerminalView *view() const { return m_window->terminal()->view(); }
    QString screen() const { return view()->visibleText(); }
    void type(const QString &text)
    {
        QTest::keyClicks(view(), text);
        QTest::keyClick(view(), Qt::Key_Return);
    }
    void launch(const QByteArrayList &arguments)
    {
        LaunchSpec spec;
        spec.arguments = arguments;
        spec.standardInput.kind = spec.standardOutput.kind = spec.standardError.kind = StreamTarget::Kind::Pty;
        const LaunchId id = m_window->launch(spec);
        QTRY_COMPARE(m_window->terminal()->launch(), id);
    }
    void lookAtTheTerminal() { m_window->findChild<QTabWidget *>()->setCurrentWidget(m_window->terminal()); }

private slots:
    void init()
    {
        auto session = Session::create();
        QVERIFY(session);
        m_window = std::make_unique<MainWindow>(std::move(session).value());
        m_window->resize(1280, 720);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    }
    void cleanup()
    {
        if (QTest::currentTestFailed())
            qInfo("the screen:\n%s", qPrintable(screen()));
        m_window.reset();
    }

    void aReplIsTypedInto()
    {
        launch({"python3", "-q"});
        QTRY_VERIFY(screen().contains(QStringLiteral(">>>")));
        QTRY_VERIFY(view()->isVisible());
        type(QStringLiteral("print(20 + 22, 'ab'.upper())"));
        QTRY_VERIFY(screen().contains(QStringLiteral("42 AB")));
        QTest::keyClick(view(), Qt::Key_D, Qt::ControlModifier);
        QTRY_VERIFY(!view()->isLive());
    }

    void theProgramLearnsTheSize()
    {
        launch({"sh"});
        QTRY_VERIFY(view()->isVisible() && view()->columns() > 40);
        QTRY_VERIFY(screen().contains(QRegularExpression(QStringLiteral("[$#]"))));
        const auto sizeIs = [this] { return QStringLiteral("size %1 %2").arg(view()->rows()).arg(view()->columns()); };
        const QString before = sizeIs();
        QTRY_VERIFY((type(QStringLiteral("clear; echo size $(stty size)")), QTest::qWait(100), screen().contains(before)));
        m_window->resize(1000, 500);
        QTRY_VERIFY(sizeIs() != before);
        QTRY_VERIFY((type(QStringLiteral("clear; echo size $(stty size)")), QTest::qWait(100), screen().contains(sizeIs())));
        type(QStringLiteral("exit"));
    }

    void aPagerScrollsAndLeavesTheScreenAsItWas()
    {
        if (QStandardPaths::findExecutable(QStringLiteral("less")).isEmpty())
            QSKIP("less is not installed");
        const QString path = m_home.file(QStringLiteral("numbers"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        for (int i = 1; i <= 1000; ++i)
            file.write("number " + QByteArray::number(i) + '\n');
        file.close();
        launch({"sh", "-c", "echo before; less " + QFile::encodeName(path) + "; echo after"});
        QTRY_VERIFY(screen().contains(QStringLiteral("number 1\n")));
        QTest::keyClicks(view(), QStringLiteral("G"));
        QTRY_VERIFY(screen().contains(QStringLiteral("number 1000")));
        QTest::keyClicks(view(), QStringLiteral("g"));
        QTRY_VERIFY(screen().contains(QStringLiteral("number 1\n")));
        QTest::keyClicks(view(), QStringLiteral("q"));
        QTRY_VERIFY(screen().contains(QStringLiteral("before")) && screen().contains(QStringLiteral("after")));
    }

    void anEditorEditsAndSaves()
    {
        const QString editor = QStandardPaths::findExecutable(QStringLiteral("vi"));
        if (editor.isEmpty())
            QSKIP("vi is not installed");
        const QString path = m_home.file(QStringLiteral("edited"));
        launch({QFile::encodeName(editor), QFile::encodeName(path)});
        QTRY_VERIFY(screen().contains(QStringLiteral("~")));
        QTest::keyClicks(view(), QStringLiteral("ihello 123"));
        QTest::keyClick(view(), Qt::Key_Escape);
        QTRY_VERIFY(screen().contains(QStringLiteral("hello 123")));
        type(QStringLiteral(":wq"));
        QTRY_VERIFY(!view()->isLive());
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), "hello 123\n");
    }

    void tabAndEscapeGoToTheProgramAndCtrlShiftEscapeLeaves()
    {
        launch({"sh", "-c", "stty raw -echo; echo ready; head -c 2 | od -An -tx1"});
        QTRY_VERIFY(screen().contains(QStringLiteral("ready")));
        QTRY_VERIFY(view()->hasFocus());
        QTest::keyClick(view(), Qt::Key_Tab);
        QVERIFY(view()->hasFocus());
        QTest::keyClick(view(), Qt::Key_Escape);
        QTRY_VERIFY(screen().contains(QStringLiteral("09 1b")));
    }

    void ctrlShiftEscapeLeaves()
    {
        launch({"cat"});
        QTRY_VERIFY(view()->hasFocus());
        QTest::keyClick(view(), Qt::Key_Escape, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(!view()->hasFocus());
    }

    void textIsSelectedCopiedAndFound()
    {
        launch({"sh", "-c", "for i in $(seq 200); do echo line $i; done; echo 进程 needle here; cat"});
        QTRY_VERIFY(screen().contains(QStringLiteral("needle")));
        QVERIFY(view()->find(QRegularExpression(QStringLiteral("needle h")), true));
        QCOMPARE(view()->selectedText(), QStringLiteral("needle h"));
        view()->copySelection();
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("needle h"));
        QVERIFY(view()->find(QRegularExpression(QStringLiteral("line 3$")), true));
        QVERIFY(screen().contains(QStringLiteral("line 3\n")));
        QVERIFY(!view()->find(QRegularExpression(QStringLiteral("nowhere")), true));
        QGuiApplication::clipboard()->setText(QStringLiteral("pasted"));
        view()->pasteFrom(QClipboard::Clipboard);
        QTest::keyClick(view(), Qt::Key_Return);
        QTRY_VERIFY(screen().contains(QStringLiteral("pasted\npasted")));
    }

    void aSessionIsSavedAsAnAsciicast()
    {
        launch({"sh", "-c", "printf '\\033[31mred\\033[0m\\n'; read line"});
        QTRY_VERIFY(screen().contains(QStringLiteral("red")));
        const QString path = m_home.file(QStringLiteral("session.cast"));
        QVERIFY(m_window->windowActions().saveTerminal->isEnabled());
        m_window->terminal()->saveTo(path);
        QTRY_VERIFY2(m_window->terminal()->hint()->text().startsWith(QStringLiteral("Saved")),
            qPrintable(m_window->terminal()->hint()->text()));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray header = file.readLine();
        QVERIFY(header.contains("\"version\":2") || header.contains("\"version\": 2"));
        QVERIFY(file.readAll().contains("31mred"));
        m_window->terminal()->saveTo(QStringLiteral("/no such folder/x.cast"));
        QTRY_VERIFY(m_window->terminal()->hint()->text().contains(QStringLiteral("/no such folder/x.cast")));
        type(QStringLiteral("end"));
    }

    void aThirdClickSelectsTheLine()
    {
        launch({"sh", "-c", "echo one two three; cat"});
        QTRY_VERIFY(screen().contains(QStringLiteral("three")));
        const QPoint onTwo(view()->viewport()->fontMetrics().horizontalAdvance(QStringLiteral("0")) * 5, 8);
        QWidget *target = view()->viewport();
        QTest::mouseClick(target, Qt::LeftButton, {}, onTwo);
        QTest::mouseDClick(target, Qt::LeftButton, {}, onTwo);
        QCOMPARE(view()->selectedText(), QStringLiteral("two"));
        QTest::mouseClick(target, Qt::LeftButton, {}, onTwo);
        QCOMPARE(view()->selectedText(), QStringLiteral("one two three"));
    }

    void aLineThatRunsOverTheEdgeIsCopiedAsOne()
    {
        launch({"sh", "-c", "head -c 300 /dev/zero | tr '\\0' x; echo; echo next; cat"});
        QTRY_VERIFY(screen().contains(QStringLiteral("next")));
        QVERIFY(view()->find(QRegularExpression(QStringLiteral("next")), true));
        QTest::mousePress(view()->viewport(), Qt::LeftButton, {}, QPoint(3, 4));
        QTest::mouseMove(view()->viewport(), QPoint(view()->viewport()->width() - 1, view()->viewport()->height() / 2));
        QTest::mouseRelease(
            view()->viewport(), Qt::LeftButton, {}, QPoint(view()->viewport()->width() - 1, view()->viewport()->height() / 2));
        QVERIFY2(
            view()->selectedText().startsWith(QString(300, u'x') + QStringLiteral("\nnext")), qPrintable(view()->selectedText()));
    }

    void aTerminalThatHasEndedCostsNothingUntilItIsLookedAt()
    {
        const auto threads
            = [] { return QDir(QStringLiteral("/proc/self/task")).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size(); };
        launch({"echo", "the first"});
        lookAtTheTerminal();
        QTRY_VERIFY(screen().contains(QStringLiteral("the first")));
        const auto before = threads();
        for (int i = 0; i < 20; ++i)
            launch({"true"});
        QTRY_VERIFY2(threads() < before + 5, qPrintable(QString::number(threads() - before)));
        m_window->processView()->selectRow(0);
        lookAtTheTerminal();
        QTRY_VERIFY(screen().contains(QStringLiteral("the first")));
    }

    void aFullScreenProgramIsRecognisedInTheLaunchBar()
    {
        LaunchBar *bar = m_window->launchBar();
        bar->findChild<QLineEdit *>()->setText(QStringLiteral("python3"));
        QVERIFY(bar->terminalButton()->isChecked());
        bar->findChild<QLineEdit *>()->setText(QStringLiteral("python3 x.py"));
        QVERIFY(!bar->terminalButton()->isChecked());
        bar->run(QStringLiteral("python3 -q"));
        QTRY_VERIFY(screen().contains(QStringLiteral(">>>")));
    }

    void itComesToTheFrontAlsoWhereItIsThereBeforeItsProcess()
    {
        auto session = Session::create();
        QVERIFY(session);
        JournalWriter &journal = session.value()->writer();
        MainWindow window(std::move(session).value());
        window.show();
        journal.append(LaunchRequested{LaunchId(1), {"sh"}, {}});
        ChannelInfo channel;
        channel.kind = ChannelKind::Terminal;
        channel.launch = LaunchId(1);
        journal.openChannel(channel);
        QTRY_COMPARE((window.processView()->selectRow(0), window.terminal()->launch()), LaunchId(1));
        ProcessStarted started;
        started.process = {qint32(QCoreApplication::applicationPid()), 1};
        started.launch = LaunchId(1);
        journal.append(started);
        QTRY_COMPARE(window.findChild<QTabWidget *>()->currentWidget(), window.terminal());
    }

    void textCanBeReadOnEveryBackground_data()
    {
        QTest::addColumn<QRgb>("base");
        QTest::addColumn<QRgb>("text");
        QTest::newRow("light") << 0xffffffffu << 0xff1b1e20u;
        QTest::newRow("dark") << 0xff1b1d20u << 0xffe8eaecu;
    }
    void textCanBeReadOnEveryBackground()
    {
        QFETCH(QRgb, base);
        QFETCH(QRgb, text);
        QPalette palette;
        palette.setColor(QPalette::Base, QColor(base));
        palette.setColor(QPalette::Text, QColor(text));
        const TerminalColors colors(palette);
        const auto luminance = [](const QColor &color) {
            const auto linear
                = [](double value) { return value <= 0.03928 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4); };
            return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
        };
        TerminalCell cell;
        for (int front = -1; front < 256; ++front) {
            for (int back = -1; back < 256; ++back) {
                cell.foreground = {front < 0 ? TextColor::Kind::Default : TextColor::Kind::Indexed, quint8(front)};
                cell.background = {back < 0 ? TextColor::Kind::Default : TextColor::Kind::Indexed, quint8(back)};
                const QColor background = colors.background(cell).isValid() ? colors.background(cell) : colors.base;
                const QColor foreground = colors.foreground(cell);
                if (foreground == background)
                    continue; // asked for
                const auto [low, high] = std::minmax({luminance(foreground), luminance(background)});
                QVERIFY2((high + 0.05) / (low + 0.05) > 4.4, qPrintable(QStringLiteral("%1 on %2").arg(front).arg(back)));
            }
        }
    }

    void aRecordedTerminalIsShownWithoutBeingLive()
    {
        const QString path = m_home.file(QStringLiteral("terminal.pcapng"));
        {
            auto writer = std::move(JournalWriter::create(path)).value();
            writer->append(LaunchRequested{LaunchId(1), {"prog"}, "/tmp"});
            const ProcessKey key{1234, 99};
            ProcessStarted started;
            started.process = key;
            started.launch = LaunchId(1);
            started.name = "prog";
            writer->append(started);
            const auto channel
                = writer->openChannel({ChannelId::None, ChannelKind::Terminal, LaunchId(1), key, "terminal prog(1234)"});
            writer->append(channel, "\x1b[2J\x1b[3;5Hshown \x1b[31mthere\x1b[6n");
            writer->append(ProcessExited{key, {ExitStatus::Kind::Exited, 0, false}});
            QVERIFY(writer->close());
        }
        auto journal = Journal::open(path);
        QVERIFY(journal);
        m_window = std::make_unique<MainWindow>(std::move(journal).value());
        m_window->show();
        m_window->processView()->selectRow(0);
        lookAtTheTerminal();
        QTRY_VERIFY(screen().contains(QStringLiteral("    shown there")));
        QVERIFY(!view()->isLive());
    }

    void aRecordedTerminalHasTheSizesThatItHad()
    {
        m_window = std::make_unique<MainWindow>(std::move(Session::create()).value());
        m_window->resize(1400, 800);
        m_window->show();
        launch({"python3", "-q"});
        QTRY_VERIFY(view()->isVisible() && screen().contains(QStringLiteral(">>>")));
        const QString size = QStringLiteral("os.terminal_size(columns=%1, lines=%2)").arg(view()->columns()).arg(view()->rows());
        type(QStringLiteral("import os; os.get_terminal_size()"));
        QTRY_VERIFY(screen().contains(size));
        type(QStringLiteral(
            "print(chr(27) + '[H' + chr(27) + '[2J' + chr(27) + f'[1;{os.get_terminal_size().columns - 4}Hright')"));
        QTRY_VERIFY(screen().startsWith(QString(view()->columns() - 5, u' ') + QStringLiteral("right")));
        const QString right = screen().section(u'\n', 0, 0);
        const QString path = m_home.file(QStringLiteral("sizes.pcapng"));
        QSignalSpy saved(m_window.get(), &MainWindow::recordingSaved);
        m_window->saveRecording(path);
        QTRY_COMPARE(saved.size(), 1);

        auto journal = Journal::open(path);
        QVERIFY(journal);
        m_window = std::make_unique<MainWindow>(std::move(journal).value());
        m_window->resize(700, 500); // narrower: the edge is scrolled to
        m_window->show();
        m_window->processView()->selectRow(0);
        lookAtTheTerminal();
        QTRY_VERIFY(view()->verticalScrollBar()->maximum() > 0); // lower, too
        view()->verticalScrollBar()->setValue(0);
        QTRY_VERIFY2(screen().contains(right), qPrintable(screen()));
        QVERIFY(view()->horizontalScrollBar()->maximum() > 0);
    }

    void aFloodDoesNotFreezeTheWindow()
    {
        launch({"sh", "-c", "seq 25000000; echo the end; cat"});
        QTRY_VERIFY(view()->isVisible());
        StallMeter meter;
        QVERIFY(meter.runUntil([&] { return screen().contains(QStringLiteral("the end")); }, 120'000));
        meter.stop();
        qInfo("214 MB in a terminal: worst gap %.1f ms, p99 %.1f ms", meter.worstMs(), meter.percentileMs(0.99));
        QVERIFY(m_window->terminal()->hint()->text().contains(QStringLiteral("MiB came too fast"))); // what was left out is said
        QVERIFY(meter.percentileMs(0.99) < 40 * kSlack);
        QVERIFY(meter.worstMs() < 300 * kSlack);
    }
};

QTEST_MAIN(TerminalViewTest)
#include "terminalview_test.moc"
