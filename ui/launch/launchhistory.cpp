// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/launch/launchhistory.h"

#include "ui/widgets/settings.h"

namespace forkscope {

namespace {

const QLatin1String kKey("launch/history");

}

LaunchHistory::LaunchHistory() : m_lines(Settings().value(kKey).toStringList()) { }

void LaunchHistory::add(const QString &line)
{
    m_lines.removeAll(line);
    m_lines.append(line);
    if (m_lines.size() > kLargest)
        m_lines.remove(0, m_lines.size() - kLargest);
    stopWalking();
    save();
}

void LaunchHistory::clear()
{
    m_lines.clear();
    stopWalking();
    save();
}

QString LaunchHistory::older(const QString &current)
{
    if (m_position < 0) {
        m_draft = current;
        m_position = m_lines.size();
    }
    // A line that already stands there would look as if the key had done nothing.
    if (m_position > 0 && m_lines[m_position - 1] == current)
        --m_position;
    if (m_position <= 0)
        return {};
    return m_lines[--m_position];
}

QString LaunchHistory::newer()
{
    if (m_position < 0)
        return {};
    if (++m_position < m_lines.size())
        return m_lines[m_position];
    m_position = -1;
    return m_draft.isNull() ? QStringLiteral("") : m_draft;
}

void LaunchHistory::save() const
{
    Settings().setValue(kKey, m_lines);
}

} // namespace forkscope
