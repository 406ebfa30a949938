// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pool/inputstream.h"

#include "core/base/uniquefd.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <fcntl.h>
#include <glob.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace forkscope::pool {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(poolInputs)
};

/// The kernel takes no longer argument (execve(2), MAX_ARG_STRLEN).
constexpr qsizetype kMostBytes = 131'071;
constexpr qsizetype kReadBytes = 64 * 1024;

bool isBlank(const QByteArray &input)
{
    return input.trimmed().isEmpty();
}

Result<void> usable(const QByteArray &input, quint64 number, const QString &subject)
{
    const auto fault
        = [&](const QString &why) { return Error::invalid(Text::tr("make a command of input %1").arg(number), why, subject); };
    if (input.size() > kMostBytes)
        return fault(Text::tr("it has more than %1 bytes, the most that an argument can have").arg(kMostBytes));
    if (input.contains('\0'))
        return fault(Text::tr("there is a NUL in it. Inputs that end with NUL are read with -0"));
    return {};
}

class ValueStream : public InputStream
{
public:
    explicit ValueStream(QByteArrayList values) : m_values(std::move(values)) { }
    Result<std::optional<QByteArray>> next() override
    {
        if (m_next == m_values.size())
            return std::optional<QByteArray>();
        const QByteArray &value = m_values[m_next++];
        if (auto fine = usable(value, quint64(m_next), {}); !fine)
            return fine.error();
        return std::optional(value);
    }
    std::optional<quint64> count() const override { return quint64(m_values.size()); }

private:
    QByteArrayList m_values;
    qsizetype m_next = 0;
};

class RangeStream : public InputStream
{
public:
    RangeStream(qint64 first, quint64 step, bool down, quint64 count, int width)
        : m_first(first), m_step(step), m_down(down), m_count(count), m_width(width)
    {
    }
    Result<std::optional<QByteArray>> next() override
    {
        if (m_next == m_count)
            return std::optional<QByteArray>();
        const quint64 way = m_next++ * m_step;
        const auto number = qint64(m_down ? quint64(m_first) - way : quint64(m_first) + way);
        QByteArray digits = QByteArray::number(number);
        const bool negative = number < 0;
        digits = digits.mid(negative);
        return std::optional((negative ? "-" : "") + digits.rightJustified(m_width - negative, '0'));
    }
    std::optional<quint64> count() const override { return m_count; }

private:
    qint64 m_first;
    quint64 m_step;
    bool m_down;
    quint64 m_count;
    quint64 m_next = 0;
    int m_width;
};

class FileStream : public InputStream
{
public:
    FileStream(UniqueFd owned, int fd, QString name, const InputOptions &options)
        : m_owned(std::move(owned)), m_fd(fd), m_name(std::move(name)), m_delimiter(options.delimiter),
          m_skipBlank(options.skipBlank), m_interrupt(options.interrupt)
    {
    }
    Result<std::optional<QByteArray>> next() override
    {
        for (;;) {
            auto input = nextOfAll();
            if (!input || !input.value() || !m_skipBlank || !isBlank(*input.value()))
                return input;
        }
    }
    std::optional<quint64> count() const override { return {}; }

private:
    Result<std::optional<QByteArray>> nextOfAll()
    {
        qsizetype searched = m_at;
        for (;;) {
            const qsizetype end = m_buffer.indexOf(m_delimiter, searched);
            if (end >= 0)
                return take(end, end + 1);
            if (m_atEnd && m_at == m_buffer.size())
                return std::optional<QByteArray>();
            if (m_atEnd || m_buffer.size() - m_at > kMostBytes)
                return take(m_buffer.size(), m_buffer.size());
            searched = m_buffer.size() - m_at;
            if (auto read = readMore(); !read)
                return read.error();
        }
    }
    Result<std::optional<QByteArray>> take(qsizetype end, qsizetype next)
    {
        const QByteArray input = m_buffer.sliced(m_at, end - m_at);
        m_at = next;
        if (auto fine = usable(input, ++m_number, m_name); !fine)
            return fine.error();
        return std::optional(input);
    }
    Result<void> readMore()
    {
        m_buffer.remove(0, m_at);
        m_at = 0;
        pollfd waiting[] = {{m_fd, POLLIN, 0}, {m_interrupt, POLLIN, 0}};
        if (m_interrupt >= 0 && poll(waiting, 2, -1) > 0 && waiting[1].revents) {
            m_buffer.clear();
            m_atEnd = true;
            return {};
        }
        const qsizetype had = m_buffer.size();
        m_buffer.resize(had + kReadBytes);
        ssize_t got = 0;
        do
            got = read(m_fd, m_buffer.data() + had, kReadBytes);
        while (got < 0 && errno == EINTR);
        m_buffer.resize(had + std::max<ssize_t>(got, 0));
        if (got < 0)
            return Error::fromErrno(Text::tr("read the inputs"), m_name);
        m_atEnd = got == 0;
        return {};
    }

