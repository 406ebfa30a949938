// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/guitesting.h"
#include "ui/launch/launchbar.h"
#include "ui/launch/launchline.h"
#include "ui/mainwindow.h"
#include "ui/monitor/processmodel.h"
#include "ui/monitor/processview.h"
#include "ui/recording/exportdialog.h"
#include "ui/widgets/settings.h"

#include <QAbstractButton>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>

using namespace forkscope;

namespace {

/// Two commands, the first with a terminal and its keyboard, the second with three pipes.
class TwoCommands
{
public:
    TwoCommands() : writer(std::move(JournalWriter::create(m_dir.filePath(QStringLiteral("two.pcapng")))).value())
    {
        screen = open(ChannelKind::Terminal, 1, "terminal vi(10)");
        keyboard = open(ChannelKind::Other, 1, "keyboard vi(10)");
        out = open(ChannelKind::StandardOutput, 2, "stdout make(20)");
        err = open(ChannelKind::StandardError, 2, "stderr make(20)");
        writer->append(screen, "screen\r\n");
        writer->append(keyboard, "typed\n");
        writer->append(out, "out\n");
        writer->append(err, "err\n");
    }

    const Journal &journal() const { return writer->journal(); }
    QString file(const char *name) const { return m_dir.filePath(QLatin1String(name)); }

private:
    ChannelId open(ChannelKind kind, int launch, const char *name)
    {
        return writer->openChannel({ChannelId::None, kind, LaunchId(launch), {launch * 10, 1}, name});
    }

    QTemporaryDir m_dir;

public:
    std::unique_ptr<JournalWriter> writer;
    ChannelId screen, keyboard, out, err;
};

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(no file)");
}

QStringList itemsOf(const QComboBox *box)
{
    QStringList items;
    for (int i = 0; i < box->count(); ++i)
        items.append(box->itemText(i));
    return items;
}

/// A single launch that wrote many lines.
std::unique_ptr<JournalWriter> flood(const QString &path)
{
    auto writer = std::move(JournalWriter::create(path)).value();
    const ChannelId out
        = writer->openChannel({ChannelId::None, ChannelKind::StandardOutput, LaunchId(1), {10, 1}, "stdout yes(10)"});
    for (int i = 0; i < 200'000; ++i)
        writer->append(out, "yes\n");
    return writer;
}

} // namespace

class ExportDialogTest : public QObject
{
    Q_OBJECT

    TestHome m_home;
    const ExportSelection m_none = {};

private slots:
    void init() { Settings().clear(); }

    void onlyWhatFitsTheFormatCanBeChosen()
    {
        TwoCommands recorded;
        ExportDialog dialog(recorded.journal(), m_none);
        dialog.show();
        QVERIFY(dialog.times()->isVisible() && !dialog.events()->isVisible() && !dialog.source()->isVisible());
        dialog.setFormat(ExportFormat::JsonLines);
        QVERIFY(!dialog.times()->isVisible() && dialog.events()->isVisible());
        dialog.setFormat(ExportFormat::Raw);
        QVERIFY(dialog.source()->isVisible() && !dialog.stream(ChannelKind::StandardOutput)->isVisible());
        QCOMPARE(itemsOf(dialog.source()).size(), 4);
        dialog.setFormat(ExportFormat::Asciicast);
        QVERIFY(dialog.typed()->isVisible());
        QCOMPARE(itemsOf(dialog.source()), QStringList{QStringLiteral("Terminal of vi(10)")});
        QVERIFY(!dialog.stream(ChannelKind::StandardInput)); // the recording has none
    }

