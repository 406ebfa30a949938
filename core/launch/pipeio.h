// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/uniquefd.h"
#include "core/launch/textcodec.h"

#include <optional>

namespace forkscope {

/// Our end of a child's stdout or stderr, read with waiting. bufsize as Python has it: 0 reads from the pipe no more than was
/// asked for; otherwise up to that many bytes ahead. Not thread-safe.
class PipeReader
{
public:
    /// bufferSize −1 and 1: 8 KiB. The codec is for the functions that return text.
    PipeReader(UniqueFd fd, int bufferSize, std::optional<TextCodec> codec);

    /// Waits for that many bytes, or for the end of file: then fewer (none: the end). Negative: all until the end.
    Result<QByteArray> read(qint64 bytes = -1);
    /// Up to and including the next newline, or the end of file.
    Result<QByteArray> readLine();
    /// The same in text, newlines translated; only in text mode, and then instead of the functions above.
    Result<QString> readTextLine();

    int descriptor() const { return m_fd.get(); }
    bool isOpen() const { return bool(m_fd); }
    void close() { m_fd.reset(); }

private:
    friend class Popen;
    Result<bool> fill(qint64 most);

    UniqueFd m_fd;
    qint64 m_bufferSize;
    QByteArray m_ahead;
    std::optional<TextCodec> m_codec;
    NewlineTranslator m_newlines;
    QString m_text;
    bool m_end = false;
};

/// Our end of a child's stdin, written with waiting. bufsize 0 writes at once, 1 (in text mode) at each newline, otherwise when
/// so many bytes wait. Writing to a child that reads no more is an error with EPIPE. Not thread-safe.
class PipeWriter
{
public:
    PipeWriter(UniqueFd fd, int bufferSize, std::optional<TextCodec> codec);
    /// Flushes; nobody is told whether that worked. Call close() to know.
    ~PipeWriter();
    Q_DISABLE_COPY_MOVE(PipeWriter)

    Result<void> write(QByteArrayView bytes);
    /// Only in text mode.
    Result<void> writeText(QStringView text);
    Result<void> flush();
    /// Flushes and closes: the child sees the end of input.
    Result<void> close();

    int descriptor() const { return m_fd.get(); }
    bool isOpen() const { return bool(m_fd); }

private:
    friend class Popen;

    UniqueFd m_fd;
    qint64 m_bufferSize;
    bool m_byLine;
    QByteArray m_waiting;
    std::optional<TextCodec> m_codec;
};

} // namespace forkscope
