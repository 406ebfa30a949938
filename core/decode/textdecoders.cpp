// SPDX-License-Identifier: GPL-3.0-or-later
// Text that people read, and what is not known to be anything.
#include "core/decode/fieldtree.h"
#include "core/decode/kinds.h"

#include <algorithm>

namespace forkscope::decode {

namespace {

class BytesDecoder : public Decoder
{
public:
    const char *name() const override { return "bytes"; }
    int confidence(QByteArrayView) const override { return 1; }
    Decoded decode(QByteArrayView bytes, const Limits &limits) const override
    {
        return complete(quint64(bytes.size()), {"bytes", bytesValue(bytes), 0, 0, {}}, Budget(limits));
    }
};

class LinesDecoder : public Decoder
{
public:
    const char *name() const override { return "lines"; }

    int confidence(QByteArrayView beginning) const override
    {
        if (beginning.isEmpty())
            return 0;
        // The last character may be cut.
        QByteArrayView whole = beginning;
        for (int i = 0; i < 3 && !whole.isEmpty() && !whole.isValidUtf8(); ++i)
            whole.chop(1);
        const bool isText = whole.isValidUtf8() && std::none_of(whole.begin(), whole.end(), [](char c) {
            const auto code = static_cast<unsigned char>(c);
            return code < 0x20 && code != 0x1b && (code < '\b' || code > '\r');
        });
        return !isText ? 0 : beginning.contains('\n') ? 50 : 30;
    }

    Decoded decode(QByteArrayView bytes, const Limits &limits) const override
    {
        if (bytes.isEmpty())
            return partial(1);
        const qsizetype end = bytes.indexOf('\n');
        const qsizetype used = end < 0 ? bytes.size() : end + 1;
        QByteArrayView line = bytes.first(end < 0 ? bytes.size() : end);
        if (end >= 0 && line.endsWith('\r'))
            line.chop(1);
        Field root{"line", quotedText(line), 0, quint64(used), {}};
        return end < 0 ? partial(0, std::move(root), "the line goes on")
                       : complete(quint64(used), std::move(root), Budget(limits));
    }
};

class JobserverDecoder : public Decoder
{
public:
    const char *name() const override { return "jobserver"; }
    int confidence(QByteArrayView beginning) const override
    {
        // make fills its pipe with one and the same byte; "+" since 4.0.
        return !beginning.isEmpty() && std::all_of(beginning.begin(), beginning.end(), [](char c) { return c == '+'; }) ? 40 : 0;
    }
    Decoded decode(QByteArrayView bytes, const Limits &limits) const override
    {
        if (bytes.isEmpty())
            return partial(1);
        return complete(1, {"jobserver token", bytesValue(bytes.first(1)), 0, 1, {}}, Budget(limits));
    }
};

} // namespace

const Decoder &bytesDecoder()
{
    static const BytesDecoder decoder;
    return decoder;
}

const Decoder &linesDecoder()
{
    static const LinesDecoder decoder;
    return decoder;
}

const Decoder &jobserverDecoder()
{
    static const JobserverDecoder decoder;
    return decoder;
}

} // namespace forkscope::decode
