// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/launch/pipeio.h"

#include <QCoreApplication>

#include <poll.h>
#include <unistd.h>

#include <cerrno>

namespace forkscope {

namespace {

constexpr qint64 kDefaultBuffer = 8192; // io.DEFAULT_BUFFER_SIZE
constexpr qint64 kLargeRead = 256 * 1024;

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(PipeIo)
};

Error closedError(const QString &tried)
{
    return {ErrorCode::Closed, 0, tried, {}, Text::tr("it was closed")};
}

/// Waits where the descriptor does not (communicate() makes it so).
void waitFor(int fd, short events)
{
    pollfd ready{fd, events, 0};
    poll(&ready, 1, -1);
}

} // namespace

PipeReader::PipeReader(UniqueFd fd, int bufferSize, std::optional<TextCodec> codec)
    : m_fd(std::move(fd)), m_bufferSize(bufferSize < 0 || bufferSize == 1 ? kDefaultBuffer : bufferSize),
      m_codec(std::move(codec))
{
}

/// Reads once, at most so many bytes, into m_ahead. False at the end of file.
Result<bool> PipeReader::fill(qint64 most)
{
    const QString tried = Text::tr("read from the child");
    if (!m_fd)
        return closedError(tried);
    const qsizetype before = m_ahead.size();
    m_ahead.resize(before + most);
    for (;;) {
        const auto got = ::read(m_fd.get(), m_ahead.data() + before, size_t(most));
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0 && errno == EAGAIN) {
            waitFor(m_fd.get(), POLLIN);
            continue;
        }
        const int why = errno;
        m_ahead.resize(before + std::max<ssize_t>(got, 0));
        errno = why;
        if (got < 0 && why != EIO) // EIO: a pseudo-terminal that nobody has open any more
            return Error::fromErrno(tried);
        return got > 0;
    }
}

Result<QByteArray> PipeReader::read(qint64 bytes)
{
    while (bytes < 0 || m_ahead.size() < bytes) {
        const qint64 missing = bytes < 0 ? kLargeRead : bytes - m_ahead.size();
        const auto more = fill(std::max(missing, m_bufferSize));
        if (!more)
            return more.error();
        // Unbuffered, one read(2) is all there is: what came is what is given.
        if (!more.value() || (m_bufferSize == 0 && bytes >= 0))
            break;
    }
    const QByteArray result = bytes < 0 ? m_ahead : m_ahead.first(std::min<qsizetype>(bytes, m_ahead.size()));
    m_ahead.remove(0, result.size());
    return result;
}

Result<QByteArray> PipeReader::readLine()
{
    qsizetype searched = 0;
    for (;;) {
        const qsizetype newline = m_ahead.indexOf('\n', searched);
        if (newline >= 0) {
            const QByteArray line = m_ahead.first(newline + 1);
            m_ahead.remove(0, newline + 1);
            return line;
        }
        searched = m_ahead.size();
        const auto more = fill(std::max<qint64>(m_bufferSize, 1));
        if (!more)
            return more.error();
        if (!more.value())
            return std::exchange(m_ahead, {});
    }
}

Result<QString> PipeReader::readTextLine()
{
    if (!m_codec)
        return Error::invalid(Text::tr("read text from the child"), Text::tr("it was not started in text mode"));
    qsizetype searched = 0;
    for (;;) {
        const qsizetype newline = m_text.indexOf(u'\n', searched);
        if (newline >= 0 || m_end) {
            const QString line = newline >= 0 ? m_text.first(newline + 1) : m_text;
            m_text.remove(0, line.size());
            return line;
        }
        searched = m_text.size();
        const auto more = fill(std::max<qint64>(m_bufferSize, 1));
        if (!more)
            return more.error();
        m_end = !more.value();
        const auto text = m_codec->decode(m_ahead, m_end);
        m_ahead.clear();
        if (!text)
            return text.error();
        m_text += m_newlines.translate(text.value(), m_end);
    }
}

PipeWriter::PipeWriter(UniqueFd fd, int bufferSize, std::optional<TextCodec> codec)
    : m_fd(std::move(fd)), m_bufferSize(bufferSize < 0 || bufferSize == 1 ? kDefaultBuffer : bufferSize),
      m_byLine(bufferSize == 1 && codec), m_codec(std::move(codec))
{
}

PipeWriter::~PipeWriter()
{
    (void)close();
}

Result<void> PipeWriter::write(QByteArrayView bytes)
{
    if (!m_fd)
        return closedError(Text::tr("write to the child"));
    m_waiting.append(bytes);
    if (m_waiting.size() > m_bufferSize || m_bufferSize == 0 || (m_byLine && bytes.contains('\n')))
        return flush();
    return {};
}

Result<void> PipeWriter::writeText(QStringView text)
{
    if (!m_codec)
        return Error::invalid(Text::tr("write text to the child"), Text::tr("it was not started in text mode"));
    const auto bytes = m_codec->encode(text);
    if (!bytes)
        return bytes.error();
    return write(bytes.value());
}

Result<void> PipeWriter::flush()
{
    if (!m_fd)
        return closedError(Text::tr("write to the child"));
    while (!m_waiting.isEmpty()) {
        const auto written = ::write(m_fd.get(), m_waiting.constData(), size_t(m_waiting.size()));
        if (written >= 0)
            m_waiting.remove(0, written);
        else if (errno == EAGAIN)
            waitFor(m_fd.get(), POLLOUT);
        else if (errno != EINTR)
            return Error::fromErrno(Text::tr("write to the child"));
    }
    return {};
}

Result<void> PipeWriter::close()
{
    if (!m_fd)
        return {};
    auto flushed = flush();
    m_waiting.clear();
    m_fd.reset();
    return flushed;
}

} // namespace forkscope
