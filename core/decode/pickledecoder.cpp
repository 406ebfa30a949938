// SPDX-License-Identifier: GPL-3.0-or-later
// What a pickle would make, told without making it: opcodes as pickletools.py describes them work on a stack of fields. Names of
// classes are names, and calls are shown as calls.
#include "core/decode/fieldtree.h"
#include "core/decode/kinds.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <vector>

namespace forkscope::decode {

namespace {

constexpr int kMostOpcodes = 200'000;
constexpr size_t kMostMemo = 100'000;

class PickleReader
{
public:
    enum class Outcome { Done, Partial, Wrong, Limited };

    PickleReader(QByteArrayView bytes, Budget &budget) : m_bytes(bytes), m_budget(budget) { }

    Outcome read(Field &result)
    {
        for (int opcodes = 0; opcodes < kMostOpcodes; ++opcodes) {
            m_begin = m_at;
            const auto opcode = take(1);
            if (!opcode)
                return Outcome::Partial;
            if ((*opcode)[0] == '.') {
                if (m_stack.empty())
                    return wrong("it ends without a value");
                result = std::move(m_stack.back().field);
                return Outcome::Done;
            }
            if (const Outcome outcome = step((*opcode)[0]); outcome != Outcome::Done)
                return outcome;
            if (m_budget.isLimited())
                return Outcome::Limited;
        }
        m_problem = "more opcodes than are read";
        return Outcome::Limited;
    }
    quint64 at() const { return m_at; }
    int protocol() const { return m_protocol; }
    const QByteArray &problem() const { return m_problem; }

private:
    struct Item {
        Field field;
        bool isMark = false;
        int depth = 1; ///< of the field's tree
    };

