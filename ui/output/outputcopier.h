// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/output/lineexport.h"
#include "core/output/linetext.h"

#include <QClipboard>
#include <QObject>

namespace forkscope {

/// Puts lines on the clipboard: as text, and as bytes (application/octet-stream) for who can take them. Many lines are read in a
/// thread.
class OutputCopier : public QObject
{
    Q_OBJECT

public:
    explicit OutputCopier(QObject *parent = nullptr);

    static constexpr quint64 kMaxBytes = 32 * 1024 * 1024;

    void copy(std::shared_ptr<const LineFilter> filter, const LineRange &range, LineFormat format = LineFormat::Bytes);
    /// For the middle mouse button. Only short selections: whoever selects all does not mean to paste it by a click.
    void copyToSelection(const LineFilter &filter, const LineRange &range);
    /// Whether the text is what the view shows of the sequences (their effect), or all characters. The bytes are always all.
    void setSequences(SequenceHandling sequences) { m_sequences = sequences; }
    void cancel() { m_export.cancel(); }

signals:
    /// What came of it, for the user.
    void notice(const QString &text, bool problem);

private:
    void place(const QByteArray &bytes, const ExportSummary &summary, QClipboard::Mode mode);

    LineExport m_export;
    SequenceHandling m_sequences = SequenceHandling::Obey;
};

} // namespace forkscope
