// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ipc/pipe.h"
#include "core/ipc/process.h"
#include "core/ipc/worker.h"

#include <QProcess>
#include <QTest>

#include <unistd.h>

using namespace forkscope;
using namespace forkscope::ipc;
using namespace std::chrono_literals;

/// The functions of forkscope-worker, and things that are handed to them.
class IpcWorkerTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { setWorkerProgram(FORKSCOPE_WORKER); }
    void aMirrorSendsBackWhatComes();
    void messagesFlowFromAProducerToAConsumer();
    void aProducerKeepsItsPace();
    void aHandedEndGoesOnlyItsWay();
    void theProducersEndIsSeenAlthoughAnotherChildWasStartedMeanwhile();
    void theWorkerIsSmall();
    void byHandItSaysWhatItIs();
};

void IpcWorkerTest::aMirrorSendsBackWhatComes()
{
    auto [ours, theirs] = makePipe().value();
    Process mirror("echo", Arguments().with(std::move(theirs)));
    QVERIFY(mirror.start());
    for (const QCborValue &value : {QCborValue(42), QCborValue(QStringLiteral("text")), QCborValue(QByteArray(3'000'000, 'x'))}) {
        // Both directions at once: a large message fills the socket.
        QVERIFY(ours.send(value));
        const auto back = ours.recv(QDeadlineTimer(30s));
        QVERIFY(back);
        QCOMPARE(back.value(), value);
    }
    ours.close();
    QVERIFY(mirror.join(QDeadlineTimer(30s)));
    QCOMPARE(mirror.exitCode(), 0);
}

void IpcWorkerTest::messagesFlowFromAProducerToAConsumer()
{
    auto [reader, writer] = makePipe(false).value();
    auto [report, reporter] = makePipe(false).value();
    Process producer("produce", Arguments().with(std::move(writer)).with(0).with(1000).with(5000));
    Process consumer("consume", Arguments().with(std::move(reader)).with(0).with(0).with(std::move(reporter)));
    QVERIFY(producer.start());
    QVERIFY(consumer.start());
    const auto all = report.recv(QDeadlineTimer(60s));
    QVERIFY2(all, all ? "" : qPrintable(errorText(all.error())));
    QCOMPARE(all.value()[QLatin1String("messages")].toInteger(), 5000);
    QCOMPARE(all.value()[QLatin1String("bytes")].toInteger(), 5'000'000);
    QVERIFY(producer.join());
    QVERIFY(consumer.join());
    QCOMPARE(producer.exitCode(), 0);
    QCOMPARE(consumer.exitCode(), 0);
}

void IpcWorkerTest::aProducerKeepsItsPace()
{
    auto [reader, writer] = makePipe(false).value();
    Process producer("produce", Arguments().with(std::move(writer)).with(100).with(10).with(21));
    QVERIFY(producer.start());
    QVERIFY(reader.recv(QDeadlineTimer(30s)));
    QElapsedTimer timer;
    timer.start();
    for (int i = 1; i < 21; ++i)
        QCOMPARE(reader.recv(QDeadlineTimer(30s)).value()[0].toInteger(), i);
    QVERIFY2(timer.elapsed() > 150, qPrintable(QString::number(timer.elapsed()))); // 200 ms; what was delayed is made up for
    QCOMPARE(reader.recv(QDeadlineTimer(30s)).error().code, ErrorCode::EndOfStream);
    QVERIFY(producer.join());
}

void IpcWorkerTest::aHandedEndGoesOnlyItsWay()
{
    auto [reader, writer] = makePipe(false).value();
    Process producer("produce", Arguments().with(std::move(reader)).with(0).with(10).with(1)); // the wrong end
    QVERIFY(producer.start());
    QVERIFY(producer.join(QDeadlineTimer(30s)));
    QCOMPARE(producer.exitCode(), 1);
    QVERIFY2(!producer.result()->errorText.isEmpty(), qPrintable(producer.result()->errorText));
    QCOMPARE(writer.send(1).error().code, ErrorCode::PeerGone); // and the moved one is closed here
}

void IpcWorkerTest::theProducersEndIsSeenAlthoughAnotherChildWasStartedMeanwhile()
{
    auto [reader, writer] = makePipe(false).value();
    auto [ours, theirs] = makePipe().value();
    Process producer("produce", Arguments().with(writer).with(0).with(10).with(1));
    Process sibling("echo", Arguments().with(std::move(theirs))); // while our writer is open
    QVERIFY(producer.start());
    QVERIFY(sibling.start());
    writer.close();
    QVERIFY(reader.recv(QDeadlineTimer(30s)));
    QCOMPARE(reader.recv(QDeadlineTimer(30s)).error().code, ErrorCode::EndOfStream);
    QVERIFY(sibling.isAlive());
    ours.close();
    QVERIFY(sibling.join());
    QVERIFY(producer.join());
}

void IpcWorkerTest::theWorkerIsSmall()
{
    QProcess readelf;
    readelf.start(QStringLiteral("readelf"), {QStringLiteral("-d"), QStringLiteral(FORKSCOPE_WORKER)});
    QVERIFY(readelf.waitForFinished());
    const QByteArray needed = readelf.readAll();
    QVERIFY(needed.contains("libQt6Core"));
    for (const char *library : {"libQt6Network", "libQt6Gui", "libyaml", "libvterm"})
        QVERIFY2(!needed.contains(library), library);
}

void IpcWorkerTest::byHandItSaysWhatItIs()
{
    for (const QStringList &arguments : {QStringList(), QStringList(QStringLiteral("--forkscope-worker=99")),
             QStringList(QStringLiteral("--forkscope-worker=x"))}) {
        QProcess worker;
        worker.start(QStringLiteral(FORKSCOPE_WORKER), arguments);
        QVERIFY(worker.waitForFinished());
        QCOMPARE(worker.exitStatus(), QProcess::NormalExit);
        QVERIFY(worker.exitCode() == 2 || worker.exitCode() == 127);
        QVERIFY(worker.readAllStandardError().contains("library"));
    }
}

QTEST_GUILESS_MAIN(IpcWorkerTest)
#include "ipcworker_test.moc"
