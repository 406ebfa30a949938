// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/recording/savestate.h"

#include "core/session/recordingcache.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace forkscope {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(SaveState)
};

} // namespace

SaveState::SaveState(const Journal &journal) : m_journal(journal)
{
    if (!RecordingCache().holds(journal.path()))
        setRecordedThere(journal.path());
}

bool SaveState::isModified() const
{
    return !m_recordedThere && m_journal.recordCount() > m_saved;
}

void SaveState::setSaved(const QString &path, quint64 records)
{
    if (m_recordedThere)
        return; // a copy; the recording stays where it is
    m_path = path;
    m_saved = records;
}

void SaveState::setRecordedThere(const QString &path)
{
    m_path = path;
    m_recordedThere = true;
}

QString SaveState::title() const
{
    QString name = QFileInfo(m_path).fileName();
    if (name.isEmpty() && isModified())
        name = Words::tr("Unsaved recording");
    if (name.isEmpty())
        return QStringLiteral("Forkscope");
    return Words::tr("%1[*] — Forkscope").arg(name.replace(QLatin1String("[*]"), QLatin1String("[*][*]")));
}

} // namespace forkscope
