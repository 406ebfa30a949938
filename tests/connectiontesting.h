// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ipc/pipe.h"

#include <QDir>
#include <QTest>
#include <QtEndian>

#include <unistd.h>

namespace connectiontesting {

constexpr int kSoon = 50; // ms

inline qsizetype openDescriptors()
{
    return QDir(QStringLiteral("/proc/self/fd")).entryList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot).size();
}

inline QByteArray patterned(qsizetype size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    for (qsizetype i = 0; i < size; ++i)
        bytes[i] = char(i * 7 + i / 251);
    return bytes;
}

inline QByteArray framed(const QByteArray &bytes)
{
    QByteArray frame(4, Qt::Uninitialized);
    qToBigEndian(qint32(bytes.size()), frame.data());
    return frame + bytes;
}

struct Pair {
    explicit Pair(bool duplex)
    {
        auto made = forkscope::ipc::makePipe(duplex);
        if (!made)
            qFatal("%s", qPrintable(forkscope::errorText(made.error())));
        reader = std::move(made.value().first);
        writer = std::move(made.value().second);
    }
    /// Bytes as they are, below the framing.
    void writeRaw(const QByteArray &bytes) const
    {
        if (::write(writer.fileno(), bytes.constData(), size_t(bytes.size())) != bytes.size())
            qFatal("written in part");
    }
    forkscope::ipc::Connection reader;
    forkscope::ipc::Connection writer;
};

inline void bothKinds()
{
    QTest::addColumn<bool>("duplex");
    QTest::newRow("pipe") << false;
    QTest::newRow("pair of sockets") << true;
}

} // namespace connectiontesting
