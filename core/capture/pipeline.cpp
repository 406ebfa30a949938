// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/capture/pipeline.h"

#include "core/journal/journalwriter.h"
#include "core/launch/pipepair.h"
#include "core/launch/startfailure.h"

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

Pipeline::Pipeline(QList<LaunchSpec> stages, LaunchId first, JournalWriter &journal, TapKeep keep, QObject *parent)
    : QObject(parent), m_journal(journal), m_specs(std::move(stages)), m_first(first), m_stages(size_t(m_specs.size())),
      m_links(m_stages.size() - 1)
{
    for (Connection &link : m_links)
        link.keep = keep;
}

Pipeline::~Pipeline() = default;

Result<void> Pipeline::start()
{
    for (size_t i = 0; i < m_links.size(); ++i) {
        auto before = makePipe(kPipeBytes), behind = makePipe(kPipeBytes);
        if (!before || !behind)
            return before ? behind.error() : before.error();
        m_stages[i].output = std::move(before.value().write);
        m_links[i].from = std::move(before.value().read);
        m_links[i].to = std::move(behind.value().write);
        m_stages[i + 1].input = std::move(behind.value().read);
    }
    m_open = m_stages.size() + m_links.size();
    for (size_t i = 0; i < m_stages.size(); ++i) {
        Stage &stage = m_stages[i];
        LaunchSpec &spec = m_specs[qsizetype(i)];
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
    for (Stage &stage : m_stages)
        stage.process->start();
    return {};
}

/// It has its ends of the pipes, or never will: ours are closed, or nobody would ever see the end of file.
void Pipeline::settled(size_t stage)
{
    m_stages[stage].input.reset();
    m_stages[stage].output.reset();
    m_stages[stage].settled = true;
    if (stage > 0)
        connectStages(stage - 1);
    if (stage < m_links.size())
        connectStages(stage);
}

void Pipeline::connectStages(size_t link)
{
    Connection &connection = m_links[link];
    if (connection.tap || !connection.from || !m_stages[link].settled || !m_stages[link + 1].settled)
        return;
    const Process &writer = *m_stages[link].process;
    const Process &reader = *m_stages[link + 1].process;
    ChannelInfo info;
    info.kind = ChannelKind::Pipe;
    info.launch = writer.launch();
    info.process = writer.key();
    info.name = "pipe " + nameOf(writer) + " → " + nameOf(reader);
    connection.channel = m_journal.openChannel(info);
    connection.tap = std::make_unique<Tap>(
        std::move(connection.from), std::move(connection.to), connection.channel, m_journal, connection.keep, [this] {
            QMetaObject::invokeMethod(
                this,
                [this] {
                    --m_open;
                    checkEnd();
                },
                Qt::QueuedConnection);
        });
}

void Pipeline::checkEnd()
{
    if (m_open > 0 || m_finished)
        return;
    m_finished = true;
    for (Connection &link : m_links)
        m_journal.append(ChannelClosed{link.channel, link.tap->counters().bytes, 0});
    emit finished();
}

qsizetype Pipeline::stageCount() const
{
    return qsizetype(m_stages.size());
}

Pipeline::Link Pipeline::link(qsizetype i) const
{
    const Connection &connection = m_links[size_t(i)];
    if (!connection.tap)
        return {};
    return {connection.channel, connection.tap->counters(), connection.tap->queuedBytes()};
}

void Pipeline::setKeep(qsizetype link, TapKeep keep)
{
    Connection &connection = m_links[size_t(link)];
    connection.keep = keep;
    if (connection.tap)
        connection.tap->setKeep(keep);
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
    for (qsizetype i = stageCount() - 1; i >= 0; --i)
        if (const int status = statusOf(i); status != 0 || how == PipelineStatus::Last)
            return status;
    return 0;
}

} // namespace forkscope
