// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/output/lineexport.h"

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

    void copy(std::shared_ptr<const LineFilter> filter, const LineRange &range);
    /// For the middle mouse button. Only short selections: whoever selects all does not mean to paste it by a click.
    void copyToSelection(const LineFilter &filter, const LineRange &range);
    void cancel() { m_export.cancel(); }

signals:
    /// What came of it, for the user.
    void notice(const QString &text, bool problem);

private:
    void place(const QByteArray &bytes, const ExportSummary &summary, QClipboard::Mode mode);

    LineExport m_export;
};

} // namespace forkscope
