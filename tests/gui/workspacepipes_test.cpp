// SPDX-License-Identifier: GPL-3.0-or-later
// Named pipes in the panel of a workspace, their editor, and the streams of its commands.
#include "core/session/session.h"
#include "core/workspace/projectfile.h"
#include "tests/gui/guitesting.h"
#include "tests/patience.h"
#include "ui/launch/launchdialog.h"
#include "ui/launch/streamedit.h"
#include "ui/launch/streamssection.h"
#include "ui/mainwindow.h"
#include "ui/workspace/pipedialog.h"
#include "ui/workspace/pipelist.h"
#include "ui/workspace/pipemodel.h"
#include "ui/workspace/workspacepanel.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QComboBox>
#include <QDockWidget>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QTreeView>

using namespace forkscope;

namespace {

const QString numbers = QStringLiteral("numbers"), made = QStringLiteral("make"), sum = QStringLiteral("sum");

LaunchProfile shell(const QString &name, const QByteArray &line)
{
    LaunchProfile profile;
    profile.name = name;
    profile.launch.shell = true;
    profile.launch.arguments = {line};
    return profile;
}

/// As a person chooses: the box tells of it.
void choose(QComboBox *box, const QString &text)
{
    for (int i = 0; i < box->count(); ++i)
        if (box->itemText(i).contains(text)) {
            box->setCurrentIndex(i);
            emit box->activated(i);
            return;
        }
    QFAIL(qPrintable(text));
}

} // namespace

class WorkspacePipesTest : public QObject
{
    Q_OBJECT

    TestHome m_home;
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<QAbstractItemModelTester> m_tester;

    WorkspacePanel *panel() const { return m_window->workspacePanel(); }
    PipeList *list() const { return panel()->pipes(); }
    const Workspace &workspace() const { return m_window->supervisor()->workspace(); }
    QString cell(int row, PipeModel::Column column) const
    {
        return list()->view()->model()->index(row, column).data().toString();
    }
    template<typename Dialog> Dialog *dialog() const
    {
        const auto all = m_window->findChildren<Dialog *>();
        return all.isEmpty() ? nullptr : all.last();
    }
    void open(const QList<LaunchProfile> &profiles, const QList<WorkspacePipe> &pipes = {})
    {
        panel()->open({QStringLiteral("test"), m_home.file({}), profiles, pipes}, m_home.file(QStringLiteral("forkscope.toml")));
        m_window->findChild<QDockWidget *>(QStringLiteral("workspace"))->show();
    }
    void editStream(const QString &profile, bool writes, const QString &pipe)
    {
        panel()->select(profile);
        panel()->action("edit")->trigger();
        auto *edit = dialog<LaunchDialog>();
        StreamEdit *stream = writes ? edit->streams()->standardOutput() : edit->streams()->standardInput();
        choose(stream->kindBox(), QStringLiteral("named pipe"));
        QVERIFY(!edit->acceptButton()->isEnabled()); // it has no name yet
        QTest::keyClicks(stream->pipeBox()->lineEdit(), pipe);
        QVERIFY2(edit->acceptButton()->isEnabled(), qPrintable(edit->reason()));
        edit->acceptButton()->click();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }

private slots:
    void init()
    {
        m_window = std::make_unique<MainWindow>(std::move(Session::create()).value());
        m_window->show();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        m_tester = std::make_unique<QAbstractItemModelTester>(
            list()->view()->model(), QAbstractItemModelTester::FailureReportingMode::Fatal);
    }
    void cleanup()
    {
        m_window->supervisor()->stopAll();
        QTRY_VERIFY(!m_window->supervisor()->isAnyActive());
        m_tester.reset();
        m_window.reset();
    }

    void twoCommandsAreJoinedInTheirDialogsAndRun()
    {
        open({shell(made, "seq 1000"), shell(sum, "exec awk '{ s += $1 } END { print s }'")});
        QVERIFY(list()->isHidden());
        editStream(made, true, numbers);
        QVERIFY(!list()->isHidden());
        QCOMPARE(cell(0, PipeModel::Name), numbers);
        QCOMPARE(cell(0, PipeModel::Writers), made);
        QVERIFY(cell(0, PipeModel::Readers).contains(QLatin1String("nobody")));
        editStream(sum, false, numbers);
        QCOMPARE(workspace().pipes, QList<WorkspacePipe>({{numbers, {made}, {sum}}}));
        panel()->action("startAll")->trigger();
        const Journal &journal = m_window->journal();
        const auto has = [&journal](ChannelKind kind, const QByteArray &text) {
            for (quint32 c = 0; c < journal.channelCount(); ++c)
                for (quint64 i = 0; journal.channel(ChannelId(c)).kind == kind && i < journal.channelRecordCount(ChannelId(c));
                     ++i)
                    if (const auto record = journal.read(journal.channelRecord(ChannelId(c), i));
                        record && record->bytes.contains(text))
                        return true;
            return false;
        };
        QTRY_VERIFY(has(ChannelKind::StandardOutput, "500500"));
        QVERIFY(has(ChannelKind::Pipe, "1000\n"));
    }

