// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/guitesting.h"
#include "ui/preferences/editorchoice.h"
#include "ui/preferences/editorcommand.h"
#include "ui/preferences/preferences.h"
#include "ui/preferences/preferencesdialog.h"
#include "ui/widgets/settings.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QtTest>

using namespace forkscope;

class EditorCommandTest : public QObject
{
    Q_OBJECT

    TestHome m_home;
    QTemporaryDir m_dir;

    QString write(const QString &name, const QByteArray &content, bool executable = false)
    {
        QFile file(m_dir.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("the test cannot write its file");
        if (executable)
            file.setPermissions(file.permissions() | QFileDevice::ExeOwner);
        return file.fileName();
    }
    static QByteArray read(const QString &name)
    {
        QFile file(name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

private slots:
    void cleanup() { Settings().clear(); }

    void theEditorGetsFileLineAndColumnEachAsOneArgument()
    {
        const auto words
            = editorArguments(QStringLiteral("edit --at {line}:{column} '{file}'"), QStringLiteral("/a b/$(x) {line}.c"), 12, 3);
        QVERIFY(words.ok());
        QCOMPARE(words.value(),
            (QStringList{
                QStringLiteral("edit"), QStringLiteral("--at"), QStringLiteral("12:3"), QStringLiteral("/a b/$(x) {line}.c")}));
        QCOMPARE(editorArguments(QStringLiteral("edit"), QStringLiteral("/x"), 0, 0).value(),
            (QStringList{QStringLiteral("edit"), QStringLiteral("/x")}));
        QVERIFY(!editorArguments(QStringLiteral("edit '{file}"), QStringLiteral("/x"), 1, 1));
        QVERIFY(!editorArguments(QString(), QStringLiteral("/x"), 1, 1));
    }

    void everyPresetNamesTheFileAndTheLine()
    {
        for (const EditorPreset &preset : editorPresets()) {
            const auto words = editorArguments(preset.command, QStringLiteral("/f.c"), 77, 5);
            QVERIFY2(words.ok(), qPrintable(preset.name));
            const QString line = words.value().join(u' ');
            QVERIFY2(line.contains(QLatin1String("/f.c")), qPrintable(preset.name));
            QVERIFY2(line.contains(QLatin1String("77")), qPrintable(preset.name));
        }
    }

    void aPlaceIsOpenedInTheEditorThatWasSetAndNoShellReadsTheName()
    {
        const QString told = m_dir.filePath(QStringLiteral("told"));
        const QString editor = write(QStringLiteral("edit"),
            "#!/bin/sh\nprintf '%s\\n' \"$@\" > '" + told.toUtf8() + ".part'\nmv '" + told.toUtf8() + ".part' '" + told.toUtf8()
                + "'\n",
            true);
        Preferences::setEditorCommand(QStringLiteral("'%1' +{line}:{column} {file}").arg(editor));
        const QString file = write(QStringLiteral("-a $(touch x).c"), "text");
        const auto opened = openInEditor(QStringLiteral("-a $(touch x).c"), 12, 3, m_dir.path());
        QVERIFY2(opened.ok(), opened ? "" : qPrintable(errorText(opened.error())));
        QTRY_VERIFY(QFileInfo::exists(told));
        QCOMPARE(read(told), "+12:3\n" + file.toUtf8() + "\n");
        QVERIFY(!QFileInfo::exists(m_dir.filePath(QStringLiteral("x"))));
    }

    void whatIsMissingIsTold()
    {
        const QString file = write(QStringLiteral("here.c"), "text");
        Preferences::setEditorCommand(QStringLiteral("forkscope-no-such-editor {file}"));
        const auto noEditor = openInEditor(file, 1);
        QVERIFY(!noEditor);
        QVERIFY(errorText(noEditor.error()).contains(QLatin1String("forkscope-no-such-editor")));
        Preferences::setEditorCommand(QStringLiteral("true {file}"));
        const auto noFile = openInEditor(m_dir.filePath(QStringLiteral("gone.c")), 1);
        QVERIFY(!noFile);
        QVERIFY(errorText(noFile.error()).contains(QLatin1String("gone.c")));
        QVERIFY(!openInEditor(m_dir.path(), 1));
        QVERIFY(openInEditor(file, 1).ok());
    }

    void thePreferencesTakeAPresetAnOwnCommandAndNoneAgain()
    {
        const EditorPreset preset = editorPresets().at(3);
        {
            PreferencesDialog dialog(nullptr);
            QCOMPARE(dialog.editorChoice()->presetBox()->currentIndex(), 0);
            dialog.editorChoice()->presetBox()->setCurrentIndex(4);
            QCOMPARE(dialog.editorChoice()->commandEdit()->text(), preset.command);
            dialog.okButton()->click();
            QCOMPARE(Preferences::editorCommand(), preset.command);
        }
        {
            PreferencesDialog dialog(nullptr);
            EditorChoice *choice = dialog.editorChoice();
            QCOMPARE(choice->presetBox()->currentIndex(), 4);
            choice->commandEdit()->clear();
            QTest::keyClicks(choice->commandEdit(), QStringLiteral("true {file} \""));
            QCOMPARE(choice->presetBox()->currentIndex(), choice->presetBox()->count() - 1);
            QVERIFY(!choice->problem().isEmpty());
            QVERIFY(!dialog.okButton()->isEnabled());
            QTest::keyClicks(choice->commandEdit(), QStringLiteral("{line}\""));
            QVERIFY(dialog.okButton()->isEnabled());
            QVERIFY(choice->resultLabel()->text().contains(QLatin1String("/src/main.cpp 12")));
            dialog.okButton()->click();
            QCOMPARE(Preferences::editorCommand(), QStringLiteral("true {file} \"{line}\""));
        }
        PreferencesDialog dialog(nullptr);
        dialog.editorChoice()->presetBox()->setCurrentIndex(0);
        dialog.okButton()->click();
        QVERIFY(!Preferences::editorChosen());
    }
};

QTEST_MAIN(EditorCommandTest)
#include "editorcommand_test.moc"
