// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/guitesting.h"
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

namespace {

/// Uses every field at once. No valid launch: some of them exclude each other.
LaunchProfile everything()
{
    LaunchProfile profile;
    profile.name = QStringLiteral("web-1");
    profile.description = QStringLiteral("the server");
    profile.basedOn = QStringLiteral("db");
    LaunchSpec &spec = profile.launch;
    spec.arguments = {"prog", "a b", "", "it's", "line\nbreak", "bad \xff\xfe byte", "täxt 語"};
    spec.executable = "/bin/true";
    spec.standardInput = {StreamTarget::Kind::File, "in put.txt", false, -1};
    spec.standardOutput = {StreamTarget::Kind::File, "/tmp/out\xff", true, -1};
    spec.standardError = {StreamTarget::Kind::StandardOutput, {}, false, -1};
    spec.bufferSize = 4097;
    spec.pipeSize = 12288;
    spec.terminalColumns = 132;
    spec.terminalRows = 50;
    spec.workingDirectory = "/tmp/\xe4";
    spec.inheritEnvironment = false;
    spec.environmentFiles = {".env", "other env"};
    spec.environment
        = {{"PATH", QByteArray("/bin")}, {"HOME", std::nullopt}, {"NEW_ONE", QByteArray("a=b\nc")}, {"EMPTY", QByteArray("")}};
    spec.closeDescriptors = false;
    spec.passDescriptors = {3, 4, 5, 100000, 9};
    spec.restoreSignals = false;
    spec.startNewSession = true;
    spec.processGroup = 0;
    spec.user = "nobody";
    spec.group = "1000";
    spec.extraGroups = QByteArrayList{"audio", "44"};
    spec.umask = 027;
    spec.childActions = {SetUmask{077}, SetNice{-3}, SetIoPriority{SetIoPriority::Class::Idle, 7},
        SetCpuAffinity{{0, 5, 2, 3, 4, 900}}, SetResourceLimit{SetResourceLimit::Resource::CpuTime, 90, {}},
        SetResourceLimit{SetResourceLimit::Resource::AddressSpace, {}, 1ULL << 33}, SetNice{4},
        SetSchedulingPolicy{SetSchedulingPolicy::Policy::RoundRobin, 7}, SetOomScoreAdjust{-5}, ChangeDirectory{"/\xff"},
        NoNewPrivileges{}, SetParentDeathSignal{12}, SetResourceLimit{SetResourceLimit::Resource::OpenFiles, 10, 20}};
    spec.childHook = [](void *) noexcept { return 0; };
    spec.childHookData = &profile.name;
    spec.text = true;
    spec.encoding = "koi8-r";
    spec.errors = TextErrors::SurrogateEscape;
    spec.input = QByteArray("a\0b\r\n\xff", 6);
    spec.captureOutput = true;
    spec.check = true;
    spec.timeout = 90'500ms;
    spec.startupInfo = "x";
    spec.creationFlags = 8;
    profile.restart = {RestartPolicy::When::OnFailure, 1500ms, 1.1, 2h, 7};
    profile.readiness = ReadinessProbe{ReadinessProbe::Kind::TcpPort, QStringLiteral("localhost:80"), 250ms, 0ms};
    profile.dependencies
        = {{QStringLiteral("db"), Dependency::Condition::Ready}, {QStringLiteral("gone"), Dependency::Condition::Completed}};
    profile.stop = {3, 1ms};
    profile.startsWithAll = false;
    return profile;
}

QByteArray randomBytes(QRandomGenerator &random, int most = 8)
{
    static const char kAny[] = "abcXYZ019 \n\t\r'\"$\\=-~*\x01\x7f\xff\xc3\xa9\xed\xa0";
    QByteArray bytes;
    for (int i = int(random.bounded(1, most)); i > 0; --i)
        bytes += kAny[random.bounded(int(sizeof kAny) - 1)];
    return bytes;
}

/// Any fields, in values that each of them can have.
LaunchProfile randomProfile(QRandomGenerator &random)
{
    const auto chance = [&] { return random.bounded(2) == 1; };
    LaunchProfile profile;
    LaunchSpec &spec = profile.launch;
    for (int i = random.bounded(5); i > 0; --i)
        spec.arguments.append(randomBytes(random));
    spec.shell = chance();
    for (StreamTarget *target : {&spec.standardInput, &spec.standardOutput, &spec.standardError}) {
        using Kind = StreamTarget::Kind;
        target->kind
            = QList<Kind>{Kind::Inherit, Kind::Pipe, Kind::Null, Kind::File, Kind::Descriptor, Kind::Pty}[random.bounded(6)];
        if (target->kind == Kind::File)
            target->path = randomBytes(random);
        if (target->kind == Kind::File && target != &spec.standardInput)
            target->append = chance();
        if (target->kind == Kind::Descriptor)
            target->descriptor = random.bounded(100);
    }
    spec.bufferSize = random.bounded(-1, 100'000);
    spec.pipeSize = chance() ? -1 : random.bounded(1, 1 << 30);
    if (chance())
        spec.workingDirectory = randomBytes(random);
    spec.inheritEnvironment = chance();
    for (int i = random.bounded(5); i > 0; --i)
        spec.environment.insert(randomBytes(random), chance() ? std::optional(randomBytes(random)) : std::nullopt);
    if (chance())
        spec.processGroup = random.bounded(70'000);
    if (chance())
        spec.extraGroups.emplace();
    if (chance())
        spec.umask = random.bounded(0, 01000);
    for (int i = random.bounded(6); i > 0; --i) {
        const QList<ChildAction> any
            = {SetNice{random.bounded(-40, 40)}, SetIoPriority{SetIoPriority::Class::BestEffort, random.bounded(8)},
                SetCpuAffinity{{random.bounded(64), random.bounded(64)}}, SetUmask{random.bounded(01000)},
                ChangeDirectory{randomBytes(random)},
                SetResourceLimit{SetResourceLimit::Resource(random.bounded(9)),
                    chance() ? std::optional(random.generate64()) : std::nullopt, {}},
                SetOomScoreAdjust{random.bounded(-1000, 1001)}, NoNewPrivileges{}, SetParentDeathSignal{random.bounded(1, 32)}};
        spec.childActions.append(any[random.bounded(any.size())]);
    }
    if (chance())
        spec.input = randomBytes(random, 40);
    if (chance())
        spec.timeout = std::chrono::milliseconds(random.bounded(10'000'000));
    if (chance())
        profile.restart = {RestartPolicy::When(random.bounded(3)), std::chrono::milliseconds(random.bounded(100'000)),
            1 + random.generateDouble(), std::chrono::milliseconds(random.bounded(100'000)), random.bounded(10)};
    return profile;
}

std::unique_ptr<LaunchDialog> dialogFor(
    const LaunchProfile &profile, LaunchDialog::Mode mode = LaunchDialog::Mode::Run, const QStringList &others = {})
{
    auto dialog = std::make_unique<LaunchDialog>(profile, mode, others);
    dialog->setAttribute(Qt::WA_DeleteOnClose, false);
    return dialog;
}

LaunchProfile command(const QByteArrayList &arguments)
{
    LaunchProfile profile;
    profile.launch.arguments = arguments;
    profile.launch.startNewSession = true;
    return profile;
}

const LaunchOption *option(const LaunchDialog &dialog, const char *field)
{
    const QList<const LaunchSection *> sections = {dialog.command(), dialog.streams(), dialog.environment(), dialog.limits(),
        dialog.session(), dialog.timeout(), dialog.supervision()};
    for (const LaunchSection *section : sections) {
        for (const LaunchOption &candidate : section->options()) {
            if (candidate.field == QLatin1String(field))
                return &candidate;
        }
    }
    return nullptr;
}

/// Types into the field of an option, as a person does.
void type(LaunchDialog &dialog, const char *field, const QString &text)
{
    QWidget *editor = option(dialog, field)->editor;
    dialog.reveal(editor);
    auto *line = qobject_cast<QLineEdit *>(editor);
    if (auto *box = qobject_cast<QComboBox *>(editor))
        line = box->lineEdit();
    line->selectAll();
    QTest::keyClick(line, Qt::Key_Delete);
    QTest::keyClicks(line, text);
}

QString faultBeside(const LaunchDialog &dialog, const char *field)
{
    const QLabel *label = option(dialog, field)->fault;
    return label->isHidden() ? QString() : label->text();
}

} // namespace

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

    void figuresAreReadAsPeopleWriteThem()
    {
        QCOMPARE(parseDuration(QStringLiteral("1.5s")).value(), 1500ms);
        QCOMPARE(parseDuration(QStringLiteral("2 min")).value(), 120'000ms);
        QCOMPARE(parseDuration(QStringLiteral("1 h 30 min")).value(), 5'400'000ms);
        QCOMPARE(parseDuration(QStringLiteral("0,25")).value(), 250ms);
        for (const QString &wrong :
            {QStringLiteral("soon"), QStringLiteral("-1 s"), QStringLiteral("1 parsec"), QString(), QStringLiteral("1 30")})
            QVERIFY2(!parseDuration(wrong), qPrintable(wrong));
        QCOMPARE(parseSize(QStringLiteral("64 MiB")).value(), 64ULL << 20);
        QCOMPARE(parseSize(QStringLiteral("1.5G")).value(), 3ULL << 29);
        QCOMPARE(parseSize(QStringLiteral("2 kB")).value(), 2000ULL);
        for (const QString &wrong :
            {QStringLiteral("much"), QStringLiteral("-4"), QStringLiteral("1.5"), QStringLiteral("99999999999 TiB")})
            QVERIFY2(!parseSize(wrong), qPrintable(wrong));
        QCOMPARE(parseNumberList(QStringLiteral("0-3, 8"), 100).value(), (QList<int>{0, 1, 2, 3, 8}));
        QVERIFY(!parseNumberList(QStringLiteral("3-1"), 100));
        QVERIFY(!parseNumberList(QStringLiteral("101"), 100));
        const QByteArray odd("a\xff\xed\xa0\x80 \xf0\x9f\x98\x80 \xef\xbb\xbf");
        QCOMPARE(bytesOfText(textOfBytes(odd)), odd);
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
