// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/decode/decoder.h"

#include <QtEndian>

#include <array>

namespace forkscope::decode {

/// What stands between the quotes of a JSON string.
struct JsonString {
    QByteArrayView raw;
    bool hasEscapes = false;

    bool isSound() const; ///< all its escapes are those of JSON; the others ask for this
    QByteArray text() const; ///< UTF-8
    QByteArray memberName() const; ///< how a tree calls what has this key
};

bool isJsonNumber(QByteArrayView text);
QByteArray jsonContainerValue(bool isObject, int count); ///< "{2 members}": what a tree says of what has parts

/// Reads a value of JSON (RFC 8259) and tells a sink of it and of its parts. All that is made of JSON is made here, so that all
/// agree on what is sound. A sink has a type Node, for a value that is being read, and
///     Node member(const Node &parent, const JsonString &key), element(const Node &parent, int i): a part begins;
///     void string(Node &, const JsonString &), word(Node &, QByteArrayView), container(Node &, bool isObject, int count): it
///         has come to its end and is this;
///     void placed(Node &, qsizetype begin, qsizetype end): where it lies, whether it came to its end or not;
///     void add(Node &parent, Node &&part): the part came to its end;
///     bool enter(), void leave(): into and out of an object or array; false: it is too deep.
template<typename Sink> class JsonReader
{
public:
    enum class Outcome { Done, Partial, Wrong };
    using Node = typename Sink::Node;

    JsonReader(QByteArrayView bytes, Sink &sink) : m_data(bytes.data()), m_size(bytes.size()), m_sink(sink) { }

    /// Skips white space before it.
    Outcome value(Node &node)
    {
        skipSpace();
        const qsizetype begin = m_at;
        const Outcome outcome = valueHere(node);
        m_sink.placed(node, begin, m_at);
        return outcome;
    }
    void skipSpace()
    {
        while (m_at < m_size && isSpace(m_data[m_at]))
            ++m_at;
    }
    qsizetype at() const { return m_at; }
    const char *problem() const { return m_problem; } ///< where Wrong

private:
    static constexpr bool isSpace(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

    /// What ends a number or a name.
    static constexpr std::array<bool, 256> kEndsWord = [] {
        std::array<bool, 256> ends = {};
        for (const unsigned char c : {' ', '\n', '\r', '\t', ',', ']', '}', ':', '"', '[', '{'})
            ends[c] = true;
        return ends;
    }();

    Outcome wrong(const char *what)
    {
        m_problem = what;
        return Outcome::Wrong;
    }

    Outcome valueHere(Node &node)
    {
        if (m_at >= m_size)
            return Outcome::Partial;
        switch (m_data[m_at]) {
        case '{':
            return items(node, '}');
        case '[':
            return items(node, ']');
        case '"': {
            JsonString text;
            const Outcome outcome = string(text);
            if (outcome == Outcome::Done)
                m_sink.string(node, text);
            return outcome;
        }
        default:
            return word(node);
        }
    }

    Outcome items(Node &node, char closing)
    {
        const bool isObject = closing == '}';
        ++m_at;
        if (!m_sink.enter())
            return wrong("it is nested too deeply");
        int count = 0;
        for (bool first = true;; first = false) {
            skipSpace();
            if (m_at >= m_size)
                return Outcome::Partial;
            if (m_data[m_at] == closing && first)
                break;
            JsonString key;
            if (isObject) {
                if (m_data[m_at] != '"')
                    return wrong("a key in quotes is expected");
                if (const Outcome outcome = string(key); outcome != Outcome::Done)
                    return outcome;
                skipSpace();
                if (m_at >= m_size)
                    return Outcome::Partial;
                if (m_data[m_at] != ':')
                    return wrong("a colon is expected");
                ++m_at;
            }
            Node part = isObject ? m_sink.member(node, key) : m_sink.element(node, count);
            if (const Outcome outcome = value(part); outcome != Outcome::Done)
                return outcome;
            ++count;
            m_sink.add(node, std::move(part));
            skipSpace();
            if (m_at >= m_size)
                return Outcome::Partial;
            if (m_data[m_at] == closing)
                break;
            if (m_data[m_at] != ',')
                return wrong("a comma, or the end, is expected");
            ++m_at;
        }
        ++m_at;
        m_sink.leave();
        m_sink.container(node, isObject, count);
        return Outcome::Done;
    }

    /// Eight bytes of a string at once: how many of them are nothing but text.
    static int plainBytes(const char *data)
    {
        constexpr quint64 kOnes = 0x0101010101010101, kHighs = 0x8080808080808080;
        const auto word = qFromLittleEndian<quint64>(data);
        const auto zeros = [](quint64 x) { return (x - kOnes) & ~x & kHighs; };
        // Only the lowest of these bits is sure.
        const quint64 special = zeros(word ^ kOnes * '"') | zeros(word ^ kOnes * '\\') | ((word - kOnes * 0x20) & ~word & kHighs);
        return special ? qCountTrailingZeroBits(special) / 8 : 8;
    }

    Outcome string(JsonString &out)
    {
        const qsizetype begin = ++m_at;
        for (;; ++m_at) {
            for (int plain = 8; plain == 8 && m_at + 8 <= m_size; m_at += plain)
                plain = plainBytes(m_data + m_at);
            if (m_at >= m_size) {
                m_at = m_size;
                return Outcome::Partial;
            }
            const char c = m_data[m_at];
            if (c == '"')
                break;
            if (static_cast<unsigned char>(c) < 0x20)
                return wrong("a control character in a string");
            if (c == '\\') {
                out.hasEscapes = true;
                ++m_at;
            }
        }
        out.raw = {m_data + begin, m_at - begin};
        ++m_at;
        return !out.hasEscapes || out.isSound() ? Outcome::Done : wrong("an escape that JSON does not have");
    }

    Outcome word(Node &node)
    {
        const qsizetype begin = m_at;
        while (m_at < m_size && !kEndsWord[static_cast<unsigned char>(m_data[m_at])])
            ++m_at;
        const QByteArrayView text(m_data + begin, m_at - begin);
        static constexpr QByteArrayView kWords[] = {"true", "false", "null"};
        bool isKnown = isJsonNumber(text), begins = text == QByteArrayView("-");
        for (const QByteArrayView known : kWords) {
            isKnown |= text == known;
            begins |= !text.isEmpty() && known.startsWith(text);
        }
        if (isKnown) {
            m_sink.word(node, text);
            return Outcome::Done;
        }
        if (m_at == m_size && begins)
            return Outcome::Partial;
        m_at = begin;
        return wrong("a value is expected");
    }

    const char *const m_data;
    const qsizetype m_size;
    Sink &m_sink;
    qsizetype m_at = 0;
    const char *m_problem = "";
};

} // namespace forkscope::decode
