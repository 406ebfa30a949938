// SPDX-License-Identifier: GPL-3.0-or-later
// libFuzzer's way into the parser of display filters and into completion: the first byte tells where the cursor is.
#include "core/filter/displayfilter.h"
#include "tests/fuzz/seeds.h"

using namespace forkscope::filter;

extern "C" int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    writeSeedsIfAsked(*argc, *argv,
        {" channel == \"pipe:3\" && len > 100 && from.name ~ \"^py\" && text contains \"ERROR\" && json.user.id == 7 && delta > "
         "10ms",
            " len in {1, 2, 5..9} or !(kind in {pipe, queue}) and not op == put", " bytes contains 0a:0b || bytes == \"\\x00\"",
            " time >= \"2026-11-26 10:15:00\" && time in {1s..2s}",
            " json.items[3].\"odd name\" != -1.5 || http.host !~ 'x(y|z)*'", " text == 'a\\n\\x41\\u00e9\\\"'",
            "\x08len in {4KiB..1MiB}"});
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t length)
{
    if (length == 0)
        return 0;
    const QString text = QString::fromUtf8(reinterpret_cast<const char *>(data) + 1, qsizetype(length) - 1);
    const auto parsed = DisplayFilter::parse(text);
    if (const auto *problem = std::get_if<Problem>(&parsed))
        if (problem->position < 0 || problem->length < 0 || problem->position + problem->length > text.size()
            || problem->text.isEmpty())
            std::abort();
    for (const Completion &one : completionsAt(text, data[0], {{QStringLiteral("pipe:3")}, {QStringLiteral("python3")}}))
        if (one.from < 0 || one.from + one.length > text.size() || one.text.isEmpty())
            std::abort();
    return 0;
}
