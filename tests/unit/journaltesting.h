// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/journalwriter.h"

#include <QtGlobal>

#include <cstring>

/// What the tests of the journal share.
namespace forkscope {

inline std::unique_ptr<JournalWriter> createWriter(const QString &path, quint64 limit = 0)
{
    auto writer = JournalWriter::create(path, {limit});
    if (!writer.ok())
        qFatal("%s", qPrintable(errorText(writer.error())));
    return std::move(writer).value();
}

inline std::unique_ptr<Journal> openJournal(const QString &path)
{
    auto journal = Journal::open(path);
    if (!journal.ok())
        qFatal("%s", qPrintable(errorText(journal.error())));
    return std::move(journal).value();
}

inline ChannelInfo outputOf(const char *name)
{
    return {ChannelId::None, ChannelKind::StandardOutput, LaunchId(7), {11, 12}, name};
}

/// What a producer thread writes: its number, the count, filler of a length that varies.
inline QByteArray numbered(quint32 producer, quint32 i)
{
    QByteArray bytes(8 + i % 300, char('a' + producer % 26));
    std::memcpy(bytes.data(), &producer, 4);
    std::memcpy(bytes.data() + 4, &i, 4);
    return bytes;
}

} // namespace forkscope
