// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/uniquefd.h"

#include <QByteArray>

#include <memory>

namespace forkscope {

/// Bytes that were read from a stream: in memory, or beyond kMostInMemory in a nameless file that is mapped (mode 0600). Copies
/// share the bytes. Reading is thread-safe.
class CapturedBytes
{
public:
    CapturedBytes() = default;
    QByteArrayView view() const { return m_bytes; }
    qint64 size() const { return m_bytes.size(); }
    bool isEmpty() const { return m_bytes.isEmpty(); }
    QByteArray toByteArray() const { return m_bytes.toByteArray(); }

private:
    friend class CaptureBuffer;
    QByteArrayView m_bytes;
    std::shared_ptr<const void> m_keeper; ///< owns what m_bytes views
};

/// Collects them. Not thread-safe.
class CaptureBuffer
{
public:
    explicit CaptureBuffer(qint64 mostInMemory = kMostInMemory) : m_mostInMemory(mostInMemory) { }

    static constexpr qint64 kMostInMemory = 64 * 1024 * 1024;

    /// One read(2) of what is there. Returns what read(2) returned; errno is its, or that of a full disk.
    qint64 readFrom(int fd);
    void append(const QByteArray &bytes) { m_memory += bytes; }
    /// All so far. What is read later does not change it.
    CapturedBytes captured() const;

private:
    bool spill();
    bool writeMemory() const;
    qint64 m_mostInMemory;
    QByteArray m_memory;
    UniqueFd m_file;
    qint64 m_fileBytes = 0;
};

} // namespace forkscope
