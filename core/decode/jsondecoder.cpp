// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/decode/fieldtree.h"
#include "core/decode/kinds.h"

#include <QByteArrayMatcher>

#include <algorithm>

namespace forkscope::decode {

namespace {

bool isSpace(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

/// Reads a value and notes where its parts lie. QJsonDocument does not tell.
class JsonReader
{
public:
    enum class Outcome { Done, Partial, Wrong };

    JsonReader(QByteArrayView bytes, Budget &budget) : m_bytes(bytes), m_budget(budget) { }

    /// Into field: its value, its place and its parts. Skips white space before it.
    Outcome value(Field &field)
    {
        skipSpace();
        field.offset = quint64(m_at);
        const Outcome outcome = valueHere(field);
        field.length = quint64(m_at) - field.offset;
        return outcome;
    }
    void skipSpace()
    {
        while (m_at < m_bytes.size() && isSpace(m_bytes[m_at]))
            ++m_at;
    }
    qsizetype at() const { return m_at; }
    const QByteArray &problem() const { return m_problem; }

private:
    Outcome wrong(const char *what)
    {
        m_problem = what;
        return Outcome::Wrong;
    }

    Outcome valueHere(Field &field)
    {
        if (m_at >= m_bytes.size())
            return Outcome::Partial;
        switch (m_bytes[m_at]) {
        case '{':
            return items(field, '}');
        case '[':
            return items(field, ']');
        case '"':
            return string(field.value);
        default:
            return word(field.value);
        }
    }

    Outcome items(Field &field, char closing)
    {
        const bool isObject = closing == '}';
        ++m_at;
        if (!m_budget.enter())
            return wrong("it is nested too deeply");
        int count = 0;
        for (bool first = true;; first = false) {
            skipSpace();
            if (m_at >= m_bytes.size())
                return Outcome::Partial;
            if (m_bytes[m_at] == closing && first)
                break;
            Field item;
            if (isObject) {
                if (m_bytes[m_at] != '"')
                    return wrong("a key in quotes is expected");
                if (const Outcome key = string(item.name); key != Outcome::Done)
                    return key;
                if (item.name.size() >= 2 && item.name.endsWith('"'))
                    item.name = item.name.mid(1, item.name.size() - 2);
                skipSpace();
                if (m_at >= m_bytes.size())
                    return Outcome::Partial;
                if (m_bytes[m_at] != ':')
                    return wrong("a colon is expected");
                ++m_at;
            } else {
                item.name = '[' + QByteArray::number(count) + ']';
            }
            if (const Outcome outcome = value(item); outcome != Outcome::Done)
                return outcome;
            ++count;
            (void)m_budget.add(field, std::move(item)); // without room for it, what follows is still read
            skipSpace();
            if (m_at >= m_bytes.size())
                return Outcome::Partial;
            if (m_bytes[m_at] == closing)
                break;
            if (m_bytes[m_at] != ',')
                return wrong("a comma, or the end, is expected");
            ++m_at;
        }
        ++m_at;
        m_budget.leave();
        field.value = isObject ? "{" + QByteArray::number(count) + (count == 1 ? " member}" : " members}")
                               : "[" + QByteArray::number(count) + (count == 1 ? " item]" : " items]");
        return Outcome::Done;
    }

    Outcome string(QByteArray &out)
    {
        const qsizetype begin = ++m_at;
        bool escapes = false;
        for (; m_at < m_bytes.size() && m_bytes[m_at] != '"'; ++m_at) {
            if (static_cast<unsigned char>(m_bytes[m_at]) < 0x20)
                return wrong("a control character in a string");
            if (m_bytes[m_at] == '\\') {
                escapes = true;
                ++m_at;
            }
        }
        if (m_at >= m_bytes.size())
            return Outcome::Partial;
        const QByteArrayView raw = m_bytes.sliced(begin, m_at - begin);
        ++m_at;
        if (!escapes) {
            out = quotedText(raw);
            return Outcome::Done;
        }
        QByteArray text;
        for (qsizetype i = 0; i < raw.size(); ++i) {
            if (raw[i] != '\\') {
                text += raw[i];
                continue;
            }
            ++i;
            static constexpr char kEscapes[] = "\"\\/bfnrt", kMeanings[] = "\"\\/\b\f\n\r\t";
            if (const char *const known = std::find(kEscapes, std::end(kEscapes) - 1, raw[i]); known != std::end(kEscapes) - 1) {
                text += kMeanings[known - kEscapes];
                continue;
            }
            const auto unit = [&](qsizetype from) -> int {
                bool ok = false;
                const int code = from + 4 <= raw.size() ? raw.sliced(from, 4).toByteArray().toInt(&ok, 16) : 0;
                return ok ? code : -1;
            };
            const int high = raw[i] == 'u' ? unit(i + 1) : -1;
            if (high < 0)
                return wrong("an escape that JSON does not have");
            i += 4;
            QString character{QChar(char16_t(high))};
            if (QChar::isHighSurrogate(char32_t(high)) && i + 2 < raw.size() && raw[i + 1] == '\\' && raw[i + 2] == 'u')
                if (const int low = unit(i + 3); low >= 0 && QChar::isLowSurrogate(char32_t(low))) {
                    character += QChar(char16_t(low));
                    i += 6;
                }
            text += character.toUtf8();
        }
        out = quotedText(text);
        return Outcome::Done;
    }

    Outcome word(QByteArray &out)
    {
        const qsizetype begin = m_at;
        while (m_at < m_bytes.size() && !isSpace(m_bytes[m_at]) && !QByteArrayView(",]}:\"[{").contains(m_bytes[m_at]))
            ++m_at;
        const QByteArray text = m_bytes.sliced(begin, m_at - begin).toByteArray();
        bool isNumber = false;
        text.toDouble(&isNumber);
        isNumber = isNumber && (text[0] == '-' || (text[0] >= '0' && text[0] <= '9')) && text.size() < 400;
        const QByteArrayView words[] = {"true", "false", "null"};
        const bool isWord = std::find(std::begin(words), std::end(words), QByteArrayView(text)) != std::end(words);
        if (isNumber || isWord) {
            out = text;
            return Outcome::Done;
        }
        const bool begins = std::any_of(
            std::begin(words), std::end(words), [&](QByteArrayView known) { return known.startsWith(text) && !text.isEmpty(); });
        if (m_at == m_bytes.size() && (begins || text == "-"))
            return Outcome::Partial;
        m_at = begin;
        return wrong("a value is expected");
    }

    QByteArrayView m_bytes;
    Budget &m_budget;
    qsizetype m_at = 0;
    QByteArray m_problem;
};

class JsonDecoder : public Decoder
{
public:
    const char *name() const override { return "json"; }

    int confidence(QByteArrayView beginning) const override
    {
        const QByteArrayView trimmed = beginning.trimmed();
        if (trimmed.isEmpty() || (trimmed[0] != '{' && trimmed[0] != '['))
            return 0;
        const Decoded first = decode(beginning, {64, 200, 0});
        switch (first.state) {
        case Decoded::State::Complete:
        case Decoded::State::Limited:
            return 90;
        case Decoded::State::Partial:
            return 60;
        case Decoded::State::Malformed:
            break;
        }
        return 0;
    }

    Decoded decode(QByteArrayView bytes, const Limits &limits) const override
    {
        Budget budget(limits);
        JsonReader reader(bytes, budget);
        Field root{"json", {}, 0, 0, {}};
        switch (reader.value(root)) {
        case JsonReader::Outcome::Partial:
            return partial(0, std::move(root));
        case JsonReader::Outcome::Wrong:
            return malformed(quint64(reader.at()), reader.problem(), std::move(root));
        case JsonReader::Outcome::Done:
            break;
        }
        reader.skipSpace();
        const auto length = root.length;
        Decoded decoded = complete(quint64(reader.at()), std::move(root), budget);
        decoded.root.length = length;
        return decoded;
    }
};

} // namespace

const Decoder &jsonDecoder()
{
    static const JsonDecoder decoder;
    return decoder;
}

} // namespace forkscope::decode
