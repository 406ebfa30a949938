// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QSet>
#include <QString>

#include <toml.hpp>

#include <chrono>
#include <optional>

/// Values of a TOML file into ours; what does not fit is thrown as a Fault. Private to projectreader.cpp.
namespace forkscope::tomlreading {

/// What is wrong, and where. toml11 throws as well.
struct Fault {
    int line;
    QString detail;
};
[[noreturn]] void fail(const toml::value &value, const QString &detail);

/// The entries of a table as they stand in the file. toml11 keeps no order, but it knows where each value is.
QList<std::pair<QString, toml::value>> inOrder(const toml::value &table);
QString stringOf(const toml::value &value);
/// Which of these names it is; an empty one cannot be chosen.
size_t choice(const toml::value &value, const char *const *names, size_t count);
template<size_t Size> size_t choice(const toml::value &value, const std::array<const char *, Size> &names)
{
    return choice(value, names.data(), Size);
}

void readValue(const toml::value &value, QString &field);
void readValue(const toml::value &value, QByteArray &field);
void readValue(const toml::value &value, bool &field);
void readValue(const toml::value &value, int &field);
void readValue(const toml::value &value, quint64 &field);
void readValue(const toml::value &value, double &field);
void readValue(const toml::value &value, std::chrono::milliseconds &field);
template<typename T> void readValue(const toml::value &value, QList<T> &field);
/// false takes back what the base says.
template<typename T> void readValue(const toml::value &value, std::optional<T> &field);

/// The keys of one table; what nobody has asked for in the end is an error.
class Keys
{
public:
    explicit Keys(const toml::value &table);
    const toml::value *take(const char *name);
    template<typename T> void read(const char *name, T &field)
    {
        if (const toml::value *value = take(name))
            readValue(*value, field);
    }
    void finish() const;

private:
    const toml::value &m_table;
    QSet<QString> m_taken;
};

void expectList(const toml::value &value);

template<typename T> void readValue(const toml::value &value, QList<T> &field)
{
    expectList(value);
    field.clear();
    for (const toml::value &item : value.as_array()) {
        T element{};
        readValue(item, element);
        field.append(element);
    }
}

template<typename T> void readValue(const toml::value &value, std::optional<T> &field)
{
    field.reset();
    if (!value.is_boolean() || value.as_boolean())
        readValue(value, field.emplace());
}

} // namespace forkscope::tomlreading
