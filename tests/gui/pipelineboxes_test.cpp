// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/launch/pipelinetext.h"
#include "tests/gui/guitesting.h"
#include "tests/patience.h"
#include "ui/launch/pathedit.h"
#include "ui/launch/pipelinedialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QToolButton>

using namespace forkscope;

namespace {

QStringList commands(const PipelineDialog &dialog)
{
    QStringList result;
    for (const StageBox *box : dialog.boxes())
        result.append(box->command()->text());
    return result;
}

/// As if typed.
void type(QLineEdit *field, const QString &text)
{
    field->setFocus();
    field->selectAll();
    QTest::keyClicks(field, text);
}

} // namespace

class PipelineBoxesTest : public QObject
{
    Q_OBJECT

private:
    TestHome m_home;

private slots:
    void theLineAndTheBoxesStayInStep()
    {
        PipelineDialog dialog(QStringLiteral("zcat log.gz | sort"), QStringLiteral("/tmp"));
        dialog.show();
        QCOMPARE(commands(dialog), (QStringList{QStringLiteral("zcat log.gz"), QStringLiteral("sort")}));
        type(dialog.line(), QStringLiteral("zcat log.gz | grep -v x | sort"));
        QCOMPARE(
            commands(dialog), (QStringList{QStringLiteral("zcat log.gz"), QStringLiteral("grep -v x"), QStringLiteral("sort")}));
        type(dialog.boxes()[1]->command(), QStringLiteral("grep y > /dev/null"));
        QCOMPARE(dialog.line()->text(), QStringLiteral("zcat log.gz | grep y > /dev/null | sort"));
        dialog.boxes()[0]->errorToo()->click();
        QCOMPARE(dialog.line()->text(), QStringLiteral("zcat log.gz |& grep y > /dev/null | sort"));
        QCOMPARE(dialog.problem(), QString());
        const PipelineRequest request = dialog.request();
        QCOMPARE(request.stages.size(), 3);
        QCOMPARE(request.stages[0].spec.standardError.kind, StreamTarget::Kind::StandardOutput);
        QVERIFY(request.stages[1].spec.shell);
        QCOMPARE(request.stages[2].spec.workingDirectory, QByteArray("/tmp"));
    }

    void whatALineCannotTellStaysWhileItIsEdited()
    {
        PipelineDialog dialog(QStringLiteral("a | b"), QStringLiteral("/tmp"));
        dialog.show();
        type(dialog.boxes()[1]->environment(), QStringLiteral("LANG=C 'X=two words'"));
        type(dialog.boxes()[1]->folder()->line(), QStringLiteral("/usr"));
        dialog.link(1)->keepBox()->setCurrentIndex(2);
        emit dialog.link(1)->keepBox()->activated(2);
        type(dialog.line(), QStringLiteral("a | b -x | c"));
        const PipelineStage stage = dialog.request().stages[1];
        QCOMPARE(stage.spec.arguments, (QByteArrayList{"b", "-x"}));
        QCOMPARE(stage.spec.environment.value("X"), std::optional<QByteArray>("two words"));
        QCOMPARE(stage.spec.workingDirectory, QByteArray("/usr"));
        QCOMPARE(stage.keep->bytes, 256U);
        QVERIFY2(
            dialog.preview().contains(QLatin1String("the first 256 B of each piece are recorded")), qPrintable(dialog.preview()));
        QVERIFY(dialog.preview().contains(QLatin1String("in /usr")));
    }

    void whatIsWrongIsToldWhereItIsAndNothingStarts()
    {
        PipelineDialog dialog(QStringLiteral("a | b"), QStringLiteral("/tmp"));
        dialog.show();
        dialog.line()->setFocus();
        dialog.line()->end(false);
        QTest::keyClicks(dialog.line(), QStringLiteral(" | | c"));
        QVERIFY2(dialog.problem().contains(QLatin1String("character 9")), qPrintable(dialog.problem()));
        QVERIFY(!dialog.startButton()->isEnabled());
        QCOMPARE(dialog.boxes().size(), 2); // as they were
        type(dialog.line(), QStringLiteral("a | b"));
        QVERIFY(dialog.startButton()->isEnabled());
        type(dialog.boxes()[0]->command(), QStringLiteral("a | x"));
        QVERIFY(!dialog.boxes()[0]->fault().isEmpty());
        type(dialog.boxes()[0]->command(), QStringLiteral("a"));
        type(dialog.boxes()[1]->environment(), QStringLiteral("nonsense"));
        QVERIFY(dialog.boxes()[1]->fault().contains(QLatin1String("nonsense")));
        QVERIFY(!dialog.startButton()->isEnabled());
    }

