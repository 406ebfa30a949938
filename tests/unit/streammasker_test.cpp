// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/redact/streammasker.h"

#include <QtTest>

using namespace forkscope;

namespace {

MaskPattern expression(const QString &text)
{
    return std::move(maskExpression(text, "expression 1")).value();
}

/// As it comes out where the stream is fed in pieces of this size and looked through after each.
QByteArray masked(const QList<MaskPattern> &patterns, const QByteArray &text, qsizetype piece, quint64 *matches = nullptr)
{
    StreamMasker masker(patterns);
    QByteArray out = text;
    quint64 done = 0;
    const auto take = [&] {
        masker.mask(done, out.data() + done, qsizetype(masker.decided() - done));
        done = masker.decided();
    };
    for (qsizetype at = 0; at < text.size(); at += piece) {
        masker.feed(QByteArrayView(text).sliced(at, std::min(piece, text.size() - at)));
        if (masker.scan(false))
            qFatal("too costly");
        take();
    }
    if (masker.scan(true))
        qFatal("too costly");
    take();
    if (matches) {
        *matches = 0;
        for (const auto &count : masker.counts())
            *matches += count.matches;
    }
    return out;
}

QByteArray withPreset(const char *word, const QByteArray &text)
{
    const OwnNames names{
        QStringLiteral("/home/ann"), QStringLiteral("ann"), {QStringLiteral("box.example"), QStringLiteral("box")}};
    QByteArray out = text;
    std::vector<StreamMasker::Count> counts;
    const QList<MaskPattern> patterns = presetPatterns(word, names);
    if (StreamMasker::maskAll(patterns, out, counts))
        qFatal("too costly");
    return out;
}

} // namespace

class StreamMaskerTest : public QObject
{
    Q_OBJECT

private slots:
    void aMatchIsFoundWhereverThePiecesEnd()
    {
        const QByteArray text = "é before password=hunter2 after\nAKIA1234 \xff\xfe tail hunter2 日本hunter2本\n";
        const QList<MaskPattern> patterns{std::move(maskText(QStringLiteral("hunter2"), "text 1")).value(),
            expression(QStringLiteral("AKIA[0-9]+")), expression(QStringLiteral("(?<=日本)h"))};
        quint64 expected = 0;
        const QByteArray whole = masked(patterns, text, text.size(), &expected);
        QCOMPARE(whole, QByteArray("é before password=******* after\n******** \xff\xfe tail ******* 日本*******本\n"));
        for (qsizetype piece = 1; piece < text.size(); ++piece) {
            quint64 matches = 0;
            QCOMPARE(masked(patterns, text, piece, &matches), whole);
            QCOMPARE(matches, expected);
        }
    }

