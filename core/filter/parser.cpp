// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/filter/parser.h"

#include "core/decode/decoder.h"

#include <QCoreApplication>

#include <algorithm>
#include <numeric>

namespace forkscope::filter {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(forkscope::filter::Parser)
};

constexpr int kDeepest = 100;
constexpr int kMostTests = 1000;

/// How many letters differ, roughly: Levenshtein's distance.
int distance(const QString &a, const QString &b)
{
    QList<int> row(b.size() + 1);
    std::iota(row.begin(), row.end(), 0);
    for (const QChar letter : a) {
        int diagonal = row[0]++;
        for (qsizetype j = 0; j < b.size(); ++j) {
            const int next = std::min({row[j] + 1, row[j + 1] + 1, diagonal + (letter != b[j])});
            diagonal = std::exchange(row[j + 1], next);
        }
    }
    return row.last();
}

QString nearest(const QString &word, const QStringList &known)
{
    if (word.size() > 40)
        return {};
    for (const QString &one : known)
        if (one.size() > 2 && word.startsWith(one)) // "length"
            return one;
    const auto best = std::min_element(
        known.begin(), known.end(), [&](const QString &a, const QString &b) { return distance(word, a) < distance(word, b); });
    return distance(word, *best) <= 2 ? *best : QString();
}

QString similarField(const QString &word)
{
    QStringList names, decoders;
    for (const FieldInfo &field : fields())
        names.append(QString::fromLatin1(field.name));
    for (const decode::Decoder *decoder : decode::decoders())
        decoders.append(QString::fromLatin1(decoder->name()));
    const QString field = nearest(word, names);
    return field.isEmpty() ? nearest(word.section(u'.', 0, 0), decoders) : field;
}

} // namespace

Parser::Failed Parser::fail(qsizetype at, qsizetype length, const QString &text)
{
    if (!m_problem)
        m_problem = Problem{at, std::min(length, m_text.size() - at), text};
    return {};
}

Parser::Failed Parser::failHere(const QString &text)
{
    return fail(m_at, std::max<qsizetype>(1, wordHere(m_at).size()), text);
}

void Parser::skipSpace()
{
    while (!atEnd() && here().isSpace())
        ++m_at;
}

QStringView Parser::wordHere(qsizetype at) const
{
    qsizetype end = at;
    while (end < m_text.size() && isWordPart(m_text[end]))
        ++end;
    return m_text.sliced(at, end - at);
}

bool Parser::take(QStringView what)
{
    if (!m_text.sliced(m_at).startsWith(what))
        return false;
    m_at += what.size();
    return true;
}

bool Parser::takeWord(QStringView word)
{
    if (wordHere(m_at) != word)
        return false;
    m_at += word.size();
    return true;
}

NodePointer Parser::joined(Node::Kind kind, std::vector<NodePointer> parts)
{
    if (parts.size() == 1 && kind != Node::Kind::Not)
        return std::move(parts.front());
    auto node = std::make_shared<Node>();
    node->kind = kind;
    std::stable_sort(parts.begin(), parts.end(), [](const NodePointer &a, const NodePointer &b) { return a->cost < b->cost; });
    for (const NodePointer &part : parts) {
        node->cost += part->cost;
        node->tests += part->tests;
        node->needsContent |= part->needsContent;
        node->needsParties |= part->needsParties;
    }
    node->parts = std::move(parts);
    return node;
}

NodePointer Parser::parse()
{
    skipSpace();
    if (atEnd()) {
        expect(Expected::Field);
        return nullptr;
    }
    NodePointer root = any();
    if (root && !atEnd()) {
        if (here() == u')')
            return fail(m_at, 1, Text::tr("This parenthesis was never opened: remove it."));
        return failHere(Text::tr("Join conditions by && or ||."));
    }
    return root;
}

NodePointer Parser::any()
{
    std::vector<NodePointer> parts;
    do {
        NodePointer part = all();
        if (!part)
            return nullptr;
        parts.push_back(std::move(part));
    } while (take(u"||") || takeWord(u"or"));
    return joined(Node::Kind::Any, std::move(parts));
}

NodePointer Parser::all()
{
    std::vector<NodePointer> parts;
    do {
        skipSpace();
        NodePointer part = unary();
        if (!part)
            return nullptr;
        parts.push_back(std::move(part));
        skipSpace();
        expect(Expected::Connective);
    } while (take(u"&&") || takeWord(u"and"));
    return joined(Node::Kind::All, std::move(parts));
}

