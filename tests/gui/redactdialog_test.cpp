// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/guitesting.h"
#include "ui/launch/launchbar.h"
#include "ui/mainwindow.h"
#include "ui/monitor/processmodel.h"
#include "ui/recording/redactchoices.h"
#include "ui/recording/redactdialog.h"
#include "ui/widgets/settings.h"

#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableWidget>
#include <QTreeWidget>

using namespace forkscope;

namespace {

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(no file)");
}

/// Matches of a pattern, as shown; empty: no such row.
QString matchesOf(const RedactDialog &dialog, const QString &pattern)
{
    const auto rows = dialog.counts()->findItems(pattern, Qt::MatchExactly, 0);
    return rows.isEmpty() ? QString() : rows.first()->text(1);
}

} // namespace

class RedactDialogTest : public QObject
{
    Q_OBJECT

    TestHome m_home;
    std::unique_ptr<JournalWriter> m_writer;
    ChannelId m_out = ChannelId::None, m_err = ChannelId::None;

private slots:
    void init()
    {
        Settings().clear();
        m_writer = std::move(JournalWriter::create(m_home.file(QStringLiteral("r.pcapng")))).value();
        const auto open = [this](ChannelKind kind, const char *name) {
            return m_writer->openChannel({ChannelId::None, kind, LaunchId(1), {10, 1}, name});
        };
        m_out = open(ChannelKind::StandardOutput, "stdout make(10)");
        m_err = open(ChannelKind::StandardError, "stderr make(10)");
        m_writer->append(m_out, "mail ann@example.org and hunter2\n");
        m_writer->append(m_err, "err hunter2\n");
    }

    void whatWouldBeRemovedIsShownBeforehandAndFollowsTheChoices()
    {
        RedactDialog dialog(m_writer->journal());
        dialog.show();
        QTRY_COMPARE(matchesOf(dialog, QStringLiteral("email")), QStringLiteral("1"));
        QCOMPARE(dialog.samples()->toPlainText(), QStringLiteral("stdout make(10) │ mail *************** and hunter2"));
        dialog.choices()->texts()->setPlainText(QStringLiteral("hunter2"));
        QTRY_COMPARE(matchesOf(dialog, QStringLiteral("text 1")), QStringLiteral("2"));
        QVERIFY(!dialog.samples()->toPlainText().contains(QLatin1String("hunter2")));
        dialog.choices()->preset("email")->setChecked(false);
        QTRY_COMPARE(matchesOf(dialog, QStringLiteral("email")), QString());
        m_writer->append(m_err, "hunter2 again\n");
        dialog.previewButton()->click();
        QTRY_COMPARE(matchesOf(dialog, QStringLiteral("text 1")), QStringLiteral("3"));
    }

    void theCopyIsWhatWasChosen()
    {
        RedactDialog dialog(m_writer->journal());
        dialog.show();
        dialog.choices()->texts()->setPlainText(QStringLiteral("hunter2"));
        dialog.choices()->channels()->item(1, 0)->setCheckState(Qt::Checked);
        const QString path = m_home.file(QStringLiteral("copy.pcapng"));
        dialog.path()->setText(path);
        dialog.saveButton()->click(); // while a preview runs
        QVERIFY(dialog.isSaving());
        QTRY_VERIFY(!dialog.isSaving() && !dialog.result().isEmpty());
        QVERIFY2(dialog.result().startsWith(QLatin1String("Saved")), qPrintable(dialog.result()));
        const auto copy = std::move(Journal::open(path)).value();
        QCOMPARE(copy->read(0)->bytes.toByteArray(), QByteArray("mail *************** and *******\n"));
        QCOMPARE(copy->read(1)->bytes.toByteArray(), QByteArray("***********\n"));
        // Once more: it asks first.
        dialog.saveButton()->click();
        QTRY_COMPARE(dialog.saveButton()->text(), QStringLiteral("&Replace"));
        dialog.saveButton()->click();
        QTRY_VERIFY(dialog.result().startsWith(QLatin1String("Saved")));
    }

    void aWrongExpressionIsToldAndNothingIsSaved()
    {
        RedactDialog dialog(m_writer->journal());
        dialog.show();
        dialog.choices()->expressions()->setPlainText(QStringLiteral("ok\nab(c"));
        QTRY_VERIFY2(dialog.choices()->fault().contains(QLatin1String("position 5")), qPrintable(dialog.choices()->fault()));
        QVERIFY(!dialog.saveButton()->isEnabled());
        dialog.choices()->expressions()->setPlainText(QStringLiteral("ab(c)"));
        QTRY_VERIFY(dialog.saveButton()->isEnabled());
        QVERIFY(dialog.choices()->fault().isEmpty());
    }