    std::optional<QByteArrayView> take(quint64 count)
    {
        if (count > quint64(m_bytes.size()) - m_at)
            return {};
        const QByteArrayView taken = m_bytes.sliced(qsizetype(m_at), qsizetype(count));
        m_at += count;
        return taken;
    }
    std::optional<QByteArrayView> line()
    {
        const qsizetype end = m_bytes.indexOf('\n', qsizetype(m_at));
        if (end < 0)
            return {};
        const QByteArrayView taken = m_bytes.sliced(qsizetype(m_at), end - qsizetype(m_at));
        m_at = quint64(end) + 1;
        return taken;
    }
    Outcome wrong(const char *what)
    {
        m_problem = what;
        return Outcome::Wrong;
    }
    Outcome push(QByteArray value)
    {
        m_stack.push_back({{{}, std::move(value), m_begin, m_at - m_begin, {}}, false, 1});
        return Outcome::Done;
    }
    /// Of what a count in `bytes` bytes stands before.
    template<typename Value> Outcome pushCounted(int bytes, Value value)
    {
        const auto count = take(quint64(bytes));
        const auto content = count ? take(number(*count, false)) : std::nullopt;
        return content ? push(value(*content)) : Outcome::Partial;
    }
    Outcome pushLine(const char *before = "", const char *behind = "")
    {
        const auto text = line();
        return text ? push(before + asUtf8(text->toByteArray().left(200)) + behind) : Outcome::Partial;
    }
    /// The items above the last mark, which goes.
    std::optional<std::vector<Item>> popMark()
    {
        size_t i = m_stack.size();
        while (i > 0 && !m_stack[i - 1].isMark)
            --i;
        if (i == 0)
            return {};
        std::vector<Item> items(std::make_move_iterator(m_stack.begin() + qsizetype(i)), std::make_move_iterator(m_stack.end()));
        m_stack.resize(i - 1);
        return items;
    }
    std::optional<std::vector<Item>> pop(size_t count)
    {
        if (m_stack.size() < count)
            return {};
        for (size_t i = m_stack.size() - count; i < m_stack.size(); ++i)
            if (m_stack[i].isMark)
                return {};
        std::vector<Item> items(
            std::make_move_iterator(m_stack.end() - qsizetype(count)), std::make_move_iterator(m_stack.end()));
        m_stack.resize(m_stack.size() - count);
        return items;
    }
    bool addTo(Item &parent, Item item, QByteArray name)
    {
        parent.depth = std::max(parent.depth, item.depth + 1);
        if (parent.depth > m_budget.limits().depth) {
            m_problem = "it is nested too deeply";
            return false;
        }
        item.field.name = std::move(name);
        return m_budget.add(parent.field, std::move(item.field)) != nullptr;
    }
    static QByteArray counted(const char *open, qsizetype count, const char *one, const char *many, const char *close)
    {
        return open + QByteArray::number(count) + ' ' + (count == 1 ? one : many) + close;
    }
    Outcome extend(Item &parent, std::vector<Item> items)
    {
        for (Item &item : items)
            if (!addTo(parent, std::move(item), '[' + QByteArray::number(parent.field.fields.size()) + ']'))
                return Outcome::Limited;
        const QByteArray kind = parent.field.value.left(1);
        const qsizetype count = parent.field.fields.size();
        if (kind == "[")
            parent.field.value = counted("[", count, "item", "items", "]");
        else if (kind == "(")
            parent.field.value = counted("(", count, "item", "items", ")");
        else if (parent.field.value.startsWith("{set"))
            parent.field.value = counted("{set of ", count, "item", "items", "}");
        parent.field.length = m_at - parent.field.offset;
        return Outcome::Done;
    }
    Outcome pushContainer(const char *open, std::optional<std::vector<Item>> items)
    {
        if (!items)
            return wrong("what it needs is not on the stack");
        Item parent{{{}, open, items->empty() ? m_begin : items->front().field.offset, 0, {}}, false, 1};
        if (*open == '[')
            parent.field.value = "[0 items]";
        else if (*open == '(')
            parent.field.value = "(0 items)";
        const Outcome outcome = extend(parent, std::move(*items));
        parent.field.length = m_at - parent.field.offset;
        m_stack.push_back(std::move(parent));
        return outcome;
    }
    Outcome setItems(std::optional<std::vector<Item>> items)
    {
        if (!items || items->size() % 2 || m_stack.empty() || m_stack.back().isMark)
            return wrong("what it needs is not on the stack");
        Item &parent = m_stack.back();
        for (size_t i = 0; i < items->size(); i += 2) {
            const QByteArray &key = (*items)[i].field.value;
            const bool quoted = key.size() >= 2 && key.startsWith('"') && key.endsWith('"');
            if (!addTo(parent, std::move((*items)[i + 1]), quoted ? key.mid(1, key.size() - 2) : key))
                return Outcome::Limited;
        }
        if (parent.field.value.startsWith('{'))
            parent.field.value = counted("{", parent.field.fields.size(), "pair", "pairs", "}");
        parent.field.length = m_at - parent.field.offset;
        return Outcome::Done;
    }
    /// callee(argument): shown, never done.
    Outcome call(const char *word, size_t operands)
    {
        auto items = pop(operands);
        if (!items)
            return wrong("what it needs is not on the stack");
        Item result{{{}, QByteArray(word) + items->front().field.value, items->front().field.offset, 0, {}}, false, 1};
        static const char *const kNames[] = {"", "arguments", "keywords"};
        for (size_t i = 1; i < items->size(); ++i)
            if (!addTo(result, std::move((*items)[i]), kNames[i]))
                return Outcome::Limited;
        result.field.length = m_at - result.field.offset;
        m_stack.push_back(std::move(result));
        return Outcome::Done;
    }
    Outcome remember(quint64 place)
    {
        if (m_stack.empty() || m_stack.back().isMark)
            return wrong("there is nothing to remember");
        if (place >= kMostMemo)
            return wrong("a memo beyond all sense");
        if (m_memo.size() <= place)
            m_memo.resize(place + 1);
        // Not its parts: what is recalled often would grow beyond all bounds.
        m_memo[place] = asUtf8(m_stack.back().field.value.left(80));
        return Outcome::Done;
    }
    Outcome recall(quint64 place)
    {
        if (place >= m_memo.size())
            return wrong("it recalls what it never remembered");
        return push("as before: " + m_memo[place]);
    }
    static QByteArray longValue(QByteArrayView bytes)
    {
        if (bytes.isEmpty())
            return "0";
        if (bytes.size() > 8)
            return "an integer of " + QByteArray::number(bytes.size()) + " bytes";
        quint64 value = number(bytes, false);
        if (bytes.size() < 8 && (bytes.back() & 0x80))
            value |= ~quint64(0) << (8 * bytes.size());
        return QByteArray::number(qint64(value));
    }
    static QByteArray textValue(QByteArrayView bytes) { return quotedText(bytes); }
    static QByteArray rawValue(QByteArrayView bytes) { return "b, " + bytesValue(bytes); }

    Outcome step(char opcode);

