// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/guitesting.h"

#include "core/workspace/projectfile.h"
#include "ui/launch/launchdialog.h"
#include "ui/mainwindow.h"
#include "ui/monitor/processmodel.h"
#include "ui/workspace/workspacemodel.h"
#include "ui/workspace/workspacepanel.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QLabel>
#include <QPushButton>
#include <QTreeView>

using namespace forkscope;

class WorkspacePanelTest : public QObject
{
    Q_OBJECT

    TestHome m_home;
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<QAbstractItemModelTester> m_tester;

    WorkspacePanel *panel() const { return m_window->workspacePanel(); }
    QTreeView *tree() const { return panel()->tree(); }
    QString cell(const QString &profile, int column) const
    {
        const QAbstractItemModel *model = tree()->model();
        for (int row = 0; row < model->rowCount(); ++row)
            if (model->index(row, WorkspaceModel::Name).data().toString() == profile)
                return model->index(row, column).data().toString();
        return QStringLiteral("(no row)");
    }
    QString state(const QString &profile) const { return cell(profile, WorkspaceModel::State); }
    QStringList names() const
    {
        QStringList list;
        for (int row = 0; row < tree()->model()->rowCount(); ++row)
            list.append(tree()->model()->index(row, WorkspaceModel::Name).data().toString());
        return list;
    }

    static LaunchProfile profile(const char *name, const QByteArray &line)
    {
        LaunchProfile made;
        made.name = QLatin1String(name);
        made.launch.shell = true;
        made.launch.arguments = {line};
        return made;
    }

    void open(const QList<LaunchProfile> &profiles) { panel()->open({QStringLiteral("test"), m_home.file({}), profiles}, {}); }

private slots:
    void init()
    {
        auto session = Session::create();
        QVERIFY(session);
        m_window = std::make_unique<MainWindow>(std::move(session).value());
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
        m_tester
            = std::make_unique<QAbstractItemModelTester>(tree()->model(), QAbstractItemModelTester::FailureReportingMode::Fatal);
    }
    void cleanup()
    {
        m_tester.reset();
        m_window.reset();
    }

    void whatDependsWaitsUntilTheOtherIsReady()
    {
        LaunchProfile server = profile("server", "sleep 0.3; echo listening; sleep 60");
        server.readiness = ReadinessProbe{ReadinessProbe::Kind::LogLine, QStringLiteral("^listening")};
        LaunchProfile client = profile("client", "echo hello; sleep 60");
        client.dependencies = {{QStringLiteral("server"), Dependency::Condition::Ready}};
        open({client, server});
        panel()->action("startAll")->trigger();
        QTRY_COMPARE(state(QStringLiteral("client")), QStringLiteral("waiting"));
        QVERIFY(cell(QStringLiteral("client"), WorkspaceModel::Details).contains(QStringLiteral("server")));
        QTRY_COMPARE(state(QStringLiteral("server")), QStringLiteral("ready"));
        QTRY_COMPARE(state(QStringLiteral("client")), QStringLiteral("running"));
        panel()->action("stopAll")->trigger();
        QTRY_COMPARE(state(QStringLiteral("client")), QStringLiteral("idle"));
        QTRY_COMPARE(state(QStringLiteral("server")), QStringLiteral("idle"));
    }

    void keysStartStopAndRestart()
    {
        open({profile("sleeper", "sleep 60")});
        panel()->select(QStringLiteral("sleeper"));
        QTest::keyClick(tree(), Qt::Key_Return);
        QTRY_COMPARE(state(QStringLiteral("sleeper")), QStringLiteral("running"));
        const QString pid = cell(QStringLiteral("sleeper"), WorkspaceModel::Pid);
        QTest::keyClick(tree(), Qt::Key_F5);
        QTRY_VERIFY(cell(QStringLiteral("sleeper"), WorkspaceModel::Pid) != pid
            && state(QStringLiteral("sleeper")) == QStringLiteral("running"));
        QTest::keyClick(tree(), Qt::Key_Delete);
        QTRY_COMPARE(state(QStringLiteral("sleeper")), QStringLiteral("idle"));
    }

    void whyItFailedIsInItsRow()
    {
        open({profile("failing", "exit 3")});
        panel()->action("startAll")->trigger();
        QTRY_COMPARE(state(QStringLiteral("failing")), QStringLiteral("failed"));
        QVERIFY(cell(QStringLiteral("failing"), WorkspaceModel::Details).contains(QStringLiteral("exit status 3")));
    }

    void movesAndRemovalsAreUndone()
    {
        open({profile("a", "true"), profile("b", "true"), profile("c", "true")});
        panel()->select(QStringLiteral("c"));
        QTest::keyClick(tree(), Qt::Key_Up, Qt::AltModifier);
        QCOMPARE(names(), QStringList({QStringLiteral("a"), QStringLiteral("c"), QStringLiteral("b")}));
        panel()->select(QStringLiteral("a"));
        panel()->action("remove")->trigger();
        QCOMPARE(names(), QStringList({QStringLiteral("c"), QStringLiteral("b")}));
        QVERIFY(panel()->isModified());
        panel()->action("undo")->trigger();
        panel()->action("undo")->trigger();
        QCOMPARE(names(), QStringList({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")}));
    }

    void aProfileIsEditedInTheDialog()
    {
        open({profile("edited", "exit 3")});
        panel()->select(QStringLiteral("edited"));
        QTest::keyClick(tree(), Qt::Key_F2);
        auto *dialog = m_window->findChild<LaunchDialog *>();
        QVERIFY(dialog);
        LaunchProfile changed = profile("renamed", "exit 0");
        emit dialog->profileAccepted(changed);
        dialog->close();
        QCOMPARE(names(), QStringList({QStringLiteral("renamed")}));
        panel()->action("startAll")->trigger();
        QTRY_COMPARE(state(QStringLiteral("renamed")), QStringLiteral("completed"));
    }

    void itIsSavedAndOpenedAgain()
    {
        open({profile("kept", "echo kept")});
        const QString path = m_home.file(QStringLiteral("forkscope.toml"));
        m_window->saveWorkspace(path);
        QVERIFY(!panel()->isModified());
        const auto read = readProjectFile(path);
        QVERIFY(read);
        QCOMPARE(read.value().profiles.value(0).launch.arguments, QByteArrayList{"echo kept"});
        panel()->open({}, path); // saved: nothing is asked
        QCOMPARE(names(), QStringList());
        m_window->openWorkspace(path);
        QTRY_COMPARE(names(), QStringList({QStringLiteral("kept")}));
    }

    void aCircleStartsNothingAndIsNamed()
    {
        LaunchProfile a = profile("a", "true"), b = profile("b", "true");
        a.dependencies = {{QStringLiteral("b"), Dependency::Condition::Started}};
        b.dependencies = {{QStringLiteral("a"), Dependency::Condition::Started}};
        open({a, b});
        panel()->action("startAll")->trigger();
        QVERIFY(panel()->message()->text().contains(QStringLiteral("a → b → a")));
        QCOMPARE(state(QStringLiteral("a")), QStringLiteral("idle"));
        QCOMPARE(m_window->processes().table().rowCount(), 0);
    }

    void theExampleReallyRuns()
    {
        QTest::mouseClick(panel()->exampleButton(), Qt::LeftButton);
        QTRY_COMPARE(state(QStringLiteral("client")), QStringLiteral("ready"));
        panel()->action("stopAll")->trigger();
        QTRY_COMPARE(state(QStringLiteral("server")), QStringLiteral("idle"));
    }
};

QTEST_MAIN(WorkspacePanelTest)
#include "workspacepanel_test.moc"
