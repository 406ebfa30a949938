// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/launch/childstepwords.h"

#include "core/launch/signals.h"
#include "ui/widgets/bytestext.h"
#include "ui/widgets/quantity.h"

#include <QCoreApplication>

namespace forkscope {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ChildStepWords)
};

using Resource = SetResourceLimit::Resource;

struct Describer {
    QString operator()(const SetNice &step) const
    {
        return Words::tr("Nice value %1%2")
            .arg(step.increment < 0 ? QStringLiteral("−") : QStringLiteral("+"))
            .arg(std::abs(step.increment));
    }
    QString operator()(const SetIoPriority &step) const
    {
        switch (step.ioClass) {
        case SetIoPriority::Class::RealTime:
            return Words::tr("Disk priority real time, level %1").arg(step.level);
        case SetIoPriority::Class::BestEffort:
            return Words::tr("Disk priority best effort, level %1").arg(step.level);
        case SetIoPriority::Class::Idle:
            break;
        }
        return Words::tr("Disk priority idle");
    }
    QString operator()(const SetCpuAffinity &step) const { return Words::tr("On CPU %1").arg(numberListText(step.cpus)); }
    QString operator()(const SetResourceLimit &step) const
    {
        const QString soft = step.soft ? ChildStepWords::limitText(step.resource, *step.soft) : Words::tr("unlimited");
        const QString name = ChildStepWords::resourceName(step.resource);
        return step.hard ? Words::tr("%1: %2, at most %3").arg(name, soft, ChildStepWords::limitText(step.resource, *step.hard))
                         : Words::tr("%1: %2").arg(name, soft);
    }
    QString operator()(const SetSchedulingPolicy &step) const
    {
        switch (step.policy) {
        case SetSchedulingPolicy::Policy::Other:
            return Words::tr("Scheduled as usual");
        case SetSchedulingPolicy::Policy::Batch:
            return Words::tr("Scheduled as a batch job");
        case SetSchedulingPolicy::Policy::Idle:
            return Words::tr("Scheduled when idle");
        case SetSchedulingPolicy::Policy::Fifo:
            return Words::tr("Scheduled in real time (FIFO), priority %1").arg(step.priority);
        case SetSchedulingPolicy::Policy::RoundRobin:
            break;
        }
        return Words::tr("Scheduled in real time (round robin), priority %1").arg(step.priority);
    }
    QString operator()(const SetOomScoreAdjust &step) const
    {
        return Words::tr("Out-of-memory score %1%2")
            .arg(step.value < 0 ? QStringLiteral("−") : QStringLiteral("+"))
            .arg(std::abs(step.value));
    }
    QString operator()(const ChangeDirectory &step) const { return Words::tr("Change to %1").arg(textOfBytes(step.path)); }
    QString operator()(const SetUmask &step) const
    {
        return Words::tr("File mode mask %1").arg(ChildStepWords::maskText(step.mask));
    }
    QString operator()(const NoNewPrivileges &) const { return Words::tr("No new privileges"); }
    QString operator()(const SetParentDeathSignal &step) const
    {
        return Words::tr("%1 when Forkscope ends").arg(signalName(step.signal));
    }
};

} // namespace

QString ChildStepWords::describe(const ChildAction &action)
{
    return std::visit(Describer(), action);
}

QString ChildStepWords::resourceName(Resource resource)
{
    switch (resource) {
    case Resource::Core:
        return Words::tr("Core dump");
    case Resource::CpuTime:
        return Words::tr("CPU time");
    case Resource::DataSize:
        return Words::tr("Data segment");
    case Resource::FileSize:
        return Words::tr("Written file");
    case Resource::LockedMemory:
        return Words::tr("Locked memory");
    case Resource::OpenFiles:
        return Words::tr("Open files");
    case Resource::Processes:
        return Words::tr("Processes of the user");
    case Resource::StackSize:
        return Words::tr("Stack");
    case Resource::AddressSpace:
        break;
    }
    return Words::tr("Address space");
}

QString ChildStepWords::resourcePython(Resource resource)
{
    static const char *const names[] = {"CORE", "CPU", "DATA", "FSIZE", "MEMLOCK", "NOFILE", "NPROC", "STACK", "AS"};
    return QLatin1String("resource.RLIMIT_") + QLatin1String(names[int(resource)]);
}

bool ChildStepWords::isTime(Resource resource)
{
    return resource == Resource::CpuTime;
}

bool ChildStepWords::isSize(Resource resource)
{
    return !isTime(resource) && resource != Resource::OpenFiles && resource != Resource::Processes;
}

QString ChildStepWords::limitText(Resource resource, quint64 value)
{
    constexpr quint64 kLongest = 1'000'000'000; // seconds; above, the number says as much
    if (isTime(resource) && value < kLongest)
        return durationInputText(std::chrono::seconds(value));
    return isSize(resource) ? sizeInputText(value) : QString::number(value);
}

Result<quint64> ChildStepWords::parseLimit(Resource resource, const QString &text)
{
    if (isSize(resource))
        return parseSize(text);
    bool isNumber = false;
    if (const quint64 number = text.trimmed().toULongLong(&isNumber); isNumber)
        return number;
    if (!isTime(resource))
        return Error::invalid(Words::tr("read the limit"), Words::tr("this limit is a whole number"));
    const auto duration = parseDuration(text);
    if (!duration)
        return duration.error();
    if (duration.value().count() % 1000 != 0)
        return Error::invalid(Words::tr("read the limit"), Words::tr("this limit is in whole seconds"));
    return quint64(duration.value().count() / 1000);
}

Result<int> ChildStepWords::parseMask(const QString &text)
{
    bool isOctal = false;
    const int mask = text.trimmed().toInt(&isOctal, 8);
    if (!isOctal || mask < 0 || mask > 0777)
        return Error::invalid(Words::tr("read the mask"), Words::tr("a mask is octal, from 0 to 777, as in 022"));
    return mask;
}

QString ChildStepWords::maskText(int mask)
{
    return QStringLiteral("%1").arg(mask, 3, 8, QLatin1Char('0'));
}

} // namespace forkscope
