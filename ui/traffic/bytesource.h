// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/journal.h"

#include <QByteArray>

#include <memory>
#include <vector>

namespace forkscope {

/// Bytes that are looked at piece by piece, however many there are. Immutable but for growing; thread-safe.
class ByteSource
{
public:
    virtual ~ByteSource() = default;
    virtual quint64 size() const = 0;
    /// Fewer at the end, and where the recording gave them up meanwhile.
    virtual QByteArray read(quint64 offset, qsizetype length) const = 0;
};

/// What is in memory already.
class HeldBytes : public ByteSource
{
public:
    explicit HeldBytes(QByteArray bytes) : m_bytes(std::move(bytes)) { }
    quint64 size() const override { return quint64(m_bytes.size()); }
    QByteArray read(quint64 offset, qsizetype length) const override
    {
        return offset >= size() ? QByteArray() : m_bytes.mid(qsizetype(offset), length);
    }

private:
    const QByteArray m_bytes;
};

/// The bytes of one message, which may be in several records, straight from the journal.
class MessageBytes : public ByteSource
{
public:
    /// firstRecord: of the message. The journal must outlive it. O(records of the message).
    MessageBytes(const Journal &journal, quint64 firstRecord);

    quint64 size() const override { return m_size; } ///< that were recorded
    QByteArray read(quint64 offset, qsizetype length) const override;
    bool isGivenUp() const { return m_givenUp; } ///< the recording gave up at least a part of it

private:
    struct Piece {
        quint64 record = 0, offset = 0;
    };
    const Journal &m_journal;
    std::vector<Piece> m_pieces;
    quint64 m_size = 0;
    bool m_givenUp = false;
};

} // namespace forkscope
