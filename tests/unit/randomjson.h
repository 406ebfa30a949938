// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QRandomGenerator>

/// JSON as it comes, odd and damaged: the same for the same seed.
class RandomJson
{
public:
    explicit RandomJson(quint32 seed) : m_random(seed) { }

    QByteArray document() { return space() + value(0) + space(); }
    /// Documents behind one another, most of them lines; some of their bytes cut, turned, doubled or lost.
    QByteArray damaged(int documents)
    {
        QByteArray bytes;
        for (int i = 0; i < documents; ++i)
            bytes += document() + (below(8) ? "\n" : "");
        for (int n = below(3) ? below(3) : 0; n > 0 && !bytes.isEmpty(); --n) {
            const qsizetype at = below(int(bytes.size()));
            switch (below(5)) {
            case 0:
                bytes.truncate(at);
                break;
            case 1:
                bytes[at] = char(below(256));
                break;
            case 2:
                bytes.insert(at, bytes.mid(at, 1 + below(5)));
                break;
            case 3:
                bytes.remove(at, 1 + below(3));
                break;
            default:
                bytes.insert(at, one({"\"", "\\", "{", "}", "[", "]", ",", ":", "\n", "-", "\\u00", "\\q", "\x01", "\xff"}));
            }
        }
        return bytes;
    }
    int below(int end) { return int(m_random.bounded(end)); }

private:
    QByteArray one(std::initializer_list<const char *> of) { return *(of.begin() + below(int(of.size()))); }
    QByteArray space() { return below(5) ? "" : one({" ", "\t", "\r\n", "  "}); }
    QByteArray value(int depth)
    {
        switch (below(depth > 5 ? 4 : 7)) {
        case 0:
            return one({"true", "false", "null"});
        case 1:
        case 2:
            return number();
        case 3:
            return string();
        case 4:
            return items(depth, false);
        default:
            return items(depth, true);
        }
    }
    QByteArray items(int depth, bool isObject)
    {
        QByteArray out = isObject ? "{" : "[";
        for (int i = 0, count = below(5); i < count; ++i) {
            out += (i ? "," : "") + space();
            if (isObject)
                out += key() + space() + ':' + space();
            out += value(depth + 1) + space();
        }
        return out + (isObject ? '}' : ']');
    }
    QByteArray key()
    {
        if (!below(40))
            return '"' + QByteArray(195 + below(10), 'k') + "\u00e9z\"";
        return '"'
            + one({"a", "a", "a", "b", "b", "payload", "payload, json", "payload, x", "payloads", "\\u0061", "\\\"", "[0]", "",
                "a b", "caf\u00e9", "\xff", "\\n", "a\\/b", "\x7f"})
            + '"';
    }
    QByteArray number()
    {
        if (below(3))
            return (below(4) ? "" : "-") + QByteArray::number(below(20));
        return one({"0.5", "-2.5e3", "1E400", "-inf", "1e-400", "01", "1.", "-", ".5", "+1", "0x10", "123456789012345678901",
            "5.0", "1e1", "12345678.125", "nan", "- 1", "tru", "5e"});
    }
    QByteArray string()
    {
        if (!below(20))
            return '"' + QByteArray(190 + below(20), 'x') + "\u00e9\u00e9\u20ac" + QByteArray(below(9), 'y') + '"';
        return '"'
            + one({"", "5", " 5 ", "INFO", "text", "t\\u0065xt", "\\ud83d\\ude00", "\\ud83d x", "\\u12", "\\u+041", "\\x41",
                "a\\\\", "\\\"q\\\"", "caf\u00e9", "\xff\xfe", "\x80", "\\b\\f\\n\\r\\t\\/", "{3 members}", "a\x7f", "seven77",
                "eight888", "nine99999"})
            + '"';
    }

    QRandomGenerator m_random;
};
