// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/session.h"
#include "core/workspace/projectfile.h"
#include "tests/gui/guitesting.h"
#include "ui/launch/launchdialog.h"
#include "ui/mainwindow.h"
#include "ui/monitor/processmodel.h"
#include "ui/monitor/processview.h"
#include "ui/workspace/workspacemodel.h"
#include "ui/workspace/workspacepanel.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QDockWidget>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTreeView>

using namespace forkscope;

namespace {

using State = ProfileStatus::State;

LaunchProfile shell(const char *name, const QByteArray &line)
{
    LaunchProfile profile;
    profile.name = QLatin1String(name);
    profile.launch.shell = true;
    profile.launch.arguments = {line};
    return profile;
}

} // namespace

/// The panel in its window, over real commands.
class WorkspaceWindowTest : public QObject
{
    Q_OBJECT

    TestHome m_home;
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<QAbstractItemModelTester> m_tester;

    WorkspacePanel *panel() const { return m_window->workspacePanel(); }
    QTreeView *tree() const { return panel()->tree(); }
    State state(const char *name) const { return m_window->supervisor()->status(QLatin1String(name)).state; }
    QStringList names() const
    {
        QStringList names;
        for (int row = 0; row < tree()->model()->rowCount(); ++row)
            names += tree()->model()->index(row, WorkspaceModel::Name).data().toString();
        return names;
    }
    QString cell(const char *name, WorkspaceModel::Column column) const
    {
        const int row = int(names().indexOf(QLatin1String(name)));
        return tree()->model()->index(row, column).data().toString();
    }
    void open(const QList<LaunchProfile> &profiles)
    {
        panel()->open({QStringLiteral("test"), m_home.file({}), profiles}, m_home.file(QStringLiteral("forkscope.toml")));
        m_window->findChild<QDockWidget *>(QStringLiteral("workspace"))->show();
        tree()->setFocus();
        QTRY_VERIFY(tree()->hasFocus());
    }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QTest::keyClick(QApplication::focusWidget(), key, modifiers);
    }

