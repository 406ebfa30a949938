// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/decode/decoder.h"

#include "core/decode/kinds.h"

#include <algorithm>
#include <atomic>
#include <mutex>

namespace forkscope::decode {

namespace {

// Never destroyed: there may be threads to the end.
std::atomic<const QList<const Decoder *> *> &current()
{
    static std::atomic<const QList<const Decoder *> *> all
        = new QList<const Decoder *>{&httpDecoder(), &contentLengthDecoder(), &gzipDecoder(), &zstdDecoder(), &pythonDecoder(),
            &pickleDecoder(), &jsonDecoder(), &netstringDecoder(), &jobserverDecoder(), &cborDecoder(), &lengthDecoder(4, true),
            &lengthDecoder(4, false), &lengthDecoder(2, true), &lengthDecoder(2, false), &lengthDecoder(8, true),
            &lengthDecoder(8, false), &lengthDecoder(1, true), &protobufDecoder(), &linesDecoder(), &bytesDecoder()};
    return all;
}

} // namespace

const QList<const Decoder *> &decoders()
{
    return *current().load(std::memory_order_acquire);
}

void addDecoders(std::vector<std::unique_ptr<const Decoder>> added)
{
    static std::mutex mutex;
    const std::scoped_lock lock(mutex);
    auto *const all = new QList<const Decoder *>;
    for (auto &decoder : added)
        all->append(decoder.release());
    all->append(decoders());
    current().store(all, std::memory_order_release);
}

const Decoder *decoderNamed(QByteArrayView name)
{
    const auto &all = decoders();
    const auto found = std::find_if(all.begin(), all.end(), [name](const Decoder *decoder) { return name == decoder->name(); });
    return found == all.end() ? nullptr : *found;
}

const Decoder *guess(QByteArrayView beginning)
{
    const Decoder *best = &bytesDecoder();
    int most = 0;
    for (const Decoder *decoder : decoders()) {
        const int sure = decoder->confidence(beginning.first(std::min<qsizetype>(beginning.size(), 4096)));
        if (sure > most) {
            most = sure;
            best = decoder;
        }
    }
    return best;
}

} // namespace forkscope::decode
