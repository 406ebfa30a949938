// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/launch/childactions.h"

#include "core/launch/signals.h"

#include <QCoreApplication>
#include <QFile>
#include <QStringList>

#include <fcntl.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>

namespace forkscope {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(LaunchSpec)
};

struct ResourceEntry {
    __rlimit_resource number;
    const char *name;
};

/// In the order of SetResourceLimit::Resource.
constexpr ResourceEntry kResources[] = {{RLIMIT_CORE, "RLIMIT_CORE"}, {RLIMIT_CPU, "RLIMIT_CPU"}, {RLIMIT_DATA, "RLIMIT_DATA"},
    {RLIMIT_FSIZE, "RLIMIT_FSIZE"}, {RLIMIT_MEMLOCK, "RLIMIT_MEMLOCK"}, {RLIMIT_NOFILE, "RLIMIT_NOFILE"},
    {RLIMIT_NPROC, "RLIMIT_NPROC"}, {RLIMIT_STACK, "RLIMIT_STACK"}, {RLIMIT_AS, "RLIMIT_AS"}};

struct PolicyEntry {
    int number;
    const char *name;
};

/// In the order of SetSchedulingPolicy::Policy.
constexpr PolicyEntry kPolicies[] = {{SCHED_OTHER, "SCHED_OTHER"}, {SCHED_BATCH, "SCHED_BATCH"}, {SCHED_IDLE, "SCHED_IDLE"},
    {SCHED_FIFO, "SCHED_FIFO"}, {SCHED_RR, "SCHED_RR"}};

constexpr const char *kIoClasses[] = {"none", "real-time", "best-effort", "idle"};

/// Of the kernel's linux/ioprio.h, which Debian's headers do not export in full.
constexpr int kIoPriorityShift = 13;
constexpr int kIoPriorityOfProcess = 1;

// Everything below runs in the child: async-signal-safe, and not instrumented (see ChildSetup::execute()).
struct Performer {
    [[gnu::no_sanitize_address]] int operator()(const SetNice &action) const noexcept
    {
        errno = 0; // −1 is also a nice value
        return nice(action.increment) == -1 ? errno : 0;
    }

    [[gnu::no_sanitize_address]] int operator()(const SetIoPriority &action) const noexcept
    {
        const int level = action.ioClass == SetIoPriority::Class::Idle ? 0 : action.level;
        const int priority = int(action.ioClass) << kIoPriorityShift | level;
        return syscall(SYS_ioprio_set, kIoPriorityOfProcess, 0, priority) != 0 ? errno : 0;
    }

    [[gnu::no_sanitize_address]] int operator()(const SetCpuAffinity &action) const noexcept
    {
        cpu_set_t cpus;
        CPU_ZERO(&cpus);
        for (const int cpu : action.cpus)
            CPU_SET(cpu, &cpus);
        return sched_setaffinity(0, sizeof cpus, &cpus) != 0 ? errno : 0;
    }

    [[gnu::no_sanitize_address]] int operator()(const SetResourceLimit &action) const noexcept
    {
        const auto resource = kResources[size_t(action.resource)].number;
        rlimit limit;
        if (getrlimit(resource, &limit) != 0)
            return errno;
        if (action.hard)
            limit.rlim_max = rlim_t(*action.hard);
        limit.rlim_cur = action.soft ? rlim_t(*action.soft) : limit.rlim_max;
        return setrlimit(resource, &limit) != 0 ? errno : 0;
    }

    [[gnu::no_sanitize_address]] int operator()(const SetSchedulingPolicy &action) const noexcept
    {
        sched_param parameters{};
        parameters.sched_priority = action.priority;
        return sched_setscheduler(0, kPolicies[size_t(action.policy)].number, &parameters) != 0 ? errno : 0;
    }

    [[gnu::no_sanitize_address]] int operator()(const SetOomScoreAdjust &action) const noexcept
    {
        char text[8];
        size_t at = sizeof text;
        unsigned value = unsigned(action.value < 0 ? -action.value : action.value);
        do {
            text[--at] = char('0' + value % 10);
            value /= 10;
        } while (value);
        if (action.value < 0)
            text[--at] = '-';
        const int fd = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
        if (fd < 0)
            return errno;
        const int result = write(fd, text + at, sizeof text - at) < 0 ? errno : 0;
        close(fd);
        return result;
    }

    [[gnu::no_sanitize_address]] int operator()(const ChangeDirectory &action) const noexcept
    {
        return chdir(action.path.constData()) != 0 ? errno : 0;
    }

    [[gnu::no_sanitize_address]] int operator()(const SetUmask &action) const noexcept
    {
        umask(mode_t(action.mask));
        return 0;
    }

    [[gnu::no_sanitize_address]] int operator()(const NoNewPrivileges &) const noexcept
    {
        return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ? errno : 0;
    }

    [[gnu::no_sanitize_address]] int operator()(const SetParentDeathSignal &action) const noexcept
    {
        return prctl(PR_SET_PDEATHSIG, action.signal, 0, 0, 0) != 0 ? errno : 0;
    }
};

