// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ownterminal.h"

#include "core/launch/process.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>

namespace forkscope {

OwnTerminal::OwnTerminal(Process &process) : m_process(process)
{
    termios settings;
    if (tcgetattr(STDIN_FILENO, &settings) == 0) {
        m_before = settings;
        cfmakeraw(&settings);
        tcsetattr(STDIN_FILENO, TCSADRAIN, &settings);
    }
    m_typed = std::make_unique<QSocketNotifier>(STDIN_FILENO, QSocketNotifier::Read);
    connect(m_typed.get(), &QSocketNotifier::activated, this, &OwnTerminal::forward);
}

OwnTerminal::~OwnTerminal()
{
    if (m_before)
        tcsetattr(STDIN_FILENO, TCSADRAIN, &*m_before);
}

std::optional<std::pair<int, int>> OwnTerminal::size()
{
    winsize size{};
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0)
        return {};
    return std::pair(int(size.ws_col), int(size.ws_row));
}

void OwnTerminal::followSize()
{
    if (const auto now = size())
        m_process.resizeTerminal(now->first, now->second);
}

void OwnTerminal::forward()
{
    char bytes[4096];
    const auto count = read(STDIN_FILENO, bytes, sizeof bytes);
    if (count > 0) {
        (void)m_process.writeInput(QByteArray(bytes, count)); // it may just have ended
        return;
    }
    if (count < 0 && (errno == EINTR || errno == EAGAIN))
        return;
    m_typed->setEnabled(false);
    m_process.closeInput();
}

} // namespace forkscope