    QByteArrayView m_bytes;
    Budget &m_budget;
    quint64 m_at = 0, m_begin = 0;
    int m_protocol = 0;
    std::vector<Item> m_stack;
    std::vector<QByteArray> m_memo;
    QByteArray m_problem;
};

PickleReader::Outcome PickleReader::step(char opcode)
{
    const auto fixed = [&](quint64 bytes, auto value) {
        const auto taken = take(bytes);
        return taken ? push(value(*taken)) : Outcome::Partial;
    };
    const auto unsignedValue = [](QByteArrayView bytes) { return QByteArray::number(number(bytes, false)); };
    switch (opcode) {
    case '\x80': { // PROTO
        const auto version = take(1);
        if (!version)
            return Outcome::Partial;
        m_protocol = static_cast<unsigned char>((*version)[0]);
        return m_protocol <= 5 ? Outcome::Done : wrong("a protocol that is not known");
    }
    case '\x95': // FRAME: a hint for readers
        return take(8) ? Outcome::Done : Outcome::Partial;
    case 'N':
        return push("None");
    case '\x88':
        return push("True");
    case '\x89':
        return push("False");
    case 'J': // BININT
        return fixed(4, [](QByteArrayView bytes) { return QByteArray::number(qint32(number(bytes, false))); });
    case 'K':
        return fixed(1, unsignedValue);
    case 'M':
        return fixed(2, unsignedValue);
    case '\x8a':
        return pushCounted(1, longValue);
    case '\x8b':
        return pushCounted(4, longValue);
    case 'G': // BINFLOAT
        return fixed(8, [](QByteArrayView bytes) {
            const quint64 bits = number(bytes, true);
            double value;
            std::memcpy(&value, &bits, sizeof value);
            return QByteArray::number(value, 'g', 17);
        });
    case 'I':
    case 'L':
    case 'F':
        return pushLine();
    case 'S':
    case 'V':
        return pushLine("\"", "\"");
    case '\x8c':
        return pushCounted(1, textValue);
    case 'X':
        return pushCounted(4, textValue);
    case '\x8d':
        return pushCounted(8, textValue);
    case 'U':
    case 'C':
        return pushCounted(1, rawValue);
    case 'T':
    case 'B':
        return pushCounted(4, rawValue);
    case '\x8e':
    case '\x96': // BYTEARRAY8
        return pushCounted(8, rawValue);
    case '\x97':
        return push("buffer outside of the stream");
    case '\x98':
        return Outcome::Done; // READONLY_BUFFER
    case '(':
        m_stack.push_back({{}, true, 0});
        return Outcome::Done;
    case '0': // POP
        if (m_stack.empty())
            return wrong("there is nothing to take off");
        m_stack.pop_back();
        return Outcome::Done;
    case '1':
        return popMark() ? Outcome::Done : wrong("there is no mark");
    case '2': // DUP
        if (m_stack.empty() || m_stack.back().isMark)
            return wrong("there is nothing to repeat");
        return push(m_stack.back().field.value);
    case ')':
        return pushContainer("(", std::vector<Item>());
    case '\x85':
        return pushContainer("(", pop(1));
    case '\x86':
        return pushContainer("(", pop(2));
    case '\x87':
        return pushContainer("(", pop(3));
    case 't':
        return pushContainer("(", popMark());
    case ']':
        return pushContainer("[", std::vector<Item>());
    case 'l':
        return pushContainer("[", popMark());
    case '}':
        return push("{0 pairs}");
    case '\x8f':
        return push("{set of 0 items}");
    case '\x91': // FROZENSET
        return pushContainer("{set}", popMark());
    case 'd': {
        auto items = popMark();
        push("{0 pairs}");
        return setItems(std::move(items));
    }
    case 'a':
    case 'e':
    case '\x90': { // APPEND, APPENDS, ADDITEMS
        auto items = opcode == 'a' ? pop(1) : popMark();
        if (!items || m_stack.empty() || m_stack.back().isMark)
            return wrong("what it needs is not on the stack");
        return extend(m_stack.back(), std::move(*items));
    }
    case 's':
        return setItems(pop(2));
    case 'u':
        return setItems(popMark());
    case 'c':
    case 'i': { // GLOBAL, INST
        const auto module = line();
        const auto name = module ? line() : std::nullopt;
        if (!name)
            return Outcome::Partial;
        const QByteArray full = asUtf8(module->toByteArray().left(100) + '.' + name->toByteArray().left(100));
        if (opcode == 'c')
            return push("class " + full);
        const Outcome outcome = pushContainer("(", popMark());
        if (outcome == Outcome::Done)
            m_stack.back().field.value = "object of class " + full;
        return outcome;
    }
    case '\x93': { // STACK_GLOBAL
        auto names = pop(2);
        if (!names)
            return wrong("what it needs is not on the stack");
        const auto bare = [](const QByteArray &text) {
            return text.startsWith('"') && text.endsWith('"') && text.size() >= 2 ? text.mid(1, text.size() - 2) : text;
        };
        return push("class " + bare((*names)[0].field.value) + '.' + bare((*names)[1].field.value));
    }
    case 'R':
        return call("call of ", 2);
    case '\x81': // NEWOBJ
        return call("object of ", 2);
    case '\x92': // NEWOBJ_EX
        return call("object of ", 3);
    case 'o': { // OBJ
        auto items = popMark();
        if (!items || items->empty())
            return wrong("what it needs is not on the stack");
        Item result{{{}, "object of " + items->front().field.value, m_begin, 0, {}}, false, 1};
        items->erase(items->begin());
        const Outcome outcome = extend(result, std::move(*items));
        m_stack.push_back(std::move(result));
        return outcome;
    }
    case 'b': { // BUILD
        auto state = pop(1);
        if (!state || m_stack.empty() || m_stack.back().isMark)
            return wrong("what it needs is not on the stack");
        return addTo(m_stack.back(), std::move(state->front()), "state") ? Outcome::Done : Outcome::Limited;
    }
    case 'P':
        return pushLine("persistent ");
    case 'Q': { // BINPERSID
        auto id = pop(1);
        return id ? push("persistent " + id->front().field.value) : wrong("what it needs is not on the stack");
    }
    case '\x82':
        return fixed(1, [&](QByteArrayView bytes) { return "extension " + unsignedValue(bytes); });
    case '\x83':
        return fixed(2, [&](QByteArrayView bytes) { return "extension " + unsignedValue(bytes); });
    case '\x84':
        return fixed(4, [&](QByteArrayView bytes) { return "extension " + unsignedValue(bytes); });
    case '\x94': // MEMOIZE
        return remember(quint64(m_memo.size()));
    case 'p': {
        const auto place = line();
        return place ? remember(place->toByteArray().toULongLong()) : Outcome::Partial;
    }
    case 'g': {
        const auto place = line();
        return place ? recall(place->toByteArray().toULongLong()) : Outcome::Partial;
    }
    case 'q':
    case 'r':
    case 'h':
    case 'j': { // BINPUT, LONG_BINPUT, BINGET, LONG_BINGET
        const auto place = take(opcode == 'q' || opcode == 'h' ? 1 : 4);
        if (!place)
            return Outcome::Partial;
        return opcode == 'q' || opcode == 'r' ? remember(number(*place, false)) : recall(number(*place, false));
    }
    default:
        return wrong("an opcode that is not known");
    }
}

class PickleDecoder : public Decoder
{
public:
    const char *name() const override { return "pickle"; }