    void chosenMessagesAreExportedAlone()
    {
        const QString path = m_home.file(QStringLiteral("messages.pcapng"));
        auto writer = std::move(JournalWriter::create(path)).value();
        const ChannelId pipe = writer->openChannel({ChannelId::None, ChannelKind::Pipe, LaunchId(1), {10, 1}, "pipe a → b"});
        std::vector<quint64> numbers;
        for (const char *message : {"one", "two", "three"})
            numbers.push_back(*writer->append(pipe, message));
        ExportDialog dialog(
            writer->journal(), {.name = QStringLiteral("2 messages"), .messages = std::vector<quint64>{numbers[0], numbers[2]}});
        dialog.show();
        QCOMPARE(dialog.processes()->currentText(), QStringLiteral("2 messages"));
        QVERIFY(!dialog.stream(ChannelKind::Pipe)->isVisible());
        dialog.setFormat(ExportFormat::Raw);
        dialog.path()->setText(m_home.file(QStringLiteral("m.bin")));
        dialog.exportButton()->click();
        QTRY_COMPARE(contentOf(m_home.file(QStringLiteral("m.bin"))), QByteArray("onethree"));
        QTRY_VERIFY(!dialog.isRunning());
        dialog.processes()->setCurrentIndex(0);
        dialog.path()->setText(m_home.file(QStringLiteral("all.bin")));
        dialog.exportButton()->click();
        QTRY_COMPARE(contentOf(m_home.file(QStringLiteral("all.bin"))), QByteArray("onetwothree"));
        QTRY_VERIFY(!dialog.isRunning());
    }

    void whatIsChosenIsWhatIsWritten()
    {
        TwoCommands recorded;
        ExportDialog dialog(recorded.journal(), {LaunchId(2), QStringLiteral("make 20")});
        dialog.show();
        dialog.path()->setText(recorded.file("e.txt"));
        QCOMPARE(dialog.processes()->currentText(), QStringLiteral("make 20 and what it started"));
        dialog.stream(ChannelKind::StandardOutput)->setChecked(false);
        dialog.exportButton()->click();
        QTRY_COMPARE(dialog.result(), QStringLiteral("1 record, 4 B"));
        QCOMPARE(contentOf(recorded.file("e.txt")), QByteArray("err\n"));

        dialog.processes()->setCurrentIndex(0);
        dialog.setFormat(ExportFormat::Raw);
        QCOMPARE(dialog.path()->text(), recorded.file("e.bin")); // the name follows the format
        dialog.source()->setCurrentIndex(dialog.source()->findText(QStringLiteral("stdout make(20)")));
        dialog.exportButton()->click();
        QTRY_COMPARE(contentOf(recorded.file("e.bin")), QByteArray("out\n"));

        QTRY_VERIFY(!dialog.isRunning());
        dialog.setFormat(ExportFormat::Asciicast);
        dialog.exportButton()->click();
        QTRY_VERIFY(contentOf(recorded.file("e.cast")).contains("screen"));
        QVERIFY(!contentOf(recorded.file("e.cast")).contains("typed"));
        QTRY_VERIFY(!dialog.isRunning());
        dialog.typed()->setChecked(true);
        dialog.path()->setText(recorded.file("with.cast"));
        dialog.exportButton()->click();
        QTRY_VERIFY(contentOf(recorded.file("with.cast")).contains("typed"));
        QTRY_VERIFY(!dialog.isRunning());
    }

    void aCommandWithoutTerminalIsToldInTheResult()
    {
        TwoCommands recorded;
        ExportDialog dialog(recorded.journal(), {LaunchId(2), QStringLiteral("make 20")});
        dialog.show();
        dialog.path()->setText(recorded.file("e"));
        dialog.setFormat(ExportFormat::Asciicast);
        QCOMPARE(itemsOf(dialog.source()), QStringList{QStringLiteral("Output of make(20) (it had no terminal)")});
        dialog.exportButton()->click();
        QTRY_VERIFY(dialog.result().contains(QLatin1String("had no terminal")));
    }

    void anExistingFileIsReplacedOnlyWhenThePersonSaysSo()
    {
        TwoCommands recorded;
        QFile old(recorded.file("old.txt"));
        QVERIFY(old.open(QIODevice::WriteOnly) && old.write("precious") == 8);
        old.close();
        ExportDialog dialog(recorded.journal(), m_none);
        dialog.show();
        dialog.path()->setText(old.fileName());
        dialog.exportButton()->click();
        QTRY_VERIFY(dialog.result().contains(QLatin1String("old.txt exists")));
        QCOMPARE(contentOf(old.fileName()), QByteArray("precious"));
        QCOMPARE(dialog.exportButton()->text(), QStringLiteral("&Replace"));
        dialog.exportButton()->click();
        QTRY_COMPARE(contentOf(old.fileName()), QByteArray("screen\r\ntyped\nout\nerr\n"));
        QTRY_COMPARE(dialog.exportButton()->text(), QStringLiteral("E&xport"));
    }

