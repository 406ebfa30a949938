// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/decode/fieldtree.h"
#include "core/decode/jsonreader.h"
#include "core/decode/kinds.h"

namespace forkscope::decode {

namespace {

/// Makes a tree. QJsonDocument does not tell where things lie.
class TreeSink
{
public:
    using Node = Field;

    explicit TreeSink(Budget &budget) : m_budget(budget) { }

    static Field member(const Field &, const JsonString &key) { return {key.memberName(), {}, 0, 0, {}}; }
    static Field element(const Field &, int i) { return {'[' + QByteArray::number(i) + ']', {}, 0, 0, {}}; }
    static void string(Field &field, const JsonString &text)
    {
        field.value = text.hasEscapes ? quotedText(text.text()) : quotedText(text.raw);
    }
    static void word(Field &field, QByteArrayView word) { field.value = word.toByteArray(); }
    static void container(Field &field, bool isObject, int count) { field.value = jsonContainerValue(isObject, count); }
    static void placed(Field &field, qsizetype begin, qsizetype end)
    {
        field.offset = quint64(begin);
        field.length = quint64(end - begin);
    }
    void add(Field &parent, Field &&part) { (void)m_budget.add(parent, std::move(part)); } // without room: it is still read
    bool enter() { return m_budget.enter(); }
    void leave() { m_budget.leave(); }

private:
    Budget &m_budget;
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
        TreeSink sink(budget);
        JsonReader reader(bytes, sink);
        using Outcome = JsonReader<TreeSink>::Outcome;
        Field root{"json", {}, 0, 0, {}};
        switch (reader.value(root)) {
        case Outcome::Partial:
            return partial(0, std::move(root));
        case Outcome::Wrong:
            return malformed(quint64(reader.at()), reader.problem(), std::move(root));
        case Outcome::Done:
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
