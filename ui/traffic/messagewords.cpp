// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/traffic/messagewords.h"

#include <QCoreApplication>
#include <QStringDecoder>

#include <algorithm>

namespace forkscope {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(MessageWords)
};

} // namespace

QString MessageWords::operation(Operation operation)
{
    switch (operation) {
    case Operation::Write:
        return Words::tr("write");
    case Operation::Read:
        return Words::tr("read");
    case Operation::Put:
        return Words::tr("put");
    case Operation::Get:
        return Words::tr("get");
    case Operation::Send:
        return Words::tr("send");
    case Operation::Receive:
        return Words::tr("receive");
    }
    return {};
}

QString MessageWords::kind(ChannelKind kind)
{
    switch (kind) {
    case ChannelKind::Queue:
        return Words::tr("queue");
    case ChannelKind::Connection:
        return Words::tr("connection");
    case ChannelKind::Pipe:
        return Words::tr("pipe");
    default:
        return Words::tr("other");
    }
}

QString MessageWords::party(const Party &party)
{
    if (!party.isKnown())
        return QStringLiteral("–");
    QStringList parts;
    if (!party.name.isEmpty())
        parts += QString::fromUtf8(party.name);
    if (party.pid != 0)
        parts += QString::number(party.pid);
    if (party.fd >= 0)
        parts += Words::tr("fd %1").arg(party.fd);
    QString text = parts.join(QStringLiteral(" · "));
    if (party.others > 0)
        text += QLatin1Char(' ') + Words::tr("(+%n more)", nullptr, party.others);
    return text;
}

QString MessageWords::channel(const ChannelInfo &channel)
{
    return QString::fromUtf8(channel.name);
}

QString MessageWords::preview(QByteArrayView bytes, qsizetype characters)
{
    // A character that is cut at the end is no reason to show all of it as hexadecimal.
    QByteArrayView whole = bytes.first(std::min<qsizetype>(bytes.size(), 4 * characters));
    for (int i = 0; i < 3 && !whole.isEmpty() && !whole.isValidUtf8(); ++i)
        whole.chop(1);
    const bool isText = whole.isValidUtf8() && std::none_of(whole.begin(), whole.end(), [](char c) {
        const auto code = static_cast<unsigned char>(c);
        return (code < 0x20 && (code < '\t' || code > '\r') && code != 0x1b) || code == 0x7f;
    });
    QString text;
    if (isText) {
        text = QString::fromUtf8(whole);
        while (text.endsWith(QLatin1Char('\n')) || text.endsWith(QLatin1Char('\r')))
            text.chop(1);
        text.replace(QLatin1Char('\n'), QChar(0x21b5));
        for (QChar &c : text)
            if (c.unicode() < 0x20)
                c = QChar(0x2400 + c.unicode());
    } else {
        text = QString::fromLatin1(bytes.first(std::min<qsizetype>(bytes.size(), characters / 3 + 1)).toByteArray().toHex(' '));
    }
    return text.size() > characters ? text.left(characters - 1) + QChar(0x2026) : text;
}

} // namespace forkscope
