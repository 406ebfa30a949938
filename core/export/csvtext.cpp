// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/export/csvtext.h"

#include "core/output/utf8.h"

#include <algorithm>

namespace forkscope {

namespace {

/// The full-width forms are taken for the same by some.
bool beginsFormula(char32_t code)
{
    switch (code) {
    case U'=':
    case U'+':
    case U'-':
    case U'@':
    case U'\uff1d':
    case U'\uff0b':
    case U'\uff0d':
    case U'\uff20':
        return true;
    default:
        return false;
    }
}

void appendHex(QByteArray &out, QByteArrayView bytes)
{
    static constexpr char kDigits[] = "0123456789abcdef";
    for (const char byte : bytes) {
        out += "\\x";
        out += kDigits[uchar(byte) >> 4];
        out += kDigits[uchar(byte) & 15];
    }
}

/// How many bytes, within a cell, need no look at each: nearly all of what is printed.
qsizetype plainAtStart(QByteArrayView bytes)
{
    const auto *end = std::find_if(bytes.begin(), bytes.end(), [](char byte) {
        return byte < 0x20 || byte == 0x7f || byte == '\\' || byte == '"' || byte == ',' || byte == ';'; // or not ASCII
    });
    return end - bytes.begin();
}

} // namespace

void appendCsvField(QByteArray &out, QByteArrayView bytes)
{
    out += '"';
    bool startsCell = true;
    for (QByteArrayView rest = bytes; !rest.isEmpty();) {
        if (const qsizetype plain = startsCell ? 0 : plainAtStart(rest); plain > 0) {
            out.append(rest.first(plain));
            rest = rest.sliced(plain);
            continue;
        }
        const Utf8Character character = firstCharacter(rest);
        const QByteArrayView piece = rest.first(std::max(character.length, 1));
        rest = rest.sliced(piece.size());
        const char32_t code = character.code;
        if (character.length == 0 || (startsCell && beginsFormula(code)))
            appendHex(out, piece);
        else if (code == U'\\')
            out += "\\\\";
        else if (code == U'\n')
            out += "\\n";
        else if (code == U'\r')
            out += "\\r";
        else if (code == U'\t')
            out += "\\t";
        else if (code < 0x20 || code == 0x7f)
            appendHex(out, piece);
        else if (code == U'"')
            out += "\"\"";
        else
            out.append(piece);
        startsCell
            = code == U';' || code == U',' || (startsCell && (code == U' ' || code == U'"' || code == U'\'')); // of what is read
    }
    out += '"';
}

} // namespace forkscope