    int confidence(QByteArrayView beginning) const override
    {
        if (beginning.size() < 3 || beginning[0] != '\x80' || beginning[1] < 2 || beginning[1] > 5)
            return 0;
        const Decoded first = decode(beginning, {64, 200, 0});
        return first.state == Decoded::State::Malformed ? 0 : first.ok() ? 95 : 70;
    }

    Decoded decode(QByteArrayView bytes, const Limits &limits) const override
    {
        Budget budget(limits);
        PickleReader reader(bytes, budget);
        Field value;
        const auto outcome = reader.read(value);
        value.name = "pickle, protocol " + QByteArray::number(reader.protocol());
        switch (outcome) {
        case PickleReader::Outcome::Partial:
            return partial(0, std::move(value));
        case PickleReader::Outcome::Wrong:
            return malformed(reader.at(), reader.problem(), std::move(value));
        case PickleReader::Outcome::Limited:
            return {Decoded::State::Limited, quint64(bytes.size()), std::move(value),
                reader.problem().isEmpty() ? "more parts than are shown" : reader.problem()};
        case PickleReader::Outcome::Done:
            break;
        }
        value.offset = 0;
        return complete(reader.at(), std::move(value), budget);
    }
};

} // namespace

const Decoder &pickleDecoder()
{
    static const PickleDecoder decoder;
    return decoder;
}

} // namespace forkscope::decode
