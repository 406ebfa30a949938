// SPDX-License-Identifier: GPL-3.0-or-later
// Header lines, an empty line, a body.
#include "core/decode/fieldtree.h"
#include "core/decode/kinds.h"

#include <algorithm>
#include <array>

namespace forkscope::decode {

namespace {

constexpr qsizetype kLongestHead = 256 << 10;

struct Head {
    enum class State { Complete, Partial, Wrong } state = State::Wrong;
    qsizetype length = 0; ///< with the empty line
    std::optional<quint64> contentLength;
    bool isChunked = false;
};

/// Lines "Name: value" from `at` on, up to an empty line; added to root.
Head readHead(QByteArrayView bytes, qsizetype at, Field &root, Budget &budget)
{
    Head head;
    for (;;) {
        const qsizetype end = bytes.indexOf('\n', at);
        if (end < 0) {
            head.state = bytes.size() < kLongestHead ? Head::State::Partial : Head::State::Wrong;
            return head;
        }
        QByteArrayView line = bytes.sliced(at, end - at);
        if (line.endsWith('\r'))
            line.chop(1);
        const auto offset = quint64(at);
        at = end + 1;
        if (line.isEmpty())
            break;
        const qsizetype colon = line.indexOf(':');
        if (colon <= 0)
            return head;
        const QByteArray name = line.first(colon).toByteArray(), value = line.sliced(colon + 1).trimmed().toByteArray();
        (void)budget.add(root, {name.left(100), quotedText(value), offset, quint64(end + 1) - offset, {}});
        if (name.compare("content-length", Qt::CaseInsensitive) == 0) {
            bool ok = false;
            head.contentLength = value.toULongLong(&ok);
            if (!ok)
                return head;
        }
        if (name.compare("transfer-encoding", Qt::CaseInsensitive) == 0)
            head.isChunked = value.toLower().endsWith("chunked");
    }
    head.state = Head::State::Complete;
    head.length = at;
    return head;
}

/// The body in chunks (RFC 9112 7.1) from `at` on; −1: it goes on, −2: it is none.
qsizetype readChunks(QByteArrayView bytes, qsizetype at, QByteArray &body)
{
    for (;;) {
        const qsizetype end = bytes.indexOf('\n', at);
        if (end < 0)
            return -1;
        bool ok = false;
        const QByteArray digits = bytes.sliced(at, end - at).toByteArray().split(';').first().trimmed();
        const quint64 length = digits.toULongLong(&ok, 16);
        if (!ok || length > quint64(1) << 40)
            return -2;
        at = end + 1;
        if (length == 0) {
            // Trailers, to the empty line.
            for (;;) {
                const qsizetype next = bytes.indexOf('\n', at);
                if (next < 0)
                    return -1;
                const bool isEmpty = bytes.sliced(at, next - at).trimmed().isEmpty();
                at = next + 1;
                if (isEmpty)
                    return at;
            }
        }
        if (quint64(bytes.size() - at) < length + 2)
            return -1;
        body += bytes.sliced(at, qsizetype(length)).toByteArray();
        at += qsizetype(length);
        at += bytes[at] == '\r' ? 2 : 1;
    }
}

class HttpDecoder : public Decoder
{
public:
    const char *name() const override { return "http"; }

    int confidence(QByteArrayView beginning) const override { return kindOf(beginning) == Kind::None ? 0 : 97; }