    void whatALongerTextWouldChangeIsNotDecided()
    {
        const QList<MaskPattern> patterns{expression(QStringLiteral("[0-9]{3}(?![0-9])"))};
        QCOMPARE(masked(patterns, "1234 x", 3), QByteArray("1*** x"));
        const QList<MaskPattern> longest{expression(QStringLiteral("token=\\S+"))};
        QCOMPARE(masked(longest, "token=" + QByteArray(100'000, 'a') + " b", 4096), QByteArray(100'006, '*') + " b");
    }

    void onlyTheGroupNamedMaskIsMasked()
    {
        const QList<MaskPattern> patterns{expression(QStringLiteral("user=(?<mask>\\w+);"))};
        QCOMPARE(masked(patterns, "user=ann; user=", 2), QByteArray("user=***; user="));
    }

    void lineEndsStay()
    {
        QCOMPARE(masked({expression(QStringLiteral("a\\s+b"))}, "xa\r\nby", 1), QByteArray("x*\r\n*y"));
        QCOMPARE(masked({expression(QStringLiteral("^b$"))}, "a\nb\nbc", 1), QByteArray("a\n*\nbc"));
    }

    void bytesThatAreNotUtf8CountAsOneCharacterEach()
    {
        QCOMPARE(masked({expression(QStringLiteral("a..b"))}, "a\xff\xfe\x62 \xc3\xa9", 1), QByteArray("**** \xc3\xa9"));
    }

    void anExpressionThatMatchesNothingMovesOn()
    {
        QCOMPARE(masked({expression(QStringLiteral("x*"))}, "a😀xxb", 1), QByteArray("a😀**b"));
    }

    void anOverlongMatchIsMaskedUpToItsBoundAndCounted()
    {
        const QList<MaskPattern> patterns{expression(QStringLiteral("(?s)begin.*end"))};
        StreamMasker masker(patterns);
        QByteArray text = "begin " + QByteArray(qsizetype(StreamMasker::kLongestMatch), 'x');
        masker.feed(text);
        QVERIFY(!masker.scan(false));
        QCOMPARE(masker.decided(), quint64(text.size()));
        QCOMPARE(masker.counts()[0].overlong, 1U);
        masker.mask(0, text.data(), text.size());
        QCOMPARE(text, QByteArray(text.size(), '*'));
    }

    void theWindowDoesNotGrowWithTheStream()
    {
        const QList<MaskPattern> patterns{expression(QStringLiteral("needle"))};
        StreamMasker masker(patterns);
        for (int i = 0; i < 1000; ++i) {
            masker.feed(QByteArray(10'000, 'n'));
            QVERIFY(!masker.scan(false));
            QVERIFY(masker.end() - masker.decided() < 10);
        }
    }

    void anExpressionThatExplodesIsReported()
    {
        const QList<MaskPattern> patterns{expression(QStringLiteral("(a+)+(b+)+\\1c|(?:a|a)*d"))};
        QByteArray text(2000, 'a');
        std::vector<StreamMasker::Count> counts;
        QVERIFY(StreamMasker::maskAll(patterns, text, counts).has_value());
    }

    void aMalformedExpressionTellsWhere()
    {
        const auto made = maskExpression(QStringLiteral("ab(c"), "expression 1");
        QVERIFY(!made.ok());
        QCOMPARE(made.error().code, ErrorCode::InvalidArgument);
        QVERIFY2(made.error().detail.contains(QLatin1String("position 5")), qPrintable(made.error().detail));
        QCOMPARE(expressionFault(QStringLiteral("ab(c"))->position, 4);
        QVERIFY(!maskExpression({}, "expression 1").ok());
        QVERIFY(!maskText({}, "text 1").ok());
    }

    void presetsMaskWhatTheyAreNamedFor_data()
    {
        QTest::addColumn<QByteArray>("preset");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char *preset, const QByteArray &text, const QByteArray &expected) {
            QTest::addRow("%s: %s", preset, text.left(40).constData()) << QByteArray(preset) << text << expected;
        };
        row("email", "to <a.b+c@mail.example.org>, x@y", "to <**********************>, x@y");
        row("email", "josé@example.org!", "*****************!");
        row("ipv4", "10.0.0.1:80 256.1.1.1 1.2.3 1.2.3.4.5 at 192.168.1.20.",
            "********:80 256.1.1.1 1.2.3 1.2.3.4.5 at ************.");
        row("ipv6", "[2001:db8::1]:80 fe80::1%eth0 std::string 12:34:56 ::1",
            "[***********]:80 *******%eth0 std::string 12:34:56 ***");
        row("tokens", "AKIAIOSFODNN7EXAMPLE Authorization: Bearer abc.def-123",
            "******************** Authorization: Bearer ***********");
        row("tokens", "ghp_0123456789abcdefghijABCDEFGHIJ456789 task-list", "**************************************** task-list");
        row("passwords", "password=hunter2&x=1 \"api_key\": \"ab c\", pwd", "password=*******&x=1 \"api_key\": ******, pwd");
        row("passwords", "mysql --password hunter2 postgres://me:pw@db/x", "mysql --password ******* postgres://me:**@db/x");
        row("private-keys",
            "a\n-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nMII+/=\n-----END RSA PRIVATE KEY-----\nb",
            "a\n*******************************\n**********************\n\n******\n*****************************\nb");
        row("private-keys", "-----BEGIN PRIVATE KEY-----\nMIIabc\n", "***************************\n******\n");
        row("home", "/home/ann/x /home/annie/y", "*********/x /home/*****/y");
        row("user", "ann annex ann@x", "*** annex ***@x");
        row("host", "box.example boxes box", "*********** boxes ***");
    }
    void presetsMaskWhatTheyAreNamedFor()
    {
        QFETCH(QByteArray, preset);
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, expected);
        QCOMPARE(withPreset(preset.constData(), text), expected);
        QCOMPARE(withPreset("all", text).size(), text.size());
    }

    void everyPresetThatIsListedExists()
    {
        const OwnNames names{QStringLiteral("/home/ann"), QStringLiteral("ann"), {QStringLiteral("box")}};
        for (const char *word : maskPresets())
            QVERIFY2(!presetPatterns(word, names).isEmpty(), word);
        for (const MaskPattern &pattern : presetPatterns("all", names) + environmentInArguments())
            QVERIFY2(pattern.expression.isValid(), qPrintable(pattern.expression.pattern()));
        QVERIFY(environmentInOutput().expression.isValid());
        QVERIFY(presetPatterns("nope", names).isEmpty());
    }
};

QTEST_GUILESS_MAIN(StreamMaskerTest)
#include "streammasker_test.moc"
