// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/processkey.h"
#include "core/base/result.h"
#include "core/base/uniquefd.h"
#include "core/journal/journal.h"
#include "core/launch/launchspec.h"
#include "core/launch/stopper.h"

#include <QObject>

#include <array>
#include <memory>
#include <optional>

namespace forkscope {

class JournalWriter;
struct JournalHealth;
class Process;
class ProcessMonitor;
class TrafficRecorder;
struct LinkSettings;
struct LinkState;
struct PipelineRequest;
struct TapKeep;

/// A live session: one recording, the commands launched into it, and the monitor that follows their trees.
///
/// Owns the I/O thread in which all Process objects live. Every function returns at once and is thread-safe; what becomes of a
/// request is read from journal(). This object's own signals come in the thread that created it.
class Session : public QObject
{
    Q_OBJECT

public:
    /// path empty: a file of the RecordingCache, which goes when the session ends.
    static Result<std::unique_ptr<Session>> create(const QString &path = {}, quint64 sizeLimit = kDefaultSizeLimit);
    /// Detaches from what still runs: it goes on without us.
    ~Session() override;

    static constexpr quint64 kDefaultSizeLimit = quint64(2) * 1024 * 1024 * 1024;

    const Journal &journal() const;
    /// For those who record what they do themselves, as pools do. Lives as long as this.
    JournalWriter &writer();
    const ProcessMonitor &monitor() const;
    /// Records the queues of what is launched; whoever has a queue of this process can have it watched too.
    TrafficRecorder &traffic();

    /// Whether the recording can go on in its file; recordingHealthChanged() tells when that changes.
    JournalHealth recordingHealth() const;
    /// Goes on in another file, with all that was recorded; commands notice nothing. recordingMoved() or recordingMoveFailed()
    /// tells the end. The old file goes where it was a temporary one; the new one stays when the session ends. One move at a
    /// time.
    void moveRecording(const QString &path);

    /// Named pipes in the place of streams (makeNamedPipe()); empty: as the spec says.
    struct NamedStreams {
        QByteArray standardInput, standardOutput;
    };
    /// Asks for a start. Whether it worked is told by ProcessStarted or StartFailed with this number.
    LaunchId launch(const LaunchSpec &spec, const NamedStreams &streams = {});

    /// Asks for the start of a pipeline with a tap in each link. Its stages are launches with consecutive numbers, the first of
    /// which is returned; each tells its start and end as other launches do.
    LaunchId launchPipeline(const PipelineRequest &request);
    /// A pipe between launches, a link each time that somebody writes and somebody reads. Programs that are launched from here on
    /// find it as $FORKSCOPE_PIPES/NAME.in, to write to, and NAME.out, to read from. It is gone with the session. Where
    /// there is one of this name, only what it keeps changes.
    Result<void> makeNamedPipe(const QByteArray &name, TapKeep keep);
    /// The links that are alive, by channel, ascending.
    QList<ChannelId> links() const;
    /// Nothing where the link has ended, or is not one of this session's.
    std::optional<LinkState> link(ChannelId channel) const;
    void setLink(ChannelId channel, const LinkSettings &settings);
    void setLinkKeep(ChannelId channel, TapKeep keep);
    void injectIntoLink(ChannelId channel, const QByteArray &bytes); ///< before what passes next
    /// Of the piece that a paused link holds.
    void passHeld(ChannelId channel);
    void replaceHeld(ChannelId channel, const QByteArray &bytes);
    void dropHeld(ChannelId channel);

    /// For the stdin of a launch; what fails comes as inputFailed().
    void writeInput(LaunchId launch, const QByteArray &bytes);
    void sendFile(LaunchId launch, const QString &path);
    void closeInput(LaunchId launch);
    /// The size of the pseudo-terminal of a launch, in characters; the program is told (SIGWINCH).
    void resizeTerminal(LaunchId launch, int columns, int rows);

    /// One signal to one process.
    Result<void> signalProcess(const ProcessKey &process, int signal);
    /// Stops the trees below these processes; stopped() tells the end. The journal says which signals were sent, and the reason.
    void stop(const QList<ProcessKey> &roots, const StopPolicy &policy = defaultStopPolicy(),
        SignalReason reason = SignalReason::Person);
    /// What stop(roots) would reach now, ancestors first.
    QList<ProcessKey> liveTree(const QList<ProcessKey> &roots) const;
    QList<ProcessKey> liveProcesses() const;

signals:
    void recordingHealthChanged(const forkscope::JournalHealth &health);
    void recordingMoved(const QString &path);
    void recordingMoveFailed(const forkscope::Error &error);
    /// What became of launch(), after it stands in the journal. Exactly one of launchFailed() and launchEnded() comes.
    void launchStarted(forkscope::LaunchId launch, const forkscope::ProcessKey &process);
    void launchFailed(forkscope::LaunchId launch, const forkscope::StartFailed &failure);
    void launchEnded(forkscope::LaunchId launch, const forkscope::ExitStatus &status);
    /// After that: all that it has written stands in the journal; nothing more will come.
    void launchDrained(forkscope::LaunchId launch);
    void inputFailed(forkscope::LaunchId launch, const forkscope::Error &error);
    void stopped(const QList<forkscope::ProcessKey> &roots, const QList<forkscope::ProcessKey> &survivors);

private:
    Session();
    void stopFromIoThread(const QList<ProcessKey> &roots, const StopPolicy &policy, SignalReason reason);
    void lookAfter(Process *process);
    void announce(Process *process);
    Result<std::array<UniqueFd, 2>> openNamedPipes(LaunchSpec &spec, const NamedStreams &streams);
    void tellFailed(LaunchId launch, const LaunchSpec &spec, const Error &error);
    void startPipeline(const PipelineRequest &request, LaunchId first);
    void watchRecording();
    void reportInputError(LaunchId launch, const Error &error);
    template<typename F> void withProcess(LaunchId launch, F function);
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace forkscope
