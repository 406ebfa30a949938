// SPDX-License-Identifier: GPL-3.0-or-later
// forkscope recordings: those that nobody saved.
#include "app/subcommands.h"

#include "core/export/isotime.h"
#include "core/export/jsonwriter.h"
#include "core/session/recordingsummary.h"
#include "ui/preferences/preferences.h"
#include "ui/recording/recordingwords.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <cerrno>
#include <cstdio>

namespace forkscope {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(forkscope)
};

qint64 nowNs()
{
    return QDateTime::currentMSecsSinceEpoch() * 1'000'000;
}

QByteArray jsonOf(const CachedRecording &recording, bool removed)
{
    QByteArray text;
    JsonWriter json(text);
    IsoTime time;
    json.beginObject();
    json.bytesField("path", QFile::encodeName(recording.path));
    json.field("bytes", recording.bytes);
    json.field("changed", time.text(recording.changedNs));
    json.field("age_seconds", std::max<qint64>(0, (nowNs() - recording.changedNs) / 1'000'000'000));
    json.field("in_use", recording.use != FileUse::None);
    if (removed) {
        json.field("removed", true);
    } else if (const auto summary = summarizeRecording(recording.path)) {
        json.field("started", time.text(summary.value().startNs));
        if (summary.value().lastNs > 0)
            json.field("duration_ns", summary.value().lastNs - summary.value().startNs);
        if (!summary.value().command.isEmpty()) {
            json.key("command"); // of the first launch
            json.beginArray();
            for (const QByteArray &word : summary.value().command)
                json.string(word);
            json.endArray();
        }
    }
    json.endObject();
    return text;
}

/// Filled up with spaces; letters of Chinese are two columns wide.
QString padded(const QString &text, int columns, bool right)
{
    const auto wide
        = std::count_if(text.begin(), text.end(), [](QChar c) { return c.unicode() >= 0x1100 && c.unicode() < 0xff61; });
    const QString spaces(std::max(qsizetype(0), columns - text.size() - wide), u' ');
    return right ? spaces + text : text + spaces;
}

QByteArray lineOf(const CachedRecording &recording)
{
    const QString use = fileUseText(recording.use);
    const QString line = padded(ageText(recording.changedNs), 12, true) + QStringLiteral("  ")
        + padded(bytesText(qint64(recording.bytes)), 9, true) + QStringLiteral("  ")
        + padded(use.isEmpty() ? QStringLiteral("-") : use, 17, false) + QStringLiteral("  ");
    return line.toLocal8Bit() + QFile::encodeName(recording.path);
}

/// What is printed, and the exit status.
struct Outcome {
    QList<CachedRecording> recordings;
    bool removed = false; ///< they were
    int status = 0;
};

void failWith(const Error &error, Outcome &outcome)
{
    complain(errorText(error));
    const bool wrong = error.code == ErrorCode::InvalidArgument || error.systemError == ENOENT;
    outcome.status = std::max(outcome.status, wrong ? kUsageError : kOwnFailure);
}

Outcome removeGiven(const RecordingCache &cache, const QByteArrayList &files)
{
    Outcome outcome{.recordings = {}, .removed = true};
    const auto listed = cache.list();
    for (const QByteArray &file : files) {
        QString path = QFile::decodeName(file);
        if (!path.contains(u'/'))
            path.prepend(cache.folder() + u'/');
        if (auto removed = cache.remove(path); !removed) {
            failWith(removed.error(), outcome);
            continue;
        }
        CachedRecording gone;
        gone.path = path;
        gone.use = FileUse::None;
        if (listed)
            for (const CachedRecording &known : listed.value())
                if (QFileInfo(known.path).fileName() == QFileInfo(path).fileName())
                    gone = known;
        outcome.recordings.append(gone);
    }
    return outcome;
}

Outcome clean(const RecordingCache &cache)
{
    Outcome outcome{.recordings = {}, .removed = true};
    const CleanReport report = cache.clean(Preferences::cacheLimits(), nowNs());
    outcome.recordings = report.removed;
    for (const Error &error : report.failures)
        failWith(error, outcome);
    return outcome;
}

Outcome list(const RecordingCache &cache)
{
    Outcome outcome;
    if (const auto listed = cache.list())
        outcome.recordings = listed.value();
    else
        failWith(listed.error(), outcome);
    return outcome;
}

} // namespace

int recordingsCommand(const RecordingsOptions &options)
{
    applyRememberedUnits();
    const RecordingCache cache;
    const QByteArrayList files = bytesOf(options.remove);
    Outcome outcome = !files.isEmpty() ? removeGiven(cache, files) : options.clean ? clean(cache) : list(cache);
    for (const CachedRecording &recording : std::as_const(outcome.recordings)) {
        const QByteArray line = options.json ? jsonOf(recording, outcome.removed)
            : outcome.removed                ? QFile::encodeName(recording.path)
                                             : lineOf(recording);
        std::puts(line.constData());
    }
    if (outcome.status == 0 && !outcome.removed && outcome.recordings.isEmpty())
        complain(Text::tr("there are no unsaved recordings in %1").arg(cache.folder()));
    if (outcome.removed && !outcome.recordings.isEmpty())
        complain(Text::tr("removed: %1").arg(countText(outcome.recordings)));
    if (std::fflush(stdout) != 0) {
        complain(Text::tr("cannot write to standard output: %1").arg(systemErrorText(errno)));
        return kOwnFailure;
    }
    return outcome.status;
}

} // namespace forkscope
