// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/filter/jsonsearch.h"

#include "core/decode/fieldtree.h"
#include "core/decode/jsonreader.h"
#include "core/filter/decodedpath.h"

#include <algorithm>

namespace forkscope::filter {

namespace {

using decode::JsonString;

/// Its name, where that is what stands in the quotes; else it is written into own.
QByteArrayView nameOf(const JsonString &key, QByteArray &own)
{
    const bool isPlain = !key.hasEscapes && decode::shownPart(key.raw).size() == key.raw.size()
        && std::all_of(key.raw.begin(), key.raw.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
    if (isPlain)
        return key.raw;
    own = key.memberName();
    return own;
}

/// Follows the ways down. What it finds counts once that part of the message's own object or array which it lies in has come to
/// its end, and there was room for it in a tree.
class PathSink
{
public:
    struct Node {
        quint64 sought = 0; ///< steps that its name, or one of its parts, may be
    };

    PathSink(const std::vector<JsonSearch::Step> &steps, quint64 ends, const JsonSearch::Passes &asked)
        : m_steps(steps), m_ends(ends), m_passes(asked)
    {
    }

    Node member(const Node &parent, const JsonString &key) const
    {
        if (!(parent.sought & ~m_ends))
            return {};
        QByteArray own;
        const QByteArrayView name = nameOf(key, own);
        return below(parent, isPayloadName(name), [name](const JsonSearch::Step &step) { return name == step.name; });
    }
    Node element(const Node &parent, int i) const
    {
        if (!(parent.sought & ~m_ends))
            return {};
        return below(parent, false, [i](const JsonSearch::Step &step) { return step.index == i; });
    }
    void string(const Node &node, const JsonString &text)
    {
        if (!(node.sought & m_ends))
            return;
        if (text.hasEscapes)
            found(node, decode::shownPart(text.text()));
        else
            found(node, decode::shownPart(text.raw));
    }
    void word(const Node &node, QByteArrayView word) { found(node, word); }
    void container(const Node &node, bool isObject, int count)
    {
        if (node.sought & m_ends)
            found(node, decode::jsonContainerValue(isObject, count));
    }
    static void placed(const Node &, qsizetype, qsizetype) { }
    void add(const Node &, const Node &)
    {
        const bool hasRoom = m_fields < decode::Limits().fields;
        m_fields += hasRoom;
        if (m_depth == 1)
            settle(hasRoom);
    }
    bool enter() { return m_depth < decode::Limits().depth && ++m_depth; }
    void leave() { --m_depth; }

    /// The bytes end before the message does: what has not ended has no value.
    void endEarly(const Node &root)
    {
        settle(false);
        m_depth = 0;
        found(root, {});
    }

    quint64 exists = 0, passes = 0; ///< by question

private:
    void found(const Node &node, QByteArrayView value)
    {
        for (quint64 ends = node.sought & m_ends; ends; ends &= ends - 1) {
            const int question = m_steps[qCountTrailingZeroBits(ends)].question;
            const quint64 bit = quint64(1) << question;
            m_exists |= bit;
            if (!((passes | m_passed) & bit) && m_passes(question, value))
                m_passed |= bit;
        }
        if (m_depth == 0)
            settle(true);
    }
    void settle(bool counts)
    {
        if (counts) {
            exists |= m_exists;
            passes |= m_passed;
        }
        m_exists = m_passed = 0;
    }
    template<typename Is> Node below(const Node &parent, bool isPayload, const Is &is) const
    {
        Node node;
        for (quint64 steps = parent.sought & ~m_ends; steps; steps &= steps - 1) {
            const JsonSearch::Step &step = m_steps[qCountTrailingZeroBits(steps)];
            const quint64 bit = steps & ~(steps - 1);
            const bool isNext = is(step);
            if (isNext)
                node.sought |= bit << 1;
            if (step.isAnywhere ? !isNext : isPayload)
                node.sought |= bit;
        }
        return node;
    }

    const std::vector<JsonSearch::Step> &m_steps;
    const quint64 m_ends;
    const JsonSearch::Passes &m_passes;
    int m_fields = 0, m_depth = 0;
    quint64 m_exists = 0, m_passed = 0; ///< not settled yet
};

int indexIn(const QByteArray &name)
{
    bool ok = false;
    const int index = name.mid(1).chopped(name.size() > 1).toInt(&ok);
    return ok && name == '[' + QByteArray::number(index) + ']' ? index : -1;
}

} // namespace

bool JsonSearch::add(const QByteArrayList &path)
{
    const bool isPayload = path.first() != "json"; // the path is sought in what is called after its first name
    const size_t begin = m_steps.size();
    if (begin + size_t(path.size()) + isPayload > 64)
        return false;
    if (isPayload)
        m_steps.push_back({.name = "payload, " + path.first(), .isAnywhere = true});
    for (qsizetype i = 1; i < path.size(); ++i)
        m_steps.push_back({.name = path[i], .index = indexIn(path[i])});
    m_steps.push_back({.name = {}, .question = m_questions++});
    m_first |= quint64(1) << begin;
    m_ends |= quint64(1) << (m_steps.size() - 1);
    return true;
}

JsonSearch::Finding JsonSearch::in(QByteArrayView json, const Passes &passes) const
{
    using Reader = decode::JsonReader<PathSink>;
    using State = decode::Decoded::State;
    PathSink sink(m_steps, m_ends, passes);
    Reader reader(json, sink);
    PathSink::Node root{m_first};
    const auto outcome = reader.value(root);
    if (outcome == Reader::Outcome::Wrong)
        return {};
    if (outcome == Reader::Outcome::Partial) {
        sink.endEarly(root);
        return {State::Partial, 0, sink.exists, sink.passes};
    }
    reader.skipSpace();
    return {State::Complete, quint64(reader.at()), sink.exists, sink.passes};
}

} // namespace forkscope::filter
