// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/terminal/terminalfeed.h"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace forkscope {

namespace {

constexpr qsizetype kPiece = 16 * 1024; ///< parsed in well under a millisecond

}

struct TerminalFeed::Private {
    Private(const Journal &j, bool a, int columns, int rows) : journal(j), answers(a), screen(columns, rows) { }

    const Journal &journal;
    bool answers;
    std::mutex screenMutex;
    TerminalScreen screen;
    std::atomic<int> waiting = 0; ///< who wants the screen: the worker lets them go first

    std::mutex mutex; ///< of what wakes the worker
    std::condition_variable wake;
    quint64 wanted = 0; ///< records to be read
    bool stop = false;

    std::atomic<quint64> done = 0;
    std::atomic<bool> told = false; ///< changed() is on its way
    std::thread thread;
};

TerminalFeed::TerminalFeed(const Journal &journal, ChannelId channel, bool answers, int columns, int rows, QObject *parent)
    : QObject(parent), m_channel(channel), d(std::make_unique<Private>(journal, answers, columns, rows))
{
    d->thread = std::thread([this] {
        for (quint64 next = 0;;) {
            quint64 end;
            {
                std::unique_lock lock(d->mutex);
                d->wake.wait(lock, [&] { return d->stop || d->wanted > next; });
                if (d->stop)
                    return;
                end = d->wanted;
            }
            for (; next < end; ++next) {
                const auto record = d->journal.read(d->journal.channelRecord(m_channel, next));
                if (!record)
                    continue; // given up with the oldest output
                for (QByteArrayView left = record->bytes; !left.isEmpty();) {
                    const QByteArrayView piece = left.first(std::min(left.size(), kPiece));
                    left = left.sliced(piece.size());
                    while (d->waiting > 0)
                        std::this_thread::yield();
                    QByteArray output;
                    {
                        const std::lock_guard lock(d->screenMutex);
                        d->screen.write(piece);
                        output = d->screen.takeOutput();
                    }
                    if (d->answers && !output.isEmpty())
                        emit answered(output);
                }
                d->done = next + 1;
                if (!d->told.exchange(true))
                    QMetaObject::invokeMethod(
                        this,
                        [this] {
                            d->told = false;
                            emit changed();
                        },
                        Qt::QueuedConnection);
                const std::lock_guard lock(d->mutex);
                if (d->stop)
                    return;
            }
        }
    });
}

TerminalFeed::~TerminalFeed()
{
    {
        const std::lock_guard lock(d->mutex);
        d->stop = true;
    }
    d->wake.notify_one();
    d->thread.join();
}

void TerminalFeed::advance()
{
    {
        const std::lock_guard lock(d->mutex);
        const quint64 count = d->journal.channelRecordCount(m_channel);
        if (count <= d->wanted)
            return;
        d->wanted = count;
    }
    d->wake.notify_one();
}

bool TerminalFeed::isBehind() const
{
    return d->done < d->journal.channelRecordCount(m_channel);
}

void TerminalFeed::with(const std::function<void(TerminalScreen &)> &function)
{
    ++d->waiting;
    const std::lock_guard lock(d->screenMutex);
    --d->waiting;
    function(d->screen);
}

} // namespace forkscope
