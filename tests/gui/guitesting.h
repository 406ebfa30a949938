// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/journalwriter.h"

#include <QApplication>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest>

#include <cstdlib>

namespace forkscope {

/// A home of its own for what a test would otherwise write into the person's settings and cache.
class TestHome
{
public:
    TestHome()
    {
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_directory.filePath(QStringLiteral("config")));
        qputenv("XDG_CACHE_HOME", QFile::encodeName(m_directory.filePath(QStringLiteral("cache"))));
    }
    QString file(const QString &name) const { return m_directory.filePath(name); }

private:
    QTemporaryDir m_directory;
};

/// Writes what a launcher and a monitor would write.
class StoryTeller
{
public:
    StoryTeller() : m_writer(std::move(JournalWriter::create(m_directory.filePath(QStringLiteral("story.pcapng")))).value()) { }

    const Journal &journal() const { return m_writer->journal(); }
    void tell(const Event &event) { m_writer->append(event); }

    static ProcessKey key(int pid) { return {pid, quint64(pid) * 10}; }

    void request(quint32 launch, const QByteArrayList &arguments) { tell(LaunchRequested{LaunchId(launch), arguments, "/tmp"}); }
    void start(quint32 launch, int pid, int parent = 0, const QByteArray &name = "sh")
    {
        ProcessStarted started;
        started.process = key(pid);
        started.ancestor = parent ? key(parent) : ProcessKey();
        started.ppid = parent ? parent : 1;
        started.launch = LaunchId(launch);
        started.name = name;
        started.arguments = {name, QByteArray::number(pid)};
        tell(started);
    }
    void exit(int pid, int value = 0, ExitStatus::Kind kind = ExitStatus::Kind::Exited)
    {
        ProcessExited exited;
        exited.process = key(pid);
        exited.status = {kind, value, false};
        tell(exited);
    }
    void failToStart(quint32 launch, int systemError, const QByteArray &path)
    {
        StartFailed failed;
        failed.launch = LaunchId(launch);
        failed.systemError = systemError;
        failed.path = path;
        tell(failed);
    }

private:
    QTemporaryDir m_directory;
    std::unique_ptr<JournalWriter> m_writer;
};

} // namespace forkscope
