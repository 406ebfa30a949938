// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/guitesting.h"
#include "ui/preferences/editorcommand.h"
#include "ui/preferences/preferences.h"
#include "ui/widgets/settings.h"

#include <QtTest>

using namespace forkscope;

class PreferencesTest : public QObject
{
    Q_OBJECT

    TestHome m_home;

private slots:
    void cleanup()
    {
        Settings().clear();
        applyRememberedUnits();
    }

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
            QVERIFY2(words.value().join(u' ').contains(QLatin1String("/f.c")), qPrintable(preset.name));
            QVERIFY2(words.value().join(u' ').contains(QLatin1String("77")), qPrintable(preset.name));
        }
    }

    void whatWasChosenIsRemembered()
    {
        QCOMPARE(Preferences::recordingLimit(), quint64(2) << 30);
        QVERIFY(!Preferences::editorCommand().isEmpty());
        Preferences::setRecordingLimit(0);
        QCOMPARE(Preferences::recordingLimit(), 0U);
        Preferences::setEditorCommand(QStringLiteral("kate {file}"));
        QCOMPARE(Preferences::editorCommand(), QStringLiteral("kate {file}"));
        Preferences::setOutputFontSize(14);
        QCOMPARE(Preferences::outputFontSize(), 14);
    }

    void whatMakesNoSenseReadsAsTheDefault()
    {
        Settings().setValue(QStringLiteral("preferences/recordingLimit"), QStringLiteral("much"));
        QCOMPARE(Preferences::recordingLimit(), quint64(2) << 30);
        Settings().setValue(QStringLiteral("preferences/recordingLimit"), 1);
        QCOMPARE(Preferences::recordingLimit(), Preferences::kSmallestLimit);
        Settings().setValue(QStringLiteral("preferences/outputFontSize"), 4000);
        QCOMPARE(Preferences::outputFontSize(), 0);
    }

    void sizesAreToldInTheUnitsThatWereChosen()
    {
        QCOMPARE(bytesText(1'500'000), QStringLiteral("1.43 MiB"));
        QCOMPARE(bytesText(1'000), QStringLiteral("1,000 B"));
        Preferences::setByteUnits(ByteUnits::Decimal);
        QCOMPARE(bytesText(1'500'000), QStringLiteral("1.50 MB"));
        QCOMPARE(bytesText(999), QStringLiteral("999 B"));
        QCOMPARE(bytesText(25'000), QStringLiteral("25.0 kB"));
        QCOMPARE(bytesText(qint64(3) << 40), QStringLiteral("3.30 TB"));
    }
};

QTEST_MAIN(PreferencesTest)
#include "preferences_test.moc"
