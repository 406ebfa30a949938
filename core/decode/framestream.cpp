// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/decode/framestream.h"

#include "core/decode/kinds.h"

namespace forkscope::decode {

namespace {

constexpr qsizetype kLongestMessage = 64 << 20; ///< bytes; what is longer comes as bytes

} // namespace

void FrameStream::add(QByteArrayView piece, const Visitor &visit)
{
    m_bytes.append(piece);
    take(visit, false);
}

void FrameStream::finish(const Visitor &visit)
{
    take(visit, true);
    m_bytes.clear();
}

void FrameStream::take(const Visitor &visit, bool isLast)
{
    qsizetype at = 0;
    while (at < m_bytes.size()) {
        const QByteArrayView rest = QByteArrayView(m_bytes).sliced(at);
        if (!m_decoder)
            m_decoder = guess(rest);
        const Decoded decoded = m_decoder->decode(rest);
        if (decoded.state == Decoded::State::Partial && !isLast && rest.size() < kLongestMessage)
            break;
        if (!decoded.ok()) {
            // Where the next message begins nobody knows: the rest as it is, and a new guess for what follows.
            if (decoded.state == Decoded::State::Partial)
                visit(*m_decoder, decoded, {});
            visit(bytesDecoder(), bytesDecoder().decode(rest), rest);
            at = m_bytes.size();
            m_decoder = m_chosen;
            break;
        }
        visit(*m_decoder, decoded, rest.first(qsizetype(decoded.used)));
        at += qsizetype(decoded.used);
    }
    m_bytes.remove(0, at);
}

} // namespace forkscope::decode
