// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/traffic/bytesview.h"

#include "tests/gui/guitesting.h"
#include "tests/gui/trafficstory.h"
#include "tests/patience.h"

#include <QClipboard>
#include <QScrollBar>

using namespace forkscope;

namespace {

/// Says how much of it was asked for.
class Counted : public ByteSource
{
public:
    explicit Counted(quint64 size) : m_size(size) { }
    quint64 size() const override { return m_size; }
    QByteArray read(quint64 offset, qsizetype length) const override
    {
        asked += quint64(length);
        return QByteArray(qsizetype(std::min<quint64>(quint64(length), m_size - std::min(m_size, offset))), char(offset % 251));
    }
    mutable quint64 asked = 0;

private:
    const quint64 m_size;
};

std::shared_ptr<const ByteSource> held(const QByteArray &bytes)
{
    return std::make_shared<HeldBytes>(bytes);
}

} // namespace

class BytesViewTest : public QObject
{
    Q_OBJECT

private slots:
    void aLineHasOffsetHexadecimalAndText()
    {
        BytesView view;
        view.setBytes(held("Hello\n\0world 0123"));
        QCOMPARE(view.rowText(0), QStringLiteral("000000  48 65 6c 6c 6f 0a                                 Hello·"));
        view.setBytes(held(QByteArray("GET / HTTP/1.1\r\nHost", 20)));
        QCOMPARE(view.rowText(0), QStringLiteral("000000  47 45 54 20 2f 20 48 54  54 50 2f 31 2e 31 0d 0a  GET / HTTP/1.1··"));
        QVERIFY(view.rowText(16).startsWith(QLatin1String("000010  48 6f 73 74 ")));
    }

    void aCharacterOfSeveralBytesStandsAtItsFirstOneAlsoAcrossLines()
    {
        BytesView view;
        view.setBytes(held(QByteArray("fourteen bytes") + "\xe4\xb8\xad\xe6\x96\x87" + "\xff"));
        QVERIFY2(view.rowText(0).endsWith(QStringLiteral("fourteen bytes中")), qPrintable(view.rowText(0)));
        QVERIFY2(view.rowText(16).endsWith(QStringLiteral("·文·")), qPrintable(view.rowText(16)));
    }

