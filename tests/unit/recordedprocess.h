// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/journalwriter.h"
#include "core/launch/process.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

namespace forkscope {

/// A journal of its own for each test, and processes that are recorded in it. For classes of tests to derive from.
class RecordedProcess : public QObject
{
protected:
    QTemporaryDir m_dir;
    std::unique_ptr<JournalWriter> m_writer;

    const Journal &journal() const { return m_writer->journal(); }

    LaunchSpec shell(const QByteArray &line) const
    {
        LaunchSpec spec;
        spec.shell = true;
        spec.arguments = {line};
        return spec;
    }

    /// Runs to the end of both streams.
    std::unique_ptr<Process> run(const LaunchSpec &spec)
    {
        auto process = std::make_unique<Process>(spec, LaunchId{1}, m_writer.get());
        QSignalSpy finished(process.get(), &Process::finished);
        QSignalSpy drained(process.get(), &Process::drained);
        process->start();
        if (!QTest::qWaitFor([&] { return drained.count() > 0; }, 20'000))
            qWarning("the process did not come to its end");
        if (finished.count() != 1 || drained.count() != 1)
            qWarning("finished %lld times, drained %lld times", qlonglong(finished.count()), qlonglong(drained.count()));
        return process;
    }

    QByteArray bytesOf(ChannelKind kind) const
    {
        QByteArray bytes;
        for (quint32 i = 0; i < journal().channelCount(); ++i)
            if (journal().channel(ChannelId(i)).kind == kind)
                for (quint64 k = 0; k < journal().channelRecordCount(ChannelId(i)); ++k)
                    if (const auto record = journal().read(journal().channelRecord(ChannelId(i), k)))
                        bytes += record->bytes.toByteArray();
        return bytes;
    }

    template<typename T> QList<T> events() const
    {
        QList<T> found;
        for (quint64 i = 0; i < journal().eventCount(); ++i) {
            const auto record = journal().read(journal().eventRecord(i));
            const auto event = decodeEvent(record->eventNumber, record->bytes);
            if (event && std::holds_alternative<T>(*event))
                found.append(std::get<T>(*event));
        }
        return found;
    }

    void makeJournal()
    {
        auto writer = JournalWriter::create(m_dir.filePath(QStringLiteral("journal")));
        if (!writer)
            qFatal("%s", qPrintable(errorText(writer.error())));
        m_writer = std::move(writer).value();
    }
};

} // namespace forkscope
