// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ipc/worker.h"
#include "tests/gui/guitesting.h"
#include "tests/patience.h"
#include "ui/ipc/codepane.h"
#include "ui/ipc/injectdialog.h"
#include "ui/ipc/messagepane.h"
#include "ui/ipc/playgroundview.h"
#include "ui/ipc/playgroundwindow.h"
#include "ui/ipc/scenecanvas.h"
#include "ui/ipc/sceneplots.h"
#include "ui/ipc/sceneproperties.h"
#include "ui/mainwindow.h"
#include "ui/traffic/bytesview.h"
#include "ui/widgets/settings.h"

#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTableView>
#include <QToolButton>
#include <QtTest>

#include <csignal>

using namespace forkscope;

namespace {

using State = SceneRunner::State;

const QString kProducer = QStringLiteral("producer-1"), kConsumer = QStringLiteral("consumer-1");

bool exists(qint32 pid)
{
    return pid > 0 && ::kill(pid, 0) == 0;
}

Scene sceneOf(double putRate, double getRate, qint64 bound = 10)
{
    Scene scene;
    scene.bound = bound;
    scene.add(true);
    scene.add(false);
    scene.producers[0].rate = putRate;
    scene.consumers[0].rate = getRate;
    return scene;
}

SceneMessage message(quint64 id, qint64 putNs, qint64 gotNs = -1)
{
    SceneMessage message;
    message.id = message.number = id;
    message.putNs = putNs;
    message.gotNs = gotNs;
    message.producer = 1;
    message.consumer = gotNs < 0 ? 0 : 2;
    message.prefix = "abc";
    message.size = 3;
    return message;
}

} // namespace

class PlaygroundTest : public QObject
{
    Q_OBJECT

    TestHome m_home;

private slots:
    void initTestCase() { ipc::setWorkerProgram(FORKSCOPE_WORKER); }
    void init() { Settings().clear(); }

    void theBytesOfAMessageAreToldAsWhatTheyAre_data();
    void theBytesOfAMessageAreToldAsWhatTheyAre();
    void whatIsTypedWronglyIsToldWithItsPlace_data();
    void whatIsTypedWronglyIsToldWithItsPlace();
    void theModelKeepsTheLatestAndCountsTheRest();

    void anExampleRunsAndShowsItsMessages();
    void theSceneIsBuiltByKeyboard();
    void aRateThatIsEditedTakesEffectWhileItRuns();
    void pauseStepAndGoOn();
    void theSelectedProcessIsKilledByItsName();
    void aMessageByHandIsSentAndShown();
    void theSceneIsRememberedAndTheCodeCopied();
    void everythingHasANameAndAKey();
    void closingTheWindowEndsTheProcesses();
};

void PlaygroundTest::theBytesOfAMessageAreToldAsWhatTheyAre_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("cut");
    QTest::addColumn<MessageText::Kind>("kind");
    QTest::addColumn<QString>("text");
    using Kind = MessageText::Kind;
    QTest::newRow("nothing") << QByteArray() << false << Kind::Empty << QString();
    QTest::newRow("text") << QByteArray("größer") << false << Kind::Text << QStringLiteral("größer");
    QTest::newRow("text, cut within a character") << QByteArray("gr\xc3") << true << Kind::Text << QStringLiteral("gr");
    QTest::newRow("half a character") << QByteArray("gr\xc3") << false << Kind::Binary << QStringLiteral("gr.");
    QTest::newRow("JSON") << QByteArray("{\"a\":[1]}") << false << Kind::Json
                          << QStringLiteral("{\n    \"a\": [\n        1\n    ]\n}");
    QTest::newRow("nearly JSON") << QByteArray("{a}") << false << Kind::Text << QStringLiteral("{a}");
    QTest::newRow("CBOR") << QCborValue(QCborArray{1, QStringLiteral("x")}).toCbor() << false << Kind::Cbor
                          << QCborValue(QCborArray{1, QStringLiteral("x")}).toDiagnosticNotation(QCborValue::LineWrapped);
    QTest::newRow("binary") << QByteArray("\x00\xff"
                                          "A",
        3) << false << Kind::Binary
                            << QStringLiteral("..A");
}

void PlaygroundTest::theBytesOfAMessageAreToldAsWhatTheyAre()
{
    QFETCH(QByteArray, bytes);
    QFETCH(bool, cut);
    const MessageText text = MessageText::of(bytes, cut);
    QTEST(text.kind, "kind");
    QTEST(text.text, "text");
}

