// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pool/spillfile.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

namespace forkscope::pool {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(poolOutput)
};

} // namespace

Result<void> SpillFile::open()
{
    const QByteArray folder = QFile::encodeName(QDir::tempPath());
    m_file = UniqueFd(::open(folder.constData(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
    if (m_file.get() < 0) { // not every file system has files without names
        QByteArray name = folder + "/forkscope-XXXXXX";
        m_file = UniqueFd(mkostemp(name.data(), O_CLOEXEC));
        if (m_file.get() >= 0)
            unlink(name.constData());
    }
    if (m_file.get() < 0)
        return Error::fromErrno(Text::tr("make a temporary file"), QDir::tempPath());
    return {};
}

Result<qint64> SpillFile::append(QByteArrayView bytes)
{
    if (m_file.get() < 0)
        if (auto opened = open(); !opened)
            return opened.error();
    const qint64 offset = m_end;
    for (qsizetype done = 0; done < bytes.size();) {
        const ssize_t put = pwrite(m_file.get(), bytes.data() + done, size_t(bytes.size() - done), offset + done);
        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0)
            return Error::fromErrno(Text::tr("write a temporary file"), QDir::tempPath());
        done += put;
    }
    m_end += bytes.size();
    m_used += bytes.size();
    return offset;
}

Result<QByteArray> SpillFile::read(qint64 offset, qint64 size) const
{
    QByteArray bytes(size, Qt::Uninitialized);
    for (qsizetype done = 0; done < size;) {
        const ssize_t got = pread(m_file.get(), bytes.data() + done, size_t(size - done), offset + done);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return Error::fromErrno(Text::tr("read a temporary file"), QDir::tempPath());
        done += got;
    }
    return bytes;
}

void SpillFile::release(qint64 offset, qint64 size)
{
    m_used -= size;
    if (m_used == 0 && ftruncate(m_file.get(), 0) == 0)
        m_end = 0;
    else
        fallocate(m_file.get(), FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, offset, size);
}

} // namespace forkscope::pool
