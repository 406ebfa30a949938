// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/capture/tap.h"
#include "core/launch/launchspec.h"
#include "core/launch/process.h"

#include <QObject>

#include <memory>
#include <vector>

namespace forkscope {

/// Which stage tells how a pipeline ended. Shells: `set -o pipefail`.
enum class PipelineStatus : quint8 {
    Last, ///< the last one
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
    TapKeep keep; ///< of every link
    /// Of several readers of one output: how far a slow one may stay behind before bytes are dropped for it, counted; 0: the
    /// slowest decides the pace.
    quint64 lagBytes = 0;
};

/// Commands whose outputs are the inputs of the next, with a Tap in each link.
///
/// Every stage is a launch of its own in the journal, every link a channel. Streams between stages are ours; the first one's
/// stdin, the last one's stdout and every stderr are as its spec says. A stage that cannot be started is to its neighbours as one
/// that ended at once. Lives in one thread with an event loop. Ends its links when it goes, and leaves running what runs, as
/// Process does.
class Pipeline : public QObject
{
    Q_OBJECT

public:
    /// Of the stages, at least one, the launches have consecutive numbers from `first` on. keep: of every link.
    Pipeline(QList<LaunchSpec> stages, LaunchId first, JournalWriter &journal, TapKeep keep = {}, QObject *parent = nullptr);
    ~Pipeline() override;

    /// Once. finished() follows, also where nothing could be started. An error: no pipe could be made; nothing was started.
    Result<void> start();

    qsizetype stageCount() const;
    /// From start() on.
    Process &stage(qsizetype i) { return *m_stages[size_t(i)].process; }
    struct Link {
        ChannelId channel = ChannelId::None;
        TapCounters counters;
        qint64 queuedBytes = -1; ///< −1: nothing can pass any more
    };
    /// Between stage i and the next. Cheap, at any time.
    Link link(qsizetype i) const;
    /// For one link, from what comes next.
    void setKeep(qsizetype link, TapKeep keep);
    bool isFinished() const { return m_finished; }
    /// As $? of a shell: 128 + N for a signal, 127 and 126 for what cannot be found or executed. Once finished().
    int status(PipelineStatus how) const;
    int statusOf(qsizetype stage) const;

signals:
    /// All stages have ended, and everything has passed that was to pass.
    void finished();

private:
    struct Stage {
        std::unique_ptr<Process> process;
        UniqueFd input, output; ///< the child's ends, until it has them
        bool settled = false; ///< runs, or has failed to
    };
    struct Connection {
        UniqueFd from, to; ///< the tap's ends, until it has them
        ChannelId channel = ChannelId::None;
        std::unique_ptr<Tap> tap;
        TapKeep keep;
    };
    void settled(size_t stage);
    void connectStages(size_t link);
    void checkEnd();

    JournalWriter &m_journal;
    QList<LaunchSpec> m_specs;
    LaunchId m_first;
    std::vector<Stage> m_stages;
    std::vector<Connection> m_links; ///< one fewer than stages
    size_t m_open = 0; ///< taps and stages that have not ended
    bool m_finished = false;
};

} // namespace forkscope