    void aFailureIsToldAndTheDialogGoesOn()
    {
        TwoCommands recorded;
        ExportDialog dialog(recorded.journal(), m_none);
        dialog.show();
        dialog.path()->setText(recorded.file("no/such/folder.txt"));
        dialog.exportButton()->click();
        QTRY_VERIFY(dialog.result().contains(QLatin1String("Cannot write the export")));
        QVERIFY(dialog.exportButton()->isEnabled());
        dialog.path()->setText(recorded.file("fine.txt"));
        QVERIFY(dialog.result().isEmpty() || !dialog.exportButton()->text().contains(QLatin1String("Replace")));
        dialog.exportButton()->click();
        QTRY_VERIFY(QFileInfo::exists(recorded.file("fine.txt")));
        QTRY_VERIFY(!dialog.isRunning());
    }

    void cancelLeavesNoFileAndKeepsTheDialog()
    {
        const auto writer = flood(m_home.file(QStringLiteral("flood.pcapng")));
        ExportDialog dialog(writer->journal(), m_none);
        dialog.show();
        dialog.setFormat(ExportFormat::JsonLines); // takes its time
        const QString path = m_home.file(QStringLiteral("flood.jsonl"));
        dialog.path()->setText(path);
        dialog.exportButton()->click();
        QVERIFY(dialog.isRunning());
        QVERIFY(dialog.progress()->isVisible());
        QVERIFY(!dialog.exportButton()->isEnabled());
        QVERIFY(!dialog.path()->isEnabled());
        QTest::keyClick(dialog.focusWidget(), Qt::Key_Return);
        QVERIFY(dialog.isRunning()); // a second Enter does not cancel
        QTest::keyClick(&dialog, Qt::Key_Escape);
        QTRY_VERIFY(!dialog.isRunning());
        QVERIFY(dialog.isVisible());
        QVERIFY(dialog.result().startsWith(QLatin1String("Cancelled")));
        QVERIFY(!QFileInfo::exists(path));
        QTest::keyClick(&dialog, Qt::Key_Escape);
        QVERIFY(!dialog.isVisible());
    }