void PlaygroundTest::whatIsTypedWronglyIsToldWithItsPlace_data()
{
    QTest::addColumn<InjectionKind>("kind");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("problem"); ///< empty: none
    QTest::newRow("text") << InjectionKind::Text << QStringLiteral("ü") << QByteArray("\xc3\xbc") << QString();
    QTest::newRow("hex") << InjectionKind::Hex << QStringLiteral("00 fF\n7") + QLatin1Char('f') << QByteArray("\x00\xff\x7f", 3)
                         << QString();
    QTest::newRow("no digit") << InjectionKind::Hex << QStringLiteral("00\nfg") << QByteArray() << "line 2, column 2: “g”";
    QTest::newRow("half a byte") << InjectionKind::Hex << QStringLiteral("00f") << QByteArray() << "there are 3";
    QTest::newRow("JSON") << InjectionKind::Json << QStringLiteral("[1]") << QByteArray("[1]") << QString();
    QTest::newRow("JSON that breaks off") << InjectionKind::Json << QStringLiteral("{\n\"a\": }") << QByteArray()
                                          << "line 2, column";
}

void PlaygroundTest::whatIsTypedWronglyIsToldWithItsPlace()
{
    QFETCH(InjectionKind, kind);
    QFETCH(QString, typed);
    QFETCH(QByteArray, bytes);
    QFETCH(QString, problem);
    const auto parsed = parseInjection(kind, typed);
    QCOMPARE(parsed.ok(), problem.isEmpty());
    if (parsed)
        QCOMPARE(parsed.value(), bytes);
    else
        QVERIFY2(parsed.error().detail.contains(problem), qPrintable(parsed.error().detail));
}

