// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/output/linetext.h"

#include "core/output/utf8.h"

#include <QStringView>

#include <algorithm>

namespace forkscope {

namespace {

constexpr int kTabStop = 8;

/// The symbol of a control character, or 0.
char16_t symbolOf(char32_t code)
{
    if (code < 0x20)
        return char16_t(0x2400 + code);
    return code == 0x7f ? u'\u2421' : u'\0';
}

/// Invisible, or able to turn the text around: shown by number so that nothing hides.
bool isHidden(char32_t code)
{
    return (code >= 0x80 && code < 0xa0) || (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069)
        || code == 0x2028 || code == 0x2029 || code == 0xfeff;
}

void appendHex(QString &text, char byte)
{
    static constexpr char16_t kDigits[] = u"0123456789ABCDEF";
    const char16_t shown[] = {u'\\', u'x', kDigits[quint8(byte) >> 4], kDigits[quint8(byte) & 15]};
    text.append(QStringView(shown, 4));
}

bool isPrintableAscii(QByteArrayView bytes)
{
    return std::all_of(bytes.begin(), bytes.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
}

void addMark(QList<DisplayText::Mark> &marks, qsizetype position, qsizetype length, DisplayText::Kind kind)
{
    if (!marks.isEmpty() && marks.last().kind == kind && marks.last().position + marks.last().length == position)
        marks.last().length += length;
    else
        marks.append({position, length, kind});
}

/// Behind the carriage returns here. At the end of the line they have no effect: what is there stays until something is written
/// over it.
qsizetype afterReturns(QByteArrayView line, qsizetype at)
{
    while (at < line.size() && line[at] == '\r')
        ++at;
    return at;
}

} // namespace

QByteArrayView withoutLineEnd(QByteArrayView line)
{
    if (line.endsWith('\n'))
        line.chop(line.size() > 1 && line[line.size() - 2] == '\r' ? 2 : 1);
    return line;
}

qsizetype DisplayText::byteAt(qsizetype position) const
{
    if (position >= text.size())
        return byteCount;
    return m_bytes.isEmpty() ? position : m_bytes[position];
}

qsizetype DisplayText::positionOf(qsizetype byte) const
{
    if (byte >= byteCount)
        return text.size();
    if (m_bytes.isEmpty())
        return std::min(byte, text.size());
    // A byte within a character stands where the character does; one that is not shown, where the next or last one before it
    // does.
    const auto after = std::upper_bound(m_bytes.begin(), m_bytes.end(), quint32(byte));
    if (after == m_bytes.begin())
        return 0;
    return std::lower_bound(m_bytes.begin(), m_bytes.end(), *(after - 1)) - m_bytes.begin();
}

DisplayText displayText(QByteArrayView line, ControlStyle controls, SequenceHandling sequences)
{
    const QByteArrayView bytes = withoutLineEnd(line);
    DisplayText result;
    result.byteCount = bytes.size();
    if (isPrintableAscii(bytes)) {
        result.text = QString::fromLatin1(bytes);
        return result;
    }

    result.text.reserve(bytes.size());
    result.m_bytes.reserve(bytes.size());
    qsizetype column = 0;
    TextStyle style;
    QByteArray link;
    const bool obey = sequences == SequenceHandling::Obey;
    const auto erase = [&result, &column](qsizetype at) {
        result.text.clear();
        result.marks.clear();
        result.runs.clear();
        result.m_bytes.clear();
        result.ascii = true;
        result.overwrittenBytes = at;
        column = 0;
    };
    for (qsizetype at = 0; at < bytes.size();) {
        if (obey && bytes[at] == '\r') {
            at = afterReturns(bytes, at);
            if (at < bytes.size())
                erase(at);
            continue;
        }
        if (const auto sequence = obey ? controlSequenceAt(bytes.sliced(at)) : ControlSequence{}; sequence.length) {
            at += sequence.length;
            if (sequence.kind == ControlSequence::Kind::Style)
                style = withSgr(style, sequence.content);
            else if (sequence.kind == ControlSequence::Kind::Link)
                link = sequence.content.toByteArray();
            else if (sequence.content == "2")
                erase(at);
            continue;
        }
        const auto [code, length] = firstCharacter(bytes.sliced(at));
        const qsizetype position = result.text.size();
        const char16_t symbol = length == 1 ? symbolOf(code) : u'\0';
        if (length == 0) {
            appendHex(result.text, bytes[at]);
            addMark(result.marks, position, 4, DisplayText::Kind::Invalid);
        } else if (code == U'\t') {
            result.text.append(QString(kTabStop - column % kTabStop, u' '));
        } else if (symbol && controls == ControlStyle::Carets) {
            result.text.append(u'^');
            result.text.append(QChar(char16_t(code ^ 0x40))); // ^@ … ^_, ^?
            addMark(result.marks, position, 2, DisplayText::Kind::Control);
        } else if (symbol) {
            result.text.append(QChar(symbol));
            addMark(result.marks, position, 1, DisplayText::Kind::Control);
            result.ascii = false;
        } else if (isHidden(code)) {
            result.text.append(QStringLiteral("<U+%1>").arg(uint(code), 4, 16, QLatin1Char('0')).toUpper());
            addMark(result.marks, position, result.text.size() - position, DisplayText::Kind::Control);
        } else {
            result.text.append(QStringView(QChar::fromUcs4(code)));
            result.ascii &= code < 0x80;
        }
        const qsizetype added = result.text.size() - position;
        if (style != TextStyle() || !link.isEmpty()) {
            auto &runs = result.runs;
            if (!runs.isEmpty() && runs.last().position + runs.last().length == position && runs.last().style == style
                && runs.last().link == link)
                runs.last().length += added;
            else
                runs.append({position, added, style, link});
        }
        column += length > 1 && !isHidden(code) ? cellWidth(code) : added;
        result.m_bytes.resize(result.text.size(), quint32(at));
        at += std::max(length, 1);
    }
    return result;
}

QByteArray withoutObeyedSequences(QByteArrayView lines)
{
    if (!lines.contains('\r') && !lines.contains('\x1b'))
        return lines.toByteArray();
    QByteArray result;
    result.reserve(lines.size());
    while (!lines.isEmpty()) {
        const qsizetype feed = lines.indexOf('\n');
        const QByteArrayView whole = lines.first(feed < 0 ? lines.size() : feed + 1);
        const QByteArrayView line = withoutLineEnd(whole);
        const qsizetype start = result.size();
        for (qsizetype at = 0; at < line.size();) {
            const auto sequence = controlSequenceAt(line.sliced(at));
            if (line[at] == '\r') {
                at = afterReturns(line, at);
                if (at < line.size())
                    result.truncate(start);
            } else if (sequence.length) {
                at += sequence.length;
                if (sequence.kind == ControlSequence::Kind::EraseLine && sequence.content == "2")
                    result.truncate(start);
            } else {
                result += line[at++];
            }
        }
        result += whole.sliced(line.size());
        lines = lines.sliced(whole.size());
    }
    return result;
}

QString plainText(QByteArrayView bytes)
{
    if (bytes.isValidUtf8() && !bytes.contains('\0'))
        return QString::fromUtf8(bytes);
    QString text;
    text.reserve(bytes.size());
    for (qsizetype at = 0; at < bytes.size();) {
        const auto [code, length] = firstCharacter(bytes.sliced(at));
        if (length == 0)
            appendHex(text, bytes[at]);
        else
            text.append(code ? QStringView(QChar::fromUcs4(code)) : QStringView(u"\u2400"));
        at += std::max(length, 1);
    }
    return text;
}

} // namespace forkscope