struct Describer {
    QString operator()(const SetNice &action) const
    {
        return QStringLiteral("nice %1%2").arg(action.increment < 0 ? QString() : QStringLiteral("+")).arg(action.increment);
    }
    QString operator()(const SetIoPriority &action) const
    {
        const QString name = QLatin1String(kIoClasses[size_t(action.ioClass)]);
        return action.ioClass == SetIoPriority::Class::Idle ? QStringLiteral("ionice %1").arg(name)
                                                            : QStringLiteral("ionice %1 %2").arg(name).arg(action.level);
    }
    QString operator()(const SetCpuAffinity &action) const
    {
        QStringList cpus;
        for (const int cpu : action.cpus)
            cpus.append(QString::number(cpu));
        return QStringLiteral("CPU affinity %1").arg(cpus.join(u','));
    }
    QString operator()(const SetResourceLimit &action) const
    {
        const auto value
            = [](const std::optional<quint64> &limit) { return limit ? QString::number(*limit) : QStringLiteral("unlimited"); };
        const QString text = QStringLiteral("%1 %2").arg(QLatin1String(resourceName(action.resource)), value(action.soft));
        return action.hard ? QStringLiteral("%1:%2").arg(text, value(action.hard)) : text;
    }
    QString operator()(const SetSchedulingPolicy &action) const
    {
        const QString name = QLatin1String(kPolicies[size_t(action.policy)].name);
        return action.priority ? QStringLiteral("%1 %2").arg(name).arg(action.priority) : name;
    }
    QString operator()(const SetOomScoreAdjust &action) const { return QStringLiteral("oom_score_adj %1").arg(action.value); }
    QString operator()(const ChangeDirectory &action) const
    {
        return QStringLiteral("chdir %1").arg(QFile::decodeName(action.path));
    }
    QString operator()(const SetUmask &action) const
    {
        return QStringLiteral("umask %1").arg(action.mask, 4, 8, QLatin1Char('0'));
    }
    QString operator()(const NoNewPrivileges &) const { return QStringLiteral("no_new_privs"); }
    QString operator()(const SetParentDeathSignal &action) const
    {
        return QStringLiteral("parent death signal %1").arg(signalName(action.signal));
    }
};

struct FaultFinder {
    using Fault = std::optional<QString>;

    static Fault outside(int value, int least, int most, const char *what)
    {
        if (value >= least && value <= most)
            return {};
        return Text::tr("%1: %2 is not between %3 and %4").arg(QLatin1String(what)).arg(value).arg(least).arg(most);
    }

    Fault operator()(const SetNice &action) const { return outside(action.increment, -40, 39, "nice"); }
    Fault operator()(const SetIoPriority &action) const { return outside(action.level, 0, 7, "ionice"); }
    Fault operator()(const SetCpuAffinity &action) const
    {
        if (action.cpus.isEmpty())
            return Text::tr("CPU affinity: at least one CPU is needed");
        for (const int cpu : action.cpus)
            if (const Fault fault = outside(cpu, 0, CPU_SETSIZE - 1, "CPU"))
                return fault;
        return {};
    }
    Fault operator()(const SetResourceLimit &action) const
    {
        if (action.hard && (!action.soft || *action.soft > *action.hard))
            return Text::tr("%1: the soft limit is above the hard one").arg(QLatin1String(resourceName(action.resource)));
        return {};
    }
    Fault operator()(const SetSchedulingPolicy &action) const
    {
        const bool realTime
            = action.policy == SetSchedulingPolicy::Policy::Fifo || action.policy == SetSchedulingPolicy::Policy::RoundRobin;
        return outside(action.priority, realTime ? 1 : 0, realTime ? 99 : 0, kPolicies[size_t(action.policy)].name);
    }
    Fault operator()(const SetOomScoreAdjust &action) const { return outside(action.value, -1000, 1000, "oom_score_adj"); }
    Fault operator()(const ChangeDirectory &action) const
    {
        if (action.path.isEmpty() || action.path.contains('\0'))
            return Text::tr("chdir: the directory needs a name without NUL bytes");
        return {};
    }
    Fault operator()(const SetUmask &action) const
    {
        if (action.mask >= 0 && action.mask <= 0777)
            return {};
        return Text::tr("umask: it lies between 0 and 0777 (octal)");
    }
    Fault operator()(const NoNewPrivileges &) const { return {}; }
    Fault operator()(const SetParentDeathSignal &action) const { return outside(action.signal, 1, SIGRTMAX, "signal"); }
};

} // namespace

const char *resourceName(SetResourceLimit::Resource resource)
{
    return kResources[size_t(resource)].name;
}

QString childActionText(const ChildAction &action)
{
    return std::visit(Describer(), action);
}

std::optional<QString> childActionFault(const ChildAction &action)
{
    return std::visit(FaultFinder(), action);
}

int performChildAction(const ChildAction &action) noexcept
{
    return std::visit(Performer(), action);
}

} // namespace forkscope
