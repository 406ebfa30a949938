// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ipc/childstart.h"

#include "core/ipc/childrun.h"
#include "core/ipc/processprivate.h"
#include "core/ipc/worker.h"
#include "core/launch/pipepair.h"
#include "core/launch/runcommand.h"
#include "core/monitor/procfs.h"

#include <QCoreApplication>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
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

/// A file without a name that holds this, at most readable by us.
Result<UniqueFd> makeFile(const QByteArray &content)
{
    UniqueFd file = awayFromStandard(UniqueFd(memfd_create("forkscope-process", MFD_CLOEXEC)));
    if (!file || fchmod(file.get(), 0600) != 0)
        return Error::fromErrno(startTheProcess());
    for (qsizetype done = 0; done < content.size();) {
        const ssize_t count = pwrite(file.get(), content.constData() + done, size_t(content.size() - done), done);
        if (count < 0 && errno != EINTR)
            return Error::fromErrno(startTheProcess());
        done += std::max<ssize_t>(count, 0);
    }
    return file;
}

/// What makes a started child a process of ours.
ChildStart::Started watched(ProcessInfo info, std::unique_ptr<ChildHandle> child, UniqueFd file, qint64 reportOffset)
{
    info.pid = child->pid();
    if (child->descriptor() < 0) { // without it nobody could wait for the end
        ::kill(child->pid(), SIGKILL);
        child->wait();
        return Error{ErrorCode::System, EMFILE, startTheProcess(), info.name, {}};
    }
    return std::make_shared<StartedProcess>(std::move(info), std::move(child), std::move(file), reportOffset);
}

QCborArray toCbor(const QList<int> &numbers)
{
    QCborArray array;
    for (const int number : numbers)
        array.append(number);
    return array;
}

LaunchSpec launchSpec(const detail::WorkerCommand &command, int file, QList<int> passed)
{
    LaunchSpec spec;
    spec.arguments = {command.name, "--forkscope-worker=" + QByteArray::number(file)};
    spec.executable = command.executable;
    spec.standardInput.kind = StreamTarget::Kind::Null;
    spec.standardOutput.kind = StreamTarget::Kind::Inherit;
    spec.standardError.kind = StreamTarget::Kind::Inherit;
    spec.passDescriptors = std::move(passed);
    return spec;
}

} // namespace

ChildStart::Started ChildStart::spawn(Process &process, ProcessInfo info)
{
    const auto invalid = [&info](const QString &why) { return Error::invalid(startTheProcess(), why, info.name); };
    const auto command = detail::workerCommand();
    if (!command)
        return command.error();
    const auto lifeline = detail::lifeline();
    if (!lifeline)
        return lifeline.error();

    Arguments state;
    const QString function = process.d->function;
    QString className;
    if (function.isEmpty()) {
        className = detail::classNameOf(typeid(process));
        if (className.isEmpty())
            return invalid(Text::tr("the class %1 is not registered (ProcessClass)").arg(detail::typeName(typeid(process))));
        process.save(state);
        if (const auto complete = state.check(); !complete)
            return complete.error();
    } else if (command.value().isThisProgram && !detail::findFunction(function)) {
        return invalid(Text::tr("no function “%1” is registered").arg(function));
    }
    const Arguments &handed = function.isEmpty() ? state : process.d->arguments;
    const QByteArray message = QCborValue(QCborMap{
                                              {QStringLiteral("function"), function},
                                              {QStringLiteral("class"), className},
                                              {QStringLiteral("arguments"), handed.toCbor()},
                                              {QStringLiteral("name"), info.name},
                                              {QStringLiteral("daemon"), info.daemon},
                                              {QStringLiteral("identity"), toCbor(info.identity)},
                                              {QStringLiteral("parent"), info.parentPid},
                                              {QStringLiteral("parentName"), currentProcess().name},
                                              {QStringLiteral("lifeline"), lifeline.value()},
                                          })
                                   .toCbor();
    auto file = makeFile(message);
    if (!file)
        return file.error();

    LaunchSpec spec = launchSpec(
        command.value(), file.value().get(), handed.descriptors() + QList<int>{file.value().get(), lifeline.value()});
    spec.environment = process.d->options.environment;
    auto prepared = PreparedLaunch::prepare(spec);
    auto *failure = std::get_if<StartFailed>(&prepared);
    if (!failure) {
        auto spawned = ChildHandle::spawn(std::get<PreparedLaunch>(prepared));
        if (auto *child = std::get_if<std::unique_ptr<ChildHandle>>(&spawned))
            return watched(std::move(info), std::move(*child), std::move(file).value(), message.size());
        prepared = std::move(std::get<StartFailed>(spawned));
        failure = std::get_if<StartFailed>(&prepared);
    }
    return Error{ErrorCode::System, failure->systemError, startTheProcess(), info.name, startFailureText(*failure)};
}