    void theEditorSaysWhatIsWrongAndWhatToKnow()
    {
        open({shell(made, "true"), shell(sum, "cat \"$FORKSCOPE_PIPES/other.out\"")},
            {{numbers, {made}, {}}, {QStringLiteral("other"), {}, {}, 0}});
        QCOMPARE(cell(1, PipeModel::Readers), QStringLiteral("sum (by path)"));
        QCOMPARE(cell(1, PipeModel::Kept), QStringLiteral("counters only"));
        panel()->action("addPipe")->trigger();
        auto *editor = dialog<PipeDialog>();
        QVERIFY(!editor->acceptButton()->isEnabled());
        QTest::keyClicks(editor->nameEdit(), numbers);
        QVERIFY(editor->fault().contains(QLatin1String("another pipe")));
        QTest::keyClicks(editor->nameEdit(), QStringLiteral("/"));
        QVERIFY(editor->fault().contains(QLatin1String("letters")));
        editor->nameEdit()->setText(QStringLiteral("new"));
        QVERIFY(editor->fault().isEmpty());
        QVERIFY(editor->notes().contains(QLatin1String("No command of the workspace uses it")));
        editor->writers()->item(0)->setCheckState(Qt::Checked);
        QVERIFY2(
            editor->notes().contains(QString::fromUtf8("writes to the pipe “numbers” until now")), qPrintable(editor->notes()));
        QVERIFY(editor->notes().contains(QLatin1String("No command reads from it")));
        editor->readers()->item(1)->setCheckState(Qt::Checked);
        choose(editor->keepBox(), QStringLiteral("first"));
        editor->keepBytes()->setText(QStringLiteral("soon"));
        QVERIFY(!editor->acceptButton()->isEnabled());
        editor->keepBytes()->setText(QStringLiteral("1 KiB"));
        editor->acceptButton()->click();
        QCOMPARE(workspace().pipes.last(), (WorkspacePipe{QStringLiteral("new"), {made}, {sum}, 1024}));
        QVERIFY(workspace().pipes.first().writers.isEmpty());
        QCOMPARE(cell(2, PipeModel::Kept), QStringLiteral("first 1.00 KiB"));
        QVERIFY(!validate(workspace()));
    }

    void aPipeIsRenamedAndRemovedByKeysAndBroughtBack()
    {
        open({shell(made, "true"), shell(sum, "cat $FORKSCOPE_PIPES/numbers.out")}, {{numbers, {made}, {sum}}});
        list()->select(numbers);
        list()->view()->setFocus();
        QTRY_VERIFY(list()->view()->hasFocus());
        QTest::keyClick(list()->view(), Qt::Key_F2);
        auto *editor = dialog<PipeDialog>();
        QVERIFY(editor);
        editor->nameEdit()->setText(QStringLiteral("digits"));
        QVERIFY(editor->notes().contains(QLatin1String("old name")));
        editor->acceptButton()->click();
        QCOMPARE(cell(0, PipeModel::Name), QStringLiteral("digits"));
        QCOMPARE(workspace().pipes.first().writers, QStringList{made});
        QTest::keyClick(list()->view(), Qt::Key_Delete);
        QVERIFY(workspace().pipes.isEmpty());
        QVERIFY(list()->isHidden());
        QVERIFY2(panel()->message()->text().contains(QLatin1String("the standard output of make")),
            qPrintable(panel()->message()->text()));
        QVERIFY(panel()->message()->text().contains(QLatin1String("the standard input of sum")));
        panel()->action("undo")->trigger();
        panel()->action("undo")->trigger();
        QCOMPARE(workspace().pipes, QList<WorkspacePipe>({{numbers, {made}, {sum}}}));
        QVERIFY(!panel()->isModified());
    }

    void commandsTakeTheirPipesAlong()
    {
        open({shell(made, "true"), shell(sum, "true")}, {{numbers, {made}, {sum}}});
        panel()->select(made);
        panel()->action("duplicate")->trigger();
        QCOMPARE(workspace().pipes.first().writers, QStringList({made, QStringLiteral("make-2")}));
        panel()->select(made);
        panel()->action("remove")->trigger();
        QCOMPARE(workspace().pipes.first().writers, QStringList{QStringLiteral("make-2")});
        QVERIFY(!validate(workspace()));
        panel()->replaceProfile(sum, shell(QStringLiteral("total"), "true"));
        QCOMPARE(workspace().pipes.first().readers, QStringList{QStringLiteral("total")});
        const QString path = m_home.file(QStringLiteral("forkscope.toml"));
        m_window->saveWorkspace(path);
        QCOMPARE(readProjectFile(path).value().pipes, workspace().pipes);
    }

    void aStreamGoesBackFromItsPipe()
    {
        open({shell(made, "true"), shell(sum, "true")}, {{numbers, {made}, {sum}}});
        panel()->select(made);
        panel()->action("edit")->trigger();
        auto *edit = dialog<LaunchDialog>();
        QCOMPARE(edit->streams()->standardOutput()->pipe(), numbers);
        QVERIFY(edit->streams()->summary().contains(QLatin1String("stdout into pipe numbers")));
        choose(edit->streams()->standardOutput()->kindBox(), QStringLiteral("shown and recorded"));
        edit->acceptButton()->click();
        QVERIFY(workspace().pipes.first().writers.isEmpty());
        QCOMPARE(workspace().pipes.first().readers, QStringList{sum});
    }

    void everyControlCanBeReachedAndHasAName()
    {
        open({shell(made, "true")}, {{numbers, {made}, {}}});
        PipeDialog editor(workspace(), numbers);
        editor.setAttribute(Qt::WA_DeleteOnClose, false);
        for (const QWidget *parent : {static_cast<const QWidget *>(&editor), static_cast<const QWidget *>(list())}) {
            for (const QWidget *widget : parent->findChildren<QWidget *>()) {
                if (!(widget->focusPolicy() & Qt::TabFocus) || widget->objectName().startsWith(QLatin1String("qt_")))
                    continue;
                const auto *button = qobject_cast<const QAbstractButton *>(widget);
                bool named = !widget->accessibleName().isEmpty() || (button && !button->text().isEmpty());
                for (const QLabel *label : editor.findChildren<QLabel *>())
                    named |= label->buddy() == widget;
                QVERIFY2(named, widget->metaObject()->className());
            }
        }
    }
};

QTEST_MAIN(WorkspacePipesTest)
#include "workspacepipes_test.moc"
