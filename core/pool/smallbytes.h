// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

#include <cstdlib>
#include <cstring>
#include <new>
#include <utility>

namespace forkscope::pool {

/// Bytes that are mostly few: up to 20 lie in the object, which takes 24. Move-only.
class SmallBytes
{
public:
    SmallBytes() = default;
    explicit SmallBytes(QByteArrayView bytes) { assign(bytes); }
    SmallBytes(SmallBytes &&other) noexcept { take(other); }
    SmallBytes &operator=(SmallBytes &&other) noexcept
    {
        if (this != &other) {
            clear();
            take(other);
        }
        return *this;
    }
    ~SmallBytes() { clear(); }

    void assign(QByteArrayView bytes)
    {
        clear();
        char *place = m_inline;
        if (size_t(bytes.size()) > sizeof m_inline) {
            place = static_cast<char *>(std::malloc(size_t(bytes.size())));
            if (!place)
                throw std::bad_alloc();
            std::memcpy(m_inline, &place, sizeof place);
        }
        m_size = quint32(bytes.size());
        if (!bytes.isEmpty())
            std::memcpy(place, bytes.data(), size_t(bytes.size()));
    }
    void clear()
    {
        if (m_size > sizeof m_inline)
            std::free(allocated());
        m_size = 0;
    }
    QByteArrayView view() const { return {m_size > sizeof m_inline ? allocated() : m_inline, qsizetype(m_size)}; }
    qsizetype size() const { return m_size; }

private:
    char *allocated() const
    {
        char *place;
        std::memcpy(&place, m_inline, sizeof place);
        return place;
    }
    void take(SmallBytes &other)
    {
        std::memcpy(m_inline, other.m_inline, sizeof m_inline);
        m_size = std::exchange(other.m_size, 0);
    }

    quint32 m_size = 0;
    char m_inline[20];
};

} // namespace forkscope::pool
