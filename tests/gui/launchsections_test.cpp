// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/launchdialogtesting.h"
#include "ui/launch/childsteps.h"
#include "ui/launch/cpuedit.h"
#include "ui/launch/environmentmodel.h"
#include "ui/launch/resourcelimits.h"
#include "ui/launch/streamedit.h"
#include "ui/widgets/settings.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QPushButton>
#include <QRadioButton>
#include <QTableView>
#include <QToolButton>

using namespace forkscope;

/// The groups of the launch dialog.
class LaunchSectionsTest : public QObject
{
    Q_OBJECT

    TestHome m_home;

private slots:
    void init() { Settings().clear(); }

    void theEnvironmentTellsWhatIsInheritedChangedAddedAndRemoved()
    {
        qputenv("FORKSCOPE_TEST", "one");
        const auto dialog = dialogFor(command({"env"}));
        using Kind = EnvironmentModel::Kind;
        EnvironmentModel *model = dialog->environment()->model();
        QAbstractItemModelTester tester(model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        const auto rowOf = [model](const QString &name) {
            return model->match(model->index(0, 0), Qt::DisplayRole, name, 1, Qt::MatchExactly).value(0).row();
        };
        const int row = rowOf(QStringLiteral("FORKSCOPE_TEST"));
        const QModelIndex value = model->index(row, EnvironmentModel::Value);
        QCOMPARE(model->kind(row), Kind::Inherited);
        QVERIFY(!model->setData(value, QStringLiteral("one"), Qt::EditRole)); // opened and closed: no change
        QCOMPARE(model->kind(row), Kind::Inherited);
        QVERIFY(model->setData(value, QStringLiteral("two"), Qt::EditRole));
        QCOMPARE(model->kind(row), Kind::Changed);
        QVERIFY(!model->index(row, EnvironmentModel::State).data().toString().isEmpty());
        QCOMPARE(dialog->profile().launch.environment.value("FORKSCOPE_TEST").value(), QByteArray("two"));
        model->remove(row);
        QCOMPARE(model->kind(row), Kind::Removed);
        QVERIFY(!dialog->profile().launch.environment.value("FORKSCOPE_TEST", QByteArray("x")));
        model->restore(row);
        QVERIFY(dialog->profile().launch.environment.isEmpty());
        const int added = model->addVariable();
        QCOMPARE(model->kind(added), Kind::Added);
        QVERIFY(!model->setData(model->index(added, EnvironmentModel::Name), QStringLiteral("FORKSCOPE_TEST"), Qt::EditRole));
        QVERIFY(model->setData(model->index(added, EnvironmentModel::Name), QStringLiteral("A_NEW"), Qt::EditRole));
        model->setInherits(false);
        QCOMPARE(model->kind(row), Kind::LeftOut);
        QVERIFY(!dialog->profile().launch.inheritEnvironment);
        model->restore(row); // handed on all the same
        QCOMPARE(dialog->profile().launch.environment.value("FORKSCOPE_TEST").value(), QByteArray("one"));
        model->remove(added);
        QCOMPARE(dialog->profile().launch.environment.size(), 1);
        qunsetenv("FORKSCOPE_TEST");
    }

    void variablesAreEditedWithTheKeyboard()
    {
        const auto dialog = dialogFor(command({"env"}));
        dialog->show();
        QVERIFY(QTest::qWaitForWindowActive(dialog.get()));
        EnvironmentSection *section = dialog->environment();
        dialog->reveal(section->table());
        section->addButton()->click();
        auto *editor = qobject_cast<QLineEdit *>(QApplication::focusWidget());
        QVERIFY(editor);
        QTest::keyClicks(editor, QStringLiteral("KEYED"));
        QTest::keyClick(editor, Qt::Key_Return);
        QTRY_VERIFY(dialog->profile().launch.environment.contains("KEYED"));
        QVERIFY(dialog->isVisible()); // Enter ended the edit and ran nothing
        section->table()->setFocus();
        QTest::keyClick(section->table(), Qt::Key_Delete);
        QVERIFY(dialog->profile().launch.environment.isEmpty());
    }

    void envFilesThatCannotBeReadAreTold()
    {
        LaunchProfile profile = command({"env"});
        profile.launch.environmentFiles = {"/no/such/.env"};
        const auto dialog = dialogFor(profile);
        QTRY_VERIFY(dialog->environment()->filesHint().contains(QLatin1String("/no/such/.env")));
    }

    void fieldsWriteStepsAndTheOrderIsKept()
    {
        LaunchProfile profile = command({"true"});
        profile.launch.childActions = {ChangeDirectory{"/"}, SetNice{5}};
        const auto dialog = dialogFor(profile);
        ResourceLimits *limits = dialog->limits()->limits();
        limits->check(SetResourceLimit::Resource::AddressSpace)->click();
        QTest::keyClicks(limits->softEdit(SetResourceLimit::Resource::AddressSpace), QStringLiteral("2 GiB"));
        dialog->limits()->cpuCheck()->click();
        QTest::keyClicks(dialog->limits()->cpuEdit()->line(), QStringLiteral("0-1"));
        QVERIFY(dialog->limits()->cpuEdit()->boxes().value(0)->isChecked());
        const ChildActions expected = {ChangeDirectory{"/"}, SetNice{5},
            SetResourceLimit{SetResourceLimit::Resource::AddressSpace, 2ULL << 30, {}}, SetCpuAffinity{{0, 1}}};
        QVERIFY(dialog->profile().launch.childActions == expected);
        QTest::keyClicks(limits->softEdit(SetResourceLimit::Resource::AddressSpace), QStringLiteral(" x"));
        QVERIFY(!dialog->acceptButton()->isEnabled());
        QVERIFY(!faultBeside(*dialog, "rlimit").isEmpty());
        limits->check(SetResourceLimit::Resource::AddressSpace)->click();
        QVERIFY(dialog->acceptButton()->isEnabled());
        QCOMPARE(dialog->profile().launch.childActions.size(), 3);
    }

    void pipesOrTerminalIsOneChoice()
    {
        const auto dialog = dialogFor(command({"top"}));
        dialog->show();
        dialog->command()->terminalButton()->click();
        QVERIFY(dialog->profile().launch.standardInput.kind == StreamTarget::Kind::Pty);
        QVERIFY(dialog->profile().launch.standardError.kind == StreamTarget::Kind::Pty);
        QComboBox *box = dialog->streams()->standardError()->kindBox();
        box->setCurrentIndex(box->findData(int(StreamTarget::Kind::Pipe)));
        emit box->activated(box->currentIndex());
        QVERIFY(!dialog->command()->terminalButton()->isChecked());
        QVERIFY(dialog->command()->terminalButton()->isEnabled());
    }
};

QTEST_MAIN(LaunchSectionsTest)
#include "launchsections_test.moc"
