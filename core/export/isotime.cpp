// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/export/isotime.h"

#include <QDateTime>

namespace forkscope {

QByteArray IsoTime::text(qint64 timeNs)
{
    constexpr qint64 kSecond = 1'000'000'000;
    const qint64 second = timeNs / kSecond - (timeNs % kSecond < 0 ? 1 : 0);
    if (second != m_second || m_text.isEmpty()) {
        m_second = second;
        m_text = QDateTime::fromSecsSinceEpoch(second, Qt::UTC).toString(QStringLiteral("yyyy-MM-ddTHH:mm:ss.")).toLatin1();
    }
    return m_text + QByteArray::number(timeNs - second * kSecond).rightJustified(9, '0') + 'Z';
}

} // namespace forkscope
