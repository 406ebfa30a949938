// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ipc/codec.h"

#include <QCborArray>
#include <QCborMap>
#include <QDateTime>
#include <QTest>

using namespace forkscope;
using namespace forkscope::ipc;

namespace {

QByteArray hex(const char *text)
{
    return QByteArray::fromHex(text);
}

QCborValue nested(int depth)
{
    QCborValue value = 1;
    for (int i = 0; i < depth; ++i)
        value = QCborArray{value};
    return value;
}

} // namespace

/// What may cross between processes, and what is refused on either side.
class IpcCodecTest : public QObject
{
    Q_OBJECT

private slots:
    void whatIsEncodedIsDecoded_data();
    void whatIsEncodedIsDecoded();
    void whatCannotBeWrittenIsRefused_data();
    void whatCannotBeWrittenIsRefused();
    void nestingIsBoundedOnBothSides();
    void whatIsNotOneWholeValueIsMalformed_data();
    void whatIsNotOneWholeValueIsMalformed();
    void everyBeginningOfAValueIsCutShort();
    void indefiniteLengthsAreRead();
    void moreItemsThanTheLimitAreTooLarge();
    void noiseIsJudgedWithoutHarm();
};

void IpcCodecTest::whatIsEncodedIsDecoded_data()
{
    QTest::addColumn<QCborValue>("value");
    QTest::newRow("null") << QCborValue(nullptr);
    QTest::newRow("false") << QCborValue(false);
    QTest::newRow("largest integer") << QCborValue(std::numeric_limits<qint64>::max());
    QTest::newRow("smallest integer") << QCborValue(std::numeric_limits<qint64>::min());
    QTest::newRow("double") << QCborValue(0.1);
    QTest::newRow("infinity") << QCborValue(qInf());
    QTest::newRow("text") << QCborValue(QStringLiteral("häßlich 叉子 🍴"));
    QTest::newRow("bytes with zeros") << QCborValue(QByteArray("a\0b", 3));
    QTest::newRow("a megabyte") << QCborValue(QByteArray(1 << 20, 'x'));
    QTest::newRow("time") << QCborValue(QDateTime::fromMSecsSinceEpoch(1'700'000'000'123, Qt::UTC));
    QTest::newRow("empty containers") << QCborValue(QCborArray{QCborArray(), QCborMap()});
    QTest::newRow("undefined within") << QCborValue(QCborArray{QCborValue()});
    QTest::newRow("map with keys of all kinds")
        << QCborValue(QCborMap{{1, 2}, {QStringLiteral("k"), QCborArray{true}}, {-1, nullptr}});
}

void IpcCodecTest::whatIsEncodedIsDecoded()
{
    QFETCH(QCborValue, value);
    const Result<QByteArray> bytes = encodeValue(value);
    QVERIFY(bytes.ok());
    const Result<QCborValue> back = decodeValue(bytes.value());
    QVERIFY2(back.ok(), back.ok() ? "" : qPrintable(errorText(back.error())));
    QCOMPARE(back.value(), value);
}

void IpcCodecTest::whatCannotBeWrittenIsRefused_data()
{
    QTest::addColumn<QCborValue>("value");
    const QCborValue invalid(QCborValue::Invalid);
    QTest::newRow("undefined at the top") << QCborValue();
    QTest::newRow("invalid at the top") << invalid;
    QTest::newRow("invalid in an array") << QCborValue(QCborArray{1, QCborArray{invalid}});
    QTest::newRow("invalid as a map's value") << QCborValue(QCborMap{{1, invalid}});
    QTest::newRow("invalid under a tag") << QCborValue(QCborTag(1000), QCborArray{invalid});
    QTest::newRow("half a surrogate pair") << QCborValue(QString(QChar(0xd83c)));
    QTest::newRow("half a surrogate pair in a key") << QCborValue(QCborMap{{QString(QChar(0xdc00)), 1}});
    QTest::newRow("reserved simple type") << QCborValue(QCborSimpleType(25));
}

void IpcCodecTest::whatCannotBeWrittenIsRefused()
{
    QFETCH(QCborValue, value);
    const Result<QByteArray> bytes = encodeValue(value);
    QVERIFY(!bytes.ok());
    QCOMPARE(bytes.error().code, ErrorCode::NotSerialisable);
    QVERIFY(!bytes.error().detail.isEmpty());
}

