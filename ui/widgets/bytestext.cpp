// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/bytestext.h"

namespace forkscope {

QString textOfBytes(const QByteArray &bytes)
{
    QString text = QString::fromUtf8(bytes);
    if (text.toUtf8() == bytes)
        return text;
    text.clear();
    for (qsizetype i = 0; i < bytes.size();) {
        const auto lead = static_cast<unsigned char>(bytes[i]);
        const qsizetype length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
        const QByteArray sequence = bytes.mid(i, length);
        const QString decoded = QString::fromUtf8(sequence);
        if (decoded.toUtf8() == sequence) {
            text += decoded;
            i += length;
        } else {
            text += QChar(ushort(0xdc00 + lead));
            ++i;
        }
    }
    return text;
}

QByteArray bytesOfText(const QString &text)
{
    QByteArray bytes;
    qsizetype from = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i].isHighSurrogate()) {
            ++i;
            continue;
        }
        const ushort code = text[i].unicode();
        if (code < 0xdc80 || code > 0xdcff)
            continue;
        bytes += text.mid(from, i - from).toUtf8() + char(code - 0xdc00);
        from = i + 1;
    }
    return bytes + text.mid(from).toUtf8();
}

} // namespace forkscope
