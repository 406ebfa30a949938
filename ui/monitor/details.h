// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/monitor/processtable.h"

#include <QTextBrowser>

namespace forkscope {

/// One line of the details, and a group of them under a heading.
struct DetailFact {
    QString label;
    QString value;
};
struct DetailGroup {
    QString title;
    QList<DetailFact> facts;
};

/// All that is known of one row of the table; what is not known is left out. nowNs: for how long it has been running; −1 at the
/// end of a closed recording. samplesGivenUp: its figures are missing for the size limit's sake.
QList<DetailGroup> processDetails(const ProcessTable &table, int row, qint64 nowNs, bool samplesGivenUp = false);

/// Shows them as text to select and copy.
class DetailsPane : public QTextBrowser
{
    Q_OBJECT

public:
    explicit DetailsPane(QWidget *parent = nullptr);

    /// What it says, and is called, when nothing is selected; default: about a process.
    void setPurpose(const QString &accessibleName, const QString &emptyText);
    /// Empty: says what would be here. Keeps the place and leaves a selection alone while only figures changed.
    void show(const QString &title, const QList<DetailGroup> &groups);

protected:
    QSize sizeHint() const override { return {290, 400}; }

private:
    QString m_emptyText;
    QString m_html;
    QString m_title;
};

} // namespace forkscope
