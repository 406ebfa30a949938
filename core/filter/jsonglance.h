// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/filter/node.h"

#include <QByteArrayView>

namespace forkscope::filter {

/// Whether JSON text cannot pass a test of a part of it, seen without decoding it: what is asked for is nowhere in it, whatever
/// way it might be written, and no message in it goes on elsewhere. False says nothing.
bool cannotPass(const Test &test, QByteArrayView json);

} // namespace forkscope::filter
