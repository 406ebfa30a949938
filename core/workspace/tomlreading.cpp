// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/tomlreading.h"

#include "core/workspace/projectfields.h"

#include <QCoreApplication>

#include <cmath>

namespace forkscope {

namespace project {

std::optional<QByteArray> textToBytes(const QString &text)
{
    if (!text.startsWith(QLatin1String("bytes:")))
        return text.toUtf8();
    const QByteArray encoded = text.sliced(6).toUtf8();
    for (qsizetype i = encoded.indexOf('%'); i >= 0; i = encoded.indexOf('%', i + 1))
        if (i + 2 >= encoded.size() || !isxdigit(static_cast<unsigned char>(encoded[i + 1]))
            || !isxdigit(static_cast<unsigned char>(encoded[i + 2])))
            return {};
    return QByteArray::fromPercentEncoding(encoded);
}

} // namespace project

namespace tomlreading {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(ProjectFile)
};

int lineOf(const toml::value &value)
{
    return int(value.location().line());
}

QString fromStd(const std::string &string)
{
    return QString::fromStdString(string);
}

} // namespace

void fail(const toml::value &value, const QString &detail)
{
    throw Fault{lineOf(value), detail};
}

QList<std::pair<QString, toml::value>> inOrder(const toml::value &table)
{
    QList<std::pair<QString, toml::value>> entries;
    for (const auto &[key, value] : table.as_table())
        entries.append({fromStd(key), value});
    std::ranges::sort(entries, [](const auto &a, const auto &b) {
        const auto place
            = [](const auto &entry) { return std::pair(entry.second.location().line(), entry.second.location().column()); };
        return place(a) < place(b);
    });
    return entries;
}

QString stringOf(const toml::value &value)
{
    if (!value.is_string())
        fail(value, Text::tr("a text in quotes is expected"));
    return fromStd(value.as_string().str);
}

void readValue(const toml::value &value, QString &field)
{
    field = stringOf(value);
}

void readValue(const toml::value &value, QByteArray &field)
{
    const auto bytes = project::textToBytes(stringOf(value));
    if (!bytes)
        fail(value, Text::tr("after “bytes:” each “%” needs two hexadecimal digits"));
    field = *bytes;
}

void readValue(const toml::value &value, bool &field)
{
    if (!value.is_boolean())
        fail(value, Text::tr("true or false is expected"));
    field = value.as_boolean();
}

void readValue(const toml::value &value, int &field)
{
    if (!value.is_integer() || value.as_integer() < std::numeric_limits<int>::min()
        || value.as_integer() > std::numeric_limits<int>::max())
        fail(value, Text::tr("a whole number is expected"));
    field = int(value.as_integer());
}

void readValue(const toml::value &value, quint64 &field)
{
    bool ok = value.is_integer() && value.as_integer() >= 0;
    if (ok)
        field = quint64(value.as_integer());
    else if (value.is_string()) // beyond the integers of TOML
        field = stringOf(value).toULongLong(&ok);
    if (!ok)
        fail(value, Text::tr("a whole number of 0 or more is expected"));
}

void readValue(const toml::value &value, double &field)
{
    if (value.is_floating())
        field = value.as_floating();
    else if (value.is_integer())
        field = double(value.as_integer());
    else
        fail(value, Text::tr("a number is expected"));
}

void readValue(const toml::value &value, std::chrono::milliseconds &field)
{
    double seconds = 0;
    readValue(value, seconds);
    if (!(std::abs(seconds) < 1e12))
        fail(value, Text::tr("a number of seconds is expected"));
    field = std::chrono::milliseconds(std::llround(seconds * 1000));
}

size_t choice(const toml::value &value, const char *const *names, size_t count)
{
    const QString word = stringOf(value);
    QStringList known;
    for (size_t i = 0; i < count; ++i) {
        if (word == QLatin1String(names[i]) && !word.isEmpty())
            return i;
        if (*names[i])
            known += QLatin1String(names[i]);
    }
    fail(value, Text::tr("“%1” is not known here; it is one of: %2").arg(word, known.join(QStringLiteral(", "))));
}

void expectList(const toml::value &value)
{
    if (!value.is_array())
        fail(value, Text::tr("a list in [ ] is expected"));
}

Keys::Keys(const toml::value &table) : m_table(table)
{
    if (!table.is_table())
        fail(table, Text::tr("a table is expected"));
}

const toml::value *Keys::take(const char *name)
{
    const auto found = m_table.as_table().find(name);
    if (found == m_table.as_table().end())
        return nullptr;
    m_taken.insert(QLatin1String(name));
    return &found->second;
}

void Keys::finish() const
{
    for (const auto &[name, value] : inOrder(m_table))
        if (!m_taken.contains(name))
            fail(value, Text::tr("the key “%1” is not known here").arg(name));
}

} // namespace tomlreading

} // namespace forkscope
