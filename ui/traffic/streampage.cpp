// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/traffic/streampage.h"

#include "ui/ipc/messagetext.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>
#include <QSaveFile>

#include <algorithm>

namespace forkscope {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(StreamPage)
};

constexpr qsizetype kChunk = 1 << 20;

QByteArray jsonOf(const RecordedStream::Piece &piece)
{
    const QByteArray bytes = piece.bytes.toByteArray();
    QJsonObject object{
        {QStringLiteral("time"), QDateTime::fromMSecsSinceEpoch(piece.timeNs / 1'000'000, Qt::UTC).toString(Qt::ISODateWithMs)},
        {QStringLiteral("direction"), piece.isBack ? QStringLiteral("back") : QStringLiteral("forward")},
        {QStringLiteral("offset"), qint64(piece.offset)}, {QStringLiteral("bytes"), qint64(bytes.size())}};
    if (piece.bytes.isValidUtf8())
        object.insert(QStringLiteral("text"), QString::fromUtf8(bytes));
    else
        object.insert(QStringLiteral("base64"), QString::fromLatin1(bytes.toBase64()));
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

/// Characters as many as the text has; control characters as their pictures.
QString shownText(const QByteArray &bytes)
{
    QString text = QString::fromUtf8(bytes);
    for (QChar &c : text)
        if (c.unicode() < 0x20 && c != u'\n' && c != u'\t')
            c = c == u'\r' ? QChar(0x240d) : QChar(0x2400 + c.unicode());
    return text.replace(QStringLiteral("\u240d\n"), QStringLiteral("\n"));
}

void lower(QByteArray &bytes)
{
    for (char &c : bytes)
        if (c >= 'A' && c <= 'Z')
            c = char(c + 32);
}

} // namespace

qsizetype StreamRun::positionOf(quint64 byte) const
{
    return shownText(bytes.left(qsizetype(byte - std::min(offset, byte)))).size();
}

StreamPage streamPage(const RecordedStream &stream, StreamWay way, quint64 from, quint64 length, StreamFormat format)
{
    StreamPage page{.from = from, .end = from, .runs = {}};
    stream.forEach(way, from, [&](const RecordedStream::Piece &piece) {
        if (piece.missingBefore > 0 && piece.offset >= from)
            page.runs.append({.isNote = true,
                .offset = piece.offset,
                .bytes = {},
                .text = Words::tr("… %Ln byte(s) not recorded", nullptr, int(std::min<quint64>(piece.missingBefore, INT_MAX)))});
        const auto skip = qsizetype(from > piece.offset ? from - piece.offset : 0);
        const QByteArrayView part = piece.bytes.sliced(skip);
        const auto room = qsizetype(length - (page.end - from));
        const QByteArrayView taken = format == StreamFormat::JsonLines ? piece.bytes : part.first(std::min(part.size(), room));
        if (format == StreamFormat::JsonLines) {
            page.runs.append(
                {.isBack = piece.isBack, .offset = piece.offset, .bytes = {}, .text = QString::fromUtf8(jsonOf(piece))});
            page.end = piece.offset + quint64(piece.bytes.size());
        } else {
            if (page.runs.isEmpty() || page.runs.last().isNote || page.runs.last().isBack != piece.isBack)
                page.runs.append({.isBack = piece.isBack, .offset = page.end, .bytes = {}, .text = {}});
            page.runs.last().bytes.append(taken);
            page.end += quint64(taken.size());
        }
        return page.end - from < length;
    });
    for (StreamRun &run : page.runs)
        if (!run.isNote && format != StreamFormat::JsonLines)
            run.text = format == StreamFormat::Raw ? QString::fromLatin1(run.bytes.toHex()) : shownText(run.bytes);
    return page;
}

std::optional<quint64> findInStream(const RecordedStream &stream, StreamWay way, const QByteArray &wanted, bool caseMatters,
    quint64 from, bool backwards, const std::atomic<bool> &cancelled)
{
    const quint64 size = stream.size(way);
    if (wanted.isEmpty() || size < quint64(wanted.size()))
        return {};
    QByteArray needle = wanted;
    if (!caseMatters)
        lower(needle);
    const auto read = [&](quint64 at, qsizetype count) {
        QByteArray bytes;
        stream.forEach(way, at, [&](const RecordedStream::Piece &piece) {
            const QByteArrayView part = piece.bytes.sliced(qsizetype(at > piece.offset ? at - piece.offset : 0));
            bytes.append(part.first(std::min(part.size(), count - bytes.size())));
            return bytes.size() < count;
        });
        if (!caseMatters)
            lower(bytes);
        return bytes;
    };
    // Chunks overlap by one byte less than what is looked for.
    const auto overlap = qsizetype(needle.size() - 1);
    if (!backwards) {
        for (quint64 at = from; at < size && !cancelled; at += quint64(kChunk))
            if (const qsizetype found = read(at, kChunk + overlap).indexOf(needle); found >= 0)
                return at + quint64(found);
        return {};
    }
    for (quint64 end = std::min(from, size); end > 0 && !cancelled;) {
        const quint64 start = end - std::min(end, quint64(kChunk));
        const qsizetype found = read(start, qsizetype(end - start) + overlap).lastIndexOf(needle, qsizetype(end - start) - 1);
        if (found >= 0)
            return start + quint64(found);
        end = start;
    }
    return {};
}

Result<quint64> saveStream(const RecordedStream &stream, StreamWay way, StreamFormat format, const QString &path,
    const std::atomic<bool> &cancelled, std::atomic<double> &done)
{
    QSaveFile file(path);
    const auto failure = [&] { return Error{ErrorCode::System, 0, Words::tr("save the stream"), path, file.errorString()}; };
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner))
        return failure();
    const quint64 size = stream.size(way);
    quint64 written = 0;
    bool ok = true;
    QByteArray line; ///< of hexadecimal, that is not full yet
    stream.forEach(way, 0, [&](const RecordedStream::Piece &piece) {
        if (cancelled || !ok)
            return false;
        QByteArray out;
        switch (format) {
        case StreamFormat::Text:
        case StreamFormat::Raw:
            ok = file.write(piece.bytes.data(), piece.bytes.size()) == piece.bytes.size();
            break;
        case StreamFormat::JsonLines:
            out = jsonOf(piece);
            break;
        case StreamFormat::Hex: {
            line.append(piece.bytes);
            const qsizetype whole = line.size() / 16 * 16;
            out = hexDump(line.left(whole), piece.offset + quint64(piece.bytes.size() - line.size())).toLatin1();
            line.remove(0, whole);
            break;
        }
        }
        ok = ok && file.write(out) == out.size();
        written += quint64(piece.bytes.size());
        done = size == 0 ? 1 : double(written) / double(size);
        return ok;
    });
    if (cancelled) {
        file.cancelWriting();
        return quint64(0);
    }
    const QByteArray rest = hexDump(line, written - quint64(line.size())).toLatin1();
    if (!ok || file.write(rest) != rest.size() || !file.commit())
        return failure();
    return written;
}

} // namespace forkscope
