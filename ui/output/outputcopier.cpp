// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/output/outputcopier.h"

#include "ui/widgets/format.h"

#include <QGuiApplication>
#include <QMimeData>

namespace forkscope {

namespace {

constexpr quint64 kLinesAtOnce = 2000; // some milliseconds at most: so much is copied without a thread

bool isShort(const LineFilter &filter, const LineRange &range)
{
    return filter.positionOf(range.lastLine) - filter.positionOf(range.firstLine) < kLinesAtOnce;
}

} // namespace

OutputCopier::OutputCopier(QObject *parent) : QObject(parent)
{
    connect(&m_export, &LineExport::collected, this,
        [this](const QByteArray &bytes, const ExportSummary &summary) { place(bytes, summary, QClipboard::Clipboard); });
}

void OutputCopier::copy(std::shared_ptr<const LineFilter> filter, const LineRange &range, LineFormat format)
{
    if (!isShort(*filter, range)) {
        emit notice(tr("Copying …"), false);
        m_export.collect(std::move(filter), range, format, kMaxBytes);
        return;
    }
    QByteArray bytes;
    const ExportSummary summary = exportLines(
        *filter, range,
        [&](QByteArrayView piece, quint64) {
            bytes += piece;
            return quint64(bytes.size()) <= kMaxBytes;
        },
        format);
    place(bytes, summary, QClipboard::Clipboard);
}

void OutputCopier::copyToSelection(const LineFilter &filter, const LineRange &range)
{
    if (!QGuiApplication::clipboard()->supportsSelection() || !isShort(filter, range))
        return;
    QByteArray bytes;
    exportLines(filter, range, [&](QByteArrayView piece, quint64) {
        bytes += piece;
        return quint64(bytes.size()) <= kMaxBytes;
    });
    place(bytes, {}, QClipboard::Selection);
}

void OutputCopier::place(const QByteArray &bytes, const ExportSummary &summary, QClipboard::Mode mode)
{
    if (summary.stopped) {
        emit notice(tr("Not copied: the selection is larger than %1. Save… writes any amount to a file.")
                        .arg(bytesText(qint64(kMaxBytes))),
            true);
        return;
    }
    auto *data = new QMimeData; // the clipboard takes it
    data->setText(plainText(m_sequences == SequenceHandling::Obey ? withoutObeyedSequences(bytes) : bytes));
    data->setData(QStringLiteral("application/octet-stream"), bytes);
    QGuiApplication::clipboard()->setMimeData(data, mode);
    if (mode == QClipboard::Clipboard)
        emit notice(tr("Copied %1.").arg(bytesText(bytes.size())), false);
}

} // namespace forkscope
