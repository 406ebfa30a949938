// SPDX-License-Identifier: GPL-3.0-or-later
// forkscope replay: what a recorded channel carried, once more.
#include "app/subcommands.h"

#include "core/capture/replay.h"
#include "core/export/selection.h"
#include "core/launch/commandline.h"
#include "core/launch/popen.h"
#include "core/launch/runcommand.h"
#include "core/launch/startfailure.h"

#include <QCoreApplication>

#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace forkscope {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(forkscope)
};

/// The one that is meant: by the word, else the only one that holds anything; of several those between processes first.
Result<ChannelId> channelOf(const Journal &journal, const std::string &word)
{
    QList<ChannelInfo> channels, between;
    const auto add = [&](ChannelId id) {
        const ChannelInfo info = journal.channel(id);
        if (journal.channelRecordCount(id) == 0)
            return;
        channels.append(info);
        if (isBetweenProcesses(info.kind))
            between.append(info);
    };
    if (word.empty()) {
        for (quint32 i = 0; i < journal.channelCount(); ++i)
            add(ChannelId(i));
    } else {
        const auto named = channelsNamed(journal, {QByteArray::fromStdString(word)});
        if (!named)
            return named.error();
        std::for_each(named.value().begin(), named.value().end(), add);
    }
    const QList<ChannelInfo> &candidates = between.isEmpty() ? channels : between;
    if (candidates.size() == 1)
        return candidates.first().id;
    const QString tried = Text::tr("choose what to replay");
    return Error::invalid(tried,
        candidates.isEmpty() ? Text::tr("the recording holds nothing of it")
                             : Text::tr("there are several: name one with --channel: %1").arg(channelList(candidates)));
}

Result<LaunchSpec> specOf(const std::string &command)
{
    const QString line = QString::fromLocal8Bit(command);
    const auto parsed = parseCommandLine(line);
    if (!parsed)
        return parsed.error();
    LaunchSpec spec;
    spec.shell = parsed.value().needsShell;
    spec.arguments = spec.shell ? QByteArrayList{QByteArray::fromStdString(command)} : parsed.value().words;
    spec.standardInput.kind = StreamTarget::Kind::Pipe;
    spec.standardOutput.kind = spec.standardError.kind = StreamTarget::Kind::Inherit;
    return spec;
}

/// 0, or what went wrong.
int tell(const Result<ReplayReport> &replayed)
{
    if (!replayed) {
        complain(errorText(replayed.error()));
        return kOwnFailure;
    }
    const ReplayReport &report = replayed.value();
    if (report.missingBytes > 0)
        complain(Text::tr("%1 bytes that passed then are not in the recording").arg(report.missingBytes));
    if (report.readerGone)
        complain(Text::tr("the reader ended after %1 bytes, before all was written").arg(report.bytes));
    constexpr qint64 kLate = 100'000'000; // ns; less nobody notices
    if (report.latestNs > kLate)
        complain(
            Text::tr("the reader was slower than the original: up to %1 s behind").arg(double(report.latestNs) / 1e9, 0, 'f', 1));
    return 0;
}

} // namespace

int replayCommand(const ReplayCommandOptions &options)
{
    const auto journal = Journal::open(QString::fromLocal8Bit(options.file));
    if (!journal) {
        complain(errorText(journal.error()));
        return kOwnFailure;
    }
    complainOfCut(journal.value()->openReport());
    const auto channel = channelOf(*journal.value(), options.channel);
    if (!channel) {
        complain(errorText(channel.error()));
        return kUsageError;
    }
    const ReplayOptions replayOptions{options.fast ? 0 : options.speed};
    std::signal(SIGPIPE, SIG_IGN);
    if (options.command.empty())
        return tell(replay(*journal.value(), channel.value(), STDOUT_FILENO, replayOptions));
    const auto spec = specOf(options.command);
    if (!spec) {
        complain(errorText(spec.error()));
        return kUsageError;
    }
    auto started = Popen::start(spec.value());
    if (const auto *failure = std::get_if<StartFailed>(&started)) {
        complain(startFailureText(*failure));
        return shellStatusOf(*failure);
    }
    Popen &child = *std::get<0>(started);
    const int told = tell(replay(*journal.value(), channel.value(), child.standardInput()->descriptor(), replayOptions));
    (void)child.standardInput()->close();
    child.wait();
    const int status = child.returnCode().value_or(kOwnFailure);
    return told != 0 ? told : status < 0 ? kSignalBase - status : status;
}

} // namespace forkscope
