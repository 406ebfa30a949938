// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/journal.h"
#include "core/terminal/terminalscreen.h"

#include <QObject>

#include <functional>
#include <optional>

namespace forkscope {

/// Keeps a TerminalScreen up to date with a channel of the journal, in a thread of its own: however fast a program writes,
/// whoever looks waits no longer than for one small piece. Memory is that of the screen and its scrollback; the rest stays in the
/// journal.
///
/// Functions are for the thread that made it.
class TerminalFeed : public QObject
{
    Q_OBJECT

public:
    /// answers: whether the program runs and its questions are answered, by answered(). The screen's size is then the affair of
    /// whoever looks; otherwise it is what the journal tells it to have been in every place.
    /// columns, rows: the size that the program found, best guessed by whoever launched it.
    TerminalFeed(const Journal &journal, ChannelId channel, bool answers, int columns, int rows, QObject *parent = nullptr);
    ~TerminalFeed() override;

    ChannelId channel() const { return m_channel; }
    bool answers() const;
    /// What was written in this record or later is left out, as if it had not come yet; nothing: none is. Going back means to
    /// read again from the start: changed() follows when it is there. Only where it gives no answers.
    void setEndRecord(std::optional<quint64> record);
    /// Looks whether there is more to be read. Returns at once; changed() follows where there was.
    void advance();
    /// Bytes that were recorded but are not on the screen yet: a flood's.
    bool isBehind() const;
    /// Bytes that came so fast that they were left out of the screen; they are in the journal.
    quint64 skippedBytes() const;
    /// Calls the function with the screen while nothing is written to it. Keep it short.
    void with(const std::function<void(TerminalScreen &)> &function);

signals:
    void changed();
    /// For the program's input.
    void answered(const QByteArray &bytes);

private:
    struct Private;
    quint64 available() const;
    void tellChanged();
    ChannelId m_channel;
    std::optional<quint64> m_endRecord;
    std::unique_ptr<Private> d;
};

} // namespace forkscope
