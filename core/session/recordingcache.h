// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/journal/filelock.h"

#include <QList>
#include <QString>

namespace forkscope {

/// A recording that nobody saved: of a session that runs, or of one that did not end properly.
struct CachedRecording {
    QString path;
    quint64 bytes = 0; ///< on disk
    qint64 changedNs = 0; ///< last change of the file, since 1970
    FileUse use = FileUse::Unknown; ///< by whoever runs now, this process included
};

/// What clean() leaves. 0: without that limit.
struct CacheLimits {
    int days = 0; ///< since the last change
    quint64 bytes = 0; ///< of all that are not in use
};

/// What clean() did.
struct CleanReport {
    QList<CachedRecording> removed;
    QList<Error> failures;
    quint64 bytes() const; ///< that became free
};

/// The folder in which sessions record until they are saved: session-DATE-TIME-PID-NUMBER.pcapng in $XDG_CACHE_HOME/forkscope.
///
/// Touches files only that have such a name, lie in that folder itself, are plain files of this user (no links), begin as our
/// recordings do, and that nobody uses: a session locks its file, a window that shows one does as well. Thread-safe; all
/// functions but those that say so look at the disk, so they are not for the GUI thread.
class RecordingCache
{
public:
    explicit RecordingCache(QString folder = defaultFolder());

    static QString defaultFolder();
    QString folder() const { return m_folder; }
    /// A name for a new recording, in the folder, which is made where need be and closed to others. Cheap.
    Result<QString> newFile() const;
    /// Whether the path names a recording of the cache, by its name alone. Cheap.
    bool holds(const QString &path) const;

    /// Newest first; empty where there is no such folder.
    Result<QList<CachedRecording>> list() const;
    /// An error where it is none of the cache's recordings (InvalidArgument), or in use (System, EBUSY).
    Result<void> remove(const QString &path) const;
    /// Moves it out of the cache; a plain file of that name is replaced once the whole recording is there.
    Result<void> moveOut(const QString &path, const QString &destination) const;
    /// Removes what the limits do not allow.
    CleanReport clean(const CacheLimits &limits, qint64 nowNs) const;

private:
    QString m_folder;
};

/// Those that go: the ones that are too old, then the oldest until the rest fits. Never one in use; never the newest one for its
/// size: it may be what a crash has just left. Pure.
QList<CachedRecording> beyondLimits(QList<CachedRecording> recordings, const CacheLimits &limits, qint64 nowNs);

} // namespace forkscope
