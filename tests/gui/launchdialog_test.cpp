// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/anyprofile.h"
#include "tests/gui/launchdialogtesting.h"
#include "ui/launch/childsteps.h"
#include "ui/launch/commandsection.h"
#include "ui/launch/cpuedit.h"
#include "ui/launch/dependencylist.h"
#include "ui/launch/entrylist.h"
#include "ui/launch/environmentmodel.h"
#include "ui/launch/environmentsection.h"
#include "ui/launch/fold.h"
#include "ui/launch/launchbar.h"
#include "ui/launch/launchdialog.h"
#include "ui/launch/launchline.h"
#include "ui/launch/limitssection.h"
#include "ui/launch/optionsearch.h"
#include "ui/launch/previewpane.h"
#include "ui/launch/resourcelimits.h"
#include "ui/launch/sessionsection.h"
#include "ui/launch/streamedit.h"
#include "ui/launch/streamssection.h"
#include "ui/launch/supervisionsection.h"
#include "ui/launch/timeoutsection.h"
#include "ui/mainwindow.h"
#include "ui/monitor/processmodel.h"
#include "ui/monitor/processview.h"
#include "ui/widgets/bytestext.h"
#include "ui/widgets/quantity.h"
#include "ui/widgets/settings.h"

#include <QAbstractItemModelTester>
#include <QAbstractSpinBox>
#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QRandomGenerator>
#include <QTableView>
#include <QTableWidget>
#include <QToolButton>

using namespace forkscope;
using namespace std::chrono_literals;

class LaunchDialogTest : public QObject
{
    Q_OBJECT

private:
    TestHome m_home;

private slots:
    void init() { Settings().clear(); }

    void whatNobodyEditsComesBackAsItWas()
    {
        const LaunchProfile profile = everything();
        const auto dialog = dialogFor(profile, LaunchDialog::Mode::EditProfile, {QStringLiteral("db")});
        QVERIFY(dialog->profile() == profile);
        QVERIFY(dialogFor(profile)->profile() == profile); // what the mode does not show is kept
        QVERIFY(dialogFor({})->profile() == LaunchProfile());
    }

    void anyProfileComesBackAsItWas()
    {
        QRandomGenerator random(20260);
        for (int i = 0; i < 40; ++i) {
            const LaunchProfile profile = randomProfile(random);
            const LaunchProfile back = dialogFor(profile)->profile();
            QCOMPARE(back.launch.arguments, profile.launch.arguments);
            QVERIFY(back.launch.childActions == profile.launch.childActions);
            QVERIFY(back.launch.environment == profile.launch.environment);
            QVERIFY2(back == profile, qPrintable(QStringLiteral("profile %1").arg(i)));
        }
    }

    void aLineIsSplitAndSeenAsAList()
    {
        const auto dialog = dialogFor({});
        dialog->show();
        QTest::keyClicks(dialog->command()->line(), QStringLiteral("cp 'a b' c"));
        QCOMPARE(dialog->profile().launch.arguments, (QByteArrayList{"cp", "a b", "c"}));
        EntryList *list = dialog->command()->list();
        dialog->command()->listButton()->click();
        QVERIFY(list->isVisible());
        QCOMPARE(list->entries(), (QStringList{QStringLiteral("cp"), QStringLiteral("a b"), QStringLiteral("c")}));
        list->table()->item(1, 0)->setText(QStringLiteral("it's $1"));
        QCOMPARE(dialog->profile().launch.arguments, (QByteArrayList{"cp", "it's $1", "c"}));
        QCOMPARE(dialog->command()->line()->text(), QStringLiteral("cp 'it'\\''s $1' c"));
    }

    void aProgramNameWithBlanksIsOfferedToBeSplit()
    {
        const auto dialog = dialogFor(command({"echo hi"}));
        dialog->show();
        if (!dialog->command()->list()->isVisible())
            dialog->command()->listButton()->click();
        QVERIFY(dialog->command()->hintButton()->isVisible());
        dialog->command()->hintButton()->click();
        QCOMPARE(dialog->profile().launch.arguments, (QByteArrayList{"echo", "hi"}));
    }

