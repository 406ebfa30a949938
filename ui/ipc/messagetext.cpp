// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/ipc/messagetext.h"

#include "core/ipc/codec.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QStringDecoder>

namespace forkscope {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(MessageText)
};

/// UTF-8 without control characters other than white space. Where it is cut, the last character may be.
std::optional<QString> readable(const QByteArray &bytes, bool cut)
{
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString text = decoder.decode(bytes);
    if (decoder.hasError())
        return {};
    for (const QChar c : text)
        if ((c < QLatin1Char(' ') && c != QLatin1Char('\n') && c != QLatin1Char('\r') && c != QLatin1Char('\t'))
            || c == QChar(0x7f) || (c.unicode() >= 0x80 && c.unicode() < 0xa0))
            return {};
    if (!cut) {
        QStringDecoder whole(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
        (void)QString(whole.decode(bytes));
        if (whole.hasError())
            return {};
    }
    return text;
}

/// "line 2, column 5", counted in characters from 1.
QString placeIn(const QString &text, qsizetype offset)
{
    const QString before = text.left(offset);
    return Words::tr("line %1, column %2")
        .arg(before.count(QLatin1Char('\n')) + 1)
        .arg(before.size() - before.lastIndexOf(QLatin1Char('\n')));
}

Error wrong(const QString &where, const QString &why)
{
    return Error::invalid(Words::tr("read what was typed"), where.isEmpty() ? why : Words::tr("%1: %2").arg(where, why));
}

Result<QByteArray> parseHex(const QString &text)
{
    QByteArray digits;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (c.isSpace())
            continue;
        const bool digit = (c >= QLatin1Char('0') && c <= QLatin1Char('9')) || (c >= QLatin1Char('a') && c <= QLatin1Char('f'))
            || (c >= QLatin1Char('A') && c <= QLatin1Char('F'));
        if (!digit)
            return wrong(placeIn(text, i), Words::tr("“%1” is no hexadecimal digit").arg(c));
        digits += c.toLatin1();
    }
    if (digits.size() % 2)
        return wrong({}, Words::tr("a byte has two digits, and there are %1").arg(digits.size()));
    return QByteArray::fromHex(digits);
}

} // namespace

MessageText MessageText::of(const QByteArray &bytes, bool cut)
{
    if (bytes.isEmpty() && !cut)
        return {Kind::Empty, {}};
    if (const auto text = readable(bytes, cut)) {
        const QString trimmed = text->trimmed();
        if (!cut && (trimmed.startsWith(QLatin1Char('{')) || trimmed.startsWith(QLatin1Char('[')))) {
            const QJsonDocument json = QJsonDocument::fromJson(bytes);
            if (!json.isNull())
                return {Kind::Json, QString::fromUtf8(json.toJson(QJsonDocument::Indented)).trimmed()};
        }
        return {Kind::Text, *text};
    }
    if (!cut)
        if (const auto value = ipc::decodeValue(bytes))
            return {Kind::Cbor, value.value().toDiagnosticNotation(QCborValue::LineWrapped)};
    QString text;
    for (const char c : bytes)
        text += c >= 0x20 && c < 0x7f ? QLatin1Char(c) : QLatin1Char('.');
    return {Kind::Binary, text};
}

QString MessageText::kindName() const
{
    switch (kind) {
    case Kind::Empty:
        return Words::tr("empty");
    case Kind::Text:
        return Words::tr("text");
    case Kind::Json:
        return QStringLiteral("JSON");
    case Kind::Cbor:
        return QStringLiteral("CBOR");
    case Kind::Binary:
        return Words::tr("binary");
    }
    return {};
}

QString MessageText::preview(qsizetype length) const
{
    const QString line = text.left(4 * length).simplified();
    return line.size() > length ? line.left(length - 1) + QChar(0x2026) : line;
}

QString hexDump(const QByteArray &bytes, quint64 start)
{
    constexpr qsizetype kRow = 16;
    QString dump;
    for (qsizetype at = 0; at < bytes.size(); at += kRow) {
        const QByteArray row = bytes.mid(at, kRow);
        QString ascii;
        for (const char c : row)
            ascii += c >= 0x20 && c < 0x7f ? QLatin1Char(c) : QLatin1Char('.');
        dump += QStringLiteral("%1  %2  %3\n")
                    .arg(start + quint64(at), 6, 16, QLatin1Char('0'))
                    .arg(QString::fromLatin1(row.toHex(' ')), -(3 * int(kRow) - 1))
                    .arg(ascii);
    }
    return dump;
}

Result<QByteArray> parseInjection(InjectionKind kind, const QString &text)
{
    if (kind == InjectionKind::Hex)
        return parseHex(text);
    const QByteArray bytes = text.toUtf8();
    if (kind == InjectionKind::Text)
        return bytes;
    QJsonParseError error;
    QJsonDocument::fromJson(bytes, &error);
    if (error.error != QJsonParseError::NoError)
        return wrong(placeIn(text, QString::fromUtf8(bytes.left(error.offset)).size()), error.errorString());
    return bytes;
}

} // namespace forkscope
