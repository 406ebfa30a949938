// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/launch/launchspec.h"

#include <QString>

#include <memory>

struct UConverter;

namespace forkscope {

/// Decodes bytes that come in pieces, and encodes text, in any encoding that ICU knows (UTF-8, UTF-16, GB18030, Shift_JIS,
/// ISO-8859-15 …), treating what does not fit as Python's error handlers of the same names do. For one stream; not thread-safe.
class TextCodec
{
public:
    /// An empty name means UTF-8. An unknown one is an InvalidArgument with subject "encoding" (Python: LookupError).
    static Result<TextCodec> open(const QByteArray &encoding, TextErrors errors);
    TextCodec(TextCodec &&) noexcept;
    TextCodec &operator=(TextCodec &&) noexcept;
    ~TextCodec();

    /// The text of the next bytes; a character cut at the end waits for its rest unless this is the last piece. With Strict,
    /// bytes that do not fit are an InvalidArgument that tells them and their offset in the stream (Python: UnicodeDecodeError).
    Result<QString> decode(QByteArrayView bytes, bool last);
    /// With Strict, a character that the encoding lacks is an InvalidArgument (Python: UnicodeEncodeError).
    Result<QByteArray> encode(QStringView text);

private:
    explicit TextCodec(UConverter *converter, TextErrors errors);
    struct Private;
    std::unique_ptr<Private> d;
};

/// CRLF and CR become LF, also where the two come in different pieces (Python: universal newlines).
class NewlineTranslator
{
public:
    /// last: a CR at the end waits for no LF.
    QString translate(const QString &text, bool last);

private:
    bool m_carriageReturn = false;
};

/// All of the bytes: decoded, newlines translated.
Result<QString> decodeText(QByteArrayView bytes, const QByteArray &encoding, TextErrors errors);

} // namespace forkscope
