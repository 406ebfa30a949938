// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/traffic/linkcontrols.h"

#include "core/session/session.h"
#include "core/traffic/channelstatistics.h"
#include "tests/gui/guitesting.h"
#include "tests/journalevents.h"
#include "tests/patience.h"
#include "ui/ipc/byteedit.h"
#include "ui/launch/launchbar.h"
#include "ui/widgets/elidedlabel.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>

using namespace forkscope;

namespace {

/// A pipeline that really runs, and the controls of its first link.
class Running
{
public:
    explicit Running(const QString &line)
        : session(std::move(Session::create()).value()), m_statistics(session->journal()), controls(session.get())
    {
        m_first = session->launchPipeline(pipelineOf(line, QDir::tempPath()).value());
        controls.resize(700, 600);
        controls.show();
    }
    bool hasLink()
    {
        const bool there = QTest::qWaitFor([this] { return !session->links().isEmpty(); }, 30'000);
        if (there)
            channel = session->links().first();
        return there
            && QTest::qWaitFor(
                [this] {
                    const ChannelFigures figures = m_statistics.figures(channel);
                    if (figures.info.id != channel || figures.readers.isEmpty() || figures.readers.first().name.isEmpty())
                        return false;
                    controls.setChannel(figures);
                    return true;
                },
                30'000);
    }
    LinkState state() const { return session->link(channel).value_or(LinkState()); }
    void send(const QByteArray &bytes) { session->writeInput(m_first, bytes); }
    void end() { session->closeInput(m_first); }
    /// What the last stage, of two, has written.
    QByteArray output() const
    {
        QByteArray bytes;
        const Journal &journal = session->journal();
        for (quint32 id = 0; id < journal.channelCount(); ++id) {
            const ChannelInfo info = journal.channel(ChannelId(id));
            if (info.kind != ChannelKind::StandardOutput || info.launch != LaunchId(quint32(m_first) + 1))
                continue;
            for (quint64 i = 0; i < journal.channelRecordCount(ChannelId(id)); ++i)
                if (const auto record = journal.read(journal.channelRecord(ChannelId(id), i)))
                    bytes += record->bytes;
        }
        return bytes;
    }

    std::unique_ptr<Session> session;

private:
    ChannelStatistics m_statistics;
    LaunchId m_first = LaunchId::None;

public:
    LinkControls controls;
    ChannelId channel = ChannelId::None;
};

void enter(QLineEdit *field, const QString &text)
{
    field->setFocus();
    field->selectAll();
    QTest::keyClicks(field, text);
    QTest::keyClick(field, Qt::Key_Return);
}

} // namespace

class LinkControlsTest : public QObject
{
    Q_OBJECT

private:
    TestHome m_home;

private slots:
    void eachThingThatCanBeDoneSaysWhatTheTwoProgramsNotice()
    {
        Running pipeline(QStringLiteral("cat | sort"));
        QVERIFY(pipeline.hasLink());
        QCOMPARE(pipeline.controls.reason(), QString());
        int notes = 0;
        const auto tellsOfBoth
            = [](const QString &text) { return text.contains(QLatin1String("cat")) && text.contains(QLatin1String("sort")); };
        for (const QLabel *label : pipeline.controls.findChildren<QLabel *>())
            notes += tellsOfBoth(label->text());
        for (const QWidget *widget : pipeline.controls.findChildren<QWidget *>())
            notes += tellsOfBoth(widget->toolTip()) && widget->accessibleDescription() == widget->toolTip();
        QVERIFY2(notes >= 8, qPrintable(QString::number(notes)));
    }

