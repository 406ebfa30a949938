// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/filter/displayfilter.h"

#include <vector>

namespace forkscope {
class Journal;
}

namespace forkscope::filter {

/// For who does not look on: the records of the messages between processes that pass, ascending. Reads the whole journal: not for
/// the GUI thread. An error (InvalidArgument) tells the place, counted from 1, where the text is no filter.
Result<std::vector<quint64>> filteredRecords(const Journal &journal, const QString &text);

} // namespace forkscope::filter
