// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/decode/decoder.h"

#include <QByteArrayList>

#include <functional>
#include <optional>

namespace forkscope::filter {

/// Calls visit with each part of a decoded message that a path names, until it returns true; whether it did. The path begins
/// with the name of a decoder: that of the whole, or of a payload somewhere in it. Names are those of the tree, of headers
/// without regard to case; what a frame carries needs no name of its own.
bool visitFields(const decode::Decoder &decoder, const decode::Field &root, const QByteArrayList &path,
    const std::function<bool(const decode::Field &)> &visit);

/// Whether what is called so needs no name in a path: it is what a frame carries.
bool isPayloadName(QByteArrayView name);

/// A value as it was before it was written for a person: without quotes and escapes. As long as it was kept (some 200 bytes).
QByteArray plainValue(const QByteArray &value);
/// What QByteArrayView::toDouble() says, sooner where there are few digits.
std::optional<double> numberIn(QByteArrayView value);

} // namespace forkscope::filter