    void aPausedLinkHoldsAPieceThatIsShownEditedAndLetThrough()
    {
        Running pipeline(QStringLiteral("cat | cat"));
        QVERIFY(pipeline.hasLink());
        pipeline.controls.pauseButton()->click();
        QTRY_VERIFY(pipeline.state().settings.paused);
        pipeline.send("hello\n");
        QTRY_VERIFY((pipeline.controls.refresh(), pipeline.controls.replaceButton()->isEnabled()));
        QCOMPARE(pipeline.controls.held()->editor()->toPlainText(), QStringLiteral("hello\n"));
        QVERIFY(pipeline.controls.heldText().contains(QLatin1String("6 B")));
        pipeline.controls.held()->editor()->setPlainText(QStringLiteral("HELLO\n"));
        pipeline.controls.refresh(); // what is being typed stays
        QCOMPARE(pipeline.controls.held()->editor()->toPlainText(), QStringLiteral("HELLO\n"));
        pipeline.controls.replaceButton()->click();
        QTRY_COMPARE(pipeline.output(), QByteArray("HELLO\n"));
        pipeline.send("gone\n");
        QTRY_VERIFY((pipeline.controls.refresh(), pipeline.controls.dropButton()->isEnabled()));
        pipeline.controls.dropButton()->click();
        pipeline.send("step\n");
        QTRY_VERIFY((pipeline.controls.refresh(), pipeline.controls.held()->editor()->toPlainText() == QLatin1String("step\n")));
        pipeline.controls.stepButton()->click();
        QTRY_COMPARE(pipeline.output(), QByteArray("HELLO\nstep\n"));
        pipeline.controls.pauseButton()->click();
        QTRY_VERIFY(!pipeline.state().settings.paused);
        pipeline.send("on\n");
        QTRY_COMPARE(pipeline.output(), QByteArray("HELLO\nstep\non\n"));
        const auto told = eventsOf<Intervened>(pipeline.session->journal());
        QCOMPARE(told.first().kind, InterventionKind::Pause);
        QVERIFY(std::any_of(told.begin(), told.end(), [](const Intervened &what) { return what.removed == "gone\n"; }));
    }

    void settingsAreTypedWithUnitsAndTakenBackAtOnce()
    {
        Running pipeline(QStringLiteral("cat | cat"));
        QVERIFY(pipeline.hasLink());
        enter(pipeline.controls.bytesPerSecond(), QStringLiteral("4 KiB"));
        QTRY_COMPARE(pipeline.state().settings.bytesPerSecond, quint64(4096));
        enter(pipeline.controls.delay(), QStringLiteral("20 ms"));
        QTRY_COMPARE(pipeline.state().settings.delayNs, qint64(20'000'000));
        enter(pipeline.controls.split(), QStringLiteral("1 B"));
        QTRY_COMPARE(pipeline.state().settings.splitBytes, quint64(1));
        enter(pipeline.controls.piecesPerSecond(), QStringLiteral("100"));
        QTRY_COMPARE(pipeline.state().settings.messagesPerSecond, quint64(100));
        enter(pipeline.controls.delay(), QStringLiteral("soon"));
        QTRY_COMPARE(pipeline.state().settings.delayNs, qint64(20'000'000)); // as it was, and it is told
        QComboBox *capacity = pipeline.controls.capacity();
        capacity->setCurrentIndex(1);
        enter(pipeline.controls.delay(), QStringLiteral("20 ms"));
        emit capacity->activated(1);
        QTRY_COMPARE(pipeline.state().settings.capacity, quint32(4096));
        pipeline.controls.refresh();
        QVERIFY(pipeline.controls.state()->text().contains(QLatin1String("split into 1 B")));
        pipeline.controls.resetButton()->click();
        QTRY_VERIFY(pipeline.state().settings.isPlain());
        pipeline.controls.refresh();
        QVERIFY(pipeline.controls.delay()->text().isEmpty());
    }

    void bytesAreAddedAndWhatIsRecordedIsChosen()
    {
        Running pipeline(QStringLiteral("cat | cat"));
        QVERIFY(pipeline.hasLink());
        pipeline.controls.injection()->kind()->setCurrentIndex(int(InjectionKind::Hex));
        pipeline.controls.injection()->editor()->setPlainText(QStringLiteral("6869 0a"));
        QVERIFY(pipeline.controls.injectButton()->isEnabled());
        pipeline.controls.injectButton()->click();
        QTRY_COMPARE(pipeline.output(), QByteArray("hi\n"));
        pipeline.controls.injection()->editor()->setPlainText(QStringLiteral("6"));
        QVERIFY(!pipeline.controls.injectButton()->isEnabled());
        QComboBox *keep = pipeline.controls.keepBox();
        keep->setCurrentIndex(2);
        emit keep->activated(2);
        QTRY_COMPARE(pipeline.state().keep.bytes, 0U);
    }

    void aLinkThatHasEndedSaysSo()
    {
        Running pipeline(QStringLiteral("cat | cat"));
        QVERIFY(pipeline.hasLink());
        pipeline.end();
        QTRY_VERIFY((pipeline.controls.refresh(), pipeline.controls.reason().contains(QLatin1String("has ended"))));
        QVERIFY(!pipeline.controls.pauseButton()->isEnabled());
    }
};

QTEST_MAIN(LinkControlsTest)
#include "linkcontrols_test.moc"
