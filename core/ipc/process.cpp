// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ipc/process.h"

#include "core/ipc/childstart.h"
#include "core/ipc/processprivate.h"
#include "core/ipc/worker.h"

#include <QCoreApplication>

#include <unistd.h>

#include <csignal>
#include <stdexcept>

namespace forkscope::ipc {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(ipc::Process)
};

QString startTheProcess()
{
    return Text::tr("start the process");
}

} // namespace

Process::Process(const QByteArray &function, Arguments arguments, ProcessOptions options) : Process(std::move(options))
{
    d->function = QString::fromUtf8(function);
    d->arguments = std::move(arguments);
}

Process::Process(ProcessOptions options) : d(std::make_unique<Private>())
{
    const ProcessInfo self = currentProcess();
    d->options = std::move(options);
    d->creator = self.pid;
    d->identity = self.identity;
    d->identity.append(detail::nextChildNumber());
}

Process::~Process() = default;

QString Process::name() const
{
    if (!d->options.name.isEmpty())
        return d->options.name;
    QStringList numbers;
    for (const int number : d->identity)
        numbers += QString::number(number);
    return detail::typeName(typeid(*this)).section(QLatin1String("::"), -1) + QLatin1Char('-') + numbers.join(QLatin1Char(':'));
}

bool Process::isDaemon() const
{
    return d->options.daemon;
}

qint32 Process::pid() const
{
    return d->info.pid;
}

qint32 Process::parentPid() const
{
    return d->creator;
}

Result<void> Process::canStart() const
{
    const auto no = [this](const QString &why) { return Error::invalid(startTheProcess(), why, name()); };
    if (d->closed)
        return Error{ErrorCode::Closed, 0, startTheProcess(), name(), {}};
    if (d->info.pid != 0)
        return no(Text::tr("a process is started once"));
    if (d->creator != getpid())
        return no(Text::tr("it belongs to the process in which it was made (%1)").arg(d->creator));
    if (currentProcess().daemon)
        return no(Text::tr("this process is a daemon, and daemons may not have children"));
    return d->arguments.check();
}

Result<void> Process::start()
{
    (void)detail::liveChildren(); // reaps those that have ended
    if (const auto can = canStart(); !can)
        return can.error();
    const ProcessInfo info{name(), 0, d->creator, d->options.daemon, d->identity};
    auto started = d->options.startMethod == StartMethod::Fork ? ChildStart::fork(*this, info) : ChildStart::spawn(*this, info);
    if (!started)
        return started.error();
    d->arguments = {};
    const std::lock_guard lock(d->mutex);
    d->started = std::move(started).value();
    d->info = d->started->info();
    detail::addChild(d->started);
    return {};
}

Result<std::shared_ptr<StartedProcess>> Process::usable(const QString &tried) const
{
    const std::lock_guard lock(d->mutex);
    if (d->closed)
        return Error{ErrorCode::Closed, 0, tried, name(), {}};
    if (!d->started)
        return Error::invalid(tried, Text::tr("it was not started"), name());
    if (d->creator != getpid())
        return Error::invalid(tried, Text::tr("it is no child of this process, but of %1").arg(d->creator), name());
    return d->started;
}

Result<void> Process::join(QDeadlineTimer deadline)
{
    const QString tried = Text::tr("wait for the process");
    auto process = usable(tried);
    if (!process)
        return process.error();
    if (!process.value()->wait(deadline))
        return Error{ErrorCode::TimedOut, 0, tried, name(), {}};
    detail::removeChild(process.value());
    return {};
}

bool Process::isAlive() const
{
    const auto process = usable({});
    return process && !process.value()->child().poll();
}

Result<void> Process::signal(int number, const QString &tried)
{
    auto process = usable(tried);
    return process ? process.value()->child().sendSignal(number) : process.error();
}

Result<void> Process::terminate()
{
    return signal(SIGTERM, Text::tr("terminate the process"));
}

Result<void> Process::kill()
{
    return signal(SIGKILL, Text::tr("kill the process"));
}

std::optional<ProcessResult> Process::result() const
{
    std::shared_ptr<StartedProcess> process;
    {
        const std::lock_guard lock(d->mutex);
        if (d->closed || !d->started)
            return d->result;
        process = d->started;
    }
    return process->result();
}

std::optional<int> Process::exitCode() const
{
    const auto ended = result();
    return ended ? ended->exitCode : std::nullopt;
}

Result<int> Process::sentinel() const
{
    auto process = usable(Text::tr("watch the process"));
    if (!process)
        return process.error();
    return process.value()->child().descriptor();
}

Result<void> Process::close()
{
    auto ended = result();
    const std::lock_guard lock(d->mutex);
    if (d->started && !ended)
        return Error::invalid(
            Text::tr("close the process"), Text::tr("it still runs: end it, or wait for it with join(), first"), name());
    if (!d->closed)
        d->result = std::move(ended);
    d->closed = true;
    if (d->started)
        detail::removeChild(d->started);
    d->started.reset();
    d->arguments = {};
    return {};
}

void Process::run()
{
    if (d->function.isEmpty())
        return;
    const FunctionBody body = detail::findFunction(d->function);
    if (!body)
        throw std::runtime_error("no function “" + d->function.toStdString() + "” is registered in this program ("
            + detail::programPath().toStdString() + ")");
    body(d->arguments);
}

void Process::save(Arguments &) const { }

void Process::restore(Arguments &) { }

} // namespace forkscope::ipc