    void boxesAreAddedRemovedAndMovedByKeys()
    {
        PipelineDialog dialog(QStringLiteral("a | b | c"), QStringLiteral("/tmp"));
        dialog.show();
        QTest::keyClick(dialog.boxes()[0]->command(), Qt::Key_Right, Qt::AltModifier);
        QCOMPARE(dialog.line()->text(), QStringLiteral("b | a | c"));
        QTest::keyClick(dialog.boxes()[1]->command(), Qt::Key_Delete, Qt::AltModifier);
        QCOMPARE(dialog.line()->text(), QStringLiteral("b | c"));
        dialog.addButton()->click();
        QCOMPARE(dialog.boxes().size(), 3);
        QVERIFY(!dialog.startButton()->isEnabled()); // it is empty
        type(dialog.boxes()[2]->command(), QStringLiteral("d"));
        QCOMPARE(dialog.line()->text(), QStringLiteral("b | c | d"));
        QVERIFY(dialog.startButton()->isEnabled());
        dialog.boxes()[2]->earlier()->click();
        QCOMPARE(dialog.line()->text(), QStringLiteral("b | d | c"));
        QVERIFY(!dialog.boxes()[0]->earlier()->isEnabled());
    }

    void aBoxIsDraggedByItsHeading()
    {
        PipelineDialog dialog(QStringLiteral("a | b | c"), QStringLiteral("/tmp"));
        dialog.resize(1200, 500);
        dialog.show();
        QVERIFY(QTest::qWaitForWindowExposed(&dialog));
        StageBox *box = dialog.boxes()[0];
        auto *heading = box->findChild<QLabel *>();
        QVERIFY(heading);
        const QPoint to = heading->mapFrom(box->parentWidget(), dialog.boxes()[2]->geometry().center());
        QTest::mousePress(heading, Qt::LeftButton);
        QTest::mouseRelease(heading, Qt::LeftButton, {}, to);
        QCOMPARE(dialog.line()->text(), QStringLiteral("b | c | a"));
    }

    void branchesReadAnEarlierStageAndFollowItWhenBoxesMove()
    {
        PipelineDialog dialog(QStringLiteral("a | b | c"), QStringLiteral("/tmp"));
        dialog.show();
        QComboBox *input = dialog.link(2)->inputBox();
        QCOMPARE(input->count(), 2);
        input->setCurrentIndex(0);
        emit input->activated(0);
        QCOMPARE(dialog.request().stages[2].input, 0);
        QVERIFY(dialog.line()->isReadOnly());
        QVERIFY(dialog.lagBox()->isVisible());
        QCOMPARE(dialog.request().lagBytes, quint64(0));
        dialog.lagBox()->setCurrentIndex(2);
        QCOMPARE(dialog.request().lagBytes, quint64(16) << 20);
        QVERIFY2(dialog.preview().contains(QStringLiteral("stage 1 → stage 3")), qPrintable(dialog.preview()));
        dialog.boxes()[1]->removeButton()->click();
        QCOMPARE(dialog.request().stages[1].input, -1); // it comes just before now
        QVERIFY(!dialog.line()->isReadOnly());
    }

    void startAsksForWhatTheBoxesSay()
    {
        PipelineDialog dialog(QStringLiteral("echo a | cat"), QStringLiteral("/tmp"));
        dialog.show();
        QSignalSpy asked(&dialog, &PipelineDialog::startRequested);
        QTest::keyClick(&dialog, Qt::Key_Return);
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked[0][0].value<PipelineRequest>().stages.size(), 2);
        QCOMPARE(asked[0][1].toString(), QStringLiteral("echo a | cat"));
        QVERIFY(!dialog.isVisible());
    }

    void stagesAsALineAreUnderstoodAsTheSameStages_data()
    {
        QTest::addColumn<QString>("line");
        for (const char *line : {"a | b", "a 'b c' |& d | e \"f|g\"", "x > y | (a; b) | c $HOME"})
            QTest::newRow(line) << QString::fromUtf8(line);
    }
    void stagesAsALineAreUnderstoodAsTheSameStages()
    {
        QFETCH(QString, line);
        const auto stages = parsePipeline(line);
        QVERIFY(stages.ok());
        const auto again = parsePipeline(pipelineLine(stages.value()));
        QVERIFY(again.ok());
        QCOMPARE(again.value(), stages.value());
    }
};

QTEST_MAIN(PipelineBoxesTest)
#include "pipelineboxes_test.moc"
