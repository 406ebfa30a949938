// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/redact/bytetext.h"

#include "core/output/utf8.h"

#include <algorithm>

namespace forkscope {

namespace {

constexpr char16_t kPrivateUse = 0xF700;

/// How long a character is that begins with this byte; 1 where none does.
int expectedLength(char lead)
{
    const auto byte = quint8(lead);
    return byte >= 0xF0 && byte < 0xF8 ? 4 : byte >= 0xE0 ? (byte < 0xF0 ? 3 : 1) : byte >= 0xC0 ? 2 : 1;
}

} // namespace

void ByteText::assign(QByteArrayView bytes, bool cut)
{
    m_starts.clear();
    m_byteCount = bytes.size();
    if (std::all_of(bytes.begin(), bytes.end(), [](char c) { return c >= 0; })) {
        m_text = QString::fromLatin1(bytes);
        return;
    }
    m_text.clear();
    m_text.reserve(bytes.size());
    m_starts.reserve(size_t(bytes.size()) + 1);
    for (qsizetype at = 0; at < bytes.size();) {
        const auto [code, length] = firstCharacter(bytes.sliced(at));
        if (length == 0) {
            if (cut && at + expectedLength(bytes[at]) > bytes.size()) {
                m_byteCount = at;
                break;
            }
            m_text.append(QChar(char16_t(kPrivateUse + quint8(bytes[at]))));
        } else if (QChar::requiresSurrogates(code)) {
            m_text.append(QChar(QChar::highSurrogate(code)));
            m_text.append(QChar(QChar::lowSurrogate(code)));
        } else {
            m_text.append(QChar(char16_t(code)));
        }
        m_starts.resize(size_t(m_text.size()), quint32(at));
        at += std::max(length, 1);
    }
    m_starts.push_back(quint32(m_byteCount));
}

qsizetype ByteText::positionOf(qsizetype byte) const
{
    if (m_starts.empty())
        return byte;
    return std::lower_bound(m_starts.begin(), m_starts.end(), quint32(byte)) - m_starts.begin();
}

} // namespace forkscope
