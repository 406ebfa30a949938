// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/journal/journal.h"

#include <QHash>
#include <QObject>

namespace forkscope {

/// What a person noted on a message.
struct MessageNote {
    bool isMarked = false;
    QString comment;
    bool isEmpty() const { return !isMarked && comment.isEmpty(); }
};

/// Marks and comments on the messages of a recording, by the number of the message's record. They stand in a file beside it,
/// RECORDING.notes.json (0600), never in the recording itself; those of a recording that nobody has saved yet are in memory
/// until somebody does. GUI thread; files are small.
class MessageNotes : public QObject
{
    Q_OBJECT

public:
    static constexpr int kMost = 10'000; ///< that a file may hold
    static constexpr qsizetype kLongestComment = 2000; ///< characters

    /// The journal must outlive it. Reads what lies beside it.
    explicit MessageNotes(const Journal &journal, QObject *parent = nullptr);

    MessageNote note(quint64 record) const { return m_notes.value(record); }
    bool isEmpty() const { return m_notes.isEmpty(); }
    QList<quint64> records() const; ///< ascending
    /// Kept at once where the recording is saved; failed() tells where that did not work.
    void setNote(quint64 record, const MessageNote &note);
    /// Beside a copy of the recording, whose records may have other numbers: they are found by time and channel again.
    Result<void> saveBeside(const QString &recording) const;

    static QString fileOf(const QString &recording);

signals:
    void changed(quint64 record);
    void failed(const forkscope::Error &error);

private:
    void load();
    quint64 recordOf(quint64 record, qint64 timeNs, const QString &channel) const;

    const Journal &m_journal;
    QHash<quint64, MessageNote> m_notes;
};

} // namespace forkscope
