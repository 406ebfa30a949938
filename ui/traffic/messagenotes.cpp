// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/traffic/messagenotes.h"

#include "core/session/recordingcache.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

#include <algorithm>

namespace forkscope {

namespace {

constexpr qint64 kLargestFile = 32 << 20;

}

MessageNotes::MessageNotes(const Journal &journal, QObject *parent) : QObject(parent), m_journal(journal)
{
    load();
}

QString MessageNotes::fileOf(const QString &recording)
{
    return recording + QStringLiteral(".notes.json");
}

QList<quint64> MessageNotes::records() const
{
    QList<quint64> records = m_notes.keys();
    std::sort(records.begin(), records.end());
    return records;
}

void MessageNotes::setNote(quint64 record, const MessageNote &note)
{
    if (note.isEmpty())
        m_notes.remove(record);
    else if (m_notes.contains(record) || m_notes.size() < kMost)
        m_notes.insert(record, {note.isMarked, note.comment.left(kLongestComment)});
    else
        return emit failed(Error::invalid(tr("mark the message"), tr("there are %L1 marks already").arg(kMost)));
    emit changed(record);
    if (RecordingCache().holds(m_journal.path()))
        return; // with the recording, once that is saved
    if (const auto saved = saveBeside(m_journal.path()); !saved)
        emit failed(saved.error());
}

Result<void> MessageNotes::saveBeside(const QString &recording) const
{
    const QString path = fileOf(recording);
    if (m_notes.isEmpty()) {
        QFile::remove(path);
        return {};
    }
    QJsonArray all;
    for (const quint64 record : records()) {
        const MessageNote note = m_notes.value(record);
        const auto view = m_journal.read(record);
        QJsonObject one{{QStringLiteral("record"), QString::number(record)}};
        if (view) {
            one.insert(QStringLiteral("time_ns"), QString::number(view->timeNs));
            one.insert(QStringLiteral("channel"), QString::fromUtf8(m_journal.channel(view->channel).name));
        }
        if (note.isMarked)
            one.insert(QStringLiteral("marked"), true);
        if (!note.comment.isEmpty())
            one.insert(QStringLiteral("comment"), note.comment);
        all.append(one);
    }
    QSaveFile file(path);
    const QByteArray json
        = QJsonDocument(QJsonObject{{QStringLiteral("forkscope_notes"), 1}, {QStringLiteral("notes"), all}}).toJson();
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner)
        || file.write(json) != json.size() || !file.commit())
        return Error{ErrorCode::System, 0, tr("keep marks and comments"), path, file.errorString()};
    return {};
}

void MessageNotes::load()
{
    QFile file(fileOf(m_journal.path()));
    if (file.size() > kLargestFile || !file.open(QIODevice::ReadOnly))
        return;
    const QJsonArray all = QJsonDocument::fromJson(file.readAll()).object().value(QStringLiteral("notes")).toArray();
    for (qsizetype i = 0; i < std::min<qsizetype>(all.size(), kMost); ++i) {
        const QJsonObject one = all[i].toObject();
        m_notes.insert(
            recordOf(one.value(QStringLiteral("record")).toString().toULongLong(),
                one.value(QStringLiteral("time_ns")).toString().toLongLong(), one.value(QStringLiteral("channel")).toString()),
            {one.value(QStringLiteral("marked")).toBool(),
                one.value(QStringLiteral("comment")).toString().left(kLongestComment)});
    }
}

/// A copy of a recording without what was given up has other numbers.
quint64 MessageNotes::recordOf(quint64 record, qint64 timeNs, const QString &channel) const
{
    const auto isIt = [&](quint64 number) {
        const auto view = m_journal.read(number);
        return view && view->timeNs == timeNs && !view->isEvent()
            && QString::fromUtf8(m_journal.channel(view->channel).name) == channel;
    };
    if (timeNs == 0 || isIt(record))
        return record;
    // Numbers only become smaller, and times grow but for a little.
    quint64 from = 0, end = std::min(record, m_journal.recordCount());
    while (from < end) {
        const quint64 middle = from + (end - from) / 2;
        const auto view = m_journal.read(middle);
        if (!view || view->timeNs < timeNs)
            from = middle + 1;
        else
            end = middle;
    }
    constexpr quint64 kAround = 1000;
    for (quint64 i = from - std::min(from, kAround); i < from + kAround; ++i)
        if (isIt(i))
            return i;
    return record;
}

} // namespace forkscope
