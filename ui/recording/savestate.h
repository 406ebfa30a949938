// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/journal.h"

namespace forkscope {

/// Where the recording of a window was saved, and whether all of it is there.
class SaveState
{
public:
    /// Of a recording that grows, or of a closed one: that is saved unless it lies in the RecordingCache. The journal must
    /// outlive this object.
    explicit SaveState(const Journal &journal);

    QString path() const { return m_path; } ///< what Save writes; empty: nobody chose yet
    /// Whether something was recorded that no saved file holds.
    bool isModified() const;
    /// Whether the recording itself goes on in the saved file, so that there is nothing to save.
    bool isRecordedThere() const { return m_recordedThere; }
    /// records: how many of them were there when the copy was begun.
    void setSaved(const QString &path, quint64 records);
    void setRecordedThere(const QString &path);
    /// Of the window, with its place for the mark “modified”.
    QString title() const;

private:
    const Journal &m_journal;
    QString m_path;
    quint64 m_saved = 0; ///< records
    bool m_recordedThere = false;
};

} // namespace forkscope