void PlaygroundTest::theModelKeepsTheLatestAndCountsTheRest()
{
    MessageModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    SceneBatch batch;
    quint64 id = 0;
    for (int i = 0; i < MessageModel::kMost - 1; ++i)
        batch.appeared.append(message(id++, 1000));
    model.take(batch);
    QCOMPARE(model.dropped(), 0U);
    QCOMPARE(model.text(*model.message(0), MessageModel::Waited), QStringLiteral("on its way"));

    batch = {};
    batch.arrived = {message(1, 1000, 2'001'000), message(999'999, 1, 2)};
    for (int i = 0; i < 3; ++i)
        batch.appeared.append(message(id++, 1000));
    batch.leftOut = 5;
    model.take(batch);
    QCOMPARE(model.rowCount(), MessageModel::kMost);
    QCOMPARE(model.dropped(), 7U);
    QCOMPARE(model.message(0)->id, 2U);
    batch = {};
    batch.arrived = {message(2, 1000, 2'001'000)};
    model.take(batch);
    QCOMPARE(model.text(*model.message(0), MessageModel::Waited), QStringLiteral("2.0 ms"));
    QCOMPARE(model.message(0)->prefix, "abc");
    model.clear();
    QCOMPARE(model.rowCount(), 0);
}

void PlaygroundTest::anExampleRunsAndShowsItsMessages()
{
    PlaygroundView view;
    view.resize(1240, 680);
    view.show();
    view.runExample(SceneExample::FastProducer);
    QTRY_COMPARE(view.runner().state(), State::Running);
    QTRY_VERIFY(view.messages()->model().rowCount() > 5);
    QVERIFY(view.news().contains(QLatin1String("back-pressure")));
    const MessageModel &model = view.messages()->model();
    QCOMPARE(model.text(*model.message(0), MessageModel::From), kProducer);
    QTRY_COMPARE(model.text(*model.message(0), MessageModel::To), kConsumer);
    QCOMPARE(model.text(*model.message(0), MessageModel::Value),
        QString::fromLatin1(QByteArray("producer-1: 0").leftJustified(32, '.')));
    view.messages()->table()->selectRow(0);
    QVERIFY(view.messages()->value()->toPlainText().startsWith(QLatin1String("producer-1: 0")));
    QVERIFY(view.messages()->hex()->rowText(0).contains(QLatin1String("70 72 6f 64")));
    // The bound is reached, and the producer waits.
    QTRY_VERIFY(view.canvas()->node(kProducer)->accessibleDescription().contains(QLatin1String("waits for a place")));
    QVERIFY(view.canvas()->node({})->accessibleDescription().contains(QLatin1String("of 20")));
    QTRY_VERIFY(view.plots()->summary().contains(QLatin1String("depth 20")));
}

void PlaygroundTest::theSceneIsBuiltByKeyboard()
{
    PlaygroundView view;
    view.show();
    QVERIFY(QTest::qWaitForWindowActive(&view));
    view.setScene(sceneOf(10, 10));
    SceneCanvas *canvas = view.canvas();
    canvas->node({})->setFocus();
    QTest::keyClick(canvas->node({}), Qt::Key_Left);
    QCOMPARE(canvas->selected(), kProducer);
    QTest::keyClick(canvas->node(kProducer), Qt::Key_Plus);
    QCOMPARE(view.scene().producers.size(), 2);
    QCOMPARE(canvas->selected(), QStringLiteral("producer-2"));
    QTest::keyClick(canvas->node(canvas->selected()), Qt::Key_Up);
    QCOMPARE(canvas->selected(), kProducer);
    QTest::keyClick(canvas->node(kProducer), Qt::Key_Minus);
    QCOMPARE(view.scene().producers.size(), 1);
    QCOMPARE(view.scene().producers[0].name, QStringLiteral("producer-2"));
    QTest::mouseClick(canvas->addButton(false), Qt::LeftButton);
    QCOMPARE(view.scene().consumers.size(), 2);
    QTest::mouseClick(canvas->node({}), Qt::LeftButton);
    view.properties()->kind()->setCurrentIndex(1);
    QCOMPARE(view.scene().kind, Scene::Kind::Pipe);
    QCOMPARE(view.scene().consumers.size(), 1);
    QVERIFY(!canvas->addButton(true)->isVisible());
    QVERIFY(view.scene().validate());
}

void PlaygroundTest::aRateThatIsEditedTakesEffectWhileItRuns()
{
    PlaygroundView view;
    view.show();
    view.setScene(sceneOf(1, 0));
    view.actions().start->trigger();
    QTRY_COMPARE(view.runner().state(), State::Running);
    view.canvas()->select(kProducer);
    view.properties()->rate()->setValue(500);
    QCOMPARE(view.scene().producers[0].rate, 500.0);
    QTRY_VERIFY(view.messages()->model().rowCount() > 200);
    QVERIFY(view.code()->code().contains(QLatin1String(".with(500)")));
    view.canvas()->select({});
    QVERIFY(!view.properties()->bound()->isEnabled()); // of a queue that is in use
    view.actions().stop->trigger();
    QTRY_COMPARE(view.runner().state(), State::Stopped);
    QVERIFY(view.properties()->bound()->isEnabled());
}

void PlaygroundTest::pauseStepAndGoOn()
{
    PlaygroundView view;
    view.show();
    view.setScene(sceneOf(0, 0));
    QVERIFY(view.actions().step->isEnabled());
    view.actions().step->trigger(); // starts, and makes one step
    QTRY_VERIFY(view.figures().startsWith(QStringLiteral("1 put · 0 got")));
    QTRY_COMPARE(view.runner().state(), State::Paused);
    view.actions().step->trigger();
    QTRY_VERIFY(view.figures().startsWith(QStringLiteral("1 put · 1 got · 0 in between")));
    QCOMPARE(view.actions().start->text(), QStringLiteral("Go on"));
    view.actions().start->trigger();
    QTRY_COMPARE(view.runner().state(), State::Running);
    QTRY_VERIFY(view.messages()->model().rowCount() > 100);
    view.actions().pause->trigger();
    QTRY_COMPARE(view.runner().state(), State::Paused);
    QVERIFY(view.canvas()->node(kProducer)->accessibleDescription().startsWith(QLatin1String("paused")));
}

void PlaygroundTest::theSelectedProcessIsKilledByItsName()
{
    PlaygroundView view;
    view.show();
    Scene scene = sceneOf(50, 0);
    scene.add(true);
    view.setScene(scene);
    QVERIFY(!view.actions().kill->isEnabled());
    view.actions().start->trigger();
    QTRY_VERIFY(view.canvas()->node(kProducer)->state().messages > 2);
    view.canvas()->select(kProducer);
    const qint32 pid = view.canvas()->node(kProducer)->state().pid;
    QCOMPARE(view.actions().kill->text(), QStringLiteral("Kill producer-1 (%1)").arg(pid));
    view.actions().kill->trigger();
    QTRY_VERIFY(view.canvas()->node(kProducer)->accessibleDescription().startsWith(QLatin1String("ended by SIGKILL")));
    QVERIFY(view.news().contains(QStringLiteral("producer-1 (%1): ended by SIGKILL").arg(pid)));
    QVERIFY(!exists(pid));
    const int rows = view.messages()->model().rowCount();
    QTRY_VERIFY(view.messages()->model().rowCount() > rows + 5);
    QTRY_VERIFY(view.actions().restart->isEnabled());
    view.actions().restart->trigger();
    QTRY_VERIFY(view.canvas()->node(kProducer)->state().isAlive() && view.canvas()->node(kProducer)->state().pid != pid);
}

void PlaygroundTest::aMessageByHandIsSentAndShown()
{
    PlaygroundView view;
    view.show();
    Scene scene = sceneOf(0, 0, 2);
    scene.producers.clear();
    view.setScene(scene);
    view.actions().start->trigger();
    QTRY_COMPARE(view.runner().state(), State::Running);
    view.actions().pause->trigger();
    QTRY_COMPARE(view.runner().state(), State::Paused);
    view.actions().inject->trigger();
    InjectDialog *dialog = view.injectDialog();
    QVERIFY(dialog && dialog->isVisible());
    dialog->kind()->setCurrentIndex(int(InjectionKind::Hex));
    dialog->editor()->setPlainText(QStringLiteral("a1 61 6"));
    QVERIFY(!dialog->sendButton()->isEnabled());
    QVERIFY(!dialog->problem().isEmpty());
    dialog->editor()->setPlainText(QStringLiteral("a1 61 6b 05")); // {"k": 5}
    dialog->sendButton()->click();
    QTRY_VERIFY(dialog->result().contains(QLatin1String("Sent")));
    const MessageModel &model = view.messages()->model();
    QTRY_COMPARE(model.rowCount(), 1);
    QCOMPARE(model.text(*model.message(0), MessageModel::From), QStringLiteral("by hand"));
    view.messages()->table()->selectRow(0);
    QVERIFY(view.messages()->value()->toPlainText().contains(QLatin1String("\"k\": 5")));
    dialog->sendButton()->click();
    QTRY_COMPARE(model.rowCount(), 2);
    dialog->sendButton()->click();
    QTRY_VERIFY2(dialog->result().contains(QLatin1String("full")), qPrintable(dialog->result()));
    QCOMPARE(model.rowCount(), 2);
}

void PlaygroundTest::theSceneIsRememberedAndTheCodeCopied()
{
    Scene scene = sceneOf(7, 3, 77);
    {
        PlaygroundView view;
        view.setScene(scene);
        view.actions().copyCode->trigger();
        QVERIFY(QGuiApplication::clipboard()->text().contains(QLatin1String("options.maxSize = 77;")));
        QCOMPARE(QGuiApplication::clipboard()->text(), view.code()->code());
    }
    const PlaygroundView again;
    QCOMPARE(again.scene(), scene);
}

void PlaygroundTest::everythingHasANameAndAKey()
{
    PlaygroundWindow window;
    window.setAttribute(Qt::WA_DeleteOnClose, false);
    window.show();
    window.view()->setScene(exampleScene(SceneExample::ManyToMany));
    window.view()->actions().inject->setEnabled(true);
    window.view()->actions().inject->trigger();
    QStringList nameless;
    for (const QWidget *root : {static_cast<QWidget *>(&window), static_cast<QWidget *>(window.view()->injectDialog())}) {
        for (const QWidget *widget : root->findChildren<QWidget *>()) {
            if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisible()
                || widget->objectName().startsWith(QLatin1String("qt_")))
                continue;
            const QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(const_cast<QWidget *>(widget));
            if (accessible && accessible->text(QAccessible::Name).isEmpty())
                nameless += QStringLiteral("%1 in %2")
                                .arg(QLatin1String(widget->metaObject()->className()),
                                    QLatin1String(widget->parentWidget()->metaObject()->className()));
        }
    }
    QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(QLatin1Char('\n'))));
    QSet<QKeySequence> keys;
    for (const QAction *action : window.view()->QWidget::actions()) {
        if (action->shortcut().isEmpty())
            continue;
        QVERIFY2(!keys.contains(action->shortcut()), qPrintable(action->shortcut().toString()));
        keys.insert(action->shortcut());
    }
    QVERIFY(window.minimumSizeHint().width() <= 1280 && window.minimumSizeHint().height() <= 690);
}

