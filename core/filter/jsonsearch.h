// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/decode/decoder.h"

#include <QByteArrayList>

#include <functional>
#include <vector>

namespace forkscope::filter {

/// What visitFields() would find in the tree of a message of JSON, found in its bytes, for several paths at once: no tree is
/// made, and nothing allocated where names and numbers are written as usual. Thread-safe.
class JsonSearch
{
public:
    /// Of a question, that is of a path, a bit: 1 << its number.
    struct Finding {
        decode::Decoded::State state = decode::Decoded::State::Malformed; ///< Limited is Complete here
        quint64 used = 0; ///< where Complete: as of Decoded
        quint64 exists = 0; ///< the tree has a part that the path names …
        quint64 passes = 0; ///< … and one that passes

        bool ok() const { return state == decode::Decoded::State::Complete; }
    };
    using Passes = std::function<bool(int question, QByteArrayView value)>;

    /// A path as for visitFields() is the next question. False: there is no room for it.
    bool add(const QByteArrayList &path);
    quint64 all() const { return m_questions < 64 ? (quint64(1) << m_questions) - 1 : ~quint64(0); }

    /// In the first message of json. passes is asked of plainValue() of the parts, until one does.
    Finding in(QByteArrayView json, const Passes &passes) const;

    /// What may come next on the way to an answer.
    struct Step {
        QByteArray name;
        int index = -1; ///< n where the name is "[n]"
        bool isAnywhere = false; ///< the name is sought at any depth
        int question = -1; ///< where this is the end of the way, there is no name
    };

private:
    std::vector<Step> m_steps; ///< at most 64; those of a question behind one another, the end last
    quint64 m_first = 0, m_ends = 0; ///< bits of m_steps: where all begin; the ends
    int m_questions = 0;
};

} // namespace forkscope::filter
