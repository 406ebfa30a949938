// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/terminal/terminalfeed.h"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace forkscope {

namespace {

constexpr qsizetype kPiece = 1024; ///< parsed in two or three milliseconds, if it is all short lines
// libvterm takes 10 to 25 µs for a line that scrolls: a flood is far ahead of it. What would have scrolled away anyway is left
// out.
constexpr quint64 kMostBehind = 4 * 1024 * 1024; ///< bytes
constexpr quint64 kRecordsBeforeLooking = 64; ///< whether one is too far behind
constexpr int kMostColumns = 1000, kMostRows = 500; ///< of a recording, which may say anything
constexpr quint64 kKept = 512 * 1024; ///< the last bytes, which are shown; mostly more than the scrollback holds

} // namespace

struct TerminalFeed::Private {
    Private(const Journal &j, ChannelId channel, bool a, int c, int r)
        : journal(j), launch(j.channel(channel).launch), answers(a), columns(c), rows(r), screen(std::in_place, c, r)
    {
    }

    const Journal &journal;
    LaunchId launch;
    bool answers;
    const int columns, rows; ///< at the start
    quint64 nextEvent = 0; ///< the worker's

    /// Gives the screen the sizes that it had before this record.
    void applySizes(quint64 record)
    {
        static const quint32 resized = eventNumber(TerminalResized{});
        for (const quint64 count = journal.eventCount(); nextEvent < count && journal.eventRecord(nextEvent) < record;
             ++nextEvent) {
            const auto view = journal.read(journal.eventRecord(nextEvent));
            const auto event = view && view->eventNumber == resized ? decodeEvent(resized, view->bytes) : std::nullopt;
            const auto *size = event ? std::get_if<TerminalResized>(&*event) : nullptr;
            if (!size || size->launch != launch)
                continue;
            const std::lock_guard lock(screenMutex);
            screen->resize(std::clamp(size->columns, 1, kMostColumns), std::clamp(size->rows, 1, kMostRows));
        }
    }
    quint64 offsetOf(ChannelId channel, quint64 position) const
    {
        const auto record = journal.read(journal.channelRecord(channel, position));
        return record ? record->message.streamOffset : 0; // 0: given up with the oldest output
    }

    /// Where to go on from next: there, or where the last bytes before end begin.
    quint64 skipAhead(ChannelId channel, quint64 next, quint64 end)
    {
        const quint64 from = offsetOf(channel, next), last = offsetOf(channel, end - 1);
        if (last < from + kMostBehind)
            return next;
        quint64 low = next, high = end - 1; // the first record that begins at last − kKept or later
        while (low < high) {
            const quint64 middle = low + (high - low) / 2;
            if (offsetOf(channel, middle) + kKept < last)
                low = middle + 1;
            else
                high = middle;
        }
        skipped += offsetOf(channel, low) - from;
        // A sequence that was broken off ends, and colours that were left on are off.
        const std::lock_guard lock(screenMutex);
        screen->write("\x18\x1b[m");
        return low;
    }

    /// Back to the first byte.
    void restart()
    {
        const std::lock_guard lock(screenMutex);
        screen.emplace(columns, rows);
        nextEvent = 0;
        skipped = 0;
    }

    std::mutex screenMutex;
    std::optional<TerminalScreen> screen; ///< always there
    std::atomic<int> waiting = 0; ///< who wants the screen: the worker lets them go first

    std::mutex mutex; ///< of what wakes the worker
    std::condition_variable wake;
    quint64 wanted = 0; ///< records to be read
    bool bounded = false; ///< that is all that is ever to be seen: what is on the way there is not
    bool stop = false;
    std::atomic<bool> back = false; ///< wanted was more before: what is being read may be of no use. Set under mutex

    std::atomic<quint64> done = 0;
    std::atomic<quint64> skipped = 0;
    std::atomic<bool> told = false; ///< changed() is on its way
    std::thread thread;
};

TerminalFeed::TerminalFeed(const Journal &journal, ChannelId channel, bool answers, int columns, int rows, QObject *parent)
    : QObject(parent), m_channel(channel), d(std::make_unique<Private>(journal, channel, answers, columns, rows))
{
    d->thread = std::thread([this] {
        bool broken = false; // a record was left in the middle
        for (quint64 next = 0;;) {
            quint64 end;
            bool bounded, again;
            {
                std::unique_lock lock(d->mutex);
                d->wake.wait(lock, [&] { return d->stop || d->back || d->wanted > next; });
                if (d->stop)
                    return;
                end = d->wanted;
                bounded = d->bounded;
                again = d->back.exchange(false) && (end < next || broken);
            }
            if (again) {
                d->restart();
                broken = false;
                d->done = next = 0;
            }
            if (next == end) {
                tellChanged();
                continue;
            }
            next = d->skipAhead(m_channel, next, end);
            const quint64 until = std::min(end, next + kRecordsBeforeLooking);
            for (; next < until && !broken; ++next) {
                if (!d->answers)
                    d->applySizes(d->journal.channelRecord(m_channel, next));
                const auto record = d->journal.read(d->journal.channelRecord(m_channel, next));
                if (!record)
                    continue; // given up with the oldest output
                for (QByteArrayView left = record->bytes; !left.isEmpty();) {
                    if ((broken = d->back))
                        break;
                    const QByteArrayView piece = left.first(std::min(left.size(), kPiece));
                    left = left.sliced(piece.size());
                    while (d->waiting > 0)
                        std::this_thread::yield();
                    QByteArray output;
                    {
                        const std::lock_guard lock(d->screenMutex);
                        d->screen->write(piece);
                        output = d->screen->takeOutput();
                    }
                    if (d->answers && !output.isEmpty())
                        emit answered(output);
                }
                d->done = next + 1;
                if (!bounded || next + 1 == end)
                    tellChanged();
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

/// By the thread; one at a time.
void TerminalFeed::tellChanged()
{
    if (!d->told.exchange(true))
        QMetaObject::invokeMethod(
            this,
            [this] {
                d->told = false;
                emit changed();
            },
            Qt::QueuedConnection);
}

void TerminalFeed::setEndRecord(std::optional<quint64> record)
{
    if (m_endRecord == record)
        return;
    m_endRecord = record;
    {
        const std::lock_guard lock(d->mutex);
        const quint64 count = available();
        d->back = d->back || count < d->wanted;
        d->wanted = count;
        d->bounded = record.has_value();
    }
    d->wake.notify_one();
}

/// Records of the channel that may be read.
quint64 TerminalFeed::available() const
{
    return m_endRecord ? d->journal.channelPositionOf(m_channel, *m_endRecord) : d->journal.channelRecordCount(m_channel);
}

void TerminalFeed::advance()
{
    {
        const std::lock_guard lock(d->mutex);
        const quint64 count = available();
        if (count <= d->wanted)
            return;
        d->wanted = count;
    }
    d->wake.notify_one();
}

bool TerminalFeed::answers() const
{
    return d->answers;
}

quint64 TerminalFeed::skippedBytes() const
{
    return d->skipped;
}

bool TerminalFeed::isBehind() const
{
    return d->done != available();
}

void TerminalFeed::with(const std::function<void(TerminalScreen &)> &function)
{
    ++d->waiting;
    const std::lock_guard lock(d->screenMutex);
    --d->waiting;
    function(*d->screen);
}

} // namespace forkscope
