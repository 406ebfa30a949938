// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QTemporaryDir>

/// A folder in which lines of bash run, as a shell user meets the program.
class ShellFolder
{
public:
    struct Outcome {
        int status = -1;
        QByteArray out;
        QByteArray err;
    };

    QString path(const char *name) const { return m_dir.filePath(QLatin1String(name)); }

    /// A line for bash; $F is the program, it runs in this folder.
    Outcome shell(const char *line) const
    {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("F"), QStringLiteral(FORKSCOPE_BINARY));
        process.setProcessEnvironment(environment);
        process.setWorkingDirectory(m_dir.path());
        process.start(QStringLiteral("/bin/bash"), {QStringLiteral("-c"), QString::fromUtf8(line)});
        process.closeWriteChannel();
        if (!process.waitForFinished(60'000)) {
            process.kill();
            process.waitForFinished();
        }
        return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -2, process.readAllStandardOutput(),
            process.readAllStandardError()};
    }

private:
    QTemporaryDir m_dir;
};
