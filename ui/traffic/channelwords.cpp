// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/traffic/channelwords.h"

#include "ui/widgets/format.h"

#include <QLocale>

namespace forkscope {

QString ChannelWords::kind(ChannelKind kind)
{
    switch (kind) {
    case ChannelKind::Queue:
        return tr("queue");
    case ChannelKind::Connection:
        return tr("connection");
    case ChannelKind::Pipe:
        return tr("pipe");
    default:
        return tr("channel");
    }
}

QString ChannelWords::givenName(const ChannelInfo &info)
{
    const QByteArray name = info.kind == ChannelKind::Pipe && info.name.startsWith("pipe ") ? info.name.mid(5) : QByteArray();
    // The links of pipelines are called by their ends: “pipe a(1) → b(2)”.
    return name.contains(' ') || name.contains('(') ? QString() : QString::fromUtf8(name);
}

QString ChannelWords::title(const ChannelInfo &info)
{
    const QString plain = tr("%1 %2", "kind and number of a channel").arg(kind(info.kind)).arg(quint32(info.id));
    const QString name = givenName(info);
    return name.isEmpty() ? plain : tr("%1 (%2)", "channel, its name").arg(plain, name);
}

QString ChannelWords::name(const ChannelFigures &figures)
{
    return figures.info.name.isEmpty() ? title(figures.info) : QString::fromUtf8(figures.info.name);
}

QString ChannelWords::party(const ChannelParty &party)
{
    if (party.process.isNull())
        return tr("not started");
    const QString pid = QString::number(party.process.pid);
    const QString who
        = party.name.isEmpty() ? tr("PID %1").arg(pid) : tr("%1 %2", "name, PID").arg(QString::fromUtf8(party.name), pid);
    return party.fd < 0 ? who : tr("%1 · fd %2").arg(who).arg(party.fd);
}

QString ChannelWords::parties(const QList<ChannelParty> &parties)
{
    if (parties.isEmpty())
        return tr("unknown");
    const QString first = party(parties.first());
    return parties.size() == 1 ? first : tr("%1 +%2", "and so many others").arg(first).arg(parties.size() - 1);
}

QString ChannelWords::ends(const ChannelFigures &figures)
{
    return tr("%1 → %2").arg(parties(figures.writers), parties(figures.readers));
}

QString ChannelWords::queued(const ChannelFigures &figures)
{
    if (!figures.sample)
        return {};
    const ChannelSample &sample = *figures.sample;
    const QLocale locale;
    if (figures.info.kind == ChannelKind::Pipe)
        return sample.capacity ? tr("%1 of %2").arg(bytesText(qint64(sample.bytes)), bytesText(qint64(sample.capacity)))
                               : bytesText(qint64(sample.bytes));
    const QString depth = locale.toString(sample.depth);
    return sample.maxDepth ? tr("%1 of %2 messages").arg(depth, locale.toString(sample.maxDepth))
                           : tr("%n message(s)", nullptr, int(std::min<quint64>(sample.depth, 2'000'000'000)));
}

QString ChannelWords::waiting(const ChannelFigures &figures)
{
    if (!figures.open)
        return {};
    if (figures.sample && !figures.sample->waiters.isEmpty()) {
        const auto longest = std::max_element(figures.sample->waiters.cbegin(), figures.sample->waiters.cend(),
            [](const auto &a, const auto &b) { return std::pair(a.puts, a.waitedNs) < std::pair(b.puts, b.waitedNs); });
        const QByteArray name = figures.waiting.value(longest - figures.sample->waiters.cbegin()).name;
        QString who = QString::number(longest->process.pid);
        if (!name.isEmpty())
            who = tr("%1 %2", "name, PID").arg(QString::fromUtf8(name), who);
        const bool pipe = figures.info.kind == ChannelKind::Pipe;
        const QString what = longest->puts ? pipe ? tr("%1 waits to write, %2") : tr("%1 waits for a place, %2")
            : pipe ? tr("%1 waits to read, %2")
                                           : tr("%1 waits for a message, %2");
        const QString text = what.arg(who, durationText(longest->waitedNs));
        const qsizetype others = figures.sample->waiters.size() - 1;
        return others ? tr("%1 +%2", "and so many others").arg(text).arg(others) : text;
    }
    if (figures.settings.paused)
        return tr("held: the link is paused");
    if (figures.info.kind == ChannelKind::Pipe && figures.isFull())
        return tr("full: %1 cannot write more").arg(parties(figures.writers));
    return {};
}

QString ChannelWords::bytes(quint64 bytes)
{
    return bytesText(qint64(bytes));
}

QString ChannelWords::rate(double bytesPerSecond)
{
    return tr("%1/s").arg(bytesText(qRound64(bytesPerSecond)));
}

QString ChannelWords::state(const ChannelFigures &figures)
{
    if (figures.open)
        return tr("open");
    return figures.systemError ? tr("closed by an error") : tr("closed");
}

Status ChannelWords::status(const ChannelFigures &figures)
{
    if (!figures.open)
        return figures.systemError ? Status::Failed : Status::Finished;
    return figures.settings.paused ? Status::Stopped : Status::Running;
}

QString ChannelWords::settings(const LinkSettings &settings)
{
    QStringList parts;
    if (settings.paused)
        parts.append(tr("paused"));
    if (settings.bytesPerSecond)
        parts.append(tr("at most %1/s").arg(bytesText(qint64(settings.bytesPerSecond))));
    if (settings.messagesPerSecond)
        parts.append(tr("at most %1 pieces/s").arg(QLocale().toString(settings.messagesPerSecond)));
    if (settings.delayNs)
        parts.append(tr("delayed by %1").arg(durationText(settings.delayNs)));
    if (settings.splitBytes)
        parts.append(tr("split into %1").arg(bytesText(qint64(settings.splitBytes))));
    if (settings.capacity)
        parts.append(tr("pipes of %1").arg(bytesText(settings.capacity)));
    return parts.join(tr(", ", "between the parts of a list"));
}

QString ChannelWords::intervention(const Intervened &what)
{
    LinkSettings settings;
    switch (what.kind) {
    case InterventionKind::Pause:
        return tr("paused");
    case InterventionKind::Resume:
        return tr("resumed");
    case InterventionKind::Step:
        return tr("one piece let through");
    case InterventionKind::Throttle:
        settings.bytesPerSecond = what.value;
        settings.messagesPerSecond = what.messagesPerSecond;
        return settings.isPlain() ? tr("no limit of speed any more") : ChannelWords::settings(settings);
    case InterventionKind::Delay:
        settings.delayNs = qint64(what.value);
        return settings.isPlain() ? tr("no delay any more") : ChannelWords::settings(settings);
    case InterventionKind::Inject:
        return tr("%1 added").arg(bytesText(qint64(what.addedBytes)));
    case InterventionKind::Replace:
        return tr("%1 replaced by %2").arg(bytesText(qint64(what.removedBytes)), bytesText(qint64(what.addedBytes)));
    case InterventionKind::Drop:
        return tr("%1 thrown away").arg(bytesText(qint64(what.removedBytes)));
    case InterventionKind::Split:
        settings.splitBytes = what.value;
        return settings.isPlain() ? tr("not split any more") : ChannelWords::settings(settings);
    case InterventionKind::Shrink:
        settings.capacity = quint32(what.value);
        return settings.isPlain() ? tr("pipes as large as they were") : ChannelWords::settings(settings);
    case InterventionKind::Keep:
        return what.value == 0 ? tr("counted only from here on")
            : what.value >= TapKeep::kEverything
            ? tr("everything recorded from here on")
            : tr("the first %1 of each piece recorded from here on").arg(bytesText(qint64(what.value)));
    }
    return {};
}

QString ChannelWords::latencyNote(ChannelKind kind)
{
    if (kind == ChannelKind::Pipe)
        return tr("Nobody sees when a byte of a pipe is read. Shown is how long, at most, the oldest byte in it had been there "
                  "whenever somebody looked.");
    return tr("Shown is the longest time that a message had waited when it was taken out.");
}

} // namespace forkscope
