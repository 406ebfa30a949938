// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace forkscope {

/// Times as ISO 8601 in UTC with all their digits: "2026-11-24T14:03:22.123456789Z". Keeps the last second, since most records
/// lie in the same one as the record before.
class IsoTime
{
public:
    QByteArray text(qint64 timeNs);

private:
    qint64 m_second = -1;
    QByteArray m_text;
};

} // namespace forkscope