NodePointer Parser::unary()
{
    if (m_depth == kDeepest)
        return fail(m_at, 1, Text::tr("This is nested too deeply."));
    ++m_depth;
    NodePointer node;
    const qsizetype begin = m_at;
    if (take(u"!") || takeWord(u"not")) {
        skipSpace();
        if (NodePointer part = unary())
            node = joined(Node::Kind::Not, {std::move(part)});
    } else if (take(u"(")) {
        node = any();
        skipSpace();
        if (node && !take(u")"))
            node = atEnd() ? fail(begin, 1, Text::tr("This parenthesis is never closed: add ) at the end."))
                           : failHere(Text::tr("Join conditions by && or ||, or close the parenthesis by )."));
    } else {
        node = test();
    }
    --m_depth;
    return node;
}

NodePointer Parser::test()
{
    expect(Expected::Field);
    auto node = std::make_shared<Node>();
    Test &test = node->test;
    FieldWord word;
    if (m_tests == kMostTests)
        return failHere(Text::tr("These are too many conditions."));
    if (!field(word))
        return nullptr;
    test.field = word.id;
    test.path = word.path;
    test.place = m_tests++;
    skipSpace();
    expect(Expected::Operator, word.id);
    if (!values(word, test))
        return nullptr;
    node->needsContent = word.id >= FieldId::Text;
    node->needsParties = filter::needsParties(word.id);
    node->tests = 1;
    node->cost = word.id == FieldId::Decoded ? 100
        : node->needsContent                 ? (test.how == Test::How::Matches ? 30 : 10)
        : node->needsParties                 ? 3
        : word.id <= FieldId::Kind           ? 1
                                             : 2;
    return node;
}

/// A word with parts behind dots or in brackets: len, from.name, json.items[0]."odd name".
bool Parser::field(FieldWord &word)
{
    const qsizetype begin = m_at;
    if (atEnd())
        return fail(m_at, 0, Text::tr("A condition is missing here, such as len > 100."));
    if (!here().isLetter() && here() != u'_')
        return failHere(Text::tr("A field is expected here, such as len, from.name or json.user.id."));
    QStringList parts;
    for (bool more = true; more;) {
        if (here() == u'"' && !parts.isEmpty()) {
            QString name;
            if (!quoted(name, false))
                return false;
            parts.append(name);
        } else {
            const QStringView part = wordHere(m_at);
            if (part.isEmpty())
                return failHere(Text::tr("A name is expected behind the dot."));
            parts.append(part.toString());
            m_at += part.size();
        }
        while (here() == u'[') {
            const qsizetype end = m_text.indexOf(u']', m_at);
            if (end < 0)
                return fail(m_at, 1, Text::tr("This bracket is never closed: add ] behind the number."));
            parts.append(m_text.sliced(m_at, end + 1 - m_at).toString());
            m_at = end + 1;
        }
        more = take(u".");
        if (more && here() == u'[')
            --m_at; // "json.[0]" is "json[0]"
        if (more && here() == u'.')
            ++m_at;
    }
    word.text = m_text.sliced(begin, m_at - begin).toString();
    const QByteArray name = parts.join(u'.').toUtf8();
    const auto known = std::find_if(fields().begin(), fields().end(), [&](const FieldInfo &info) { return name == info.name; });
    if (known != fields().end()) {
        word.id = known->id;
        return true;
    }
    if (decode::decoderNamed(parts.first().toUtf8())) {
        word.id = FieldId::Decoded;
        for (const QString &part : parts)
            word.path.append(part.toUtf8());
        return true;
    }
    const QString similar = similarField(word.text);
    return fail(begin, m_at - begin,
        similar.isEmpty()
            ? Text::tr("There is no field “%1”. A field is len, channel, from.name, text …, or the name of a decoder with a "
                       "path, such as json.user.id.")
                  .arg(word.text)
            : Text::tr("There is no field “%1”. Did you mean “%2”?").arg(word.text, similar));
}

QString Parser::operatorHere()
{
    for (const QStringView symbol : {u"==", u"!=", u"<=", u">=", u"!~", u"~", u"<", u">"})
        if (take(symbol))
            return symbol.toString();
    for (const QStringView word : {u"contains", u"in"})
        if (takeWord(word))
            return word.toString();
    return {};
}

