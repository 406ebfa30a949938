// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/capture/pipeline.h"

#include "core/capture/pipewaiters.h"
#include "core/journal/journalwriter.h"
#include "core/launch/pipepair.h"
#include "core/launch/startfailure.h"

#include <algorithm>

namespace forkscope {

namespace {

constexpr int kPipeBytes = 1 << 20; ///< the most an unprivileged process may have

QByteArray nameOf(const Process &process)
{
    const QByteArrayList &arguments = process.spec().arguments;
    const QByteArray program = process.startFailure() || process.startEvent().name.isEmpty()
        ? (arguments.isEmpty() ? QByteArray() : arguments.first())
        : process.startEvent().name;
    return process.key().isNull() ? program : program + '(' + QByteArray::number(process.key().pid) + ')';
}

} // namespace

std::optional<Error> validate(const PipelineRequest &request)
{
    const QString tried = Pipeline::tr("start the pipeline");
    if (request.stages.isEmpty())
        return Error::invalid(tried, Pipeline::tr("it is empty"));
    for (qsizetype i = 0; i < request.stages.size(); ++i)
        if (const qsizetype input = request.stages[i].input; input < -1 || input >= std::max<qsizetype>(i, 0))
            return Error::invalid(tried, Pipeline::tr("stage %1 can only read from a stage before it").arg(i + 1));
    return {};
}

Pipeline::Pipeline(PipelineRequest request, LaunchId first, JournalWriter &journal, QObject *parent)
    : QObject(parent), m_journal(journal), m_request(std::move(request)), m_first(first),
      m_stages(size_t(m_request.stages.size())), m_records(journal, m_request.memory), m_links(m_stages.size() - 1)
{
    for (size_t i = 0; i < m_links.size(); ++i) {
        const qsizetype input = m_request.stages[qsizetype(i) + 1].input;
        m_links[i].reader = i + 1;
        m_links[i].writer = input < 0 ? i : size_t(input);
        m_links[i].keep = m_request.stages[qsizetype(i) + 1].keep.value_or(m_request.keep);
    }
}

Pipeline::~Pipeline()
{
    m_sampler.reset();
    for (const Fork &fork : m_forks)
        if (fork.branch)
            fork.branch->leave();
    for (const Connection &link : m_links)
        if (link.tap)
            link.tap->leave();
    m_forks.clear();
}

void Pipeline::setSampled(LinkSampler::Tree tree)
{
    m_sampler = std::make_unique<LinkSampler>(m_journal, std::move(tree));
}

/// Makes the pipes between a stage and those that read from it.
Result<void> Pipeline::connectOutput(size_t writer)
{
    std::vector<size_t> links;
    for (size_t i = 0; i < m_links.size(); ++i)
        if (m_links[i].writer == writer)
            links.push_back(i);
    if (links.empty())
        return {};
    auto before = makePipe(kPipeBytes);
    if (!before)
        return before.error();
    m_stages[writer].output = std::move(before.value().write);
    Fork fork;
    for (const size_t i : links) {
        Connection &link = m_links[i];
        auto behind = makePipe(kPipeBytes);
        if (!behind)
            return behind.error();
        link.to = std::move(behind.value().write);
        m_stages[link.reader].input = std::move(behind.value().read);
        link.written = PipeIdentity::of(m_stages[writer].output.get());
        link.read = PipeIdentity::of(link.to.get());
        if (links.size() == 1) {
            link.from = std::move(before.value().read);
            return {};
        }
        auto between = makePipe(-1); // what a reader lags behind is to wait in the branch
        if (!between)
            return between.error();
        link.from = std::move(between.value().read);
        fork.to.push_back(std::move(between.value().write));
    }
    fork.links = std::move(links);
    fork.from = std::move(before.value().read);
    m_forks.push_back(std::move(fork));
    return {};
}

Result<void> Pipeline::prepare()
{
    for (size_t i = 0; i < m_stages.size(); ++i)
        if (auto connected = connectOutput(i); !connected)
            return connected;
    m_open = m_stages.size() + m_links.size();
    for (size_t i = 0; i < m_stages.size(); ++i) {
        Stage &stage = m_stages[i];
        LaunchSpec &spec = m_request.stages[qsizetype(i)].spec;
        if (stage.input)
            spec.standardInput = {StreamTarget::Kind::Descriptor, {}, false, stage.input.get()};
        if (stage.output)
            spec.standardOutput = {StreamTarget::Kind::Descriptor, {}, false, stage.output.get()};
        stage.process = std::make_unique<Process>(spec, LaunchId(quint32(m_first) + quint32(i)), &m_journal);
        connect(stage.process.get(), &Process::started, this, [this, i] { settled(i); });
        connect(stage.process.get(), &Process::finished, this, [this, i] { settled(i); });
        connect(stage.process.get(), &Process::drained, this, [this, i] {
            --m_open;
            checkEnd();
        });
    }
    return {};
}

void Pipeline::start()
{
    for (Stage &stage : m_stages)
        stage.process->start();
}

/// It has its ends of the pipes, or never will: ours are closed, or nobody would ever see the end of file.
void Pipeline::settled(size_t stage)
{
    m_stages[stage].input.reset();
    m_stages[stage].output.reset();
    m_stages[stage].settled = true;
    for (size_t i = 0; i < m_links.size(); ++i)
        if (m_links[i].reader == stage || m_links[i].writer == stage)
            connectStages(i);
}

/// A function that is called in another thread, and carried out in this one while this object lives.
template<typename F> std::function<void()> Pipeline::here(F function)
{
    return [this, function] { QMetaObject::invokeMethod(this, function, Qt::QueuedConnection); };
}

void Pipeline::connectStages(size_t i)
{
    Connection &link = m_links[i];
    if (link.tap || !link.from || !m_stages[link.writer].settled || !m_stages[link.reader].settled)
        return;
    const Process &writer = *m_stages[link.writer].process;
    const Process &reader = *m_stages[link.reader].process;
    ChannelInfo info;
    info.kind = ChannelKind::Pipe;
    info.launch = writer.launch();
    info.process = writer.key();
    info.name = "pipe " + nameOf(writer) + " → " + nameOf(reader);
    link.channel = m_journal.openChannel(info);
    ChannelEnds ends{link.channel, {{writer.launch(), writer.key(), 1, true}}};
    if (writer.spec().standardError.kind == StreamTarget::Kind::StandardOutput)
        ends.ends.append({writer.launch(), writer.key(), 2, true});
    ends.ends.append({reader.launch(), reader.key(), 0, false});
    m_journal.append(ends);
    link.tap = std::make_unique<Tap>(std::move(link.from), std::move(link.to), link.channel, m_journal, m_records, link.keep,
        link.settings, here([this, i] { ended(i); }));
    if (m_sampler)
        m_sampler->add({link.channel, link.tap.get(), link.written, link.read, ends.ends});
    emit linkOpened(qsizetype(i));
    for (Fork &fork : m_forks)
        if (std::find(fork.links.begin(), fork.links.end(), i) != fork.links.end())
            connectFork(fork);
}

void Pipeline::connectFork(Fork &fork)
{
    if (!std::all_of(fork.links.begin(), fork.links.end(), [this](size_t i) { return bool(m_links[i].tap); }))
        return;
    std::vector<Branch::Output> outputs;
    for (size_t i = 0; i < fork.links.size(); ++i) {
        const Connection &link = m_links[fork.links[i]];
        outputs.push_back({std::move(fork.to[i]), link.channel, link.tap.get()});
    }
    fork.branch = std::make_unique<Branch>(std::move(fork.from), std::move(outputs), m_request.lagBytes, m_journal);
}

void Pipeline::ended(size_t i)
{
    const Connection &link = m_links[i];
    if (m_sampler)
        m_sampler->remove(link.channel);
    m_journal.append(ChannelClosed{link.channel, link.tap->counters().bytes, 0});
    emit linkEnded(qsizetype(i));
    --m_open;
    checkEnd();
}

void Pipeline::checkEnd()
{
    if (m_open > 0 || m_finished)
        return;
    m_finished = true;
    emit finished();
}

qsizetype Pipeline::stageCount() const
{
    return qsizetype(m_stages.size());
}

Pipeline::Link Pipeline::link(qsizetype i) const
{
    const Connection &connection = m_links[size_t(i)];
    Link link{.channel = connection.channel,
        .writer = qsizetype(connection.writer),
        .reader = qsizetype(connection.reader),
        .counters = {}};
    if (connection.tap) {
        const LinkState state = connection.tap->state();
        link.counters = state.counters;
        link.queuedBytes = state.queuedBytes;
        link.droppedBytes = state.droppedBytes;
        link.injectedBytes = state.injectedBytes;
    }
    return link;
}

void Pipeline::setKeep(qsizetype link, TapKeep keep)
{
    Connection &connection = m_links[size_t(link)];
    connection.keep = keep;
    if (connection.tap)
        connection.tap->setKeep(keep);
}

void Pipeline::set(qsizetype link, const LinkSettings &settings)
{
    Connection &connection = m_links[size_t(link)];
    connection.settings = settings;
    if (connection.tap)
        connection.tap->set(settings);
}

int Pipeline::statusOf(qsizetype stage) const
{
    const Process &process = *m_stages[size_t(stage)].process;
    if (const auto &failure = process.startFailure())
        return shellStatusOf(*failure);
    const ExitStatus &status = process.exitStatus();
    return status.kind == ExitStatus::Kind::Exited   ? status.value
        : status.kind == ExitStatus::Kind::Signalled ? 128 + status.value
                                                     : 125;
}

int Pipeline::status(PipelineStatus how) const
{
    if (how == PipelineStatus::Fail) {
        for (qsizetype i = stageCount() - 1; i >= 0; --i)
            if (const int status = statusOf(i); status != 0)
                return status;
        return 0;
    }
    size_t last = 0;
    for (const Connection &link : m_links) // in the order of their readers
        if (link.writer == last)
            last = link.reader;
    return statusOf(qsizetype(last));
}

} // namespace forkscope
