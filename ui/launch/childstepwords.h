// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/launch/childaction.h"

#include <QString>

namespace forkscope {

/// The steps between fork and exec in words, and those that one edits as text in the list of steps. Pure.
namespace ChildStepWords {

QString describe(const ChildAction &action); ///< "Nice value +5"
QString resourceName(SetResourceLimit::Resource resource); ///< "Address space"
QString resourcePython(SetResourceLimit::Resource resource); ///< "resource.RLIMIT_AS"
bool isTime(SetResourceLimit::Resource resource);
bool isSize(SetResourceLimit::Resource resource);
/// A limit's value as it is typed: "2 GiB", "90 s", "1024".
QString limitText(SetResourceLimit::Resource resource, quint64 value);
Result<quint64> parseLimit(SetResourceLimit::Resource resource, const QString &text);

/// Octal digits, 0 … 0777.
Result<int> parseMask(const QString &text);
QString maskText(int mask); ///< "022"

} // namespace ChildStepWords

} // namespace forkscope