bool Parser::values(const FieldWord &word, Test &test)
{
    const qsizetype begin = m_at;
    if (atEnd() || here() == u')' || m_text.sliced(m_at).startsWith(u"&&") || m_text.sliced(m_at).startsWith(u"||")
        || wordHere(m_at) == u"and" || wordHere(m_at) == u"or")
        return true; // it exists
    const QStringList allowed = operatorsFor(fieldInfo(word.id).type);
    const QString op = operatorHere();
    if (op.isEmpty()) {
        if (here() == u'=')
            return fail(m_at, 1, Text::tr("Write == to compare."));
        return failHere(Text::tr("An operator is expected behind “%1”: %2.").arg(word.text, allowed.join(u' ')));
    }
    if (here() == u'=' && op == u"==")
        return fail(begin, 3, Text::tr("Write == to compare."));
    if (!allowed.contains(op))
        return fail(begin, m_at - begin,
            Text::tr("“%1” cannot be used with “%2”; these can: %3.").arg(op, word.text, allowed.join(u' ')));
    skipSpace();
    expect(Expected::Value, word.id);
    if (op == u"in")
        return set(word, test);
    if (op == u"~" || op == u"!~") {
        test.how = Test::How::Matches;
        test.isNegated = op == u"!~";
        return expressionValue(word, test);
    }
    if (op == u"contains") {
        test.how = Test::How::Contains;
        if (word.id == FieldId::Bytes)
            return hexValue(test);
        const qsizetype at = m_at;
        QString text;
        if (!stringValue(word, text, false))
            return false;
        if (text.isEmpty())
            return fail(at, m_at - at, Text::tr("Write what it should contain: \"ERROR\"."));
        test.strings = {text.toUtf8()};
        return true;
    }
    test.how = Test::How::IsOneOf;
    test.isNegated = op == u"!=";
    return oneValue(word, test, op);
}

/// {1, 2, 5..9}
bool Parser::set(const FieldWord &word, Test &test)
{
    const qsizetype begin = m_at;
    test.how = Test::How::IsOneOf;
    if (!take(u"{"))
        return failHere(Text::tr("A set is expected: {1, 2, 5..9}."));
    do {
        skipSpace();
        expect(Expected::Value, word.id);
        if (here() == u'}' || atEnd())
            break;
        const qsizetype ranges = test.ranges.size(), at = m_at;
        if (!oneValue(word, test, QStringLiteral("==")))
            return false;
        skipSpace();
        if (take(u"..")) {
            if (test.ranges.size() == ranges)
                return fail(at, m_at - at, Text::tr("A range is made of numbers: 5..9."));
            const Range from = test.ranges.takeLast();
            skipSpace();
            const qsizetype strings = test.strings.size();
            if (!oneValue(word, test, QStringLiteral("==")))
                return false;
            if (test.strings.size() != strings || test.ranges.size() == ranges || test.ranges.last().isDate != from.isDate)
                return fail(at, m_at - at, Text::tr("A range is made of two numbers: 5..9."));
            Range &range = test.ranges.last();
            range.realLow = from.realLow;
            range.low = from.low;
            if (range.realHigh < range.realLow)
                return fail(at, m_at - at, Text::tr("The larger number comes second in a range: 5..9."));
        }
        skipSpace();
    } while (take(u","));
    if (!take(u"}"))
        return atEnd() ? fail(begin, 1, Text::tr("This set is never closed: add } behind it."))
                       : failHere(Text::tr("The values of a set are separated by commas: {1, 2, 5..9}."));
    if (test.ranges.isEmpty() && test.strings.isEmpty())
        return fail(begin, m_at - begin, Text::tr("This set is empty: {1, 2, 5..9}."));
    return true;
}

bool Parser::oneValue(const FieldWord &word, Test &test, const QString &op)
{
    const ValueType type = fieldInfo(word.id).type;
    if (type == ValueType::Bytes)
        return hexValue(test);
    if (type == ValueType::Time && here() == u'"')
        return dateValue(test, op);
    const bool isNumber = here().isDigit() || (here() == u'-' && here(1).isDigit());
    const bool isOrder = op.startsWith(u'<') || op.startsWith(u'>');
    const bool takesText = type == ValueType::Text || type == ValueType::Word || type == ValueType::Channel
        || (type == ValueType::Decoded && !isOrder);
    if (takesText && !(isNumber && (type == ValueType::Decoded || type == ValueType::Channel))) {
        const qsizetype begin = m_at;
        QString text;
        if (!stringValue(word, text, false))
            return false;
        const QByteArrayList words = wordsOf(word.id);
        if (!words.isEmpty() && !words.contains(text.toUtf8()))
            return fail(
                begin, m_at - begin, Text::tr("“%1” is one of these: %2.").arg(word.text, QString::fromLatin1(words.join(' '))));
        test.strings.append(text.toUtf8());
        return true;
    }
    const auto value = number(type);
    if (!value)
        return false;
    Range range;
    const bool isLow = !op.startsWith(u'<'), isHigh = !op.startsWith(u'>'), isOpen = op == u"<" || op == u">";
    if (isLow) {
        range.realLow = value->real;
        range.openLow = isOpen;
        range.low = isOpen || !value->isWhole ? value->floor + 1 : value->floor;
    }
    if (isHigh) {
        range.realHigh = value->real;
        range.openHigh = isOpen;
        range.high = isOpen && value->isWhole ? value->floor - 1 : value->floor;
    }
    test.ranges.append(range);
    return true;
}

} // namespace forkscope::filter
