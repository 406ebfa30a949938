// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/launch/signals.h"

#include <csignal>
#include <cstring>

namespace forkscope {

QString signalName(int number)
{
    if (const char *abbreviation = sigabbrev_np(number))
        return QLatin1String("SIG") + QLatin1String(abbreviation);
    if (number >= SIGRTMIN && number <= SIGRTMAX)
        return number == SIGRTMIN ? QStringLiteral("SIGRTMIN") : QStringLiteral("SIGRTMIN+%1").arg(number - SIGRTMIN);
    return QStringLiteral("signal %1").arg(number);
}

int signalNumber(QLatin1String name)
{
    for (int number = 1; number <= SIGRTMAX; ++number) {
        if (signalName(number) == name)
            return number;
    }
    return 0;
}

QList<int> sendableSignals()
{
    return {SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGSTOP, SIGCONT, SIGKILL, SIGUSR1, SIGUSR2};
}

} // namespace forkscope
