// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/decode/decoder.h"

#include <optional>

/// For decoders: how a tree is built within limits, and how values are written.
namespace forkscope::decode {

/// Counts what a decoder makes. One object a decode().
class Budget
{
public:
    explicit Budget(const Limits &limits) : m_limits(limits) { }

    /// Null: there is no room for another one. The field stays where it is until another is added to the same parent.
    Field *add(Field &parent, Field field)
    {
        if (m_fields >= m_limits.fields) {
            m_isLimited = true;
            return nullptr;
        }
        ++m_fields;
        parent.fields.append(std::move(field));
        return &parent.fields.last();
    }
    /// False: too deep.
    bool enter()
    {
        if (m_depth >= m_limits.depth) {
            m_isLimited = true;
            return false;
        }
        ++m_depth;
        return true;
    }
    void leave() { --m_depth; }
    /// For what lies within: less of everything, so that messages in messages come to an end.
    Limits left() const { return {m_limits.depth - m_depth, m_limits.fields - m_fields, m_limits.decompressed / 4}; }
    bool isLimited() const { return m_isLimited; }
    const Limits &limits() const { return m_limits; }

private:
    const Limits m_limits;
    int m_fields = 0, m_depth = 0;
    bool m_isLimited = false;
};

/// As much of a text as a value keeps: some 200 bytes, and no half character.
QByteArrayView shownPart(QByteArrayView utf8);
/// Text on one line, in quotes: control characters, and bytes of what is no UTF-8, as \n, \t, \xHH; cut with "…" and the whole
/// length.
QByteArray quotedText(QByteArrayView utf8);
/// As it is, but for what is no UTF-8: that becomes quotedText().
QByteArray asUtf8(const QByteArray &text);
/// Bytes as text where they are text, else "12 bytes: 0a 0b 0c …".
QByteArray bytesValue(QByteArrayView bytes);
/// An unsigned number of 1 to 8 bytes.
quint64 number(QByteArrayView bytes, bool bigEndian);

Decoded partial(quint64 needed, Field root = {}, QByteArray what = {});
Decoded malformed(quint64 offset, const QByteArray &what, Field root = {});
/// Complete, or Limited where the budget said no.
Decoded complete(quint64 used, Field root, const Budget &budget);

/// Decodes what a frame carries, by guessing, and adds it under `parent`: a field "payload" with its own tree.
void addPayload(Field &parent, QByteArrayView payload, quint64 offset, Budget &budget);

} // namespace forkscope::decode
