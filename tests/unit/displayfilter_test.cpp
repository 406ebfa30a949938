// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/filter/displayfilter.h"

#include <QRandomGenerator>
#include <QtTest>

using namespace forkscope::filter;

namespace {

Problem problemIn(const QString &text)
{
    const auto parsed = DisplayFilter::parse(text);
    const auto *problem = std::get_if<Problem>(&parsed);
    return problem ? *problem : Problem{-1, 0, {}};
}

QStringList completions(const QString &text, const KnownNames &names = {})
{
    QStringList found;
    for (const Completion &one : completionsAt(text, text.size(), names))
        found.append(one.text);
    return found;
}

} // namespace

class DisplayFilterTest : public QObject
{
    Q_OBJECT

private slots:
    void what_is_right_is_taken_data();
    void what_is_right_is_taken();
    void a_mistake_is_pointed_at_and_told_data();
    void a_mistake_is_pointed_at_and_told();
    void an_empty_filter_takes_all();
    void what_must_be_read_is_known_beforehand();
    void deep_nesting_and_many_conditions_end_in_a_message();
    void completions_fit_the_place_data();
    void completions_fit_the_place();
    void values_that_are_known_are_offered();
    void a_completion_replaces_the_word_that_was_begun();
    void noise_harms_nobody();
};

void DisplayFilterTest::what_is_right_is_taken_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text :
        {R"(channel == "pipe:3" && len > 100 && from.name ~ "^py" && text contains "ERROR" && json.user.id == 7 && delta > 10ms)",
            "len", "!len", "not len", "!(len > 5)", "len==5", "len in {1, 2, 5..9}", "len in{4KiB..1MiB}", "len > 3MB",
            "len > 1.5kB", "len > 0x10", "delta < 1.5s or waited > 2min", "delta > 0", "time > 10s",
            "time >= \"2026-11-26 10:15:00\"", "time in {1s..2s, 5s}", "kind == pipe", "kind in {pipe, queue}", "op != get",
            "channel == pipe:3", "channel == 3", "channel ~ 'queue.*'", "from.pid == 12 || to.pid == 12", "from.fd in {1, 2}",
            "from.name == python3", "text == 'a\\n\\x41\\u00e9\\\"'", "text ~ \"\\d+\\s\\\"\"", "text !~ \"x\"",
            "bytes contains 0a:0b", "bytes contains 0a0b", "bytes contains \"\\x00\\xff\"", "bytes == 00",
            "json.items[3].name == \"x\"", "json[0]", "http.Content-Type contains json", "http.\"odd name\" == 1",
            "json.x == -1.5", "json.x == true", "json", "number in {1..10}", "(len) and ((op == put))", "  len  >  5  ",
            "len > 5 && len < 9 || op == put && !text contains x", "text contains ERROR", "from.name == and_more"})
        QTest::newRow(text) << QString::fromUtf8(text);
}

void DisplayFilterTest::what_is_right_is_taken()
{
    QFETCH(QString, text);
    const auto parsed = DisplayFilter::parse(text);
    const auto *problem = std::get_if<Problem>(&parsed);
    QVERIFY2(!problem, problem ? qPrintable(QStringLiteral("%1: %2").arg(problem->position).arg(problem->text)) : "");
    QCOMPARE(std::get<DisplayFilter>(parsed).text(), text);
    QVERIFY(!std::get<DisplayFilter>(parsed).isEmpty());
}

