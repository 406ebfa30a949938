// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/redact/bytetext.h"
#include "core/redact/maskpattern.h"

#include <span>
#include <vector>

namespace forkscope {

/// Finds patterns in a stream of bytes that comes in pieces, wherever the pieces end, and masks them.
///
/// A match is decided when no byte to come could change it: an expression that has run into the end of what is known waits for
/// more. It waits for kLongestMatch bytes; where it still goes on then, so many bytes are masked and counted as overlong.
/// Memory does not grow with the stream. One thread.
class StreamMasker
{
public:
    static constexpr quint64 kLongestMatch = 256 * 1024;
    static constexpr char kMask = '*';

    /// What one pattern found.
    struct Count {
        quint64 matches = 0;
        quint64 bytes = 0; ///< of the matches; other patterns may have masked them too
        quint64 overlong = 0;
    };

    /// The patterns must outlive it.
    explicit StreamMasker(const QList<MaskPattern> &patterns);

    void feed(QByteArrayView bytes);
    /// Looks through what was fed; last: nothing follows, or something is missing before what follows. Nothing: all is well; else
    /// the pattern that is too costly to be followed: what it would have masked is not known.
    std::optional<qsizetype> scan(bool last);

    quint64 decided() const { return m_decided; } ///< bytes from the start of the stream that can be masked now
    quint64 end() const { return m_begin + quint64(m_window.size()); } ///< bytes that were fed
    /// How much should be fed before the next scan, so that a match that waits is not looked at again and again.
    quint64 wanted() const { return std::max<quint64>(64 * 1024, end() - m_decided); }

    struct Masked {
        quint64 bytes = 0;
        qsizetype first = 0; ///< where the first of them is
    };
    /// Overwrites what was found; line ends stay. Positions ascend from call to call, up to decided().
    Masked mask(quint64 position, char *bytes, qsizetype size);

    std::span<const Count> counts() const { return m_counts; } ///< by pattern

    /// All in one, of a text that stands alone; returns as scan(). The counts add up.
    static std::optional<qsizetype> maskAll(const QList<MaskPattern> &patterns, QByteArray &text, std::vector<Count> &counts);

private:
    struct Range {
        quint64 begin, end;
    };
    bool scanFor(qsizetype pattern, bool last);
    void found(qsizetype pattern, quint64 begin, quint64 end);
    void mergeRanges();

    const QList<MaskPattern> &m_patterns;
    QByteArray m_window; ///< what is not decided, and a little before it for expressions that look back
    quint64 m_begin = 0; ///< of the window, in the stream
    quint64 m_decided = 0;
    std::vector<quint64> m_resume; ///< by pattern: where it goes on
    std::vector<Count> m_counts;
    std::vector<Range> m_ranges; ///< to be masked, ascending, without overlap …
    size_t m_nextRange = 0; ///< … of which those before this one are done
    ByteText m_text;
};

} // namespace forkscope
