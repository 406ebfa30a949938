// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pool/taskcodec.h"

#include <QCborMap>
#include <QtTest>

using namespace forkscope;
using namespace forkscope::pool;

class TaskCodecTest : public QObject
{
    Q_OBJECT

private slots:
    void what_is_written_is_what_qt_writes_data();
    void what_is_written_is_what_qt_writes();
    void what_cannot_be_written_is_refused_and_leaves_nothing();
    void damaged_bytes_are_refused();
    void calls_come_back();
    void pieces_come_back();
};

void TaskCodecTest::what_is_written_is_what_qt_writes_data()
{
    QTest::addColumn<QCborValue>("value");
    const auto row = [](const char *name, const QCborValue &value) { QTest::newRow(name) << value; };
    for (const qint64 number : {qint64(0), qint64(1), qint64(23), qint64(24), qint64(255), qint64(256), qint64(65'535),
             qint64(65'536), qint64(4'294'967'295), qint64(4'294'967'296), std::numeric_limits<qint64>::max(), qint64(-1),
             qint64(-24), qint64(-25), qint64(-256), qint64(-257), std::numeric_limits<qint64>::min()})
        QTest::addRow("%lld", number) << QCborValue(number);
    for (const double number : {0.0, -0.0, 1.0, 1.5, 1e300, -1e-300, qInf(), -qInf()})
        QTest::addRow("double %g", number) << QCborValue(number);
    row("true", true);
    row("false", false);
    row("null", nullptr);
    row("empty text", QString());
    row("text", QStringLiteral("hello"));
    row("umlauts", QStringLiteral("Grüße 🙂"));
    row("long text", QString(10'000, u'x'));
    row("empty bytes", QByteArray());
    row("bytes", QByteArray("\x00\xff", 2));
    row("long bytes", QByteArray(10'000, 'x'));
    row("empty array", QCborArray());
    row("array", QCborArray{1, QStringLiteral("x"), QCborArray{2.5, nullptr}});
    QCborArray deep, wide;
    for (int i = 0; i < 20; ++i)
        deep = QCborArray{deep};
    for (int i = 0; i < 1000; ++i)
        wide.append(i);
    row("deep array", deep);
    row("wide array", wide);
    row("map", QCborMap{{1, 2}, {QStringLiteral("a"), QCborArray{1}}});
    row("tag", QCborValue(QCborKnownTags::Url, QStringLiteral("x:y")));
}

void TaskCodecTest::what_is_written_is_what_qt_writes()
{
    QFETCH(QCborValue, value);
    QByteArray bytes("before");
    QVERIFY(appendValue(bytes, value).ok());
    QCOMPARE(bytes.mid(6), value.toCbor());
    QByteArrayView view = QByteArrayView(bytes).sliced(6);
    const auto again = takeValue(view);
    QVERIFY(again.ok());
    QCOMPARE(again.value(), value);
    QVERIFY(view.isEmpty());
    // Cut anywhere, it is no value.
    const QByteArray whole = value.toCbor();
    for (qsizetype length = 0; length < std::min<qsizetype>(whole.size(), 200); ++length) {
        QByteArrayView cut = QByteArrayView(whole).first(length);
        QVERIFY(!takeValue(cut).ok());
    }
}

void TaskCodecTest::what_cannot_be_written_is_refused_and_leaves_nothing()
{
    QByteArray bytes("before");
    for (const QCborValue &value : {QCborValue(QCborValue::Invalid), QCborValue(), QCborValue(QString(QChar(0xd800))),
             QCborValue(QCborArray{1, QString(QChar(0xd800))})}) {
        QCOMPARE(appendValue(bytes, value).error().code, ErrorCode::NotSerialisable);
        QCOMPARE(bytes, QByteArray("before"));
    }
}

void TaskCodecTest::damaged_bytes_are_refused()
{
    for (const char *const hex : {"ff", "1c", "81", "f818", "62c328", "9b7fffffffffffffff", "5bffffffffffffffff"}) {
        const QByteArray bytes = QByteArray::fromHex(hex);
        QByteArrayView view(bytes);
        QVERIFY2(!takeValue(view).ok(), hex);
    }
}

void TaskCodecTest::calls_come_back()
{
    QCborArray positional;
    QCborMap keywords;
    for (const auto &[arguments, words] :
        QList<std::pair<QCborArray, QCborMap>>{{{}, {}}, {{1, 2, 3}, {}}, {{4, 5, 6}, {{QStringLiteral("a"), 1}}},
            {{QCborArray{1}, QByteArray(9000, 'x')}, {}}, {{7}, {}}, {{QCborMap{{1, 2}}}, {}}}) {
        QByteArray bytes;
        QVERIFY(appendCall(bytes, arguments, words).ok());
        QVERIFY(readCall(bytes, positional, keywords).ok());
        QCOMPARE(positional, arguments);
        QCOMPARE(keywords, words);
    }
    QVERIFY(!readCall("\x82\x01", positional, keywords).ok());
}

void TaskCodecTest::pieces_come_back()
{
    QByteArray bytes;
    appendPiece(bytes, "one");
    appendPiece(bytes, {}, true);
    QByteArrayView view(bytes);
    auto piece = takePiece(view);
    QVERIFY(piece && piece->bytes == QByteArrayView("one") && !piece->failed);
    piece = takePiece(view);
    QVERIFY(piece && piece->bytes.isEmpty() && piece->failed);
    QVERIFY(!takePiece(view));
    QByteArrayView cut = QByteArrayView(bytes).first(5);
    QVERIFY(!takePiece(cut));
}

QTEST_APPLESS_MAIN(TaskCodecTest)
#include "taskcodec_test.moc"