void PlaygroundTest::closingTheWindowEndsTheProcesses()
{
    auto session = Session::create(m_home.file(QStringLiteral("playground.pcapng")));
    QVERIFY(session);
    QList<qint32> pids;
    const auto start = [&pids](MainWindow &main) {
        main.windowActions().playground->trigger();
        PlaygroundView *view = main.playground()->view();
        view->runExample(SceneExample::ManyToMany);
        QTRY_COMPARE(view->runner().state(), State::Running);
        QTRY_VERIFY(view->canvas()->node(kProducer)->state().pid > 0 && view->messages()->model().rowCount() > 10);
        for (const SceneProcess &process : view->scene().producers + view->scene().consumers)
            pids.append(view->canvas()->node(process.name)->state().pid);
    };
    {
        MainWindow main(std::move(session).value());
        main.show();
        start(main);
        main.playground()->close();
        QTRY_VERIFY(!main.playground());
        QCOMPARE(pids.size(), 7);
        for (const qint32 pid : std::as_const(pids))
            QVERIFY(!exists(pid));
        pids.clear();
        start(main);
    }
    QCOMPARE(pids.size(), 7);
    for (const qint32 pid : std::as_const(pids))
        QVERIFY(!exists(pid));
}

QTEST_MAIN(PlaygroundTest)
#include "playground_test.moc"
