// SPDX-License-Identifier: GPL-3.0-or-later
// What forkscope pool --json prints.
#include "app/poolrun.h"

#include "core/launch/signals.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace forkscope {

namespace {

QByteArray lineOf(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

/// Bytes that are not UTF-8 are in NAME_base64 instead.
void insertBytes(QJsonObject &object, const QString &name, const QByteArray &bytes)
{
    const QString text = QString::fromUtf8(bytes);
    if (text.toUtf8() == bytes)
        object.insert(name, text);
    else
        object.insert(name + QStringLiteral("_base64"), QString::fromLatin1(bytes.toBase64()));
}

QString endingName(const pool::TaskOutcome &outcome, bool tooLong)
{
    switch (outcome.how) {
    case TaskEnding::Done:
        return QStringLiteral("done");
    case TaskEnding::TimedOut:
        return QStringLiteral("timed-out");
    case TaskEnding::Cancelled:
    case TaskEnding::Skipped:
        return tooLong ? QStringLiteral("timed-out") : QStringLiteral("cancelled");
    default:
        return QStringLiteral("failed");
    }
}

} // namespace

QByteArray jobJson(const pool::CommandInput &input, const QByteArray &command, const pool::TaskOutcome &outcome, int attempts,
    bool tooLong, const std::pair<QByteArray, QByteArray> &output)
{
    QJsonObject object{{QStringLiteral("seq"), qint64(input.number)}, {QStringLiteral("how"), endingName(outcome, tooLong)},
        {QStringLiteral("attempts"), attempts}};
    QJsonArray inputs;
    for (const QByteArray &column : input.columns)
        inputs.append(QString::fromUtf8(column));
    object.insert(QStringLiteral("inputs"), inputs);
    insertBytes(object, QStringLiteral("command"), command);
    const auto code = outcome.status.returnCode();
    object.insert(QStringLiteral("returncode"), code ? QJsonValue(*code) : QJsonValue());
    if (outcome.status.kind == ExitStatus::Kind::Signalled)
        object.insert(QStringLiteral("signal"), signalName(outcome.status.value));
    if (!outcome.errorText.isEmpty())
        object.insert(QStringLiteral("error"), outcome.errorText);
    if (outcome.startNs > 0) {
        object.insert(QStringLiteral("start"), double(outcome.startNs) / 1e9);
        object.insert(QStringLiteral("seconds"), double(outcome.endNs - outcome.startNs) / 1e9);
    }
    insertBytes(object, QStringLiteral("stdout"), output.first);
    insertBytes(object, QStringLiteral("stderr"), output.second);
    return lineOf(object);
}

QByteArray summaryJson(const PoolRun::Outcome &outcome, int exitStatus)
{
    return lineOf({{QStringLiteral("jobs"), qint64(outcome.counts.ended() + outcome.notRun)},
        {QStringLiteral("succeeded"), qint64(outcome.counts.succeeded)},
        {QStringLiteral("failed"), qint64(outcome.counts.failed)}, {QStringLiteral("not_run"), qint64(outcome.notRun)},
        {QStringLiteral("done_before"), qint64(outcome.passedOver)}, {QStringLiteral("seconds"), double(outcome.elapsedNs) / 1e9},
        {QStringLiteral("exit_status"), exitStatus}});
}

} // namespace forkscope
