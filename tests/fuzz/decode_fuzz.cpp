// SPDX-License-Identifier: GPL-3.0-or-later
// libFuzzer's way into every decoder: the first byte chooses one, the rest is what it decodes, message after message.
#include "core/decode/decoder.h"
#include "core/decode/resume.h"
#include "tests/fuzz/seeds.h"

#include <algorithm>

using namespace forkscope::decode;

namespace {

int fieldsWithin(const Field &field, int depth)
{
    if (depth > Limits().depth + 8 || !field.value.isValidUtf8() || field.value.size() > 1000)
        std::abort();
    int count = 1;
    for (const Field &part : field.fields)
        count += fieldsWithin(part, depth + 1);
    return count;
}

QByteArrayList seeds()
{
    const QByteArrayList messages = {"GET /x HTTP/1.1\r\nHost: a\r\nContent-Length: 7\r\n\r\n{\"a\":1}",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", "Content-Length: 2\r\n\r\n{}", "5:hello,",
        "{\"a\":[1,true,null,-2.5e3],\"b\":{\"c\":\"x\\ny\\ud83d\\ude00\"}}\n", QByteArray("\0\0\0\2hi", 6),
        QByteArray("\2\0\0\0hi", 6), QByteArray("\0\0\0\0\0\0\0\2hi", 10), QByteArray("\x80\x02]q\0(K\1K\2e.", 12),
        QByteArray("\x80\x04\x95\x0f\0\0\0\0\0\0\0}\x94\x8c\x01x\x94]\x94(K\x01\x88\x4e"
                   "eu.",
            27),
        QByteArray("\0\0\0\x0c\x80\x02]q\0(K\1K\2e.", 16), QByteArray("\x82\x01\xa1\x61x\xf6", 6),
        QByteArray("\x08\x96\x01\x12\x07testing", 12), QByteArray::fromHex("1f8b08000000000000034b4c4a0600c241243503000000"),
        QByteArray::fromHex("28b52ffd0400190000616263be8bd8d2"), "+++", "one\r\ntwo\n"};
    QByteArrayList all;
    for (qsizetype i = 0; i < decoders().size(); ++i)
        for (const QByteArray &message : messages)
            if (decoders()[i]->confidence(message) > 0)
                all.append(char(i) + message);
    return all;
}

} // namespace

extern "C" int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    writeSeedsIfAsked(*argc, *argv, seeds());
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t length)
{
    if (length == 0)
        return 0;
    const Decoder &decoder = *decoders()[data[0] % decoders().size()];
    QByteArrayView rest(reinterpret_cast<const char *>(data) + 1, qsizetype(length) - 1);
    const int sure = decoder.confidence(rest.first(std::min<qsizetype>(rest.size(), 4096)));
    if (sure < 0 || sure > 100)
        std::abort();
    for (int i = 0; i < 20 && !rest.isEmpty(); ++i) {
        const Decoded decoded = decoder.decode(rest);
        if (fieldsWithin(decoded.root, 0) > Limits().fields + 100)
            std::abort();
        if (decoded.ok() && decoded.used > quint64(rest.size()))
            std::abort();
        if (decoded.state != Decoded::State::Complete && decoded.problem.isEmpty())
            std::abort();
        const qsizetype next = decoded.ok() && decoded.used ? qsizetype(decoded.used) : resumeAt(decoder, rest);
        if (next <= 0)
            break;
        rest = rest.sliced(next);
    }
    return 0;
}