void IpcCodecTest::nestingIsBoundedOnBothSides()
{
    const Result<QByteArray> deepest = encodeValue(nested(256));
    QVERIFY(deepest.ok());
    QVERIFY(decodeValue(deepest.value()).ok());
    QCOMPARE(encodeValue(nested(257)).error().code, ErrorCode::NotSerialisable);
    QCOMPARE(decodeValue('\x81' + deepest.value()).error().code, ErrorCode::TooLarge);
    QCOMPARE(decodeValue(QByteArray(1 << 20, '\x81')).error().code, ErrorCode::TooLarge); // arrays
    QCOMPARE(decodeValue(QByteArray(1 << 20, '\xc1')).error().code, ErrorCode::TooLarge); // tags
    QCOMPARE(decodeValue(QByteArray(1 << 20, '\x9f')).error().code, ErrorCode::TooLarge); // without lengths
}

void IpcCodecTest::whatIsNotOneWholeValueIsMalformed_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("a byte follows") << hex("0100");
    QTest::newRow("a second value follows") << hex("8101820203");
    QTest::newRow("string longer than what is there") << hex("5affffffff00");
    QTest::newRow("string of 2^64-1") << hex("5bffffffffffffffff00");
    QTest::newRow("array of 2^62") << hex("9b400000000000000000");
    QTest::newRow("map of 2^63: twice that is nothing") << hex("bb800000000000000000");
    QTest::newRow("argument cut short") << hex("1b00000000");
    QTest::newRow("reserved length") << hex("1c");
    QTest::newRow("integer without end") << hex("1f");
    QTest::newRow("a break alone") << hex("ff");
    QTest::newRow("a break in an array with a length") << hex("82ff00");
    QTest::newRow("a break under a tag") << hex("9fc1ff");
    QTest::newRow("a break in place of a map's value") << hex("bf01ff");
    QTest::newRow("a chunk of another type") << hex("5f6161ff");
    QTest::newRow("chunks within chunks") << hex("5f5fffff");
    QTest::newRow("text that is no UTF-8") << hex("62c328");
    QTest::newRow("two-byte simple type below 32") << hex("f818");
}

void IpcCodecTest::whatIsNotOneWholeValueIsMalformed()
{
    QFETCH(QByteArray, bytes);
    const Result<QCborValue> value = decodeValue(bytes);
    QVERIFY(!value.ok());
    QCOMPARE(value.error().code, ErrorCode::Malformed);
}

void IpcCodecTest::everyBeginningOfAValueIsCutShort()
{
    const QCborMap map{
        {QStringLiteral("k"), QCborArray{1, 70000, 0.5, QByteArray(300, 'x')}}, {2, QCborValue(QCborTag(1000), nullptr)}};
    const QByteArray whole = encodeValue(map).value();
    for (qsizetype size = 0; size < whole.size(); ++size)
        QCOMPARE(decodeValue(QByteArrayView(whole).first(size)).error().code, ErrorCode::Malformed);
    QVERIFY(decodeValue(whole).ok());
}

void IpcCodecTest::indefiniteLengthsAreRead()
{
    QCOMPARE(decodeValue(hex("9f01820203ff")).value(), QCborValue(QCborArray{1, QCborArray{2, 3}}));
    QCOMPARE(decodeValue(hex("bf61610161629f02ffff")).value(),
        QCborValue(QCborMap{{QStringLiteral("a"), 1}, {QStringLiteral("b"), QCborArray{2}}}));
    QCOMPARE(decodeValue(hex("5f41614162ff")).value(), QCborValue(QByteArray("ab")));
}

void IpcCodecTest::moreItemsThanTheLimitAreTooLarge()
{
    const QByteArray bytes = encodeValue(QCborArray{1, 2, 3}).value();
    QVERIFY(decodeValue(bytes, {.items = 4}).ok());
    QCOMPARE(decodeValue(bytes, {.items = 3}).error().code, ErrorCode::TooLarge);
}

void IpcCodecTest::noiseIsJudgedWithoutHarm()
{
    quint32 state = 1;
    for (int round = 0; round < 20'000; ++round) {
        QByteArray noise(1 + round % 40, Qt::Uninitialized);
        for (char &byte : noise)
            byte = char((state = state * 1664525 + 1013904223) >> 24);
        const Result<QCborValue> value = decodeValue(noise);
        if (value.ok() && !value.value().isUndefined())
            QVERIFY(value.value().type() != QCborValue::Invalid);
    }
}

QTEST_GUILESS_MAIN(IpcCodecTest)
#include "ipccodec_test.moc"
