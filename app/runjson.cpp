// SPDX-License-Identifier: GPL-3.0-or-later
// forkscope run --json: what subprocess.run() returns, as one JSON object.
#include "app/subcommands.h"

#include "core/launch/runcommand.h"
#include "core/launch/startfailure.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cstdio>
#include <sys/signalfd.h>
#include <unistd.h>

namespace forkscope {

namespace {

/// Bytes that are not UTF-8 are in NAME_base64 instead.
void addOutput(QJsonObject &object, const QString &name, const CapturedBytes &bytes, const QString &text, bool isText)
{
    if (isText) {
        object.insert(name, text);
        return;
    }
    const QByteArray raw = bytes.toByteArray();
    const QString decoded = QString::fromUtf8(raw);
    if (decoded.toUtf8() == raw)
        object.insert(name, decoded);
    else
        object.insert(name + QStringLiteral("_base64"), QString::fromLatin1(raw.toBase64()));
}

QJsonObject objectOf(const CompletedProcess &process, const LaunchSpec &spec)
{
    QJsonObject object;
    QJsonArray arguments;
    for (const QByteArray &argument : process.arguments)
        arguments.append(QString::fromUtf8(argument));
    object.insert(QStringLiteral("args"), arguments);
    object.insert(QStringLiteral("returncode"), process.returnCode ? QJsonValue(*process.returnCode) : QJsonValue());
    const auto isPipe = [&](const StreamTarget &target) { return spec.captureOutput || target.kind == StreamTarget::Kind::Pty; };
    if (isPipe(spec.standardOutput))
        addOutput(object, QStringLiteral("stdout"), process.output, process.outputText, spec.isText());
    if (isPipe(spec.standardError))
        addOutput(object, QStringLiteral("stderr"), process.error, process.errorText, spec.isText());
    object.insert(QStringLiteral("wall_seconds"), double(process.wallNs) / 1e9);
    if (process.cpuNs >= 0)
        object.insert(QStringLiteral("cpu_seconds"), double(process.cpuNs) / 1e9);
    return object;
}

int statusOf(const CompletedProcess &process)
{
    if (!process.returnCode)
        return kOwnFailure;
    return *process.returnCode < 0 ? kSignalBase - *process.returnCode : *process.returnCode;
}

int print(QJsonObject object, const char *problem, int status)
{
    if (problem)
        object.insert(QStringLiteral("error"), QString::fromUtf8(problem));
    const QByteArray line = QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
    std::fwrite(line.constData(), 1, size_t(line.size()), stdout);
    if (problem)
        complain(QString::fromUtf8(problem));
    return std::fflush(stdout) == 0 ? status : kOwnFailure;
}

} // namespace

int runForJson(LaunchSpec spec)
{
    const auto canCapture = [](const StreamTarget &target) { return target.kind == StreamTarget::Kind::Inherit; };
    spec.captureOutput = canCapture(spec.standardOutput) && canCapture(spec.standardError);
    sigset_t mask;
    sigemptyset(&mask);
    for (const int number : kForwardedSignals)
        sigaddset(&mask, number);
    const UniqueFd signalFd(signalfd(-1, &mask, SFD_CLOEXEC | SFD_NONBLOCK));
    const auto forward = [&](Popen &child) {
        signalfd_siginfo info;
        // What the terminal sends reaches the command without us: it is in the same process group.
        while (read(signalFd.get(), &info, sizeof info) == sizeof info)
            if (info.ssi_code != SI_KERNEL)
                (void)child.sendSignal(int(info.ssi_signo));
    };
    const bool check = std::exchange(spec.check, false);
    try {
        const CompletedProcess process = runCommand(spec, forward);
        try {
            if (check)
                process.checkReturnCode();
        } catch (const CalledProcessError &error) {
            return print(objectOf(process, spec), error.what(), statusOf(process));
        }
        return print(objectOf(process, spec), nullptr, statusOf(process));
    } catch (const TimeoutExpired &expired) {
        QJsonObject object = objectOf(expired.process, spec);
        object.insert(QStringLiteral("timed_out"), true);
        return print(object, expired.what(), kTimedOut);
    } catch (const OutputDecodeError &error) {
        LaunchSpec raw = spec;
        raw.text = false;
        raw.encoding.clear();
        raw.errors.reset();
        return print(objectOf(error.process, raw), error.what(), kOwnFailure);
    } catch (const StartError &error) {
        return print({}, error.what(), shellStatusOf(error.failure));
    } catch (const std::exception &error) {
        return print({}, error.what(), kOwnFailure);
    }
}

} // namespace forkscope
