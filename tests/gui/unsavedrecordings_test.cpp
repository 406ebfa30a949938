// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/guitesting.h"
#include "ui/mainwindow.h"
#include "ui/preferences/keepchoice.h"
#include "ui/preferences/preferences.h"
#include "ui/preferences/preferencesdialog.h"
#include "ui/recording/leftoverbar.h"
#include "ui/recording/recentrecordings.h"
#include "ui/recording/recordingwords.h"
#include "ui/recording/unsavedactions.h"
#include "ui/recording/unsaveddialog.h"
#include "ui/recording/unsavedmodel.h"
#include "ui/widgets/settings.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QCheckBox>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QProcess>
#include <QPushButton>
#include <QSpinBox>
#include <QStatusBar>
#include <QTreeView>

using namespace forkscope;

/// What sessions leave in the cache, and what the window makes of it.
class UnsavedRecordingsTest : public QObject
{
    Q_OBJECT

    TestHome m_home;
    std::unique_ptr<MainWindow> m_window;

    static QString cached(const char *name) { return RecordingCache::defaultFolder() + u'/' + QLatin1String(name); }
    /// What a session that was killed leaves.
    static QString leave(const char *name, int daysOld = 0)
    {
        const QString path = cached(name);
        auto writer = JournalWriter::create(path);
        if (!writer)
            qFatal("%s", qPrintable(errorText(writer.error())));
        writer.value()->append(LaunchRequested{LaunchId(1), {"make", "-j2"}, {}});
        (void)writer.value()->close();
        QFile file(path);
        if (daysOld
            && (!file.open(QIODevice::ReadWrite)
                || !file.setFileTime(QDateTime::currentDateTime().addDays(-daysOld), QFileDevice::FileModificationTime)))
            qFatal("cannot make it old");
        return path;
    }
    void open()
    {
        auto session = Session::create();
        if (!session)
            qFatal("no session: %s", qPrintable(errorText(session.error())));
        m_window = std::make_unique<MainWindow>(std::move(session).value());
        m_window->show();
    }
    template<typename T> static T *shown(QObject *above)
    {
        const auto all = above->findChildren<T *>();
        const auto found = std::find_if(all.begin(), all.end(), [](const T *each) { return each->isVisible(); });
        return found == all.end() ? nullptr : *found;
    }
    static void press(QMessageBox *box, QMessageBox::ButtonRole role)
    {
        const auto buttons = box->buttons();
        const auto found = std::find_if(
            buttons.begin(), buttons.end(), [&](QAbstractButton *button) { return box->buttonRole(button) == role; });
        QVERIFY(found != buttons.end());
        (*found)->click();
    }

private slots:
    void init()
    {
        Settings().clear();
        QVERIFY(QDir().mkpath(RecordingCache::defaultFolder()));
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
        QDir(RecordingCache::defaultFolder()).removeRecursively();
    }

    void nothingIsOfferedWhereNothingOfInterestWasLeft()
    {
        {
            const auto empty = JournalWriter::create(cached("session-20260101-000000-9-1.pcapng"));
            QVERIFY(empty.ok());
        }
        QSignalSpy ticks(m_window.get(), &MainWindow::recordingSaved);
        m_window->tendCache();
        m_window->saveRecording(m_home.file(QStringLiteral("later.pcapng"))); // begun later; both threads are short
        QTRY_COMPARE(ticks.size(), 1);
        QVERIFY(!m_window->leftoverBar());
    }

