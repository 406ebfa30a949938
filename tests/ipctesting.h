// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ipc/process.h"
#include "core/ipc/worker.h"
#include "core/launch/pipepair.h"

#include <QCoreApplication>
#include <QDir>
#include <QTest>

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

/// What tests of processes share. A test program is its own worker: its main() is FORKSCOPE_IPC_TEST_MAIN.
namespace ipctesting {

using namespace forkscope;

/// A pipe to hear from children: through() gives them an end, said() is all that they wrote until nobody has one any more.
class Answer
{
public:
    Answer() : m_pipe(std::move(makePipe(-1)).value()) { }
    UniqueFd through() const { return UniqueFd(fcntl(m_pipe.write.get(), F_DUPFD_CLOEXEC, 3)); }
    QByteArray said()
    {
        m_pipe.write.reset();
        QByteArray all;
        char part[4096];
        for (ssize_t got; (got = read(m_pipe.read.get(), part, sizeof part)) > 0;)
            all.append(part, got);
        return all;
    }
    int readEnd() const { return m_pipe.read.get(); }

private:
    PipePair m_pipe;
};

inline void say(int fd, const QByteArray &text)
{
    if (write(fd, text.constData(), size_t(text.size())) != text.size())
        qFatal("cannot answer: %s", strerror(errno));
}

inline QStringList openDescriptors()
{
    // One of them is the folder itself, always.
    return QDir(QStringLiteral("/proc/self/fd")).entryList(QDir::Files | QDir::System | QDir::NoDotAndDotDot);
}

/// Starts a process by a method, waits for it, and tells its result. A test program has threads, and so may not fork: that is
/// done by a process of its own.
static const ipc::Function startBelow("start below", [](ipc::Arguments &arguments) {
    const UniqueFd answer = std::move(arguments.takeDescriptor(0)).value();
    const UniqueFd childsAnswer = std::move(arguments.takeDescriptor(1)).value();
    ipc::ProcessOptions options;
    options.startMethod = ipc::StartMethod(arguments.value(2).toInteger());
    ipc::Arguments handed;
    handed.append(UniqueFd(dup(childsAnswer.get())));
    for (const QCborValue value : arguments.value(4).toArray())
        handed.append(value);
    ipc::Process process(arguments.value(3).toString().toUtf8(), std::move(handed), options);
    const auto ended = process.start() ? process.join() : Result<void>();
    const auto result = process.result();
    say(answer.get(),
        QCborValue(QCborArray{ended.ok() && result.has_value(), result && result->exitCode ? *result->exitCode : 999,
                       result ? result->errorType : QString(), result ? result->errorText : QString(), process.name()})
            .toCbor());
});

struct Outcome {
    bool ended = false;
    int exitCode = 999;
    QString errorType, errorText, name;
    QByteArray said; ///< what the function wrote into the descriptor that is its argument 0
};

/// Runs a registered function with a descriptor and these values, as "Process-1:1".
inline Outcome runBelow(ipc::StartMethod method, const QString &function, const QCborArray &values = {})
{
    Answer answer, childsAnswer;
    ipc::ProcessOptions options;
    options.name = QStringLiteral("Process-1");
    ipc::Process below("start below",
        ipc::Arguments().with(answer.through()).with(childsAnswer.through()).with(int(method)).with(function).with(values),
        options);
    if (const auto started = below.start(); !started)
        qFatal("%s", qPrintable(errorText(started.error())));
    const QByteArray said = childsAnswer.said();
    const QCborArray told = QCborValue::fromCbor(answer.said()).toArray();
    (void)below.join();
    return {told[0].toBool(), int(told[1].toInteger(999)), told[2].toString(), told[3].toString(), told[4].toString(), said};
}

static const ipc::Function echo("echo", [](ipc::Arguments &arguments) {
    say(std::move(arguments.takeDescriptor(0)).value().get(), arguments.value(1).toDiagnosticNotation().toUtf8());
});

static const ipc::Function sleepOn("sleep", [](ipc::Arguments &arguments) {
    const auto answer = arguments.takeDescriptor(0);
    if (answer)
        say(answer.value().get(), QByteArray::number(getpid()) + '\n');
    pause();
});

inline ipc::ProcessOptions daemonOption()
{
    ipc::ProcessOptions options;
    options.daemon = true;
    return options;
}

} // namespace ipctesting

#define FORKSCOPE_IPC_TEST_MAIN(Test)                                                                                            \
    int main(int argc, char **argv)                                                                                              \
    {                                                                                                                            \
        forkscope::ipc::runWorkerIfAsked(argc, argv);                                                                            \
        QCoreApplication application(argc, argv);                                                                                \
        Test test;                                                                                                               \
        return QTest::qExec(&test, argc, argv);                                                                                  \
    }
