// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <concepts>

namespace forkscope {

/// Appends JSON (RFC 8259) to a byte array, without white space, keys in the order in which they come: a recording has too many
/// records to build a tree of each. What is begun must be ended by the caller.
class JsonWriter
{
public:
    explicit JsonWriter(QByteArray &out) : m_out(out) { }

    void startAnew() { m_needsComma = false; } ///< a new text follows

    void beginObject() { begin('{'); }
    void endObject() { end('}'); }
    void beginArray() { begin('['); }
    void endArray() { end(']'); }
    void key(QByteArrayView name); ///< of what comes next

    /// Bytes that are not UTF-8 become U+FFFD.
    void string(QByteArrayView text);
    void number(std::integral auto value) { verbatim(QByteArray::number(value)); }
    void boolean(bool value) { verbatim(value ? "true" : "false"); }
    /// A number that is written already.
    void verbatim(QByteArrayView value);

    void field(QByteArrayView name, QByteArrayView text)
    {
        key(name);
        string(text);
    }
    void field(QByteArrayView name, const QByteArray &text) { field(name, QByteArrayView(text)); }
    void field(QByteArrayView name, const char *text) { field(name, QByteArrayView(text)); }
    void field(QByteArrayView name, std::integral auto value)
    {
        key(name);
        number(value);
    }
    void field(QByteArrayView name, bool value)
    {
        key(name);
        boolean(value);
    }
    /// Under this name where it is UTF-8, else under NAME_base64.
    void bytesField(const QByteArray &name, QByteArrayView bytes);

private:
    void begin(char bracket);
    void end(char bracket);
    void separate();

    QByteArray &m_out;
    bool m_needsComma = false;
};

} // namespace forkscope
