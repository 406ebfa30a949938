// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/decode/decoder.h"

#include <QByteArrayList>

#include <functional>
#include <vector>

namespace forkscope::filter {

/// What visitFields() would find in the tree of a message of JSON, found in its bytes: no tree is made, and nothing allocated
/// where names and numbers are written as usual. Thread-safe.
class JsonSearch
{
public:
    static constexpr qsizetype kLongestPath = 60;

    struct Finding {
        decode::Decoded::State state = decode::Decoded::State::Malformed; ///< Limited is Complete here
        quint64 used = 0; ///< where Complete: as of Decoded
        bool exists = false; ///< the tree has a part that the path names …
        bool passes = false; ///< … and one that passes

        bool ok() const { return state == decode::Decoded::State::Complete; }
    };

    /// path as for visitFields(), at most kLongestPath names.
    explicit JsonSearch(const QByteArrayList &path);

    /// In the first message of json. passes is asked of plainValue() of parts, until one does.
    Finding in(QByteArrayView json, const std::function<bool(QByteArrayView)> &passes) const;

    struct Name {
        QByteArray text;
        int index = -1; ///< n of "[n]"
    };

private:
    std::vector<Name> m_names;
    bool m_isPayload; ///< the path is sought in payloads, which the first name is that of
};

} // namespace forkscope::filter
