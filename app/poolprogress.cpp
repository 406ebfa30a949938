// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/poolprogress.h"

#include "ui/widgets/format.h"

#include <QCoreApplication>

namespace forkscope {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(forkscope)
};

} // namespace

QString progressLine(const PoolProgress &progress, int barWidth)
{
    QString line;
    const double seconds = double(progress.elapsedNs) / 1e9;
    const double rate = seconds > 0 ? double(progress.ended) / seconds : 0;
    if (progress.total && *progress.total > 0) {
        const double share = double(progress.ended) / double(*progress.total);
        if (barWidth > 0) {
            const int filled = int(share * barWidth);
            line = u'[' + QString(filled, u'#') + QString(barWidth - filled, u'.') + QStringLiteral("] ");
        }
        line += Text::tr("%1 % · %2 of %3").arg(int(share * 100)).arg(progress.ended).arg(*progress.total);
    } else {
        line += Text::tr("%1 done").arg(progress.ended);
    }
    if (progress.failed > 0)
        line += Text::tr(" · %1 failed").arg(progress.failed);
    line += Text::tr(" · %1 running · %2/s").arg(progress.running).arg(rate, 0, 'f', rate < 10 ? 1 : 0);
    if (progress.total && progress.ended > 0 && progress.ended < *progress.total)
        line += Text::tr(" · %1 left").arg(durationText(qint64(double(*progress.total - progress.ended) / rate * 1e9)));
    return line;
}

} // namespace forkscope
