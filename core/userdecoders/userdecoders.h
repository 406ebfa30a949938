// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/decode/decoder.h"

#include <QList>

#include <chrono>

/// Decoders that users add without compiling anything; docs/decoders.md tells how.
namespace forkscope {

/// $XDG_CONFIG_HOME/forkscope/decoders
QString userDecoderFolder();

struct UserDecoders {
    std::vector<std::unique_ptr<const decode::Decoder>> decoders;
    QList<Error> problems; ///< a file that is none, each with what is wrong in it; the others are there all the same
};
/// Reads a folder, in the order of names: NAME.json describes a format, an executable file is a program. No folder: no decoders.
UserDecoders readUserDecoders(const QString &folder);

/// Adds those of the user's folder to decode::decoders(), once in a process. What could not be read; the same at every call.
const QList<Error> &installUserDecoders();

/// From a description; in the messages of errors it is called `file`.
Result<std::unique_ptr<const decode::Decoder>> readDescription(const QByteArray &json, const QString &file);
/// That a program carries out. It is started without a shell, for each message or, where it says so, for all until none has come
/// for the idle time; it is killed where it does not answer within a second.
std::unique_ptr<const decode::Decoder> programDecoder(
    const QByteArray &name, const QString &path, std::chrono::milliseconds idle = std::chrono::seconds(10));

} // namespace forkscope