    void closingTheWindowWaitsForTheExport()
    {
        const QString file = m_home.file(QStringLiteral("flood2.pcapng"));
        flood(file);
        MainWindow window(std::move(Journal::open(file)).value());
        window.show();
        window.windowActions().exportAs->trigger();
        auto *dialog = window.findChild<ExportDialog *>();
        QVERIFY(dialog);
        const QString path = m_home.file(QStringLiteral("whole.txt"));
        dialog->path()->setText(path);
        dialog->exportButton()->click();
        window.close();
        QVERIFY(window.isVisible());
        QTRY_VERIFY(!window.isVisible());
        QCOMPARE(contentOf(path).count('\n'), 200'000);
    }

    void aWindowThatGoesTakesTheExportWithIt()
    {
        const QString file = m_home.file(QStringLiteral("flood3.pcapng"));
        flood(file);
        const QString path = m_home.file(QStringLiteral("half.jsonl"));
        {
            MainWindow window(std::move(Journal::open(file)).value());
            window.show();
            window.windowActions().exportAs->trigger();
            auto *dialog = window.findChild<ExportDialog *>();
            dialog->setFormat(ExportFormat::JsonLines);
            dialog->path()->setText(path);
            dialog->exportButton()->click();
        }
        QVERIFY(!QFileInfo::exists(path));
    }

    void aLiveRecordingIsExportedWithTheSelectedProcess()
    {
        MainWindow window(std::move(Session::create()).value());
        window.show();
        window.launchBar()->run(QStringLiteral("echo first"));
        window.launchBar()->run(QStringLiteral("echo second"));
        QTRY_COMPARE(window.processes().table().finishedCount(), 2);
        window.processView()->selectRow(window.processes().table().rowOf(LaunchId(2)));
        const auto all = WindowActions::all(&window);
        QVERIFY(std::any_of(
            all.begin(), all.end(), [&](const auto &named) { return named.action == window.windowActions().exportAs; }));
        window.windowActions().exportAs->trigger();
        auto *dialog = window.findChild<ExportDialog *>();
        const QString path = m_home.file(QStringLiteral("live.txt"));
        dialog->path()->setText(path);
        dialog->exportButton()->click();
        QTRY_COMPARE(contentOf(path), QByteArray("second\n"));
        QTRY_VERIFY(!dialog->isRunning());
    }

    void formatAndFolderAreRemembered()
    {
        TwoCommands recorded;
        {
            ExportDialog dialog(recorded.journal(), m_none);
            dialog.show();
            dialog.setFormat(ExportFormat::Csv);
            dialog.path()->setText(recorded.file("x.csv"));
            dialog.exportButton()->click();
            QTRY_VERIFY(QFileInfo::exists(recorded.file("x.csv")));
            QTRY_VERIFY(!dialog.isRunning());
        }
        ExportDialog dialog(recorded.journal(), m_none);
        QCOMPARE(dialog.request().format, ExportFormat::Csv);
        QCOMPARE(dialog.path()->text(), recorded.file("two.csv"));
    }

    void noTwoFieldsShareAMnemonic()
    {
        TwoCommands recorded;
        recorded.writer->openChannel({ChannelId::None, ChannelKind::StandardInput, LaunchId(2), {20, 1}, "stdin make(20)"});
        ExportDialog dialog(recorded.journal(), {LaunchId(1), QStringLiteral("vi 10")});
        dialog.show();
        for (const ExportFormatName &format : exportFormats()) {
            dialog.setFormat(format.format);
            QMap<QString, QString> taken;
            for (auto *widget : dialog.findChildren<QWidget *>()) {
                if (!widget->isVisible())
                    continue;
                const auto *label = qobject_cast<QLabel *>(widget);
                const auto *button = qobject_cast<QAbstractButton *>(widget);
                const QString text = label && label->buddy() ? label->text() : button ? button->text() : QString();
                const QString key = QKeySequence::mnemonic(text).toString();
                QVERIFY2(key.isEmpty() || !taken.contains(key), qPrintable(text + u' ' + taken.value(key)));
                taken.insert(key, text);
            }
            QVERIFY(!taken.contains(QKeySequence::mnemonic(QStringLiteral("&Replace")).toString()));
        }
    }

    void everyFieldHasANameAndIsReachedByTab()
    {
        TwoCommands recorded;
        ExportDialog dialog(recorded.journal(), {LaunchId(1), QStringLiteral("vi 10")});
        dialog.show();
        QVERIFY(QTest::qWaitForWindowActive(&dialog));
        for (const ExportFormatName &format : exportFormats()) {
            dialog.setFormat(format.format);
            QSet<QWidget *> reached;
            for (int i = 0; i < 40; ++i) {
                QTest::keyClick(dialog.focusWidget(), Qt::Key_Tab);
                reached.insert(dialog.focusWidget());
            }
            for (auto *widget : dialog.findChildren<QWidget *>()) {
                if (!widget->isVisible() || !widget->isEnabled() || !(widget->focusPolicy() & Qt::TabFocus)
                    || widget->focusProxy())
                    continue;
                const auto *button = qobject_cast<QAbstractButton *>(widget);
                QVERIFY2(!widget->accessibleName().isEmpty() || (button && !button->text().isEmpty()),
                    widget->metaObject()->className());
                const bool otherOfGroup = button && button->group() && !button->isChecked(); // by the arrow keys
                QVERIFY2(otherOfGroup || reached.contains(widget), widget->metaObject()->className());
            }
        }
    }
};

QTEST_MAIN(ExportDialogTest)
#include "exportdialog_test.moc"