void DisplayFilterTest::a_mistake_is_pointed_at_and_told_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("position");
    QTest::addColumn<int>("length");
    QTest::addColumn<QString>("says");
    const auto row = [](const char *text, int position, int length, const char *says) {
        QTest::newRow(text) << QString::fromUtf8(text) << position << length << QString::fromUtf8(says);
    };
    row("lenght > 5", 0, 6, "Did you mean “len”");
    row("lne > 5", 0, 3, "Did you mean “len”");
    row("from.nam == x", 0, 8, "Did you mean “from.name”");
    row("jsn.user == 1", 0, 8, "Did you mean “json”");
    row("something == 1", 0, 9, "There is no field");
    row("len = 5", 4, 1, "==");
    row("len === 5", 4, 3, "==");
    row("len ~ \"x\"", 4, 1, "== != < <= > >= in");
    row("text > 5", 5, 1, "contains");
    row("len 5", 4, 1, "operator is expected");
    row("len >", 5, 0, "size is expected");
    row("len > abc", 6, 3, "size is expected");
    row("len > 5 len", 8, 3, "&& or ||");
    row("len > 5 &&", 10, 0, "condition is missing");
    row("&& len", 0, 1, "field is expected");
    row("(len > 5", 0, 1, "never closed");
    row("len > 5)", 7, 1, "never opened");
    row("len in 5", 7, 1, "set is expected");
    row("len in {", 7, 1, "never closed");
    row("len in {}", 7, 2, "empty");
    row("len in {1 2}", 10, 1, "separated by commas");
    row("len in {9..5}", 8, 4, "comes second");
    row("kind in {pipe..queue}", 9, 6, "made of numbers");
    row("len > 5 parsecs", 8, 7, "&& or ||");
    row("len > 5parsecs", 7, 7, "unit of size");
    row("delta > 5KiB", 9, 3, "unit of time");
    row("delta > 5", 8, 1, "unit is missing");
    row("from.pid == 5ms", 13, 2, "without a unit");
    row("len > 99999999999999999999", 6, 20, "too large");
    row("len > 9999999999GiB", 6, 13, "too large");
    row("text == \"abc", 8, 4, "never closed");
    row("text == \"a\\xzz\"", 10, 4, "hexadecimal");
    row("text ~ \"a(b\"", 11, 1, "regular expression");
    row("kind == pip", 8, 3, "pipe queue connection");
    row("op == \"sent\"", 6, 6, "send");
    row("bytes contains 0g", 15, 2, "hexadecimal");
    row("bytes contains 0a:b", 15, 4, "hexadecimal");
    row("text contains \"\"", 14, 2, "should contain");
    row("time > \"9697-11-26 10:15:00\"", 7, 21, "2026-11-26"); // beyond what 64 bits of ns hold
    row("time > \"yesterday\"", 7, 11, "2026-11-26");
    row("json. == 5", 5, 1, "name is expected");
    row("json[3 == 5", 4, 1, "never closed");
    row("json.a < \"x\"", 9, 1, "number is expected");
    row("!", 1, 0, "condition is missing");
}

void DisplayFilterTest::a_mistake_is_pointed_at_and_told()
{
    QFETCH(QString, text);
    QFETCH(int, position);
    QFETCH(int, length);
    QFETCH(QString, says);
    const Problem problem = problemIn(text);
    QVERIFY2(problem.text.contains(says), qPrintable(problem.text));
    QCOMPARE(int(problem.position), position);
    QCOMPARE(int(problem.length), length);
}

void DisplayFilterTest::an_empty_filter_takes_all()
{
    for (const QString &text : {QString(), QStringLiteral("   ")}) {
        const auto parsed = DisplayFilter::parse(text);
        QVERIFY(std::get<DisplayFilter>(parsed).isEmpty());
    }
}

void DisplayFilterTest::what_must_be_read_is_known_beforehand()
{
    const auto of = [](const char *text) { return std::get<DisplayFilter>(DisplayFilter::parse(QString::fromLatin1(text))); };
    QVERIFY(!of("len > 5 && channel == 1").needsContent());
    QVERIFY(!of("len > 5 && channel == 1").needsParties());
    QVERIFY(of("len > 5 || !(text contains x)").needsContent());
    QVERIFY(of("json.a == 1").needsContent());
    QVERIFY(of("len > 5 || from.name == x").needsParties());
    QVERIFY(of("pid == 5").needsParties());
}

