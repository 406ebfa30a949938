// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pool/joboutput.h"

#include <algorithm>

namespace forkscope::pool {

namespace {

constexpr qint64 kMostInMemory = 64 * 1024 * 1024;
constexpr qint64 kReadAtOnce = 256 * 1024;

} // namespace

void JobOutput::began(quint64 job, QByteArray tag)
{
    m_jobs[job].tag = std::move(tag);
}

void JobOutput::beganAgain(quint64 job)
{
    if (const auto found = m_jobs.find(job); found != m_jobs.end())
        for (Stream &stream : found->streams) {
            forget(stream);
            stream.total = 0;
        }
}

void JobOutput::add(quint64 number, bool isError, QByteArrayView bytes)
{
    Job &job = m_jobs[number];
    Stream &stream = job.streams[isError];
    stream.total += quint64(bytes.size());
    append(stream, bytes);
    if (m_options.byLine && (!m_options.inOrder || number == m_turn))
        print(job, false);
}

void JobOutput::ended(quint64 number)
{
    Job &job = m_jobs[number];
    job.hasEnded = true;
    if (!m_options.inOrder) {
        print(job, true);
        m_jobs.remove(number);
    } else if (number == m_turn) {
        nextTurns();
    }
}

void JobOutput::passedOver(quint64 number)
{
    if (const auto found = m_jobs.find(number); found != m_jobs.end()) {
        for (Stream &stream : found->streams)
            forget(stream);
        m_jobs.erase(found);
    }
    if (!m_options.inOrder)
        return;
    m_passed.insert(number);
    nextTurns();
}

std::pair<QByteArray, QByteArray> JobOutput::take(quint64 number)
{
    std::pair<QByteArray, QByteArray> taken;
    Job job = m_jobs.take(number);
    for (const bool isError : {false, true}) {
        Stream &stream = job.streams[isError];
        QByteArray &bytes = isError ? taken.second : taken.first;
        for (const auto &[offset, size] : std::as_const(stream.spilled)) {
            auto read = m_file.read(offset, size);
            if (!read)
                m_fault = read.error();
            else
                bytes += read.value();
        }
        bytes += stream.memory;
        forget(stream);
    }
    return taken;
}

quint64 JobOutput::outputBytes(quint64 job) const
{
    const auto found = m_jobs.constFind(job);
    return found == m_jobs.constEnd() ? 0 : found->streams[0].total;
}

void JobOutput::append(Stream &stream, QByteArrayView bytes)
{
    if (const qsizetype feed = bytes.lastIndexOf('\n'); feed >= 0)
        stream.lines = stream.size + feed + 1;
    stream.memory.append(bytes);
    stream.size += bytes.size();
    m_inMemory += bytes.size();
    if (stream.memory.size() > m_options.memory || m_inMemory > kMostInMemory)
        spill(stream);
}

void JobOutput::spill(Stream &stream)
{
    const auto offset = m_file.append(stream.memory);
    if (!offset) { // then they stay in memory
        m_fault = offset.error();
        return;
    }
    m_inMemory -= stream.memory.size();
    stream.spilled.append({offset.value(), stream.memory.size()});
    stream.memory.clear();
}

void JobOutput::forget(Stream &stream)
{
    for (const auto &[offset, size] : std::as_const(stream.spilled))
        m_file.release(offset, size);
    m_inMemory -= stream.memory.size();
    stream.spilled.clear();
    stream.memory.clear();
    stream.size = stream.lines = 0;
}

/// All of it, or the lines that are complete.
void JobOutput::print(Job &job, bool whole)
{
    for (const bool isError : {false, true})
        printStream(job, isError, whole ? job.streams[isError].size : job.streams[isError].lines);
}

void JobOutput::printStream(Job &job, bool isError, qint64 bytes)
{
    Stream &stream = job.streams[isError];
    stream.size -= bytes;
    stream.lines -= std::min(stream.lines, bytes);
    while (bytes > 0 && !stream.spilled.isEmpty()) {
        auto &[offset, size] = stream.spilled.first();
        const qint64 part = std::min({size, bytes, kReadAtOnce});
        const auto read = m_file.read(offset, part);
        if (read)
            write(job, isError, read.value());
        else
            m_fault = read.error();
        m_file.release(offset, part);
        offset += part;
        size -= part;
        bytes -= part;
        if (size == 0)
            stream.spilled.removeFirst();
    }
    if (bytes == 0)
        return;
    write(job, isError, QByteArrayView(stream.memory).first(bytes));
    m_inMemory -= bytes;
    stream.memory.remove(0, bytes);
}

void JobOutput::write(Job &job, bool isError, QByteArrayView bytes)
{
    if (job.tag.isEmpty()) {
        m_write(isError, bytes);
        return;
    }
    QByteArray tagged;
    bool &inLine = job.streams[isError].inLine;
    while (!bytes.isEmpty()) {
        const qsizetype feed = bytes.indexOf('\n');
        const qsizetype end = feed < 0 ? bytes.size() : feed + 1;
        if (!inLine)
            tagged += job.tag;
        tagged += bytes.first(end);
        inLine = feed < 0;
        bytes = bytes.sliced(end);
    }
    m_write(isError, tagged);
}

void JobOutput::nextTurns()
{
    for (;; ++m_turn) {
        if (m_passed.remove(m_turn))
            continue;
        const auto job = m_jobs.find(m_turn);
        if (job == m_jobs.end())
            return;
        if (!job->hasEnded) {
            if (m_options.byLine)
                print(*job, false);
            return;
        }
        print(*job, true);
        m_jobs.erase(job);
    }
}

} // namespace forkscope::pool
