// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/messageio.h"

#include "app/subcommands.h"

#include "core/ipc/codec.h"

#include <QCborValue>
#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <memory>

namespace forkscope {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(forkscope)
};

/// A JSON text may be a single value; QJsonDocument takes arrays and objects.
Result<QByteArray> cborOf(const QByteArray &json)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson('[' + json + ']', &error);
    if (error.error != QJsonParseError::NoError || document.array().size() != 1)
        return Error::invalid(Text::tr("read the message as JSON"),
            error.error != QJsonParseError::NoError ? error.errorString() : Text::tr("it must be one value"),
            QString::fromUtf8(json.left(60)));
    return ipc::encodeValue(QCborValue::fromJsonValue(document.array().first()));
}

Result<void> readFailure()
{
    return Error::fromErrno(Text::tr("read standard input"));
}

} // namespace

Result<void> eachMessage(const MessageFormat &format, const std::function<Result<void>(const QByteArray &)> &send)
{
    const auto hand = [&](const QByteArray &bytes) -> Result<void> {
        if (!format.json)
            return send(bytes);
        const auto cbor = cborOf(bytes);
        return cbor ? send(cbor.value()) : cbor.error();
    };
    for (const std::string &message : format.messages)
        if (auto sent = hand(QByteArray::fromStdString(message)); !sent)
            return sent;
    if (!format.messages.empty())
        return {};
    if (!format.lines) {
        QByteArray all;
        char part[65536];
        for (size_t got; (got = std::fread(part, 1, sizeof part, stdin)) > 0;)
            all.append(part, qsizetype(got));
        return std::ferror(stdin) ? readFailure() : hand(all);
    }
    char *line = nullptr;
    size_t room = 0;
    const auto freed = [&line](const char *) { std::free(line); };
    const std::unique_ptr<const char, decltype(freed)> guard("", freed);
    for (ssize_t length; (length = getline(&line, &room, stdin)) >= 0;) {
        if (length > 0 && line[length - 1] == '\n')
            --length;
        if (auto sent = hand(QByteArray(line, length)); !sent)
            return sent;
    }
    return std::ferror(stdin) ? readFailure() : Result<void>();
}

Result<void> printMessage(const MessageFormat &format, const QByteArray &bytes)
{
    QByteArray text = bytes;
    if (format.json) {
        const auto value = ipc::decodeValue(bytes);
        if (!value)
            return Error{value.error().code, 0, Text::tr("show the message as JSON"), {},
                Text::tr("%1. It was put as bytes: get it without --json").arg(value.error().detail)};
        text = QJsonDocument(QJsonArray{value.value().toJsonValue()}).toJson(QJsonDocument::Compact);
        text = text.sliced(1, text.size() - 2);
    }
    if (format.lines || format.json)
        text += '\n';
    if (std::fwrite(text.constData(), 1, size_t(text.size()), stdout) != size_t(text.size()) || std::fflush(stdout) != 0)
        return Error::fromErrno(Text::tr("write to standard output"));
    return {};
}

int exitStatusOf(const Error &error)
{
    switch (error.code) {
    case ErrorCode::Full:
    case ErrorCode::Empty:
    case ErrorCode::TimedOut:
        return kTimedOut;
    case ErrorCode::Closed:
    case ErrorCode::EndOfStream:
    case ErrorCode::PeerGone:
        return kClosed;
    default:
        return kCannot;
    }
}

} // namespace forkscope
