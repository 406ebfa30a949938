// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/recording/exportwords.h"

#include "ui/widgets/format.h"

#include <QCoreApplication>
#include <QLocale>

namespace forkscope {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ExportWords)
};

} // namespace

QString exportFormatName(ExportFormat format)
{
    switch (format) {
    case ExportFormat::Text:
        return Words::tr("&Text");
    case ExportFormat::JsonLines:
        return Words::tr("&JSON lines");
    case ExportFormat::Csv:
        return Words::tr("CSV ta&ble");
    case ExportFormat::Raw:
        return Words::tr("Ra&w bytes");
    case ExportFormat::Perfetto:
        return Words::tr("Trace &for Perfetto");
    case ExportFormat::Asciicast:
        return Words::tr("&Asciicast");
    case ExportFormat::Wireshark:
        return Words::tr("Packets for Wireshar&k");
    case ExportFormat::Recording:
        return Words::tr("Recor&ding");
    }
    return {};
}

QString exportFormatPurpose(ExportFormat format)
{
    switch (format) {
    case ExportFormat::Text:
        return Words::tr("The lines, to read, search and compare.");
    case ExportFormat::JsonLines:
        return Words::tr("Every record with all that is known of it, for jq, Python and databases.");
    case ExportFormat::Csv:
        return Words::tr("A row for each piece of output, for spreadsheets and statistics.");
    case ExportFormat::Raw:
        return Words::tr("What one stream carried, byte for byte.");
    case ExportFormat::Perfetto:
        return Words::tr("Processes, signals, CPU, memory and output along time, for ui.perfetto.dev.");
    case ExportFormat::Asciicast:
        return Words::tr("What a terminal showed, to be played by asciinema or on a web page.");
    case ExportFormat::Wireshark:
        return Words::tr("A packet for each message, which Wireshark reads as HTTP, JSON, CBOR or text.");
    case ExportFormat::Recording:
        return Words::tr("This part as a recording of its own, to be opened or replayed (forkscope replay).");
    }
    return {};
}

QString exportResultText(const ExportReport &report)
{
    const QLocale locale;
    QString text = report.records == 1
        ? Words::tr("1 record, %1").arg(bytesText(qint64(report.bytes)))
        : Words::tr("%1 records, %2").arg(locale.toString(report.records), bytesText(qint64(report.bytes)));
    if (report.lostRecords > 0)
        text += Words::tr("; %1 lost").arg(locale.toString(report.lostRecords));
    if (report.withoutTerminal)
        text += u'\n' + Words::tr("The command had no terminal: this is made of its standard output and standard error.");
    if (!report.file.complete())
        text += u'\n' + Words::tr("The recording's end was torn; what can be read of it is in the file.");
    return text;
}

} // namespace forkscope