    void aClickOnEitherSideChoosesTheByteForBoth()
    {
        BytesView view;
        view.resize(800, 200);
        view.setBytes(held(QByteArray(64, 'x')));
        view.show();
        QSignalSpy chosen(&view, &BytesView::byteChosen);
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, view.hexRect(18).center());
        QCOMPARE(chosen.takeFirst().first().toULongLong(), 18ull);
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, view.textRect(33).center());
        QCOMPARE(chosen.takeFirst().first().toULongLong(), 33ull);
        QCOMPARE(view.selectionStart(), 33ull);
        QCOMPARE(view.selectionLength(), 1ull);
        QTest::mouseClick(view.viewport(), Qt::LeftButton, Qt::ShiftModifier, view.hexRect(40).center());
        QCOMPARE(view.selectionLength(), 8ull);
        QVERIFY(chosen.isEmpty()); // a stretch is no field
    }

    void aNarrowViewShowsFewerBytesInALineAndTheSameOnesAtTheTop()
    {
        BytesView view;
        view.resize(900, 200);
        view.setBytes(held(QByteArray(64 * 1024, 'x')));
        view.show();
        QCOMPARE(view.hexRect(15).top(), view.hexRect(0).top());
        view.verticalScrollBar()->setValue(100);
        QCOMPARE(view.hexRect(1600).top(), 0);
        view.resize(view.textRect(4).left(), 200); // no room for 16
        QVERIFY(view.hexRect(1615).top() > view.hexRect(1600).top());
        QCOMPARE(view.hexRect(1600).top(), 0);
        QVERIFY(view.textRect(1603).right() < view.viewport()->width());
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, view.textRect(1621).center());
        QCOMPARE(view.selectionStart(), 1621ull);
        view.resize(900, 200);
        QCOMPARE(view.hexRect(1600).top(), 0);
        QCOMPARE(view.hexRect(1615).top(), 0);
    }

    void keysMoveAndExtend()
    {
        BytesView view;
        view.resize(800, 200);
        view.setBytes(held(QByteArray(1000, 'x')));
        view.show();
        view.setFocus();
        const auto press = [&](Qt::Key key, Qt::KeyboardModifiers modifiers = {}) { QTest::keyClick(&view, key, modifiers); };
        press(Qt::Key_Right);
        QCOMPARE(view.cursor(), std::optional<quint64>(0));
        press(Qt::Key_Right);
        press(Qt::Key_Down);
        QCOMPARE(view.cursor(), std::optional<quint64>(17));
        press(Qt::Key_Home);
        QCOMPARE(view.cursor(), std::optional<quint64>(16));
        press(Qt::Key_End, Qt::ShiftModifier);
        QCOMPARE(view.selectionLength(), 16ull);
        press(Qt::Key_End, Qt::ControlModifier);
        QCOMPARE(view.cursor(), std::optional<quint64>(999));
        QVERIFY(view.verticalScrollBar()->value() == view.verticalScrollBar()->maximum());
        press(Qt::Key_Home, Qt::ControlModifier);
        QCOMPARE(view.verticalScrollBar()->value(), 0);
    }

    void theSelectionIsCopiedAsItsSideShowsIt()
    {
        BytesView view;
        view.resize(800, 200);
        view.setBytes(held("Hello, world"));
        view.show();
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, view.hexRect(0).center());
        QTest::mouseClick(view.viewport(), Qt::LeftButton, Qt::ShiftModifier, view.hexRect(2).center());
        QTest::keyClick(&view, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("48 65 6c"));
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, view.textRect(0).center());
        QTest::mouseClick(view.viewport(), Qt::LeftButton, Qt::ShiftModifier, view.textRect(4).center());
        QTest::keyClick(&view, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("Hello"));
        view.copyDump();
        QVERIFY(QApplication::clipboard()->text().startsWith(QLatin1String("000000  48 65")));
    }

    void ofManyBytesOnlyWhatIsSeenIsRead()
    {
        const auto bytes = std::make_shared<Counted>(quint64(100) << 30); // 100 GiB
        BytesView view;
        view.resize(800, 400);
        view.setBytes(bytes);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        view.grab();
        bytes->asked = 0;
        view.select((quint64(99) << 30) + 5, 3);
        view.grab();
        QVERIFY2(bytes->asked < 16'000, qPrintable(QString::number(bytes->asked)));
        QVERIFY(view.viewport()->rect().contains(view.hexRect((quint64(99) << 30) + 5)));
        QSignalSpy cut(&view, &BytesView::copyCut);
        view.selectAll();
        view.copyDump();
        QCOMPARE(cut.size(), 1); // that it is not all is told
    }

    void aMessageOfSeveralRecordsIsReadAsOne()
    {
        TrafficStory story;
        const ChannelId pipe = story.open(ChannelKind::Pipe, "pipe"), other = story.open(ChannelKind::Pipe, "other");
        story.piece(pipe, "before");
        QByteArray message;
        for (int i = 0; message.size() < 700'000; ++i)
            message += QByteArray::number(i) + ' ';
        const quint64 record = story.piece(pipe, message);
        story.piece(other, "between");
        story.piece(pipe, "behind");
        const MessageBytes bytes(story.journal(), record);
        QCOMPARE(bytes.size(), quint64(message.size()));
        QCOMPARE(bytes.read(0, message.size() + 10), message);
        const qsizetype edge = qsizetype(JournalWriter::kMaxRecordPayload);
        QCOMPARE(bytes.read(quint64(edge) - 3, 6), message.mid(edge - 3, 6));
        QVERIFY(!bytes.isGivenUp());
    }
};

QTEST_MAIN(BytesViewTest)
#include "bytesview_test.moc"
