// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>

#include <optional>
#include <variant>

namespace forkscope {

/// Steps that the child takes between fork and exec: what Python's preexec_fn is used for, as data. They run in the order of the
/// list, after redirection, session, cwd, umask and identity (so without the rights of a user that was left). The first
/// that fails ends the start; StartFailed names it with its errno.

/// Adds to the nice value: nice(2). Below 0 only with a privilege (RLIMIT_NICE, CAP_SYS_NICE).
struct SetNice {
    int increment = 0; ///< −40 … 39
    friend bool operator==(const SetNice &, const SetNice &) = default;
};

/// ioprio_set(2).
struct SetIoPriority {
    enum class Class : quint8 { RealTime = 1, BestEffort = 2, Idle = 3 };
    Class ioClass = Class::BestEffort;
    int level = 4; ///< 0 (first) … 7 (last); ignored with Idle
    friend bool operator==(const SetIoPriority &, const SetIoPriority &) = default;
};

/// sched_setaffinity(2).
struct SetCpuAffinity {
    QList<int> cpus; ///< numbers from 0; at least one
    friend bool operator==(const SetCpuAffinity &, const SetCpuAffinity &) = default;
};

/// setrlimit(2).
struct SetResourceLimit {
    enum class Resource : quint8 {
        Core, ///< bytes
        CpuTime, ///< seconds
        DataSize, ///< bytes
        FileSize, ///< bytes
        LockedMemory, ///< bytes
        OpenFiles, ///< highest descriptor + 1
        Processes, ///< of the user
        StackSize, ///< bytes
        AddressSpace, ///< bytes
    };
    Resource resource = Resource::AddressSpace;
    std::optional<quint64> soft; ///< nothing: unlimited
    std::optional<quint64> hard; ///< nothing: as it is (it can only be lowered without a privilege)
    friend bool operator==(const SetResourceLimit &, const SetResourceLimit &) = default;
};

/// sched_setscheduler(2).
struct SetSchedulingPolicy {
    enum class Policy : quint8 { Other, Batch, Idle, Fifo, RoundRobin };
    Policy policy = Policy::Other;
    int priority = 0; ///< 1 … 99 with Fifo and RoundRobin, else 0
    friend bool operator==(const SetSchedulingPolicy &, const SetSchedulingPolicy &) = default;
};

/// /proc/self/oom_score_adj, proc(5).
struct SetOomScoreAdjust {
    int value = 0; ///< −1000 (never) … 1000 (first)
    friend bool operator==(const SetOomScoreAdjust &, const SetOomScoreAdjust &) = default;
};

/// chdir(2).
struct ChangeDirectory {
    QByteArray path;
    friend bool operator==(const ChangeDirectory &, const ChangeDirectory &) = default;
};

/// umask(2).
struct SetUmask {
    int mask = 022; ///< 0 … 0777
    friend bool operator==(const SetUmask &, const SetUmask &) = default;
};

/// prctl(PR_SET_NO_NEW_PRIVS): setuid programs gain nothing.
struct NoNewPrivileges {
    friend bool operator==(const NoNewPrivileges &, const NoNewPrivileges &) = default;
};

/// prctl(PR_SET_PDEATHSIG): the signal that the child gets when the thread that started it ends.
struct SetParentDeathSignal {
    int signal = 15;
    friend bool operator==(const SetParentDeathSignal &, const SetParentDeathSignal &) = default;
};

using ChildAction = std::variant<SetNice, SetIoPriority, SetCpuAffinity, SetResourceLimit, SetSchedulingPolicy, SetOomScoreAdjust,
    ChangeDirectory, SetUmask, NoNewPrivileges, SetParentDeathSignal>;
using ChildActions = QList<ChildAction>;

/// Runs in the child after all actions, right before exec, in the *parent's memory* while the parent's thread waits (vfork): only
/// async-signal-safe calls (signal-safety(7)), no allocation, no lock, no write to anything that the parent reads later.
/// Returns 0, or the errno with which the start shall fail (stage Hook). For C++ callers; nothing saves it to a file.
using ChildHook = int (*)(void *data) noexcept;

} // namespace forkscope
