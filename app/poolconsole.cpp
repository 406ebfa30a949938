// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/poolconsole.h"

#include <poll.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace forkscope {

namespace {

/// 0, or errno.
int writeAll(int fd, QByteArrayView bytes)
{
    for (qsizetype done = 0; done < bytes.size();) {
        const ssize_t put = ::write(fd, bytes.data() + done, size_t(bytes.size() - done));
        if (put > 0) {
            done += put;
        } else if (put < 0 && errno == EAGAIN) { // somebody else has made it so
            pollfd waiting{fd, POLLOUT, 0};
            poll(&waiting, 1, -1);
        } else if (put < 0 && errno != EINTR) {
            return errno;
        }
    }
    return 0;
}

} // namespace

PoolConsole::PoolConsole() : m_isTerminal{isatty(STDOUT_FILENO) == 1, isatty(STDERR_FILENO) == 1} { }

void PoolConsole::write(bool isError, QByteArrayView bytes)
{
    const std::lock_guard lock(m_mutex);
    if (bytes.isEmpty() || (!isError && m_failure != 0))
        return;
    if (m_isTerminal[isError])
        takeAwayProgress();
    const int failed = writeAll(isError ? STDERR_FILENO : STDOUT_FILENO, bytes);
    if (!isError)
        m_failure = failed;
    m_isInLine[isError] = bytes.back() != '\n';
}

void PoolConsole::complain(const QString &message)
{
    write(true, (QStringLiteral("forkscope: ") + message).toLocal8Bit() + '\n');
}

int PoolConsole::failure() const
{
    const std::lock_guard lock(m_mutex);
    return m_failure;
}

bool PoolConsole::isAlone() const
{
    struct stat output {
    };
    fstat(STDOUT_FILENO, &output);
    return m_isTerminal[1] && (m_isTerminal[0] || !S_ISFIFO(output.st_mode)); // behind a pipe there may be a pager
}

void PoolConsole::takeAwayProgress()
{
    if (m_showsProgress && m_isTerminal[1])
        writeAll(STDERR_FILENO, "\r\033[K");
    m_showsProgress = false;
}

void PoolConsole::showProgress(const QString &line)
{
    const std::unique_lock lock(m_mutex, std::try_to_lock);
    if (!lock)
        return;
    if (!m_isTerminal[1]) {
        if (!line.isEmpty() && line != m_lastLine)
            writeAll(STDERR_FILENO, line.toLocal8Bit() + '\n');
        m_lastLine = line;
        return;
    }
    takeAwayProgress();
    if (line.isEmpty() || (m_isTerminal[0] && m_isInLine[0]) || m_isInLine[1])
        return;
    winsize size{};
    const bool known = ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 1;
    writeAll(STDERR_FILENO, line.left((known ? size.ws_col : 80) - 1).toLocal8Bit());
    m_showsProgress = true;
}

} // namespace forkscope
