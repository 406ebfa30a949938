// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/export/jsonwriter.h"

#include <QString>

namespace forkscope {

void JsonWriter::separate()
{
    if (m_needsComma)
        m_out += ',';
    m_needsComma = true;
}

void JsonWriter::begin(char bracket)
{
    separate();
    m_out += bracket;
    m_needsComma = false;
}

void JsonWriter::end(char bracket)
{
    m_out += bracket;
    m_needsComma = true;
}

void JsonWriter::key(QByteArrayView name)
{
    string(name);
    m_out += ':';
    m_needsComma = false;
}

void JsonWriter::verbatim(QByteArrayView value)
{
    separate();
    m_out.append(value);
}

void JsonWriter::string(QByteArrayView text)
{
    if (!text.isValidUtf8())
        return string(QString::fromUtf8(text).toUtf8());
    separate();
    m_out += '"';
    qsizetype done = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const auto byte = uchar(text[i]);
        if (byte >= 0x20 && byte != '"' && byte != '\\')
            continue;
        m_out.append(text.sliced(done, i - done));
        done = i + 1;
        m_out += '\\';
        switch (byte) {
        case '\n':
            m_out += 'n';
            break;
        case '\r':
            m_out += 'r';
            break;
        case '\t':
            m_out += 't';
            break;
        case '"':
        case '\\':
            m_out += char(byte);
            break;
        default:
            m_out += "u00" + QByteArray::number(byte, 16).rightJustified(2, '0');
        }
    }
    m_out.append(text.sliced(done));
    m_out += '"';
}

void JsonWriter::bytesField(const QByteArray &name, QByteArrayView bytes)
{
    if (bytes.isValidUtf8())
        field(name, bytes);
    else
        field(name + "_base64", bytes.toByteArray().toBase64());
}

} // namespace forkscope
