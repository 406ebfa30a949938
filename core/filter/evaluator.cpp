// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/filter/evaluator.h"

#include "core/decode/kinds.h"
#include "core/filter/decodedpath.h"

#include <algorithm>
#include <cstring>

namespace forkscope::filter {

namespace {

using Verdict = Evaluator::Verdict;

constexpr qsizetype kMostEnds = 4096, kMostNames = 4096; ///< remembered
constexpr qsizetype kMostRemembered = 32; ///< bytes of a text
constexpr size_t kMatches = 64; ///< remembered
constexpr int kNear = 16; ///< rows of a channel that are walked over rather than looked for

Verdict verdict(bool is)
{
    return is ? Verdict::Yes : Verdict::No;
}

bool contains(QByteArrayView bytes, QByteArrayView needle)
{
    return memmem(bytes.data(), size_t(bytes.size()), needle.data(), size_t(needle.size())) != nullptr;
}

QByteArrayView wordOf(ChannelKind kind)
{
    return kind == ChannelKind::Pipe ? "pipe" : kind == ChannelKind::Queue ? "queue" : "connection";
}

/// Whether the messages of a decoder are one value each.
bool hasNoParts(const decode::Decoder &decoder)
{
    return &decoder == &decode::linesDecoder() || &decoder == &decode::bytesDecoder() || &decoder == &decode::jobserverDecoder();
}

bool inRanges(const Test &test, qint64 value)
{
    return std::any_of(test.ranges.begin(), test.ranges.end(), [value](const Range &range) { return range.holds(value); });
}

} // namespace

Evaluator::Evaluator(DisplayFilter filter, const Source &source)
    : m_filter(std::move(filter)), m_source(source), m_names(m_filter.root() ? size_t(m_filter.root()->tests) : 0),
      m_expressions(m_names.size()), m_matches(m_names.size()), m_questions(m_names.size()),
      m_content(source.journal, source.index, source.decoders)
{
    if (m_filter.root())
        addQuestions(*m_filter.root());
}

/// Expressions take longer than looking: those that are not needed are spared.
void Evaluator::addQuestions(const Node &node)
{
    for (const NodePointer &part : node.parts)
        addQuestions(*part);
    if (node.kind != Node::Kind::Test || node.test.field != FieldId::Decoded)
        return;
    const bool isAlone = node.test.how == Test::How::Matches;
    const auto isJoint = [](const Search &search) { return search.tests.front()->how != Test::How::Matches; };
    const auto found = std::find_if(m_searches.begin(), m_searches.end(), isJoint);
    size_t at = isAlone ? m_searches.size() : size_t(found - m_searches.begin());
    if (at < m_searches.size() && !m_searches[at].search.add(node.test.path))
        at = m_searches.size();
    if (at == m_searches.size()) {
        Search search;
        if (!search.search.add(node.test.path))
            return; // its path is too long: it is looked for in the tree
        m_searches.push_back(std::move(search));
    }
    m_questions[size_t(node.test.place)] = {int(at), int(m_searches[at].tests.size())};
    m_searches[at].tests.push_back(&node.test);
}

Evaluator::Verdict Evaluator::verdictOn(quint64 row)
{
    if (!m_filter.root())
        return Verdict::Yes;
    m_number = row;
    m_row = m_source.index.row(row);
    m_rowEnds.reset();
    if (m_filter.needsContent())
        m_content.moveTo(m_row);
    for (Search &search : m_searches)
        search.isDone = false;
    const Verdict verdict = verdictOf(*m_filter.root());
    m_content.release();
    return verdict;
}

/// Nobody knows whether something holds that depends on what nobody knows; what does not depend on it is known.
Evaluator::Verdict Evaluator::verdictOf(const Node &node)
{
    switch (node.kind) {
    case Node::Kind::Test:
        return verdictOf(node.test);
    case Node::Kind::Not: {
        const Verdict part = verdictOf(*node.parts.front());
        return part == Verdict::Unknown ? part : verdict(part == Verdict::No);
    }
    case Node::Kind::All:
    case Node::Kind::Any:
        break;
    }
    const Verdict decisive = node.kind == Node::Kind::All ? Verdict::No : Verdict::Yes;
    bool isKnown = true;
    for (const NodePointer &part : node.parts) {
        const Verdict one = verdictOf(*part);
        if (one == decisive)
            return decisive;
        isKnown &= one != Verdict::Unknown;
    }
    return isKnown ? verdict(decisive == Verdict::No) : Verdict::Unknown;
}

Evaluator::Verdict Evaluator::verdictOf(const Test &test)
{
    switch (test.field) {
    case FieldId::Channel:
    case FieldId::Kind:
        return ofChannel(test);
    case FieldId::Text:
    case FieldId::Bytes:
        return ofContent(test);
    case FieldId::Decoded:
        return ofDecoded(test);
    case FieldId::Operation: {
        static const QByteArrayList kWords = wordsOf(FieldId::Operation);
        const auto number = qsizetype(m_row.operation) - 1;
        return verdict(number >= 0 && number < kWords.size() && passes(test, kWords[number]));
    }
    case FieldId::FromName:
    case FieldId::ToName: {
        return ofName(test, test.field == FieldId::FromName ? ends().from.name : ends().to.name);
    }
    default:
        break;
    }
    const auto value = numberOf(test.field);
    if (!value || test.how == Test::How::Exists)
        return verdict(value.has_value());
    if (test.field != FieldId::Time)
        return verdict(inRanges(test, *value) != test.isNegated);
    const qint64 since = *value - m_source.journal.startTimeNs();
    const bool is = std::any_of(
        test.ranges.begin(), test.ranges.end(), [&](const Range &range) { return range.holds(range.isDate ? *value : since); });
    return verdict(is != test.isNegated);
}

std::optional<qint64> Evaluator::numberOf(FieldId field)
{
    const auto known = [](qint64 value, qint64 unknown) { return value == unknown ? std::nullopt : std::optional(value); };
    switch (field) {
    case FieldId::Length:
        return qint64(m_row.length);
    case FieldId::Time:
        return m_row.timeNs;
    case FieldId::Delta:
        return delta();
    case FieldId::Waited:
        return known(m_row.waitedNs, -1);
    case FieldId::Number:
        return qint64(m_number) + 1;
    case FieldId::Pid:
        if (m_row.pid)
            return m_row.pid;
        return known(m_row.operation == Operation::Write ? ends().from.pid : ends().to.pid, 0);
    case FieldId::FromPid:
        return known(ends().from.pid, 0);
    case FieldId::ToPid:
        return known(ends().to.pid, 0);
    case FieldId::FromFd:
        return known(ends().from.fd, -1);
    case FieldId::ToFd:
        return known(ends().to.fd, -1);
    default:
        return {};
    }
}

Evaluator::ChannelMemory &Evaluator::memory()
{
    if (size_t(m_row.channel) >= m_channels.size())
        m_channels.resize(size_t(m_row.channel) + 1);
    return m_channels[size_t(m_row.channel)];
}

std::optional<qint64> Evaluator::delta()
{
    ChannelMemory &known = memory();
    const MessageIndex &index = m_source.index;
    // Rows come in order: this one is mostly a little behind the last of its channel.
    quint64 position = known.position;
    bool found = known.row <= m_number && position < index.channelRowCount(m_row.channel);
    for (int i = 0; found && index.channelRow(m_row.channel, position) != m_number; ++i, ++position)
        found = i < kNear && index.channelRow(m_row.channel, position) < m_number;
    if (!found)
        position = index.positionInChannel(m_number);
    known.row = m_number;
    known.position = position;
    if (position == 0)
        return {};
    return std::max<qint64>(0, m_row.timeNs - index.timeNs(index.channelRow(m_row.channel, position - 1)));
}

const TrafficParties::Ends &Evaluator::ends()
{
    if (m_rowEnds)
        return *m_rowEnds;
    const PartyKey key{m_row.channel, m_row.pid, m_row.peerPid, m_row.operation};
    const auto known = m_ends.constFind(key);
    if (known != m_ends.constEnd() && known->firstRecord <= m_row.record && m_row.record < known->endRecord)
        return *known;
    if (m_ends.size() >= kMostEnds)
        m_ends.clear();
    m_rowEnds = m_source.parties.ends(m_row);
    m_ends.insert(key, *m_rowEnds);
    return *m_rowEnds;
}

const QRegularExpression &Evaluator::expression(const Test &test)
{
    auto &own = m_expressions[size_t(test.place)];
    if (!own)
        own.emplace(test.expression.pattern(), test.expression.patternOptions());
    return *own;
}

/// Without regard to isNegated.
bool Evaluator::holds(const Test &test, QByteArrayView text)
{
    switch (test.how) {
    case Test::How::Exists:
        return true;
    case Test::How::IsOneOf:
        return std::any_of(test.strings.begin(), test.strings.end(), [text](const QByteArray &one) { return one == text; });
    case Test::How::Contains:
        return contains(text, test.strings.first());
    case Test::How::Matches:
        break;
    }
    return matchesExpression(test, text);
}

/// Short texts come again and again.
bool Evaluator::matchesExpression(const Test &test, QByteArrayView text)
{
    const auto match = [&] { return expression(test).match(QString::fromUtf8(text)).hasMatch(); };
    if (text.size() > kMostRemembered)
        return match();
    auto &known = m_matches[size_t(test.place)];
    if (known.empty())
        known.resize(kMatches);
    Match &one = known[qHash(text) % kMatches];
    if (!one.isKnown || one.text != text)
        one = {text.toByteArray(), match(), true};
    return one.is;
}

bool Evaluator::passes(const Test &test, QByteArrayView text)
{
    return holds(test, text) != test.isNegated;
}

/// All that can be asked of a channel stays as it is.
Evaluator::Verdict Evaluator::ofChannel(const Test &test)
{
    auto &verdicts = memory().verdicts;
    if (verdicts.empty())
        verdicts.resize(m_expressions.size(), -1);
    signed char &known = verdicts[size_t(test.place)];
    if (known >= 0)
        return verdict(known);
    const ChannelInfo info = m_source.journal.channel(m_row.channel);
    const QByteArrayView kind = wordOf(info.kind);
    if (test.field == FieldId::Kind || test.how == Test::How::Exists) {
        known = passes(test, kind);
    } else {
        // Either of its names will do.
        const QByteArray number = QByteArray::number(quint32(info.id));
        const bool is
            = inRanges(test, quint32(info.id)) || holds(test, info.name) || holds(test, kind.toByteArray() + ':' + number);
        known = is != test.isNegated;
    }
    return verdict(known);
}

/// There are few names, and many messages.
Evaluator::Verdict Evaluator::ofName(const Test &test, const QByteArray &name)
{
    if (name.isEmpty())
        return Verdict::No;
    auto &names = m_names[size_t(test.place)];
    const auto known = names.constFind(name);
    if (known != names.constEnd())
        return verdict(*known);
    if (names.size() >= kMostNames)
        names.clear();
    return verdict(*names.insert(name, passes(test, name)));
}

Evaluator::Verdict Evaluator::ofContent(const Test &test)
{
    const auto bytes = m_content.bytes();
    if (!bytes)
        return Verdict::Unknown;
    if (test.how == Test::How::Exists)
        return verdict(!bytes->isEmpty() && (test.field == FieldId::Bytes || bytes->isValidUtf8()));
    return verdict(passes(test, *bytes));
}

Evaluator::Verdict Evaluator::ofDecoded(const Test &test)
{
    if (!m_content.bytes())
        return Verdict::Unknown;
    const decode::Decoder &decoder = m_content.decoder();
    if (hasNoParts(decoder) && (test.path.size() > 1 || test.path.first() != decoder.name()))
        return Verdict::No;
    if (&decoder == &decode::jsonDecoder() && m_questions[size_t(test.place)].search >= 0)
        return ofJson(test);
    bool exists = false, is = false;
    for (const decode::Decoded &message : m_content.decoded()) {
        is = message.state != decode::Decoded::State::Malformed
            && visitFields(decoder, message.root, test.path, [&](const decode::Field &field) {
                   exists = true;
                   return passesDecoded(test, plainValue(field.value));
               });
        if (is)
            break;
    }
    return verdict(test.isNegated ? exists && !is : is);
}

/// The first test that asks gets the answers to all in its search.
Evaluator::Verdict Evaluator::ofJson(const Test &test)
{
    const Question &question = m_questions[size_t(test.place)];
    Search &known = m_searches[size_t(question.search)];
    if (!known.isDone) {
        known.isDone = true;
        known.exists = known.passes = 0;
        const auto passes = [&](int number, QByteArrayView value) { return passesDecoded(*known.tests[size_t(number)], value); };
        m_content.eachMessage([&](QByteArrayView bytes) { return known.search.in(bytes, passes); },
            [&](const JsonSearch::Finding &found) {
                known.exists |= found.exists;
                known.passes |= found.passes;
                return known.passes != known.search.all();
            });
    }
    const bool exists = known.exists >> question.number & 1, is = known.passes >> question.number & 1;
    return verdict(test.isNegated ? exists && !is : is);
}

/// Without regard to isNegated.
bool Evaluator::passesDecoded(const Test &test, QByteArrayView value)
{
    if (test.how == Test::How::Exists)
        return true;
    const auto number = test.ranges.isEmpty() ? std::nullopt : numberIn(value);
    if (number && std::any_of(test.ranges.begin(), test.ranges.end(), [&](const Range &one) { return one.holds(*number); }))
        return true;
    return (test.how != Test::How::IsOneOf || !test.strings.isEmpty()) && holds(test, value);
}

bool matches(const DisplayFilter &filter, const Source &source, quint64 row)
{
    return Evaluator(filter, source).verdictOn(row) == Verdict::Yes;
}

} // namespace forkscope::filter
