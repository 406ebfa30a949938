// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/bytestext.h"
#include "ui/widgets/quantity.h"

#include <QtTest>

using namespace forkscope;
using namespace std::chrono_literals;

class QuantityTest : public QObject
{
    Q_OBJECT

private slots:
    void figuresAreReadAsPeopleWriteThem()
    {
        QCOMPARE(parseDuration(QStringLiteral("1.5s")).value(), 1500ms);
        QCOMPARE(parseDuration(QStringLiteral("2 min")).value(), 120'000ms);
        QCOMPARE(parseDuration(QStringLiteral("1 h 30 min")).value(), 5'400'000ms);
        QCOMPARE(parseDuration(QStringLiteral("0,25")).value(), 250ms);
        for (const QString &wrong :
            {QStringLiteral("soon"), QStringLiteral("-1 s"), QStringLiteral("1 parsec"), QString(), QStringLiteral("1 30")})
            QVERIFY2(!parseDuration(wrong), qPrintable(wrong));
        QCOMPARE(parseSize(QStringLiteral("64 MiB")).value(), 64ULL << 20);
        QCOMPARE(parseSize(QStringLiteral("1.5G")).value(), 3ULL << 29);
        QCOMPARE(parseSize(QStringLiteral("2 kB")).value(), 2000ULL);
        for (const QString &wrong :
            {QStringLiteral("much"), QStringLiteral("-4"), QStringLiteral("1.5"), QStringLiteral("99999999999 TiB")})
            QVERIFY2(!parseSize(wrong), qPrintable(wrong));
        QCOMPARE(parseNumberList(QStringLiteral("0-3, 8"), 100).value(), (QList<int>{0, 1, 2, 3, 8}));
        QVERIFY(!parseNumberList(QStringLiteral("3-1"), 100));
        QVERIFY(!parseNumberList(QStringLiteral("101"), 100));
        const QByteArray odd("a\xff\xed\xa0\x80 \xf0\x9f\x98\x80 \xef\xbb\xbf");
        QCOMPARE(bytesOfText(textOfBytes(odd)), odd);
    }
};

QTEST_GUILESS_MAIN(QuantityTest)
#include "quantity_test.moc"
