// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/export/exportrecording.h"

#include "core/export/exportrun.h"
#include "core/export/formats.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QSaveFile>

#include <chrono>
#include <thread>

namespace forkscope {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(Export)
};

Result<void> writeFormat(ExportRun &run)
{
    switch (run.request().format) {
    case ExportFormat::Text:
        return exportText(run);
    case ExportFormat::JsonLines:
        return exportJsonLines(run);
    case ExportFormat::Csv:
        return exportCsv(run);
    case ExportFormat::Raw:
        return exportRaw(run);
    case ExportFormat::Perfetto:
        return exportTrace(run);
    case ExportFormat::Asciicast:
        return exportAsciicast(run);
    case ExportFormat::Wireshark:
        return exportWireshark(run);
    case ExportFormat::Recording:
        return exportPart(run);
    }
    Q_UNREACHABLE();
}

} // namespace

bool waitUntilRead(const Journal &journal, const ExportControl &control)
{
    using namespace std::chrono_literals;
    if (!control.cancelled) {
        journal.waitUntilRead();
        return true;
    }
    while (!journal.isWholeFileRead()) {
        if (*control.cancelled)
            return false;
        std::this_thread::sleep_for(10ms);
    }
    return true;
}

std::span<const ExportFormatName> exportFormats()
{
    static constexpr ExportFormatName kNames[] = {{ExportFormat::Text, "text", "txt"},
        {ExportFormat::JsonLines, "jsonl", "jsonl"}, {ExportFormat::Csv, "csv", "csv"}, {ExportFormat::Raw, "raw", "bin"},
        {ExportFormat::Perfetto, "perfetto", "json"}, {ExportFormat::Asciicast, "asciicast", "cast"},
        {ExportFormat::Wireshark, "wireshark", "pcapng"}, {ExportFormat::Recording, "recording", "pcapng"}};
    return kNames;
}

Result<ExportReport> exportRecording(
    const Journal &journal, const ExportRequest &request, QIODevice &sink, const ExportControl &control)
{
    if (!waitUntilRead(journal, control))
        return ExportReport{.cancelled = true};
    ExportRun run(journal, request, sink, control);
    if (auto written = writeFormat(run); !written)
        return written.error();
    return run.report;
}

Result<ExportReport> exportRecordingTo(
    const QString &path, const Journal &journal, const ExportRequest &request, const ExportControl &control)
{
    if (QFileInfo::exists(path) && QFileInfo(path) == QFileInfo(journal.path()))
        return Error::invalid(Text::tr("write the export to"), Text::tr("this is the recording itself"), path);
    QSaveFile file(path);
    const auto failure = [&] { return Error{ErrorCode::System, 0, Text::tr("write the export to"), path, file.errorString()}; };
    // What programs print may be private: nobody else reads it, not even while it is written.
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner))
        return failure();
    auto exported = exportRecording(journal, request, file, control);
    if (!exported || exported.value().cancelled) {
        file.cancelWriting();
        return exported;
    }
    if (!file.commit())
        return failure();
    return exported;
}

} // namespace forkscope
