// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/logline.h"

namespace forkscope {

namespace {

constexpr qsizetype kBudget = 1024 * 1024;

/// The end of the escape sequence that begins at position; ECMA-48: CSI, the strings (OSC, DCS …), and short ones.
qsizetype endOfSequence(QByteArrayView line, qsizetype position)
{
    qsizetype i = position + 1;
    if (i >= line.size())
        return i;
    const char kind = line[i++];
    if (kind == '[') {
        while (i < line.size() && line[i] >= 0x20 && line[i] <= 0x3f)
            ++i;
        return std::min(i + 1, line.size());
    }
    if (QByteArrayView("]PX^_").contains(kind)) {
        while (i < line.size() && line[i] != '\a' && line[i] != '\x1b')
            ++i;
        if (i < line.size() && line[i] == '\x1b')
            ++i;
        return std::min(i + 1, line.size());
    }
    while (i < line.size() && line[i - 1] >= 0x20 && line[i - 1] <= 0x2f) // ESC ( B
        ++i;
    return i;
}

} // namespace

QString withoutControlSequences(QByteArrayView line)
{
    QByteArray plain;
    plain.reserve(line.size());
    for (qsizetype i = 0; i < line.size();) {
        const char c = line[i];
        if (c == '\x1b') {
            i = endOfSequence(line, i);
            continue;
        }
        if (c == '\r')
            plain += '\n';
        else if (c == '\t' || c == '\n' || static_cast<unsigned char>(c) >= 0x20)
            plain += c;
        ++i;
    }
    while (plain.endsWith('\n'))
        plain.chop(1);
    return QString::fromUtf8(plain);
}

LogLineSearch::LogLineSearch(const Journal &journal, LaunchId launch, const QString &pattern)
    : m_journal(journal), m_launch(launch), m_pattern(pattern, QRegularExpression::MultilineOption)
{
}

void LogLineSearch::findChannels()
{
    for (const quint32 count = m_journal.channelCount(); m_channelsSeen < count; ++m_channelsSeen) {
        const ChannelInfo info = m_journal.channel(ChannelId(m_channelsSeen));
        if (info.launch == m_launch
            && (info.kind == ChannelKind::StandardOutput || info.kind == ChannelKind::StandardError
                || info.kind == ChannelKind::Terminal))
            m_channels.insert(info.id, {});
    }
}

LogLineSearch::Answer LogLineSearch::look()
{
    findChannels();
    qsizetype budget = kBudget;
    for (auto it = m_channels.begin(); it != m_channels.end(); ++it) {
        Channel &channel = it.value();
        const quint64 count = m_journal.channelRecordCount(it.key());
        bool any = false;
        for (; channel.nextRecord < count; ++channel.nextRecord) {
            if (budget <= 0)
                return More;
            const auto record = m_journal.read(m_journal.channelRecord(it.key(), channel.nextRecord));
            if (!record) { // given up: a line ends here
                channel = {channel.nextRecord, {}, {}};
                continue;
            }
            any = true;
            budget -= record->bytes.size();
            if (take(channel, record->bytes))
                return Found;
        }
        if (any && !channel.line.isEmpty() && matches(channel.line)) // a prompt
            return Found;
    }
    return NotYet;
}

bool LogLineSearch::take(Channel &channel, QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        const qsizetype taken = channel.scanner.take(bytes);
        channel.line.append(bytes.first(taken));
        bytes = bytes.sliced(taken);
        if (!channel.scanner.ended())
            continue;
        if (matches(channel.line))
            return true;
        channel.line.clear();
        channel.scanner.startLine();
    }
    return false;
}

bool LogLineSearch::matches(const QByteArray &line) const
{
    return m_pattern.match(withoutControlSequences(line)).hasMatch();
}

} // namespace forkscope
