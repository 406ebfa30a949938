// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/launch/textcodec.h"

#include <QCoreApplication>

#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>
#include <unicode/ucnv_err.h>

#include <array>

namespace forkscope {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(TextCodec)
};

constexpr char16_t kEscapedBytes = 0xDC00; // PEP 383: byte b ≥ 0x80 becomes U+DC00 + b

QString hex(const char *bytes, int32_t count)
{
    QString text;
    for (int32_t i = 0; i < count; ++i)
        text += QStringLiteral("\\x%1").arg(static_cast<unsigned char>(bytes[i]), 2, 16, QLatin1Char('0'));
    return text;
}

/// What was found not to fit, for the message of Strict.
struct Misfit {
    QByteArray bytes;
    QString characters;
};

struct Handling {
    TextErrors errors;
    Misfit misfit;
};

/// ICU calls this at every sequence of bytes that does not fit.
void U_CALLCONV decodingMisfit(const void *context, UConverterToUnicodeArgs *arguments, const char *bytes, int32_t count,
    UConverterCallbackReason reason, UErrorCode *code)
{
    if (reason > UCNV_IRREGULAR)
        return;
    auto &handling = *static_cast<Handling *>(const_cast<void *>(context));
    UErrorCode written = U_ZERO_ERROR;
    switch (handling.errors) {
    case TextErrors::Strict:
        handling.misfit.bytes = QByteArray(bytes, count);
        return; // the code stays: decoding ends here
    case TextErrors::Ignore:
        break;
    case TextErrors::Replace: {
        constexpr char16_t replacement = 0xFFFD;
        ucnv_cbToUWriteUChars(arguments, &replacement, 1, 0, &written);
        break;
    }
    case TextErrors::BackslashReplace: {
        const QString text = hex(bytes, count);
        ucnv_cbToUWriteUChars(arguments, reinterpret_cast<const UChar *>(text.utf16()), int32_t(text.size()), 0, &written);
        break;
    }
    case TextErrors::SurrogateEscape: {
        char16_t escaped[8];
        int32_t length = 0;
        for (int32_t i = 0; i < count && i < 8; ++i) {
            const auto byte = static_cast<unsigned char>(bytes[i]);
            // A byte below 0x80 may be part of a longer sequence that does not fit: it stands for itself.
            escaped[length++] = byte < 0x80 ? byte : char16_t(kEscapedBytes + byte);
        }
        ucnv_cbToUWriteUChars(arguments, escaped, length, 0, &written);
        break;
    }
    }
    *code = written;
}

/// ICU calls this at every character that the encoding lacks.
void U_CALLCONV encodingMisfit(const void *context, UConverterFromUnicodeArgs *arguments, const UChar *units, int32_t length,
    UChar32, UConverterCallbackReason reason, UErrorCode *code)
{
    if (reason > UCNV_IRREGULAR)
        return;
    auto &handling = *static_cast<Handling *>(const_cast<void *>(context));
    const QString text = QString::fromUtf16(units, length);
    UErrorCode written = U_ZERO_ERROR;
    switch (handling.errors) {
    case TextErrors::Strict:
        handling.misfit.characters = text;
        return;
    case TextErrors::Ignore:
        break;
    case TextErrors::Replace:
        ucnv_cbFromUWriteBytes(arguments, "?", 1, 0, &written);
        break;
    case TextErrors::BackslashReplace: {
        QByteArray escaped;
        for (const uint character : text.toUcs4()) {
            const char *const form = character > 0xffff ? "\\U" : character > 0xff ? "\\u" : "\\x";
            const int digits = character > 0xffff ? 8 : character > 0xff ? 4 : 2;
            escaped += form + QByteArray::number(character, 16).rightJustified(digits, '0');
        }
        ucnv_cbFromUWriteBytes(arguments, escaped.constData(), int32_t(escaped.size()), 0, &written);
        break;
    }
    case TextErrors::SurrogateEscape: {
        QByteArray bytes;
        for (const QChar unit : text) {
            const auto byte = unit.unicode() - kEscapedBytes;
            if (byte < 0x80 || byte > 0xff) {
                handling.misfit.characters = text;
                return;
            }
            bytes += char(byte);
        }
        ucnv_cbFromUWriteBytes(arguments, bytes.constData(), int32_t(bytes.size()), 0, &written);
        break;
    }
    }
    *code = written;
}

} // namespace

