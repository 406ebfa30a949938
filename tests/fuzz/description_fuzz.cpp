// SPDX-License-Identifier: GPL-3.0-or-later
// libFuzzer's way into descriptions of formats and what is decoded by them: JSON up to a 0, then a message.
#include "core/userdecoders/userdecoders.h"
#include "tests/fuzz/seeds.h"

using namespace forkscope;

extern "C" int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    const QByteArray format = R"({"name":"x","endian":"little","size":{"field":"n","plus":3},"fields":[
        {"name":"m","type":"bytes","length":1,"value":"5a"},{"name":"n","type":"u16"},{"name":"k","type":"i8","names":{"1":"a"}},
        {"name":"z","type":"zero"},{"name":"c","type":"u8"},{"name":"g","count":"c","fields":[{"name":"f","type":"f32"}]},
        {"name":"t","type":"payload","length":"rest"}]})";
    writeSeedsIfAsked(*argc, *argv, {format + QByteArray("\0\x5a\x0b\0\1a\0\1\0\0\xac\x41{}", 15)});
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t length)
{
    const QByteArrayView all(reinterpret_cast<const char *>(data), qsizetype(length));
    const qsizetype end = all.indexOf('\0');
    const auto decoder = readDescription(all.first(end < 0 ? all.size() : end).toByteArray(), QStringLiteral("x"));
    if (!decoder || end < 0)
        return 0;
    const QByteArrayView message = all.sliced(end + 1);
    (void)decoder.value()->confidence(message);
    const decode::Decoded decoded = decoder.value()->decode(message);
    if (decoded.ok() && (decoded.used == 0 || decoded.used > quint64(message.size())))
        std::abort();
    return 0;
}
