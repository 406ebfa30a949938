// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/export/utf8joiner.h"

#include <QString>

namespace forkscope {

namespace {

/// How many bytes at the end may be the beginning of a character.
qsizetype begunAtEnd(QByteArrayView bytes)
{
    for (qsizetype length = 1; length <= std::min<qsizetype>(3, bytes.size()); ++length) {
        const auto byte = uchar(bytes[bytes.size() - length]);
        if (byte < 0x80)
            return 0;
        if (byte >= 0xc0)
            return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > length ? length : 0;
    }
    return 0;
}

QByteArray valid(const QByteArray &bytes)
{
    return bytes.isValidUtf8() ? bytes : QString::fromUtf8(bytes).toUtf8();
}

} // namespace

QByteArray Utf8Joiner::add(QByteArrayView bytes)
{
    QByteArray whole = std::exchange(m_begun, {});
    whole.append(bytes);
    const qsizetype begun = begunAtEnd(whole);
    m_begun = whole.last(begun);
    whole.chop(begun);
    return valid(whole);
}

QByteArray Utf8Joiner::finish()
{
    return valid(std::exchange(m_begun, {}));
}

} // namespace forkscope
