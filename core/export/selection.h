// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/journal/journal.h"

#include <QByteArrayList>
#include <QList>

namespace forkscope {

/// What people type to choose a part of a recording. The recording must have been read.

/// The channels that one of the words means: a stream (see streamWord()), a number, or a part of a channel's name.
/// Ascending. An error where a word means none; it lists what there is.
Result<QList<ChannelId>> channelsNamed(const Journal &journal, const QByteArrayList &words);

/// The launches whose processes one of the words means: a PID, or the name of a program. An error where a word means none.
Result<QList<LaunchId>> launchesNamed(const Journal &journal, const QByteArrayList &words);

/// "0 stdout make(4711), 1 stderr make(4711)", the first twenty.
QString channelList(const QList<ChannelInfo> &channels);

} // namespace forkscope