void DisplayFilterTest::deep_nesting_and_many_conditions_end_in_a_message()
{
    QVERIFY(problemIn(QString(1'000'000, u'(')).text.contains(u"nested"));
    QVERIFY(problemIn(QString(1'000'000, u'!')).text.contains(u"nested"));
    QVERIFY(problemIn(QStringLiteral("len||").repeated(100'000)).text.contains(u"too many"));
    QCOMPARE(problemIn(QStringLiteral("(").repeated(50) + QStringLiteral("len") + QStringLiteral(")").repeated(50)).position, -1);
}

void DisplayFilterTest::completions_fit_the_place_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("offered"); // among others
    QTest::addColumn<QString>("notOffered");
    const auto row = [](const char *text, const char *offered, const char *notOffered) {
        QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(offered) << QString::fromLatin1(notOffered);
    };
    row("", "len", "==");
    row("le", "len", "kind");
    row("from", "from.name", "to.name");
    row("js", "json.", "len");
    row("len ", ">=", "~");
    row("text ", "contains", ">");
    row("text con", "contains", "~");
    row("kind == ", "queue", "len");
    row("kind == pi", "pipe", "queue");
    row("op in {put, g", "get", "put");
    row("len > 5 ", "&&", "len");
    row("len > 5 && ", "delta", "&&");
    row("(", "len", "&&");
    row("!", "len", "&&");
    row("text contains \"le", "", "len");
}

void DisplayFilterTest::completions_fit_the_place()
{
    QFETCH(QString, text);
    QFETCH(QString, offered);
    QFETCH(QString, notOffered);
    const QStringList found = completions(text);
    QVERIFY2(offered.isEmpty() || found.contains(offered), qPrintable(found.join(u' ')));
    QVERIFY2(!found.contains(notOffered), qPrintable(found.join(u' ')));
}

void DisplayFilterTest::values_that_are_known_are_offered()
{
    const KnownNames names{{QStringLiteral("pipe:3"), QStringLiteral("a \"b\"")}, {QStringLiteral("python3")}};
    QCOMPARE(completions(QStringLiteral("channel == "), names),
        QStringList({QStringLiteral("\"pipe:3\""), QStringLiteral("\"a \\\"b\\\"\"")}));
    QCOMPARE(completions(QStringLiteral("channel == \"pi"), names), QStringList(QStringLiteral("\"pipe:3\"")));
    QCOMPARE(completions(QStringLiteral("channel == pi"), names), QStringList(QStringLiteral("\"pipe:3\"")));
    QCOMPARE(completions(QStringLiteral("to.name == "), names), QStringList(QStringLiteral("\"python3\"")));
}

void DisplayFilterTest::a_completion_replaces_the_word_that_was_begun()
{
    const QString text = QStringLiteral("len > 5 && del < 3ms");
    const auto found = completionsAt(text, 14);
    QCOMPARE(found.size(), 1);
    QCOMPARE(found[0].text, QStringLiteral("delta"));
    QCOMPARE(found[0].from, 11);
    QCOMPARE(found[0].length, 3);
    QVERIFY(!found[0].explanation.isEmpty());
}

void DisplayFilterTest::noise_harms_nobody()
{
    static const QStringList kPieces
        = QStringLiteral("len text json.a[ \" ' ( ) { } , .. . 5 9ms 1.5KiB == != ~ !~ < in contains && || ! not and 0a:0b \\ "
                         "time - 0x kind bytes [3] é \U0001F600")
              .split(u' ');
    QRandomGenerator random(7);
    for (int i = 0; i < 50'000; ++i) {
        QString text;
        for (int n = random.bounded(12); n >= 0; --n)
            text += kPieces[random.bounded(int(kPieces.size()))] + (random.bounded(2) ? QStringLiteral(" ") : QString());
        const Problem problem = problemIn(text);
        QVERIFY2(problem.position == -1
                || (problem.position >= 0 && problem.length >= 0 && problem.position + problem.length <= text.size()
                    && !problem.text.isEmpty()),
            qPrintable(text));
        for (const Completion &one : completionsAt(text, random.bounded(int(text.size() + 1))))
            QVERIFY(one.from >= 0 && one.from + one.length <= text.size());
    }
}

QTEST_GUILESS_MAIN(DisplayFilterTest)
#include "displayfilter_test.moc"
