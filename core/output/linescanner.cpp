// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/output/linescanner.h"

#include <algorithm>
#include <cstring>

namespace forkscope {

namespace {

bool isContinuation(char c)
{
    return (quint8(c) & 0xc0) == 0x80;
}

} // namespace

qsizetype LineScanner::take(QByteArrayView bytes)
{
    qsizetype taken = 0;
    if (m_length < kMaxLineBytes) {
        const qsizetype look = std::min<qsizetype>(bytes.size(), kMaxLineBytes - m_length);
        if (look == 0)
            return 0;
        if (const void *feed = std::memchr(bytes.data(), '\n', size_t(look))) {
            m_ended = true;
            taken = static_cast<const char *>(feed) - bytes.data() + 1;
            m_length += quint32(taken);
            return taken;
        }
        taken = look;
        m_length += quint32(look);
    }
    // The full length is reached: take what completes the last character, and a line feed that would stand alone.
    while (m_length >= kMaxLineBytes && taken < bytes.size()) {
        const char c = bytes[taken];
        if (c == '\n') {
            m_ended = true;
            ++m_length;
            return taken + 1;
        }
        if (!isContinuation(c) || m_length >= kMaxLineBytes + 3) {
            m_ended = m_cut = true;
            return taken;
        }
        ++taken;
        ++m_length;
    }
    return taken;
}

} // namespace forkscope
