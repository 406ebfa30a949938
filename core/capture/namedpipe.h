// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/capture/linksampler.h"
#include "core/capture/recordbuffer.h"
#include "core/capture/tap.h"

#include <QObject>
#include <QTimer>

#include <condition_variable>
#include <mutex>
#include <thread>

namespace forkscope {

class LinkRegistry;

/// A pipe that programs find by its path: they write to one FIFO and read from another, and between the two is a tap. As with a
/// single FIFO, who opens an end waits until somebody has opened the other one; when the last writer has closed it the reader
/// meets the end of file; and then others can begin anew. Each time it is a channel of its own, whose ends are those processes of
/// ours that have it open.
///
/// Lives in one thread with an event loop; a thread of its own waits for who opens.
class NamedPipe : public QObject
{
    Q_OBJECT

public:
    /// What it belongs to; all must outlive it.
    struct Surroundings {
        JournalWriter &journal;
        LinkRegistry &links;
        LinkSampler &sampler;
        std::function<QList<std::pair<LaunchId, ProcessKey>>()> processes; ///< that may have it open
    };
    struct Paths {
        QByteArray in, out; ///< to write to, to read from
    };
    /// Makes both FIFOs, mode 0600.
    static Result<void> makeFifos(const Paths &paths);

    /// The FIFOs are there.
    NamedPipe(
        const QByteArray &name, const Paths &paths, const Surroundings &surroundings, TapKeep keep, QObject *parent = nullptr);
    /// What passes goes on (Tap::leave()); who waits for an end, waits no more.
    ~NamedPipe() override;

    /// An end for the stdout (stdin) of a child, at once: whoever has it waits, as it reads or writes, for the other side.
    Result<UniqueFd> openEnd(bool writes);
    /// What is recorded from here on. Nothing happens where it was asked for before, whatever the link's own has become.
    void setKeep(TapKeep keep);

private:
    enum Side { In = 0, Out = 1 };
    void run();
    bool waitForSide(Side side);
    void begin();
    void end();
    void linger(qint64 untilNs);
    void lookAtEnds();

    const QByteArray m_name;
    const QByteArray m_paths[2];
    const Surroundings m_around;
    TapKeep m_keep; ///< of each new tap
    RecordBuffer m_records; ///< outlives the tap, and tells this of its end
    std::unique_ptr<Tap> m_tap;
    ChannelId m_channel = ChannelId::None; ///< of the tap
    PipeIdentity m_pipes[2];
    QList<ChannelEnd> m_ends;
    QTimer m_timer; ///< while there is a tap: who has it open changes

    std::mutex m_mutex; ///< guards all below
    std::condition_variable m_changed;
    UniqueFd m_fds[2]; ///< our ends, until the tap has them; perhaps opened before the other side's, for a child
    bool m_active = false; ///< the tap has them, or is about to
    bool m_lingers = false; ///< the readers have gone: nobody new begins yet
    bool m_stop = false;
    std::thread m_thread;
};

} // namespace forkscope
