// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/output/utf8.h"

#include <QChar>

namespace forkscope {

Utf8Character firstCharacter(QByteArrayView bytes)
{
    const auto lead = quint8(bytes[0]);
    if (lead < 0x80)
        return {lead, 1};
    const int length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4 || bytes.size() < length)
        return {};
    char32_t code = lead & (0x7f >> length);
    for (int i = 1; i < length; ++i) {
        const auto next = quint8(bytes[i]);
        if ((next & 0xc0) != 0x80)
            return {};
        code = code << 6 | (next & 0x3f);
    }
    static constexpr char32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
    if (code < kSmallest[length] || code > QChar::LastValidCodePoint || QChar::isSurrogate(code))
        return {};
    return {code, length};
}

int cellWidth(char32_t code)
{
    switch (QChar::category(code)) {
    case QChar::Mark_NonSpacing:
    case QChar::Mark_Enclosing:
    case QChar::Other_Format:
        return 0;
    default:
        break;
    }
    static constexpr struct {
        char32_t first, last;
    } kWide[] = {{0x1100, 0x115f}, {0x2e80, 0x303e}, {0x3041, 0xa4cf}, {0xac00, 0xd7a3}, {0xf900, 0xfaff}, {0xfe30, 0xfe6f},
        {0xff00, 0xff60}, {0xffe0, 0xffe6}, {0x1f300, 0x1f64f}, {0x1f680, 0x1f6ff}, {0x1f900, 0x1f9ff}, {0x20000, 0x3fffd}};
    for (const auto &range : kWide) {
        if (code >= range.first && code <= range.last)
            return 2;
    }
    return 1;
}

} // namespace forkscope
