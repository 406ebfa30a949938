// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/launch/interactiveprograms.h"

#include <algorithm>
#include <string_view>

namespace forkscope {

namespace {

constexpr std::string_view kAlways[] = {"aptitude", "atop", "btop", "dialog", "ed", "elinks", "emacs", "gdb", "gdbtui", "helix",
    "htop", "hx", "iftop", "info", "iotop", "irssi", "joe", "less", "lynx", "man", "mc", "micro", "more", "most", "mutt", "nano",
    "ncdu", "nethogs", "nvim", "passwd", "powertop", "ranger", "screen", "slurmtop", "ssh", "su", "sudoedit", "telnet", "tig",
    "tmux", "top", "vi", "view", "vifm", "vim", "vimdiff", "visudo", "w3m", "watch", "weechat", "whiptail", "zellij"};
/// Only where no argument is a file or a piece of program.
constexpr std::string_view kWithoutArguments[] = {"bash", "bc", "bpython", "csh", "dash", "erl", "fish", "ghci", "guile", "iex",
    "ipython", "ipython3", "irb", "julia", "ksh", "lua", "mariadb", "mysql", "node", "octave", "psql", "ptpython", "python",
    "python3", "R", "redis-cli", "scala", "sh", "sqlite3", "swipl", "tclsh", "zsh"};

template<size_t N> bool holds(const std::string_view (&names)[N], const QByteArray &name)
{
    return std::ranges::find(names, std::string_view(name.constData(), size_t(name.size()))) != std::end(names);
}

} // namespace

bool wantsTerminal(const QByteArrayList &arguments)
{
    if (arguments.isEmpty())
        return false;
    const QByteArray name = arguments.first().mid(arguments.first().lastIndexOf('/') + 1);
    // Batch modes, and ssh with a command to run there.
    if ((name == "top" && arguments.contains("-b")) || (name == "gdb" && arguments.contains("-batch"))
        || (name == "ssh" && arguments.size() > 2))
        return false;
    if (holds(kAlways, name))
        return true;
    // "python3 -i script.py" is interactive as well; "python3 -q" has options only.
    const bool onlyOptions = std::all_of(arguments.begin() + 1, arguments.end(), [](const QByteArray &argument) {
        return argument.startsWith('-') && argument != "-c" && argument != "-m" && argument != "-";
    });
    return holds(kWithoutArguments, name) && (onlyOptions || arguments.value(1) == "-i");
}

} // namespace forkscope
