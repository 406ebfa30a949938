// SPDX-License-Identifier: GPL-3.0-or-later
// What is found in the bytes is what is in the tree.
#include "core/filter/jsonsearch.h"

#include "core/decode/jsonreader.h"
#include "core/decode/kinds.h"
#include "core/filter/decodedpath.h"
#include "tests/unit/randomjson.h"

#include <QtTest>

using namespace forkscope;
using namespace forkscope::filter;
using decode::Decoded;

namespace {

const QList<QByteArrayList> kPaths = {{"json"}, {"json", "a"}, {"json", "a", "b"}, {"json", "[0]"}, {"json", "a", "[1]", "a"},
    {"json", "payload"}, {"json", "payload", "a"}, {"json", ""}, {"json", "caf\u00e9"}, {"json", "[1]", "b"}, {"json", "a b"},
    {"x"}, {"x", "a"}, {"json", "\\xff"}, {"json", "[01]"}, {"json", "a/b"}, {"json", QByteArray(199, 'k') + "\u00e9z"}};

/// What differs; empty: nothing does.
QByteArray difference(const QByteArray &json, const QByteArrayList &path)
{
    const Decoded decoded = decode::jsonDecoder().decode(json);
    QByteArrayList values;
    if (decoded.state != Decoded::State::Malformed)
        visitFields(decode::jsonDecoder(), decoded.root, path, [&](const decode::Field &field) {
            values.append(plainValue(field.value));
            return false;
        });
    // Another question at the same time disturbs neither.
    JsonSearch search;
    if (!search.add({"json", "a", "b"}) || !search.add(path))
        return "no room";
    constexpr quint64 kOurs = 2;
    const auto seen = search.in(json, [](int question, QByteArrayView) { return question == 0; });
    const bool isState = decoded.ok() ? seen.ok() : seen.state == decoded.state;
    if (!isState || (decoded.ok() && seen.used != decoded.used))
        return "state or length";
    if ((seen.exists & kOurs) != (values.isEmpty() ? 0 : kOurs) || seen.passes != (seen.exists & ~kOurs))
        return "existence";
    for (const QByteArray &value : values)
        if (search.in(json, [&](int question, QByteArrayView one) { return question == 1 && one == value; }).passes != kOurs)
            return "no " + value;
    // And nothing that is not there.
    if (search.in(json, [&](int question, QByteArrayView one) { return question == 1 && !values.contains(one.toByteArray()); })
            .passes)
        return "a value too many";
    return {};
}

QByteArray nested(int depth, const QByteArray &within)
{
    return QByteArray("[").repeated(depth) + within + QByteArray("]").repeated(depth);
}

} // namespace

class JsonSearchTest : public QObject
{
    Q_OBJECT

private slots:
    void random_and_damaged_documents_say_what_their_trees_say();
    void every_beginning_of_a_document_says_what_its_tree_says();
    void limits_are_those_of_the_tree();
    void numbers_are_read_as_Qt_reads_them();
};

void JsonSearchTest::random_and_damaged_documents_say_what_their_trees_say()
{
    int whole = 0, partial = 0, wrong = 0;
    for (quint32 seed = 0; seed < 4000; ++seed) {
        const QByteArray json = RandomJson(seed).damaged(1 + int(seed % 2));
        const auto state = decode::jsonDecoder().decode(json).state;
        ++(state == Decoded::State::Partial ? partial : state == Decoded::State::Malformed ? wrong : whole);
        for (const QByteArrayList &path : kPaths)
            if (const QByteArray what = difference(json, path); !what.isEmpty())
                QFAIL(("seed " + QByteArray::number(seed) + ", " + path.join('.') + ": " + what + " in " + json).constData());
    }
    QVERIFY2(
        whole > 500 && partial > 100 && wrong > 500, qPrintable(QStringLiteral("%1 %2 %3").arg(whole).arg(partial).arg(wrong)));
}

void JsonSearchTest::every_beginning_of_a_document_says_what_its_tree_says()
{
    const QByteArray json
        = "{\"a\": {\"b\": [1, \"two \\u00e9\"], \"payload\": {\"a\": 3}}, \"a\": -4.5e1, \"payload\": {\"a\": {\"b\": null}}} ";
    for (qsizetype n = 0; n <= json.size(); ++n)
        for (const QByteArrayList &path : kPaths)
            QCOMPARE(difference(json.first(n), path), "");
}

void JsonSearchTest::limits_are_those_of_the_tree()
{
    for (const int depth : {62, 63, 64, 65})
        for (const auto &path : {QByteArrayList{"json", "[0]"}, QByteArrayList{"json"}, QByteArrayList{"json", "a"}})
            QCOMPARE(difference(nested(depth, "1"), path), "");
    // As long a path as there is room for beside another.
    QByteArrayList path = {"json"};
    for (int i = 0; i < 60; ++i)
        path.append("[0]");
    QCOMPARE(difference(nested(60, "1"), path), "");
    path.append("[0]");
    QCOMPARE(difference(nested(61, "1"), path), "no room");
    // The part that takes the last place, and the one that finds none, at the top and below.
    for (const int before : {9998, 9999, 10'000, 10'001}) {
        const QByteArray many = "0" + QByteArray(",0").repeated(before - 1);
        for (const QByteArray &json : {"[" + many + ",{\"a\":1}]", "{\"b\":[" + many + "],\"a\":1}", "{\"a\":[" + many + "]}",
                 "{\"a\":1,\"b\":[" + many + "],\"a\":2,\"a\":3}"})
            for (const QByteArrayList &at : {QByteArrayList{"json", "a"}, QByteArrayList{"json", "[9999]"},
                     QByteArrayList{"json", '[' + QByteArray::number(before) + ']', "a"}, QByteArrayList{"json", "a", "[9997]"},
                     QByteArrayList{"json"}})
                QCOMPARE(difference(json, at), "");
    }
}

void JsonSearchTest::numbers_are_read_as_Qt_reads_them()
{
    QRandomGenerator random(7);
    const QByteArray letters = "0123456789012345678901234567890123456789..--eE+ x";
    for (int i = 0; i < 200'000; ++i) {
        QByteArray text;
        for (int n = 1 + int(random.bounded(24)); n > 0; --n)
            text += letters[random.bounded(int(letters.size()))];
        bool ok = false;
        const double number = text.toDouble(&ok);
        const auto read = numberIn(text);
        if (read.has_value() != ok || (ok && *read != number))
            QFAIL(text.constData());
        const bool is = ok && (text[0] == '-' || (text[0] >= '0' && text[0] <= '9'));
        if (decode::isJsonNumber(text) != is)
            QFAIL(text.constData());
    }
    for (const QByteArray &text : {QByteArray(299, '9'), QByteArray(399, '9'), QByteArray(400, '9'),
             "0." + QByteArray(296, '0') + '1', "0." + QByteArray(390, '0') + '1', QByteArray("-0"), QByteArray()}) {
        bool ok = false;
        (void)text.toDouble(&ok);
        QCOMPARE(decode::isJsonNumber(text), ok && text.size() < 400);
    }
}

QTEST_GUILESS_MAIN(JsonSearchTest)
#include "jsonsearch_test.moc"