private slots:
    void init()
    {
        m_window = std::make_unique<MainWindow>(std::move(Session::create()).value());
        m_window->show();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        m_tester
            = std::make_unique<QAbstractItemModelTester>(tree()->model(), QAbstractItemModelTester::FailureReportingMode::Fatal);
    }
    void cleanup()
    {
        m_window->supervisor()->stopAll();
        QTRY_VERIFY(!m_window->supervisor()->isAnyActive());
        m_tester.reset();
        m_window.reset();
    }

    void theKeyboardAloneDoesEverything()
    {
        open({shell("one", "exec sleep 100"), shell("two", "exec sleep 100")});
        press(Qt::Key_Return);
        QTRY_VERIFY(state("one") == State::Running);
        QVERIFY(state("two") == State::Idle);
        press(Qt::Key_Down);
        press(Qt::Key_S);
        QTRY_VERIFY(state("two") == State::Running);
        const LaunchId launch = m_window->supervisor()->status(QStringLiteral("two")).launch;
        press(Qt::Key_R);
        QTRY_VERIFY(state("two") == State::Running && m_window->supervisor()->status(QStringLiteral("two")).launch != launch);
        press(Qt::Key_Delete); // not the window's “Stop…”, which would ask about the process
        QTRY_VERIFY(state("two") == State::Idle);
        QVERIFY(state("one") == State::Running);
        press(Qt::Key_X, Qt::ShiftModifier);
        QTRY_VERIFY(!m_window->supervisor()->isAnyActive());
        press(Qt::Key_S, Qt::ShiftModifier);
        QTRY_VERIFY(state("one") == State::Running && state("two") == State::Running);
    }

    void eachRowSaysHowItStandsAndWhy()
    {
        LaunchProfile server = shell("server", "echo listening; exec sleep 100");
        server.readiness = ReadinessProbe{ReadinessProbe::Kind::LogLine, QStringLiteral("^listening$")};
        LaunchProfile slow = shell("slow", "exec sleep 100");
        slow.readiness = ReadinessProbe{ReadinessProbe::Kind::LogLine, QStringLiteral("never")};
        LaunchProfile waiting = shell("waiting", "true");
        waiting.dependencies = {{slow.name, Dependency::Condition::Ready}};
        LaunchProfile again = shell("again", "exit 3");
        again.restart = {RestartPolicy::When::OnFailure, std::chrono::hours(1), 1, std::chrono::hours(1), 0};
        open({server, slow, waiting, again, shell("fails", "exit 4")});
        QCOMPARE(cell("waiting", WorkspaceModel::Details), QStringLiteral("after slow (ready)"));
        panel()->action("startAll")->trigger();
        QTRY_COMPARE(cell("server", WorkspaceModel::State), QStringLiteral("ready"));
        QCOMPARE(cell("server", WorkspaceModel::Details), QStringLiteral("line “^listening$”"));
        QVERIFY(cell("server", WorkspaceModel::Pid).toInt() > 0);
        QTRY_COMPARE(cell("slow", WorkspaceModel::Details), QStringLiteral("waits for line “never”"));
        QTRY_COMPARE(cell("waiting", WorkspaceModel::Details), QStringLiteral("waits for “slow” to be ready"));
        QTRY_COMPARE(cell("again", WorkspaceModel::State), QStringLiteral("restarting"));
        QVERIFY(cell("again", WorkspaceModel::Details).startsWith(QLatin1String("exit status 3; starts again in 3")));
        QTRY_COMPARE(cell("fails", WorkspaceModel::State), QStringLiteral("failed"));
        QCOMPARE(cell("fails", WorkspaceModel::Details), QStringLiteral("exit status 4"));
    }

    void aSelectedProfileSelectsItsLaunch()
    {
        open({shell("one", "echo one"), shell("two", "echo two")});
        panel()->action("startAll")->trigger();
        QTRY_VERIFY(state("one") == State::Completed && state("two") == State::Completed);
        const ProcessTable &table = m_window->processes().table();
        for (const char *name : {"two", "one"}) {
            panel()->select(QLatin1String(name));
            const LaunchId launch = m_window->supervisor()->status(QLatin1String(name)).launch;
            QTRY_VERIFY(table.rowOf(launch) >= 0 && m_window->processView()->currentRow() == table.rowOf(launch));
        }
    }

    void theOrderIsChangedByKeysAndByDragging()
    {
        open({shell("a", "true"), shell("b", "true"), shell("c", "true")});
        press(Qt::Key_Down, Qt::AltModifier);
        QCOMPARE(names(), QStringList({QStringLiteral("b"), QStringLiteral("a"), QStringLiteral("c")}));
        QCOMPARE(panel()->selectedProfiles(), QStringList{QStringLiteral("a")});
        press(Qt::Key_Up, Qt::AltModifier);
        QCOMPARE(names(), QStringList({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")}));
        QAbstractItemModel *model = tree()->model();
        std::unique_ptr<QMimeData> dragged(model->mimeData({model->index(0, 0)}));
        QVERIFY(!model->dropMimeData(dragged.get(), Qt::MoveAction, 3, 0, {})); // the view removes nothing
        QTRY_COMPARE(names(), QStringList({QStringLiteral("b"), QStringLiteral("c"), QStringLiteral("a")}));
        press(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(names(), QStringList({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")}));
    }

    void removingAndDuplicatingCanBeUndone()
    {
        open({shell("a", "true"), shell("b", "true")});
        QVERIFY(!panel()->isModified());
        panel()->select(QStringLiteral("b"));
        press(Qt::Key_D, Qt::ControlModifier);
        QCOMPARE(names(), QStringList({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("b-2")}));
        panel()->select(QStringLiteral("a"));
        press(Qt::Key_Delete, Qt::ControlModifier);
        QCOMPARE(names(), QStringList({QStringLiteral("b"), QStringLiteral("b-2")}));
        QVERIFY(panel()->isModified());
        press(Qt::Key_Z, Qt::ControlModifier);
        press(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(names(), QStringList({QStringLiteral("a"), QStringLiteral("b")}));
        QVERIFY(!panel()->isModified());
        press(Qt::Key_Y, Qt::ControlModifier);
        QCOMPARE(names().size(), 3);
    }

    void aProfileWithANewNameKeepsThoseThatDependOnIt()
    {
        LaunchProfile client = shell("client", "true");
        client.dependencies = {{QStringLiteral("db"), Dependency::Condition::Started}};
        open({shell("db", "true"), client});
        panel()->replaceProfile(QStringLiteral("db"), shell("database", "true"));
        const Workspace &workspace = m_window->supervisor()->workspace();
        QCOMPARE(workspace.profiles[1].dependencies.first().profile, QStringLiteral("database"));
        QVERIFY(!validate(workspace));
    }

    void whatCannotStartIsToldInThePanel()
    {
        LaunchProfile a = shell("a", "true");
        a.dependencies = {{QStringLiteral("b"), Dependency::Condition::Started}};
        LaunchProfile b = shell("b", "true");
        b.dependencies = {{QStringLiteral("a"), Dependency::Condition::Started}};
        open({a, b});
        QVERIFY(panel()->message()->isVisible());
        panel()->showMessage({});
        panel()->action("startAll")->trigger();
        QVERIFY(panel()->message()->isVisible());
        QVERIFY2(panel()->message()->text().contains(QString::fromUtf8("a → b → a")), qPrintable(panel()->message()->text()));
        QVERIFY(!m_window->supervisor()->isAnyActive());
    }

    void theExampleReallyRuns()
    {
        m_window->findChild<QDockWidget *>(QStringLiteral("workspace"))->show();
        panel()->exampleButton()->click();
        QTRY_VERIFY(state("page") == State::Completed);
        QTRY_VERIFY2(state("client") == State::Ready, qPrintable(cell("client", WorkspaceModel::Details)));
        QVERIFY(state("server") == State::Ready);
    }

    void aSavedWorkspaceOpensAgain()
    {
        open({shell("one", "true")});
        panel()->addProfile(shell("one", "false"));
        const QString path = m_home.file(QStringLiteral("forkscope.toml"));
        m_window->saveWorkspace(path);
        QVERIFY(!panel()->isModified());
        const auto read = readProjectFile(path);
        QVERIFY(read.ok());
        QCOMPARE(read.value().profiles.size(), 2);
        open({});
        m_window->openWorkspace(path);
        QTRY_COMPARE(names(), QStringList({QStringLiteral("one"), QStringLiteral("one-2")}));
    }

    void closingAsksAboutChanges()
    {
        open({shell("one", "true")});
        panel()->addProfile(shell("two", "true"));
        QVERIFY(!m_window->close());
        auto *question = m_window->findChild<QMessageBox *>();
        QVERIFY(question);
        QTest::keyClick(question, Qt::Key_Escape);
        QTRY_VERIFY(!m_window->findChild<QMessageBox *>());
        QVERIFY(m_window->isVisible());
        panel()->action("undo")->trigger();
        QVERIFY(m_window->close());
    }

    void closingStopsTheWorkspaceForGood()
    {
        LaunchProfile always = shell("always", "exec sleep 100");
        always.restart = {RestartPolicy::When::Always, std::chrono::milliseconds(1), 1, std::chrono::milliseconds(1), 0};
        open({always});
        panel()->action("startAll")->trigger();
        QTRY_VERIFY(state("always") == State::Running);
        QVERIFY(!m_window->close());
        auto *question = m_window->findChild<QMessageBox *>();
        QVERIFY(question);
        for (QAbstractButton *button : question->buttons())
            if (question->buttonRole(button) == QMessageBox::ActionRole && button->text().contains(QLatin1String("top")))
                button->click();
        QTRY_VERIFY(!m_window->isVisible());
    }

    void aProfileIsEditedInTheDialog()
    {
        open({shell("edited", "exit 3")});
        panel()->select(QStringLiteral("edited"));
        press(Qt::Key_F2);
        auto *dialog = m_window->findChild<LaunchDialog *>();
        QVERIFY(dialog);
        emit dialog->profileAccepted(shell("renamed", "exit 0"));
        dialog->close();
        QCOMPARE(names(), QStringList({QStringLiteral("renamed")}));
        panel()->action("startAll")->trigger();
        QTRY_COMPARE(state("renamed"), State::Completed);
    }

    void everyFocusableControlHasAName()
    {
        open({shell("one", "true")});
        for (const QWidget *widget : panel()->findChildren<QWidget *>()) {
            if (!(widget->focusPolicy() & Qt::TabFocus) || widget->objectName().startsWith(QLatin1String("qt_")))
                continue;
            const auto *button = qobject_cast<const QAbstractButton *>(widget);
            QVERIFY2(
                !widget->accessibleName().isEmpty() || (button && !button->text().isEmpty()), widget->metaObject()->className());
        }
    }
};

QTEST_MAIN(WorkspaceWindowTest)
#include "workspacewindow_test.moc"
