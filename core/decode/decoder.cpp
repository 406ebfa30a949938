// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/decode/decoder.h"

#include "core/decode/kinds.h"

#include <algorithm>

namespace forkscope::decode {

const QList<const Decoder *> &decoders()
{
    // Never destroyed: there may be threads to the end.
    static const auto *const all
        = new QList<const Decoder *>{&httpDecoder(), &contentLengthDecoder(), &gzipDecoder(), &zstdDecoder(), &pythonDecoder(),
            &pickleDecoder(), &jsonDecoder(), &netstringDecoder(), &jobserverDecoder(), &cborDecoder(), &lengthDecoder(4, true),
            &lengthDecoder(4, false), &lengthDecoder(2, true), &lengthDecoder(2, false), &lengthDecoder(8, true),
            &lengthDecoder(8, false), &lengthDecoder(1, true), &protobufDecoder(), &linesDecoder(), &bytesDecoder()};
    return *all;
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
