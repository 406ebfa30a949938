// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/shownoutput.h"
#include "ui/output/outputpage.h"
#include "ui/output/outputtoolbar.h"
#include "ui/output/outputview.h"

#include <QFileDialog>

using namespace forkscope;

class OutputSavingTest : public QObject
{
    Q_OBJECT

    using Shown = ShownOutput;
    TestHome m_home;

private slots:
    void shownLinesAreSaved();
    void theSelectionAloneIsSaved();
    void aFailedSaveIsExplained();
};

void OutputSavingTest::shownLinesAreSaved()
{
    Shown shown;
    shown.recorded.write(shown.recorded.out, "out \xff\n");
    shown.recorded.write(shown.recorded.err, "err\n");
    QTRY_COMPARE(shown.page.view()->shownCount(), 2u);
    shown.page.toolBar()->standardError->trigger();
    QTRY_COMPARE(shown.page.view()->shownCount(), 1u);
    shown.page.saveTo(shown.recorded.file("saved.txt"));
    QTRY_VERIFY(shown.page.notice().startsWith(QStringLiteral("Saved 1 line")));
    QFile file(shown.recorded.file("saved.txt"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("out \xff\n"));
}

void OutputSavingTest::theSelectionAloneIsSaved()
{
    Shown shown;
    shown.writeNumbers(3);
    QAction *save = shown.page.toolBar()->saveSelection;
    QVERIFY(!save->isEnabled());
    shown.page.view()->reveal(1, {0, OutputPlace::kEnd});
    QVERIFY(save->isEnabled());
    save->trigger();
    auto *dialog = shown.page.findChild<QFileDialog *>();
    QVERIFY(dialog);
    QVERIFY(!dialog->nameFilters().join(u' ').contains(QLatin1String(".cast"))); // that would be the whole session
    dialog->selectFile(shown.recorded.file("selected.txt"));
    QVERIFY(QMetaObject::invokeMethod(dialog, "accept"));
    QTRY_VERIFY(shown.page.notice().startsWith(QStringLiteral("Saved 1 line")));
    QFile file(shown.recorded.file("selected.txt"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll().count('\n'), 1);
}

void OutputSavingTest::aFailedSaveIsExplained()
{
    Shown shown;
    shown.writeNumbers(1);
    shown.page.saveTo(QStringLiteral("/no such folder/x.txt"));
    QTRY_VERIFY(shown.page.notice().contains(QStringLiteral("/no such folder/x.txt")));
    QVERIFY(shown.page.notice().contains(QStringLiteral("Cannot save the output")));
}

QTEST_MAIN(OutputSavingTest)
#include "outputsaving_test.moc"