    void aForkscopeThatWasKilledLeavesItsRecordingWhichIsOffered()
    {
        m_window.reset();
        QProcess other;
        QFile workspace(m_home.file(QStringLiteral("one.toml")));
        QVERIFY(workspace.open(QIODevice::WriteOnly));
        workspace.write("[profile.wait]\nargs = [\"sleep\", \"20\"]\n");
        workspace.close();
        other.start(QStringLiteral(FORKSCOPE_BINARY), {QStringLiteral("up"), QStringLiteral("-f"), workspace.fileName()});
        const auto all = [] { return RecordingCache().list().value(); };
        QTRY_COMPARE(all().size(), 1);
        QCOMPARE(all().first().use, FileUse::Writing);
        QTRY_COMPARE(summarizeRecording(all().first().path).value().command, (QByteArrayList{"sleep", "20"}));
        other.kill();
        QVERIFY(other.waitForFinished(30'000));

        open();
        m_window->tendCache();
        QTRY_VERIFY(m_window->leftoverBar());
        LeftoverBar *bar = m_window->leftoverBar();
        QTRY_VERIFY(bar->isVisible());
        QVERIFY(bar->text().contains(QLatin1String("ended unexpectedly")));
        QVERIFY(!bar->allButton()->isVisible());
        QVERIFY(!QApplication::activeModalWidget());
        QSignalSpy opened(m_window.get(), &MainWindow::recordingOpened);
        bar->openButton()->click();
        QTRY_COMPARE(opened.size(), 1);
        QVERIFY(!bar->isVisible());
        QVERIFY(RecentRecordings::paths().isEmpty()); // it is not saved
        const auto *window = opened[0][0].value<MainWindow *>();
        QTRY_COMPARE(window->windowTitle(), QStringLiteral("Unsaved recording[*] — Forkscope"));
        QVERIFY(window->isWindowModified());
    }

    void whatWasDismissedIsNotOfferedAgainButStays()
    {
        const QString path = leave("session-20260101-000000-1-1.pcapng");
        m_window->tendCache();
        QTRY_VERIFY(m_window->leftoverBar() && m_window->leftoverBar()->isVisible());
        m_window->leftoverBar()->dismissButton()->click();
        QVERIFY(!m_window->leftoverBar()->isVisible());
        QVERIFY(QFile::exists(path));
        open();
        const QString other = leave("session-20260101-000000-1-2.pcapng");
        m_window->tendCache();
        QTRY_VERIFY(m_window->leftoverBar() && m_window->leftoverBar()->isVisible());
        QVERIFY(!m_window->leftoverBar()->allButton()->isVisible()); // the other one alone
        QVERIFY(m_window->leftoverBar()->openButton()->toolTip() == other);
    }

    void severalLeftOnesLeadToTheDialog()
    {
        leave("session-20260101-000000-2-1.pcapng");
        leave("session-20260101-000000-2-2.pcapng");
        m_window->tendCache();
        QTRY_VERIFY(m_window->leftoverBar() && m_window->leftoverBar()->isVisible());
        QVERIFY(m_window->leftoverBar()->allButton()->text().contains(u'2'));
        m_window->leftoverBar()->allButton()->click();
        QVERIFY(m_window->findChild<UnsavedDialog *>());
        QVERIFY(!m_window->leftoverBar()->isVisible());
    }

    void theBarRemovesOnlyAfterAQuestionWhoseEnterKeepsIt()
    {
        const QString path = leave("session-20260101-000000-3-1.pcapng");
        m_window->tendCache();
        QTRY_VERIFY(m_window->leftoverBar() && m_window->leftoverBar()->isVisible());
        LeftoverBar *bar = m_window->leftoverBar();
        bar->removeButton()->click();
        auto *question = shown<QMessageBox>(m_window.get());
        QVERIFY(question);
        QVERIFY(question->informativeText().contains(QFileInfo(path).fileName()));
        QTest::keyClick(question, Qt::Key_Return);
        QVERIFY(QFile::exists(path));
        QTRY_VERIFY(!shown<QMessageBox>(m_window.get()));
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        bar->removeButton()->click();
        question = shown<QMessageBox>(m_window.get());
        QVERIFY(question);
        press(question, QMessageBox::DestructiveRole);
        QTRY_VERIFY(!QFile::exists(path));
        QTRY_VERIFY(!bar->isVisible());
    }

    void theBarSavesByMovingItOutOfTheCache()
    {
        const QString path = leave("session-20260101-000000-4-1.pcapng"), kept = m_home.file(QStringLiteral("kept.pcapng"));
        m_window->tendCache();
        QTRY_VERIFY(m_window->leftoverBar() && m_window->leftoverBar()->isVisible());
        m_window->leftoverBar()->saveButton()->click();
        auto *dialog = m_window->findChild<QFileDialog *>();
        QVERIFY(dialog);
        emit dialog->fileSelected(kept);
        delete dialog;
        QTRY_VERIFY(!m_window->leftoverBar()->isVisible());
        QVERIFY(!QFile::exists(path));
        QVERIFY(Journal::open(kept).ok());
        QCOMPARE(RecentRecordings::paths(), QStringList{kept});
    }

    void theStartCleansAndSaysSo()
    {
        const QString old = leave("session-20260101-000000-5-1.pcapng"), fresh = leave("session-20260101-000000-5-2.pcapng");
        const QString saved = m_home.file(QStringLiteral("cache/forkscope/mine.pcapng"));
        QVERIFY(QFile::copy(old, saved));
        Preferences::setCacheLimits({0, 1});
        m_window->tendCache();
        QTRY_VERIFY(m_window->statusBar()->currentMessage().startsWith(QLatin1String("Removed 1 old recording, ")));
        QCOMPARE(int(QFile::exists(old)) + int(QFile::exists(fresh)), 1);
        QVERIFY(QFile::exists(saved));
        QVERIFY(QFile::exists(m_window->journal().path()));
    }

    void theDialogListsWhatIsThereAndRefusesWhatIsInUse()
    {
        leave("session-20260101-000000-6-1.pcapng", 3);
        m_window->windowActions().unsaved->trigger();
        auto *dialog = m_window->findChild<UnsavedDialog *>();
        QVERIFY(dialog);
        const QAbstractItemModelTester tester(
            const_cast<UnsavedModel *>(&dialog->model()), QAbstractItemModelTester::FailureReportingMode::Fatal);
        const UnsavedModel &model = dialog->model();
        QTRY_COMPARE(model.rowCount(), 2);
        const auto text = [&model](int row, int column) { return model.index(row, column).data().toString(); };
        QCOMPARE(text(0, UnsavedModel::Use), QStringLiteral("being recorded")); // this window, the newest
        QCOMPARE(text(1, UnsavedModel::Use), QString());
        QTRY_COMPARE(text(1, UnsavedModel::Command), QStringLiteral("make -j2"));
        QTRY_COMPARE(text(0, UnsavedModel::Command), QStringLiteral("none"));
        QVERIFY(!text(1, UnsavedModel::Size).isEmpty());

        dialog->table()->setCurrentIndex(model.index(0, 0));
        QVERIFY(!dialog->removeButton()->isEnabled());
        QVERIFY(!dialog->saveButton()->isEnabled());
        dialog->table()->setCurrentIndex(model.index(1, 0));
        QVERIFY(dialog->removeButton()->isEnabled());
        QVERIFY(dialog->saveButton()->isEnabled());
        dialog->table()->selectAll();
        QVERIFY(!dialog->removeButton()->isEnabled());
        QVERIFY(!dialog->openButton()->isEnabled());
        for (const QPushButton *button : dialog->findChildren<QPushButton *>())
            QVERIFY(!button->isDefault());
    }

    void removeAllNamesWhatGoesAndLeavesWhatIsInUse()
    {
        const QString one = leave("session-20260101-000000-7-1.pcapng"), two = leave("session-20260101-000000-7-2.pcapng");
        m_window->windowActions().unsaved->trigger();
        auto *dialog = m_window->findChild<UnsavedDialog *>();
        QTRY_COMPARE(dialog->model().rowCount(), 3);
        dialog->removeAllButton()->click();
        auto *question = shown<QMessageBox>(dialog);
        QVERIFY(question);
        QVERIFY(question->text().contains(QLatin1String("2 recordings")));
        for (const QString &path : {one, two})
            QVERIFY(question->informativeText().contains(QFileInfo(path).fileName()));
        press(question, QMessageBox::DestructiveRole);
        QTRY_COMPARE(dialog->model().rowCount(), 1);
        QVERIFY(QFile::exists(m_window->journal().path()));
        QVERIFY(!dialog->removeAllButton()->isEnabled());
    }

    void theDialogSavesAndOpens()
    {
        const QString path = leave("session-20260101-000000-8-1.pcapng"), kept = m_home.file(QStringLiteral("kept8.pcapng"));
        m_window.reset(); // its own recording is none of this
        UnsavedDialog dialog(nullptr);
        dialog.show();
        QTRY_COMPARE(dialog.model().rowCount(), 1);
        QTRY_VERIFY(dialog.openButton()->isEnabled());
        QSignalSpy open(&dialog, &UnsavedDialog::openRequested);
        QTest::keyClick(dialog.table(), Qt::Key_Return);
        QCOMPARE(open.value(0).value(0).toString(), path);
        dialog.saveButton()->click();
        auto *choice = dialog.findChild<QFileDialog *>();
        QVERIFY(choice);
        emit choice->fileSelected(kept);
        delete choice;
        QTRY_COMPARE(dialog.model().rowCount(), 0);
        QTRY_COMPARE(dialog.summaryLabel()->text(), QStringLiteral("There are none."));
        QVERIFY(Journal::open(kept).ok());
    }

    void thePreferencesTakeAgeAndSizeAndCanBeWithoutBoth()
    {
        QCOMPARE(Preferences::cacheLimits().days, 14);
        QCOMPARE(Preferences::cacheLimits().bytes, quint64(10) << 30);
        {
            PreferencesDialog dialog(nullptr);
            KeepChoice *keep = dialog.keepChoice();
            keep->daysBox()->setValue(3);
            keep->sizeEdit()->setText(QStringLiteral("much"));
            QVERIFY(!dialog.okButton()->isEnabled());
            keep->sizeEdit()->setText(QStringLiteral("1 GiB"));
            dialog.okButton()->click();
        }
        QCOMPARE(Preferences::cacheLimits().days, 3);
        QCOMPARE(Preferences::cacheLimits().bytes, quint64(1) << 30);
        PreferencesDialog dialog(nullptr);
        dialog.keepChoice()->daysCheck()->setChecked(false);
        dialog.keepChoice()->sizeCheck()->setChecked(false);
        QVERIFY(!dialog.keepChoice()->daysBox()->isEnabled());
        dialog.okButton()->click();
        QCOMPARE(Preferences::cacheLimits().days, 0);
        QCOMPARE(Preferences::cacheLimits().bytes, 0U);
    }

    void agesAreToldInTheUnitThatFits()
    {
        const auto ago = [](qint64 seconds) { return ageText((QDateTime::currentSecsSinceEpoch() - seconds) * 1'000'000'000); };
        QCOMPARE(ago(20), QStringLiteral("just now"));
        QCOMPARE(ago(-3600), QStringLiteral("just now")); // a clock that was set back
        QCOMPARE(ago(185), QStringLiteral("3 min ago"));
        QCOMPARE(ago(2 * 3600 + 60), QStringLiteral("2 h ago"));
        QCOMPARE(ago(25 * 3600), QStringLiteral("1 day ago"));
        QCOMPARE(ago(14 * 24 * 3600 + 60), QStringLiteral("14 days ago"));
    }
};

QTEST_MAIN(UnsavedRecordingsTest)
#include "unsavedrecordings_test.moc"
