// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitor/procconnector.h"

#include <QProcess>
#include <QtTest>

#include <cstring>
#include <linux/cn_proc.h>
#include <linux/connector.h>
#include <linux/netlink.h>
#include <unistd.h>

using namespace forkscope;

namespace {

QByteArray datagram(const proc_event &event, quint32 idx = CN_IDX_PROC)
{
    QByteArray bytes(NLMSG_LENGTH(sizeof(cn_msg) + sizeof event), '\0');
    nlmsghdr header = {};
    header.nlmsg_len = quint32(bytes.size());
    header.nlmsg_type = NLMSG_DONE;
    cn_msg message = {};
    message.id = {idx, CN_VAL_PROC};
    message.len = sizeof event;
    std::memcpy(bytes.data(), &header, sizeof header);
    std::memcpy(bytes.data() + NLMSG_HDRLEN, &message, sizeof message);
    std::memcpy(bytes.data() + NLMSG_HDRLEN + sizeof message, &event, sizeof event);
    return bytes;
}

proc_event exitEvent()
{
    proc_event event = {};
    event.what = proc_event::PROC_EVENT_EXIT;
    event.timestamp_ns = 77;
    event.event_data.exit.process_pid = 12;
    event.event_data.exit.process_tgid = 11;
    event.event_data.exit.exit_code = 0x300;
    return event;
}

} // namespace

class ProcConnectorTest : public QObject
{
    Q_OBJECT

private slots:
    void aMessageBecomesAValue()
    {
        const QList<ProcEvent> events = parseProcEvents(datagram(exitEvent()));
        QCOMPARE(events.size(), 1);
        QCOMPARE(events[0].kind, ProcEvent::Kind::Exit);
        QCOMPARE(events[0].thread, 12);
        QCOMPARE(events[0].process, 11);
        QVERIFY(!events[0].isProcess());
        QCOMPARE(events[0].status, 0x300);
        QCOMPARE(events[0].timeNs, 77);
    }

    void cutAndForeignMessagesAreLeftOut()
    {
        const QByteArray whole = datagram(exitEvent());
        for (qsizetype size = 0; size < whole.size(); ++size)
            QVERIFY(parseProcEvents(whole.first(size)).isEmpty());
        QVERIFY(parseProcEvents(datagram(exitEvent(), 99)).isEmpty());
        QCOMPARE(parseProcEvents(whole + whole).size(), 2);
    }

    void aChildIsToldFromForkToExit()
    {
        auto connector = ProcConnector::open(1024 * 1024);
        if (!connector.ok())
            QSKIP("This kernel refuses the proc connector to this user: all");
        QProcess child;
        child.start(QStringLiteral("/bin/sh"), {QStringLiteral("-c"), QStringLiteral("exit 7")});
        QVERIFY(child.waitForStarted());
        const qint32 pid = qint32(child.processId());
        QVERIFY(child.waitForFinished());

        QList<ProcEvent> mine;
        const auto ended = [&] {
            QList<ProcEvent> events;
            connector.value().read(events);
            for (const ProcEvent &event : events) {
                if (event.process == pid && event.kind != ProcEvent::Kind::Other)
                    mine.append(event);
            }
            return !mine.isEmpty() && mine.last().kind == ProcEvent::Kind::Exit;
        };
        QTRY_VERIFY(ended());
        QCOMPARE(mine.size(), 3);
        QCOMPARE(mine[0].kind, ProcEvent::Kind::Fork);
        QCOMPARE(mine[0].parent, getpid());
        QCOMPARE(mine[1].kind, ProcEvent::Kind::Exec);
        QCOMPARE(mine[2].status, 7 << 8);
        QVERIFY(mine[0].timeNs <= mine[1].timeNs && mine[1].timeNs <= mine[2].timeNs);
    }

    void aFullSocketIsToldOnce()
    {
        auto connector = ProcConnector::open(1);
        if (!connector.ok())
            QSKIP("This kernel refuses the proc connector to this user: all");
        QProcess::execute(QStringLiteral("/bin/sh"),
            {QStringLiteral("-c"), QStringLiteral("i=0; while [ $i -lt 50 ]; do (exit 1); i=$((i+1)); done")});
        QList<ProcEvent> events;
        QVERIFY(!connector.value().read(events));
        QVERIFY(connector.value().read(events));
    }
};

QTEST_GUILESS_MAIN(ProcConnectorTest)
#include "procconnector_test.moc"
