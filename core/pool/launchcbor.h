// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/launch/launchspec.h"

#include <QCborMap>

namespace forkscope::pool {

/// A LaunchSpec in CBOR: only what differs from the default. Descriptors and hooks cannot be written; their place says so.
QCborMap launchToCbor(const LaunchSpec &spec);
/// Unsupported where something could not be written.
Result<LaunchSpec> launchFromCbor(const QCborMap &map);

} // namespace forkscope::pool