    void aShellTakesTheLineWhole()
    {
        const auto dialog = dialogFor({});
        dialog->show();
        QTest::keyClicks(dialog->command()->line(), QStringLiteral("ls | wc -l"));
        QVERIFY(dialog->command()->hintButton()->isVisible());
        dialog->command()->hintButton()->click();
        QVERIFY(dialog->profile().launch.shell);
        QCOMPARE(dialog->profile().launch.arguments, QByteArrayList{"ls | wc -l"});
        QVERIFY(!dialog->command()->hintButton()->isVisible());
        dialog->command()->shellBox()->setEditText(QStringLiteral("/bin/bash"));
        QCOMPARE(dialog->profile().launch.shellPath, QByteArray("/bin/bash"));
        dialog->command()->shellCheck()->click();
        QCOMPARE(dialog->profile().launch.arguments, (QByteArrayList{"ls", "|", "wc", "-l"}));
    }

    void wrongTextIsToldBesideItsFieldAndNothingRuns_data()
    {
        QTest::addColumn<QByteArray>("field");
        QTest::addColumn<QString>("wrong");
        QTest::addColumn<QString>("right");
        const auto row = [](const char *field, const char *wrong, const char *right) {
            QTest::newRow(field) << QByteArray(field) << QString::fromUtf8(wrong) << QString::fromUtf8(right);
        };
        row("args", "echo 'a", "echo a");
        row("timeout", "soon", "2 s");
        row("umask", "9", "022");
        row("process_group", "x", "");
        row("pass_fds", "-1", "3");
        row("pipesize", "big", "64 KiB");
        row("encoding", "no-such-encoding", "utf-8");
        row("startupinfo", "x", "");
        row("creationflags", "8", "");
        row("shell", "", "");
    }

    void wrongTextIsToldBesideItsFieldAndNothingRuns()
    {
        QFETCH(QByteArray, field);
        QFETCH(QString, wrong);
        QFETCH(QString, right);
        const auto dialog = dialogFor(command({"true"}));
        dialog->show();
        QVERIFY(QTest::qWaitForWindowActive(dialog.get()));
        QVERIFY(dialog->acceptButton()->isEnabled());
        if (field == "shell") {
            dialog->command()->shellCheck()->click();
            dialog->command()->shellBox()->setEditText({});
            QVERIFY(!faultBeside(*dialog, "shell").isEmpty());
            QVERIFY(!dialog->acceptButton()->isEnabled());
            return;
        }
        type(*dialog, field, wrong);
        QVERIFY(!faultBeside(*dialog, field).isEmpty());
        QVERIFY(!dialog->acceptButton()->isEnabled());
        QVERIFY(!dialog->reasonLine()->text().isEmpty());
        QSignalSpy asked(dialog.get(), &LaunchDialog::runRequested);
        QTest::keyClick(dialog.get(), Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(asked.isEmpty());
        type(*dialog, field, right);
        QVERIFY2(dialog->acceptButton()->isEnabled(), qPrintable(dialog->reason()));
        QCOMPARE(faultBeside(*dialog, field), QString());
        if (dialog->acceptButton()->isEnabled()) {
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return, Qt::ControlModifier);
            QCOMPARE(asked.size(), 1);
        }
    }

