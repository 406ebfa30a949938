// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/guitesting.h"
#include "ui/mainwindow.h"
#include "ui/preferences/preferences.h"
#include "ui/preferences/preferencesdialog.h"
#include "ui/widgets/settings.h"

#include <QCheckBox>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
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

    void whatWasChosenIsRemembered()
    {
        QCOMPARE(Preferences::recordingLimit(), quint64(2) << 30);
        Preferences::setRecordingLimit(0);
        QCOMPARE(Preferences::recordingLimit(), 0U);
    }

    void whatMakesNoSenseReadsAsTheDefault()
    {
        Settings().setValue(QStringLiteral("preferences/recordingLimit"), QStringLiteral("much"));
        QCOMPARE(Preferences::recordingLimit(), quint64(2) << 30);
        Settings().setValue(QStringLiteral("preferences/recordingLimit"), 1);
        QCOMPARE(Preferences::recordingLimit(), Preferences::kSmallestLimit);
    }

    void theDialogTakesALimitAndRefusesWhatIsNoneOrTooSmall()
    {
        PreferencesDialog dialog(nullptr);
        dialog.show();
        QCOMPARE(dialog.limitEdit()->text(), QStringLiteral("2 GiB"));
        for (const QString &wrong : {QStringLiteral("much"), QStringLiteral("31 MiB"), QString()}) {
            dialog.limitEdit()->setText(wrong);
            QVERIFY2(!dialog.okButton()->isEnabled(), qPrintable(wrong));
            QVERIFY(!dialog.problem().isEmpty());
        }
        dialog.limitEdit()->setText(QStringLiteral("64 MiB"));
        QVERIFY(dialog.problem().isEmpty());
        dialog.okButton()->click();
        QVERIFY(!dialog.isVisible());
        QCOMPARE(Preferences::recordingLimit(), quint64(64) << 20);
    }

    void theDialogTakesNoLimitAndTheUnits()
    {
        PreferencesDialog dialog(nullptr);
        dialog.limitCheck()->setChecked(false);
        QVERIFY(!dialog.limitEdit()->isEnabled());
        dialog.decimalButton()->setChecked(true);
        dialog.okButton()->click();
        QCOMPARE(Preferences::recordingLimit(), 0U);
        QCOMPARE(bytesText(1'500'000), QStringLiteral("1.50 MB"));
    }

    void cancelChangesNothing()
    {
        PreferencesDialog dialog(nullptr);
        dialog.limitEdit()->setText(QStringLiteral("64 MiB"));
        dialog.decimalButton()->setChecked(true);
        dialog.reject();
        QCOMPARE(Preferences::recordingLimit(), quint64(2) << 30);
        QCOMPARE(Preferences::byteUnits(), ByteUnits::Binary);
    }

    void theEditMenuOpensThemOnce()
    {
        auto session = Session::create();
        QVERIFY(session.ok());
        MainWindow window(std::move(session).value());
        window.show();
        window.windowActions().preferences->trigger();
        window.windowActions().preferences->trigger();
        QCOMPARE(window.findChildren<PreferencesDialog *>().size(), 1);
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
