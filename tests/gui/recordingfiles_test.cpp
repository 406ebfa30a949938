// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/guitesting.h"
#include "ui/launch/launchbar.h"
#include "ui/mainwindow.h"
#include "ui/monitor/processmodel.h"
#include "ui/recording/recentrecordings.h"
#include "ui/widgets/settings.h"
#include "ui/window/commandpalette.h"

#include <QAction>
#include <QFileDialog>
#include <QLineEdit>
#include <QMessageBox>
#include <QMimeData>

using namespace forkscope;

/// Recordings as files of a window: saved, saved again, opened, remembered.
class RecordingFilesTest : public QObject
{
    Q_OBJECT

    TestHome m_home;
    std::unique_ptr<MainWindow> m_window;

    void open()
    {
        auto session = Session::create();
        if (!session)
            qFatal("no session: %s", qPrintable(errorText(session.error())));
        m_window = std::make_unique<MainWindow>(std::move(session).value());
        m_window->show();
    }
    void run(const QString &line) const
    {
        const LaunchId launch = m_window->launch(launchSpecOf(line, QDir::tempPath()).value());
        const ProcessTable &table = m_window->processes().table();
        QTRY_VERIFY(table.rowOf(launch) >= 0 && table.row(table.rowOf(launch)).exit);
    }
    QString recording(const char *name) const
    {
        const QString path = m_home.file(QLatin1String(name));
        auto writer = JournalWriter::create(path);
        if (!writer)
            qFatal("%s", qPrintable(errorText(writer.error())));
        writer.value()->append(LaunchRequested{LaunchId(1), {"true"}, {}});
        return path;
    }
    void choose(const QString &path) const
    {
        auto *dialog = m_window->findChild<QFileDialog *>();
        QVERIFY(dialog);
        emit dialog->fileSelected(path);
        delete dialog;
    }
    void drop(const QList<QUrl> &urls) const
    {
        QMimeData data;
        data.setUrls(urls);
        QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(m_window.get(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent event(QPointF(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(m_window.get(), &event);
    }
    static quint64 records(const QString &path)
    {
        const auto journal = Journal::open(path);
        return journal ? journal.value()->recordCount() : 0;
    }

private slots:
    void init()
    {
        Settings().clear();
        open();
    }
    void cleanup()
    {
        m_window.reset();
        QList<MainWindow *> opened;
        for (QWidget *widget : QApplication::topLevelWidgets())
            if (auto *window = qobject_cast<MainWindow *>(widget))
                opened.append(window);
        qDeleteAll(opened);
    }

    void theFirstSaveAsksWhereAndTheNextOnesDoNot()
    {
        run(QStringLiteral("echo one"));
        const QString path = m_home.file(QStringLiteral("again.pcapng"));
        QSignalSpy saved(m_window.get(), &MainWindow::recordingSaved);
        QCOMPARE(m_window->windowActions().save->shortcut(), QKeySequence(Qt::CTRL | Qt::Key_S));
        QCOMPARE(m_window->windowActions().saveAs->shortcut(), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S));
        m_window->windowActions().save->trigger();
        choose(path);
        QTRY_COMPARE(saved.size(), 1);
        const quint64 before = records(path);
        QVERIFY(before > 0);

        // What has the file open keeps what it has: it is replaced, not written over.
        QFile old(path);
        QVERIFY(old.open(QIODevice::ReadOnly));
        const qint64 size = old.size();
        run(QStringLiteral("echo two"));
        m_window->windowActions().save->trigger();
        QTRY_COMPARE(saved.size(), 2);
        QVERIFY(!m_window->findChild<QFileDialog *>());
        QCOMPARE(saved[1][0].toString(), path);
        QVERIFY(records(path) > before);
        QCOMPARE(old.readAll().size(), size);
        QCOMPARE(QFile::permissions(path) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());

        const QString other = m_home.file(QStringLiteral("other.pcapng"));
        m_window->windowActions().saveAs->trigger();
        choose(other);
        QTRY_COMPARE(saved.size(), 3);
        m_window->windowActions().save->trigger();
        QTRY_COMPARE(saved.size(), 4);
        QCOMPARE(saved[3][0].toString(), other);
    }

    void theTitleTellsTheNameAndWhetherThereIsMore()
    {
        QCOMPARE(m_window->windowTitle(), QStringLiteral("Forkscope"));
        QVERIFY(!m_window->isWindowModified());
        run(QStringLiteral("echo one"));
        QTRY_COMPARE(m_window->windowTitle(), QStringLiteral("Unsaved recording[*] — Forkscope"));
        QVERIFY(m_window->isWindowModified());

        QSignalSpy saved(m_window.get(), &MainWindow::recordingSaved);
        m_window->saveRecording(m_home.file(QStringLiteral("title.pcapng")));
        QTRY_COMPARE(saved.size(), 1);
        QCOMPARE(m_window->windowTitle(), QStringLiteral("title.pcapng[*] — Forkscope"));
        if (m_window->isWindowModified()) { // its end may have come while it was saved
            m_window->windowActions().save->trigger();
            QTRY_COMPARE(saved.size(), 2);
        }
        QVERIFY(!m_window->isWindowModified());
        run(QStringLiteral("echo two"));
        QTRY_VERIFY(m_window->isWindowModified());
    }

    void aSaveThatFailsKeepsTheOldFileAndSaysWhy()
    {
        run(QStringLiteral("echo one"));
        m_window->saveRecording(QStringLiteral("/proc/no.pcapng"));
        QTRY_VERIFY(m_window->findChild<QMessageBox *>());
        QVERIFY(m_window->findChild<QMessageBox *>()->text().contains(QLatin1String("/proc/no.pcapng")));
        QVERIFY(m_window->isWindowModified());
        QVERIFY(m_window->windowActions().save->isEnabled());
        QVERIFY(RecentRecordings::paths().isEmpty());
    }

    void theFileThatIsRecordedIntoIsNotReplacedByACopyOfItself()
    {
        auto session = Session::create(m_home.file(QStringLiteral("own.pcapng")));
        QVERIFY(session.ok());
        m_window = std::make_unique<MainWindow>(std::move(session).value());
        m_window->show();
        run(QStringLiteral("echo one"));
        QCOMPARE(m_window->windowTitle(), QStringLiteral("own.pcapng[*] — Forkscope"));
        QVERIFY(!m_window->isWindowModified());
        const QFileInfo before(m_window->journal().path());
        QFile::setPermissions(before.filePath(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner); // a mark
        m_window->windowActions().save->trigger();
        m_window->saveRecording(m_window->journal().path());
        QVERIFY(QFile::permissions(before.filePath()) & QFile::ExeOwner);
        QVERIFY(m_window->windowActions().save->isEnabled());
    }

    void severalDroppedFilesOpenAndWhatIsNoneIsToldOnce()
    {
        const QString first = recording("first.pcapng"), second = recording("second.pcapng");
        QSignalSpy opened(m_window.get(), &MainWindow::recordingOpened);
        drop({QUrl::fromLocalFile(first), QUrl::fromLocalFile(QStringLiteral("/etc/hostname")), QUrl::fromLocalFile(second),
            QUrl::fromLocalFile(QDir::tempPath()), QUrl(QStringLiteral("https://example.org/x.pcapng"))});
        QTRY_COMPARE(opened.size(), 2);
        const auto boxes = m_window->findChildren<QMessageBox *>();
        QCOMPARE(boxes.size(), 1);
        QVERIFY(boxes.first()->text().contains(QLatin1String("/etc/hostname")));
        QVERIFY(boxes.first()->text().contains(QDir::tempPath()));
        QVERIFY(m_window->isVisible());
        run(QStringLiteral("echo goes on"));
    }

    void openedAndSavedRecordingsAreRememberedNewestFirst()
    {
        const QString opened = recording("opened.pcapng"), saved = m_home.file(QStringLiteral("saved.pcapng"));
        QSignalSpy opens(m_window.get(), &MainWindow::recordingOpened);
        m_window->openRecording(opened);
        QTRY_COMPARE(opens.size(), 1);
        QSignalSpy saves(m_window.get(), &MainWindow::recordingSaved);
        m_window->saveRecording(saved);
        QTRY_COMPARE(saves.size(), 1);
        QCOMPARE(RecentRecordings::paths(), (QStringList{saved, opened}));
        m_window->openRecording(opened);
        QTRY_COMPARE(opens.size(), 2);
        QCOMPARE(RecentRecordings::paths(), (QStringList{opened, saved}));
        m_window->openRecording(QStringLiteral("/etc/hostname"));
        QTRY_VERIFY(m_window->findChild<QMessageBox *>());
        QCOMPARE(RecentRecordings::paths().size(), 2);
    }

    void theListIsShortAndHoldsNothingUnsaved()
    {
        for (int i = 0; i < 15; ++i)
            RecentRecordings::add(QStringLiteral("/tmp/%1.pcapng").arg(i));
        RecentRecordings::add(m_window->journal().path());
        QCOMPARE(RecentRecordings::paths().size(), RecentRecordings::kMost);
        QCOMPARE(RecentRecordings::paths().first(), QStringLiteral("/tmp/14.pcapng"));
    }

    void theMenuOpensAnEntryAndShowsThatAFileHasGone()
    {
        const QString there = recording("a&b.pcapng"), gone = m_home.file(QStringLiteral("gone.pcapng"));
        RecentRecordings::add(gone);
        RecentRecordings::add(there);
        RecentMenu *menu = m_window->windowActions().recentMenu;
        menu->refresh();
        QCOMPARE(menu->actions().size(), 4); // two files, a line, “Clear list”
        QAction *first = menu->actions()[0];
        QVERIFY(first->text().startsWith(QLatin1String("&1 a&&b.pcapng\t")));
        QCOMPARE(first->toolTip(), there);
        QTRY_VERIFY(!menu->actions()[1]->isEnabled());
        QVERIFY(menu->actions()[1]->text().endsWith(QLatin1String("\tgone")));
        QVERIFY(first->isEnabled());
        QSignalSpy opened(m_window.get(), &MainWindow::recordingOpened);
        first->trigger();
        QTRY_COMPARE(opened.size(), 1);

        menu->actions().last()->trigger();
        menu->refresh();
        QCOMPARE(menu->actions().size(), 1);
        QVERIFY(!menu->actions()[0]->isEnabled());
    }

    void thePaletteKnowsTheRecentRecordings()
    {
        RecentRecordings::add(recording("palette.pcapng"));
        m_window->windowActions().palette->trigger();
        auto *palette = m_window->findChild<CommandPalette *>();
        QVERIFY(palette);
        palette->input()->setText(QStringLiteral("recent palette"));
        QCOMPARE(palette->shownTexts().size(), 1);
        QSignalSpy opened(m_window.get(), &MainWindow::recordingOpened);
        QTest::keyClick(palette->input(), Qt::Key_Return);
        QTRY_COMPARE(opened.size(), 1);
    }
};

QTEST_MAIN(RecordingFilesTest)
#include "recordingfiles_test.moc"
