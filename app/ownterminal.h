// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QSocketNotifier>

#include <memory>
#include <termios.h>

namespace forkscope {

class Process;

/// Connects the terminal that we were started from with the pseudo-terminal of a process: what is typed goes there byte by byte,
/// and the size follows. Puts our terminal back as it was. Main thread.
class OwnTerminal : public QObject
{
public:
    explicit OwnTerminal(Process &process);
    ~OwnTerminal() override;

    /// Columns and rows of our terminal; nothing where we have none.
    static std::optional<std::pair<int, int>> size();
    void followSize();

private:
    void forward();

    Process &m_process;
    std::unique_ptr<QSocketNotifier> m_typed;
    std::optional<termios> m_before;
};

} // namespace forkscope
