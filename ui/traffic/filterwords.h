// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/journal.h"

#include <QString>

namespace forkscope {

/// Parts of display filters, written as the language wants them. Pure.
QString filterText(const QString &text); ///< in quotes
QString channelCondition(const ChannelInfo &channel); ///< that a message is of this channel
QString operationCondition(Operation operation);
QString deltaCondition(qint64 deltaNs); ///< that as much or more time passed; empty for −1

} // namespace forkscope