struct TextCodec::Private {
    UConverter *converter;
    Handling handling;
    qint64 offset = 0; ///< of the bytes decoded so far

    ~Private() { ucnv_close(converter); }
};

TextCodec::TextCodec(UConverter *converter, TextErrors errors) : d(new Private{converter, {errors, {}}}) { }
TextCodec::TextCodec(TextCodec &&) noexcept = default;
TextCodec &TextCodec::operator=(TextCodec &&) noexcept = default;
TextCodec::~TextCodec() = default;

Result<TextCodec> TextCodec::open(const QByteArray &encoding, TextErrors errors)
{
    UErrorCode code = U_ZERO_ERROR;
    UConverter *converter
        = encoding.contains('\0') ? nullptr : ucnv_open(encoding.isEmpty() ? "UTF-8" : encoding.constData(), &code);
    if (!converter)
        return Error::invalid(Text::tr("start the command"),
            Text::tr("no encoding is called “%1”").arg(QString::fromUtf8(encoding)), QStringLiteral("encoding"));
    TextCodec codec(converter, errors);
    ucnv_setToUCallBack(converter, decodingMisfit, &codec.d->handling, nullptr, nullptr, &code);
    ucnv_setFromUCallBack(converter, encodingMisfit, &codec.d->handling, nullptr, nullptr, &code);
    return codec;
}

Result<QString> TextCodec::decode(QByteArrayView bytes, bool last)
{
    QString text;
    std::array<UChar, 16384> units;
    const char *source = bytes.data();
    const char *const end = source + bytes.size();
    UErrorCode code;
    do {
        code = U_ZERO_ERROR;
        UChar *target = units.data();
        ucnv_toUnicode(d->converter, &target, units.data() + units.size(), &source, end, nullptr, last, &code);
        text.append(reinterpret_cast<const QChar *>(units.data()), target - units.data());
    } while (code == U_BUFFER_OVERFLOW_ERROR);
    if (U_FAILURE(code)) {
        const QByteArray &misfit = d->handling.misfit.bytes;
        const qint64 at = d->offset + (source - bytes.data()) - misfit.size();
        UErrorCode name = U_ZERO_ERROR;
        return Error::invalid(Text::tr("decode the output"),
            Text::tr("the bytes %1 at offset %2 are not %3; the raw bytes are kept")
                .arg(hex(misfit.constData(), int32_t(misfit.size())))
                .arg(at)
                .arg(QLatin1String(ucnv_getName(d->converter, &name))));
    }
    d->offset += bytes.size();
    return text;
}

Result<QByteArray> TextCodec::encode(QStringView text)
{
    QByteArray bytes;
    std::array<char, 16384> buffer;
    const UChar *source = reinterpret_cast<const UChar *>(text.utf16());
    const UChar *const end = source + text.size();
    UErrorCode code;
    do {
        code = U_ZERO_ERROR;
        char *target = buffer.data();
        ucnv_fromUnicode(d->converter, &target, buffer.data() + buffer.size(), &source, end, nullptr, true, &code);
        bytes.append(buffer.data(), target - buffer.data());
    } while (code == U_BUFFER_OVERFLOW_ERROR);
    if (U_FAILURE(code)) {
        UErrorCode name = U_ZERO_ERROR;
        return Error::invalid(Text::tr("encode the input"),
            Text::tr("%1 has no character “%2”")
                .arg(QLatin1String(ucnv_getName(d->converter, &name)), d->handling.misfit.characters));
    }
    return bytes;
}

QString NewlineTranslator::translate(const QString &text, bool last)
{
    QString translated;
    translated.reserve(text.size() + 1);
    for (const QChar c : text) {
        if (c == u'\n' && m_carriageReturn) {
            m_carriageReturn = false;
            translated += u'\n';
            continue;
        }
        if (m_carriageReturn)
            translated += u'\n';
        m_carriageReturn = c == u'\r';
        if (!m_carriageReturn)
            translated += c;
    }
    if (last && m_carriageReturn) {
        m_carriageReturn = false;
        translated += u'\n';
    }
    return translated;
}

Result<QString> decodeText(QByteArrayView bytes, const QByteArray &encoding, TextErrors errors)
{
    auto codec = TextCodec::open(encoding, errors);
    if (!codec)
        return codec.error();
    const auto text = codec.value().decode(bytes, true);
    if (!text)
        return text.error();
    return NewlineTranslator().translate(text.value(), true);
}

} // namespace forkscope
