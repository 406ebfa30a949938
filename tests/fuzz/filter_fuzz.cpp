// SPDX-License-Identifier: GPL-3.0-or-later
// libFuzzer's way into the parser of display filters and into completion: the first byte tells where the cursor is. Behind the
// first line may stand JSON: what a filter looks for in its bytes is what is in its tree.
#include "core/decode/kinds.h"
#include "core/filter/decodedpath.h"
#include "core/filter/displayfilter.h"
#include "core/filter/jsonsearch.h"
#include "core/filter/node.h"
#include "tests/fuzz/seeds.h"

using namespace forkscope::filter;

namespace {

void searchBoth(const QByteArrayList &path, QByteArrayView json)
{
    using forkscope::decode::Decoded;
    const Decoded decoded = forkscope::decode::jsonDecoder().decode(json);
    QByteArrayList values;
    if (decoded.state != Decoded::State::Malformed)
        visitFields(forkscope::decode::jsonDecoder(), decoded.root, path, [&](const forkscope::decode::Field &field) {
            values.append(plainValue(field.value));
            return false;
        });
    JsonSearch search;
    if (!search.add({"json", "a", "b"}) || !search.add(path))
        return;
    const auto found = search.in(
        json, [&](int question, QByteArrayView value) { return question == 1 && !values.contains(value.toByteArray()); });
    if (found.ok() != decoded.ok() || (found.ok() && found.used != decoded.used)
        || (found.exists & 2) != (values.isEmpty() ? 0 : 2) || found.passes)
        std::abort();
    for (const QByteArray &value : values) {
        if (search.in(json, [&](int question, QByteArrayView one) { return question == 1 && one == value; }).passes != 2)
            std::abort();
        bool ok = false;
        const double number = value.toDouble(&ok);
        if (numberIn(value) != (ok ? std::optional(number) : std::nullopt) && number == number)
            std::abort();
    }
}

void searchAll(const Node &node, QByteArrayView json)
{
    if (node.kind == Node::Kind::Test && node.test.field == FieldId::Decoded)
        searchBoth(node.test.path, json);
    for (const NodePointer &part : node.parts)
        searchAll(*part, json);
}

} // namespace

extern "C" int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    writeSeedsIfAsked(*argc, *argv,
        {" channel == \"pipe:3\" && len > 100 && from.name ~ \"^py\" && text contains \"ERROR\" && json.user.id == 7 && delta > "
         "10ms",
            " len in {1, 2, 5..9} or !(kind in {pipe, queue}) and not op == put", " bytes contains 0a:0b || bytes == \"\\x00\"",
            " json.a.b > 5 && json[0] != -1 || json\n{\"a\": {\"b\": 6, \"\\u0061\": [1.5e3]}, \"payload\": {\"a\": \"x\"}}",
            " http.a || json.\"\\u00e9\"\n[{\"payload, http\": {\"a\": true}}, \"\\ud83d\\ude00\"]",
            " time >= \"2026-11-26 10:15:00\" && time in {1s..2s}",
            " json.items[3].\"odd name\" != -1.5 || http.host !~ 'x(y|z)*'", " text == 'a\\n\\x41\\u00e9\\\"'",
            "\x08len in {4KiB..1MiB}"});
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t length)
{
    if (length == 0)
        return 0;
    const QByteArrayView bytes(reinterpret_cast<const char *>(data) + 1, qsizetype(length) - 1);
    const qsizetype line = bytes.indexOf('\n');
    const QString text = QString::fromUtf8(line < 0 ? bytes : bytes.first(line));
    const auto parsed = DisplayFilter::parse(text);
    if (const auto *filter = std::get_if<DisplayFilter>(&parsed); filter && filter->root() && line >= 0)
        searchAll(*filter->root(), bytes.sliced(line + 1));
    if (const auto *problem = std::get_if<Problem>(&parsed))
        if (problem->position < 0 || problem->length < 0 || problem->position + problem->length > text.size()
            || problem->text.isEmpty())
            std::abort();
    for (const Completion &one : completionsAt(text, data[0], {{QStringLiteral("pipe:3")}, {QStringLiteral("python3")}}))
        if (one.from < 0 || one.from + one.length > text.size() || one.text.isEmpty())
            std::abort();
    return 0;
}