    void faultsOfAProfileStandBesideTheirFields()
    {
        LaunchProfile profile = command({"true"});
        profile.name = QStringLiteral("a");
        const auto dialog = dialogFor(profile, LaunchDialog::Mode::EditProfile, {QStringLiteral("b")});
        dialog->show();
        QVERIFY(QTest::qWaitForWindowActive(dialog.get()));
        QVERIFY2(dialog->acceptButton()->isEnabled(), qPrintable(dialog->reason()));
        type(*dialog, "name", QStringLiteral("b"));
        QVERIFY(!faultBeside(*dialog, "name").isEmpty());
        type(*dialog, "name", QStringLiteral("no blanks"));
        QVERIFY(!faultBeside(*dialog, "name").isEmpty());
        type(*dialog, "name", QStringLiteral("a"));
        dialog->supervision()->readinessBox()->setCurrentIndex(1);
        emit dialog->supervision()->readinessBox()->activated(1);
        type(*dialog, "readiness.target", QStringLiteral("(["));
        QVERIFY(!dialog->acceptButton()->isEnabled());
        QVERIFY(!faultBeside(*dialog, "readiness").isEmpty());
        type(*dialog, "readiness.target", QStringLiteral("ready"));
        QVERIFY(dialog->acceptButton()->isEnabled());
        QSignalSpy accepted(dialog.get(), &LaunchDialog::profileAccepted);
        dialog->supervision()->dependencies()->addButton()->click();
        dialog->acceptButton()->click();
        QCOMPARE(accepted.size(), 1);
        const auto saved = accepted[0][0].value<LaunchProfile>();
        QCOMPARE(saved.readiness->target, QStringLiteral("ready"));
        QCOMPARE(saved.dependencies.first().profile, QStringLiteral("b"));
    }

    void anEmptyCommandIsNoMistakeBeforeOneTypes()
    {
        const auto dialog = dialogFor({});
        dialog->show();
        QVERIFY(!dialog->acceptButton()->isEnabled());
        QVERIFY(faultBeside(*dialog, "args").isEmpty());
        QTest::keyClicks(dialog->command()->line(), QStringLiteral("x"));
        QTest::keyClick(dialog->command()->line(), Qt::Key_Backspace);
        QVERIFY(!faultBeside(*dialog, "args").isEmpty());
    }

    void headingsSayWhatIsSetAndOpenWhereSomethingIs()
    {
        const auto plain = dialogFor(command({"true"}));
        for (const Fold *fold : plain->folds()) {
            QVERIFY2(!fold->isOpen(), qPrintable(fold->section()->title()));
            QCOMPARE(fold->shownSummary(), fold->section() == plain->session() ? QStringLiteral("new session") : QString());
        }
        LaunchProfile profile = command({"sort"});
        profile.launch.standardInput = {StreamTarget::Kind::File, "dir/data.txt", false, -1};
        profile.launch.standardError = {StreamTarget::Kind::StandardOutput, {}, false, -1};
        profile.launch.environment = {{"PATH", QByteArray("/x")}, {"HOME", std::nullopt}, {"FORKSCOPE_NEW", QByteArray("1")}};
        profile.launch.childActions = {SetNice{5}};
        profile.launch.umask = 077;
        profile.launch.timeout = 30s;
        profile.restart.when = RestartPolicy::When::OnFailure;
        const auto dialog = dialogFor(profile);
        QStringList summaries;
        for (const Fold *fold : dialog->folds()) {
            QVERIFY2(fold->isOpen(), qPrintable(fold->section()->title()));
            summaries.append(fold->shownSummary());
        }
        QCOMPARE(summaries,
            (QStringList{QStringLiteral("stdin from data.txt, stderr → stdout"), QStringLiteral("1 changed, 1 added, 1 removed"),
                QStringLiteral("Nice value +5"), QStringLiteral("new session, mask 077"), QStringLiteral("stopped after 30 s"),
                QStringLiteral("started again when it failed")}));
    }