    UniqueFd m_owned;
    int m_fd;
    QString m_name;
    char m_delimiter;
    bool m_skipBlank;
    int m_interrupt;
    QByteArray m_buffer;
    qsizetype m_at = 0; ///< what stands before is done
    quint64 m_number = 0;
    bool m_atEnd = false;
};

using Opened = Result<std::unique_ptr<InputStream>>;

Opened openFile(const QByteArray &path, const InputOptions &options)
{
    if (path == "-")
        return std::unique_ptr<InputStream>(
            std::make_unique<FileStream>(UniqueFd(), STDIN_FILENO, Text::tr("standard input"), options));
    UniqueFd fd(open(path.constData(), O_RDONLY | O_CLOEXEC));
    const QString name = QString::fromLocal8Bit(path);
    if (fd.get() < 0)
        return Error::fromErrno(Text::tr("read the inputs"), name);
    const int number = fd.get();
    return std::unique_ptr<InputStream>(std::make_unique<FileStream>(std::move(fd), number, name, options));
}

Opened openGlob(const QByteArray &pattern)
{
    glob_t found{};
    const int failed = glob(pattern.constData(), GLOB_TILDE, nullptr, &found);
    QByteArrayList names(found.gl_pathv, found.gl_pathv + found.gl_pathc);
    globfree(&found);
    if (failed)
        return Error::invalid(Text::tr("find the files that match"), Text::tr("there are none"), QString::fromLocal8Bit(pattern));
    return std::unique_ptr<InputStream>(std::make_unique<ValueStream>(std::move(names)));
}

Opened openRange(const QByteArray &source)
{
    const QString text = QString::fromUtf8(source).trimmed();
    const auto fault = [&](const QString &why) { return Error::invalid(Text::tr("count through the range"), why, text); };
    const QStringList parts = text.split(QStringLiteral(".."));
    if (parts.size() < 2 || parts.size() > 3)
        return fault(Text::tr("it is written FIRST..LAST or FIRST..LAST..STEP, as 1..10"));
    qint64 numbers[3] = {0, 0, 1};
    for (qsizetype i = 0; i < parts.size(); ++i) {
        bool isNumber = false;
        numbers[i] = parts[i].toLongLong(&isNumber);
        if (!isNumber)
            return fault(Text::tr("“%1” is no whole number").arg(parts[i]));
    }
    const auto [first, last, givenStep] = numbers;
    if (givenStep == 0)
        return fault(Text::tr("the step is 0"));
    const quint64 step = givenStep < 0 ? -quint64(givenStep) : quint64(givenStep);
    const bool down = last < first;
    const quint64 distance = down ? quint64(first) - quint64(last) : quint64(last) - quint64(first);
    const auto padded = [](const QString &digits) {
        const qsizetype sign = digits.startsWith(u'-');
        return digits.size() > sign + 1 && digits[sign] == u'0';
    };
    const bool pad = padded(parts[0]) || padded(parts[1]);
    const auto width = pad ? int(std::max(parts[0].size(), parts[1].size())) : 0;
    const quint64 steps = distance / step;
    if (steps == std::numeric_limits<quint64>::max())
        return fault(Text::tr("it is too long"));
    return std::unique_ptr<InputStream>(std::make_unique<RangeStream>(first, step, down, steps + 1, width));
}

} // namespace

Opened InputStream::open(const InputList &list, const InputOptions &options)
{
    switch (list.kind) {
    case InputList::Kind::File:
        return openFile(list.source, options);
    case InputList::Kind::Glob:
        return openGlob(list.source);
    case InputList::Kind::Range:
        return openRange(list.source);
    case InputList::Kind::Values:
        break;
    }
    QByteArrayList values = list.values;
    if (options.skipBlank)
        values.removeIf(isBlank);
    return std::unique_ptr<InputStream>(std::make_unique<ValueStream>(std::move(values)));
}

} // namespace forkscope::pool
