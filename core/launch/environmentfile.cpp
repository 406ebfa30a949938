// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/launch/launchspec.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>

namespace forkscope {

namespace {

constexpr qint64 kLargestFile = 4 * 1024 * 1024;

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(environmentFile)
};

bool isName(QByteArrayView name)
{
    if (name.isEmpty() || (name[0] >= '0' && name[0] <= '9'))
        return false;
    return std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-';
    });
}

/// Reads NAME=VALUE lines; a quoted value may go over several lines.
class Reader
{
public:
    Reader(QByteArray text, QString path) : m_text(std::move(text)), m_path(std::move(path)) { }

    Result<QMap<QByteArray, QByteArray>> read()
    {
        QMap<QByteArray, QByteArray> variables;
        while (m_at < m_text.size()) {
            skipSpace();
            if (atLineEnd()) {
                nextLine();
                continue;
            }
            QByteArray name = upTo("=\n");
            if (name.startsWith("export ") || name.startsWith("export\t"))
                name = name.sliced(7);
            name = name.trimmed();
            if (m_at >= m_text.size() || m_text[m_at] != '=')
                return fault(Text::tr("there is no “=” after “%1”").arg(QString::fromUtf8(name)));
            if (!isName(name))
                return fault(Text::tr("“%1” is no name of a variable").arg(QString::fromUtf8(name)));
            ++m_at;
            auto value = readValue();
            if (!value)
                return value.error();
            variables.insert(name, value.value());
        }
        return variables;
    }

private:
    Error fault(const QString &detail) const
    {
        return Error::invalid(Text::tr("read the environment file"), detail, QStringLiteral("%1:%2").arg(m_path).arg(m_line));
    }

    void skipSpace()
    {
        while (m_at < m_text.size() && (m_text[m_at] == ' ' || m_text[m_at] == '\t' || m_text[m_at] == '\r'))
            ++m_at;
    }

    bool atLineEnd() const { return m_at >= m_text.size() || m_text[m_at] == '\n' || m_text[m_at] == '#'; }

    void nextLine()
    {
        upTo("\n");
        ++m_at;
        ++m_line;
    }

    QByteArray upTo(const char *stops)
    {
        const qsizetype begin = m_at;
        while (m_at < m_text.size() && !strchr(stops, m_text[m_at]))
            ++m_at;
        return m_text.mid(begin, m_at - begin);
    }

    Result<QByteArray> readValue()
    {
        skipSpace();
        QByteArray value;
        if (m_at < m_text.size() && (m_text[m_at] == '"' || m_text[m_at] == '\'')) {
            auto quoted = readQuoted(m_text[m_at]);
            if (!quoted)
                return quoted.error();
            value = quoted.value();
            skipSpace();
            if (!atLineEnd())
                return fault(Text::tr("something follows the closing quote"));
        } else {
            value = upTo("\n");
            // A comment begins at a "#" after a space; inside a word it is a character like others.
            for (qsizetype i = 0; i < value.size(); ++i)
                if (value[i] == '#' && (i == 0 || value[i - 1] == ' ' || value[i - 1] == '\t'))
                    value.truncate(i);
            value = value.trimmed();
        }
        if (value.contains('\0'))
            return fault(Text::tr("there is a NUL byte in the value"));
        nextLine();
        return value;
    }

    Result<QByteArray> readQuoted(char quote)
    {
        const int firstLine = m_line;
        QByteArray value;
        for (++m_at; m_at < m_text.size() && m_text[m_at] != quote; ++m_at) {
            char c = m_text[m_at];
            if (c == '\n')
                ++m_line;
            if (c == '\\' && quote == '"' && m_at + 1 < m_text.size()) {
                c = m_text[++m_at];
                if (c == 'n')
                    c = '\n';
                else if (c == 't')
                    c = '\t';
                else if (c == 'r')
                    c = '\r';
                else if (c != '"' && c != '\\' && c != '$')
                    value += '\\';
            }
            value += c;
        }
        if (m_at >= m_text.size()) {
            m_line = firstLine;
            return fault(Text::tr("a quote (%1) is left open").arg(QLatin1Char(quote)));
        }
        ++m_at;
        return value;
    }

    const QByteArray m_text;
    const QString m_path;
    qsizetype m_at = 0;
    int m_line = 1;
};

} // namespace

Result<LaunchSpec> withEnvironmentFiles(LaunchSpec spec)
{
    QMap<QByteArray, std::optional<QByteArray>> fromFiles;
    for (const QByteArray &name : std::as_const(spec.environmentFiles)) {
        const QString path = QDir(QFile::decodeName(spec.workingDirectory)).filePath(QFile::decodeName(name));
        const QString tried = Text::tr("read the environment file");
        QFile file(path);
        if (!QFileInfo(path).isDir() && !file.open(QIODevice::ReadOnly))
            return Error::invalid(tried, file.errorString(), path);
        if (!file.isOpen())
            return Error::invalid(tried, Text::tr("it is a directory"), path);
        const QByteArray text = file.read(kLargestFile + 1);
        if (file.error() != QFile::NoError)
            return Error::invalid(tried, file.errorString(), path);
        if (text.size() > kLargestFile)
            return Error::invalid(tried, Text::tr("it is larger than 4 MiB"), path);
        const auto variables = Reader(text, path).read();
        if (!variables)
            return variables.error();
        for (auto it = variables.value().begin(); it != variables.value().end(); ++it)
            fromFiles.insert(it.key(), it.value());
    }
    for (auto it = spec.environment.begin(); it != spec.environment.end(); ++it)
        fromFiles.insert(it.key(), it.value());
    spec.environment = fromFiles;
    spec.environmentFiles.clear();
    return spec;
}

} // namespace forkscope