ChildStart::Started ChildStart::fork(Process &process, ProcessInfo info)
{
    const auto self = readProcStat(getpid());
    if (!self || self->threads != 1)
        return Error::invalid(startTheProcess(),
            Text::tr("this process has %n thread(s), and a fork copies only the one that calls it: locks that the others hold "
                     "would stay locked in the copy. Use StartMethod::Spawn.",
                nullptr, self ? self->threads : 0),
            info.name);
    const auto lifeline = detail::lifeline();
    if (!lifeline)
        return lifeline.error();
    auto file = makeFile({});
    if (!file)
        return file.error();
    // What is still in a buffer would be written twice.
    fflush(stdout);
    fflush(stderr);
    const QString parentName = currentProcess().name;
    const pid_t pid = ::fork();
    if (pid < 0)
        return Error::fromErrno(startTheProcess(), info.name);
    if (pid > 0)
        return watched(std::move(info), std::make_unique<ChildHandle>(pid), std::move(file).value(), 0);

    if (const UniqueFd null(open("/dev/null", O_RDONLY | O_CLOEXEC)); null)
        dup2(null.get(), STDIN_FILENO);
    const auto &environment = process.d->options.environment;
    for (auto variable = environment.begin(); variable != environment.end(); ++variable)
        *variable ? qputenv(variable.key().constData(), **variable) : qunsetenv(variable.key().constData());
    info.pid = getpid();
    detail::forgetChildren();
    detail::becomeChild(info, parentName, lifeline.value(), 0);
    enter(process, info, info.parentPid);
    const int status = detail::runChild(
        info.name, [&process] { process.run(); }, file.value().get(), 0);
    fflush(stdout);
    fflush(stderr);
    // No destructors: what they would undo is the parent's.
    _exit(status);
}

void ChildStart::enter(Process &process, const ProcessInfo &info, qint32 parentPid)
{
    process.d->options.name = info.name;
    process.d->options.daemon = info.daemon;
    process.d->identity = info.identity;
    process.d->info = info;
    process.d->creator = parentPid;
}

void ChildStart::serve(UniqueFd file)
{
    struct stat size {
    };
    QByteArray bytes;
    if (fcntl(file.get(), F_SETFD, FD_CLOEXEC) == 0 && fstat(file.get(), &size) == 0) {
        bytes.resize(size.st_size);
        if (pread(file.get(), bytes.data(), size_t(bytes.size()), 0) != bytes.size())
            bytes.clear();
    }
    const QCborMap message = QCborValue::fromCbor(bytes).toMap();
    if (message.isEmpty()) {
        fputs("forkscope worker: there is nothing to run; only a program that uses Forkscope's library starts this\n", stderr);
        std::exit(127);
    }
    // The parent keeps the file as long as we run: give back the memory.
    fallocate(file.get(), FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 0, bytes.size());
    // As every program that looks at its errors: a peer that is gone is one, and no reason to die.
    std::signal(SIGPIPE, SIG_IGN);

    ProcessInfo info{message[QStringLiteral("name")].toString(), getpid(), qint32(message[QStringLiteral("parent")].toInteger()),
        message[QStringLiteral("daemon")].toBool(), {}};
    const QCborArray identity = message[QStringLiteral("identity")].toArray();
    for (const QCborValue number : identity)
        info.identity.append(int(number.toInteger()));
    const int lifeline = int(message[QStringLiteral("lifeline")].toInteger());
    fcntl(lifeline, F_SETFD, FD_CLOEXEC);
    detail::becomeChild(info, message[QStringLiteral("parentName")].toString(), lifeline, -1);

    std::unique_ptr<Process> process; // goes when what it has started has ended
    const auto body = [&] {
        auto arguments = Arguments::fromCbor(message[QStringLiteral("arguments")].toMap());
        if (!arguments)
            throw std::runtime_error(errorText(arguments.error()).toStdString());
        const QString className = message[QStringLiteral("class")].toString();
        if (className.isEmpty()) {
            process = std::make_unique<Process>(
                message[QStringLiteral("function")].toString().toUtf8(), std::move(arguments).value());
            enter(*process, info, info.parentPid);
        } else {
            process = detail::makeProcess(className);
            if (!process)
                throw std::runtime_error("no class “" + className.toStdString() + "” is registered in this program ("
                    + detail::programPath().toStdString() + ")");
            enter(*process, info, info.parentPid);
            process->restore(arguments.value());
        }
        process->run();
    };
    const int status = detail::runChild(info.name, body, file.get(), bytes.size());
    process.reset();
    std::exit(status);
}

} // namespace forkscope::ipc
