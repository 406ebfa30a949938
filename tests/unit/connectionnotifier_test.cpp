// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ipc/connectionnotifier.h"
#include "core/ipc/pipe.h"

#include "tests/patience.h"

#include <QSignalSpy>
#include <QTest>

using namespace forkscope;
using namespace forkscope::ipc;

/// An event loop is told of messages and of the end.
class ConnectionNotifierTest : public QObject
{
    Q_OBJECT

private slots:
    void messagesAndTheEndAreTold_data();
    void messagesAndTheEndAreTold();
    void aSlotMayCloseTheConnectionOrDeleteTheNotifier();
};

void ConnectionNotifierTest::messagesAndTheEndAreTold_data()
{
    QTest::addColumn<bool>("duplex");
    QTest::addColumn<bool>("ahead");
    QTest::newRow("pipe") << false << false;
    QTest::newRow("pipe, reading ahead") << false << true;
    QTest::newRow("sockets") << true << false;
    QTest::newRow("sockets, reading ahead") << true << true;
}

void ConnectionNotifierTest::messagesAndTheEndAreTold()
{
    QFETCH(bool, duplex);
    QFETCH(bool, ahead);
    auto [reader, writer] = makePipe(duplex).value();
    Connection &source = reader;
    source.setReadAhead(ahead);
    ConnectionNotifier notifier(source);
    QByteArrayList seen;
    connect(&notifier, &ConnectionNotifier::readyRead, this, [&] {
        if (const Result<QByteArray> message = source.recvBytes(-1, QDeadlineTimer(0)); message.ok())
            seen.append(message.value());
    });
    QSignalSpy ended(&notifier, &ConnectionNotifier::ended);
    for (const char *text : {"a", "b", "c"})
        QVERIFY(writer.sendBytes(text).ok());
    QTRY_COMPARE(seen, QByteArrayList({"a", "b", "c"}));
    QVERIFY(writer.sendBytes("d").ok());
    QTRY_COMPARE(seen.size(), 4);
    QCOMPARE(ended.size(), 0);
    QVERIFY(writer.sendBytes("last").ok());
    writer.close();
    QTRY_COMPARE(ended.size(), 1);
    QCOMPARE(seen.last(), QByteArray("last"));
    QVERIFY(!ended.wait(50)); // once only
}

void ConnectionNotifierTest::aSlotMayCloseTheConnectionOrDeleteTheNotifier()
{
    auto [reader, writer] = makePipe(true).value();
    Connection &source = reader;
    QVERIFY(writer.sendBytes("a").ok());
    auto *notifier = new ConnectionNotifier(source);
    QSignalSpy ready(notifier, &ConnectionNotifier::readyRead);
    connect(notifier, &ConnectionNotifier::readyRead, this, [&] { source.close(); });
    QTRY_COMPARE(ready.size(), 1);
    QVERIFY(!ready.wait(50));
    delete notifier;

    auto [second, other] = makePipe(false).value();
    QVERIFY(other.sendBytes("a").ok());
    notifier = new ConnectionNotifier(second);
    bool told = false;
    connect(notifier, &ConnectionNotifier::readyRead, this, [&] {
        told = true;
        delete notifier;
    });
    QTRY_VERIFY(told);
}

QTEST_GUILESS_MAIN(ConnectionNotifierTest)
#include "connectionnotifier_test.moc"