    void everyParameterIsFoundByItsPythonName_data()
    {
        QTest::addColumn<QString>("name");
        for (const char *name : {"args", "bufsize", "executable", "stdin", "stdout", "stderr", "preexec_fn", "close_fds", "shell",
                 "cwd", "env", "universal_newlines", "startupinfo", "creationflags", "restore_signals", "start_new_session",
                 "pass_fds", "user", "group", "extra_groups", "encoding", "errors", "text", "umask", "pipesize", "process_group",
                 "input", "capture_output", "timeout", "check", "nice", "setrlimit", "os.sched_setaffinity", "setsid", "ionice",
                 "oom_score_adj"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }

    void everyParameterIsFoundByItsPythonName()
    {
        QFETCH(QString, name);
        const auto dialog = dialogFor(command({"true"}));
        dialog->show();
        QVERIFY(QTest::qWaitForWindowActive(dialog.get()));
        const QList<LaunchOption> found = dialog->search()->find(name);
        QVERIFY(!found.isEmpty());
        QVERIFY2(found.first().python.contains(name) || found.first().field == name, qPrintable(found.first().python));
        dialog->search()->setFocus();
        dialog->search()->setText(name);
        QTest::keyClick(dialog->search(), Qt::Key_Return);
        QVERIFY(dialog->isVisible());
        QWidget *editor = found.first().editor;
        QVERIFY(editor->isVisible());
        QVERIFY(editor->hasFocus() || (editor->focusProxy() && editor->focusProxy()->hasFocus()) || !editor->isEnabled());
        QVERIFY(dialog->helpLine()->text().contains(name) || found.first().field == name);
    }

    void everyFieldHasANameAHelpAndIsReachedByTab()
    {
        LaunchProfile profile = everything();
        profile.launch.inheritEnvironment = true;
        const auto dialog = dialogFor(profile, LaunchDialog::Mode::EditProfile, {QStringLiteral("db")});
        for (Fold *fold : dialog->folds())
            fold->setOpen(true);
        dialog->show();
        QVERIFY(QTest::qWaitForWindowActive(dialog.get()));
        QSet<QWidget *> reached;
        QWidget *first = QApplication::focusWidget();
        for (int i = 0; i < 1000; ++i) {
            QWidget *now = QApplication::focusWidget();
            QVERIFY(now);
            reached.insert(now);
            QTest::keyClick(now, Qt::Key_Tab);
            if (QApplication::focusWidget() == first)
                break;
        }
        QStringList missed;
        for (QWidget *widget : dialog->findChildren<QWidget *>()) {
            if (!(widget->focusPolicy() & Qt::TabFocus) || !widget->isVisible() || !widget->isEnabled() || widget->focusProxy()
                || qobject_cast<QLineEdit *>(widget->parentWidget()) || qobject_cast<QAbstractSpinBox *>(widget->parentWidget())
                || widget->objectName() == QLatin1String("qt_tabwidget_stackedwidget"))
                continue;
            const auto *button = qobject_cast<QAbstractButton *>(widget);
            if (widget->accessibleName().isEmpty() && !(button && !button->text().isEmpty()))
                missed.append(QStringLiteral("no name: %1 in %2")
                                  .arg(QLatin1String(widget->metaObject()->className()),
                                      QLatin1String(widget->parentWidget()->metaObject()->className())));
            // Of radio buttons and combo boxes with a field, one part is a stop.
            if (!reached.contains(widget) && !qobject_cast<QRadioButton *>(widget)
                && !qobject_cast<QComboBox *>(widget->parentWidget()))
                missed.append(QStringLiteral("not reached: %1 “%2”")
                                  .arg(QLatin1String(widget->metaObject()->className()), widget->accessibleName()));
        }
        QVERIFY2(missed.isEmpty(), qPrintable(missed.join(QLatin1Char('\n'))));
    }

    void thePreviewFollowsWhatIsTyped()
    {
        const auto dialog = dialogFor({});
        dialog->show();
        QTest::keyClicks(dialog->command()->line(), QStringLiteral("echo hello"));
        QTRY_VERIFY(dialog->preview()->shellText().contains(QLatin1String("echo hello")));
        QVERIFY2(
            dialog->preview()->pythonText().contains(QLatin1String("\"hello\"")), qPrintable(dialog->preview()->pythonText()));
        type(*dialog, "timeout", QStringLiteral("2 s"));
        QTRY_VERIFY(dialog->preview()->pythonText().contains(QLatin1String("timeout=2")));
    }

    void theWheelChangesNoFieldInPassing()
    {
        const auto dialog = dialogFor(command({"true"}));
        dialog->folds().first()->setOpen(true);
        dialog->show();
        QComboBox *box = dialog->streams()->standardOutput()->kindBox();
        QWheelEvent wheel(QPointF(5, 5), box->mapToGlobal(QPointF(5, 5)), {}, QPoint(0, -120), Qt::NoButton, Qt::NoModifier,
            Qt::NoScrollPhase, false);
        QApplication::sendEvent(box, &wheel);
        QCOMPARE(box->currentIndex(), 0);
        QVERIFY(!wheel.isAccepted());
    }

    void enterRunsFromAFieldAndPressesAButton()
    {
        const auto dialog = dialogFor(command({"true"}));
        dialog->show();
        QVERIFY(QTest::qWaitForWindowActive(dialog.get()));
        QSignalSpy asked(dialog.get(), &LaunchDialog::runRequested);
        QToolButton *heading = dialog->folds().first()->heading();
        heading->setFocus();
        QTest::keyClick(heading, Qt::Key_Return);
        QVERIFY(dialog->folds().first()->isOpen());
        QVERIFY(asked.isEmpty());
        dialog->command()->line()->setFocus();
        QTest::keyClick(dialog->command()->line(), Qt::Key_Return);
        QCOMPARE(asked.size(), 1);
        QVERIFY(!dialog->isVisible());
    }

    void savingNeedsAName()
    {
        const auto dialog = dialogFor(command({"true"}));
        QSignalSpy accepted(dialog.get(), &LaunchDialog::profileAccepted);
        dialog->show();
        QVERIFY(QTest::qWaitForWindowActive(dialog.get()));
        QVERIFY(dialog->saveButton()->isVisible());
        dialog->saveButton()->click();
        QVERIFY(accepted.isEmpty());
        QVERIFY(!faultBeside(*dialog, "name").isEmpty());
        QVERIFY(dialog->command()->nameEdit()->hasFocus());
        QTest::keyClicks(dialog->command()->nameEdit(), QStringLiteral("mine"));
        dialog->saveButton()->click();
        QCOMPARE(accepted.size(), 1);
        QCOMPARE(accepted[0][0].value<LaunchProfile>().name, QStringLiteral("mine"));
        const auto nobodySaves = dialogFor(command({"true"}));
        nobodySaves->show();
        QVERIFY(!nobodySaves->saveButton()->isVisible());
    }

    void theWindowLaunchesWhatTheDialogSays()
    {
        auto session = Session::create();
        QVERIFY(session.ok());
        MainWindow window(std::move(session).value());
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        QTest::keyClicks(window.launchBar()->line(), QStringLiteral("sh -c 'exit 3'"));
        QTest::keyClick(&window, Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
        auto *dialog = window.findChild<LaunchDialog *>();
        QVERIFY(dialog);
        QCOMPARE(dialog->profile().launch.arguments, (QByteArrayList{"sh", "-c", "exit 3"}));
        dialog->activateWindow(); // which a window manager would do
        QTRY_COMPARE(QApplication::activeWindow(), dialog);
        dialog->command()->line()->selectAll();
        QTest::keyClicks(dialog->command()->line(), QStringLiteral("sh -c 'test `umask` = 0077 && exit 5'"));
        type(*dialog, "umask", QStringLiteral("077"));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return, Qt::ControlModifier);
        QVERIFY2(!dialog->isVisible(), qPrintable(dialog->reason()));
        QTRY_VERIFY(window.processes().table().rowCount() > 0);
        QTRY_VERIFY(window.processes().table().row(0).exit.has_value());
        QCOMPARE(window.processes().table().row(0).exit->value, 5);
        QVERIFY(window.launchBar()->line()->text().isEmpty());

        QTRY_COMPARE(window.processView()->currentRow(), 0);
        QTRY_VERIFY(!window.findChild<LaunchDialog *>());
        QTRY_VERIFY(window.windowActions().runAgainWithOptions->isEnabled());
        window.windowActions().runAgainWithOptions->trigger();
        dialog = window.findChild<LaunchDialog *>();
        QVERIFY(dialog);
        QCOMPARE(dialog->profile().launch.umask.value_or(-1), 077);
        dialog->reject();
    }
};

QTEST_MAIN(LaunchDialogTest)
#include "launchdialog_test.moc"
