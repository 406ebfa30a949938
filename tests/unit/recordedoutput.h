// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/journalwriter.h"
#include "core/output/lineindex.h"

#include <QTemporaryDir>
#include <QtTest>

namespace forkscope {

/// A real recording with output channels, for tests of what stands on it.
class RecordedOutput
{
public:
    explicit RecordedOutput(quint64 sizeLimit = 0)
    {
        auto created = JournalWriter::create(m_dir.filePath(QStringLiteral("r.pcapng")), {sizeLimit});
        if (!created.ok())
            qFatal("%s", qPrintable(errorText(created.error())));
        writer = std::move(created).value();
        out = open(ChannelKind::StandardOutput);
        err = open(ChannelKind::StandardError);
        in = open(ChannelKind::StandardInput);
        index = std::make_unique<LineIndex>(writer->journal());
    }

    ChannelId open(ChannelKind kind, LaunchId launch = LaunchId(1))
    {
        static constexpr const char *kNames[] = {"stdin", "stdout", "stderr"};
        const QByteArray name = (kind == ChannelKind::Other ? QByteArray("pipe") : QByteArray(kNames[int(kind)])) + " make(4711)";
        return writer->openChannel({ChannelId::None, kind, launch, {4711, 1}, name});
    }

    void write(ChannelId channel, QByteArrayView bytes) { QVERIFY(writer->append(channel, bytes)); }

    /// Waits until the index has seen all that was written.
    bool wait() const
    {
        return QTest::qWaitFor([this] { return index->position() == writer->journal().recordCount(); }, 20'000);
    }

    QString file(const char *name) const { return m_dir.filePath(QLatin1String(name)); }

private:
    QTemporaryDir m_dir;

public:
    std::unique_ptr<JournalWriter> writer;
    ChannelId out, err, in;
    std::unique_ptr<LineIndex> index; // last: goes first
};

} // namespace forkscope
