// SPDX-License-Identifier: GPL-3.0-or-later
// forkscope export --to wireshark, read by tshark.
#include "tests/e2e/shellfolder.h"

#include <QStandardPaths>
#include <QtTest>

class WiresharkExportTest : public QObject
{
    Q_OBJECT

    ShellFolder m_folder;

    ShellFolder::Outcome shell(const QByteArray &line) const { return m_folder.shell(line.constData()); }
    /// What a pipeline of this writer and cat carried, as packets.
    void record(const QByteArray &script)
    {
        QFile file(m_folder.path("writer"));
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(script);
        file.close();
        QCOMPARE(shell("$F pipeline -o r.pcapng 'sh writer | cat >/dev/null'").status, 0);
        const auto exported = shell("$F export r.pcapng --to wireshark --channel pipe -o w.pcapng");
        QVERIFY2(exported.status == 0 && exported.err.isEmpty(), exported.err);
    }
    QByteArray tshark(const QByteArray &arguments) const
    {
        const auto outcome = shell("tshark -r w.pcapng " + arguments + " 2>tshark.err || cat tshark.err");
        return outcome.out.trimmed();
    }

private slots:
    void initTestCase()
    {
        if (QStandardPaths::findExecutable(QStringLiteral("tshark")).isEmpty())
            QSKIP("tshark is not installed");
    }

    void http_is_dissected_also_where_it_came_in_pieces()
    {
        record("printf 'HTTP/1.1 200 OK\\r\\nContent-Le'\nsleep 0.1\n"
               "printf 'ngth: 13\\r\\nContent-Type: application/json\\r\\n\\r\\n{\"user\":'\nsleep 0.1\nprintf ' 7}\\r\\n'\n"
               "printf 'HTTP/1.1 404 Not Found\\r\\nContent-Length: 0\\r\\n\\r\\n'\n");
        QCOMPARE(tshark("-Y http -T fields -e http.response.code"), QByteArray("200\n404"));
        QCOMPARE(tshark("-Y 'http.response.code == 200' -T fields -e json.key"), QByteArray("user"));
        QCOMPARE(tshark("-Y _ws.malformed"), QByteArray());
    }

    void json_lines_are_packets_each()
    {
        record("printf '{\"id\": 1, \"text\": \"a\"}\\n{\"id\"'\nsleep 0.1\nprintf ': 2}\\n'\n");
        QCOMPARE(tshark("-Y json -T fields -e json.value.number"), QByteArray("1\n2"));
    }

    void framed_json_is_read_without_its_frame()
    {
        record("printf 'Content-Length: 17\\r\\n\\r\\n{\"method\":\"init\"}'\n");
        QCOMPARE(tshark("-Y json -T fields -e json.value.string -e frame.comment").left(4), QByteArray("init"));
        QVERIFY(tshark("-T fields -e frame.comment").contains("without its content-length frame of 22 bytes"));
    }

    void a_filter_chooses_messages()
    {
        QCOMPARE(
            shell("$F pipeline -o f.pcapng \"sh -c 'echo one; sleep 0.1; echo three; sleep 0.1; echo two' | cat\"").status, 0);
        QCOMPARE(shell("$F export f.pcapng --to raw --channel pipe --filter 'len == 4 && text contains \"o\"'").out,
            QByteArray("one\ntwo\n"));
        const auto wrong = shell("$F export f.pcapng --to jsonl --filter 'len =='");
        QCOMPARE(wrong.status, 2);
        QVERIFY2(wrong.err.contains("character 7"), wrong.err);
    }

    void unknown_bytes_are_all_there()
    {
        record("python3 -c 'import random, sys; random.seed(7); sys.stdout.buffer.write(random.randbytes(600000))' | tee sent\n");
        QCOMPARE(tshark("-T fields -e data.data | python3 -c 'import sys; "
                        "sys.stdout.buffer.write(bytes.fromhex(sys.stdin.read()))' | cksum"),
            shell("cksum <sent").out.trimmed());
        QCOMPARE(tshark("-T fields -e frame.interface_name | sort -u").left(5), QByteArray("pipe "));
    }
};

QTEST_GUILESS_MAIN(WiresharkExportTest)
#include "wiresharkexport_test.moc"
