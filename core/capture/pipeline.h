// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/capture/branch.h"
#include "core/capture/linkcontrol.h"
#include "core/capture/linksampler.h"
#include "core/capture/recordbuffer.h"
#include "core/launch/launchspec.h"
#include "core/launch/process.h"

#include <QObject>

#include <memory>
#include <vector>

namespace forkscope {

/// Which stage tells how a pipeline ended. Shells: `set -o pipefail`.
enum class PipelineStatus : quint8 {
    Last, ///< the last one; with branches, of those that lead on from the first stage by the first reader of each
    Fail, ///< the last one that did not succeed; success where all did
};

struct PipelineStage {
    LaunchSpec spec;
    qsizetype input = -1; ///< the stage before it whose output it reads; −1: the one just before, the first: its own stdin
    std::optional<TapKeep> keep = {}; ///< of the link that it reads; nothing: the request's
};

/// What Session::launchPipeline() is asked for. Where several stages read the output of one, each gets all of it.
struct PipelineRequest {
    QList<PipelineStage> stages; ///< at least one
    TapKeep keep = {}; ///< of every link
    /// Of several readers of one output: how far a slow one may stay behind the fastest, in bytes, before some are dropped for
    /// it, counted; 0: the slowest decides the pace.
    quint64 lagBytes = 0;
    RecordMemory memory = {}; ///< of all links together
};

/// The reason why it cannot be started, whatever its stages are; nothing if it can. Pure.
std::optional<Error> validate(const PipelineRequest &request);

/// Commands whose outputs are the inputs of others, with a Tap in each link.
///
/// Every stage is a launch of its own in the journal, every link a channel. Streams between stages are ours; the first one's
/// stdin, the stdout of those that nobody reads and every stderr are as their specs say. A stage that cannot be started is to its
/// neighbours as one that ended at once. Lives in one thread with an event loop. When it goes, what runs goes on, as with
/// Process, and what passes goes on to pass (Tap::leave()).
class Pipeline : public QObject
{
    Q_OBJECT

public:
    /// The request is valid; the launches have consecutive numbers from `first` on.
    Pipeline(PipelineRequest request, LaunchId first, JournalWriter &journal, QObject *parent = nullptr);
    ~Pipeline() override;

    /// Before start(): samples of the links go into the journal (LinkSampler).
    void setSampled(LinkSampler::Tree tree);
    /// Makes all stages, so that they can be looked at before they start. An error: no pipe could be made; that is all then.
    Result<void> prepare();
    /// Once, after prepare(). finished() follows, also where nothing could be started.
    void start();

    qsizetype stageCount() const;
    /// From prepare() on.
    Process &stage(qsizetype i) { return *m_stages[size_t(i)].process; }
    qsizetype linkCount() const { return qsizetype(m_links.size()); }
    struct Link {
        ChannelId channel = ChannelId::None; ///< None: not open yet
        qsizetype writer = 0, reader = 0; ///< stages
        TapCounters counters;
        qint64 queuedBytes = -1; ///< −1: nothing can pass any more
        quint64 droppedBytes = 0, injectedBytes = 0;
    };
    /// Link i leads into stage i + 1. Cheap, at any time.
    Link link(qsizetype i) const;
    /// From linkOpened() until this goes; null before.
    Tap *tap(qsizetype link) const { return m_links[size_t(link)].tap.get(); }
    /// For one link, from what comes next. At any time.
    void setKeep(qsizetype link, TapKeep keep);
    void set(qsizetype link, const LinkSettings &settings);
    bool isFinished() const { return m_finished; }
    /// As $? of a shell: 128 + N for a signal, 127 and 126 for what cannot be found or executed. Once finished().
    int status(PipelineStatus how) const;
    int statusOf(qsizetype stage) const;

signals:
    /// Both sides are there, or have failed to be: something can pass.
    void linkOpened(qsizetype link);
    /// Nothing more will pass.
    void linkEnded(qsizetype link);
    /// All stages have ended, everything has passed that was to pass, and is recorded.
    void finished();

private:
    struct Stage {
        std::unique_ptr<Process> process;
        UniqueFd input, output; ///< the child's ends, until it has them
        bool settled = false; ///< runs, or has failed to
    };
    struct Connection {
        size_t writer = 0, reader = 0;
        UniqueFd from, to; ///< the tap's ends, until it has them
        PipeIdentity written, read; ///< the pipes that the two stages have
        ChannelId channel = ChannelId::None;
        TapKeep keep;
        LinkSettings settings; ///< until there is a tap
        std::unique_ptr<Tap> tap;
    };
    /// Of an output with several readers.
    struct Fork {
        std::vector<size_t> links;
        UniqueFd from; ///< until the branch has it
        std::vector<UniqueFd> to; ///< of each link
        std::unique_ptr<Branch> branch;
    };
    Result<void> connectOutput(size_t writer);
    void settled(size_t stage);
    void connectStages(size_t link);
    void connectFork(Fork &fork);
    void ended(size_t link);
    void checkEnd();
    template<typename F> std::function<void()> here(F function);

    JournalWriter &m_journal;
    PipelineRequest m_request;
    LaunchId m_first;
    std::vector<Stage> m_stages;
    RecordBuffer m_records; ///< stores what waits when the taps have gone
    std::vector<Connection> m_links; ///< one fewer than stages
    std::vector<Fork> m_forks; ///< end before the taps that they know
    std::unique_ptr<LinkSampler> m_sampler;
    size_t m_open = 0; ///< taps and stages that have not ended
    bool m_finished = false;
};

} // namespace forkscope
