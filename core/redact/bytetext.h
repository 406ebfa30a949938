// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QString>

#include <vector>

namespace forkscope {

/// Bytes as text for a regular expression, with the way back to them. Each byte that is not UTF-8 becomes one character of the
/// private use area, U+F700 + byte, so that nothing shifts and nothing is left out. A value.
class ByteText
{
public:
    /// cut: the bytes go on elsewhere; a character that is not whole at their end is left out.
    void assign(QByteArrayView bytes, bool cut = false);

    const QString &text() const { return m_text; }
    qsizetype byteCount() const { return m_byteCount; } ///< of the bytes that are in the text
    qsizetype byteOf(qsizetype position) const { return m_starts.empty() ? position : qsizetype(m_starts[size_t(position)]); }
    qsizetype positionOf(qsizetype byte) const; ///< of the first character that begins there or later

private:
    QString m_text;
    qsizetype m_byteCount = 0;
    std::vector<quint32> m_starts; ///< by position, with the end; empty: a byte is a character
};

} // namespace forkscope
