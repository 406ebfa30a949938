// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

#include <memory>
#include <vector>

/// What bytes between processes mean. Decoders read and tell: they keep nothing, import nothing, execute nothing, and stop at
/// limits, whatever comes. All of it is thread-safe.
namespace forkscope::decode {

/// A part of a message, as a line of a tree.
struct Field {
    QByteArray name; ///< "Content-Type", "[3]", "key"; UTF-8
    QByteArray value; ///< for a person, UTF-8, one line, cut at some 200 bytes; empty where the parts say it
    quint64 offset = 0; ///< bytes of the message that say this; of something decompressed: within that
    quint64 length = 0;
    QList<Field> fields;
};

struct Limits {
    int depth = 64; ///< of the tree
    int fields = 10'000; ///< of the whole tree
    quint64 decompressed = 16 << 20; ///< bytes
};

/// The first message in some bytes.
struct Decoded {
    enum class State {
        Complete,
        Partial, ///< the bytes end before the message does: more of the stream is needed
        Malformed, ///< it is not of this kind, or damaged
        Limited, ///< a limit was reached: what is there is true, but not all
    };
    State state = State::Malformed;
    quint64 used = 0; ///< bytes of the message; Partial: so many at least will be needed, 0: unknown
    Field root; ///< as far as it could be read
    QByteArray problem; ///< what is wrong and where, in the field's terms, English; empty where Complete

    bool ok() const { return state == State::Complete || state == State::Limited; }
};

class Decoder
{
public:
    virtual ~Decoder() = default;
    /// A word of the program's language: "json", "http". Stays valid.
    virtual const char *name() const = 0;
    /// How sure it is from the beginning of a stream, 0 (no) to 100. Cheap: looks at 4 KiB at most.
    virtual int confidence(QByteArrayView beginning) const = 0;
    virtual Decoded decode(QByteArrayView bytes, const Limits &limits = {}) const = 0;
};

/// All that there are, the most particular first.
const QList<const Decoder *> &decoders();
/// Those of the user, before all others. They are never destroyed; lists that were handed out stay as they are.
void addDecoders(std::vector<std::unique_ptr<const Decoder>> added);
/// Null where there is none.
const Decoder *decoderNamed(QByteArrayView name);
/// The one that is most sure; "bytes" where none is. Never null.
const Decoder *guess(QByteArrayView beginning);

} // namespace forkscope::decode
