// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/output/linereader.h"

#include <QHash>

namespace forkscope {

/// What lines become when they are copied or saved.
enum class LineFormat : quint8 {
    Bytes, ///< as they came
    Stamped, ///< time, stream and process before each line; sequences that are obeyed are left out
    Html, ///< a page with the program's colours, and stderr told by a mark
};

/// Writes lines in a format other than Bytes. The index must outlive it.
class LineFormatter
{
public:
    LineFormatter(const LineIndex &index, LineFormat format) : m_index(index), m_format(format) { }

    /// What comes before the first line and behind the last one.
    QByteArray head() const;
    QByteArray foot() const;
    /// Appends the line, or the part of it that bytes holds, with a line feed.
    void append(QByteArray &out, const LineText &line, QByteArrayView bytes);

private:
    const ChannelInfo &channel(ChannelId id);

    const LineIndex &m_index;
    const LineFormat m_format;
    QHash<ChannelId, ChannelInfo> m_channels;
};

} // namespace forkscope
