// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pool/joblog.h"

#include <QCoreApplication>
#include <QFile>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace forkscope::pool {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(poolJobLog)
};

constexpr char kHeading[] = "Seq\tHost\tStarttime\tJobRuntime\tSend\tReceive\tExitval\tSignal\tCommand\n";

Result<void> writeAll(int fd, const QByteArray &bytes, const QString &path)
{
    for (const char *at = bytes.constBegin(); at < bytes.constEnd();) {
        const ssize_t put = write(fd, at, size_t(bytes.constEnd() - at));
        if (put < 0 && errno != EINTR)
            return Error::fromErrno(Text::tr("write the job log"), path);
        at += std::max<ssize_t>(put, 0);
    }
    return {};
}

QByteArray seconds(qint64 ns, int width = 0)
{
    return QByteArray::number(double(ns) / 1e9, 'f', 3).rightJustified(width);
}

} // namespace

Result<JobLog> JobLog::open(const QString &path, bool appending)
{
    const int how = O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | (appending ? 0 : O_TRUNC);
    JobLog log(UniqueFd(::open(QFile::encodeName(path).constData(), how, 0666)), path);
    if (log.m_file.get() < 0)
        return Error::fromErrno(Text::tr("open the job log"), path);
    qint64 size = lseek(log.m_file.get(), 0, SEEK_END);
    for (char last = 0; size > 0; --size) {
        if (pread(log.m_file.get(), &last, 1, size - 1) != 1)
            return Error::fromErrno(Text::tr("read the job log"), path);
        if (last == '\n')
            break;
    }
    // Of a pipe or terminal there is nothing to cut.
    if (size >= 0 && ftruncate(log.m_file.get(), size) != 0 && errno != EINVAL)
        return Error::fromErrno(Text::tr("open the job log"), path);
    if (size <= 0)
        if (auto written = writeAll(log.m_file.get(), kHeading, path); !written)
            return written.error();
    return log;
}

Result<void> JobLog::add(const Entry &entry)
{
    QByteArray command = entry.command;
    command.replace('\n', '\0');
    const QByteArrayList cells = {QByteArray::number(entry.number), ":", seconds(entry.startNs), seconds(entry.runNs, 10), "0",
        QByteArray::number(entry.outputBytes), QByteArray::number(entry.exitValue), QByteArray::number(entry.signal), command};
    return writeAll(m_file.get(), cells.join('\t') + '\n', m_path);
}

Result<QHash<quint64, bool>> JobLog::read(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        errno = file.error() == QFileDevice::OpenError ? errno : EIO;
        return Error::fromErrno(Text::tr("read the job log"), path);
    }
    QHash<quint64, bool> jobs;
    for (int number = 1; !file.atEnd(); ++number) {
        const QByteArray line = file.readLine();
        if (line == kHeading || !line.endsWith('\n'))
            continue;
        const QByteArrayList cells = line.split('\t');
        bool isNumber[3] = {false, false, false};
        const quint64 job = cells[0].toULongLong(&isNumber[0]);
        const int exitValue = cells.value(6).toInt(&isNumber[1]);
        const int signal = cells.value(7).toInt(&isNumber[2]);
        if (!isNumber[0] || !isNumber[1] || !isNumber[2] || cells.size() < 9)
            return Error::invalid(Text::tr("read the job log"), Text::tr("line %1 is none of a job log").arg(number), path);
        jobs.insert(job, exitValue == 0 && signal == 0);
    }
    return jobs;
}

} // namespace forkscope::pool
