// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pool/shellplace.h"

#include <algorithm>

namespace forkscope::pool {

ShellPlace::Kind ShellPlace::kind() const
{
    if (m_hereDocument || m_levels.contains(Level::Backquote))
        return Kind::Refused;
    if (m_levels.isEmpty())
        return Kind::Plain;
    switch (m_levels.last()) {
    case Level::Single:
        return Kind::SingleQuoted;
    case Level::Double:
        return Kind::DoubleQuoted;
    case Level::Comment:
        return Kind::Comment;
    default:
        return Kind::Plain;
    }
}

void ShellPlace::feed(QByteArrayView literal)
{
    for (const char byte : literal)
        feedByte(byte);
}

void ShellPlace::feedByte(char byte)
{
    const char before = std::exchange(m_last, byte);
    const char beforeThat = std::exchange(m_lastButOne, before);
    const bool wordBegins = std::exchange(m_wordBegins, false);
    if (std::exchange(m_escaped, false)) {
        m_last = 0; // what is escaped is no part of $( or <<
        return;
    }
    const auto is = [this](Level level) { return !m_levels.isEmpty() && m_levels.last() == level; };
    if (is(Level::Single)) {
        if (byte == '\'')
            m_levels.removeLast();
        return;
    }
    if (is(Level::Comment)) {
        if (byte != '\n')
            return;
        m_levels.removeLast();
    }
    if (byte == '\\') {
        m_escaped = true;
    } else if (byte == '`') {
        if (is(Level::Backquote))
            m_levels.removeLast();
        else
            m_levels.append(Level::Backquote);
    } else if (byte == '"') {
        if (is(Level::Double))
            m_levels.removeLast();
        else
            m_levels.append(Level::Double);
    } else if (byte == '(' && (before == '$' || !is(Level::Double))) {
        m_levels.append(Level::Parenthesis);
        m_wordBegins = true;
    } else if (!is(Level::Double)) {
        if (byte == '\'')
            m_levels.append(Level::Single);
        else if (byte == ')' && is(Level::Parenthesis))
            m_levels.removeLast();
        else if (byte == '#' && wordBegins)
            m_levels.append(Level::Comment);
        else if (byte == '<' && before == '<' && beforeThat != '<')
            m_hereDocument = true;
        else if (byte == '<' && before == '<')
            m_hereDocument = false; // <<<
        m_wordBegins = QByteArrayView(" \t\n;&|<>)").contains(byte);
    }
}

QByteArray shellWritten(const QByteArray &value, ShellPlace::Kind kind)
{
    QByteArray written;
    switch (kind) {
    case ShellPlace::Kind::Plain: {
        static constexpr QByteArrayView plain("@%+:,./-_");
        const auto isPlain = [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || plain.contains(c);
        };
        if (!value.isEmpty() && std::all_of(value.begin(), value.end(), isPlain))
            return value;
        return '\'' + QByteArray(value).replace('\'', R"('\'')") + '\'';
    }
    case ShellPlace::Kind::SingleQuoted:
        return QByteArray(value).replace('\'', R"('\'')");
    case ShellPlace::Kind::DoubleQuoted:
        for (const char c : value) {
            if (QByteArrayView("\\\"$`").contains(c))
                written += '\\';
            written += c;
        }
        return written;
    case ShellPlace::Kind::Comment:
        return QByteArray(value).replace('\n', ' ');
    case ShellPlace::Kind::Refused:
        break;
    }
    return {};
}

} // namespace forkscope::pool
