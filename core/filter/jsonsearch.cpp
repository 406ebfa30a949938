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

/// Follows a path down. What it finds counts once that part of the message's own object or array which it lies in has come to its
/// end, and there was room for it in a tree.
class PathSink
{
public:
    /// What of the path is sought among the parts of a value. Bit i: the i-th name and what follows; the bit behind the last
    /// name: the value is what is sought; bit 0: the first name at any depth.
    struct Node {
        quint64 sought = 0;
    };

    PathSink(const std::vector<JsonSearch::Name> &names, const std::function<bool(QByteArrayView)> &passes)
        : m_names(names), m_passes(passes)
    {
    }

    Node member(const Node &parent, const JsonString &key) const
    {
        if (!hasMore(parent))
            return {};
        QByteArray own;
        const QByteArrayView name = nameOf(key, own);
        return below(parent, isPayloadName(name), [name](const JsonSearch::Name &one) { return name == one.text; });
    }
    Node element(const Node &parent, int i) const
    {
        if (!hasMore(parent))
            return {};
        return below(parent, false, [i](const JsonSearch::Name &one) { return one.index == i; });
    }
    void string(const Node &node, const JsonString &text)
    {
        if (!isSought(node))
            return;
        if (text.hasEscapes)
            found(decode::shownPart(text.text()));
        else
            found(decode::shownPart(text.raw));
    }
    void word(const Node &node, QByteArrayView word)
    {
        if (isSought(node))
            found(word);
    }
    void container(const Node &node, bool isObject, int count)
    {
        if (isSought(node))
            found(decode::jsonContainerValue(isObject, count));
    }
    static void placed(const Node &, qsizetype, qsizetype) { }
    void add(const Node &, const Node &)
    {
        const bool hasRoom = m_fields < decode::Limits().fields;
        m_fields += hasRoom;
        if (m_depth != 1)
            return;
        if (hasRoom)
            settle();
        m_exists = m_isPassed = false;
    }
    bool enter() { return m_depth < decode::Limits().depth && ++m_depth; }
    void leave() { --m_depth; }

    bool isSought(const Node &node) const { return node.sought >> m_names.size() & 1; }

    JsonSearch::Finding total;

private:
    void found(QByteArrayView value)
    {
        m_exists = true;
        m_isPassed = m_isPassed || total.passes || m_passes(value);
        if (m_depth == 0)
            settle();
    }
    void settle()
    {
        total.exists |= m_exists;
        total.passes |= m_isPassed;
    }
    bool hasMore(const Node &node) const { return node.sought & ((quint64(1) << m_names.size()) - 1); }
    template<typename Is> Node below(const Node &parent, bool isPayload, const Is &is) const
    {
        Node node;
        for (size_t i = 0; i < m_names.size(); ++i) {
            if (!(parent.sought >> i & 1))
                continue;
            const bool isNext = is(m_names[i]);
            if (isNext)
                node.sought |= quint64(2) << i;
            if (i == 0 ? !isNext : isPayload)
                node.sought |= quint64(1) << i;
        }
        return node;
    }

    const std::vector<JsonSearch::Name> &m_names;
    const std::function<bool(QByteArrayView)> &m_passes;
    int m_fields = 0, m_depth = 0;
    bool m_exists = false, m_isPassed = false; ///< not settled yet
};

int indexIn(const QByteArray &name)
{
    bool ok = false;
    const int index = name.mid(1).chopped(name.size() > 1).toInt(&ok);
    return ok && name == '[' + QByteArray::number(index) + ']' ? index : -1;
}

} // namespace

JsonSearch::JsonSearch(const QByteArrayList &path) : m_isPayload(path.first() != "json")
{
    for (const QByteArray &name : path)
        m_names.push_back({name, indexIn(name)});
    m_names.front() = {"payload, " + path.first(), -1};
}

JsonSearch::Finding JsonSearch::in(QByteArrayView json, const std::function<bool(QByteArrayView)> &passes) const
{
    PathSink sink(m_names, passes);
    decode::JsonReader reader(json, sink);
    PathSink::Node root{m_isPayload ? quint64(1) : quint64(2)};
    using Outcome = decode::JsonReader<PathSink>::Outcome;
    const Outcome outcome = reader.value(root);
    if (outcome == Outcome::Wrong)
        return {};
    Finding finding = sink.total;
    if (outcome == Outcome::Partial) {
        finding.state = decode::Decoded::State::Partial;
        if (sink.isSought(root)) { // what has not ended has no value yet
            finding.exists = true;
            finding.passes = passes({});
        }
        return finding;
    }
    reader.skipSpace();
    finding.state = decode::Decoded::State::Complete;
    finding.used = quint64(reader.at());
    return finding;
}

} // namespace forkscope::filter
