// SPDX-License-Identifier: GPL-3.0-or-later
// The pipelines of a session, and what is done to their links.
#include "core/capture/pipeline.h"
#include "core/launch/process.h"
#include "core/session/sessionprivate.h"

#include <QDir>
#include <QFile>

namespace forkscope {

LaunchId Session::launchPipeline(const PipelineRequest &asked)
{
    PipelineRequest request = asked;
    const auto count = quint32(request.stages.size());
    const LaunchId first{d->lastLaunch.fetch_add(count) + 1};
    for (quint32 i = 0; i < count; ++i)
        d->traffic->prepare(request.stages[qsizetype(i)].spec, LaunchId(quint32(first) + i));
    d->inIoThread([this, request, first] { startPipeline(request, first); });
    return first;
}

/// In the I/O thread.
void Session::startPipeline(const PipelineRequest &request, LaunchId first)
{
    const auto fail = [&](const Error &error) {
        for (qsizetype i = 0; i < request.stages.size(); ++i)
            tellFailed(LaunchId(quint32(first) + quint32(i)), request.stages[i].spec, error);
    };
    if (const auto error = validate(request)) {
        fail(*error);
        return;
    }
    auto *pipeline = new Pipeline(request, first, *d->writer, d->io);
    pipeline->setSampled([monitor = d->monitor.get()](const ProcessKey &root) { return monitor->liveTree(root); });
    if (const auto prepared = pipeline->prepare(); !prepared) {
        fail(prepared.error());
        delete pipeline;
        return;
    }
    connect(pipeline, &Pipeline::linkOpened, pipeline,
        [this, pipeline](qsizetype link) { d->links.add(pipeline->link(link).channel, pipeline->tap(link)); });
    connect(pipeline, &Pipeline::linkEnded, pipeline,
        [this, pipeline](qsizetype link) { d->links.remove(pipeline->link(link).channel); });
    connect(pipeline, &Pipeline::finished, pipeline, &QObject::deleteLater);
    for (qsizetype i = 0; i < pipeline->stageCount(); ++i)
        lookAfter(&pipeline->stage(i));
    pipeline->start();
}

/// There is not even a process to tell of it.
void Session::tellFailed(LaunchId launch, const LaunchSpec &spec, const Error &error)
{
    const bool isSystem = error.systemError != 0;
    const StartFailed failed{.launch = launch,
        .stage = isSystem ? StartStage::Pipe : StartStage::Validate,
        .systemError = error.systemError,
        .path = QFile::encodeName(error.subject),
        .interpreter = {},
        .detail = isSystem ? QByteArray() : error.detail.toUtf8()};
    d->writer->append(LaunchRequested{launch, spec.arguments, spec.workingDirectory});
    d->writer->append(failed);
    QMetaObject::invokeMethod(
        this,
        [this, failed] {
            emit launchFailed(failed.launch, failed);
            emit launchDrained(failed.launch);
        },
        Qt::QueuedConnection);
}

Result<void> Session::makeNamedPipe(const QByteArray &name, TapKeep keep)
{
    const std::scoped_lock lock(d->pipesMutex);
    if (!d->pipeFolder) {
        // As systemd makes it: on a memory file system, ours alone.
        const QString runtime = qEnvironmentVariable("XDG_RUNTIME_DIR");
        auto folder = std::make_unique<QTemporaryDir>(
            (runtime.isEmpty() ? QDir::tempPath() : runtime) + QStringLiteral("/forkscope-pipes-XXXXXX"));
        if (!folder->isValid())
            return Error{ErrorCode::System, 0, tr("make a folder for named pipes"), folder->path(), folder->errorString()};
        d->pipeFolder = std::move(folder);
    }
    const QByteArray base = QFile::encodeName(d->pipeFolder->filePath(QFile::decodeName(name)));
    const NamedPipe::Paths paths{base + ".in", base + ".out"};
    if (QFile::exists(QFile::decodeName(paths.in))) {
        d->inIoThread([this, name, keep] {
            if (NamedPipe *const pipe = d->pipes.value(name))
                pipe->setKeep(keep);
        });
        return {};
    }
    if (auto made = NamedPipe::makeFifos(paths); !made)
        return made;
    d->inIoThread([this, name, paths, keep] {
        if (!d->sampler)
            d->sampler = new LinkSampler(
                *d->writer, [monitor = d->monitor.get()](const ProcessKey &root) { return monitor->liveTree(root); }, d->io);
        const auto processes = [this] {
            QList<std::pair<LaunchId, ProcessKey>> all;
            for (const auto &[launch, process] : d->processes.asKeyValueRange())
                if (process->isRunning())
                    for (const ProcessKey &key : d->monitor->liveTree(process->key()))
                        all.append({launch, key});
            return all;
        };
        d->pipes.insert(name, new NamedPipe(name, paths, {*d->writer, d->links, *d->sampler, processes}, keep, d->io));
    });
    return {};
}

/// In the I/O thread. What comes back is to live until the child has it.
Result<std::array<UniqueFd, 2>> Session::openNamedPipes(LaunchSpec &spec, const NamedStreams &streams)
{
    std::array<UniqueFd, 2> ends;
    for (const bool writes : {false, true}) {
        const QByteArray &name = writes ? streams.standardOutput : streams.standardInput;
        if (name.isEmpty())
            continue;
        NamedPipe *const pipe = d->pipes.value(name);
        if (!pipe)
            return Error::invalid(tr("open the named pipe"), tr("there is no named pipe “%1”").arg(QFile::decodeName(name)),
                QFile::decodeName(name));
        auto end = pipe->openEnd(writes);
        if (!end)
            return end.error();
        ends[writes] = std::move(end).value();
        (writes ? spec.standardOutput : spec.standardInput) = {StreamTarget::Kind::Descriptor, {}, false, ends[writes].get()};
    }
    return ends;
}

QList<ChannelId> Session::links() const
{
    return d->links.channels();
}

std::optional<LinkState> Session::link(ChannelId channel) const
{
    std::optional<LinkState> state;
    d->links.with(channel, [&state](const Tap &tap) { state = tap.state(); });
    return state && state->queuedBytes >= 0 ? state : std::nullopt;
}

void Session::setLink(ChannelId channel, const LinkSettings &settings)
{
    d->links.with(channel, [&](Tap &tap) { tap.set(settings); });
}

void Session::setLinkKeep(ChannelId channel, TapKeep keep)
{
    d->links.with(channel, [&](Tap &tap) { tap.setKeep(keep); });
}

void Session::injectIntoLink(ChannelId channel, const QByteArray &bytes)
{
    d->links.with(channel, [&](Tap &tap) { tap.inject(bytes); });
}

void Session::passHeld(ChannelId channel)
{
    d->links.with(channel, [](Tap &tap) { tap.passHeld(); });
}

void Session::replaceHeld(ChannelId channel, const QByteArray &bytes)
{
    d->links.with(channel, [&](Tap &tap) { tap.replaceHeld(bytes); });
}

void Session::dropHeld(ChannelId channel)
{
    d->links.with(channel, [](Tap &tap) { tap.dropHeld(); });
}

} // namespace forkscope