    Decoded decode(QByteArrayView bytes, const Limits &limits) const override
    {
        const qsizetype lineEnd = bytes.indexOf('\n');
        const Kind kind = kindOf(bytes);
        if (kind == Kind::None)
            return lineEnd < 0 && bytes.size() < 16 ? partial(0) : malformed(0, "a request line or a status line is expected");
        if (lineEnd < 0)
            return partial(0);
        Budget budget(limits);
        const QByteArray first = bytes.first(lineEnd).trimmed().toByteArray();
        Field root{kind == Kind::Request ? "HTTP request" : "HTTP response", quotedText(first), 0, 0, {}};
        addFirstLine(root, bytes.first(lineEnd), kind, budget);
        const Head head = readHead(bytes, lineEnd + 1, root, budget);
        if (head.state == Head::State::Partial)
            return partial(0, std::move(root));
        if (head.state == Head::State::Wrong)
            return malformed(quint64(lineEnd) + 1, "a header line is expected", std::move(root));
        if (head.isChunked) {
            QByteArray body;
            const qsizetype end = readChunks(bytes, head.length, body);
            if (end == -2)
                return malformed(quint64(head.length), "the length of a chunk is expected", std::move(root));
            if (end == -1)
                return partial(0, std::move(root));
            (void)budget.add(root, {"body, chunked", bytesValue(body), quint64(head.length), quint64(end - head.length), {}});
            return complete(quint64(end), std::move(root), budget);
        }
        const int status = kind == Kind::Response ? first.mid(9, 3).toInt() : 0;
        const bool hasNone = kind == Kind::Request || status / 100 == 1 || status == 204 || status == 304;
        // Without a length a response goes on to the end of the stream.
        const quint64 length = head.contentLength.value_or(hasNone ? 0 : quint64(bytes.size() - head.length));
        if (quint64(bytes.size() - head.length) < length)
            return partial(quint64(head.length) + length, std::move(root));
        if (length > 0)
            addPayload(root, bytes.sliced(head.length, qsizetype(length)), quint64(head.length), budget);
        return complete(quint64(head.length) + length, std::move(root), budget);
    }

private:
    enum class Kind { None, Request, Response };
    static bool bytesAreDigits(QByteArrayView word)
    {
        return word.size() == 3 && std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
    }
    /// Its three words, of which the last of a response may be several.
    static void addFirstLine(Field &root, QByteArrayView line, Kind kind, Budget &budget)
    {
        static constexpr std::array<const char *, 3> kRequest = {"method", "target", "version"};
        static constexpr std::array<const char *, 3> kResponse = {"version", "status", "reason"};
        qsizetype at = 0;
        for (size_t i = 0; i < 3; ++i) {
            const qsizetype space = i < 2 ? line.indexOf(' ', at) : -1;
            const QByteArrayView word = line.sliced(at, (space < 0 ? line.size() : space) - at).trimmed();
            const bool isStatus = kind == Kind::Response && i == 1 && bytesAreDigits(word);
            (void)budget.add(root,
                {kind == Kind::Request ? kRequest[i] : kResponse[i], isStatus ? word.toByteArray() : quotedText(word),
                    quint64(at), quint64(word.size()), {}});
            if (space < 0)
                break;
            at = space + 1;
        }
    }
    static Kind kindOf(QByteArrayView bytes)
    {
        if (bytes.startsWith("HTTP/1."))
            return Kind::Response;
        static constexpr std::array<const char *, 9> kMethods
            = {"GET ", "POST ", "PUT ", "DELETE ", "HEAD ", "OPTIONS ", "PATCH ", "CONNECT ", "TRACE "};
        const bool known
            = std::any_of(kMethods.begin(), kMethods.end(), [&](const char *method) { return bytes.startsWith(method); });
        const qsizetype end = bytes.indexOf('\n');
        return known && (end < 0 || bytes.first(end).trimmed().toByteArray().contains(" HTTP/1.")) ? Kind::Request : Kind::None;
    }
};

class ContentLengthDecoder : public Decoder
{
public:
    const char *name() const override { return "content-length"; }

    int confidence(QByteArrayView beginning) const override
    {
        return beginning.startsWith("Content-Length: ") || beginning.startsWith("Content-Type: ") ? 96 : 0;
    }

    Decoded decode(QByteArrayView bytes, const Limits &limits) const override
    {
        Budget budget(limits);
        Field root{"message", {}, 0, 0, {}};
        const Head head = readHead(bytes, 0, root, budget);
        if (head.state == Head::State::Partial)
            return partial(0, std::move(root));
        if (head.state == Head::State::Wrong || !head.contentLength)
            return malformed(0, "a header with Content-Length is expected", std::move(root));
        const quint64 length = *head.contentLength;
        root.value = QByteArray::number(length) + " bytes";
        if (quint64(bytes.size() - head.length) < length)
            return partial(quint64(head.length) + length, std::move(root));
        addPayload(root, bytes.sliced(head.length, qsizetype(length)), quint64(head.length), budget);
        return complete(quint64(head.length) + length, std::move(root), budget);
    }
};

} // namespace

const Decoder &httpDecoder()
{
    static const HttpDecoder decoder;
    return decoder;
}

const Decoder &contentLengthDecoder()
{
    static const ContentLengthDecoder decoder;
    return decoder;
}

} // namespace forkscope::decode
