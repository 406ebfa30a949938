// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pool/durations.h"

#include <QWidget>

namespace forkscope {

/// How long things took, as columns on a logarithmic scale, with the median and the slow tenth and hundredth marked.
class HistogramView : public QWidget
{
    Q_OBJECT

public:
    explicit HistogramView(const QString &title, QWidget *parent = nullptr);

    void show(const pool::DurationHistogram &histogram);
    QString summary() const { return m_summary; } ///< "half of them up to 1.2 s, 90 % up to …"
    QSize sizeHint() const override { return {220, 96}; }
    QSize minimumSizeHint() const override { return {140, 84}; }

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    QRect plot() const;
    QString m_title;
    QString m_summary;
    std::vector<pool::DurationHistogram::Column> m_columns;
    std::vector<qint64> m_quantiles; ///< median, 90 %, 99 %
};

} // namespace forkscope
