// SPDX-License-Identifier: GPL-3.0-or-later
// forkscope export: a recording in a format that other programs read.
#include "app/subcommands.h"

#include "core/export/exportrecording.h"
#include "core/export/selection.h"
#include "core/filter/filteredrecords.h"

#include <QCoreApplication>
#include <QFile>

#include <algorithm>
#include <unistd.h>

namespace forkscope {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(forkscope)
};

Result<ExportRequest> requestOf(const Journal &journal, const ExportOptions &options)
{
    ExportRequest request{.stamped = options.times, .events = !options.noEvents};
    const auto formats = exportFormats();
    request.format
        = std::find_if(formats.begin(), formats.end(), [&](const auto &name) { return options.format == name.word; })->format;
    if (!options.channels.empty()) {
        auto channels = channelsNamed(journal, bytesOf(options.channels));
        if (!channels)
            return channels.error();
        request.channels = channels.value();
    }
    if (!options.processes.empty()) {
        auto launches = launchesNamed(journal, bytesOf(options.processes));
        if (!launches)
            return launches.error();
        request.launches = launches.value();
    }
    if (!options.filter.empty()) {
        auto records = filter::filteredRecords(journal, QString::fromLocal8Bit(options.filter));
        if (!records)
            return records.error();
        request.messages = std::move(records).value();
    }
    return request;
}

Result<ExportReport> write(const Journal &journal, const ExportOptions &options)
{
    const auto request = requestOf(journal, options);
    if (!request)
        return request.error();
    if (!options.output.empty())
        return exportRecordingTo(QString::fromLocal8Bit(options.output), journal, request.value());
    QFile out;
    if (!out.open(STDOUT_FILENO, QIODevice::WriteOnly | QIODevice::Unbuffered))
        return Error{ErrorCode::System, 0, Text::tr("write to standard output"), {}, out.errorString()};
    return exportRecording(journal, request.value(), out);
}

} // namespace

QByteArrayList bytesOf(const std::vector<std::string> &words)
{
    QByteArrayList bytes;
    for (const std::string &word : words)
        bytes.append(QByteArray::fromStdString(word));
    return bytes;
}

int exportCommand(const ExportOptions &options)
{
    std::signal(SIGPIPE, SIG_DFL); // like cat: a reader that goes away ends us quietly
    const auto opened = Journal::open(QString::fromLocal8Bit(options.file));
    if (!opened) {
        complain(errorText(opened.error()));
        return kOwnFailure;
    }
    const auto written = write(*opened.value(), options);
    if (!written) {
        complain(errorText(written.error()));
        return written.error().code == ErrorCode::InvalidArgument ? kUsageError : kOwnFailure;
    }
    const ExportReport &report = written.value();
    if (report.withoutTerminal)
        complain(Text::tr("the command had no terminal: this is made of its standard output and standard error"));
    complainOfCut(report.file);
    if (report.lostRecords > 0)
        complain(Text::tr("%1 records (%2 bytes) of what was exported had been given up while it was recorded")
                     .arg(report.lostRecords)
                     .arg(report.lostBytes));
    return 0;
}

} // namespace forkscope