    void theRecordingItselfIsNotOverwritten()
    {
        RedactDialog dialog(m_writer->journal());
        dialog.show();
        dialog.path()->setText(m_writer->journal().path());
        dialog.saveButton()->click();
        QTRY_COMPARE(dialog.saveButton()->text(), QStringLiteral("&Replace"));
        dialog.saveButton()->click();
        QTRY_VERIFY2(dialog.result().contains(QLatin1String("this is the recording itself")), qPrintable(dialog.result()));
        QVERIFY(contentOf(m_writer->journal().path()).contains("hunter2"));
    }

    void savingCanBeCancelled()
    {
        for (int i = 0; i < 200'000; ++i)
            m_writer->append(m_out, "mail ann@example.org\n");
        RedactDialog dialog(m_writer->journal());
        dialog.show();
        const QString path = m_home.file(QStringLiteral("none.pcapng"));
        dialog.path()->setText(path);
        QSignalSpy ended(&dialog, &RedactDialog::ended);
        dialog.saveButton()->click();
        dialog.closeButton()->click();
        QTRY_COMPARE(ended.size(), 1);
        QVERIFY(dialog.isVisible());
        QVERIFY2(dialog.result().startsWith(QLatin1String("Cancelled")), qPrintable(dialog.result()));
        QVERIFY(!QFileInfo::exists(path));
    }

    void aLiveSessionIsRedactedFromTheFileMenu()
    {
        MainWindow window(std::move(Session::create()).value());
        window.show();
        window.launchBar()->run(QStringLiteral("echo hunter2"));
        QTRY_COMPARE(window.processes().table().finishedCount(), 1);
        window.windowActions().redact->trigger();
        auto *dialog = window.findChild<RedactDialog *>();
        QVERIFY(dialog);
        dialog->choices()->texts()->setPlainText(QStringLiteral("hunter2"));
        const QString path = m_home.file(QStringLiteral("live.pcapng"));
        dialog->path()->setText(path);
        dialog->saveButton()->click();
        QTRY_VERIFY(!dialog->isSaving() && dialog->result().startsWith(QLatin1String("Saved")));
        QVERIFY(!contentOf(path).contains("hunter2"));
    }

    void noTwoFieldsShareAMnemonic()
    {
        RedactDialog dialog(m_writer->journal());
        dialog.show();
        QMap<QString, QString> taken;
        for (auto *widget : dialog.findChildren<QWidget *>()) {
            const auto *label = qobject_cast<QLabel *>(widget);
            const auto *button = qobject_cast<QAbstractButton *>(widget);
            const QString text = label && label->buddy() ? label->text() : button ? button->text() : QString();
            const QString key = QKeySequence::mnemonic(text).toString();
            QVERIFY2(key.isEmpty() || !taken.contains(key), qPrintable(text + u' ' + taken.value(key)));
            taken.insert(key, text);
        }
    }

    void everyFieldHasANameAndIsReachedByTab()
    {
        RedactDialog dialog(m_writer->journal());
        dialog.show();
        QVERIFY(QTest::qWaitForWindowActive(&dialog));
        QSet<QWidget *> reached;
        for (int i = 0; i < 60; ++i) {
            QTest::keyClick(dialog.focusWidget(), Qt::Key_Tab);
            reached.insert(dialog.focusWidget());
        }
        for (auto *widget : dialog.findChildren<QWidget *>()) {
            if (!widget->isVisible() || !widget->isEnabled() || !(widget->focusPolicy() & Qt::TabFocus) || widget->focusProxy())
                continue;
            const auto *button = qobject_cast<QAbstractButton *>(widget);
            QVERIFY2(
                !widget->accessibleName().isEmpty() || (button && !button->text().isEmpty()), widget->metaObject()->className());
            QVERIFY2(reached.contains(widget), widget->metaObject()->className());
        }
        // Space checks a channel.
        QTableWidget *channels = dialog.choices()->channels();
        channels->setFocus();
        channels->setCurrentCell(0, 0);
        QTest::keyClick(channels, Qt::Key_Right);
        QTest::keyClick(channels, Qt::Key_Space);
        QCOMPARE(channels->item(0, 1)->checkState(), Qt::Checked);
        QCOMPARE(dialog.choices()->request().value().dropChannels, QSet<ChannelId>{m_out});
    }
};

QTEST_MAIN(RedactDialogTest)
#include "redactdialog_test.moc"
